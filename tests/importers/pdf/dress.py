"""One drawing, many ways of setting it: the same statement as other programs would have written it.

A `Dress` changes nothing that a reader of the page would notice: the order of the texts in the file, how many pieces
they are drawn in, the font, the space between letters, the paper around them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Dress:
    """pieces: texts drawn whole, by word or by glyph; shuffled: in any order; spacing: points between letters; scale: of
    the whole page; font: a TrueType font instead of Helvetica; minus: U+2212 for a minus before a digit (needs `font`);
    zebra: grey bars behind the lines; turn: quarter turns; margin: points cropped around a larger sheet."""

    pieces: str = "whole"
    shuffled: bool = False
    spacing: float = 0.0
    scale: float = 1.0
    font: bool = False
    minus: bool = False
    zebra: bool = False
    turn: int = 0
    margin: float = 0.0


DRESSES = {
    "words": Dress(pieces="words"),
    "glyphs": Dress(pieces="glyphs"),
    "shuffled": Dress(pieces="words", shuffled=True),
    "spaced": Dress(spacing=0.35),
    "tight": Dress(spacing=-0.12),
    "small": Dress(scale=0.72),
    "truetype": Dress(font=True, minus=True, scale=0.85),
    "zebra": Dress(zebra=True),
    "turned": Dress(turn=1),
    "cropped": Dress(margin=60.0, pieces="words"),
}
_worn: list[Dress] = []


@contextmanager
def worn(dress: Dress) -> Iterator[None]:
    """Every sheet made inside is drawn so."""
    _worn.append(dress)
    try:
        yield
    finally:
        _worn.pop()


def canvas(buffer: Any, size: tuple[float, float]) -> Any:
    """A reportlab canvas, dressed if a dress is worn."""
    from reportlab.pdfgen.canvas import Canvas

    if not _worn:
        return Canvas(buffer, pagesize=size, invariant=1)
    return _Dressed(buffer, size, _worn[-1])


class _Dressed:
    """The few methods a sheet uses; a page is drawn when it is complete."""

    def __init__(self, buffer: Any, size: tuple[float, float], dress: Dress) -> None:
        from reportlab.pdfgen.canvas import Canvas

        m = dress.margin
        self.size, self.dress = size, dress
        self.paper = (size[0] + 2 * m, size[1] + 2 * m)
        self.real = Canvas(buffer, pagesize=self.paper, invariant=1)
        self.texts: list[tuple[float, float, str, str, float]] = []
        self.font, self.points = "Helvetica", 9.0
        self.rng = random.Random(1)
        if dress.font:
            _register()

    def setFont(self, name: str, points: float) -> None:
        self.font = ("Fit-Bold" if name.endswith("Bold") else "Fit") if self.dress.font else name
        self.points = points

    def width(self, text: str) -> float:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        return float(stringWidth(text, self.font, self.points)) + self.dress.spacing * max(0, len(text) - 1)

    def drawString(self, x: float, y: float, text: str) -> None:
        if self.dress.minus:
            text = re.sub(r"(?<![\w])-(?=[0-9])", "\u2212", text)
        at = x
        for piece in _pieces(text, self.dress.pieces):
            if piece.strip():
                self.texts.append((at, y, piece, self.font, self.points))
            at += self.width(piece) + self.dress.spacing

    def drawRightString(self, x: float, y: float, text: str) -> None:
        self.drawString(x - self.width(text), y, text)

    def showPage(self) -> None:
        d, real = self.dress, self.real
        real.saveState()
        if d.margin:
            real.setCropBox((d.margin, d.margin, d.margin + self.size[0], d.margin + self.size[1]))
            real.translate(d.margin, d.margin)
        if d.turn:
            real.setPageRotation(90 * d.turn)
            real.translate(self.paper[1], 0)
            real.rotate(90)
        if d.scale != 1.0:
            real.translate(20, self.size[1] * (1 - d.scale) - 10)
            real.scale(d.scale, d.scale)
        if d.zebra:
            real.setFillGray(0.88)
            for y in sorted({t[1] for t in self.texts})[::2]:
                real.rect(30, y - 3, self.size[0] - 60, 12, stroke=0, fill=1)
            real.setFillGray(0)
        if d.shuffled:
            self.rng.shuffle(self.texts)
        for x, y, text, font, points in self.texts:
            real.setFont(font, points)
            real.drawString(x, y, text, charSpace=d.spacing or None)
        real.restoreState()
        self.texts = []
        real.showPage()

    def save(self) -> None:
        if self.texts:
            self.showPage()
        self.real.save()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def _pieces(text: str, kind: str) -> list[str]:
    if kind == "glyphs":
        return list(text)
    if kind == "words":
        found: list[str] = []
        for c in text:
            if found and (c == " ") == (found[-1][-1] == " "):
                found[-1] += c
            else:
                found.append(c)
        return found
    return [text]


def _register() -> None:
    import matplotlib
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    if "Fit" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Fit", str(folder / "DejaVuSans.ttf")))
        pdfmetrics.registerFont(TTFont("Fit-Bold", str(folder / "DejaVuSans-Bold.ttf")))
