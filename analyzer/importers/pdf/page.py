"""What one page holds: words with places, and the turns between paper, display and reading direction.

Three coordinate systems meet in a PDF. *Paper* is the file's own: points from the lower left, y upwards. *Display*
is what a viewer shows after `/Rotate`: points from the top left. *Reading* is display turned so that most text runs
from left to right; for almost every statement it equals display. Words are kept in reading coordinates, boxes leave
in display coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom in reading or display coordinates; left, bottom, right, top on paper."""


@dataclass(slots=True)
class Word:
    """A run of characters without a blank; `size` is the height of its line box in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        """Height of the box in points, close to the font size."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical middle in points from the top."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Page:
    """A page as read: its words in reading coordinates, and how to get back to display coordinates.

    hidden: words a reader of the page would not see, with the reason. covered: words drawn and then painted over; they
    are kept among `words`. turned: characters that run in another
    direction than the page's text (margin notes), left out. objects: texts, lines and
    pictures drawn. oddities: what the reader should be told.
    """

    number: int
    paper: Rect
    display_turn: int = 0
    reading_turn: int = 0
    words: list[Word] = field(default_factory=list)
    hidden: list[tuple[Word, str]] = field(default_factory=list)
    covered: list[tuple[Word, str]] = field(default_factory=list)
    turned: int = 0
    glyphs: int = 0
    unmapped: int = 0
    objects: int = 0
    oddities: list[str] = field(default_factory=list)

    def displayed(self, x0: float, top: float, x1: float, bottom: float) -> Rect:
        """The rectangle in display coordinates, rounded to a hundredth of a point."""
        if self.reading_turn == self.display_turn:
            return round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)
        rect = (x0, top, x1, bottom)
        rect = from_paper(to_paper(rect, self.paper, self.reading_turn), self.paper, self.display_turn)
        a, b, c, d = rect
        return round(a, 2), round(b, 2), round(c, 2), round(d, 2)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, in reading coordinates."""
        left, bottom, right, top = self.paper
        return (right - left, top - bottom) if self.reading_turn % 2 == 0 else (top - bottom, right - left)


def from_paper(rect: Rect, paper: Rect, turn: int) -> Rect:
    """A paper rectangle seen after `turn` quarter turns clockwise, from the top left."""
    x0, y0, x1, y1 = rect
    left, bottom, right, top = paper
    if turn == 0:
        return x0 - left, top - y1, x1 - left, top - y0
    if turn == 1:
        return y0 - bottom, x0 - left, y1 - bottom, x1 - left
    if turn == 2:
        return right - x1, y0 - bottom, right - x0, y1 - bottom
    return top - y1, right - x1, top - y0, right - x0


def to_paper(rect: Rect, paper: Rect, turn: int) -> Rect:
    """The inverse of `from_paper`."""
    x0, y0, x1, y1 = rect
    left, bottom, right, top = paper
    if turn == 0:
        return x0 + left, top - y1, x1 + left, top - y0
    if turn == 1:
        return y0 + left, x0 + bottom, y1 + left, x1 + bottom
    if turn == 2:
        return right - x1, y0 + bottom, right - x0, y1 + bottom
    return right - y1, top - x1, right - y0, top - x0
