"""A contradiction that one row's own foreign amount and rate explain: that row is named."""

from __future__ import annotations

import re

import pytest

from analyzer.errors import AmbiguousAmount, MalformedStatement

from .rawpdf import ROWS, body, one_page
from .test_twins import read

ABROAD = [("", "FOREIGN CURRENCY 11.00 EUR", ""), ("", "@ EXCHANGE RATE 1.36273", "")]


def statement(first: str, *, total: str = "56.99", below: list[tuple[str, str, str]] = ABROAD) -> bytes:
    """The usual rows, the first with another amount and lines below it."""
    day, text, _ = ROWS[0]
    return one_page(body([(day, text, first), *below, *ROWS[1:]], total=total))


def test_an_intact_row_is_read() -> None:
    assert [str(t.amount) for t in read(statement("14.99"))[0].transactions] == ["-14.99", "-6.25", "-42.00", "6.25"]


@pytest.mark.parametrize(
    "below",
    [
        ABROAD,
        [("", "FOREIGN CURRENCY 11.00 EUR AT 1.36273", "")],
        [("", "20.43 CAD", ""), ("", "EXCHANGE RATE 1.362908", "")],  # quoted the other way round
    ],
)
def test_an_altered_row_is_named(below: list[tuple[str, str, str]]) -> None:
    with pytest.raises(MalformedStatement) as refused:
        read(statement("1.99", below=below))
    told = str(refused.value)
    assert "printed total 56.99, rows add up to 43.99" in told
    assert re.search(r'"03/04/2025 LUMEN STREAMING[^"]*" on page 1 prints 1.99, but .* is 14.99, and with that all adds up', told)


@pytest.mark.parametrize(
    ("first", "total"),
    [
        ("14.99", "412.07"),  # the row is what its rate gives; something else is wrong
        ("1.99", "58.00"),  # its rate would not mend the sum either
    ],
)
def test_no_row_is_blamed_without_need(first: str, total: str) -> None:
    with pytest.raises(MalformedStatement) as refused:
        read(statement(first, total=total))
    assert f"printed total {total}, rows add up to" in str(refused.value)
    assert "with that all adds up" not in str(refused.value)


def test_two_rows_that_could_be_it_are_not_named() -> None:
    day, text, _ = ROWS[0]
    twice = [(day, text, "1.99"), *ABROAD, (day, "OAK STREAMING 800-555-0100", "1.99"), *ABROAD, *ROWS[1:]]
    with pytest.raises(MalformedStatement) as refused:
        read(one_page(body(twice, total="58.98")))
    assert "with that all adds up" not in str(refused.value)


def told_without_a_total(first: str) -> list[str]:
    (found,) = read(statement(first, total=None))
    assert found.reconciled is None
    return [w.what for w in found.warnings if isinstance(w, AmbiguousAmount)]


def test_an_altered_row_is_named_where_nothing_proves_the_rows() -> None:
    (what,) = told_without_a_total("1.99")
    assert re.fullmatch(r'"03/04/2025 LUMEN STREAMING[^"]*" prints 1.99, but 11.00 at 1.36273 is 14.99 \(or 8.07\)', what)


@pytest.mark.parametrize("first", ["14.99", "15.36"])  # with a fee of 2.5 % in it as well
def test_an_intact_row_needs_no_word(first: str) -> None:
    assert told_without_a_total(first) == []
