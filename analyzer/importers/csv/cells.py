"""Whole columns of text → days and exact amounts, parsed once per different cell.

The order of dates and the style of numbers are decided for a column over all its rows, never for one cell. The
common forms (`2024-01-31`, `-1234.56`) are read as arrays; what is left goes through the grammars of
`importers.days` and `importers.numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analyzer.errors import AmbiguousFormat, MalformedStatement
from analyzer.importers.base import DateOrder
from analyzer.importers.csv import eras
from analyzer.importers.days import OrderChoice, complete, decide_order, parse_day
from analyzer.importers.numbers import COMMA, POINT, Style, StyleChoice, decide_style, parse_amount

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_ISO_HEAD = r"^(?:[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}|[0-9]{2}[-/.][0-9]{2}[-/.][0-9]{4})(?:[T ,].*)?$"
_PLAIN = {
    ".": r"^-?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})\.[0-9]{2}$",
    ",": r"^-?(?:[0-9]{1,12}|[0-9]{1,3}(?:\.[0-9]{3}){1,3}),[0-9]{2}$",
}
"""Amounts with two decimals under a style; they are read as arrays."""
SERIAL = re.compile(r"([1-6][0-9]{4})(?:[.,][0-9]{1,12})?")
_EXCEL_ZERO = date(1899, 12, 30)
"""Day 0 of spreadsheets (their day 60 is a 29 February 1900 that never was; later days count right from here)."""
MANY = 20_000
SHORT = 500
"""Fewer cells are read faster one by one."""
DEEPEST = 8
"""Decimals of the smallest money there is: a satoshi."""
NOTHING = frozenset(["-", "--", "---", "–", "—", "−", "n/a", "N/A"])
"""What stands in a column of amounts where there is none."""
FORMULA = re.compile(r'="(.*)"')
_APOSTROPHE = re.compile(r"'[-+(]?[0-9]")
_KEPT = r"""^(?:="|'[-+(]?[0-9])"""
_KEPT_ABROAD = rf"{_KEPT}|{eras.FOREIGN_DIGIT}"


@dataclass(slots=True)
class Dates:
    """A column of dates: `days` (datetime64[D], NaT where not read), `blank`, and how it was decided."""

    days: np.ndarray
    blank: np.ndarray
    order: DateOrder | None
    certain: bool
    reason: str = ""
    how: str = ""
    """`serial` for spreadsheet numbers, `no-year` where the year was completed, `buddhist` where 67 was 2567, else empty."""
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


@dataclass(slots=True)
class Factored:
    """A column as codes into its different cells, stripped; `texts` is an Arrow array, or a list where it is short."""

    codes: np.ndarray
    texts: Any

    def __len__(self) -> int:
        return len(self.texts)

    def listed(self, positions: Sequence[int] | np.ndarray | None = None) -> list[str]:
        """The different cells, or some of them, as a list."""
        if isinstance(self.texts, list):
            return self.texts if positions is None else [self.texts[i] for i in positions]
        found: list[str] = (self.texts if positions is None else self.texts.take(positions)).to_pylist()
        return found


def factor(column: pd.Series | Factored) -> Factored:
    """A column with each different cell once, so that the cost of reading is that of what differs."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(column, Factored):
        return column
    codes, found = pd.factorize(column)
    if len(found) > MANY:
        texts = pc.utf8_trim_whitespace(pa.array(found.array, type=pa.large_string()))
        kept = _KEPT if pc.all(pc.string_is_ascii(texts)).as_py() else _KEPT_ABROAD
        if not pc.any(pc.match_substring_regex(texts, kept)).as_py():
            return Factored(codes, texts)
    return Factored(codes, [plain(str(cell)) for cell in found])


def uniques(column: pd.Series | Factored) -> tuple[np.ndarray, list[str]]:
    """Codes and the different cells, stripped, without the `="..."` that keeps spreadsheets from counting."""
    found = factor(column)
    return found.codes, found.listed()


def plain(cell: str) -> str:
    """A cell without blanks around it, and without the `="..."` or the apostrophe that keep spreadsheets from counting."""
    text = cell.strip()
    if text.startswith('="') and (m := FORMULA.fullmatch(text)):
        return m[1].strip()
    if text.startswith("'") and _APOSTROPHE.match(text):
        return text[1:].strip()
    return text if text.isascii() else eras.digits(text)


def dates(
    column: pd.Series | Factored,
    *,
    order: DateOrder | None = None,
    told: DateOrder | None = None,
    witness: Callable[[Sequence[str]], DateOrder | None] = lambda _: None,
    hint: DateOrder | None = None,
    end: date | None = None,
) -> Dates:
    """A column read as dates.

    Args:
        column: the cells.
        order: the order the user or a profile gives; decided here when None.
        told: the order that another column of dates has, taken where the column itself does not decide.
        witness: what the period that the file names says of the different dates, asked where nothing else decides.
        hint: the order other parts of the file speak for, taken last, and never as certain.
        end: the statement's last day, for dates without a year.

    Raises:
        MalformedStatement: the column mixes two orders.
        AmbiguousFormat: the dates have no year, and nothing says which.
    """
    import numpy as np
    import pandas as pd
    import pyarrow.compute as pc

    whole = factor(column)
    if len(whole) > MANY and not isinstance(whole.texts, list) and pc.all(pc.match_substring_regex(whole.texts, _ISO_HEAD)).as_py():
        inner = factor(pd.Series(pc.utf8_slice_codeunits(whole.texts, 0, 10).to_pandas(), dtype="str"))
        whole = Factored(inner.codes[whole.codes], inner.texts)
    codes, cells = whole.codes, whole.listed()
    years = ""
    if len(cells) <= MANY:
        cells = eras.westernised(cells) or cells
        short = eras.short_buddhist(cells)
        if short is not None:
            cells, years = short, "buddhist"
    blank = np.array([not c for c in cells], dtype=bool)[codes] if cells else np.zeros(0, dtype=bool)
    filled = [c for c in cells if c]
    serial = [c for c in filled if SERIAL.fullmatch(c)]
    if filled and len(serial) > 0.9 * len(filled):
        days = [_from_serial(c) for c in cells]
        return Dates(_days(days, codes), blank, None, True, how="serial", texts=cells)
    readable = [c for c in filled if any(parse_day(c, o) is not None for o in ("ymd", "dmy", "mdy"))]
    certain, reason, how = True, "", years
    if order is None:
        in_order = readable if len(codes) > MANY else [cells[c] for c in codes if cells[c] and _readable(cells[c])]
        choice = decide_order(in_order) if readable else None
        if readable and choice is None:
            raise _contradiction(readable)
        if choice is not None:
            order, certain, reason = _weighed(choice, readable, told, witness)
            if not certain and order == choice.order and hint is not None and all(parse_day(c, hint) is not None for c in readable):
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


def _weighed(
    choice: OrderChoice, cells: Sequence[str], told: DateOrder | None, witness: Callable[[Sequence[str]], DateOrder | None]
) -> tuple[DateOrder, bool, str]:
    """Order, whether it is certain, and why: the column's own dates first, then what stands beside and above them.

    What contradicts the order in which the rows stand leaves the question open.
    """
    if choice.certain and not choice.reason:
        return choice.order, True, ""
    by_rows = choice.order if choice.certain else None
    other = told if told is not None else witness(list(dict.fromkeys(cells)))
    if other is None or any(parse_day(c, other) is None for c in cells):
        return choice.order, choice.certain, choice.reason
    if by_rows is not None:
        return other, other == by_rows, ""
    return other, True, "" if told is not None else "the rows lie in the period that the file names only when read so"


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


def style_of(columns: Sequence[pd.Series | Factored], *, whole_units: bool = False, thirds: bool = False) -> StyleChoice:
    """The one style of all money columns of a file.

    Args:
        columns: the columns.
        whole_units: the currency has no decimals in print.
        thirds: the currency has three decimals.

    Raises:
        MalformedStatement: they contradict each other.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    odd: list[str] = []
    seen = {".": 0, ",": 0}
    for column in columns:
        whole = factor(column)
        if isinstance(whole.texts, list) and len(whole) < SHORT:
            odd.extend(whole.texts)
            continue
        texts = pa.array(whole.texts, type=pa.large_string()) if isinstance(whole.texts, list) else whole.texts
        for mark, pattern in _PLAIN.items():
            fits = pc.match_substring_regex(texts, pattern)
            plainly = texts.filter(fits)
            seen[mark] += len(plainly)
            odd.extend(plainly.slice(0, 20).to_pylist())
            texts = texts.filter(pc.invert(fits))
        odd.extend(texts.to_pylist())
    choice = decide_style(odd, whole_units=whole_units, thirds=thirds)
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


def money(column: pd.Series | Factored, style: Style) -> Money:
    """A column read as amounts under `style`; cells that are none have `ok` False."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = factor(column)
    codes, n = whole.codes, len(whole)
    values = np.zeros(n, dtype=np.int64)
    ok = np.zeros(n, dtype=bool)
    signed = np.zeros(n, dtype=bool)
    marks = np.zeros(n, dtype=np.int8)
    names = [""]
    unit = np.zeros(n, dtype=np.int16)
    places = 2
    if isinstance(whole.texts, list) and n < SHORT:
        rest = np.arange(n)
        blank = np.array([not c or c in NOTHING for c in whole.texts], dtype=bool)
    else:
        cells_ = pa.array(whole.texts, type=pa.large_string()) if isinstance(whole.texts, list) else whole.texts
        fits = pc.match_substring_regex(cells_, _PLAIN[style.decimal])
        texts = cells_.filter(fits)
        ok = fits.to_numpy(zero_copy_only=False).copy()
        values[ok] = pc.cast(pc.replace_substring_regex(texts, "[.,]", ""), pa.int64()).to_numpy()
        signed[ok] = pc.starts_with(texts, "-").to_numpy(zero_copy_only=False)
        rest = np.flatnonzero(~ok)
        blank = pc.is_in(cells_, value_set=pa.array(["", *sorted(NOTHING)], type=pa.large_string())).to_numpy(zero_copy_only=False)
    cells = dict(zip(rest.tolist(), whole.listed(rest), strict=True))
    parsed = [(i, parse_amount(cell, style)) for i, cell in cells.items() if cell]
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
    if not n:
        codes = np.zeros(0, dtype=np.int64)
    return Money(values[codes], places, ok[codes], blank[codes], signed[codes], marks[codes], unit[codes], tuple(names))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return min(max(0, -exponent), DEEPEST) if isinstance(exponent, int) else 0
