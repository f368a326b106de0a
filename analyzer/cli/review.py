"""`stmt-scan review`: walk through the recurring charges not yet decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from analyzer import escape, files, money
from analyzer.cli import agreements
from analyzer.cli.agreements import Agreement
from analyzer.cli.common import Session, on_terminal, reading_options, shown
from analyzer.cli.deciding import warn_of_later
from analyzer.errors import UsageError
from analyzer.ledger.charges import fold
from analyzer.ledger.kept import Kept, charges_of
from analyzer.model import Verdict

NUMBERS = {"1": "mine", "2": "never", "3": "cancelled", "4": "later"}
WORDS = {
    "mine": "mine",
    "never authorised": "never",
    "never authorized": "never",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "later": "later",
    "quit": "quit",
}
ASK = "[m]ine (1), [n]ever authorised (2), [c]ancelled (3), [l]ater (4), [q]uit"


@click.command("review", epilog="Example: stmt-scan review statements/*.ofx")
@click.argument("files_", nargs=-1, type=click.Path(), metavar="[FILE...]")
@click.option("--list", "list_only", is_flag=True, help="Print what was decided, and stop.")
@click.option("--export", "export_to", type=click.Path(), metavar="FILE.toml", help="Write the decisions there, and stop.")
@click.option("--import", "import_from", type=click.Path(), metavar="FILE.toml", help="Take decisions from there, and stop.")
@click.option("--ended", is_flag=True, help="Ask about agreements that have ended, too.")
@reading_options
def command(files_: tuple[str, ...], session: Session, list_only: bool, export_to: str | None, import_from: str | None, ended: bool) -> int:
    """Ask about each recurring charge not yet decided: mine, never authorised, cancelled, or later.

    Every answer is kept at once; quit at any time and go on later. Without FILE, all that the ledger holds is looked at.
    Where no question can be asked, the open ones are listed with the commands that answer them.
    """
    if sum((list_only, export_to is not None, import_from is not None)) > 1:
        raise UsageError("--list, --export and --import exclude each other")
    if import_from is not None:
        return _import(import_from, session)
    if list_only or export_to is not None:
        session.protect(export_to, *files_)
        return _export(export_to, session)
    seen = agreements.known(files_, session)
    findings, failed = seen.findings, seen.failed
    if not seen.statements:
        session.warn("the ledger holds no statement: stmt-scan add FILE... first, or stmt-scan review FILE...")
        return 2 if failed else 0
    every = [a for a in agreements.of_findings(findings) if a.stream is not None and a.stream.authorized is None]
    undecided = [a for a in every if ended or not a.ended or a.finding is not None]
    kept = _kept(session)
    if not undecided:
        over = f"; {len(every)} that ended and are not decided: --ended asks about them" if every else ""
        click.echo(f"Nothing left to decide: {len(findings.streams)} recurring charge(s), {len(kept)} decision(s){over}.")
    elif on_terminal():
        _ask(undecided, kept, session)
    else:
        for a in undecided:
            click.echo(f"{a.id[:6]}  {a.words()}")
            click.echo(f"        stmt-scan authorize {a.id[:6]}   or   stmt-scan cancel {a.id[:6]} --on DATE")
        session.warn(f"{len(undecided)} recurring charge(s) not decided: questions are asked on a terminal only")
    return 2 if failed else 0


def _kept(session: Session) -> list[Kept]:
    ledger = session.known_ledger()
    if ledger is None:
        return []
    with ledger:
        return ledger.kept()


def _ask(undecided: Sequence[Agreement], kept: Sequence[Kept], session: Session) -> None:
    answered = 0
    try:
        for number, a in enumerate(undecided, 1):
            _show(number, len(undecided), a, kept)
            answer = _answer()
            if answer == "quit":
                break
            if answer == "later":
                continue
            until = _day(session.as_of) if answer == "cancelled" else None
            verdict: Verdict = "mine" if answer == "mine" else "cancelled" if answer == "cancelled" else "never-authorized"
            ledger = session.open_ledger(create=True)
            assert ledger is not None
            with ledger:
                ledger.decide(a.decision(verdict, until=until), a.transactions)
            answered += 1
            warn_of_later(a, until, session)
            if verdict == "never-authorized":
                click.echo(f"    Dispute it with: stmt-scan dispute {a.id[:6]} FILE... -o dispute/")
    except (click.Abort, EOFError, KeyboardInterrupt):
        click.echo("")
    click.echo(f"{answered} decision(s) kept, {len(undecided) - answered} left for later.")


def _show(number: int, total: int, a: Agreement, kept: Sequence[Kept]) -> None:
    click.echo(f"\n{number} of {total}  {escape.terminal(a.merchant)}")
    click.echo(f"    {a.terms()}")
    if a.finding is not None:
        click.echo(f"    {escape.terminal(a.finding.reasons[0])}")
    for t in a.transactions[-3:]:
        click.echo(f"    {t.posted}  {money.display(t.minor, t.currency):>14}  {escape.terminal(t.descriptor)[:50]}")
    for change in changes(a, kept):
        click.echo(f"    {change}")


def changes(a: Agreement, kept: Sequence[Kept]) -> list[str]:
    """What has changed since an earlier decision on this agreement or its merchant, as sentences."""
    charges = frozenset(charges_of(a.transactions))
    found = []
    for k in kept:
        d = k.decision
        if not (k.charges & charges or fold(d.merchant) == fold(a.merchant)):
            continue
        on = f"On {k.decided_on.isoformat()} you" if k.decided_on else "You"
        then = f"{on} said {agreements.told(d)}."
        now = []
        if d.cadence and a.cadence and d.cadence != a.cadence:
            now.append(f"it comes {a.cadence} now")
        if d.usual_minor and d.usual_minor != a.usual and d.currency in (None, a.currency):
            now.append(f"the last charge was {money.display(a.usual, a.currency)}")
        if d.max_minor and (limit := d.limit(a.currency)) and a.usual > limit:
            now.append(f"that is above {money.display(limit, a.currency)}")
        if d.until and a.transactions[-1].posted > d.until:
            now.append(f"it was charged again on {a.transactions[-1].posted}")
        found.append(f"{then} Since then: {', '.join(now)}." if now else f"{then} This looks like another agreement.")
    return found


def _answer() -> str:
    while True:
        typed = str(click.prompt(f"    {ASK}", prompt_suffix=": ", err=True)).strip().lower()
        answer = NUMBERS.get(typed) or next((a for word, a in WORDS.items() if typed and word.startswith(typed)), None)
        if answer is not None:
            return answer
        click.echo("    One of m, n, c, l, q.", err=True)


def _day(today: date) -> date:
    while True:
        typed = str(click.prompt("    Cancelled on (date)", default=today.isoformat(), err=True)).strip()
        try:
            return date.fromisoformat(typed)
        except ValueError:
            click.echo("    Write it as 2026-03-01.", err=True)


def _export(path: str | None, session: Session) -> int:
    from analyzer.ledger.decisions import dump_toml

    kept = _kept(session)
    if path is not None:
        files.write_text(path, dump_toml(k.decision for k in kept))
        if not session.quiet:
            click.echo(f"{len(kept)} decision(s) in {shown(path)}")
        return 0
    for k in kept:
        click.echo(f"{k.decided_on or 'undated'!s:<10}  {agreements.told(k.decision)}")
    if not kept and not session.quiet:
        click.echo("Nothing was decided yet.")
    return 0


def _import(path: str, session: Session) -> int:
    from analyzer.ledger.decisions import load_toml

    decisions = load_toml(path)
    ledger = session.open_ledger(create=True)
    assert ledger is not None
    with ledger:
        for d in decisions:
            ledger.decide(d)
    if not session.quiet:
        click.echo(f"{len(decisions)} decision(s) taken from {shown(path)}")
    return 0
