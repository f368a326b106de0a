"""Charts of one merchant, good enough to attach: drawn for paper, in black and white, twelve points at print size.

The same functions serve the packet, `--charts` and notebooks. They draw the disputed merchant alone; ordinary purchases of its
family are counted, never shown. No text is read as mathematics, fonts are embedded, and equal input gives equal bytes.
Figures are made without pyplot, so that no global state is touched.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from analyzer import files
from analyzer.disputes.chart_deadlines import draw_deadlines
from analyzer.disputes.chart_months import draw_before_after
from analyzer.disputes.chart_parts import WIDTH, style
from analyzer.disputes.chart_timeline import draw_timeline
from analyzer.disputes.details import Details, Event
from analyzer.disputes.dossier import Dossier, gather
from analyzer.errors import OutputError
from analyzer.model import Finding, Statement

DPI = 160


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


def _dossier(finding: Finding, statements: Sequence[Statement], as_of: date | None, events: Sequence[Event], language: str) -> Dossier:
    known = tuple(statements) or finding.statements
    return gather(finding, known, as_of=_day(finding, as_of), details=Details(language=language, events=tuple(events)))


def _day(finding: Finding, as_of: date | None) -> date:
    return as_of or finding.as_of or max(t.posted for t in finding.transactions)


__all__ = ["DPI", "WIDTH", "as_bytes", "before_after", "deadline_bars", "save", "timeline"]
