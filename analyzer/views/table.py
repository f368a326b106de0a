"""A scan as one screen of text: the worst first, evidence instead of adjectives, the next command at the end."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from analyzer import escape, money
from analyzer.model import Finding, Findings, Statement
from analyzer.views.data import shown_account

WIDTH = 80
LOOK = 0.5
"""Findings at this score and above mean "look at this"."""

WHAT = {
    "seller-fee": "a seller's or advertiser's fee",
    "unrecognized-recurring": "a recurring charge nobody has confirmed",
    "new-subscription": "a subscription that has just begun",
    "trial-conversion": "a small charge first, then the full price",
    "charge-after-cancellation": "charged after the date it was cancelled",
    "price-increase": "the price rose",
    "duplicate-charge": "charged twice",
    "card-testing": "small test charges",
    "unusual-amount": "an unusual amount",
    "refund-missing": "a promised refund has not come",
}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")

Style = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Screen:
    """What the table needs beside the findings: the command's files, what the ledger added, the style."""

    files: Sequence[str]
    months_known: int | None = None
    min_score: float = 0.0
    verbose: bool = False
    style: Style = lambda text, _role: text


def day(d: date, *, year: bool = True) -> str:
    """`4 May 2026`; the same in every locale."""
    return f"{d.day} {_MONTHS[d.month - 1]}" + (f" {d.year}" if year else "")


def render(findings: Findings, screen: Screen) -> str:
    """The whole screen, ending in a line feed."""
    shown = [f for f in findings if f.score >= screen.min_score]
    urgent = [f for f in shown if f.score >= LOOK]
    minor = [f for f in shown if f.score < LOOK]
    parts = [_head(findings.statements, screen)]
    parts += [_entry(n, f, screen.style) for n, f in enumerate(urgent, 1)]
    if minor:
        parts.append(_minor(minor, len(urgent), screen))
    parts.append(_tail(findings, urgent, screen))
    return "\n".join(p for p in parts if p)


def _head(statements: Sequence[Statement], screen: Screen) -> str:
    rows = sum(len(s) for s in statements)
    accounts = sorted({shown_account(s.account) for s in statements})
    named = [a for a in accounts if a != "unknown"]
    whose = f"card {named[0]}" if len(accounts) == 1 and named else f"{len(accounts)} accounts" if len(accounts) > 1 else "one account"
    firsts = [s.first for s in statements if s.first]
    lasts = [s.last for s in statements if s.last]
    span = f", {day(min(firsts))} to {day(max(lasts))}" if firsts else ""
    proved = sum(s.reconciled is True for s in statements)
    wrong = sum(s.reconciled is False for s in statements)
    if wrong:
        check = f"{wrong} do not add up: see the warnings."
    elif proved == len(statements):
        check = "All add up."
    elif proved:
        check = f"{proved} of {len(statements)} add up; the others print no balances to check against."
    else:
        check = "No balances printed to check against."
    noun = "statement" if len(statements) == 1 else "statements"
    text = f"{len(statements)} {noun}, {whose}{span}, {rows:,} {'transaction' if rows == 1 else 'transactions'}. {check}"
    if screen.months_known:
        months = f"{screen.months_known} earlier month{'s' if screen.months_known != 1 else ''}"
        text += f" Judged against {months} from the ledger."
    return _wrap(text, "") + "\n"


def _entry(number: int, f: Finding, style: Style) -> str:
    charges = f"{len(f.transactions)} charge{'s' if len(f.transactions) != 1 else ''}"
    total = money.display(money.to_minor(f.amount_at_risk, f.currency), f.currency)
    right = f"{charges:>11}   {total:>13}"
    name = _fit(escape.terminal(f.merchant), WIDTH - len(right) - 5)
    head = f"{number:>2}  {style(name, 'name')}{' ' * (WIDTH - 4 - _cells(name) - len(right))}{style(right, 'amount')}"
    lines = [head]
    what = WHAT[f.kind]
    lines.append(_wrap(f"{what[0].upper()}{what[1:]}. {_sentence(f.reasons[0])}", "    "))
    lines.append(_wrap(f"{_when(f)} {_each(f)}{_next(f)}", "    "))
    lines += [_wrap(_sentence(r), "    ") for r in f.reasons[1:3]]
    if f.deadline:
        rule = f" ({escape.terminal(f.rule)})" if f.rule else ""
        lines.append(style(_wrap(f"Dispute by {day(f.deadline)}{rule}. Id {f.id[:6]}.", "    "), "deadline"))
    else:
        lines.append(_wrap(f"Ask the issuer for its time limit now. Id {f.id[:6]}.", "    "))
    return "\n".join(lines) + "\n"


def _when(f: Finding) -> str:
    days = sorted({t.posted for t in f.transactions})
    if len(days) == 1:
        return f"On {day(days[0])}."
    again = ", ".join(day(d, year=d.year != days[0].year) for d in days[1:4])
    more = f" and {len(days) - 4} more times" if len(days) > 4 else ""
    often = f" ({f.stream.cadence.name})" if f.stream else ""
    return f"First on {day(days[0])}, again on {again}{more}{often}."


def _each(f: Finding) -> str:
    amounts = sorted({abs(t.minor) for t in f.transactions})
    if len(amounts) == 1:
        each = " each time" if len(f.transactions) > 1 else ""
        return f"{money.display(amounts[0], f.currency)}{each}."
    return f"{money.display(amounts[0], f.currency)} to {money.display(amounts[-1], f.currency)}."


def _next(f: Finding) -> str:
    if f.stream is None or f.stream.cadence.next_due is None or f.stream.status == "ended":
        return ""
    return f" Next expected on {day(f.stream.cadence.next_due)}."


def _minor(minor: Sequence[Finding], before: int, screen: Screen) -> str:
    lines = ["For your information:"]
    shown = minor if screen.verbose else minor[:5]
    for n, f in enumerate(shown, before + 1):
        lines.append(_wrap(f"{n:>2}  {_fit(escape.terminal(f.merchant), 28)}: {_sentence(f.reasons[0])}", "", "      "))
    if len(minor) > len(shown):
        lines.append(f"    and {len(minor) - len(shown)} more: -v shows all")
    return "\n".join(lines) + "\n"


def _tail(findings: Findings, urgent: Sequence[Finding], screen: Screen) -> str:
    files = " ".join(shlex.quote(f) if f.isprintable() else shlex.quote(escape.visible(f)) for f in screen.files)
    files = files if len(files) <= 48 else shlex.quote(escape.visible(screen.files[0])) + " ..." if len(screen.files) > 1 else files
    in_findings = {id(f.stream) for f in findings if f.stream is not None}
    settled = sum(1 for s in findings.streams if id(s) not in in_findings and s.status != "ended")
    lines = []
    if not urgent:
        looked = sum(len(s) for s in findings.statements)
        found = f"{len(findings.streams)} recurring charge{'s' if len(findings.streams) != 1 else ''}"
        lines.append(_wrap(f"Nothing to dispute found: {looked:,} transactions and {found} looked at.", ""))
    if settled:
        lines.append(
            f"{settled} recurring charge{'s look' if settled != 1 else ' looks'} settled. To confirm what is yours:\n  stmt-scan review {files}"
        )
    if urgent:
        lines.append(f"To dispute the first:\n  stmt-scan dispute {urgent[0].id[:6]} {files} -o dispute/")
    return "\n".join(lines) + "\n"


def _sentence(text: str) -> str:
    text = escape.terminal(text).strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _wrap(text: str, indent: str, hanging: str | None = None) -> str:
    later = indent if hanging is None else hanging
    return "\n".join(textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=later, break_on_hyphens=False))


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _fit(text: str, width: int) -> str:
    if _cells(text) <= width:
        return text
    while _cells(text) > width - 1:
        text = text[:-1]
    return f"{text}…"
