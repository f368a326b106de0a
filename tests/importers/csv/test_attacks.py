"""Files that used to be read wrongly without a word: each is read exactly, or says what is open."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analyzer.errors import StmtScanError
from tests.importers.csv.reading import read, rows, warned

STEPS = ["-12.34", "-5.00", "-7.10", "900.00", "-3.25", "-88.00"]
DAYS = [f"2024-01-{d:02}" for d in (5, 6, 6, 20, 21, 22)]
WANTED = [(d, f"{Decimal(a).normalize():f}") for d, a in zip(DAYS, STEPS, strict=True)]


def balances() -> list[Decimal]:
    """The balance after each row."""
    found, now = [], Decimal(100)
    for step in STEPS:
        now += Decimal(step)
        found.append(now)
    return found


def table(header: str, row: str) -> str:
    """A file of the steps; `row` is a format of day, amount, double the amount, balance, money out and money in."""
    lines = [header]
    for day, step, balance in zip(DAYS, STEPS, balances(), strict=True):
        amount = Decimal(step)
        out, into = (-amount, "") if amount < 0 else ("", amount)
        lines.append(row.format(d=day, a=amount, double=amount * 2, b=balance, out=out, into=into))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Date,Text,Amount,Amount,Balance", "{d},SHOP,{double},{a},{b}"),
        ("Date,Text,Deposit,Amount of interest,Balance", "{d},SHOP,{double},{a},{b}"),
        ("Date,Text,Balance,First,Second", "{d},SHOP,{b},{out},{into}"),
        ("Date,Text,Amount,Balance,Came,Went", "{d},SHOP,7.00,{b},{into},{out}"),
    ],
)
def test_a_running_balance_outweighs_names(header: str, row: str) -> None:
    found = read(table(header, row))
    assert rows(found) == WANTED
    assert found[0].reconciled is True


@pytest.mark.parametrize(
    "header",
    [
        "Date,Text,Transaction amount,Transaction currency,Billing amount,Billing currency",
        "Date,Text,Amount,Currency,Amount in account currency,Currency",
        "Date,Text,Purchase amount,Currency,Settlement amount,Currency",
    ],
)
def test_the_amount_of_the_account_is_taken_with_its_currency(header: str) -> None:
    found = read(table(header, "{d},SHOP,{double},USD,{a},EUR"))
    assert rows(found) == WANTED
    assert found[0].currency == "EUR"


def test_two_columns_of_one_name_are_asked_about() -> None:
    with pytest.raises(StmtScanError, match="2 columns called 'Amount' hold different amounts"):
        read(table("Date,Text,Amount,Amount", "{d},SHOP,{double},{a}"))


def test_amounts_that_could_be_either_are_noted() -> None:
    found = read(table("Date,Text,Amount,Value", "{d},SHOP,{double},{a}"))
    assert "AmbiguousAmount" in {type(w).__name__ for w in warned(found)}


def test_sums_between_the_rows_are_no_transactions() -> None:
    text = table("Date,Text,Amount", "{d},SHOP,{a}").splitlines()
    first, second = text[1:4], text[4:]
    sums = [sum(Decimal(line.split(",")[2]) for line in part) for part in (first, second)]
    found = read("\n".join([text[0], *first, f"2024-01-06,Total January,{sums[0]}", *second, f"2024-01-22,Subtotal,{sums[1]}"]))
    assert rows(found) == WANTED
    assert [type(w).__name__ for w in warned(found)].count("RowSkipped") == 2


def test_what_is_only_called_a_total_stays() -> None:
    found = read(table("Date,Text,Amount", "{d},SHOP,{a}") + "2024-01-25,Total fuels,-990.00\n2024-01-26,SHOP,-1.00\n")
    assert len(rows(found)) == len(WANTED) + 2
    assert any("called a total" in str(w) for w in warned(found))


def test_a_last_line_of_the_balance_is_no_transaction() -> None:
    assert rows(read(table("Date,Text,Amount", "{d},SHOP,{a}") + "2024-01-31,Balance,1234.56\n")) == WANTED


@pytest.mark.parametrize("balance", [False, True])
def test_a_day_printed_once_holds_for_the_rows_below(balance: bool) -> None:
    text = table("Date,Text,Amount" + ",Balance" * balance, "{d},SHOP,{a}" + ",{b}" * balance).replace("2024-01-21", "").splitlines()
    text[3] = text[3].removeprefix("2024-01-06")
    text[6] = text[6].removeprefix("2024-01-22")
    found = read("\n".join(text))
    assert [r[1] for r in rows(found)] == [r[1] for r in WANTED]
    assert [r[0] for r in rows(found)][2:] == ["2024-01-06", "2024-01-20", "2024-01-20", "2024-01-20"]
    assert "AmbiguousDate" in {type(w).__name__ for w in warned(found)}


def test_lines_without_a_day_that_break_the_balance_are_left_out() -> None:
    lines = table("Date,Text,Amount,Balance", "{d},SHOP,{a},{b}").splitlines()
    for at in (6, 4, 2):
        lines.insert(at, ",in shop currency,-99.00,1.00")
    found = read("\n".join(lines))
    assert rows(found) == WANTED
    assert found[0].rejected == 3


@pytest.mark.parametrize("cell", ["'{}", '="{}"'])
def test_cells_kept_from_a_spreadsheet(cell: str) -> None:
    text = "Date\tText\tAmount\n" + "".join(f"{cell.format(d)}\tSHOP\t{cell.format(a)}\n" for d, a in zip(DAYS, STEPS, strict=True))
    assert rows(read(text)) == WANTED


def test_a_currency_of_three_decimals_has_no_thousands_there() -> None:
    text = "Date,Text,Amount,Currency\n2024-01-05,A,-76.971,KWD\n2024-01-06,B,-1.500,KWD\n"
    found = read(text)
    assert rows(found) == [("2024-01-05", "-76.971"), ("2024-01-06", "-1.5")]
    assert not warned(found)


def test_three_decimals_among_two_are_noted() -> None:
    found = read(table("Date,Text,Amount", "{d},SHOP,{a}") + "2024-01-26,SHOP,-1.230\n")
    assert "AmbiguousAmount" in {type(w).__name__ for w in warned(found)}


def test_money_in_below_zero_beside_money_out_above_is_noted() -> None:
    found = read("Date,Text,Debit,Credit\n2024-01-05,A,5.00,\n2024-01-06,B,6.00,\n2024-01-07,C,,-7.00\n")
    assert rows(found)[2] == ("2024-01-07", "7")
    assert "AmbiguousSign" in {type(w).__name__ for w in warned(found)}


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("日付,摘要内容,支払い金額,預かり金額,差引残高", "cp932"),
        ("Дата,Опис,Дебит,Кредит,Залишок", "utf-8"),
        ("Ημερομηνία,Περιγραφή,Χρέωση,Πίστωση,Υπόλοιπο", "cp1253"),
        ("거래일시,내용,출금액,입금액,잔액", "utf-8"),
        ("التاريخ,الوصف,مدين,دائن,الرصيد", "utf-8"),
        ("תאריך,תיאור,בחובה,בזכות,יתרה", "utf-8"),
        ("Datum,Opis,Isplata,Uplata,Stanje", "cp1250"),
    ],
)
def test_names_in_more_languages(header: str, encoding: str) -> None:
    found = read(table(header, "{d},SHOP,{out},{into},{b}").encode(encoding))
    assert rows(found) == WANTED
    assert found[0].reconciled is True


@pytest.mark.parametrize("text", ["5 января 2024", "5 Ocak 2024", "5. ledna 2024", "05/01/2024-10:11:12"])
def test_dates_in_more_languages(text: str) -> None:
    found = read(
        f"Date,Text,Amount,Balance\n{text},SHOP,-1.00,9.00\n31.01.2024,SHOP,-2.00,7.00\n".replace(
            "31.01.2024", text.replace("5", "25", 1).replace("025", "25")
        )
    )
    assert [r[0] for r in rows(found)] == ["2024-01-05", "2024-01-25"]
