"""A checked notice as data (`notice.schema.json`) and as one screen of text."""

from __future__ import annotations

import textwrap
from typing import Any

from analyzer import escape, money
from analyzer.notices.amounts import Announced
from analyzer.notices.matching import Match, as_text
from analyzer.notices.verdict import Notice

WIDTH = 80
_SIGNS = {"pass": "ok", "fail": "NO", "unknown": "--"}
_SAYS = {
    "authentic-looking": "looks authentic",
    "unverified": "is unverified: nothing proves who sent it",
    "likely-fake": "is likely a fake",
}


def as_data(notice: Notice) -> dict[str, Any]:
    """The object `notice --format json` prints."""
    return {
        "version": 1,
        "verdict": notice.verdict,
        "sender": {
            "address": _clean(notice.sender.address) if notice.sender.address else None,
            "domain": _clean(notice.sender.domain) if notice.sender.domain else None,
            "listed": notice.listed,
        },
        "checks": [{"name": c.name, "result": c.result, "detail": _clean(c.detail)} for c in notice.checks],
        "amounts": [{"amount": _amount(a), "currency": a.currency} for a in notice.amounts],
        "matches": [_match(m) for m in notice.matches],
        "advice": [_clean(a) for a in notice.advice],
    }


def _amount(announced: Announced) -> str:
    code = announced.currency or "USD"
    minor = money.to_minor(announced.amount, code)
    return money.text(minor, code) if money.from_minor(minor, code) == announced.amount else f"{announced.amount:f}"


def _match(match: Match) -> dict[str, Any]:
    t = match.transaction
    return {
        "fit": match.fit,
        "why": _clean(match.why),
        "announced": {"amount": _amount(match.announced), "currency": match.announced.currency},
        "date": t.posted.isoformat(),
        "amount": money.text(t.minor, t.currency),
        "currency": t.currency,
        "descriptor": t.descriptor,
        "account": t.account.partition("#")[0],
        "status": t.status,
        "source": {"file": escape.mask_numbers(t.source), "page": t.page, "line": t.line},
    }


def _clean(text: str) -> str:
    return escape.visible(escape.mask_numbers(text))


def as_screen(notice: Notice) -> str:
    """The result for a terminal, ending in a line feed; every text of the mail is escaped."""
    head = [f"This mail {_SAYS[notice.verdict]}."]
    who = notice.sender.address or "no usable address"
    shown = f'"{notice.sender.name}" ' if notice.sender.name else ""
    head.append(f"From     {_fit(f'{shown}<{who}>')}")
    head.append(f"Subject  {_fit(notice.subject) or '(none)'}")
    lines = [escape.terminal(escape.mask_numbers(line)) for line in head]
    lines.append("")
    for check in notice.checks:
        text = escape.terminal(escape.mask_numbers(check.detail))
        label = f"  {_SIGNS[check.result]}  {check.name:<16}"
        lines.append(_wrap(text, label, " " * 22))
    if notice.matches:
        lines += ["", "Charges that can be it:"]
        lines += [_wrap(escape.terminal(as_text(m)), "  ", "      ") for m in notice.matches]
    lines += ["", "What to do:"]
    lines += [_wrap(escape.terminal(escape.mask_numbers(a)), f"  {n}. ", "     ") for n, a in enumerate(notice.advice, 1)]
    return "\n".join(lines) + "\n"


def _fit(text: str) -> str:
    return text if len(text) <= WIDTH - 9 else f"{text[: WIDTH - 10]}…"


def _wrap(text: str, first: str, later: str) -> str:
    return "\n".join(textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)) or first.rstrip()
