"""Which columns of amounts moved the account, where a file has more of them than it needs.

A running balance is the best witness: columns it follows step by step outweigh every name. Without one, names that
speak of the account come before names that speak of the shop; where neither decides, the file says so or is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyzer.errors import AmbiguousAmount, AmbiguousFormat, MalformedStatement
from analyzer.importers.csv import cells, content, proof, words
from analyzer.importers.csv.looks import Look
from analyzer.importers.csv.plan import Plan
from analyzer.importers.csv.words import Role

if TYPE_CHECKING:
    import numpy as np

MOST_COLUMNS = 12
NEARLY = 0.8
"""So many rows show what a column is; the others are shown to be wrong by the balance."""
MOSTLY = 0.5
"""A balance that follows so many of the rows is theirs; the steps that do not fit are reported later."""
_OF_ACCOUNT = re.compile(
    r"bill(?:ed|ing)|\baccount|settle|charged|booked|\bkonto|rachunku|uctu|\bcompte|cuenta|\bconto\b|счета|карт|платежа|rekening"
)
_OF_SHOP = re.compile(r"transaction|original|foreign|\blocal|purchase|merchant|операции|transakc|\btrx\b|\btxn\b|operacji")


_FEE = re.compile(
    r"\bfees?\b|gebuhr|\bcommissions?\b|komise|poplatek|\bfrais\b|comision|commissioni|комис|комісі|手数料|手续费|服务费|oplata|prowizja"
)

_NET = re.compile(r"\bnet\b|netto|\bneto\b|после комиссии|净额|手取り")


def by_balance(plan: Plan, roles: Sequence[tuple[Role, int] | None], columns: Sequence[Sequence[str]], looks: Sequence[Look]) -> bool:
    """Whether a running balance follows the amounts; columns it follows are taken where it does not follow those chosen by name."""
    import numpy as np

    if plan.balance is None or len(columns[0]) < content.LEAST_ROWS or looks[plan.balance].fill < 1.0:
        return False
    chosen = [i for i in (plan.amount, plan.debit, plan.credit) if i is not None]
    try:
        balance = _units(columns[plan.balance])
        moved = sum((np.abs(_units(columns[i])) for i in chosen), np.zeros(len(balance)))
    except MalformedStatement:  # a column of two styles; it is refused where it is read
        return False
    groups = _groups(roles, columns, looks)
    order = np.argsort(groups, kind="stable")
    balance, moved, apart = balance[order], moved[order], groups[order]
    within = np.diff(apart) == 0
    step = np.abs(np.diff(balance))[within]
    if len(np.unique(step[step > 0])) < 3:
        return False
    fits = max(float(np.mean(np.isclose(step, part[within]))) for part in (moved[1:], moved[:-1])) if chosen else 0.0
    if fits == 1.0:
        if plan.amount is not None and not looks[plan.amount].signed:
            # The same amounts with their signs beside them say what a step between balances cannot: the first row's direction.
            same = [
                i
                for i, it in enumerate(looks)
                if it.signed and it.amounts >= 0.9 and i != plan.amount and _magnitudes(columns[i]) == _magnitudes(columns[plan.amount])
            ]
            plan.amount = same[0] if same else plan.amount
        return True
    others = [
        i
        for i, it in enumerate(looks)
        if i not in (plan.date, plan.balance) and it.filled and it.amounts >= 0.9 and it.dates < 0.9 and not it.identifier
    ]
    if not others or len(others) > MOST_COLUMNS:
        return fits >= MOSTLY
    pairs = [(a, b) for a in others for b in others if a < b and content.take_turns(columns[a], columns[b])]
    found = content.proven(others, pairs, columns, plan.balance, groups)
    if found is not None:
        plan.amount, plan.debit, plan.credit, plan.balance, plan.before = found
    return found is not None or fits >= MOSTLY


def _groups(roles: Sequence[tuple[Role, int] | None], columns: Sequence[Sequence[str]], looks: Sequence[Look]) -> np.ndarray:
    """A number per row: rows of one currency and one account have a balance of their own."""
    import numpy as np
    import pandas as pd

    apart = [
        i
        for i, r in enumerate(roles)
        if r is not None and r[0] in ("currency", "account") and 1 < looks[i].distinct <= proof.MOST_GROUPS and looks[i].fractions == 0
    ]
    if not apart:
        return np.zeros(len(columns[0]), dtype=np.int64)
    return pd.factorize(pd.Series(list(zip(*(columns[i] for i in apart), strict=True))))[0]


def fees(plan: Plan, names: Sequence[str], columns: Sequence[Sequence[str]], looks: Sequence[Look]) -> None:
    """Note a column of fees beside the amounts, and whether a column of net amounts holds both together."""
    import numpy as np

    if plan.amount is None:
        return
    found = [
        i
        for i, name in enumerate(names)
        if i not in plan.money and looks[i].filled and looks[i].amounts >= 0.9 and _FEE.search(words.fold_words(name))
    ]
    try:
        found = [i for i in found if np.any(_units(columns[i]))]
        if len(found) != 1:
            return
        amount, fee = _units(columns[plan.amount]), _units(columns[found[0]])
        for i, it in enumerate(looks):
            if i in (plan.date, plan.amount, plan.balance, found[0]) or it.amounts < 0.9 or it.fill < 0.9 or it.dates >= 0.9:
                continue
            other = _units(columns[i])
            if any(np.mean(np.isclose(amount + way * fee, other)) >= NEARLY for way in (1, -1)):
                # What was agreed with the merchant is the amount; the balance moves by amount and fee.
                named = [place for place in (plan.amount, i) if place < len(names) and _NET.search(words.fold_words(names[place]))]
                if len(named) == 1:
                    plan.amount = i if named[0] == plan.amount else plan.amount
                    plan.fee, plan.fee_apart = found[0], True
                plan.notes = [n for n in plan.notes if not isinstance(n, AmbiguousAmount)]
                return
    except MalformedStatement:
        return
    plan.fee = found[0]


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
