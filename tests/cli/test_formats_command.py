"""`formats`, `--help` and `--version`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Run = Callable[..., Any]


def test_formats_lists_what_is_in_force(stmt_scan: Run) -> None:
    outcome = stmt_scan("formats")
    assert outcome.status == 0
    assert outcome.err == ""
    for name in ("ofx", "csv", "pdf", "seller-fee", "unrecognized-recurring", "card-testing"):
        assert f"  {name} " in outcome.out
    assert all(len(line) <= 80 for line in outcome.out.splitlines())


def test_help_lists_only_what_is_there(stmt_scan: Run) -> None:
    outcome = stmt_scan("--help")
    assert outcome.status == 0
    assert "stmt-scan statement.ofx" in outcome.out
    assert "  batch" not in outcome.out


def test_no_argument_is_a_question_for_help(stmt_scan: Run) -> None:
    outcome = stmt_scan(day=None)
    assert outcome.status == 0
    assert "Usage: stmt-scan" in outcome.out


def test_the_version(stmt_scan: Run) -> None:
    assert stmt_scan("--version", day=None).out.startswith("stmt-scan 0.")
