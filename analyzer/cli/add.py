"""`stmt-scan add FILE...`: remember statements."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import click

from analyzer import escape
from analyzer.cli import following
from analyzer.cli.common import Session, load, notes, reading_options

if TYPE_CHECKING:
    from analyzer.ledger.store import Added


@click.command("add", epilog="Example: stmt-scan add statements/*.ofx")
@click.argument("files", nargs=-1, type=click.Path(), metavar="FILE...")
@click.option("--again", is_flag=True, help="Store a known file anew, where these options read it differently.")
@click.option("--jobs", type=click.IntRange(0), default=0, help="How many files to read at a time (0 chooses).")
@reading_options
def command(files: tuple[str, ...], session: Session, again: bool, jobs: int) -> int:
    """Store statements in the ledger, so that later scans judge by all of them.

    Running it again adds nothing. Overlapping statements, renumbered ids and the same month in another format are
    recognised and reported. The account is kept as a salted hash and its last four digits.
    """
    session.jobs = jobs
    reading = load(files, session)
    if not reading.statements:
        return 2
    ledger = session.open_ledger(create=True)
    assert ledger is not None
    with ledger:
        new = 0
        for _, group in itertools.groupby(reading.statements, key=lambda s: s.source):
            for added in ledger.adding(group, again=again):
                notes(added.notes, session)
                new += added.new
                if not session.quiet:
                    click.echo(escape.terminal(line(added)))
        if not session.quiet and len(reading.statements) > 1:
            click.echo(f"{len(reading.statements)} statements, {new} new {plural('transaction', new)}.")
        following.after_adding(ledger, reading.statements, session)
    return reading.exit_code


def line(added: Added) -> str:
    """What became of one statement, as one line."""
    name = escape.mask_numbers(added.source)
    if added.known:
        on = f" on {added.already_on.isoformat()}" if added.already_on else ""
        if added.other_reading:
            return f"{name}: already imported{on}, but its rows were read differently then: add --again stores this reading"
        return f"{name}: already imported{on}; nothing new"
    known = f", {added.rows - added.new} already known" if added.rows > added.new else ""
    return f"{name}: account {added.account}, {added.new} new {plural('transaction', added.new)}{known}"


def plural(noun: str, count: int) -> str:
    """`noun`, with an s unless there is one of it."""
    return noun if count == 1 else f"{noun}s"
