"""Words to lines, and the dates and amounts that stand on them.

Nothing here knows about statements: a line is what stands at one height, a chunk is words close together, a token
is a run of words that reads as a date or an amount.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from analyzer.importers.days import MONTHS, parse_day
from analyzer.importers.numbers import UNITS, fold
from analyzer.importers.pdf.page import Page, Rect, Word
from analyzer.limits import Limits

NEAR = 1.3
"""Of the line height: words closer than this belong to one chunk."""


@dataclass(slots=True)
class Token:
    """Words `first` to `last` (exclusive) of a line, read as a date or an amount.

    `text` is what to parse. `firm` is False where the text could be something else (`12.05`, or whole numbers
    that may be references). An amount's `x1` is where its digits end, `end` where the mark or sign behind them does.
    """

    kind: str
    text: str
    first: int
    last: int
    x0: float
    x1: float
    firm: bool = True
    direction: int = 0
    end: float = 0.0


@dataclass(slots=True)
class Line:
    """Words at one height, from left to right; `page` counts from 1, `index` over the whole document."""

    page: int
    words: list[Word]
    top: float
    bottom: float
    index: int = 0
    dates: list[Token] = field(default_factory=list)
    amounts: list[Token] = field(default_factory=list)
    shift: float = 0.0
    """How far to the right the words really stand; rows of a table on the right half are read as if on the left."""

    @property
    def text(self) -> str:
        """The words with single blanks."""
        return " ".join(w.text for w in self.words)

    @property
    def size(self) -> float:
        """The height of the line's first word."""
        return self.words[0].size

    def chunks(self, first: int = 0, last: int | None = None, *, near: float = NEAR) -> list[tuple[int, int]]:
        """Runs of words (start, end) without a wide gap, among words `first` to `last`."""
        end = len(self.words) if last is None else last
        runs: list[tuple[int, int]] = []
        start = first
        for i in range(first + 1, end + 1):
            if i == end or self.words[i].x0 - self.words[i - 1].x1 > near * self.words[i].size:
                runs.append((start, i))
                start = i
        return runs if end > first else []

    def apart(self, token: Token) -> bool:
        """Whether a token stands by itself, and not amid the words of a text (`vom 28.04. 19,99`, `PIZZA 12.50 CHICAGO`)."""
        if token.first == 0 or any(d.first == 0 and d.last == token.first for d in self.dates):
            return True
        before = self.words[token.first - 1]
        return self.words[token.first].x0 - before.x1 > 0.8 * before.size

    def part(self, first: int, last: int) -> str:
        """The words from `first` to `last` (exclusive) with single blanks."""
        return " ".join(w.text for w in self.words[first:last])

    def box(self, first: int = 0, last: int | None = None) -> Rect:
        """The rectangle around the words from `first` to `last`, in reading coordinates."""
        words = self.words[first:last] or self.words
        return (
            min(w.x0 for w in words) + self.shift,
            min(w.top for w in words),
            max(w.x1 for w in words) + self.shift,
            max(w.bottom for w in words),
        )


def lines_of(page: Page, limits: Limits) -> list[Line]:
    """The page's lines from top to bottom, tokens found.

    Raises:
        LimitExceeded: more lines than a page of a statement has.
    """
    found: list[Line] = []
    current: list[Word] = []
    middle = height = 0.0
    for word in sorted(page.words, key=lambda w: (w.top + w.bottom, w.x0)):
        if current and abs(word.middle - middle) <= 0.4 * min(height, max(word.size, 1.0)):
            current.append(word)
            continue
        if current:
            found.append(_line(page.number, current))
        current, middle, height = [word], word.middle, max(word.size, 1.0)
    if current:
        found.append(_line(page.number, current))
    if len(found) > limits.pdf_page_lines:
        raise limits.exceeded("pdf_page_lines", len(found), place=f"page {page.number}")
    for line in found:
        if any(_DIGIT.search(w.text) for w in line.words):
            line.dates = _dates(line)
            firm = [t for t in line.dates if t.firm]
            line.amounts = [a for a in _amounts(line) if not any(a.first < d.last and d.first < a.last for d in firm)]
    return found


def _line(page: int, words: list[Word]) -> Line:
    words.sort(key=lambda w: w.x0)
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        # Glyphs set one by one, or bold drawn as two runs, leave words that touch.
        if last is not None and -0.3 * word.size < word.x0 - last.x1 < _TOUCH * word.size and _one(last.text[-1], word.text[0]):
            joined[-1] = Word(last.text + word.text, last.x0, min(last.top, word.top), max(last.x1, word.x1), max(last.bottom, word.bottom))
        else:
            joined.append(word)
    return Line(page, joined, min(w.top for w in joined), max(w.bottom for w in joined))


def _one(end: str, start: str) -> bool:
    """Whether two characters that touch belong to one word: of one kind, or parts of a number."""
    return end.isdigit() == start.isdigit() or (end in _IN_NUMBERS and start in _IN_NUMBERS)


_TOUCH = 0.04
_IN_NUMBERS = frozenset("0123456789.,'’/-−–+()€£$₹¥")
_LETTERS = re.compile(r"[^\W\d_]+")
_DATE_WORD = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}(?![0-9])|[0-9]{1,4}(?:er|st|nd|rd|th)?[./-]?([^\W\d_]{3,12})")
_BARE_DAY = re.compile(r"[0-9]{1,2}(?:\.|º|er|st|nd|rd|th)?|[0-9]{4}")
_LOOSE_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}-?")
_WEEKDAY = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|sen|sel|rab|kam|jum|sab|min|mon|die|mit|don|fre|son|mier|jue|vie|dom|maa|din|woe"
    r"|vri|zat|zon|seg|ter|qua|qui|sex|gio|mo|di|mi|do|fr|sa|so)[^\W\d_]{0,9}[.,]?",
    re.IGNORECASE,
)
_ONLY_SPACES = re.compile(r"[0-9 ]+")


@functools.lru_cache(maxsize=50_000)
def is_date(text: str) -> bool:
    """Whether `text` is a date in any order, with or without a year; bare digits are none."""
    plain = fold(text)
    if not any(c.isdigit() for c in plain) or _ONLY_SPACES.fullmatch(plain) or len(plain) < (3 if "/" in plain else 4):
        return False
    return any(parse_day(plain, order) is not None for order in ("dmy", "mdy", "ymd"))


def _may_be_date(first: str, then: str) -> bool:
    """A cheap look at two words before the grammar is asked: most words begin no date."""
    if first[0].isdigit():
        if not _BARE_DAY.fullmatch(first):
            m = _DATE_WORD.match(first)
            return m is not None and (m[1] is None or m[1].lower() in MONTHS)
        m = _LETTERS.match(then)
        return m is not None and (m.group().lower() in MONTHS or m.group() == "de")
    m = _LETTERS.match(first)
    return m is not None and m.group().lower() in MONTHS


def _dates(line: Line) -> list[Token]:
    words, found = line.words, []
    i = 0
    while i < len(words):
        if not _may_be_date(words[i].text, words[i + 1].text if i + 1 < len(words) else ""):
            i += 1
            continue
        limit = i + 1
        while limit < min(len(words), i + 6) and words[limit].x0 - words[limit - 1].x1 < 1.0 * words[limit].size:
            limit += 1
        for end in range(limit, i, -1):
            text = line.part(i, end)
            if len(text) <= 24 and is_date(text.rstrip(",;:*†‡")):
                text = text.rstrip(",;:*†‡")
                if i and _WEEKDAY.fullmatch(words[i - 1].text) and words[i].x0 - words[i - 1].x1 < 1.0 * words[i].size:
                    i -= 1
                found.append(Token("date", text, i, end, words[i].x0, words[end - 1].x1, firm=not _LOOSE_DATE.fullmatch(text)))
                i = end
                break
        else:
            i += 1
            continue
    return found


_UNIT_WORDS = frozenset(
    [*UNITS, "$", "¥", "kr", "+", "-", "(", "−", "–", "Rp.", "Rs", "INR", "EUR", "USD", "GBP", "SGD", "IDR", "CAD", "AUD"]
)
_NUMBER = (
    r"(?:[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{2}|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{2}|[0-9]{1,3}(?:[ '][0-9]{3})+[.,][0-9]{2}"
    r"|[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}\.[0-9]{2}|[0-9]+[.,][0-9]{2}|[.,][0-9]{2})"
)
_GROUPED = r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:[ '][0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3})"
_AMOUNT = re.compile(
    rf"(?P<lead>[+(-]{{0,2}}) ?(?P<unit>[^\W\d_]{{1,4}}\$?|[^\w\s.,()+'%#*/:&@-]|)\.? ?(?P<inner>[+-]?) ?"
    rf"(?P<number>(?P<firm>{_NUMBER})|(?P<grouped>{_GROUPED})(?:,-)?|(?P<whole>[0-9]{{1,9}})(?:,-)?)"
    rf" ?(?P<after>[^\W\d_]{{3}}|[$€£₹¥]|Ft|zł|Kč|kr\.?|) ?(?P<trail>[+)-]{{0,2}}) ?(?P<mark>[A-Za-z]{{1,2}}\.?)?"
)
_MARKS = {"cr": 1, "c": 1, "h": 1, "k": 1, "dr": -1, "d": -1, "s": -1, "db": -1, "od": -1}
_DIGIT = re.compile(r"[0-9]")
_AMOUNT_WORD = re.compile(r"[^0-9]{0,6}[0-9][0-9.,'\u2019]*[^0-9]{0,8}")
_TRAILING = frozenset(
    [
        "CR",
        "Cr",
        "cr",
        "CR.",
        "DR",
        "Dr",
        "dr",
        "DB",
        "Db",
        "D",
        "C",
        "H",
        "S",
        "K",
        "+",
        "-",
        "−",
        "–",
        "€",
        "EUR",
        "£",
        "$",
        "CHF",
        "OD",
        ")",
        "C.R.",
        "kr",
        "zł",
    ]
)
_KNOWN_UNITS = frozenset(u.rstrip(".").lower() for u in UNITS) | {"$", "¥", "kr", "fr"}


def _amounts(line: Line) -> list[Token]:
    words, found = line.words, []
    i = 0
    while i < len(words):
        if not _AMOUNT_WORD.fullmatch(words[i].text):
            i += 1
            continue
        token = _amount_at(line, i)
        if token is not None:
            found.append(token)
            i = max(i + 1, token.last)
        else:
            i += 1
    return found


def _is_unit(word: str) -> bool:
    """Whether a word before a number belongs to it: a currency, a sign, or both (`-EUR`)."""
    return word in _UNIT_WORDS or (word[0] in "+-−–(" and word[1:] in _UNIT_WORDS)


def _amount_at(line: Line, i: int) -> Token | None:
    words = line.words

    def close(a: int, b: int, gap: float) -> bool:
        return words[b].x0 - words[a].x1 < gap * words[b].size

    first = i
    while first > 0 and i - first < 2 and _is_unit(words[first - 1].text) and close(first - 1, first, 1.6 if first == i else 0.8):
        first -= 1
    ends = [i + 1]
    end = i + 1
    # Groups of thousands set with blanks: 1 234,56.
    if re.fullmatch(r"[^\d]{0,3}[0-9]{1,3}", words[i].text):
        while end < len(words) and end - i < 5 and close(end - 1, end, 0.5) and re.match(r"[0-9]{3}(?![0-9])", words[end].text):
            end += 1
            ends.append(end)
            if not words[end - 1].text.isdigit():
                break
    for stop in sorted(ends, reverse=True):
        tail = stop
        while tail < len(words) and tail - stop < 3 and words[tail].text in _TRAILING and close(tail - 1, tail, 1.2):
            tail += 1
        for last in range(tail, stop - 1, -1):
            for start in range(first, i + 1):
                token = _as_amount(line, start, i, last)
                if token is not None:
                    return token
    return None


def _as_amount(line: Line, start: int, body: int, last: int) -> Token | None:
    words = line.words
    text = fold(line.part(start, last))
    parsed = amount_text(text)
    if parsed is None:
        return None
    plain, firm, direction = parsed
    # Where the digits end: the mark behind them must not move the column's right edge.
    end = words[last - 1]
    x1 = end.x1
    trailing = re.search(r"[^0-9]*$", end.text)
    if trailing and len(trailing.group()) < len(end.text):
        x1 -= (end.x1 - end.x0) * len(trailing.group()) / len(end.text)
    else:
        for k in range(last - 1, body - 1, -1):
            if any(c.isdigit() for c in words[k].text):
                x1 = words[k].x1
                break
    return Token("amount", plain, start, last, words[body].x0, x1, firm=firm, direction=direction, end=end.x1)


@functools.lru_cache(maxsize=50_000)
def amount_text(text: str) -> tuple[str, bool, int] | None:
    """`text` as `numbers.parse_amount` reads it, whether it is firmly an amount, and the direction printed (1, -1, 0).

    A currency sign whose glyph has no meaning (fonts without the rupee sign leave `n` or a box) is taken off.
    """
    m = _AMOUNT.fullmatch(text)
    if m is None:
        return None
    unit = m["unit"]
    if unit and unit.lower().rstrip(".$") not in _KNOWN_UNITS and unit not in UNITS:
        if len(unit) == 3 and unit.isupper() and unit.isascii():
            pass
        elif unit in ("$", "¥", "￥") or (len(unit) == 1 and m["firm"]):
            unit = ""
        else:
            return None
    after = m["after"]
    if after and after not in UNITS and not (len(after) == 3 and after.isupper()) and after not in ("$", "kr", "kr."):
        return None
    signs = [c for c in (m["lead"] + m["inner"] + m["trail"]) if c in "+-("]
    if len(signs) > 1 or m["lead"].count("(") != m["trail"].count(")"):
        return None
    mark = (m["mark"] or "").rstrip(".").lower()
    if mark and mark not in _MARKS:
        return None
    sign = signs[0] if signs else ""
    number = m["number"].removesuffix(",-")
    body = f"{unit} {number}".strip() if unit else number
    if after and not unit:
        body = f"{body} {after}"
    plain = f"({body})" if sign == "(" else f"{sign}{body}"
    firm = m["firm"] is not None or (m["grouped"] is not None and bool(unit or after or sign or mark))
    if m["whole"] is not None and mark and not unit:
        return None
    return plain, firm, _MARKS.get(mark, 0)
