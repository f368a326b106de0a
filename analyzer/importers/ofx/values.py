"""Dates and amounts as OFX prints them: raw text → calendar day, raw text → smallest units.

Both are worked out once per distinct text. The posted date is the first eight digits, never moved between time
zones (OFX 2.2, section 3.2.8.2); the amount has a point or a comma as decimal mark and no grouping (section 3.2.9.2),
which not every bank knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from analyzer import limits, money
from analyzer.errors import AmbiguousAmount, AmbiguousDate, AmbiguousFormat, Oddity, StatementWarning
from analyzer.importers import days, numbers
from analyzer.importers.base import DateOrder
from analyzer.importers.ofx.text import quoted, unescape

FIRST_YEAR, LAST_YEAR = 1970, 2199
MAX_OFFSET_HOURS = 14
_DAY = re.compile(r"([0-9]{8})[0-9T:., Zz+-]{0,24}(?:\[([^\[\]]{0,24})\]?)? ?")
_OFFSET = re.compile(r" ?([+-]?[0-9]{1,4})")
_PLAIN = re.compile(r"[+-]?[0-9]{1,12}(?:\.(?:[0-9]{1,2}|[0-9]{4,6}))?")
_EPOCH = 719_163
"""The ordinal of 1970-01-01."""


def day(text: str) -> date | None:
    """The calendar day of an OFX date; None for `00000000`, 30 February, the year 1 or 9999, or a time zone nobody has."""
    found = Days()[text]
    return None if found is None else date.fromordinal(found + _EPOCH)


def _ordinal(digits: str) -> int | None:
    year = int(digits[:4])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, int(digits[4:6]), int(digits[6:])).toordinal() - _EPOCH
    except ValueError:
        return None


def _somewhere(zone: str) -> bool:
    """Whether a place can have this offset from UTC; a name alone says nothing."""
    offset = _OFFSET.match(zone)
    return offset is None or abs(int(offset[1])) <= MAX_OFFSET_HOURS


class Days(dict[str, "int | None"]):
    """Text → days since 1970-01-01, or None; worked out once per text, and within it once per day and zone."""

    def __init__(self) -> None:
        super().__init__()
        self._days: dict[str, int | None] = {}
        self._zones: dict[str, bool] = {"": True}

    def __missing__(self, text: str) -> int | None:
        bare, value = text.strip(), None
        found = _DAY.fullmatch(bare) if len(bare) <= days.MAX_CHARS else None
        if found is not None:
            digits, zone = found.groups("")
            if digits not in self._days:
                self._days[digits] = _ordinal(digits)
            if zone not in self._zones:
                self._zones[zone] = _somewhere(zone)
            value = self._days[digits] if self._zones[zone] else None
        self[text] = value
        return value


def read_days(texts: Sequence[str], order: DateOrder | None) -> tuple[list[int | None], list[StatementWarning]]:
    """Days since 1970-01-01 per row, None where there is no date.

    A file none of whose rows has an OFX date may write all of them another way; that is decided over the column.

    Raises:
        AmbiguousFormat: the other way reads as two different sets of dates, and `order` does not decide.
    """
    known = Days()
    found = [known[t] for t in texts]
    if not texts or any(v is not None for v in found):
        return found, []
    printed = [t.strip() for t in texts if t.strip()]
    choice = None if any(t.isdigit() for t in printed) else days.decide_order(printed)
    if choice is None or not printed:
        return found, []
    if order is None and not choice.certain:
        raise AmbiguousFormat(
            f"dates such as {quoted(printed[0], 20)} can be read in two ways", todo="say which with --date-order dmy or mdy"
        )
    used = order or choice.order
    read = {t: days.parse_day(t.strip(), used) for t in set(texts)}
    ordinals = {t: None if d is None or (on := d.on()) is None else on.toordinal() - _EPOCH for t, d in read.items()}
    return [ordinals[t] for t in texts], [AmbiguousDate(f"dates are not written as OFX asks ({quoted(printed[0], 20)}); read as {used}")]


def minor_units(text: str, places: int) -> int | Decimal:
    """A plain number (`-12.5`) in units of 10^-places; the exact decimal where it has more decimals than that."""
    whole, _, part = text.partition(".")
    if len(part) > places:
        part = part.rstrip("0")
        if len(part) > places:
            return Decimal(text)
    return int(whole + part.ljust(places, "0"))


class Amounts(dict[str, "int | Decimal | None"]):
    """Text → smallest units (or the exact decimal, where it has more decimals); None where it is no amount.

    Args:
        texts: the whole column, over which the style is decided.
        currency: for the smallest unit, and for what an amount with three digits behind a mark can mean.
    """

    def __init__(self, texts: Iterable[str], currency: str) -> None:
        super().__init__()
        self.currency, self.places = currency, money.exponent(currency)
        self.warnings: list[StatementWarning] = []
        self.style, self.mixed = numbers.POINT, False
        plain, others, evidence = _PLAIN.fullmatch, [], ""
        for text in dict.fromkeys(texts):
            bare = text.strip()
            if plain(bare):
                self[text] = minor_units(bare, self.places)
                if "." in bare and not evidence:
                    evidence = bare
            elif bare:
                others.append(text)
        if others:
            self._decide([_western(t.strip()) for t in others if len(t) <= limits.DEFAULT.field_chars], evidence)
        for text in others:
            self[text] = self._other(text)

    def __missing__(self, text: str) -> int | Decimal | None:
        self[text] = value = self._other(text)
        return value

    def _decide(self, others: Sequence[str], evidence: str) -> None:
        if self.places == 3:
            others = [t for t in others if not re.fullmatch(r"[+-]?[0-9]{1,12}\.[0-9]{3}", t)]
        choice = numbers.decide_style([*others, evidence], whole_units=self.places == 0)
        self.mixed = choice is None
        if choice is None:
            what = "some amounts have a decimal point, others a decimal comma; each is read by its own, where only one reading fits"
            self.warnings.append(AmbiguousAmount(what))
            return
        if not choice.certain:
            group = choice.style.group
            what = f'amounts such as {quoted(next(t for t in others if group in t), 20)}: the "{group}" is read as a thousands separator'
            self.warnings.append(AmbiguousAmount(what, todo="compare one amount with the bank's own page"))
        self.style = choice.style
        mark = re.escape(choice.style.decimal)
        three = [t for t in others if re.fullmatch(rf"[+-]?[1-9][0-9]{{0,2}}{mark}[0-9]{{3}}", t)] if self.places < 3 else []
        if three and choice.certain:
            what = (
                f'amounts such as {quoted(three[0], 20)}: the "{choice.style.decimal}" is read as the decimal mark, as in the other amounts'
            )
            self.warnings.append(AmbiguousAmount(what, todo="compare one amount with the bank's own page"))

    def _other(self, text: str) -> int | Decimal | None:
        bare = unescape(text.strip()) if "&" in text and len(text) <= limits.DEFAULT.amount_chars else text.strip()
        if not bare or len(bare) > limits.DEFAULT.amount_chars:
            return None
        western = _western(bare)
        found = _either(western) if self.mixed else numbers.parse_amount(western, self.style)
        if found is None or (found.signed and found.mark) or (found.unit and found.unit != self.currency):
            return None
        if western != bare:
            self.warnings.append(AmbiguousAmount(f"{quoted(bare)} is written with digits of another script; read as {western}"))
        value = found.value
        if found.mark:
            value = -value if found.mark == "debit" else value
            self.warnings.append(Oddity(f"{quoted(bare)}: direction taken from {found.mark}"))
        units = money.to_minor(value, self.currency)
        return units if money.from_minor(units, self.currency) == value else value


def _either(text: str) -> numbers.Amount | None:
    """The amount under the one style that reads it; None where none does, or both do and differ."""
    point, comma = numbers.parse_amount(text, numbers.POINT), numbers.parse_amount(text, numbers.COMMA)
    return point if comma is None or point == comma else comma if point is None else None


def _western(text: str) -> str:
    """Digits of any script as ASCII digits; text without such digits comes back as it is."""
    if text.isascii() or len(text) > limits.DEFAULT.amount_chars:
        return text
    folded = numbers.fold(text)
    if not any(c.isdecimal() and not c.isascii() for c in folded):
        return text
    other = {"\u066b": ".", "\u066c": ",", "\uff0e": ".", "\uff0c": ",", "\uff0b": "+"}
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else other.get(c, c) for c in folded)
