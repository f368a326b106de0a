"""What every command that reads statements shares: its options, the session they make, and reading.

The only place that asks for today's date, the environment and the platform's data folder.
"""

from __future__ import annotations

import functools
import os
import select
import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from analyzer import escape
from analyzer.cli import PROGRAM, fail, trace
from analyzer.cli.progress import echo, steps
from analyzer.errors import Busy, EncryptedStatement, Full, ReadOnly, StatementWarning, StmtScanError, UsageError
from analyzer.limits import DEFAULT

if TYPE_CHECKING:
    from analyzer.importers.base import Options
    from analyzer.ledger.store import Ledger
    from analyzer.model import Decision, Statement

Command = TypeVar("Command", bound=Callable[..., Any])
WARNINGS_SHOWN = 12
"""Per file, unless -v is given; the rest is counted."""


class Day(click.ParamType[date]):
    """An ISO date on the command line."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as 2026-06-30", param, ctx)


@dataclass
class Session:
    """The options shared by all commands that read statements.

    `ledger_path` is where the ledger is or would be; None with --no-ledger. `as_of` is today unless given.
    """

    as_of: date
    ledger_path: Path | None
    options: Options
    authorized: str | None = None
    quiet: bool = False
    verbose: bool = False
    debug: bool = False
    jobs: int = 0
    failures: list[StmtScanError] = field(default_factory=list)
    _unreachable: bool = False

    def warn(self, message: str) -> None:
        """One warning line on stderr, unless -q."""
        if not self.quiet:
            echo(f"{PROGRAM}: warning: {escape.terminal(escape.mask_numbers(message))}")

    def protect(self, output: str | None, *read: str | None) -> None:
        """Refuse to write over what this command reads: a statement is the evidence, and the ledger is the memory.

        Raises:
            UsageError: `output` is one of the files `read`, a statement of a folder among them, the list of agreements or the ledger.
        """
        if output is None or not os.path.lexists(output):
            return
        ledger = str(self.ledger_path) if self.ledger_path is not None else None
        for path in (*read, self.authorized, ledger):
            if path and _holds(path, output):
                raise UsageError(
                    "is read by this command and would be lost", source=escape.mask_numbers(output), todo="choose another place"
                )

    def open_ledger(self, *, create: bool = False) -> Ledger | None:
        """The ledger; None when it is switched off, or does not exist and `create` is False.

        Raises:
            LedgerError: it exists and cannot be used (or made).
        """
        if self.ledger_path is None:
            if create:
                raise UsageError("this command keeps its result in the ledger", todo="leave --no-ledger out")
            return None
        if not create and not _there(self.ledger_path):
            return None
        from analyzer.ledger.store import Ledger

        return Ledger(self.ledger_path, today=self.as_of, create=create)

    def known_ledger(self) -> Ledger | None:
        """The ledger as far as it can be read: None without one, and, with one warning, where it cannot be reached.

        Raises:
            LedgerError: it is damaged, foreign or of a newer release: going on without what the user told it would mislead.
        """
        if self._unreachable:
            return None
        try:
            return self.open_ledger()
        except (Busy, Full, ReadOnly) as error:
            self._unreachable = True
            self.warn(f"{error}; going on without it")
            return None

    def decisions(self) -> tuple[Decision, ...]:
        """What the holder said: --authorized first, then the ledger's decisions."""
        told: tuple[Decision, ...] = ()
        if self.authorized:
            from analyzer.ledger.decisions import load_toml

            told = tuple(load_toml(self.authorized))
        ledger = self.known_ledger()
        if ledger is not None:
            with ledger:
                told += tuple(ledger.decisions())
        return told


@dataclass(frozen=True)
class Reading:
    """What `load` read, and how many files it could not."""

    statements: tuple[Statement, ...]
    failed: int

    @property
    def exit_code(self) -> int:
        """2 when a file could not be read, else 0."""
        return 2 if self.failed else 0


def shown(path: str | Path | None) -> str:
    """A path as a message shows it: safe for a terminal, and without numbers of cards."""
    return escape.terminal(escape.mask_numbers(str(path or "")))


def _holds(path: str, output: str) -> bool:
    """Whether `output` is the file `path`, or one of the statements in the folder `path`."""
    from analyzer.importers.reading import SUFFIXES

    try:
        if Path(path).is_dir():
            return Path(output).suffix.lower() in SUFFIXES and Path(path).samefile(Path(output).parent)
        return Path(path).samefile(output)
    except OSError:
        return False


def _there(path: Path) -> bool:
    """Whether there is something to open. An empty file is no ledger yet, but one that lost everything is for the opener to refuse."""
    if not os.path.lexists(path):
        return False
    from analyzer.ledger.opening import backups

    try:
        return not path.is_file() or path.stat().st_size > 0 or bool(backups(path))
    except OSError:
        return True


def _ledger_path(given: str | None, switched_off: bool) -> Path | None:
    if switched_off:
        return None
    named = given or os.environ.get("STMT_SCAN_LEDGER")
    if named:
        return Path(named)
    from analyzer.ledger.place import default_path

    return default_path()


PIPE_SECONDS = 5.0


def _password(path: str | None) -> str | None:
    if path is None:
        return os.environ.get("STMT_SCAN_PDF_PASSWORD")
    try:
        # A pipe is welcome (the shell's `<(...)` is one), but one that nobody writes to is not waited for.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(handle, "rb") as stream:
            if stat.S_ISFIFO(os.fstat(handle).st_mode):
                select.select([handle], [], [], PIPE_SECONDS)
            return (stream.read(1024) or b"").decode("utf-8").replace("\r\n", "\n").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise UsageError("cannot read the password file", source=path, todo="a text file whose first line is the password") from error


def reading_options(function: Command) -> Command:
    """Add the options of every command that reads statements; the command gets one `session`."""

    @functools.wraps(function)
    def wrapped(
        *args: Any,
        ledger: str | None,
        no_ledger: bool,
        as_of: date | None,
        authorized: str | None,
        profile: str | None,
        sign: str | None,
        date_order: str | None,
        encoding: str | None,
        currency: str | None,
        password_file: str | None,
        limit: tuple[str, ...],
        quiet: bool,
        verbose: bool,
        debug: bool,
        **others: Any,
    ) -> Any:
        import logging

        from analyzer.importers.base import Options

        logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells on stderr where it keeps its fonts
        today = as_of or date.today()
        if currency is not None and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            raise UsageError(f"--currency {currency}: not a currency", todo="three letters such as EUR")
        session = Session(
            as_of=today,
            ledger_path=_ledger_path(ledger, no_ledger),
            options=Options(
                sign=sign,  # type: ignore[arg-type]
                date_order=date_order,  # type: ignore[arg-type]
                profile=profile,
                encoding=encoding,
                currency=currency.upper() if currency else None,
                password=_password(password_file),
                limits=DEFAULT.replace(list(limit)),
                today=today,
            ),
            authorized=authorized,
            quiet=quiet,
            verbose=verbose,
            debug=debug,
        )
        return function(*args, session=session, **others)

    options = [
        click.option("--as-of", type=Day(), help="The day to judge by (default: today)."),
        click.option("--authorized", type=click.Path(), metavar="FILE.toml", help="Charges that are yours."),
        click.option("--ledger", type=click.Path(), metavar="PATH", help="The ledger (default: the platform's data folder)."),
        click.option("--no-ledger", is_flag=True, help="Do not look at the ledger."),
        click.option("--profile", metavar="NAME", help="Read CSV with this bank profile."),
        click.option("--sign", type=click.Choice(["charge-negative", "charge-positive"]), help="How the file writes money out."),
        click.option("--date-order", type=click.Choice(["dmy", "mdy", "ymd"]), help="What 03/04/2024 means in the file."),
        click.option("--encoding", metavar="NAME", help="The file's character encoding."),
        click.option("--currency", metavar="CODE", help="The currency, where the file names none."),
        click.option("--password-file", type=click.Path(), metavar="PATH", help="A file with the PDF password."),
        click.option("--limit", multiple=True, metavar="NAME=N", help="Raise a ceiling, for example pdf_pages=600."),
        click.option("-q", "--quiet", is_flag=True, help="No warnings."),
        click.option("-v", "--verbose", is_flag=True, help="Every warning, and how each file was read."),
        click.option("--debug", is_flag=True, help="A traceback before each error line."),
    ]
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[return-value]


def on_terminal() -> bool:
    """Whether a question can be asked: both ends are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def load(files: Sequence[str], session: Session) -> Reading:
    """Read `files` (folders are expanded); errors and warnings go to stderr, one line each.

    Raises:
        UsageError: no file was named.
    """
    from analyzer import api

    if not files:
        raise UsageError("no file named", todo="stmt-scan FILE...")
    if not all(files):
        raise UsageError("an empty file name", todo="name each file; a variable of your shell may be empty")
    statements: list[Statement] = []
    before = len(session.failures)
    total = 0 if any(Path(f).is_dir() for f in files) else len(files)
    with steps("Reading statements", total=total, quiet=session.quiet) as progress:
        for result in progress(api.read_each(files, session.options, jobs=session.jobs)):
            if isinstance(result, EncryptedStatement) and session.options.password is None and on_terminal():
                result = _with_password(result, session)
            if isinstance(result, StmtScanError):
                if session.debug:
                    trace(result)
                session.failures.append(result)
                fail(str(result))
                continue
            for statement in result:
                statements.append(statement)
                _tell(statement, session)
    return Reading(tuple(statements), len(session.failures) - before)


def _with_password(error: StmtScanError, session: Session) -> Any:
    from analyzer import api

    password = click.prompt(f"Password for {escape.terminal(escape.mask_numbers(error.source))}", hide_input=True, err=True)
    return next(iter(api.read_each([error.source], replace(session.options, password=password))))


def _tell(statement: Statement, session: Session) -> None:
    shown = statement.warnings if session.verbose else statement.warnings[:WARNINGS_SHOWN]
    for warning in shown:
        session.warn(str(warning))
    more = len(statement.warnings) - len(shown)
    if more:
        session.warn(f"{statement.source}: {more} more warning(s): -v shows all")
    if session.verbose:
        how = statement.proof or "nothing printed to check against"
        echo(escape.terminal(escape.mask_numbers(f"{statement.source}: {statement.importer}, {len(statement)} rows, {how}")))


def notes(warnings: Sequence[StatementWarning | str], session: Session) -> None:
    """Print notes that belong to no single file as warnings."""
    for warning in warnings:
        session.warn(str(warning))
