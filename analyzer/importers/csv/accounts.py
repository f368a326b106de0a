"""Whose rows they are, and in which currency."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer import money
from analyzer.errors import Oddity, StatementWarning
from analyzer.importers.base import account_key
from analyzer.importers.csv import cells, phrases, rows, words
from analyzer.importers.csv.body import Body
from analyzer.importers.csv.layout import Layout
from analyzer.importers.csv.plan import Plan

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

WHOLE_NUMBER = 6
"""Fewer digits are the end of a number, not all of it."""
_MASK = re.compile(r"[*xX•.]{2,}")


def accounts_of(frame: pd.DataFrame, plan: Plan, layout: Layout, good: np.ndarray) -> list[tuple[str, str | None, np.ndarray]]:
    """Per account: its number as printed, a key where it has only a name, and positions among the good rows."""
    import numpy as np
    import pandas as pd

    everything = np.arange(len(good))
    if plan.account is None or not len(good):
        return [("", None, everything)]
    codes, found = pd.factorize(frame.iloc[:, plan.account].iloc[good])
    names = [cells.plain(str(f)).strip("\"'") for f in found]
    if len({*names}) < len(names):
        places = {n: i for i, n in enumerate(dict.fromkeys(names))}
        codes, names = np.array([places[n] for n in names])[codes], list(places)
    filled = [n for n in names if n]
    if len(filled) == 1:
        return [(filled[0] if _is_number(filled[0]) else "", None if _is_number(filled[0]) else account_key(filled[0]), everything)]
    cards = plan.account < len(layout.names) and phrases.is_card(layout.names[plan.account])
    if cards or not filled or len(filled) > 50 or len(filled) != len(names):
        return [("", None, everything)]
    return [(n if _is_number(n) else "", None if _is_number(n) else account_key(n), everything[codes == c]) for c, n in enumerate(names)]


def _is_number(name: str) -> bool:
    return sum(c.isdigit() for c in name) >= 4


def key_of(number: str, key: str | None, layout: Layout, plan: Plan) -> str | None:
    """What tells the account apart: its whole number, nothing where only its end is printed, else its layout."""
    if key is not None:
        return key
    if number:
        digits = sum(c.isdigit() for c in number)
        return "" if digits < WHOLE_NUMBER or _MASK.search(number) else None
    return account_key("|".join(layout.names), plan.institution)


def currencies_of(body: Body, plan: Plan, good: np.ndarray, code: str, warnings: list[StatementWarning]) -> tuple[str, np.ndarray | None]:
    """The statement's currency, and one a row where they differ."""
    import numpy as np
    import pandas as pd

    fallback = code or money.UNKNOWN_CURRENCY
    per_row: np.ndarray | None = None
    if plan.currency is not None:
        codes, found = pd.factorize(body.cells.iloc[:, plan.currency].iloc[good])
        names = [str(f).strip().upper() for f in found]
        odd = [n for n in names if n and n not in words.ISO and not (len(n) == 3 and n.isascii() and n.isalpha())]
        if odd:
            warnings.append(Oddity(f"currency {rows.shown(odd[0])} is not known; these rows are taken as {fallback}"))
        per_row = np.array([n if n and n not in odd else fallback for n in names] or [fallback], dtype=object)[codes]
    elif plan.amount is not None and len(body.moneys[plan.amount].unit_names) > 1:
        amount = body.moneys[plan.amount]
        seen = np.array(amount.unit_names, dtype=object)[amount.codes[good]]
        named = {str(s) for s in seen if s}
        base = code or (next(iter(named)) if len(named) == 1 else money.UNKNOWN_CURRENCY)
        per_row = np.where(seen == "", base, seen)
    elif plan.debit is not None or plan.credit is not None:
        printed = {n for i in (plan.debit, plan.credit) if i is not None for n in body.moneys[i].unit_names if n}
        if not code and len(printed) == 1:
            return printed.pop(), None
    if per_row is None or not len(per_row):
        return fallback, None
    different = sorted({str(c) for c in per_row})
    if len(different) == 1:
        return different[0], None
    counts = {c: int((per_row == c).sum()) for c in different}
    warnings.append(Oddity(f"amounts in several currencies ({', '.join(different[:8])}); they are never added together"))
    return code or max(counts, key=lambda c: (counts[c], c)), per_row
