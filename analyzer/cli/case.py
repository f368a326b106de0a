"""`stmt-scan case open|log|show|list|close`: follow one incident to its end."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

from analyzer import escape
from analyzer.cli.common import Day, Session, load, notes, reading_options
from analyzer.cli.scan import emit, with_memory
from analyzer.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.cases.show import Deadline
    from analyzer.cases.standing import Standing
    from analyzer.ledger.incidents import Incident
    from analyzer.ledger.store import Ledger
    from analyzer.model import Finding, Statement, Transaction

SITUATIONS = ["unauthorized", "cancelled-recurring", "misrepresentation", "duplicate", "incorrect-amount", "credit-not-processed"]
KINDS = [
    "call",
    "mail",
    "chat",
    "letter",
    "charges-stopped",
    "refund-promised",
    "refund-refused",
    "card-replaced",
    "password-changed",
    "note",
]


@click.group("case", epilog="Example: stmt-scan case open AMAZON statements/*.ofx")
def command() -> None:
    """Follow one incident: what was said to whom, which deadline is next, did they charge again, has the refund come.

    A case is kept in the ledger. After every add and scan it is looked at again.
    """


def _ledger(session: Session, *, create: bool = False) -> Ledger:
    ledger = session.open_ledger(create=create)
    if ledger is None:
        where = "--no-ledger was given" if session.ledger_path is None else f"there is no ledger at {session.ledger_path}"
        raise UsageError(f"no case is kept: {where}", todo="open one with stmt-scan case open FINDING FILE...")
    return ledger


@command.command("open", epilog="Example: stmt-scan case open 1f3c9a statements/*.ofx --jurisdiction ID")
@click.argument("finding", metavar="FINDING")
@click.argument("files", nargs=-1, type=click.Path(), metavar="FILE...")
@click.option("--situation", type=click.Choice(SITUATIONS), help="What happened (default: as the finding says).")
@click.option("--jurisdiction", type=click.Choice(["US", "UK", "EU", "ID", "IN", "SG", "AU", "CA"]), help="Whose rules hold.")
@click.option("--instrument", type=click.Choice(["credit", "debit"]), help="The kind of card.")
@reading_options
def open_case(
    finding: str, files: tuple[str, ...], session: Session, situation: str | None, jurisdiction: str | None, instrument: str | None
) -> int:
    """Open a case on a finding: the beginning of its id, or its merchant. Without FILE the ledger's statements are scanned.

    Naming a merchant whose case is open adds the charges it does not hold yet.
    """
    from dataclasses import replace

    from analyzer import api
    from analyzer.cases import opening
    from analyzer.disputes import choose
    from analyzer.disputes.details import Details
    from analyzer.ledger import incidents

    statements, frame, failed = _to_scan(files, session)
    found = api.scan(frame, today=session.as_of, authorized=session.decisions(), jurisdiction=jurisdiction, instrument=instrument)
    notes(found.notes, session)
    chosen = choose.finding(finding, found, frame, Details(situation=situation))  # type: ignore[arg-type]
    if situation is not None:
        chosen = replace(chosen, category=situation)  # type: ignore[arg-type]
    elif chosen.detector == "holder":
        what = f"nothing stood out in the {_charges(len(chosen.transactions))} of {chosen.merchant}"
        raise UsageError(what, todo="say what happened with --situation, and they can be followed")
    with _ledger(session, create=True) as ledger:
        known = opening.followed_by(incidents.every(ledger), chosen)
        due = _due(chosen, statements, session, jurisdiction, instrument)
        if known is None:
            made = opening.incident_of(chosen, opened=session.as_of, deadlines=due, jurisdiction=jurisdiction, instrument=instrument)
            incident = incidents.begin(ledger, made)
            click.echo(f"Case {incident.id} opened: {_charges(len(incident.charges))} at {escape.terminal(incident.merchant)}.")
        else:
            more, claim = opening.further(known, chosen)
            incident = known
            if more:
                dated = [replace(c, deadline=due[c.transaction][0], rule=due[c.transaction][1]) for c in more]
                incident = incidents.widen(ledger, known.id, dated, claim)
            added = f"{_charges(len(more))} added to it" if more else "nothing to add to it"
            click.echo(f"Case {incident.id} already follows {escape.terminal(incident.merchant)}; {added}.")
        _say_next(_standing(incident, frame, session), session)
    return 2 if failed else 0


def _charges(count: int) -> str:
    return f"{count} charge{'s' if count != 1 else ''}"


def _to_scan(files: tuple[str, ...], session: Session) -> tuple[Sequence[Statement], pd.DataFrame, bool]:
    """Statements, frame, and whether a file could not be read: FILE and what the ledger remembers, or the ledger alone."""
    from analyzer import api

    if files:
        reading = load(files, session)
        if not reading.statements:
            raise UsageError("no statement could be read", todo="see the errors above")
        frame, _, told = with_memory(reading.statements, session)
        notes(told, session)
        return reading.statements, frame, bool(reading.failed)
    with _ledger(session) as ledger:
        statements = ledger.everything()
    if not statements:
        raise UsageError("the ledger holds no statement", todo="name statements after the finding, or add them first")
    return statements, api.combine(statements)[0], False


def _due(
    finding: Finding, statements: Sequence[Statement], session: Session, jurisdiction: str | None, instrument: str | None
) -> dict[Transaction, tuple[date | None, str | None]]:
    """Per charge of `finding` the day to dispute it by, and the rule."""
    from analyzer.disputes.deadlines import assess

    clock = assess(finding, statements, jurisdiction=jurisdiction, instrument=instrument, as_of=session.as_of)
    windows = {c.charge: c.act_by or c.governing for c in clock.charges}
    found = {charge: (window.due, window.rule.id) if window else (None, None) for charge, window in windows.items()}
    return {t: found.get(t, (None, None)) for t in finding.transactions}


def _standing(incident: Incident, frame: pd.DataFrame, session: Session) -> Standing:
    from analyzer.cases.standing import assess

    return assess(incident, frame, as_of=session.as_of)


def _deadlines(standing: Standing, statements: Sequence[Statement], session: Session) -> list[Deadline]:
    """The deadline of every charge: as found when the case was opened; judged anew where that has passed or is not known."""
    from analyzer.cases.opening import as_finding
    from analyzer.cases.show import Deadline

    i = standing.incident
    kept = {c.transaction: (c.deadline, c.rule) for c in i.charges}
    charges = [*i.transactions, *standing.charged_again]
    fresh = _due(as_finding(i, charges), statements, session, i.jurisdiction, i.instrument)
    out = []
    for charge in charges:
        due, rule = kept.get(charge, (None, None))
        if due is None or due < session.as_of:
            due, rule = fresh[charge] if fresh[charge][0] is not None else (due, rule)
        out.append(Deadline(charge, due, rule))
    return sorted(out, key=lambda d: (d.due or date.max, d.charge.posted))


def _say_next(standing: Standing, session: Session) -> None:
    from analyzer.cases.steps import next_step

    if session.quiet or standing.incident.closed is not None:
        return
    step = next_step(standing)
    text = f"Next: {step.text}" if step else f"Nothing is left. Close it: stmt-scan case close {standing.incident.id}"
    click.echo(escape.terminal(text))


def _pick(ledger: Ledger, number: int | None) -> Incident:
    """The incident of that number; without one the only open one, or the only one there is."""
    from analyzer.ledger import incidents

    if number is not None:
        return incidents.get(ledger, number)
    every = incidents.every(ledger)
    still_open = [i for i in every if i.closed is None]
    chosen = still_open or every
    if not chosen:
        raise UsageError("no case was opened yet", todo="stmt-scan case open FINDING FILE...")
    if len(chosen) > 1:
        listed = ", ".join(f"{i.id} ({i.merchant})" for i in chosen[:6])
        raise UsageError("there are several cases", todo=f"name one by its number: {listed}")
    return chosen[0]


def _look(incident: Incident, files: Sequence[str], ledger: Ledger, session: Session) -> tuple[Standing, Sequence[Statement], bool]:
    """How the incident stands by the ledger's statements and FILE, those statements, and whether a file could not be read."""
    from analyzer import api
    from analyzer.ledger import incidents

    statements: list[Statement] = list(incidents.statements_around(ledger, incident))
    failed = False
    if files:
        reading = load(files, session)
        failed = bool(reading.failed)
        read = {s.sha256 for s in reading.statements}
        statements = [*reading.statements, *(s for s in statements if s.sha256 not in read)]
    frame, _ = api.combine(statements)
    return _standing(incident, frame, session), statements, failed


def _number_and_files(words: tuple[str, ...]) -> tuple[int | None, tuple[str, ...]]:
    """`ID FILE...`, each part optional: a number that is no file's name is the ID."""
    if words and words[0].isascii() and words[0].isdigit() and not os.path.lexists(words[0]):
        return int(words[0][:9]), words[1:]
    return None, words


@command.command(
    "log", epilog='Example: stmt-scan case log "seller support promised the refund, ref 4711" --kind refund-promised --expect 2026-07-08'
)
@click.argument("text")
@click.option("--on", "on", type=Day(), help="The day it happened (default: --as-of).")
@click.option("--kind", type=click.Choice(KINDS), default="note", show_default=True, help="What it was.")
@click.option("--to", "whom", type=click.Choice(["issuer", "merchant", "other"]), help="Who it was said to (else concluded from the text).")
@click.option("--expect", type=Day(), help="The day by which a promised refund comes.")
@click.option("--amount", metavar="N", help="How much was promised, as 654196 or 39.99.")
@click.option("--case", "number", type=click.IntRange(1), metavar="ID", help="Which case (default: the only open one).")
@reading_options
def log_case(
    text: str,
    session: Session,
    on: date | None,
    kind: str,
    whom: str | None,
    expect: date | None,
    amount: str | None,
    number: int | None,
) -> int:
    """Write down what was said or done: a call, a letter, a promise, the replaced card."""
    from analyzer.cases.steps import TALKS, whom_of
    from analyzer.ledger import incidents
    from analyzer.ledger.incidents import Event

    if (expect or amount) and kind not in ("refund-promised", "note"):
        raise UsageError("--expect and --amount speak of a promised refund", todo="use --kind refund-promised")
    if expect or amount:
        kind = "refund-promised"
    if on is not None and on > session.as_of:
        notes([f"--on {on}: a day after {session.as_of}: check the year"], session)
    with _ledger(session) as ledger:
        incident = _pick(ledger, number)
        told = whom or (whom_of(text, incident.merchant) if kind in TALKS else "")
        if kind == "note" and whom is None and (told := whom_of(text, incident.merchant)):
            kind = _kind_of(text) or kind
        event = Event(
            on=on or session.as_of,
            kind=kind,
            text=text,
            whom=told if kind in TALKS else whom or "",
            expect_on=expect,
            expect_minor=_minor(amount, incident.currency) if amount else None,
        )
        kept = incidents.log(ledger, incident.id, event)
        if not session.quiet:
            to = f" to the {kept.whom}" if kept.whom in ("issuer", "merchant") else ""
            guessed = " (concluded from the words; --kind and --to say it)" if kept.whom and whom is None else ""
            click.echo(escape.terminal(f"Case {incident.id}, {kept.on.isoformat()}: {kept.kind}{to}{guessed}: {kept.text}"))
        standing, _, _ = _look(incidents.get(ledger, incident.id), (), ledger, session)
        _say_next(standing, session)
    return 0


def _kind_of(text: str) -> str:
    """A talk's kind from its first words; empty when they do not say."""
    words = text.casefold().split()[:3]
    for kind, begins in (
        ("call", ("call", "phone", "telp", "menelepon", "telepon")),
        ("mail", ("mail", "email", "e-mail", "wrote")),
        ("chat", ("chat",)),
    ):
        if any(w.startswith(begins) for w in words):
            return kind
    return ""


def _minor(text: str, currency: str) -> int:
    from analyzer import money

    try:
        amount = Decimal(text) if text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit() and len(text) < 20 else None
    except InvalidOperation:
        amount = None
    if amount is None or amount <= 0 or money.from_minor(money.to_minor(amount, currency), currency) != amount:
        raise UsageError(f"--amount {text}: no amount in {currency}", todo="write it without separators, as 654196 or 39.99")
    return money.to_minor(amount, currency)


@command.command("show", epilog="Example: stmt-scan case show --format ics -o deadlines.ics")
@click.argument("words", nargs=-1, metavar="[ID] [FILE]...")
@click.option("--format", "form", type=click.Choice(["table", "json", "ics"]), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(), metavar="PATH", help="Write there instead of printing.")
@reading_options
def show_case(words: tuple[str, ...], session: Session, form: str, output: str | None) -> int:
    """Show a case: timeline, deadlines with days left, next step, charges since it was opened, refunds.

    Judged by the ledger's statements, and FILE where given. ics is a calendar of the deadlines.
    """
    from analyzer.cases import ics, show
    from analyzer.views import data

    number, files = _number_and_files(words)
    session.protect(output, *files)
    with _ledger(session) as ledger:
        standing, statements, failed = _look(_pick(ledger, number), files, ledger, session)
    deadlines = _deadlines(standing, statements, session)
    shown: dict[str, Any] = {
        "table": lambda: show.as_screen(standing, deadlines),
        "json": lambda: data.to_json(show.as_data(standing, deadlines)),
        "ics": lambda: ics.calendar_of(standing, deadlines),
    }
    emit(shown[form](), output, exact=form != "table")
    return 2 if failed else 0


@command.command("list", epilog="Example: stmt-scan case list")
@reading_options
def list_cases(session: Session) -> int:
    """List all cases, one a line."""
    from analyzer.cases import show
    from analyzer.ledger import incidents

    ledger = session.open_ledger()
    every: list[Incident] = []
    if ledger is not None:
        with ledger:
            every = incidents.every(ledger)
            for incident in every:
                click.echo(show.as_line(_look(incident, (), ledger, session)[0]))
    if not every and not session.quiet:
        click.echo("No case was opened yet: stmt-scan case open FINDING FILE...")
    return 0


@command.command("close", epilog="Example: stmt-scan case close 1")
@click.argument("words", nargs=-1, metavar="[ID] [FILE]...")
@click.option("--anyway", is_flag=True, help="Close it with something unfinished; what, is kept.")
@reading_options
def close_case(words: tuple[str, ...], session: Session, anyway: bool) -> int:
    """Close a case. Refused while the refund is missing, or the card and the password are not replaced, unless --anyway."""
    from analyzer.cases.steps import unfinished
    from analyzer.ledger import incidents

    number, files = _number_and_files(words)
    with _ledger(session) as ledger:
        incident = _pick(ledger, number)
        if incident.closed is not None:
            click.echo(f"Case {incident.id} was closed on {incident.closed.isoformat()}.")
            return 0
        standing, _, failed = _look(incident, files, ledger, session)
        left = unfinished(standing)
        if left and not anyway:
            raise UsageError(
                f"case {incident.id} is not over: {' '.join(left).rstrip('.')}", todo="go on with it, or close it with --anyway"
            )
        incidents.close(ledger, incident.id, session.as_of, unfinished=" ".join(left))
        still = f" Unfinished: {escape.terminal(' '.join(left))}" if left else ""
        click.echo(f"Case {incident.id} closed.{still}")
    return 2 if failed else 0
