"""One grammar for amounts, used by every importer; `days` is its twin for dates.

An amount is read under a `Style` (which character is the decimal mark, which one groups), and the style is
decided once for a whole column (`decide_style`), never per cell. Everything here is pure and linear in the
length of the text; text longer than `limits.amount_chars` is no amount.

Grammar, after white space and dashes are normalised::

    amount = [sign] [unit] [sign] number [unit] [sign | mark]     at most one sign
           | "(" [unit] number [unit] ")"                         negative, as accountants print it
    number = digits [groups of 3, or of 2 then 3 (India)] [decimal mark digits]
    mark   = CR Cr C H(aben) | DR Dr DB D S(oll)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from analyzer import limits

Mark = Literal["", "credit", "debit"]

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t"), " ")
_DASHES = dict.fromkeys(map(ord, "\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d"), "-")
_QUOTES = dict.fromkeys(map(ord, "\u2019\u02bc\u00b4`"), "'")
_FOLD = {**_SPACES, **_DASHES, **_QUOTES}

UNITS = {
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "S$": "SGD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "R$": "BRL",
    "NT$": "TWD",
    "MX$": "MXN",
    "£": "GBP",
    "€": "EUR",
    "₹": "INR",
    "Rs.": "INR",
    "Rs": "INR",
    "Rp": "IDR",
    "Rp.": "IDR",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "₺": "TRY",
    "TL": "TRY",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "฿": "THB",
    "₫": "VND",
    "₱": "PHP",
    "RM": "MYR",
    "Fr.": "CHF",
    "SFr.": "CHF",
    "лв": "BGN",
    "lei": "RON",
    "₴": "UAH",
    "R": "ZAR",
    "円": "JPY",
    "원": "KRW",
    "S/": "PEN",
    "S/.": "PEN",
    "₦": "NGN",
    "KSh": "KES",
    "Ksh": "KES",
    "₲": "PYG",
    "₡": "CRC",
    "₸": "KZT",
    "৳": "BDT",
    "đ": "VND",
    "руб.": "RUB",
    "руб": "RUB",
    "грн": "UAH",
    "RMB": "CNY",
}
"""Printed unit → ISO 4217. `$`, `¥`, `元` and `kr` stand for several currencies and are accepted without one."""

_AMBIGUOUS_UNITS = ("$", "¥", "￥", "元", "kr.", "kr", "Kr.", "Kr")
_UNIT = "|".join(re.escape(u) for u in sorted([*UNITS, *_AMBIGUOUS_UNITS], key=len, reverse=True))
_MARKS: dict[str, Mark] = {"CR": "credit", "C": "credit", "H": "credit", "DR": "debit", "DB": "debit", "D": "debit", "S": "debit"}
_AMOUNT = re.compile(
    rf"(?P<open>\()? ?(?P<lead>[+-])? ?(?P<unit>{_UNIT}|[A-Z]{{3}}(?![A-Z]))? ?(?P<inner>[+-])? ?"
    rf"(?P<number>[0-9][0-9.,' ]*|[.,][0-9]+)"
    rf" ?(?P<after>{_UNIT}|[A-Z]{{3}}(?![A-Z]))? ?(?P<close>\))? ?(?P<trail>[+-])? ?(?P<mark>CR|DR|DB|Cr|Dr|Db|cr|dr|db|C|D|H|S)?\.?",
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,' ])[0-9]{3})(?:\1[0-9]{3})*|[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}")
MAX_DIGITS = 15
"""More digits than any statement prints; also what a float of the frame holds exactly."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a column writes numbers. `decimal` is `.` or `,`; `group` one of `.`, `,`, `'`, space, or empty."""

    decimal: str = "."
    group: str = ","


POINT = Style(".", ",")
COMMA = Style(",", ".")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as printed.

    `value` carries the printed sign; `signed` says whether one was printed (parentheses count); `mark` is a
    printed direction such as CR or Dr, not applied to `value`; `unit` the ISO code printed, or empty.
    """

    value: Decimal
    signed: bool = False
    mark: Mark = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class StyleChoice:
    """A style for a column. `certain` is False when every number would read under both (1,234 or 1.234)."""

    style: Style
    certain: bool


def fold(text: str) -> str:
    """`text` with all kinds of blanks, dashes and apostrophes written as ` `, `-` and `'`, and trimmed."""
    return text.strip() if text.isascii() else text.translate(_FOLD).strip()


def parse_amount(text: str, style: Style = POINT) -> Amount | None:
    """The amount that all of `text` is, or None: `1.2.3`, `1e5`, `nan`, `--5` and words are no amounts.

    Args:
        text: one cell; its digits must be ASCII.
        style: the column's style.
    """
    if not text or len(text) > limits.DEFAULT.amount_chars:
        return None
    m = _AMOUNT.fullmatch(fold(text))
    if m is None or (m["open"] is None) is not (m["close"] is None):
        return None
    signs = [s for s in (m["lead"], m["inner"], m["trail"], m["open"]) if s]
    if len(signs) > 1 or (m["unit"] and m["after"]):
        return None
    value = parse_number(m["number"].strip(), style)
    if value is None:
        return None
    printed = m["unit"] or m["after"] or ""
    mark = _MARKS[m["mark"].upper()] if m["mark"] else ""
    unit = UNITS.get(printed, printed if printed.isascii() and printed.isupper() and len(printed) == 3 else "")
    return Amount(-value if signs and signs[0] in "-(" else value, signed=bool(signs), mark=mark, unit=unit)


def parse_number(number: str, style: Style = POINT) -> Decimal | None:
    """The unsigned decimal of digits and separators under `style`; None where groups are malformed."""
    whole, mark, part = number.partition(style.decimal)
    if mark and not (part.isascii() and part.isdigit()):
        if part:
            return None
        mark = ""
    if not (whole.isascii() and whole.isdigit()):
        if whole == "" and part:
            whole = "0"
        elif (grouped := _GROUPED.fullmatch(whole)) is None or _separator(whole) in (style.decimal, None) or not _allowed(whole, style):
            return None
        else:
            whole = re.sub(r"[^0-9]", "", grouped.group())
    if len(whole.lstrip("0")) + len(part) > MAX_DIGITS:
        return None
    return Decimal(f"{whole}.{part}") if mark else Decimal(whole)


def _separator(whole: str) -> str | None:
    kinds = set(re.sub(r"[0-9]", "", whole))
    return kinds.pop() if len(kinds) == 1 else None


def _allowed(whole: str, style: Style) -> bool:
    found = _separator(whole)
    return found in ("'", " ") or found == style.group


def decide_style(texts: Iterable[str], *, whole_units: bool = False, thirds: bool = False) -> StyleChoice | None:
    """The one style under which every amount among `texts` reads; None when they contradict each other.

    Args:
        texts: cells of one column; those that are no amount under either style are not counted.
        whole_units: the currency has no decimals in print (IDR, JPY), so that `1.234` can only be grouped.
        thirds: the currency has three decimals in print (KWD, BHD), so that `1.234` is a little more than one.
    """
    numbers = {m["number"].strip() for t in texts if len(t) <= limits.DEFAULT.amount_chars and (m := _AMOUNT.fullmatch(fold(t)))}
    point = comma = open_question = 0
    for number in numbers:
        reads = parse_number(number, POINT), parse_number(number, COMMA)
        if reads[0] is None and reads[1] is None:
            continue
        if reads[0] == reads[1]:
            continue
        if reads[1] is None:
            point += 1
        elif reads[0] is None:
            comma += 1
        elif whole_units:
            point, comma = (point + 1, comma) if "," in number else (point, comma + 1)
        elif thirds or re.fullmatch(r"0[.,][0-9]{3}", number):
            point, comma = (point + 1, comma) if "." in number else (point, comma + 1)
        else:
            open_question += 1
    if point and comma:
        return None
    if point or comma:
        return StyleChoice(POINT if point else COMMA, certain=True)
    if open_question:
        grouped_by_comma = sum("," in n for n in numbers)
        return StyleChoice(POINT if grouped_by_comma else COMMA, certain=False)
    return StyleChoice(POINT, certain=True)
