"""The schema's versions: numbered SQL files, each applied once, in one transaction with its number.

`schema/NNNN_name.sql` holds version N; `PRAGMA user_version` is the number of the last file applied. A stop half-way
leaves the ledger at the version before, whole.
"""

from __future__ import annotations

import functools
import secrets
import sqlite3
from collections.abc import Iterator
from importlib import metadata, resources

FOLDER = "schema"
MOST_CHARS = 1 << 20
"""Longer than any text that a reader lets through, its limits raised or not."""


@functools.cache
def files() -> tuple[tuple[int, str], ...]:
    """(number, SQL) of every schema file, in order; the numbers run 1, 2, 3 ... without a gap."""
    folder = resources.files("analyzer.ledger") / FOLDER
    named = sorted(f.name for f in folder.iterdir() if f.name.endswith(".sql"))
    found = tuple((int(name.partition("_")[0]), (folder / name).read_text(encoding="utf-8")) for name in named)
    if [number for number, _ in found] != list(range(1, len(found) + 1)):
        raise RuntimeError(f"schema files are not numbered 1 to {len(found)}: {named}")
    return found


def latest() -> int:
    """The version this release writes."""
    return files()[-1][0]


def version(connection: sqlite3.Connection) -> int:
    """The version the ledger has; 0 for a new file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def release(connection: sqlite3.Connection) -> str:
    """The release that wrote the ledger last, as far as it says."""
    try:
        row = connection.execute("SELECT value FROM facts WHERE name = 'release'").fetchone()
    except sqlite3.Error:
        return ""
    text = str(row[0]) if row else ""
    return text if len(text) <= 40 and text.isprintable() else ""


def own_release() -> str:
    """This release's number."""
    try:
        return metadata.version("stmt-scan")
    except metadata.PackageNotFoundError:
        return "unknown"


def upgrade(connection: sqlite3.Connection) -> None:
    """Apply every file the ledger does not have yet, one transaction each."""
    from analyzer.ledger.opening import APPLICATION_ID

    for number, script in files():
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version(connection) < number:
                for statement in statements(script):
                    connection.execute(statement)
                if number == 1:
                    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    connection.execute("INSERT INTO facts VALUES ('salt', ?)", (secrets.token_bytes(16),))
                connection.execute("INSERT OR REPLACE INTO facts VALUES ('release', ?)", (own_release(),))
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, one by one: `executescript` would commit in between."""
    text = ""
    for line in script.splitlines(keepends=True):
        if not text.strip() and (not line.strip() or line.lstrip().startswith("--")):
            continue
        text += line
        if sqlite3.complete_statement(text):
            yield text.strip()
            text = ""
    if text.strip():
        raise RuntimeError(f"a schema file ends inside a statement: {text.strip()[:60]}")


def difference(connection: sqlite3.Connection) -> str:
    """What in the ledger's schema is not as the files of its version make it; empty when it is exact."""
    expected = _expected(version(connection))
    found = _schema(connection)
    for entry in sorted(found.symmetric_difference(expected)):
        kind, name = entry[0], entry[1]
        shown = name if len(name) <= 40 and name.isprintable() else "with an odd name"
        return f"{'unexpected' if entry in found else 'missing'} {kind} {shown}"
    return ""


def odd_value(connection: sqlite3.Connection) -> str:
    """The column that holds what a ledger never writes: another kind of value than declared, or text without end; or empty.

    SQLite lets any column hold anything, and `quick_check` says nothing about it.
    """
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()]
    for table in tables:
        wrong = {}
        for _, column, declared, needed, *_ in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
            if declared in ("TEXT", "INTEGER"):
                null = "" if needed else f' AND "{column}" IS NOT NULL'
                wrong[column] = f"(typeof(\"{column}\") <> '{declared.lower()}'{null})"
                if declared == "TEXT":
                    wrong[column] += f' OR length("{column}") > {MOST_CHARS}'
        # One pass over the table; which column it was is asked only where there is something to tell.
        if wrong and connection.execute(f'SELECT 1 FROM "{table}" WHERE {" OR ".join(wrong.values())} LIMIT 1').fetchone():
            return next(
                f"{table}.{c}" for c, w in wrong.items() if connection.execute(f'SELECT 1 FROM "{table}" WHERE {w} LIMIT 1').fetchone()
            )
    return ""


def _schema(connection: sqlite3.Connection) -> set[tuple[str, str, str, str]]:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return {(str(a), str(b), str(c), str(d or "")) for a, b, c, d in rows}


@functools.cache
def _expected(number: int) -> frozenset[tuple[str, str, str, str]]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for n, script in files():
            if n <= number:
                for statement in statements(script):
                    connection.execute(statement)
        return frozenset(_schema(connection))
    finally:
        connection.close()
