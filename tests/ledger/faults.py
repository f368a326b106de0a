"""Run as a process of its own: add a statement (or upgrade a ledger), with a fault at the N-th step.

    python faults.py add|upgrade LEDGER kill|error|interrupt STEP

A step is a statement SQLite runs (`kill`, `error`) or a slice of its virtual machine (`interrupt`, `kill-inside`).
Exit status: 0 the work was done and no fault came, 9 killed, 3 refused with one line.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analyzer.errors import LedgerError
from analyzer.ledger import opening
from analyzer.ledger.store import Ledger
from ledger.making import statement

ROWS = [(f"2026-02-{1 + i % 28:02}", -1 - i, f"SHOP {i % 17}", f"f{i}") for i in range(120)]
STATEMENT = statement(ROWS, "feb.ofx")
BEFORE = statement([("2026-01-05", -12.99, "FILMS", "1")], "jan.ofx")
SLICE = 200
"""Virtual machine instructions between two steps inside a statement."""


def faulty(kind: str, step: int) -> None:
    """From here on, every connection fails at the `step`-th step."""
    left = step

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
            count(sql)
            return super().execute(sql, parameters)

        def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
            def rows() -> Any:
                for row in parameters:
                    count(sql)
                    yield row

            return super().executemany(sql, rows())

    def count(sql: str) -> None:
        nonlocal left
        if sql.startswith("ROLLBACK"):
            return
        left -= 1
        if left == 0:
            if kind == "kill":
                os._exit(9)
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_IOERR_WRITE"  # type: ignore[attr-defined,unused-ignore]
            raise error

    def inside() -> int:
        nonlocal left
        left -= 1
        if left == 0:
            if kind == "kill-inside":
                os._exit(9)
            return 1
        return 0

    real = sqlite3.connect

    def connect(*args: Any, **options: Any) -> sqlite3.Connection:
        if kind in ("kill", "error"):
            options["factory"] = Connection
        connection = real(*args, **options)
        if kind in ("interrupt", "kill-inside"):
            connection.set_progress_handler(inside, SLICE)
        return connection

    opening.sqlite3 = type("sqlite3", (), {**vars(sqlite3), "connect": staticmethod(connect)})  # type: ignore[assignment]


def main() -> int:
    work, path, kind, step = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    if kind == "full":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (step, resource.RLIM_INFINITY))
    elif step:
        faulty(kind, step)
    try:
        with Ledger(path) as ledger:
            if work == "add":
                ledger.add(STATEMENT)
    except LedgerError as error:
        sys.stderr.write(f"{error}\n")
        return 3
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
