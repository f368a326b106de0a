"""What the decision commands share: the agreements of a ledger (and files), found by name or id, and put into words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from analyzer import escape, money
from analyzer.cli.common import Session, load, notes
from analyzer.errors import UsageError
from analyzer.ledger.charges import fold
from analyzer.model import CadenceName, Decision, Finding, Findings, Statement, Stream, Transaction, Verdict

if TYPE_CHECKING:
    import pandas as pd

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
    ids: frozenset[str] = frozenset()
    """Its own id and those of all findings about it."""

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
        """`Spotify Premium: monthly, Rp 54.990, 14 charges, 2025-05-12 to 2026-06-12`, safe for a terminal."""
        return f"{escape.terminal(self.merchant)}: {self.terms()}"

    def terms(self) -> str:
        """`words` without the merchant."""
        often = self.cadence or ("once" if len(self.transactions) == 1 else "now and then")
        first, last = self.transactions[0].posted, self.transactions[-1].posted
        span = f"{first} to {last}" if first != last else f"on {first}"
        count = f"{len(self.transactions)} charge{'s' if len(self.transactions) != 1 else ''}"
        amount = money.display(self.usual, self.currency)
        return f"{often}, {amount}, {count}, {span}{', ended' if self.ended else ''}"


def of_findings(findings: Findings) -> list[Agreement]:
    """The streams of a scan, and the findings without one; those with the highest findings first."""
    by_stream: dict[str, list[Finding]] = {}
    loose: list[Agreement] = []
    for f in findings:
        if f.stream is not None:
            by_stream.setdefault(f.stream.id, []).append(f)
        else:
            loose.append(Agreement(f.id, f.merchant, f.currency, f.transactions, finding=f, ids=frozenset({f.id})))
    found = [
        Agreement(
            id=s.id,
            merchant=s.merchant,
            currency=s.currency,
            transactions=s.transactions,
            cadence=s.cadence.name,
            ended=s.status == "ended",
            stream=s,
            finding=next(iter(by_stream.get(s.id, ())), None),
            ids=frozenset({s.id, *(f.id for f in by_stream.get(s.id, ()))}),
        )
        for s in findings.streams
    ]
    rank = lambda a: (-(a.finding.score if a.finding else 0.0), a.ended, a.merchant, a.id)  # noqa: E731
    return sorted([*found, *loose], key=rank)


@dataclass(frozen=True)
class Known:
    """What was looked at: a scan with the holder's decisions, the statements, and how many files could not be read."""

    findings: Findings
    statements: tuple[Statement, ...]
    failed: int
    frame: pd.DataFrame | None = None

    def undecided(self) -> Findings:
        """The same scan as if nothing had been decided: it still shows what a decision has settled."""
        from analyzer import api

        return self.findings if self.frame is None else api.scan(self.frame, today=self.findings.as_of)


def known(files: Sequence[str], session: Session) -> Known:
    """A scan of `files` with what the ledger adds, or of all the ledger holds when no file is named."""
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
        return Known(Findings(as_of=session.as_of), (), failed)
    frame, _ = api.combine(statements)
    findings = api.scan(frame, today=session.as_of, authorized=session.decisions())
    notes(findings.notes, session)
    return Known(findings, statements, failed, frame)


def matching(text: str, agreements: Sequence[Agreement]) -> list[Agreement]:
    """The agreements that `text` names: by the beginning of an id, by the merchant, else by the merchant's first words."""
    wanted = text.strip()
    if len(wanted) >= ID_CHARS and all(c in "0123456789abcdef" for c in wanted):
        by_id = [a for a in agreements if any(known.startswith(wanted) for known in a.ids)]
        if by_id:
            return by_id
    return [a for a in named(wanted, agreements) if not another_business(wanted, a)]


def named(text: str, agreements: Sequence[Agreement]) -> list[Agreement]:
    """The agreements whose merchant is called `text`, else those whose merchant's name begins so."""
    names = {fold(text), fold(normalised(text))} - {""}
    exact = [a for a in agreements if fold(a.merchant) in names]
    return exact or [a for a in agreements if any(fold(a.merchant).startswith(n) for n in names if len(n) >= ID_CHARS)]


def another_business(text: str, a: Agreement) -> bool:
    """Whether `a` is a seller's or advertiser's fee and `text` names only the shop: a word on the shop is none on the fee."""
    from analyzer import merchants
    from analyzer.detectors import decide

    reading = merchants.reading(a.transactions[-1].descriptor)
    if reading.listed is None or reading.listed.kind not in merchants.BUSINESS or fold(a.merchant) == fold(text):
        return False
    only_the_shop = len(text.split()) == 1 or merchants.lookup(text) is not None
    return only_the_shop and not decide.same_merchant(text, reading, a.merchant)


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
