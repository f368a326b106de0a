"""Rhythms and amount models, one row each: what was charged, what is found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.streams.make import START, charge, every, find, monthly, over_weekends

SEMI = sorted([*monthly(1, 8), *monthly(15, 8)])

# fmt: off
RHYTHMS = [
    # (what, due days, cadence)
    ("every week",                    every(7, 20),                          "weekly"),
    ("every week, over weekends",     over_weekends(every(7, 20, first=date(2025, 1, 3))), "weekly"),
    ("every second week",             every(14, 12),                         "biweekly"),
    ("every four weeks",              every(28, 10),                         "4-weekly"),
    ("every month",                   monthly(5, 12),                        "monthly"),
    ("every month, over weekends",    over_weekends(monthly(9, 14)),         "monthly"),
    ("at the end of the month",       monthly(31, 12),                       "monthly"),
    ("at the end, over weekends",     over_weekends(monthly(31, 12)),        "monthly"),
    ("on the 1st and 15th",           SEMI,                                  "semimonthly"),
    ("every second month",            monthly(12, 7, every=2),               "bimonthly"),
    ("every quarter",                 monthly(20, 5, every=3),               "quarterly"),
    ("every half year",               monthly(3, 4, every=6, first=date(2023, 1, 1)), "semiannual"),
    ("every year",                    monthly(3, 3, every=12, first=date(2023, 3, 1)), "annual"),
    ("every 30 days",                 every(30, 14),                         "every-n-days"),
    ("every 45 days",                 every(45, 10),                         "every-n-days"),
    ("every 10 days",                 every(10, 20),                         "every-n-days"),
]
AMOUNTS = [
    # (what, amounts of ten months, model)
    ("one price",            ["-9.99"] * 10,                                                                       "fixed"),
    ("a rise on the way",    ["-9.99"] * 6 + ["-11.99"] * 4,                                                       "stepped"),
    ("a rise just now",      ["-9.99"] * 9 + ["-12.99"],                                                           "stepped"),
    ("another currency",     ["-39.71", "-40.12", "-39.40", "-40.55", "-39.99", "-41.02", "-40.6", "-39.2", "-40.1", "-40.9"], "fx"),
    ("a bill for use",       ["-64.1", "-80.2", "-51.9", "-99.5", "-72.3", "-60.0", "-88.8", "-70.7", "-55.5", "-91.2"], "metered"),
]
# fmt: on


@pytest.mark.parametrize(("what", "days", "cadence"), RHYTHMS, ids=[r[0] for r in RHYTHMS])
def test_cadence(what: str, days: list[date], cadence: str) -> None:
    (stream,) = find(charge(days, "-12.50"), today=days[-1])
    assert stream.cadence.name == cadence, what
    assert len(stream.rows) == len(days)
    assert stream.amount_model == "fixed"
    assert stream.status == "active"


@pytest.mark.parametrize(("what", "amounts", "model"), AMOUNTS, ids=[a[0] for a in AMOUNTS])
def test_amount_model(what: str, amounts: list[str], model: str) -> None:
    (stream,) = find(charge(monthly(7, 10), amounts), today=date(2025, 10, 20))
    assert (stream.amount_model, len(stream.rows)) == (model, 10), what


def test_a_missed_month_is_told() -> None:
    days = monthly(5, 12)
    del days[6]
    (stream,) = find(charge(days, "-9.99"), today=days[-1])
    assert len(stream.rows) == 11
    assert "1 due date without a charge" in stream.evidence
    assert stream.evidence[0].startswith("11 of 12 months, always the 5th")


def test_the_evidence_is_the_reason() -> None:
    (stream,) = find(charge(over_weekends(monthly(4, 11)), "-9.99"), today=date(2025, 11, 30))
    assert stream.evidence[0] == "11 of 11 months, always the 4th to 6th"
    assert stream.evidence[1] == "first charge 2025-01-06; never bought there before"
    assert stream.cadence.next_due is not None
    assert abs((stream.cadence.next_due - date(2025, 12, 4)).days) <= 1


@pytest.mark.parametrize(("days_later", "status"), [(10, "active"), (40, "active"), (80, "ended")])
def test_status_by_the_day_judged_by(days_later: int, status: str) -> None:
    days = monthly(5, 6)
    (stream,) = find(charge(days, "-9.99"), today=days[-1] + timedelta(days=days_later))
    assert stream.status == status
    assert (stream.cadence.next_due is None) == (status == "ended")


PAIRS = [
    # (what, first and second (day, amount), text, cadence found)
    ("a month apart, one price", ((2025, 3, 4), "-9.99"), ((2025, 4, 4), "-9.99"), "HALDEN CLUB", "monthly"),
    ("a month apart, 1 % off", ((2025, 3, 4), "-9.99"), ((2025, 4, 4), "-10.08"), "HALDEN CLUB", "monthly"),
    ("a week apart", ((2025, 3, 4), "-9.99"), ((2025, 3, 11), "-9.99"), "HALDEN CLUB", "weekly"),
    ("a year apart", ((2025, 3, 4), "-9.99"), ((2026, 3, 4), "-9.99"), "HALDEN CLUB", "annual"),
    ("28 days apart, another day of the month", ((2025, 3, 4), "-9.99"), ((2025, 4, 1), "-9.99"), "HALDEN CLUB", "4-weekly"),
    ("two prices", ((2025, 3, 4), "-9.99"), ((2025, 4, 4), "-15.40"), "HALDEN CLUB", None),
    ("no gap of the calendar", ((2025, 3, 4), "-9.99"), ((2025, 4, 22), "-9.99"), "HALDEN CLUB", None),
    ("at a till", ((2025, 3, 4), "-9.99"), ((2025, 4, 4), "-9.99"), "HALDEN DELI LEEDS", None),
]


@pytest.mark.parametrize(("what", "one", "two", "text", "cadence"), PAIRS, ids=[p[0] for p in PAIRS])
def test_two_charges(what: str, one: tuple[Any, str], two: tuple[Any, str], text: str, cadence: str | None) -> None:
    charges = [(date(*day), amount, text) for day, amount in (one, two)]
    found = find(charges, today=charges[-1][0])
    assert [s.cadence.name for s in found] == ([cadence] if cadence else []), what
    assert all(s.status == "early" for s in found)


def test_one_charge_is_no_stream() -> None:
    assert find([(date(2025, 3, 4), "-9.99", "HALDEN CLUB")], today=date(2025, 3, 5)) == ()


def test_a_trial_goes_with_the_stream() -> None:
    full = every(30, 4, first=date(2025, 3, 15))
    (stream,) = find([(date(2025, 3, 1), "-1.95", "SLIMDAILY.COM"), *charge(full, "-79.95", "SLIMDAILY.COM")], today=full[-1])
    assert len(stream.rows) == 5
    assert "a small charge came first, on 2025-03-01" in stream.evidence


def test_agreements_of_one_front_are_told_apart() -> None:
    text = "APPLE.COM/BILL"
    rows = [
        *charge(monthly(3, 12), "-2.99", text),
        *charge(monthly(11, 12), ["-9.99"] * 7 + ["-10.99"] * 5, text),
        *charge(monthly(11, 12), "-0.99", text),
        *charge(monthly(20, 8), "-9.99", text),
        (date(2025, 4, 20), "-4.49", text),
    ]
    found = find(sorted(rows), today=date(2025, 12, 15))
    assert sorted((len(s.rows), s.amount_model) for s in found) == [(8, "fixed"), (12, "fixed"), (12, "fixed"), (12, "stepped")]


def test_an_agreement_among_purchases() -> None:
    """A dollar fee billed in rupiah, at a merchant the holder also buys from."""
    import random

    rng = random.Random(5)
    fee = [f"-{rng.gauss(39.99, 0.4):.2f}" for _ in range(12)]
    orders = [(START + timedelta(days=rng.randrange(360)), f"-{rng.lognormvariate(3.4, 0.9):.2f}", "BRANDO STORE") for _ in range(45)]
    found = find(sorted([*charge(monthly(8, 12), fee, "BRANDO STORE"), *orders]), today=date(2025, 12, 31))
    assert len(found) == 1
    assert sum(int(d.posted.day == 8) for d in found[0].transactions) >= 11


def test_two_agreements_of_one_price() -> None:
    rows = [*charge(monthly(3, 14), "-9.99", "APPLE.COM/BILL"), *charge(monthly(12, 14), "-9.99", "APPLE.COM/BILL")]
    found = find(sorted(rows), today=date(2026, 2, 20))
    assert sorted((len(s.rows), s.transactions[0].posted.day) for s in found) == [(14, 3), (14, 12)]


def test_two_young_agreements_of_one_price() -> None:
    """Four charges each, moved over weekends: every other one is an agreement."""
    rows = charge(over_weekends([*monthly(3, 4), *monthly(13, 4)]), "-9.99", "HALDEN TUNES")
    found = find(sorted(rows), today=date(2025, 4, 20))
    assert [len(s.rows) for s in found] == [4, 4]


def test_the_third_of_a_second_agreement() -> None:
    """What is left beside an agreement is three equal charges, a month apart: not a pair and a stray."""
    second = [date(2025, 5, 28), date(2025, 6, 26), date(2025, 7, 28)]
    rows = [*charge(monthly(23, 7), "-9.99", "HALDEN TV"), *charge(second, "-17.99", "HALDEN TV")]
    found = find(sorted(rows), today=date(2025, 7, 29))
    assert sorted((len(s.rows), s.cadence.name) for s in found) == [(3, "monthly"), (7, "monthly")]


def test_what_comes_later_does_not_hide_a_beginning() -> None:
    """Monthly for four months, then four times a month."""
    days = monthly(5, 6)
    later = [d + timedelta(days=n) for d in days[4:] for n in (3, 8, 15)]
    found = find(sorted(charge([*days, *later], "-9.99", "HALDEN CLUB")), today=date(2025, 6, 25))
    assert [(len(s.rows), s.cadence.name) for s in found if s.first == days[0]] == [(6, "monthly")]
