"""Small statements made by hand, as an importer would deliver them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from analyzer.importers.base import Document, Rows, build
from analyzer.ledger.charges import fold
from analyzer.model import Statement

NUMBER = "700012344242"
"""An account number that is no card number."""


def statement(
    rows: Sequence[tuple[Any, ...]],
    name: str = "a.ofx",
    *,
    number: str = NUMBER,
    form: str = "ofx",
    currency: str = "USD",
    period: tuple[str, str] | None = None,
    **others: Any,
) -> Statement:
    """A statement of (day, amount, text, fitid, status) rows; later parts may be left out."""
    full = [(*row, *(None, None, None, None, None)[len(row) :]) for row in rows]
    document = Document(name, b"", hashlib.sha256(repr((name, rows, number, form)).encode()).hexdigest())
    days = sorted(date.fromisoformat(r[0]) for r in full)
    start, end = (date.fromisoformat(d) for d in period) if period else (days[0], days[-1]) if days else (None, None)
    made = build(
        document,
        Rows(
            posted=[date.fromisoformat(r[0]) for r in full],
            descriptor=[r[2] for r in full],
            amounts=[Decimal(str(r[1])) for r in full],
            fitid=[r[3] for r in full],
            status=[r[4] or "posted" for r in full],
            line=list(range(1, len(full) + 1)),
        ),
        format=form,
        importer=form,
        number=number,
        currency=currency,
        start=start,
        end=end,
        **others,
    )
    made.frame["merchant"] = made.frame["descriptor"].map(lambda text: fold(text).upper()).astype("str")
    return made
