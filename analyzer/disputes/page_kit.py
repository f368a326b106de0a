"""What the packet's pages are built of: paragraphs, headings with a bookmark, grids, the room for a chart; twelve points, black."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from analyzer import escape
from analyzer.disputes import words
from analyzer.disputes.dossier import Dossier
from analyzer.disputes.fonts import BODY, BOLD, drawable

TEXT_WIDTH = 468.0
POINTS, LEADING = 12, 15
BOTTOM = 50.0
"""Points below the text of a page, and above it."""


@dataclass(frozen=True)
class Drawings:
    """The charts, drawn once: pages of one PDF, and which is which."""

    pdf: bytes = field(repr=False)
    names: tuple[str, ...]
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Placed:
    """Where a chart goes: its page in `Drawings`, the packet's page, and the lower left corner there."""

    drawing: int
    page: int
    x: float
    y: float


def styles() -> Callable[..., Any]:
    from reportlab.lib.styles import ParagraphStyle

    def make(name: str = "body", **settings: Any) -> Any:
        base: dict[str, Any] = {
            "fontName": BODY,
            "fontSize": POINTS,
            "leading": LEADING,
            "spaceAfter": 7,
            "allowWidows": 0,
            "allowOrphans": 0,
        }
        return ParagraphStyle(name, **{**base, **settings})

    return make


class Kit:
    """The flowables of one packet."""

    def __init__(self, d: Dossier, drawings: Drawings, placed: list[Placed], room: float) -> None:
        self.d, self.drawings, self.placed, self.room = d, drawings, placed, room
        self.ended = 0.0
        """Part of the page that is used where `end` stands; known once the pages are made."""
        self.style = styles()
        self.body = self.style()

    def safe(self, text: str) -> str:
        """Text for a Paragraph: escaped, drawable, and with its runs of blanks kept."""
        return escape.pdf(drawable(text)).replace("  ", "\u00a0 ")

    def label(self, key: str, **values: str) -> str:
        """A label in the packet's language."""
        return words.label(key, self.d.language, **values)

    def par(self, text: str, **settings: Any) -> Any:
        from reportlab.platypus import Paragraph

        return Paragraph(self.safe(text), self.style("p", **settings) if settings else self.body)

    def small(self, text: str) -> Any:
        return self.par(text, spaceAfter=4)

    def heading(self, text: str, key: str) -> Any:
        from reportlab.platypus import Paragraph

        class Heading(Paragraph):  # type: ignore[misc]
            def draw(self) -> None:
                self.canv.bookmarkPage(key)
                self.canv.addOutlineEntry(drawable(text), key, level=0, closed=False)
                super().draw()

        return Heading(
            self.safe(text), self.style("h", fontName=BOLD, fontSize=14, leading=18, spaceBefore=4, spaceAfter=6, keepWithNext=1)
        )

    def drawing(self, name: str) -> Any:
        from reportlab.platypus import Flowable

        at = self.drawings.names.index(name)
        width, height = self.drawings.sizes[at]
        placed = self.placed

        class Space(Flowable):  # type: ignore[misc]
            def wrap(self, *_: Any) -> tuple[float, float]:
                return width, height

            def draw(self) -> None:
                x, y = self.canv.absolutePosition(0, 0)
                placed.append(Placed(at, self.canv.getPageNumber() - 1, x, y))

        return Space()

    def end(self) -> Any:
        """Nothing to see: where it comes to stand is noted in `ended`."""
        from reportlab.platypus import Flowable

        kit = self

        class End(Flowable):  # type: ignore[misc]
            def wrap(self, *_: Any) -> tuple[float, float]:
                return 0.0, 0.0

            def draw(self) -> None:
                kit.ended = 1 - (self.canv.absolutePosition(0, 0)[1] - BOTTOM) / kit.room

        return End()

    def mark(self, text: str, key: str) -> Any:
        from reportlab.platypus import Flowable

        class Mark(Flowable):  # type: ignore[misc]
            def wrap(self, *_: Any) -> tuple[float, float]:
                return 0.0, 0.0

            def draw(self) -> None:
                self.canv.bookmarkPage(key)
                self.canv.addOutlineEntry(text, key, level=0, closed=False)

        return Mark()

    def grid(self, rows: Sequence[tuple[str, ...]], parts: Sequence[float], *, total: bool = False) -> Any:
        from reportlab.platypus import Table

        bold = self.style("head", fontName=BOLD, spaceAfter=0, leading=14.5)
        plain = self.style("cell", spaceAfter=0, leading=14.5)
        cells = [
            [self._cell(text, bold if r == 0 or (total and r == len(rows) - 1) else plain) for text in row] for r, row in enumerate(rows)
        ]
        table = Table(cells, colWidths=[TEXT_WIDTH * p for p in parts], repeatRows=1)
        table.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, 0), 1, "black"),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, "#8c8c8c"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
        return table

    def _cell(self, text: str, style: Any) -> Any:
        from reportlab.platypus import Paragraph

        return Paragraph("<br/>".join(self.safe(part) for part in text.split("\n")), style)
