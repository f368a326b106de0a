"""The amounts of a file whose column names do not tell them, found by content."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from analyzer.errors import AmbiguousFormat, AmbiguousSign, MalformedStatement, UnknownFormat
from analyzer.importers.csv import cells, phrases, proof
from analyzer.importers.csv.looks import Look
from analyzer.importers.csv.plan import Plan
from analyzer.importers.csv.words import Role
from analyzer.importers.numbers import POINT

if TYPE_CHECKING:
    import numpy as np

LEAST_ROWS = 5
"""With fewer rows two columns may follow a balance by chance."""


def find(plan: Plan, roles: Sequence[tuple[Role, int] | None], columns: Sequence[Sequence[str]], looks: Sequence[Look]) -> None:
    """Find the amounts by content: proven by a running balance, in turns, signed, or the only ones left."""
    numbers = numeric(roles, looks, plan)
    balance = plan.balance
    if not numbers:
        raise UnknownFormat("no column of amounts found", todo="a statement has a date and an amount in every row; see stmt-scan formats")
    pairs = [
        (a, b)
        for a, b in ((x, y) for x in numbers for y in numbers if x < y)
        if looks[a].fill < 1.0 or looks[b].fill < 1.0 or _zeros(columns[a]) or _zeros(columns[b])
    ]
    pairs = [(a, b) for a, b in pairs if take_turns(columns[a], columns[b]) and _covers(columns[a], columns[b])]
    followed = proven(numbers, pairs, columns, balance)
    if followed:
        plan.amount, plan.debit, plan.credit, plan.balance, plan.before = followed
        return
    varied = [i for i in numbers if looks[i].distinct > 1 or looks[i].rows < 3]
    singles = [i for i in varied if looks[i].fill >= 0.9]
    if pairs:
        a, b = _oriented(*pairs[0], columns, looks)
        signs = looks[a].signed, looks[b].signed
        plan.debit, plan.credit = a, b
        rest = [i for i in numbers if i not in (a, b) and looks[i].fill >= 0.5]
        plan.balance = plan.balance if plan.balance is not None else rest[-1] if rest else None
        if not any(signs):
            plan.notes.append(
                AmbiguousSign(f"two amount columns without names; column {a + 1} is taken as money out", todo="check it, or use --profile")
            )
        return
    signed = [i for i in singles if looks[i].signed > 0]
    chosen = signed if signed else singles
    if len(chosen) > 1 and any(columns[i] != columns[chosen[0]] for i in chosen[1:]):
        raise AmbiguousFormat(
            f"columns {', '.join(str(i + 1) for i in chosen)} could all be the amounts, and no balance decides", todo="use --profile"
        )
    if not chosen:
        raise AmbiguousFormat("no one column holds an amount in every row", todo="use --profile")
    only = chosen[0]
    named = plan.balance
    plan.balance = (
        named
        if named is not None
        else next((i for i in numbers if i > only and i != only and looks[i].fill >= 0.5 and i not in chosen), None)
    )
    beside = only + 1
    if looks[only].signed == 0 and beside < len(looks) and looks[beside].filled == 0 and not roles[only] and _gap(only, looks):
        plan.debit, plan.credit = only, beside
        plan.notes.append(
            AmbiguousSign(
                "an amount column with an empty one behind it; taken as money out and money in", todo="check it, or use --profile"
            )
        )
        return
    plan.amount = only
    if named is None and looks[only].signed and (beside_it := mostly(only, [i for i in numbers if i != only], columns)) is not None:
        plan.balance, plan.before = beside_it


def mostly(amount: int, others: Sequence[int], columns: Sequence[Sequence[str]]) -> tuple[int | None, int | None] | None:
    """The column of balances, after or before each row, that follows most of the amounts; the steps that do not fit are reported later."""
    import numpy as np
    import pandas as pd

    best: tuple[int, tuple[int | None, int | None]] | None = None
    for other in others:
        try:
            series = [pd.Series(columns[i], dtype="str") for i in (amount, other)]
            moved, balance = (cells.money(s, cells.style_of([s]).style) for s in series)
        except MalformedStatement:
            continue
        scale = max(moved.places, balance.places)
        units, steps = (m.units * 10 ** (scale - m.places) for m in (moved, balance))
        if len(np.unique(steps)) < LEAST_ROWS:
            continue
        for before in (False, True):
            found = proof.chain(units, steps, balance.ok, before=before)
            if found.fits * 2 > found.checks and found.checks >= LEAST_ROWS and (best is None or found.fits > best[0]):
                best = found.fits, (None, other) if before else (other, None)
    return best[1] if best is not None else None


def _oriented(a: int, b: int, columns: Sequence[Sequence[str]], looks: Sequence[Look]) -> tuple[int, int]:
    """Two unnamed columns as (money out, money in): by signs, by the rows' words, else by which is used more."""
    if looks[a].signed != looks[b].signed:
        minus = [sum("-" in c for c in columns[i]) for i in (a, b)]
        if minus[0] != minus[1]:
            return (a, b) if minus[0] > minus[1] else (b, a)
    texts = [" ".join(col[i] for j, col in enumerate(columns) if j not in (a, b))[:400] for i in range(len(columns[0]))]
    score = 0
    for i, text in enumerate(texts):
        way = phrases.direction(text)
        score += way * (_something(columns[b][i]) - _something(columns[a][i]))
    if score:
        return (a, b) if score > 0 else (b, a)
    used = [sum(map(_something, columns[i])) for i in (a, b)]
    return (b, a) if used[1] > 2 * used[0] else (a, b)


def _gap(only: int, looks: Sequence[Look]) -> bool:
    """Whether something follows the empty column behind `only`, so that it is a column and not the end of the line."""
    return any(it.filled for it in looks[only + 2 :])


def _zeros(column: Sequence[str]) -> bool:
    return any(c and not _something(c) for c in column)


def _covers(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two columns together hold an amount in nearly every row, and each in one."""
    either = sum(_something(a) or _something(b) for a, b in zip(first, second, strict=True))
    return either >= 0.9 * len(first) and any(map(_something, first)) and any(map(_something, second))


def proven(
    numbers: Sequence[int],
    pairs: Sequence[tuple[int, int]],
    columns: Sequence[Sequence[str]],
    named: int | None,
    groups: np.ndarray | None = None,
) -> tuple[int | None, int | None, int | None, int | None, int | None] | None:
    """The reading that a running balance proves: (amount, debit, credit, balance, balance before)."""
    import numpy as np
    import pandas as pd

    if len(columns[0]) < 2:
        return None
    try:
        style = cells.style_of([pd.Series(columns[i], dtype="str") for i in numbers]).style
    except MalformedStatement:  # a column of another kind among the candidates
        style = cells.style_of([pd.Series(columns[named], dtype="str")]).style if named is not None else POINT
    used = [*numbers] + ([named] if named is not None else [])
    read = {i: cells.money(pd.Series(columns[i], dtype="str"), style) for i in used}
    scale = max(m.places for m in read.values())
    units = {i: m.units * 10 ** (scale - m.places) for i, m in read.items()}
    balances = [named] if named is not None else list(numbers)
    for balance in balances:
        if balance is None or len({*columns[balance]}) < 2:
            continue
        printed = read[balance].ok
        for a, b in pairs:
            if balance in (a, b):
                continue
            for out, into in ((a, b), (b, a)):
                moved = np.where(read[into].filled, np.abs(units[into]), -np.abs(units[out]))
                if proof.chain(moved, units[balance], printed, signs=(1,), groups=groups).proven:
                    return None, out, into, balance, None
        for one in sorted(numbers, key=lambda i: not read[i].signed.any()):  # a printed sign says more than a step
            if one == balance or not read[one].ok.all():
                continue
            if not read[one].signed.any() and (groups is None or not groups.any()):
                found = proof.deltas(units[one], units[balance], printed)
                if found is not None:
                    return one, None, None, balance, None
            moving = any(x != y for x, y in pairwise(units[balance]))
            for sign, before in ((1, False), (1, True), (-1, False), (-1, True)):
                # The usual direction first: some balances before a row also fit as ones after it, read backwards.
                if moving and proof.chain(units[one], units[balance], printed, before=before, signs=(sign,), groups=groups).proven:
                    return (one, None, None, None, balance) if before else (one, None, None, balance, None)
    return None


def numeric(roles: Sequence[tuple[Role, int] | None], looks: Sequence[Look], plan: Plan) -> list[int]:
    """Columns whose content may be the amounts of the rows."""
    taken = {
        "date",
        "posted",
        "value-date",
        "balance",
        "before",
        "opening",
        "closing",
        "account",
        "fitid",
        "other",
        "currency",
        "text",
        "payee",
    }
    found = []
    for i, it in enumerate(looks):
        role = roles[i]
        if i == plan.date or (role is not None and role[0] in taken):
            continue
        if it.filled and it.amounts >= 0.9 and it.dates < 0.9 and not it.identifier:
            found.append(i)
    decimals = [i for i in found if looks[i].fractions > 0 or looks[i].signed > 0]
    return decimals or found


def take_turns(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether in nearly every row exactly one of two cells holds an amount other than zero."""
    both = either = 0
    for a, b in zip(first, second, strict=True):
        x, y = _something(a), _something(b)
        both += x and y
        either += x or y
    return either > 0 and both * 20 <= either


def _something(cell: str) -> bool:
    return bool(cell) and any(c in "123456789" for c in cell)
