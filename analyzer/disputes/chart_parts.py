"""What all charts share: paper-sized figures in one style, a table under the axes, sources in the footer, safe text."""

from __future__ import annotations

import functools
import math
import textwrap
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from analyzer import money
from analyzer.disputes import words
from analyzer.disputes.fonts import drawable, fit, width, wrap
from analyzer.disputes.letter import shown_file

if TYPE_CHECKING:
    from analyzer.disputes.dossier import Dossier

Row = tuple[str, ...]
Drawing = TypeVar("Drawing", bound=Callable[..., Any])
WIDTH = 6.5
"""Inches: the width of the text on A4 and Letter, so that twelve points stay twelve points in print."""
POINTS = 12
INK, PALE, RULE = "#000000", "#d9d9d9", "#8c8c8c"
_LINE = 0.235
"""Inches a table row takes."""
_FOOT = 60
"""Characters of a footer line."""
_LEFT, _UNDER, _GAP = 80.0, 0.68, 12.0
"""Points left of the axes at least, inches below them for labels and legend, points between columns."""


def style() -> Any:
    """matplotlib settings under which charts are drawn and saved, whatever the user's own are."""
    return {
        "font.family": "sans-serif",
        "font.sans-serif": ["DejaVu Sans"],
        "font.size": POINTS,
        "axes.titlesize": POINTS + 1,
        "axes.labelsize": POINTS,
        "xtick.labelsize": POINTS,
        "ytick.labelsize": POINTS,
        "legend.fontsize": POINTS,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.formatter.use_locale": False,
        "figure.facecolor": "white",
        "axes.facecolor": "white",
        "savefig.facecolor": "white",
        "savefig.bbox": None,
        "hatch.linewidth": 0.8,
        "pdf.fonttype": 42,
        "ps.fonttype": 42,
        "svg.fonttype": "path",
        "svg.hashsalt": "stmt-scan",
        "text.usetex": False,
        "text.parse_math": False,
    }


def styled(draw: Drawing) -> Drawing:
    """`draw` under our settings: text takes its own when it is made, not when it is drawn."""

    @functools.wraps(draw)
    def wrapped(*args: Any, **options: Any) -> Any:
        import matplotlib as mpl

        with mpl.rc_context(style()):
            return draw(*args, **options)

    return wrapped  # type: ignore[return-value]


class Sheet:
    """A figure of print width: a title, axes, table rows and footer lines, one below the other."""

    def __init__(self, height: float, rows: Sequence[Row], footer: Sequence[str], *, title: str = "", left: float = 0.0) -> None:
        """Room for all of it.

        Args:
            height: inches of the axes with their labels and legend.
            rows: the table, its heads first.
            footer: the sources.
            title: on two lines where it is long.
            left: points that the labels of the y axis take.
        """
        self.rows, self.left = rows, max(_LEFT, left + 16)
        self.titles = wrap(title, WIDTH * 72 - 16, most=2, size=POINTS + 1, bold=True) if title else []
        self.footer = [part for line in footer for part in (textwrap.wrap(drawable(line), _FOOT) or [""])]
        self.top = 0.16 + 0.25 * len(self.titles)
        self.chart = height + self.top
        below = (0.15 + _LINE * len(rows) if rows else 0.0) + (0.1 + _LINE * len(self.footer) if footer else 0.0)
        self.height = self.chart + below
        self.figure: Any = None

    def axes(self) -> Any:
        """Fresh axes on a fresh figure."""
        bottom, top = (self.height - self.chart + _UNDER) / self.height, 1 - self.top / self.height
        ax = new_axes(self.height, bottom=bottom, top=top, left=self.left / (WIDTH * 72))
        self.figure = ax.figure
        for n, line in enumerate(self.titles):
            self._text(0.1, self.height - 0.1 - 0.25 * n, line, POINTS + 1, bold=True)
        self._table()
        return ax

    def _table(self) -> None:
        # A row with fewer cells than the others runs on to the right edge.
        y = self.height - self.chart - 0.1
        columns = max((len(r) for r in self.rows), default=0)
        widths = [max((_cell(r[i], n == 0) for n, r in enumerate(self.rows) if len(r) == columns), default=0.0) for i in range(columns)]
        widths = _squeezed(widths, WIDTH * 72 - 14)
        places = [7.0 + sum(widths[:i]) for i in range(columns)]
        for n, row in enumerate(self.rows):
            for i, cell in enumerate(row):
                room = widths[i] - _GAP if len(row) == columns and i < columns - 1 else WIDTH * 72 - places[i] - 6
                if cell:
                    self._text(places[i] / 72, y, fit(cell, room, bold=n == 0), POINTS, bold=n == 0)
            y -= _LINE
        y -= 0.05
        for line in self.footer:
            self._text(0.1, y, line, POINTS)
            y -= _LINE

    def _text(self, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
        weight = "bold" if bold else "normal"
        self.figure.text(
            x / WIDTH, y / self.height, drawable(text), fontsize=size, fontweight=weight, va="top", ha="left", parse_math=False
        )


def _cell(text: str, bold: bool) -> float:
    return width(text, bold=bold) + _GAP if text else 0.0


def _squeezed(widths: Sequence[float], room: float) -> list[float]:
    """The columns in `room` points: the widest give way until all of them fit."""
    found = list(widths)
    while sum(found) > room and max(found) > 60:
        widest = found.index(max(found))
        second = max([w for i, w in enumerate(found) if i != widest] or [0.0])
        found[widest] = max(60.0, min(second - 1, found[widest] - 1), found[widest] - (sum(found) - room))
    return found


def new_axes(height: float, *, bottom: float, top: float, left: float) -> Any:
    """Axes on a figure of its own, without pyplot."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), dpi=100)
    FigureCanvasAgg(figure)
    return figure.add_axes((left, bottom, 0.96 - left, top - bottom))


def entitle(ax: Any, text: str) -> None:
    """A title for axes of somebody else's figure, in the width they have."""
    lines = wrap(text, max(120.0, across(ax) * 0.95), most=2, size=POINTS + 1, bold=True)
    ax.set_title("\n".join(lines), loc="left", fontweight="bold", fontsize=POINTS + 1, parse_math=False)


def across(ax: Any) -> float:
    """Points from the left to the right end of the axes."""
    return float(ax.get_position().width * ax.figure.get_figwidth() * 72)


def upwards(ax: Any) -> float:
    """Points from the bottom to the top of the axes."""
    return float(ax.get_position().height * ax.figure.get_figheight() * 72)


def put(ax: Any, x: Any, y: float, text: str, *, ha: str, va: str, weight: str = "normal", box: bool = False) -> None:
    """A label in the axes, plain whatever characters it holds, on white so that lines do not cross it."""
    ax.text(
        x,
        y,
        drawable(text),
        ha=ha,
        va=va,
        fontsize=POINTS,
        fontweight=weight,
        parse_math=False,
        bbox={"facecolor": "white", "edgecolor": INK if box else "none", "pad": 1.5, "alpha": 1.0 if box else 0.8},
    )


def day_axis(ax: Any, first: date, last: date, language: str, *, before: float = 0.0, after: float = 0.0) -> None:
    """Months or days on the x axis, as many labels as fit, in the language's own names.

    Args:
        ax: the axes.
        first: the first day drawn.
        last: the last one.
        language: of the labels.
        before: points to keep free left of the first day, for a label.
        after: points to keep free right of the last day.
    """
    room = across(ax)
    span = max((last - first).days, 20)
    total = span / (1 - min((before + after) / room, 0.6))
    begin = first - timedelta(days=max(6, span // 12, round(before / room * total)))
    end = last + timedelta(days=max(6, span // 9, round(after / room * total)))
    ax.set_xlim(begin, end)
    day = room / max((end - begin).days, 1)
    half = width("Sep 2026") / 2
    months = []
    month = begin.replace(day=1)
    while month <= end:
        if (month - begin).days * day >= half - 6 and (end - month).days * day >= half - 20:
            months.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    if len(months) >= 2:
        step = max(1, math.ceil((2 * half + 10) / (30 * day)))
        ax.set_xticks(months[::step], [words.month(m, language) for m in months[::step]], parse_math=False)
    else:
        days = [first + timedelta(days=round(i * (last - first).days / 3)) for i in range(4)]
        apart = [x for i, x in enumerate(days) if not i or (x - days[0]).days * day >= i * (2 * half + 26)]
        ax.set_xticks(apart, [words.short_day(x, language) for x in apart], parse_math=False)


def number_of(minor: int, d: Dossier) -> float:
    """An amount for plotting."""
    return float(abs(money.from_minor(minor, d.finding.currency)))


def clip(text: str, length: int) -> str:
    """`text` in at most `length` characters, an ellipsis at the end where it was cut."""
    shown = drawable(text)
    return shown if len(shown) <= length else shown[: length - 1].rstrip() + "\u2026"


def credit(minor: int, d: Dossier) -> str:
    return f"+ {money.display(minor, d.finding.currency)}"


def legend(ax: Any) -> None:
    handles, _ = ax.get_legend_handles_labels()
    if not handles:
        return
    place = ax.get_position()
    legend = ax.legend(
        loc="upper left",
        bbox_to_anchor=((0.02 - place.x0) / place.width, 0.0),
        ncols=3,
        frameon=False,
        borderaxespad=2.2,
        fontsize=POINTS,
        handletextpad=0.4,
        columnspacing=1.2,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)


def few(*, whole: bool = False) -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(4, integer=whole)


def source_lines(d: Dossier) -> list[str]:
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
