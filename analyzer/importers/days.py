"""One grammar for dates, used by every importer; the twin of `numbers`.

The order of day, month and year is decided once for a whole column (`decide_order`). Times behind a date
are ignored: the date is the bank's own calendar day and is never moved between time zones.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from analyzer.importers.numbers import fold

Order = Literal["dmy", "mdy", "ymd"]
MAX_CHARS = 64
FIRST_YEAR, LAST_YEAR = 1970, 2099

_NAMES = {
    1: "january jan januari januar jänner jän janvier janv enero ene gennaio gen janeiro styczeń stycznia",
    2: "february feb februari februar février févr fév fevrier fevr febrero febbraio fevereiro fev peb pebruari luty lutego",
    3: "march mar maret mrt maart märz mär maerz mrz mars marzo março marco marzec marca",
    4: "april apr avril avr abril abr aprile kwiecień kwietnia",
    5: "may mei mai mayo maggio mag maio maj maja",
    6: "june jun juni juin junio giugno giu junho czerwiec czerwca",
    7: "july jul juli juillet juil julio luglio lug julho lipiec lipca",
    8: "august aug agustus agt ags agu augustus août aout agosto ago sierpień sierpnia",
    9: "september sep sept septembre septiembre set settembre setembro wrzesień września",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out październik października",
    11: "november nov nopember nop novembre noviembre novembro listopad listopada",
    12: "december dec desember des dezember dez décembre déc decembre diciembre dic dicembre dezembro grudzień grudnia",
}
_MORE = {
    1: "ocak января янв січня leden ledna január ianuarie ian tammikuu ιανουαρίου ιαν",
    2: "şubat февраля фев лютого únor února február febr februarie helmikuu φεβρουαρίου φεβ",
    3: "mart марта березня březen března március márc marts martie mac maaliskuu μαρτίου μαρ",
    4: "nisan апреля апр квітня duben dubna április ápr aprilie huhtikuu απριλίου απρ",
    5: "mayıs мая травня květen května május máj toukokuu μαΐου μαϊ",
    6: "haziran июня июн червня červen června június jún iunie iun kesäkuu ιουνίου ιουν",
    7: "temmuz июля июл липня červenec července július júl iulie iul heinäkuu ιουλίου ιουλ",
    8: "ağustos августа авг серпня srpen srpna augusztus augusti ogos elokuu αυγούστου αυγ",
    9: "eylül сентября сен сент вересня září szeptember szept septembrie syyskuu σεπτεμβρίου σεπ",
    10: "ekim октября окт жовтня říjen října október octombrie lokakuu οκτωβρίου οκτ",
    11: "kasım ноября ноя листопада noiembrie marraskuu νοεμβρίου νοε",
    12: "aralık декабря дек грудня prosinec prosince decembrie dis joulukuu δεκεμβρίου δεκ",
}
MONTHS = {name: month for part in (_NAMES, _MORE) for month, names in part.items() for name in names.split()}
"""Month names and abbreviations: English, German, French, Spanish, Dutch, Indonesian; Italian, Portuguese, Polish, and some of more.

To be looked up in lower case: `casefold` would take a Greek letter with two accents apart."""

_TIME = (
    r"(?:(?:[T ,]+|-(?=[0-9]{1,2}:[0-9]{2}))(?:at )?[0-2]?[0-9][:.hH][0-5][0-9](?:[:.][0-5][0-9])?(?:[.,][0-9]{1,9})?"
    r"(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|[A-Z]{3,4}|[+-][0-9]{2}:?[0-9]{2}))?)?"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{4,6}(?:\.[0-9]+)?(?:\[[^\]]{0,20}\])?)?")
_NUMERIC = re.compile(rf"([0-9]{{1,4}})([./-]| ?[./-] ?| )([0-9]{{1,2}})(?:\2([0-9]{{4}}|[0-9]{{1,2}})\.?|[./-])?{_TIME}")
_CHARACTERS = re.compile(rf"([0-9]{{4}})[年년] ?([0-9]{{1,2}})[月월] ?([0-9]{{1,2}})[日일]{_TIME}")
_DAY_NAME = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th|\.|º|er)?[ ./-]*(?:de )?([^\W\d_]{{3,12}})\.?(?:(?:[ ,./'-]|de )*([0-9]{{4}}|[0-9]{{2}}))?{_TIME}"
)
_NAME_DAY = re.compile(rf"([^\W\d_]{{3,12}})\.?[ .-]*([0-9]{{1,2}})(?:st|nd|rd|th)?(?:[ ,./'-]+([0-9]{{4}}|[0-9]{{2}}(?![:.h])))?{_TIME}")
_YEAR_NAME = re.compile(rf"([0-9]{{4}})[ /-]([^\W\d_]{{3,12}})\.?[ /-]([0-9]{{1,2}}){_TIME}")
_WEEKDAY = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|sen|sel|rab|kam|jum|sab|min)"
    r"[a-zäéáíñ]*[., ]+(?=.*[0-9])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as printed; `year` is None where none is printed."""

    year: int | None
    month: int
    day: int

    def on(self, year: int | None = None) -> date | None:
        """The calendar day in its own or the given year; None where there is no such day."""
        y = self.year if self.year is not None else year
        if y is None or not (FIRST_YEAR <= y <= LAST_YEAR and 1 <= self.month <= 12):
            return None
        return date(y, self.month, self.day) if 1 <= self.day <= calendar.monthrange(y, self.month)[1] else None


@dataclass(frozen=True, slots=True)
class OrderChoice:
    """The order of a column. `certain` is False when two orders read every row."""

    order: Order
    certain: bool
    reason: str = ""


def parse_day(text: str, order: Order = "ymd") -> Day | None:
    """The date that all of `text` is, with or without a year; None where it is none.

    Args:
        text: one cell.
        order: what `03/04/2024` means; a four-digit first number is always the year, a month's name always the month.
    """
    if not 3 <= len(text) <= MAX_CHARS:
        return None
    plain = fold(text)
    if plain.isascii() and plain.isdigit() and len(plain) not in (6, 8, 12, 14):
        return None
    if m := _COMPACT.fullmatch(plain):
        return _checked(int(m[1]), int(m[2]), int(m[3])) or _compact(plain, order)
    if plain.isascii() and plain.isdigit() and len(plain) in (6, 8):
        return _compact(plain, order)
    if m := _NUMERIC.fullmatch(plain):
        return _numeric(m[1], m[3], m[4], order)
    if m := _CHARACTERS.fullmatch(plain):
        return _checked(int(m[1]), int(m[2]), int(m[3]))
    words = _WEEKDAY.sub("", plain, count=1) if not plain[:1].isdigit() else plain
    for pattern, places in ((_DAY_NAME, (3, 2, 1)), (_NAME_DAY, (3, 1, 2)), (_YEAR_NAME, (1, 2, 3))):
        for candidate in dict.fromkeys((plain, words)):
            if (m := pattern.fullmatch(candidate)) and (month := MONTHS.get(m[places[1]].lower())):
                year = m[places[0]]
                return _checked(full_year(year) if year else None, month, int(m[places[2]]))
    return None


def _compact(plain: str, order: Order) -> Day | None:
    if len(plain) == 8 and order != "ymd":
        first, second, year = int(plain[:2]), int(plain[2:4]), int(plain[4:])
        return _checked(year, second, first) if order == "dmy" else _checked(year, first, second)
    if len(plain) == 6:
        a, b, c = plain[:2], plain[2:4], plain[4:]
        if order == "ymd":
            return _checked(full_year(a), int(b), int(c))
        return _checked(full_year(c), int(b), int(a)) if order == "dmy" else _checked(full_year(c), int(a), int(b))
    return None


def _numeric(first: str, second: str, third: str | None, order: Order) -> Day | None:
    if len(first) == 4:
        return _checked(int(first), int(second), int(third)) if third and len(third) <= 2 else None
    if len(first) == 3 or (third is not None and len(third) == 1):
        return None
    if third is None:
        return _checked(None, int(second), int(first)) if order == "dmy" else _checked(None, int(first), int(second))
    if order == "ymd":
        return _checked(full_year(first), int(second), int(third)) if len(first) == 2 and len(third) == 2 else None
    year = full_year(third)
    return _checked(year, int(second), int(first)) if order == "dmy" else _checked(year, int(first), int(second))


def _checked(year: int | None, month: int, day: int) -> Day | None:
    found = Day(year, month, day)
    return found if found.on(2000 if year is None else year) else None


def full_year(text: str) -> int:
    """Four digits as they are; of two digits 00-69 are 2000-2069 and 70-99 are 1970-1999 (POSIX uses 69)."""
    n = int(text)
    return n if len(text) == 4 else 2000 + n if n < 70 else 1900 + n


def decide_order(texts: Iterable[str]) -> OrderChoice | None:
    """The order under which every date among `texts` reads; None when no single order reads them all.

    Dates that read alike under every order (`2024-01-31`, `3 May 2024`, `05/05/2024`) decide nothing. Where two
    orders remain, the one that leaves the rows in date order wins if the other does not; that is a conclusion
    from the file, and `reason` says so.
    """
    rows = list(texts)
    unique = list(dict.fromkeys(rows))
    fits: dict[Order, dict[str, Day]] = {}
    for order in ("dmy", "mdy", "ymd"):
        read = {t: parse_day(t, order) for t in unique}
        if all(read.values()):
            fits[order] = {t: d for t, d in read.items() if d is not None}
    if not fits:
        return None
    orders = list(fits)
    first = fits[orders[0]]
    if len(orders) == 1:
        return OrderChoice(orders[0], certain=True)
    if all(fits[o] == first for o in orders[1:]):
        # Days without a year read the same year first and month first; only a written year can tell the former.
        dated = any(d.year is not None for d in first.values())
        return OrderChoice("ymd" if "ymd" in fits and dated else orders[0], certain=True)
    sorted_orders = [o for o in orders if _monotonic([fits[o][t] for t in rows])]
    if len(sorted_orders) == 1 and len(unique) >= 4:
        return OrderChoice(sorted_orders[0], certain=True, reason="the rows are in date order only when read so")
    return OrderChoice("dmy" if "dmy" in fits else orders[0], certain=False)


def _monotonic(days: Sequence[Day]) -> bool:
    values = [d.on(2000 if d.year is None else d.year) or date.min for d in days]
    return all(a <= b for a, b in pairwise(values)) or all(a >= b for a, b in pairwise(values))


def complete(day: Day, end: date, *, slack_days: int = 31) -> date | None:
    """The date of a day without a year on a statement that ends on `end`: the latest one not after it.

    Args:
        day: as printed; one with a year is returned as it is.
        end: the statement's closing day.
        slack_days: how far past `end` a date may lie (a posting printed after closing).
    """
    if day.year is not None:
        return day.on()
    for year in (end.year + 1, end.year, end.year - 1, end.year - 2):
        found = day.on(year)
        if found is not None and (found - end).days <= (0 if year > end.year else slack_days):
            return found
    return None
