"""`stmt-scan watch FOLDER`: for cron, launchd and systemd timers."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer import escape
from analyzer.cli import fail, following
from analyzer.cli.add import line
from analyzer.cli.common import Session, notes, reading_options
from analyzer.cli.scan import clocks, emit
from analyzer.errors import StatementError, StmtScanError, UsageError

if TYPE_CHECKING:
    from analyzer.ledger.store import Ledger
    from analyzer.ledger.watching import Seen
    from analyzer.model import Finding, Findings, Statement

UNFINISHED = (".part", ".crdownload", ".download", ".partial", ".tmp", ".opdownload", ".!ut")
"""What browsers call a file, or put beside it, while it is being downloaded."""


@click.command("watch", epilog="Example: stmt-scan watch ~/Downloads --exit-code")
@click.argument("folder", type=click.Path())
@click.option("--exit-code", is_flag=True, help="Exit 1 when a finding of 0.5 and above is new or has changed.")
@reading_options
def command(folder: str, session: Session, exit_code: bool) -> int:
    """Read what is new in a download folder once, store it, print what changed, and exit.

    With nothing new, nothing is printed. A file that cannot be read is reported once, and again when it has changed.
    Files still being downloaded are left for the next time.
    """
    from analyzer.ledger import incidents, watching
    from analyzer.views import table

    if not folder or not Path(folder).is_dir():
        raise UsageError("no such folder", source=folder, todo="name the folder your statements are downloaded to")
    ledger = session.open_ledger(create=True)
    assert ledger is not None
    with ledger:
        failed = _add_new(folder, ledger, session)
        before = watching.told(ledger)
        fresh = not watching.up_to_date(ledger)
        if not fresh and not incidents.every(ledger, still_open=True):
            return 2 if failed else 0
        findings, statements = _scan_all(ledger, session)
        if fresh:
            notes(findings.notes, session)
            following.after_adding(ledger, statements, session)
        changed = watching.changes(before, findings, urgent=table.LOOK)
        _print(changed, findings, statements, folder, session)
        watching.tell(ledger, findings.items, urgent=table.LOOK)
    if failed:
        return 2
    return 1 if exit_code and any(f.score >= table.LOOK for f, _ in changed) else 0


def _add_new(folder: str, ledger: Ledger, session: Session) -> int:
    """Reads and stores the files that are new or changed; returns how many of them could not be read."""
    from analyzer import api
    from analyzer.importers.reading import expand
    from analyzer.ledger import watching

    try:
        files = [f for f in expand([folder]) if not _unfinished(f)]
    except StatementError:
        files = []
    known = watching.seen(ledger)
    failed = 0
    for path in files:
        key, before = watching.file_key(os.path.abspath(path)), _state(path)  # noqa: PTH100 - resolves no links
        if before is None or _same(known.get(key), before):
            continue
        result = next(iter(api.read_each([path], session.options)))
        if _state(path) != before:
            continue
        if isinstance(result, StmtScanError):
            failed += 1
            fail(str(result))
            watching.note(ledger, key, watching.Seen(before.size, before.modified, str(result)))
            continue
        _store(result, ledger, session)
        watching.note(ledger, key, before)
    return failed


def _store(statements: list[Statement], ledger: Ledger, session: Session) -> None:
    for s, group in itertools.groupby(statements, key=lambda s: s.source):
        for result in ledger.adding(group):
            notes(result.notes, session)
            if not (result.known or session.quiet):
                click.echo(escape.terminal(line(result)))
        for warning in {str(w): w for st in statements if st.source == s for w in st.warnings}:
            session.warn(warning)


def _unfinished(path: str) -> bool:
    return path.lower().endswith(UNFINISHED) or any(os.path.lexists(path + suffix) for suffix in UNFINISHED)


def _state(path: str) -> Seen | None:
    from analyzer.ledger.watching import Seen

    try:
        info = Path(path).stat()
    except OSError:
        return None
    return Seen(info.st_size, info.st_mtime_ns) if info.st_size else None


def _same(known: Seen | None, now: Seen) -> bool:
    return known is not None and (known.size, known.modified) == (now.size, now.modified)


def _scan_all(ledger: Ledger, session: Session) -> tuple[Findings, list[Statement]]:
    from analyzer import api

    statements = ledger.everything()
    frame, _ = api.combine(statements)
    findings = api.scan(frame, today=session.as_of, authorized=session.decisions())
    return following.within(ledger, findings, frame, session), statements


def _files(shown: Findings, folder: str) -> tuple[str, ...]:
    """What the next command reads: the folder, where the first finding's statements lie in it; else the ledger alone."""
    here = all((Path(folder) / Path(t.source).name).is_file() for t in shown[0].transactions)
    return (folder,) if here else ()


def _print(changed: list[tuple[Finding, str]], findings: Findings, statements: list[Statement], folder: str, session: Session) -> None:
    from dataclasses import replace

    from analyzer.views import table

    if not changed:
        return
    shown = replace(findings, items=tuple(f for f, _ in changed), streams=(), statements=tuple(statements))
    screen = table.Screen(files=_files(shown, folder), verbose=session.verbose, clocks=clocks(shown))
    emit(table.render(shown, screen), None)
    for f, what in changed:
        if what != "new":
            click.echo(escape.terminal(f"{f.merchant}: {what}."))
