"""Days of other calendars' years, and digits of other scripts, written as the grammars of dates and amounts know them.

The months and days of these calendars are the common ones; only the year is counted from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BUDDHIST = re.compile(r"(?<!\d)(2[45]\d\d)(?!\d)")
"""Thailand: 543 years ahead. 2400 to 2599 are the years 1857 to 2056; no statement is of the western year 2400."""
_ROC = re.compile(r"(?<!\d)(?:民國|民国)?\s?(1[01]\d|[6-9]\d(?=年))(?=[./-]\d{1,2}[./-]\d{1,2}(?!\d)|年)")
"""Taiwan: years since 1911, in three digits since 2011."""
_ROC_BARE = re.compile(r"(1[01]\d)([01]\d)([0-3]\d)")
_JAPAN = re.compile(r"(?:(令和|平成)|\b([RH]))\s?\.?(元|\d{1,2})(?=[./年-])")
_JAPAN_ZERO = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988}
_DIGITS = {ord(c): str(i) for script in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９") for i, c in enumerate(script)}
_MARKS = {ord("٫"): ".", ord("٬"): ",", ord("，"): ",", ord("．"): ".", ord("／"): "/", ord("＋"): "+"}
FOREIGN_DIGIT = "[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]"
_FOREIGN = re.compile(FOREIGN_DIGIT)
_NUMBER_OR_DAY = re.compile(rf"[\W\d_]*{FOREIGN_DIGIT}[\W\d_]*(?:[^\W\d_]{{1,4}}[\W\d_]*)*")


def digits(cell: str) -> str:
    """A cell that is a number or a day, with digits and marks of other scripts as ASCII; other text as it is."""
    if cell.isascii() or len(cell) > 64 or not _FOREIGN.search(cell) or not _NUMBER_OR_DAY.fullmatch(cell):
        return cell
    return "".join(c for c in cell.translate({**_DIGITS, **_MARKS}) if c not in "\u200e\u200f\u061c")


def western(cell: str) -> str:
    """A day with its year counted as the common era does; other text as it is."""
    if len(cell) > 64 or not any(c.isdigit() for c in cell):
        return cell
    if _BUDDHIST.search(cell):
        return _BUDDHIST.sub(lambda m: str(int(m[1]) - 543), cell, count=1)
    if m := _ROC.match(cell):
        return f"{int(m[1]) + 1911}{cell[m.end() :]}"
    if m := _JAPAN.match(cell):
        year = 1 if m[3] == "元" else int(m[3])
        return f"{_JAPAN_ZERO[m[1] or m[2]] + year}{cell[m.end() :]}"
    if m := _ROC_BARE.fullmatch(cell):
        return f"{int(m[1]) + 1911}-{m[2]}-{m[3]}"
    return cell


_SHORT = re.compile(r"(\d{1,2}[/.-]\d{1,2}[/.-])(6\d|7[0-5])(?!\d)(.*)", re.DOTALL)


def short_buddhist(cells: Sequence[str]) -> list[str] | None:
    """The different cells of a column whose years are all 60 to 75, as days of 2017 to 2032; None for other columns.

    No statement is of the 2060s or the early 1970s. Thai banks print 67 for 2567, which is 2024.
    """
    matches = [_SHORT.fullmatch(c) for c in cells if c]
    if not matches or not all(matches):
        return None
    return [f"{m[1]}{int(m[2]) + 1957}{m[3]}" if (m := _SHORT.fullmatch(c)) else c for c in cells]


def westernised(cells: Sequence[str]) -> list[str] | None:
    """The different cells of a column of days with western years; None where they are not of another calendar.

    All cells that hold a day must be of it: one year of another calendar among others is a misprint, not a calendar.
    """
    filled = [c for c in cells if any(ch.isdigit() for ch in c)]
    changed = sum(western(c) != c for c in filled)
    return [western(c) for c in cells] if filled and changed == len(filled) else None
