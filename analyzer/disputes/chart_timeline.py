"""The timeline of one merchant: charges, credits and events, with a table of the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from analyzer import money
from analyzer.disputes import words
from analyzer.disputes.chart_parts import (
    INK,
    Row,
    Sheet,
    across,
    clip,
    credit,
    day_axis,
    entitle,
    legend,
    number_of,
    put,
    source_lines,
    styled,
    upwards,
)
from analyzer.disputes.details import Event
from analyzer.disputes.dossier import Dossier, Line
from analyzer.disputes.fonts import width
from analyzer.disputes.letter import place_words, status_words

MOST_LABELS = 6
"""Charges that carry their amount; of more, the table does."""
HEIGHT = 2.5
_ROW = 17.0
"""Points a label takes in height."""


@styled
def draw_timeline(d: Dossier, ax: Any = None, *, table: bool = True, scale: float = 1.0) -> Any:
    """The timeline of a dossier; `table` and sources below it unless `ax` is given or `table` is False."""
    marked = [(chr(ord("A") + i), e) for i, e in enumerate(d.events[:26])]
    below = table and ax is None
    top = max([number_of(line.minor, d) for line in d.lines] + [number_of(c.minor, d) for c in d.credits], default=1.0) or 1.0
    sheet = Sheet(
        HEIGHT * scale,
        [*timeline_rows(d), *_event_rows(d)] if below else [],
        source_lines(d) if below else [],
        title=_title(d),
        left=max([width(line.amount) for line in d.lines] + [width(money.display(c.minor, d.finding.currency)) for c in d.credits]),
    )
    if ax is None:
        ax = sheet.axes()
    else:
        entitle(ax, _title(d))
    _stems(ax, [line for line in d.lines if line.disputed], d, "-", INK)
    _stems(ax, [line for line in d.lines if not line.disputed], d, ":", "white")
    if d.credits:
        days, sums = [c.posted for c in d.credits], [number_of(c.minor, d) for c in d.credits]
        label = words.label("refund", d.language)
        ax.plot(days, sums, "v", color=INK, markerfacecolor="white", markersize=10, linestyle="none", label=label)
    labels = _labels(d)
    shown = [*(line.charge.posted for line in d.lines), *(c.posted for c in d.credits), *(e.on for _, e in marked)]
    before, after = _margins(labels, min(shown), max(shown))
    day_axis(ax, min(shown), max(shown), d.language, before=before, after=after)
    _amounts(ax, d, _write(ax, labels, marked, top))
    legend(ax)
    return ax


def _title(d: Dossier) -> str:
    count = words.label("charge_disputed" if len(d.disputed) == 1 else "charges_disputed", d.language, n=str(len(d.disputed)))
    return f"{clip(d.finding.merchant, 60)}: {count}, {d.total}"


def _labels(d: Dossier) -> list[tuple[date, float, str]]:
    """Day, height and text of each label at a charge; of many charges, only the first day is told."""
    if len(d.lines) > MOST_LABELS:
        top = max(number_of(line.minor, d) for line in d.lines)
        return [(d.first_fee, top, f"{words.label('first', d.language)}: {words.short_day(d.first_fee, d.language)}")]
    named = [(line, f"{line.number}: {line.amount}" if len(d.lines) > 1 else line.amount) for line in d.lines]
    return [(line.charge.posted, number_of(line.minor, d), text) for line, text in named]


def _margins(labels: Sequence[tuple[date, float, str]], first: date, last: date) -> tuple[float, float]:
    """Points to keep free left of `first` and right of `last`, so that no label at these days meets the edge."""
    left = max((width(text) / 2 + 8 for on, _, text in labels if on == first), default=0.0)
    right = max((width(text) / 2 - 10 for on, _, text in labels if on == last), default=0.0)
    return left, right


def _write(ax: Any, labels: Sequence[tuple[date, float, str]], marked: Sequence[tuple[str, Event]], top: float) -> float:
    """The labels above their charges and the events' letters along the top, none over another; what a point of height is worth."""
    begin, end = ax.get_xlim()
    day = across(ax) / max(end - begin, 1.0)
    days = {*(on for on, _, _ in labels), *(e.on for _, e in marked)}
    at = {on: (float(ax.convert_xunits(on)) - begin) * day for on in days}
    lanes: list[float] = []
    letters: list[tuple[date, int, str]] = []
    for on in sorted({e.on for _, e in marked}):
        text = "".join(mark for mark, e in marked if e.on == on)
        half = width(text, bold=True) / 2 + 5
        lane = next((i for i, right in enumerate(lanes) if right < at[on] - half), len(lanes))
        lanes[lane : lane + 1] = [at[on] + half]
        letters.append((on, lane, text))
    high = upwards(ax)
    head = (6 + _ROW * len(lanes)) if lanes else 4.0
    for texts in ([t for _, _, t in labels], [t.partition(":")[0] for _, _, t in labels]):
        # Amounts where they keep apart in three rows at most, else the numbers of the table.
        for rows in (1, 2, 3):
            scale = max(high - head - rows * _ROW - 8, high / 4) / top
            placed = _apart([(at[on], value * scale + 8, text) for (on, value, _), text in zip(labels, texts, strict=True)])
            fits = max((y for _, y, _ in placed), default=0.0) + _ROW + head <= high + 1
            if fits:
                break
        if fits:
            break
    # Points to the amounts of the axis: the labels stand where they were set, whatever the amounts are.
    unit = 1 / scale
    ax.set_ylim(0, high * unit)
    for x, y, text in placed:
        put(ax, begin + x / day, y * unit, text, ha="center", va="bottom")
    for on, lane, text in letters:
        ax.axvline(on, color=INK, linestyle="--", linewidth=1, zorder=0.5)
        put(ax, on, (high - 2 - lane * _ROW) * unit, text, ha="center", va="top", weight="bold", box=True)
    return unit


def _apart(labels: Sequence[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """The labels, in points, each raised by rows until it covers no earlier one."""
    found: list[tuple[float, float, str]] = []
    for x, y, text in labels:
        half = width(text) / 2 + 3
        while any(abs(x - other) < half + width(name) / 2 + 3 and abs(y - low) < _ROW for other, low, name in found):
            y += _ROW
        found.append((x, y, text))
    return found


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
    key = "disputed" if fill == INK else "credited" if all(line.refund for line in lines) else "not_disputed"
    ax.plot(days, sums, "o", color=INK, markerfacecolor=fill, markersize=9, linestyle="none", label=words.label(key, d.language))


def _amounts(ax: Any, d: Dossier, unit: float) -> None:
    """The y axis marked at zero and at the amounts themselves, the highest first, as many as keep apart: no figure that is nobody's."""
    seen: list[tuple[float, str]] = [(0.0, money.display(0, d.finding.currency))]
    found = {line.minor: line.amount for line in d.lines} | {c.minor: money.display(c.minor, d.finding.currency) for c in d.credits}
    for minor, text in sorted(found.items(), reverse=True):
        value = number_of(minor, d)
        if all(abs(value - other) >= _ROW * unit for other, _ in seen):
            seen.append((value, text))
    ax.set_yticks([value for value, _ in seen], [text for _, text in seen], parse_math=False)
