"""Findings and transactions as data: exact, masked, safe in a spreadsheet, the same in any order."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer import escape
from analyzer.views import data

from .things import finding, scan_of, statement, stream

ROWS = [("2026-05-04", "-39.99", "FEE*1"), ("2026-06-04", "-39.99", "FEE*1"), ("2026-06-05", "-4.50", "=cmd|'/c calc'!A1")]


def some() -> Any:
    found = statement(ROWS)
    fees = stream(found, "FEE*1")
    return scan_of(finding(found, "FEE*1", stream=fees, deadline=date(2026, 7, 4), rule="us-1"), statements=[found], streams=[fees])


def test_the_json_document() -> None:
    document = data.document(some(), date(2026, 6, 28))
    assert list(document) == ["version", "as_of", "statements", "streams", "findings"]
    assert document["version"] == 1
    assert document["statements"][0] == {
        "file": "june.ofx",
        "format": "ofx",
        "account": "...4242",
        "currency": "USD",
        "transactions": 3,
        "first": "2026-05-04",
        "last": "2026-06-05",
        "reconciled": True,
        "warnings": [],
    }
    found = document["findings"][0]
    assert found["stream"] == document["streams"][0]["id"]
    assert found["amount_at_risk"] == "79.98"
    assert found["dispute"] == {"category": "unauthorized", "deadline": "2026-07-04", "rule": "us-1"}
    assert [t["amount"] for t in found["transactions"]] == ["-39.99", "-39.99"]


def test_it_fits_the_published_schema(shared: Path) -> None:
    import jsonschema

    schema = json.loads((shared / "contract" / "scan.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(data.document(some(), date(2026, 6, 28)), schema, format_checker=jsonschema.FormatChecker())


def test_statements_and_streams_stand_in_an_order_of_their_own() -> None:
    first, second = statement(ROWS, source="b.ofx"), statement(ROWS, source="a.ofx", number="XXXX1111")
    streams = [stream(first, "FEE*1"), stream(first, "=cmd|'/c calc'!A1")]
    one = data.document(scan_of(statements=[first, second], streams=streams), date(2026, 6, 28))
    other = data.document(scan_of(statements=[second, first], streams=streams[::-1]), date(2026, 6, 28))
    assert data.to_json(one) == data.to_json(other)


def test_a_label_that_clashed_is_shown_without_its_suffix() -> None:
    assert data.shown_account("...4242#a1b2") == "...4242"


def test_findings_as_csv_are_safe_in_a_spreadsheet() -> None:
    found = some()
    hostile = replace(found[0], merchant="=HYPERLINK(1)", reasons=("\x1b[2J@x",))
    rows = list(csv.DictReader(io.StringIO(data.findings_csv([hostile]))))
    assert rows[0]["merchant"] == "'=HYPERLINK(1)"
    assert rows[0]["reason"] == "\\x1b[2J@x"
    assert rows[0]["charges"] == "2"


def test_findings_as_markdown() -> None:
    text = data.findings_markdown(replace(some(), items=(replace(some()[0], merchant="<b>|x|</b>"),)))
    assert "\\<b\\>\\|x\\|\\</b\\>" in text
    assert "$79.98" in text.replace("\\", "")
    assert data.findings_markdown(scan_of(statements=[statement(ROWS)])) == "Nothing found in 1 statement(s).\n"


def test_convert_gives_every_row_exactly() -> None:
    found = statement([("2026-06-04", "-39.99", "A"), ("2026-06-05", "0.125", "B")])
    table = data.convert_frame([found])
    assert list(table.columns) == list(data.CONVERT_COLUMNS)
    assert table["amount"].tolist() == ["-39.99", "0.125"]
    assert json.loads(data.convert_json(table))[1]["amount"] == "0.125"


def test_convert_of_nothing_is_a_header() -> None:
    assert data.convert_csv(data.convert_frame([])) == ",".join(data.CONVERT_COLUMNS) + "\n"
    assert json.loads(data.convert_json(data.convert_frame([]))) == []


def test_convert_to_parquet_keeps_decimals_and_days() -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(pa.BufferReader(data.convert_parquet(data.convert_frame([statement(ROWS)]))))
    assert pa.types.is_decimal(table.schema.field("amount").type)
    first = table.to_pylist()[0]
    assert first["date"] == date(2026, 5, 4)
    assert first["amount"] == Decimal("-39.99")
    assert first["page"] is None


def test_convert_to_beancount_quotes_text_and_balances() -> None:
    text = data.convert_beancount(data.convert_frame([statement([("2026-06-04", "-39.99", 'A "B" \\ \n C')])]))
    assert '2026-06-04 * "A \\"B\\" \\\\ \\\\x0a C"' in text
    assert "Liabilities:Card:A4242  -39.99 USD" in text
    assert "Equity:Unsorted  39.99 USD" in text


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_a_cell_is_read_back_to_the_text_it_came_from(text: str) -> None:
    written = data.write_csv(("a",), [(text,)], text=("a",))
    read = list(csv.reader(io.StringIO(written)))[1:]
    cell = read[0][0] if read and read[0] else ""
    assert escape.csv_uncell(cell) == escape.visible(text)
    assert not cell.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("form", [data.convert_csv, data.convert_json, data.convert_beancount])
def test_the_same_rows_give_the_same_text(form: Any) -> None:
    assert form(data.convert_frame([statement(ROWS)])) == form(data.convert_frame([statement(ROWS)]))
