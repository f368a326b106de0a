"""Records, their lines, and the limits they are read within."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.errors import LimitExceeded, MalformedStatement
from analyzer.importers.base import Options
from analyzer.importers.csv import CsvImporter, cells, dialect, table
from analyzer.limits import DEFAULT
from tests.importers.csv.reading import document, read, rows, transactions

HEAD = "Date,Description,Amount\n"


def limited(text: str, *settings: str) -> None:
    CsvImporter().read(document(text), Options(limits=DEFAULT.replace(list(settings))))


def test_lines_are_physical_lines() -> None:
    found = read('Bank\n\nDate,Description,Amount\n\n2024-01-05,"TWO\nLINES",-1.00\n\n2024-01-06,B,-2.00\n')
    assert [(t.descriptor, t.line) for t in transactions(found)] == [("TWO\nLINES", 5), ("B", 8)]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(ends: str) -> None:
    found = read(f"{HEAD}2024-01-05,A,-1.00\n2024-01-06,B,-2.00".replace("\n", ends))
    assert [t.line for t in transactions(found)] == [2, 3]


def test_both_readers_make_the_same_table() -> None:
    text = HEAD + "".join(f'2024-01-{d:02d},"SHOP, {d}",-{d}.00\n' for d in range(1, 29))
    how = dialect.Dialect(",")
    fast = table.parse(text, how, DEFAULT)
    slow = table._by_csv(text, how, DEFAULT)
    assert fast.cells.equals(slow.cells)
    assert fast.lines.tolist() == slow.lines.tolist()
    assert fast.counts == slow.counts


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + '2024-01-05,"A,-1.00\n2024-01-06,B,-2.00\n2024-01-07,C,-3.00\n', 2),
        (HEAD + '2024-01-05,A,-1.00\n2024-01-06,"B,-2.00\n2024-01-07,C",-3.00\n', 3),
        (HEAD + '2024-01-05,A,-1.00\n2024-01-06,B,-2.00\n2024-01-07,"C,-3.00\n', 4),
    ],
)
def test_an_open_quote_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(MalformedStatement, match=f"^line {line}: a quote is opened here"):
        limited(text)


@pytest.mark.parametrize(
    ("text", "setting", "limit"),
    [
        (HEAD + "2024-01-05,A,-1.00\n" * 20, "csv_rows=10", "csv_rows"),
        (HEAD + "2024-01-05,A,-1.00\n" + "\n" * 50 + "2024-01-06,B,-1.00\n", "csv_blank_lines=10", "csv_blank_lines"),
        (HEAD + "2024-01-05,A,-1.00\n", "csv_columns=2", "csv_columns"),
        (HEAD + "2024-01-05," + "A" * 200 + ",-1.00\n", "field_chars=100", "field_chars"),
        (HEAD + "2024-01-05,A,-1.00\n" * 20, "csv_cells=30", "csv_cells"),
    ],
)
def test_limits_name_themselves(text: str, setting: str, limit: str) -> None:
    with pytest.raises(LimitExceeded, match=f"over the limit {limit} .*--limit {limit}=N"):
        limited(text, setting)


def test_most_rows_must_be_readable() -> None:
    text = HEAD + "2024-01-05,A,-1.00\n" * 3 + "2024-01-06,B,abc\n" * 10
    assert rows(read(text)) == [("2024-01-05", "-1")] * 3
    with pytest.raises(MalformedStatement, match="10 of 13 rows cannot be read"):
        limited(text, "rows_rejected=5")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a text, with commas, of no statement\nand a second line, just so\n",
        '{"date": "2024-01-05", "amount": -1}',
        "<html><table><tr><td>Date</td></tr></table></html>",
        "Date;Balance\n",
        "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX></OFX>\n",
        "%PDF-1.4\n2024-01-05,A,-1.00\n",
    ],
)
def test_other_content_is_not_claimed(text: str) -> None:
    assert not CsvImporter().identify(document(text))


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x00" * 100, b"\x01\x02,\x03" * 50])
def test_binary_content_is_not_claimed(data: bytes) -> None:
    assert not CsvImporter().identify(document(data))


@pytest.mark.parametrize("count", [1, 40, 400])
def test_hostile_quotes_are_no_statement(count: int) -> None:
    assert not CsvImporter().identify(document("'\"\",'" * count + '"' * count))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "^", "~"])
def test_separators_are_found(separator: str) -> None:
    lines = ["Date,Description,Amount", "2024-01-05,A SHOP,-1.00", "2024-01-06,B SHOP,-2.00", "2024-01-07,C SHOP,-3.00"]
    assert rows(read("\n".join(lines).replace(",", separator))) == [("2024-01-05", "-1"), ("2024-01-06", "-2"), ("2024-01-07", "-3")]


def test_a_decimal_comma_is_no_separator() -> None:
    found = dialect.find("Datum;Text;Betrag\n05.01.2024;A, B;-1,50\n06.01.2024;C, D;-2,50\n")
    assert found is not None
    assert found.delimiter == ";"


def test_a_search_that_fails_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect.sys, "executable", "/nonexistent/python")
    dialect._clever.cache_clear()
    assert dialect.find("Date^Text^Amount\n2024-01-05^A^-1.00\n2024-01-06^B^-2.00\n") is None
    dialect._clever.cache_clear()


def test_a_search_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "_SEARCH", "import time; time.sleep(60)")
    monkeypatch.setattr(dialect, "CLEVER_SECONDS", 0.5)
    dialect._clever.cache_clear()
    assert dialect.find("Date^Text^Amount\n2024-01-05^A^-1.00\n2024-01-06^B^-2.00\n") is None
    dialect._clever.cache_clear()


@pytest.mark.parametrize("name", ["ing-nl", "natwest", "mbank", "bca", "schwab-bank", "revolut", "rakuten-card", "ubs-ch"])
def test_many_different_cells_read_like_few(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns of many different cells go another way through the reader; the answer is the same."""
    data = (Path(__file__).parent.parent / "profiles" / name / "statement.csv").read_bytes()
    few = read(data)
    monkeypatch.setattr(cells, "MANY", 1)
    many = read(data)
    assert [s.frame.to_csv() for s in many] == [s.frame.to_csv() for s in few]
    assert [(s.reconciled, s.warnings) for s in many] == [(s.reconciled, s.warnings) for s in few]
