"""The decisions in the ledger's tables: one an agreement, the latest word on it counts."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analyzer import escape
from analyzer.ledger.charges import fold
from analyzer.model import Decision, Transaction

_COLUMNS = ("merchant", "verdict", "max_minor", "currency", "cadence", "until", "account", "usual_minor", "note")
CHARGES_KEPT = 36
"""The latest charges an agreement is known by: three years of a monthly one."""

Charge = tuple[str, int, str]
"""Posted day, amount in the smallest unit, currency."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision as it is stored: its number, the day it was made, and the charges it was made on."""

    id: int
    decision: Decision
    decided_on: date | None
    charges: frozenset[Charge]


def charges_of(transactions: Iterable[Transaction]) -> tuple[Charge, ...]:
    """What is kept of an agreement's charges, the latest `CHARGES_KEPT` of them."""
    found = sorted({(t.posted.isoformat(), t.minor, t.currency) for t in transactions})
    return tuple(found[-CHARGES_KEPT:])


def all_kept(connection: sqlite3.Connection) -> list[Kept]:
    """Every decision, the oldest first."""
    charges: dict[int, set[Charge]] = {}
    for number, posted, minor, currency in connection.execute("SELECT decision, posted, minor, currency FROM decision_charges"):
        charges.setdefault(number, set()).add((posted, minor, currency))
    rows = connection.execute(f"SELECT id, decided_on, {', '.join(_COLUMNS)} FROM decisions ORDER BY id").fetchall()
    found = []
    for number, decided, merchant, verdict, limit, currency, cadence, until, account, usual, note in rows:
        decision = Decision(
            merchant=merchant,
            verdict=verdict,
            max_minor=limit,
            currency=currency,
            cadence=cadence,
            until=_date(until),
            account=account,
            usual_minor=usual,
            note=note,
            charges=frozenset((date.fromisoformat(day), abs(minor)) for day, minor, _ in charges.get(number, ())),
        )
        found.append(Kept(number, decision, _date(decided), frozenset(charges.get(number, ()))))
    return found


def replace(connection: sqlite3.Connection, decision: Decision, charges: Sequence[Charge], decided_on: date | None) -> list[Decision]:
    """Store `decision` inside the caller's transaction, without numbers of cards; returns the earlier ones it takes the place of."""
    decision = _masked(decision)
    gone = [k for k in all_kept(connection) if same_agreement(k, decision, frozenset(charges))]
    connection.executemany("DELETE FROM decisions WHERE id = ?", [(k.id,) for k in gone])
    values = (
        *(decision.merchant, decision.verdict, decision.max_minor, decision.currency, decision.cadence),
        *(decision.until.isoformat() if decision.until else None, decision.account, decision.usual_minor, decision.note),
    )
    cursor = connection.execute(
        f"INSERT INTO decisions ({', '.join(_COLUMNS)}, decided_on) VALUES ({', '.join('?' * (len(_COLUMNS) + 1))})",
        (*values, decided_on.isoformat() if decided_on else None),
    )
    number = cursor.lastrowid
    connection.executemany("INSERT OR IGNORE INTO decision_charges VALUES (?, ?, ?, ?)", [(number, *c) for c in charges])
    return [k.decision for k in gone]


def same_agreement(kept: Kept, decision: Decision, charges: frozenset[Charge]) -> bool:
    """Whether `decision` speaks of the agreement that `kept` was about.

    By a common charge; else by the merchant and the same description of the agreement. A word on the whole merchant
    takes the place of every earlier one on it.
    """
    if kept.charges & charges:
        return True
    one, other = kept.decision, decision
    if fold(one.merchant) != fold(other.merchant) or (other.account and one.account != other.account):
        return False
    if other.cadence is None and other.max_minor is None and other.usual_minor is None:
        return True
    if kept.charges and charges:
        return False
    return (one.currency, one.cadence, one.max_minor) == (other.currency, other.cadence, other.max_minor)


def remove(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take the decisions `numbers` out inside the caller's transaction."""
    connection.executemany("DELETE FROM decisions WHERE id = ?", [(n,) for n in numbers])


def _masked(decision: Decision) -> Decision:
    account = decision.account
    if account is not None and sum(c.isdigit() for c in account.partition("#")[0]) > 4:
        account = escape.label(account)
    return dataclasses.replace(
        decision, merchant=escape.mask_numbers(decision.merchant), note=escape.mask_numbers(decision.note), account=account
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
