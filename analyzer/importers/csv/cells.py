"""Whole columns of text → days and exact amounts, parsed once per different cell.

The order of dates and the style of numbers are decided for a column over all its rows, never for one cell. The
common forms (`2024-01-31`, `-1234.56`) are read as arrays; what is left goes through the grammars of
`importers.days` and `importers.numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from analyzer.errors import AmbiguousFormat, MalformedStatement
from analyzer.importers.base import DateOrder
from analyzer.importers.days import complete, decide_order, parse_day
from analyzer.importers.numbers import COMMA, POINT, Style, StyleChoice, decide_style, parse_amount

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_ISO_HEAD = r"^(?:[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}|[0-9]{2}[-/.][0-9]{2}[-/.][0-9]{4})(?:[T ,].*)?$"
_PLAIN = {".": r"^-?[0-9]{1,12}\.[0-9]{2}$", ",": r"^-?[0-9]{1,12},[0-9]{2}$"}
SERIAL = re.compile(r"([1-6][0-9]{4})(?:[.,][0-9]{1,12})?")
_EXCEL_ZERO = date(1899, 12, 30)
"""Day 0 of spreadsheets (their day 60 is a 29 February 1900 that never was; later days count right from here)."""
MANY = 20_000
FORMULA = re.compile(r'="(.*)"')


@dataclass(slots=True)
class Dates:
    """A column of dates: `days` (datetime64[D], NaT where not read), `blank`, and how it was decided."""

    days: np.ndarray
    blank: np.ndarray
    order: DateOrder | None
    certain: bool
    reason: str = ""
    how: str = ""
    """`serial` for spreadsheet numbers, `no-year` where the year was completed, else empty."""
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Money:
    """A column of amounts: `units` counts 10**-places; what the file prints besides the number is kept beside it.

    `ok`: read; `blank`: empty cell; `signed`: a sign or parentheses printed; `marks`: -1 debit, +1 credit, 0 none;
    `codes`: index into `unit_names` (0 is none printed).
    """

    units: np.ndarray
    places: int
    ok: np.ndarray
    blank: np.ndarray
    signed: np.ndarray
    marks: np.ndarray
    codes: np.ndarray
    unit_names: tuple[str, ...] = ("",)

    @property
    def negative(self) -> np.ndarray:
        """Rows below zero."""
        found: np.ndarray = self.ok & (self.units < 0)
        return found

    @property
    def positive(self) -> np.ndarray:
        """Rows above zero."""
        found: np.ndarray = self.ok & (self.units > 0)
        return found

    @property
    def filled(self) -> np.ndarray:
        """Rows that hold an amount other than zero."""
        found: np.ndarray = self.ok & (self.units != 0)
        return found


def uniques(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """Codes and the different cells, stripped, without the `="..."` that keeps spreadsheets from counting."""
    import pandas as pd

    codes, found = pd.factorize(column)
    return codes, [plain(str(cell)) for cell in found]


def plain(cell: str) -> str:
    """A cell without blanks around it and without the `="..."` of spreadsheets."""
    text = cell.strip()
    if text.startswith('="') and (m := FORMULA.fullmatch(text)):
        return m[1].strip()
    return text


def dates(column: pd.Series, *, order: DateOrder | None = None, hint: DateOrder | None = None, end: date | None = None) -> Dates:
    """A column read as dates.

    Args:
        column: the cells.
        order: the order the user or a profile gives; decided here when None.
        hint: the order other parts of the file speak for, taken where the column allows several.
        end: the statement's last day, for dates without a year.

    Raises:
        MalformedStatement: the column mixes two orders.
        AmbiguousFormat: the dates have no year, and nothing says which.
    """
    import numpy as np
    import pandas as pd

    codes, cells = uniques(column)
    if len(cells) > MANY:
        heads = pd.Series(cells, dtype="str")
        if heads.str.match(_ISO_HEAD).all():
            inner, short = uniques(heads.str.slice(0, 10))
            codes, cells = inner[codes], short
    blank = np.array([not c for c in cells], dtype=bool)[codes] if cells else np.zeros(0, dtype=bool)
    filled = [c for c in cells if c]
    serial = [c for c in filled if SERIAL.fullmatch(c)]
    if filled and len(serial) > 0.9 * len(filled):
        days = [_from_serial(c) for c in cells]
        return Dates(_days(days, codes), blank, None, True, how="serial", texts=cells)
    readable = [c for c in filled if any(parse_day(c, o) is not None for o in ("ymd", "dmy", "mdy"))]
    certain, reason, how = True, "", ""
    if order is None:
        in_order = readable if len(codes) > MANY else [cells[c] for c in codes if cells[c] and _readable(cells[c])]
        choice = decide_order(in_order) if readable else None
        if readable and choice is None:
            raise _contradiction(readable)
        if choice is not None:
            order, certain, reason = choice.order, choice.certain, choice.reason
            if not certain and hint is not None and all(parse_day(c, hint) is not None for c in readable):
                order, reason = hint, "as the rest of the file suggests"
            if not certain and order == "dmy" and all(re.match(r"\d{1,2}\.\s?\d{1,2}\.", c) for c in readable):
                certain, reason = True, ""  # a date with full stops is day, month, year wherever it is printed so
    found: list[date | None] = []
    for cell in cells:
        day = parse_day(cell, order or "ymd") if cell else None
        if day is not None and day.year is None:
            how = "no-year"
            found.append(complete(day, end) if end is not None else None)
        else:
            found.append(day.on() if day is not None else None)
    if how == "no-year" and end is None:
        raise AmbiguousFormat("the dates have no year", todo="say when the statement ends with --as-of")
    return Dates(_days(found, codes), blank, order, certain, reason, how, texts=cells)


def _readable(cell: str) -> bool:
    return any(parse_day(cell, o) is not None for o in ("ymd", "dmy", "mdy"))


def _contradiction(cells: Sequence[str]) -> MalformedStatement:
    first = next((c for c in cells if parse_day(c, "mdy") is None), cells[0])
    other = next((c for c in cells if parse_day(c, "dmy") is None), cells[-1])
    return MalformedStatement(f"the dates are written in two orders ({first[:20]} and {other[:20]})", todo="say which with --date-order")


def _from_serial(cell: str) -> date | None:
    m = SERIAL.fullmatch(cell)
    return _EXCEL_ZERO + timedelta(days=int(m[1])) if m else None


def _days(found: Sequence[date | None], codes: np.ndarray) -> np.ndarray:
    import numpy as np

    unique = np.array([np.datetime64(d) if d is not None else np.datetime64("NaT") for d in found], dtype="datetime64[D]")
    taken: np.ndarray = unique[codes] if len(found) else np.array([], dtype="datetime64[D]")
    return taken


def style_of(columns: Sequence[pd.Series], *, whole_units: bool = False) -> StyleChoice:
    """The one style of all money columns of a file.

    Raises:
        MalformedStatement: they contradict each other.
    """
    import pandas as pd

    odd: list[str] = []
    seen = {".": 0, ",": 0}
    for column in columns:
        _, cells = uniques(column)
        if len(cells) > MANY:
            texts = pd.Series(cells, dtype="str")
            for mark, pattern in _PLAIN.items():
                plain = texts.str.match(pattern)
                if plain.any():
                    seen[mark] += int(plain.sum())
                    odd.extend(texts[plain].iloc[:20])
                    texts = texts[~plain]
            cells = texts.tolist()
        odd.extend(cells)
    choice = decide_style(odd, whole_units=whole_units)
    if choice is not None:
        return choice
    votes = {".": 0, ",": 0}
    for cell in odd:
        point, comma = parse_amount(cell, POINT), parse_amount(cell, COMMA)
        if (point is None) != (comma is None):
            votes["." if comma is None else ","] += 1
    votes = {mark: votes[mark] + max(0, seen[mark] - 20) for mark in votes}
    winner = max(votes, key=lambda m: votes[m])
    if votes[winner] < 0.9 * sum(votes.values()):
        raise MalformedStatement("amounts are written in two styles (1,234.56 and 1.234,56)", todo="split the file, or use --profile")
    return StyleChoice(POINT if winner == "." else COMMA, certain=True)


def money(column: pd.Series, style: Style) -> Money:
    """A column read as amounts under `style`; cells that are none have `ok` False."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    codes, cells = uniques(column)
    n = len(cells)
    values = np.zeros(n, dtype=np.int64)
    ok = np.zeros(n, dtype=bool)
    signed = np.zeros(n, dtype=bool)
    marks = np.zeros(n, dtype=np.int8)
    names = [""]
    unit = np.zeros(n, dtype=np.int16)
    rest = list(range(n))
    places = 2
    if n > MANY:
        texts = pa.array(pd.Series(cells, dtype="str"), type=pa.large_string())
        plain = pc.match_substring_regex(texts, _PLAIN[style.decimal]).to_numpy(zero_copy_only=False)
        numbers = pc.cast(pc.replace_substring(texts.filter(pa.array(plain)), style.decimal, ""), pa.int64())
        values[plain] = numbers.to_numpy()
        ok |= plain
        signed[plain] = pc.starts_with(texts.filter(pa.array(plain)), "-").to_numpy(zero_copy_only=False)
        rest = np.flatnonzero(~plain).tolist()
    parsed = [(i, parse_amount(cells[i], style)) for i in rest if cells[i]]
    deepest = max((_places(a.value) for _, a in parsed if a is not None), default=0)
    if deepest > places:
        values *= 10 ** (deepest - places)
        places = deepest
    for i, amount in parsed:
        if amount is None:
            continue
        scaled = int(amount.value.scaleb(places))
        if abs(scaled) > 9 * 10**17 or amount.value.scaleb(places) != scaled:
            continue  # more digits than money has; the row is rejected rather than rounded
        values[i], ok[i], signed[i] = scaled, True, amount.signed
        marks[i] = {"debit": -1, "credit": 1}.get(amount.mark, 0)
        if amount.unit:
            if amount.unit not in names:
                names.append(amount.unit)
            unit[i] = names.index(amount.unit)
    blank = np.array([not c for c in cells], dtype=bool)
    if not n:
        codes = np.zeros(0, dtype=np.int64)
    return Money(values[codes], places, ok[codes], blank[codes], signed[codes], marks[codes], unit[codes], tuple(names))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return min(max(0, -exponent), 6) if isinstance(exponent, int) else 0
