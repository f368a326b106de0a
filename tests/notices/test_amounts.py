from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.notices.amounts import find_amounts, find_days

DAY = date(2026, 3, 27)

AMOUNTS = [
    ("You will be charged USD 39.99 per month.", [("39.99", "USD", True, False, True)]),
    ("Biaya sebesar Rp 651.205 akan ditagih pada 4 Mei 2026.", [("651205", "IDR", True, False, False)]),
    ("Rp651.205,00/bulan", [("651205", "IDR", True, False, True)]),
    ("Rp650.000,- per bulan", [("650000", "IDR", True, False, True)]),
    ("IDR 651,205", [("651205", "IDR", False, False, False)]),
    ("Rp 1,5 juta", [("1500000", "IDR", False, False, False)]),
    ("$39.99 per month", [("39.99", None, True, False, True)]),
    ("USD 39.99 today, then $39.99", [("39.99", "USD", False, False, False)]),
    ("a payment of $12.71 USD", [("12.71", "USD", True, False, False)]),
    ("Total £21.20 (VAT £3.53)", [("21.20", "GBP", True, False, False), ("3.53", "GBP", True, False, False)]),
    ("12,99 € or 1.234,56 €", [("12.99", "EUR", False, False, False), ("1234.56", "EUR", False, False, False)]),
    ("A refund of Rp 661.507 was issued", [("661507", "IDR", False, True, False)]),
    ("Pengembalian dana Rp 661.507", [("661507", "IDR", False, True, False)]),
    ("Total £0.00, 5% off, order 4711.00, THE 500", []),
    ("1 234 567,50 zł", [("1234567.50", "PLN", False, False, False)]),
]


@pytest.mark.parametrize(("text", "found"), AMOUNTS)
def test_amounts(text: str, found: list[tuple[str, str | None, bool, bool, bool]]) -> None:
    from decimal import Decimal

    text = text.replace("1 234 567", "1\u00a0234\u00a0567")
    assert [(a.amount, a.currency, a.charge, a.refund, a.monthly) for a in find_amounts(text)] == [
        (Decimal(n), *rest) for n, *rest in found
    ]


def test_a_number_with_two_readings_says_so() -> None:
    assert [(str(a.amount), a.certain) for a in find_amounts("USD 1.234")] == [("1234", False)]
    assert [(str(a.amount), a.certain) for a in find_amounts("USD 1.234 and USD 5,00")] == [("1234", True), ("5.00", True)]


@pytest.mark.parametrize(
    ("text", "amount", "certain"),
    [
        ("1 299,90 € par mois", "1299.90", False),
        ("1 299 Kč měsíčně", "1299", False),
        ("12 345 678 IDR", "12345678", False),
        ("4 Mei 2026 500 000 IDR", "500000", False),
        ("USD 39 100 items", "39", True),
        ("39,99 €", "39.99", True),
    ],
)
def test_a_number_grouped_by_plain_spaces_is_one_number_and_never_certain(text: str, amount: str, certain: bool) -> None:
    assert [(str(a.amount), a.certain) for a in find_amounts(text)] == [(amount, certain)]


DAYS = [
    ("akan ditagih pada 4 Mei 2026", [(["2026-05-04"], True)]),
    ("will be charged on May 4, 2026", [(["2026-05-04"], True)]),
    ("First charge: 4 May", [(["2026-05-04"], True)]),
    ("due on 2026-05-04", [(["2026-05-04"], True)]),
    ("tanggal 04/05/2026", [(["2026-05-04", "2026-04-05"], True)]),
    ("tanggal 14/05/2026", [(["2026-05-14"], True)]),
    ("on the 3rd of December", [(["2025-12-03"], True)]),
    ("You may 4 not; section 31.02.2026", []),
    ("Copyright 4 May 2020", [(["2020-05-04"], False)]),
]


@pytest.mark.parametrize(("text", "found"), DAYS)
def test_days(text: str, found: list[tuple[list[str], bool]]) -> None:
    assert [([d.isoformat() for d in w.readings], w.charge) for w in find_days(text, DAY)] == found


def test_a_day_without_a_year_needs_the_mails_own_day() -> None:
    assert find_days("charged on 4 May", None) == []


@given(st.text(alphabet="0123456789.,'RpUSDEUR$€ \u00a0-/meiMay%\n", max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text(text: str) -> None:
    for a in find_amounts(text):
        assert a.amount > 0
    find_days(text, DAY)
