"""One agreement under two names, and all that must not pass for one."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.model import Stream
from tests.streams.make import Charge, charge, find, monthly

OLD, NEW = "HALDEN FITNESS CLUB", "HALDEN WELLBEING"
AFTER = date(2025, 9, 1)


def sizes(streams: tuple[Stream, ...]) -> list[int]:
    return sorted(len(s.rows) for s in streams)


def old(count: int = 8, price: str = "-29.90", text: str = OLD) -> list[Charge]:
    """Charges on the 12th, from January 2025."""
    return charge(monthly(12, count), price, text)


# fmt: off
CASES: list[tuple[str, list[Charge], list[int]]] = [
    ("the next slot, the same amount",     charge(monthly(12, 6, first=AFTER), "-29.90", NEW),                 [14]),
    ("one charge so far",                  charge(monthly(12, 1, first=AFTER), "-29.90", NEW),                 [9]),
    ("two charges so far",                 charge(monthly(12, 2, first=AFTER), "-29.90", NEW),                 [10]),
    ("a slot late",                        charge(monthly(12, 6, first=date(2025, 10, 1)), "-29.90", NEW),     [6, 8]),
    ("another day of the month",           charge(monthly(24, 6, first=AFTER), "-29.90", NEW),                 [6, 8]),
    ("another amount",                     charge(monthly(12, 6, first=AFTER), "-34.90", NEW),                 [6, 8]),
    ("begun before the old one ended",     charge(monthly(12, 9, first=date(2025, 6, 1)), "-29.90", NEW),      [8, 9]),
    ("nothing of the name in common",      charge(monthly(12, 6, first=AFTER), "-29.90", "TORVIK GYM"),        [6, 8]),
    ("only a word anybody uses in common", charge(monthly(12, 6, first=AFTER), "-29.90", "FITNESS HALDEN"),    [6, 8]),
    ("a seller's fee",                     charge(monthly(12, 6, first=AFTER), "-29.90", "HALDEN SELLER FEES"), [6, 8]),
]
# fmt: on


@pytest.mark.parametrize(("later", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_name_that_changes(later: list[Charge], expected: list[int]) -> None:
    assert sizes(find([*old(), *later])) == expected


def test_the_old_one_must_have_stopped() -> None:
    rows = [*old(), (date(2025, 12, 3), "-8.00", OLD), *charge(monthly(12, 6, first=AFTER), "-29.90", NEW)]
    assert sizes(find(rows)) == [6, 8]


def test_two_that_could_go_on_go_on_in_none() -> None:
    rows = [*old(), *charge(monthly(12, 6, first=AFTER), "-29.90", NEW), *charge(monthly(13, 6, first=AFTER), "-29.90", "HALDEN POOL")]
    assert sizes(find(rows)) == [6, 6, 8]


def test_a_name_may_change_twice() -> None:
    rows = [
        *old(4),
        *charge(monthly(12, 4, first=date(2025, 5, 1)), "-29.90", NEW),
        *charge(monthly(12, 4, first=AFTER), "-29.90", "HALDEN PLUS"),
    ]
    (stream,) = find(rows)
    assert len(stream.rows) == 12


def test_both_the_joined_and_the_doubtful_say_so() -> None:
    (joined,) = find([*old(), *charge(monthly(12, 6, first=AFTER), "-29.90", NEW)])
    assert joined.evidence[1] == "goes on under a new name, Halden Wellbeing: the same amount on the next due day"
    assert joined.first == date(2025, 1, 12)
    doubtful = {s.merchant: s for s in find([*old(), *charge(monthly(12, 6, first=AFTER), "-29.90", "TORVIK GYM")])}["Torvik GYM"]
    assert any("Halden Fitness Club stopped one period before" in line for line in doubtful.evidence)


def test_a_price_in_another_currency_may_wobble_on() -> None:
    before = charge(monthly(5, 6), ["-450000.00", "-455000.00", "-448000.00", "-452000.00", "-457000.00", "-449000.00"], OLD)
    after = charge(monthly(5, 4, first=date(2025, 7, 1)), ["-453000.00", "-451000.00", "-456000.00", "-450500.00"], NEW)
    assert sizes(find([*before, *after])) == [10]
