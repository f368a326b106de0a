"""Cards and incidents made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from analyzer import merchants
from analyzer.ledger.identity import union
from analyzer.ledger.incidents import Charge, Event, Incident
from analyzer.model import Statement, transactions
from tests.ledger.making import statement

FEE = "AMAZON SELLER REPAY SEATTLE WA"
SHOP = "CORNER SHOP"
OPENED = date(2026, 6, 8)
Row = tuple[str, str, str]


def card(rows: Sequence[Row], **others: Any) -> Statement:
    """A statement of (day, amount, text) rows in rupiah."""
    others.setdefault("currency", "IDR")
    made = statement([*rows], **others)
    made.frame["merchant"] = merchants.name(made.frame["descriptor"])
    return made


def rows_of(*rows: Row, **others: Any) -> pd.DataFrame:
    """The frame of one card."""
    return union([card(rows, **others)])[0]


def incident(frame: pd.DataFrame, text: str = FEE, *, first: int = 1, events: Sequence[Event] = (), **changes: Any) -> Incident:
    """An incident on the first `first` charges with that text."""
    places = [i for i, (d, m) in enumerate(zip(frame["descriptor"], frame["minor"], strict=True)) if d == text and m < 0][:first]
    charges = transactions(frame, places)
    settings: dict[str, Any] = {
        "finding": "0123456789ab",
        "kind": "seller-fee",
        "category": "unauthorized",
        "merchant": charges[0].merchant,
        "account": charges[0].account,
        "currency": charges[0].currency,
        "claim_minor": sum(abs(t.minor) for t in charges),
        "opened": OPENED,
        "charges": tuple(Charge(t, date(2026, 7, 14), "issuer-rule") for t in charges),
        "id": 1,
        "events": tuple(events),
    }
    return Incident(**{**settings, **changes})


def event(on: str, kind: str = "note", text: str = "said so", **more: Any) -> Event:
    """A log entry."""
    return Event(date.fromisoformat(on), kind, text, **more)
