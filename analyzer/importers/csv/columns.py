"""Which column is what, scored from its name and from all the cells of a sample; never from one cell.

A name that the content contradicts is not believed. Without names, the content decides: a running balance that
follows, two columns that take turns, a sign. Where several readings remain, the file is refused and the message
says what to give.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from analyzer.errors import AmbiguousSign, UnknownFormat
from analyzer.importers.csv import cells, choose, content, eras, phrases, words
from analyzer.importers.csv.dialect import date_like
from analyzer.importers.csv.looks import Look, look
from analyzer.importers.csv.plan import Plan
from analyzer.importers.csv.words import Role
from analyzer.importers.numbers import POINT

if TYPE_CHECKING:
    import pandas as pd

SAMPLE_ROWS = 400
PROFILE_HINT = "use --profile, or --sign, --date-order"


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
    columns = [_without_dashes([cells.plain(str(c)) for c in sample[i]]) for i in sample.columns]
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
    contiguous = len(columns[0]) * 3 // 4 if len(body) > SAMPLE_ROWS else len(columns[0])
    if not choose.by_balance(plan, roles, [c[:contiguous] for c in columns], looks):
        choose.by_name(plan, roles, names, columns, looks)
    choose.fees(plan, names, columns, looks)
    _say_money(plan, names)
    if plan.amount is None and plan.debit is None and plan.credit is None:
        if any(r is not None and r[0] == "balance" for r in roles) and not content.numeric(roles, looks, plan):
            raise UnknownFormat("daily balances, no transactions", todo="download the transactions instead")
        content.find(plan, roles, columns, looks)
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


def _without_dashes(column: list[str]) -> list[str]:
    """A column whose lone dashes say "none here"; beside a plus they are a direction and stay."""
    return column if "+" in column else ["" if c in cells.NOTHING else c for c in column]


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
    """Six digits, or the seven of a year of Taiwan."""
    return cell.isdigit() and (len(cell) == 6 or (len(cell) == 7 and eras.western(cell) != cell))


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
        two = debit is not None and credit is not None and content.take_turns(columns[debit], columns[credit])
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


def _say_money(plan: Plan, names: Sequence[str]) -> None:
    """The currency that the name of the amounts says, and a note where money goes only one way."""
    used = plan.amount if plan.amount is not None else plan.debit if plan.debit is not None else plan.credit
    if used is not None and used < len(names):
        plan.code = words.currency_in(names[used])
        spent = words.role_of(names[used])
        if spent is not None and plan.amount is None and (plan.debit is None or plan.credit is None):
            plan.notes.append(AmbiguousSign(f"only a column {names[used][:40]!r}, no counterpart; all its amounts go one way"))


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
    folded = [phrases.fold_flag(c) for c in column]
    filled = [f for f in folded if f]
    values = {*filled}
    if not values or len(values) > 12:
        return None
    # The pair that explains most cells: D is a debit beside C, and a deposit beside W.
    out, into = max(phrases.FLAGS, key=lambda pair: sum(f in pair[0] or f in pair[1] for f in filled))
    # A word of another pair that never says the other thing is understood too: Debet stands beside Kredit.
    more = {v: way for v in values - out - into if (way := phrases.CLEAR.get(v))}
    out, into = out | {v for v, way in more.items() if way < 0}, into | {v for v, way in more.items() if way > 0}
    if sum(f in out or f in into for f in filled) < 0.85 * len(filled):
        return None
    both = bool(values & out) and bool(values & into)
    clear = any(v in phrases.WHOLE_FLAGS or v in ("dr", "cr", "db") for v in values)
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

    codes = [i for i in by_role("currency") if sum(c in words.ISO for c in columns[i] if c) >= 0.9 * looks[i].filled]
    # Where several amounts have a currency of their own, it stands beside them.
    beside = [i for i in (plan.amount + 1, plan.amount - 1) if i in codes] if plan.amount is not None and len(codes) > 1 else []
    plan.currency = next(iter((*beside, *codes)), None)
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
    return bool(folded & phrases.PENDING or folded & phrases.VOID) or folded <= {
        "posted",
        "completed",
        "complete",
        "cleared",
        "booked",
        "gebucht",
    }


def _spends(column: Sequence[str], it: Look) -> bool:
    return it.filled > 0 and it.length <= 40 and it.distinct <= max(12, it.rows // 2) and any(phrases.is_spending(c) for c in column)


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
