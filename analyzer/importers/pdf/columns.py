"""Columns: the headings that name them, and the amounts that stand under one another."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.importers.pdf import words
from analyzer.importers.pdf.lines import Line, Token


@dataclass(frozen=True, slots=True)
class Heading:
    """One column heading: where it stands, the role it names, its text (compact), and as printed."""

    x0: float
    x1: float
    role: str
    text: str
    printed: str = ""


@dataclass(slots=True)
class Column:
    """Amounts under one another; `role` where a heading names it."""

    x0: float
    right: float
    count: int
    role: str | None = None
    members: list[tuple[float, float]] = field(default_factory=list)
    heading: str = ""
    """The heading that names it, as printed; `title` in lower-case letters only."""
    title: str = ""
    ends: set[float] = field(default_factory=set)
    """Where amounts end with all that is printed behind their digits."""


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
                found.append(Heading(line.words[i].x0, line.words[end - 1].x1, role, words.compact(text), text))
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


def _stacked(lines: Sequence[Line]) -> dict[int, list[Heading]]:
    """Line number → headings that stand over several lines (`Deposits/` above `Additions`): the last line has them all."""
    found: dict[int, list[Heading]] = {}
    for above, line in itertools.pairwise(lines):
        if above.page != line.page or above.amounts or line.amounts or above.dates or line.dates:
            continue
        if line.top - above.top > 1.9 * line.size or len(line.words) > 24 or len(above.words) > 24:
            continue
        rest = found.get(above.index) or [
            Heading(above.words[a].x0, above.words[b - 1].x1, words.heading(above.part(a, b)) or "", above.part(a, b))
            for a, b in above.chunks(near=0.9)
        ]
        merged: list[Heading] = []
        for a, b in line.chunks(near=0.9):
            x0, x1, text = line.words[a].x0, line.words[b - 1].x1, line.part(a, b)
            over = [h for h in rest if min(h.x1, x1) - max(h.x0, x0) > 0]
            rest = [h for h in rest if h not in over]
            texts = " ".join([*(h.text for h in over), text])
            role = words.heading(texts) or words.heading(text) or next((h.role for h in over if h.role), "")
            merged.append(Heading(min([x0, *(h.x0 for h in over)]), max([x1, *(h.x1 for h in over)]), role, texts))
        merged = sorted([*merged, *rest], key=lambda h: h.x0)
        named = [h for h in merged if h.role]
        if len(named) >= 0.6 * len(merged) and {h.role for h in named} & _MONEY and {"date", "text"} & {h.role for h in named}:
            found[line.index] = merged
    kept = {i: h for i, h in found.items() if i + 1 not in found}
    return {i: [Heading(x.x0, x.x1, x.role, words.compact(x.text), x.text) for x in h if x.role] for i, h in kept.items()}


_MONEY = {"amount", "debit", "credit", "balance"}


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
    for _, token in tokens:
        if (n := column_at(columns, token)) >= 0:
            columns[n].ends.add(round(token.end, 1))
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
            columns[n].title, columns[n].heading = heading.text, heading.printed


def without_texts(columns: list[Column], lines: Sequence[Line], tokens: Sequence[tuple[int, Token]]) -> list[Column]:
    """The columns without those that only figures amid descriptions make (`SHELL 12.345GAL`), beside a column named for money."""
    by_index = {line.index: line for line in lines}
    rows: dict[int, set[int]] = {}
    amid: dict[int, int] = {}
    for index, token in tokens:
        if (n := column_at(columns, token)) >= 0:
            rows.setdefault(n, set()).add(index)
            amid[n] = amid.get(n, 0) + (not by_index[index].apart(token))
    money = {i for n, found in rows.items() if columns[n].role in ("amount", "debit", "credit") for i in found}
    drop = {n for n, found in rows.items() if columns[n].role is None and found <= money and amid[n] >= 0.8 * len(found)}
    return [c for n, c in enumerate(columns) if n not in drop]


def all_headings(lines: Sequence[Line], dated: dict[int, Token]) -> dict[int, list[Heading]]:
    """Line number → its column headings. Amount headings alone count only beside a full heading or right above a row."""
    found = {line.index: h for line in lines if (h := headings_of(line))}
    full = {i for i, h in found.items() if {"date", "text"} & {x.role for x in h}}
    near = {i + d for i in full for d in (-2, -1, 1, 2)}
    if not full:
        near = {i for i in found if any(i < row <= i + 3 for row in dated)}
    kept = {i: h for i, h in found.items() if i in full or i in near}
    for i, merged in _stacked(lines).items():
        apart = [h for j in (i - 2, i - 1, i) for h in kept.get(j, ())]
        if len({h.role for h in merged}) > len({h.role for h in apart}) or len(merged) > len(apart):
            kept[i] = merged
            for j in (i - 1, i - 2):
                if j in kept:
                    kept[j] = []
    return kept


def heading_rows(headings: dict[int, list[Heading]], dated: dict[int, Token], lines: Sequence[Line]) -> list[Heading]:
    """The headings that have a row below them before the next ones; a summary box has headings of its own."""
    found: list[Heading] = []
    group: list[Heading] = []
    numbers = sorted(i for i, h in headings.items() if h)
    rows = sorted(dated)
    for n, i in enumerate(numbers):
        group += headings[i]
        following = numbers[n + 1] if n + 1 < len(numbers) else max(dated, default=0) + 1
        if following > i + 2 or any(t.firm for line in lines[i + 1 : following] for t in line.amounts):
            found += group if bisect.bisect_right(rows, i) < bisect.bisect_left(rows, following) else []
            group = []
    return found
