"""Open cases beside the commands that read statements: what `scan`, `add` and `watch` say of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from analyzer import escape
from analyzer.cli.common import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analyzer.ledger.incidents import Event
    from analyzer.ledger.store import Ledger
    from analyzer.model import Finding, Findings, Statement


def follow(findings: Findings, frame: pd.DataFrame, session: Session) -> Findings:
    """The findings with those of open cases in front; a line on stderr says how each open case stands."""
    ledger = session.known_ledger()
    if ledger is None:
        return findings
    from analyzer.cases import check

    with ledger:
        for line in check.news(frame, ledger, as_of=session.as_of):
            if not session.quiet:
                click.echo(escape.terminal(line), err=True)
        return within(ledger, findings, frame, session)


def within(ledger: Ledger, findings: Findings, frame: pd.DataFrame, session: Session) -> Findings:
    """The findings with those of the open cases in `ledger` in front."""
    from analyzer.cases import check

    def dated(finding: Finding) -> Finding:
        from analyzer.disputes.deadlines import assess

        clock = assess(finding, findings.statements, as_of=session.as_of)
        return replace(finding, deadline=clock.earliest, rule=clock.rule_id)

    return check.follow(findings, frame, ledger, as_of=session.as_of, dated=dated)


def log_of(finding: Finding, session: Session) -> list[Event]:
    """What the log of the case that follows `finding` holds, for its packet; empty without such a case."""
    ledger = session.known_ledger()
    if ledger is None:
        return []
    from analyzer.cases import events, opening
    from analyzer.ledger import incidents

    with ledger:
        every = incidents.every(ledger)
    found = opening.followed_by(every, finding, closed=True)
    return events(found) if found is not None else []


def after_adding(ledger: Ledger, statements: Sequence[Statement], session: Session) -> None:
    """Print one line for each open case of the accounts of `statements`: charged again, refund come or overdue."""
    from analyzer.cases import check
    from analyzer.ledger import incidents
    from analyzer.ledger.identity import union

    labels = {s.account for s in statements}
    for incident in incidents.every(ledger, still_open=True):
        if any(incidents.may_be(label, incident.account) for label in labels):
            frame = union(incidents.statements_around(ledger, incident))[0]
            for line in check.news(frame, ledger, as_of=session.as_of, only=incident.id):
                if not session.quiet:
                    click.echo(escape.terminal(line))
