"""What all charts share: paper-sized figures in one style, a table under the axes, sources in the footer, safe text."""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from analyzer import money
from analyzer.disputes import words
from analyzer.disputes.fonts import drawable
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
    """A figure of print width: axes on top, table rows and footer lines below."""

    def __init__(self, height: float, rows: Sequence[tuple[str, ...]], footer: Sequence[str], *, titled: bool = True) -> None:
        self.rows, self.titled = rows, titled
        height -= 0.0 if titled else 0.26
        self.footer = [part for line in footer for part in (textwrap.wrap(drawable(line), _FOOT) or [""])]
        self.chart = height
        self.height = height + (0.15 + _LINE * len(rows) if rows else 0.0) + (0.1 + _LINE * len(self.footer) if footer else 0.0)
        self.figure: Any = None

    def axes(self) -> Any:
        """Fresh axes on a fresh figure."""
        ax = new_axes(
            self.height, bottom=(self.height - self.chart + 0.78) / self.height, top=1 - (0.42 if self.titled else 0.16) / self.height
        )
        self.figure = ax.figure
        self._table()
        return ax

    def title(self, ax: Any, text: str) -> None:
        """The chart's title, on two lines where it is long."""
        ax.set_title("\n".join(textwrap.wrap(drawable(text), 58)[:2]), loc="left", fontweight="bold", fontsize=POINTS + 1, parse_math=False)

    def _table(self) -> None:
        # A row with fewer cells than the others runs on to the right edge.
        y = self.height - self.chart - 0.1
        columns = max((len(r) for r in self.rows), default=0)
        widths = [max((len(r[i]) for r in self.rows if len(r) == columns), default=0) for i in range(columns)]
        places, x = [], 0.1
        for width in widths:
            places.append(x)
            x += (width + 1.6) * 0.098 if width else 0.0
        for n, row in enumerate(self.rows):
            for i, cell in enumerate(row):
                if cell:
                    room = int((WIDTH - places[i]) / 0.098)
                    self._text(places[i], y, clip(cell, max(8, room)), POINTS, bold=n == 0)
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


def new_axes(height: float, *, bottom: float, top: float) -> Any:
    """Axes on a figure of its own, without pyplot."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), dpi=100)
    FigureCanvasAgg(figure)
    return figure.add_axes((0.17, bottom, 0.79, top - bottom))


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


def day_axis(ax: Any, first: date, last: date, language: str) -> None:
    """Months or days on the x axis, five labels at most, in the language's own names."""
    span = max((last - first).days, 20)
    begin, end = first - timedelta(days=max(6, span // 12)), last + timedelta(days=max(6, span // 9))
    ax.set_xlim(begin, end)
    months = []
    month = begin.replace(day=1)
    while month <= end:
        if month >= begin and month <= begin + (end - begin) * 0.94:
            months.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    if len(months) >= 2:
        step = max(1, -(-len(months) // 6))
        ax.set_xticks(months[::step], [words.month(m, language) for m in months[::step]], parse_math=False)
    else:
        days = [first + timedelta(days=round(i * (last - first).days / 3)) for i in range(4)]
        days = sorted(set(days))
        ax.set_xticks(days, [words.short_day(x, language) for x in days], parse_math=False)


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
