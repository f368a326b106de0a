"""The columns of the body read as days and exact amounts, each decided over all its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from analyzer import money
from analyzer.errors import AmbiguousAmount, AmbiguousDate, MalformedStatement, StatementWarning
from analyzer.importers.base import Options
from analyzer.importers.csv import cells, hints, phrases, rows, words
from analyzer.importers.csv.cells import Dates, Factored, Money
from analyzer.importers.csv.layout import Layout
from analyzer.importers.csv.plan import Plan
from analyzer.importers.numbers import Style, StyleChoice

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

WHOLE_UNITS = {"IDR", "JPY", "KRW", "VND", "CLP", "COP", "HUF", "ISK", "PYG", "UGX"}
HINT_ROWS = 200


@dataclass(slots=True)
class Body:
    """The records behind the column names, with what their columns were read as."""

    cells: pd.DataFrame
    lines: np.ndarray
    dates: Dates
    moneys: dict[int, Money]
    factored: dict[int, Factored] = field(default_factory=dict)

    def column(self, place: int) -> Factored:
        """A column with each different cell once; made once."""
        if place not in self.factored:
            self.factored[place] = cells.factor(self.cells.iloc[:, place])
        return self.factored[place]


def read_dates(frame: pd.DataFrame, plan: Plan, layout: Layout, options: Options, warnings: list[StatementWarning]) -> Dates:
    import numpy as np

    column = frame.iloc[:, plan.date]
    order = options.date_order or plan.order
    hint = told = None
    if order is None:
        sample = [[str(c).strip() for c in frame.iloc[:HINT_ROWS, i]] for i in range(frame.shape[1])]
        comma = any(c[-3:-2] == "," and c[-2:].isdigit() for i in plan.money for c in sample[i])
        code = plan.code or layout.preamble.currency or _common_code(sample, plan)
        told = hints.from_columns(sample, plan.date) if _could_be_two(sample[plan.date]) else None
        hint = hints.habit(layout.names, sample, plan.date, code, comma, layout.preamble.days)
    end = layout.preamble.last_day(order or hint or "dmy") or options.today
    found = cells.dates(
        column, order=order, told=told, witness=lambda texts: hints.by_period(texts, layout.preamble.days), hint=hint, end=end
    )
    example = next((t for t in found.texts if t), "")
    other = "mdy" if found.order == "dmy" else "dmy"
    if found.how == "serial":
        warnings.append(AmbiguousDate(f"dates are spreadsheet numbers such as {example}; read as days since 1899-12-30"))
    if found.how == "buddhist":
        warnings.append(AmbiguousDate("years 60 to 75 are taken as Buddhist ones (67 is 2567, our 2024)", todo="check the first rows"))
    if found.how == "no-year":
        warnings.append(AmbiguousDate(f"dates print no year; completed from the statement's end {end}", todo="check them, or set --as-of"))
    late = np.datetime64(options.today.replace(day=1)) + 400 if options.today is not None else np.datetime64("2060-01-01")
    if (found.days > late).any():
        warnings.append(AmbiguousDate(f"days such as {found.days.max()} lie far ahead", todo="check the years, or use --date-order"))
    if not found.certain:
        spelled = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}[found.order or "ymd"]
        warnings.append(
            AmbiguousDate(
                f"dates such as {example[:20]} could be read in two orders; read as {spelled}",
                todo=f"if that is wrong, use --date-order {other}",
            )
        )
    elif found.reason:
        warnings.append(AmbiguousDate(f"{found.reason}: {found.order}", todo=f"if that is wrong, use --date-order {other}"))
    return found


def _could_be_two(column: list[str]) -> bool:
    return not any(c[:4].isdigit() and len(c) >= 8 for c in column if c)


def _common_code(sample: list[list[str]], plan: Plan) -> str:
    if plan.currency is not None:
        codes = [c for c in sample[plan.currency] if c in words.ISO]
        return max(codes, key=codes.count) if codes else ""
    return ""


def column_code(frame: pd.DataFrame, plan: Plan) -> str:
    """The currency that all of a sample of the rows have."""
    if plan.currency is None:
        return ""
    found = {str(c).strip().upper() for c in frame.iloc[:HINT_ROWS, plan.currency]} & words.ISO
    return found.pop() if len(found) == 1 else ""


_SMALL = re.compile(
    r"\b(?:minor|cents?|pence|pennies|centimes?|centavos?|centimos?|grosze|groszy|ore|oere|haler\w*|kopecks?|копе\w+|paise|fils|satoshis?)\b"
)


def _counted_small(body: Body, plan: Plan, code: str, names: Sequence[str], warnings: list[StatementWarning]) -> None:
    """Columns whose name says that they count cents, read in whole units; only where no cell has a decimal."""
    for i in plan.money:
        read = body.moneys[i]
        name = words.fold_words(names[i].replace("_", " ")) if i < len(names) else ""
        found = _SMALL.search(name)
        if not found or (read.units[read.ok] % 10**read.places).any():
            continue
        places = 8 if found[0].startswith("satoshi") else money.exponent(code)
        body.moneys[i] = replace(read, units=read.units // 10**read.places, places=places)
        what = f"the column {names[i][:40]!r} counts the smallest unit; {places} decimals are set in its amounts"
        warnings.append(AmbiguousAmount(what, todo="check the first rows"))


def read_money(body: Body, plan: Plan, code: str, names: Sequence[str], warnings: list[StatementWarning]) -> None:
    own = [i for i in (plan.amount, plan.debit, plan.credit) if i is not None]
    balances = [i for i in plan.money if i not in own]
    styles: dict[int, Style] = {}
    if plan.style is None:
        choice = _style(body, own, balances, code)
        if not choice.certain:
            example = next((c for i in own for c in body.cells.iloc[:50, i] if any(m in c for m in ".,")), "")
            what = (
                f"amounts such as {rows.shown(str(example))} could mean two things; {choice.style.group!r} is read as the mark of thousands"
            )
            warnings.append(AmbiguousAmount(what, todo="check them, or use --profile"))
        plan.style = choice.style
        for i in balances:
            # A bank may print balances in another style than amounts; a column is of one style in itself.
            alone = cells.style_of([body.column(i)], **_habits(code))
            styles[i] = alone.style if alone.certain else choice.style
    for i in plan.money:
        body.moneys[i] = cells.money(body.column(i), styles.get(i, plan.style))
    _counted_small(body, plan, code, names, warnings)
    if code and money.exponent(code) == 3:
        return
    odd = next((c for i in own if body.moneys[i].places > 2 for c in _thousandths(body.column(i), plan.style)), None)
    if odd is not None and not any(isinstance(w, AmbiguousAmount) for w in warnings):
        what = f"amounts such as {rows.shown(odd)} have three decimals beside others with two; they may be thousands"
        warnings.append(AmbiguousAmount(what, todo="check them"))


def _thousandths(column: Factored, style: Style) -> list[str]:
    """Amounts with just three decimals, where others of the column have two; they may have been grouped."""
    mark = re.escape(style.decimal)
    cells_, three, two = column.listed(), [], False
    for cell in cells_:
        if re.search(rf"(?<![0-9.,])[1-9][0-9]{{0,2}}{mark}[0-9]{{3}}(?![0-9])", cell):
            three.append(cell)
        two = two or re.search(rf"{mark}[0-9]{{2}}(?![0-9])", cell) is not None
    return three if two and len(three) * 2 < len(cells_) else []


def _style(body: Body, own: list[int], balances: list[int], code: str) -> StyleChoice:
    """The style of the amounts; balances speak for it where the amounts alone do not decide."""
    choice = cells.style_of([body.column(i) for i in own], **_habits(code))
    if choice.certain or not balances:
        return choice
    try:
        return cells.style_of([body.column(i) for i in (*own, *balances)], **_habits(code))
    except MalformedStatement:
        return choice


def _habits(code: str) -> dict[str, bool]:
    """How a currency is printed: without decimals, or with three."""
    return {"whole_units": code in WHOLE_UNITS, "thirds": bool(code) and money.exponent(code) == 3}


def carry_days(body: Body, plan: Plan, warnings: list[StatementWarning]) -> None:
    """Days of rows that print none because they are of the day printed above them.

    Taken so only where many rows are like that, each with text and amount as the others have, none of them a total,
    and where a running balance, if there is one, follows them all.
    """
    import numpy as np

    days = body.dates.days
    own = [body.moneys[i] for i in (plan.amount, plan.debit, plan.credit) if i is not None]
    dated = np.flatnonzero(~np.isnat(days))
    if len(dated) < 2 or not plan.text or not body.dates.blank.any():
        return
    inside = np.arange(len(days)) > dated[0]
    bare = inside & body.dates.blank & np.any([m.ok for m in own], axis=0)
    if bare.sum() < max(2, len(dated) // 10):
        return
    for row in np.flatnonzero(bare).tolist():
        texts = [str(body.cells.iat[row, i]).strip() for i in plan.text]
        if not any(texts) or any(phrases.line_kind(t) or phrases.sums_up(t) for t in texts):
            return
    last = np.where(np.isnat(days), -1, np.arange(len(days)))
    carried = days[np.maximum.accumulate(last)[bare]]
    if plan.balance is not None:
        balance = body.moneys[plan.balance]
        all_rows = np.flatnonzero((~np.isnat(days) | bare) & np.any([m.ok for m in own], axis=0))
        sizes = sum((np.abs(m.units) * 10 ** (balance.places - m.places) for m in own if m.places <= balance.places), np.zeros(len(days)))
        step = np.abs(np.diff(balance.units[all_rows]))
        if not any((step == part).all() for part in (sizes[all_rows][1:], sizes[all_rows][:-1])):
            return
    days[bare] = carried
    body.dates.blank &= ~bare
    what = f"{int(bare.sum())} row(s) print no date; the day of the row above is theirs"
    warnings.append(AmbiguousDate(what, place=f"line {int(body.lines[np.flatnonzero(bare)[0]])}", todo="check them"))
