"""A card statement as a PDF of text, laid out as banks do: summary, table, totals, further pages.

Streams are not compressed and reportlab runs with `invariant`, so that the same story gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas

from maker.cards import Card, Period, Row
from maker.text_formats import ENGLISH, number

INDONESIAN = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")
LINE = 13.0
MARGIN = 48.0


@dataclass(frozen=True)
class Column:
    """A column of the table: its heading and where it stands; numbers hang on their right edge."""

    heading: str
    x: float
    right: bool = False


class Sheet:
    """Pages of one statement: writes lines downwards, and begins a new page with the table's head where one is full."""

    def __init__(self, title: str, page: tuple[float, float], columns: Sequence[Column], footer: str) -> None:
        self.data = io.BytesIO()
        self.canvas = Canvas(self.data, pagesize=page, pageCompression=0, invariant=1)
        self.canvas.setTitle(title)
        self.canvas.setAuthor("synthetic sample")
        self.width, self.height = page
        self.columns, self.footer = columns, footer
        self.number = 1
        self.y = self.height - MARGIN

    def text(self, x: float, text: str, *, size: float = 9, bold: bool = False, right: bool = False) -> None:
        """One piece of text on the current line."""
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        (self.canvas.drawRightString if right else self.canvas.drawString)(x, self.y, text)

    def down(self, lines: float = 1) -> None:
        """Go on `lines` further down."""
        self.y -= lines * LINE

    def head(self) -> None:
        """The table's column headings and a rule."""
        for column in self.columns:
            self.text(column.x, column.heading, bold=True, right=column.right)
        self.canvas.line(MARGIN, self.y - 3.5, self.width - MARGIN, self.y - 3.5)
        self.down(1.4)

    def row(self, *cells: str, bold: bool = False) -> None:
        """One row of the table; a full page is turned first."""
        if self.y < MARGIN + 3 * LINE:
            self.turn()
        for column, cell in zip(self.columns, cells, strict=True):
            if cell:
                self.text(column.x, cell, right=column.right, bold=bold)
        self.down()

    def turn(self) -> None:
        """End the page and begin the next."""
        self._foot()
        self.canvas.showPage()
        self.number += 1
        self.y = self.height - MARGIN
        self.head()

    def _foot(self) -> None:
        self.y = MARGIN
        self.text(MARGIN, self.footer.format(page=self.number), size=7)

    def bytes(self) -> bytes:
        """The finished file."""
        self._foot()
        self.canvas.showPage()
        self.canvas.save()
        return self.data.getvalue()


def _letterhead(sheet: Sheet, card: Card, title: str, facts: Sequence[tuple[str, str]]) -> None:
    sheet.text(MARGIN, card.bank, size=15, bold=True)
    sheet.down(1.6)
    sheet.text(MARGIN, title, size=11, bold=True)
    sheet.down(2)
    right = sheet.width - MARGIN
    for index in range(max(len(card.holder), len(facts))):
        if index < len(card.holder):
            sheet.text(MARGIN, card.holder[index])
        if index < len(facts):
            sheet.text(right - 190, facts[index][0])
            sheet.text(right, facts[index][1], right=True)
        sheet.down()
    sheet.down(1.2)


def _grouped(number_shown: str) -> str:
    return " ".join(number_shown[i : i + 4] for i in range(0, len(number_shown), 4))


def _purchases(rows: Sequence[Row]) -> int:
    return -sum(r.minor for r in rows if r.minor < 0)


def _credits(rows: Sequence[Row]) -> int:
    return sum(r.minor for r in rows if r.minor > 0)


def indonesian(card: Card, period: Period) -> bytes:
    """A4, month names, decimal comma, CR behind credits, balances before and after the rows."""
    columns = [Column("Tanggal", MARGIN), Column("Keterangan", 136), Column("Jumlah (Rp)", A4[0] - MARGIN - 20, True)]
    sheet = Sheet(f"Lembar Tagihan {period.label}", A4, columns, f"{card.bank} - Halaman {{page}}")

    def day(d: object) -> str:
        return f"{d.day:02} {INDONESIAN[d.month - 1]} {d.year}"  # type: ignore[attr-defined]

    def amount(minor: int, *, owed: bool = False) -> str:
        """Charges plain, credits with CR; balances likewise: what is owed is plain."""
        text = number(abs(minor), 2, point=",", group=".")
        return f"{text} CR" if minor > 0 else text

    facts = [
        ("Nomor Kartu", _grouped(card.number)),
        ("Tanggal Cetak", day(period.end)),
        ("Periode", f"{day(period.start)} - {day(period.end)}"),
        ("Total Tagihan", f"Rp {amount(period.closing)}"),
    ]
    _letterhead(sheet, card, "LEMBAR TAGIHAN KARTU KREDIT", facts)
    sheet.head()
    right = columns[2].x

    def line(label: str, minor: int) -> None:
        text = number(abs(minor), 2, point=",", group=".")
        sheet.row("", label, text, bold=True)
        if minor > 0:
            sheet.y += LINE
            sheet.text(right + 4, "CR", bold=True)
            sheet.down()

    line("SALDO AWAL", period.opening)
    for row in period.rows:
        sheet.row(day(row.posted), row.descriptor, number(abs(row.minor), 2, point=",", group="."))
        if row.minor > 0:
            sheet.y += LINE
            sheet.text(right + 4, "CR")
            sheet.down()
    line("SALDO AKHIR", period.closing)
    sheet.down(0.5)
    line("TOTAL PEMBELANJAAN", -_purchases(period.rows))
    line("TOTAL PEMBAYARAN DAN KREDIT", _credits(period.rows))
    return sheet.bytes()


def american(card: Card, period: Period) -> bytes:
    """Letter, month and day without a year, sections for payments and purchases with their totals."""
    columns = [Column("Post Date", MARGIN), Column("Description", 120), Column("Amount", LETTER[0] - MARGIN, True)]
    sheet = Sheet(f"Statement {period.label}", LETTER, columns, f"{card.bank}   Page {{page}}")

    def dollars(minor: int) -> str:
        return number(minor, 2, group=",")

    def long(d: object) -> str:
        return f"{d.month:02}/{d.day:02}/{d.year}"  # type: ignore[attr-defined]

    debits = [r for r in period.rows if r.minor < 0]
    credit = [r for r in period.rows if r.minor > 0]
    facts = [
        ("Account number ending in", card.number[-4:]),
        ("Statement period", f"{long(period.start)} - {long(period.end)}"),
        ("Previous balance", "$" + dollars(-period.opening)),
        ("Payments and credits", "-$" + dollars(_credits(credit))),
        ("Purchases", "+$" + dollars(_purchases(debits))),
        ("New balance", "$" + dollars(-period.closing)),
    ]
    _letterhead(sheet, card, "CREDIT CARD STATEMENT", facts)
    sheet.head()
    for title, rows, total in (("PAYMENTS AND OTHER CREDITS", credit, -_credits(credit)), ("PURCHASES", debits, _purchases(debits))):
        if not rows:
            continue
        sheet.row(title, "", "", bold=True)
        for row in rows:
            sheet.row(f"{row.posted:%m/%d}", row.descriptor, dollars(-row.minor))
        sheet.row("", f"TOTAL {title}", "$" + dollars(total) if total >= 0 else "-$" + dollars(-total), bold=True)
        sheet.down(0.5)
    return sheet.bytes()


def british(card: Card, period: Period) -> bytes:
    """A4, month names, money out and money in apart, the balance after every row."""
    columns = [
        Column("Date", MARGIN),
        Column("Description", 120),
        Column("Money out", 380, True),
        Column("Money in", 460, True),
        Column("Balance", A4[0] - MARGIN, True),
    ]
    sheet = Sheet(f"Statement {period.label}", A4, columns, f"{card.bank}. Page {{page}}")

    def day(d: object) -> str:
        return f"{d.day:02} {ENGLISH[d.month - 1]} {d.year}"  # type: ignore[attr-defined]

    def pounds(minor: int) -> str:
        return number(minor, 2, group=",")

    facts = [
        ("Card number", _grouped(card.number)),
        ("Statement date", day(period.end)),
        ("Opening balance", "£" + pounds(-period.opening)),
        ("Closing balance", "£" + pounds(-period.closing)),
    ]
    _letterhead(sheet, card, "Your credit card statement", facts)
    sheet.head()
    balance = period.opening
    sheet.row(day(period.start), "BALANCE BROUGHT FORWARD", "", "", pounds(-balance), bold=True)
    for row in period.rows:
        balance += row.minor
        out, into = (pounds(-row.minor), "") if row.minor < 0 else ("", pounds(row.minor))
        sheet.row(day(row.posted), row.descriptor, out, into, pounds(-balance))
    sheet.row(day(period.end), "BALANCE CARRIED FORWARD", "", "", pounds(-balance), bold=True)
    return sheet.bytes()
