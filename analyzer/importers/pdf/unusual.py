"""Rows that only the printed figures can tell: a fee in a column of its own, and interest that prints no day.

Both are offered as further readings after the usual ones, and taken only where the balances prove them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.importers.pdf import words
from analyzer.importers.pdf.entries import Entry, Figure, Table
from analyzer.importers.pdf.lines import Token

UNDATED = ""
"""The day of a row that prints none; it is booked on the statement's last day."""
_FEE = re.compile(r"fees?$|^fees?|charges?$|commission|gebuhr|entgelt|spesen|kosten|frais|comision|biaya|^vat$|tariff")
_CHARGED = re.compile(
    r"^(?:purchase|cashadvance|balancetransfer|standard|late|annual|foreign|overlimit|returned)*(?:interest|finance|fee|transaction)?(?:interest|fees?|charges?)"
    r"(?:charged?s?)?(?:on|for|due|$)|^zinsen|^sollzinsen|^interets|^intereses|^rente|^bunga"
)


def fee_rows(table: Table) -> Iterator[list[Entry]]:
    """The rows with each fee of a fee column as a row of its own behind (or before) the movement it belongs to.

    The balance stands with the later of the two: behind in lists from old to new, before in lists from new to old.
    """
    roles = [c.role for c in table.columns]
    goal = next(
        (n for role in ("debit", "amount") for n, r in enumerate(roles) if r == role and not _FEE.search(table.columns[n].title)), None
    )
    if goal is None:
        return
    for n, column in enumerate(table.columns):
        if n == goal or roles[n] in ("balance", "credit", "amount") or not _FEE.search(column.title):
            continue
        fees = [e for e in table.undated if n in e.cells and any(c in "123456789" for c in e.cells[n].text)]
        if not fees:
            continue
        signs = [e.cells[goal].text.startswith(("-", "(")) for e in table.undated if goal in e.cells]
        minus = roles[goal] == "amount" or (bool(signs) and 2 * sum(signs) > len(signs))
        money = {m for m, role in enumerate(roles) if role in ("debit", "credit", "amount")} - {n}
        for last in (True, False):
            yield [part for e in table.undated for part in _parted(e, n, goal, money, minus=minus, last=last, name=column.heading)]


def _parted(entry: Entry, n: int, goal: int, money: set[int], *, minus: bool, last: bool, name: str) -> list[Entry]:
    token = entry.cells.get(n)
    rest = {m: t for m, t in entry.cells.items() if m != n}
    if token is None or not any(c in "123456789" for c in token.text):
        return [replace(entry, cells=rest)]
    plain = token.text.strip("+-()")
    fee = Token("amount", f"-{plain}" if minus else plain, token.first, token.last, token.x0, token.x1, end=token.end)
    balances = {m: t for m, t in rest.items() if m not in money}
    moved = {m: t for m, t in rest.items() if m in money}
    if not any(c in "123456789" for t in moved.values() for c in t.text):
        return [replace(entry, cells={goal: fee, **balances})]
    behind = balances if last else {}
    extra = replace(entry, cells={goal: fee, **behind}, text=[*entry.text, name.strip(" *")], mark=0)
    return [replace(entry, cells=rest if not last else moved), extra]


def undated_rows(table: Table) -> list[Entry] | None:
    """The rows and, behind them, the interest and fees that stand in the column of amounts without a day; None without."""
    amount = next((n for n, c in enumerate(table.columns) if c.role == "amount"), None)
    if amount is None or not table.undated:
        return None
    first = min(e.line for e in table.undated)
    found = [_undated(f, amount) for f in table.figures if f.column == amount and f.line > first and _charged(f)]
    return sorted([*table.undated, *found], key=lambda e: e.line) if found else None


def _charged(figure: Figure) -> bool:
    plain = words.compact(figure.label)
    nothing = not any(c in "123456789" for c in figure.token.text)
    return not nothing and bool(_CHARGED.search(plain)) and not words.TOTAL.search(plain) and "%" not in figure.label


def _undated(figure: Figure, column: int) -> Entry:
    token = figure.token
    span = (figure.page, *figure.box)
    entry = Entry(UNDATED, None, {column: token}, [figure.label], [span], figure.line, figure.page, dated=False)
    entry.group = figure.group
    return entry
