"""The records of a table sorted: transactions, lines that continue one, totals and balances, and what is rejected.

Every record ends in exactly one of these groups, and all but transactions are reported with their line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from analyzer import escape
from analyzer.errors import MalformedStatement, Oddity, RowRejected, RowSkipped, StatementWarning
from analyzer.importers.csv import phrases, words
from analyzer.importers.csv.cells import NOTHING, Dates, Money
from analyzer.importers.csv.dialect import amount_like
from analyzer.importers.csv.plan import Plan
from analyzer.limits import Limits

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_SUM_WORD = r"(?i)total|summe|somme|suma|summa|jumlah|totaal|итого|合计|合計|小计|小計"
FEWEST = 6
EDGE = 200
_WORD = re.compile(r"[^\W\d_]{3}")
REPORTED = 200
"""Rows reported one by one; further ones are counted in one warning."""


@dataclass(slots=True)
class Figure:
    """A total or balance line: `kind`, its record, and the units it holds by column."""

    kind: Literal["total", "opening", "closing"]
    row: int
    cells: list[str]


@dataclass(slots=True)
class Sorted:
    """Positions of the transactions, and everything else accounted for."""

    good: np.ndarray
    figures: list[Figure] = field(default_factory=list)
    joined: dict[int, list[str]] = field(default_factory=dict)
    """Row → text of the lines that continue it."""
    bare: set[int] = field(default_factory=set)
    """Rows at an edge without the text that every other row has."""
    sums: set[int] = field(default_factory=set)
    """Rows with a date that sum up the rows above them."""
    pending: set[int] = field(default_factory=set)
    rejected: int = 0
    skipped: int = 0
    warnings: list[StatementWarning] = field(default_factory=list)


def shown(cell: str) -> str:
    """A cell as messages quote it: short, visible, numbers masked."""
    text = escape.visible(escape.mask_numbers(cell.strip()))
    return f'"{text[:37]}..."' if len(text) > 40 else f'"{text}"'


def sort(
    body: pd.DataFrame, lines: np.ndarray, plan: Plan, dates: Dates, moneys: dict[int, Money], header: Sequence[str], limits: Limits
) -> Sorted:
    """Every record of `body` in its group.

    Args:
        body: the records behind the header.
        lines: their line numbers.
        plan: what each column is.
        dates: the date column, read.
        moneys: the money columns by position, read.
        header: the column names, to know them when they are repeated.

    Raises:
        MalformedStatement: so much is rejected that it is no statement.
    """
    import numpy as np

    dated = ~np.isnat(dates.days)
    used = [moneys[i] for i in (plan.amount, plan.debit, plan.credit) if i is not None]
    present = np.zeros(len(lines), dtype=bool)
    broken = np.zeros(len(lines), dtype=bool)
    for money in used:
        present |= money.ok
        broken |= ~money.ok & ~money.blank
    if plan.doubtful is not None:
        broken |= plan.doubtful & (dated | present)
    good = dated & present & ~broken
    if plan.debit is not None and plan.credit is not None:
        good &= ~(moneys[plan.debit].filled & moneys[plan.credit].filled)
    found = Sorted(good)
    for row in _lines_of_balances(body, plan, good):
        found.good[row] = False
    found.bare = _without_text(body, plan, found.good)
    for row in found.bare:
        found.good[row] = False
    _sums_inside(body, lines, plan, moneys, found)
    _others(body, lines, plan, dates, found, dated, present, broken, list(header))
    _states(body, lines, plan, found)
    n = int(found.good.sum())
    if found.rejected > limits.rows_rejected and found.rejected > n:
        raise MalformedStatement(
            f"{found.rejected} of {found.rejected + n} rows cannot be read", todo="use --profile, --date-order or --encoding"
        )
    return found


def _lines_of_balances(body: pd.DataFrame, plan: Plan, good: np.ndarray) -> list[int]:
    """Dated rows that are an opening or closing balance, or a total of the rows, all at the edges of the file.

    Only there, and only by their whole text: a shop may be called New Balance or Total.
    """
    import numpy as np

    rows = np.flatnonzero(good)
    if not len(rows):
        return []
    edges = {int(r) for r in (*rows[:2], *rows[-2:])}
    found = []
    for row in sorted(edges):
        cells = [str(body.iat[row, i]).strip() for i in range(body.shape[1])]
        kinds = {phrases.line_kind(c) for c in cells if c and not amount_like(c)} - {""}
        plain = {words.fold_words(c) for c in cells}
        if any(phrases.is_balance(cells[i]) for i in plan.text):
            found.append(row)
            continue
        shop = any(p.startswith(("new ", "current ", "balance on", "balance as")) for p in plain)
        total = "total" in kinds and len(rows) > 2 and _is_sum(body, plan, row, rows)
        if total or (kinds & {"opening", "closing"} and not shop):
            found.append(row)
    return found


def _without_text(body: pd.DataFrame, plan: Plan, good: np.ndarray) -> set[int]:
    """The first or last row, where it alone says nothing of what it is: an account's balance under its movements."""
    import numpy as np

    rows = np.flatnonzero(good)
    if plan.amount is None or plan.balance is not None or plan.before is not None or not plan.text or len(rows) < FEWEST:
        return set()
    for row, others in ((rows[-1], rows[:-1][-EDGE:]), (rows[0], rows[1:][:EDGE])):
        filled = [bool(body.iloc[others, i].ne("").all()) for i in range(body.shape[1])]
        own = [str(c).strip() for c in body.iloc[row]]
        said = [[str(c) for c in body.iloc[o]] for o in others[:FEWEST]]
        worded = all(any(_WORD.search(c) for c in record) for record in said)
        if worded and any(f and not c for f, c in zip(filled, own, strict=True)) and not any(_WORD.search(c) for c in own):
            return {int(row)}
    return set()


def _sums_inside(body: pd.DataFrame, lines: np.ndarray, plan: Plan, moneys: dict[int, Money], found: Sorted) -> None:
    """Dated rows that sum up the rows above them are no transactions; what is only called so stays, with a warning."""
    import numpy as np

    if plan.amount is None or not plan.text:
        return
    named = np.zeros(len(lines), dtype=bool)
    for i in plan.text:
        named |= body.iloc[:, i].str.contains(_SUM_WORD, regex=True, na=False).to_numpy(dtype=bool)
    named &= found.good
    if not named.any() or named.sum() > REPORTED:
        return
    units = moneys[plan.amount].units
    since = 0
    kept: list[int] = []
    for row in np.flatnonzero(named).tolist():
        if not any(phrases.sums_up(str(body.iat[row, i]).strip()) for i in plan.text):
            continue
        spans = [np.flatnonzero(found.good[start:row]) + start for start in (since, 0)]
        if any(len(span) > 1 and abs(int(units[span].sum())) == abs(int(units[row])) for span in spans):
            found.good[row] = False
            found.sums.add(row)
            since = row + 1
        elif abs(int(units[row])) > np.abs(units[:row][found.good[:row]]).max(initial=0):
            kept.append(row)  # smaller than a row above it, it is a shop of that name
    if kept:
        what = f"{len(kept)} row(s) are called a total but are not the sum of the rows above; kept as transactions"
        found.warnings.append(Oddity(what, place=f"line {int(lines[kept[0]])}"))


def _is_sum(body: pd.DataFrame, plan: Plan, row: int, rows: np.ndarray) -> bool:
    from analyzer.importers.csv import cells

    if plan.amount is None or plan.style is None:
        return False
    money = cells.money(body.iloc[:, plan.amount], plan.style)
    others = rows[rows != row]
    return bool(abs(int(money.units[row])) == abs(int(money.units[others].sum())))


def _others(
    body: pd.DataFrame,
    lines: np.ndarray,
    plan: Plan,
    dates: Dates,
    found: Sorted,
    dated: np.ndarray,
    present: np.ndarray,
    broken: np.ndarray,
    header: list[str],
) -> None:
    import numpy as np

    odd = np.flatnonzero(~found.good)
    if not len(odd):
        return
    texts = {i: [str(c) for c in body.iloc[i]] for i in odd[: REPORTED * 50].tolist()}
    records = {i: [c.strip() for c in row] for i, row in texts.items()}
    continued = _continuations(records, odd.tolist(), found.good, plan)
    reporter = _Reporter(found.warnings)
    joined = 0
    pending_section = False
    for row in odd.tolist():
        record = records.get(row)
        if record is None:
            record = [str(c).strip() for c in body.iloc[row]]
        if not any(record):
            continue
        line = int(lines[row])
        if row in continued:
            found.joined.setdefault(continued[row], []).extend(c for i, c in enumerate(record) if c and i in plan.text)
            found.skipped += 1
            joined += 1
            continue
        kind, what = _verdict(record, row, plan, dates, dated, present, broken, header, found)
        if kind == "reject":
            found.rejected += 1
            reporter.add(RowRejected, line, what, "row left out")
        else:
            found.skipped += 1
            reporter.add(RowSkipped, line, what, "")
        first = words.fold_words(" ".join(c for c in record if c)[:60])
        if sum(bool(c) for c in record) == 1 and first.endswith(("transactions", "pending", "posted", "umsatze", "buchungen")):
            pending_section = any(first.startswith(p) for p in ("pending", "vorgemerkt", "authorised", "authorized"))
            _mark_section(found, row, pending_section)
    reporter.close()
    if joined:
        found.warnings.append(Oddity(f"{joined} line(s) without date and amount continue the row above; their text was added to it"))


def _mark_section(found: Sorted, row: int, pending: bool) -> None:
    import numpy as np

    later = {int(i) for i in np.flatnonzero(found.good) if i > row}
    if pending:
        found.pending |= later
    else:
        found.pending -= later


def _continuations(records: dict[int, list[str]], odd: Sequence[int], good: np.ndarray, plan: Plan) -> dict[int, int]:
    """Line → the transaction it continues, in files that print transactions over two or more lines throughout."""
    found: dict[int, int] = {}
    for row in odd:
        record = records.get(row)
        if record is None or row == 0 or not plan.text:
            continue
        filled = [i for i, c in enumerate(record) if c]
        if not filled or any(i not in plan.text for i in filled) or any(phrases.line_kind(record[i]) for i in filled):
            continue
        above = found.get(row - 1, row - 1 if good[row - 1] else None)
        if above is not None:
            found[row] = above
    transactions = int(good.sum())
    with_more = len({*found.values()})
    return found if with_more > 1 and with_more * 2 > transactions else {}


def _verdict(
    record: list[str],
    row: int,
    plan: Plan,
    dates: Dates,
    dated: np.ndarray,
    present: np.ndarray,
    broken: np.ndarray,
    header: list[str],
    found: Sorted,
) -> tuple[Literal["reject", "skip"], str]:
    day = record[plan.date] if plan.date < len(record) else ""
    amounts = [record[i] for i in (plan.amount, plan.debit, plan.credit) if i is not None and i < len(record) and _printed(record[i])]
    if header and [c for c in record if c] == [h for h in header if h]:
        return "skip", "the column names again"
    if row in found.bare:
        return "reject", f"amount {shown(amounts[0])} without the text that all other rows have; taken as a balance"
    if row in found.sums:
        return "skip", "the sum of the rows above, no transaction"
    kinds = [k for c in record if c and (k := phrases.line_kind(c))]
    if not kinds and dated[row] and any(phrases.is_balance(record[i]) for i in plan.text):
        kinds = ["closing"]
    if kinds:
        # Dated rows come here only after `_lines_of_balances` took them out, or where they hold no amount.
        found.figures.append(Figure(kinds[0], row, record))
        return "skip", {"total": "a total", "opening": "an opening balance", "closing": "a closing balance"}[kinds[0]] + ", no transaction"
    if day and words.fold_words(day) in phrases.PENDING:
        return "skip", "still pending, without a date; row left out"
    if not dated[row] and not amounts:
        first = next((c for c in record if c), "")
        return "skip", f"neither date nor amount: {shown(first)}"
    if dated[row] and not amounts:
        return "reject", "no amount"
    if not day:
        return "reject", f"an amount ({shown(amounts[0])}) without a date"
    if not dated[row]:
        return "reject", f"date {shown(day)} not understood"
    if broken[row]:
        bad = next((a for a in amounts if not amount_like(a)), "")
        if not bad and plan.doubtful is not None and plan.doubtful[row]:
            return "reject", "more fields than column names; a separator inside a field is not quoted"
        if not bad:
            return "reject", f"amount {shown(amounts[0])} has another decimal style, or more digits, than the column"
        return "reject", f"amount {shown(bad)} not understood"
    return "reject", f"both money out ({shown(amounts[0])}) and money in ({shown(amounts[-1])})"


def _printed(cell: str) -> bool:
    return bool(cell) and cell not in NOTHING


def _states(body: pd.DataFrame, lines: np.ndarray, plan: Plan, found: Sorted) -> None:
    """Pending rows marked; rows whose state says that no money moved are left out."""
    import numpy as np

    if plan.status is None:
        return
    column = body.iloc[:, plan.status]
    states = {c: words.fold_words(str(c)) for c in column.unique()}
    pending = {c for c, s in states.items() if s in phrases.PENDING}
    void = {c for c, s in states.items() if s in phrases.VOID}
    if pending:
        found.pending |= {int(i) for i in np.flatnonzero(column.isin(list(pending)).to_numpy() & found.good)}
    if void:
        gone = np.flatnonzero(column.isin(list(void)).to_numpy() & found.good)
        found.good[gone] = False
        found.skipped += len(gone)
        reporter = _Reporter(found.warnings)
        for row in gone.tolist():
            reporter.add(RowSkipped, int(lines[row]), f"state {shown(str(column.iloc[row]))}: no money moved", "")
        reporter.close()


class _Reporter:
    """Warnings for rows, one by one up to `REPORTED`, the rest in one that counts them."""

    def __init__(self, warnings: list[StatementWarning]) -> None:
        self.warnings = warnings
        self.more: dict[type[StatementWarning], list[int]] = {}
        self.told = 0

    def add(self, kind: type[StatementWarning], line: int, what: str, todo: str) -> None:
        """Report a row, or count it."""
        if self.told < REPORTED:
            self.told += 1
            self.warnings.append(kind(f"{what}; {todo}" if todo else what, place=f"line {line}"))
        else:
            self.more.setdefault(kind, []).append(line)

    def close(self) -> None:
        """Report what was only counted."""
        for kind, rows in self.more.items():
            self.warnings.append(kind(f"{len(rows)} more row(s) left out, the last on line {rows[-1]}", place=f"line {rows[0]}"))
