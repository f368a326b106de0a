"""From a finding to the incident that follows it: its charges, and what is asked back for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from analyzer import escape, money
from analyzer.cases.rows import ASKED_BACK_IN_FULL
from analyzer.errors import UsageError
from analyzer.ledger.incidents import Charge, Incident, may_be
from analyzer.model import Finding, Transaction


def incident_of(
    finding: Finding,
    *,
    opened: date,
    deadlines: Mapping[Transaction, tuple[date | None, str | None]],
    jurisdiction: str | None = None,
    instrument: str | None = None,
) -> Incident:
    """The incident to store for `finding`.

    Raises:
        UsageError: the finding holds no charge.
    """
    charges = sorted((t for t in finding.transactions if t.amount < 0), key=lambda t: (t.posted, t.descriptor, t.minor))
    if not charges:
        raise UsageError("the finding holds no charge", todo="name another")
    return Incident(
        finding=finding.id,
        kind=finding.kind,
        category=finding.category,
        merchant=escape.mask_numbers(finding.merchant),
        account=finding.account,
        currency=finding.currency,
        claim_minor=claim_of(finding),
        opened=opened,
        charges=tuple(Charge(t, *deadlines.get(t, (None, None))) for t in charges),
        jurisdiction=jurisdiction,
        instrument=instrument,
    )


def claim_of(finding: Finding) -> int:
    """What is asked back for a finding, in the smallest unit: all its charges, or what was too much."""
    if finding.category in ASKED_BACK_IN_FULL:
        return sum(abs(t.minor) for t in finding.transactions if t.amount < 0)
    return abs(money.to_minor(finding.amount_at_risk, finding.currency))


def followed_by(incidents: Sequence[Incident], finding: Finding, *, closed: bool = False) -> Incident | None:
    """The latest incident that holds a charge of `finding`, or is about the same merchant and account.

    Open ones only, unless `closed` ones count as well.
    """
    wanted = {(t.posted, t.minor, t.currency) for t in finding.transactions}
    for i in reversed(incidents):
        if (closed or i.closed is None) and may_be(i.account, finding.account):
            held = {(t.posted, t.minor, t.currency) for t in i.transactions}
            if wanted & held or (i.merchant == finding.merchant and i.kind == finding.kind):
                return i
    return None


def further(incident: Incident, finding: Finding) -> tuple[tuple[Charge, ...], int]:
    """The charges of `finding` that `incident` does not hold yet, and its claim with them."""
    held = [(t.posted, t.minor, t.currency) for t in incident.transactions]
    new = []
    for t in finding.transactions:
        identity = (t.posted, t.minor, t.currency)
        if identity in held:
            held.remove(identity)
        elif t.amount < 0:
            new.append(Charge(t))
    if incident.category in ASKED_BACK_IN_FULL:
        return tuple(new), incident.claim_minor + sum(abs(c.transaction.minor) for c in new)
    return tuple(new), claim_of(finding) if new else incident.claim_minor


def as_finding(incident: Incident, charges: Sequence[Transaction]) -> Finding:
    """A finding over `charges` of an incident, for what works on findings: deadlines, charts, the packet."""
    total = sum(abs(t.minor) for t in charges)
    return Finding(
        kind=incident.kind,
        detector="case",
        score=1.0,
        merchant=incident.merchant,
        account=incident.account,
        currency=incident.currency,
        amount_at_risk=money.from_minor(total, incident.currency),
        reasons=(f"Followed as case {incident.id}",),
        category=incident.category,
        transactions=tuple(charges),
    )
