"""Which lines open an entry: those with a date where most lines of the table have theirs; and their amounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from analyzer.importers.pdf import words
from analyzer.importers.pdf.columns import Column, Heading, column_at
from analyzer.importers.pdf.lines import Line, Token

DATE_SLACK = 9.0
"""Points a date's left edge may wander (right-aligned days of one or two digits)."""
_SPAN = re.compile(r"^(?:[-–—]|to|until|through|thru|bis|au|al|a|hasta|tot|t/m|s/d|s\.d\.|sampai)$", re.IGNORECASE)


def dated_lines(lines: Sequence[Line]) -> dict[int, Token]:
    """Line number → the date that opens an entry there. A bare `12.05` that is a date is no longer among the amounts."""
    candidates = [
        (line, token)
        for line in lines
        for token in line.dates
        if not _is_span(line) and not _in_summary(lines[max(0, line.index - 3) : line.index], line, token)
    ]
    standing = [c for c in candidates if not _inside(*c)]
    if len(standing) >= max(3, 0.8 * (len(candidates) - len(standing))):
        candidates = standing  # `Books 12/24` is a text where rows have dates of their own
    openers = [(line, t) for line, t in candidates if t.firm and t.first == 0 and _with_firm(line, t)]
    loose = _loose_columns(lines, candidates)
    if len(loose) <= 2 * len(openers):
        # Beside 05.01. and 5 Jan, a 12.05 is an amount; where all of a column reads so, it is the date.
        candidates = [c for c in candidates if c[1].firm]
    else:
        candidates = [c for c in candidates if c[1].firm or (c[0].index, c[1].first) in loose]
        for line, token in candidates:
            if not token.firm:
                line.amounts = [t for t in line.amounts if t.first != token.first]
    before = [c for c in candidates if not _beside(*c)]
    if sum(_with_firm(*c) for c in before) < 0.3 * sum(any(t.firm for t in c[0].amounts) for c in candidates):
        before = candidates  # the amounts stand before the dates
    amid = [c for c in before if not c[0].apart(c[1])]
    if sum(t.firm and t.first == 0 for _, t in before) >= 0.6 * len(amid):
        # `Value date: 12/03/2025` amid a text opens no row where days stand at the beginning of lines.
        before = [c for c in before if c[0].apart(c[1])]
    grouped = sum(line.dates[0].first == 0 and any(_whole(t) for t in line.amounts) for line, t in before if t is line.dates[0])
    mostly_whole = grouped >= max(3, 3 * sum(_with_firm(*c) for c in before))
    for wanted in (*([_with_whole] if mostly_whole else []), _with_firm, _beside, _with_any, _any):
        counts = Counter(round(token.x0) for line, token in before if wanted(line, token))
        if counts:
            break
    else:
        return {}
    mass = {x: sum(n for other, n in counts.items() if abs(other - x) <= DATE_SLACK) for x in counts}
    most = max(mass.values())
    # Of two date columns the left one opens the row; dates inside texts stand anywhere and rarely.
    home = min(x for x in mass if mass[x] >= 0.6 * most)
    homes = [x for x in mass if mass[x] >= max(1, 0.2 * most) and x <= home + DATE_SLACK]
    # A second page may be shifted: its own column counts where the first has nothing.
    pages = {line.page for line, token in before if any(abs(token.x0 - x) <= DATE_SLACK for x in homes)}
    found: dict[int, Token] = {}
    for line, token in before:
        near = any(abs(token.x0 - x) <= DATE_SLACK for x in homes)
        if line.index not in found and (near or (line.page not in pages and token.first == 0 and _with_any(line, token))):
            found[line.index] = token
    found = _with_second_alone(lines, _without_value_days(lines, found))
    return found if len(found) >= 2 or any(t.firm for t in found.values()) else {}


def _inside(line: Line, token: Token) -> bool:
    """Whether a word that is no date stands right before the date, as in a text."""
    if token.first == 0 or any(t.last == token.first for t in line.dates):
        return False
    before = line.words[token.first - 1]
    return before.text[-1].isalpha() and line.words[token.first].x0 - before.x1 < 0.5 * before.size


def _is_span(line: Line) -> bool:
    """Whether a line without amounts prints a period: two dates with `to` or a dash between them."""
    if len(line.dates) < 2 or any(t.firm for t in line.amounts):
        return False
    return _SPAN.search(line.part(line.dates[0].last, line.dates[1].first)) is not None


def _without_value_days(lines: Sequence[Line], found: dict[int, Token]) -> dict[int, Token]:
    """Without the days that stand right under a row's day and have no amount: the row's value day."""
    by_index = {line.index: line for line in lines}
    order = sorted(found)
    full = {
        i: any(t.firm and line.apart(t) and not (found[i].first <= t.first < found[i].last) for t in line.amounts)
        for i in order
        for line in [by_index[i]]
    }
    if len(order) < 4 or not full[order[0]]:
        return found
    below = [b for a, b in pairwise(order) if full[a] and not full[b] and b == a + 1 and by_index[b].page == by_index[a].page]
    if len(below) < max(0.8 * sum(full.values()), 0.25 * len(order)):
        return found  # an opening balance with its amount, above rows whose amounts are printed below their days
    return {i: t for i, t in found.items() if i not in below}


def _with_second_alone(lines: Sequence[Line], found: dict[int, Token]) -> dict[int, Token]:
    """With the rows that print a day in the second date column alone (payments on cards: posted, never made at a till)."""
    by_index = {line.index: line for line in lines}
    seconds = [t.x0 for i, day in found.items() for t in by_index[i].dates if t.first == day.last]
    if not seconds or len(seconds) < 0.6 * len(found):
        return found
    x = sorted(seconds)[len(seconds) // 2]
    alone = {
        line.index: line.dates[0]
        for line in lines
        if line.index not in found
        and line.dates
        and line.dates[0].firm
        and line.dates[0].first == 0
        and abs(line.dates[0].x0 - x) <= 2
        and any(t.firm and line.apart(t) for t in line.amounts)
        and not any(abs(i - line.index) <= 1 and by_index[i].page == line.page and not _with_firm(by_index[i], found[i]) for i in found)
    }
    return {**found, **alone}


def _loose_columns(lines: Sequence[Line], candidates: Sequence[tuple[Line, Token]]) -> set[tuple[int, int]]:
    """(line, word) of the bare `12.05` that stand in a column of such alone; an amount's column holds others too."""
    columns: dict[int, list[tuple[Line, Token]]] = {}
    for line, token in candidates:
        if not token.firm and (token.first == 0 or any(t.firm and t.first != token.first for t in line.amounts)):
            columns.setdefault(round(token.x0), []).append((line, token))
    found: set[tuple[int, int]] = set()
    for x in columns:
        members = [m for other, group in columns.items() if abs(other - x) <= 1 for m in group]
        if len(members) < 2:
            continue
        x0, x1 = min(t.x0 for _, t in members), max(t.x1 for _, t in members)
        dates = {(line.index, t.first) for line, t in members}
        rows = range(min(i for i, _ in dates), max(i for i, _ in dates) + 1)
        strangers = sum(
            t.firm and min(t.x1, x1) - max(t.x0, x0) > 0 and (line.index, t.first) not in dates
            for line in lines
            if line.index in rows
            for t in line.amounts
        )
        if 8 * strangers <= len(members):
            found |= dates
    return found


def in_text(line: Line, token: Token) -> bool:
    """Whether a date stands amid the words of a text (`REF 24/11`, `vom 02.01.2024`); it opens no row."""
    return token.first > 0 and not line.apart(token) and any(c.isalpha() for c in line.words[token.first - 1].text)


def _beside(line: Line, token: Token) -> bool:
    """Whether an amount stands before a date; one amid the words of a text (`Rent 750.00 EUR`) is no row's."""
    return any(t.firm and t.last <= token.first and line.apart(t) for t in line.amounts)


def precedes(lines: Sequence[Line], dated: dict[int, Token]) -> bool:
    """Whether the amounts of rows stand before their dates."""
    ahead = sum(_beside(line, dated[line.index]) for line in lines if line.index in dated)
    behind = sum(_with_firm(line, dated[line.index]) for line in lines if line.index in dated)
    return ahead > 0 and behind < 0.3 * ahead


def _in_summary(before: Sequence[Line], line: Line, token: Token) -> bool:
    """Whether a date stands under a label such as `Statement date`, which makes it no row's date.

    Between the two can be lines of a box beside them.
    """
    for above in reversed(before):
        if above.page != line.page or line.top - above.bottom > 1.5 * line.size:
            return False
        if any(d.x0 < token.x1 and d.x1 > token.x0 for d in above.dates):
            return False
        over = [above.part(a, b) for a, b in above.chunks() if min(above.words[b - 1].x1, token.x1) - max(above.words[a].x0, token.x0) > 0]
        if over:
            return not above.dates and any(words.NO_ROW.search(words.compact(text)) for text in over)
    return False


def _with_firm(line: Line, token: Token) -> bool:
    return any(t.first >= token.last and t.firm for t in line.amounts)


def _with_any(line: Line, token: Token) -> bool:
    return any(t.first >= token.last for t in line.amounts)


def _any(_line: Line, _token: Token) -> bool:
    return True


def _with_whole(line: Line, token: Token) -> bool:
    return any(t.first >= token.last and _whole(t) for t in line.amounts)


def promote_whole(lines: Sequence[Line], dated: dict[int, Token]) -> None:
    """Where rows print whole numbers in groups and hardly a decimal (rupiah, yen), `1.234` is firmly an amount everywhere."""
    amounts = [t for line in lines if line.index in dated for t in line.amounts]
    if not any(t.firm or _whole(t) for t in amounts):
        amounts = [t for line in lines if min(dated) <= line.index <= max(dated) + 4 for t in line.amounts]
    grouped = [t for t in amounts if _whole(t)]
    if len(grouped) >= max(2, 5 * sum(t.firm and not _whole(t) and not t.text.strip("+-()").isdigit() for t in amounts)):
        for line in lines:
            for token in line.amounts:
                token.firm = token.firm or _whole(token)


def _whole(token: Token) -> bool:
    return _GROUPED_WHOLE.fullmatch(token.text) is not None


_GROUPED_WHOLE = re.compile(r"[^0-9]*[0-9]{1,3}(?:[.,' ][0-9]{3})+[^0-9]*")


def row_amounts(lines: Sequence[Line], dated: dict[int, Token]) -> list[tuple[int, Token]]:
    """The amounts that columns are made of: firm ones on dated lines; else grouped whole numbers; else below them."""
    by_index = {line.index: line for line in lines}
    ahead = precedes(lines, dated)

    def on_rows(grade: int) -> list[tuple[int, Token]]:
        return [(i, t) for i, date in dated.items() for t in by_index[i].amounts if (t.first >= date.last or ahead) and _grade(t) >= grade]

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


def under_headings(lines: Sequence[Line], dated: dict[int, Token], headings: Sequence[Heading]) -> list[tuple[int, Token]]:
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


def only_amounts(lines: Sequence[Line], dated: dict[int, Token], columns: Sequence[Column]) -> Counter[int]:
    """How many rows have each column's amount as their only one, balances aside."""
    found: Counter[int] = Counter()
    for index in dated:
        own = {column_at(columns, t) for t in lines[index].amounts if t.firm} - {-1}
        own = {n for n in own if columns[n].role != "balance"}
        if len(own) == 1:
            found[own.pop()] += 1
    return found


def second_dates(lines: Sequence[Line], dated: dict[int, Token]) -> float | None:
    """Where a second date column stands, if most rows have one."""
    xs = sorted(t.x0 for index, day in dated.items() for t in lines[index].dates if t.first == day.last)
    return None if len(xs) < max(1, 0.6 * len(dated)) else xs[len(xs) // 2]
