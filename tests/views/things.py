"""Statements, streams and findings made by hand, for tests of what people are shown."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from analyzer.importers.base import Document, Rows, build
from analyzer.model import Cadence, Finding, Findings, Statement, Stream, transactions

Charge = tuple[str, str, str]
"""ISO day, amount, descriptor."""


def statement(
    charges: Sequence[Charge], *, number: str = "XXXX4242", currency: str = "USD", source: str = "june.ofx", **more: Any
) -> Statement:
    """A statement of these rows, `merchant` being the descriptor itself."""
    document = Document(source, b"", hashlib.sha256(source.encode()).hexdigest())
    rows = Rows(
        posted=[date.fromisoformat(d) for d, _, _ in charges],
        amounts=[Decimal(a) for _, a, _ in charges],
        descriptor=[t for _, _, t in charges],
    )
    more.setdefault("reconciled", True)
    made = build(document, rows, format="ofx", importer="ofx", number=number, currency=currency, **more)
    made.frame["merchant"] = made.frame["descriptor"]
    return made


def stream(of: Statement, descriptor: str, **changes: Any) -> Stream:
    """The monthly stream of all rows with that descriptor."""
    rows = tuple(i for i, d in enumerate(of.frame["descriptor"]) if d == descriptor)
    settings: dict[str, Any] = {
        "merchant": descriptor,
        "account": of.account,
        "currency": of.currency,
        "cadence": Cadence("monthly", 30.44, 3, 0.9),
        "amount_model": "fixed",
        "status": "active",
        "confidence": 0.9,
        "rows": rows,
        "source_frame": of.frame,
    }
    return Stream(**{**settings, **changes})


def finding(of: Statement, descriptor: str, **changes: Any) -> Finding:
    """A finding over all rows with that descriptor."""
    rows = [i for i, d in enumerate(of.frame["descriptor"]) if d == descriptor]
    found = transactions(of.frame, rows)
    settings: dict[str, Any] = {
        "kind": "unrecognized-recurring",
        "detector": "unrecognized-recurring",
        "score": 0.8,
        "merchant": descriptor,
        "account": of.account,
        "currency": of.currency,
        "amount_at_risk": -sum((t.amount for t in found), Decimal(0)),
        "reasons": ("2 of 2 months, always the 4th",),
        "category": "unauthorized",
        "transactions": found,
    }
    return Finding(**{**settings, **changes})


def scan_of(*items: Finding, statements: Sequence[Statement], streams: Sequence[Stream] = (), as_of: str = "2026-06-28") -> Findings:
    """What a scan of these statements on that day would return."""
    return Findings(items=items, streams=tuple(streams), statements=tuple(statements), as_of=date.fromisoformat(as_of))
