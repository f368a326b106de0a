"""How far the rows of statements that do not name their account in full agree with those of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyzer.ledger.accounts import Header, Match
from analyzer.ledger.charges import fold
from analyzer.ledger.dating import align
from analyzer.model import Statement
from analyzer.money import UNKNOWN_CURRENCY, exponent

if TYPE_CHECKING:
    import pandas as pd


def comparable(one: Header, other: Header) -> bool:
    """Whether the rows of `one` can tell that it is of `other`'s account: a lesser name against a fuller one."""
    if one.whole:
        return False
    if one.part:
        return other.whole and other.label == one.label
    return other.whole or other.part


def evidence_of(statements: Sequence[Statement], headers: Sequence[Header]) -> dict[tuple[int, int], Match]:
    """(statement, another) → how their rows agree, for all pairs that `comparable` names and that share days."""
    lesser = [i for i, h in enumerate(headers) if not h.whole and len(statements[i]) and any(comparable(h, o) for o in headers)]
    others = [j for j, h in enumerate(headers) if (h.whole or h.part) and len(statements[j])]
    if not lesser or not others:
        return {}
    found: dict[tuple[int, int], Match] = {}
    theirs = _rows(statements, others)
    for i in lesser:
        partners = [j for j in others if j != i and comparable(headers[i], headers[j])]
        found.update(_against(statements, i, partners, theirs))
    return found


def _rows(statements: Sequence[Statement], chosen: Sequence[int]) -> pd.DataFrame:
    import pandas as pd

    parts = [
        pd.DataFrame(
            {
                "posted": s.frame["posted"],
                "minor": s.frame["minor"].astype("int64"),
                "descriptor": s.frame["descriptor"],
                "merchant": s.frame["merchant"],
                "statement": j,
            }
        )
        for j, s in ((j, statements[j]) for j in chosen)
    ]
    return pd.concat(parts, ignore_index=True)


def _against(statements: Sequence[Statement], i: int, partners: Sequence[int], theirs: pd.DataFrame) -> dict[tuple[int, int], Match]:
    first, last = statements[i].first, statements[i].last
    spans = {j: (statements[j].first, statements[j].last) for j in partners}
    near = [j for j, (a, b) in spans.items() if a and b and first and last and a <= last and first <= b]
    found = {}
    for j in near:
        mine = _rows(statements, [i])
        if statements[i].currency == UNKNOWN_CURRENCY:
            mine = _scaled(mine, statements[j].currency)
        mine["row"] = range(len(mine))
        a, b = spans[j]
        days = mine["posted"].dt.date
        inside = int(((days >= a) & (days <= b)).sum())
        other = theirs[(theirs["statement"] == j) & theirs["posted"].isin(mine["posted"])]
        pairs = mine.merge(other, on=["posted", "minor"], suffixes=("", "_other"))
        same = (pairs["merchant"] == pairs["merchant_other"]) & (pairs["merchant"] != "")
        for column in ("descriptor", "descriptor_other"):
            pairs[column] = pairs[column].map({d: fold(d) for d in pairs[column].unique()})
        same |= pairs["descriptor"] == pairs["descriptor_other"]
        equal = int(pairs.loc[same, "row"].nunique())
        found[i, j] = Match(equal=max(equal, _aligned(mine, theirs[theirs["statement"] == j], inside)), inside=inside)
    return found


def _aligned(mine: pd.DataFrame, other: pd.DataFrame, inside: int) -> int:
    """How many rows agree when the two print dates of different kinds; 0 when they do not as a whole."""
    sides = []
    for rows in (mine, other):
        payees = [merchant or fold(text) for merchant, text in zip(rows["merchant"].tolist(), rows["descriptor"].tolist(), strict=True)]
        days = rows["posted"].to_numpy().astype("datetime64[D]").astype("int64").tolist()
        sides.append((days, list(zip(rows["minor"].tolist(), payees, strict=True))))
    (days, keys), (other_days, other_keys) = sides
    found = align(days, keys, Counter(zip(other_keys, other_days, strict=True)))
    return min(inside, found.exact + len(found.moved)) if found.other_dates else 0


def _scaled(rows: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Amounts of no currency counted in `currency`'s smallest unit; those that do not come out whole are left out."""
    shift = exponent(currency) - exponent(UNKNOWN_CURRENCY)
    if shift < 0:
        rows = rows[rows["minor"] % 10**-shift == 0].copy()
        rows["minor"] //= 10**-shift
    elif shift > 0:
        rows["minor"] *= 10**shift
    return rows.reset_index(drop=True)
