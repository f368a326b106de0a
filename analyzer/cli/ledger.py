"""`stmt-scan ledger ...`: looks after the ledger."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer import escape
from analyzer.cli.common import Session, on_terminal, reading_options, shown
from analyzer.cli.scan import emit
from analyzer.errors import LedgerError, UsageError

if TYPE_CHECKING:
    from analyzer.ledger.store import Ledger


@click.group("ledger", epilog="Example: stmt-scan ledger info")
def command() -> None:
    """Look after the ledger: what it holds, a copy, a check, all of it as data, its end."""


def _open(session: Session) -> Ledger:
    ledger = session.open_ledger()
    if ledger is None:
        where = str(session.ledger_path) if session.ledger_path is not None else ""
        raise LedgerError("there is no ledger", source=where, todo="stmt-scan add FILE... makes one")
    return ledger


@command.command("info", epilog="Example: stmt-scan ledger info --ledger my.db")
@reading_options
def info(session: Session) -> int:
    """Say where the ledger is and what it holds."""
    from analyzer.ledger.opening import last_backup

    ledger = session.open_ledger()
    if session.ledger_path is None:
        raise UsageError("--no-ledger leaves nothing to look at", todo="leave it out")
    if ledger is None:
        click.echo(f"No ledger yet at {shown(session.ledger_path)}. stmt-scan add FILE... makes one.")
        return 0
    with ledger:
        held = ledger.contents()
        copy = last_backup(ledger.file)
    click.echo(f"{shown(held.path)}, {held.bytes / 1024:,.0f} KiB, schema {held.schema}")
    click.echo(
        f"{_count(held.statements, 'statement')}, {_count(held.charges, 'transaction')}"
        f" ({_count(held.rows, 'row')} before overlaps), {_count(held.decisions, 'decision')}"
    )
    for label, count, first, last in held.accounts:
        span = f"{first} to {last}" if first and last else "no transactions"
        click.echo(f"  {escape.terminal(label.partition('#')[0]):<10} {_count(count, 'statement'):>16}, {span}")
    click.echo(f"Last backup: {shown(copy) if copy else 'none; stmt-scan ledger backup PATH makes one'}")
    return 0


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


@command.command("backup", epilog="Example: stmt-scan ledger backup /media/usb/ledger-2026-07.db")
@click.argument("path", type=click.Path())
@reading_options
def backup(path: str, session: Session) -> int:
    """Write a whole, checked copy of the ledger to PATH; a file that is there already is left alone."""
    from analyzer.ledger import upkeep

    with _open(session) as ledger:
        target = upkeep.backup(ledger, Path(path))
    if not session.quiet:
        click.echo(f"Copied to {shown(target)}. To go back: copy it over {shown(session.ledger_path)}.")
    return 0


@command.command("check", epilog="Example: stmt-scan ledger check")
@reading_options
def check(session: Session) -> int:
    """Check every page, index and reference of the ledger, and that every statement has all its rows."""
    from analyzer.ledger import upkeep

    with _open(session) as ledger:
        problems = upkeep.check(ledger)
    if problems:
        more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
        raise LedgerError(f"{problems[0]}{more}", source=str(session.ledger_path), todo="set it aside and put a backup back")
    if not session.quiet:
        click.echo("The ledger is whole.")
    return 0


@command.command("export", epilog="Example: stmt-scan ledger export --format parquet -o all.parquet")
@click.option("--format", "form", type=click.Choice(["csv", "json", "parquet"]), default="csv", show_default=True)
@click.option("-o", "--output", type=click.Path(), metavar="PATH", help="Write there instead of printing (Parquet needs it).")
@reading_options
def export(session: Session, form: str, output: str | None) -> int:
    """Print all transactions the ledger knows, each once, in the columns of convert.

    A charge that the bank changed under one id stands twice: as it is now, and before with the status superseded.
    """
    from analyzer import files
    from analyzer.views import data

    if form == "parquet" and output is None:
        raise UsageError("--format parquet needs a file", todo="add -o PATH")
    session.protect(output)
    with _open(session) as ledger:
        held = ledger.export()
    table = data.convert_frame([held])
    if form == "parquet" and output is not None:
        files.write_bytes(output, data.convert_parquet(table))
    else:
        emit(data.convert_json(table) if form == "json" else data.convert_csv(table), output, exact=True)
    return 0


@command.command("delete", epilog="Example: stmt-scan ledger delete --yes")
@click.option("--yes", is_flag=True, help="Do not ask (needed where nobody can be asked).")
@reading_options
def delete(session: Session, yes: bool) -> int:
    """Overwrite and remove the ledger with its journal and the copies beside it. Copies elsewhere are named, not touched."""
    from analyzer.ledger import upkeep
    from analyzer.ledger.opening import noted_backups

    path = session.ledger_path
    if path is None:
        raise UsageError("--no-ledger leaves nothing to delete", todo="leave it out")
    if not path.is_file():
        raise LedgerError("there is no ledger", source=str(path), todo="nothing was done")
    if not yes:
        if not on_terminal():
            raise UsageError("deleting the ledger cannot be undone", todo="add --yes where nobody can be asked")
        where = shown(path)
        if not click.confirm(f"Delete {where} with everything it remembers, and the copies beside it?", err=True):
            click.echo("Nothing was deleted.", err=True)
            return 0
    copies = noted_backups(path)
    gone = upkeep.delete(path)
    if not session.quiet:
        for p in gone:
            click.echo(f"Overwritten and removed: {shown(p)}")
        for copy in copies:
            if copy.exists():
                click.echo(f"A copy is left at {shown(copy)}.", file=sys.stderr)
    return 0
