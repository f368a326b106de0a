"""What a file says about the order of its dates beside the dates themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.importers.base import DateOrder
from analyzer.importers.csv import words
from analyzer.importers.csv.dialect import date_like
from analyzer.importers.days import decide_order, parse_day

_AMERICAN = re.compile(r"\b(?:[ECMP][SD]T)\b|\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})? ?[AP]M\b")
_DAY_FIRST_CURRENCIES = words.ISO - {"USD", "PHP", "CAD", "CNY", "JPY", "KRW", "TWD", "HUF"}
_ENGLISH = re.compile(
    r"\b(?:date|amount|description|debit|credit|balance|transaction|posted|merchant|payee|category|type|memo|name|currency|details|account|withdrawal|deposit)s?\b"
)


def from_columns(columns: Sequence[Sequence[str]], date: int, named_days: Sequence[str]) -> DateOrder | None:
    """The order that another date column, or the dates before the rows, decide; None where none does."""
    for i, column in enumerate(columns):
        filled = [c for c in column if c]
        if i == date or not filled or sum(map(date_like, filled)) < 0.9 * len(filled):
            continue
        if not _same_form(filled[0], next((c for c in columns[date] if c), "")):
            continue
        choice = decide_order([c for c in filled if date_like(c)])
        if choice is not None and choice.certain and not choice.reason:
            return choice.order
    first = next((c for c in columns[date] if c), "")
    similar = [d for d in named_days if _same_form(d, first)]
    choice = decide_order(similar) if similar else None
    return choice.order if choice is not None and choice.certain and not choice.reason else None


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


def habit(names: Sequence[str], columns: Sequence[Sequence[str]], date: int, code: str, comma: bool) -> DateOrder | None:
    """The order the file's country would use, concluded from currency, clock and language; None for no evidence."""
    first = next((c for c in columns[date] if c), "")
    if "." in first:
        return "dmy"
    if first.isdigit() and len(first) == 6:
        return "ymd"
    closest = _narrowest(columns[date])
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
    unpadded = [c for c in columns[date] if re.match(r"[1-9]/\d{1,2}/\d{2,4}(?!\d)", c)]
    return "mdy" if unpadded else None
