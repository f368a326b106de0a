"""Lines to the raw table: columns, dated entries, headings, sections, accounts, and the figures around them.

No sign, year or sum is decided here; every amount keeps its text and its column.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from analyzer.importers.pdf import words
from analyzer.importers.pdf.above import close_above, take
from analyzer.importers.pdf.accounts import account_in, group_of
from analyzer.importers.pdf.columns import Column, Heading, all_headings, column_at, columns_of, heading_rows, name_columns, without_texts
from analyzer.importers.pdf.dated import (
    DATE_SLACK,
    dated_lines,
    in_text,
    only_amounts,
    precedes,
    promote_whole,
    row_amounts,
    second_dates,
    under_headings,
)
from analyzer.importers.pdf.entries import Entry, Figure, Table, unite_amounts
from analyzer.importers.pdf.fields import MONEY, Fields, after_day, in_words
from analyzer.importers.pdf.labels import counts, direction_behind, is_rate, label_of
from analyzer.importers.pdf.leads import Leads, leads, parted
from analyzer.importers.pdf.lines import Line, Token
from analyzer.importers.pdf.stages import section_of, stage_of

_CONTINUATION_LINES = 6


def read_table(lines: Sequence[Line]) -> Table | None:
    """The table of dated entries, or None where no line has both a date and an amount."""
    dated = dated_lines(lines)
    if not dated:
        return None
    promote_whole(lines, dated)
    headings = all_headings(lines, dated)
    every = [h for found in headings.values() for h in found]
    tokens = row_amounts(lines, dated)
    if not tokens:
        return None
    columns = columns_of([*tokens, *under_headings(lines, dated, every)])
    name_columns(columns, heading_rows(headings, dated, lines) or every)
    columns = without_texts(columns, lines, tokens)
    table = _Walk(lines, dated, headings, columns).table()
    unite_amounts(table)
    return table


class _Walk:
    """One pass over the lines that sorts them into entries, continuations, figures, sections and accounts."""

    def __init__(self, lines: Sequence[Line], dated: dict[int, Token], headings: dict[int, list[Heading]], columns: list[Column]) -> None:
        self.lines, self.dated, self.headings, self.columns = lines, dated, headings, columns
        self.entries: list[Entry] = []
        self.figures: list[Figure] = []
        self.groups: list[str] = [""]
        self.details: set[str] = set()
        """Last digits of the cards that rows name in their details; these head no rows."""
        self.group = 0
        self.section, self.section_name = 0, ""
        self.stage = ""
        self.bare = False
        """Whether rows have their texts above and below them."""
        self.fields = Fields(dated, columns)
        self.blocks: list[frozenset[str]] = [frozenset()]
        self.block = 0
        self.current: Entry | None = None
        self.pending: list[tuple[Line, str]] = []
        self.carried: tuple[Entry, list[tuple[Line, str]], int] | None = None
        """What was open when a page ended, with its pending texts and page: the next page may go on with it."""
        self.headed = 0
        """The page on which headings were last seen."""
        self.last: Line | None = None
        self.extra = 0
        self.ahead = precedes(lines, dated)
        self.second = second_dates(lines, dated)
        amounts = sum(
            any((t.first >= d.last or self.ahead) and column_at(columns, t) >= 0 for t in lines[i].amounts) for i, d in dated.items()
        )
        self.amount_last = amounts < 0.6 * len(dated)
        pitches = sorted(b.top - a.top for a, b in itertools.pairwise(lines) if a.page == b.page and b.top > a.top)
        self.pitch = pitches[len(pitches) // 2] if pitches else 12.0
        self.text_x: float | None = None
        self.leads = Leads(() if self.amount_last else leads(lines, dated, columns, headings))
        self.named = any(c.role in ("debit", "credit", "amount") for c in columns)
        self.only = only_amounts(lines, dated, columns)
        self.later_x = Counter(round(t.x0) for i, d in dated.items() for t in lines[i].dates if t.first >= d.last)

    def _at(self, index: int) -> Line:
        return self.lines[index]

    def table(self) -> Table:
        for line in self.lines:
            if self.last is not None and self.last.page != line.page:
                self._pause()
            if line.index not in self.dated and not self._is_detail(line):
                self.stage = stage_of(line, self.stage)
            if line.index in self.headings:
                self._close()
                self.headed = line.page
                near = self.last is not None and self.last.index in self.headings and self.last.page == line.page
                self.fields.header = [*(self.fields.header if near else []), *self.headings[line.index]]
                self._start_block()
            elif self.fields.daily(line):
                self._close()
            elif self.leads.keep(line):
                pass
            elif line.index in self.dated and not self._is_info(line):
                self._open(line, self.dated[line.index])
            else:
                self._other(line)
            self.last = line
        self._close()
        days = [h for found in self.headings.values() for h in found if h.role == "date"]
        staged = [e for e in self.entries if e.stage]
        booked = [e for e in self.entries if not e.stage] or self.entries
        return Table(
            entries=[e for e in booked if e.dated],
            undated=booked,
            staged=staged,
            columns=self.columns,
            figures=self.figures,
            date_headings=self._date_headings(days),
            groups=self.groups,
        )

    def _start_block(self) -> None:
        names = frozenset(h.text for h in self.fields.header)
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
        return words.NO_ROW.search(plain) is not None and not self.fields.money(line)

    def _open(self, line: Line, date: Token) -> None:
        self._close()
        after = date.last
        day2 = None
        if self.second is not None:
            token = next((t for t in line.dates if t.first == date.last and abs(t.x0 - self.second) <= 2 * DATE_SLACK), None)
            if token is not None:
                day2, after = token.text, token.last
        cells = self.fields.money(line, 0 if self.ahead else after)
        entry = Entry(date.text, day2, cells, [], [(line.page, *line.box(0, self._end(line, cells)))], line.index, line.page)
        entry.section, entry.section_name, entry.group, entry.block = self.section, self.section_name, self.group, self.block
        entry.mark, entry.stage = self.fields.mark(line, after), self.stage
        entry.tokens = [t for t in line.amounts if (t.first >= after or self.ahead) and t.firm]
        text = self.fields.text(line, after, cells, date.first)
        plain = words.compact(text)
        if words.BALANCE_ROW.search(plain) or words.NO_ROW.match(plain):
            self._figures(line, after, label=text)
            return
        above = self.last
        if not text and (self.bare or self.text_x is None) and above is not None and close_above(line, above) and not self._known(above):
            take(entry, above, self.fields.text(above, 0, {}), self.entries)
            self.text_x, self.bare = above.words[0].x0, True
        if text:
            entry.text.append(text)
            if self.text_x is None:
                ahead = date.first > 0 and line.part(0, date.first) == text
                self.text_x = line.words[0].x0 if ahead else next((w.x0 for w in line.words[after:]), None)
        self.leads.give(entry, self.fields)
        self.entries.append(entry)
        self.current, self.extra, self.carried = entry, 0, None
        # What stands beside the table on the same height (a summary box) are figures, not cells.
        used = {id(t) for t in cells.values()}
        for token in line.amounts:
            if token.first >= after and id(token) not in used and token.firm and cells and token.x0 > max(c.x1 for c in cells.values()):
                self._figure(line, token, after)

    def _known(self, line: Line) -> bool:
        return line.index in self.dated or line.index in self.headings or line.index in self.leads.numbers

    def _end(self, line: Line, cells: dict[int, Token]) -> int | None:
        return max((t.last for t in cells.values()), default=None)

    def _other(self, line: Line) -> None:
        plain = words.compact(line.text)
        account = account_in(line.text)
        if line.dates and line.dates[0].first == 0 and self._dated_by_itself(line) and not self._is_detail(line):
            # Rows below a date that was not understood must not take the one above it.
            self._close()
            self.carried = None
        if account and self._is_detail(line):
            self.details.add(account[-4:])
        elif account and account[-4:] not in self.details:
            self.group = group_of(self.groups, account, {e.group for e in self.entries})
        money = self.fields.money(line)
        if self.named and not any(self.columns[n].role in MONEY or self.only[n] > 1 for n in money):
            money = {}  # a foreign amount in the text's column, for example
        firm = [t for t in line.amounts if t.firm]
        if not firm and not money:
            if self._heading(line, plain):
                return
            self._continue(line, plain)
            return
        label = label_of(self.lines, line, (firm or list(money.values()))[0])
        plain_label = words.unowned(words.compact(label))
        summary = bool(
            words.OPENING.match(plain_label)
            or words.CLOSING.match(plain_label)
            or words.TOTAL.search(plain_label)
            or words.BALANCE_ROW.search(plain_label)
            or words.NEVER.match(plain_label)
        )
        if money and not summary and not self._dated_by_itself(line) and self._goes_on(line):
            self._resume()
        if summary and not words.FORWARD.search(plain_label):
            self.carried = None
        if not summary and not money and self._is_detail(line) and in_words(line):
            self._continue(line, plain)
            return
        if summary or not money or self.current is None:
            inside = self.current is not None and not summary and not money and self._belongs(line)
            for token in firm or list(money.values()):
                self._figure(line, token, 0)
            if inside:
                self._sub_line(line)
            elif summary and words.FORWARD.search(plain_label):
                self._pause()
            elif summary or account or not inside:
                self._close()
            return
        if self.amount_last and not self.current.cells and (self._belongs(line, lines=8) or self._turned(line)):
            self._complete(line, money)
            return
        if (self._turned(line) or self._belongs(line, lines=2) or self._near(line)) and not self._dated_by_itself(line):
            self._undated(line, money)
            return
        for token in firm:
            self._figure(line, token, 0)
        self._close()

    def _is_detail(self, line: Line) -> bool:
        """Whether a line stands right under a row's text, so that a card it names is a detail of the row."""
        if self.current is None or self.text_x is None or self._gap(line):
            return False
        return line.words[after_day(line, self.text_x)].x0 > self.text_x - 3

    def _near(self, line: Line) -> bool:
        return self.last is not None and self.last.page == line.page and line.top - self.last.top < 2.6 * self.pitch

    def _turned(self, line: Line) -> bool:
        """Whether the line goes on with an entry of the page before."""
        return self.current is not None and self.current.spans[-1][0] == line.page - 1

    def _dated_by_itself(self, line: Line) -> bool:
        """Whether a line without a row's date begins with another date than one of a second date column."""
        if abs(line.words[0].x0 - self.text_x) < 3 if self.text_x is not None else self.amount_last:
            return any(t.firm and t.first == 0 for t in line.dates[:1])  # `Books 12/24` is a text
        return any(t.firm and self.later_x[round(t.x0)] < 2 and not in_text(line, t) for t in line.dates[:1])

    def _goes_on(self, line: Line) -> bool:
        """Whether what was open at the end of the page before goes on here: under repeated headings, or for want of an amount."""
        if self.carried is None or self.current is not None or self.carried[2] != line.page - 1:
            return False
        return self.headed == line.page or not self.carried[0].cells

    def _pause(self) -> None:
        if self.current is not None:
            self.carried = (self.current, self.pending, self.current.spans[-1][0])
        self.current, self.pending = None, []

    def _resume(self) -> None:
        assert self.carried is not None
        self.current, self.pending, _ = self.carried
        self.carried, self.extra = None, 0

    def _belongs(self, line: Line, *, lines: int = 3) -> bool:
        """Whether a line stands close enough under the current entry to be part of it."""
        if self.current is None or self.last is None or self.last.page != line.page:
            return False
        return line.top - self.last.top < (0.6 + lines) * max(self.pitch, line.size)

    def _complete(self, line: Line, money: dict[int, Token]) -> None:
        entry = self.current
        assert entry is not None
        text = self.fields.text(line, 0, money)
        entry.cells, entry.amount_page = money, line.page
        entry.tokens = [t for t in line.amounts if t.firm]
        entry.mark = entry.mark or self.fields.mark(line, 0)
        if text:
            entry.text.append(text)
        entry.spans.append((line.page, *line.box()))

    def _undated(self, line: Line, money: dict[int, Token]) -> None:
        """A line with an amount in a money column and no date: maybe a row of the same day."""
        above = self.current
        assert above is not None
        if not any(c in "123456789" for t in money.values() for c in t.text):
            return  # "Interest 0.00" is no row, and no sum could tell
        entry = Entry(above.day, above.day2, money, [], [(line.page, *line.box())], line.index, line.page, dated=False)
        entry.section, entry.section_name, entry.group, entry.block = self.section, self.section_name, self.group, self.block
        entry.mark, entry.stage = self.fields.mark(line, 0), self.stage
        entry.tokens = [t for t in line.amounts if t.firm]
        entry.text = parted(above, self.pending, line, self.lines) if self.amount_last else []
        text = self.fields.text(line, 0, money)
        if text:
            entry.text.append(text)
        self.pending = []
        self.leads.give(entry, self.fields)
        self.entries.append(entry)
        self.current, self.extra = entry, 0

    def _sub_line(self, line: Line) -> None:
        assert self.current is not None
        self.current.spans.append((line.page, *line.box()))
        if self.bare:
            self.current.text.append(self.fields.text(line, 0, {}))

    def _continue(self, line: Line, plain: str) -> None:
        entry = self.current
        after_headings = self.last is not None and self.last.index in self.headings and self.text_x is not None
        if entry is None and plain and after_headings and self._goes_on(line) and abs(line.words[0].x0 - (self.text_x or 0.0)) < 12:
            self._resume()
            assert self.current is not None
            self.extra += 1
            self.pending.append((line, self.fields.text(line, 0, {})))
            self.current.spans.append((line.page, *line.box()))
            return
        if entry is None or not plain:
            return
        gap = line.top - self.last.bottom if self.last is not None and self.last.page == line.page else 1e9
        left = self.text_x if self.text_x is not None else 0.0
        start = after_day(line, left)
        if gap > 0.9 * line.size or line.words[start].x0 < left - 3 or self.extra >= _CONTINUATION_LINES:
            if not (self.amount_last and self._belongs(line, lines=2) and line.words[0].x0 >= left - 3):
                self._pause()
            return
        self.extra += 1
        text = self.fields.text(line, start, {})
        if self.amount_last and entry.cells:
            self.pending.append((line, text))
        elif not is_rate(plain):
            entry.text.append(text)
        entry.spans.append((line.page, *line.box()))

    def _close(self) -> None:
        self.current, self.pending = None, []

    def _heading(self, line: Line, plain: str) -> bool:
        """Whether the line heads a section; remembers which."""
        direction, bare = section_of(line, plain)
        if not direction:
            return False
        # A merchant called "Fees" in the text column under a row is a continuation, not a heading.
        if self.current is not None and self.text_x is not None and abs(line.words[0].x0 - self.text_x) < 3 and not self._gap(line):
            date_x = min((t.x0 for t in self.dated.values()), default=0.0)
            if abs(self.text_x - date_x) > 12:
                return False
        self.section, self.section_name = direction, bare
        self._close()
        self.carried = None
        return True

    def _gap(self, line: Line) -> bool:
        return self.last is None or self.last.page != line.page or line.top - self.last.top > 1.35 * self.pitch

    # ------------------------------------------------------------------------------------ figures

    def _figures(self, line: Line, after: int, *, label: str) -> None:
        for token in line.amounts:
            if token.first >= after and (token.firm or column_at(self.columns, token) >= 0):
                self._figure(line, token, after, label=label)
        self._close()

    def _figure(self, line: Line, token: Token, after: int, *, label: str | None = None) -> None:
        text = label if label is not None else label_of(self.lines, line, token)
        plain = words.compact(text)
        if self.stage and not words.OPENING.search(plain) and not words.CLOSING.search(plain):
            return
        if not token.firm and counts(text):
            return
        if not token.direction:
            token.direction = direction_behind(line, token)
        column, position = column_at(self.columns, token), len(self.entries)
        self.figures.append(Figure(text, token, column, position, line.page, line.index, self.group, line.box(0, token.last)))
