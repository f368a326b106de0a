"""Charges that failed and were taken again: which of them stands, and what only took one back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.streams.retries import DAYS, find

Row = tuple[int, int]
"""A day, and an amount in the smallest unit."""


def found(rows: list[Row], merchants: list[int] | None = None) -> tuple[list[int], list[int]]:
    day = np.array([d for d, _ in rows], dtype=np.int64)
    minor = np.array([a for _, a in rows], dtype=np.int64)
    merchant = np.array(merchants or [0] * len(rows), dtype=np.int64)
    void, back = find(np.flatnonzero(minor < 0), np.flatnonzero(minor > 0), merchant, day, minor)
    return void.tolist(), sorted(back)


@pytest.mark.parametrize(
    ("rows", "void", "back"),
    [
        ([(0, -999), (1, 999), (2, -999)], [0], [1]),
        ([(0, -999), (0, 999), (0, -999)], [0], [1]),
        ([(0, -999), (1, 999), (2, -899)], [], []),  # another price: a purchase
        ([(0, -999), (1, 999), (31, -999)], [], []),  # a refund, and next month's charge
        ([(0, -999), (6, 999), (7, -999)], [], []),  # too late to have failed
        ([(0, -999), (1, 999), (2, -999), (3, 999), (4, -999)], [0, 2], [1, 3]),  # failed twice
        ([(0, -999), (1, 999), (2, -999), (3, 999)], [0], [1]),  # the second time it was paid back
        ([(0, -999), (1, -999), (2, -999), (3, 999), (3, 999), (3, 999)], [0, 1], [3, 4]),  # one stands
        ([(0, -999), (1, 999)], [], []),
        ([(1, 999), (2, -999)], [], []),
    ],
)
def test_what_failed(rows: list[Row], void: list[int], back: list[int]) -> None:
    assert found(rows) == (void, back)


def test_another_merchants_charge_is_not_taken_again() -> None:
    assert found([(0, -999), (1, 999), (2, -999)], [0, 0, 1]) == ([], [])


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from([-5, 5, -7, 7])), max_size=14))
def test_it_is_the_earliest_charge_that_can_be_meant(rows: list[Row]) -> None:
    """The rule as it reads, without any index."""
    void: set[int] = set()
    back: list[int] = []
    for credit in sorted((i for i, (_, a) in enumerate(rows) if a > 0), key=lambda i: (rows[i][0], i)):
        on, amount = rows[credit]
        same = [i for i, (_, a) in enumerate(rows) if a == -amount and i not in void]
        failed = [i for i in same if 0 <= on - rows[i][0] <= DAYS and any(j != i and 0 <= rows[j][0] - rows[i][0] <= DAYS for j in same)]
        if failed:
            void.add(min(failed, key=lambda i: (rows[i][0], i)))
            back.append(credit)
    assert found(rows) == (sorted(void), sorted(back))
