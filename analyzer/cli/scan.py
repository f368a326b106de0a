"""`stmt-scan scan FILE...`: the main job."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analyzer import escape
from analyzer.cli import following
from analyzer.cli.common import Session, load, notes, reading_options, shown
from analyzer.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.model import Findings, Statement
    from analyzer.views.table import Style, Until

PLAIN = {"£": "GBP ", "€": "EUR ", "₹": "INR ", "¥": "JPY ", "…": "~"}
"""What is written for signs of ours where the terminal has no Unicode; other letters become escapes."""

_FEW = 3
"""So many files a command to copy names one by one."""


@click.command("scan", epilog="Example: stmt-scan scan statements/*.ofx --authorized mine.toml --format json -o findings.json")
@click.argument("files", nargs=-1, type=click.Path(), metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv", "markdown"]), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(), metavar="PATH", help="Write there instead of printing.")
@click.option("--charts", type=click.Path(), metavar="DIR", help="Draw each finding's timeline into this folder.")
@click.option("--chart-format", type=click.Choice(["png", "svg", "pdf"]), default="png", show_default=True)
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.0, help="Leave out findings below this score.")
@click.option("--exit-code", is_flag=True, help="Exit 1 when there are findings of 0.5 and above.")
@click.option("--jobs", type=click.IntRange(0), default=0, help="How many files to read at a time (0 chooses).")
@click.option("--merchants", "merchants_file", type=click.Path(), metavar="FILE.toml", help="Your own descriptor list.")
@click.option("--weights", "weights_file", type=click.Path(), metavar="FILE.toml", help="Your own evidence weights.")
@click.option("--color/--no-color", default=None, help="Colour (default: on a terminal, unless NO_COLOR is set).")
@reading_options
def command(
    files: tuple[str, ...],
    session: Session,
    form: str,
    output: str | None,
    charts: str | None,
    chart_format: str,
    min_score: float,
    exit_code: bool,
    jobs: int,
    merchants_file: str | None,
    weights_file: str | None,
    color: bool | None,
) -> int:
    """Find the charges nobody agreed to, worst first, and say why.

    FILE is a statement (OFX, QFX, CSV, PDF) or a folder of statements. The ledger, if there is one, adds what it
    remembers of the same accounts; nothing is stored.
    """
    from dataclasses import replace

    from analyzer import api
    from analyzer.cli.progress import steps
    from analyzer.views import data, table

    session.jobs = jobs
    if min_score != min_score:
        raise UsageError("--min-score nan: no score", todo="a number from 0 to 1")
    if charts == "":
        raise UsageError("--charts needs a folder")
    session.protect(output, *files, merchants_file, weights_file)
    reading = load(files, session)
    if not reading.statements:
        return 2
    with steps("Looking for recurring charges", quiet=session.quiet):
        frame, months, told = with_memory(reading.statements, session)
        findings = api.scan(
            frame, today=session.as_of, authorized=session.decisions(), merchants_file=merchants_file, weights_file=weights_file
        )
        told = [*told, *findings.notes]
        findings = following.follow(findings, frame, session)
    notes(told, session)
    findings = replace(findings, items=tuple(f for f in findings if f.score >= min_score), statements=reading.statements)
    if form == "json":
        text = data.to_json(data.document(findings, session.as_of))
    elif form == "csv":
        text = data.findings_csv(findings)
    elif form == "markdown":
        text = data.findings_markdown(findings)
    else:
        named = tuple(f if escape.mask_numbers(f) == f else "FILE" for f in files)
        screen = table.Screen(
            files=named,
            pattern=pattern(files) if named == files else None,
            months_known=months,
            failed=reading.failed,
            verbose=session.verbose,
            clocks=clocks(findings),
            style=_style(color, output),
        )
        text = table.render(findings, screen)
    emit(text, output, exact=form != "table")
    if charts is not None:
        _draw(findings, charts, chart_format, session)
    if reading.failed:
        return 2
    return 1 if exit_code and any(f.score >= table.LOOK for f in findings) else 0


def pattern(files: Sequence[str]) -> tuple[str, str] | None:
    """What stands before and after the `*` that names `files` and no other file; None for a few, or where none does."""
    folders = {os.path.dirname(f) for f in files}  # noqa: PTH120 - keeps the path as it was given
    ends = {Path(f).suffix for f in files}
    if len(files) <= _FEW or len(folders) != 1 or len(ends) != 1 or not (end := ends.pop()):
        return None
    folder = folders.pop()
    names = {Path(f).name for f in files}
    try:
        around = [p.name for p in Path(folder).iterdir() if p.name.endswith(end) and not p.name.startswith(".")]
    except OSError:
        return None
    for start in ("", os.path.commonprefix(sorted(names))):  # noqa: RUF071 - of the names' letters, not of folders
        if {n for n in around if n.startswith(start)} == names and not any(n.startswith("-") for n in names):
            return os.path.join(folder, start), end  # noqa: PTH118 - keeps the path as it was given
    return None


def with_memory(statements: tuple[Statement, ...], session: Session) -> tuple[pd.DataFrame, int | None, list[str]]:
    """The frame to scan: these statements and what the ledger remembers of the same accounts.

    Returns:
        The frame, how many earlier months the ledger knew (None without a ledger), and notes.
    """
    from analyzer import api

    ledger = session.known_ledger()
    if ledger is None:
        frame, told = api.combine(statements)
        return frame, None, told
    with ledger:
        remembered, months = ledger.remembered(statements)
    frame, told = api.combine([*statements, *remembered])
    return frame, months, told


def clocks(findings: Findings) -> dict[str, str | Until]:
    """Finding id → what its deadline counts from and what was taken for granted; with the day where another clock ends first."""
    from analyzer.disputes import deadlines, rules
    from analyzer.views import table, words

    said: dict[str, str | Until] = {}
    for found in findings:
        if found.deadline is None or findings.as_of is None or found.score < table.LOOK:
            continue
        clock = deadlines.assess(found, findings.statements, as_of=findings.as_of)
        window = clock.governing
        if window is None:
            continue
        rule = window.rule
        limit = words.counted(rule.limit or 0, rule.unit.replace("-", " ").rstrip("s"))
        basis = "statement" if rule.basis == "statement" and not window.assumed else "charge"
        phrase = f"{limit} from the {basis} of {words.day(window.start)}"
        if rule.kind == rules.NETWORK:
            phrase += ", the card network's window"
        elif clock.jurisdiction:
            phrase += f", if it is a {clock.instrument or 'credit'} card issued in {rules.COUNTRY[clock.jurisdiction]}"
        phrase = phrase if rule.verified else f"{phrase}; not fully verified"
        first = deadlines.act_by([c for c in clock.charges if not c.paid_back] or clock.charges)
        if first is not None and first.rule.kind == rules.NETWORK != rule.kind and not first.passed:
            limit = words.counted(first.rule.limit or 0, first.rule.unit.rstrip("s"))
            counted = f"the card network's window, {limit} from the charge of {words.day(first.start)}"
            said[found.id] = table.Until(first.due, f"{counted}; your own limit is {words.day(window.due)}, {phrase}")
        else:
            said[found.id] = phrase
    return said


def emit(text: str, output: str | None, *, exact: bool = False) -> None:
    """Print `text`, or write it to the file `output`.

    Args:
        text: the result.
        output: a path; None prints.
        exact: data for a program: in a pipe it is the same UTF-8 bytes whatever the terminal's encoding.
    """
    if output is None:
        import sys

        stream = sys.stdout
        if exact and not stream.isatty() and hasattr(stream, "buffer"):
            stream.flush()
            stream.buffer.write(text.encode("utf-8", "backslashreplace"))
            return
        try:
            stream.write(text)
        except UnicodeEncodeError:
            known = stream.encoding or "ascii"
            for sign, plain in PLAIN.items():
                text = text.replace(sign, plain)
            stream.write(text.encode(known, "backslashreplace").decode(known))
        return
    from analyzer import files

    if not output:
        raise UsageError("-o needs a path")
    files.write_text(output, text)


def _style(color: bool | None, output: str | None) -> Style:
    """How the table marks names, amounts and deadlines: not at all in a pipe, in a file, or with NO_COLOR."""
    import os
    import sys

    wanted = color if color is not None else output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    if not wanted:
        return lambda text, _role: text
    roles: dict[str, dict[str, Any]] = {
        "name": {"bold": True},
        "amount": {"bold": True},
        "deadline": {"fg": "yellow"},
        "urgent": {"fg": "red", "bold": True},
        "command": {"bold": True},
    }
    return lambda text, role: click.style(text, **roles[role])


def _draw(findings: Findings, folder: str, form: str, session: Session) -> None:
    from analyzer import files
    from analyzer.disputes import charts

    target = files.make_dir(folder)
    for f in findings:
        path = target / escape.file_name(f"{f.merchant} {f.id}", suffix=f".{form}")
        axes = charts.timeline(f, statements=findings.statements)
        charts.save(axes.figure, path, form)
    if not session.quiet:
        click.echo(f"{len(findings)} chart(s) in {shown(target)}", err=True)
