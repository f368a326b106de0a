"""What to do next in a case: the steps in order, which the log confirms, and the first that is open.

Telling the issuer, stopping further charges and replacing the number are three separate decisions; the first two are
for now, the third comes last, when no refund is on its way to the old number any more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from analyzer.cases.standing import Standing
from analyzer.ledger.incidents import Event

KINDS = {
    "call": "a call",
    "mail": "a mail",
    "chat": "a chat",
    "letter": "a letter or form, the written dispute itself",
    "charges-stopped": "further charges of the merchant were stopped, or the card frozen",
    "refund-promised": "a refund was promised (--expect DATE, --amount)",
    "refund-refused": "a refund was refused",
    "card-replaced": "the card has a new number",
    "password-changed": "the password was changed",
    "note": "anything else",
}
"""Kinds of log entries and what each stands for."""
TALKS = ("call", "mail", "chat", "letter")
WHOM = ("issuer", "merchant", "other")

TITLES = {
    "tell-issuer": "Tell the card issuer",
    "secure-account": "Secure your account at the merchant, and your mailbox",
    "stop-charges": "Have further charges stopped",
    "tell-merchant": "Ask the merchant for the money back",
    "send-dispute": "Send the written dispute",
    "refund-promised": "Ask by when the refund comes",
    "refund": "Wait for the refund",
    "replace": "Last: replace the card, change the password",
}
"""Each step in a few words, by its key."""

_MERCHANT = re.compile(
    r"\b(?:seller|merchant|shop|store|vendor|company|customer service|support|penjual|toko|pedagang|merchant)\b", re.IGNORECASE
)
_ISSUER = re.compile(r"\b(?:bank|issuer|card (?:company|issuer|provider)|call cent(?:er|re)|kartu|penerbit|halo)\b", re.IGNORECASE)


def whom_of(text: str, merchant: str) -> str:
    """Who an entry was said to, concluded from its words: `issuer`, `merchant`, or empty when they name neither or both."""
    first = re.split(r"[^0-9a-z]+", merchant.casefold().strip(), maxsplit=1)[0]
    to_merchant = bool(_MERCHANT.search(text)) or (len(first) >= 4 and first in text.casefold())
    to_issuer = bool(_ISSUER.search(text))
    if to_merchant == to_issuer:
        return ""
    return "merchant" if to_merchant else "issuer"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its key, what to do, and the day the log or the statements confirm it (None: open).

    `spared`: nobody did it, the refund came first.
    """

    key: str
    text: str
    done: date | None
    spared: bool = False


def steps(standing: Standing) -> list[Step]:
    """The steps of this case, in order."""
    incident, events = standing.incident, standing.incident.events
    merchant = incident.merchant
    takeover = incident.category == "unauthorized"
    told_issuer = _first(events, lambda e: _with(e, merchant) == "issuer")
    told_merchant = _first(events, lambda e: _with(e, merchant) == "merchant")
    stopped = _first(events, lambda e: e.kind == "charges-stopped")
    written = _first(events, lambda e: e.kind == "letter")
    promised = _first(events, lambda e: e.kind == "refund-promised")
    arrived = _refund_day(standing)
    out: list[Step] = []
    text = "Tell the card issuer, today: it starts every clock. Then: case log ... --kind call --to issuer"
    out.append(Step("tell-issuer", text, told_issuer))
    if takeover:
        changed = _first(events, lambda e: e.kind == "password-changed")
        text = (
            f"Secure your account at the merchant ({merchant}), if you have one, and your mailbox: new password, end other "
            "sessions, two-step sign-in. Then: case log ... --kind password-changed"
        )
        out.append(Step("secure-account", text, changed))
    if incident.category in ("unauthorized", "cancelled-recurring", "misrepresentation"):
        text = f"Ask for further charges of this merchant ({merchant}) to be stopped. Then: case log ... --kind charges-stopped"
        out.append(Step("stop-charges", text, stopped))
    whom = "the merchant's seller support, not its retail support," if incident.kind == "seller-fee" else "the merchant"
    out.append(Step("tell-merchant", f"Ask {whom} for the money back. Then: case log ... --kind call --to merchant", told_merchant))
    packet = f"stmt-scan dispute {incident.finding[:6]} FILE... -o DIR writes it, and the playbook"
    text = f"Send the written dispute before its deadline: {packet}. Then: case log ... --kind letter"
    out.append(Step("send-dispute", text, written or arrived, written is None and arrived is not None))
    text = "Ask by when the refund comes. Then: case log ... --kind refund-promised --expect DATE"
    out.append(Step("refund-promised", text, promised or arrived, promised is None and arrived is not None))
    out.append(Step("refund", "Wait for the refund, and add each new statement: stmt-scan add FILE", arrived))
    if takeover:
        out.append(_last_step(events))
    return out


def _with(event: Event, merchant: str) -> str:
    """Who was spoken to: who answered with a promise or a refusal had been asked."""
    if event.kind in ("refund-promised", "refund-refused"):
        return event.whom or whom_of(event.text, merchant)
    return event.whom if event.kind in TALKS else ""


def _last_step(events: tuple[Event, ...]) -> Step:
    card = _first(events, lambda e: e.kind == "card-replaced")
    password = _first(events, lambda e: e.kind == "password-changed")
    missing = [name for name, day in (("card-replaced", card), ("password-changed", password)) if day is None]
    text = (
        "Last, when no refund is on its way to the old number any more: have the card replaced and change the password. "
        "A new number alone does not stop a recurring charge. "
        f"Then: case log ... --kind {' and --kind '.join(missing or ['card-replaced'])}"
    )
    return Step("replace", text, max(card, password) if card and password else None)


def _first(events: tuple[Event, ...], test: object) -> date | None:
    assert callable(test)
    return min((e.on for e in events if test(e)), default=None)


def _refund_day(standing: Standing) -> date | None:
    if not standing.refund_complete:
        return None
    return max(c.transaction.posted for c in standing.found.credits if c.sure)


def next_step(standing: Standing) -> Step | None:
    """The first open step; None when all are done, or when nothing speaks against closing the case any more."""
    if not unfinished(standing):
        return None
    return next((s for s in steps(standing) if s.done is None), None)


def unfinished(standing: Standing) -> list[str]:
    """What speaks against closing the case, in plain sentences; empty when it is over."""
    out = []
    if not standing.refund_complete:
        out.append(standing.refund_words())
    last = next((s for s in steps(standing) if s.key == "replace"), None)
    if last is not None and last.done is None:
        kinds = {e.kind for e in standing.incident.events}
        missing = [w for k, w in (("card-replaced", "a replaced card"), ("password-changed", "a changed password")) if k not in kinds]
        out.append(f"The last step is not confirmed: {' and '.join(missing)}.")
    return out
