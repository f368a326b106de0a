"""`authorize`, `cancel` and `forget`: decisions without questions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import click

from analyzer import escape, money
from analyzer.cli import agreements
from analyzer.cli.agreements import Agreement
from analyzer.cli.common import Day, Session, reading_options
from analyzer.errors import UsageError
from analyzer.ledger.charges import fold
from analyzer.ledger.decisions import CADENCES
from analyzer.model import Decision, Verdict

Wanted = tuple[str | None, str | None, str | None, str, bool]
"""--max-amount, --cadence, --account, --note, --all."""


@click.command("authorize", epilog="Example: stmt-scan authorize SPOTIFY")
@click.argument("merchant")
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE...]")
@agreements.target_options
@reading_options
def authorize(
    merchant: str,
    files: tuple[str, ...],
    session: Session,
    every: bool,
    max_amount: str | None,
    cadence: str | None,
    account: str | None,
    note: str,
) -> int:
    """Say that a merchant's recurring charge is yours.

    MERCHANT is a name as scan prints it, or the beginning of an id. The decision is on one agreement: another one with
    the same merchant, of another amount or rhythm, is not covered. FILE names statements that are not in the ledger.
    """
    return _decide("authorize", merchant, files, session, "mine", None, (max_amount, cadence, account, note, every))


@click.command("cancel", epilog="Example: stmt-scan cancel GYMBOX --on 2026-03-01")
@click.argument("merchant")
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE...]")
@click.option("--on", "on", type=Day(), required=True, help="The day it was cancelled; later charges are flagged.")
@agreements.target_options
@reading_options
def cancel(
    merchant: str,
    files: tuple[str, ...],
    session: Session,
    on: date,
    every: bool,
    max_amount: str | None,
    cadence: str | None,
    account: str | None,
    note: str,
) -> int:
    """Say since when an agreement is cancelled; a later charge is a finding."""
    return _decide("cancel", merchant, files, session, "cancelled", on, (max_amount, cadence, account, note, every))


def _decide(
    verb: str, merchant: str, files: tuple[str, ...], session: Session, verdict: Verdict, until: date | None, wanted: Wanted
) -> int:
    max_amount, cadence, account, note, every = wanted
    if not merchant.strip():
        raise UsageError("no merchant named", todo=f"stmt-scan {verb} MERCHANT")
    if cadence is not None and cadence not in CADENCES:
        raise UsageError(f"--cadence {cadence}: no such rhythm", todo=f"one of {', '.join(CADENCES)}")
    findings, _, failed = agreements.known(files, session)
    known = agreements.of_findings(findings)
    if cadence is not None:
        known = [a for a in known if a.cadence == cadence]
    if account is not None:
        known = [a for a in known if a.transactions[0].account.partition("#")[0] == account]
    chosen = agreements.choose(merchant, known, verb=verb, every=every)
    ledger = session.open_ledger(create=True)
    assert ledger is not None
    with ledger:
        for a in chosen:
            decision = replace(a.decision(verdict, until=until, note=note), max_minor=_minor(max_amount, a.currency), account=account)
            ledger.decide(decision, a.transactions)
            _say(decision, session)
            _warn_of_later(a, until, session)
        if not chosen:
            currency = session.options.currency
            name = agreements.normalised(merchant)
            decision = Decision(
                merchant=name,
                verdict=verdict,
                max_minor=_minor(max_amount, currency or money.UNKNOWN_CURRENCY),
                currency=currency,
                cadence=cadence,
                until=until,
                account=account,
                note=note,
            )
            ledger.decide(decision)
            session.warn(f"no recurring charge of {escape.terminal(name)} is known yet; the decision covers every charge of that name")
            _say(decision, session)
    return 2 if failed else 0


def _say(decision: Decision, session: Session) -> None:
    if not session.quiet:
        click.echo(agreements.told(decision))


def _warn_of_later(a: Agreement, until: date | None, session: Session) -> None:
    later = [t for t in a.transactions if until is not None and t.posted > until and t.minor < 0]
    if later:
        session.warn(f"{a.merchant}: charged {len(later)} time(s) after {until}, last on {later[-1].posted}: stmt-scan dispute {a.id[:6]}")


def _minor(text: str | None, currency: str) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,4})?", text, re.ASCII) or not Decimal(text):
        raise UsageError(f"--max-amount {text}: not an amount", todo="write it as 20.00")
    return money.to_minor(Decimal(text), currency)


@click.command("forget", epilog="Example: stmt-scan forget SPOTIFY")
@click.argument("merchant")
@reading_options
def forget(merchant: str, session: Session) -> int:
    """Take back what was decided about a merchant; its charges are judged again.

    MERCHANT is a name, or the beginning of an agreement's id.
    """
    ledger = session.open_ledger()
    found = []
    if ledger is not None:
        with ledger:
            kept = ledger.kept()
            names = {fold(merchant), fold(agreements.normalised(merchant))} - {""}
            found = [k for k in kept if fold(k.decision.merchant) in names]
            if not found:
                findings, _, _ = agreements.known((), session)
                charges = {
                    (t.posted.isoformat(), t.minor, t.currency)
                    for a in agreements.matching(merchant, agreements.of_findings(findings))
                    for t in a.transactions
                }
                found = [k for k in kept if k.charges & charges]
            if not found:
                found = [k for k in kept if any(len(n) >= agreements.ID_CHARS and fold(k.decision.merchant).startswith(n) for n in names)]
            if found:
                ledger.forget([k.id for k in found])
    if not found:
        raise UsageError(f"nothing was decided about {merchant!r}", todo="stmt-scan review --list shows what was")
    if not session.quiet:
        for k in found:
            click.echo(f"Taken back: {agreements.told(k.decision)}")
    return 0
