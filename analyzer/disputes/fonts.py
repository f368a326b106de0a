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


def width(text: str, *, size: float = 12, bold: bool = False) -> float:
    """Points that `text` takes on paper."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register()
    return float(stringWidth(drawable(text), BOLD if bold else BODY, size))


def fit(text: str, room: float, *, size: float = 12, bold: bool = False) -> str:
    """`text` in at most `room` points, an ellipsis at the end where it was cut; one character at least."""
    shown = drawable(text)
    if width(shown, size=size, bold=bold) <= room:
        return shown
    low, high = 0, len(shown)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(shown[:middle] + "\u2026", size=size, bold=bold) <= room else (low, middle - 1)
    return shown[: max(low, 1)].rstrip() + "\u2026"


def wrap(text: str, room: float, *, most: int, size: float = 12, bold: bool = False) -> list[str]:
    """`text` on at most `most` lines of `room` points, broken at blanks where there are any; the last one is cut where it must be."""
    lines: list[str] = []
    left = drawable(text)
    while len(lines) < most - 1 and width(left, size=size, bold=bold) > room:
        head = fit(left, room, size=size, bold=bold).rstrip("\u2026")
        at = head.rfind(" ")
        head = head[:at] if at > len(head) // 2 else head
        lines.append(head.rstrip())
        left = left[len(head) :].lstrip()
    return [*lines, fit(left, room, size=size, bold=bold)] if left or not lines else lines


def is_coded(text: str) -> bool:
    """Whether a printable character of `text` is one the typeface lacks, so that `drawable` writes its code."""
    return any(ord(c) not in _glyphs() for c in escape.visible(text)) if not text.isascii() else False


def drawable(text: str) -> str:
    """`text` on one line, with control characters and characters the typeface lacks written as codes."""
    shown = escape.visible(text)
    if shown.isascii():
        return shown
    known = _glyphs()
    return "".join(c if ord(c) in known else f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}" for c in shown)
