"""Exhibits on paper: a page of the statement as a picture, strips of it, or the rows of a file."""

from __future__ import annotations

import io
from typing import Any

from analyzer.disputes import words
from analyzer.disputes.exhibits import Exhibit
from analyzer.disputes.fonts import BOLD, MONO, drawable
from analyzer.disputes.page_kit import LEADING, TEXT_WIDTH, Kit

MONO_LINE = 64
"""Characters of the typewriter face on a line."""
STRIP_MARGIN = 24.0
"""Points of the page shown above and below a row, where an exhibit is a strip."""


def exhibit_pages(kit: Kit, number: int, exhibit: Exhibit, strips: bool, *, first: bool) -> list[Any]:
    from reportlab.platypus import KeepTogether, PageBreak, Preformatted, Spacer

    d = kit.d
    caption = kit.par(f"{words.label('exhibit', d.language)} {number}: {exhibit.caption}", fontName=BOLD, spaceAfter=2)
    if not exhibit.picture:
        note = [kit.par(words.label("exhibit_rows", d.language), spaceAfter=2)] if first else []
        mono = kit.style("mono", fontName=MONO, leading=14.5)
        text = "\n".join(line for row in exhibit.rows for line in _broken(drawable(row)))
        return [caption, *note, Preformatted(text, mono), Spacer(0, 6)]
    sha = exhibit.lines[0].sha256
    source = kit.par(f"SHA-256 {sha[:32]} {sha[32:]}", spaceAfter=4) if not strips else None
    kind = "exhibit_full" if exhibit.full else "exhibit_masked"
    note = [kit.par(words.label(kind, d.language), spaceAfter=4)] if first else []
    if strips:
        return [*note, KeepTogether([caption, *_strips(kit, exhibit), Spacer(0, 6)])]
    height = kit.room - LEADING * 3 - 20 - (LEADING * 4 if first else 0)
    image = _image(*_without_margins(exhibit), TEXT_WIDTH, height)
    out: list[Any] = [] if first else [PageBreak()]
    return [*out, caption, *([source] if source else []), *note, image]


def _broken(row: str) -> list[str]:
    """A row of a file on lines of paper, broken behind a separator or at a blank where there is one."""
    lines = []
    while len(row) > MONO_LINE:
        at = max(row.rfind(c, MONO_LINE // 2, MONO_LINE) for c in ",;|> ") + 1 or MONO_LINE
        lines.append(row[:at])
        row = " " * 8 + row[at:]
    return [*lines, row]


def _image(picture: bytes, size: tuple[float, float], width: float, height: float) -> Any:
    from reportlab.platypus import Image

    scale = min(width / size[0], height / size[1])
    image = Image(io.BytesIO(picture), size[0] * scale, size[1] * scale)
    image.hAlign = "CENTER"
    return image


def _strips(kit: Kit, exhibit: Exhibit) -> list[Any]:
    from PIL import Image as Picture

    page = Picture.open(io.BytesIO(exhibit.picture))
    margin = STRIP_MARGIN / exhibit.size[1]
    bands: list[list[float]] = []
    for top, bottom in sorted(exhibit.strips):
        if bands and top - margin <= bands[-1][1]:
            bands[-1][1] = bottom + margin
        else:
            bands.append([top - margin, bottom + margin])
    out = []
    for top, bottom in bands:
        box = (0, max(0, round(top * page.height)), page.width, min(page.height, round(bottom * page.height)))
        cut = io.BytesIO()
        page.crop(box).save(cut, format="PNG", optimize=True)
        out.append(_image(cut.getvalue(), (exhibit.size[0], (box[3] - box[1]) / page.height * exhibit.size[1]), TEXT_WIDTH, kit.room / 3))
    return out


def _without_margins(exhibit: Exhibit) -> tuple[bytes, tuple[float, float]]:
    """The picture of a page and its size in points, empty margins cut off, so that the rest is printed larger."""
    from PIL import Image as Picture
    from PIL import ImageChops

    page = Picture.open(io.BytesIO(exhibit.picture)).convert("L")
    ink = ImageChops.invert(page).getbbox() or (0, 0, *page.size)
    box = (max(0, ink[0] - 8), max(0, ink[1] - 8), min(page.width, ink[2] + 8), min(page.height, ink[3] + 8))
    cut = io.BytesIO()
    page.crop(box).save(cut, format="PNG")
    scale = exhibit.size[0] / page.width
    return cut.getvalue(), ((box[2] - box[0]) * scale, (box[3] - box[1]) * scale)
