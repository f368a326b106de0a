"""Words of a page whose every letter was drawn by itself.

Browsers place letter after letter. PDFium then guesses from the page as a whole which way the text runs, and where it
guesses wrong (dense rows, wide gaps between the columns) it sets a line end after each letter. Such a page is read from
the gaps alone: how far the letters of a stretch stand apart (`letter-spacing`) tells how wide a blank is there.

A printer's driver that makes a font anew can lose the widths of its letters; PDFium then guesses a blank behind nearly
every letter of a font whose letters are all as wide as one another. There the steps from letter to letter tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from analyzer.importers.pdf.page import Rect, Word

_BLANK = 0.14
"""Of the line height, beyond the usual gap between two letters of the stretch: a blank. Narrow faces have one of 0.2."""
_STRETCH = 0.6
"""Of the line height: a wider gap ends a stretch, for no spacing of letters reaches it."""
_SOLID = re.compile(r"[^\x00-\x20\xa0\u2007\u2009\u202f\u200b\ufeff\xad]")
_LONE = re.compile(r"(?<![^\r\n])[^\s](?=\r\n)")
_ALONE = re.compile(r"(?<!\S)\S(?= )")
_FEWEST = 40
_SAME_STEP = 0.02
"""Of the line height: steps of one width differ by less."""


def is_scattered(characters: str) -> bool:
    """Whether many of a page's letters stand on lines of their own, or most between blanks."""
    lone, alone = len(_LONE.findall(characters)), len(_ALONE.findall(characters))
    if max(lone, alone) < _FEWEST:
        return False
    solid = len(_SOLID.findall(characters))
    return (lone >= _FEWEST and 3 * lone > solid) or (alone >= _FEWEST and 2 * alone > solid)


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
    if (step := _step(stretches)) is not None:
        return [word for stretch in stretches for word in _in_steps(stretch, step)]
    usual = _usual([letter.gap for stretch in stretches for letter in stretch[1:]], 0.0)
    return [word for stretch in stretches for word in _words(stretch, usual)]


def _step(stretches: list[list[_Letter]]) -> float | None:
    """From letter to letter, of the line height, where that is the same all over the page; else None."""
    pairs = [(a.box, b.box) for stretch in stretches for a, b in pairwise(stretch) if a.box[3] > a.box[1]]
    steps = [round((b[0] - a[0]) / (a[3] - a[1]), 3) for a, b in pairs]
    if len(steps) < _FEWEST:
        return None
    step = Counter(steps).most_common(1)[0][0]
    near = [s for s in steps if s < 1.5 * step]
    return step if sum(abs(s - step) <= _SAME_STEP for s in near) >= 0.95 * len(near) else None


def _in_steps(stretch: list[_Letter], step: float) -> list[tuple[int, Word]]:
    """The words of a stretch whose letters are one step wide each."""
    wide = [replace(w, box=(w.box[0], w.box[1], max(w.box[2], w.box[0] + step * (w.box[3] - w.box[1])), w.box[3])) for w in stretch]
    for a, b in pairwise(wide):
        b.gap = (b.box[0] - a.box[2]) / max(a.box[3] - a.box[1], 0.01)
    return _words([replace(wide[0], gap=0.0), *wide[1:]], 0.0)


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
