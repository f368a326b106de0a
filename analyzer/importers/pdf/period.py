"""Which days a statement covers, what order its dates are in, and the year of dates that print none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

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


def read_period(lines: Sequence[Line], days: Sequence[str], used: set[int], options: Options, *, dollars: bool) -> Period:
    """The period of a statement whose rows print `days`.

    Args:
        lines: of the whole document; those in `used` are rows.
        days: the rows' dates as printed, in order.
        options: `date_order` and `today` of the user.
        dollars: the currency is the US dollar, whose statements write the month first.
    """
    found = Period()
    full: list[tuple[str, str, list[str]]] = []
    for line in lines:
        if line.index in used or len(line.text) > 400:
            continue
        text = line.text
        dates = _full_dates(text)
        if dates:
            label = words.compact(text)
            above = lines[line.index - 1] if line.index else None
            if len(text) <= 24 and above is not None and above.page == line.page and not above.dates:
                label = words.compact(above.text) + label
            full.append((label, text, dates))
    numeric = [d for _, _, dates in full for d in dates]
    found.order = _order(found, days, numeric, options, dollars=dollars)
    _ends(found, lines, full, used)
    if found.end is None and any(parse_day(d, found.order) is not None and parse_day(d, found.order).year is None for d in days):  # type: ignore[union-attr]
        _guess_end(found, lines, used, options)
    return found


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
    if rows is not None and rows.certain and not rows.reason:
        return rows.order
    together = decide_order([*days, *others])
    if together is not None and together.certain and not together.reason:
        return together.order
    head = decide_order(others) if others else None
    if head is not None and head.certain and not head.reason and _numeric(others):
        fits = all(parse_day(d, head.order) is not None for d in days)
        if fits:
            return head.order
    if rows is not None and rows.certain:
        return rows.order
    order: Order = "mdy" if dollars else "dmy"
    if not all(parse_day(d, order) is not None for d in days):
        order = "dmy" if order == "mdy" else "mdy"
    reason = "as US statements write it" if order == "mdy" else "the day first"
    found.warnings.append(AmbiguousDate(f"dates such as {days[0]} read with {reason}", todo="--date-order decides"))
    return order


def _numeric(texts: Sequence[str]) -> bool:
    return any(re.fullmatch(r"[0-9]{1,2}([./-]) ?[0-9]{1,2}\1.*", t) for t in texts)


def _on(text: str, order: Order) -> date | None:
    day = parse_day(text, order)
    return day.on() if day is not None else None


def _ends(found: Period, lines: Sequence[Line], full: Sequence[tuple[str, str, list[str]]], used: set[int]) -> None:
    issued: list[date] = []
    others: list[date] = []
    for plain, text, dates in full:
        known = [d for t in dates if (d := _on(t, found.order)) is not None]
        if not known:
            continue
        if len(known) >= 2 and 3 <= (known[1] - known[0]).days <= 400 and not _DUE.search(plain) and not found.printed:
            found.start, found.end, found.printed = known[0], known[1], True
            continue
        if len(dates) == 1 and not found.printed and not _DUE.search(plain):
            before = text[: text.find(dates[0])]
            partial = [m.group() for m in _PARTIAL.finditer(before) if is_date(m.group())]
            day = parse_day(partial[-1], found.order) if partial else None
            if (
                day is not None
                and day.year is None
                and re.search(r"(?:to|-|–|until|bis|au|al|a|hasta|tot|t/m|s/d|sampai|through|thru)\s*$", before.strip(), re.I)
            ):
                start = complete(day, known[0], slack_days=0)
                if start is not None and 3 <= (known[0] - start).days <= 400:
                    found.start, found.end, found.printed = start, known[0], True
                    continue
        if not _DUE.search(plain):
            (issued if _ISSUED.search(plain) else others).extend(known)
        else:
            others.extend(known)
    if found.printed:
        return
    if issued:
        found.end = max(issued)
    elif others:
        found.end = max(others)


def _guess_end(found: Period, lines: Sequence[Line], used: set[int], options: Options) -> None:
    for line in lines:
        if line.index in used:
            continue
        text = line.text
        for m in _MONTH_YEAR.finditer(text):
            month = MONTHS.get(m[1].casefold())
            if month:
                found.end = _month_end(int(m[2]), month)
                return
        if (n := _NUMBER_YEAR.search(text)) is not None:
            found.end = _month_end(int(n[2]), int(n[1]))
            return
    years = {int(m.group()) for line in lines if line.index not in used for m in _YEAR.finditer(line.text)}
    if len(years) == 1:
        found.end = date(years.pop(), 12, 31)
        return
    if options.today is not None:
        found.end, found.guessed = options.today, True
        what = f"the statement prints no year; its dates are read as the last before {options.today.isoformat()}"
        found.warnings.append(AmbiguousDate(what, todo="--as-of DATE decides"))


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
    # A posting may lie a little behind the closing day.
    return complete(day, period.end, slack_days=31)
