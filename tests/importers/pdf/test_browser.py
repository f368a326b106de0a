"""Pages as browsers print them: every letter placed by itself, hyphens at line ends, texts set around the row's middle."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from analyzer.importers.pdf.accounts import account_in
from analyzer.importers.pdf.page import Rect
from analyzer.importers.pdf.scattered import gathered, is_scattered

from .rawpdf import one_page
from .test_twins import read

NAMES = ("Lumen Streaming 42", "Harbour Bakery P12345", "Northside Fitness", "Amazon Mktpl*2K4XY")
Place = Callable[[float, float, str], str]


def letters(spacing: float, *, size: float = 9) -> Place:
    """A pen that places letter after letter, `spacing` points apart; blanks are only gaps."""

    def pen(x: float, y: float, text: str) -> str:
        out = []
        for c in text:
            if c != " ":
                shown = c.replace("(", r"\(").replace(")", r"\)")
                out.append(f"BT /F1 {size} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm ({shown}) Tj ET\n")
            x += stringWidth(c, "Helvetica", size) + spacing
        return "".join(out)

    return pen


def statement(pen: Place, *, rows: int = 40, pitch: float = 10.5) -> tuple[bytes, list[str]]:
    """A dense account statement with wide gaps between its columns, and the amounts on it."""
    parts = [pen(40, 760, "Account statement 01/03/2025 to 31/03/2025"), pen(40, 740, "Opening balance 2,000.00 GBP")]
    parts += [pen(x, 720, t) for x, t in ((40, "Date"), (150, "Description"), (380, "Amount"), (500, "Balance"))]
    balance, amounts = 200_000, []
    for i in range(rows):
        amount = (17 * i * i + 311) % 9_000 + 111
        amount = amount if i == 20 else -amount
        balance += amount
        amounts.append(f"{amount / 100:.2f}")
        y = 720 - pitch * (i + 1)
        cells = ((40, f"{1 + i * 30 // rows:02}/03/2025"), (150, NAMES[i % 4]), (380, amounts[-1]), (500, f"{balance / 100:,.2f}"))
        parts += [pen(x, y, t) for x, t in cells]
    return one_page("".join(parts)), amounts


@pytest.mark.parametrize("spacing", [-0.3, 0.0, 0.5, 0.9])
def test_letters_one_by_one_make_words_again(spacing: float) -> None:
    data, amounts = statement(letters(spacing))
    found = read(data)[0]
    assert [f"{t.amount:.2f}" for t in found.transactions] == amounts
    assert [t.descriptor for t in found.transactions][:4] == list(NAMES)
    assert found.reconciled is True


def _boxes(text: str, spacing: float) -> list[Rect]:
    edges = list(itertools.accumulate((stringWidth(c, "Helvetica", 10) + spacing for c in text), initial=0.0))
    return [(a, 0.0, b - spacing, 11.2) for a, b in itertools.pairwise(edges)]


@pytest.mark.parametrize("spacing", [-0.4, 0.0, 0.6, 1.2])
def test_blanks_are_told_from_spacing(spacing: float) -> None:
    text = "Harbour Bakery 12 1,234.56"
    boxes = [b for c, b in zip(text, _boxes(text, spacing), strict=True) for b in ([b] if c == " " else [b, b, b])]
    stream = "".join(c if c == " " else f"{c}\r\n" for c in text)
    words = gathered(stream.replace(" ", "\n"), boxes.__getitem__, lambda _i: False)
    assert [w.text for _, w in words] == text.split()
    assert not is_scattered(stream)
    assert is_scattered(stream * 2)


def test_a_word_with_a_hyphen_at_the_line_end_keeps_it() -> None:
    pen = letters(0.0)
    parts = [
        pen(40, 760, "Statement 01/03/2025 to 31/03/2025  GBP"),
        pen(40, 700, "Date"),
        pen(150, 700, "Description"),
        pen(450, 700, "Amount"),
    ]
    for i in range(3):
        y = 680 - 40 * i
        parts += [pen(40, y, f"0{i + 1}/03/2025"), pen(450, y, "-12.50"), f"BT /F1 9 Tf 1 0 0 1 150 {y} Tm (BAKERY SEPA-) Tj ET\n"]
        parts.append(f"BT /F1 9 Tf 1 0 0 1 150 {y - 11} Tm (Direct) Tj ET\n")
    found = read(one_page("".join(parts)))[0]
    assert [t.descriptor for t in found.transactions] == ["BAKERY SEPA- Direct"] * 3


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("IBAN DE02 1203 0000 0000 2020 51", "DE02 1203 0000 0000 2020 51"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189", "FR76 3000 6000 0112 3456 7890 189"),
        ("Card 4000 12XX XXXX 1234", "4000 12XX XXXX 1234"),
    ],
)
def test_the_middle_of_an_iban_is_no_card(text: str, number: str) -> None:
    assert account_in(text) == number


def _around(at: int, *, lines: int = 2, padding: float = 5.0) -> list[str]:
    """The texts of rows of `lines` lines of text whose date and amount stand beside line `at`; a half is between two."""
    y, pen, parts = 640.0, letters(0.0), [letters(0.0)(40, 720, "Statement 01/03/2025 to 31/03/2025  GBP")]
    parts += [pen(x, 660, t) for x, t in ((40, "Date"), (150, "Description"), (450, "Amount"))]
    for i, name in enumerate(("Lumen", "Harbour", "Northside", "Bakery", "Cinema", "Florist")):
        parts += [pen(150, y - 11 * n, f"{name} {'part' if n else 'shop'} {n}") for n in range(lines)]
        parts += [pen(40, y - 11 * at / 2, f"0{i + 1}/03/2025"), pen(450, y - 11 * at / 2, f"-{i + 1}2.50")]
        y -= 11 * lines + padding
    return [t.descriptor for t in read(one_page("".join(parts)))[0].transactions]


@pytest.mark.parametrize(("lines", "at"), [(2, 0), (2, 2), (3, 0), (3, 2), (3, 4), (2, 1), (4, 3)])
def test_texts_above_a_row_are_its_own(lines: int, at: int) -> None:
    found = _around(at, lines=lines)
    for name, text in zip(("Lumen", "Harbour", "Northside", "Bakery", "Cinema", "Florist"), found, strict=True):
        assert text == " ".join(f"{name} {'part' if n else 'shop'} {n}" for n in range(lines))


def test_a_note_under_a_row_of_the_same_day_stays_with_it() -> None:
    pen, y, total = letters(0.0), 700.0, 0
    parts = [pen(40, 760, "Opening balance"), pen(480, 760, "£900.00")]
    for day in range(4, 9):
        parts.append(pen(40, y, f"{day} January 2025"))
        y -= 18
        for n, name in enumerate(("Bakery 12/24", "Cinema", "Florist")):
            amount = 100 * day + n
            total += amount
            parts += [pen(40, y, name), pen(480, y, f"-£{amount / 100:.2f}"), pen(40, y - 11, "Card payment")]
            y -= 28
    parts += [pen(40, y - 20, "Closing balance"), pen(480, y - 20, f"£{(90_000 - total) / 100:.2f}")]
    found = read(one_page("".join(parts)))[0]
    assert [t.descriptor for t in found.transactions] == ["Bakery 12/24 Card payment", "Cinema Card payment", "Florist"] * 5
    assert found.reconciled is True


def test_a_column_with_an_unknown_heading_is_no_foreign_one() -> None:
    pen, balance = letters(0.0), 90_000
    parts = [pen(40, 760, "Statement 01/03/2025 to 31/03/2025  GBP"), pen(150, 690, "Opening balance"), pen(520, 690, "900.00")]
    parts += [pen(x, 710, t) for x, t in ((40, "Date"), (150, "Details"), (300, "Whither"), (400, "Paid in"), (520, "Balance"))]
    for i in range(6):
        y = 670 - 36 * i
        balance -= 2_575 + i
        parts += [pen(40, y, f"0{i + 1}/03/2025"), pen(150, y, "Bakery"), pen(300, y, f"12.{50 + i}")]
        parts += [
            pen(150, y - 15, f"Florist 11/2{i}" if i % 2 else "Cinema"),
            pen(300, y - 15, "13.25"),
            pen(520, y - 15, f"{balance / 100:.2f}"),
        ]
    parts += [pen(40, 440, "07/03/2025"), pen(150, 440, "Salary"), pen(400, 440, "10.00"), pen(520, 440, f"{balance / 100 + 10:.2f}")]
    found = read(one_page("".join(parts)))[0]
    assert [t.descriptor for t in found.transactions] == [
        *(text for i in range(6) for text in ("Bakery", f"Florist 11/2{i}" if i % 2 else "Cinema")),
        "Salary",
    ]
    assert found.reconciled is True
