"""Lines to the raw table: columns, dated entries, headings, sections, accounts, and the figures around them.

No sign, year or sum is decided here; every amount keeps its text and its column.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.importers.pdf import words
from analyzer.importers.pdf.lines import Line, Token

_DATE_SLACK = 9.0
"""Points a date's left edge may wander (right-aligned days of one or two digits)."""
_CONTINUATION_LINES = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """One column heading: where it stands, the role it names, its text."""

    x0: float
    x1: float
    role: str
    text: str


@dataclass(slots=True)
class Entry:
    """A row of the table as printed.

    `cells` maps a column's number to the token in it; `day` and `day2` are the texts of its date columns; `dated` is
    False where the date is the one of the row above; `tokens` are all its amounts from left to right; `mark` the direction in a column of its own (1, -1, 0). `block`
    counts tables: those under equal headings are one.
    """

    day: str
    day2: str | None
    cells: dict[int, Token]
    text: list[str]
    spans: list[tuple[int, float, float, float, float]]
    line: int
    page: int
    dated: bool = True
    mark: int = 0
    tokens: list[Token] = field(default_factory=list)
    section: int = 0
    section_name: str = ""
    group: int = 0
    block: int = 0


@dataclass(slots=True)
class Figure:
    """An amount outside the rows: its label, the column it is aligned with (-1: none), entries read before it."""

    label: str
    token: Token
    column: int
    position: int
    page: int
    line: int
    group: int = 0


@dataclass(slots=True)
class Column:
    """Amounts under one another; `role` where a heading names it."""

    x0: float
    right: float
    count: int
    role: str | None = None
    members: list[tuple[float, float]] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """Everything of the document that a reading is made from."""

    entries: list[Entry]
    undated: list[Entry]
    columns: list[Column]
    figures: list[Figure]
    date_headings: tuple[str, str | None]
    groups: list[str]
    """Account numbers as printed, in the order they head rows; the first may be empty."""


def headings_of(line: Line) -> list[Heading]:
    """The column headings on a line, or nothing where the line is no heading line."""
    if any(t.firm for t in line.amounts) or line.dates or len(line.words) > 24:
        return []
    found: list[Heading] = []
    covered = 0
    i = 0
    while i < len(line.words):
        stop = i + 1
        while stop < min(len(line.words), i + 6) and line.words[stop].x0 - line.words[stop - 1].x1 < 0.9 * line.words[stop].size:
            stop += 1
        for end in range(stop, i, -1):
            text = line.part(i, end)
            role = words.heading(text)
            if role is not None:
                found.append(Heading(line.words[i].x0, line.words[end - 1].x1, role, words.compact(text)))
                covered += end - i
                i = end
                break
        else:
            covered += not any(c.isalnum() for c in line.words[i].text)
            i += 1
    roles = {h.role for h in found}
    money = roles & {"amount", "debit", "credit", "balance"}
    enough = len(roles) >= 2 and money and covered >= 0.5 * len(line.words)
    return found if enough else []


def columns_of(tokens: Sequence[tuple[int, Token]]) -> list[Column]:
    """The columns that amounts stand in; `tokens` are (line number, token) of rows.

    Right edges agree in most statements; where a column is set left-aligned its boxes overlap instead, and two columns
    never overlap and never share a line.
    """
    columns: list[Column] = []
    lines: list[set[int]] = []
    marked: list[tuple[int, Token]] = []
    for number, token in sorted(tokens, key=lambda t: t[1].x1):
        if token.end - token.x1 > 2.5:
            marked.append((number, token))
            continue
        if columns and token.x1 - columns[-1].members[-1][1] <= 2.5:
            columns[-1].members.append((token.x0, token.x1))
            lines[-1].add(number)
        else:
            columns.append(Column(token.x0, token.x1, 0, members=[(token.x0, token.x1)]))
            lines.append({number})
    for number, token in marked:
        # "12.00 CR" ends where "12.00" ends, or where its mark does.
        for n, column in enumerate(columns):
            if any(abs(edge - right) <= 2.5 for edge in (token.x1, token.end) for _, right in (column.members[0], column.members[-1])):
                column.members.append((token.x0, column.members[-1][1]))
                lines[n].add(number)
                break
        else:
            columns.append(Column(token.x0, token.x1, 0, members=[(token.x0, token.x1)]))
            lines.append({number})
    lines = [lines[n] for n in sorted(range(len(columns)), key=lambda n: columns[n].members[-1][1])]
    columns.sort(key=lambda c: c.members[-1][1])
    merged = True
    while merged:
        merged = False
        for a in range(len(columns) - 1):
            if not lines[a] & lines[a + 1] and _overlap(columns[a], columns[a + 1]) >= 0.5:
                columns[a].members += columns[a + 1].members
                lines[a] |= lines[a + 1]
                del columns[a + 1], lines[a + 1]
                merged = True
                break
    for column in columns:
        column.count = len(column.members)
        column.x0 = min(m[0] for m in column.members)
        column.right = max(m[1] for m in column.members)
    return columns


def _overlap(a: Column, b: Column) -> float:
    def middle(values: list[float]) -> float:
        return sorted(values)[len(values) // 2]

    a0, a1 = middle([m[0] for m in a.members]), middle([m[1] for m in a.members])
    b0, b1 = middle([m[0] for m in b.members]), middle([m[1] for m in b.members])
    shared = min(a1, b1) - max(a0, b0)
    return shared / max(1.0, min(a1 - a0, b1 - b0))


def column_at(columns: Sequence[Column], token: Token) -> int:
    """The number of the column `token` stands in, or -1."""
    best, reach = -1, 0.0
    for n, column in enumerate(columns):
        if abs(token.x1 - column.right) <= 3.0 or abs(token.end - column.right) <= 3.0:
            return n
        shared = min(token.x1, column.right) - max(token.x0, column.x0)
        share = shared / max(1.0, min(token.x1 - token.x0, column.right - column.x0))
        if share > max(0.5, reach):
            best, reach = n, share
    return best


def name_columns(columns: list[Column], headings: Sequence[Heading]) -> None:
    """Give each column the role of the heading above it (nearest in the middle or at the edges)."""
    usable = [h for h in headings if h.role in ("amount", "debit", "credit", "balance", "other", "mark", "ref", "text", "date")]
    taken: dict[int, tuple[float, Heading]] = {}
    for n, column in enumerate(columns):
        x0 = sorted(m[0] for m in column.members)[len(column.members) // 2]
        x1 = sorted(m[1] for m in column.members)[len(column.members) // 2]
        best: tuple[float, Heading] | None = None
        for heading in usable:
            if heading.role in ("mark", "date"):
                continue
            distance = min(abs(heading.x1 - x1), abs(heading.x0 - x0), abs((heading.x0 + heading.x1) - (x0 + x1)) / 2)
            overlaps = min(heading.x1, x1) - max(heading.x0, x0) > 0
            if (overlaps or distance < 12) and heading.role != "text" and (best is None or distance < best[0]):
                best = (distance, heading)
        if best is not None:
            taken[n] = best
    for n, (distance, heading) in taken.items():
        rivals = [m for m, (_, h) in taken.items() if h.role == heading.role and abs(h.x0 - heading.x0) < 15]
        # A well-filled column a little off its heading beats a stray amount right under it.
        nearest = min(rivals, key=lambda m: (taken[m][0] // 20, -columns[m].count, taken[m][0]))
        if heading.role in ("other", "ref") or n == nearest or distance < 4:
            columns[n].role = heading.role


_CARD = re.compile(r"(?<![0-9A-Za-z])[0-9Xx*•·#]{4}([ -]?)[0-9Xx*•·#]{4}\1[0-9Xx*•·#]{4}\1[0-9Xx*•·#]{4}(?![0-9A-Za-z])")
_AMEX = re.compile(r"(?<![0-9A-Za-z])[0-9Xx*]{4}[ -][0-9Xx*]{6}[ -][0-9Xx*]{5}(?![0-9A-Za-z])")
_ENDING = re.compile(
    r"(?:ending(?: in| with)?|ends(?: in| with)?|last (?:4|four)(?: digits)?\)?:?|endet auf|endziffern?|endend auf|se terminant par|"
    r"terminad[ao] en|eindigend op|berakhir(?:an)?|akhiran|finissant par|finalizada en)[ :.]*([0-9]{4})(?![0-9])",
    re.IGNORECASE,
)
_NUMBER_AFTER = re.compile(
    r"(?:account|acct|a/c|konto|compte|cuenta|rekening|card|karten?|carte|tarjeta|kartu|kaart)[ -]?(?:number|no|nr|nummer|numero|num|n°|nomor)?\.?"
    r"[ :#.]*([0-9Xx*•][0-9Xx*•. -]{2,26}[0-9])(?![0-9A-Za-z,/])",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,4})?(?![0-9A-Za-z])")


def account_in(text: str) -> str:
    """The card or account number a line prints, as printed, or an empty text."""
    for pattern in (_AMEX, _CARD):
        for m in pattern.finditer(text):
            plain = re.sub(r"[ -]", "", m.group())
            if len(plain) >= 12 and plain[-4:].isdigit() and (not plain.isdigit() or 13 <= len(plain) <= 19):
                return m.group().strip()
    ending, iban, after = _ENDING.search(text), _IBAN.search(text), _NUMBER_AFTER.search(text)
    if ending is not None:
        return ending[1]
    if iban is not None:
        return iban.group()
    if after is None:
        return ""
    found = after[1].strip(" .-")
    digits = re.sub(r"[^0-9]", "", found)
    return found if len(digits) >= 4 and not re.fullmatch(r"[0-9]{1,2}[.-][0-9]{1,2}[.-][0-9]{2,4}", found) else ""


def _headings(lines: Sequence[Line], dated: dict[int, Token]) -> dict[int, list[Heading]]:
    """Line number → its column headings. Amount headings alone count only beside a full heading or right above a row."""
    found = {line.index: h for line in lines if (h := headings_of(line))}
    full = {i for i, h in found.items() if {"date", "text"} & {x.role for x in h}}
    near = {i + d for i in full for d in (-2, -1, 1, 2)}
    if not full:
        near = {i for i in found if any(i < row <= i + 3 for row in dated)}
    return {i: h for i, h in found.items() if i in full or i in near}


def read_table(lines: Sequence[Line]) -> Table | None:
    """The table of dated entries, or None where no line has both a date and an amount."""
    dated = _dated_lines(lines)
    if not dated:
        return None
    headings = _headings(lines, dated)
    all_headings = [h for found in headings.values() for h in found]
    tokens = _row_amounts(lines, dated)
    if not tokens:
        return None
    columns = columns_of([*tokens, *_under_headings(lines, dated, all_headings)])
    name_columns(columns, all_headings)
    return _Walk(lines, dated, headings, columns).table()


_SPAN = re.compile(r"^(?:[-–—]|to|until|through|thru|bis|au|al|a|hasta|tot|t/m|s/d|s\.d\.|sampai)$", re.IGNORECASE)


def _dated_lines(lines: Sequence[Line]) -> dict[int, Token]:
    """Line number → the date that opens an entry there."""
    candidates = [(line, token) for line in lines for token in line.dates if not _is_span(line)]
    if any(token.firm for _, token in candidates):
        # Beside 05.01. and 5 Jan, a bare 12.05 is an amount.
        candidates = [c for c in candidates if c[1].firm]
    before = [c for c in candidates if not any(t.firm and t.last <= c[1].first for t in c[0].amounts)]
    for wanted in (_with_firm, _with_any, lambda _line, _token: True):
        counts = Counter(round(token.x0) for line, token in before if wanted(line, token))
        if counts:
            break
    else:
        return {}
    mass = {x: sum(n for other, n in counts.items() if abs(other - x) <= _DATE_SLACK) for x in counts}
    most = max(mass.values())
    # Of two date columns the left one opens the row; dates inside texts stand anywhere and rarely.
    home = min(x for x in mass if mass[x] >= 0.6 * most)
    homes = [x for x in mass if mass[x] >= max(1, 0.2 * most) and x <= home + _DATE_SLACK]
    # A second page may be shifted: its own column counts where the first has nothing.
    pages = {line.page for line, token in before if any(abs(token.x0 - x) <= _DATE_SLACK for x in homes)}
    found: dict[int, Token] = {}
    for line, token in before:
        near = any(abs(token.x0 - x) <= _DATE_SLACK for x in homes)
        if line.index not in found and (near or (line.page not in pages and token.first == 0 and _with_any(line, token))):
            found[line.index] = token
    return found if len(found) >= 2 or any(t.firm for t in found.values()) else {}


def _is_span(line: Line) -> bool:
    """Whether a line without amounts prints a period: two dates with `to` or a dash between them."""
    if len(line.dates) < 2 or any(t.firm for t in line.amounts):
        return False
    return _SPAN.search(line.part(line.dates[0].last, line.dates[1].first)) is not None


def _with_firm(line: Line, token: Token) -> bool:
    return any(t.first >= token.last and t.firm for t in line.amounts)


def _with_any(line: Line, token: Token) -> bool:
    return any(t.first >= token.last for t in line.amounts)


def _row_amounts(lines: Sequence[Line], dated: dict[int, Token]) -> list[tuple[int, Token]]:
    """The amounts that columns are made of: firm ones on dated lines; else grouped whole numbers; else below them."""
    by_index = {line.index: line for line in lines}

    def on_rows(grade: int) -> list[tuple[int, Token]]:
        return [(i, t) for i, date in dated.items() for t in by_index[i].amounts if t.first >= date.last and _grade(t) >= grade]

    def share(tokens: Sequence[tuple[int, Token]]) -> float:
        return len({i for i, _ in tokens}) / len(dated)

    for grade in (2, 1):
        tokens = on_rows(grade)
        if share(tokens) >= 0.6:
            return tokens
    # Where most dates stand alone, the amounts follow on the lines below.
    first, last = min(dated), max(dated) + 4
    below = [(line.index, t) for line in lines if first <= line.index <= last and line.index not in dated for t in line.amounts if t.firm]
    if share([*on_rows(2), *below]) >= 0.5:
        return [*on_rows(2), *below]
    return on_rows(0)


def _grade(token: Token) -> int:
    """2 for a firm amount, 1 for a whole number with separators, 0 for bare digits."""
    return 2 if token.firm else 1 if re.search(r"[0-9][.,' ][0-9]", token.text) else 0


def _under_headings(lines: Sequence[Line], dated: dict[int, Token], headings: Sequence[Heading]) -> list[tuple[int, Token]]:
    """Amounts of lines without a date that stand under a heading for money: a column may hold no other."""
    money = [h for h in headings if h.role in ("amount", "debit", "credit", "balance")]
    first, last = min(dated), max(dated) + 12
    return [
        (line.index, t)
        for line in lines
        if first <= line.index <= last and line.index not in dated
        for t in line.amounts
        if t.firm and any(abs(t.x1 - h.x1) < 6 for h in money)
    ]


class _Walk:
    """One pass over the lines that sorts them into entries, continuations, figures, sections and accounts."""

    def __init__(self, lines: Sequence[Line], dated: dict[int, Token], headings: dict[int, list[Heading]], columns: list[Column]) -> None:
        self.lines, self.dated, self.headings, self.columns = lines, dated, headings, columns
        self.entries: list[Entry] = []
        self.figures: list[Figure] = []
        self.groups: list[str] = [""]
        self.group = 0
        self.section, self.section_name = 0, ""
        self.header: list[Heading] = []
        self.blocks: list[frozenset[str]] = [frozenset()]
        self.block = 0
        self.current: Entry | None = None
        self.pending: list[tuple[Line, str]] = []
        self.last: Line | None = None
        self.extra = 0
        self.second = self._second_date()
        amounts = sum(1 for i in dated if any(t.first >= dated[i].last and column_at(columns, t) >= 0 for t in self._at(i).amounts))
        self.amount_last = amounts < 0.6 * len(dated)
        pitches = sorted(b.top - a.top for a, b in itertools.pairwise(lines) if a.page == b.page and b.top > a.top)
        self.pitch = pitches[len(pitches) // 2] if pitches else 12.0
        self.text_x: float | None = None

    def _at(self, index: int) -> Line:
        return self.lines[index]

    def _second_date(self) -> float | None:
        """Where a second date column stands, if most rows have one."""
        xs: list[float] = []
        for index, date in self.dated.items():
            after = [t for t in self._at(index).dates if t.first == date.last]
            xs += [t.x0 for t in after[:1]]
        if len(xs) < max(1, 0.6 * len(self.dated)):
            return None
        xs.sort()
        return xs[len(xs) // 2]

    def table(self) -> Table:
        for line in self.lines:
            if line.index in self.headings:
                self._close()
                near = self.last is not None and self.last.index in self.headings and self.last.page == line.page
                self.header = [*(self.header if near else []), *self.headings[line.index]]
                self._start_block()
            elif line.index in self.dated and not self._is_info(line):
                self._open(line, self.dated[line.index])
            else:
                self._other(line)
            self.last = line
        self._close()
        days = [h for found in self.headings.values() for h in found if h.role == "date"]
        return Table(
            entries=[e for e in self.entries if e.dated],
            undated=self.entries,
            columns=self.columns,
            figures=self.figures,
            date_headings=self._date_headings(days),
            groups=self.groups,
        )

    def _start_block(self) -> None:
        names = frozenset(h.text for h in self.header)
        if names not in self.blocks:
            self.blocks.append(names)
        self.block = self.blocks.index(names)

    def _date_headings(self, days: Sequence[Heading]) -> tuple[str, str | None]:
        if self.second is None or not self.dated:
            return (days[0].text if days else ""), None
        first = sorted(t.x0 for t in self.dated.values())[len(self.dated) // 2]

        def nearest(x: float) -> str:
            return min(days, key=lambda h: abs(h.x0 - x)).text if days else ""

        return nearest(first), nearest(self.second)

    # ------------------------------------------------------------------------------------ kinds of lines

    def _is_info(self, line: Line) -> bool:
        plain = words.compact(line.text)
        return words.NO_ROW.search(plain) is not None and not self._money(line)

    def _money(self, line: Line, after: int = 0) -> dict[int, Token]:
        cells: dict[int, Token] = {}
        for token in line.amounts:
            if token.first < after:
                continue
            n = column_at(self.columns, token)
            if n < 0 or (not token.firm and not self._aligned(token, n)):
                continue
            if n not in cells or (token.firm and not cells[n].firm):
                cells[n] = token
        return cells

    def _aligned(self, token: Token, n: int) -> bool:
        return any(abs(edge - right) <= 2.0 for edge in (token.x1, token.end) for _, right in self.columns[n].members)

    def _open(self, line: Line, date: Token) -> None:
        self._close()
        after = date.last
        day2 = None
        if self.second is not None:
            token = next((t for t in line.dates if t.first == date.last and abs(t.x0 - self.second) <= 2 * _DATE_SLACK), None)
            if token is not None:
                day2, after = token.text, token.last
        cells = self._money(line, after)
        entry = Entry(date.text, day2, cells, [], [(line.page, *line.box(0, self._end(line, cells)))], line.index, line.page)
        entry.section, entry.section_name, entry.group, entry.block = self.section, self.section_name, self.group, self.block
        entry.mark = self._mark(line, after)
        entry.tokens = [t for t in line.amounts if t.first >= after and t.firm]
        text = self._text(line, after, cells, date.first)
        plain = words.compact(text)
        if words.BALANCE_ROW.search(plain) or words.NO_ROW.match(plain):
            self._figures(line, after, label=text)
            return
        if text:
            entry.text.append(text)
            if self.text_x is None:
                self.text_x = next((w.x0 for w in line.words[after:]), None)
        self.entries.append(entry)
        self.current, self.extra = entry, 0
        # What stands beside the table on the same height (a summary box) are figures, not cells.
        used = {id(t) for t in cells.values()}
        for token in line.amounts:
            if token.first >= after and id(token) not in used and token.firm and cells and token.x0 > max(c.x1 for c in cells.values()):
                self._figure(line, token, after)

    def _end(self, line: Line, cells: dict[int, Token]) -> int | None:
        return max((t.last for t in cells.values()), default=None)

    def _mark(self, line: Line, after: int) -> int:
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
            right = max((t.x1 for t in self._money(line, after).values()), default=None)
            alone = i == 0 or word.x0 - line.words[i - 1].x1 > 0.8 * word.size
            if right is not None and alone and word.x0 >= right - 1 and word.x0 - right < 60:
                return direction
        return 0

    def _text(self, line: Line, after: int, cells: dict[int, Token], before: int = 0) -> str:
        """The descriptor on a line: under the heading for text where there is one, else between date and amount."""
        end = min((t.first for t in cells.values()), default=len(line.words))
        if end <= after:
            end = len(line.words) if not cells else end
        column = self._text_column()
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
        return text.strip()

    def _text_column(self) -> tuple[float, float] | None:
        found = [h for h in self.header if h.role == "text"]
        if not found:
            return None
        first = found[0]
        nexts = [h.x0 for h in self.header if h.x0 > first.x1 and h.role not in ("text",)]
        return first.x0, min(nexts, default=10_000.0)

    def _other(self, line: Line) -> None:
        plain = words.compact(line.text)
        account = account_in(line.text)
        if account:
            self._account(account)
        money = self._money(line)
        firm = [t for t in line.amounts if t.firm]
        if not firm and not money:
            if self._heading(line, plain):
                return
            self._continue(line, plain)
            return
        label = self._label(line, (firm or list(money.values()))[0])
        plain_label = words.compact(label)
        summary = (
            words.OPENING.match(plain_label)
            or words.CLOSING.match(plain_label)
            or words.TOTAL.search(plain_label)
            or words.BALANCE_ROW.search(plain_label)
            or words.NEVER.match(plain_label)
        )
        if summary or not money or self.current is None:
            inside = self.current is not None and not summary and not money and self._belongs(line)
            for token in firm or list(money.values()):
                self._figure(line, token, 0)
            if inside:
                self._sub_line(line)
            elif summary or account or not inside:
                self._close()
            return
        if self.amount_last and not self.current.cells and self._belongs(line, lines=8):
            self._complete(line, money)
            return
        if (self._belongs(line, lines=2) or self._near(line)) and not any(t.firm for t in line.dates[:1]):
            self._undated(line, money)
            return
        for token in firm:
            self._figure(line, token, 0)
        self._close()

    def _near(self, line: Line) -> bool:
        return self.last is not None and self.last.page == line.page and line.top - self.last.top < 2.6 * self.pitch

    def _belongs(self, line: Line, *, lines: int = 3) -> bool:
        """Whether a line stands close enough under the current entry to be part of it."""
        if self.current is None or self.last is None or self.last.page != line.page:
            return False
        return line.top - self.last.top < (0.6 + lines) * max(self.pitch, line.size)

    def _complete(self, line: Line, money: dict[int, Token]) -> None:
        entry = self.current
        assert entry is not None
        text = self._text(line, 0, money)
        entry.cells = money
        entry.tokens = [t for t in line.amounts if t.firm]
        entry.mark = entry.mark or self._mark(line, 0)
        if text:
            entry.text.append(text)
        entry.spans.append((line.page, *line.box()))

    def _undated(self, line: Line, money: dict[int, Token]) -> None:
        """A line with an amount in a money column and no date: maybe a row of the same day."""
        above = self.current
        assert above is not None
        entry = Entry(above.day, above.day2, money, [], [(line.page, *line.box())], line.index, line.page, dated=False)
        entry.section, entry.section_name, entry.group, entry.block = self.section, self.section_name, self.group, self.block
        entry.mark = self._mark(line, 0)
        entry.tokens = [t for t in line.amounts if t.firm]
        entry.text = [t for _, t in self.pending] if self.amount_last else []
        text = self._text(line, 0, money)
        if text:
            entry.text.append(text)
        self.pending = []
        self.entries.append(entry)
        self.current, self.extra = entry, 0

    def _sub_line(self, line: Line) -> None:
        assert self.current is not None
        self.current.spans.append((line.page, *line.box()))

    def _continue(self, line: Line, plain: str) -> None:
        entry = self.current
        if entry is None or not plain:
            return
        gap = line.top - self.last.bottom if self.last is not None and self.last.page == line.page else 1e9
        left = self.text_x if self.text_x is not None else 0.0
        if gap > 0.9 * line.size or line.words[0].x0 < left - 3 or self.extra >= _CONTINUATION_LINES:
            if not (self.amount_last and self._belongs(line, lines=2) and line.words[0].x0 >= left - 3):
                self._close()
            return
        self.extra += 1
        text = self._text(line, 0, {})
        if self.amount_last and entry.cells:
            self.pending.append((line, text))
        elif not _is_rate(plain):
            entry.text.append(text)
        entry.spans.append((line.page, *line.box()))

    def _close(self) -> None:
        self.current, self.pending = None, []

    def _heading(self, line: Line, plain: str) -> bool:
        """Whether the line heads a section; remembers which."""
        text = line.text
        if len(line.words) > 8 or not plain or text[0].islower() or text[-1] in ".),;":
            return False
        bare = re.sub(r"(?:continued|cont|fortsetzung|suite|vervolg|lanjutan)$", "", plain)
        direction = 1 if words.SECTION_IN.search(bare) else -1 if words.SECTION_OUT.search(bare) else 0
        if not direction:
            return False
        # A merchant called "Fees" in the text column under a row is a continuation, not a heading.
        if self.current is not None and self.text_x is not None and abs(line.words[0].x0 - self.text_x) < 3 and not self._gap(line):
            date_x = min((t.x0 for t in self.dated.values()), default=0.0)
            if self.text_x - date_x > 12:
                return False
        self.section, self.section_name = direction, bare
        self._close()
        return True

    def _gap(self, line: Line) -> bool:
        return self.last is None or self.last.page != line.page or line.top - self.last.top > 1.35 * self.pitch

    def _account(self, number: str) -> None:
        tail = re.sub(r"[^0-9A-Za-z]", "", number)[-4:]
        for n, known in enumerate(self.groups):
            if known and re.sub(r"[^0-9A-Za-z]", "", known)[-4:] == tail:
                if len(number) > len(known) and not any(e.group == n for e in self.entries):
                    self.groups[n] = number
                self.group = n
                return
        if not self.groups[0] and not self.entries:
            self.groups[0] = number
            return
        self.groups.append(number)
        self.group = len(self.groups) - 1

    # ------------------------------------------------------------------------------------ figures

    def _figures(self, line: Line, after: int, *, label: str) -> None:
        for token in line.amounts:
            if token.first >= after and (token.firm or column_at(self.columns, token) >= 0):
                self._figure(line, token, after, label=label)
        self._close()

    def _figure(self, line: Line, token: Token, after: int, *, label: str | None = None) -> None:
        text = label if label is not None else self._label(line, token)
        self.figures.append(Figure(text, token, column_at(self.columns, token), len(self.entries), line.page, line.index, self.group))

    def _label(self, line: Line, token: Token) -> str:
        """What names an amount: the words before it on the line, else the words above it."""
        taken = [t for t in line.amounts if t.firm and t.last <= token.first]
        start = taken[-1].last if taken else 0
        runs = [r for r in line.chunks(start, token.first) if any(c.isalpha() for w in line.words[r[0] : r[1]] for c in w.text)]
        if runs:
            return line.part(*runs[-1])
        if taken and (first := self._row_label(line, taken[0])):
            return first
        for above in reversed(self.lines[max(0, line.index - 3) : line.index]):
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

    def _row_label(self, line: Line, token: Token) -> str:
        return line.part(0, token.first) if token.first and any(c.isalpha() for c in line.part(0, token.first)) else ""


def _is_rate(plain: str) -> bool:
    """Whether a sub-line tells a foreign amount or a rate; no part of the bank's text for the merchant."""
    return (
        re.search(
            r"exchangerate|foreigncurrency|umrechnungskurs|^kurs|tauxdechange|tipodecambio|wisselkoers|koers|conversionrate|fxrate", plain
        )
        is not None
    )
