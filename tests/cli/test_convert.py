"""`convert`: every row, exact, in the order of the file."""

from __future__ import annotations

import csv
import io
import json
import stat
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
HEADER = ["date", "amount", "currency", "descriptor", "account", "fitid", "status", "file", "page", "line"]


def rows_of(outcome: Any) -> list[dict[str, str]]:
    assert outcome.status == 0, outcome.err
    return list(csv.DictReader(io.StringIO(outcome.out)))


def core(rows: list[dict[str, str]]) -> list[tuple[str, Decimal, str, str]]:
    return sorted((r["date"], Decimal(r["amount"]), r["currency"], r["descriptor"]) for r in rows)


def test_the_columns(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan("convert", samples / "us.ofx")
    rows = rows_of(outcome)
    assert outcome.out.splitlines()[0] == ",".join(HEADER)
    assert rows[0]["account"] == "...3117"
    assert rows[0]["status"] == "posted"
    assert rows[0]["file"] == str(samples / "us.ofx")
    assert rows[0]["line"].isdigit()
    assert rows[0]["page"] == ""
    assert date.fromisoformat(rows[0]["date"])


@pytest.mark.parametrize("card", ["indonesia", "us", "uk", "clean"])
def test_ofx_and_csv_hold_the_same_rows(stmt_scan: Run, samples: Path, card: str) -> None:
    ofx, table = (rows_of(stmt_scan("convert", samples / f"{card}.{form}")) for form in ("ofx", "csv"))
    assert core(ofx) == core(table)


@pytest.mark.parametrize("month", ["2025-05", "2025-12", "2026-01", "2026-06", "2026-07"])
def test_ofx_and_pdf_hold_the_same_rows_in_the_same_order(stmt_scan: Run, samples: Path, month: str) -> None:
    ofx, page = (rows_of(stmt_scan("convert", samples / "indonesia" / f"{month}.{form}")) for form in ("ofx", "pdf"))
    assert [(r["date"], r["amount"], r["descriptor"]) for r in ofx] == [(r["date"], r["amount"], r["descriptor"]) for r in page]
    assert {r["page"] for r in page} <= {"1", "2"}


@pytest.mark.parametrize("name", ["us/2026-05.pdf", "uk/2026-05.pdf"])
def test_the_other_banks_pages_hold_the_rows_of_their_ofx(stmt_scan: Run, samples: Path, name: str) -> None:
    page = core(rows_of(stmt_scan("convert", samples / name)))
    whole = core(rows_of(stmt_scan("convert", samples / f"{name.partition('/')[0]}.ofx")))
    assert page
    assert [r for r in page if r not in whole] == []


def test_json_and_parquet_hold_the_rows_of_the_csv(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    card = samples / "uk.ofx"
    table = rows_of(stmt_scan("convert", card))
    objects = json.loads(stmt_scan("convert", card, "--format", "json").out)
    assert list(objects[0]) == HEADER
    assert [(o["date"], o["amount"], o["descriptor"]) for o in objects] == [(r["date"], r["amount"], r["descriptor"]) for r in table]
    target = tmp_path / "uk.parquet"
    assert stmt_scan("convert", card, "--format", "parquet", "-o", target).status == 0
    kept = pq.read_table(target).to_pylist()
    assert [(str(o["date"]), o["amount"]) for o in kept] == [(r["date"], Decimal(r["amount"])) for r in table]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_beancount_balances(stmt_scan: Run, samples: Path) -> None:
    text = stmt_scan("convert", samples / "us.ofx", "--format", "beancount").out
    entries = text.strip().split("\n\n")
    for entry in entries:
        legs = [Decimal(line.split()[1]) for line in entry.splitlines()[1:]]
        assert sum(legs) == 0


def test_two_purchases_that_nothing_tells_apart_stay_two(stmt_scan: Run, samples: Path) -> None:
    rows = rows_of(stmt_scan("convert", samples / "indonesia" / "2025-11.ofx"))
    twins = [r for r in rows if (r["date"], r["amount"], r["descriptor"]) == ("2025-11-18", "-28000", "WARUNG KOPI SENJA JAKARTA")]
    assert len(twins) >= 2


def test_our_own_csv_is_read_back_to_the_same_rows(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    first = rows_of(stmt_scan("convert", samples / "uk.ofx", "-o", tmp_path / "uk.csv") and stmt_scan("convert", samples / "uk.ofx"))
    again = rows_of(stmt_scan("convert", tmp_path / "uk.csv"))
    assert core(again) == core(first)


def test_several_files_follow_one_another(stmt_scan: Run, samples: Path) -> None:
    files = [samples / "indonesia" / "2026-06.ofx", samples / "indonesia" / "2026-05.ofx"]
    rows = rows_of(stmt_scan("convert", *files))
    assert [f for i, f in enumerate(r["file"] for r in rows) if i == 0 or rows[i - 1]["file"] != f] == [str(f) for f in files]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_card_number_in_the_name_of_a_file_is_masked(stmt_scan: Run, tmp_path: Path, form: str) -> None:
    number = "4" + "1" * 15  # passes the check digit
    file = tmp_path / f"card_{number}_2024.csv"
    file.write_text("Date,Description,Amount,Balance\n2024-01-05,LIDL,-5.00,95.00\n2024-01-06,SHOP,-6.00,89.00\n")
    for words in (("convert", file, "--format", form, "-v"), ("scan", file, "--format", form, "-v"), ("add", file)):
        done = stmt_scan(*words)
        assert done.status == 0
        assert number not in done.out + done.err
    assert "...1111" in stmt_scan("convert", file, "--format", form).out
