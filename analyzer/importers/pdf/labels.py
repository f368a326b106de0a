"""What names a figure: the words before it, behind it or above it."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.importers.pdf.currency import CODES
from analyzer.importers.pdf.lines import Line, Token


def label_of(lines: Sequence[Line], line: Line, token: Token) -> str:
    """What names an amount: the words before it on the line, else the words above it."""
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


def _row_label(line: Line, token: Token) -> str:
    return line.part(0, token.first) if token.first and any(c.isalpha() for c in line.part(0, token.first)) else ""


def _names(text: str) -> bool:
    """Whether words can name a figure; a currency alone does not."""
    return any(c.isalpha() for c in text) and text not in CODES
