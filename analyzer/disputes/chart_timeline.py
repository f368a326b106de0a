"""The timeline of one merchant: charges, credits and events, with a table of the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analyzer import money
from analyzer.disputes import words
from analyzer.disputes.chart_parts import INK, Row, Sheet, clip, credit, day_axis, few, legend, number_of, put, source_lines, styled
from analyzer.disputes.details import Event
from analyzer.disputes.dossier import Dossier, Line
from analyzer.disputes.letter import place_words, status_words

MOST_LABELS = 6


@styled
def draw_timeline(d: Dossier, ax: Any = None, *, table: bool = True) -> Any:
    """The timeline of a dossier; `table` and sources below it unless `ax` is given or `table` is False."""
    marked = [(chr(ord("A") + i), e) for i, e in enumerate(d.events[:26])]
    sheet = Sheet(
        3.3, [*timeline_rows(d), *_event_rows(d)] if table and ax is None else [], source_lines(d) if table and ax is None else []
    )
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
    ax.yaxis.set_major_locator(few())
    ax.yaxis.set_major_formatter(_money_ticks(d))
    count = words.label("charge" if len(d.disputed) == 1 else "charges_n", d.language)
    sheet.title(ax, f"{clip(d.finding.merchant, 40)}: {len(d.disputed)} {count}, {d.total}")
    legend(ax)
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
        ("", words.short_day(c.posted, d.language), credit(c.minor, d), words.label("refund", d.language), "") for c in d.unmatched_credits
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


def _stems(ax: Any, lines: Sequence[Line], d: Dossier, linestyle: str, fill: str) -> None:
    if not lines:
        return
    days, sums = [line.charge.posted for line in lines], [number_of(line.minor, d) for line in lines]
    ax.vlines(days, 0, sums, color=INK, linewidth=2.2, linestyle=linestyle)
    label = words.label("disputed" if fill == INK else "not_disputed", d.language)
    ax.plot(days, sums, "o", color=INK, markerfacecolor=fill, markersize=9, linestyle="none", label=label)


def _money_ticks(d: Dossier) -> Any:
    from matplotlib.ticker import FuncFormatter

    exponent = money.exponent(d.finding.currency)
    return FuncFormatter(lambda value, _: money.display(round(value * 10**exponent), d.finding.currency))
