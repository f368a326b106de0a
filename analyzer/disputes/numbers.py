"""Long numbers in text that leaves the house with a packet: cut to their last four digits.

Stricter than `escape.mask_numbers`, which must not harm an order number on a screen: a packet goes to others, so
any run of digits that could be an account is cut, whether it passes a check digit or not.
"""

from __future__ import annotations

import re
from datetime import date

_RUN = re.compile(r"(?<![\d.,])(?:\d{8,34}|\d{2,7}(?:[ \-]\d{2,7}){1,8})(?!\d|[.,]\d)")
_LONG_TOKEN = re.compile(r"[A-Za-z0-9]{9,64}")
LONG_NUMBERS = (_RUN, _LONG_TOKEN)


def cut_long_numbers(text: str, *, keep: frozenset[str] = frozenset()) -> str:
    """`text` with every run of eight digits or more reduced to `...` and four digits.

    Dates (`20260604`), amounts with decimals, and the texts in `keep` stay.
    """
    if not any(c.isdigit() for c in text):
        return text
    for pattern in (_LONG_TOKEN, _RUN):
        text = pattern.sub(lambda m: _cut(m.group(), keep) if sum(c.isdigit() for c in m.group()) >= 8 else m.group(), text)
    return text


def _cut(found: str, keep: frozenset[str]) -> str:
    if found in keep or is_date(found):
        return found
    plain = re.sub(r"[^0-9A-Za-z]", "", found)
    return f"...{plain[-4:]}"


def numbers_in(text: str) -> frozenset[str]:
    """The long numbers of a text that a packet shows anyway, to be kept where the same text stands elsewhere."""
    return frozenset(match.group() for pattern in LONG_NUMBERS for match in pattern.finditer(text))


def is_date(text: str) -> bool:
    """Whether `text` is a day in digits (`20260604`, `04062026`, `2026-06-04`) or a day and time (`20260604120000`)."""
    digits = text.replace("-", "").replace(" ", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (8, 12, 14):
        return False
    orders = [(digits[:4], digits[4:6], digits[6:8])]
    if len(digits) == 8:
        orders += [(digits[4:], digits[2:4], digits[:2]), (digits[4:], digits[:2], digits[2:4])]
    return any(_is_day(*map(int, order)) for order in orders)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return 1970 <= date(year, month, day).year < 2100
    except ValueError:
        return False
