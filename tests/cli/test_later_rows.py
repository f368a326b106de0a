"""Rows later than the day judged by: every command that judges says that they took no part."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DAY = "2026-06-10"
COMMANDS = [
    ("scan", "{file}"),
    ("dispute", "Amazon selling", "{file}", "-o", "{out}"),
    ("case", "open", "Amazon selling", "{file}"),
    ("authorize", "SPOTIFY", "{file}"),
    ("cancel", "SPOTIFY", "--on", "2026-05-01", "{file}"),
    ("review", "{file}"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=[" ".join(c[:2]) if c[0] == "case" else c[0] for c in COMMANDS])
def test_rows_later_than_the_day_are_told_of(stmt_scan: Callable[..., Any], samples: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    filled = [w.format(file=samples / "indonesia.ofx", out=tmp_path / "out") for w in words]
    told = stmt_scan(*filled, day=DAY)
    assert told.status == 0, told.err
    assert sum(f"later than {DAY}" in line for line in told.errors) == 1, told.err
    silent = stmt_scan(*filled, "-q", day=DAY)
    assert "later than" not in silent.err


def test_watch_tells_of_them_when_it_has_read_something(stmt_scan: Callable[..., Any], samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "card.ofx").write_bytes((samples / "indonesia.ofx").read_bytes())
    first = stmt_scan("watch", folder, day=DAY)
    assert sum(f"later than {DAY}" in line for line in first.errors) == 1, first.err
    again = stmt_scan("watch", folder, day=DAY)
    assert "later than" not in again.err
