"""Which way the money goes: from flags, signs, balances and the bank's own words.

The direction of a column is concluded once for all its rows. What is only a conclusion carries an `AmbiguousSign`
warning; where nothing speaks for either reading, the file is refused and the message names `--sign`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.errors import AmbiguousFormat, AmbiguousSign, StatementWarning
from analyzer.importers.base import Sign
from analyzer.importers.csv import phrases
from analyzer.importers.csv.cells import Money

if TYPE_CHECKING:
    import numpy as np

SAMPLE = 3000
FEW = 3
"""Fewer rows below zero do not outweigh those above: a card prints charges above zero and several payments below."""
NEGATIVE = "if that is wrong, use --sign charge-negative"
POSITIVE = "if that is wrong, use --sign charge-positive"
EITHER = "say it with --sign charge-positive or --sign charge-negative"


@dataclass(slots=True)
class Directed:
    """Amounts with money out negative. `unknown` marks rows whose direction is not known."""

    units: np.ndarray
    unknown: np.ndarray
    warnings: list[StatementWarning]


@dataclass(slots=True)
class Evidence:
    """What the words of the rows say, by the sign printed beside them."""

    for_negative: int = 0
    """Rows whose words fit `charges are negative`."""
    for_positive: int = 0
    out: int = 0
    into: int = 0


def weigh(units: np.ndarray, texts: Sequence[str]) -> Evidence:
    """The evidence of up to `SAMPLE` rows."""
    found = Evidence()
    for amount, text in zip(units[:SAMPLE].tolist(), texts[:SAMPLE], strict=False):
        way = phrases.direction(text) if amount else 0
        if not way:
            continue
        found.out += way < 0
        found.into += way > 0
        if (amount > 0) == (way > 0):
            found.for_negative += 1
        else:
            found.for_positive += 1
    return found


def by_flag(money: Money, ways: np.ndarray, lines: np.ndarray) -> Directed:
    """Amounts directed by a column of direction words.

    Args:
        money: the amounts.
        ways: -1, +1 or 0 (not known) per row.
        lines: line numbers, for messages.
    """
    import numpy as np

    units, known = money.units, (ways != 0) & money.ok
    minus, plus = known & (units < 0), known & (units > 0)
    if not (money.ok & (units < 0)).any():
        return Directed(np.abs(units) * ways, money.ok & (ways == 0) & (units != 0), [])
    if not (money.ok & (units > 0)).any() and len(np.unique(ways[known])) > 1:
        return Directed(np.abs(units) * ways, money.ok & (ways == 0) & (units != 0), [])
    agree = int((minus & (ways < 0)).sum() + (plus & (ways > 0)).sum())
    inverse = int((minus & (ways > 0)).sum() + (plus & (ways < 0)).sum())
    if max(agree, inverse) < 0.75 * (agree + inverse):
        raise AmbiguousFormat("the signs and the debit/credit words contradict each other", todo=EITHER)
    factor = 1 if agree >= inverse else -1
    odd = lines[(minus & (ways * factor > 0)) | (plus & (ways * factor < 0))]
    warnings: list[StatementWarning] = []
    if len(odd):
        warnings.append(
            AmbiguousSign(f"line {_some(odd)}: sign and debit/credit word disagree; the sign was used", todo="check these rows")
        )
    return Directed(units * factor, np.zeros(len(units), dtype=bool), warnings)


def _some(lines: np.ndarray) -> str:
    shown = ", ".join(str(int(n)) for n in lines[:5])
    return shown + (f" and {len(lines) - 5} more" if len(lines) > 5 else "")


def by_sign(
    money: Money,
    texts: Sequence[str],
    rows: np.ndarray,
    *,
    said: Sign | None,
    declared: bool = False,
    card: bool,
    spending: bool,
    owed: int = 0,
) -> Directed:
    """Amounts of one column without direction words.

    Args:
        money: the amounts.
        texts: the descriptors of `rows`, up to a sample.
        rows: positions of the rows that are transactions.
        said: what the user or the profile says.
        declared: it was the profile.
        card: the file speaks of a credit card.
        spending: a column names kinds of spending.
        owed: what a running balance shows: +1 it rises with the amounts, -1 it falls, 0 nothing.

    Raises:
        AmbiguousFormat: nothing tells which way the money goes.
    """
    import numpy as np

    none = np.zeros(len(money.units), dtype=bool)
    units = money.units
    marks = money.marks[rows]
    if marks.any() and not money.negative[rows].any():
        ways = np.where(money.marks != 0, money.marks, -1 if (marks > 0).any() else 1).astype(np.int64)
        if (marks > 0).any() and (marks < 0).any():
            ways = money.marks.astype(np.int64)
        return Directed(np.abs(units) * ways, money.ok & (ways == 0) & (units != 0), [])
    if said is not None:
        units = units if said == "charge-negative" else -units
        opposite = weigh(units[rows], texts) if declared else Evidence()
        warnings: list[StatementWarning] = []
        if opposite.for_positive >= 3 and opposite.for_positive > 3 * opposite.for_negative:
            warnings.append(
                AmbiguousSign(
                    "the profile says how charges are signed, but the words of the rows say the opposite",
                    todo=POSITIVE if said == "charge-negative" else NEGATIVE,
                )
            )
        return Directed(units, none, warnings)
    minus, plus = int(money.negative[rows].sum()), int(money.positive[rows].sum())
    found = weigh(units[rows], texts)
    if not minus and not plus:
        return Directed(units, none, [])
    if not minus and not (money.signed & money.positive)[rows].any():
        return Directed(*_unsigned(units, none, found, card=card, spending=spending, owed=owed))
    for_out, against = found.for_negative, found.for_positive
    # Most rows of a statement are charges. Words that say otherwise must be many before they outweigh that.
    strong = against > 0 and against >= 2 * for_out and (plus >= minus or (against >= 3 and against * 4 >= minus))
    if strong:
        why = "charges are printed positive, by the words of the rows"
        return Directed(-units, none, [AmbiguousSign(why, todo=NEGATIVE)])
    if not against and (not plus or minus >= max(2 * plus, FEW)):
        return Directed(units, none, [])
    if for_out >= 2 * against and for_out >= (1 if minus >= plus else 2):
        return Directed(units, none, [])
    if plus > minus and (owed < 0 or (card and plus >= 2 * minus)):
        why = "a balance falls as amounts rise" if owed < 0 else "it is a card, and most amounts are positive"
        return Directed(-units, none, [AmbiguousSign(f"charges are taken as printed positive: {why}", todo=NEGATIVE)])
    if owed > 0:
        return Directed(units, none, [])
    why = "no row says which way it goes; amounts below zero are taken as money out, as most banks print them"
    return Directed(units, none, [AmbiguousSign(why, todo=POSITIVE)])


def _unsigned(
    units: np.ndarray, none: np.ndarray, found: Evidence, *, card: bool, spending: bool, owed: int
) -> tuple[np.ndarray, np.ndarray, list[StatementWarning]]:
    if found.out and found.into:
        raise AmbiguousFormat(
            "amounts have no sign, but the rows go both ways", todo="export with signs or with debit and credit columns, or use --profile"
        )
    if found.out and not found.into:
        return -units, none, [AmbiguousSign("amounts have no sign; taken as charges by the words of the rows", todo=NEGATIVE)]
    if spending and not found.into:
        return -units, none, [AmbiguousSign("amounts have no sign; taken as charges by their categories", todo=NEGATIVE)]
    if card and not found.into:
        return -units, none, [AmbiguousSign("amounts have no sign; taken as charges because it is a card", todo=NEGATIVE)]
    if owed < 0:
        return -units, none, [AmbiguousSign("amounts have no sign; taken as charges because the balance falls with them", todo=NEGATIVE)]
    if found.into and not (card or spending):
        return units, none, [AmbiguousSign("amounts have no sign; taken as money in by the words of the rows", todo=POSITIVE)]
    raise AmbiguousFormat("amounts have no sign, and nothing says which way they go", todo=EITHER)


def two_columns(debit: Money | None, credit: Money | None) -> Directed:
    """Amounts of a money-out and a money-in column.

    A column whose numbers are all below zero uses the sign as notation only. One that mixes signs prints
    corrections against its own direction, and the sign of each cell counts.

    Args:
        debit: money out.
        credit: money in.
    """
    import numpy as np

    some = debit if debit is not None else credit
    assert some is not None
    units = np.zeros(len(some.units), dtype=np.int64)
    warnings: list[StatementWarning] = []
    if debit is not None and credit is not None and debit.positive.any() and credit.negative.any() and not credit.positive.any():
        what = "money in is printed below zero, money out is not; the sign of money in is taken as notation"
        warnings.append(AmbiguousSign(what, todo="check these rows, or use --profile"))
    scale = max(m.places for m in (debit, credit) if m is not None)
    for money, way in ((debit, -1), (credit, 1)):
        if money is None:
            continue
        value = money.units * 10 ** (scale - money.places)
        notation = money.negative.any() and not money.positive.any()
        units += way * (-value if notation else value)
    return Directed(units, np.zeros(len(units), dtype=bool), warnings)
