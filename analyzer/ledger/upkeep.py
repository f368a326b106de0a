"""Looking after the file: a copy, a thorough check, an end without traces."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from analyzer.errors import LedgerError, OutputError
from analyzer.ledger import opening
from analyzer.ledger.store import Ledger

_BLOCK = 1 << 20


def backup(ledger: Ledger, target: Path) -> Path:
    """Where a whole, checked copy of the ledger was written (mode 0600); a folder gets `ledger.db.backup` in it.

    Raises:
        OutputError: there is a file of that name already, or it cannot be written.
    """
    if target.is_dir():
        target = target / f"{ledger.file.name}.backup"
    if os.path.lexists(target):
        raise OutputError("exists already and is left as it is", source=str(target), todo="choose another name")
    try:
        with ledger.reading() as connection:
            opening.copy_to(connection, target)
        opening.connect(target, create=False).close()
        _remember(ledger.file, target)
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror}", source=str(target), todo="choose another place") from error
    return target


def _remember(file: Path, target: Path) -> None:
    """Note beside the ledger where its copies are, the last one last: the message about a damaged ledger names it."""
    note = opening.last_backup_note(file)
    handle = os.open(note, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as stream:
        stream.write(f"{target.absolute()}\n")


def check(ledger: Ledger) -> list[str]:
    """What is wrong with the ledger, a sentence each; empty when all is well."""
    problems = []
    with ledger.reading() as connection:
        for row in connection.execute("PRAGMA integrity_check(20)"):
            if row[0] != "ok":
                problems.append(str(row[0]).splitlines()[0])
        problems += [f"a row of {table} points to nothing" for table, *_ in connection.execute("PRAGMA foreign_key_check").fetchmany(20)]
        short = connection.execute(
            "SELECT s.source, s.row_count, (SELECT count(*) FROM rows r WHERE r.statement = s.id) AS n"
            " FROM statements s WHERE n <> s.row_count"
        )
        problems += [f"{source}: {count} of its {expected} rows are there" for source, expected, count in short]
    return problems


def files_of(file: Path) -> list[Path]:
    """The ledger, its journal, the copies beside it and what a killed copying left, as far as they exist."""
    left = sorted(p for p in file.parent.iterdir() if p.name.startswith(f".{file.name}.") and p.name.endswith((".new", ".new-journal")))
    beside = [file, file.with_name(f"{file.name}-journal"), *opening.backups(file), opening.last_backup_note(file), *left]
    return [p for p in beside if p.is_file()]


def delete(file: Path) -> list[Path]:
    """The files that were overwritten and removed: the ledger, its journal and the copies beside it.

    Raises:
        LedgerError: the file is no ledger of ours, or another process is writing to it.
    """
    with opening.translated(file):
        if not opening.is_ours(file):
            raise LedgerError("no ledger of stmt-scan; left as it is", source=str(file), todo="remove it yourself if you mean to")
        with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(opening.connect_raw(file)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    gone = files_of(file)
    try:
        for path in gone:
            _overwrite(path)
            path.unlink()
    except OSError as error:
        raise LedgerError(f"cannot be removed: {error.strerror}", source=str(path), todo="check who owns it") from error
    return gone


def _overwrite(path: Path) -> None:
    with path.open("r+b") as stream:
        left = os.fstat(stream.fileno()).st_size
        while left > 0:
            left -= stream.write(b"\0" * min(left, _BLOCK))
        stream.flush()
        os.fsync(stream.fileno())
