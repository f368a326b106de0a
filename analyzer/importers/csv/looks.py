"""The measures of a column: how much of it is dates, amounts, signs, identifiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.importers.csv.dialect import amount_like, date_like


@dataclass(frozen=True, slots=True)
class Look:
    """What a sample of one column holds. Shares are of the cells that are not empty."""

    filled: int
    rows: int
    dates: float
    amounts: float
    fractions: float
    whole: float
    signed: float
    distinct: int
    length: float
    identifier: bool

    @property
    def fill(self) -> float:
        """Share of the rows that have anything here."""
        return self.filled / self.rows if self.rows else 0.0


def look(column: Sequence[str]) -> Look:
    """The measures of a column of stripped cells."""
    filled = [c for c in column if c]
    n = len(filled)
    if not n:
        return Look(0, len(column), 0, 0, 0, 0, 0, 0, 0, False)
    amounts = [c for c in filled if amount_like(c)]
    whole = [c for c in filled if c.isdigit()]
    ids = [c for c in whole if len(c) >= 9 or (len(c) > 1 and c[0] == "0")]
    return Look(
        filled=n,
        rows=len(column),
        dates=sum(date_like(c) for c in filled) / n,
        amounts=len(amounts) / n,
        fractions=sum(c[-3:-2] in (".", ",") or c[-2:-1] in (".", ",") or not c[-1:].isdigit() for c in amounts) / n,
        whole=len(whole) / n,
        signed=sum("-" in c or "(" in c or "+" in c or "−" in c or "–" in c for c in amounts) / n,
        distinct=len({*filled}),
        length=sum(map(len, filled)) / n,
        identifier=len(ids) * 2 > n,
    )
