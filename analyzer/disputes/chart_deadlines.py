"""The time limits: one bar a charge for every clock that runs, with a table of the same days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from analyzer.disputes import words
from analyzer.disputes.chart_parts import INK, Row, Sheet, day_axis, legend, put, source_lines, styled
from analyzer.disputes.dossier import Dossier, Line

MOST_BARS = 24


@styled
def draw_deadlines(d: Dossier, ax: Any = None, *, table: bool = True) -> Any:
    """One row a charge: the holder's own limit (grey) and the network's window (hatched), today as a line."""
    lines = bars_shown(d)
    rows = deadline_rows(d, lines) if table and ax is None else []
    sheet = Sheet(1.75 + len(lines) * (0.42 if len(lines) <= 8 else 0.23), rows, source_lines(d) if rows else [], titled=table)
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
    legend(ax)
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
