"""Which days a statement covers, what order its dates are in, and the year of dates that print none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from analyzer.errors import AmbiguousDate, StatementWarning
from analyzer.importers.base import Options
from analyzer.importers.days import MONTHS, Day, Order, complete, decide_order, parse_day
from analyzer.importers.pdf import words
from analyzer.importers.pdf.lines import Line, is_date

_NAME = r"[^\W\d_]{3,10}"
_FULL = re.compile(
    rf"[0-9]{{1,2}}(?:st|nd|rd|th|er)?[. /-]{{0,2}}(?:de )?{_NAME}\.?[ ,./'-]{{0,2}}(?:de )?(?:[0-9]{{4}}|[0-9]{{2}}(?![0-9]))"
    rf"|{_NAME}\.?[ .-]?[0-9]{{1,2}}(?:st|nd|rd|th)?[ ,./-]{{1,2}}[0-9]{{4}}"
    r"|(?<![0-9])[0-9]{4}[./-][0-9]{1,2}[./-][0-9]{1,2}(?![0-9])"
    r"|(?<![0-9./-])[0-9]{1,2}([./-]) ?[0-9]{1,2}\1 ?(?:[0-9]{4}|[0-9]{2})(?![0-9])",
)
_PARTIAL = re.compile(
    rf"(?<![0-9A-Za-z])[0-9]{{1,2}}(?:st|nd|rd|th)?[. ]{{0,2}}{_NAME}|{_NAME}\.? ?[0-9]{{1,2}}(?![0-9])|[0-9]{{1,2}}[./-][0-9]{{1,2}}[.]?"
)
_DUE = re.compile(
    r"due|falligkeit|falligam|limitede|echeance|vencimiento|fechalimite|verval|jatuhtempo|payby|einzug|abbuchung|prelev|nextstatement|printed"
)
_ISSUED = re.compile(
    r"statementdate|closingdate|closedon|statementending|asof|billdate|billingdate|datum|erstellt|rechnungsdatum|abrechnung|stand|arrete|date|"
    r"fechade|corte|tanggal|cetak|periode|period|statement"
)
_BETWEEN = re.compile(
    r"(?:(?:and|und|et|y|e|en|dan)?(?:to|until|till?|through|thru|bis|au|al|a|as|ate|hasta|tot|tem|tm|tot|och|do|sd|sampai|sampaidengan|hingga|ending"
    r"|end|enddate|closing|periodend|zum|le|il|el)?(?:and|incl|inclusive)?(?:den|dem|le|el|dia)?)"
)
_TO = re.compile(r"(?:to|-|–|until|bis|au|al|a|hasta|tot|t/m|s/d|sampai|through|thru)\s*$", re.I)
_ONE_DAY = re.compile(r"statementdate|issue|generated|printed|erstellt|druck|edit")
_MONTH_YEAR = re.compile(rf"({_NAME})\.?[ ,/-]{{0,2}}((?:19|20)[0-9]{{2}})(?![0-9])")
_NUMBER_YEAR = re.compile(r"(?<![0-9./-])(0?[1-9]|1[0-2])[/.-]((?:19|20)[0-9]{2})(?![0-9./-])")
_YEAR = re.compile(r"(?<![0-9.,/-])(?:19[7-9]|20[0-6])[0-9](?![0-9.,/-])")


@dataclass(slots=True)
class Period:
    """First and last day as far as printed, the order of numeric dates, and what must be told."""

    start: date | None = None
    end: date | None = None
    order: Order = "dmy"
    guessed: bool = False
    """Whether `end` is only the day the user judges by."""
    printed: bool = False
    """Whether both ends are printed as a period."""
    warnings: list[StatementWarning] = field(default_factory=list)


def read_period(
    lines: Sequence[Line], days: Sequence[str], used: set[int], options: Options, *, dollars: bool, made: date | None = None
) -> Period:
    """The period of a statement whose rows print `days`.

    Args:
        lines: of the whole document; those in `used` are rows.
        days: the rows' dates as printed, in order.
        options: `date_order` and `today` of the user.
        dollars: the currency is the US dollar, whose statements write the month first.
        made: the day the file says it was made; no row is later.
    """
    found = Period()
    full: list[_Dated] = []
    for line in lines:
        if line.index in used or len(line.text) > 400:
            continue
        dates = _full_dates(line.text)
        if dates:
            inside = bool(used) and min(used) < line.index < max(used)
            full.append(_Dated(line.text, dates, _labels(lines, line, dates), inside))
    numeric = [d for dated in full for d in dated.dates]
    found.order = _order(found, days, numeric, options, dollars=dollars)
    _ends(found, full)
    if found.end is None and any(parse_day(d, found.order) is not None and parse_day(d, found.order).year is None for d in days):  # type: ignore[union-attr]
        _guess_end(found, lines, days, used, options, made)
    return found


@dataclass(frozen=True, slots=True)
class _Dated:
    """A line with dates that print a year, and per date the compact words that name it."""

    text: str
    dates: list[str]
    labels: list[str]
    inside: bool = False
    """Whether the line stands among the rows, where a date can be a detail of one (`invoice of 12-12-2025`)."""


def _labels(lines: Sequence[Line], line: Line, dates: Sequence[str]) -> list[str]:
    """What names each date: the words before it on the line, and the words above it where values stand under labels."""
    labels: list[str] = []
    at = 0
    for text in dates:
        found = line.text.find(text, at)
        label = words.compact(line.text[at:found])
        at = found + len(text)
        token = next((t for t in line.dates if text in t.text or t.text in text), None)
        alone = not label or (token is not None and token.first and _apart(line, token.first))
        if token is not None and alone and (above := _above(lines, line, token.x0, token.x1)):
            label = above
        labels.append(label)
    return labels


def _apart(line: Line, n: int) -> bool:
    return line.words[n].x0 - line.words[n - 1].x1 > 1.5 * line.size


def _above(lines: Sequence[Line], line: Line, x0: float, x1: float) -> str:
    for above in reversed(lines[max(0, line.index - 2) : line.index]):
        if above.page != line.page or line.top - above.bottom > 2.0 * line.size or above.dates:
            break
        for a, b in above.chunks():
            if min(above.words[b - 1].x1, x1) - max(above.words[a].x0, x0) > 0 and (plain := words.compact(above.part(a, b))):
                return plain
    return ""


def _full_dates(text: str) -> list[str]:
    """The dates with a year on a line; a match that is none hides no date behind it (`2025 vom 01.01.2025`)."""
    found: list[str] = []
    at = 0
    while (m := _FULL.search(text, at)) is not None:
        if is_date(m.group()):
            found.append(m.group())
            at = m.end()
        else:
            at = m.start() + 1
    return found


def _order(found: Period, days: Sequence[str], others: Sequence[str], options: Options, *, dollars: bool) -> Order:
    if options.date_order is not None:
        return options.date_order
    rows = decide_order(days)
    head = decide_order(others) if others else None
    if all(_on_any(d) for d in days):
        # Days with a month's name read in any order; only the dates around them are numbers.
        return head.order if head is not None and head.certain else "mdy" if dollars else "dmy"
    if rows is not None and rows.certain and not rows.reason:
        return rows.order
    together = decide_order([*days, *others])
    if together is not None and together.certain and not together.reason:
        return together.order
    if head is not None and head.certain and not head.reason and _numeric(others):
        fits = all(parse_day(d, head.order) is not None for d in days)
        if fits:
            return head.order
    spans = _compact_orders(days, others)
    if len(spans) == 1:
        return spans[0]
    if rows is not None and rows.certain:
        return rows.order
    order: Order = "mdy" if dollars else "dmy"
    if not all(parse_day(d, order) is not None for d in days):
        order = "dmy" if order == "mdy" else "mdy"
    reason = "as US statements write it" if order == "mdy" else "the day first"
    found.warnings.append(AmbiguousDate(f"dates such as {days[0]} read with {reason}", todo="--date-order decides"))
    return order


def _on_any(text: str) -> bool:
    """Whether a date reads alike in every order, by its month's name."""
    return any(c.isalpha() for c in text) and parse_day(text, "dmy") == parse_day(text, "mdy") is not None


def _compact_orders(days: Sequence[str], others: Sequence[str]) -> list[Order]:
    """The orders under which the rows lie together, and near the dates printed around them, as a statement's do."""
    spans: dict[Order, int] = {}
    for order in _ORDERS:
        read = [parse_day(d, order) for d in days]
        known = [d.on() for d in read if d is not None and d.year is not None]
        if len(known) < len(days) or None in known:
            continue
        rows = [d for d in known if d is not None]
        around = [d for t in others if (d := _on(t, order)) is not None and _on(t, "dmy") == _on(t, "mdy")]
        far = [d for d in rows if around and not min(around) - timedelta(days=70) <= d <= max(around) + timedelta(days=70)]
        if not far:
            spans[order] = (max(rows) - min(rows)).days
    shortest = min(spans.values(), default=0)
    return [o for o, span in spans.items() if span <= max(45, 3 * shortest)]


_ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")


def _numeric(texts: Sequence[str]) -> bool:
    return any(re.fullmatch(r"[0-9]{1,2}([./-]) ?[0-9]{1,2}\1.*", t) for t in texts)


def _on(text: str, order: Order) -> date | None:
    day = parse_day(text, order)
    return day.on() if day is not None else None


def _ends(found: Period, full: Sequence[_Dated]) -> None:
    issued: list[date] = []
    due: list[date] = []
    around = [dated for dated in full if not dated.inside]
    within = [dated for dated in full if dated.inside]
    for sure, told in ((True, around), (True, within), (False, around), (False, within)):
        for dated in told:
            if not found.printed and (span := _span(dated, found.order, sure=sure)) is not None:
                found.start, found.end, found.printed = *span, True
    if found.printed:
        return
    others: list[date] = []
    details: list[date] = []
    for dated in full:
        for text, label in zip(dated.dates, dated.labels, strict=True):
            day = _on(text, found.order)
            if day is not None:
                unnamed = details if dated.inside else others
                (due if _DUE.search(label) else issued if _ISSUED.search(label) else unnamed).append(day)
    for days in (issued, others, due, details):
        if days:
            found.end = max(days)
            return


def _span(dated: _Dated, order: Order, *, sure: bool) -> tuple[date, date] | None:
    """The period a line prints. `sure` asks for a word or dash between its two dates; else any two dates of no other meaning."""
    text, dates = dated.text, dated.dates
    first = _on(dates[0], order)
    if first is None:
        return None
    if len(dates) >= 2:
        second = _on(dates[1], order)
        if second is None or not 3 <= (second - first).days <= 400:
            return None
        at = text.find(dates[0]) + len(dates[0])
        between = text[at : text.find(dates[1], at)]
        if sure and (not _BETWEEN.fullmatch(words.compact(between)) or any(c.isdigit() for c in between)):
            return None
        told = [label for label in dated.labels[:2] if _DUE.search(label)]
        if not sure and (told or len(between) > 40 or (dated.labels[0] and _ONE_DAY.search(dated.labels[0]))):
            return None
        return first, second
    if _DUE.search(dated.labels[0]) or not sure:
        return None
    before = text[: text.find(dates[0])]
    partial = [m.group() for m in _PARTIAL.finditer(before) if is_date(m.group())]
    day = parse_day(partial[-1], order) if partial else None
    if day is None or day.year is not None or not _TO.search(before.strip()):
        return None
    start = complete(day, first, slack_days=0)
    return (start, first) if start is not None and 3 <= (first - start).days <= 400 else None


def _guess_end(found: Period, lines: Sequence[Line], days: Sequence[str], used: set[int], options: Options, made: date | None) -> None:
    """The end from a month named with its year, from the only year printed, or from the day that bounds it."""
    texts = [line.text for line in lines if line.index not in used]
    months = {day.month for d in days if (day := parse_day(d, found.order)) is not None}
    # A month the rows are not in (`Terms as of March 2018`), or after the file was made, is no month of the statement.
    ends = (end for text in texts for end in _months(text) if made is None or end.replace(day=1) <= made)
    named = [end for end in ends if {end.month, (end.month - 2) % 12 + 1} & months]
    if named:
        near = [end for end in named if abs((end - named[0]).days) <= 62]
        found.end = max(near)
        if len(near) < len(named):
            what = f"several years are printed; the dates are read as those of a statement of {found.end:%Y-%m}"
            found.warnings.append(AmbiguousDate(what, todo="compare them with the PDF"))
        return
    years = {int(m.group()) for text in texts for m in _YEAR.finditer(text)}
    if len(years) == 1 and (made is None or min(years) <= made.year):
        found.end = date(years.pop(), 12, 31)
        what = f"the rows print no year; {found.end.year} is the only one on the statement and is taken for theirs"
        found.warnings.append(AmbiguousDate(what, todo="compare them with the PDF"))
        return
    if (last := min((d for d in (options.today, made) if d is not None), default=None)) is not None:
        found.end, found.guessed = last, True
        why = " (the file was made then)" if last == made else ""
        what = f"the statement prints no year; its dates are read as the last before {last.isoformat()}{why}"
        found.warnings.append(AmbiguousDate(what, todo="compare them with the PDF; an earlier --as-of DATE decides"))


def _months(text: str) -> Iterator[date]:
    """The last day of each month that a line names together with its year."""
    for m in _MONTH_YEAR.finditer(text):
        if month := MONTHS.get(m[1].lower()):
            yield _month_end(int(m[2]), month)
    for m in _NUMBER_YEAR.finditer(text):
        yield _month_end(int(m[2]), int(m[1]))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def resolve(text: str, period: Period) -> date | None:
    """The calendar day of a row's date, or None where it is none (or its year cannot be told)."""
    day = parse_day(text, period.order) or parse_day(text.rstrip("."), period.order)
    if day is None:
        return None
    if day.year is not None:
        return day.on()
    return None if period.end is None else _closest(day, period)


def _closest(day: Day, period: Period) -> date | None:
    assert period.end is not None
    # A posting may lie a little behind the closing day; behind the day it is judged by, only a time zone.
    return complete(day, period.end, slack_days=1 if period.guessed else 31)


_FAR = 300


def far_apart(texts: Sequence[str], dates: Sequence[date | None], period: Period) -> tuple[date, date] | None:
    """The first two neighbouring days that print no year and are read most of a year apart: one year may be wrong."""
    known = [d for text, d in zip(texts, dates, strict=True) if d is not None and _yearless(text, period.order)]
    return next((pair for pair in pairwise(known) if abs((pair[1] - pair[0]).days) > _FAR), None)


def _yearless(text: str, order: Order) -> bool:
    day = parse_day(text, order) or parse_day(text.rstrip("."), order)
    return day is not None and day.year is None
