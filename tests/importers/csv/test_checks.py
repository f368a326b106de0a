"""The file's own figures: running balances in every order, totals, opening and closing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import MalformedStatement
from analyzer.importers.csv import proof
from tests.importers.csv.reading import read, rows, warned

AMOUNTS = st.lists(st.integers(-10_000, 10_000).filter(bool), min_size=3, max_size=30)


@given(AMOUNTS, st.integers(-5000, 5000), st.booleans(), st.booleans(), st.booleans())
def test_a_true_balance_is_always_followed(amounts: list[int], opening: int, newest: bool, before: bool, owed: bool) -> None:
    values = np.array(amounts)
    after = opening + np.cumsum(values) * (-1 if owed else 1)
    balance = after - values * (-1 if owed else 1) if before else after
    if newest:
        values, balance = values[::-1], balance[::-1]
    found = proof.chain(values, balance, np.ones(len(values), dtype=bool), before=before)
    assert found.proven
    assert found.checks == len(values) - 1


@given(AMOUNTS, st.integers(0, 28), st.integers(1, 99))
def test_a_changed_amount_is_always_noticed(amounts: list[int], place: int, by: int) -> None:
    values = np.array(amounts)
    balance = np.cumsum(values)
    wrong = values.copy()
    wrong[1 + place % (len(values) - 1)] += by
    found = proof.chain(wrong, balance, np.ones(len(values), dtype=bool), signs=(1,))
    assert not found.proven or found.newest_first


@given(AMOUNTS)
def test_directions_come_from_the_balance(amounts: list[int]) -> None:
    values = np.array(amounts)
    found = proof.deltas(np.abs(values), 100_000 + np.cumsum(values), np.ones(len(values), dtype=bool))
    assert found is None or (found[1:] == np.sign(values[1:])).all()
    dated = proof.deltas(np.abs(values), 100_000 + np.cumsum(values), np.ones(len(values), dtype=bool), backwards=False)
    assert dated is not None
    assert (dated[1:] == np.sign(values[1:])).all()


def test_gaps_in_the_balances_are_bridged() -> None:
    found = read("Date,Description,Amount,Balance\n2024-01-15,A,-1.00,9.00\n2024-01-16,B,-2.00,\n2024-01-17,C,-3.00,4.00\n")
    assert found[0].reconciled is True
    assert "running balance" in found[0].proof


def test_opening_and_closing_come_from_the_balances() -> None:
    found = read("Date,Description,Amount,Balance\n2024-01-17,C,-3.00,4.00\n2024-01-16,B,-2.00,7.00\n2024-01-15,A,-1.00,9.00\n")
    assert (str(found[0].opening), str(found[0].closing)) == ("10.00", "4.00")


def test_a_break_names_its_line() -> None:
    body = "".join(f"2024-01-{d},S,-1.00,{100 - d - (5 if d > 17 else 0)}.00\n" for d in range(13, 22))
    found = read("Date,Description,Amount,Balance\n" + body)
    assert found[0].reconciled is False
    assert "line 7: the running balance does not follow in 1 of 8 steps" in str(warned(found)[0])


@pytest.mark.parametrize("total", ["-6.00", "6.00"])
def test_a_total_proves(total: str) -> None:
    found = read(f"Date,Description,Amount\n2024-01-15,A,-1.00\n2024-01-16,B,-5.00\nTotal,,{total}\n")
    assert rows(found) == [("2024-01-15", "-1"), ("2024-01-16", "-5")]
    assert found[0].reconciled is True
    assert found[0].proof == "the total on line 4 is the sum of the rows"


def test_a_total_that_contradicts_is_refused() -> None:
    with pytest.raises(MalformedStatement, match=r"^line 4: printed total -7.00, rows add up to -6.00: "):
        read("Date,Description,Amount\n2024-01-15,A,-1.00\n2024-01-16,B,-5.00\nTotal,,-7.00\n")


def test_a_total_explained_by_a_row_left_out_is_told() -> None:
    found = read("Date,Description,Amount\n2024-01-15,A,-1.00\n2024-01-16,B,-5.00\n2024-01-17,C,x\nTotal,,-7.00\n")
    assert found[0].reconciled is False
    assert found[0].rejected == 1


@pytest.mark.parametrize(("closing", "reconciled"), [("94.00", True), ("95.00", False)])
def test_opening_and_closing_lines(closing: str, reconciled: bool) -> None:
    text = f"Opening balance,,100.00\nDate,Description,Amount\n2024-01-15,A,-1.00\n2024-01-16,B,-5.00\nClosing balance,,{closing}\n"
    found = read(text)
    assert found[0].reconciled is reconciled
