"""What is expected of the documents beside this file, as text; run it to write what is missing, never to overwrite.

`statement.expected.csv` holds the rows, `statement.expected.txt` all else: account, period, balances, warnings; or the
reason of a refusal.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from analyzer.errors import StatementError
from analyzer.importers.base import Document
from analyzer.importers.reading import open_document, read_document
from analyzer.model import Statement

HERE = Path(__file__).resolve().parent
COLUMNS = ("date", "amount", "currency", "descriptor", "account", "fitid", "status", "line")


def folders() -> list[Path]:
    """The folders that hold a document, by name."""
    return sorted(p.parent for p in HERE.glob("*/statement.ofx"))


def document(folder: Path) -> Document:
    """The folder's document under a name that is the same on every machine."""
    found = open_document(str(folder / "statement.ofx"))
    return Document("statement.ofx", found.data, found.sha256)


def rows(statements: Sequence[Statement]) -> str:
    """All rows as CSV."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for statement in statements:
        for t in statement.transactions:
            text = t.descriptor if len(t.descriptor) < 200 else f"{t.descriptor[:200]}..."
            table.writerow((t.posted, t.amount, t.currency, text, t.account, t.fitid or "", t.status, t.line))
    return out.getvalue()


def facts(statements: Sequence[Statement]) -> str:
    """All else, one line a fact."""
    lines = []
    for s in statements:
        lines.append(f"{s.account} {s.institution or '-'} {s.kind} {s.currency} {s.start} to {s.end}, {len(s)} row(s)")
        lines.append(f"  balances {s.opening} to {s.closing}, reconciled {s.reconciled}{', ' + s.proof if s.proof else ''}")
        lines += [f"  {s.rejected} rejected, {s.skipped} skipped"] if s.rejected or s.skipped else []
        lines += [f"  {type(w).__name__}: {w.message}" for w in s.warnings]
    return "\n".join(lines) + "\n"


def describe(folder: Path) -> tuple[str, str]:
    """The two expected texts of a folder; no rows for a refusal."""
    try:
        statements = read_document(document(folder))
    except StatementError as error:
        return "", f"{type(error).__name__}: {error}\n"
    return rows(statements), facts(statements)


def main() -> None:
    """Write what is missing."""
    for folder in folders():
        table, told = describe(folder)
        for name, text in (("statement.expected.csv", table), ("statement.expected.txt", told)):
            if text and not (folder / name).exists():
                (folder / name).write_text(text, encoding="utf-8")
                print(f"wrote {folder.name}/{name}: read it before you keep it")


if __name__ == "__main__":
    main()
