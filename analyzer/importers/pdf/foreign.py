"""A row whose amount is not what its own foreign amount and rate give: the likely cause of a broken sum.

Many cards print under a row what was billed abroad and at which rate. Where the printed figures contradict the rows,
and one row set to its foreign amount times its rate mends them all, that row is named: it was altered or damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analyzer.importers.numbers import Style, parse_amount
from analyzer.importers.pdf.entries import Entry
from analyzer.importers.pdf.lines import Line
from analyzer.importers.pdf.proof import Evidence, prove

_LINES = 4
"""A foreign amount and its rate stand within so many lines under their row."""
_NUMBER = re.compile(r"(?<![0-9.,])[0-9][0-9.,' ]*[.,][0-9]{1,8}(?![0-9]| ?%)")
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])|[$€£¥₹]")
_FEWEST_DECIMALS = 3
"""A number with more decimals than money has is a rate."""
_LARGEST = Decimal(10) ** 12
_NEAR = Decimal("0.1")
"""Of the printed amount: a row that is further from what its rate gives prints something else."""
_WORK = 200_000
"""Rows looked at, over all amounts tried; a statement with more to try keeps its plain refusal."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """The row `index` prints `foreign` and `rate`, which give `value`; with that amount the printed figures hold."""

    index: int
    foreign: str
    rate: str
    value: Decimal


def suspect(
    entries: Sequence[Entry], amounts: Sequence[Decimal], evidence: Evidence | None, lines: Sequence[Line], style: Style
) -> Suspect | None:
    """The one row that, set to its foreign amount at its rate, mends a contradiction; None if there is none or two.

    `evidence` is of the booked rows, which come first; pending ones may follow them.
    """
    if evidence is None:
        return None
    entries, amounts = entries[: len(evidence.pages)], amounts[: len(evidence.pages)]
    tries = list(_tries(entries, amounts, lines, style))
    if len(tries) * len(amounts) > _WORK:
        return None
    found: dict[int, Suspect] = {}
    for told in tries:
        mended = [*amounts]
        mended[told.index] = told.value.copy_sign(amounts[told.index])
        if told.index not in found and prove(mended, evidence).holds:
            found[told.index] = told
    return next(iter(found.values())) if len(found) == 1 else None


def oddities(entries: Sequence[Entry], amounts: Sequence[Decimal], lines: Sequence[Line], style: Style) -> Iterator[tuple[Entry, str]]:
    """(row, what is odd) where a row's foreign amount at its rate is far from its amount, for statements that prove nothing.

    A bank's own fee and a rate told with few digits move the amount by some percent only.
    """
    starts = {e.line for e in entries}
    for index, entry in enumerate(entries):
        printed = abs(amounts[index])
        given = list(_conversions(entry, starts, lines, style))
        if len(given) == 2 and all(_NEAR * printed < abs(exact - printed) < _LARGEST for _, _, exact in given):
            unit = Decimal(1).scaleb(int(printed.as_tuple().exponent))
            (foreign, rate, product), (_, _, quotient) = given
            yield entry, f"prints {printed}, but {foreign} at {rate} is {product.quantize(unit)} (or {quotient.quantize(unit)})"


def _tries(entries: Sequence[Entry], amounts: Sequence[Decimal], lines: Sequence[Line], style: Style) -> Iterator[Suspect]:
    starts = {e.line for e in entries}
    for index, entry in enumerate(entries):
        printed = abs(amounts[index])
        unit = Decimal(1).scaleb(int(printed.as_tuple().exponent))
        for foreign, rate, exact in _conversions(entry, starts, lines, style):
            if exact < _LARGEST:
                value = exact.quantize(unit)
                # A rate is printed with some digits only: the last unit of the product can be another.
                near = (v for v in (value, value - unit, value + unit) if v > 0 and v != printed)
                yield from (Suspect(index, foreign, rate, v) for v in near)


def _conversions(entry: Entry, starts: set[int], lines: Sequence[Line], style: Style) -> Iterator[tuple[str, str, Decimal]]:
    """Each foreign amount and rate printed with a row, as texts, and what they give (rates are quoted either way)."""
    texts: list[str] = []
    for line in lines[entry.line : entry.line + 1 + _LINES]:
        if line.page != entry.page or (line.index != entry.line and line.index in starts):
            break
        texts.append(line.text)
    rates: list[tuple[str, Decimal]] = []
    money: list[tuple[str, Decimal]] = []
    for text in texts[1:]:
        for match in _NUMBER.finditer(text):
            told = match.group().strip()
            value = parse_amount(told, style)
            if value is None or not value.value:
                continue
            decimals = len(re.split(r"[.,]", told)[-1])
            if decimals >= _FEWEST_DECIMALS:
                rates.append((told, abs(value.value)))
            elif _CODE.search(text):
                money.append((told, abs(value.value)))
    for foreign, amount in money:
        for rate, factor in rates:
            yield foreign, rate, amount * factor
            yield foreign, rate, amount / factor
