"""Rows that print no day where each of the others prints its own: their day may be lost, and is the one above only by guess.

Many banks print a day once and leave it out on the rows below it. Where the same day is printed again on row after
row, a row without one is no such row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from analyzer.importers.pdf.entries import Entry
from analyzer.importers.pdf.unusual import UNDATED


def borrowed(entries: Sequence[Entry]) -> list[Entry]:
    """The rows that took their day from the row above although the statement prints a day on every row."""
    without = [e for e in entries if not e.dated and e.day != UNDATED]
    repeated = sum(a.dated and b.dated and a.day == b.day and a.page == b.page and a.line != b.line for a, b in pairwise(entries))
    return without if repeated > len(without) else []
