"""`stmt-scan dispute MERCHANT|FINDING-ID FILE... -o DIR`: the dispute packet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from analyzer.cli import following
from analyzer.cli.common import Session, load, notes, on_terminal, reading_options, shown
from analyzer.errors import UsageError

if TYPE_CHECKING:
    from analyzer.disputes.details import Details
    from analyzer.disputes.situation import Question
    from analyzer.model import Finding, Statement

SITUATIONS = [
    *("unauthorized", "cancelled-recurring", "misrepresentation"),
    *("duplicate", "incorrect-amount", "credit-not-processed"),
]
JURISDICTIONS = ["US", "UK", "EU", "ID", "IN", "SG", "AU", "CA"]
_YES, _NO = ("yes", "y", "true"), ("no", "n", "false")


@click.command(
    "dispute",
    epilog="Example: stmt-scan dispute AMAZON statements/*.pdf --details me.toml --situation unauthorized -o dispute/",
)
@click.argument("target", metavar="MERCHANT|FINDING-ID")
@click.argument("files", nargs=-1, type=click.Path(), metavar="FILE...")
@click.option("-o", "--output", type=click.Path(), metavar="DIR", required=True, help="The folder for the packet.")
@click.option("--situation", type=click.Choice(SITUATIONS), help="What happened.")
@click.option("--jurisdiction", type=click.Choice(JURISDICTIONS), help="Where the card was issued (default: by currency).")
@click.option("--instrument", type=click.Choice(["credit", "debit"]), help="The kind of card (default: by statement).")
@click.option("--language", type=click.Choice(["en", "id"]), help="Of the letter and the packet (default: en).")
@click.option("--details", "details_file", type=click.Path(), metavar="FILE.toml", help="Your name, addresses, dates and answers.")
@click.option("--answer", "answers", multiple=True, metavar="KEY=VALUE", help="One detail, for example card_lent=no.")
@click.option("--exhibits", type=click.Choice(["masked", "full", "none"]), default="masked", show_default=True)
@click.option("--max-pages", type=click.IntRange(1, 200), default=10, show_default=True, help="Of packet.pdf.")
@click.option("--max-size", type=click.FloatRange(0.05, 100), default=2.0, show_default=True, metavar="MIB", help="Of packet.pdf.")
@reading_options
def command(
    target: str,
    files: tuple[str, ...],
    session: Session,
    output: str,
    situation: str | None,
    jurisdiction: str | None,
    instrument: str | None,
    language: str | None,
    details_file: str | None,
    answers: tuple[str, ...],
    exhibits: str,
    max_pages: int,
    max_size: float,
) -> int:
    """Write the dispute packet for one finding, or for the charges of one merchant.

    Without FILE, the statements the ledger remembers are used; the log of a case that follows the charges goes into the packet.

    On a terminal, what only you know is asked (Enter leaves it open). What stays open is listed, and the packet is
    marked DRAFT until it is answered. The playbook printed here says what to do now, in order.
    """
    from dataclasses import replace

    from analyzer import api
    from analyzer.cli.scan import emit, with_memory
    from analyzer.disputes import choose, packet, playbook

    details = _details(session, details_file, answers, situation, jurisdiction, instrument, language)
    status = 0
    if files:
        reading = load(files, session)
        if not reading.statements:
            return 2
        frame, _, told = with_memory(reading.statements, session)
        status = reading.exit_code
    else:
        frame, told = api.combine(_remembered(session))
    notes(told, session)
    statements = api.statements_of(frame)
    findings = api.scan(
        frame, today=session.as_of, authorized=session.decisions(), jurisdiction=details.jurisdiction, instrument=details.instrument
    )
    notes(findings.notes, session)
    finding = choose.finding(target, following.follow(findings, frame, session), frame, details)
    finding = replace(finding, statements=statements, as_of=session.as_of)
    if on_terminal():
        details = _ask(details, finding)
    made = packet.prepare(
        finding,
        statements=statements,
        frame=frame,
        as_of=session.as_of,
        details=details,
        events=following.log_of(finding, session),
        exhibits=exhibits,
        max_pages=max_pages,
        max_size=max_size,
        password=session.options.password,
        limits=session.options.limits,
    )
    paths = made.write(output)
    notes(made.warnings, session)
    emit(playbook.as_text(made.dossier), None)
    listed = "\n".join(f"  {shown(path)}" for path in paths.values())
    state = "complete" if made.dossier.complete else "DRAFT, see what is missing above"
    emit(f"\nThe packet ({made.pages} pages, {state}):\n{listed}\n", None)
    return status


def _remembered(session: Session) -> list[Statement]:
    """All statements of the ledger, for a dispute without files.

    Raises:
        UsageError: there is no ledger either.
    """
    ledger = session.known_ledger()
    if ledger is None:
        raise UsageError("no file named, and there is no ledger", todo="stmt-scan dispute MERCHANT FILE... -o DIR")
    with ledger:
        return ledger.everything()


def _details(
    session: Session,
    path: str | None,
    answers: tuple[str, ...],
    situation: str | None,
    jurisdiction: str | None,
    instrument: str | None,
    language: str | None,
) -> Details:
    from analyzer.disputes.details import Details, load_toml

    details = Details()
    if path is not None:
        details, told = load_toml(path)
        notes(told, session)
    for answer in answers:
        key, equals, text = answer.partition("=")
        if not equals or key not in Details.__dataclass_fields__ or key == "events":
            raise UsageError(f"--answer {key}: no such detail", todo="as KEY=VALUE with a key of docs/disputes.md")
        details = details.answer(key, _yes_no(text))
    options = {"situation": situation, "jurisdiction": jurisdiction, "instrument": instrument, "language": language}
    for key, value in options.items():
        if value is not None:
            details = details.answer(key, value)
    return details


def _yes_no(text: str) -> Any:
    folded = text.strip().casefold()
    return True if folded in _YES else False if folded in _NO else text


def _ask(details: Details, finding: Finding) -> Details:
    """The details with what the user answered; every question once, Enter leaves it open."""
    from analyzer import escape
    from analyzer.disputes import deadlines, rules, situation

    place = details.jurisdiction or rules.OF_CURRENCY.get(finding.currency)
    seen: set[str] = set()
    click.echo(
        f"About the {len(deadlines.charged(finding))} charge(s) of {escape.terminal(finding.merchant)}. Enter leaves a question open.",
        err=True,
    )
    while True:
        left = [q for q in situation.missing(details, finding, place) if q.key not in seen]
        if not left:
            return details
        question = left[0]
        seen.add(question.key)
        details = _put(question, details, finding)


def _put(question: Question, details: Details, finding: Finding) -> Details:
    """The details with the answer to one question; asked again when it is not understood."""
    from analyzer.disputes.situation import MEANING

    hint = {"date": " (as 2026-06-30)", "yes-no": " (yes/no)"}.get(question.kind, "")
    if question.kind == "choice":
        click.echo(question.text, err=True)
        for number, (name, meaning) in enumerate(MEANING.items(), 1):
            mark = " (what the finding suggests)" if name == finding.category else ""
            click.echo(f"  {number}  {meaning}{mark}", err=True)
    for _ in range(3):
        prompt = "Number" if question.kind == "choice" else f"{question.text}{hint}"
        text = click.prompt(prompt, default="", show_default=False, err=True).strip()
        if not text:
            return details
        value: Any = text
        if question.kind == "choice" and text.isdigit() and 0 < int(text) <= len(MEANING):
            value = list(MEANING)[int(text) - 1]
        elif question.kind == "yes-no":
            value = _yes_no(text)
        elif question.kind == "lines":
            value = [part.strip() for part in text.split(";")]
        try:
            return details.answer(question.key, value)
        except UsageError as error:
            click.echo(f"{error.todo or error}", err=True)
    return details
