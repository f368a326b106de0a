"""Refunds matched one to one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.detectors.refunds import LONGEST, Money, match

# fmt: off
TABLE = [
    # (what, charges (day, amount), credits (day, amount), pairs (charge number, credit number, full))
    ("the equal charge",              [(10, 500), (20, 700)],             [(30, 700)],             [(1, 0, True)]),
    ("the latest of equal ones",      [(10, 500), (40, 500)],             [(50, 500)],             [(1, 0, True)]),
    ("each once",                     [(10, 500), (40, 500)],             [(50, 500), (51, 500)],  [(0, 0, True), (1, 1, True)]),
    ("no charge twice",               [(10, 500)],                        [(50, 500), (51, 500)],  [(0, 1, True)]),
    ("over an exchange rate",         [(10, 66_150), (40, 65_420)],       [(60, 65_900)],          [(0, 0, True)]),
    ("equal before nearly equal",     [(10, 500), (20, 505)],             [(30, 505), (31, 498)],  [(1, 0, True), (0, 1, True)]),
    ("a part of it",                  [(10, 5000)],                       [(30, 1200)],            [(0, 0, False)]),
    ("not before the charge",         [(40, 500)],                        [(30, 500)],             []),
    ("not years later",               [(10, 500)],                        [(11 + LONGEST, 500)],   []),
    ("more than was charged",         [(10, 500)],                        [(30, 900)],             []),
]
# fmt: on

Rows = list[tuple[int, int]]


def money(rows: Rows, start: int) -> list[Money]:
    return [Money(start + n, day, minor) for n, (day, minor) in enumerate(rows)]


@pytest.mark.parametrize(("what", "charges", "credits", "pairs"), TABLE, ids=[t[0] for t in TABLE])
def test_match(what: str, charges: Rows, credits: Rows, pairs: list[tuple[int, int, bool]]) -> None:
    found = match(money(charges, 0), money(credits, 100))
    assert [(m.charge.row, m.back.row - 100, m.full) for m in found] == pairs, what


def test_soon_after_the_statements_begin_only_the_same_amount_is_a_refund() -> None:
    charges, credits = money([(3, 65_420)], 0), money([(21, 66_150)], 100)
    assert match(charges, credits, begin=0) == []
    assert [m.full for m in match(charges, credits, begin=-60)] == [True]
    assert [m.full for m in match(charges, money([(21, 65_420)], 100), begin=0)] == [True]


ROWS = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 2000)), max_size=12)


@given(ROWS, ROWS, st.randoms())
def test_one_to_one_in_any_order(charges: Rows, credits: Rows, random: object) -> None:
    a, b = money(charges, 0), money(credits, 100)
    found = match(a, b)
    assert len({m.charge.row for m in found}) == len({m.back.row for m in found}) == len(found)
    random.shuffle(a)  # type: ignore[attr-defined]
    random.shuffle(b)  # type: ignore[attr-defined]
    assert match(a, b) == found
    assert all(m.back.minor <= 1.06 * m.charge.minor for m in found)
