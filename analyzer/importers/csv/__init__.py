"""Statements in delimited text: banks by their profiles, all others by scored detection.

Every document is shown to every importer. What says at a glance that a document is none of ours stands here, so that a
scan of OFX or PDF does not load the reader of tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analyzer.importers.base import Document, Options
from analyzer.model import Statement

if TYPE_CHECKING:
    from analyzer.importers.csv.profile import Profile

__all__ = ["CsvImporter", "Profile"]


class CsvImporter:
    """Reads delimited text: a bank's export by its profile, any other by its content."""

    name = "csv"

    def identify(self, document: Document) -> bool:
        """Whether the content is text in columns with dates and amounts."""
        head = document.data[:8192]
        if b"%PDF-" in head[:1024] or b"<OFX>" in head.upper():
            return False
        from analyzer.importers.csv.importer import CsvImporter as Reader

        return Reader().identify(document)

    def read(self, document: Document, options: Options) -> Sequence[Statement]:
        """The statements in the document, one an account.

        Raises:
            StatementError: it cannot be read exactly; the message says which option answers an open question.
        """
        from analyzer.importers.csv.importer import CsvImporter as Reader

        return Reader().read(document, options)


def __getattr__(name: str) -> Any:
    if name == "Profile":
        from analyzer.importers.csv.profile import Profile

        return Profile
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
