"""The rows held against the file's own figures: running balance, totals, opening and closing balance."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from analyzer.errors import AmbiguousAmount, AmbiguousDate, BalanceMismatch, MalformedStatement, Oddity, StatementWarning
from analyzer.importers.csv import proof, rows
from analyzer.importers.csv.cells import Money
from analyzer.importers.csv.layout import Layout, printed
from analyzer.importers.csv.plan import Plan
from analyzer.importers.numbers import parse_amount

if TYPE_CHECKING:
    import numpy as np

    from analyzer.importers.csv.body import Body


@dataclass(slots=True)
class Verdict:
    """What the file's figures say about the rows; `looked` says what was there and proved nothing."""

    reconciled: bool | None = None
    proof: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    looked: str = ""
    warnings: list[StatementWarning] = field(default_factory=list)


def follow(
    amounts: np.ndarray,
    balance: Money,
    good: np.ndarray,
    places: int,
    *,
    before: bool = False,
    backwards: bool | None = None,
    groups: np.ndarray | None = None,
) -> proof.Chain:
    """How a balance column follows amounts of `places` decimals at the positions `good`."""
    scale = max(places, balance.places)
    return proof.chain(
        amounts * 10 ** (scale - places),
        balance.units[good] * 10 ** (scale - balance.places),
        balance.ok[good],
        before=before,
        backwards=backwards,
        groups=groups,
    )


LEAST_STEPS = 8
"""Fewer steps inside groups that no name tells could follow by chance."""


def groups_of(body: Body, plan: Plan, part: np.ndarray) -> np.ndarray | None:
    """A number per row for rows that have balances of their own: by currency, account and product; None for one balance."""
    return _numbered(body, [i for i in (plan.currency, plan.account, plan.product) if i is not None], part)


def _numbered(body: Body, columns: list[int], part: np.ndarray) -> np.ndarray | None:
    import numpy as np

    found = None
    for column in columns:
        codes = body.column(column).codes[part]
        if 1 < len(np.unique(codes)) <= proof.MOST_GROUPS:
            found = codes if found is None else np.unique(found * (int(codes.max()) + 1) + codes, return_inverse=True)[1]
    return found


def with_fees(
    body: Body, plan: Plan, units: np.ndarray, scale: int, good: np.ndarray
) -> tuple[np.ndarray, np.ndarray, list[StatementWarning]]:
    """Amounts with the fee that was taken beside each, what moved the balance, and what to say of it.

    The balance decides whether fees are already in the amounts; without one, a profile does. A fee always costs.
    """
    import numpy as np

    if plan.fee is None or not len(good):
        return units, units, []
    read = body.moneys[plan.fee]
    fees = np.where(read.ok, np.abs(read.units) * 10 ** (scale - read.places), 0)
    if not fees[good].any():
        return units, units, []
    paid = units - fees
    column = plan.balance if plan.balance is not None else plan.before
    if column is not None:
        balance, groups = body.moneys[column], groups_of(body, plan, good)
        backwards = proof.runs_backwards(body.dates.days[good])
        bare, full = (
            follow(u[good], balance, good, scale, before=plan.balance is None, backwards=backwards, groups=groups) for u in (units, paid)
        )
        if full.fits <= bare.fits and bare.checks:
            return units, units, []
    elif not plan.profile:
        what = f"a column of fees stands beside the amounts in {int((fees[good] != 0).sum())} row(s); fees are not added to the amounts"
        return units, units, [AmbiguousAmount(what, todo="compare with the bank's statement")]
    count = int((fees[good] != 0).sum())
    if plan.fee_apart:
        what = f"{count} row(s) have a fee beside the gross amount; the amount is read without it, the balance moved by both"
        return units, paid, [Oddity(what)]
    return paid, paid, [Oddity(f"{count} row(s) have a fee beside the amount; both together are read, as they moved the balance")]


def directions(
    amount: Money, balance: Money, good: np.ndarray, *, backwards: bool | None, opening: Decimal | None = None
) -> np.ndarray | None:
    """Signed units for unsigned amounts, as the running balance moves; None where it does not follow them.

    The first row in time has no balance before it but the `opening` one. Where that is not printed, or does not fit,
    its units are 0.
    """
    import numpy as np

    scale = max(amount.places, balance.places)
    found = proof.deltas(
        amount.units[good] * 10 ** (scale - amount.places),
        balance.units[good] * 10 ** (scale - balance.places),
        balance.ok[good],
        backwards=backwards,
    )
    if found is None or len(np.unique(found[found != 0])) < 2 or int(((found == 0) & (amount.units[good] != 0)).sum()) > 1:
        return None
    for place in np.flatnonzero((found == 0) & (amount.units[good] != 0)).tolist() if opening is not None else ():
        row = good[place]
        step = _decimal(balance.units[row], balance.places) - (opening or Decimal(0))
        if abs(step) == abs(_decimal(amount.units[row], amount.places)):
            found[place] = 1 if step > 0 else -1
    units = np.zeros(len(amount.units), dtype=np.int64)
    units[good] = np.abs(amount.units[good]) * found
    return units


def prove(
    body: Body, plan: Plan, layout: Layout, found: rows.Sorted, units: np.ndarray, scale: int, part: np.ndarray, *, whole: bool
) -> Verdict:
    """The verdict on the rows at the positions `part`.

    Args:
        body: the columns, read.
        plan: what they are.
        layout: the lines before the rows.
        found: the sorted rows, with totals and balance lines.
        units: amounts, money out negative, in 10**-scale.
        scale: decimals of `units`.
        part: the rows of one account.
        whole: the file holds only this account, so that totals of the file are totals of it.

    Raises:
        MalformedStatement: a printed total contradicts the rows and no row was left out.
    """
    import numpy as np

    verdict = Verdict()
    if not len(part):
        return verdict
    column = plan.balance if plan.balance is not None else plan.before
    if column is not None and found.pending:
        # What is still pending has not moved the balance; it prints none, or the one of the row before it.
        part = np.array([row for row in part.tolist() if row not in found.pending or body.moneys[column].filled[row]], dtype=np.int64)
    if column is not None and len(part):
        _by_balance(verdict, body, plan, units, scale, part, column)
    if whole:
        _by_total(verdict, plan, found, units, scale, part, body)
        _by_ends(verdict, body, plan, layout, found, units, scale, part)
    return verdict


def _by_balance(verdict: Verdict, body: Body, plan: Plan, units: np.ndarray, scale: int, part: np.ndarray, column: int) -> None:
    balance = body.moneys[column]
    backwards = proof.runs_backwards(body.dates.days[part])
    before = plan.balance is None
    groups = groups_of(body, plan, part)
    chain = follow(units[part], balance, part, scale, before=before, backwards=backwards, groups=groups)
    if not chain.checks:
        return
    if not chain.proven and groups is None:
        for other in range(body.cells.shape[1]):
            # Accounts in a column no name tells: there the balance follows in every step, which no chance does.
            apart = _numbered(body, [other], part) if other not in (plan.date, plan.flag, *plan.money, *plan.text) else None
            if apart is not None:
                tried = follow(units[part], balance, part, scale, before=before, backwards=backwards, groups=apart)
                if tried.proven and tried.checks >= LEAST_STEPS and tried.checks * 2 > chain.checks:
                    chain, groups = tried, apart
                    break
    lines = [int(body.lines[part[i]]) for i in chain.breaks[:3]]
    if chain.proven:
        verdict.reconciled = True
        verdict.proof = f"the running balance follows all {len(part)} rows"
        if groups is None and (odd := _out_of_order(body.dates.days[part])) is not None:
            what = f"the day {body.dates.days[part[odd]]} stands out of order, though the balance follows"
            verdict.warnings.append(
                AmbiguousDate(what, place=f"line {int(body.lines[part[odd]])}", todo="compare with the bank's statement")
            )
        if groups is not None:
            verdict.proof = f"the running balances follow all {len(part)} rows"
        elif chain.sign == 1 and plan.balance is not None:
            _balances(verdict, balance, units, scale, part, newest=chain.newest_first)
    elif chain.fits * 2 > chain.checks:
        verdict.reconciled = False
        what = f"the running balance does not follow in {chain.checks - chain.fits} of {chain.checks} steps; a row may be missing"
        verdict.warnings.append(BalanceMismatch(what, place=f"line {', '.join(map(str, lines))}", todo="compare with the bank's statement"))
    else:
        verdict.looked = "a column of balances does not follow the rows, so nothing proves them"


def _out_of_order(days: np.ndarray) -> int | None:
    """The one row whose day is out of the order that all others are in; None where none, or more than one, is."""
    import numpy as np

    if len(days) < LEAST_STEPS:
        return None
    step = np.diff(days).astype(np.int64)
    step = step if int((step > 0).sum()) >= int((step < 0).sum()) else -step
    against = np.flatnonzero(step < 0)
    if len(against) != 1:
        return None
    before, after = int(against[0]), int(against[0]) + 1
    for row in (before, after):
        rest = np.delete(days, row)
        moved = np.diff(rest).astype(np.int64)
        if (moved >= 0).all() or (moved <= 0).all():
            return row
    return None


def _balances(verdict: Verdict, balance: Money, units: np.ndarray, scale: int, part: np.ndarray, *, newest: bool) -> None:
    first, last = (part[-1], part[0]) if newest else (part[0], part[-1])
    if balance.ok[first] and balance.ok[last]:
        verdict.opening = _decimal(balance.units[first], balance.places) - _decimal(units[first], scale)
        verdict.closing = _decimal(balance.units[last], balance.places)


def _decimal(units: int | np.integer, places: int) -> Decimal:
    return Decimal(int(units)).scaleb(-places)


def _by_total(verdict: Verdict, plan: Plan, found: rows.Sorted, units: np.ndarray, scale: int, part: np.ndarray, body: Body) -> None:
    assert plan.style is not None
    taken = units[part]
    out, into = _decimal(taken[taken < 0].sum(), scale), _decimal(taken[taken > 0].sum(), scale)
    for figure in found.figures:
        if figure.kind != "total":
            continue
        line = int(body.lines[figure.row])
        agree: list[bool] = []
        texts: list[str] = []
        for column, right in (
            (plan.amount, (out + into, out, into)),
            (plan.debit, (out, out + into)),
            (plan.credit, (into, out + into)),
        ):
            cell = figure.cells[column] if column is not None and column < len(figure.cells) else ""
            amount = parse_amount(cell, plan.style) if cell else None
            if amount is not None and (amount.value or column == plan.amount):
                agree.append(abs(amount.value) in {abs(r) for r in right})
                texts.append(cell)
        if not agree:
            continue
        if all(agree):
            verdict.reconciled = verdict.reconciled is not False
            verdict.proof = verdict.proof or f"the total on line {line} is the sum of the rows"
        elif found.rejected or _is_part(figure):
            verdict.reconciled = False
            verdict.warnings.append(BalanceMismatch(f"the printed total {texts[0]} is not the sum of the rows", place=f"line {line}"))
        else:
            raise MalformedStatement(
                f"printed total {texts[0][:32]}, rows add up to {out + into}",
                place=f"line {line}",
                todo="use --profile, or download it again",
            )


def _is_part(figure: rows.Figure) -> bool:
    return any("sub" in c.casefold() or "page" in c.casefold() for c in figure.cells)


def _by_ends(
    verdict: Verdict, body: Body, plan: Plan, layout: Layout, found: rows.Sorted, units: np.ndarray, scale: int, part: np.ndarray
) -> None:
    """Opening + rows = closing, from lines, columns or the text before the rows; the owed side of a card counts."""
    like = [str(c) for i in plan.money for c in body.cells.iloc[:20, i] if c]
    opening = opening_of(body, plan, layout, found)
    closing = _figure(found, "closing", plan, body)
    closing = closing if closing is not None else _column(body, plan.closing)
    closing = closing if closing is not None else printed(layout.preamble.closing, like) if layout.preamble.closing else None
    if opening is None or closing is None:
        return
    net = _decimal(units[part].sum(), scale)
    verdict.opening, verdict.closing = opening, closing
    if opening + net == closing or opening - net == closing:
        verdict.reconciled = verdict.reconciled is not False
        verdict.proof = verdict.proof or f"{opening} + {len(part)} rows = {closing}"
    elif verdict.reconciled is not True:
        verdict.reconciled = False
        what = f"opening {opening} and rows {net} make {opening + net}, but the closing balance is {closing}"
        verdict.warnings.append(BalanceMismatch(what, todo="compare with the bank's statement"))


def opening_of(body: Body, plan: Plan, layout: Layout, found: rows.Sorted) -> Decimal | None:
    """The opening balance that a line, a column or the text before the rows prints."""
    figure = _figure(found, "opening", plan, body)
    figure = figure if figure is not None else _column(body, plan.opening)
    like = [str(c) for i in plan.money for c in body.cells.iloc[:20, i] if c]
    return figure if figure is not None else printed(layout.preamble.opening, like) if layout.preamble.opening else None


def _figure(found: rows.Sorted, kind: str, plan: Plan, body: Body) -> Decimal | None:
    assert plan.style is not None
    for figure in found.figures:
        if figure.kind != kind:
            continue
        preferred = [
            figure.cells[i] for i in (plan.balance, plan.amount, plan.credit, plan.debit) if i is not None and i < len(figure.cells)
        ]
        for cell in (*preferred, *figure.cells):
            amount = parse_amount(cell, plan.style) if cell else None
            if amount is not None:
                return amount.value
    return None


def _column(body: Body, column: int | None) -> Decimal | None:
    """The one amount that a column of opening or closing balances holds."""
    if column is None:
        return None
    read = body.moneys[column]
    values = {int(u) for u in read.units[read.ok]}
    return _decimal(values.pop(), read.places) if len(values) == 1 else None
