"""`authorize`, `cancel` and `forget`: decisions without questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
from analyzer.ledger.kept import Charge, Kept
from analyzer.model import Decision, Findings, Transaction, Verdict

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
    note = escape.mask_numbers(note)
    if account is not None and account.strip("#.").isdigit():
        account = escape.label(account)
    if not merchant.strip():
        raise UsageError("no merchant named", todo=f"stmt-scan {verb} MERCHANT")
    if cadence is not None and cadence not in CADENCES:
        raise UsageError(f"--cadence {cadence}: no such rhythm", todo=f"one of {', '.join(CADENCES)}")
    seen = agreements.known(files, session)
    known = _eligible(seen.findings, cadence, account)
    chosen = agreements.choose(merchant, known, verb=verb, every=every)
    if not chosen:
        known = _eligible(seen.undecided(), cadence, account)
        chosen = agreements.choose(merchant, known, verb=verb, every=every)
    if until is not None and until > session.as_of:
        session.warn(f"{until} is still to come: charges until then are covered")
    ledger = session.open_ledger(create=True)
    assert ledger is not None
    with ledger:
        for a in chosen:
            decision = replace(a.decision(verdict, until=until, note=note), max_minor=_minor(max_amount, a.currency), account=account)
            ledger.decide(decision, a.transactions)
            _say(decision, session)
            warn_of_later(a, until, session)
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
            for a in agreements.named(merchant.strip(), known):
                session.warn(f"{a.merchant} is another agreement and not covered: stmt-scan {verb} {a.id[:6]} decides on it")
    return 2 if seen.failed else 0


def _eligible(findings: Findings, cadence: str | None, account: str | None) -> list[Agreement]:
    """The agreements of a scan with this rhythm, on this account."""
    return [
        a
        for a in agreements.of_findings(findings)
        if cadence in (None, a.cadence) and account in (None, a.transactions[0].account.partition("#")[0])
    ]


def _say(decision: Decision, session: Session) -> None:
    if not session.quiet:
        click.echo(agreements.told(decision))


def warn_of_later(a: Agreement, until: date | None, session: Session) -> None:
    """One line where an agreement was charged after the day it was cancelled."""
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
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE...]")
@click.option("--all", "every", is_flag=True, help="All decisions about this merchant.")
@reading_options
def forget(merchant: str, files: tuple[str, ...], session: Session, every: bool) -> int:
    """Take back what was decided about an agreement; its charges are judged again.

    MERCHANT is a name, or the beginning of an agreement's id. Where several agreements with the merchant were decided,
    name one by its id, or all with --all. FILE names statements that are not in the ledger.
    """
    if not merchant.strip():
        raise UsageError("no merchant named", todo="stmt-scan forget MERCHANT")
    ledger = session.open_ledger()
    if ledger is None:
        raise UsageError(f"nothing was decided about {merchant!r}", todo="there is no ledger yet")
    with ledger:
        kept = ledger.kept()
        names = {fold(merchant), fold(agreements.normalised(merchant))} - {""}
        found = [k for k in kept if fold(k.decision.merchant) in names]
        known: list[Agreement] = []
        if not found or (len(found) > 1 and not every):
            known = agreements.of_findings(agreements.known(files, session).undecided())
        if not found:
            meant = _charges(t for a in agreements.matching(merchant, known) for t in a.transactions)
            found = [k for k in kept if k.charges & meant]
        if not found:
            found = [k for k in kept if any(len(n) >= agreements.ID_CHARS and fold(k.decision.merchant).startswith(n) for n in names)]
        if not found:
            raise UsageError(f"nothing was decided about {merchant!r}", todo="stmt-scan review --list shows what was")
        if len(found) > 1 and not every:
            listed = "; ".join(_with_id(k, known) for k in found[:6])
            raise UsageError(
                f"{merchant!r} names {len(found)} decisions: {listed}", todo="name one by its id or whole name, or all of them with --all"
            )
        ledger.forget([k.id for k in found])
    if not session.quiet:
        for k in found:
            click.echo(f"Taken back: {agreements.told(k.decision)}")
    return 0


def _charges(transactions: Iterable[Transaction]) -> frozenset[Charge]:
    return frozenset((t.posted.isoformat(), t.minor, t.currency) for t in transactions)


def _with_id(k: Kept, known: Sequence[Agreement]) -> str:
    """A decision in words, after the beginning of its agreement's id where that is known."""
    id_ = next((f"{a.id[:6]} " for a in known if k.charges & _charges(a.transactions)), "")
    return f"{id_}{agreements.told(k.decision)}"
