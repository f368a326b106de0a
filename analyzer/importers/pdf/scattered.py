"""Words of a page whose every letter was drawn by itself.

Browsers place letter after letter. PDFium then guesses from the page as a whole which way the text runs, and where it
guesses wrong (dense rows, wide gaps between the columns) it sets a line end after each letter. Such a page is read from
the gaps alone: how far the letters of a stretch stand apart (`letter-spacing`) tells how wide a blank is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from analyzer.importers.pdf.page import Rect, Word

_BLANK = 0.14
"""Of the line height, beyond the usual gap between two letters of the stretch: a blank. Narrow faces have one of 0.2."""
_STRETCH = 0.6
"""Of the line height: a wider gap ends a stretch, for no spacing of letters reaches it."""
_SOLID = re.compile(r"[^\x00-\x20\xa0\u2007\u2009\u202f\u200b\ufeff\xad]")
_LONE = re.compile(r"(?<![^\r\n])[^\s](?=\r\n)")
_FEWEST = 40


def is_scattered(characters: str) -> bool:
    """Whether most of a page's letters stand on lines of their own."""
    lone = sum(1 for _ in _LONE.finditer(characters))
    return lone >= _FEWEST and 3 * lone > sum(1 for _ in _SOLID.finditer(characters))


@dataclass(slots=True)
class _Letter:
    text: str
    index: int
    box: Rect
    gap: float = 0.0
    """To the letter before, of the line height."""


def gathered(characters: str, box: Callable[[int], Rect], drawn: Callable[[int], bool]) -> list[tuple[int, Word]]:
    """(index of the first character, word) of each word, in the order of the page's content.

    Args:
        characters: the page's characters, one an index.
        box: where the character of an index stands.
        drawn: whether a blank of an index is in the file, not PDFium's guess.
    """
    stretches: list[list[_Letter]] = []
    apart = True
    for i, c in enumerate(characters):
        if _SOLID.match(c) is None:
            apart = apart or (c not in "\r\n" and drawn(i))
            continue
        letter = _Letter(c, i, box(i))
        if not apart and (gap := _gap(stretches[-1][-1].box, letter.box)) is not None:
            letter.gap = gap
            stretches[-1].append(letter)
        else:
            stretches.append([letter])
        apart = False
    usual = _usual([letter.gap for stretch in stretches for letter in stretch[1:]], 0.0)
    return [word for stretch in stretches for word in _words(stretch, usual)]


def _gap(a: Rect, b: Rect) -> float | None:
    """The gap between two letters of one stretch, of the line height; None where a stretch ends."""
    height = max(a[3] - a[1], b[3] - b[1])
    if height <= 0 or abs((a[1] + a[3]) - (b[1] + b[3])) > height:
        return None
    gap = (b[0] - a[2]) / height
    return gap if -_STRETCH < gap < _STRETCH else None


def _usual(gaps: list[float], otherwise: float) -> float:
    """A gap between two letters of one word: rather a small one of those there are, for blanks are the wide ones."""
    return sorted(gaps)[int(0.4 * (len(gaps) - 1))] if len(gaps) > 1 else otherwise


def _words(stretch: list[_Letter], usual: float) -> list[tuple[int, Word]]:
    blank = _usual([letter.gap for letter in stretch[1:]], usual) + _BLANK
    found: list[tuple[int, Word]] = []
    for n, letter in enumerate(stretch):
        x0, top, x1, bottom = letter.box
        if n == 0 or letter.gap > blank:
            found.append((letter.index, Word(letter.text, x0, top, x1, bottom)))
            continue
        word = found[-1][1]
        word.text += letter.text
        word.x1 = max(word.x1, x1)
        word.top, word.bottom = min(word.top, top), max(word.bottom, bottom)
    return found
