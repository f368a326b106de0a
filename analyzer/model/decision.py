"""Decision: what the holder said about one agreement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from analyzer import money
from analyzer.model.stream import CadenceName

Verdict = Literal["mine", "never-authorized", "cancelled"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user said about one agreement.

    Without `max_minor` and `cadence` it speaks of the whole merchant; with them, of the agreement they
    describe and of no second one beside it. `until` is the day it was cancelled; charges later than that
    are not covered. `account` is None for every account.
    """

    merchant: str
    verdict: Verdict = "mine"
    max_minor: int | None = None
    currency: str | None = None
    cadence: CadenceName | None = None
    until: date | None = None
    account: str | None = None
    usual_minor: int | None = None
    """The agreement's usual charge (positive), kept by the ledger to recognise it after a rename."""
    note: str = ""
    charges: frozenset[tuple[date, int]] = field(default=frozenset(), repr=False)
    """Day and amount (positive, smallest unit) of charges it was made on: they know the agreement again in another rhythm or price."""

    def limit(self, currency: str) -> int | None:
        """`max_minor` in the smallest unit of `currency`; without a currency of its own it is kept in hundredths."""
        if self.max_minor is None or self.currency is not None:
            return self.max_minor
        return money.to_minor(money.from_minor(self.max_minor, money.UNKNOWN_CURRENCY), currency)
