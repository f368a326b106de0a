"""Layouts that no single table describes: columns side by side, days above or broken, boxes and other tables beside the rows."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from .layouts import DE, EN, Made, Sheet, account, bare, card, comma, indian, layout, money, point

JAN, END = date(2025, 1, 3), date(2025, 1, 30)


@layout
def side_by_side(seed: int) -> Made:
    """Rows run down the left half of the page, then down the right half."""
    rng = random.Random(seed)
    rows = card(rng, JAN, END, 24)
    s = Sheet()
    s.line((40, "Fatura do cartão de crédito   Emissão: 31/01/2025"))
    op = money(rng, 90000, 150000)
    s.line((40, "Total da fatura anterior"), (280, comma(op), "r"))
    s.line((40, "Total desta fatura"), (280, comma(op - sum(a for _, a, _ in rows)), "r"))
    for x in (40, 320):
        s.canvas.drawString(x, s.y, "DATA")
        s.canvas.drawString(x + 35, s.y, "ESTABELECIMENTO")
        s.canvas.drawRightString(x + 240, s.y, "VALOR EM R$")
    s.y -= 14
    for left, right in zip(rows[:12], rows[12:], strict=True):
        cells = []
        for x, (d, a, t) in ((40, left), (320, right)):
            cells += [(x, f"{d:%d/%m}"), (x + 35, t), (x + 240, ("-" if a > 0 else "") + comma(abs(a)), "r")]
        s.line(*cells)
    return Made(s.done(), bare(rows))


@layout
def checks_in_two_columns(seed: int) -> Made:
    """A US account: deposits, withdrawals with a minus, checks listed in two columns, daily balances in three."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 16)
    rows[0] = (rows[0][0], money(rng, 90000, 180000), "PAYROLL ACME")
    checks = [(JAN + timedelta(days=2 * i), -money(rng, 2000, 40000), str(1201 + i)) for i in range(7)]
    op = money(rng, 300000, 500000)
    every = sorted([*rows, *checks])
    close = op + sum(a for _, a, _ in every)
    put = [r for r in rows if r[1] > 0]
    out = [r for r in rows if r[1] < 0]
    s = Sheet(size=(612, 792))
    s.line((40, "Your checking account    for January 3, 2025 to January 31, 2025"))
    s.line((40, "Beginning balance on January 3, 2025"), (400, "$" + point(op), "r"))
    s.line((40, "Deposits and other additions"), (400, point(sum(a for _, a, _ in put)), "r"))
    s.line((40, "Withdrawals and other subtractions"), (400, point(sum(a for _, a, _ in out)), "r"))
    s.line((40, "Checks"), (400, point(sum(a for _, a, _ in checks)), "r"))
    s.line((40, "Ending balance on January 31, 2025"), (400, "$" + point(close), "r"))
    for title, part in (("Deposits and other additions", put), ("Withdrawals and other subtractions", out)):
        s.skip()
        s.line((40, title), bold=True)
        s.line((40, "Date"), (110, "Description"), (560, "Amount", "r"))
        for d, a, t in part:
            s.line((40, f"{d:%m/%d/%y}"), (110, t), (560, point(a), "r"))
        s.line((40, "Total " + title.lower()), (560, ("-" if part is out else "") + "$" + point(abs(sum(a for _, a, _ in part))), "r"))
    s.skip()
    s.line((40, "Checks"), bold=True)
    s.line((40, "Date"), (100, "Check #"), (280, "Amount", "r"), (310, "Date"), (370, "Check #"), (560, "Amount", "r"))
    for i in range(4):
        cells = []
        for x, n in ((40, i), (310, i + 4)):
            if n < len(checks):
                d, a, no = checks[n]
                cells += [(x, f"{d:%m/%d/%y}"), (x + 60, no), (x + 240 + (10 if x > 40 else 0), point(a), "r")]
        s.line(*cells)
    s.line((310, "Total checks"), (560, "-$" + point(-sum(a for _, a, _ in checks)), "r"))
    s.skip()
    s.line((40, "Daily ledger balances"), bold=True)
    s.line((40, "Date"), (200, "Balance ($)", "r"), (230, "Date"), (380, "Balance($)", "r"), (410, "Date"), (560, "Balance ($)", "r"))
    at, ends = op, {}
    for d, a, _ in every:
        at += a
        ends[d] = at
    listed = list(ends.items())
    for i in range(0, len(listed), 3):
        cells = []
        for x, (d, v) in zip((40, 230, 410), listed[i : i + 3], strict=False):
            cells += [(x, f"{d:%m/%d}"), (x + (160 if x == 40 else 150), point(v), "r")]
        s.line(*cells)
    return Made(s.done(), [(d, a) for d, a, _ in every])


@layout
def booking_day_above(seed: int) -> Made:
    """A line says the booking day; the rows under it print the value day, the amount ends with a minus."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 18)
    op = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, "Kontoauszug vom 31.01.2025   Girokonto in EUR"))
    s.line((40, "Angaben zu den Umsätzen"), (300, "Valuta"), (430, "zu Ihren Lasten", "r"), (540, "zu Ihren Gunsten", "r"))
    s.line((40, "Alter Kontostand vom 02.01.2025"), (540, comma(op), "r"))
    before = None
    for d, a, t in rows:
        if d != before:
            s.line((40, f"Buchungsdatum: {d:%d.%m.%Y}"))
        s.line((40, t), (300, f"{d:%d.%m}"), (430 if a < 0 else 540, comma(abs(a)) + ("-" if a < 0 else ""), "r"))
        s.line((40, "End-to-End-Ref.: 8821 KD"))
        before = d
    s.line((40, "Neuer Kontostand vom 31.01.2025"), (540, comma(op + sum(a for _, a, _ in rows)), "r"))
    return Made(s.done(), bare(rows))


@layout
def value_day_below(seed: int) -> Made:
    """The value day stands right under the booking day, beside the second line of text."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 14)
    op = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, "Girokonto  Kontoauszug Januar 2025   Datum 31.01.2025"))
    s.line((40, "Alter Saldo"), (540, comma(op) + " Euro", "r"))
    s.line((40, "Neuer Saldo"), (540, comma(op + sum(a for _, a, _ in rows)) + " Euro", "r"))
    s.line((40, "Buchung"), (110, "Buchung / Verwendungszweck"), (540, "Betrag (EUR)", "r"))
    s.line((40, "Valuta"))
    for d, a, t in rows:
        s.line((40, f"{d:%d.%m.%Y}"), (110, "Lastschrift " + t), (540, comma(a), "r"))
        s.line((40, f"{d + timedelta(days=1):%d.%m.%Y}"), (110, "Mandat: 88412"))
        s.line((110, "Referenz: RG 12/24"))
    return Made(s.done(), bare(rows))


@layout
def broken_days(seed: int) -> Made:
    """Days so narrow that the year falls on the next line."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 14)
    at = money(rng, 100000, 300000)
    s = Sheet(points=8)
    s.line((40, "Account Statement from 3 Jan 2025 to 31 Jan 2025   Currency INR"))
    s.line((40, "Balance as on 3 Jan 2025 : " + indian(at)))
    s.line((40, "Txn Date"), (80, "Value"), (120, "Description"), (400, "Debit", "r"), (480, "Credit", "r"), (560, "Balance", "r"))
    s.line((80, "Date"))
    for d, a, t in rows:
        at += a
        day = f"{d.day} {EN[d.month - 1]}"
        s.line((40, day), (80, day), (120, "BY TRANSFER-" + t), (400 if a < 0 else 480, indian(abs(a)), "r"), (560, indian(at), "r"))
        s.line((40, "2025"), (80, "2025"), (120, "UPI/CR/4417/LONDON"))
    return Made(s.done(), bare(rows))


@layout
def text_around_the_amounts(seed: int) -> Made:
    """The text has three lines; day and amounts stand beside the middle one."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 14)
    op = at = money(rng, 100000, 300000)
    s = Sheet(points=8)
    s.line((40, "Detailed statement 03/01/2025 - 31/01/2025 INR"))
    s.line((40, "Opening balance " + indian(op)))
    s.line((40, "S No."), (70, "Value Date"), (130, "Remarks"), (400, "Withdrawal", "r"), (480, "Deposit", "r"), (560, "Balance", "r"))
    for n, (d, a, t) in enumerate(rows):
        at += a
        s.line((130, "UPI/" + t), step=9)
        s.line(
            (40, str(n + 1)),
            (70, f"{d:%d/%m/%Y}"),
            (130, "payment on"),
            (400 if a < 0 else 480, indian(abs(a)), "r"),
            (560, indian(at), "r"),
            step=9,
        )
        s.line((130, "ICICI/88214"), step=14)
    return Made(s.done(), bare(rows))


@layout
def day_lines(seed: int) -> Made:
    """The day is a heading of its own; the rows under it print none."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 18)
    op = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, "Balance Statement   3 January 2025 to 31 January 2025"))
    s.line((40, "Opening balance"), (540, "€" + point(op), "r"))
    s.line((40, "Closing balance"), (540, "€" + point(op + sum(a for _, a, _ in rows)), "r"))
    s.line((40, "Description"), (540, "Amount", "r"))
    before = None
    for d, a, t in rows:
        if d != before:
            s.skip(4)
            s.line((40, f"{d:%A}, {d.day} {EN[d.month - 1]} 2025"), bold=True)
        s.line((40, t), (540, ("-" if a < 0 else "+") + "€" + point(abs(a)), "r"))
        before = d
    return Made(s.done(), bare(rows))


@layout
def fee_column(seed: int) -> Made:
    """Fees of a row stand in a column of their own and move the balance too: two rows in one."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 14)
    at = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, "Account Statement  From Date: 03/01/2025  To Date: 31/01/2025   ZAR"))
    s.line((40, "Opening Balance: R" + point(at)))
    s.line((40, "Date"), (110, "Description"), (340, "Money In", "r"), (410, "Money Out", "r"), (470, "Fee", "r"), (550, "Balance", "r"))
    truth = []
    for n, (d, a, t) in enumerate(rows):
        at += a
        truth.append((d, a))
        cells = [(40, f"{d:%d/%m/%Y}"), (110, t), (410 if a < 0 else 340, point(a), "r")]
        if n % 3 == 1:
            at -= 2
            truth.append((d, Decimal("-2.00")))
            cells.append((470, "-2.00", "r"))
        s.line(*cells, (550, point(at), "r"))
    return Made(s.done(), truth)


@layout
def pages_carried(seed: int) -> Made:
    """Soll and Haben with sums at the foot of each page and the head of the next."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 40)
    op = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, f"Kontoauszug Nr. 1 vom 31. {DE[0]} 2025   EUR"))
    s.line((40, "Datum"), (100, "Text"), (430, "Soll", "r"), (540, "Haben", "r"))
    s.line((100, "Saldovortrag"), (540, comma(op), "r"))
    out = into = Decimal(0)
    for n, (d, a, t) in enumerate(rows):
        if n and n % 15 == 0:
            s.line((100, "Zwischensumme"), (430, comma(out), "r"), (540, comma(into), "r"))
            s.y = 0
            s.line((100, "Übertrag Zwischensumme"), (430, comma(out), "r"), (540, comma(into), "r"))
        s.line((40, f"{d:%d.%m.}"), (100, t), (430 if a < 0 else 540, comma(abs(a)), "r"))
        out, into = (out - a, into) if a < 0 else (out, into + a)
    s.line((100, "Umsatzsumme"), (430, comma(out), "r"), (540, comma(into), "r"))
    s.line((100, "Neuer Saldo"), (540, comma(op + into - out), "r"))
    return Made(s.done(), bare(rows))


@layout
def box_beside(seed: int) -> Made:
    """Beside the rows stands a box with offers and amounts."""
    rng = random.Random(seed)
    rows = card(rng, JAN, END, 16)
    op = money(rng, 90000, 150000)
    s = Sheet(points=8)
    s.line((40, "Credit card statement"), (430, "Your rewards"))
    s.line((40, "Statement date 31 January 2025"), (430, "Points earned 1,204"))
    s.line((40, "Previous balance £" + point(op)), (430, "Summer sale: save £250.00"))
    s.line((40, "Date"), (90, "Description"), (400, "Amount £", "r"))
    for n, (d, a, t) in enumerate(rows):
        extra = [(430, text) for k, text in ((3, "Balance transfers"), (4, "0% until 05 Mar 2026"), (6, "Fee 2.50 or £12.00")) if k == n]
        s.line((40, f"{d.day:02d} {EN[d.month - 1]}"), (90, t), (400, point(abs(a)) + (" CR" if a > 0 else ""), "r"), *extra)
    s.line((40, "New balance £" + point(op - sum(a for _, a, _ in rows))))
    return Made(s.done(), bare(rows))


@layout
def year_lines(seed: int) -> Made:
    """Over New Year; the year is a line of its own among the rows."""
    rng = random.Random(seed)
    rows = account(rng, date(2024, 12, 12), date(2025, 1, 10), 16)
    at = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, "Transaction account   Statement period 11 December 2024 to 10 January 2025  AUD"))
    s.line((40, "Date"), (90, "Transaction details"), (400, "Withdrawals", "r"), (470, "Deposits", "r"), (550, "Balance", "r"))
    s.line((40, "2024"))
    s.line((40, "11 DEC"), (90, "OPENING BALANCE"), (550, point(at), "r"))
    year = 2024
    for d, a, t in rows:
        at += a
        if d.year != year:
            s.line((40, "2025"))
            year = d.year
        s.line((40, f"{d.day:02d} {EN[d.month - 1].upper()}"), (90, t), (400 if a < 0 else 470, point(abs(a)), "r"), (550, point(at), "r"))
    return Made(s.done(), bare(rows))


@layout
def history_above(seed: int) -> Made:
    """A table of former balances, dated, above the rows."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 12)
    op = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, "Savings account statement  1 January 2025 to 31 January 2025   EUR"))
    s.line((40, "Rate history"), bold=True)
    for k in range(3):
        s.line((40, f"{date(2024, 10 + k, 28):%d/%m/%Y}"), (200, f"{k + 1}.25 %"), (400, point(op - k * 100), "r"))
    s.skip()
    s.line((40, "Date"), (110, "Details"), (540, "Amount", "r"))
    s.line((110, "Opening balance"), (540, point(op), "r"))
    for d, a, t in rows:
        s.line((40, f"{d:%d/%m/%Y}"), (110, t), (540, point(a), "r"))
    s.line((110, "Closing balance"), (540, point(op + sum(a for _, a, _ in rows)), "r"))
    return Made(s.done(), bare(rows))


@layout
def two_months(seed: int) -> Made:
    """Two statements of one account in one file."""
    rng = random.Random(seed)
    at = money(rng, 100000, 300000)
    s = Sheet()
    truth = []
    for month in (1, 2):
        rows = account(rng, date(2025, month, 2), date(2025, month, 27), 10)
        s.line((40, f"Account 1234-5678  Statement {date(2025, month, 1):%d/%m/%Y} to {date(2025, month, 28):%d/%m/%Y}  GBP"))
        s.line((40, "Date"), (110, "Details"), (400, "Out", "r"), (470, "In", "r"), (550, "Balance", "r"))
        s.line((110, "Opening balance"), (550, point(at), "r"))
        for d, a, t in rows:
            at += a
            s.line((40, f"{d:%d/%m/%Y}"), (110, t), (400 if a < 0 else 470, point(abs(a)), "r"), (550, point(at), "r"))
        s.line((110, "Closing balance"), (550, point(at), "r"))
        truth += bare(rows)
        s.y = 0
    return Made(s.done(), truth)


@layout
def currency_column(seed: int) -> Made:
    """The currency has a column of its own before each amount; categories stand between text and amount."""
    rng = random.Random(seed)
    rows = card(rng, JAN, END, 16)
    op = money(rng, 90000, 150000)
    s = Sheet()
    s.line((40, "Card account statement as of 31 Jan 2025"))
    s.line((40, "Previous balance"), (300, "CHF"), (360, point(op).replace(",", "'"), "r"))
    s.line((40, "Date"), (100, "Purchases"), (290, "Category"), (440, "Currency"), (540, "Amount", "r"))
    for n, (d, a, t) in enumerate(rows):
        kind = ("Travel", "Groceries", "Dining 4 two")[n % 3]
        s.line(
            (40, f"{d:%d.%m.%Y}"), (100, t), (290, kind), (440, "CHF"), (540, ("-" if a > 0 else "") + point(abs(a)).replace(",", "'"), "r")
        )
    s.line((40, "New balance"), (300, "CHF"), (360, point(op - sum(a for _, a, _ in rows)).replace(",", "'"), "r"))
    return Made(s.done(), bare(rows))
