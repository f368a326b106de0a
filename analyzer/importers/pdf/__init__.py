"""PDF statements of any bank, read by position and proved by their own figures.

The file is parsed in a child process (`sandbox`); what comes back is plain data. `reader` tells the way.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from analyzer import errors
from analyzer.errors import StatementWarning
from analyzer.importers import sandbox
from analyzer.importers.base import Document, Options, Rows, build
from analyzer.model import Box, Statement


class PdfImporter:
    """The one reader of PDF statements; needs no profile."""

    name = "pdf"

    def identify(self, document: Document) -> bool:
        """Whether the content is a PDF: its header stands within the first kilobyte, as readers allow."""
        return b"%PDF-" in document.head(1024)

    def read(self, document: Document, options: Options) -> Sequence[Statement]:
        """The statements in the document, one a card or account.

        Raises:
            StatementError: it cannot be read exactly, contradicts its own figures, or stops the reader.
        """
        told = {
            "sign": options.sign,
            "date_order": options.date_order,
            "currency": options.currency,
            "today": options.today.isoformat() if options.today else None,
        }
        answer = sandbox.call(
            "analyzer.importers.pdf.reader:read",
            limits_of=options.limits,
            data=document.data,
            password=options.password,
            limits=dataclasses.asdict(options.limits),
            options=told,
        )
        return statements(document, answer)


def statements(document: Document, answer: Mapping[str, Any]) -> list[Statement]:
    """The statements that the child's answer describes."""
    warnings = [_warning(w) for w in answer["warnings"]]
    return [_statement(document, told, warnings) for told in answer["statements"]]


def _statement(document: Document, told: Mapping[str, Any], warnings: Sequence[StatementWarning]) -> Statement:
    rows = Rows(
        posted=[date.fromisoformat(d) for d in told["posted"]],
        descriptor=told["descriptor"],
        amounts=[Decimal(a) for a in told["amounts"]],
        status=told["status"],
        page=told["page"],
        boxes=tuple(tuple(Box(int(b[0]), *map(float, b[1:])) for b in boxes) for boxes in told["boxes"]),
    )
    return build(
        document,
        rows,
        format="pdf",
        importer="pdf:generic",
        number=told["number"],
        institution=told["institution"],
        kind=told["kind"],
        currency=told["currency"],
        start=_day(told["start"]),
        end=_day(told["end"]),
        opening=_decimal(told["opening"]),
        closing=_decimal(told["closing"]),
        reconciled=told["reconciled"],
        proof=told["proof"],
        warnings=warnings,
        rejected=told["rejected"],
        skipped=told["skipped"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _warning(told: Mapping[str, str]) -> StatementWarning:
    kind = getattr(errors, told["class"], StatementWarning)
    if not (isinstance(kind, type) and issubclass(kind, StatementWarning)):
        kind = StatementWarning
    return kind(told["what"], place=told["place"], todo=told["todo"])
