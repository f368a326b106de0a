"""Rows that print no year: what decides it, and what is told about it."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.errors import AmbiguousDate, StatementError

from .rawpdf import ROWS, body, one_page
from .test_twins import read

BARE = [(day[:5], text, amount) for day, text, amount in ROWS]


def statement(*head: str, made: str = "") -> bytes:
    """The usual rows without a year, under these lines."""
    extra = {7: f"<</CreationDate(D:{made}120000Z)>>".encode()} if made else {}
    return one_page(body(BARE, head=("CREDIT CARD STATEMENT, USD", *head)), trailer="/Info 7 0 R" if made else "", extra=extra)


def years(data: bytes, today: date | None = date(2026, 7, 1)) -> tuple[set[int], list[str]]:
    found = read(data, today=today)[0]
    return {t.posted.year for t in found.transactions}, [w.what for w in found.warnings if isinstance(w, AmbiguousDate)]


@pytest.mark.parametrize(
    ("head", "made", "year", "told"),
    [
        (("March 2024",), "", 2024, ""),
        (("March 2024", "Terms as of November 2019"), "", 2024, ""),
        (("Terms as of November 2019",), "20240402", 2019, "is the only one on the statement"),
        (("March 2024", "New rates from April 2025"), "", 2024, "several years are printed"),
        (("New rates from March 2025",), "20240402", 2024, "the file was made then"),
        (("Registered 2031",), "20240402", 2024, "the file was made then"),
        ((), "20240402", 2024, "the last before 2024-04-02 (the file was made then)"),
        ((), "20240310", 2024, "the last before 2024-03-10"),
        ((), "20990402", 2026, "the last before 2026-07-01"),
        ((), "19700101", 2026, "the last before 2026-07-01"),
        ((), "20000101", 2026, "the last before 2026-07-01"),  # what libraries stamp for equal bytes
        (("March 2024",), "20000101", 2024, ""),
        ((), "", 2026, "the last before 2026-07-01"),
    ],
)
def test_what_decides(head: tuple[str, ...], made: str, year: int, told: str) -> None:
    found, warnings = years(statement(*head, made=made))
    if made == "20240310":
        assert found == {2023, 2024}  # rows after the day it was made are of the year before
    else:
        assert found == {year}
    assert bool(warnings) == bool(told)
    assert told in "".join(warnings)


def test_the_day_judged_by_bounds_the_year() -> None:
    assert years(statement(made="20240402"), date(2023, 4, 1))[0] == {2023}
    assert years(statement(), date(2026, 3, 28))[0] == {2026}
    assert years(statement(made="20240402"), None)[0] == {2024}


def test_nothing_to_go_by_is_asked_for() -> None:
    with pytest.raises(StatementError, match="--as-of DATE gives one"):
        years(statement(), None)
