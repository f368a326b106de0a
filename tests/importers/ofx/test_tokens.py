"""The tokenizer does not care where its chunks end, how deep a file pretends to be, or how long a field is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from analyzer.errors import LimitExceeded, StatementError
from analyzer.importers.base import Options, Sign
from analyzer.importers.ofx import OfxImporter, tokens
from analyzer.importers.reading import read_document
from analyzer.limits import Limits
from tests.importers.ofx import golden
from tests.importers.ofx.writing import as_sgml, as_xml, document, row


@pytest.mark.parametrize("size", [1, 7, 64])
def test_chunks_change_nothing(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [golden.describe(f) for f in golden.folders()]
    monkeypatch.setattr(tokens, "CHUNK", size)
    assert [golden.describe(f) for f in golden.folders()] == before


def test_rows_know_their_line_across_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    text = as_sgml([row(amount=f"-{i}.00", fitid=f"A{i}") for i in range(1, 50)])
    wanted = [n for n, line in enumerate(text.splitlines(), 1) if "<STMTTRN>" in line]
    monkeypatch.setattr(tokens, "CHUNK", 100)
    (statement,) = read_document(document(text))
    assert statement.frame["line"].tolist() == wanted


def test_many_unclosed_tags_end_at_the_depth_limit() -> None:
    names = "".join(f"<A{i % 90}>" for i in range(900)) + "".join(f"</B{i}>" for i in range(900)) * 100
    with pytest.raises(LimitExceeded, match="ofx_depth"):
        tokens.read(f"<OFX>{names}</OFX>")


def test_many_kinds_of_tags_are_no_statement() -> None:
    names = "".join(f"<A{i}>x" for i in range(5_000)) + "".join(f"</B{i}>" for i in range(5_000))
    with pytest.raises(LimitExceeded, match="ofx_names"):
        tokens.read(f"<OFX>{names}</OFX>")


def test_elements_are_counted_before_they_are_read() -> None:
    with pytest.raises(LimitExceeded, match="ofx_elements"):
        tokens.read("<OFX>" + "<NAME>x" * 50 + "</OFX>", ceiling=Limits(ofx_elements=10))


@pytest.mark.parametrize(
    "text", ["<OFX>" + "<!-- " * 100_000, "<OFX>" + "<![CDATA[" * 100_000, "<OFX>" + "<" * 300_000, "<OFX" + " " * 300_000]
)
def test_repeated_openings_take_one_pass(text: str) -> None:
    with pytest.raises(StatementError):
        tokens.read(text)


def test_a_field_limit_can_be_raised() -> None:
    long = "X" * 70_000
    text = as_sgml([row(), row(name=long, fitid="B")])
    found = tokens.read(text, ceiling=Limits(field_chars=80_000))
    assert found.parts[0].rows.name[1].strip() == long
    assert not found.parts[0].rows.broken


def test_two_different_amounts_in_one_transaction_are_no_amount() -> None:
    text = as_sgml([row(), row(fitid="B")]).replace("<FITID>B", "<TRNAMT>-99.00\n<FITID>B")
    (statement,) = read_document(document(text))
    assert len(statement) == 1
    assert statement.rejected == 1
    assert "two different values of TRNAMT" in statement.warnings[0].message


@pytest.mark.parametrize(
    "head",
    [
        b"OFXHEADER:100\nDATA:OFXSGML\n\n<OFX>",
        b"\xef\xbb\xbf\r\n\r\nOFXHEADER:100\r\n<OFX>",
        b'<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?><OFX>',
        b"<ofx>\n<signonmsgsrsv1>",
        b"\xff\xfe" + "OFXHEADER:100\n<OFX>".encode("utf-16-le"),
        b"DATA:OFXSGML\nENCODING:UTF-8\n<OFX>",
        b"<START><OFXHEADER>100</OFXHEADER></START>\nrubbish\n<OFX>",
    ],
)
def test_content_is_recognised(head: bytes) -> None:
    assert OfxImporter().identify(document(head))


@pytest.mark.parametrize(
    "head", [b"", b"Date,Amount\n2026-01-01,<OFX>\n", b"%PDF-1.4\n", b"this is totally not one", b"<html><body>ofx</body></html>"]
)
def test_other_content_is_not(head: bytes) -> None:
    assert not OfxImporter().identify(document(head))


def test_the_name_decides_nothing(tmp_path: Path) -> None:
    from analyzer.importers.reading import read_file

    path = tmp_path / "statement.pdf"
    path.write_text(as_sgml([row()]))
    assert len(read_file(str(path))[0]) == 1


@pytest.mark.parametrize("broken", ["", "STMTTRN>", "<STMTTRN", "<STMTTRQ>", "</STMTTRN>", "<STMTTRN/>", "<STMT TRN>"])
@pytest.mark.parametrize("write", [as_sgml, as_xml])
def test_a_transaction_without_its_start_tag_is_a_rejected_row(broken: str, write: Callable[..., str]) -> None:
    text = write([row(fitid="A"), row(fitid="B", amount="-2.00"), row(fitid="C", amount="-3.00")])
    at = text.index("<STMTTRN>", text.index("<STMTTRN>") + 1)
    (statement,) = read_document(document(text[:at] + broken + text[at + len("<STMTTRN>") :]))
    assert [str(t.amount) for t in statement.transactions] == ["-1.00", "-3.00"]
    assert statement.rejected == 1
    assert "start tag is missing" in statement.warnings[0].message


def test_a_loan_beside_a_card_is_named() -> None:
    loan = "<LOANMSGSRSV1><LOANSTMTTRNRS><TRNUID>1<LOANSTMTRS><LOANTRANLIST><LOANSTMTTRN><DTPOSTED>20260501<TRNAMT>-7.00</LOANSTMTTRN>"
    loan += "</LOANTRANLIST></LOANSTMTRS></LOANSTMTTRNRS></LOANMSGSRSV1></OFX>"
    (statement,) = read_document(document(as_sgml([row()]).replace("</OFX>", loan)))
    assert len(statement) == 1
    assert "loan transactions are left out" in statement.warnings[0].message


def _directions(kinds: Sequence[tuple[str, str]], sign: Sign | None = None) -> tuple[list[str], str]:
    text = as_sgml([row(kind=kind, amount=amount, fitid=f"A{i}") for i, (kind, amount) in enumerate(kinds)])
    (statement,) = read_document(document(text), Options(sign=sign))
    return [str(t.amount) for t in statement.transactions], " ".join(w.message for w in statement.warnings)


def test_amounts_without_any_sign_take_their_direction_from_the_types() -> None:
    kinds = [("DEBIT", "12.34"), ("FEE", "1.00"), ("CREDIT", "50.00"), ("DEBIT", "5.00")]
    assert _directions(kinds)[0] == ["-12.34", "-1.00", "50.00", "-5.00"]
    assert "no sign" in _directions(kinds)[1]
    assert _directions(kinds, "charge-negative")[0] == ["12.34", "1.00", "50.00", "5.00"]


@pytest.mark.parametrize("one", [("DEBIT", "-5.00"), ("OTHER", "5.00"), ("XFER", "5.00")])
def test_one_sign_or_one_open_type_and_the_signs_count(one: tuple[str, str]) -> None:
    kinds = [("DEBIT", "12.34"), ("CREDIT", "50.00"), ("DEBIT", "6.00"), one]
    amounts, told = _directions(kinds)
    assert amounts == [a for _, a in kinds]
    assert "the sign counts" in told


def test_accounts_are_counted_before_frames_are_made() -> None:
    empty = "<STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST></BANKTRANLIST></STMTRS>"
    with pytest.raises(LimitExceeded, match="ofx_accounts"):
        tokens.read("<OFX>" + empty * 6 + "</OFX>", ceiling=Limits(ofx_accounts=5))
