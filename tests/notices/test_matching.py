from __future__ import annotations

from decimal import Decimal

import pytest

from analyzer.notices import check, parse
from analyzer.notices.matching import Match, band
from tests.notices.letters import WELCOME, frame, letter


def matches(mail: bytes, *rows: tuple[str, int, str, str]) -> list[Match]:
    return list(check(parse(mail), frame(*rows)).matches)


def found(mail: bytes, *rows: tuple[str, int, str, str]) -> list[tuple[str, str]]:
    return [(m.transaction.posted.isoformat(), m.fit) for m in matches(mail, *rows)]


FEE = "AMAZON SELLER REPAY SEATTLE WA"


def test_the_same_currency_and_amount_on_the_day_with_the_name_fits() -> None:
    assert found(letter(), ("2026-05-05", -3999, "USD", FEE)) == [("2026-05-05", "fits")]


def test_without_the_companys_name_it_is_only_possible() -> None:
    assert found(letter(), ("2026-05-05", -3999, "USD", "CORNER SHOP")) == [("2026-05-05", "possible")]


def test_a_line_that_names_the_company_makes_the_nameless_one_needless() -> None:
    rows = (("2026-05-05", -3999, "USD", FEE), ("2026-05-05", -3999, "USD", "CORNER SHOP"))
    assert found(letter(), *rows) == [("2026-05-05", "fits")]


@pytest.mark.parametrize("day", ["2026-04-30", "2026-05-15", "2026-03-20"])
def test_other_days_do_not_fit(day: str) -> None:
    text = WELCOME.replace(" per month", "")
    assert found(letter(text=text), (day, -3999, "USD", FEE)) == []


@pytest.mark.parametrize("minor", [-3998, -4000, 3999, -399900])
def test_other_amounts_and_money_in_do_not_fit(minor: int) -> None:
    assert found(letter(), ("2026-05-05", minor, "USD", FEE)) == []


def test_a_monthly_charge_fits_in_later_months_too() -> None:
    rows = [(f"2026-{m:02}-04", -3999, "USD", FEE) for m in (5, 6, 7)]
    assert [fit for _, fit in found(letter(), *rows)] == ["fits"] * 3


def test_another_currency_is_possible_at_most_and_needs_the_name() -> None:
    rows = (
        ("2026-05-04", -66150700, "IDR", FEE),
        ("2026-06-04", -65419600, "IDR", FEE),
        ("2026-05-04", -66150700, "IDR", "CORNER SHOP"),
        ("2026-05-04", -90000000, "IDR", FEE),
    )
    assert found(letter(), *rows) == [("2026-05-04", "possible"), ("2026-06-04", "possible")]


def test_a_sellers_fee_makes_ordinary_purchases_needless() -> None:
    rows = (("2026-05-04", -66150700, "IDR", FEE), ("2026-05-06", -65000000, "IDR", "AMZN Mktp US*AB12"))
    assert found(letter(), *rows) == [("2026-05-04", "possible")]


def test_a_line_that_prints_the_announced_amount_fits() -> None:
    assert found(letter(), ("2026-05-04", -66150700, "IDR", f"{FEE} USD 39.99")) == [("2026-05-04", "fits")]


def test_a_bare_dollar_sign_is_no_currency() -> None:
    mail = letter(text="Your plan fee of $39.99 is charged on 4 May 2026.")
    assert found(mail, ("2026-05-04", -3999, "AUD", FEE)) == [("2026-05-04", "possible")]
    assert check(parse(mail)).amounts[0].currency is None


def test_without_an_announced_day_the_weeks_around_the_mail_are_searched_and_nothing_is_sure() -> None:
    mail = letter(text="Your plan fee is USD 39.99.")
    assert found(mail, ("2026-05-04", -3999, "USD", FEE)) == [("2026-05-04", "possible")]
    assert found(mail, ("2026-09-04", -3999, "USD", FEE)) == []


def test_two_readings_of_a_day_are_both_searched() -> None:
    mail = letter(text="Biaya USD 39.99 ditagih pada 04/05/2026.")
    assert [d for d, _ in found(mail, ("2026-05-04", -3999, "USD", FEE), ("2026-04-06", -3999, "USD", FEE))] == ["2026-04-06", "2026-05-04"]


def test_an_announced_refund_is_looked_for_in_money_in() -> None:
    mail = letter(subject="Your refund", text="A refund of USD 39.99 was issued on 20 June 2026.")
    assert found(mail, ("2026-06-22", 3999, "USD", FEE), ("2026-06-21", -3999, "USD", FEE)) == [("2026-06-22", "fits")]


def test_an_indonesian_mail() -> None:
    mail = letter(subject="Akun penjual Anda", text="Biaya paket penjual Amazon Rp 651.205 akan ditagih pada 4 Mei 2026.")
    assert found(mail, ("2026-05-05", -65120500, "IDR", FEE)) == [("2026-05-05", "fits")]


def test_pending_rows_are_shown_as_such() -> None:
    from analyzer.notices.matching import as_text

    rows = frame(("2026-05-05", -3999, "USD", FEE))
    rows["status"] = "pending"
    (match,) = check(parse(letter()), rows).matches
    assert "still pending" in as_text(match)


def test_bands_hold_real_rates_and_exclude_others() -> None:
    low, high = band(Decimal("39.99"), "USD", "IDR") or (0, 0)
    assert low < 651_205_00 < high
    assert not low < 850_000_00 < high
    assert band(Decimal(1), "USD", "XXX") is None


def test_an_empty_frame_has_no_match() -> None:
    assert matches(letter()) == []
