"""Layouts that once broke the reader."""

from __future__ import annotations

import random
from datetime import date

from .layouts import EN, ES, D, Made, Sheet, account, bare, card, comma, layout, money, point


@layout
def starred_days(seed: int) -> Made:
    """Days with a star behind, payments and charges in sections, details below."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 1, 5), date(2025, 2, 3), 14)
    s = Sheet(size=(612, 792))
    s.line((40, "Prepared for J DOE    Account Ending 1-42007"))
    s.line((40, "Closing Date 02/04/25"))
    op = money(rng, 50000, 90000)
    s.line((40, "Previous Balance"), (300, "$" + point(op), "r"))
    s.line((40, "New Balance"), (300, "$" + point(op - sum(a for _, a, _ in rows)), "r"))
    s.line((40, "Payments and Credits"), bold=True)
    for d, a, t in rows:
        if a > 0:
            s.line((40, f"{d:%m/%d/%y}*"), (110, t), (560, f"-${point(a)}", "r"))
    s.line((40, "New Charges"), bold=True)
    for d, a, t in rows:
        if a < 0:
            s.line((40, f"{d:%m/%d/%y}"), (110, t), (560, f"${point(-a)}", "r"))
            s.line((110, "SEATTLE WA"))
            s.line((110, "+18005550100"))
    return Made(s.done(), bare(rows))


@layout
def details_under_rows(seed: int) -> Made:
    """Two lines of details under each row, the currency before every amount."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 1, 5), date(2025, 2, 3), 14)
    bal = money(rng, 100000, 200000)
    s = Sheet()
    s.line((40, "Bank statement - EUR account"))
    s.line((40, "Generated on the 4 Feb 2025"))
    s.line((40, "Date"), (120, "Description"), (400, "Money out", "r"), (470, "Money in", "r"), (550, "Balance", "r"))
    for d, a, t in rows:
        bal += a
        s.line(
            (40, f"{d.day} {EN[d.month - 1]} {d.year}"),
            (120, t),
            (400 if a < 0 else 470, "€" + point(abs(a)), "r"),
            (550, "€" + point(bal), "r"),
        )
        s.line((120, f"To: {t.lower()}, London"))
        s.line((120, "Card: 5355********4242"))
    return Made(s.done(), bare(rows))


@layout
def french_signed(seed: int) -> Made:
    """A bare day.month, a sign and a blank before each amount, no headings."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 1, 5), date(2025, 1, 30), 14)
    op = money(rng, 100000, 200000)
    s = Sheet()
    s.line((40, "Relevé de compte n° 1 - Janvier 2025"))
    s.line((40, "Solde au 01/01/2025"), (540, "+ " + comma(op, group=" "), "r"))
    for d, a, t in rows:
        s.line((40, f"{d:%d.%m}"), (80, t), (540, ("- " if a < 0 else "+ ") + comma(abs(a), group=" "), "r"))
    s.line((40, "Solde au 31/01/2025"), (540, "+ " + comma(op + sum(a for _, a, _ in rows), group=" "), "r"))
    return Made(s.done(), bare(rows))


@layout
def german_eur_after(seed: int) -> Made:
    """The currency behind the amount, balances in sentences."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 1, 5), date(2025, 1, 30), 14)
    op = money(rng, 100000, 200000)
    s = Sheet()
    s.line((40, "Umsätze Girokonto   Zeitraum: 01.01.2025 - 31.01.2025"))
    s.line((40, "Kontostand zu Beginn: " + comma(op) + " EUR"))
    s.line((40, "Buchungstag"), (110, "Begünstigter / Verwendungszweck"), (540, "Betrag (EUR)", "r"))
    for d, a, t in rows:
        s.line((40, f"{d:%d.%m.%Y}"), (110, t), (540, ("-" if a < 0 else "") + comma(abs(a)) + " €", "r"))
        s.line((110, "Kreditor-ID DE98ZZZ09999999999"))
    s.line((40, "Kontostand am Ende: " + comma(op + sum(a for _, a, _ in rows)) + " EUR"))
    return Made(s.done(), bare(rows))


@layout
def sg_card_dr(seed: int) -> Made:
    """CR without a blank, one total for the card."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 1, 5), date(2025, 1, 30), 14)
    s = Sheet()
    s.line((40, "CREDIT CARD STATEMENT   STATEMENT DATE 31 JAN 2025"))
    s.line((40, "CARD NO. 4000-12XX-XXXX-4242"))
    s.line((40, "DATE"), (100, "DESCRIPTION"), (540, "AMOUNT (S$)", "r"))
    for d, a, t in rows:
        s.line((40, f"{d.day:02d} {EN[d.month - 1].upper()}"), (100, t), (540, point(abs(a)) + ("CR" if a > 0 else ""), "r"))
    net = -sum(a for _, a, _ in rows)
    s.line((100, "TOTAL FOR THIS CARD"), (540, point(abs(net)) + ("CR" if net < 0 else ""), "r"))
    return Made(s.done(), bare(rows))


@layout
def dense_refs(seed: int) -> Made:
    """Long references, a trailing minus for payments, an interest line of nothing."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 1, 5), date(2025, 1, 30), 14)
    op = money(rng, 50000, 90000)
    s = Sheet(size=(612, 792), points=8)
    s.line((40, "VISA CREDIT CARD  Statement Closing Date 01/31/2025"))
    s.line((40, f"Previous Balance ${point(op)}"))
    s.line((40, f"New Balance ${point(op - sum(a for _, a, _ in rows))}"))
    s.line((30, "Tran Date"), (75, "Post Date"), (120, "Reference Number"), (230, "Transaction Description"), (560, "Amount", "r"))
    for d, a, t in rows:
        s.line(
            (30, f"{d:%m/%d}"),
            (75, f"{d:%m/%d}"),
            (120, f"24{rng.randint(10**14, 10**15)}"),
            (230, t),
            (560, point(abs(a)) + ("-" if a > 0 else ""), "r"),
        )
    s.line((230, "Interest Charge on Purchases"), (560, "0.00", "r"))
    return Made(s.done(), bare(rows))


@layout
def id_debit_kredit(seed: int) -> Made:
    """Both columns filled, one with zero."""
    rng = random.Random(seed)
    rows = [(d, a * 1000, t) for d, a, t in account(rng, date(2025, 1, 5), date(2025, 1, 30), 14)]
    bal = D(90000000)
    s = Sheet()
    s.line((40, "Laporan Rekening Tabungan  Periode 01 Januari 2025 - 31 Januari 2025"))
    s.line((40, "Saldo Awal Rp " + comma(bal)))
    s.line((40, "Tanggal"), (110, "Uraian Transaksi"), (380, "Debet", "r"), (460, "Kredit", "r"), (560, "Saldo", "r"))
    for d, a, t in rows:
        bal += a
        s.line(
            (40, f"{d:%d/%m/%Y}"),
            (110, t),
            (380, comma(-a) if a < 0 else "0,00", "r"),
            (460, comma(a) if a > 0 else "0,00", "r"),
            (560, comma(bal), "r"),
        )
    return Made(s.done(), bare(rows))


@layout
def br_fwd_pages(seed: int) -> Made:
    """A balance brought forward on every page."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 1, 2), date(2025, 3, 30), 90)
    bal = money(rng, 100000, 200000)
    carried = [bal]

    def head(s: Sheet) -> None:
        s.line((40, "Date"), (100, "Details"), (380, "Withdrawals", "r"), (460, "Deposits", "r"), (560, "Balance", "r"))
        s.line((100, "Brought forward"), (560, point(carried[0]), "r"))

    s = Sheet(head=head)
    s.line((40, "Statement 1 January 2025 - 31 March 2025  AUD"))
    s.line((40, "Date"), (100, "Details"), (380, "Withdrawals", "r"), (460, "Deposits", "r"), (560, "Balance", "r"))
    s.line((40, "01 Jan"), (100, "Opening balance"), (560, point(bal), "r"))
    for d, a, t in rows:
        s.line((40, f"{d.day:02d} {EN[d.month - 1]}"), (100, t), (380 if a < 0 else 460, point(abs(a)), "r"), (560, point(bal + a), "r"))
        bal += a
        carried[0] = bal
    s.line((100, "Closing balance"), (560, point(bal), "r"))
    return Made(s.done(), bare(rows))


@layout
def totals_row_first(seed: int) -> Made:
    """A summary of labels above figures."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 1, 2), date(2025, 1, 30), 12)
    op = money(rng, 100000, 200000)
    o = -sum(a for _, a, _ in rows if a < 0)
    i = sum((a for _, a, _ in rows if a > 0), D(0))
    s = Sheet()
    s.line((40, "Current account statement"))
    s.line((40, "Opening balance"), (160, "Total paid in"), (280, "Total paid out"), (400, "Closing balance"))
    s.line((40, "£" + point(op)), (160, "£" + point(i)), (280, "£" + point(o)), (400, "£" + point(op + i - o)))
    s.skip()
    s.line((40, "02/01/2025 to 30/01/2025"))
    s.line((40, "Date"), (120, "Description"), (500, "Amount", "r"))
    for d, a, t in rows:
        s.line((40, f"{d:%d/%m/%Y}"), (120, t), (500, ("-" if a < 0 else "") + point(abs(a)), "r"))
    return Made(s.done(), bare(rows))


@layout
def one_row(seed: int) -> Made:
    """A single row."""
    rng = random.Random(seed)
    a = money(rng)
    s = Sheet()
    s.line((40, "Credit card statement"))
    s.line((40, "Statement date 31 January 2025"))
    s.line((40, "Date"), (120, "Description"), (500, "Amount EUR", "r"))
    s.line((40, "14 January 2025"), (120, "NETFLIX.COM"), (500, point(a), "r"))
    s.line((120, "Total"), (500, point(a), "r"))
    return Made(s.done(), [(date(2025, 1, 14), -a)])


@layout
def mx_card(seed: int) -> Made:
    """Plus for charges, minus for payments."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 1, 5), date(2025, 1, 30), 14)
    op = money(rng, 50000, 90000)
    s = Sheet()
    s.line((40, "ESTADO DE CUENTA TARJETA DE CRÉDITO"))
    s.line((40, "Fecha de corte 31-ene-2025"), (300, "Fecha límite de pago 20-feb-2025"))
    s.line((40, "Saldo anterior"), (200, "$" + point(op), "r"))
    s.line((40, "Saldo al corte"), (200, "$" + point(op - sum(a for _, a, _ in rows)), "r"))
    s.line((40, "Fecha de la operación"), (150, "Fecha de cargo"), (230, "Descripción del movimiento"), (540, "Monto", "r"))
    for d, a, t in rows:
        s.line(
            (40, f"{d.day:02d}-{ES[d.month - 1]}-{d.year}"),
            (150, f"{d.day:02d}-{ES[d.month - 1]}-{d.year}"),
            (230, t),
            (540, ("- " if a > 0 else "+ ") + "$" + point(abs(a)), "r"),
        )
    return Made(s.done(), bare(rows))


@layout
def balances_below(seed: int) -> Made:
    """The old and the new balance below the rows."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 1, 5), date(2025, 1, 30), 14)
    op = money(rng, 100000, 200000)
    s = Sheet()
    s.line((40, "Kontoauszug Nummer 001 / 2025 vom 01.01.2025 bis 31.01.2025"))
    s.line(
        (40, "Bu.Tag"), (90, "Wert"), (140, "Wir haben für Sie gebucht"), (430, "Belastung in EUR", "r"), (540, "Gutschrift in EUR", "r")
    )
    for d, a, t in rows:
        s.line((40, f"{d:%d.%m.}"), (90, f"{d:%d.%m.}"), (140, "Kartenzahlung"), (430 if a < 0 else 540, comma(abs(a)), "r"))
        s.line((140, t))
    s.line((140, "ALTER KONTOSTAND"), (540, comma(op) + " H EUR", "r"))
    s.line((140, "NEUER KONTOSTAND"), (540, comma(op + sum(a for _, a, _ in rows)) + " H EUR", "r"))
    return Made(s.done(), bare(rows))
