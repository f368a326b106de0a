"""What the last watch saw and told: files by a digest of their path, findings by their id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.ledger.store import Ledger
from analyzer.model import Finding


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was: size, time of change in nanoseconds, and why it could not be read (empty when it was)."""

    size: int
    modified: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding that was told: enough to say what is new about its successor."""

    id: str
    kind: str
    merchant: str
    account: str
    charges: int
    first_charge: str
    urgent: bool


def file_key(path: str) -> str:
    """What stands for an absolute path in the ledger; names of files can hold account numbers."""
    return hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()


def seen(ledger: Ledger) -> dict[str, Seen]:
    """Every file a watch has looked at, by `file_key`."""
    with ledger.reading() as connection:
        rows = connection.execute("SELECT file, size, modified, problem FROM watched_files").fetchall()
    return {file: Seen(size, modified, problem) for file, size, modified, problem in rows}


def note(ledger: Ledger, file: str, state: Seen) -> None:
    """Keep what was seen of one file."""
    with ledger.writing() as connection:
        connection.execute("INSERT OR REPLACE INTO watched_files VALUES (?, ?, ?, ?)", (file, state.size, state.modified, state.problem))


def told(ledger: Ledger) -> dict[str, Told]:
    """The findings told and still standing, by id."""
    with ledger.reading() as connection:
        rows = connection.execute("SELECT id, kind, merchant, account, charges, first_charge, urgent FROM told_findings").fetchall()
    return {
        id_: Told(id_, kind, merchant, account, charges, first, bool(urgent))
        for id_, kind, merchant, account, charges, first, urgent in rows
    }


def tell(ledger: Ledger, findings: Sequence[Finding], *, urgent: float) -> None:
    """Keep that these findings, and no others, have been told and stand."""
    rows = [(f.id, f.kind, f.merchant, f.account, len(f.transactions), first_charge(f), int(f.score >= urgent)) for f in findings]
    with ledger.writing() as connection:
        connection.execute("INSERT OR REPLACE INTO facts SELECT 'told_up_to', ifnull(max(id), 0) FROM statements")
        connection.execute("DELETE FROM told_findings")
        connection.executemany("INSERT OR REPLACE INTO told_findings VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def up_to_date(ledger: Ledger) -> bool:
    """Whether everything in the ledger has been looked at and told; a watch that was killed in between has not."""
    with ledger.reading() as connection:
        row = connection.execute("SELECT value FROM facts WHERE name = 'told_up_to'").fetchone()
        last = connection.execute("SELECT ifnull(max(id), 0) FROM statements").fetchone()[0]
    done: bool = int(row[0]) == last if row is not None else last == 0
    return done


def first_charge(f: Finding) -> str:
    """What stays the same of a finding while charges are added to it."""
    t = f.transactions[0]
    return f"{t.posted.isoformat()} {t.minor} {t.currency}"


def changes(before: dict[str, Told], findings: Sequence[Finding], *, urgent: float) -> list[tuple[Finding, str]]:
    """The findings that were not told yet or have become urgent, each with what is new about it."""
    lasting = {(t.kind, t.merchant, t.account, t.first_charge): t for t in before.values()}
    found = []
    for f in findings:
        same = before.get(f.id)
        if same is not None and (same.urgent or f.score < urgent):
            continue
        earlier = same or lasting.get((f.kind, f.merchant, f.account, first_charge(f)))
        if earlier is None:
            found.append((f, "new"))
        elif len(f.transactions) > earlier.charges:
            more = len(f.transactions) - earlier.charges
            found.append((f, f"charged again: {more} more since the last time"))
        else:
            found.append((f, "changed since the last time"))
    return found
