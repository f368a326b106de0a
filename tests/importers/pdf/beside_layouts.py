"""What stands beside and between the rows: balances on lines of their own, dates in details, boxes with columns of their own."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import groupby

from .layouts import EN, Made, Sheet, account, bare, card, comma, layout, money, point

JAN, END = date(2025, 1, 3), date(2025, 1, 30)
Row = tuple[date, Decimal, str]


def days_with_balances(seed: int, name: str) -> Made:
    """Each day ends with its balance on a line that `name` begins; rows print none."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 16)
    at = money(rng, 100000, 200000)
    s = Sheet()
    s.line((40, "Account 1234567  Statement 01/01/2025 to 31/01/2025  GBP"))
    s.line((40, "Opening balance"), (250, point(at), "r"))
    s.line((40, "Date"), (120, "Transaction"), (380, "In", "r"), (450, "Out", "r"), (550, "Balance", "r"))
    for day, group in groupby(rows, key=lambda row: row[0]):
        for _, a, t in group:
            at += a
            s.line((40, f"{day:%d/%m/%Y}"), (120, t), (380 if a > 0 else 450, point(abs(a)), "r"))
        s.line((40, f"{day:%d/%m/%Y}"), (120, name), (550, point(at), "r"))
    return Made(s.done(), bare(rows))


@layout
def end_of_day_balances(seed: int) -> Made:
    return days_with_balances(seed, "END OF DAY BALANCE")


@layout
def balances_by_another_name(seed: int) -> Made:
    return days_with_balances(seed, "STAND OF THE EVENING")


@layout
def references_above_amounts(seed: int) -> Made:
    """The amount stands on a row's second line, behind a reference that names another day and begins where no date does."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 14)
    at = money(rng, 100000, 200000)
    s = Sheet()
    s.line((40, "Account 1234567  Statement 01/01/2025 to 31/01/2025"))
    s.line((40, "Date"), (150, "Payment type and details"), (400, "Paid out", "r"), (470, "Paid in", "r"), (550, "Balance", "r"))
    s.line((40, "02 Jan 25"), (150, "BALANCE BROUGHT FORWARD"), (550, point(at), "r"))
    last = None
    for n, (d, a, t) in enumerate(rows):
        at += a
        ends = n + 1 == len(rows) or rows[n + 1][0] != d
        s.line((40, f"{d:%d} {EN[d.month - 1]} {d:%y}" if d != last else ""), (105, "VIS"), (150, t))
        balance = point(abs(at)) + (" D" if at < 0 else "") if ends else ""
        s.line((150, "REF 24/11"), (400 if a < 0 else 470, point(abs(a)), "r"), (550, balance, "r"))
        last = d
    return Made(s.done(), bare(rows))


@layout
def box_above_with_its_own_columns(seed: int) -> Made:
    """A box above the table has columns of its own; one of them ends where the table's last column ends."""
    rng = random.Random(seed)
    rows = [*account(rng, JAN, END, 14, income=0.1), (END, Decimal("812.40"), "SALARY ACME GMBH")]
    at = money(rng, 100000, 200000)
    s = Sheet()
    out, into = -sum(a for _, a, _ in rows if a < 0), sum(a for _, a, _ in rows if a > 0)
    end = at + into - out
    s.line((40, "Rekening"), (150, "Datum afschrift"), (420, "Vorig saldo", "r"), (550, "Nieuw saldo", "r"))
    s.line(
        (40, "NL20 ABNA 0123 4567 89"),
        (150, "31-01-2025"),
        (420, comma(at) + " CR", "r"),
        (550, comma(abs(end)) + (" CR" if end >= 0 else " DR"), "r"),
    )
    s.skip()
    s.line((40, "Boekdatum"), (120, "Omschrijving"), (440, "Bedrag af (debet)", "r"), (550, "Bedrag bij (credit)", "r"))
    for d, a, t in rows:
        s.line((40, f"{d:%d-%m}"), (120, t), (440 if a < 0 else 550, comma(abs(a)), "r"))
    s.skip()
    s.line((40, "Totaal"), (440, comma(out), "r"), (550, comma(into), "r"))
    return Made(s.done(), bare(rows))


@layout
def cheques_close_together(seed: int) -> Made:
    """Cheques side by side, hardly a blank between the two tables; then balances of days in three columns."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 12)
    cheques = [(date(2025, 1, 5 + 3 * n), -money(rng, 2000, 9000), f"{1204 + n}") for n in range(3)]
    at = money(rng, 100000, 200000)
    s = Sheet(size=(612, 792))
    s.line((40, "January 1, 2025 to January 31, 2025"))
    s.line((40, "Beginning balance"), (360, "$" + point(at), "r"))
    s.line((40, "Ending balance"), (360, "$" + point(at + sum(a for _, a, _ in [*rows, *cheques])), "r"))
    for title, side in (("Deposits and other additions", 1), ("Withdrawals and other subtractions", -1)):
        s.skip()
        s.line((40, title), bold=True)
        s.line((40, "Date"), (120, "Description"), (570, "Amount", "r"))
        some = [r for r in rows if (r[1] > 0) == (side > 0)]
        for d, a, t in some:
            s.line((40, f"{d:%m/%d/%y}"), (120, t), (570, point(a), "r"))
        s.line((40, f"Total {title.lower()}"), (570, "$" + point(sum(a for _, a, _ in some)), "r"))
    s.skip()
    s.line((40, "Checks"), bold=True)
    s.line((40, "Date"), (117, "Check #"), (282, "Amount", "r"), (288, "Date"), (384, "Check #"), (570, "Amount", "r"))
    (a, b, c) = [(f"{d:%m/%d/%y}", t, point(v)) for d, v, t in cheques]
    s.line((40, a[0]), (117, a[1]), (282, a[2], "r"), (288, b[0]), (384, b[1]), (570, b[2], "r"))
    s.line((40, c[0]), (117, c[1] + "*"), (282, c[2], "r"))
    s.skip(6)
    s.line((40, "Total checks"), (570, "-$" + point(-sum(v for _, v, _ in cheques)), "r"))
    s.skip()
    s.line((40, "Daily ledger balances"), bold=True)
    s.line(*(cell for x in (40, 220, 400) for cell in ((x, "Date"), (x + 170, "Balance ($)", "r"))))
    shown = {}
    for d, v, _ in sorted([*rows, *cheques], key=lambda row: row[0]):
        at += v
        shown[d] = at
    told = [(f"{d:%m/%d}", point(v)) for d, v in shown.items()]
    for n in range(0, len(told), 3):
        s.line(*(cell for x, (d, v) in zip((40, 220, 400), told[n : n + 3], strict=False) for cell in ((x, d), (x + 170, v, "r"))))
    return Made(s.done(), bare([*rows, *cheques]))


@layout
def summary_right_below(seed: int) -> Made:
    """The summary follows the rows without a gap and says whose balance it is."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 12)
    at = money(rng, 100000, 200000)
    out, into = sum(a for _, a, _ in rows if a < 0), sum(a for _, a, _ in rows if a > 0)
    told: Callable[[Decimal], str] = lambda v: ("+" if v > 0 else "-") + comma(abs(v)) + "€"  # noqa: E731
    s = Sheet()
    s.line((40, "Kontoauszug 01.01.2025 bis 31.01.2025"))
    s.line((40, "Beschreibung"), (350, "Verbuchungsdatum"), (550, "Betrag", "r"))
    for d, a, t in rows:
        s.line((40, t), (350, f"{d:%d.%m.%Y}"), (550, told(a), "r"))
        s.line((40, f"Wertstellung {d:%d.%m.%Y}"))
    s.line((40, "Zusammenfassung"), bold=True)
    s.line((40, "Dein alter Kontostand"), (550, told(at), "r"))
    s.line((40, "Ausgehende Transaktionen"), (550, told(out), "r"))
    s.line((40, "Eingehende Transaktionen"), (550, told(into), "r"))
    s.line((40, "Dein neuer Kontostand"), (550, told(at + out + into), "r"))
    return Made(s.done(), bare(rows))


@layout
def italian_columns(seed: int) -> Made:
    """Two columns of money under Italian headings; each text names a foreign amount."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 14)
    at = money(rng, 100000, 200000)
    s = Sheet()
    s.line((40, "Estratto conto al 31 gennaio 2025  EUR"))
    s.line((40, "Data operazione"), (120, "Data valuta"), (190, "Descrizione"), (470, "Addebiti", "r"), (550, "Accrediti", "r"))
    s.line((190, "SALDO INIZIALE"), (550, comma(at), "r"))
    for d, a, t in rows:
        cell = (470 if a < 0 else 550, comma(abs(a)), "r")
        s.line((40, f"{d:%d.%m.%Y}"), (120, f"{d:%d.%m.%Y}"), (190, f"{t} IMPORTO 12,50 USD"), cell)
    at += sum(a for _, a, _ in rows)
    s.line((190, "SALDO FINALE"), (550 if at >= 0 else 470, comma(abs(at)), "r"))
    return Made(s.done(), bare(rows))


@layout
def due_date_left_of_a_box(seed: int) -> Made:
    """`Payment Due Date` and the day under it on the left; the lines of a box on the right stand between the two."""
    rng = random.Random(seed)
    rows = card(rng, JAN, END, 14)
    before = money(rng, 100000, 200000)
    spent, paid = -sum(a for _, a, _ in rows if a < 0), sum(a for _, a, _ in rows if a > 0)
    box = (
        ("Previous Balance", "$" + point(before)),
        ("Payment, Credits", "-$" + point(paid)),
        ("Purchases", "+$" + point(spent)),
        ("Fees Charged", "+$0.00"),
        ("New Balance", "$" + point(before - paid + spent)),
        ("Opening/Closing Date", "01/01/25 - 01/31/25"),
    )
    left = ("New Balance", "$" + point(before - paid + spent), "", "Payment Due Date", "02/25/25")
    s = Sheet(size=(612, 792))
    top = s.y
    for n, (name, value) in enumerate(box):
        s.y = top - 11 * n
        s.line((330, name), (570, value, "r"))
    for n, text in enumerate(left):
        s.y = top - 6 - 10 * n
        s.line((40, text))
    s.y = top - 100
    s.line((40, "Date of"), (110, "Merchant Name or Transaction Description"), (570, "$ Amount", "r"))
    s.line((40, "Transaction"))
    s.line((40, "PAYMENTS AND OTHER CREDITS"), bold=True)
    for part in (1, -1):
        for d, a, t in [r for r in rows if r[1] * part > 0]:
            s.line((40, f"{d:%m/%d}"), (110, t), (570, point(-a), "r"))
        if part > 0:
            s.line((40, "PURCHASE"), bold=True)
    return Made(s.done(), bare([r for part in (1, -1) for r in rows if r[1] * part > 0]))


@layout
def rest_of_the_day_below(seed: int) -> Made:
    """The year stands below the day, beside the name of the payee; dots lead from there to the amount."""
    rng = random.Random(seed)
    rows = account(rng, JAN, END, 14)
    rows[3] = (rows[3][0], rows[3][1], "FILIALE 22.12 NORD")
    at = money(rng, 100000, 200000)
    s = Sheet()
    s.line((40, "Kontoauszug vom 01.01.2025 bis 31.01.2025  EUR"))
    s.line((40, "Alter Saldo per 31.12.2024"), (550, comma(at), "r"))
    s.line((40, "Buchung"), (100, "Valuta"), (160, "Vorgang"), (470, "Soll", "r"), (550, "Haben", "r"))
    for n, (d, a, t) in enumerate(rows):
        cell = (470 if a < 0 else 550, ("- " if a < 0 else "+ ") + comma(abs(a)), "r")
        s.line((40, f"{d:%d.%m.}"), (100, f"{d:%d.%m.}"), (160, "Lastschrift " + "." * 20 if n % 2 else "Lastschrift"), cell, step=11)
        s.line((40, f"{d.year}"), (100, f"{d.year}"), (160, t), step=16)
    s.line((40, "Neuer Saldo per 31.01.2025"), (550, comma(at + sum(a for _, a, _ in rows)), "r"))
    return Made(s.done(), bare(rows), texts=[f"Lastschrift {t}" for _, _, t in rows])


@layout
def swiss_card_with_foreign_amounts(seed: int) -> Made:
    """A few rows print a foreign amount with its code in a column of its own; the headings name the card's currency."""
    rng = random.Random(seed)
    rows = card(rng, JAN, END, 14)
    before = money(rng, 100000, 200000)
    s = Sheet()
    s.line((40, "Monatsrechnung Visa vom 31.01.2025"))
    s.line((40, "Datum"), (120, "Beschreibung"), (390, "Betrag", "r"), (470, "Belastung CHF", "r"), (550, "Gutschrift CHF", "r"))
    s.line((120, "Saldo letzte Rechnung"), (470, point(before), "r"))
    for n, (d, a, t) in enumerate(rows):
        abroad = (390, f"USD {point(-a * 2)}", "r") if n % 5 == 2 and a < 0 else (390, "", "r")
        s.line((40, f"{d:%d.%m.%Y}"), (120, t), abroad, (470 if a < 0 else 550, point(abs(a)), "r"))
    s.line((120, "Neuer Saldo"), (470, point(before - sum(a for _, a, _ in rows)), "r"))
    return Made(s.done(), bare(rows))
