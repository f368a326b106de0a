"""From what the user names to the incident: which finding is meant, what is asked back for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from analyzer import escape, merchants, money
from analyzer.cases.rows import ASKED_BACK_IN_FULL
from analyzer.errors import UsageError
from analyzer.ledger.incidents import Charge, Incident
from analyzer.model import Finding, Findings, Stream, Transaction

SHORTEST_ID = 4
"""Characters of an id that can name a finding."""


def choose(findings: Findings, wanted: str) -> Finding:
    """The finding that `wanted` names: the beginning of its id, or its merchant; of several at one merchant the worst.

    A recurring charge that is no finding can be named by its merchant too.

    Raises:
        UsageError: nothing fits, or several merchants do.
    """
    text = wanted.strip().casefold()
    if not text:
        raise UsageError("no finding named", todo="give a finding's id or its merchant")
    by_id = [f for f in findings if len(text) >= SHORTEST_ID and f.id.startswith(text)]
    if len(by_id) == 1:
        return by_id[0]
    if len({f.id for f in by_id}) > 1:
        raise UsageError(f"{wanted} begins several ids", todo="give more of the id")
    fits = [f for f in findings if _names(f.merchant, [t.descriptor for t in f.transactions], text)]
    if not fits:
        fits = [_from_stream(s) for s in findings.streams if _names(s.merchant, [t.descriptor for t in s.transactions], text)]
    if not fits:
        known = ", ".join(dict.fromkeys(f"{f.merchant} ({f.id[:6]})" for f in findings[:5])) or "none"
        raise UsageError(f"no finding is called {wanted}", todo=f"found were: {known}")
    names = list(dict.fromkeys((f.merchant, f.account) for f in fits))
    if len(names) > 1:
        several = ", ".join(f"{f.merchant} {f.account.partition('#')[0]} ({f.id[:6]})" for f in fits[:6])
        raise UsageError(f"{wanted} fits several", todo=f"name one by its id: {several}")
    return fits[0]


def _names(merchant: str, descriptors: Sequence[str], text: str) -> bool:
    if text in merchant.casefold() or any(text in d.casefold() for d in descriptors):
        return True
    key = merchants.key(text)
    return bool(key) and key == merchants.key(merchant)


def _from_stream(stream: Stream) -> Finding:
    charged = sum(abs(t.minor) for t in stream.transactions)
    return Finding(
        kind="unrecognized-recurring",
        detector="case",
        score=0.5,
        merchant=stream.merchant,
        account=stream.account,
        currency=stream.currency,
        amount_at_risk=money.from_minor(charged, stream.currency),
        reasons=("Named by the holder",),
        category="unauthorized",
        transactions=stream.transactions,
        stream=stream,
    )


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


def followed_by(incidents: Sequence[Incident], finding: Finding) -> Incident | None:
    """The open incident that already holds a charge of `finding`, or is about the same merchant and account."""
    label = finding.account.partition("#")[0]
    wanted = {(t.posted, t.minor, t.currency) for t in finding.transactions}
    for i in incidents:
        if i.closed is None and i.account.partition("#")[0] == label:
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
