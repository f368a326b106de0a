"""Charges that failed: taken, taken back within days, and taken again. Only the last of them stands.

Without this the failed charge would fill the slot of the one that stands, and its reversal would look like a refund.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

    there = np.zeros(int(merchant.max(initial=0)) + 1, dtype=bool) if len(credits) else np.zeros(1, dtype=bool)
    if not len(credits) or not len(charges):
        return np.zeros(0, dtype=np.int64), frozenset()
    there[merchant[credits]] = True
    taken: dict[tuple[int, int], list[int]] = {}
    for row in charges[there[merchant[charges]]].tolist():
        taken.setdefault((int(merchant[row]), -int(minor[row])), []).append(row)
    void: set[int] = set()
    back: set[int] = set()

    def key(row: int) -> tuple[Any, ...]:
        return int(day[row]), row

    for credit in sorted(credits.tolist(), key=key):
        same = [r for r in taken.get((int(merchant[credit]), int(minor[credit])), []) if r not in void]
        if len(same) < 2:
            continue
        failed = [r for r in same if 0 <= day[credit] - day[r] <= DAYS]
        for row in sorted(failed, key=key):
            if any(r != row and 0 <= day[r] - day[row] <= DAYS for r in same):
                void.add(row)
                back.add(credit)
                break
    return np.array(sorted(void), dtype=np.int64), frozenset(back)
