"""The ledger: what was read before, and what the holder decided.

It keeps statements exactly as they were read. Which rows are one charge is concluded anew each time
(`identity.union`), so the answer cannot depend on the order of imports. Each statement is stored whole or not at all.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from analyzer.errors import LedgerError, ReadOnly
from analyzer.ledger import accounts, archive, kept, opening, place
from analyzer.ledger.accounts import Header, Match
from analyzer.ledger.archive import Stored
from analyzer.ledger.evidence import comparable, evidence_of
from analyzer.ledger.identity import union, versions
from analyzer.ledger.revisions import REVISED_DAYS
from analyzer.model import Decision, Statement, Transaction

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one statement: how many charges it brought that the ledger did not have.

    `already_on` is the day an equal file was added before (with `known`), `other_reading` whether its rows were read
    differently then. `notes` say what was matched, joined or kept apart.
    """

    source: str
    account: str
    rows: int
    new: int
    known: bool = False
    already_on: date | None = None
    other_reading: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddResult:
    """What `Ledger.add` did, a statement each."""

    statements: tuple[Added, ...] = ()

    @property
    def new(self) -> int:
        """Charges that the ledger did not have."""
        return sum(s.new for s in self.statements)

    @property
    def notes(self) -> tuple[str, ...]:
        """All notes, each once."""
        return tuple(dict.fromkeys(note for s in self.statements for note in s.notes))

    def __str__(self) -> str:
        known = sum(s.known for s in self.statements)
        already = f", {known} already known" if known else ""
        return f"{len(self.statements) - known} statement(s) added{already}, {self.new} new transaction(s)."


@dataclass(frozen=True, slots=True)
class Contents:
    """What the ledger holds."""

    path: Path
    schema: int
    statements: int
    rows: int
    charges: int
    accounts: tuple[tuple[str, int, date | None, date | None], ...]
    """Label, statements, first and last day."""
    decisions: int
    bytes: int


@dataclass
class Ledger:
    """The store at `path` (the platform's data folder by default); use it as a context.

    Args:
        path: the file; made with its folder where it does not exist, readable by nobody else.
        today: the day written beside what is added; none when not given.
        create: whether the file may be made.

    Raises:
        LedgerError: it cannot be used. The file is as it was.
    """

    path: Path | str | None = None
    today: date | None = field(default=None, kw_only=True)
    create: bool = field(default=True, kw_only=True)

    def __post_init__(self) -> None:
        self.path = Path(os.fspath(self.path)) if self.path is not None else place.default_path()
        self.connection = opening.connect(self.path, create=self.create)
        self._digests: dict[str, bytes] = {}

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self.connection.close()

    @property
    def file(self) -> Path:
        """Where the ledger is."""
        assert isinstance(self.path, Path)
        return self.path

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for questions; sqlite3's errors come out as `LedgerError`."""
        with opening.translated(self.file):
            yield self.connection

    @contextlib.contextmanager
    def writing(self, *, of: str = "") -> Iterator[sqlite3.Connection]:
        """The connection inside one transaction: all of it is stored when the block ends well, else nothing.

        Args:
            of: what is being stored, for the message when it cannot be.
        """
        try:
            with opening.translated(self.file):
                if not opening.writable(self.connection):
                    raise ReadOnly("cannot be written where it is", source=str(self.file), todo="name another place with --ledger")
                self.connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self.connection
                    self.connection.execute("COMMIT")
                except BaseException:
                    with contextlib.suppress(sqlite3.Error):
                        if self.connection.in_transaction:
                            self.connection.execute("ROLLBACK")
                    raise
        except LedgerError as error:
            if of and not error.place:
                raise type(error)(error.what, source=error.source, place=of, todo=error.todo) from error
            raise

    # statements

    def add(self, frame_or_statements: pd.DataFrame | Statement | Iterable[Statement], *, again: bool = False) -> AddResult:
        """What became of each statement; equal files are known by their content and add nothing.

        Args:
            frame_or_statements: statements, or a frame from `analyzer.read` (its whole statements are stored,
                whatever was filtered out of the frame).
            again: store a known file anew, in place of what was read from it before.
        """
        return AddResult(tuple(self.adding(frame_or_statements, again=again)))

    def adding(self, frame_or_statements: pd.DataFrame | Statement | Iterable[Statement], *, again: bool = False) -> Iterator[Added]:
        """`add`, a statement at a time: what is yielded is stored, whatever happens to the next."""
        parts: dict[tuple[str, str, str], int] = defaultdict(int)
        for s in _statements(frame_or_statements):
            same = (s.sha256, s.account_key, s.account)
            number, parts[same] = parts[same], parts[same] + 1
            yield self._add(s, number, again)

    def _add(self, s: Statement, number: int, again: bool) -> Added:
        account = self._digest(s.account_key)
        part = f"{s.account}|{account.hex()}|{number}"
        with self.writing(of=s.source) as connection:
            before = connection.execute(
                "SELECT id, added_on, reading FROM statements WHERE sha256 = ? AND part = ?", (s.sha256, part)
            ).fetchone()
            if before is not None:
                on = date.fromisoformat(before[1]) if before[1] else None
                other = before[2] != archive.reading_of(s)
                if not (again and other):
                    return Added(s.source, s.account, len(s), 0, known=True, already_on=on, other_reading=other)
                connection.execute("DELETE FROM statements WHERE id = ?", (before[0],))
            stored = archive.headers(connection, {s.account})
            found = self._evidence([s], stored)
            new, notes = self._news(s, stored, found)
            at = archive.insert(connection, s, part=part, account=account, added_on=self.today)
            lines = [
                (at if i == 0 else stored[i - 1].id, at if j == 0 else stored[j - 1].id, m.equal, m.inside) for (i, j), m in found.items()
            ]
            connection.executemany("INSERT INTO evidence VALUES (?, ?, ?, ?)", lines)
        return Added(s.source, s.account, len(s), new, notes=tuple(notes))

    def _news(self, s: Statement, stored: Sequence[Stored], found: Mapping[tuple[int, int], Match]) -> tuple[int, list[str]]:
        """How many charges `s` brings, and what there is to tell: judged against the stored days around its own."""
        first, last = s.first, s.last
        if first is None or last is None:
            return 0, []
        homes = self._resolve([self._header(s)], stored, found)
        window = (first - timedelta(days=REVISED_DAYS), last + timedelta(days=REVISED_DAYS))
        near = [h.id for h, home in zip(stored, homes[1:], strict=True) if home == homes[0] and _touches(h, *window)]
        around = archive.load(self.connection, near, self._plain_keys([s]), days=window)
        frame, notes = union([s, *around])
        return max(0, len(frame) - len(union(around)[0])), notes

    def remembered(self, statements: Sequence[Statement]) -> tuple[list[Statement], int]:
        """The stored statements of the same accounts, and how many months before the end of those just read they add."""
        with self.reading() as connection:
            stored = archive.headers(connection, {s.account for s in statements})
            read = {s.sha256 for s in statements}
            found = self._evidence(statements, stored)
            homes = self._resolve([self._header(s) for s in statements], stored, found)
            wanted = set(homes[: len(statements)])
            numbers = [h.id for h, home in zip(stored, homes[len(statements) :], strict=True) if home in wanted and h.sha256 not in read]
            loaded = archive.load(connection, numbers, self._plain_keys(statements))
        return list(loaded), _months_before(statements, loaded)

    def everything(self) -> list[Statement]:
        """All stored statements, in the order of import."""
        with self.reading() as connection:
            numbers = [row[0] for row in connection.execute("SELECT id FROM statements ORDER BY id")]
            return list(archive.load(connection, numbers, {}))

    def frame(self, account: str | None = None) -> pd.DataFrame:
        """All charges the ledger knows, each once, as a frame; of one account when its label is given."""
        chosen = [s for s in self.everything() if account is None or s.account == account.partition("#")[0]]
        return union(chosen)[0]

    def export(self) -> Statement:
        """All charges, with the earlier versions of those a bank changed (status `superseded`), as if of one statement."""
        frame, exact = versions(self.everything())
        return Statement("", "", "ledger", "ledger", "", "", frame, exact=exact)

    def statements(self) -> list[Stored]:
        """Every stored statement without its rows, in the order of import."""
        with self.reading() as connection:
            return archive.headers(connection)

    def contents(self) -> Contents:
        """What the ledger holds, counted."""
        stored = self.statements()
        with self.reading() as connection:
            decided = int(connection.execute("SELECT count(*) FROM decisions").fetchone()[0])
            schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
        homes = self._resolve([], stored, {})
        labels = accounts.labels(homes, [s.header for s in stored])
        groups: dict[str, list[Stored]] = defaultdict(list)
        for s, home in zip(stored, homes, strict=True):
            groups[labels[home]].append(s)
        spans = []
        for label in groups:
            firsts = [s.first for s in groups[label] if s.first]
            lasts = [s.last for s in groups[label] if s.last]
            spans.append((label, len(groups[label]), min(firsts, default=None), max(lasts, default=None)))
        return Contents(
            path=self.file,
            schema=schema,
            statements=len(stored),
            rows=sum(s.rows for s in stored),
            charges=len(self.frame()),
            accounts=tuple(sorted(spans, key=lambda s: (s[0].partition("#")[0], str(s[2]), str(s[3]), s[1], s[0]))),
            decisions=decided,
            bytes=self.file.stat().st_size,
        )

    # accounts

    def _digest(self, key: str) -> bytes:
        if key not in self._digests:
            with self.reading() as connection:
                salt = connection.execute("SELECT value FROM facts WHERE name = 'salt'").fetchone()
            if salt is None:
                raise LedgerError("its salt is missing", source=str(self.file), todo="put a backup back")
            self._digests[key] = archive.digest_of(key, bytes(salt[0]))
        return self._digests[key]

    def _header(self, s: Statement) -> Header:
        return Header(s.account, self._digest(s.account_key).hex(), s.currency, s.institution, s.source)

    def _plain_keys(self, statements: Sequence[Statement]) -> dict[bytes, str]:
        return {self._digest(s.account_key): s.account_key for s in statements if s.account_key}

    def _evidence(self, statements: Sequence[Statement], stored: Sequence[Stored]) -> dict[tuple[int, int], Match]:
        """How the rows of `statements` and of stored ones agree; positions count through both lists."""
        heads = [self._header(s) for s in statements]
        spans = [(head, s.first, s.last) for s, head in zip(statements, heads, strict=True)]
        near = [
            k
            for k, h in enumerate(stored)
            if any(
                (comparable(head, h.header) or comparable(h.header, head)) and first and last and _touches(h, first, last)
                for head, first, last in spans
            )
        ]
        if not near and all(h.whole for h in heads):
            return {}
        with self.reading() as connection:
            loaded = archive.load(connection, [stored[k].id for k in near], {})
        found = evidence_of([*statements, *loaded], [*heads, *(stored[k].header for k in near)])
        n = len(statements)
        where = [*range(n), *(n + k for k in near)]
        return {(where[i], where[j]): m for (i, j), m in found.items() if i < n or j < n}

    def _resolve(self, heads: Sequence[Header], stored: Sequence[Stored], found: Mapping[tuple[int, int], Match]) -> list[str]:
        at = {s.id: len(heads) + k for k, s in enumerate(stored)}
        evidence = dict(found)
        with self.reading() as connection:
            for lesser, fuller, equal, inside in connection.execute("SELECT lesser, fuller, equal, inside FROM evidence"):
                if lesser in at and fuller in at:
                    evidence[at[lesser], at[fuller]] = Match(equal, inside)
        return accounts.resolve([*heads, *(s.header for s in stored)], evidence)[0]

    # decisions

    def decisions(self) -> list[Decision]:
        """What the holder decided, the oldest first."""
        return [k.decision for k in self.kept()]

    def kept(self) -> list[kept.Kept]:
        """The decisions with the day they were made and the charges they were made on."""
        with self.reading() as connection:
            return kept.all_kept(connection)

    def decide(self, decision: Decision, charges: Sequence[Transaction] = ()) -> list[Decision]:
        """Keep `decision`, made on `charges`; returns the earlier decisions on the same agreement, now replaced."""
        clean = replace(decision, merchant=decision.merchant.strip(), note=decision.note.strip())
        with self.writing() as connection:
            return kept.replace(connection, clean, kept.charges_of(charges), self.today)

    def forget(self, numbers: Iterable[int]) -> None:
        """Take back the decisions of these numbers (`Kept.id`)."""
        with self.writing() as connection:
            kept.remove(connection, numbers)


def _statements(given: pd.DataFrame | Statement | Iterable[Statement]) -> list[Statement]:
    """The statements in what `add` was given; a frame carries them in its `attrs`."""
    if isinstance(given, Statement):
        return [given]
    attrs: Any = getattr(given, "attrs", None)
    if attrs is None:
        return [s for s in given if isinstance(s, Statement)]
    found = [s.statement for s in attrs.get("statements", ()) if isinstance(getattr(s, "statement", None), Statement)]
    if not found:
        raise LedgerError("this frame does not know the statements it was read from", todo="add the frame that analyzer.read returned")
    rows = len(given.index)  # type: ignore[union-attr]
    held = sum(len(s) for s in found)
    if rows != held and rows != (held := len(union(found)[0])):
        raise LedgerError(
            f"this frame has {rows} rows, its statements have {held}: a statement is stored whole",
            todo="add the frame that analyzer.read returned",
        )
    return found


def _touches(stored: Stored, first: date, last: date) -> bool:
    return stored.first is not None and stored.last is not None and stored.first <= last and first <= stored.last


LAST_WEEK = 23
"""A month of which only the days after this one are known was not seen."""


def _months_before(read: Sequence[Statement], remembered: Sequence[Statement]) -> int:
    """How many calendar months `remembered` has rows of, before the last month of `read` and beside the months of `read`."""
    now, known = _months(read), _months(remembered)
    first = min((s.first for s in remembered if s.first), default=None)
    if first is not None and first.day > LAST_WEEK and len(known) > 1:
        known.discard(f"{first:%Y-%m}")
    return len({m for m in known - now if m < max(now, default="9999")})


def _months(statements: Sequence[Statement]) -> set[str]:
    months: set[str] = set()
    for s in statements:
        if len(s):
            months.update(s.frame["posted"].to_numpy().astype("datetime64[M]").astype(str).tolist())
    return months
