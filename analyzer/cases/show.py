"""A case for people and as data: timeline, deadlines with days left, next step, charges since, refunds."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analyzer import escape, money
from analyzer.cases.standing import Standing
from analyzer.cases.steps import TITLES, next_step, steps, unfinished
from analyzer.ledger.incidents import Event, Incident
from analyzer.model import Transaction

WIDTH = 80


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when one charge must be disputed, and the rule that says so."""

    charge: Transaction
    due: date | None
    rule: str | None

    def days_left(self, as_of: date) -> int | None:
        """Days from `as_of`; negative when it has passed."""
        return (self.due - as_of).days if self.due else None


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline. `kind` is an event's kind, or `charge`, `refund`, `opened`, `closed`."""

    on: date
    kind: str
    text: str


def events(incident: Incident) -> list[Event]:
    """The log as events for the packet's chart and list: what was said and done, in order; mere notes are left out."""
    return [e for e in incident.events if e.kind != "note"]


def timeline(standing: Standing) -> list[Moment]:
    """Everything in order of the days: charges, what was said and done, refunds, opening and closing."""
    incident = standing.incident
    out = []
    for charge in (*incident.transactions, *standing.charged_again):
        again = " (since the case was opened)" if charge in standing.charged_again else ""
        out.append(Moment(charge.posted, "charge", f"charged {standing.show(abs(charge.minor))}, {charge.descriptor}{again}"))
    for credit in standing.found.credits:
        word = "came back" if credit.sure else "may have come back"
        text = f"{standing.show(credit.minor)} {word}, {credit.transaction.descriptor} ({credit.by})"
        out.append(Moment(credit.transaction.posted, "refund", text))
    out.append(Moment(incident.opened, "opened", f"case {incident.id} opened"))
    for e in incident.events:
        whom = f" to the {e.whom}" if e.whom in ("issuer", "merchant") else ""
        promised = f" [{standing.show(e.expect_minor)}]" if e.expect_minor else ""
        by = f" [by {e.expect_on.isoformat()}]" if e.expect_on else ""
        out.append(Moment(e.on, e.kind, f"{e.kind}{whom}: {e.text}{promised}{by}"))
    if incident.closed:
        still = f"; unfinished: {incident.closing}" if incident.closing else ""
        out.append(Moment(incident.closed, "closed", f"case {incident.id} closed{still}"))
    order = ("charge", "refund", "opened")
    return sorted(out, key=lambda m: (m.on, m.kind == "closed", order.index(m.kind) if m.kind in order else len(order)))


def as_screen(standing: Standing, deadlines: Sequence[Deadline]) -> str:
    """The case on one screen, ending in a line feed; every text escaped."""
    i = standing.incident
    state = f"closed on {i.closed.isoformat()}" if i.closed else "open"
    head = f"Case {i.id}: {i.merchant}, card {i.account.partition('#')[0]}, {state}"
    lines = [_wrap(head, ""), _wrap(f"Asked back: {standing.show(standing.claim)}. {standing.refund_words()}", "")]
    if standing.charged_again:
        days = ", ".join(t.posted.isoformat() for t in standing.charged_again)
        lines.append(_wrap(f"CHARGED AGAIN since it was opened: {days}. Add it: stmt-scan case open {shlex.quote(i.merchant)}", ""))
    if standing.found.earlier:
        days = ", ".join(t.posted.isoformat() for t in standing.found.earlier[:6])
        lines.append(_wrap(f"Not in this case, but alike and earlier: {days}.", ""))
    if standing.found.pending:
        lines.append(_wrap(f"Still pending at this merchant: {len(standing.found.pending)}.", ""))
    for p in standing.promises:
        late = " OVERDUE:" if p.overdue(standing.as_of) else ""
        assumed = " (no day was named; 30 days allowed)" if p.assumed else ""
        text = f"Refund expected:{late} {standing.show(p.minor)} by {p.by.isoformat()}{assumed}, came: {standing.show(p.came)}."
        lines.append(_wrap(text, ""))
    lines += ["", "Timeline"]
    lines += [_wrap(m.text, f"  {m.on.isoformat()}  ", " " * 14) for m in timeline(standing)]
    lines += ["", "Deadlines"]
    lines += [_wrap(_deadline(d, standing), "  ", "      ") for d in deadlines] or ["  none known: ask the issuer for its time limit now"]
    lines += ["", "Steps"]
    coming = next_step(standing) if i.closed is None else None
    for s in steps(standing):
        mark = (
            "not needed" if s.spared else f"done {s.done.isoformat()}" if s.done else "NEXT" if coming and s.key == coming.key else "open"
        )
        text = s.text if mark == "NEXT" else TITLES[s.key]
        lines.append(_wrap(text, f"  {mark:<15} ", " " * 18))
    lines.append("")
    lines.append(_wrap(_tail(standing), ""))
    return "\n".join(lines) + "\n"


def _tail(standing: Standing) -> str:
    i = standing.incident
    if i.closed:
        return f"It was closed with this unfinished: {i.closing}" if i.closing else "Nothing is left to do."
    left = unfinished(standing)
    if not left:
        return f"Nothing is left. Close it: stmt-scan case close {i.id}"
    return "Not over yet: " + " ".join(left)


def _deadline(d: Deadline, standing: Standing) -> str:
    charge = f"{d.charge.posted.isoformat()} {standing.show(abs(d.charge.minor))}"
    if any(a.charge == d.charge and a.credit is not None for a in standing.answers):
        return f"{charge}: its refund has come"
    left = d.days_left(standing.as_of)
    if d.due is None or left is None:
        return f"{charge}: no rule known here sets one; ask the issuer"
    days = (
        "today" if left == 0 else f"{left} day{'s' if left != 1 else ''} left" if left > 0 else f"passed {-left} days ago; ask all the same"
    )
    return f"{charge}: by {d.due.isoformat()}, {days} ({d.rule or 'rule not named'})"


def as_line(standing: Standing) -> str:
    """The case in one line, for the list."""
    i = standing.incident
    if i.closed:
        state = f"closed {i.closed.isoformat()}" + (", unfinished" if i.closing else "")
    else:
        step = next_step(standing)
        state = f"open, next: {TITLES[step.key]}" if step else "open, nothing left to do"
    again = ", CHARGED AGAIN" if standing.charged_again else ""
    back = f"{standing.show(standing.back)} of {standing.show(standing.claim)} back"
    return escape.terminal(f"{i.id:>3}  {i.opened.isoformat()}  {i.merchant} {i.account.partition('#')[0]}: {back}; {state}{again}")


def as_data(standing: Standing, deadlines: Sequence[Deadline]) -> dict[str, Any]:
    """The case as plain data for JSON; money as exact decimals."""
    i = standing.incident
    unit = i.currency
    due = {d.charge: d for d in deadlines}
    coming = next_step(standing)
    return {
        "version": 1,
        "as_of": standing.as_of.isoformat(),
        "id": i.id,
        "merchant": i.merchant,
        "account": i.account.partition("#")[0],
        "kind": i.kind,
        "category": i.category,
        "finding": i.finding,
        "currency": unit,
        "opened": i.opened.isoformat(),
        "closed": _iso(i.closed),
        "closed_unfinished": i.closing or None,
        "claim": money.text(standing.claim, unit),
        "refunded": money.text(standing.back, unit),
        "missing": money.text(standing.missing, unit),
        "refund_state": standing.state,
        "refund": standing.refund_words(),
        "charges": [
            {
                **_charge(a.charge, unit),
                "since_opened": a.charge in standing.charged_again,
                "refund": None if a.credit is None else {**_charge(a.credit.transaction, unit), "short": money.text(a.short, unit)},
                "deadline": _iso(due[a.charge].due) if a.charge in due else None,
                "days_left": due[a.charge].days_left(standing.as_of) if a.charge in due else None,
                "rule": due[a.charge].rule if a.charge in due else None,
            }
            for a in standing.answers
        ],
        "refunds": [{**_charge(c.transaction, unit), "sure": c.sure, "by": c.by} for c in standing.found.credits],
        "promises": [
            {
                "on": p.event.on.isoformat(),
                "by": p.by.isoformat(),
                "by_assumed": p.assumed,
                "amount": money.text(p.minor, unit),
                "came": money.text(p.came, unit),
                "overdue": p.overdue(standing.as_of),
            }
            for p in standing.promises
        ],
        "steps": [
            {"key": s.key, "text": s.text, "done": None if s.spared else _iso(s.done), "needless": s.spared} for s in steps(standing)
        ],
        "next": coming.key if coming and i.closed is None else None,
        "unfinished": unfinished(standing),
        "log": [
            {
                "on": e.on.isoformat(),
                "kind": e.kind,
                "whom": e.whom or None,
                "text": e.text,
                "expect_on": _iso(e.expect_on),
                "expect_amount": None if e.expect_minor is None else money.text(e.expect_minor, unit),
            }
            for e in i.events
        ],
        "timeline": [{"on": m.on.isoformat(), "kind": m.kind, "text": m.text} for m in timeline(standing)],
    }


def _charge(t: Transaction, unit: str) -> dict[str, Any]:
    return {
        "date": t.posted.isoformat(),
        "amount": money.text(t.minor, unit),
        "descriptor": t.descriptor,
        "source": {"file": escape.mask_numbers(t.source), "page": t.page, "line": t.line},
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _wrap(text: str, first: str, later: str | None = None) -> str:
    hanging = first if later is None else later
    safe = escape.terminal(text)
    return "\n".join(textwrap.wrap(safe, WIDTH, initial_indent=first, subsequent_indent=hanging, break_on_hyphens=False)) or first.rstrip()
