"""Everything one dispute needs, gathered once: charges with their sources, refunds, deadlines, history, what is missing.

Letter, charts, exhibits, playbook and packet are views of a `Dossier`; none of them looks anything up again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from analyzer import money
from analyzer.detectors.refunds import Money, match
from analyzer.disputes import deadlines, history, rules, situation, words
from analyzer.disputes.deadlines import ChargeClock, Clock
from analyzer.disputes.details import Details, Event
from analyzer.disputes.history import Month
from analyzer.disputes.situation import Question
from analyzer.errors import UsageError
from analyzer.model import Finding, Situation, Statement, Transaction

if TYPE_CHECKING:
    import pandas as pd

LETTER_PAPER = ("US", "CA")
Aside = Literal["", "valid", "once", "before_cancellation", "as_agreed"]


@dataclass(frozen=True)
class Line:
    """One charge of the dispute: its number in all tables, where it stands, its deadline, and what came back."""

    number: int
    charge: Transaction
    statement: Statement | None
    clock: ChargeClock
    refund: Transaction | None = None
    aside: Aside = ""
    """Why the charge is shown and not disputed; empty where it is."""
    agreed_minor: int = 0
    """What the holder agreed to pay of it, where the amount is what is wrong."""

    @property
    def valid(self) -> bool:
        """Whether it is the one charge of a duplicate that the holder owes."""
        return self.aside == "valid"

    @property
    def disputed(self) -> bool:
        """Whether the money is still out, and the holder asks for it."""
        return self.refund is None and not self.aside

    @property
    def owed_minor(self) -> int:
        """What is asked back for it if it is disputed: all of it, or what is above the agreed amount."""
        return self.minor - self.agreed_minor

    @property
    def file(self) -> str:
        """The statement file's own name, without folders."""
        return base_name(self.charge.source)

    @property
    def sha256(self) -> str:
        """Of the statement file; empty where it is not at hand."""
        return self.statement.sha256 if self.statement else ""

    @property
    def minor(self) -> int:
        """What was charged, positive, in the smallest unit."""
        return abs(self.charge.minor)

    @property
    def amount(self) -> str:
        """What was charged, for people; with all the decimals the file prints."""
        plain = abs(self.charge.amount)
        if money.from_minor(self.minor, self.charge.currency) != plain:
            return f"{plain} {self.charge.currency}"
        return money.display(self.minor, self.charge.currency)


@dataclass(frozen=True)
class Dossier:
    """One dispute as data."""

    finding: Finding
    as_of: date
    details: Details
    situation: Situation
    language: str
    clock: Clock
    lines: tuple[Line, ...]
    credits: tuple[Transaction, ...]
    """Money this merchant gave back since the first charge, matched to a charge or not."""
    family: str
    months: tuple[Month, ...]
    covered: tuple[date, date] | None
    """First and last day the statements speak of."""
    events: tuple[Event, ...]
    missing: tuple[Question, ...]
    objections: tuple[str, ...]
    earlier: int = 0
    """Charges of the very same merchant before the first disputed one."""
    doubtful_credits: tuple[Transaction, ...] = field(repr=False, default=())
    """Credits that may be the bank's own for one of the charges; not deducted, and never shown in the packet."""
    statements: tuple[Statement, ...] = field(repr=False, default=())

    @property
    def complete(self) -> bool:
        """Whether nothing is missing and nothing speaks against the dispute as stated."""
        return not self.missing and not self.objections

    @property
    def jurisdiction(self) -> str | None:
        """`US`, `ID` ... or None."""
        return self.clock.jurisdiction

    @property
    def instrument(self) -> str | None:
        """`credit` or `debit`."""
        return self.clock.instrument

    @property
    def disputed(self) -> tuple[Line, ...]:
        """The charges whose money is still out."""
        return tuple(line for line in self.lines if line.disputed)

    @property
    def governing(self) -> deadlines.Window | None:
        """The window to keep, over the charges whose money is still out."""
        return deadlines.next_of([line.clock for line in self.disputed])

    @property
    def act_by(self) -> deadlines.Window | None:
        """The earliest window of any kind still open over the charges whose money is still out."""
        return deadlines.act_by([line.clock for line in self.disputed])

    @property
    def unmatched_credits(self) -> tuple[Transaction, ...]:
        """Credits that equal no charge, oldest first."""
        return _unmatched(self.lines, self.credits)

    @property
    def total_minor(self) -> int:
        """What is asked back: the disputed charges, less credits that could not be matched to one charge."""
        return _left(self.lines, self.credits)

    @property
    def total(self) -> str:
        """`total_minor` for people."""
        return money.display(self.total_minor, self.finding.currency)

    @property
    def paper(self) -> str:
        """`Letter` in North America, else `A4`."""
        return "Letter" if self.jurisdiction in LETTER_PAPER else "A4"

    @property
    def last_four(self) -> str:
        """The last four characters of the account, as the statement or the holder says."""
        return situation.digits(self.finding.account) or self.details.last_four

    @property
    def first_fee(self) -> date:
        """Day of the first charge of the dispute, leaving out those that are shown and not disputed."""
        return next((line.charge.posted for line in self.lines if not line.aside), self.lines[0].charge.posted)

    def rules_of(self, kind: str) -> tuple[rules.Rule, ...]:
        """The jurisdiction's rules of one kind that hold for this dispute on its day."""
        return rules.of(self.jurisdiction, kind, situation=self.situation, instrument=self.instrument, day=self.as_of)

    def networks(self) -> tuple[rules.Rule, ...]:
        """The networks' codes an issuer may use."""
        return rules.networks(self.situation, self.details.network)

    def merchant_rules(self) -> tuple[rules.Rule, ...]:
        """What this merchant itself offers, where it is published."""
        name = f"{self.finding.kind} {self.finding.merchant} {self.lines[0].charge.descriptor}".casefold()
        return tuple(r for r in rules.all_rules() if r.kind == "merchant" and all(w in name for w in r.merchant.casefold().split()))


def _unmatched(lines: Sequence[Line], credits: Sequence[Transaction]) -> tuple[Transaction, ...]:
    matched = [line.refund for line in lines if line.refund]
    return tuple(c for c in credits if not any(c is m for m in matched))


def _left(lines: Sequence[Line], credits: Sequence[Transaction]) -> int:
    """What is still out of the disputed charges, less credits that equal no charge; in the smallest unit."""
    return max(0, sum(line.owed_minor for line in lines if line.disputed) - sum(c.minor for c in _unmatched(lines, credits)))


def gather(
    finding: Finding,
    statements: Sequence[Statement],
    *,
    as_of: date,
    details: Details | None = None,
    events: Sequence[Event] = (),
    frame: pd.DataFrame | None = None,
) -> Dossier:
    """The dossier of a finding.

    Args:
        finding: the charges in dispute.
        statements: what was read; the more months, the more the history shows.
        as_of: the day to judge by.
        details: what the holder said.
        events: a log kept elsewhere, added to the holder's own events.
        frame: all rows once; without it the union of `statements`.

    Raises:
        UsageError: the finding has no charges.
    """
    said = details or Details()
    case = said.situation or finding.category
    clock = deadlines.assess(
        finding,
        statements,
        jurisdiction=said.jurisdiction,
        instrument=said.instrument,
        as_of=as_of,
        situation=case,
        network=said.network,
        refund_promised=said.refund_promised,
    )
    if not clock.charges:
        raise UsageError("the finding has no charges", todo="name a merchant that is on the statements")
    past = history.look(finding, statements, frame, until=as_of)
    lines = _lines(clock, statements, past.credits, said, case)
    return Dossier(
        finding=finding,
        as_of=as_of,
        details=said,
        situation=case,
        language=said.language or "en",
        clock=clock,
        lines=lines,
        credits=past.credits,
        family=past.family,
        months=_regrouped(past.months, lines),
        covered=past.covered,
        events=_events(said, events, lines, as_of),
        missing=situation.missing(said, finding, clock.jurisdiction),
        objections=situation.objections(said, case, [line.charge for line in lines], not _left(lines, past.credits), finding.account),
        earlier=past.earlier,
        doubtful_credits=past.doubtful,
        statements=tuple(statements),
    )


def _lines(
    clock: Clock, statements: Sequence[Statement], credits: Sequence[Transaction], said: Details, case: Situation
) -> tuple[Line, ...]:
    """The charges in order, each with the credit that pays it back in full, and as a PDF prints it where one does."""
    found = match(
        [Money(i, t.charge.posted.toordinal(), abs(t.charge.minor)) for i, t in enumerate(clock.charges) if t.charge.minor < 0],
        [Money(i, c.posted.toordinal(), c.minor) for i, c in enumerate(credits)],
    )
    back = {refund.charge.row: credits[refund.back.row] for refund in found if refund.full}
    lines = []
    aside = _aside([c.charge for c in clock.charges], said, case)
    agreed = _agreed(said, case, clock.charges[0].charge.currency)
    for at, timed in enumerate(clock.charges):
        charge, statement = _printed(timed.charge, statements)
        refund = None if aside[at] == "valid" else back.get(at)
        lines.append(Line(at + 1, charge, statement, timed, refund, aside[at], agreed if abs(charge.minor) > agreed else 0))
    return tuple(lines)


def _agreed(said: Details, case: Situation, currency: str) -> int:
    if case != "incorrect-amount" or said.agreed_amount is None or not said.agreed_amount.is_finite():
        return 0
    return abs(money.to_minor(said.agreed_amount, currency))


def _aside(charges: Sequence[Transaction], said: Details, case: Situation) -> list[Aside]:
    """Which charges are no part of what is asked back, as the holder's own words have it.

    Where by those words none is left, all stay disputed, and `situation.objections` says what does not fit.
    """
    found: list[Aside] = [""] * len(charges)
    if case == "cancelled-recurring" and said.cancellation_date is not None:
        found = ["before_cancellation" if c.posted <= said.cancellation_date else "" for c in charges]
    elif case == "incorrect-amount":
        agreed = _agreed(said, case, charges[0].currency)
        found = ["as_agreed" if abs(c.minor) <= agreed else "" for c in charges]
    elif case == "duplicate":
        groups: dict[tuple[int, str], list[int]] = {}
        for at, charge in enumerate(charges):
            groups.setdefault((charge.minor, charge.currency), []).append(at)
        for members in groups.values():
            named = [at for at in members if _speaks_of(said.valid_charge, charges[at].posted)]
            found[(named or members)[0]] = "valid" if len(members) > 1 else "once"
    return [""] * len(charges) if all(found) else found


def _speaks_of(text: str, day: date) -> bool:
    """Whether the holder's words name the day, in ISO form or as a letter writes it."""
    forms = (day.isoformat(), words.day(day), words.day(day, "en", "US"), words.day(day, "id"))
    return any(re.search(rf"(?<!\d){re.escape(form)}(?!\d)", text, re.IGNORECASE) for form in forms)


def _regrouped(months: Sequence[Month], lines: Sequence[Line]) -> tuple[Month, ...]:
    """The months with the charges that are not disputed counted as other charges."""
    found = []
    for month in months:
        here = [x for x in lines if x.aside and x.charge.posted.replace(day=1) == month.first]
        found.append(
            replace(
                month,
                purchases=month.purchases + len(here),
                charges=month.charges - len(here),
                charged_minor=month.charged_minor - sum(x.minor for x in here),
            )
        )
    return tuple(found)


def _printed(charge: Transaction, statements: Sequence[Statement]) -> tuple[Transaction, Statement | None]:
    """The charge and its statement; the row of a PDF statement in place of the same row of a download, as it can be shown."""
    carriers = deadlines.carrying(charge, statements)
    own = next((s for s in carriers if s.source == charge.source), None)
    if own is None or not own.boxes:
        for statement in (s for s in carriers if s.boxes):
            for row in statement.transactions:
                if (row.posted, row.minor) == (charge.posted, charge.minor):
                    return row, statement
    return charge, own


def _events(said: Details, more: Sequence[Event], lines: Sequence[Line], as_of: date) -> tuple[Event, ...]:
    """The log in order of days: what the holder told, what the fields of the details imply, refunds on the statement."""
    found = {*said.events, *more}
    implied: list[tuple[str, Any, str]] = [
        ("notice", said.notice_date, ""),
        ("report", said.date_of_call, f"reference {said.reference}" if said.reference else ""),
        ("cancellation", said.cancellation_date, said.cancellation_how),
        ("merchant", said.merchant_contacted, ""),
        ("refund-promised", said.refund_promised, ""),
    ]
    told = {(e.kind, e.on) for e in found}
    told |= {("report", e.on) for e in found if e.kind == "call"}
    found |= {Event(on, kind, text) for kind, on, text in implied if on and (kind, on) not in told}
    found |= {
        Event(line.refund.posted, "refund", line.amount) for line in lines if line.refund and ("refund", line.refund.posted) not in told
    }
    return tuple(sorted(e for e in found if e.on <= as_of))


def base_name(path: str) -> str:
    """The last part of a path, whichever way its slashes lean."""
    return re.split(r"[\\/]", path)[-1]
