"""Incidents in the ledger: opened on the charges of a finding, a log of what was said and done, closed at the end.

The only SQL of cases. What follows from it (refunds seen, charges since, the next step) is `analyzer.cases`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from analyzer import escape
from analyzer.errors import UsageError
from analyzer.ledger import archive
from analyzer.model import FindingKind, Situation, Statement, Transaction

if TYPE_CHECKING:
    from analyzer.ledger.store import Ledger

MOST_TEXT = 2_000
"""Characters of one log entry."""
LOOK_BACK = timedelta(days=400)
"""How far before an incident's first charge its account is looked at: a year, and a little."""


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge an incident was opened on, with the deadline and rule found then."""

    transaction: Transaction
    deadline: date | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log. `whom`: `issuer`, `merchant`, `other` or empty. `expect_*`: a promised refund."""

    on: date
    kind: str
    text: str
    whom: str = ""
    expect_on: date | None = None
    expect_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """One case. `id` is 0 before it is stored; `claim_minor` what is asked back for `charges`, positive."""

    finding: str
    kind: FindingKind
    category: Situation
    merchant: str
    account: str
    currency: str
    claim_minor: int
    opened: date
    charges: tuple[Charge, ...]
    id: int = 0
    jurisdiction: str | None = None
    instrument: str | None = None
    closed: date | None = None
    closing: str = ""
    events: tuple[Event, ...] = ()

    @property
    def transactions(self) -> tuple[Transaction, ...]:
        """The charges, oldest first."""
        return tuple(c.transaction for c in self.charges)


def every(ledger: Ledger, *, still_open: bool = False) -> list[Incident]:
    """The incidents in the order they were opened; only those not closed when asked."""
    with ledger.reading() as connection:
        where = " WHERE closed IS NULL" if still_open else ""
        rows = connection.execute(f"SELECT id FROM incidents{where} ORDER BY id").fetchall()
        return [_load(connection, int(row[0])) for row in rows]


def get(ledger: Ledger, number: int) -> Incident:
    """The incident of that number.

    Raises:
        UsageError: there is none.
    """
    with ledger.reading() as connection:
        if connection.execute("SELECT 1 FROM incidents WHERE id = ?", (number,)).fetchone() is None:
            raise UsageError(f"there is no case {number}", todo="stmt-scan case list shows them")
        return _load(connection, number)


def _load(connection: sqlite3.Connection, number: int) -> Incident:
    finding, kind, category, merchant, account, currency, claim, place, means, opened, closed, closing = connection.execute(
        "SELECT finding, kind, category, merchant, account, currency, claim_minor, jurisdiction, instrument, opened, closed, closing"
        " FROM incidents WHERE id = ?",
        (number,),
    ).fetchone()
    charges = connection.execute(
        "SELECT posted, amount, currency, descriptor, merchant, fitid, source, page, line, deadline, rule"
        " FROM incident_charges WHERE incident = ? ORDER BY place",
        (number,),
    ).fetchall()
    events = connection.execute(
        "SELECT day, kind, text, whom, expect_on, expect_minor FROM incident_events WHERE incident = ? ORDER BY day, id", (number,)
    ).fetchall()
    return Incident(
        id=number,
        finding=finding,
        kind=cast("FindingKind", kind),
        category=cast("Situation", category),
        merchant=merchant,
        account=account,
        currency=currency,
        claim_minor=claim,
        jurisdiction=place,
        instrument=means,
        opened=date.fromisoformat(opened),
        closed=_date(closed),
        closing=closing,
        charges=tuple(
            Charge(
                Transaction(
                    date.fromisoformat(posted), Decimal(amount), unit, text, name, account, fitid, source=source, page=page, line=line
                ),
                _date(deadline),
                rule,
            )
            for posted, amount, unit, text, name, fitid, source, page, line, deadline, rule in charges
        ),
        events=tuple(
            Event(date.fromisoformat(day), kind, text, whom, _date(expect_on), expect_minor)
            for day, kind, text, whom, expect_on, expect_minor in events
        ),
    )


def begin(ledger: Ledger, incident: Incident) -> Incident:
    """The incident as stored, with its number."""
    with ledger.writing(of="the case") as connection:
        cursor = connection.execute(
            "INSERT INTO incidents (finding, kind, category, merchant, account, currency, claim_minor, jurisdiction, instrument, opened,"
            " closing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
            (
                *(incident.finding, incident.kind, incident.category, _text(incident.merchant), incident.account, incident.currency),
                *(incident.claim_minor, incident.jurisdiction, incident.instrument, incident.opened.isoformat()),
            ),
        )
        number = int(cursor.lastrowid or 0)
        _insert_charges(connection, number, 0, incident.charges)
    return get(ledger, number)


def widen(ledger: Ledger, number: int, charges: Sequence[Charge], claim_minor: int) -> Incident:
    """The incident with further `charges` in it and its claim set to `claim_minor`."""
    with ledger.writing(of=f"case {number}") as connection:
        place = int(connection.execute("SELECT count(*) FROM incident_charges WHERE incident = ?", (number,)).fetchone()[0])
        _insert_charges(connection, number, place, charges)
        connection.execute("UPDATE incidents SET claim_minor = ? WHERE id = ?", (claim_minor, number))
    return get(ledger, number)


def _insert_charges(connection: sqlite3.Connection, number: int, first: int, charges: Sequence[Charge]) -> None:
    for place, c in enumerate(charges, first):
        t = c.transaction
        connection.execute(
            "INSERT INTO incident_charges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(number, place, t.posted.isoformat(), f"{t.amount:f}", t.currency, _text(t.descriptor), _text(t.merchant), t.fitid),
                *(archive.safe_name(_text(t.source)), t.page, t.line, c.deadline.isoformat() if c.deadline else None, c.rule),
            ),
        )


def log(ledger: Ledger, number: int, event: Event) -> Event:
    """The entry as stored: card numbers in its text are masked.

    Raises:
        UsageError: there is no such incident, or the text is empty or too long.
    """
    text = " ".join(event.text.split())
    if not text or len(text) > MOST_TEXT:
        raise UsageError("an entry of the log needs a text", todo=f"one to {MOST_TEXT} characters")
    kept = replace(event, text=_text(text))
    get(ledger, number)
    with ledger.writing(of=f"case {number}") as connection:
        connection.execute(
            "INSERT INTO incident_events (incident, day, kind, whom, text, expect_on, expect_minor) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(number, kept.on.isoformat(), kept.kind, kept.whom, kept.text),
                *(kept.expect_on.isoformat() if kept.expect_on else None, kept.expect_minor),
            ),
        )
    return kept


def close(ledger: Ledger, number: int, on: date, *, unfinished: str = "") -> Incident:
    """The incident, closed on that day; `unfinished` says what was still missing."""
    get(ledger, number)
    with ledger.writing(of=f"case {number}") as connection:
        connection.execute("UPDATE incidents SET closed = ?, closing = ? WHERE id = ?", (on.isoformat(), _text(unfinished), number))
    return get(ledger, number)


def may_be(one: str, other: str) -> bool:
    """Whether two account labels can be one account: equal, one cut shorter, or one file naming none."""
    a, b = (label.partition("#")[0].lstrip(".") for label in (one, other))
    return "unknown" in (a, b) or a.endswith(b) or b.endswith(a)


def statements_around(ledger: Ledger, incident: Incident) -> list[Statement]:
    """The stored statements that can be of the incident's account, with their rows since a year before its first charge.

    Which of those that name no account, or name it shorter, are of it, their union concludes.
    """
    first = min((t.posted for t in incident.transactions), default=incident.opened) - LOOK_BACK
    with ledger.reading() as connection:
        stored = archive.headers(connection)
        near = [s.id for s in stored if may_be(s.header.label, incident.account) and s.last is not None and s.last >= first]
        return list(archive.load(connection, near, {}, days=(first, date.max)))


def _text(text: str) -> str:
    return escape.mask_numbers(text).encode("utf-8", "backslashreplace").decode()


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
