"""What each column of a file is: a value made by detection or by a profile, and used by the one reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyzer.errors import StatementWarning
from analyzer.importers.base import DateOrder, Sign
from analyzer.importers.numbers import Style
from analyzer.model import AccountKind

if TYPE_CHECKING:
    import numpy as np


@dataclass(slots=True)
class Plan:
    """Column positions and what is known beforehand about what they hold.

    Either `amount`, or `debit` and/or `credit`. `flags` maps a folded direction word to -1 (money out) or +1;
    the key "" is what an empty direction cell means, where that is known.
    """

    date: int
    amount: int | None = None
    debit: int | None = None
    credit: int | None = None
    flag: int | None = None
    flags: Mapping[str, int] = field(default_factory=dict)
    balance: int | None = None
    before: int | None = None
    opening: int | None = None
    closing: int | None = None
    currency: int | None = None
    text: tuple[int, ...] = ()
    fitid: int | None = None
    account: int | None = None
    status: int | None = None
    fee: int | None = None
    """Fees that moved the balance beside the amounts."""
    fee_apart: bool = False
    """Amounts are gross, and a column of net amounts stands beside them: fees move the balance and are no part of the amounts."""
    product: int | None = None
    """Rows of different products have balances of their own."""
    spending: int | None = None
    """A column of spending categories: evidence for the sign, nothing else."""
    order: DateOrder | None = None
    style: Style | None = None
    sign: Sign | None = None
    code: str = ""
    """The ISO currency, where the names or the profile say it."""
    kind: AccountKind | None = None
    institution: str = ""
    importer: str = "csv"
    profile: str = ""
    guard: bool = False
    """Text cells carry the apostrophe of our own export."""
    doubtful: np.ndarray | None = None
    """Rows of the body whose fields may have moved; they are rejected."""
    notes: list[StatementWarning] = field(default_factory=list)

    @property
    def money(self) -> list[int]:
        """All columns whose cells are amounts, those of the rows first."""
        columns = (self.amount, self.debit, self.credit, self.balance, self.before, self.opening, self.closing, self.fee)
        return [c for c in columns if c is not None]
