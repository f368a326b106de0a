"""What a file says about the order of its dates beside the dates themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from analyzer.importers.base import DateOrder
from analyzer.importers.csv import words
from analyzer.importers.csv.dialect import date_like
from analyzer.importers.days import decide_order, parse_day

_AMERICAN = re.compile(r"\b(?:[ECMP][SD]T)\b|\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})? ?[AP]M\b")
_DAY_FIRST_CURRENCIES = words.ISO - {"USD", "PHP", "CAD", "CNY", "JPY", "KRW", "TWD", "HUF"}
_ENGLISH = re.compile(
    r"\b(?:date|amount|description|debit|credit|balance|transaction|posted|merchant|payee|category|type|memo|name|currency|details|account|withdrawal|deposit)s?\b"
)


NEAR = timedelta(days=7)
"""How far outside the period it names a statement may hold rows: bought before it, posted in it."""


def from_columns(columns: Sequence[Sequence[str]], place: int) -> DateOrder | None:
    """The order that another date column of the same form decides; None where none does."""
    for i, column in enumerate(columns):
        filled = [c for c in column if c]
        if i == place or not filled or sum(map(date_like, filled)) < 0.9 * len(filled):
            continue
        if not _same_form(filled[0], next((c for c in columns[place] if c), "")):
            continue
        choice = decide_order([c for c in filled if date_like(c)])
        if choice is not None and choice.certain and not choice.reason:
            return choice.order
    return None


def of_preamble(named_days: Sequence[str], first: str) -> DateOrder | None:
    """The order of the dates before the rows that are written like `first`; None where they do not tell.

    A page is made by one program and the rows by another, so this is a hint and decides nothing by itself.
    """
    similar = [d for d in named_days if _same_form(d, first)]
    choice = decide_order(similar) if similar else None
    return choice.order if choice is not None and choice.certain and not choice.reason else None


def by_period(texts: Sequence[str], named_days: Sequence[str]) -> DateOrder | None:
    """The one order under which the rows lie in the period, or before the day, that the lines before them name.

    Args:
        texts: the different dates of the rows.
        named_days: the dates before the rows, as printed.
    """
    numeric = [d for d in named_days if d[:1].isdigit() and not any(c.isalpha() for c in d)]
    choice = decide_order(numeric) if numeric else None
    fixed = choice.order if choice is not None and choice.certain and not choice.reason else None
    orders: tuple[DateOrder, ...] = ("dmy", "mdy")
    fits: list[DateOrder] = []
    for order in orders:
        rows = [_on(t, order) for t in texts]
        bounds = sorted({b for d in named_days if (b := _on(d, fixed or order)) is not None})
        read = [r for r in rows if r is not None]
        if not bounds or not read or len(read) < len(rows):
            continue
        first = bounds[0] - NEAR if len(bounds) > 1 else None
        if max(read) <= bounds[-1] + NEAR and (first is None or first <= min(read)):
            fits.append(order)
    return fits[0] if len(fits) == 1 else None


def _on(text: str, order: DateOrder) -> date | None:
    found = parse_day(text, order)
    return found.on() if found is not None else None


def _narrowest(column: Sequence[str]) -> DateOrder | None:
    """The order under which the rows lie close together: a month's statement read wrongly spreads over the year."""
    days = list(dict.fromkeys(c for c in column if c))
    if len(days) < 3:
        return None
    spans: dict[DateOrder, int] = {}
    for order in ("dmy", "mdy"):
        read = [d.on(2000) for c in days if (d := parse_day(c, order)) is not None]
        found = [d for d in read if d is not None]
        if len(found) == len(days):
            spans[order] = (max(found) - min(found)).days
    if len(spans) == 2:
        near, far = sorted(spans, key=lambda o: spans[o])
        if spans[near] * 3 < spans[far]:
            return near
    return None


def _same_form(a: str, b: str) -> bool:
    def form(text: str) -> str:
        return re.sub(r"\d+", "9", text[:10])

    return form(a)[:5] == form(b)[:5]


def habit(
    names: Sequence[str], columns: Sequence[Sequence[str]], place: int, code: str, comma: bool, named_days: Sequence[str] = ()
) -> DateOrder | None:
    """The order the file's country would use, concluded from its dates, currency, clock and language; None for no evidence."""
    first = next((c for c in columns[place] if c), "")
    if "." in first:
        return "dmy"
    if first.isdigit() and len(first) == 6:
        return "ymd"
    closest = _narrowest(columns[place]) or of_preamble(named_days, first)
    if closest is not None:
        return closest
    texts = " ".join(c for column in columns for c in column[:20])[:8000]
    if comma or code in _DAY_FIRST_CURRENCIES:
        return "dmy"
    if _AMERICAN.search(texts) or re.search(r"(?:^| )[-+(]{0,2} ?\$ ?[0-9.]", texts):
        return "mdy"
    foreign = [n for n in names if n and not _ENGLISH.search(words.fold_words(n)) and words.role_of(n) is not None]
    if names and len(foreign) * 2 > sum(words.role_of(n) is not None for n in names):
        return "dmy"
    if code == "USD":
        return "mdy"
    unpadded = [c for c in columns[place] if re.match(r"[1-9]/\d{1,2}/\d{2,4}(?!\d)", c)]
    return "mdy" if unpadded else None
