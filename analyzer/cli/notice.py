"""`stmt-scan notice MAIL.eml FILE...`: is a mail what it says, and is its charge on the statements?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from analyzer.cli.common import Session, load, notes, reading_options
from analyzer.cli.scan import emit, with_memory

if TYPE_CHECKING:
    import pandas as pd


@click.command("notice", epilog="Example: stmt-scan notice welcome.eml statements/*.ofx --receiver gmail.com")
@click.argument("mail", type=click.Path(), metavar="MAIL.eml")
@click.argument("files", nargs=-1, type=click.Path(), metavar="FILE...")
@click.option("--receiver", metavar="HOST", help="The mail provider whose own verdict is trusted, such as gmail.com or outlook.com.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(), metavar="PATH", help="Write there instead of printing.")
@reading_options
def command(mail: str, files: tuple[str, ...], session: Session, receiver: str | None, form: str, output: str | None) -> int:
    """Say whether a saved mail is what it claims, and whether the charge it announces is on the statements.

    Works offline: no link is opened, no picture loaded, no server asked. Without --receiver nothing in the mail is
    trusted. Without FILE the ledger's statements are searched, if there is a ledger.
    """
    from analyzer import notices
    from analyzer.views import data

    if receiver is not None:
        receiver = receiver.strip().removeprefix("https://").removeprefix("http://").rstrip("/")
        if not receiver:
            raise click.UsageError("--receiver names no mail provider: write its domain, such as gmail.com")
    session.protect(output, mail, *files)
    letter = notices.read(mail, session.options.limits)
    frame, failed = _frame(files, session)
    if frame is None and not session.quiet:
        session.warn("no statement to look at, so no charge can be matched: name statements after the mail")
    notice = notices.check(letter, frame, receiver=receiver)
    emit(data.to_json(notices.as_data(notice)) if form == "json" else notices.as_screen(notice), output, exact=form == "json")
    return 2 if failed else 0


def _frame(files: tuple[str, ...], session: Session) -> tuple[pd.DataFrame | None, bool]:
    """The transactions to search, or None; and whether a file could not be read."""
    if files:
        reading = load(files, session)
        if not reading.statements:
            return None, True
        frame, _, told = with_memory(reading.statements, session)
        notes(told, session)
        return frame, bool(reading.failed)
    ledger = session.known_ledger()
    if ledger is None:
        return None, False
    with ledger:
        frame = ledger.frame()
    return (None if frame.empty else frame), False
