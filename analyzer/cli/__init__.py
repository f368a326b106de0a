"""The command line: one click command a file, imported only when it is the one that runs.

`stmt-scan FILE...` is short for `stmt-scan scan FILE...`.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys
from collections.abc import Iterator
from typing import Any

import click

COMMANDS = {
    "scan": "Find the charges nobody agreed to (the main job).",
    "convert": "Print the transactions themselves: CSV, JSON, Parquet, beancount.",
    "dispute": "Write the dispute packet for one finding or merchant.",
    "notice": "Is a mail what it says, and is its charge on the statements?",
    "add": "Remember statements in the ledger.",
    "review": "Walk through the recurring charges not yet decided.",
    "authorize": "Say that a merchant's charge is yours.",
    "cancel": "Say since when an agreement is cancelled.",
    "forget": "Take a decision back.",
    "case": "Follow one incident to its end.",
    "watch": "Read what is new in a download folder, print what changed.",
    "ledger": "Look after the ledger: info, backup, check, export, delete.",
    "formats": "List the importers and detectors in force.",
}
PROGRAM = "stmt-scan"
REPORT_AT = "https://github.com/stmt-scan/stmt-scan/issues"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""What the system says when output cannot go where it was sent."""


class ReaderGoneError(Exception):
    """Nobody reads our output any more (`| head`), which is no failure; click would leave with status 1."""


@contextlib.contextmanager
def _readers() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGoneError from error


class LazyGroup(click.Group):
    """A group that lists its commands without importing them, and scans when no command is named."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _readers():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _readers():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = importlib.import_module(f"analyzer.cli.{name}").command
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in COMMANDS and args[0] not in ("--help", "-h", "--version"):
            _misspelt(args[0], ctx)
            args = ["scan", *args]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _misspelt(word: str, ctx: click.Context) -> None:
    """Raise where `word` is no file and nearly a command: scanning a file called `dispuet` is not what was meant."""
    if not (word.isascii() and word.isalpha()) or os.path.lexists(word):
        return
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), COMMANDS, n=1)
    if near:
        raise click.UsageError(f"{word}: no such command or file: did you mean {near[0]}?", ctx)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("stmt-scan")
        except PackageNotFoundError:
            number = "unknown (not installed)"
        click.echo(f"{PROGRAM} {number}")
        ctx.exit()


SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=LazyGroup, name=PROGRAM, no_args_is_help=True, context_settings=SETTINGS)
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print the version and stop.")
def group() -> None:
    """Read card statements and find the recurring charge nobody agreed to.

    \b
    stmt-scan statement.ofx                     the main job
    stmt-scan statements/*.pdf --format json    the same, as data
    stmt-scan dispute AMAZON statements/*.pdf -o dispute/

    Reads OFX, QFX, CSV and PDF. Works offline; a statement never leaves the machine.
    """


def fail(message: str) -> None:
    """Print one error line on stderr, safe for a terminal and without card numbers."""
    from analyzer import escape
    from analyzer.cli.progress import echo

    echo(f"{PROGRAM}: error: {escape.terminal(escape.mask_numbers(message))}")


def run(args: list[str] | None = None) -> int:
    """Run one command line; returns the exit status and raises nothing."""
    from analyzer.errors import StmtScanError

    arguments = sys.argv[1:] if args is None else args
    debug = "--debug" in arguments
    try:
        status = group.main(args=args, prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except click.ClickException as error:
        where = getattr(error, "ctx", None)
        hint = f" (see '{where.command_path} --help')" if where is not None else ""
        fail(error.format_message() + hint)
        return 2
    except StmtScanError as error:
        if debug:
            trace(error)
        fail(str(error))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"{PROGRAM}: stopped; nothing was left half done", err=True)
        return 130
    except (ReaderGoneError, BrokenPipeError):
        _silence()
        return 0
    except Exception as error:
        if debug:
            trace(error)
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            _silence()
            fail(f"the output cannot be written: {error.strerror}: make room, or send it elsewhere")
            return 2
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        place = f"{os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno}" if frame else "?"  # noqa: PTH119
        fail(f"a bug of ours: {type(error).__name__} at {place}; please report it at {REPORT_AT} (run again with --debug for details)")
        return 70


def trace(error: BaseException) -> None:
    """Print where `error` came from on stderr, for --debug."""
    import traceback

    from analyzer.cli.progress import echo

    echo("".join(traceback.format_exception(error)).rstrip("\n"))


def _silence() -> None:
    """Let what is still to be written to stdout go nowhere: its reader has gone, or it is full."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """The `stmt-scan` command."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    sys.exit(run())
