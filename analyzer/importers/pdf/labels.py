"""What names a figure: the words before it, behind it or above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.importers.pdf import words
from analyzer.importers.pdf.currency import CODES
from analyzer.importers.pdf.lines import Line, Token


def label_of(lines: Sequence[Line], line: Line, token: Token) -> str:
    """What names an amount: the words before it on the line, else the words above it."""
    if (title := _balance_above(lines, line, token)) is not None:
        return title
    taken = [t for t in line.amounts if t.firm and t.last <= token.first]
    start = taken[-1].last if taken else 0
    runs = [r for r in line.chunks(start, token.first) if _names(line.part(*r))]
    if runs:
        return line.part(*runs[-1])
    if taken and (first := _row_label(line, taken[0])):
        return first
    last = max(t.last for t in line.amounts if t.firm or t is token)
    behind = [r for r in line.chunks(last) if any(c.isalpha() for w in line.words[r[0] : r[1]] for c in w.text)]
    if behind and not (taken or line.words[0].text[-1:] == ":"):
        return line.part(*behind[0])
    for above in reversed(lines[max(0, line.index - 3) : line.index]):
        if above.page != line.page or line.top - above.bottom > 3.0 * line.size:
            continue
        best, reach = "", -8.0
        for a, b in above.chunks():
            x0, x1 = above.words[a].x0, above.words[b - 1].x1
            shared = min(x1, token.x1) - max(x0, token.x0)
            if shared > reach and any(c.isalpha() for c in above.part(a, b)):
                best, reach = above.part(a, b), shared
        if best:
            return best
    return ""


def _balance_above(lines: Sequence[Line], line: Line, token: Token) -> str | None:
    """The name of a balance right above an amount that stands by itself; closer than what else stands on the amount's line."""
    if line.index == 0 or not (token.first == 0 or line.apart(token)):
        return None
    above = lines[line.index - 1]
    if above.page != line.page or line.top - above.bottom > 1.2 * line.size or any(t.firm for t in above.amounts):
        return None
    for a, b in above.chunks():
        x0, x1, text = above.words[a].x0, above.words[b - 1].x1, above.part(a, b)
        plain = words.compact(text)
        near = min(x1, token.x1) - max(x0, token.x0) > 0
        if near and (words.OPENING.match(plain) or words.CLOSING.match(plain)) and not words.NEVER.search(plain):
            before = words.compact(line.part(0, token.first))
            named = words.OPENING.search(before) or words.CLOSING.search(before) or words.TOTAL.search(before)
            return None if named else text
    return None


def direction_behind(line: Line, token: Token) -> int:
    """1 or -1 where `CR`, `DR`, `C` or `D` stands by itself behind an amount, a little apart as in a column of marks."""
    if token.last >= len(line.words):
        return 0
    word = line.words[token.last]
    alone = token.last + 1 == len(line.words) or line.words[token.last + 1].x0 - word.x1 > 0.8 * word.size
    marks = ("cr", "dr", "db", "c", "d")
    return words.mark(word.text) if alone and word.x0 - token.end < 60 and word.text.strip(".").lower() in marks else 0


def counts(label: str) -> bool:
    """Whether a label names a number of rows (`Total # of checks`) and no money."""
    return (
        "#" in label or re.search(r"numberof|nooftr|anzahl|nombre|numerode|aantal|jumlahtransaksi|banyak", words.compact(label)) is not None
    )


def _row_label(line: Line, token: Token) -> str:
    return line.part(0, token.first) if token.first and any(c.isalpha() for c in line.part(0, token.first)) else ""


def _names(text: str) -> bool:
    """Whether words can name a figure; a currency alone does not."""
    return any(c.isalpha() for c in text) and text not in CODES


def is_rate(plain: str) -> bool:
    """Whether a sub-line tells a foreign amount or a rate; no part of the bank's text for the merchant."""
    return (
        re.search(
            r"exchangerate|foreigncurrency|umrechnungskurs|^kurs|tauxdechange|tipodecambio|wisselkoers|koers|conversionrate|fxrate", plain
        )
        is not None
    )
