"""A row taken out of a proved statement, or an amount, or a day: it is refused or told, never read as if all were there."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import pytest

from analyzer.errors import AmbiguousDate, Unproven
from analyzer.importers.pdf.page import Rect
from analyzer.importers.pdf.scattered import gathered, is_scattered

from .beside_layouts import swiss_card_with_foreign_amounts
from .layouts import Sheet
from .rawpdf import one_page
from .test_twins import outcome, read

ROWS = [
    (date(2025, 3, 3), -1_250, "CORNER GROCER"),
    (date(2025, 3, 3), -4_999, "HARBOUR BOOKS"),
    (date(2025, 3, 5), 120_000, "SALARY ACME"),
    (date(2025, 3, 7), -8_420, "METRO TRANSIT"),
    (date(2025, 3, 7), -2_310, "BLUE KETTLE"),
    (date(2025, 3, 9), -1_575, "LUMEN STREAMING"),
    (date(2025, 3, 11), -640, "PETROL POINT"),
    (date(2025, 3, 11), -7_730, "NORTHSIDE GYM"),
]


def money(cents: int) -> str:
    return f"{cents / 100:,.2f}"


def account(*, without_row: int = -1, without_amount: int = -1, without_day: int = -1, daily: bool = False) -> bytes:
    """A statement with a day on every row, and a balance on every row or on a line of its own after each day."""
    at = 50_000
    s = Sheet()
    s.line((40, "Account 1234567  Statement 01/03/2025 to 31/03/2025  GBP"))
    s.line((40, "Opening balance"), (250, money(at), "r"))
    s.line((40, "Date"), (120, "Description"), (380, "Paid out", "r"), (460, "Paid in", "r"), (550, "Balance", "r"))
    for day, group in groupby(enumerate(ROWS), key=lambda row: row[1][0]):
        for n, (_, amount, text) in group:
            at += amount
            if n == without_row:
                continue
            cells = [(40, f"{day:%d/%m/%Y}" if n != without_day else ""), (120, text)]
            cells += [] if n == without_amount else [(460 if amount > 0 else 380, money(abs(amount)), "r")]
            s.line(*cells, *([] if daily else [(550, money(at), "r")]))
        if daily:
            s.line((40, f"{day:%d/%m/%Y}"), (120, "END OF DAY BALANCE"), (550, money(at), "r"))
    s.line((40, "Closing balance"), (250, money(at), "r"))
    return s.done()


@pytest.mark.parametrize("daily", [False, True])
@pytest.mark.parametrize("lost", ["without_row", "without_amount"])
@pytest.mark.parametrize("row", range(len(ROWS)))
def test_what_is_missing_is_told(daily: bool, lost: str, row: int) -> None:
    found = outcome(account(daily=daily, **{lost: row}))
    assert isinstance(found, str) or found[0].warnings or found[0].reconciled is not True


def test_all_there_needs_no_word() -> None:
    for daily in (False, True):
        (found,) = read(account(daily=daily))
        assert (found.reconciled, found.warnings) == (True, ())
        assert [(t.posted, int(t.amount * 100)) for t in found.transactions] == [(d, a) for d, a, _ in ROWS]


def test_a_row_with_a_balance_and_no_amount_leaves_the_rest_unproved() -> None:
    s = Sheet()
    s.line((40, "Account 1234567  Statement 01/03/2025 to 31/03/2025  GBP"))
    s.line((40, "Date"), (120, "Description"), (380, "Paid out", "r"), (550, "Balance", "r"))
    for n, (day, amount, text) in enumerate(ROWS):
        cells = [(380, money(abs(amount)), "r")] if n != 3 else [(550, money(4_000), "r")]
        s.line((40, f"{day:%d/%m/%Y}"), (120, text), *cells)
    s.line((120, "Total paid out"), (380, money(sum(abs(a) for n, (_, a, _) in enumerate(ROWS) if n != 3)), "r"))
    (found,) = read(s.done())
    assert found.reconciled is None
    assert any(isinstance(w, Unproven) for w in found.warnings)


@pytest.mark.parametrize("row", range(1, len(ROWS)))
def test_a_day_that_only_one_row_lacks_is_told(row: int) -> None:
    (found,) = read(account(without_day=row))
    told = [w for w in found.warnings if isinstance(w, AmbiguousDate)]
    quoted = f'"{ROWS[row - 1][0]:%d/%m/%Y} {ROWS[row][2]}"'
    assert [w.what for w in told] == [f"1 row(s) print no day, unlike the others, and are read as of the day above; the first: {quoted}"]


def test_days_printed_once_a_day_need_no_word() -> None:
    at, last = 50_000, None
    s = Sheet()
    s.line((40, "Account 1234567  Statement 01/03/2025 to 31/03/2025  GBP"))
    s.line((40, "Opening balance"), (250, money(at), "r"))
    s.line((40, "Date"), (120, "Description"), (380, "Paid out", "r"), (460, "Paid in", "r"), (550, "Balance", "r"))
    for day, amount, text in ROWS:
        at += amount
        s.line(
            (40, f"{day:%d/%m/%Y}" if day != last else ""),
            (120, text),
            (460 if amount > 0 else 380, money(abs(amount)), "r"),
            (550, money(at), "r"),
        )
        last = day
    (found,) = read(s.done())
    assert (found.reconciled, found.warnings) == (True, ())


def test_a_closing_balance_with_the_wrong_sign_is_told_with_both_signs() -> None:
    s = Sheet()
    s.line((40, "Credit card statement 01/03/2025 to 31/03/2025  GBP"))
    s.line((40, "Previous balance"), (250, "100.00", "r"))
    s.line((40, "Date"), (120, "Description"), (460, "Amount", "r"))
    for day, amount, text in ROWS:
        s.line((40, f"{day:%d/%m/%Y}"), (120, text), (460, money(-amount), "r"))
    due = 10_000 - sum(a for _, a, _ in ROWS)
    s.line((40, "New balance"), (250, money(abs(due)), "r"))
    assert due < 0
    assert f"printed closing balance {-due / 100:.2f}, opening balance and rows give {due / 100:.2f}" in str(outcome(s.done()))


def test_amounts_struck_twice_in_one_run_are_read_once() -> None:
    parts = ["BT /F1 9 Tf 1 0 0 1 40 780 Tm (Credit card statement March 2025  USD) Tj ET\n"]
    parts.append("BT /F1 9 Tf 1 0 0 1 40 760 Tm (Previous balance $0.00) Tj ET\n")
    total = 0
    for n, (day, amount, text) in enumerate(ROWS):
        y, told = 720 - 14 * n, ("-$" if amount > 0 else "$") + money(abs(amount))
        total -= amount
        parts.append(f"BT /F1 9 Tf 1 0 0 1 40 {y} Tm ({day:%d/%m/%Y}) Tj 1 0 0 1 120 {y} Tm ({text}) Tj ET\n")
        parts.append(f"BT /F1 9 Tf 1 0 0 1 460 {y} Tm ({told}) Tj 1 0 0 1 460.3 {y} Tm ({told}) Tj ET\n")
    parts.append(f"BT /F1 9 Tf 1 0 0 1 40 560 Tm (New balance) Tj 1 0 0 1 460 560 Tm (-${money(-total)}) Tj ET\n")
    (found,) = read(one_page("".join(parts)))
    assert [int(t.amount * 100) for t in found.transactions] == [a for _, a, _ in ROWS]
    assert found.reconciled is True


def test_letters_all_as_wide_make_words_by_their_steps() -> None:
    text = "03DEC23 CORNER GROCER  1,126.26  685.74-\r\n" * 3
    boxes: list[Rect] = []
    shown = ""
    for n, c in enumerate(text):
        column, row = n % 42, n // 42
        x, y = 40 + 4.2 * column, 50.0 + 9 * row
        if c in " \r\n":
            shown += c if c in "\r\n" else ""
            boxes += [(x, y, x, y)] if c in "\r\n" else []
            continue
        narrow = 1.1 if c in ",.-1" else 3.6
        shown += c + " "
        boxes += [(x, y, x + narrow, y + 6.2), (x + 4.2, y, x + 4.2, y)]
    assert is_scattered(shown)
    words = [w.text for _, w in gathered(shown, lambda i: boxes[i], lambda i: False)]
    assert words == ["03DEC23", "CORNER", "GROCER", "1,126.26", "685.74-"] * 3
    assert not is_scattered(text)


def test_the_headings_currency_goes_before_that_of_a_few_rows() -> None:
    (found,) = read(swiss_card_with_foreign_amounts(3).data)
    assert (found.currency, found.reconciled) == ("CHF", True)
