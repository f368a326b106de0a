"""The statement rows that can be what a mail announces, with no more certainty than the figures carry.

`fits`: same currency, exact amount, the announced time, and a descriptor that names the company, or a row that
prints the announced amount itself. `possible`: less than that, and the reason why. A row in another currency is
offered only with the company's name in it, and only within the band a real exchange rate can reach.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from analyzer import escape, merchants, money
from analyzer.model import Transaction, transactions
from analyzer.notices.amounts import DOLLARS, Announced, When, find_amounts
from analyzer.notices.domains import Company

if TYPE_CHECKING:
    import pandas as pd

BEFORE, AFTER = 3, 10
"""Days a charge may be posted before and after its announced day."""
UNDATED_BEFORE, UNDATED_AFTER = 7, 62
"""The same around the mail's own day where it announces none: "weeks later" is part of the story."""
MOST = 24
"""Matches shown; the closest in kind first."""
_FURTHER_MONTHS = 14

Fit = Literal["fits", "possible"]


@dataclass(frozen=True, slots=True)
class Match:
    """One row that can be an announced amount: how well, and why in one sentence."""

    fit: Fit
    announced: Announced
    transaction: Transaction
    why: str
    known: bool = True
    """Whether the descriptor names the company."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: amounts, days, the company the mail speaks for, and whether a seller's fee is meant."""

    amounts: Sequence[Announced]
    days: Sequence[When]
    mail_day: date | None
    company: Company | None
    seller: bool = False


@cache
def _rates() -> dict[str, Any]:
    return tomllib.loads((files("analyzer.notices") / "data" / "rates.toml").read_text(encoding="utf-8"))


def band(amount: Decimal, currency: str, other: str) -> tuple[int, int] | None:
    """The lowest and highest `amount` can be in `other`, in its smallest unit; None where no band is known."""
    data = _rates()
    bands, slack = data["bands"], Decimal(str(data["slack"]))
    if currency not in bands or other not in bands:
        return None
    low_from, high_from = (Decimal(str(v)) for v in bands[currency])
    low_to, high_to = (Decimal(str(v)) for v in bands[other])
    low = amount * low_to / high_from * (1 - slack)
    high = amount * high_to / low_from * (1 + slack)
    return money.to_minor(low, other), money.to_minor(high, other)


def find(search: Search, frame: pd.DataFrame) -> list[Match]:
    """The rows of `frame` that fit, those that fit best first, then by date.

    Args:
        search: what the mail announces.
        frame: transactions with the columns of `analyzer.model.COLUMNS`.
    """
    if frame.empty:
        return []
    best: dict[int, tuple[Any, ...]] = {}
    for number, announced in enumerate(search.amounts):
        for row, fit, why, known in _candidates(search, announced, frame):
            rank = (fit != "fits", not known, not announced.charge, number)
            if row not in best or rank < best[row][0]:
                best[row] = (rank, fit, announced, why, known)
    rows = sorted(best, key=lambda r: (best[r][0][:2], frame["posted"].iloc[r], r))
    matches = [Match(best[r][1], best[r][2], t, best[r][3], best[r][4]) for r, t in zip(rows, transactions(frame, rows), strict=True)]
    return _without_weaker(matches, search)[:MOST]


def _candidates(search: Search, announced: Announced, frame: pd.DataFrame) -> list[tuple[int, Fit, str, bool]]:
    minor, currency = frame["minor"].astype("int64"), frame["currency"]
    in_time, dated = _in_time(search, announced, frame)
    side = minor > 0 if announced.refund else minor < 0
    rows = in_time & side
    out: list[tuple[int, Fit, str, bool]] = []
    for code in sorted(set(currency[rows])):
        here = rows & (currency == code)
        if code == announced.currency or (announced.currency is None and code in DOLLARS):
            exact = here & (minor.abs() == money.to_minor(announced.amount, code))
            out += [_same(search, announced, frame, i, dated) for i in _positions(exact)]
        elif announced.currency is not None and (limits := band(announced.amount, announced.currency, code)) is not None:
            near = here & minor.abs().between(*limits)
            out += [c for i in _positions(near) if (c := _other(search, announced, frame, i)) is not None]
    return out


def _positions(mask: pd.Series) -> list[int]:
    return [int(i) for i in mask.to_numpy().nonzero()[0]]


def _in_time(search: Search, announced: Announced, frame: pd.DataFrame) -> tuple[pd.Series, bool]:
    """The rows posted when the amount can have been, and whether the mail itself names that time."""
    import pandas as pd

    posted = frame["posted"]
    named = [d for when in search.days if when.charge for d in when.readings]
    if announced.monthly:
        named += [_months_later(d, k) for d in list(named) for k in range(1, _FURTHER_MONTHS)]
    if named:
        mask = pd.Series(False, index=frame.index)
        for d in named:
            mask |= posted.between(pd.Timestamp(d - timedelta(BEFORE)), pd.Timestamp(d + timedelta(AFTER)))
        return mask, True
    if search.mail_day is None:
        return pd.Series(True, index=frame.index), False
    mask = posted >= pd.Timestamp(search.mail_day - timedelta(UNDATED_BEFORE))
    if not announced.monthly:
        mask &= posted <= pd.Timestamp(search.mail_day + timedelta(UNDATED_AFTER))
    return mask, False


def _months_later(day: date, months: int) -> date:
    import calendar

    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _same(search: Search, announced: Announced, frame: pd.DataFrame, row: int, dated: bool) -> tuple[int, Fit, str, bool]:
    known = _names(search, frame["descriptor"].iloc[row])
    when = "on the announced day" if dated else "in the weeks around the mail" if search.mail_day else "on a day the mail does not name"
    if known and search.company is not None:
        sure: Fit = "fits" if dated and announced.certain and announced.currency is not None else "possible"
        return row, sure, f"the exact amount {when}, and the line names {search.company.name}", True
    return row, "possible", f"the exact amount {when}; the line does not say who announced it", False


def _other(search: Search, announced: Announced, frame: pd.DataFrame, row: int) -> tuple[int, Fit, str, bool] | None:
    descriptor = frame["descriptor"].iloc[row]
    known = _names(search, descriptor)
    printed = any(a.amount == announced.amount and a.currency == announced.currency for a in find_amounts(descriptor))
    if printed and known:
        return row, "fits", f"the line prints {announced.text()} itself and names {search.company.name if search.company else 'it'}", True
    if not known:
        return None
    code = frame["currency"].iloc[row]
    rate = abs(money.from_minor(int(frame["minor"].iloc[row]), code)) / announced.amount
    return (
        row,
        "possible",
        f"{announced.text()} at about {rate:.5g} {code} each; no rate is printed, so it cannot be more than possible",
        True,
    )


def _names(search: Search, descriptor: str) -> bool:
    if search.company is None:
        return False
    text = f" {descriptor.upper()}"
    return any(f"{edge}{name}" in text for name in search.company.charges for edge in (" ", "*", "."))


def _without_weaker(matches: list[Match], search: Search) -> list[Match]:
    """The matches without those a better kind of row makes needless: a seller's fee beside ordinary purchases."""
    if any(m.fit == "fits" for m in matches):
        matches = [m for m in matches if m.fit == "fits" or m.known]
    if search.seller:
        fees = [m for m in matches if _is_seller_fee(m.transaction.descriptor)]
        return fees or matches
    return matches


def _is_seller_fee(descriptor: str) -> bool:
    listed = merchants.lookup(descriptor)
    return listed is not None and listed.kind == "seller-fee"


def as_text(match: Match) -> str:
    """One line for a terminal: day, amount, descriptor, how well it fits and why."""
    t = match.transaction
    amount = money.display(t.minor, t.currency)
    status = ", still pending" if t.status == "pending" else ""
    return f"{t.posted.isoformat()}  {amount:>14}  {escape.terminal(t.descriptor)}  ({match.fit}{status}: {match.why})"
