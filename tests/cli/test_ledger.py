"""`ledger info|backup|check|export|delete`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def filled(stmt_scan: Run, samples: Path) -> Run:
    """A ledger with two months of one card and another card."""
    stmt_scan("add", samples / "indonesia" / "2026-05.ofx", samples / "indonesia" / "2026-06.ofx", samples / "us.ofx")
    return stmt_scan


def test_info_says_where_it_is_and_what_it_holds(filled: Run, tmp_path: Path) -> None:
    out = filled("ledger", "info").out
    assert str(tmp_path / "ledger.db") in out
    assert "3 statements" in out
    assert "...4242" in out
    assert "Last backup: none" in out
    filled("ledger", "backup", tmp_path / "copy.db")
    assert f"Last backup: {tmp_path / 'copy.db'}" in filled("ledger", "info").out


def test_info_without_a_ledger_makes_none(stmt_scan: Run, tmp_path: Path) -> None:
    outcome = stmt_scan("ledger", "info")
    assert outcome.status == 0
    assert "No ledger yet" in outcome.out
    assert list(tmp_path.iterdir()) == []


def test_export_holds_what_convert_prints(filled: Run, samples: Path, tmp_path: Path) -> None:
    files = [samples / "indonesia" / "2026-05.ofx", samples / "indonesia" / "2026-06.ofx", samples / "us.ofx"]

    def key(row: dict[str, Any]) -> tuple[str, ...]:
        return tuple(str(row[c]) for c in ("date", "amount", "currency", "descriptor", "account", "fitid", "status", "line"))

    stored = json.loads(filled("ledger", "export", "--format", "json").out)
    read = json.loads(filled("convert", *files, "--format", "json").out)
    assert sorted(map(key, stored)) == sorted(map(key, read))
    rows = list(csv.DictReader(io.StringIO(filled("ledger", "export").out)))
    assert list(rows[0]) == ["date", "amount", "currency", "descriptor", "account", "fitid", "status", "file", "page", "line"]
    assert len(rows) == len(stored)
    import pyarrow.parquet as pq

    target = tmp_path / "all.parquet"
    assert filled("ledger", "export", "--format", "parquet").status == 2
    assert filled("ledger", "export", "--format", "parquet", "-o", target).status == 0
    assert pq.read_table(target).num_rows == len(stored)


def test_check(filled: Run, tmp_path: Path) -> None:
    assert filled("ledger", "check").out == "The ledger is whole.\n"
    data = bytearray((tmp_path / "ledger.db").read_bytes())
    data[4096 * 6 : 4096 * 6 + 600] = b"\xff" * 600
    (tmp_path / "ledger.db").write_bytes(data)
    outcome = filled("ledger", "check")
    assert outcome.status == 2
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("words", [("check",), ("export",), ("backup", "x.db"), ("delete", "--yes")])
def test_without_a_ledger_there_is_nothing_to_look_after(stmt_scan: Run, words: tuple[str, ...]) -> None:
    outcome = stmt_scan("ledger", *words)
    assert outcome.status == 2
    assert "there is no ledger" in outcome.err


def test_delete_asks_and_means_it(filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.db"
    outcome = filled("ledger", "delete")
    assert outcome.status == 2
    assert "add --yes" in outcome.err
    assert path.exists()
    from analyzer.cli import ledger

    monkeypatch.setattr(ledger, "on_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert filled("ledger", "delete").status == 0
    assert path.exists()
    filled("ledger", "backup", tmp_path / "ledger.db.1.backup")
    elsewhere = tmp_path / "usb"
    elsewhere.mkdir()
    filled("ledger", "backup", elsewhere / "copy.db")
    filled("ledger", "backup", elsewhere / "second.db")
    outcome = filled("ledger", "delete", "--yes")
    assert outcome.status == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["usb"]
    for name in ("copy.db", "second.db"):
        assert f"A copy is left at {elsewhere / name}." in outcome.err


def test_delete_leaves_another_programs_file(stmt_scan: Run, tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_text("mine")
    assert stmt_scan("ledger", "delete", "--yes").status == 2
    assert (tmp_path / "ledger.db").read_text() == "mine"
