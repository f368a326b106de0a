"""Before and after: how often this merchant's family was paid month by month, and what the disputed charges took since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analyzer import money
from analyzer.disputes import words
from analyzer.disputes.chart_parts import INK, PALE, RULE, Row, Sheet, clip, entitle, few, legend, put, source_lines, styled
from analyzer.disputes.dossier import Dossier
from analyzer.disputes.history import Month

HEIGHT = 2.4


@styled
def draw_before_after(d: Dossier, ax: Any = None, *, table: bool = True, scale: float = 1.0) -> Any:
    """Counts of other charges by the merchant family a month (upwards, pale), and the disputed charges (black bars)."""
    months = d.months
    rows = before_after_rows(d) if table and ax is None else []
    title = words.label("before_title", d.language, family=clip(d.family, 60))
    sheet = Sheet(HEIGHT * scale, rows, source_lines(d) if rows else [], title=title if table else "", left=0)
    if ax is None:
        ax = sheet.axes()
    elif table:
        entitle(ax, title)
    places = range(len(months))
    tallest = max([m.purchases for m in months] + [m.charges for m in months] + [1])
    if any(m.purchases for m in months):
        label = words.label("purchases_short", d.language)
        ax.bar(places, [m.purchases for m in months], 0.8, facecolor=PALE, edgecolor=INK, linewidth=0.8, label=label)
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
    ax.yaxis.set_major_locator(few(whole=True))
    ax.set_ylabel(words.label("per_month", d.language), parse_math=False)
    legend(ax)
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
