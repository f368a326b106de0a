"""The typeface of packet and charts: DejaVu Sans, which comes with matplotlib (Bitstream Vera licence, free to embed).

The standard fonts of PDF hold Latin-1 only, and a statement may hold any script. A character the typeface does
not have is written as its code (`\\u4e2d`), never as an empty box: nothing that was printed is lost.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import util
from pathlib import Path

from analyzer import escape
from analyzer.errors import OutputError

BODY, BOLD, MONO = "DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono"


@lru_cache(maxsize=1)
def folder() -> Path:
    """Where the typeface's files are.

    Raises:
        OutputError: the installation lacks them.
    """
    found = util.find_spec("matplotlib")
    path = Path(found.origin or "").parent / "mpl-data" / "fonts" / "ttf" if found else Path()
    if not (path / f"{BODY}.ttf").is_file():
        raise OutputError("the typeface DejaVu Sans is not there", todo="install matplotlib again")
    return path


@lru_cache(maxsize=1)
def register() -> None:
    """Make the typeface known to reportlab."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in (BODY, BOLD, MONO):
        pdfmetrics.registerFont(TTFont(name, str(folder() / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(BODY, normal=BODY, bold=BOLD, italic=BODY, boldItalic=BOLD)


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    both = (set(FT2Font(str(folder() / f"{name}.ttf")).get_charmap()) for name in (BODY, BOLD))
    return frozenset(set.intersection(*both))


def drawable(text: str) -> str:
    """`text` on one line, with control characters and characters the typeface lacks written as codes."""
    shown = escape.visible(text)
    if shown.isascii():
        return shown
    known = _glyphs()
    return "".join(c if ord(c) in known else f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}" for c in shown)
