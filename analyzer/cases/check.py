"""Open cases after every `add` and `scan`: charged again, refund arrived, refund overdue."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from analyzer import money
from analyzer.cases.standing import Standing, assess
from analyzer.cases.steps import TITLES, next_step
from analyzer.ledger import incidents
from analyzer.model import Finding, Findings, Transaction

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.ledger.store import Ledger

AGAIN_SCORE = 1.0
OVERDUE_SCORE = 0.95
UNSEEN_SCORE = 0.6
"""Of an overdue refund when the statements end before its day: it may have come on the next one."""
DETECTOR = "case"


def standings(frame: pd.DataFrame, ledger: Ledger, *, as_of: date) -> list[Standing]:
    """How every open case of an account in `frame` stands, by its rows; cases opened after `as_of` are left out."""
    labels = frame["account"].unique()
    return [
        assess(i, frame, as_of=as_of)
        for i in incidents.every(ledger, still_open=True)
        if i.opened <= as_of and any(incidents.may_be(label, i.account) for label in labels)
    ]


def follow(
    findings: Findings,
    frame: pd.DataFrame,
    ledger: Ledger,
    *,
    as_of: date,
    dated: Callable[[Finding], Finding] | None = None,
) -> Findings:
    """The findings with what open cases add, worst first: charged again, then refunds overdue, then the rest.

    A finding that already holds the new charge is lifted and keeps its id; else a new one is made.

    Args:
        findings: what the scan found.
        frame: the rows it looked at.
        ledger: holds the cases.
        as_of: the day to judge by.
        dated: gives a new finding its deadline and rule.
    """
    items = list(findings.items)
    front: list[Finding] = []
    overdue: list[Finding] = []
    for standing in standings(frame, ledger, as_of=as_of):
        if standing.charged_again:
            front.append(_charged_again(standing, items, dated))
        if standing.overdue:
            overdue.append(_overdue(standing, dated))
        _mark(standing, items)
    if not front and not overdue and items == list(findings.items):
        return findings
    return replace(findings, items=tuple(sorted([*front, *overdue, *items], key=lambda f: -f.score)))


def _same(finding: Finding, standing: Standing, charges: Sequence[Transaction]) -> bool:
    """Whether a finding speaks of these charges of this case."""
    account = incidents.may_be(finding.account, standing.incident.account)
    wanted = {(t.posted, t.minor, t.currency) for t in charges}
    return account and bool(wanted & {(t.posted, t.minor, t.currency) for t in finding.transactions})


def _charged_again(standing: Standing, items: list[Finding], dated: Callable[[Finding], Finding] | None) -> Finding:
    """The finding of the new charge, taken out of `items` where it stands there."""
    incident, new = standing.incident, standing.charged_again
    days = ", ".join(t.posted.isoformat() for t in new[:4])
    total = money.display(sum(abs(t.minor) for t in new), incident.currency)
    reason = f"Charged again on {days} ({total}), while case {incident.id} is open since {incident.opened.isoformat()}"
    found = next((f for f in items if f.merchant == incident.merchant and _same(f, standing, new)), None)
    found = found or next((f for f in items if _same(f, standing, new)), None)
    if found is not None:
        items.remove(found)
        return replace(found, score=AGAIN_SCORE, reasons=(reason, *found.reasons))
    made = Finding(
        kind=incident.kind,
        detector=DETECTOR,
        score=AGAIN_SCORE,
        merchant=incident.merchant,
        account=incident.account,
        currency=incident.currency,
        amount_at_risk=money.from_minor(sum(abs(t.minor) for t in new), incident.currency),
        reasons=(reason, f"Add it to the case: stmt-scan case open {shlex.quote(incident.merchant)}"),
        category=incident.category,
        transactions=new,
    )
    return dated(made) if dated else made


def _overdue(standing: Standing, dated: Callable[[Finding], Finding] | None) -> Finding:
    """The finding of a promised refund that has not come: its charges are those without a refund."""
    incident, late = standing.incident, standing.overdue
    missing = min(sum(p.missing for p in late), standing.missing) or sum(p.missing for p in late)
    first = late[0]
    promised = f"{standing.show(first.minor)} promised on {first.event.on.isoformat()}"
    assumed = f", allowing {(first.by - first.event.on).days} days as no day was named" if first.assumed else ""
    came = f"; {standing.show(first.came)} of it came" if first.came else ""
    unseen = all(p.unseen(standing.found.until) for p in late)
    end = f" on the statements, which end on {standing.found.until}: look at the account, or add the newest one" if unseen else ""
    reasons = (
        f"{promised} should have come by {first.by.isoformat()}{assumed}{came}; {standing.show(missing)} missing{end}",
        f"Followed as case {incident.id}: write to who promised it, with the promise, and to the issuer: a refund not processed",
    )
    made = Finding(
        kind="refund-missing",
        detector=DETECTOR,
        score=UNSEEN_SCORE if unseen else OVERDUE_SCORE,
        merchant=incident.merchant,
        account=incident.account,
        currency=incident.currency,
        amount_at_risk=money.from_minor(missing, incident.currency),
        reasons=reasons,
        category="credit-not-processed",
        transactions=standing.unanswered,
    )
    return dated(made) if dated else made


def _mark(standing: Standing, items: list[Finding]) -> None:
    """Say on the findings a case already follows that it does."""
    incident = standing.incident
    for i, f in enumerate(items):
        if f.kind != "refund-missing" and _same(f, standing, incident.transactions):
            step = next_step(standing)
            then = f"; next: {TITLES[step.key]}" if step else "; nothing is left to do: close it"
            items[i] = replace(f, reasons=(*f.reasons, f"Followed as case {incident.id} since {incident.opened.isoformat()}{then}"))


def news(frame: pd.DataFrame, ledger: Ledger, *, as_of: date, only: int | None = None) -> list[str]:
    """One line per open case: charged again, refunds, what is overdue; for printing after `add` and `scan`.

    Cases of accounts that `frame` does not hold are left out, and all but the case `only` where it is given.
    """
    lines = []
    for s in standings(frame, ledger, as_of=as_of):
        if not s.found.covered or only not in (None, s.incident.id):
            continue
        parts = []
        if s.charged_again:
            again = ", ".join(t.posted.isoformat() for t in s.charged_again[:4])
            parts.append(f"CHARGED AGAIN on {again}.")
        parts.append(s.refund_words())
        for p in s.overdue:
            unseen = f", but the statements end on {s.found.until}" if p.unseen(s.found.until) else ""
            parts.append(f"Overdue since {p.by.isoformat()}: {s.show(p.missing)}{unseen}.")
        if s.refund_complete and not s.charged_again:
            step = next_step(s)
            parts.append(f"Next: {TITLES[step.key]}." if step else f"Nothing is left: stmt-scan case close {s.incident.id}")
        lines.append(f"case {s.incident.id}, {s.incident.merchant}: {' '.join(parts)}")
    return lines
