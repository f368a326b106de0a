"""Charges that failed: taken, taken back within days, and taken again. Only the last of them stands.

Without this the failed charge would fill the slot of the one that stands, and its reversal would look like a refund.
"""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.streams.calendar import Ints

DAYS = 5
"""Days within which a failed charge is taken back, and within which it is taken again."""


def find(charges: Ints, credits: Ints, merchant: Ints, day: Ints, minor: Ints) -> tuple[Ints, frozenset[int]]:
    """The rows of charges that failed, and those of the credits that took them back.

    Args:
        charges: rows of charges.
        credits: rows of posted money that came in.
        merchant: per row of the frame a number of its account, currency and merchant.
        day: per row its day.
        minor: per row its signed amount.
    """
    import numpy as np

    if not len(credits) or not len(charges):
        return np.zeros(0, dtype=np.int64), frozenset()
    there = np.zeros(int(merchant.max()) + 1, dtype=bool)
    there[merchant[credits]] = True
    taken: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row in charges[there[merchant[charges]]].tolist():
        taken.setdefault((int(merchant[row]), -int(minor[row])), []).append((int(day[row]), row))
    standing = {key: _Standing(sorted(same)) for key, same in taken.items()}
    void: list[int] = []
    back: set[int] = set()
    for on, credit in sorted(zip(day[credits].tolist(), credits.tolist(), strict=True)):
        same = standing.get((int(merchant[credit]), int(minor[credit])))
        failed = same.failed(on) if same is not None else None
        if failed is not None:
            void.append(failed)
            back.add(credit)
    return np.array(sorted(void), dtype=np.int64), frozenset(back)


class _Standing:
    """The charges of one amount at one merchant, by day, without those that have failed."""

    def __init__(self, charges: list[tuple[int, int]]) -> None:
        self.days = [day for day, _ in charges]
        self.rows = [row for _, row in charges]
        self.ahead = list(range(len(charges) + 1))
        """Per place itself, or for one that failed a later place towards the next that stands."""

    def failed(self, on: int) -> int | None:
        """The row of the charge that a credit of the day `on` took back, if the charge was taken again; it no longer stands then.

        It is the first within the days before: a later one among them would be the one that was taken again.
        """
        first = self._standing(bisect.bisect_left(self.days, on - DAYS))
        again = self._standing(first + 1) if first < len(self.rows) else first
        if again >= len(self.rows) or self.days[first] > on or self.days[again] > self.days[first] + DAYS:
            return None
        self.ahead[first] = first + 1
        return self.rows[first]

    def _standing(self, at: int) -> int:
        """The first place from `at` on that stands; the end where none does."""
        end = at
        while self.ahead[end] != end:
            end = self.ahead[end]
        while self.ahead[at] != end:
            self.ahead[at], at = end, self.ahead[at]
        return end
