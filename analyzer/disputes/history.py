"""What the statements show about this merchant before and since: purchases a month, credits, days covered.

Only counts leave this module for ordinary purchases, never their amounts or texts: the issuer needs to see that
the fee is new, not what was bought.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analyzer.detectors.refunds import REACH
from analyzer.disputes.deadlines import charged
from analyzer.model import Finding, Statement, Transaction, transactions

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analyzer.merchants import Reading

MOST_MONTHS = 24
_BANK_WORDS = re.compile(r"refund|revers|charge ?back|dispute|provisional|adjust|koreksi|sanggah|pengembalian|pembatalan", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month: ordinary purchases at the merchant family, and what the disputed charges took.

    `covered` is False where no statement speaks of any day of the month: nothing is known about it then.
    """

    first: date
    purchases: int
    charged_minor: int
    charges: int
    covered: bool


@dataclass(frozen=True, slots=True)
class Past:
    """The months until now, the merchant's credits since the first charge, the family's name, the days covered."""

    months: tuple[Month, ...]
    credits: tuple[Transaction, ...]
    family: str
    covered: tuple[date, date] | None
    earlier: int = 0
    """Rows of the very same merchant before the first disputed charge."""
    doubtful: tuple[Transaction, ...] = ()
    """Credits that may pay back a charge or not: in the bank's own words and of a charge's amount (its provisional credit?), or
    the merchant's, of another amount, soon after the statements begin (for an earlier charge?)."""


def look(finding: Finding, statements: Sequence[Statement], frame: pd.DataFrame | None = None, *, until: date) -> Past:
    """What the statements of this account show until the day `until`.

    Args:
        finding: its charges are told apart from ordinary purchases.
        statements: all that was read; other accounts are left out.
        frame: their rows, each once; without it made here.
        until: later rows are not looked at.
    """
    import numpy as np

    charges = charged(finding)
    own = [s for s in statements if _same(s.account, finding.account)]
    rows = _rows(finding, own, frame)
    months = _month_range(charges, own, until)
    if rows is None or rows.empty:
        return Past(_count(months, [], charges, own), (), _family_name(finding), _covered(own, until))
    rows = rows[(rows["posted"] <= np.datetime64(until)) & (rows["status"] != "pending").to_numpy()]
    related, name = _related(rows, finding, charges)
    doubtful = _of_the_bank(rows[~related], charges)
    rows = rows[related]
    minor = rows["minor"].to_numpy(dtype="int64")
    disputed = _are(rows, charges)
    bought = [d.date() for d in rows["posted"][(minor < 0) & ~disputed]]
    merchant = (
        rows["merchant"].isin({c.merchant for c in charges}).to_numpy()
        | rows["descriptor"].isin({c.descriptor for c in charges}).to_numpy()
    )
    amounts = {-c.minor for c in charges}
    back = (minor > 0) & (rows["posted"] >= np.datetime64(charges[0].posted)).to_numpy()
    back &= merchant | np.isin(minor, list(amounts))
    found = sorted(transactions(rows, [int(i) for i in np.flatnonzero(back)]), key=lambda t: (t.posted, t.minor, t.descriptor))
    covered = _covered(own, until)
    whole = amounts | {-sum(c.minor for c in charges)}
    credits = [c for c in found if c.minor in whole or covered is None or (c.posted - covered[0]).days >= REACH]
    return Past(
        _count(months, bought, charges, own),
        tuple(credits),
        name,
        covered,
        int((merchant & (minor < 0) & ~disputed & (rows["posted"] < np.datetime64(charges[0].posted)).to_numpy()).sum()),
        (*doubtful, *(c for c in found if c not in credits)),
    )


def _of_the_bank(rows: pd.DataFrame, charges: Sequence[Transaction]) -> tuple[Transaction, ...]:
    """Credits since the first charge, of a charge's amount, that speak of a correction and not of the merchant."""
    import numpy as np

    minor = rows["minor"].to_numpy(dtype="int64")
    fits = np.isin(minor, [-c.minor for c in charges]) & (rows["posted"] >= np.datetime64(charges[0].posted)).to_numpy()
    at = [int(i) for i in np.flatnonzero(fits) if minor[i] > 0 and _BANK_WORDS.search(str(rows["descriptor"].iloc[i])[:1000])]
    return tuple(transactions(rows, at))


def _same(one: str, other: str) -> bool:
    return one.partition("#")[0] == other.partition("#")[0]


def _rows(finding: Finding, own: Sequence[Statement], frame: pd.DataFrame | None) -> pd.DataFrame | None:
    if frame is None:
        if not own:
            return None
        from analyzer.ledger.identity import union

        frame = union(own)[0]
    return frame[(frame["account"].str.partition("#")[0] == finding.account.partition("#")[0]).to_numpy()]


def _related(rows: pd.DataFrame, finding: Finding, charges: Sequence[Transaction]) -> tuple[np.ndarray[Any, Any], str]:
    """Which rows belong to the merchant's family, and its name: one company, in whatever words the bank prints it.

    Listed merchants are one family when their listed names begin with one word (Amazon ...); others when the words before
    an asterisk are equal; else only the merchant itself. A payment service in front (`PAYPAL *`) makes no family.
    """
    import numpy as np

    from analyzer import merchants

    known = merchants.annotate(rows["descriptor"])
    families: dict[tuple[int, str], str] = {}
    keys = []
    for text, descriptor in zip(known.text, rows["descriptor"], strict=True):
        head = descriptor.partition("*")[0].strip() if "*" in descriptor else ""
        at = (int(text), head)
        if at not in families:
            families[at] = _family_key(known.readings[at[0]], head)
        keys.append(families[at])
    same = rows["descriptor"].isin({c.descriptor for c in charges}).to_numpy().copy()
    same |= rows["merchant"].isin({c.merchant for c in charges if c.merchant}).to_numpy()
    wanted = {k for k, mine in zip(keys, same, strict=True) if mine and k}
    related = same | np.fromiter((k in wanted for k in keys), dtype=bool, count=len(keys))
    named = sorted(k.partition(":")[2] for k in wanted if not k.startswith("key:"))
    return related, named[0] if named else _family_name(finding)


def _family_key(reading: Reading, head: str) -> str:
    from analyzer.merchants.listed import THROUGH

    if reading.listed is not None and reading.listed.kind not in THROUGH:
        return f"listed:{reading.listed.name.split()[0]}"
    if not reading.carrier and len(head) >= 5:
        return f"head:{head.title()}"
    return f"key:{reading.key}"


def _are(rows: pd.DataFrame, charges: Sequence[Transaction]) -> np.ndarray[Any, Any]:
    """Which rows are the disputed charges themselves; equal rows are marked as often as they are disputed."""
    import numpy as np

    left: dict[tuple[date, int, str], int] = {}
    for c in charges:
        key = (c.posted, c.minor, c.descriptor)
        left[key] = left.get(key, 0) + 1
    marks = np.zeros(len(rows), dtype=bool)
    for i, (posted, minor, descriptor) in enumerate(zip(rows["posted"], rows["minor"], rows["descriptor"], strict=True)):
        key = (posted.date(), int(minor), descriptor)
        if left.get(key, 0) > 0:
            left[key] -= 1
            marks[i] = True
    return marks


def _family_name(finding: Finding) -> str:
    return finding.merchant


def _month_range(charges: Sequence[Transaction], own: Sequence[Statement], until: date) -> list[date]:
    days = [d for s in own for d in (s.start, s.first) if d]
    begin = min([*days, charges[0].posted]).replace(day=1)
    ends = [min(d, until) for s in own for d in (s.end, s.last) if d]
    end = max([*ends, charges[-1].posted]).replace(day=1)
    months = []
    month = begin
    while month <= end:
        months.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return months[-MOST_MONTHS:]


def _count(months: Sequence[date], bought: Sequence[date], charges: Sequence[Transaction], own: Sequence[Statement]) -> tuple[Month, ...]:
    counted = []
    spans = [(s.start or s.first, s.end or s.last) for s in own]
    for first in months:
        after = (first + timedelta(days=32)).replace(day=1)
        here = [c for c in charges if first <= c.posted < after]
        seen = any(a and b and a < after and b >= first for a, b in spans)
        counted.append(
            Month(first, sum(first <= d < after for d in bought), sum(abs(c.minor) for c in here), len(here), seen or bool(here))
        )
    return tuple(counted)


def _covered(own: Sequence[Statement], until: date) -> tuple[date, date] | None:
    """First and last day the statements speak of, as far as `until`."""
    starts = [d for s in own for d in (s.start, s.first) if d and d <= until]
    ends = [min(d, until) for s in own for d in (s.end, s.last) if d]
    return (min(starts), max(ends)) if starts and ends else None
