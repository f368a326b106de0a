"""Statements in many layouts, drawn by reportlab, with the rows a reader of the page would name.

Every maker takes a seed and returns a `Made`: the bytes, the rows as (day, amount; money out negative), and whether
the page prints something that proves them.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from . import dress

D = Decimal
MAKERS: dict[str, Callable[[int], Made]] = {}


@dataclass
class Made:
    """A statement and the truth about it."""

    data: bytes
    rows: list[tuple[date, Decimal]]
    proved: bool = True
    texts: list[str] = field(default_factory=list)
    refused: bool = False
    """Whether it is beyond the reader, which must then say so instead of reading it."""


def layout(maker: Callable[[int], Made]) -> Callable[[int], Made]:
    MAKERS[maker.__name__] = maker
    return maker


class Sheet:
    """A page to write on from the top, with as many pages as needed."""

    def __init__(
        self,
        *,
        size: tuple[float, float] = (595, 842),
        font: str = "Helvetica",
        points: float = 9,
        head: Callable[[Sheet], None] | None = None,
    ) -> None:
        self.buffer = io.BytesIO()
        self.canvas = dress.canvas(self.buffer, size)
        self.size, self.font, self.points, self.head = size, font, points, head
        self.y = size[1] - 50
        self.pages = 1
        self.canvas.setFont(font, points)

    def line(self, *cells: tuple[float, str] | tuple[float, str, str], step: float | None = None, bold: bool = False) -> None:
        """Texts at x on one line; a third value `r` aligns right at x."""
        step = step or self.points * 1.45
        if self.y < 60:
            self.canvas.showPage()
            self.pages += 1
            self.y = self.size[1] - 50
            self.canvas.setFont(self.font, self.points)
            if self.head:
                self.head(self)
        self.canvas.setFont(self.font + ("-Bold" if bold else ""), self.points)
        for cell in cells:
            draw = self.canvas.drawRightString if len(cell) == 3 else self.canvas.drawString
            draw(cell[0], self.y, cell[1])
        self.y -= step

    def skip(self, points: float = 12) -> None:
        self.y -= points

    def done(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


SHOPS = (
    "CORNER GROCER 0142",
    "BLUE KETTLE CAFE",
    "METRO TRANSIT 8843",
    "LUMEN STREAMING",
    "HARBOUR BOOKS LTD",
    "NORTHSIDE FITNESS",
    "PETROL POINT 77",
    "ORCHARD PHARMACY",
    "TALLY INSURANCE 55-1",
    "WEB*HOSTWELL 2024 PLAN",
)
INCOME = ("SALARY ACME GMBH", "REFUND HARBOUR BOOKS", "TRANSFER FROM SAVINGS")


def days(rng: random.Random, start: date, end: date, n: int) -> list[date]:
    span = (end - start).days
    return sorted(start + timedelta(days=rng.randint(0, span)) for _ in range(n))


def money(rng: random.Random, low: int = 100, high: int = 25000) -> Decimal:
    return D(rng.randint(low, high)).scaleb(-2)


def point(v: Decimal, places: int = 2) -> str:
    return f"{v:,.{places}f}"


def comma(v: Decimal, places: int = 2, group: str = ".") -> str:
    return f"{v:,.{places}f}".replace(",", "_").replace(".", ",").replace("_", group)


def indian(v: Decimal) -> str:
    whole, _, part = f"{abs(v):.2f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    groups = []
    while len(head) > 2:
        groups.insert(0, head[-2:])
        head = head[:-2]
    if head:
        groups.insert(0, head)
    return ("-" if v < 0 else "") + ",".join([*groups, tail]) + "." + part


def account(rng: random.Random, start: date, end: date, n: int, *, income: float = 0.2) -> list[tuple[date, Decimal, str]]:
    """Rows of a bank account: (day, amount, text)."""
    rows = []
    for day in days(rng, start, end, n):
        if rng.random() < income:
            rows.append((day, money(rng, 5000, 300000), rng.choice(INCOME)))
        else:
            rows.append((day, -money(rng), rng.choice(SHOPS)))
    return rows


def card(rng: random.Random, start: date, end: date, n: int) -> list[tuple[date, Decimal, str]]:
    """Rows of a card: one payment, perhaps a refund, else purchases."""
    rows = [(d, -money(rng), rng.choice(SHOPS)) for d in days(rng, start, end, n)]
    rows[n // 2] = (rows[n // 2][0], money(rng, 10000, 90000), "PAYMENT RECEIVED - THANK YOU")
    if n > 6:
        rows[-2] = (rows[-2][0], money(rng, 500, 3000), "REFUND HARBOUR BOOKS")
    return rows


def bare(rows: list[tuple[date, Decimal, str]]) -> list[tuple[date, Decimal]]:
    return [(d, a) for d, a, _ in rows]


EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
DE = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"]
FR = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
FR_FULL = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
ES = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]
NL = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
ID = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"]
ID_SHORT = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]


@layout
def uk_paid_in_out(seed: int) -> Made:
    """Paid out / paid in / balance, the balance once a day, year in the header only."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 3, 3), date(2025, 4, 2), 24)
    balance = opening = money(rng, 100000, 300000)

    def head(s: Sheet) -> None:
        s.line(
            (40, "Date"), (100, "Payment type and details"), (400, "Paid out", "r"), (470, "Paid in", "r"), (550, "Balance", "r"), bold=True
        )

    s = Sheet(head=head)
    s.line((40, "Midland Example Bank plc   Your Current Account statement"), bold=True)
    s.line((40, "3 March 2025 to 2 April 2025"))
    s.line((40, "Sort code 00-11-22   Account number 12345678"))
    s.skip()
    head(s)
    s.line((100, "BALANCE BROUGHT FORWARD"), (550, point(balance), "r"))
    last = None
    for i, (day, amount, text) in enumerate(rows):
        balance += amount
        final = i + 1 == len(rows) or rows[i + 1][0] != day
        cells: list[Any] = [(100, text)]
        if day != last:
            cells.append((40, f"{day.day:02d} {EN[day.month - 1]}"))
        cells.append((400 if amount < 0 else 470, point(abs(amount)), "r"))
        if final:
            cells.append((550, point(balance), "r"))
        s.line(*cells)
        last = day
    s.line((100, "BALANCE CARRIED FORWARD"), (550, point(balance), "r"))
    s.skip()
    s.line((40, f"Your overdraft limit is £500.00. Opening balance {point(opening)}"))
    return Made(s.done(), bare(rows), texts=[t for _, _, t in rows])


@layout
def us_card_sections(seed: int) -> Made:
    """A US card: sections with totals, payments negative, MM/DD without a year over New Year."""
    rng = random.Random(seed)
    start, end = date(2024, 12, 12), date(2025, 1, 11)
    buys = [(d, -money(rng), rng.choice(SHOPS)) for d in days(rng, start, end, 30)]
    pays = [(d, money(rng, 10000, 60000), "PAYMENT THANK YOU - WEB") for d in days(rng, start, end, 2)]
    previous = money(rng, 50000, 90000)
    paid, bought = sum(a for _, a, _ in pays), -sum(a for _, a, _ in buys)
    fee = D("39.00")
    s = Sheet(size=(612, 792))
    s.line((40, "EXAMPLE FREEDOM CREDIT CARD"), bold=True)
    s.line((40, "Opening/Closing Date  12/12/24 - 01/11/25"), (400, "Payment Due Date: 02/08/25"))
    s.line((40, "Account Number: XXXX XXXX XXXX 4242"))
    s.line((40, "ACCOUNT SUMMARY"), bold=True)
    for name, value in (("Previous Balance", previous), ("Payment, Credits", -paid), ("Purchases", bought), ("Fees Charged", fee)):
        s.line((60, name), (300, ("-" if value < 0 else "") + "$" + point(abs(value)), "r"))
    s.line((60, "New Balance"), (300, "$" + point(previous - paid + bought + fee), "r"))
    s.line((60, "Minimum Payment Due"), (300, "$35.00", "r"))
    s.line((60, "Credit Access Line"), (300, "$12,500", "r"))
    s.skip(20)
    s.line((40, "ACCOUNT ACTIVITY"), bold=True)
    s.line((40, "Date of"), step=10)
    s.line((40, "Transaction"), (120, "Merchant Name or Transaction Description"), (560, "$ Amount", "r"))
    s.line((40, "PAYMENTS AND OTHER CREDITS"), bold=True)
    for d, a, t in pays:
        s.line((40, f"{d:%m/%d}"), (120, t), (560, "-" + point(a), "r"))
    s.line((40, "PURCHASE"), bold=True)
    for d, a, t in buys:
        s.line((40, f"{d:%m/%d}"), (120, t), (560, point(-a), "r"))
    s.line((40, "FEES CHARGED"), bold=True)
    s.line((40, "01/10"), (120, "LATE FEE"), (560, point(fee), "r"))
    s.line((200, "TOTAL FEES FOR THIS PERIOD"), (560, "$" + point(fee), "r"))
    s.skip()
    s.line((40, "2025 Totals Year-to-Date"), bold=True)
    s.line((60, "Total fees charged in 2025"), (300, "$39.00", "r"))
    s.line((60, "Total interest charged in 2025"), (300, "$0.00", "r"))
    return Made(s.done(), [*bare(pays), *bare(buys), (date(2025, 1, 10), -fee)])


@layout
def german_sh(seed: int) -> Made:
    """A German account: DD.MM. twice (booking and value), S and H behind the amount, wrapped purposes."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 5, 2), date(2025, 5, 30), 18)
    balance = money(rng, 100000, 300000)

    def head(s: Sheet) -> None:
        s.line((50, "Bu-Tag"), (95, "Wert"), (140, "Vorgang"), (540, "Betrag EUR", "r"), bold=True)

    s = Sheet(head=head)
    s.line((50, "Kontoauszug Nr. 5/2025"), bold=True)
    s.line((50, "IBAN DE02 1203 0000 0000 2020 51   erstellt am 31.05.2025"))
    s.line((140, "alter Kontostand vom 30.04.2025"), (540, f"{comma(balance)} H", "r"))
    head(s)
    for day, amount, text in rows:
        value = day + timedelta(days=1)
        s.line(
            (50, f"{day:%d.%m.}"),
            (95, f"{value:%d.%m.}"),
            (140, "Basislastschrift" if amount < 0 else "Gutschrift"),
            (540, f"{comma(abs(amount))} {'S' if amount < 0 else 'H'}", "r"),
        )
        s.line((140, text))
        if rng.random() < 0.5:
            s.line((140, f"EREF: {rng.randint(10**9, 10**10)} MREF: M-{rng.randint(100, 999)}"))
        balance += amount
    s.line((140, "neuer Kontostand vom 31.05.2025"), (540, f"{comma(abs(balance))} {'H' if balance >= 0 else 'S'}", "r"))
    return Made(s.done(), bare(rows))


@layout
def german_card_minus(seed: int) -> Made:
    """A German credit card: Beleg and Buchung dates, trailing minus for charges and plus for credits, foreign sub-lines."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 8, 20), date(2025, 9, 18), 14)
    s = Sheet()
    s.line((50, "Kreditkartenabrechnung vom 19.09.2025"), bold=True)
    s.line((50, "Karte 5100 XXXX XXXX 4242"), (350, "Kreditlimit 3.000,00 EUR"))
    opening = money(rng, 20000, 40000)
    s.line((50, "Beleg"), (105, "Buchung"), (165, "Verwendungszweck"), (420, "Fremdwährung", "r"), (540, "Betrag in EUR", "r"), bold=True)
    s.line((165, "Saldo der letzten Abrechnung"), (540, comma(opening) + "-", "r"))
    for day, amount, text in rows:
        cells: list[Any] = [(50, f"{day:%d.%m.%y}"), (105, f"{day + timedelta(days=1):%d.%m.%y}"), (165, text)]
        foreign = rng.random() < 0.3 and amount < 0
        if foreign:
            cells.append((420, comma(abs(amount) * 2), "r"))
        cells.append((540, comma(abs(amount)) + ("-" if amount < 0 else "+"), "r"))
        s.line(*cells)
        if foreign:
            s.line((165, "Kurs 2,0000 vom 01.09.25"))
    closing = -opening + sum(a for _, a, _ in rows)
    s.line((165, "Neuer Saldo"), (540, comma(abs(closing)) + ("-" if closing < 0 else "+"), "r"), bold=True)
    return Made(s.done(), bare(rows))


@layout
def french_debit_credit(seed: int) -> Made:
    """A French account: Débit and Crédit columns, blanks between thousands, totals of both."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 1, 3), date(2025, 1, 30), 20)
    opening = money(rng, 100000, 300000)
    s = Sheet()
    s.line((45, "RELEVÉ DE COMPTE COURANT"), bold=True)
    s.line((45, "du 01/01/2025 au 31/01/2025"), (350, "Compte n° 00012345678"))
    s.line((45, "Date"), (90, "Valeur"), (140, "Nature de l'opération"), (460, "Débit", "r"), (550, "Crédit", "r"), bold=True)
    s.line((140, "SOLDE PRÉCÉDENT AU 31/12/2024"), (550, comma(opening, group=" "), "r"))
    for day, amount, text in rows:
        s.line((45, f"{day:%d/%m}"), (90, f"{day:%d/%m}"), (140, text), (460 if amount < 0 else 550, comma(abs(amount), group=" "), "r"))
        if rng.random() < 0.3:
            s.line((140, f"REF {rng.randint(1000, 9999)} CARTE 4242"))
    out = sum((-a for _, a, _ in rows if a < 0), D(0))
    into = sum((a for _, a, _ in rows if a > 0), D(0))
    s.line((140, "TOTAL DES OPÉRATIONS"), (460, comma(out, group=" "), "r"), (550, comma(into, group=" "), "r"))
    s.line((140, "NOUVEAU SOLDE AU 31/01/2025"), (550, comma(opening + into - out, group=" "), "r"))
    return Made(s.done(), bare(rows))


@layout
def spanish_card(seed: int) -> Made:
    """A Spanish card: dates with month names, charges positive, payments with a minus, total to pay."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 6, 1), date(2025, 6, 29), 15)
    opening = money(rng, 100000, 200000)
    s = Sheet()
    s.line((45, "EXTRACTO DE TARJETA DE CRÉDITO"), bold=True)
    s.line((45, "Periodo: 01/06/2025 al 30/06/2025   Tarjeta terminada en 4242"))
    s.line((45, "Saldo anterior"), (300, comma(opening) + " €", "r"))
    s.line((45, "Fecha"), (110, "Concepto"), (520, "Importe (€)", "r"), bold=True)
    for day, amount, text in rows:
        s.line((45, f"{day.day:02d} {ES[day.month - 1]} 2025"), (110, text), (520, ("-" if amount > 0 else "") + comma(abs(amount)), "r"))
    s.line((45, "Total a pagar"), (520, comma(opening - sum(a for _, a, _ in rows)), "r"), bold=True)
    return Made(s.done(), bare(rows))


@layout
def dutch_af_bij(seed: int) -> Made:
    """A Dutch account: a column Af/Bij, day-month-year with dashes, new balance each row, newest first."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 2, 1), date(2025, 2, 27), 16)
    balance = money(rng, 100000, 300000)
    shown = []
    for day, amount, text in rows:
        balance += amount
        shown.append((day, amount, text, balance))
    s = Sheet()
    s.line((45, "Rekeningafschrift betaalrekening NL91 ABNA 0417 1643 00"), bold=True)
    s.line((45, "Periode 01-02-2025 t/m 28-02-2025"))
    s.line((45, "Datum"), (110, "Naam / Omschrijving"), (380, "Af Bij"), (470, "Bedrag (EUR)", "r"), (550, "Saldo", "r"), bold=True)
    for day, amount, text, after in reversed(shown):
        s.line(
            (45, f"{day:%d-%m-%Y}"),
            (110, text),
            (380, "Af" if amount < 0 else "Bij"),
            (470, comma(abs(amount)), "r"),
            (550, comma(after), "r"),
        )
    return Made(s.done(), bare(rows))


@layout
def indonesian_card(seed: int) -> Made:
    """An Indonesian card: two dates without a year, rupiah without decimals, CR for credits, foreign sub-lines."""
    rng = random.Random(seed)
    start, end = date(2025, 12, 15), date(2026, 1, 13)
    rows = [(d, -D(rng.randint(15, 2500) * 1000), rng.choice(SHOPS)) for d in days(rng, start, end, 16)]
    rows[5] = (rows[5][0], D(3250000), "PEMBAYARAN - TERIMA KASIH")
    opening = D(3250000)

    def rp(v: Decimal) -> str:
        return comma(v, 0)

    s = Sheet()
    s.line((45, "LEMBAR TAGIHAN KARTU KREDIT"), bold=True)
    s.line((45, "Tanggal Cetak 14 Januari 2026"), (300, "Tanggal Jatuh Tempo 30 Januari 2026"))
    s.line((45, "Nomor Kartu 4XXX-XXXX-XXXX-4242"), (300, "Batas Kredit Rp 25.000.000"))
    s.line((45, "Tgl Transaksi"), (120, "Tgl Posting"), (190, "Keterangan"), (540, "Jumlah (Rp)", "r"), bold=True)
    s.line((190, "TAGIHAN BULAN LALU"), (540, rp(opening), "r"))
    for day, amount, text in rows:
        post = day + timedelta(days=1)
        s.line(
            (45, f"{day.day:02d} {ID_SHORT[day.month - 1]}"),
            (120, f"{post.day:02d} {ID_SHORT[post.month - 1]}"),
            (190, text),
            (540, rp(abs(amount)) + (" CR" if amount > 0 else ""), "r"),
        )
        if rng.random() < 0.25 and amount < 0:
            s.line((200, f"USD {point(abs(amount) / 16000)} KURS 16.000"))
    s.line((190, "TOTAL TAGIHAN"), (540, rp(opening - sum(a for _, a, _ in rows)), "r"), bold=True)
    s.line((190, "Pembayaran Minimum"), (540, rp(D(500000)), "r"))
    return Made(s.done(), bare(rows))


@layout
def indonesian_account(seed: int) -> Made:
    """An Indonesian account: mutasi with DB for money out, credits unmarked, DD/MM, saldo on the day's last row."""
    rng = random.Random(seed)
    rows = [(d, a * 1000, t) for d, a, t in account(rng, date(2026, 3, 1), date(2026, 3, 30), 18)]
    balance = opening = D(25000000)
    s = Sheet()
    s.line((45, "REKENING TAHAPAN"), (350, "PERIODE : MARET 2026"), bold=True)
    s.line((45, "NO. REKENING : 1234567890"), (350, "MATA UANG : IDR"))
    s.line((45, "TANGGAL"), (110, "KETERANGAN"), (430, "MUTASI", "r"), (550, "SALDO", "r"), bold=True)
    s.line((45, "01/03"), (110, "SALDO AWAL"), (550, point(balance), "r"))
    for i, (day, amount, text) in enumerate(rows):
        balance += amount
        cells: list[Any] = [(45, f"{day:%d/%m}"), (110, text), (430, point(abs(amount)), "r")]
        if amount < 0:
            cells.append((435, "DB"))
        if i + 1 == len(rows) or rows[i + 1][0] != day:
            cells.append((550, point(balance), "r"))
        s.line(*cells)
    s.skip()
    s.line((110, "SALDO AWAL :"), (300, point(opening), "r"))
    s.line((110, "SALDO AKHIR :"), (300, point(balance), "r"))
    return Made(s.done(), bare(rows))


@layout
def indian_account(seed: int) -> Made:
    """An Indian account: withdrawal and deposit columns, lakh grouping, balance with Cr, cheque numbers."""
    rng = random.Random(seed)
    rows = [(d, a * 100, t) for d, a, t in account(rng, date(2025, 7, 1), date(2025, 7, 31), 22)]
    balance = D(1234567)
    s = Sheet(points=8)
    s.line((30, "STATEMENT OF ACCOUNT   From 01/07/2025 To 31/07/2025"), bold=True)
    s.line((30, "Account No : 50100012345678   IFSC : EXMP0000123   Currency : INR"))
    s.line((30, "Opening Balance"), (300, indian(balance), "r"))
    s.line(
        (30, "Date"),
        (80, "Narration"),
        (270, "Chq./Ref.No."),
        (345, "Value Dt"),
        (430, "Withdrawal Amt.", "r"),
        (495, "Deposit Amt.", "r"),
        (570, "Closing Balance", "r"),
        bold=True,
    )
    for day, amount, text in rows:
        balance += amount
        s.line(
            (30, f"{day:%d/%m/%y}"),
            (80, "UPI-" + text),
            (270, f"{rng.randint(0, 10**9):012d}"),
            (345, f"{day:%d/%m/%y}"),
            (430 if amount < 0 else 495, indian(abs(amount)), "r"),
            (570, indian(balance), "r"),
        )
        if rng.random() < 0.4:
            s.line((80, f"-{rng.randint(10**5, 10**6)}@OKBANK"))
    return Made(s.done(), bare(rows))


@layout
def indian_card(seed: int) -> Made:
    """An Indian card: Dr and Cr behind each amount."""
    rng = random.Random(seed)
    rows = [(d, a * 50, t) for d, a, t in card(rng, date(2025, 7, 11), date(2025, 8, 9), 12)]
    opening = D("45210.50")
    s = Sheet()
    s.line((40, "Credit Card Statement"), bold=True)
    s.line((40, "Statement Date 10 Aug 2025   Card Number 4000XXXXXXXX4242"))
    s.line((40, "Previous Balance"), (300, indian(opening) + " Dr", "r"))
    s.line((40, "Total Amount Due"), (300, indian(opening - sum(a for _, a, _ in rows)) + " Dr", "r"))
    s.line((40, "Date"), (120, "Transaction Details"), (520, "Amount (Rs.)", "r"), bold=True)
    for day, amount, text in rows:
        s.line(
            (40, f"{day.day:02d}-{EN[day.month - 1]}-{day.year}"),
            (120, text),
            (520, f"{indian(abs(amount))} {'Cr' if amount > 0 else 'Dr'}", "r"),
        )
    return Made(s.done(), bare(rows))


@layout
def several_cards(seed: int) -> Made:
    """Two cards in one statement, a subtotal for each, one closing balance."""
    rng = random.Random(seed)
    one, two = card(rng, date(2025, 4, 5), date(2025, 5, 3), 10), card(rng, date(2025, 4, 5), date(2025, 5, 3), 8)
    opening = money(rng, 50000, 90000)
    s = Sheet()
    s.line((40, "EXAMPLE BANK CREDIT CARDS"), (350, "Statement date 04 May 2025"), bold=True)
    s.line((40, "Date"), (100, "Description"), (500, "Amount (SGD)", "r"), bold=True)
    s.line((100, "PREVIOUS BALANCE"), (500, point(opening), "r"))
    for number, rows in (("5500-00XX-XXXX-4242", one), ("5500-00XX-XXXX-9191", two)):
        s.line((100, f"PLATINUM CARD {number}"), bold=True)
        for day, amount, text in rows:
            s.line(
                (40, f"{day.day:02d} {EN[day.month - 1].upper()}"),
                (100, text),
                (500, f"({point(amount)})" if amount > 0 else point(-amount), "r"),
            )
        net = -sum(a for _, a, _ in rows)
        s.line((100, "SUBTOTAL"), (500, f"({point(-net)})" if net < 0 else point(net), "r"))
    closing = opening - sum(a for _, a, _ in [*one, *two])
    s.line((100, "NEW BALANCE"), (500, f"({point(-closing)})" if closing < 0 else point(closing), "r"))
    return Made(s.done(), bare([*one, *two]))


@layout
def landscape_signed(seed: int) -> Made:
    """Landscape, signed amounts with the currency, ISO dates, running balance, footer with amounts."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 9, 1), date(2025, 9, 29), 20)
    balance = money(rng, 100000, 300000)
    s = Sheet(size=(842, 595))
    s.line((40, "Account statement  2025-09-01 - 2025-09-30"), bold=True)
    s.line((40, "Completed Date"), (140, "Description"), (560, "Amount", "r"), (700, "Balance", "r"), bold=True)
    for day, amount, text in rows:
        balance += amount
        s.line(
            (40, day.isoformat()),
            (140, text),
            (560, f"{'-' if amount < 0 else '+'}€{point(abs(amount))}", "r"),
            (700, f"€{point(balance)}", "r"),
        )
    s.skip()
    s.line((40, "Deposits are protected up to €100,000.00. Refer a friend and earn €50.00!"))
    return Made(s.done(), bare(rows))


@layout
def bold_twice_and_margin(seed: int) -> Made:
    """Bold by printing twice, a turned note in the margin, an advertisement with prices beside the table."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 10, 3), date(2025, 10, 30), 12)
    s = Sheet(size=(612, 792))
    s.line((60, "CREDIT CARD STATEMENT"), (300, "Statement Period 10/01/2025 - 10/31/2025"))
    s.line((60, "Trans Date"), (130, "Description"), (420, "Amount", "r"), bold=True)
    for day, amount, text in rows:
        for shift in (0, 0.25):
            s.line(
                (60 + shift, f"{day:%m/%d/%Y}"),
                (130 + shift, text),
                (420 + shift, ("-" if amount > 0 else "") + "$" + point(abs(amount)), "r"),
                step=0.001,
            )
        s.skip(13)
    s.line(
        (130, "Total activity this period"),
        (
            420,
            "$" + point(-sum(a for _, a, _ in rows)) if sum(a for _, a, _ in rows) < 0 else "-$" + point(sum(a for _, a, _ in rows)),
            "r",
        ),
    )
    s.canvas.setFont("Helvetica", 8)
    s.canvas.drawString(460, 600, "Balance transfer offer:")
    s.canvas.drawString(460, 588, "save up to $250.00 now")
    s.canvas.saveState()
    s.canvas.translate(20, 300)
    s.canvas.rotate(90)
    s.canvas.drawString(0, 0, "FORM 0042 10/31/2025 1,234.56")
    s.canvas.restoreState()
    return Made(s.done(), bare(rows))


@layout
def amount_on_the_last_line(seed: int) -> Made:
    """The date once a day, details over several lines, amount and balance on each detail's last line."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 11, 3), date(2025, 11, 28), 14)
    balance = opening = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, "Your Statement   1 November to 30 November 2025"), bold=True)
    s.line((40, "Account Name  Sortcode 00-11-22  Account Number 12345678"))
    s.line((40, "Opening Balance"), (300, point(opening), "r"))
    s.line((40, "Date"), (100, "Payment type and details"), (400, "Paid out", "r"), (470, "Paid in", "r"), (550, "Balance", "r"), bold=True)
    last = None
    for i, (day, amount, text) in enumerate(rows):
        balance += amount
        first: list[Any] = [(100, f"VIS  {text}")]
        if day != last:
            first.append((40, f"{day.day:02d} {EN[day.month - 1]} {day:%y}"))
        s.line(*first)
        cells: list[Any] = [(100, "LONDON GB"), (400 if amount < 0 else 470, point(abs(amount)), "r")]
        if i + 1 == len(rows) or rows[i + 1][0] != day:
            cells.append((550, point(balance), "r"))
        s.line(*cells)
        last = day
    s.line((40, "Closing Balance"), (300, point(balance), "r"))
    return Made(s.done(), bare(rows))


@layout
def nothing_to_prove(seed: int) -> Made:
    """A card with plain rows, CR for a payment, and no balance or total at all."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 2, 3), date(2025, 2, 27), 9)
    s = Sheet()
    s.line((60, "Example Store Card   Credit limit 4,000.00"), bold=True)
    s.line((60, "Statement period 01 Feb 2025 to 28 Feb 2025"))
    s.line((60, "Date"), (140, "Details"), (480, "Amount", "r"), bold=True)
    for day, amount, text in rows:
        s.line((60, f"{day.day:02d} {EN[day.month - 1]}"), (140, text), (480, point(abs(amount)) + ("CR" if amount > 0 else ""), "r"))
    return Made(s.done(), bare(rows), proved=False)


@layout
def typed_text(seed: int) -> Made:
    """Plain text in Courier: blanks for columns, ragged because names differ in length."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 1, 3), date(2025, 1, 30), 10)
    balance = money(rng, 100000, 300000)
    s = Sheet(font="Courier", points=9)
    s.line((36, "EXAMPLE SAVINGS BANK   ACCOUNT STATEMENT  JANUARY 2025"))
    s.line((36, f"Opening balance GBP {point(balance)}"))
    s.line((36, "Date  Description   Amount   Balance"))
    for day, amount, text in rows:
        balance += amount
        s.line((36, f"{day.day:02d}/{day.month:02d}/2025 {text}  {'-' if amount < 0 else ''}{point(abs(amount))}  {point(balance)}"))
    return Made(s.done(), bare(rows))


@layout
def us_bank_sections(seed: int) -> Made:
    """A US account: unsigned amounts, the section says the direction, totals of the sections."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 3, 1), date(2025, 3, 30), 22, income=0.25)
    rows[0] = (rows[0][0], D("1500.00"), "DIRECT DEP PAYROLL")
    ins, outs = [r for r in rows if r[1] > 0], [r for r in rows if r[1] < 0]
    opening = money(rng, 100000, 300000)
    s = Sheet(size=(612, 792))
    s.line((40, "March 1, 2025 through March 31, 2025"), bold=True)
    s.line((40, "Checking Account Number: 000000123456789"))
    s.line((40, "CHECKING SUMMARY"), bold=True)
    for name, value in (
        ("Beginning Balance", opening),
        ("Deposits and Additions", sum(a for _, a, _ in ins)),
        ("Electronic Withdrawals", sum(a for _, a, _ in outs)),
    ):
        s.line((60, name), (300, ("-" if value < 0 else "") + "$" + point(abs(value)), "r"))
    s.line((60, "Ending Balance"), (300, "$" + point(opening + sum(a for _, a, _ in rows)), "r"))
    for name, part in (("DEPOSITS AND ADDITIONS", ins), ("ELECTRONIC WITHDRAWALS", outs)):
        s.skip()
        s.line((40, name), bold=True)
        s.line((40, "DATE"), (100, "DESCRIPTION"), (560, "AMOUNT", "r"))
        for i, (day, amount, text) in enumerate(part):
            s.line((40, f"{day:%m/%d}"), (100, text), (560, ("$" if i == 0 else "") + point(abs(amount)), "r"))
        s.line((40, "Total " + name.title()), (560, "$" + point(abs(sum(a for _, a, _ in part))), "r"))
    return Made(s.done(), bare([*ins, *outs]))


@layout
def french_card(seed: int) -> Made:
    """A French card: month names, one column, total of the purchases, nothing signed."""
    rng = random.Random(seed)
    rows = [(d, -money(rng), rng.choice(SHOPS)) for d in days(rng, date(2025, 3, 1), date(2025, 3, 30), 12)]
    s = Sheet()
    s.line((45, "RELEVÉ CARTE DE CRÉDIT  N° XXXX XXXX XXXX 4242"), bold=True)
    s.line((45, "Arrêté au 31 mars 2025"))
    s.line((45, "Date"), (120, "Libellé"), (520, "Montant EUR", "r"), bold=True)
    for day, amount, text in rows:
        s.line((45, f"{day.day} {FR_FULL[day.month - 1]}"), (120, text), (520, comma(-amount, group=" "), "r"))
    s.line((120, "Total des achats"), (520, comma(-sum(a for _, a, _ in rows), group=" "), "r"), bold=True)
    return Made(s.done(), bare(rows))


@layout
def swiss_apostrophe(seed: int) -> Made:
    """A Swiss account: apostrophes between thousands, Belastung and Gutschrift, value date last, running balance."""
    rng = random.Random(seed)
    rows = [(d, a * 10, t) for d, a, t in account(rng, date(2025, 6, 2), date(2025, 6, 29), 15)]
    balance = D("54321.00")

    def ch(v: Decimal) -> str:
        return point(v).replace(",", "'")

    s = Sheet()
    s.line((40, "Kontoauszug 01.06.2025 - 30.06.2025  CHF"), bold=True)
    s.line(
        (40, "Datum"),
        (100, "Text"),
        (350, "Belastung", "r"),
        (420, "Gutschrift", "r"),
        (480, "Valuta", "r"),
        (560, "Saldo", "r"),
        bold=True,
    )
    s.line((100, "Saldovortrag"), (560, ch(balance), "r"))
    for day, amount, text in rows:
        balance += amount
        s.line(
            (40, f"{day:%d.%m.%y}"),
            (100, text),
            (350 if amount < 0 else 420, ch(abs(amount)), "r"),
            (480, f"{day:%d.%m.%y}", "r"),
            (560, ch(balance), "r"),
        )
    s.line((100, "Schlusssaldo"), (560, ch(balance), "r"))
    return Made(s.done(), bare(rows))


@layout
def no_headings_balance(seed: int) -> Made:
    """No headings at all: date, text, amount unsigned, balance; only the balance tells the direction."""
    rng = random.Random(seed)
    rows = account(rng, date(2025, 8, 1), date(2025, 8, 29), 16)
    balance = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, "Savings account statement August 2025"), bold=True)
    s.line((100, "Opening balance"), (550, point(balance), "r"))
    for day, amount, text in rows:
        balance += amount
        s.line((40, f"{day.day} {EN[day.month - 1]} 2025"), (100, text), (450, point(abs(amount)), "r"), (550, point(balance), "r"))
    return Made(s.done(), bare(rows))


@layout
def points_and_reference(seed: int) -> Made:
    """Columns of references, points and foreign amounts between text and amount; wrapped descriptions."""
    rng = random.Random(seed)
    rows = card(rng, date(2025, 5, 12), date(2025, 6, 10), 14)
    opening = money(rng, 30000, 60000)
    s = Sheet()
    s.line((40, "Credit Card Statement"), (300, "Statement Date: 11 June 2025"), bold=True)
    s.line((40, "Previous balance"), (250, f"USD {point(opening)}", "r"))
    s.line(
        (40, "Date"),
        (100, "Ref No"),
        (170, "Description"),
        (380, "Points", "r"),
        (460, "Original Amount", "r"),
        (550, "Amount (USD)", "r"),
        bold=True,
    )
    for day, amount, text in rows:
        cells: list[Any] = [
            (40, f"{day:%d/%m/%Y}"),
            (100, f"{rng.randint(10**7, 10**8)}"),
            (170, text),
            (380, str(rng.randint(0, 250)), "r"),
            (550, ("-" if amount > 0 else "") + point(abs(amount)), "r"),
        ]
        if rng.random() < 0.4:
            cells.append((460, f"{point(abs(amount) * D('1.37'))} CAD", "r"))
        s.line(*cells)
        if rng.random() < 0.3:
            s.line((170, "SAN FRANCISCO CA"))
    s.line((40, "New balance"), (250, f"USD {point(opening - sum(a for _, a, _ in rows))}", "r"))
    return Made(s.done(), bare(rows))
