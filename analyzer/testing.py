"""Golden files for importers and bank profiles, also for those kept in other repositories.

Beside each document stands what must be read from it: `statement.csv` and `statement.expected.csv`. A document
without expectation fails, and so does an expectation without document. `generate` writes what is missing and never
overwrites: a golden file is deleted by hand, by someone who has looked.

In a test::

    import pytest
    from analyzer import testing

    @pytest.mark.parametrize("case", testing.cases("tests/profiles"), ids=str)
    def test_golden(case):
        case.check()

On the command line: `python -m analyzer.testing check FOLDER` and `python -m analyzer.testing generate FOLDER`.
"""

from __future__ import annotations

import csv
import difflib
import io
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from analyzer import escape, files
from analyzer.errors import OutputError, StmtScanError
from analyzer.importers.base import Options
from analyzer.importers.csv.profile import Profile, register
from analyzer.model import Statement

COLUMNS = ("date", "amount", "currency", "descriptor", "account", "fitid", "status", "page", "line")
EXPECTED = ".expected.csv"
PASSED_OVER = (".md", ".py", ".pyc", ".txt", ".toml")
TODAY = date(2026, 1, 1)
"""The day documents without a year are read on, so that they read alike for ever."""


def expectation(statements: Sequence[Statement]) -> str:
    """What was read, as the text of a golden file: one row a transaction, in the order of the file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for statement in statements:
        for t in statement.transactions:
            texts = (escape.csv_cell(escape.visible(t.descriptor)), t.account, escape.csv_cell(escape.visible(t.fitid or "")))
            writer.writerow([t.posted, t.amount, t.currency, *texts, t.status, t.page or "", t.line or ""])
    return out.getvalue()


@dataclass(frozen=True)
class Case:
    """One document and its golden file; either may be missing, which `check` reports."""

    document: Path
    options: Options = field(default_factory=lambda: Options(today=TODAY))

    @property
    def expected(self) -> Path:
        """Where the golden file stands or belongs."""
        return self.document.with_suffix(EXPECTED)

    def __str__(self) -> str:
        return f"{self.document.parent.name}/{self.document.name}"

    def read(self) -> list[Statement]:
        """The statements in the document.

        Raises:
            StmtScanError: it cannot be read.
        """
        from analyzer.importers.reading import read_file

        return read_file(os.fspath(self.document), self.options)

    def check(self) -> None:
        """Return when the document reads as its golden file says.

        Raises:
            AssertionError: it does not, or one of the two files is missing; the message shows the difference.
        """
        if not self.document.is_file():
            raise AssertionError(f"{self.expected}: an expectation without its document")
        if not self.expected.is_file():
            raise AssertionError(
                f"{self.document}: no expectation; write it with: python -m analyzer.testing generate {self.document.parent}"
            )
        wanted = self.expected.read_text(encoding="utf-8")
        found = expectation(self.read())
        if wanted != found:
            lines = difflib.unified_diff(wanted.splitlines(), found.splitlines(), "expected", "read", lineterm="", n=1)
            raise AssertionError(f"{self.document}: read otherwise than expected\n" + "\n".join(lines))

    def generate(self) -> Path:
        """The golden file, newly written from what the document reads as.

        Raises:
            OutputError: there is one already; it is left as it is.
            StmtScanError: the document cannot be read.
        """
        if self.expected.exists():
            raise OutputError("there is a golden file already", source=str(self.expected), todo="delete it first, if it is wrong")
        return files.write_text(self.expected, expectation(self.read()))


def cases(folder: str | os.PathLike[str], *, options: Options | None = None) -> list[Case]:
    """All documents and golden files below `folder`, in the order of their names.

    A name is a document unless it is hidden, a golden file, or ends as notes and code do.
    """
    how = options or Options(today=TODAY)
    found: dict[Path, None] = {}
    for path in sorted(Path(folder).rglob("*")):
        if not path.is_file() or path.name.startswith(".") or path.suffix in PASSED_OVER or "__pycache__" in path.parts:
            continue
        if path.name.endswith(EXPECTED):
            stem = path.name.removesuffix(EXPECTED)
            beside = [p for p in path.parent.glob(f"{stem}.*") if not p.name.endswith(EXPECTED) and p.suffix not in PASSED_OVER]
            found.update(dict.fromkeys(beside or [path.with_name(f"{stem}.missing")]))
        else:
            found[path] = None
    return [Case(p, how) for p in sorted(found)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check or generate the golden files of a folder; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if len(given) != 2 or given[0] not in ("check", "generate"):
        sys.stderr.write("usage: python -m analyzer.testing check|generate FOLDER\n")
        return 2
    found = cases(given[1])
    if not found:
        sys.stderr.write(f"{escape.terminal(given[1])}: no documents\n")
        return 2
    failed = 0
    for case in found:
        try:
            if given[0] == "check":
                case.check()
            elif not case.expected.exists():
                sys.stdout.write(f"wrote {escape.terminal(str(case.generate()))}\n")
        except (AssertionError, StmtScanError) as error:
            failed += 1
            sys.stderr.write("\n".join(escape.terminal(line) for line in str(error).splitlines()) + "\n")
    sys.stdout.write(f"{len(found) - failed} of {len(found)} documents read as expected\n")
    return 1 if failed else 0


__all__ = ["Case", "Profile", "cases", "expectation", "main", "register"]

if __name__ == "__main__":
    sys.exit(main())
