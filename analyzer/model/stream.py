"""Stream and Cadence: the charges believed to be one agreement, and their rhythm."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from analyzer.model.statement import Transaction, charges_id, transactions

if TYPE_CHECKING:
    import pandas as pd

CadenceName = Literal[
    "weekly", "biweekly", "4-weekly", "semimonthly", "monthly", "bimonthly", "quarterly", "semiannual", "annual", "every-n-days"
]
AmountModel = Literal["fixed", "stepped", "fx", "metered"]
StreamStatus = Literal["early", "active", "ended"]


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often, how exactly, and when next.

    `days` is the mean interval in days (30.44 for monthly); `tolerance` the days a charge may be off its
    slot; `sure` the confidence 0..1 that the rhythm is real.
    """

    name: CadenceName
    days: float
    tolerance: int
    sure: float
    next_due: date | None = None


@dataclass(frozen=True)
class Stream:
    """The charges believed to be one agreement with one merchant.

    `rows` are positions in the frame the streams were found in, oldest first.
    """

    merchant: str
    account: str
    currency: str
    cadence: Cadence
    amount_model: AmountModel
    status: StreamStatus
    confidence: float
    rows: tuple[int, ...]
    source_frame: pd.DataFrame = field(repr=False, compare=False)
    evidence: tuple[str, ...] = ()
    """Plain sentences, strongest first: "11 of 11 months, always the 3rd to 5th"."""
    authorized: bool | None = None

    @cached_property
    def transactions(self) -> tuple[Transaction, ...]:
        """The charges, oldest first."""
        return transactions(self.source_frame, self.rows)

    @cached_property
    def id(self) -> str:
        """Stable id, see `charges_id`."""
        return charges_id(self.transactions)

    @property
    def first(self) -> date:
        """Day of the first charge."""
        return self.transactions[0].posted

    @property
    def last(self) -> date:
        """Day of the latest charge."""
        return self.transactions[-1].posted

    @property
    def amount(self) -> Decimal:
        """The latest charge, negative."""
        return self.transactions[-1].amount
