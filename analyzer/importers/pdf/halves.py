"""Rows that stand side by side: two or three tables next to each other become one below the other."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

from analyzer.importers.pdf import words
from analyzer.importers.pdf.lines import Line, Token

_LEAST = 3
"""Lines that must hold two rows each."""


def unfolded(lines: Sequence[Line]) -> list[Line] | None:
    """The lines with tables that stand side by side put below one another; None where there are none.

    New lines are made and numbered anew; the given ones stay as they are.
    """
    if not any(len(line.dates) > 1 and len(line.amounts) > 1 and _second_rows(line) for line in lines):
        return None
    found: list[Line] = []
    changed = False
    for _, group in itertools.groupby(lines, key=lambda line: line.page):
        page = list(group)
        parts = _page(page)
        changed = changed or parts is not None
        found += parts if parts is not None else [_part(line, 0, len(line.words)) for line in page]
    if not changed:
        return None
    for index, line in enumerate(found):
        line.index = index
    return found


def _page(page: Sequence[Line]) -> list[Line] | None:
    found: list[Line] = []
    changed = False
    at = 0
    while at < len(page):
        gutters = _second_rows(page[at])
        if not gutters:
            found.append(_part(page[at], 0, len(page[at].words)))
            at += 1
            continue
        first, last = at, at
        while last + 1 < len(page) and _fits(page[last + 1], gutters) and _near(page[last], page[last + 1]) and not _sums(page[last + 1]):
            last += 1
            more = _second_rows(page[last])
            if len(more) >= len(gutters):
                gutters = [min(a, b) for a, b in zip(gutters, more, strict=False)]
        double = sum(len(_second_rows(line)) > 0 for line in page[first : last + 1])
        while first > 0 and found and _heads(page[first - 1], gutters) and _near(page[first - 1], page[first]):
            first -= 1
            found.pop()
        headed = first < at
        if double >= (1 if headed else _LEAST) and double >= 0.5 * (last + 1 - at):
            changed = True
            edges = [-1e9, *gutters, 1e9]
            home = min(line.dates[0].x0 for line in page[at : last + 1] if _second_rows(line))
            for left, right in itertools.pairwise(edges):
                for line in page[first : last + 1]:
                    inside = [i for i, w in enumerate(line.words) if left - 4 <= w.x0 < right - 4]
                    if inside:
                        found.append(_part(line, inside[0], inside[-1] + 1, max(0.0, left - home)))
        else:
            found += [_part(line, 0, len(line.words)) for line in page[first : last + 1]]
        at = last + 1
    return found if changed else None


def _second_rows(line: Line) -> list[float]:
    """Where a second (and third) row begins on a line: at a date behind an amount that has an amount of its own behind it."""
    if not line.dates or not line.amounts:
        return []
    money = [t for t in line.amounts if t.firm and not any(d.firm and d.first <= t.first < d.last for d in line.dates)]
    days = [d for d in line.dates if d.firm]
    starts: list[float] = []
    after = -1
    for day in days:
        if day.first < after:
            continue
        amount = next((t for t in money if t.first >= day.last), None)
        if amount is None:
            break
        if after >= 0 and not _gap(line, day):
            return []
        starts.append(day.x0)
        after = amount.last
    return starts[1:]


def _gap(line: Line, day: Token) -> bool:
    return day.first > 0 and line.words[day.first].x0 - line.words[day.first - 1].x1 > 0.5 * line.size


def _near(above: Line, line: Line) -> bool:
    return line.top - above.bottom < 1.6 * line.size


def _fits(line: Line, gutters: Sequence[float]) -> bool:
    """Whether no run of words on the line crosses a gutter, so that its parts belong to the tables left and right."""
    crossed = any(line.words[a].x0 < g - 4 and line.words[b - 1].x1 > g + 2 for a, b in line.chunks(near=0.9) for g in gutters)
    return not crossed and bool(line.amounts or any(line.words[a].x0 >= gutters[0] - 4 for a, _ in line.chunks()))


def _sums(line: Line) -> bool:
    """Whether a line adds up the tables above it and belongs to none of them."""
    return not line.dates and words.TOTAL.match(words.compact(line.text)) is not None


def _heads(line: Line, gutters: Sequence[float]) -> bool:
    """Whether a line names columns in each of the tables."""
    if line.dates or any(t.firm for t in line.amounts):
        return False
    edges = [-1e9, *gutters, 1e9]
    for left, right in itertools.pairwise(edges):
        inside = [i for i, w in enumerate(line.words) if left - 30 <= w.x0 < right - 30]
        runs = [line.part(a, b) for a, b in line.chunks(inside[0], inside[-1] + 1, near=0.9)] if inside else []
        if not any(words.heading(text) == "date" for text in runs) or not any(words.heading(text) in _MONEY for text in runs):
            return False
    return True


_MONEY = ("amount", "debit", "credit", "balance")


def _part(line: Line, first: int, last: int, shift: float = 0.0) -> Line:
    found = [dataclasses.replace(w, x0=w.x0 - shift, x1=w.x1 - shift) for w in line.words[first:last]]
    part = Line(line.page, found, min(w.top for w in found), max(w.bottom for w in found), shift=shift)
    part.dates = [_moved(t, first, shift) for t in line.dates if first <= t.first and t.last <= last]
    part.amounts = [_moved(t, first, shift) for t in line.amounts if first <= t.first and t.last <= last]
    return part


def _moved(token: Token, by: int, shift: float) -> Token:
    return dataclasses.replace(
        token, first=token.first - by, last=token.last - by, x0=token.x0 - shift, x1=token.x1 - shift, end=token.end - shift
    )
