"""Text → statements, as the tests of this folder need it."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

from analyzer.errors import StatementWarning
from analyzer.importers.base import Document, Options
from analyzer.importers.csv import CsvImporter
from analyzer.model import Statement, Transaction

TODAY = date(2026, 1, 1)
Row = tuple[str, str]


def document(content: str | bytes, name: str = "card.csv") -> Document:
    """A document of `content`."""
    data = content.encode() if isinstance(content, str) else content
    return Document(name, data, hashlib.sha256(data).hexdigest())


def read(content: str | bytes, **options: object) -> list[Statement]:
    """The statements in `content`, which must be recognised as CSV."""
    settings: dict[str, object] = {"today": TODAY, **options}
    given = document(content)
    importer = CsvImporter()
    assert importer.identify(given)
    return list(importer.read(given, Options(**settings)))  # type: ignore[arg-type]


def transactions(statements: list[Statement]) -> list[Transaction]:
    """All rows of some statements."""
    return [t for s in statements for t in s.transactions]


def rows(statements: list[Statement]) -> list[Row]:
    """(date, amount) of all rows, the amount without idle zeros."""
    return [(str(t.posted), plain(t.amount)) for t in transactions(statements)]


def plain(amount: Decimal) -> str:
    """`-1234.5` for `Decimal("-1234.50")`."""
    return f"{amount.normalize():f}"


def listed(text: str) -> list[Row]:
    """`2024-01-05 -1.00 | 2024-01-06 2` as rows."""
    pairs = [part.split() for part in text.split("|") if part.strip()]
    return [(day, plain(Decimal(amount))) for day, amount in pairs]


def warned(statements: list[Statement]) -> list[StatementWarning]:
    """All warnings of some statements."""
    return [w for s in statements for w in s.warnings]
