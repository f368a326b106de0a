"""How an incident stands on a day: what is asked back, what came back, what was promised and is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from analyzer import money
from analyzer.cases.rows import NEAR, Credit, Found, find
from analyzer.ledger.incidents import Event, Incident
from analyzer.model import Transaction

if TYPE_CHECKING:
    import pandas as pd

USUAL_DAYS = 30
"""Days a promised refund is given when no day was named. Source: Amazon's own rule that money can take 30 days to
show, https://sellercentral.amazon.com.au/gp/help/external/GAB9AXEU2FEC4GXM (as of 2026-11-23)."""

State = Literal["none", "part", "near", "full", "more"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One charge and the refund that answers it, if any; `short` is what the refund lacks (negative: it is more)."""

    charge: Transaction
    credit: Credit | None
    short: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """A promised refund: how much, by when (`assumed` when no day was named), and how much of it came."""

    event: Event
    minor: int
    by: date
    assumed: bool
    came: int

    @property
    def missing(self) -> int:
        """What has not come."""
        return max(0, self.minor - self.came)

    def unseen(self, until: date | None) -> bool:
        """Whether the statements end before its day, so that it may have come unseen."""
        return until is None or until < self.by

    def overdue(self, as_of: date) -> bool:
        """Whether its day has passed and something is missing."""
        return self.missing > 0 and as_of > self.by


@dataclass(frozen=True, slots=True)
class Standing:
    """One incident on the day `as_of`. Money in the smallest unit, positive."""

    incident: Incident
    as_of: date
    found: Found
    claim: int
    back: int
    state: State
    answers: tuple[Answer, ...]
    promises: tuple[Promise, ...]

    @property
    def missing(self) -> int:
        """What is asked back and has not come."""
        return max(0, self.claim - self.back)

    @property
    def charged_again(self) -> tuple[Transaction, ...]:
        """Charges since those the case was opened on."""
        return self.found.since

    @property
    def overdue(self) -> tuple[Promise, ...]:
        """Promised refunds whose day has passed."""
        return tuple(p for p in self.promises if p.overdue(self.as_of))

    @property
    def refund_complete(self) -> bool:
        """Whether all that is asked back has come, and it was something."""
        return self.state in ("full", "more")

    @property
    def unanswered(self) -> tuple[Transaction, ...]:
        """The charges no refund answers; never empty, so that a finding about them has its charges."""
        open_ones = tuple(a.charge for a in self.answers if a.credit is None)
        return open_ones or tuple(a.charge for a in self.answers)

    def show(self, minor: int) -> str:
        """An amount of this incident for people."""
        return money.display(minor, self.incident.currency)

    def refund_words(self) -> str:
        """What came back, in one sentence."""
        if not self.found.covered:
            return "No statement of this account is at hand, so no refund can be seen."
        if self.state == "none":
            maybe = [c for c in self.found.credits if not c.sure]
            if maybe:
                c = maybe[0]
                return f"No refund seen; {self.show(c.minor)} on {c.transaction.posted.isoformat()} may be one ({c.by})."
            return f"No refund seen on the statements, which end on {self.found.until}."
        days = ", ".join(c.transaction.posted.isoformat() for c in self.found.credits if c.sure)
        if self.state == "full":
            return f"Refunded in full: {self.show(self.back)} ({days})."
        if self.state == "more":
            extra = self.show(self.back - self.claim)
            return f"Refunded in full, and {extra} more for fees or by another rate: {self.show(self.back)} ({days})."
        if self.state == "near":
            return (
                f"Refunded but for {self.show(self.missing)}, which an exchange rate or a fee may explain: "
                f"{self.show(self.back)} of {self.show(self.claim)} ({days})."
            )
        return f"Refunded in part: {self.show(self.back)} of {self.show(self.claim)} ({days}); {self.show(self.missing)} missing."


def assess(incident: Incident, frame: pd.DataFrame, *, as_of: date) -> Standing:
    """How `incident` stands, judged by the rows of `frame`."""
    found = find(incident, frame)
    charges = (*incident.transactions, *found.since)
    claim = incident.claim_minor + sum(abs(t.minor) for t in found.since)
    sure = [c for c in found.credits if c.sure]
    back = sum(c.minor for c in sure)
    answers = _answers(charges, sure)
    return Standing(
        incident=incident,
        as_of=as_of,
        found=found,
        claim=claim,
        back=back,
        state=_state(claim, back, answers),
        answers=answers,
        promises=_promises(incident, claim, sure),
    )


def _answers(charges: Sequence[Transaction], credits: Sequence[Credit]) -> tuple[Answer, ...]:
    """Per charge the credit that answers it: equal amounts first, then near ones; each credit answers one charge."""
    free = list(credits)
    chosen: dict[int, Credit] = {}
    for tolerance in (0.0, NEAR):
        for i, charge in enumerate(charges):
            if i in chosen:
                continue
            amount = abs(charge.minor)
            fits = [c for c in free if c.transaction.posted >= charge.posted and abs(c.minor - amount) <= tolerance * amount]
            if fits:
                best = min(fits, key=lambda c: (abs(c.minor - amount), c.transaction.posted))
                chosen[i] = best
                free.remove(best)
    if len(charges) > 1 and not chosen and len(credits) == 1 and credits[0].minor == sum(abs(t.minor) for t in charges):
        chosen = dict.fromkeys(range(len(charges)), credits[0])
        return tuple(Answer(t, credits[0]) for t in charges)
    return tuple(Answer(t, chosen.get(i), abs(t.minor) - chosen[i].minor if i in chosen else 0) for i, t in enumerate(charges))


def _state(claim: int, back: int, answers: Sequence[Answer]) -> State:
    if back == 0:
        return "none"
    if back == claim:
        return "full"
    if back > claim:
        return "more"
    near = all(a.credit is not None for a in answers) and claim - back <= NEAR * claim
    return "near" if near else "part"


def _promises(incident: Incident, claim: int, credits: Sequence[Credit]) -> tuple[Promise, ...]:
    """The promises in the order they were made; each refund counts towards one of them."""
    left = {id(c): c.minor for c in credits}
    promises = []
    asked = 0
    for event in incident.events:
        if event.kind != "refund-promised":
            continue
        before = sum(c.minor for c in credits if c.transaction.posted < event.on)
        wanted = event.expect_minor or max(0, claim - before - asked)
        asked += wanted
        came = 0
        since = sorted(
            (c for c in credits if c.transaction.posted >= event.on), key=lambda c: (left[id(c)] != wanted, c.transaction.posted, c.minor)
        )
        for credit in since:
            take = min(left[id(credit)], wanted - came)
            left[id(credit)] -= take
            came += take
        by = event.expect_on or event.on + timedelta(USUAL_DAYS)
        promises.append(Promise(event, wanted, by, event.expect_on is None, came))
    return tuple(p for p in promises if p.minor > 0)
