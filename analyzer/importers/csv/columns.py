"""Which column is what, scored from its name and from all the cells of a sample; never from one cell.

A name that the content contradicts is not believed. Without names, the content decides: a running balance that
follows, two columns that take turns, a sign. Where several readings remain, the file is refused and the message
says what to give.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from analyzer.errors import AmbiguousFormat, AmbiguousSign, MalformedStatement, UnknownFormat
from analyzer.importers.csv import cells, proof, words
from analyzer.importers.csv.dialect import amount_like, date_like
from analyzer.importers.csv.plan import Plan
from analyzer.importers.csv.words import Role
from analyzer.importers.numbers import POINT

if TYPE_CHECKING:
    import pandas as pd

SAMPLE_ROWS = 400
PROFILE_HINT = "use --profile, or --sign, --date-order"


@dataclass(frozen=True, slots=True)
class Look:
    """What a sample of one column holds. Shares are of the cells that are not empty."""

    filled: int
    rows: int
    dates: float
    amounts: float
    fractions: float
    whole: float
    signed: float
    distinct: int
    length: float
    identifier: bool

    @property
    def fill(self) -> float:
        """Share of the rows that have anything here."""
        return self.filled / self.rows if self.rows else 0.0


def look(column: Sequence[str]) -> Look:
    """The measures of a column of stripped cells."""
    filled = [c for c in column if c]
    n = len(filled)
    if not n:
        return Look(0, len(column), 0, 0, 0, 0, 0, 0, 0, False)
    amounts = [c for c in filled if amount_like(c)]
    whole = [c for c in filled if c.isdigit()]
    ids = [c for c in whole if len(c) >= 9 or (len(c) > 1 and c[0] == "0")]
    return Look(
        filled=n,
        rows=len(column),
        dates=sum(date_like(c) for c in filled) / n,
        amounts=len(amounts) / n,
        fractions=sum(c[-3:-2] in (".", ",") or c[-2:-1] in (".", ",") or not c[-1:].isdigit() for c in amounts) / n,
        whole=len(whole) / n,
        signed=sum("-" in c or "(" in c or "+" in c or "−" in c or "–" in c for c in amounts) / n,
        distinct=len({*filled}),
        length=sum(map(len, filled)) / n,
        identifier=len(ids) * 2 > n,
    )


def detect(names: Sequence[str], body: pd.DataFrame) -> Plan:
    """The plan for a file without a profile.

    Args:
        names: the column names; empty where none are printed.
        body: the records behind the names.

    Raises:
        UnknownFormat: no dates, or no amounts of transactions.
        AmbiguousFormat: more than one reading fits.
    """
    sample = _sample(body)
    columns = [[str(c).strip() for c in sample[i]] for i in sample.columns]
    width = len(columns)
    roles: list[tuple[Role, int] | None] = [words.role_of(n) for n in names[:width]] + [None] * (width - len(names[:width]))
    date = _date_column(roles, columns)
    if date is None:
        raise UnknownFormat("no column of dates found", todo="a statement has a date and an amount in every row; see stmt-scan formats")
    dated = [i for i, c in enumerate(columns[date]) if date_like(c)] or list(range(len(columns[date])))
    columns = [[col[i] for i in dated] for col in columns] if len(dated) * 2 > len(columns[date]) else columns
    looks = [look(c) for c in columns]
    plan = Plan(date=date)
    _named_money(plan, roles, names, columns, looks)
    if plan.amount is None and plan.debit is None and plan.credit is None:
        if any(r is not None and r[0] == "balance" for r in roles) and not _numeric(roles, looks, plan):
            raise UnknownFormat("daily balances, no transactions", todo="download the transactions instead")
        _unnamed_money(plan, roles, columns, looks, body)
    _flag(plan, roles, columns, looks)
    _others(plan, roles, names, columns, looks)
    return plan


def named_only(names: Sequence[str]) -> Plan:
    """The plan for a file that holds column names and no row.

    Raises:
        UnknownFormat: the names are not those of a statement.
    """
    roles = [found[0] if (found := words.role_of(n)) is not None else None for n in names]
    money = [i for i, r in enumerate(roles) if r in ("amount", "debit", "credit")]
    days = [i for i, r in enumerate(roles) if r in ("date", "posted", "value-date")]
    if not money or not days:
        raise UnknownFormat("column names and nothing else", todo="download it again")
    return Plan(date=days[0], amount=money[0], style=POINT, code=words.currency_in(names[money[0]]))


def _sample(body: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    if len(body) <= SAMPLE_ROWS:
        return body
    return pd.concat([body.iloc[: SAMPLE_ROWS * 3 // 4], body.iloc[-SAMPLE_ROWS // 4 :]])


def _date_column(roles: Sequence[tuple[Role, int] | None], columns: Sequence[Sequence[str]]) -> int | None:
    order = {"date": 0, "posted": 1, "value-date": 2}
    named = [(order[r[0]], r[1], i) for i, r in enumerate(roles) if r is not None and r[0] in order]
    shares = []
    for column in columns:
        filled = [c for c in column if c]
        shares.append((sum(date_like(c) for c in filled) / len(filled) if filled else 0.0, len(filled)))
    most = max((n * s for s, n in shares), default=0)
    for least in (0.8, 0.3, 0.01):
        for _, _, i in sorted(named):
            share, n = shares[i]
            if share >= least and share * n >= most * 0.5:
                return i
    for _, _, i in sorted(named):
        filled = [c for c in columns[i] if c]
        if filled and sum(cells.SERIAL.fullmatch(c) is not None or _short_day(c) for c in filled) > 0.9 * len(filled):
            return i
    best = [i for i, (share, n) in enumerate(shares) if share >= 0.5 and share * n >= most * 0.9 and n]
    return best[0] if best else None


def _short_day(cell: str) -> bool:
    return cell.isdigit() and len(cell) == 6


def _numeric(roles: Sequence[tuple[Role, int] | None], looks: Sequence[Look], plan: Plan) -> list[int]:
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


def _named_money(
    plan: Plan, roles: Sequence[tuple[Role, int] | None], names: Sequence[str], columns: Sequence[Sequence[str]], looks: Sequence[Look]
) -> None:
    def best(role: Role, least: float = 0.5) -> int | None:
        fits = [(r[1], i) for i, r in enumerate(roles) if r is not None and r[0] == role and i != plan.date and looks[i].amounts >= least]
        full = [(rank, i) for rank, i in fits if looks[i].fill >= 0.5] or fits
        return min(full)[1] if full else None

    amount = best("amount")
    if amount is None:
        amount = best("amount", 0.01)
    debit, credit = best("debit"), best("credit")
    if amount is None and debit is None and credit is None:
        debit, credit = best("debit", 0.01), best("credit", 0.01)
    empty = {r[0]: i for i, r in reversed(list(enumerate(roles))) if r is not None and looks[i].filled == 0}
    pair = debit is not None or credit is not None
    if pair:
        debit = debit if debit is not None else empty.get("debit")
        credit = credit if credit is not None else empty.get("credit")
    if amount is not None and (looks[amount].fill >= 0.9 or not pair):
        two = debit is not None and credit is not None and _take_turns(columns[debit], columns[credit])
        if not (two and looks[amount].signed == 0):
            plan.amount = amount
            debit = credit = None
    if plan.amount is None and pair:
        plan.debit, plan.credit = debit, credit
    if plan.amount is not None and not words.currency_in(names[plan.amount]):
        # Beside amounts in the currency of the shop, a column in that of the account is what was charged.
        own = [i for i, r in enumerate(roles) if r is not None and r[0] == "amount" and i < len(names) and words.currency_in(names[i])]
        plan.amount = next((i for i in own if looks[i].fill >= 0.9 and looks[i].amounts >= 0.9), plan.amount)
    plan.balance, plan.before = best("balance"), best("before")
    plan.opening, plan.closing = best("opening"), best("closing")
    if plan.amount is None and not pair and plan.balance is not None:
        others = _numeric(roles, looks, plan)
        if not others:
            raise UnknownFormat("balances without transactions", todo="download the transactions instead")
    used = plan.amount if plan.amount is not None else plan.debit if plan.debit is not None else plan.credit
    if used is not None and used < len(names):
        plan.code = words.currency_in(names[used])
        spent = words.role_of(names[used])
        if spent is not None and plan.amount is None and (plan.debit is None or plan.credit is None):
            plan.notes.append(AmbiguousSign(f"only a column {names[used][:40]!r}, no counterpart; all its amounts go one way"))


def _take_turns(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether in nearly every row exactly one of two cells holds an amount other than zero."""
    both = either = 0
    for a, b in zip(first, second, strict=True):
        x, y = _something(a), _something(b)
        both += x and y
        either += x or y
    return either > 0 and both * 20 <= either


def _something(cell: str) -> bool:
    return bool(cell) and any(c in "123456789" for c in cell)


def _unnamed_money(
    plan: Plan, roles: Sequence[tuple[Role, int] | None], columns: Sequence[Sequence[str]], looks: Sequence[Look], body: pd.DataFrame
) -> None:
    """Find the amounts by content: proven by a running balance, in turns, signed, or the only ones left."""
    numbers = _numeric(roles, looks, plan)
    balance = plan.balance
    if not numbers:
        raise UnknownFormat("no column of amounts found", todo="a statement has a date and an amount in every row; see stmt-scan formats")
    pairs = [
        (a, b)
        for a, b in ((x, y) for x in numbers for y in numbers if x < y)
        if looks[a].fill < 1.0 or looks[b].fill < 1.0 or _zeros(columns[a]) or _zeros(columns[b])
    ]
    pairs = [(a, b) for a, b in pairs if _take_turns(columns[a], columns[b]) and _covers(columns[a], columns[b])]
    proven = _proven(plan, numbers, pairs, columns, balance)
    if proven:
        plan.amount, plan.debit, plan.credit, plan.balance, plan.before = proven
        return
    varied = [i for i in numbers if looks[i].distinct > 1 or looks[i].rows < 3]
    singles = [i for i in varied if looks[i].fill >= 0.9]
    if pairs:
        a, b = _oriented(*pairs[0], columns, looks)
        signs = looks[a].signed, looks[b].signed
        plan.debit, plan.credit = a, b
        rest = [i for i in numbers if i not in (a, b) and looks[i].fill >= 0.5]
        plan.balance = rest[-1] if rest else None
        if not any(signs):
            plan.notes.append(
                AmbiguousSign(f"two amount columns without names; column {a + 1} is taken as money out", todo="check it, or use --profile")
            )
        return
    signed = [i for i in singles if looks[i].signed > 0]
    chosen = signed if signed else singles
    if len(chosen) > 1:
        raise AmbiguousFormat(
            f"columns {', '.join(str(i + 1) for i in chosen)} could all be the amounts, and no balance decides", todo="use --profile"
        )
    if not chosen:
        raise AmbiguousFormat("no one column holds an amount in every row", todo="use --profile")
    only = chosen[0]
    plan.balance = next((i for i in numbers if i > only and i != only and looks[i].fill >= 0.5 and i not in chosen), None)
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


def _oriented(a: int, b: int, columns: Sequence[Sequence[str]], looks: Sequence[Look]) -> tuple[int, int]:
    """Two unnamed columns as (money out, money in): by signs, by the rows' words, else by which is used more."""
    if looks[a].signed != looks[b].signed:
        minus = [sum("-" in c for c in columns[i]) for i in (a, b)]
        if minus[0] != minus[1]:
            return (a, b) if minus[0] > minus[1] else (b, a)
    texts = [" ".join(col[i] for j, col in enumerate(columns) if j not in (a, b))[:400] for i in range(len(columns[0]))]
    score = 0
    for i, text in enumerate(texts):
        way = words.direction(text)
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


def _proven(
    plan: Plan, numbers: Sequence[int], pairs: Sequence[tuple[int, int]], columns: Sequence[Sequence[str]], named: int | None
) -> tuple[int | None, int | None, int | None, int | None, int | None] | None:
    """The reading that a running balance proves: (amount, debit, credit, balance, balance before)."""
    import numpy as np
    import pandas as pd

    if len(columns[0]) < 2:
        return None
    try:
        style = cells.style_of([pd.Series(columns[i], dtype="str") for i in numbers]).style
    except MalformedStatement:  # a column of another kind among the candidates
        style = POINT
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
                if proof.chain(moved, units[balance], printed, signs=(1,)).proven:
                    return None, out, into, balance, None
        for one in numbers:
            if one == balance or not read[one].ok.all():
                continue
            if not read[one].signed.any():
                found = proof.deltas(units[one], units[balance], printed)
                if found is not None:
                    return one, None, None, balance, None
            moving = any(x != y for x, y in pairwise(units[balance]))
            for sign, before in ((1, False), (1, True), (-1, False), (-1, True)):
                # The usual direction first: some balances before a row also fit as ones after it, read backwards.
                if moving and proof.chain(units[one], units[balance], printed, before=before, signs=(sign,)).proven:
                    return (one, None, None, None, balance) if before else (one, None, None, balance, None)
    return None


def _flag(plan: Plan, roles: Sequence[tuple[Role, int] | None], columns: Sequence[Sequence[str]], looks: Sequence[Look]) -> None:
    """The column that says debit or credit, if there is one."""
    if plan.amount is None:
        return
    taken = {plan.date, *plan.money}
    candidates = []
    for i, column in enumerate(columns):
        role = roles[i]
        if i in taken or (role is not None and role[0] in ("text", "payee", "memo", "currency", "fitid", "account", "status")):
            continue
        found = direction_words(column, named=role is not None and role[0] == "flag")
        if found is not None:
            candidates.append((role is None or role[0] != "flag", -looks[i].fill, abs(i - plan.amount), i, found))
    if candidates:
        *_, plan.flag, plan.flags = min(candidates, key=lambda c: c[:4])


def direction_words(column: Sequence[str], *, named: bool) -> dict[str, int] | None:
    """Folded direction word → -1 or +1; None where the column does not hold directions.

    Args:
        column: the cells of a sample.
        named: whether the column is called a direction.
    """
    folded = [words.fold_flag(c) for c in column]
    filled = [f for f in folded if f]
    values = {*filled}
    if not values or len(values) > 12:
        return None
    # The pair that explains most cells: D is a debit beside C, and a deposit beside W.
    out, into = max(words.FLAGS, key=lambda pair: sum(f in pair[0] or f in pair[1] for f in filled))
    if sum(f in out or f in into for f in filled) < 0.85 * len(filled):
        return None
    both = bool(values & out) and bool(values & into)
    clear = any(v in words.WHOLE_FLAGS or v in ("dr", "cr", "db") for v in values)
    if not (both or named or clear):
        return None
    gaps = len(filled) < len(folded)
    if gaps and not both and not named and not values <= {"cr", "dr", "credit", "debit", "c", "d"}:
        return None
    found = {**dict.fromkeys(out, -1), **dict.fromkeys(into, 1)}
    if gaps and not both:
        # Only one direction is marked, as statements do with CR; an empty cell is then the other one.
        found[""] = 1 if values & out else -1
    return found


def _others(
    plan: Plan, roles: Sequence[tuple[Role, int] | None], names: Sequence[str], columns: Sequence[Sequence[str]], looks: Sequence[Look]
) -> None:
    taken = {plan.date, plan.flag, *plan.money}

    def by_role(role: Role) -> list[int]:
        return [
            i
            for _, i in sorted(
                (r[1], i) for i, r in enumerate(roles) if r is not None and r[0] == role and i not in taken and looks[i].filled
            )
        ]

    for i in by_role("currency"):
        if sum(c in words.ISO for c in columns[i] if c) >= 0.9 * looks[i].filled:
            plan.currency = i
            break
    if plan.currency is not None and plan.code and any(c != plan.code for c in columns[plan.currency] if c):
        plan.currency = None  # it belongs to another amount: the column's own name says its currency
    if plan.currency is None and not names:
        for i, column in enumerate(columns):
            if i not in taken and looks[i].fill >= 0.9 and all(c in words.ISO for c in column if c):
                plan.currency = i
                break
    plan.fitid = next((i for i in by_role("fitid") if looks[i].distinct > 1 or looks[i].rows == 1), None)
    plan.account = next(iter(by_role("account")), None)
    plan.status = next((i for i in by_role("status") if _is_status(columns[i])), None)
    plan.text = _text_columns(plan, by_role, columns, looks)
    plan.spending = next((i for i, c in enumerate(columns) if i not in taken and i not in plan.text and _spends(c, looks[i])), None)


def _is_status(column: Sequence[str]) -> bool:
    folded = {words.fold_words(c) for c in column if c}
    return bool(folded & words.PENDING or folded & words.VOID) or folded <= {
        "posted",
        "completed",
        "complete",
        "cleared",
        "booked",
        "gebucht",
    }


def _spends(column: Sequence[str], it: Look) -> bool:
    return it.filled > 0 and it.length <= 40 and it.distinct <= max(12, it.rows // 2) and any(words.is_spending(c) for c in column)


def _text_columns(
    plan: Plan, roles: Callable[[Role], list[int]], columns: Sequence[Sequence[str]], looks: Sequence[Look]
) -> tuple[int, ...]:
    """The columns that together are what the bank prints about a row: who, then what for."""
    used = {plan.date, plan.flag, plan.currency, plan.fitid, plan.account, plan.status, *plan.money}

    def says(i: int) -> bool:
        """Whether a column speaks of its rows: not of the holder, and not only of the direction."""
        steady = looks[i].distinct == 1 and looks[i].rows >= 4
        return i not in used and not steady and direction_words(columns[i], named=True) is None

    payees, texts = ([i for i in roles(r) if says(i)] for r in ("payee", "text"))
    chosen: list[int] = [*payees[:1], *texts[: 1 if payees else 2], *[i for i in roles("memo")[:2] if says(i)]]
    chosen = list(dict.fromkeys(chosen))
    if not chosen:
        wordy = []
        for i, it in enumerate(looks):
            if i in used or not it.filled or it.dates >= 0.5 or it.amounts >= 0.5:
                continue
            letters = sum(min(sum(c.isalpha() for c in cell), 40) for cell in columns[i]) / it.rows
            if letters:
                wordy.append((it.distinct > 1 or it.rows < 3, letters, -i))
        if wordy:
            chosen = [-max(wordy)[2]]
    return tuple(chosen)
