"""The whole job as functions: files → statements → frame → findings.

`read` and `scan` are what `import analyzer` offers; the command line calls the same functions. Nothing here
reads a clock: without `today`, a scan judges by the last day its statements cover.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from analyzer.errors import StmtScanError
from analyzer.importers.base import Options
from analyzer.model import Decision, Finding, Findings, Statement, empty_frame, register_action, usable

if TYPE_CHECKING:
    from concurrent.futures import Executor

    import pandas as pd

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


class StatementSummary(dict[str, Any]):
    """What `frame.attrs["statements"]` holds per statement: a plain mapping, and the `Statement` itself.

    pandas copies `attrs` with every frame and writes them into Parquet; a mapping survives both, and the
    statement behind it is shared, not copied.
    """

    statement: Statement

    def __init__(self, statement: Statement) -> None:
        super().__init__(
            source=statement.source,
            sha256=statement.sha256,
            format=statement.format,
            importer=statement.importer,
            account=statement.account,
            kind=statement.kind,
            currency=statement.currency,
            start=_iso(statement.start),
            end=_iso(statement.end),
            opening=None if statement.opening is None else str(statement.opening),
            closing=None if statement.closing is None else str(statement.closing),
            transactions=len(statement),
            reconciled=statement.reconciled,
            proof=statement.proof,
            rejected=statement.rejected,
            skipped=statement.skipped,
            warnings=[str(w) for w in statement.warnings],
        )
        self.statement = statement

    def __copy__(self) -> StatementSummary:
        return self

    def __deepcopy__(self, _memo: object) -> StatementSummary:
        return self


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def read_each(paths: Sequence[str], options: Options | None = None, *, jobs: int = 0) -> Iterator[list[Statement] | StmtScanError]:
    """Per file, in the order given: its statements, or the error that refused it.

    Args:
        paths: files, or folders whose files are read (not recursive).
        options: how to read; None for what the files themselves decide.
        jobs: how many files at a time; 0 chooses.
    """
    from concurrent.futures import ThreadPoolExecutor

    from analyzer.importers.reading import expand, read_file

    how = options or Options()

    def one(path: str) -> list[Statement] | StmtScanError:
        try:
            return [_with_merchants(s) for s in read_file(path, how)]
        except StmtScanError as error:
            return error.at(str(path))

    targets: list[str | StmtScanError] = []
    for path in paths:
        try:
            targets.extend(expand([path]))
        except StmtScanError as error:
            targets.append(error)
    files = [t for t in targets if isinstance(t, str)]
    workers = min(jobs or min(4, os.cpu_count() or 1), len(files))
    if workers <= 1:
        yield from (one(t) if isinstance(t, str) else t for t in targets)
        return
    pool: Executor
    with ThreadPoolExecutor(workers) as pool:
        results = pool.map(one, files)
        yield from (next(results) if isinstance(t, str) else t for t in targets)


def _with_merchants(statement: Statement) -> Statement:
    from analyzer import merchants

    if statement.frame.empty:
        return statement
    frame = statement.frame
    frame["merchant"] = merchants.name(frame["descriptor"])
    return statement


def read(paths: Paths, *, options: Options | None = None, **settings: Any) -> pd.DataFrame:
    """A frame of all transactions in `paths`, with the columns of `analyzer.model.COLUMNS`.

    Rows that several overlapping statements share stand once. `frame.attrs["statements"]` holds one mapping a
    statement: period, balances, `reconciled`, warnings, importer.

    Args:
        paths: one path, many, or a folder.
        options: reading options; or give them by name: `sign=`, `date_order=`, `profile=`, `password=` ...

    Raises:
        StmtScanError: a file could not be read exactly. Warnings are issued as `StatementWarning`.
    """
    listed = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    statements: list[Statement] = []
    for result in read_each([os.fspath(p) for p in listed], options or Options(**settings)):
        if isinstance(result, StmtScanError):
            raise result
        statements.extend(result)
    for statement in statements:
        for warning in statement.warnings:
            warnings.warn(warning, stacklevel=2)
    return combine(statements)[0]


def combine(statements: Sequence[Statement]) -> tuple[pd.DataFrame, list[str]]:
    """One frame of all statements (overlaps once, in posted order), and notes on what was matched."""
    from analyzer.ledger.identity import union

    if not statements:
        return empty_frame(), []
    frame, notes = union(statements)
    frame.attrs = {"statements": [StatementSummary(s) for s in statements]}
    return frame, list(notes)


def statements_of(frame: pd.DataFrame) -> tuple[Statement, ...]:
    """The statements a frame was read from, as far as it still knows them."""
    return tuple(s.statement for s in frame.attrs.get("statements", ()) if isinstance(s, StatementSummary))


def scan(
    frame: pd.DataFrame,
    *,
    detectors: Sequence[str] | None = None,
    today: date | str | None = None,
    authorized: str | os.PathLike[str] | Iterable[Decision] = (),
    merchants_file: str | os.PathLike[str] | None = None,
    weights_file: str | os.PathLike[str] | None = None,
    jurisdiction: str | None = None,
    instrument: str | None = None,
) -> Findings:
    """What stands out in `frame`, worst first, with the recurring charges found on the way.

    Args:
        frame: transactions with the columns of `analyzer.model.COLUMNS`; any number of accounts.
        detectors: names to run, or one; all in force when None.
        today: the day to judge by, a date or text such as `2026-06-28`; without it the last day the statements
            cover. Later rows take no part, and `Findings.notes` says so.
        authorized: what the holder said: a TOML file, or decisions.
        merchants_file: the user's own descriptor list (TOML).
        weights_file: the user's own evidence weights (TOML).
        jurisdiction: for the deadlines, `US`, `ID` ...; else concluded from the currency.
        instrument: `credit` or `debit`; else from the statement.

    Raises:
        StmtScanError: the frame lacks a column or a row what it cannot be judged without, or a file given cannot be used.
    """
    from analyzer import merchants, streams
    from analyzer.detectors import base, evidence, registry
    from analyzer.ledger.decisions import load_toml

    usable.require_frame(frame)
    statements = statements_of(frame)
    day = _last_day(frame, statements) if today is None else usable.as_day(today)
    names = [detectors] if isinstance(detectors, str) else detectors
    decisions = tuple(load_toml(os.fspath(authorized))) if isinstance(authorized, str | os.PathLike) else tuple(authorized)
    extra = merchants.load_toml(os.fspath(merchants_file)) if merchants_file is not None else None
    frame, notes = _until(frame, day)
    annotated = merchants.annotate(frame["descriptor"], extra)
    found = streams.find(frame, today=day, merchants=annotated)
    context = base.Context(
        frame=frame,
        merchants=annotated,
        streams=found,
        decisions=decisions,
        today=day,
        weights=evidence.load_toml(os.fspath(weights_file)) if weights_file is not None else evidence.WEIGHTS,
    )
    findings, streams_found = registry.run(context, names)
    dated = [_dated(f, statements, day, jurisdiction, instrument) for f in findings]
    return Findings(items=tuple(dated), streams=tuple(streams_found), statements=statements, as_of=day, notes=notes)


def _until(frame: pd.DataFrame, day: date) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """`frame` without the rows later than `day`, and a note on how many they were: what is not yet, nothing is concluded from."""
    import pandas as pd

    late = frame["posted"] > pd.Timestamp(day)
    n = int(late.sum())
    if not n:
        return frame, ()
    last = frame["posted"].max().date()
    rows = "1 row takes" if n == 1 else f"{n} rows take"
    note = f"{rows} no part, later than {day}: use --as-of {last} to judge by the day of the last"
    return frame[~late].reset_index(drop=True), (note,)


def _last_day(frame: pd.DataFrame, statements: Sequence[Statement]) -> date:
    ends = [s.end for s in statements if s.end]
    if not frame.empty:
        ends.append(frame["posted"].max().date())
    return max(ends, default=date(1970, 1, 1))


def _dated(finding: Finding, statements: Sequence[Statement], day: date, jurisdiction: str | None, instrument: str | None) -> Finding:
    from analyzer.disputes.deadlines import assess

    clock = assess(finding, statements, jurisdiction=jurisdiction, instrument=instrument, as_of=day)
    return replace(finding, deadline=clock.earliest, rule=clock.rule_id, statements=tuple(statements), as_of=day)


def _plot(finding: Finding, **options: Any) -> Any:
    from analyzer.disputes import charts

    return charts.timeline(finding, **options)


def _packet(finding: Finding, folder: str, **options: Any) -> Mapping[str, Any]:
    from analyzer import disputes

    written: Mapping[str, Any] = disputes.packet_for(finding, folder, **options)
    return written


register_action("plot", _plot)
register_action("packet", _packet)
