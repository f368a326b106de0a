"""Charts of one merchant, good enough to attach (see the functions)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analyzer import escape, files, money
from analyzer.model import Finding, Statement


def timeline(finding: Finding, *, statements: Sequence[Statement] = (), ax: Any = None) -> Any:
    """Axes with this finding's charges over time."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    if ax is None:
        figure = Figure(figsize=(6.7, 3.4), dpi=150)
        FigureCanvasAgg(figure)
        ax = figure.add_subplot()
    days = [t.posted for t in finding.transactions]
    ax.vlines(days, 0, [abs(float(t.amount)) for t in finding.transactions], color="black")
    total = money.display(money.to_minor(finding.amount_at_risk, finding.currency), finding.currency)
    ax.set_title(escape.figure(f"{finding.merchant}: {total}"), parse_math=False)
    return ax


def save(figure: Any, path: str | Path, form: str = "png") -> Path:
    """The path written."""
    import io

    out = io.BytesIO()
    figure.savefig(out, format=form, metadata={"Date": None} if form == "svg" else {"CreationDate": None} if form == "pdf" else {})
    return files.write_bytes(path, out.getvalue())
