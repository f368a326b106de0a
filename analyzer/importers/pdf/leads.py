"""Texts that stand above the line with their row's date and amount.

A cell of an HTML table is set around the middle of its row, and some banks set it at the foot: of a text of several
lines the first ones then stand above the row's line. Which row a line of text belongs to shows in the gaps: between two
rows there is more room than between two lines of one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from statistics import median

from analyzer.importers.pdf.columns import Column, column_at
from analyzer.importers.pdf.entries import Entry
from analyzer.importers.pdf.fields import Fields
from analyzer.importers.pdf.lines import Line, Token

_MORE = 0.15
"""Of the line height: so much wider is the gap between rows, or it tells nothing."""
_MOST = 6
"""Lines of text above a row's own."""


class Leads:
    """The lines of text that belong to the row below them, kept until that row comes."""

    def __init__(self, numbers: Collection[int]) -> None:
        self.numbers = numbers
        self.waiting: list[Line] = []

    def keep(self, line: Line) -> bool:
        """Whether the line is one of them; then it waits for its row."""
        if line.index not in self.numbers:
            return False
        self.waiting.append(line)
        return True

    def give(self, entry: Entry, fields: Fields) -> None:
        entry.text[:0] = [fields.text(line, 0, {}) for line in self.waiting]
        entry.spans[:0] = [(line.page, *line.box()) for line in self.waiting]
        self.waiting = []


def parted(above: Entry, pending: Sequence[tuple[Line, str]], line: Line, lines: Sequence[Line]) -> list[str]:
    """The texts between two rows that belong to the second; those nearer to the first one go to it."""
    before = lines[pending[0][0].index - 1 : pending[0][0].index] if pending else []
    between = [*before, *(waiting for waiting, _ in pending), line]
    gaps = [after.top - before.bottom for before, after in pairwise(between)]
    at = 0
    if before and len(gaps) > 1 and len({b.page for b in between}) == 1:
        second, widest = sorted(gaps)[-2:]
        at = gaps.index(widest) if widest - second >= _MORE * line.size else 0
    above.text += [text for _, text in pending[:at]]
    return [text for _, text in pending[at:]]


def leads(lines: Sequence[Line], dated: Mapping[int, Token], columns: Sequence[Column], headings: Collection[int]) -> set[int]:
    """The numbers of the lines of text that belong to the row below them."""
    if len(dated) < 2 or not columns:
        return set()
    texts = _texts(lines, dated, columns, headings)
    rows = [i for i, line in enumerate(lines) if line.index in dated or _pays(line, columns)]
    inner: list[float] = []
    outer: list[float] = []
    below = 0
    for a, b in pairwise(rows):
        between = lines[a : b + 1]
        if b == a + 1 or any(line.index not in texts for line in between[1:-1]) or between[0].page != between[-1].page:
            continue
        gaps = [after.top - before.bottom for before, after in pairwise(between)]
        second, widest = sorted(gaps)[-2:]
        if widest - second < _MORE * lines[a].size:
            continue
        if gaps[-1] == widest:
            below += 1
        else:
            inner.append(second)
            outer.append(widest)
    if len(outer) < max(2, 2 * below):
        return set()
    most = (median(inner) + median(outer)) / 2
    found: set[int] = set()
    for at in rows:
        first = at
        while first > 0 and at - first < _MOST and lines[first - 1].index in texts and lines[first - 1].page == lines[at].page:
            if lines[first].top - lines[first - 1].bottom > most:
                break
            first -= 1
        if first == 0 or lines[first - 1].page != lines[at].page or first - 1 not in rows or _apart(lines, first, most):
            found |= {line.index for line in lines[first:at]}
    return found


def _apart(lines: Sequence[Line], at: int, most: float) -> bool:
    return lines[at].top - lines[at - 1].bottom > most


def _pays(line: Line, columns: Sequence[Column]) -> bool:
    return any(t.firm and column_at(columns, t) >= 0 for t in line.amounts)


def _texts(lines: Sequence[Line], dated: Mapping[int, Token], columns: Sequence[Column], headings: Collection[int]) -> set[int]:
    """The lines that stand between the dates' column and the first of money, and hold nothing else."""
    left = median(t.x1 for t in dated.values())
    right = max(c.right for c in columns)
    within = [c.x0 for c in columns if c.x0 > left]
    right = min(within) if within else right
    return {
        line.index
        for line in lines
        if line.index not in dated
        and line.index not in headings
        and line.words[0].x0 > left - 1
        and line.words[-1].x1 < right + line.size
        and not any(t.firm for t in line.amounts)
        and not any(t.firm and t.first == 0 for t in line.dates)
    }
