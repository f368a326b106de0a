"""The order of sections on paper: the one that is best read, unless another one saves a page.

A section is a list of units. A unit that is a list stays together on a page; any other may be split by its own kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

from analyzer.disputes.page_kit import TEXT_WIDTH

Section = Sequence[Any]
GAP = 10.0
"""Points between sections."""
WORTH = 90.0
"""Points another order must save, where what follows flows on, to be taken."""


def arrange(sections: Sequence[Section], room: float, *, whole_pages: bool) -> list[Any]:
    """The flowables of all sections; the first stays first, the others stand where they waste least.

    Args:
        sections: in the order they are best read.
        room: points of a page's height.
        whole_pages: whether what follows begins on a page of its own, so that only whole pages count.
    """
    from reportlab.platypus import KeepTogether, Spacer

    sizes = [[_height(unit) for unit in section] for section in sections]
    keeps = [[isinstance(unit, list) for unit in section] for section in sections]
    natural = tuple(range(1, len(sections)))

    def taken(order: tuple[int, ...]) -> float:
        return _fill([(h, k) for at in (0, *order) for h, k in [(GAP, False), *zip(sizes[at], keeps[at], strict=True)]], room)

    def cost(order: tuple[int, ...]) -> float:
        return float(-(-taken(order) // room)) * room if whole_pages else taken(order)

    plain = cost(natural)
    best = min(permutations(natural), key=lambda order: (round(cost(order)), order))
    order = best if cost(best) <= plain - WORTH else natural
    story: list[Any] = []
    for at in (0, *order):
        story.append(Spacer(0, GAP if at else 0))
        story += [KeepTogether(unit) if isinstance(unit, list) else unit for unit in sections[at] if unit != []]
    return story


def _fill(units: Sequence[tuple[float, bool]], room: float) -> float:
    """Points from the top of the first page to the end of the last unit, page by page."""
    used = 0.0
    for height, together in units:
        left = room - used % room
        if together and left < height <= room:
            used += left
        used += height
    return used


def _height(unit: Any) -> float:
    """Points a unit takes, space around it included."""
    parts = unit if isinstance(unit, list) else [unit]
    total, after = 0.0, 0.0
    for part in parts:
        total += part.wrap(TEXT_WIDTH, 100_000)[1] + max(0.0, part.getSpaceBefore() - after)
        after = part.getSpaceAfter()
        total += after
    return total
