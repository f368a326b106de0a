"""Whole statements: boxes, rows that are not booked, fees and interest beside the rows, details that look like rows."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from .layouts import EN, Made, Sheet, account, bare, card, comma, layout, money, point

JAN, END = date(2025, 1, 3), date(2025, 1, 30)


@layout
def interest_without_a_day(seed: int) -> Made:
    """Interest stands in the column of amounts under a heading of its own and prints no day."""
    rng = random.Random(seed)
    rows = card(rng, JAN, END, 14)
    interest = money(rng, 500, 4000)
    before = money(rng, 100000, 200000)
    spent, paid = -sum(a for _, a, _ in rows if a < 0), sum(a for _, a, _ in rows if a > 0)
    s = Sheet(size=(612, 792))
    s.line((40, "Rewards Visa ending in 8812   Jan 1, 2025 - Jan 31, 2025"))
    for name, value in (
        ("Previous Balance", before),
        ("Payments", -paid),
        ("Transactions", spent),
        ("Interest Charged", interest),
        ("New Balance", before - paid + spent + interest),
    ):
        s.line((40, name), (300, point(value), "r"))
    s.line((40, "Trans Date"), (110, "Post Date"), (190, "Description"), (560, "Amount", "r"))
    for d, a, t in rows:
        day = f"{EN[d.month - 1]} {d.day}"
        s.line((40, day), (110, day), (190, t), (560, ("- $" if a > 0 else "$") + point(abs(a)), "r"))
    s.skip()
    s.line((40, "Interest Charged"), bold=True)
    s.line((40, "Interest Charge on Purchases"), (560, "$" + point(interest), "r"))
    s.line((40, "Interest Charge on Cash Advances"), (560, "$0.00", "r"))
    s.line((40, "Total Interest for This Period"), (560, "$" + point(interest), "r"))
    return Made(s.done(), [*bare(rows), (date(2025, 1, 31), -interest)])


@layout
def texts_above_and_below(seed: int) -> Made:
    """A row stands halfway between two lines of text; the lower one names a card and an amount."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 12)
    at = money(rng, 100000, 200000)
    s = Sheet()
    s.line((40, "EXTRACTO DE ENERO 2025   IBAN ES79 0182 0000 0000 0000 0001"))
    s.line((40, "F. Oper."), (95, "F. Valor"), (150, "Concepto"), (430, "Importe", "r"), (520, "Saldo", "r"), step=16)
    s.line((150, "SALDO ANTERIOR"), (520, comma(at), "r"), step=18)
    for d, a, t in rows:
        at += a
        s.line((150, t), step=5.5)
        s.line((40, f"{d:%d/%m}"), (95, f"{d:%d/%m}"), (430, comma(a), "r"), (520, comma(at), "r"), step=5.5)
        s.line((150, "4940XXXXXXXX1234 MADRID 03/01 15,00 ES"), step=16)
    s.line((150, "SALDO A SU FAVOR"), (520, comma(at), "r"))
    return Made(s.done(), bare(rows), texts=[f"{t} 4940XXXXXXXX1234 MADRID 03/01 15,00 ES" for _, _, t in rows])


@layout
def value_days_amid_texts(seed: int) -> Made:
    """The day and the payee on one line, amounts on the next beside a text that names the value day."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 12)
    at = money(rng, 100000, 200000)
    s = Sheet()
    s.line((40, "Smart Account   Statement Period 1 Jan 2025 - 31 Jan 2025"))
    s.line((40, "Date"), (90, "Transaction"), (350, "Debit", "r"), (430, "Credit", "r"), (540, "Balance", "r"))
    s.line((40, "01 Jan"), (90, "2025 OPENING BALANCE"), (540, f"${point(at)} CR", "r"))
    for n, (d, a, t) in enumerate(rows):
        at += a
        s.line((40, f"{d.day:02d} {EN[d.month - 1]}"), (90, t))
        value = d - timedelta(days=n % 3)
        cell = (350 if a < 0 else 430, point(abs(a)), "r")
        s.line((90, f"Card xx1234 Value Date: {value:%d/%m/%Y}"), cell, (540, f"${point(abs(at))} {'CR' if at > 0 else 'DR'}", "r"))
    return Made(
        s.done(),
        bare(rows),
        texts=[f"{t} Card xx1234 Value Date: {d - timedelta(days=n % 3):%d/%m/%Y}" for n, (d, _, t) in enumerate(rows)],
    )


@layout
def years_of_details(seed: int) -> Made:
    """Days without a year over New Year; invoices named in details are of last year; balances under their names in a box."""
    rng = random.Random(seed)
    rows = account(rng, date(2024, 12, 10), date(2025, 1, 7), 16, income=0.3)
    at = money(rng, 100000, 200000)
    out, into = -sum(a for _, a, _ in rows if a < 0), sum(a for _, a, _ in rows if a > 0)
    s = Sheet()
    s.line((40, "Datum"), (150, "IBAN"), (330, "BIC"))
    s.line((40, "08-01-2025"), (150, "NL91 ABNA 0417 1643 00"), (330, "ABNANL2A"))
    s.line((40, "Vorig saldo"), (160, "Totaal afgeschreven"), (290, "Totaal bijgeschreven"), (420, "Nieuw saldo"))
    s.line((40, f"{comma(at)} +/CREDIT"), (160, comma(out)), (290, comma(into)), (420, f"{comma(at - out + into)} +/CREDIT"))
    s.line((40, "Boekdatum"), (120, "Omschrijving"), (450, "Bedrag af (debet)", "r"), (550, "Bedrag bij (credit)", "r"))
    for d, a, t in rows:
        s.line((40, f"{d:%d-%m}"), (120, t), (450 if a < 0 else 550, comma(abs(a)), "r"))
        s.line((40, f"({d:%d-%m})"), (120, "factuur 12-12-2024"))
    return Made(s.done(), bare(rows))


@layout
def invoices_beside_value_days(seed: int) -> Made:
    """Under each row its value day, and a text that ends with the day and the amount of an invoice."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 12)
    at = money(rng, 100000, 200000)
    s = Sheet()
    s.line((40, "Girokonto 5500000001   Kontoauszug Januar 2025"))
    s.line((300, "Alter Saldo"), (540, comma(at) + " Euro", "r"))
    s.line((300, "Neuer Saldo"), (540, comma(at + sum(a for _, a, _ in rows)) + " Euro", "r"))
    s.line((40, "Buchung"), (110, "Buchung / Verwendungszweck"), (540, "Betrag (EUR)", "r"))
    s.line((40, "Valuta"))
    for n, (d, a, t) in enumerate(rows):
        s.line((40, f"{d:%d.%m.%Y}"), (110, t), (540, comma(a), "r"))
        s.line((40, f"{d:%d.%m.%Y}"), (110, "RG 123 vom 28.12.2024 19,99" if n % 2 else "NR 77"))
    return Made(s.done(), bare(rows))


@layout
def posting_day_alone(seed: int) -> Made:
    """Two columns of days; the payment prints only the second. Some texts hold a figure (`12.345GAL`)."""
    rng = random.Random(seed)
    rows = card(rng, JAN, END, 12)
    rows = [(d, a, f"PUMP 12.345GAL {t}" if n % 2 and a < 0 else t) for n, (d, a, t) in enumerate(rows)]
    before = money(rng, 100000, 200000)
    s = Sheet(size=(612, 792))
    s.line((40, "Credit card   Billing Period: 01/01/25-01/31/25"))
    s.line((40, "Previous balance"), (300, "$" + point(before), "r"))
    s.line((40, "New balance"), (300, "$" + point(before - sum(a for _, a, _ in rows)), "r"))
    s.line((40, "Sale Date"), (100, "Post Date"), (160, "Description"), (500, "Amount", "r"))
    for wanted, title in ((1, "Payments, Credits and Adjustments"), (-1, "Standard Purchases")):
        s.line((40, title), bold=True)
        for d, a, t in rows:
            if a * wanted > 0:
                first = [] if a > 0 else [(40, f"{d:%m/%d}")]
                s.line(*first, (100, f"{d:%m/%d}"), (160, t), (500, ("-$" if a > 0 else "$") + point(abs(a)), "r"))
    return Made(s.done(), bare(rows), texts=[t for _, a, t in rows if a > 0] + [t for _, a, t in rows if a < 0])


@layout
def whole_yen(seed: int) -> Made:
    """Whole amounts without a currency on the rows; the one with a sign stands in a box beside the payment day."""
    rng = random.Random(seed)
    rows = [(d, Decimal(-rng.randint(100, 28000)), t) for d, _, t in card(rng, JAN, END, 14)]
    total = -sum(a for _, a, _ in rows)
    s = Sheet()
    s.line((40, "Payment date: 2025/02/10"), (300, f"Total amount due: ¥{point(total, 0)}"))
    s.line((40, "Date of use"), (130, "Shop"), (440, "Amount (JPY)", "r"), (530, "Due this month", "r"))
    for n, (d, a, t) in enumerate(rows):
        s.line((40, f"{d:%Y/%m/%d}"), (130, t), (440, point(-a, 0), "r"), (530, point(-a, 0), "r"))
        if n % 4 == 1:
            s.line((130, "9.99 USD  rate 151.204  12/30"))
    s.line((130, "Total"), (530, point(total, 0), "r"))
    return Made(s.done(), bare(rows))


@layout
def cheques_beside_and_daily_balances(seed: int) -> Made:
    """Three cheques in two columns over their total and their number; under all a table of days and balances."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 12, income=0.0)
    pay = [(date(2025, 1, 10), money(rng, 200000, 300000), "PAYROLL ACME")]
    cheques = [(date(2025, 1, 5 + 6 * n), -money(rng, 2000, 40000), str(1044 + n)) for n in range(3)]
    before = money(rng, 300000, 500000)
    s = Sheet(size=(612, 792))
    s.line((40, "Your checking account   for January 1, 2025 to January 31, 2025"))
    s.line((40, "Beginning balance on January 1, 2025"), (300, "$" + point(before), "r"))
    s.line((40, "Ending balance on January 31, 2025"), (300, "$" + point(before + sum(a for _, a, _ in [*rows, *pay, *cheques])), "r"))
    for title, part in (("Deposits and other additions", pay), ("Withdrawals and other subtractions", rows)):
        s.line((40, title), bold=True)
        s.line((40, "Date"), (110, "Description"), (560, "Amount", "r"))
        for d, a, t in part:
            s.line((40, f"{d:%m/%d/%y}"), (110, t), (560, point(a), "r"))
        s.line((40, f"Total {title.lower()}"), (560, point(sum(a for _, a, _ in part)), "r"))
    s.line((40, "Checks"), bold=True)
    s.line((40, "Date"), (110, "Check #"), (250, "Amount", "r"), (320, "Date"), (390, "Check #"), (520, "Amount", "r"))
    places = ((40, 250), (320, 520), (40, 250))
    cells = [[(x, f"{d:%m/%d/%y}"), (x + 70, t), (y, point(a), "r")] for (d, a, t), (x, y) in zip(cheques, places, strict=True)]
    s.line(*cells[0], *cells[1])
    s.line(*cells[2])
    s.line((40, "Total checks"), (560, point(sum(a for _, a, _ in cheques)), "r"))
    s.line((40, "Total # of checks"), (560, "3", "r"))
    s.skip()
    s.line((40, "Daily ledger balances"), bold=True)
    s.line((40, "Date"), (200, "Balance ($)", "r"), (250, "Date"), (410, "Balance ($)", "r"))
    at, daily = before, {}
    for d, a, _ in sorted([*rows, *pay, *cheques]):
        at += a
        daily[d] = at
    shown = [(f"{d:%m/%d}", point(v)) for d, v in daily.items()]
    for n in range(0, len(shown) - 1, 2):
        s.line((40, shown[n][0]), (200, shown[n][1], "r"), (250, shown[n + 1][0]), (410, shown[n + 1][1], "r"))
    return Made(s.done(), [*bare(pay), *bare(rows), *bare(cheques)])


@layout
def mark_apart_from_its_balance(seed: int) -> Made:
    """D or C in a column of its own, behind the rows and, well apart, behind the balances in the box."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 14)
    at = -money(rng, 2000, 9000)
    s = Sheet()
    s.line((40, "Rekeningafschrift   Periode 01-01-2025 t/m 31-01-2025   NL39 RABO 0300 0652 64"))
    for name, value in (("Beginsaldo", at), ("Eindsaldo", at + sum(a for _, a, _ in rows))):
        s.line((40, name), (300, "€ " + comma(abs(value))), (380, "C" if value > 0 else "D"))
    s.line((40, "Datum"), (110, "Omschrijving"), (470, "Bedrag EUR", "r"), (490, "D/C"))
    for d, a, t in rows:
        s.line((40, f"{d:%d-%m}"), (110, t), (470, comma(abs(a)), "r"), (490, "C" if a > 0 else "D"))
    return Made(s.done(), bare(rows))


@layout
def texts_before_days(seed: int) -> Made:
    """Payee, day, amount; some payees hold an amount; below, the payer's account and a word that is also a section's."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 12, income=0.4)
    rows = [(d, a, f"{t} 750,00 EUR" if n % 4 == 1 else t) for n, (d, a, t) in enumerate(rows)]
    at = money(rng, 100000, 200000)
    s = Sheet()
    s.line((40, "Kontoauszug Nr. 01/2025   01.01.2025 bis 31.01.2025   IBAN: DE89 1001 1001 2620 0000 00"))
    s.line((40, "Beschreibung"), (330, "Verbuchungsdatum"), (545, "Betrag", "r"))
    for d, a, t in rows:
        s.line((40, t), (330, f"{d:%d.%m.%Y}"), (545, f"{'+' if a > 0 else '-'}{comma(abs(a))}€", "r"))
        s.line((40, "Einkauf" if a < 0 else "Gutschriften"))
        if a > 0:
            s.line((40, "IBAN: DE10 1203 0000 0012 3456 78"))
        s.line((40, f"Wertstellung {d:%d.%m.%Y}"))
        s.skip(6)
    s.line((40, "Dein alter Kontostand"), (400, comma(at) + "€", "r"))
    s.line((40, "Dein neuer Kontostand"), (400, "+" + comma(at + sum(a for _, a, _ in rows)) + "€", "r"))
    return Made(s.done(), bare(rows))


def not_booked(seed: int, *, prove: bool = True) -> tuple[Made, list[tuple[date, Decimal]]]:
    """Rows under `Pending` above the table and under `Reverted` below it; and the pending ones."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 12)
    pending = [(END, -money(rng), "CAB RIDE"), (END, -money(rng), "HOTEL ARTEMIS")]
    at = money(rng, 100000, 200000)
    s = Sheet()
    names = ((40, "Date"), (140, "Description"), (400, "Money out", "r"), (470, "Money in", "r"))
    s.line((40, "EUR Statement   Generated on the Jan 31, 2025   IBAN LT12 3250 0000 0000 0001"))
    s.line((40, "Pending from January 1, 2025 to January 31, 2025"), bold=True)
    s.line(*names)
    for d, a, t in pending:
        s.line((40, f"{EN[d.month - 1]} {d.day}, {d.year}"), (140, t), (400, "€" + point(-a), "r"))
    s.skip()
    s.line((40, "Account transactions from January 1, 2025 to January 31, 2025"), bold=True)
    s.line(*names, *([(550, "Balance", "r")] if prove else []))
    for n, (d, a, t) in enumerate(rows):
        at += a
        cells = [(40, f"{EN[d.month - 1]} {d.day}, {d.year}"), (140, t), (400 if a < 0 else 470, "€" + point(abs(a)), "r")]
        s.line(*cells, *([(550, ("-" if at < 0 else "") + "€" + point(abs(at)), "r")] if prove else []))
        if a < 0 and n % 4 == 1:
            s.line((140, "Rate €1.00 = $1.08"), (400, "$" + point(-a * 2), "r"))
    s.skip()
    s.line((40, "Reverted from January 1, 2025 to January 31, 2025"), bold=True)
    s.line(*names)
    s.line((40, "Jan 9, 2025"), (140, "PIZZA DELIVERY"), (400, "€31.10", "r"))
    return Made(s.done(), bare(rows)), bare(pending)
