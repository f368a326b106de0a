"""What a line holds under the columns of its table: the money, the text, and the mark that tells the direction."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from analyzer.importers.numbers import UNITS
from analyzer.importers.pdf import words
from analyzer.importers.pdf.columns import Column, Heading, column_at
from analyzer.importers.pdf.currency import CODES
from analyzer.importers.pdf.lines import Line, Token

MONEY = ("debit", "credit", "amount", "balance")
_LEADERS = re.compile(r" *\.{4,} *")
_DAY_PART = re.compile(r"[(]?(?:[0-9]{1,4}[./:-]){0,2}[0-9]{1,4}[.)]*|WIB|WITA|WIT|CET|CEST|GMT|UTC|Uhr|[AaPp][Mm]")


def after_day(line: Line, left: float) -> int:
    """The first word of a line in the column of texts, where only the rest of a day (its year, the time) stands before it; else 0."""
    start = next((i for i, w in enumerate(line.words) if w.x0 >= left - 3), 0)
    return start if all(_DAY_PART.fullmatch(w.text) for w in line.words[:start]) else 0


def in_words(line: Line) -> bool:
    """Whether all amounts of a line stand amid its words (`FILIALE 22.12 NORD`) and none names a currency."""
    if any(line.apart(t) or t.last == len(line.words) for t in line.amounts if t.firm):
        return False
    return not any(w.text.strip(".,()") in CODES or w.text[:1] in UNITS or w.text[-1:] in UNITS for w in line.words)


class Fields:
    """A line cut at the columns; `header` holds the headings in force."""

    def __init__(self, dated: Mapping[int, Token], columns: Sequence[Column]) -> None:
        self.dated, self.columns = dated, columns
        self.header: list[Heading] = []

    def money(self, line: Line, after: int = 0) -> dict[int, Token]:
        cells: dict[int, Token] = {}
        date = self.dated.get(line.index)
        for token in line.amounts:
            if token.first < after or (date is not None and date.first <= token.first < date.last):
                continue
            n = column_at(self.columns, token)
            if n < 0 or (not token.firm and not (self.aligned(token, n) and (line.apart(token) or token.last == len(line.words)))):
                continue
            if n not in cells or (token.firm and not cells[n].firm):
                cells[n] = token
        return cells

    def aligned(self, token: Token, n: int) -> bool:
        column = self.columns[n]
        edges = (token.x1, token.end)
        return any(abs(edge - right) <= 2.0 for edge in edges for _, right in column.members) or any(
            abs(token.end - end) <= 1.0 for end in column.ends
        )

    def mark(self, line: Line, after: int) -> int:
        heading = next((h for h in self.header if h.role == "mark"), None)
        for i in range(len(line.words) - 1, after - 1, -1):
            word = line.words[i]
            direction = words.mark(word.text)
            if not direction or any(t.first <= i < t.last for t in line.amounts):
                continue
            if heading is not None:
                if min(word.x1, heading.x1) - max(word.x0, heading.x0) > -2:
                    return direction
                continue
            right = max((t.x1 for t in self.money(line, after).values()), default=None)
            alone = i == 0 or word.x0 - line.words[i - 1].x1 > 0.8 * word.size
            if right is not None and alone and word.x0 >= right - 1 and word.x0 - right < 60:
                return direction
        return 0

    def text(self, line: Line, after: int, cells: dict[int, Token], before: int = 0) -> str:
        """The descriptor on a line: under the heading for text where there is one, else between date and amount."""
        end = min((t.first for t in cells.values()), default=len(line.words))
        if end <= after:
            end = len(line.words) if not cells else end
        column = self.text_column()
        picked = []
        if cells and end == after and before == 0:
            last = max(t.last for t in cells.values())
            after, end = (last, len(line.words)) if last < len(line.words) else (after, end)
        for a, b in line.chunks(after, end, near=0.9):
            x0 = line.words[a].x0
            if column is not None and before == 0 and not (column[0] - 6 <= x0 < column[1] - 2):
                continue
            picked.append(line.part(a, b))
        if not picked and column is not None:
            picked = [line.part(a, b) for a, b in line.chunks(after, end)]
        if not picked and before > 0:
            picked = [line.part(0, before)]
        heading = next((h for h in self.header if h.role == "mark"), None)
        text = " ".join(picked)
        if heading is not None and column is None:
            text = re.sub(r"\s(?:Af|Bij|S|H|C|D|CR|DR|DB)$", "", text)
        return _LEADERS.sub(" ", text).strip()

    def text_column(self) -> tuple[float, float] | None:
        found = [h for h in self.header if h.role == "text"]
        if not found and self.columns:
            # "Purchases" over the names of shops is no column of money.
            left = min(c.x0 for c in self.columns)
            found = [h for h in self.header if h.role in MONEY and h.x1 < left - 20]
        if not found:
            return None
        first = found[0]
        nexts = [h.x0 for h in self.header if h.x0 > first.x1 and h.role not in ("text",)]
        return first.x0, min(nexts, default=10_000.0)

    def daily(self, line: Line) -> bool:
        """Whether a line of a table of dates and balances (`Daily ledger balances`) holds nothing else: no row."""
        roles = {h.role for h in self.header}
        if line.index not in self.dated or "text" in roles or roles & set(MONEY) != {"balance"}:
            return False
        return sum(t.last - t.first for t in [*line.dates, *line.amounts]) >= len(line.words)
