"""The time limits: one bar a charge for every clock that runs, with a table of the same days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from analyzer.disputes import words
from analyzer.disputes.chart_parts import INK, Row, Sheet, day_axis, entitle, legend, put, source_lines, styled
from analyzer.disputes.deadlines import Window
from analyzer.disputes.dossier import Dossier, Line
from analyzer.disputes.rules import NETWORK

MOST_BARS = 24
FEW = 8
"""Charges whose bars are tall enough to carry their last day."""


@styled
def draw_deadlines(d: Dossier, ax: Any = None, *, table: bool = True, scale: float = 1.0) -> Any:
    """One row a charge: the holder's own limit (grey) and the network's window (hatched), today as a line."""
    lines = bars_shown(d)
    rows = deadline_rows(d, lines) if table and ax is None else []
    title = words.label("deadlines", d.language)
    height = 1.1 + len(lines) * (0.42 if len(lines) <= FEW else 0.23)
    sheet = Sheet(height * scale, rows, source_lines(d) if rows else [], title=title if table else "")
    if ax is None:
        ax = sheet.axes()
    elif table:
        entitle(ax, title)
    seen: set[str] = set()
    still_open = {window.rule.kind != NETWORK for line in lines for window in line.clock.windows if not window.passed}
    latest = d.as_of
    for at, line in enumerate(lines):
        for window in line.clock.windows:
            law = window.rule.kind != NETWORK
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
            if len(lines) <= FEW and not window.passed and (law or window is line.clock.act_by):
                put(ax, window.due, at - offset, f" {words.short_day(window.due, d.language)}", ha="left", va="center")
            latest = max(latest, window.due)
    first = min((w.start for line in lines for w in line.clock.windows), default=d.as_of)
    ax.axvline(d.as_of, color=INK, linewidth=2)
    day_axis(ax, first, latest + timedelta(days=(latest - first).days // 4 if len(lines) <= FEW else 0), d.language)
    put(ax, d.as_of, -0.62, f" {words.label('today', d.language)} ", ha="center", va="bottom", weight="bold", box=True)
    ax.set_yticks(range(len(lines)), [f"{line.number}" for line in lines], parse_math=False)
    ax.set_ylim(len(lines) - 0.4, -1.1)
    legend(ax)
    return ax


def bars_shown(d: Dossier) -> tuple[Line, ...]:
    """The charges with a bar: those still disputed; of many, those with a window still open, the most urgent first to stay."""
    lines = [line for line in d.disputed or d.lines if line.clock.windows]
    if len(lines) > FEW:
        lines = [line for line in lines if not line.clock.passed] or lines
    if len(lines) > MOST_BARS:
        lines.sort(key=lambda line: (line.clock.passed, _day(line, d), line.number))
        lines = sorted(lines[:MOST_BARS], key=lambda line: line.number)
    return tuple(lines)


def _day(line: Line, d: Dossier) -> date:
    return line.clock.act_by.due if line.clock.act_by else d.as_of


def deadline_rows(d: Dossier, lines: Sequence[Line] | None = None) -> list[Row]:
    """The days of the bars: charge, the holder's own limits, the network's window, and the day to dispute by."""
    rows: list[Row] = [deadline_heads(d)]
    for line in lines if lines is not None else bars_shown(d):
        own = [w for w in line.clock.windows if w.rule.kind != NETWORK]
        network = [w for w in line.clock.windows if w.rule.kind == NETWORK]
        rows.append((str(line.number), _until(own, d), _until(network, d), act_words(line, d)))
    return rows


def deadline_heads(d: Dossier) -> Row:
    """The heads of the table of time limits."""
    return ("", *(words.label(k, d.language) for k in ("own_limit", "network_window", "deadline")))


def _until(windows: Sequence[Window], d: Dossier) -> str:
    return ", ".join(until_words(w, d) for w in windows) or "-"


def until_words(window: Window, d: Dossier) -> str:
    """`4 Jul 2026`, `17 May 2026 (passed)`."""
    day = words.short_day(window.due, d.language)
    gone = words.label("passed_perhaps" if window.doubtful else "passed", d.language)
    return f"{day} ({gone})" if window.passed else day


def act_words(line: Line, d: Dossier) -> str:
    """`4 Jul 2026, 6 days left`: the earliest window still open; `passed` where none is."""
    window = line.clock.act_by
    if window is None:
        return words.label("unknown", d.language)
    if window.passed:
        return words.label("passed_perhaps" if window.doubtful else "passed", d.language)
    return f"{words.short_day(window.due, d.language)}, {words.left(window.days_left(d.as_of), d.language)}"


def clock_lines(d: Dossier) -> list[str]:
    """Which clocks run, one sentence each: how long, from what, by which rule; then what `dispute by` is."""
    windows = [w for line in d.disputed for w in line.clock.windows]
    told = dict.fromkeys((w.rule, w.assumed) for w in sorted(windows, key=lambda w: (w.rule.kind == NETWORK, w.rule.limit or 0)))
    said = []
    for rule, assumed in told:
        named = f"{words.cited(rule.cite, d.language)}; {rule.id}" if rule.cite else rule.id
        counted = words.label(f"counted_{rule.basis}{'_assumed' if assumed else ''}", d.language)
        key = "clock_network" if rule.kind == NETWORK else "clock_own"
        said.append(words.label(key, d.language, limit=words.limit(rule.limit, rule.unit, d.language), counted=counted, named=named))
    if windows and all(w.rule.kind == NETWORK for w in windows):
        said.insert(0, words.label("clock_none", d.language))
    if windows:
        said.append(words.label("clock_earliest", d.language))
    return said
