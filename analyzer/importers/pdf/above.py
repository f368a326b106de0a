"""Rows set halfway between two lines of text: the text above belongs to the row below it."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.importers.pdf import words
from analyzer.importers.pdf.entries import Entry
from analyzer.importers.pdf.lines import Line

_CLOSE = 0.9
"""Of the line height: a row's own text stands nearer than a line of text does."""


def close_above(line: Line, above: Line | None) -> bool:
    """Whether the line above is a text so close that it shares its row with this one."""
    if above is None or above.page != line.page or line.top - above.top > _CLOSE * line.size:
        return False
    return not any(t.firm for t in above.amounts) and bool(words.compact(above.text))


def take(entry: Entry, above: Line, text: str, before: Sequence[Entry]) -> None:
    """Give `entry` the text above it, which may have been read as the end of the row before."""
    span = (above.page, *above.box())
    if before and before[-1].spans[-1] == span and len(before[-1].text) > 1:
        before[-1].spans.pop()
        before[-1].text.pop()
    entry.text.append(text)
    entry.spans.insert(0, span)
