"""Reads the card statements people can download and finds the recurring charge nobody agreed to.

import analyzer as sa
df = sa.read("statement.ofx")
findings = sa.scan(df)
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analyzer.api import read, scan
    from analyzer.errors import StatementError, StatementWarning, StmtScanError
    from analyzer.ledger.store import Ledger
    from analyzer.model import Cadence, Decision, Finding, Findings, Statement, Stream, Transaction

__all__ = [
    "Cadence",
    "Decision",
    "Finding",
    "Findings",
    "Ledger",
    "Statement",
    "StatementError",
    "StatementWarning",
    "StmtScanError",
    "Stream",
    "Transaction",
    "read",
    "scan",
]

_HOMES = {
    "Ledger": "ledger.store",
    "StatementError": "errors",
    "StatementWarning": "errors",
    "StmtScanError": "errors",
    "read": "api",
    "scan": "api",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("stmt-scan")
    if name not in __all__:
        raise AttributeError(f"module 'analyzer' has no attribute {name!r}")
    home = _HOMES.get(name, "model")
    if home in ("api", "model"):
        importlib.import_module("analyzer.accessor")
    value = getattr(importlib.import_module(f"analyzer.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if "pandas" in sys.modules:
    importlib.import_module("analyzer.accessor")
