"""What becomes of rows: columns with the right types, amounts to the last decimal, and no full number anywhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import RowRejected
from analyzer.importers.base import Rows, account_key, build
from analyzer.model import COLUMNS
from tests.importers.ofx.writing import document


def card(prefix: str = "4", size: int = 16) -> str:
    """A number that passes the check of ISO/IEC 7812-1; made here, so that none stands in a file."""
    from analyzer.escape import luhn

    body = (prefix + "1070200300400500600")[: size - 1]
    return next(body + str(d) for d in range(10) if luhn(body + str(d)))


def shown(text: str, number: str = "") -> str:
    rows = Rows(posted=[date(2026, 5, 4)], descriptor=[text], minor=[-100], fitid=[text])
    frame = build(document(""), rows, format="test", importer="test", number=number, currency="USD").frame
    assert frame["fitid"].iloc[0] == frame["descriptor"].iloc[0]
    return str(frame["descriptor"].iloc[0])


@pytest.mark.parametrize(
    "form", ["{}", "REF {}", "12 {}", "{} 05", "{}-123", "VISA{}", "{}X", "2026-05-04 {} 7", "TO:{}.", "{} AND {}"], ids=lambda f: f
)
@pytest.mark.parametrize(("prefix", "size"), [("4", 16), ("4", 13), ("51", 16), ("2221", 16), ("34", 15), ("6011", 16), ("36", 14)])
def test_card_numbers_keep_four_digits(form: str, prefix: str, size: int) -> None:
    number = card(prefix, size)
    assert number not in shown(form.replace("{}", number))
    assert number[-4:] in shown(form.replace("{}", number))
    grouped = " ".join(number[i : i + 4] for i in range(0, size, 4))
    assert grouped not in shown(form.replace("{}", grouped))


@pytest.mark.parametrize("printed", ["900012345678", "9000 1234 5678", "9000-1234-5678"])
@pytest.mark.parametrize("own", ["900012345678", "9000 1234 5678"])
def test_the_accounts_own_number_keeps_four_digits(printed: str, own: str) -> None:
    assert shown(f"TRANSFER FROM {printed} OK", own) == "TRANSFER FROM ...5678 OK"


@given(text=st.text(st.characters(codec="ascii", exclude_categories=("Nd",)), max_size=40))
def test_other_text_is_exact(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize("text", ["20260504120000", "ORDER 123-1234567-1234567", "+49 170 1234567", "1234 5678"])
def test_other_numbers_are_exact(text: str) -> None:
    assert shown(text) == text


def test_columns_and_types() -> None:
    for rows in (Rows(), Rows(posted=[date(2026, 5, 4)], descriptor=["X"], amounts=[Decimal("-1.234")], line=[7])):
        statement = build(document(""), rows, format="test", importer="test", currency="USD")
        assert {c: str(t) for c, t in statement.frame.dtypes.items()} == COLUMNS


def test_more_decimals_than_the_currency_has_are_kept() -> None:
    rows = Rows(posted=[date(2026, 5, 4)] * 2, descriptor=["A", "B"], amounts=[Decimal("-33.7219"), Decimal("5.00")])
    statement = build(document(""), rows, format="test", importer="test", currency="USD")
    assert [t.amount for t in statement.transactions] == [Decimal("-33.7219"), Decimal("5.00")]
    assert statement.frame["minor"].tolist() == [-3372, 500]
    assert "more decimals" in statement.warnings[0].message


def test_account_keys_tell_accounts_apart_and_hold_no_number() -> None:
    assert account_key("9000-1234-5678") == account_key("900012345678")
    assert account_key("900012345678") != account_key("900012345679")
    assert "5678" not in account_key("900012345678")
    assert account_key("XXXX4242") == account_key("4242") == account_key("") == ""


def test_a_warning_that_quotes_the_accounts_number_shows_four_digits() -> None:
    note = RowRejected('neither date nor amount: "Note 90817263544242"; row left out', place="line 9")
    made = build(
        document("x"), Rows(posted=[], descriptor=[], minor=[]), format="csv", importer="csv", number="9081 7263 5442 42", warnings=[note]
    )
    assert made.warnings == (RowRejected('neither date nor amount: "Note ...4242"; row left out', source="statement.ofx", place="line 9"),)


@pytest.mark.parametrize("gap", ["", " ", "-", " - ", "\u00a0", "\u200b\u2009\u00ad", "\u2212"])
@pytest.mark.parametrize("zero", ["0", "\uff10", "\u0660", "\u06f0", "\u0966"])
def test_no_grouping_and_no_script_hides_a_card_from_the_first_look(gap: str, zero: str) -> None:
    number = card()
    told = gap.join(chr(ord(zero) + int(c)) for c in number)
    assert shown(f"SHOP {told}") == f"SHOP ...{number[-4:]}"
