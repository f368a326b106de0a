"""Real statements of many banks: read exactly or refused, never silently wrong.

The files are not part of the project; `STMT_SCAN_CORPUS` names the folder that holds them. What is right is taken from
their own `truth.json` and `rows/`.
"""

from __future__ import annotations

import csv
import functools
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analyzer.errors import StmtScanError
from analyzer.importers.base import Options
from analyzer.importers.reading import read_file
from analyzer.model import Statement
from tests.conftest import SHARED

CORPUS = SHARED / "corpus"
KINDS = ("ofx", "csv", "pdf")
WANTED = {"ofx": 1.0, "csv": 0.95, "pdf": 0.95}
"""The least share of files that is read exactly, of those that hold transactions and do not contradict themselves."""


@functools.cache
def truth() -> dict[str, dict[str, Any]]:
    """What each file holds; empty where there is no corpus."""
    path = CORPUS / "truth.json"
    found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def files(kind: str) -> list[Path]:
    """The corpus files of a kind that the truth speaks of."""
    return sorted(p for p in (CORPUS / kind).glob("*") if p.name in truth())


@dataclass(frozen=True)
class Outcome:
    """How one file was read: `exact`, `refused`, `told` (wrong, with a warning) or `silent` (wrong without).

    `contradicts`: refused because its rows, read to the sum that the truth has, are not what the file itself prints as their total.
    """

    verdict: str
    detail: str
    statements: tuple[Statement, ...] = ()


def wanted(name: str) -> Counter[tuple[str, Decimal]]:
    """The multiset of (date, amount) the file holds."""
    path = CORPUS / "rows" / f"{name}.csv"
    if not path.is_file():
        return Counter()
    with path.open(encoding="utf-8", newline="") as stream:
        return Counter((r["date"], Decimal(r["amount"])) for r in csv.DictReader(stream))


@functools.cache
def outcome(path: Path) -> Outcome:
    """Read `path` once and compare."""
    said = truth()[path.name]
    try:
        # As for a holder who reads a statement on the day it ends: some print no year at all.
        day = date.fromisoformat(said["last_date"]) if said.get("last_date") else None
        statements = tuple(read_file(str(path), Options(password=said.get("password"), today=day)))
    except StmtScanError as error:
        read = f"rows add up to {abs(Decimal(said['sum']))}" if said.get("sum") else None
        return Outcome("contradicts" if read and read in str(error) else "refused", str(error))
    rows = [t for s in statements for t in s.transactions if t.status == "posted"]
    found = Counter((t.posted.isoformat(), t.amount) for t in rows)
    expected = wanted(path.name)
    if found == expected and len(rows) == said["transactions"]:
        return Outcome("exact", "", statements)
    detail = f"missing {sorted((expected - found).elements())[:3]}, not in the file {sorted((found - expected).elements())[:3]}"
    told = all(s.warnings or s.reconciled is False for s in statements)
    return Outcome("told" if told else "silent", detail, statements)


@pytest.mark.parametrize("path", [p for k in KINDS for p in files(k)], ids=lambda p: p.name)
def test_no_file_is_silently_wrong(path: Path) -> None:
    found = outcome(path)
    assert found.verdict != "silent", found.detail
    if not truth()[path.name]["transactions"]:
        assert found.verdict in ("exact", "refused"), found.detail
    for statement in found.statements:
        assert len(statement) == len(statement.transactions)
        assert statement.importer


@pytest.mark.parametrize("kind", KINDS)
def test_files_are_read_exactly(kind: str, shared: Path) -> None:
    held = [p for p in files(kind) if truth()[p.name]["transactions"]]
    whole = [p for p in held if outcome(p).verdict != "contradicts"]
    inexact = {p.name: f"{outcome(p).verdict}: {outcome(p).detail}" for p in whole if outcome(p).verdict != "exact"}
    assert len(whole) >= 0.9 * len(held) > 0
    assert len(inexact) <= (1 - WANTED[kind]) * len(whole) + 1e-9, json.dumps(inexact, indent=1)


@pytest.mark.parametrize("path", files("ofx"), ids=lambda p: p.name)
def test_ofx_envelopes(path: Path) -> None:
    """Account and currency as the truth has them, wherever it names one."""
    said, found = truth()[path.name], outcome(path).statements
    if found and said.get("account_last4"):
        assert {s.account for s in found if len(s)} <= {f"...{said['account_last4']}", "unknown"}
    if found and said.get("currency"):
        assert {s.currency for s in found} <= {said["currency"], "XXX"}
    if found and said.get("bad_rows"):
        assert sum(s.rejected for s in found) == said["bad_rows"]
