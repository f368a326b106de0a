"""Which record holds the column names, what stands before it, and what the lines before it say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from analyzer.importers.csv import phrases, words
from analyzer.importers.csv.dialect import amount_like, date_like, name_count
from analyzer.importers.days import parse_day
from analyzer.importers.numbers import decide_style, parse_amount

LOOK = 100
"""Records looked at for a header. Preambles are shorter."""
_ACCOUNT = re.compile(
    r"\b(?:account|acct|a c|card|iban|konto|kontonummer|kontonr|depot|kreditkarte|compte|cuenta|tarjeta|conto|conta|rekening|kortnummer|"
    r"rachunk\w*|rekeningnummer|carte|no rek\w*|账号|账户|卡号|口座)\b"
)
_NUMBER = re.compile(r"(?<![\w.])(?:[A-Z]{2}[0-9]{2}[ ]?)?[0-9Xx*][0-9A-Zx*• -]{2,40}[0-9](?![\w.,])")
_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
_DATE_IN_TEXT = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}\.? [^\W\d_]{3,12}\.?,? \d{4}|[^\W\d_]{3,12} \d{1,2},? \d{4}"
)


@dataclass(slots=True)
class Preamble:
    """What the lines before the column names say."""

    number: str = ""
    currency: str = ""
    opening: str = ""
    closing: str = ""
    days: list[str] = field(default_factory=list)
    card: bool = False

    def last_day(self, order: str = "dmy") -> date | None:
        """The latest day named, for dates that print no year."""
        found = [parse_day(d, order) or parse_day(d, "dmy") or parse_day(d, "mdy") for d in self.days]  # type: ignore[arg-type]
        days = [d.on() for d in found if d is not None and d.year is not None]
        return max((d for d in days if d is not None), default=None)


@dataclass(slots=True)
class Layout:
    """Where the rows begin. `names` are the column names, empty where the file prints none."""

    header: int | None
    names: tuple[str, ...]
    body: int
    preamble: Preamble


def find(head: list[list[str]]) -> Layout:
    """The layout of a file from its first records."""
    first = next((i for i, record in enumerate(head[:LOOK]) if row_like(record)), None)
    best, best_count = None, 0
    for i, record in enumerate(head[:LOOK]):
        if any(date_like(c) for c in record if c):
            continue
        count = name_count(record)
        if count >= 2 and count * 3 >= sum(bool(c) for c in record) and count > best_count:
            best, best_count = i, count
    if best is None and first is not None and first > 0 and _is_names(head[first - 1], head[first]):
        best = first - 1
    if best is None:
        body = first or 0
        return Layout(None, (), body, read_preamble(head[:body]))
    return at(head, best)


def at(head: list[list[str]], header: int) -> Layout:
    """The layout of a file whose column names stand in record `header`."""
    return Layout(header, _trimmed(head[header]), header + 1, read_preamble(head[:header]))


def row_like(record: list[str]) -> bool:
    """Whether a record has a date and, in another field, an amount."""
    dates = [i for i, c in enumerate(record) if c and date_like(c)]
    return bool(dates) and any(i not in dates and amount_like(c) for i, c in enumerate(record) if c)


def _is_names(record: list[str], row: list[str]) -> bool:
    """Whether a record of words stands where names in a language not known would stand."""
    filled = [c for c in record if c]
    wide = max((i + 1 for i, c in enumerate(row) if c), default=0)
    return (
        len(filled) >= 3
        and len(filled) * 3 >= wide * 2
        and len({*filled}) * 4 >= len(filled) * 3
        and all(len(c) <= words.MAX_NAME and not amount_like(c) and any(x.isalpha() for x in c) for c in filled)
    )


def _trimmed(record: list[str]) -> tuple[str, ...]:
    names = [c.lstrip("\ufeff").strip() for c in record]
    if names and names[0].startswith("#") and len(names[0]) > 1:
        names[0] = names[0][1:].strip()
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def read_preamble(records: list[list[str]]) -> Preamble:
    """What the lines before the names say about account, currency, balances and days."""
    found = Preamble()
    for record in records:
        cells = [c for c in record if c]
        text = " ".join(cells)[:2000]
        folded = words.fold_words(text[:300])
        found.card = found.card or phrases.is_card(text[:300])
        found.days.extend(_DATE_IN_TEXT.findall(text))
        if not found.number and _ACCOUNT.search(folded):
            found.number = _number(text)
        if not found.currency:
            found.currency = next((w for w in re.findall(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])", text) if w in words.ISO), "")
        amounts = [c for c in cells if amount_like(c) and not date_like(c)]
        kind = next((k for k in (phrases.line_kind(c.rstrip(": ")) or _balance_kind(c) for c in cells) if k in ("opening", "closing")), "")
        if kind and amounts:
            if kind == "opening":
                found.opening = amounts[-1]
            else:
                found.closing = amounts[-1]
    return found


def _balance_kind(cell: str) -> str:
    found = words.role_of(cell.rstrip(": "))
    return found[0] if found is not None and found[0] in ("opening", "closing") else ""


def _number(text: str) -> str:
    for candidate in _NUMBER.findall(_TIME.sub(" ", _DATE_IN_TEXT.sub(" ", text))):
        plain: str = candidate.strip()
        if sum(c.isdigit() for c in plain) >= 4:
            return plain
    return ""


def printed(text: str, like: list[str]) -> Decimal | None:
    """An amount of the preamble read in the style of `like`, the cells of the money columns."""
    choice = decide_style([*like, text])
    amount = parse_amount(text, choice.style) if choice else None
    return amount.value if amount is not None else None
