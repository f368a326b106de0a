"""Exhibits: only the disputed lines survive, as pixels and as text; the file must still be the one that was read."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from analyzer.disputes import details, dossier, exhibits, numbers
from analyzer.disputes.raster import BAR, BLACK, WHITE
from analyzer.importers.base import Options
from analyzer.importers.reading import read_file
from analyzer.limits import Limits
from disputes.cards import DAY, FEE, SECRET_SHOPS, charge_finding, check_digit, pdf_statement, statement

ROWS = [
    (date(2026, 6, 2), -12_34, SECRET_SHOPS[0]),
    (date(2026, 6, 4), -39_99, FEE),
    (date(2026, 6, 9), -56_78, SECRET_SHOPS[1]),
]
DPI = 120


def gathered(found):
    return dossier.gather(charge_finding([found]), [found], as_of=DAY, details=details.Details())


def picture(exhibit: exhibits.Exhibit) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(exhibit.picture)).convert("L"))


def region(pixels: np.ndarray, box, grow: float = 0) -> np.ndarray:
    scale = DPI / 72
    return pixels[round((box.top - grow) * scale) : round((box.bottom + grow) * scale), round(box.x0 * scale) : round(box.x1 * scale)]


def test_all_lines_but_the_disputed_one_are_uniform(tmp_path: Path) -> None:
    found = pdf_statement(tmp_path, ROWS, number="4000 1234 1234 1235", balance=100_000)
    shown, notes = exhibits.make(gathered(found), "masked", dpi=DPI)
    assert notes == []
    assert len(shown) == 1
    pixels = picture(shown[0])
    for boxes, disputed in zip(found.boxes, (False, True, False), strict=True):
        values = set(np.unique(region(pixels, boxes[0])).tolist())
        assert (values <= {BAR, WHITE, BLACK}) == (not disputed)
    # The head of the page: number and balance are bars, the column headings can be read.
    assert set(np.unique(pixels[: round(95 * DPI / 72)][round(50 * DPI / 72) :]).tolist()) <= {BAR, WHITE}
    assert len(np.unique(pixels[round(95 * DPI / 72) : round(104 * DPI / 72)])) > 10


def test_bars_do_not_tell_how_long_a_text_was(tmp_path: Path) -> None:
    short = pdf_statement(tmp_path, [(d, m, "A B" if t != FEE else t) for d, m, t in ROWS], "short.pdf")
    long = pdf_statement(tmp_path, [(d, m, "LONG NAME OF A SHOP HERE" if t != FEE else t) for d, m, t in ROWS], "long.pdf")
    one, two = (picture(exhibits.make(gathered(s), "masked", dpi=DPI)[0][0]) for s in (short, long))
    assert np.array_equal(one, two)


def test_the_running_balance_in_the_line_is_covered(tmp_path: Path) -> None:
    one = pdf_statement(tmp_path, ROWS, "one.pdf", balance=100_000)
    two = pdf_statement(tmp_path, ROWS, "two.pdf", balance=777_777)
    boxes = one.boxes[1][0]
    right = [picture(exhibits.make(gathered(s), "masked", dpi=DPI)[0][0])[:, round(480 * DPI / 72) :] for s in (one, two)]
    row = slice(round(boxes.top * DPI / 72), round(boxes.bottom * DPI / 72))
    assert set(np.unique(right[0][row])[1:-1].tolist()) <= {BAR}
    assert np.array_equal(right[0], right[1])


def test_full_shows_the_page_but_no_full_number(tmp_path: Path) -> None:
    number = check_digit("400000123456789")
    spaced = " ".join(number[i : i + 4] for i in range(0, 16, 4))
    other = check_digit("400000987654321")
    plain = pdf_statement(tmp_path, ROWS, "a.pdf", number=spaced)
    changed = pdf_statement(tmp_path, ROWS, "b.pdf", number=" ".join(other[i : i + 4] for i in range(0, 16, 4)))
    one, two = (exhibits.make(gathered(s), "full", dpi=DPI)[0][0] for s in (plain, changed))
    assert one.full
    assert np.array_equal(picture(one), picture(two))
    assert len(np.unique(region(picture(one), plain.boxes[0][0]))) > 10


def test_a_box_that_does_not_hold_the_row_is_not_shown(tmp_path: Path) -> None:
    from dataclasses import replace

    found = pdf_statement(tmp_path, ROWS)
    wrong = replace(found, boxes=(found.boxes[1], found.boxes[0], found.boxes[2]))
    shown, notes = exhibits.make(gathered(wrong), "masked", dpi=DPI)
    assert not any(e.picture for e in shown)
    assert any("not found in its place" in n for n in notes)
    assert FEE in shown[0].rows[0]


@pytest.mark.parametrize("change", ["gone", "changed", "folder"])
def test_a_file_that_is_not_what_was_read_is_not_shown(tmp_path: Path, change: str) -> None:
    found = pdf_statement(tmp_path, ROWS)
    path = Path(found.source)
    if change == "changed":
        path.write_bytes(path.read_bytes() + b"\n% more")
    else:
        path.unlink()
        if change == "folder":
            path.mkdir()
    shown, notes = exhibits.make(gathered(found), "masked", dpi=DPI)
    assert len(notes) == 1
    assert "as they were read" in notes[0]
    assert not shown[0].picture


def test_a_hostile_page_costs_its_exhibit_and_nothing_else(tmp_path: Path) -> None:
    found = pdf_statement(tmp_path, ROWS)
    shown, notes = exhibits.make(gathered(found), "masked", dpi=DPI, limits=Limits(pdf_memory_mib=8))
    assert not shown[0].picture
    assert any("no picture could be made" in n for n in notes)


def test_none_makes_nothing(tmp_path: Path) -> None:
    assert exhibits.make(gathered(pdf_statement(tmp_path, ROWS)), "none") == ([], [])


CARD = "Date,Description,Amount,Balance,Card\n"


def test_a_csv_row_stands_as_printed_without_other_cells(tmp_path: Path) -> None:
    number = check_digit("400000123456789")
    text = CARD + f"2026-06-02,{SECRET_SHOPS[0]},-12.34,987.66,{number}\n2026-06-04,{FEE},-39.99,947.67,{number}\n"
    path = tmp_path / "card.csv"
    path.write_text(text)
    made = statement([ROWS[0], ROWS[1]], str(path), data=text.encode(), form="csv")
    made.frame["line"] = [2, 3]
    for mode in ("masked", "full"):
        rows = exhibits.make(gathered(made), mode)[0][0].rows  # type: ignore[arg-type]
        assert rows[0].split(maxsplit=1) == ["1", "Date,Description,Amount,Balance,Card"]
        assert rows[1].startswith(f"     3  2026-06-04,{FEE},-39.99,")
        assert ("947.67" in rows[1]) == (mode == "full")
        assert number not in str(rows)
        assert SECRET_SHOPS[0] not in str(rows)


@pytest.mark.parametrize("spread", [True, False])
def test_an_ofx_row_stands_as_printed_with_its_line(tmp_path: Path, spread: bool) -> None:
    number = "00123456789"
    glue = "\n" if spread else ""
    rows = [
        [
            "<STMTTRN>",
            "<TRNTYPE>DEBIT",
            f"<DTPOSTED>{d:%Y%m%d}120000",
            f"<TRNAMT>{m / 100}",
            f"<FITID>{number}-{i}",
            f"<NAME>{t}",
            "</STMTTRN>",
        ]
        for i, (d, m, t) in enumerate(ROWS)
    ]
    text = f"OFXHEADER:100\n\n<OFX><ACCTID>{number}\n" + glue.join(glue.join(r) for r in rows) + "\n</OFX>\n"
    path = tmp_path / "card.ofx"
    path.write_text(text)
    made = statement(ROWS, str(path), data=text.encode())
    made.frame["line"] = [4, 11, 18] if spread else [4, 4, 4]
    shown = exhibits.make(gathered(made), "masked")[0][0].rows
    joined = "\n".join(shown)
    assert f"<NAME>{FEE}" in joined
    assert "<TRNAMT>-39.99" in joined
    assert number not in joined
    assert not any(s in joined for s in SECRET_SHOPS)
    assert shown[0].split()[0] == ("11" if spread else "4")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("acct 123456789012 x", "acct ...9012 x"),
        ("1234 5678 9012 3456", "...3456"),
        ("DE89370400440532013000", "...3000"),
        ("20260604 20260604120000", "20260604 20260604120000"),
        ("12345678.90 and 1.302.410", "12345678.90 and 1.302.410"),
        ("ref A1B2C3D4E5F6G7H8", "ref ...G7H8"),
        ("order 1234567", "order 1234567"),
        ("plain words only", "plain words only"),
    ],
)
def test_long_numbers_are_cut(text: str, shown: str) -> None:
    assert numbers.cut_long_numbers(text) == shown


def test_text_beside_the_line_or_upright_does_not_cover_it(tmp_path: Path) -> None:
    """A second column, and a mark printed upright along the rows: the disputed line stays, and nothing of theirs."""
    from reportlab.pdfgen.canvas import Canvas

    def drawn(name: str, beside: str):
        found = pdf_statement(tmp_path, ROWS, name)
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(595, 842), invariant=1)
        canvas.setFont("Helvetica", 9)
        for row, boxes in zip(ROWS, found.boxes, strict=True):
            y = 842 - boxes[0].bottom + 2
            canvas.drawString(48, y, f"{row[0]:%d %b %Y}")
            canvas.drawString(130, y, row[2])
            canvas.drawRightString(440, y, f"{abs(row[1]) / 100:,.2f}")
            canvas.drawString(555, y, beside)
            canvas.drawString(555, y + 5, beside)
            canvas.drawString(555, y - 5, beside)
        canvas.saveState()
        canvas.translate(585, 40)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(600, -20, beside)
        canvas.restoreState()
        canvas.save()
        (tmp_path / name).write_bytes(out.getvalue())
        return replace(found, sha256=hashlib.sha256(out.getvalue()).hexdigest())

    pages = {}
    for name, beside in (("plain.pdf", ""), ("beside.pdf", "SECRET"), ("other.pdf", "HIDDEN")):
        found = drawn(name, beside)
        shown, notes = exhibits.make(gathered(found), "masked", dpi=DPI)
        assert notes == []
        pages[name] = region(picture(shown[0]), found.boxes[1][0])[4:-4, : round(390 * DPI / 72)]
    assert np.array_equal(pages["plain.pdf"], pages["beside.pdf"])
    assert np.array_equal(pages["beside.pdf"], pages["other.pdf"])
    assert len(np.unique(pages["beside.pdf"])) > 10


def test_a_csv_row_is_shown_in_the_encoding_it_was_read_in(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_bytes(
        "Date,Payee,Amount\n2024-05-01,\u5317\u4eac\u9910\u5385,-35.00\n2024-05-02,\u661f\u5df4\u514b\u5496\u5561,-55.50\n".encode(
            "gb18030"
        )
    )
    (found,) = read_file(str(path), Options())
    finding = charge_finding([found], found.transactions[0].descriptor)
    shown, _ = exhibits.make(dossier.gather(finding, [found], as_of=DAY, details=details.Details()), "masked", dpi=DPI)
    assert any("\u5317\u4eac\u9910\u5385,-35.00" in row for row in shown[0].rows)
    assert not any("\u661f" in row for row in shown[0].rows)


def test_an_upright_number_is_covered_in_full_mode(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    pages = []
    for number in (check_digit("400000123456789"), check_digit("400000987654321")):
        found = pdf_statement(tmp_path, ROWS, "upright.pdf")
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(595, 842), invariant=1)
        canvas.setFont("Courier", 9)
        boxes = found.boxes[1][0]
        canvas.drawString(48, 842 - boxes.bottom + 2, f"04 Jun 2026 {FEE} 39.99")
        canvas.rotate(90)
        canvas.drawString(300, -575, number)
        canvas.save()
        (tmp_path / "upright.pdf").write_bytes(out.getvalue())
        found = replace(found, sha256=hashlib.sha256(out.getvalue()).hexdigest())
        pages.append(picture(exhibits.make(gathered(found), "full", dpi=DPI)[0][0]))
    assert np.array_equal(*pages)
    assert len(np.unique(pages[0])) > 10
