"""What is not an agreement: background spending of many kinds, and classes that never are one."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analyzer.model import COLUMNS
from tests.streams.make import Charge, charge, every, find, frame, monthly


def spread(seed: int, count: int, amount: str, text: str, *, workdays: bool = False, span: int = 540) -> list[Charge]:
    """`count` charges of one amount on random days."""
    rng = random.Random(seed)
    out: list[Charge] = []
    while len(out) < count:
        day = date(2025, 1, 1) + timedelta(days=rng.randrange(span))
        if not workdays or day.weekday() < 5:
            out.append((day, amount, text))
    return sorted(out)


def priced(seed: int, days: list[date], low: float, high: float, text: str) -> list[Charge]:
    rng = random.Random(seed)
    return [(d, f"-{rng.uniform(low, high):.2f}", text) for d in days]


def barber(seed: int) -> list[Charge]:
    rng, day, out = random.Random(seed), date(2025, 1, 9), []
    while day < date(2026, 6, 1):
        out.append((day, "-28.00", "SQ *SHARP CUTS LEEDS"))
        day += timedelta(days=rng.randint(27, 58))
    return out


def orders(seed: int) -> list[Charge]:
    days = sorted(date(2025, 1, 1) + timedelta(days=(37 * seed + 97 * n * n) % 540) for n in range(60))
    return priced(seed, days, 5, 90, "AMZN Mktp US*2K3LF9QX2")


QUIET = [
    ("coffee at one price", lambda s: spread(s, 110, "-2.95", "CORNER BREW 1002 LEEDS")),
    ("the same lunch on working days", lambda s: spread(s, 160, "-11.90", "SQ *CANTEEN NORTH LEEDS", workdays=True)),
    ("a fare on working days, no town in the text", lambda s: spread(s, 200, "-2.40", "CITY TRANSIT", workdays=True)),
    ("fuel for a round sum", lambda s: spread(s, 14, "-50.00", "FUELCO 88120 LEEDS")),
    ("the Saturday market", lambda s: priced(s, every(7, 70, first=date(2025, 1, 4)), 9, 40, "FARMERS MKT LEEDS")),
    ("the Sunday market, at a place without a town", lambda s: priced(s, every(7, 70, first=date(2025, 1, 5)), 8, 20, "SUNDAY MARKET")),
    ("the barber", barber),
    ("marketplace orders", orders),
    ("cash every Monday", lambda s: charge(every(7, 40), "-100.00", "ATM WITHDRAWAL 0412")),
    ("interest every month", lambda s: charge(monthly(28, 14), "-12.00", "INTEREST CHARGE")),
    ("savings every month", lambda s: charge(monthly(1, 14), "-200.00", "TRANSFER TO SAVINGS")),
    ("top-ups at a threshold", lambda s: charge(every(30, 12), "-20.00", "METRO CARD TOP UP")),
    ("the card's own fee", lambda s: charge(monthly(2, 3, every=12, first=date(2023, 1, 1)), "-95.00", "ANNUAL MEMBERSHIP FEE")),
    ("... behind how it was booked", lambda s: charge(monthly(2, 3, every=12, first=date(2023, 1, 1)), "-95.00", "VISA ANNUAL CARD FEE")),
    ("money coming in", lambda s: charge(monthly(25, 14), "2500.00", "HALDEN SALARY")),
]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("what", "make"), QUIET, ids=[q[0] for q in QUIET])
def test_no_stream(what: str, make: object, seed: int) -> None:
    rows = make(seed)  # type: ignore[operator]
    assert find(rows) == (), what


def test_pending_rows_take_no_part() -> None:
    assert find(frame(charge(monthly(5, 8), "-9.99"), status="pending")) == ()


def test_an_empty_frame() -> None:
    table = frame([])
    assert list(table.columns) == list(COLUMNS)
    assert find(table) == ()


def test_a_standing_order_is_found() -> None:
    (stream,) = find(charge(monthly(12, 9), "-3400.00", "PLATBA"), today=date(2025, 9, 20))
    assert stream.cadence.name == "monthly"
