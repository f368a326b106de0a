"""Hostile and broken files: refused in one line, or read with a warning; never a hang, a crash or a ghost row."""

from __future__ import annotations

import hashlib

import pytest

from analyzer.errors import EncryptedStatement, IncompleteStatement, LimitExceeded, NoTextLayer, StatementError
from analyzer.importers.base import Document, Options
from analyzer.importers.pdf import PdfImporter
from analyzer.limits import Limits
from analyzer.model import Statement

from .rawpdf import ROWS, body, one_page
from .twins import MAKERS, encrypted


def read(data: bytes, **options: object) -> list[Statement]:
    document = Document("twin.pdf", data, hashlib.sha256(data).hexdigest())
    return list(PdfImporter().read(document, Options(**options)))  # type: ignore[arg-type]


def outcome(data: bytes) -> list[Statement] | str:
    """The statements, or the message of the refusal."""
    try:
        return read(data)
    except StatementError as error:
        return str(error)


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_answer(name: str) -> None:
    allowed, maker = MAKERS[name]
    found = outcome(maker())
    if isinstance(found, str):
        assert "E" in allowed, found
        assert "\n" not in found
        return
    kind = "W" if any(s.warnings for s in found) else "P"
    assert kind in allowed, [str(w) for s in found for w in s.warnings]
    if name != "later_revision":
        assert [str(t.amount) for s in found for t in s.transactions] == ["-14.99", "-6.25", "-42.00", "6.25"]


@pytest.mark.parametrize("name", ["flate_corrupt", "flate_cut", "cut_in_a_string", "unclosed_array"])
def test_half_a_page_is_no_statement(name: str) -> None:
    with pytest.raises(IncompleteStatement, match=r"page 1: the page is cut off"):
        read(MAKERS[name][1]())


def test_pictures_need_ocr() -> None:
    with pytest.raises(NoTextLayer, match="run OCR first"):
        read(MAKERS["picture_only"][1]())


def test_no_password_and_a_wrong_one_are_two_messages() -> None:
    data = encrypted("open sesame", "owner")
    with pytest.raises(EncryptedStatement, match="needs a password"):
        read(data)
    with pytest.raises(EncryptedStatement, match="does not open it") as wrong:
        read(data, password="a wrong guess")
    assert "a wrong guess" not in str(wrong.value)
    assert len(read(data, password="open sesame")[0]) == 4
    assert len(read(encrypted("", "owner"))[0]) == 4


def test_a_contradicted_total_names_page_and_sums() -> None:
    with pytest.raises(StatementError, match=r"page 1: printed total 412.07, rows add up to 56.99"):
        read(MAKERS["total_mismatch"][1]())


def test_limits_name_themselves() -> None:
    with pytest.raises(LimitExceeded, match=r"pdf_page_glyphs = 100 .*--limit pdf_page_glyphs=N"):
        read(one_page(body()), limits=Limits(pdf_page_glyphs=100))
    with pytest.raises(LimitExceeded, match="pdf_page_lines = 5"):
        read(one_page(body()), limits=Limits(pdf_page_lines=5))


def test_full_numbers_stay_inside() -> None:
    digits = "400000000000000"
    check = next(d for d in "0123456789" if _luhn(digits + d))
    number = digits + check
    data = one_page(
        body([(ROWS[0][0], f"TRANSFER {number}", "14.99")], total="14.99", head=("CREDIT CARD", f"Card number {number}", "2025"))
    )
    found = read(data)[0]
    assert number not in repr(found) + found.frame.to_csv()
    assert found.account.endswith(number[-4:])


def _luhn(digits: str) -> bool:
    total = sum(sum(divmod(int(c) * (1 + i % 2), 10)) for i, c in enumerate(reversed(digits)))
    return total % 10 == 0


def test_boxes_are_where_the_row_is_shown() -> None:
    upright = read(one_page(body()))[0]
    box = upright.boxes[0][0]
    assert (box.page, round(box.x0)) == (1, 50)
    assert box.top < 792 - 670 < box.bottom
    turned = read(one_page(body(), page="/Rotate 90"))[0].boxes[0][0]
    # Turned clockwise, the text's left edge is the display's top.
    assert round(turned.top) == 50
    assert turned.x0 < 670 < turned.x1


def test_same_bytes_same_answer() -> None:
    data = one_page(body())
    first, second = read(data)[0], read(data)[0]
    assert first.frame.equals(second.frame)
    assert first.boxes == second.boxes
