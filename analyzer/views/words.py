"""Plain words for dates, rhythms and sums, and text that fits a width: shared by the views for people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from analyzer import money
from analyzer.model import Cadence, Transaction

WHAT = {
    "seller-fee": "a seller's or advertiser's fee",
    "unrecognized-recurring": "a recurring charge nobody has confirmed",
    "new-subscription": "a subscription that has just begun",
    "trial-conversion": "a small charge first, then the full price",
    "charge-after-cancellation": "charged after the day it was cancelled",
    "price-increase": "the price rose",
    "duplicate-charge": "charged twice",
    "card-testing": "small test charges",
    "unusual-amount": "an unusual amount",
    "refund-missing": "a promised refund has not come",
}
"""Finding kind → what it is, in words that claim no more than the detector knows."""

_OFTEN = {
    "weekly": "every week",
    "biweekly": "every two weeks",
    "4-weekly": "every four weeks",
    "semimonthly": "twice a month",
    "monthly": "every month",
    "bimonthly": "every two months",
    "quarterly": "every three months",
    "semiannual": "every six months",
    "annual": "every year",
}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_TOGETHER = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(_MONTHS)})(?: \d{{4}})?\b|\bRp \d|\d [A-Z]{{3}}\b|\bId [0-9a-f]+")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b", re.ASCII)
_GLUE = "\x1f"
"""Stands for a space no line is broken at; text made safe for a terminal never holds it."""


def day(d: date, *, year: bool = True) -> str:
    """`4 May 2026`; the same in every locale."""
    return f"{d.day} {_MONTHS[d.month - 1]}" + (f" {d.year}" if year else "")


def plain_days(text: str) -> str:
    """`text` with its ISO dates in words: `2026-05-04` becomes `4 May 2026`."""

    def in_words(m: re.Match[str]) -> str:
        try:
            return day(date(int(m[1]), int(m[2]), int(m[3])))
        except ValueError:
            return m.group()

    return _ISO.sub(in_words, text)


def days(found: Sequence[date]) -> str:
    """`4 May 2026`, `4 May and 4 June 2026`, `29 December 2025 and 28 January 2026`: in order, each year named once."""
    parts = [day(d, year=i + 1 == len(found) or found[i + 1].year != d.year) for i, d in enumerate(found)]
    return joined(parts)


def joined(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def often(cadence: Cadence) -> str:
    """`every month`, `every 45 days`."""
    return _OFTEN.get(cadence.name) or f"every {round(cadence.days)} days"


def counted(n: int, noun: str, many: str = "") -> str:
    """`1 charge`, `1,204 charges`."""
    return f"{n:,} {noun if n == 1 else many or noun + 's'}"


def charges(transactions: Sequence[Transaction]) -> list[Transaction]:
    """The rows that took money, oldest first."""
    return sorted((t for t in transactions if t.minor < 0), key=lambda t: t.posted)


def total(transactions: Sequence[Transaction]) -> int:
    """The sum of the charges, positive, in the smallest unit."""
    return -sum(t.minor for t in transactions if t.minor < 0)


def amounts(transactions: Sequence[Transaction], currency: str) -> str:
    """`$39.99 each time`, `Rp 654.196 to Rp 661.507`, `$1.95, then $89.95`."""
    taken = [-t.minor for t in charges(transactions)]
    if not taken:
        return ""
    shown = [money.display(m, currency) for m in taken]
    if len(taken) == 1:
        return shown[0]
    if len(set(taken)) == 1:
        return f"{shown[0]} each time"
    if len(set(taken[1:])) == 1 and len(taken) > 2:
        return f"{shown[0]}, then {shown[1]} each time"
    if len(taken) == 2:
        return f"{shown[0]}, then {shown[1]}"
    return f"{money.display(min(taken), currency)} to {money.display(max(taken), currency)}"


def sentence(text: str) -> str:
    """`text` with a capital at its front and a full stop at its end."""
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def cells(text: str) -> int:
    """How many columns of a terminal `text` fills."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fit(text: str, width: int) -> str:
    """`text`, cut to `width` columns with an ellipsis where it is longer."""
    if cells(text) <= width:
        return text
    while cells(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def wrap(text: str, width: int, *, indent: str = "", hanging: str | None = None) -> list[str]:
    """Lines of at most `width` columns; dates and amounts stay whole, a word longer than a line is cut where it ends."""
    text = _TOGETHER.sub(lambda m: m.group().replace(" ", _GLUE), text)
    later = indent if hanging is None else hanging
    lines: list[str] = []
    line, free = indent, width - cells(indent)
    empty = True
    for word in text.split(" "):
        while word:
            room = free if empty else free - 1
            if cells(word) <= room:
                line += word if empty else f" {word}"
                free = room - cells(word)
                empty, word = False, ""
            elif empty:
                cut = len(word)
                while cut > 1 and cells(word[:cut]) > room:
                    cut -= 1
                lines.append(line + word[:cut])
                word, line, free = word[cut:], later, width - cells(later)
            else:
                lines.append(line)
                line, free, empty = later, width - cells(later), True
    if not empty or not lines:
        lines.append(line)
    return [line.replace(_GLUE, " ") for line in lines]
