"""The whole way of one PDF, from bytes to statements as plain data. Runs in the sandbox's child.

PDFium reads the pages, `table` sorts their lines, `signs` finds the reading that the statement's own figures prove,
`second` lets pdfplumber check it. Nothing here is kept between files.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from analyzer.errors import (
    AmbiguousAmount,
    AmbiguousDate,
    AmbiguousSign,
    BalanceMismatch,
    HiddenText,
    MalformedStatement,
    Oddity,
    RowRejected,
    RowSkipped,
    StatementWarning,
    UnknownFormat,
    Unproven,
)
from analyzer.importers.base import Options
from analyzer.importers.pdf import currency, foreign, glyphs, schemes, second, signs, structure, words
from analyzer.importers.pdf.accounts import account_in
from analyzer.importers.pdf.borrowed import borrowed
from analyzer.importers.pdf.columns import headings_of
from analyzer.importers.pdf.entries import Entry, Table
from analyzer.importers.pdf.halves import unfolded
from analyzer.importers.pdf.lines import Line, amount_text, is_date, lines_of
from analyzer.importers.pdf.page import Page
from analyzer.importers.pdf.period import Period, far_apart, read_period, resolve
from analyzer.importers.pdf.signs import Reading
from analyzer.importers.pdf.stages import PENDING
from analyzer.importers.pdf.table import read_table
from analyzer.importers.pdf.unusual import UNDATED
from analyzer.limits import Limits
from analyzer.money import UNKNOWN_CURRENCY

_LAYOUT = "compare with the bank's own copy, or send the layout as an issue"
_THREE_DECIMALS = ("KWD", "BHD", "OMR", "JOD", "TND", "IQD", "LYD")


def read(data: bytes, password: str | None, limits: Mapping[str, int], options: Mapping[str, Any]) -> dict[str, Any]:
    """The statements in `data` as JSON-like values: `{"statements": [...], "warnings": [...]}`.

    Raises:
        StatementError: the content cannot be read exactly.
    """
    told = Options(
        sign=options.get("sign"),
        date_order=options.get("date_order"),
        currency=options.get("currency"),
        password=password,
        limits=Limits(**limits),
        today=date.fromisoformat(options["today"]) if options.get("today") else None,
    )
    warnings = list(structure.oddities(data))
    pages, made = _pages(data, told)
    _add_page_warnings(pages, warnings)
    lines = [line for page in pages for line in lines_of(page, told.limits)]
    for index, line in enumerate(lines):
        line.index = index
    statements = _statements(data, pages, lines, told, warnings, made)
    return {"statements": statements, "warnings": [_told(w) for w in warnings]}


def _told(warning: StatementWarning) -> dict[str, str]:
    return {"class": type(warning).__name__, "what": warning.what, "place": warning.place, "todo": warning.todo}


def _pages(data: bytes, options: Options) -> tuple[list[Page], date | None]:
    document = glyphs.open_document(data, options.password)
    try:
        made = glyphs.made(document)
        pages = list(glyphs.pages(document, options.limits))
    finally:
        document.close()
    if not any(p.glyphs for p in pages):
        slow = second.check(data, options.password, ()).slow
        other = [] if slow else second.words_of(data, options.password)
        if any(p.words for p in other):
            for page in other:
                page.oddities.append("damaged: only one of two readers finds text")
            pages = other
    glyphs.check_text(pages)
    return pages, made


def _add_page_warnings(pages: Sequence[Page], warnings: list[StatementWarning]) -> None:
    for page in pages:
        place = f"page {page.number}"
        telling = [(w, why) for w, why in page.hidden if _tells(w.text)]
        if telling:
            why = telling[0][1]
            what = f"{len(telling)} date(s) or amount(s) that a reader of the page cannot see ({why}); left out"
            warnings.append(HiddenText(what, place=place, todo="ask the bank for a fresh copy if rows are missing"))
        covered = [w for w, _ in page.covered if _tells(w.text)]
        if covered:
            warnings.append(
                HiddenText(f"{len(covered)} date(s) or amount(s) are painted over on the page; read from underneath", place=place)
            )
        warnings += [Oddity(what, place=place) for what in page.oddities]


def _tells(text: str) -> bool:
    found = amount_text(text)
    return (found is not None and found[1]) or is_date(text)


# ------------------------------------------------------------------------------------------- statements


def _statements(
    data: bytes,
    pages: Sequence[Page],
    lines: Sequence[Line],
    options: Options,
    warnings: list[StatementWarning],
    made: date | None,
) -> list[Any]:
    context = schemes.context_of([line.text for line in lines])
    beside = unfolded(lines)
    found = _found(lines, options, context, beside is None)
    if beside is not None and (found is None or not found.reading.proof.holds):
        other = _found(beside, options, context, found is None)
        if other is not None and (found is None or other.reading.proof.holds or len(other.reading.entries) > len(found.reading.entries)):
            found, lines = other, beside
    if found is None:
        second.check(data, options.password, ())
        return [_empty(lines, options, context, warnings)]
    table, code, reading = found.table, found.code, found.reading
    aside = {e.line for e in (*reading.aside, *reading.left_out)}
    used = {e.line for e in (*table.undated, *table.staged)} - aside
    _settle(reading, lines, warnings)
    if code == UNKNOWN_CURRENCY:
        warnings.append(Oddity("no currency is printed; the amounts are read without one", todo="--currency CODE tells it"))
    days = [_day_text(e, table) for e in reading.entries]
    period = read_period(lines, [d for d in days if d != UNDATED], used, options, dollars=code == "USD", made=made)
    warnings += period.warnings
    dates = _dates(reading, days, period, warnings)
    for page in pages:
        if page.reading_turn != page.display_turn and any(e.page == page.number for e in reading.entries):
            warnings.append(Oddity("the text runs sideways on the page; read along the text", place=f"page {page.number}"))
    _cross_check(data, options, reading, warnings, {p.number for p in pages if p.objects > glyphs.CROWDED})
    rows = [i for i, d in enumerate(dates) if d is not None]
    groups = _groups(reading, table, rows)
    return [_statement(pages, lines, reading, table, period, dates, members, number, code, context) for number, members in groups]


@dataclasses.dataclass(frozen=True, slots=True)
class _Found:
    table: Table
    code: str
    reading: Reading


def _found(lines: Sequence[Line], options: Options, context: schemes.Context, last: bool) -> _Found | None:
    """The likeliest reading of the lines; None without a table, and where another way is left to try (not `last`).

    Raises:
        StatementError: there is a table that cannot be read.
    """
    table = read_table(lines)
    if table is None or not table.undated:
        return None
    used = {e.line for e in table.undated}
    inside = range(min(used), max(used) + 1)
    outside = [line.text for line in lines if line.index not in used and (line.index not in inside or headings_of(line))]
    code = options.currency or currency.currency_of(
        [t.text for e in table.undated for n, t in e.cells.items() if n < 0 or table.columns[n].role not in ("other", "ref")],
        outside,
        " ".join(line.text for line in lines if line.index not in used and not line.dates and headings_of(line)),
        " ".join(" ".join(e.text) for e in table.undated),
    )
    style = signs.choose_style(table, three_decimals=code in _THREE_DECIMALS)
    reading = signs.read_signs(table, style, context, options) if style is not None else None
    if reading is not None:
        return _Found(table, code, reading)
    if not last:
        return None
    if style is None:
        raise MalformedStatement("amounts are written in two styles (1.234,56 and 1,234.56)", todo=_LAYOUT)
    raise UnknownFormat("no column of amounts was understood", todo=_LAYOUT)


def _settle(reading: Reading, lines: Sequence[Line], warnings: list[StatementWarning]) -> None:
    """Refuse what the figures contradict; warn where they prove nothing."""
    proof = reading.proof
    if proof.holds is False and proof.problem is not None:
        page, what = proof.problem
        blamed = foreign.suspect(reading.entries, reading.amounts, reading.evidence, lines, reading.style)
        if blamed is not None:
            entry, printed = reading.entries[blamed.index], abs(reading.amounts[blamed.index])
            why = f'"{_short(entry)}" on page {entry.page} prints {printed}, but {blamed.foreign} at {blamed.rate} is {blamed.value}'
            what = f"{what}; {why}, and with that all adds up"
            raise MalformedStatement(what, place=f"page {page}", todo="compare that row with the bank's own copy")
        if not proof.soft:
            raise MalformedStatement(what, place=f"page {page}", todo=_LAYOUT)
        warnings.append(
            BalanceMismatch(
                f"{what}; the printed summary does not add up by itself either", place=f"page {page}", todo="check every amount"
            )
        )
    elif not proof.holds:
        what = f"nothing printed proves these {len(reading.entries)} rows: no balance or total they could be checked against"
        warnings.append(Unproven(what, todo="compare them with the PDF before you rely on them"))
        for entry, odd in foreign.oddities(reading.entries, reading.amounts, lines, reading.style):
            todo = "compare that row with the bank's own copy"
            warnings.append(AmbiguousAmount(f'"{_short(entry)}" {odd}', place=f"page {entry.page}", todo=todo))
    if reading.doubt:
        warnings.append(AmbiguousSign(reading.doubt, todo="--sign decides"))
    warnings += [Oddity(note) for note in proof.notes]
    for entry in reading.unreadable:
        warnings.append(RowRejected(f'amount of "{_short(entry)}" not understood; row left out', place=f"page {entry.page}"))
    for entry in reading.aside:
        warnings.append(RowSkipped(f'"{_short(entry)}" stands in another table than the rows; left out', place=f"page {entry.page}"))
    if not proof.holds:
        for entry in reading.left_out:
            warnings.append(RowRejected(f'"{_short(entry)}" has a date and no amount; left out', place=f"page {entry.page}"))


def _short(entry: Entry) -> str:
    return " ".join([entry.day, *entry.text])[:60]


def _day_text(entry: Entry, table: Table) -> str:
    """The date that counts: that of the transaction, where two are printed and the headings tell; else the first."""
    first, other = table.date_headings
    if entry.day2 is None or other is None:
        return entry.day
    return entry.day2 if _rank(other) > _rank(first) else entry.day


def _rank(heading: str) -> int:
    if re.search(r"trans|purchase|beleg|kauf|achat|operac|operation|umsatz|txn|compra|sale", heading):
        return 3
    if re.search(r"valu|valeur|valor|wert|rente|effective", heading):
        return 1
    return 2 if heading else 0


def _dates(reading: Reading, days: Sequence[str], period: Period, warnings: list[StatementWarning]) -> list[date | None]:
    dates = [resolve(text, period) if text != UNDATED else period.end if period.printed else None for text in days]
    lost = [e for e, d in zip(reading.entries, dates, strict=True) if d is None]
    if lost and period.end is None and len(lost) > 0.5 * len(dates):
        raise MalformedStatement(f'the dates ("{lost[0].day}") print no year, and nothing else does', todo="--as-of DATE gives one")
    for entry in lost:
        warnings.append(RowRejected(f'date "{entry.day}" is no day of the calendar; row left out', place=f"page {entry.page}"))
    if lost and reading.proof.holds:
        reading.proof.holds = None
        reading.proof.how = ""
        warnings.append(Unproven("rows without a date are left out, so the rest proves nothing", todo="compare them with the PDF"))
    for entry in reading.entries:
        if entry.day == UNDATED and period.printed:
            what = f'"{_short(entry).strip()}" prints no day; it is booked on the last of the period'
            warnings.append(Oddity(what, place=f"page {entry.page}"))
    if without := borrowed(reading.entries):
        what = f'{len(without)} row(s) print no day, unlike the others, and are read as of the day above; the first: "{_short(without[0])}"'
        warnings.append(AmbiguousDate(what, place=f"page {without[0].page}", todo="compare them with the PDF"))
    if (jump := far_apart(days, dates, period)) is not None:
        what = f"two neighbouring rows without a year are read as {jump[0].isoformat()} and {jump[1].isoformat()}"
        warnings.append(AmbiguousDate(what, todo="compare the years with the PDF; --as-of DATE near the end of the statement may help"))
    if period.printed and period.start and period.end:
        slack = timedelta(days=45)
        outside = [d for d in dates if d and not period.start - slack <= d <= period.end + slack]
        if outside:
            what = f"{len(outside)} row(s) dated far outside the printed period, the first on {outside[0].isoformat()}"
            warnings.append(Oddity(what, todo="compare them with the PDF"))
    return dates


def _cross_check(data: bytes, options: Options, reading: Reading, warnings: list[StatementWarning], crowded: set[int]) -> None:
    columns = (reading.columns.amount, reading.columns.debit, reading.columns.credit)
    amounts = [(e.amount_page or e.page, t.text) for e in reading.entries for n, t in e.cells.items() if n in columns]
    opinion = second.check(data, options.password, amounts, crowded)
    warnings += [Oddity(remark) for remark in opinion.remarks]
    if opinion.missing:
        page, text = opinion.missing[0]
        what = f"{len(opinion.missing)} amount(s), the first {text}, are read differently by a second reader"
        if reading.proof.holds:
            warnings.append(Oddity(f"{what}; the printed figures prove this reading", place=f"page {page}"))
        else:
            warnings.append(AmbiguousAmount(what, place=f"page {page}", todo="compare them with the PDF"))


def _groups(reading: Reading, table: Table, rows: Sequence[int]) -> list[tuple[str, list[int]]]:
    """Rows by the card or account that heads them; one group where the document names one or none."""
    members: dict[int, list[int]] = {}
    for i in rows:
        members.setdefault(reading.entries[i].group, []).append(i)
    named = [g for g in members if table.groups[g]]
    if len(named) <= 1:
        number = next((table.groups[g] for g in named), next((n for n in table.groups if n), ""))
        return [(number, list(rows))]
    return [(table.groups[g], found) for g, found in members.items()]


def _statement(
    pages: Sequence[Page],
    lines: Sequence[Line],
    reading: Reading,
    table: Table,
    period: Period,
    dates: Sequence[date | None],
    members: Sequence[int],
    number: str,
    code: str,
    context: schemes.Context,
) -> dict[str, Any]:
    whole = len(members) == len(reading.entries)
    proof = reading.proof
    by_number = {p.number: p for p in pages}
    known = [d for i in members if (d := dates[i]) is not None]
    return {
        "posted": [d.isoformat() for d in known],
        "amounts": [str(reading.amounts[i]) for i in members],
        "descriptor": [" ".join(" ".join(reading.entries[i].text).split()) for i in members],
        "status": ["pending" if reading.entries[i].stage == PENDING else "posted" for i in members],
        "page": [reading.entries[i].page for i in members],
        "boxes": [_boxes(reading.entries[i], by_number) for i in members],
        "number": number,
        "institution": "",
        "kind": "credit" if (proof.owed and context.card >= 0) or context.card > 0 else context.kind,
        "currency": code,
        "start": period.start.isoformat() if period.printed and period.start else None,
        "end": period.end.isoformat()
        if period.end and not period.guessed and (period.printed or period.end >= max(known, default=period.end))
        else None,
        "opening": _number(proof.opening) if whole and proof.holds else None,
        "closing": _number(proof.closing) if whole and proof.holds else None,
        "reconciled": proof.holds,
        "proof": (proof.how if whole else f"{proof.how}, over all cards of the statement") if proof.holds else "",
        "rejected": len(reading.unreadable) + (0 if proof.holds else len(reading.left_out)) + sum(d is None for d in dates),
        "skipped": len(reading.aside) + (len(reading.left_out) if proof.holds else 0),
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _boxes(entry: Entry, pages: Mapping[int, Page]) -> list[list[float]]:
    return [[page, *pages[page].displayed(x0, top, x1, bottom)] for page, x0, top, x1, bottom in entry.spans]


def _empty(lines: Sequence[Line], options: Options, context: schemes.Context, warnings: list[StatementWarning]) -> dict[str, Any]:
    """A statement without transactions: believed only where hardly any amount is printed, or it says so."""
    amounts = sum(t.firm for line in lines for t in line.amounts)
    plain = [words.compact(line.text) for line in lines]
    says = any(
        re.search(
            r"notransactions|nomovements|nichtstransakt|keineumsatze|aucuneoperation|sinmovimientos|geentransacties|tidakadatransaksi", p
        )
        for p in plain
    )
    if amounts > 4 and not says:
        raise UnknownFormat("no line has both a date and an amount: no table of transactions was found", todo=_LAYOUT)
    warnings.append(
        Unproven("no transaction found: no line has both a date and an amount", todo="open the PDF to see whether that is right")
    )
    number = next((n for line in lines if (n := account_in(line.text))), "")
    code = options.currency or currency.currency_of([], [line.text for line in lines], "")
    period = (
        read_period(lines, [], set(), dataclasses.replace(options, today=None), dollars=code == "USD")
        if any(line.dates for line in lines)
        else Period()
    )
    return {
        **{name: [] for name in ("posted", "amounts", "descriptor", "status", "page", "boxes")},
        "number": number,
        "institution": "",
        "kind": context.kind,
        "currency": code,
        "start": None,
        "end": period.end.isoformat() if period.end else None,
        "opening": None,
        "closing": None,
        "reconciled": None,
        "proof": "",
        "rejected": 0,
        "skipped": 0,
    }
