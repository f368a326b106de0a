"""Charts of one merchant, good enough to attach: drawn for paper, in black and white, twelve points at print size.

The same functions serve the packet, `--charts` and notebooks. They draw the disputed merchant alone; ordinary purchases of its
family are counted, never shown. No text is read as mathematics, fonts are embedded, and equal input gives equal bytes.
Figures are made without pyplot, so that no global state is touched.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from analyzer import files, money
from analyzer.disputes import words
from analyzer.disputes.chart_parts import INK, PALE, POINTS, RULE, WIDTH, Sheet, clip, day_axis, number_of, put, style, styled
from analyzer.disputes.details import Details, Event
from analyzer.disputes.dossier import Dossier, Line, gather
from analyzer.disputes.history import Month
from analyzer.disputes.letter import place_words, shown_file, status_words
from analyzer.errors import OutputError
from analyzer.model import Finding, Statement

MOST_LABELS = 6
MOST_BARS = 24
DPI = 160
Row = tuple[str, ...]


def timeline(
    finding: Finding,
    *,
    statements: Sequence[Statement] = (),
    ax: Any = None,
    events: Sequence[Event] = (),
    as_of: date | None = None,
    language: str = "en",
) -> Any:
    """Axes with this merchant's charges, credits and events over time; its figure holds the table and the sources too.

    Args:
        finding: whose charges are drawn.
        statements: to name files and to find credits; the finding's own when empty.
        ax: draw into these axes, without table and footer.
        events: notice, call, refund ... to mark.
        as_of: the day to judge by; the finding's own, or its last charge.
        language: `en` or `id`.
    """
    d = _dossier(finding, statements, as_of, events, language)
    return draw_timeline(d, ax)


def before_after(
    finding: Finding, *, statements: Sequence[Statement] = (), ax: Any = None, as_of: date | None = None, language: str = "en"
) -> Any:
    """Axes with, month by month, how often this merchant's family was paid before and what the disputed charges took since."""
    return draw_before_after(_dossier(finding, statements, as_of, (), language), ax)


def deadline_bars(
    finding: Finding,
    *,
    statements: Sequence[Statement] = (),
    ax: Any = None,
    as_of: date | None = None,
    jurisdiction: str | None = None,
    instrument: str | None = None,
    language: str = "en",
) -> Any:
    """Axes with one bar a charge: the holder's time limit and the network's window, and what is left of them."""
    details = Details(jurisdiction=jurisdiction, instrument=instrument, language=language)
    known = tuple(statements) or finding.statements
    return draw_deadlines(gather(finding, known, as_of=_day(finding, as_of), details=details), ax)


def save(figure: Any, path: str | Path, form: str = "png") -> Path:
    """The path, holding `figure` as `png`, `svg` or `pdf`: fonts embedded, the same bytes every time.

    Raises:
        OutputError: the figure cannot be drawn or the file not be written.
    """
    return files.write_bytes(path, as_bytes(figure, form))


def as_bytes(figure: Any, form: str = "png") -> bytes:
    """`figure` as a file's content."""
    import matplotlib as mpl

    nothing: dict[str, dict[str, Any]] = {
        "png": {"Software": None},
        "svg": {"Date": None, "Creator": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    }
    if form not in nothing:
        raise OutputError(f"charts are not written as {form}", todo="use png, svg or pdf")
    out = io.BytesIO()
    with mpl.rc_context(style()):
        figure.savefig(out, format=form, metadata=nothing[form], dpi=DPI)
    return out.getvalue()


def as_pages(figures: Sequence[Any]) -> bytes:
    """The figures as one PDF, a page each, so that they share one copy of the typeface."""
    import matplotlib as mpl
    from matplotlib.backends.backend_pdf import PdfPages

    out = io.BytesIO()
    nothing = {"CreationDate": None, "Creator": None, "Producer": None}
    with mpl.rc_context(style()), PdfPages(out, metadata=nothing) as pdf:
        for figure in figures:
            pdf.savefig(figure)
    return out.getvalue()


# ------------------------------------------------------------------------------------------- from a dossier


@styled
def draw_timeline(d: Dossier, ax: Any = None, *, table: bool = True) -> Any:
    """The timeline of a dossier; `table` and sources below it unless `ax` is given or `table` is False."""
    marked = [(chr(ord("A") + i), e) for i, e in enumerate(d.events[:26])]
    sheet = Sheet(3.3, [*timeline_rows(d), *_event_rows(d)] if table and ax is None else [], _sources(d) if table and ax is None else [])
    ax = sheet.axes() if ax is None else ax
    shown = [line for line in d.lines if line.disputed]
    top = max((number_of(line.minor, d) for line in d.lines), default=1.0) or 1.0
    _stems(ax, shown, d, "-", INK)
    _stems(ax, [line for line in d.lines if not line.disputed], d, ":", "white")
    if d.credits:
        days, sums = [c.posted for c in d.credits], [number_of(c.minor, d) for c in d.credits]
        ax.plot(
            days, sums, "v", color=INK, markerfacecolor="white", markersize=10, linestyle="none", label=words.label("refund", d.language)
        )
    labelled = d.lines if len(d.lines) <= MOST_LABELS else (d.lines[0], d.lines[-1])
    for line in labelled:
        many = line is d.lines[0] and len(d.lines) > MOST_LABELS
        text = f"{words.label('first', d.language)}: {line.amount}" if many else line.amount
        put(ax, line.charge.posted, number_of(line.minor, d) + top * 0.06, text, ha="left" if many else "center", va="bottom")
    for on in sorted({e.on for _, e in marked}):
        ax.axvline(on, color=INK, linestyle="--", linewidth=1)
        put(ax, on, top * 1.42, "".join(mark for mark, e in marked if e.on == on), ha="center", va="top", weight="bold", box=True)
    if len(d.lines) <= MOST_LABELS:
        put(ax, d.first_fee, top * 0.5, f" {words.label('first', d.language)} ", ha="left", va="center")
    days_shown = [*(line.charge.posted for line in d.lines), *(c.posted for c in d.credits), *(e.on for _, e in marked)]
    day_axis(ax, min(days_shown), max(days_shown), d.language)
    ax.set_ylim(0, top * 1.45)
    ax.yaxis.set_major_locator(_few())
    ax.yaxis.set_major_formatter(_money_ticks(d))
    count = words.label("charge" if len(d.disputed) == 1 else "charges_n", d.language)
    sheet.title(ax, f"{clip(d.finding.merchant, 40)}: {len(d.disputed)} {count}, {d.total}")
    _legend(ax)
    return ax


def timeline_rows(d: Dossier, most: int = 30) -> list[Row]:
    """The numbers of the timeline as table rows: number, day, amount, status, place."""
    heads: Row = ("", *(words.label(k, d.language) for k in ("posted", "amount", "status", "source")))
    rows = [heads]
    rows += [
        (
            str(line.number),
            words.short_day(line.charge.posted, d.language),
            line.amount,
            status_words(line, d, short=True),
            place_words(line, d, dated=False),
        )
        for line in d.lines[:most]
    ]
    rows += [
        ("", words.short_day(c.posted, d.language), _credit(c.minor, d), words.label("refund", d.language), "") for c in d.unmatched_credits
    ]
    if len(d.lines) > most:
        rows.append(("", f"+ {len(d.lines) - most}", "", "charges.csv", ""))
    return rows


def _event_rows(d: Dossier) -> list[Row]:
    marked = enumerate(d.events[:26])
    return [(chr(ord("A") + i), words.short_day(e.on, d.language), event_words(e, d.language)) for i, e in marked]


def event_words(e: Event, language: str) -> str:
    """`call: reference 4711`."""
    kind = words.event(e.kind, language)
    return f"{kind}: {e.text}" if e.text else kind


@styled
def draw_before_after(d: Dossier, ax: Any = None, *, table: bool = True) -> Any:
    """Counts of other charges by the merchant family a month (upwards, pale), and the disputed charges (black bars)."""
    months = d.months
    rows = before_after_rows(d) if table and ax is None else []
    sheet = Sheet(3.5, rows, _sources(d) if rows else [], titled=table)
    ax = sheet.axes() if ax is None else ax
    places = range(len(months))
    tallest = max([m.purchases for m in months] + [m.charges for m in months] + [1])
    ax.bar(
        places, [m.purchases for m in months], 0.8, facecolor=PALE, edgecolor=INK, linewidth=0.8, label=words.label("purchases", d.language)
    )
    fees = [(i, m) for i, m in enumerate(months) if m.charges]
    ax.bar([i + 0.27 for i, _ in fees], [m.charges for _, m in fees], 0.34, facecolor=INK, label=words.label("disputed", d.language))
    gaps = [i for i, m in enumerate(months) if not m.covered]
    if gaps:
        label = words.label("no_statement", d.language)
        ax.bar(gaps, [tallest] * len(gaps), 1, facecolor="none", edgecolor=RULE, hatch="///", linewidth=0, label=label)
    if fees:
        ax.axvline(fees[0][0] - 0.5, color=INK, linestyle="--", linewidth=1.2)
        right = fees[0][0] < len(months) / 2
        text = f" {words.label('first', d.language)}: {words.short_day(d.first_fee, d.language)} "
        put(ax, fees[0][0] - 0.5, tallest * 1.22, text, ha="left" if right else "right", va="center")
    step = max(1, -(-len(months) // 6))
    ax.set_xticks(list(places)[::step], [words.month(m.first, d.language) for m in months[::step]], parse_math=False)
    ax.set_xlim(-0.7, len(months) - 0.3)
    ax.set_ylim(0, tallest * 1.35)
    ax.yaxis.set_major_locator(_few(whole=True))
    ax.set_ylabel(words.label("per_month", d.language), parse_math=False)
    if table:
        sheet.title(ax, words.label("before_title", d.language, family=clip(d.family, 40)))
    _legend(ax)
    return ax


def before_after_rows(d: Dossier) -> list[Row]:
    """The numbers of the before-and-after chart: month, other charges, disputed charges, what they took."""
    rows: list[Row] = [tuple(words.label(k, d.language) for k in ("month", "purchases_short", "disputed", "amount"))]
    run: list[Month] = []
    for m in d.months:
        # Months that differ in nothing stand in one row: a table of 24 equal lines says less.
        if run and _same_month(run[0], m):
            run.append(m)
            continue
        if run:
            rows.append(_month_row(d, run))
        run = [m]
    return [*rows, _month_row(d, run)] if run else rows


def _same_month(a: Month, b: Month) -> bool:
    return (a.purchases, a.charges, a.charged_minor, a.covered) == (b.purchases, b.charges, b.charged_minor, b.covered)


def _month_row(d: Dossier, run: Sequence[Month]) -> Row:
    first, last = run[0], run[-1]
    name = words.month(first.first, d.language)
    if len(run) > 1:
        name += f" - {words.month(last.first, d.language)}"
    if not first.covered:
        return (name, words.label("no_statement", d.language), "", "")
    each = f" {words.label('each_month', d.language)}" if len(run) > 1 and (first.purchases or first.charges) else ""
    return (
        name,
        f"{first.purchases}{each if first.purchases else ''}",
        f"{first.charges}{each if first.charges else ''}",
        money.display(first.charged_minor, d.finding.currency) if first.charges else "",
    )


@styled
def draw_deadlines(d: Dossier, ax: Any = None, *, table: bool = True) -> Any:
    """One row a charge: the holder's own limit (grey) and the network's window (hatched), today as a line."""
    lines = bars_shown(d)
    rows = deadline_rows(d, lines) if table and ax is None else []
    sheet = Sheet(1.75 + len(lines) * (0.42 if len(lines) <= 8 else 0.23), rows, _sources(d) if rows else [], titled=table)
    ax = sheet.axes() if ax is None else ax
    seen: set[str] = set()
    still_open = {window.rule.kind != "network" for line in lines for window in line.clock.windows if not window.passed}
    latest = d.as_of
    for at, line in enumerate(lines):
        for window in line.clock.windows:
            law = window.rule.kind != "network"
            if law and window is not line.clock.governing and len(line.clock.windows) > 2:
                continue
            key = "bar_law" if law else "bar_network"
            shown = key not in seen and (not window.passed or law not in still_open)
            height, offset = (0.36, 0.2) if law else (0.24, -0.16)
            ax.barh(
                at - offset,
                (window.due - window.start).days,
                height,
                left=window.start,
                facecolor=("#9a9a9a" if law else "white") if not window.passed else "white",
                edgecolor=INK,
                hatch=None if law else "////",
                linewidth=0.8,
                linestyle="--" if window.passed else "-",
                label=words.label(key, d.language) if shown else None,
            )
            if shown:
                seen.add(key)
            if len(lines) <= 8 and law:
                when = words.short_day(window.due, d.language)
                gone = words.label("passed_perhaps" if window.doubtful else "passed", d.language)
                note = f" {when} ({gone})" if window.passed else f" {when}"
                put(ax, window.due, at - offset, note, ha="left", va="center")
            latest = max(latest, window.due)
    first = min((w.start for line in lines for w in line.clock.windows), default=d.as_of)
    ax.axvline(d.as_of, color=INK, linewidth=2)
    day_axis(ax, first, latest + timedelta(days=(latest - first).days // 4 if len(lines) <= 8 else 0), d.language)
    put(ax, d.as_of, -0.62, f" {words.label('today', d.language)} ", ha="center", va="bottom", weight="bold", box=True)
    ax.set_yticks(range(len(lines)), [f"{line.number}" for line in lines], parse_math=False)
    ax.set_ylim(len(lines) - 0.4, -1.1)
    if table:
        sheet.title(ax, words.label("deadlines", d.language))
    _legend(ax)
    return ax


def bars_shown(d: Dossier) -> tuple[Line, ...]:
    """The charges with a bar: those still disputed, at most `MOST_BARS`, the most urgent where there are more."""
    lines = [line for line in d.disputed or d.lines if line.clock.governing]
    if len(lines) > MOST_BARS:
        lines.sort(key=lambda line: (line.clock.passed, line.clock.governing.due if line.clock.governing else d.as_of, line.number))
        lines = sorted(lines[:MOST_BARS], key=lambda line: line.number)
    return tuple(lines)


def deadline_rows(d: Dossier, lines: Sequence[Line] | None = None) -> list[Row]:
    """The numbers of the deadline bars: charge, rule, counted from, last day, days left."""
    rows: list[Row] = [("", *(words.label(k, d.language) for k in ("rule", "deadline", "status")))]
    for line in lines if lines is not None else bars_shown(d):
        for window in line.clock.windows:
            gone = words.label("passed_perhaps" if window.doubtful else "passed", d.language)
            left = gone if window.passed else words.left(window.days_left(d.as_of), d.language)
            rows.append((str(line.number), window.rule.id, words.short_day(window.due, d.language), left))
    return rows


# ------------------------------------------------------------------------------------------------- pieces


def _dossier(finding: Finding, statements: Sequence[Statement], as_of: date | None, events: Sequence[Event], language: str) -> Dossier:
    known = tuple(statements) or finding.statements
    return gather(finding, known, as_of=_day(finding, as_of), details=Details(language=language, events=tuple(events)))


def _day(finding: Finding, as_of: date | None) -> date:
    return as_of or finding.as_of or max(t.posted for t in finding.transactions)


def _stems(ax: Any, lines: Sequence[Line], d: Dossier, linestyle: str, fill: str) -> None:
    if not lines:
        return
    days, sums = [line.charge.posted for line in lines], [number_of(line.minor, d) for line in lines]
    ax.vlines(days, 0, sums, color=INK, linewidth=2.2, linestyle=linestyle)
    label = words.label("disputed" if fill == INK else "not_disputed", d.language)
    ax.plot(days, sums, "o", color=INK, markerfacecolor=fill, markersize=9, linestyle="none", label=label)


def _credit(minor: int, d: Dossier) -> str:
    return f"+ {money.display(minor, d.finding.currency)}"


def _legend(ax: Any) -> None:
    handles, _ = ax.get_legend_handles_labels()
    if not handles:
        return
    legend = ax.legend(
        loc="upper left",
        bbox_to_anchor=(-0.2, 0.0),
        ncols=3,
        frameon=False,
        borderaxespad=2.0,
        fontsize=POINTS,
        handletextpad=0.4,
        columnspacing=1.2,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)


def _few(*, whole: bool = False) -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(4, integer=whole)


def _money_ticks(d: Dossier) -> Any:
    from matplotlib.ticker import FuncFormatter

    exponent = money.exponent(d.finding.currency)
    return FuncFormatter(lambda value, _: money.display(round(value * 10**exponent), d.finding.currency))


def _sources(d: Dossier) -> list[str]:
    """The files the numbers come from, with their SHA-256: the footer. Of many files the first 16 digits each."""
    found = sources(d)
    digits = 64 if len(found) <= 4 else 16
    out = []
    for name, sha in found:
        out.append(shown_file(name))
        out += [f"SHA-256 {sha[i : i + 32]}" if i == 0 else f"               {sha[i:]}" for i in range(0, min(digits, len(sha)), 32)]
        if digits < 64 and sha:
            out[-2:] = [f"{shown_file(name)}  SHA-256 {sha[:digits]}..."]
    return out


def sources(d: Dossier) -> list[tuple[str, str]]:
    """Name and SHA-256 of each file that carries a charge of the dispute, in the order of the charges."""
    return list(dict.fromkeys((line.file, line.sha256) for line in d.lines))


__all__ = ["DPI", "WIDTH", "as_bytes", "before_after", "deadline_bars", "save", "timeline"]
