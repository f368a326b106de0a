"""What the decision commands share: the agreements of a ledger (and files), found by name or id, and put into words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from analyzer import escape, money
from analyzer.cli.common import Session, load
from analyzer.errors import UsageError
from analyzer.ledger.charges import fold
from analyzer.model import CadenceName, Decision, Finding, Findings, Statement, Stream, Transaction, Verdict

ID_CHARS = 4
"""The shortest beginning of an id that names an agreement."""
ANSWERS = {"mine": "yours", "never-authorized": "never authorised by you", "cancelled": "cancelled"}


@dataclass(frozen=True)
class Agreement:
    """One agreement to decide on: a stream, or the charges of a finding without one."""

    id: str
    merchant: str
    currency: str
    transactions: tuple[Transaction, ...]
    cadence: CadenceName | None = None
    ended: bool = False
    stream: Stream | None = None
    finding: Finding | None = None

    @property
    def usual(self) -> int:
        """The latest charge, positive, in the smallest unit."""
        return abs(self.transactions[-1].minor)

    def decision(self, verdict: Verdict, *, until: date | None = None, note: str = "") -> Decision:
        """The decision on this agreement and on no other of its merchant."""
        return Decision(
            merchant=self.merchant,
            verdict=verdict,
            currency=self.currency,
            cadence=self.cadence,
            until=until,
            usual_minor=self.usual or None,
            note=note,
        )

    def words(self) -> str:
        """`SPOTIFY: monthly, Rp 54.990, 14 charges, 3 May 2025 to 3 Jun 2026`, safe for a terminal."""
        often = self.cadence or ("once" if len(self.transactions) == 1 else "now and then")
        first, last = self.transactions[0].posted, self.transactions[-1].posted
        span = f"{first} to {last}" if first != last else f"on {first}"
        count = f"{len(self.transactions)} charge{'s' if len(self.transactions) != 1 else ''}"
        amount = money.display(self.usual, self.currency)
        return f"{escape.terminal(self.merchant)}: {often}, {amount}, {count}, {span}{', ended' if self.ended else ''}"


def of_findings(findings: Findings) -> list[Agreement]:
    """The streams of a scan, and the findings without one; those with the highest findings first."""
    by_stream: dict[str, Finding] = {}
    loose: list[Agreement] = []
    for f in findings:
        if f.stream is not None:
            by_stream.setdefault(f.stream.id, f)
        else:
            loose.append(Agreement(f.id, f.merchant, f.currency, f.transactions, finding=f))
    found = [
        Agreement(
            id=s.id,
            merchant=s.merchant,
            currency=s.currency,
            transactions=s.transactions,
            cadence=s.cadence.name,
            ended=s.status == "ended",
            stream=s,
            finding=by_stream.get(s.id),
        )
        for s in findings.streams
    ]
    rank = lambda a: (-(a.finding.score if a.finding else 0.0), a.ended, a.merchant, a.id)  # noqa: E731
    return sorted([*found, *loose], key=rank)


def known(files: Sequence[str], session: Session) -> tuple[Findings, tuple[Statement, ...], int]:
    """A scan of `files` with what the ledger adds, or of all the ledger holds when no file is named.

    Returns:
        The findings, the statements looked at, and how many files could not be read.
    """
    from analyzer import api

    failed, read = 0, tuple[Statement, ...]()
    ledger = session.known_ledger()
    if files:
        reading = load(files, session)
        failed, read = reading.failed, reading.statements
        if not read:
            raise UsageError("none of the files could be read", todo="see the lines above")
    remembered: list[Statement] = []
    if ledger is not None:
        with ledger:
            remembered = ledger.remembered(read)[0] if read else ledger.everything()
    statements = (*read, *remembered)
    if not statements:
        return Findings(as_of=session.as_of), (), failed
    frame, _ = api.combine(statements)
    findings = api.scan(frame, today=session.as_of, authorized=session.decisions())
    return findings, statements, failed


def matching(text: str, agreements: Sequence[Agreement]) -> list[Agreement]:
    """The agreements that `text` names: by the beginning of an id, by the merchant, else by the merchant's first words."""
    wanted = text.strip()
    if len(wanted) >= ID_CHARS and all(c in "0123456789abcdef" for c in wanted):
        by_id = [a for a in agreements if a.id.startswith(wanted) or (a.finding is not None and a.finding.id.startswith(wanted))]
        if by_id:
            return by_id
    names = {fold(wanted), fold(normalised(wanted))} - {""}
    exact = [a for a in agreements if fold(a.merchant) in names]
    return exact or [a for a in agreements if any(fold(a.merchant).startswith(n) for n in names if len(n) >= ID_CHARS)]


def normalised(text: str) -> str:
    """The merchant's name as streams and findings write it."""
    import pandas as pd

    from analyzer import merchants

    name = str(merchants.name(pd.Series([text], dtype="str")).iloc[0])
    return name or text.strip()


def choose(text: str, agreements: Sequence[Agreement], *, verb: str, every: bool) -> list[Agreement]:
    """The agreements meant by `text`: the one, or with `every` all of them; none where none is known.

    Raises:
        UsageError: several fit and `every` is not given; the message names them by id.
    """
    found = matching(text, agreements)
    running = [a for a in found if not a.ended]
    chosen = found if every or len(found) <= 1 else running if len(running) == 1 else found
    if len(chosen) > 1 and not every:
        listed = "; ".join(f"{a.id[:6]} {a.words()}" for a in chosen[:6])
        raise UsageError(
            f"{text!r} names {len(chosen)} agreements: {listed}",
            todo=f"name one by its id, {verb} {chosen[0].id[:6]}, or all of them with --all",
        )
    return chosen


def told(decision: Decision) -> str:
    """A decision as one line for people."""
    parts = [escape.terminal(decision.merchant)]
    unit = decision.currency or money.UNKNOWN_CURRENCY
    if decision.cadence:
        parts.append(decision.cadence)
    if decision.usual_minor:
        parts.append(money.display(decision.usual_minor, unit))
    if decision.max_minor:
        parts.append(f"up to {money.display(decision.max_minor, unit)}")
    if decision.account:
        parts.append(f"account {escape.terminal(decision.account)}")
    until = f" on {decision.until.isoformat()}" if decision.until else ""
    return f"{', '.join(parts)}: {ANSWERS[decision.verdict]}{until}"


def target_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of the commands that decide on one merchant."""
    for option in reversed(
        [
            click.option("--all", "every", is_flag=True, help="All agreements with this merchant."),
            click.option("--max-amount", metavar="AMOUNT", help="Charges above this are not covered."),
            click.option("--cadence", metavar="NAME", help="Only this rhythm: monthly, annual ..."),
            click.option("--account", metavar="LABEL", help="Only this account, such as ...4242."),
            click.option("--note", default="", help="A word to remember it by."),
        ]
    ):
        function = option(function)
    return function
