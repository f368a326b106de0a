"""The table's cells as amounts under one choice of columns, and the figures around them as evidence."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from analyzer.importers.numbers import Amount, Mark, Style, parse_amount
from analyzer.importers.pdf import words
from analyzer.importers.pdf.entries import Entry, Figure, Table
from analyzer.importers.pdf.proof import Evidence, Printed, Sum


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what: one signed `amount`, or `debit` and `credit`; `balance` if printed. By heading or not."""

    amount: int | None = None
    debit: int | None = None
    credit: int | None = None
    balance: int | None = None
    named: bool = False


@dataclass(slots=True)
class Cells:
    entries: list[Entry]
    values: list[Amount]
    sides: list[int]
    """-1 in the debit column, 1 in the credit column, 0 in a single column."""
    balances: dict[int, Printed]
    left_out: list[Entry]
    unreadable: list[Entry]
    kept: list[int]
    missed: list[Entry] = field(default_factory=list)
    """Of `left_out`: rows without an amount whose balance is not that of a row beside them, so that one is missing."""


def read_amount(token_text: str, style: Style) -> Amount | None:
    return parse_amount(token_text, style)


def cells_of(entries: Sequence[Entry], columns: Columns, style: Style) -> Cells | None:
    found = Cells([], [], [], {}, [], [], [])
    ahead: list[tuple[Entry, Printed]] = []
    alone = 0
    for at, entry in enumerate(entries):
        options: list[tuple[Amount, int]] = []
        bad = False
        for n, side in ((columns.amount, 0), (columns.debit, -1), (columns.credit, 1)):
            token = entry.cells.get(n) if n is not None else None
            if token is None:
                continue
            amount = read_amount(token.text, style)
            if amount is None:
                bad = True
                continue
            if token.direction or entry.mark:
                mark: Mark = "credit" if (token.direction or entry.mark) > 0 else "debit"
                amount = Amount(amount.value, amount.signed, mark, amount.unit)
            options.append((amount, side))
        filled = [o for o in options if o[0].value != 0] or options[:1]
        if bad or len(filled) > 1:
            found.unreadable.append(entry)
            continue
        if not filled:
            found.left_out.append(entry)
            if (printed := _balance(entry, columns, style)) is not None:
                alone += entry.cells.keys() == {columns.balance}
                if found.entries:
                    _stand_alone(found, entry, printed)
                else:
                    ahead.append((entry, printed))
            continue
        row = len(found.entries)
        found.entries.append(entry)
        found.kept.append(at)
        found.values.append(filled[0][0])
        found.sides.append(filled[0][1])
        if (printed := _balance(entry, columns, style)) is not None:
            found.balances[row] = printed
    if not found.entries or len(found.entries) < 0.6 * (len(entries) - min(alone, len(found.entries))):
        return None
    for entry, printed in ahead:
        first, moved = found.balances.get(0), found.values[0].value
        if first is None or abs(first.value) not in (abs(abs(printed.value) + moved), abs(abs(printed.value) - moved)):
            found.missed.append(entry)
    return found


def _balance(entry: Entry, columns: Columns, style: Style) -> Printed | None:
    token = entry.cells.get(columns.balance) if columns.balance is not None else None
    balance = read_amount(token.text, style) if token is not None else None
    return Printed(balance.value, token.direction) if balance is not None and token is not None else None


def _stand_alone(found: Cells, entry: Entry, printed: Printed) -> None:
    """Take a line that prints a balance alone (the day's) as that of the row above it, or note that its amount is missing."""
    above = len(found.entries) - 1
    known = found.balances.get(above)
    if known is None and found.entries[above].day == entry.day:
        found.balances[above] = printed
    elif known is None or abs(known.value) != abs(printed.value):
        found.missed.append(entry)


def figures_of(table: Table, entries: Sequence[Entry], style: Style) -> list[tuple[Figure, Decimal, int]]:
    """The figures with their amounts, and their positions counted in `entries`."""
    lines = [e.line for e in entries]
    found = []
    for figure in table.figures:
        amount = read_amount(figure.token.text, style)
        if amount is not None:
            found.append((figure, amount.value, bisect.bisect_left(lines, figure.line)))
    return found


def evidence_of(cells: Cells, columns: Columns, figures: Sequence[tuple[Figure, Decimal, int]], table: Table, style: Style) -> Evidence:
    openings: list[tuple[int, Printed, bool]] = []
    closings: list[tuple[int, Printed, bool]] = []
    totals: list[Sum] = []
    parts: list[Decimal] = []
    last: list[Printed] = []
    summary_lines = {f.line for f, _, _ in figures if words.OPENING.search(words.compact(f.label))}
    for figure, value, at in figures:
        position = bisect.bisect_left(cells.kept, at)
        label = words.compact(figure.label)
        printed = Printed(value, figure.token.direction)
        role = _role(figure.column, columns)
        opening, closing = words.OPENING.search(label), words.CLOSING.search(label)
        if words.NEVER.search(label) and not opening:
            continue
        is_total = words.TOTAL.search(label) is not None and not (closing and not role)
        # A balance in the column of money out is overdrawn or owed, though some banks print all of them in one place.
        ways = [printed]
        if role in ("debit", "credit") and columns.named and not printed.direction and value > 0:
            ways.insert(0, Printed(value, -1 if role == "debit" else 1))
        if opening and not (is_total and role in ("debit", "credit", "amount")):
            openings += [(position, way, True) for way in ways]
        elif closing or words.BALANCE_ROW.search(label) or (role == "balance" and is_total):
            if position == 0:
                openings += [(position, way, False) for way in ways]
            closings += [(position, way, closing is not None) for way in ways]
            if position == len(cells.entries) and words.CLOSING_SURE.search(label):
                last += ways
        if is_total and not opening and role != "balance":
            side = {"debit": -1, "credit": 1}.get(role) or (_label_side(label) if role != "amount" or _label_side(label) else 0)
            strict = role in ("debit", "credit", "amount") and position > 0 and not _other_span(figure.label)
            totals.append(Sum(printed, figure.label, position, side, strict and not closing, figure.page))
        elif figure.line in summary_lines and not opening and not closing:
            parts.append(value)
    closings.sort(key=lambda c: not c[2])
    return Evidence(
        balances=cells.balances,
        openings=openings,
        closings=closings,
        totals=totals,
        pages=[e.page for e in cells.entries],
        groups=[e.group for e in cells.entries],
        sides=cells.sides if all(cells.sides) else (),
        parts=parts,
        last=last,
    )


def by_group(
    cells: Cells, amounts: Sequence[Decimal], columns: Columns, figures: Sequence[tuple[Figure, Decimal, int]], table: Table, style: Style
) -> list[tuple[list[Decimal], Evidence]]:
    """The rows and figures of each account of the document."""
    parts = []
    for group in dict.fromkeys(e.group for e in cells.entries):
        rows = [i for i, e in enumerate(cells.entries) if e.group == group]
        part = Cells(
            entries=[cells.entries[i] for i in rows],
            values=[cells.values[i] for i in rows],
            sides=[cells.sides[i] for i in rows],
            balances={n: cells.balances[i] for n, i in enumerate(rows) if i in cells.balances},
            left_out=[],
            unreadable=[],
            kept=[cells.kept[i] for i in rows],
        )
        own = [f for f in figures if f[0].group == group]
        parts.append(([amounts[i] for i in rows], evidence_of(part, columns, own, table, style)))
    return parts


def _other_span(label: str) -> bool:
    """Whether a total speaks of another span of time than the statement (`Total fees charged in 2024`)."""
    return any(part.isdigit() and len(part) == 4 for part in label.replace(",", " ").split())


def _role(column: int, columns: Columns) -> str:
    if column < 0:
        return ""
    for name in ("amount", "debit", "credit", "balance"):
        if getattr(columns, name) == column:
            return name
    return ""


def _label_side(label: str) -> int:
    out, into = words.OUT.search(label), words.IN.search(label)
    if out and into:
        return 0
    return -1 if out else 1 if into else 0
