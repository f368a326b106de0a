"""Which columns of amounts moved the account, where a file has more of them than it needs.

A running balance is the best witness: columns it follows step by step outweigh every name. Without one, names that
speak of the account come before names that speak of the shop; where neither decides, the file says so or is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyzer.errors import AmbiguousAmount, AmbiguousFormat, MalformedStatement
from analyzer.importers.csv import cells, content, words
from analyzer.importers.csv.looks import Look
from analyzer.importers.csv.plan import Plan
from analyzer.importers.csv.words import Role

if TYPE_CHECKING:
    import numpy as np

LEAST_ROWS = 5
"""With fewer rows two columns may follow a balance by chance."""
MOST_COLUMNS = 12
MOSTLY = 0.5
"""A balance that follows so many of the rows is theirs; the steps that do not fit are reported later."""
_OF_ACCOUNT = re.compile(
    r"bill(?:ed|ing)|\baccount|settle|charged|booked|\bkonto|rachunku|uctu|\bcompte|cuenta|\bconto\b|счета|карт|платежа|rekening"
)
_OF_SHOP = re.compile(r"transaction|original|foreign|\blocal|purchase|merchant|операции|transakc|\btrx\b|\btxn\b|operacji")


def by_balance(plan: Plan, columns: Sequence[Sequence[str]], looks: Sequence[Look]) -> bool:
    """Whether a running balance follows the amounts; columns it follows are taken where it does not follow those chosen by name."""
    import numpy as np

    if plan.balance is None or len(columns[0]) < LEAST_ROWS or looks[plan.balance].fill < 1.0:
        return False
    chosen = [i for i in (plan.amount, plan.debit, plan.credit) if i is not None]
    try:
        balance = _units(columns[plan.balance])
        moved = sum((np.abs(_units(columns[i])) for i in chosen), np.zeros(len(balance)))
    except MalformedStatement:  # a column of two styles; it is refused where it is read
        return False
    step = np.abs(np.diff(balance))
    if len(np.unique(step[step > 0])) < 3:
        return False
    fits = max(float(np.mean(np.isclose(step, part))) for part in (moved[1:], moved[:-1])) if chosen else 0.0
    if fits == 1.0 or (fits >= MOSTLY and bool((moved > 0).all())):
        return True
    others = [
        i
        for i, it in enumerate(looks)
        if i not in (plan.date, plan.balance) and it.filled and it.amounts >= 0.9 and it.dates < 0.9 and not it.identifier
    ]
    if not others or len(others) > MOST_COLUMNS:
        return fits >= MOSTLY
    pairs = [(a, b) for a in others for b in others if a < b and content.take_turns(columns[a], columns[b])]
    found = content.proven(others, pairs, columns, plan.balance)
    if found is not None:
        plan.amount, plan.debit, plan.credit, plan.balance, plan.before = found
    return found is not None or fits >= MOSTLY


def _units(column: Sequence[str]) -> np.ndarray:
    """The amounts of a column, 0 where there is none."""
    import numpy as np
    import pandas as pd

    series = pd.Series(list(column), dtype="str")
    read = cells.money(series, cells.style_of([series]).style)
    found: np.ndarray = np.where(read.ok, read.units / 10.0**read.places, 0.0)
    return found


def by_name(
    plan: Plan, roles: Sequence[tuple[Role, int] | None], names: Sequence[str], columns: Sequence[Sequence[str]], looks: Sequence[Look]
) -> None:
    """Take the amount in the currency of the account where others stand beside it; note what stays open.

    Raises:
        AmbiguousFormat: two columns of one name hold different amounts.
    """
    if plan.amount is None or plan.amount >= len(names) or words.currency_in(names[plan.amount]):
        return
    own = _magnitudes(columns[plan.amount])
    rivals = [
        i
        for i, r in enumerate(roles)
        if r is not None and r[0] == "amount" and i != plan.amount and looks[i].fill >= 0.9 and looks[i].amounts >= 0.9
        and _magnitudes(columns[i]) != own
    ]  # fmt: skip
    if not rivals:
        return
    everyone = [plan.amount, *rivals]
    folded = {i: words.fold_words(names[i]) for i in everyone}
    account = [i for i in everyone if _OF_ACCOUNT.search(folded[i])]
    neutral = [i for i in everyone if not _OF_SHOP.search(folded[i])]
    for sure in (account, neutral):
        if len(sure) == 1:
            plan.amount = sure[0]
            return
    if len({*folded.values()}) == 1:
        raise AmbiguousFormat(f"{len(everyone)} columns called {names[plan.amount][:40]!r} hold different amounts", todo="use --profile")
    others = ", ".join(repr(names[i][:40]) for i in rivals[:3])
    what = f"amounts of the column {names[plan.amount][:40]!r} are used; {others} holds others"
    plan.notes.append(AmbiguousAmount(what, todo="check them, or use --profile"))


def _magnitudes(column: Sequence[str]) -> list[str]:
    """Cells for comparison: digits only, so that sign and unit do not count."""
    return [re.sub(r"[^0-9]", "", c).lstrip("0") for c in column]
