"""`stmt-scan convert FILE...`: the transactions themselves."""

from __future__ import annotations

import click

from analyzer.cli.common import Session, load, reading_options
from analyzer.cli.scan import emit
from analyzer.errors import UsageError


@click.command("convert", epilog="Example: stmt-scan convert statement.pdf --format csv -o statement.csv")
@click.argument("files", nargs=-1, type=click.Path(), metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["csv", "json", "parquet", "beancount"]), default="csv", show_default=True)
@click.option("-o", "--output", type=click.Path(), metavar="PATH", help="Write there instead of printing (Parquet needs it).")
@click.option("--jobs", type=click.IntRange(0), default=0, help="How many files to read at a time (0 chooses).")
@reading_options
def command(files: tuple[str, ...], session: Session, form: str, output: str | None, jobs: int) -> int:
    """Print all transactions of the statements, exact and in the order of the file.

    Money out is negative. In CSV, text that a spreadsheet would run as a formula gets a leading apostrophe, and
    control characters are written as escapes; JSON and Parquet hold the exact text.
    """
    from analyzer import files as written
    from analyzer.views import data

    session.jobs = jobs
    if form == "parquet" and output is None:
        raise UsageError("--format parquet needs a file", todo="add -o PATH")
    session.protect(output, *files)
    reading = load(files, session)
    if not reading.statements and reading.failed:
        return 2
    table = data.convert_frame(reading.statements)
    if form == "parquet" and output is not None:
        written.write_bytes(output, data.convert_parquet(table))
    elif form == "json":
        emit(data.convert_json(table), output, exact=True)
    elif form == "beancount":
        emit(data.convert_beancount(table), output, exact=True)
    else:
        emit(data.convert_csv(table), output, exact=True)
    return reading.exit_code
