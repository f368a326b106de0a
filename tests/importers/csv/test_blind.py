"""Exports of the kind that were read wrongly once: each class as a small file, with what must be read and said."""

from __future__ import annotations

import pytest

from analyzer.errors import MalformedStatement
from analyzer.importers import days, numbers
from analyzer.importers.csv import eras, triples
from tests.importers.csv.reading import listed, read, rows, transactions, warned

LOW = "05/01/2024,A,-1.00\n09/01/2024,B,-2.00\n03/02/2024,C,-3.00\n07/02/2024,D,-4.00\n"


def said(content: str | bytes, **options: object) -> str:
    return " / ".join(str(w) for w in warned(read(content, **options)))


def test_a_date_above_the_rows_does_not_overrule_the_rows() -> None:
    text = "Exported: 03/25/2024\n\nDate,Description,Amount\n13/01/2024,A,-1.00\n02/02/2024,B,-2.00\n"
    assert rows(read(text)) == listed("2024-01-13 -1|2024-02-02 -2")


def test_a_day_after_the_export_is_impossible() -> None:
    # Read month first, the third row would be of August.
    text = f"Exported: 06/28/2024\n\nDate,Description,Amount\n{LOW}08/06/2024,E,-5.00\n"
    assert rows(read(text))[0] == ("2024-01-05", "-1")


def test_a_period_that_fits_both_orders_leaves_the_question_open() -> None:
    text = "Exported: 12/31/2024\n\nDate,Description,Amount\n05/06/2024,A,-1.00\n03/04/2024,B,-2.00\n06/05/2024,C,-3.00\n"
    assert "--date-order" in said(text)


def test_every_date_warning_names_an_answer_that_works() -> None:
    text = f"Date,Description,Amount\n{LOW}"
    note = said(text)
    assert "use --date-order mdy" in note
    assert rows(read(text, date_order="mdy"))[0] == ("2024-05-01", "-1")


def test_every_sign_warning_names_an_answer_that_works() -> None:
    text = "Date,Merchant,Amount\n2024-01-05,AAA,5.00\n2024-01-06,BBB,7.00\n2024-01-07,CCC,-9.00\n"
    assert "use --sign charge-positive" in said(text)
    assert rows(read(text, sign="charge-positive")) == listed("2024-01-05 -5|2024-01-06 -7|2024-01-07 9")


REVOLUT = "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"


def test_fees_that_moved_the_balance_are_read() -> None:
    text = REVOLUT + (
        "CARD_PAYMENT,Current,2024-01-05 10:00:00,2024-01-05 12:00:00,SHOP,-10.00,0.50,EUR,COMPLETED,89.50\n"
        "CARD_PAYMENT,Current,2024-01-06 10:00:00,2024-01-06 12:00:00,SHOP,-20.00,0.00,EUR,COMPLETED,69.50\n"
        "ATM,Current,2024-01-07 10:00:00,2024-01-07 12:00:00,CASH,-30.00,1.00,EUR,COMPLETED,38.50\n"
    )
    found = read(text)
    assert rows(found) == listed("2024-01-05 -10.50|2024-01-06 -20|2024-01-07 -31")
    assert found[0].reconciled is True
    assert "have a fee beside the amount" in said(text)


def test_currencies_and_products_have_balances_of_their_own() -> None:
    text = REVOLUT + (
        "CARD_PAYMENT,Current,2024-01-05 10:00:00,2024-01-05 12:00:00,SHOP,-10.00,0.00,EUR,COMPLETED,90.00\n"
        "CARD_PAYMENT,Current,2024-01-05 11:00:00,2024-01-05 12:00:00,SHOP,-1.00,0.00,GBP,COMPLETED,9.00\n"
        "CARD_PAYMENT,Current,2024-01-06 10:00:00,2024-01-06 12:00:00,SHOP,-20.00,0.00,EUR,COMPLETED,70.00\n"
        "CARD_PAYMENT,Pocket,2024-01-06 11:00:00,2024-01-06 12:00:00,SHOP,5.00,0.00,EUR,COMPLETED,5.00\n"
        "CARD_PAYMENT,Current,2024-01-07 11:00:00,2024-01-07 12:00:00,SHOP,-2.00,0.00,GBP,COMPLETED,7.00\n"
        "CARD_PAYMENT,Pocket,2024-01-08 11:00:00,2024-01-08 12:00:00,SHOP,5.00,0.00,EUR,COMPLETED,10.00\n"
    )
    assert read(text)[0].reconciled is True
    assert read(text.replace("COMPLETED,7.00", "COMPLETED,6.00"))[0].reconciled is not True


def test_a_gross_amount_stays_gross_and_the_balance_is_proved_with_the_fee() -> None:
    text = "Date,Name,Currency,Gross,Fee,Net,Balance\n" + "".join(
        f"2024-01-{5 + i:02d},N{i},USD,{gross},{fee},{net},{balance}\n"
        for i, (gross, fee, net, balance) in enumerate(
            [
                ("-5.00", "0.00", "-5.00", "95.00"),
                ("10.00", "-0.59", "9.41", "104.41"),
                ("-7.25", "0.00", "-7.25", "97.16"),
                ("-3.10", "0.00", "-3.10", "94.06"),
                ("20.00", "-0.88", "19.12", "113.18"),
                ("-1.99", "0.00", "-1.99", "111.19"),
            ]
        )
    )
    found = read(text)
    assert [a for _, a in rows(found)] == ["-5", "10", "-7.25", "-3.1", "20", "-1.99"]
    assert found[0].reconciled is True
    assert "beside the gross amount" in said(text)


@pytest.mark.parametrize(
    ("printed", "western"),
    [
        ("31/01/2567", "31/01/2024"),
        ("113/01/31", "2024/01/31"),
        ("1130131", "2024-01-31"),
        ("R6.01.31", "2024.01.31"),
        ("令和6年1月31日", "2024年1月31日"),
        ("2024/01/31", "2024/01/31"),
        ("31.01.24", "31.01.24"),
    ],
)
def test_years_of_other_calendars(printed: str, western: str) -> None:
    assert eras.western(printed) == western


def test_one_odd_year_is_a_misprint_and_no_calendar() -> None:
    assert eras.westernised(["31/01/2567", "01/02/2024"]) is None
    assert "2567" in said("Date,Details,Amount\n31/01/2567,A,-1.00\n13/02/2024,B,-2.00\n14/02/2024,B,-2.00\n")


def test_thai_short_years() -> None:
    text = "Date,Details,Amount\n31/01/67,A,-1.00\n13/02/67,B,-2.00\n"
    assert rows(read(text)) == listed("2024-01-31 -1|2024-02-13 -2")
    assert "Buddhist" in said(text)


def test_digits_of_other_scripts() -> None:
    text = "التاريخ,الوصف,مدين,دائن,الرصيد\n٢٠٢٤/٠١/٠٨,UBER,٣١.٨١,,٦٨.١٩\n٢٠٢٤/٠١/٠٩,PAY,,١٠.٠٠,٧٨.١٩\n"
    assert rows(read(text)) == listed("2024-01-08 -31.81|2024-01-09 10")
    assert eras.digits("１，２３４円") == "1,234円"
    assert eras.digits("CAFÉ １") == "CAFÉ １"


def test_days_in_three_columns() -> None:
    text = "Year,Month,Day,Merchant,Amount\n2024,1,5,SHOP,-1.00\n2024,12,31,SHOP,-2.00\n"
    assert rows(read(text)) == listed("2024-01-05 -1|2024-12-31 -2")
    text = "Jahr;Monat;Tag;Text;Betrag;Saldo\n2024;Januar;5;Laden;-1,00;99,00\n2024;März;6;Laden;-2,00;97,00\n"
    assert rows(read(text)) == listed("2024-01-05 -1|2024-03-06 -2")
    assert triples.places(["Date", "Day", "Amount"]) is None


def test_dashes_are_no_amounts() -> None:
    text = (
        "Date,Details,Deposits,Withdrawals,Balance\n"
        "2024-01-05,A,-,$5.00,$95.00\n"
        "2024-01-06,B,$7.00,-,$102.00\n"
        "2024-01-07,C,-,$2.00,$100.00\n"
    )
    found = read(text)
    assert rows(found) == listed("2024-01-05 -5|2024-01-06 7|2024-01-07 -2")
    assert found[0].rejected == 0


def test_amounts_counted_in_cents() -> None:
    text = "date,description,amount_minor,currency\n2024-01-05,SHOP,-1299,EUR\n2024-01-06,SHOP,-500,EUR\n"
    assert rows(read(text)) == listed("2024-01-05 -12.99|2024-01-06 -5")
    assert "smallest unit" in said(text)


def test_fields_without_a_name_behind_every_row() -> None:
    text = "Date,Details,Amount\n2024-01-05,SHOP,-1.00,,x\n2024-01-06,SHOP,-2.00,,x\n"
    assert rows(read(text)) == listed("2024-01-05 -1|2024-01-06 -2")
    with pytest.raises(MalformedStatement):
        read("Date,Details,Amount\n2024-01-05,SHOP, INC,-1.00\n2024-01-06,SHOP, INC,-2.00\n")


def test_a_balance_without_words_under_the_rows() -> None:
    line = "{:02d}/02/2024;-{},10;Carte;;SHOP {};;0;Divers\n"
    text = "".join(line.format(i + 12, i, i) for i in range(1, 8)) + "20/02/2024;1234,56;;;01234 123456A;;0;\n"
    found = read(text)
    assert len(rows(found)) == 7
    assert "taken as a balance" in said(text)


def test_the_first_direction_comes_from_the_opening_balance() -> None:
    text = (
        "Opening balance,100.00\n\nDate,Details,Sum,Balance\n2024-01-05,A,5.00,95.00\n2024-01-06,B,7.00,102.00\n2024-01-07,C,2.00,100.00\n"
    )
    assert rows(read(text)) == listed("2024-01-05 -5|2024-01-06 7|2024-01-07 -2")
    bare = text.split("\n\n", 1)[1]
    assert len(rows(read(bare))) == 2
    assert "its direction is not known" in said(bare)


def test_a_satoshi_is_kept() -> None:
    text = "Date,Label,Amount (BTC)\n2024-01-05,A,-0.00012345\n2024-01-06,B,-0.10000001\n"
    assert [str(t.amount) for t in transactions(read(text))] == ["-0.00012345", "-0.10000001"]


def test_direction_words_of_two_languages() -> None:
    text = "Dátum;Suma;Typ obratu;Popis\n05.01.2024;5,00;Debet;A\n06.01.2024;7,00;Kredit;B\n07.01.2024;1,00;Debet;C\n"
    assert rows(read(text)) == listed("2024-01-05 -5|2024-01-06 7|2024-01-07 -1")


def test_a_letter_spaced_balance_is_none_of_the_rows() -> None:
    text = "Data,Historico,Valor\n2024-01-05,LOJA,-5.00\n2024-01-06,LOJA,-6.00\n2024-01-07,S A L D O,89.00\n"
    assert len(rows(read(text))) == 2


def test_which_amount_is_said_in_brackets() -> None:
    text = "Date,Note,Amount (total),Amount (tip),Amount (tax)\n2024-01-05,A,-5.00,0.50,0.10\n2024-01-06,B,-6.00,0.25,0.20\n"
    assert rows(read(text)) == listed("2024-01-05 -5|2024-01-06 -6")


CHAIN = ["2024-01-05,A,-5.00,95.00", "2024-01-08,B,-7.00,88.00", "2024-01-11,C,9.00,97.00", "2024-01-14,D,-1.50,95.50"]
CHAIN += ["2024-01-16,E,-2.50,93.00", "2024-01-19,F,-3.00,90.00", "2024-01-22,G,-4.25,85.75", "2024-01-25,H,-0.75,85.00"]
CHAIN += ["2024-01-28,I,-5.00,80.00"]


@pytest.mark.parametrize("header", ["Date,Details,Amount,Balance\n", ""])
@pytest.mark.parametrize(
    ("right", "wrong"), [("C,9.00", "C,6.00"), ("B,-7.00", "B,7.00"), ("2024-01-16,E", "2024-03-16,E"), ("2024-01-19,F,-3.00,90.00\n", "")]
)
def test_damage_is_never_silent(header: str, right: str, wrong: str) -> None:
    text = header + "\n".join(CHAIN) + "\n"
    clean = len(warned(read(text)))
    damaged = read(text.replace(right, wrong))
    assert len(warned(damaged)) > clean


def test_months_of_more_languages() -> None:
    for text in ("31 ianuarie 2024", "31 січня 2024", "31 leden 2024", "31 jan. 2024", "31 Ιανουαρίου 2024"):
        found = days.parse_day(text)
        assert found is not None
        assert (found.month, found.day) == (1, 31)
    assert days.parse_day("31 mac 2024") == days.Day(2024, 3, 31)


def test_units_behind_and_before_amounts() -> None:
    units = {"1,234円": "JPY", "S/ 12.00": "PEN", "₦5,000.00": "NGN", "12.00元": "", "5 000,00 ₸": "KZT"}
    for text, unit in units.items():
        found = numbers.parse_amount(text, numbers.COMMA if "," in text[-5:-2] and "₸" in text else numbers.POINT)
        assert found is not None, text
        assert found.unit == unit
