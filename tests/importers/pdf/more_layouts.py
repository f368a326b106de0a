"""More layouts: the oddities that break simple readers."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .layouts import EN, ES, NL, SHOPS, D, Made, Sheet, account, bare, card, comma, days, layout, money, point


@layout
def daily_balance_table(seed: int) -> Made:
    """A US account with a table of daily balances and one of scheduled payments: dated, and no transactions."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 4, 1), date(2025, 4, 29), 14)
    balance = opening = money(rng, 100000, 300000)
    s = Sheet(size=(612, 792))
    s.line((40, "Account statement for April 1, 2025 to April 30, 2025"), bold=True)
    s.line((40, "Checking account number ending in 4242"))
    s.line((60, "Beginning balance on April 1, 2025"), (350, "$" + point(opening), "r"))
    s.line((60, "Ending balance on April 30, 2025"), (350, "$" + point(opening + sum(a for _, a, _ in rows)), "r"))
    s.skip()
    s.line((40, "Transactions"), bold=True)
    s.line((40, "Date"), (100, "Description"), (560, "Amount", "r"))
    daily: dict[date, Decimal] = {}
    for day, amount, text in rows:
        balance += amount
        daily[day] = balance
        s.line((40, f"{day:%m/%d/%y}"), (100, text), (560, ("-" if amount < 0 else "") + point(abs(amount)), "r"))
    s.skip()
    s.line((40, "Daily ending balances"), bold=True)
    s.line((40, "Date"), (140, "Balance", "r"), (200, "Date"), (300, "Balance", "r"))
    pairs = list(daily.items())
    for i in range(0, len(pairs), 2):
        cells: list[Any] = []
        for (day, value), x in zip(pairs[i : i + 2], (40, 200), strict=False):
            cells += [(x, f"{day:%m/%d/%y}"), (x + 100, point(value), "r")]
        s.line(*cells)
    return Made(s.done(), bare(rows))


@layout
def australian_marks(seed: int) -> Made:
    """Debit, credit and a balance with CR or DR; overdrawn for a while."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 6, 2), date(2025, 6, 28), 16)
    balance = D("120.00")
    s = Sheet()
    s.line((40, "Transaction account   BSB 000-111   Account 1234 56789"), bold=True)
    s.line((40, "Statement period 1 Jun 2025 - 30 Jun 2025"))
    s.line((40, "Date"), (100, "Transaction"), (380, "Debit", "r"), (460, "Credit", "r"), (560, "Balance", "r"))
    s.line((40, "01 Jun"), (100, "2025 OPENING BALANCE"), (560, f"${point(balance)} CR", "r"))
    for day, amount, text in rows:
        balance += amount
        s.line(
            (40, f"{day.day:02d} {EN[day.month - 1]}"),
            (100, text),
            (380 if amount < 0 else 460, point(abs(amount)), "r"),
            (560, f"${point(abs(balance))} {'CR' if balance >= 0 else 'DR'}", "r"),
        )
    s.line((40, "30 Jun"), (100, "2025 CLOSING BALANCE"), (560, f"${point(abs(balance))} {'CR' if balance >= 0 else 'DR'}", "r"))
    return Made(s.done(), bare(rows))


@layout
def dutch_card(seed: int) -> Made:
    """A Dutch card: month names, foreign amounts and rates, Af and Bij as columns."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 3, 12), date(2025, 4, 9), 13)
    opening = money(rng, 20000, 50000)
    s = Sheet()
    s.line((40, "Rekeningoverzicht creditcard   Datum 11-04-2025"), bold=True)
    s.line((40, "Vorig openstaand saldo € " + comma(opening)), (300, "Bestedingslimiet € 2.500,00"))
    s.line(
        (40, "Datum"),
        (110, "Omschrijving"),
        (330, "Vreemde valuta", "r"),
        (400, "Koers", "r"),
        (480, "Af (EUR)", "r"),
        (550, "Bij (EUR)", "r"),
    )
    for day, amount, text in rows:
        cells: list[Any] = [(40, f"{day.day:02d} {NL[day.month - 1]}"), (110, text), (480 if amount < 0 else 550, comma(abs(amount)), "r")]
        if amount < 0 and rng.random() < 0.3:
            cells += [(330, f"{comma(abs(amount) * 2)} SEK", "r"), (400, "2,00000", "r")]
        s.line(*cells)
    out, into = sum((-a for _, a, _ in rows if a < 0), D(0)), sum((a for _, a, _ in rows if a > 0), D(0))
    s.line((110, "Totaal"), (480, comma(out), "r"), (550, comma(into), "r"))
    return Made(s.done(), bare(rows))


@layout
def german_columns_pages(seed: int) -> Made:
    """Soll and Haben over several pages, carried forward at the foot and the head of each."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 7, 1), date(2025, 7, 30), 75)
    balance = opening = money(rng, 100000, 300000)
    s = Sheet()

    def head() -> None:
        s.line((40, "Buchung"), (95, "Buchungstext"), (400, "Soll", "r"), (470, "Haben", "r"), (550, "Saldo", "r"))

    s.line((40, "Kontoauszug Juli 2025   Girokonto 1234567   EUR"), bold=True)
    head()
    s.line((95, "Anfangssaldo"), (550, comma(opening), "r"))
    for i, (day, amount, text) in enumerate(rows):
        if i and i % 30 == 0:
            s.line((95, "Übertrag"), (550, comma(balance), "r"))
            s.y = 0
            s.line((40, f"Kontoauszug Juli 2025   Seite {s.pages + 1}"))
            head()
            s.line((95, "Übertrag"), (550, comma(balance), "r"))
        balance += amount
        s.line((40, f"{day:%d.%m.}"), (95, text), (400 if amount < 0 else 470, comma(abs(amount)), "r"), (550, comma(balance), "r"))
    s.line((95, "Endsaldo"), (550, comma(balance), "r"))
    return Made(s.done(), bare(rows))


@layout
def amount_before_text(seed: int) -> Made:
    """Date, amount, balance, then the text; parentheses for money out."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 5, 1), date(2025, 5, 29), 14)
    balance = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, "Current account   1 May 2025 to 31 May 2025   USD"), bold=True)
    s.line((40, "Opening balance"), (300, point(balance), "r"))
    s.line((40, "Date"), (180, "Amount", "r"), (260, "Balance", "r"), (290, "Details"))
    for day, amount, text in rows:
        balance += amount
        shown = f"({point(-amount)})" if amount < 0 else point(amount)
        s.line((40, f"{day.day:02d}-{EN[day.month - 1]}-{day:%y}"), (180, shown, "r"), (260, point(balance), "r"), (290, text))
    return Made(s.done(), bare(rows))


@layout
def date_in_the_middle(seed: int) -> Made:
    """Text first, then the date, then the amount."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 5, 1), date(2025, 5, 29), 12)
    s = Sheet()
    s.line((40, "Credit card statement 01/05/2025 - 31/05/2025"), bold=True)
    s.line((40, "Merchant"), (300, "Date"), (520, "Amount (EUR)", "r"))
    for day, amount, text in rows:
        s.line((40, text), (300, f"{day:%d/%m/%Y}"), (520, ("-" if amount > 0 else "") + point(abs(amount)), "r"))
    s.line((40, "Total"), (520, point(-sum(a for _, a, _ in rows)), "r"))
    return Made(s.done(), bare(rows))


@layout
def yen_card(seed: int) -> Made:
    """Whole yen, some below a thousand; dates year first."""
    rng = random.Random(seed)
    rows = [(d, -D(rng.randint(120, 30000)), rng.choice(SHOPS)) for d in days(rng, date(2025, 2, 1), date(2025, 2, 27), 15)]
    s = Sheet()
    s.line((40, "Credit card statement February 2025   JPY"), bold=True)
    s.line((40, "Date"), (120, "Merchant"), (480, "Amount (JPY)", "r"))
    for day, amount, text in rows:
        s.line((40, f"{day:%Y/%m/%d}"), (120, text), (480, point(-amount, 0), "r"))
    s.line((120, "Total"), (480, point(-sum(a for _, a, _ in rows), 0), "r"))
    return Made(s.done(), bare(rows))


@layout
def newest_first_left_aligned(seed: int) -> Made:
    """Newest row first, amounts set left-aligned, Unicode minus, month name first."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 10, 2), date(2025, 10, 30), 15)
    balance = money(rng, 100000, 300000)
    shown = []
    for day, amount, text in rows:
        balance += amount
        shown.append((day, amount, text, balance))
    s = Sheet()
    s.line((40, "Account activity  October 1, 2025 - October 31, 2025"), bold=True)
    s.line((40, "Date"), (120, "Description"), (380, "Amount"), (480, "Balance"))
    for day, amount, text, after in reversed(shown):
        s.line(
            (40, f"{EN[day.month - 1]} {day.day}, {day.year}"),
            (120, text),
            (380, ("-" if amount < 0 else "") + "$" + point(abs(amount))),
            (480, "$" + point(after)),
        )
    return Made(s.done(), bare(rows))


@layout
def two_line_headings(seed: int) -> Made:
    """Headings over two lines, wrapped texts above and below, a summary box beside the table."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 9, 1), date(2025, 9, 29), 14)
    balance = opening = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, "Your account statement   1 September to 30 September 2025"), bold=True)
    s.line((40, "Date"), (90, "Description"), (300, "Money", "r"), (350, "Money", "r"), (410, "Balance", "r"), step=10)
    s.line((300, "out", "r"), (350, "in", "r"), (410, "£", "r"))
    s.line((90, "Start balance"), (410, point(balance), "r"))
    box = [
        ("Start balance", opening),
        ("Money in", sum(a for _, a, _ in rows if a > 0)),
        ("Money out", sum(-a for _, a, _ in rows if a < 0)),
    ]
    for i, (day, amount, text) in enumerate(rows):
        balance += amount
        cells: list[Any] = [
            (40, f"{day.day} {EN[day.month - 1]}"),
            (90, text),
            (300 if amount < 0 else 350, point(abs(amount)), "r"),
            (410, point(balance), "r"),
        ]
        if i < len(box):
            cells += [(440, box[i][0]), (555, "£" + point(box[i][1]), "r")]
        s.line(*cells)
        if rng.random() < 0.4:
            s.line((90, "On 01 Sep CPM REF 88"))
    s.line((90, "End balance"), (410, point(balance), "r"))
    return Made(s.done(), bare(rows))


@layout
def spanish_account(seed: int) -> Made:
    """Cargos and abonos, two dates, a balance, month abbreviations."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 1, 2), date(2025, 1, 30), 15)
    balance = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, "EXTRACTO DE CUENTA CORRIENTE  del 01/01/2025 al 31/01/2025"), bold=True)
    s.line((40, "F. Operación"), (110, "F. Valor"), (170, "Concepto"), (390, "Cargos", "r"), (470, "Abonos", "r"), (560, "Saldo", "r"))
    s.line((170, "Saldo anterior"), (560, comma(balance), "r"))
    for day, amount, text in rows:
        balance += amount
        s.line(
            (40, f"{day.day:02d}-{ES[day.month - 1].upper()}"),
            (110, f"{day.day:02d}-{ES[day.month - 1].upper()}"),
            (170, text),
            (390 if amount < 0 else 470, comma(abs(amount)), "r"),
            (560, comma(balance), "r"),
        )
    s.line((170, "Saldo final"), (560, comma(balance), "r"))
    return Made(s.done(), bare(rows))


@layout
def posting_before_transaction(seed: int) -> Made:
    """The posting date first, the transaction date second: that of the transaction counts."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 3, 5), date(2025, 4, 2), 12)
    opening = money(rng, 20000, 60000)
    s = Sheet()
    s.line((40, "Credit Card Statement   Statement Date 05 Apr 2025   SGD"), bold=True)
    s.line((40, "Post Date"), (110, "Trans Date"), (180, "Description of Transaction"), (540, "Amount", "r"))
    s.line((180, "PREVIOUS BALANCE"), (540, point(opening), "r"))
    for day, amount, text in rows:
        post = day + timedelta(days=rng.randint(1, 3))
        s.line(
            (40, f"{post.day:02d} {EN[post.month - 1].upper()}"),
            (110, f"{day.day:02d} {EN[day.month - 1].upper()}"),
            (180, text),
            (540, point(abs(amount)) + (" CR" if amount > 0 else ""), "r"),
        )
    closing = opening - sum(a for _, a, _ in rows)
    s.line((180, "NEW BALANCE"), (540, point(abs(closing)) + (" CR" if closing < 0 else ""), "r"))
    return Made(s.done(), bare(rows))


@layout
def unsigned_with_payment(seed: int) -> Made:
    """A card that prints no direction at all: only the closing balance tells the payment from the purchases."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 3, 5), date(2025, 4, 2), 10)
    opening = money(rng, 90000, 120000)
    s = Sheet()
    s.line((40, "Credit card statement  5 April 2025   EUR"), bold=True)
    s.line((40, "Previous balance"), (300, point(opening), "r"))
    s.line((40, "New balance"), (300, point(opening - sum(a for _, a, _ in rows)), "r"))
    s.line((40, "Date"), (120, "Description"), (500, "Amount", "r"))
    for day, amount, text in rows:
        s.line((40, f"{day:%d.%m.%Y}"), (120, text), (500, point(abs(amount)), "r"))
    return Made(s.done(), bare(rows))


@layout
def instalments_below(seed: int) -> Made:
    """A table of instalment plans under the transactions, with dates and amounts of its own."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 8, 3), date(2025, 8, 29), 12)
    opening = money(rng, 30000, 60000)
    s = Sheet()
    s.line((40, "Credit Card Statement   01 Aug 2025 - 31 Aug 2025   USD"), bold=True)
    s.line((40, "Previous balance"), (300, point(opening), "r"))
    s.line((40, "New balance"), (300, point(opening - sum(a for _, a, _ in rows)), "r"))
    s.skip()
    s.line((40, "Date"), (120, "Description"), (520, "Amount", "r"))
    for day, amount, text in rows:
        s.line(
            (40, f"{day.day:02d} {EN[day.month - 1]} {day.year}"), (120, text), (520, ("-" if amount > 0 else "") + point(abs(amount)), "r")
        )
    s.skip(20)
    s.line((40, "Instalment plans"), bold=True)
    s.line((40, "Start"), (120, "Plan"), (350, "Original", "r"), (440, "Remaining", "r"), (520, "Monthly", "r"))
    s.line((40, "01 Mar 2025"), (120, "LAPTOP STORE 12 MONTHS"), (350, "1,200.00", "r"), (440, "700.00", "r"), (520, "100.00", "r"))
    s.line((40, "15 May 2025"), (120, "SOFA WORLD 6 MONTHS"), (350, "600.00", "r"), (440, "300.00", "r"), (520, "100.00", "r"))
    return Made(s.done(), bare(rows))


@layout
def no_movement(seed: int) -> Made:
    """A month without a transaction."""
    rng = random.Random(seed)
    balance = money(rng, 1000, 90000)
    s = Sheet()
    s.line((40, "Savings account statement  1 May 2025 to 31 May 2025"), bold=True)
    s.line((40, "Opening balance"), (300, "£" + point(balance), "r"))
    s.line((40, "Closing balance"), (300, "£" + point(balance), "r"))
    s.line((40, "There were no transactions in this period."))
    return Made(s.done(), [], proved=False)


@layout
def reversal_in_debit_column(seed: int) -> Made:
    """A reversal printed as a negative debit; totals under both columns."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 2, 3), date(2025, 2, 26), 14)
    rows.insert(5, (rows[4][0], D("35.00"), "CHARGE REVERSED"))
    s = Sheet()
    s.line((40, "ACCOUNT STATEMENT 01/02/2025 - 28/02/2025  MYR"), bold=True)
    s.line((40, "Date"), (120, "Particulars"), (420, "Withdrawals", "r"), (520, "Deposits", "r"))
    for i, (day, amount, text) in enumerate(rows):
        if i == 5:
            s.line((40, f"{day:%d/%m/%Y}"), (120, text), (420, "-" + point(amount), "r"))
        else:
            s.line((40, f"{day:%d/%m/%Y}"), (120, text), (420 if amount < 0 else 520, point(abs(amount)), "r"))
    out = sum((-a for _, a, _ in rows if a < 0), D(0)) - D("35.00")
    into = sum((a for _, a, _ in rows if a > 0), D(0)) - D("35.00")
    s.line((120, "Total"), (420, point(out), "r"), (520, point(into), "r"))
    return Made(s.done(), bare(rows))


@layout
def two_accounts(seed: int) -> Made:
    """Two accounts in one file, each with its own balances."""
    rng = random.Random(seed)
    s = Sheet()
    s.line((40, "Your accounts   1 June 2025 to 30 June 2025   GBP"), bold=True)
    every = []
    for number, name in (("12345678", "Current"), ("87654321", "Savings")):
        rows = account(rng, date(2025, 6, 1), date(2025, 6, 29), 9)
        balance = money(rng, 100000, 300000)
        s.skip()
        s.line((40, f"{name} account number {number}"), bold=True)
        s.line((40, "Date"), (100, "Description"), (380, "Paid out", "r"), (460, "Paid in", "r"), (560, "Balance", "r"))
        s.line((100, "Opening balance"), (560, point(balance), "r"))
        for day, amount, text in rows:
            balance += amount
            s.line(
                (40, f"{day.day:02d} {EN[day.month - 1]}"),
                (100, text),
                (380 if amount < 0 else 460, point(abs(amount)), "r"),
                (560, point(balance), "r"),
            )
        s.line((100, "Closing balance"), (560, point(balance), "r"))
        every += rows
    return Made(s.done(), bare(every))


@layout
def us_days_without_marks(seed: int) -> Made:
    """Month name first without a year, CR in a column of its own, totals of both kinds."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 4, 3), date(2025, 4, 29), 11)
    s = Sheet(size=(612, 792))
    s.line((40, "Card statement   Closing date: April 30, 2025   Credit limit $9,000"), bold=True)
    s.line((40, "Date"), (110, "Description"), (500, "Amount $", "r"))
    for day, amount, text in rows:
        cells: list[Any] = [(40, f"{EN[day.month - 1]} {day.day:02d}"), (110, text), (500, point(abs(amount)), "r")]
        if amount > 0:
            cells.append((510, "CR"))
        s.line(*cells)
    s.line((110, "Total payments and credits"), (500, point(sum(a for _, a, _ in rows if a > 0)), "r"), (510, "CR"))
    s.line((110, "Total purchases"), (500, point(sum(-a for _, a, _ in rows if a < 0)), "r"))
    return Made(s.done(), bare(rows))
