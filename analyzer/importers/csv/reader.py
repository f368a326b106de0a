"""Table and plan → statements: columns read whole, rows sorted, directions decided, figures checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from analyzer import escape, money
from analyzer.errors import AmbiguousAmount, AmbiguousDate, MalformedStatement, Oddity, RowRejected, StatementWarning, Unproven
from analyzer.importers.base import Document, Options, Rows, account_key, build
from analyzer.importers.csv import cells, checks, hints, phrases, proof, rows, sign, words
from analyzer.importers.csv.cells import Dates, Factored, Money
from analyzer.importers.csv.layout import Layout
from analyzer.importers.csv.plan import Plan
from analyzer.importers.csv.table import Table
from analyzer.importers.numbers import Style, StyleChoice
from analyzer.model import Statement

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

WHOLE_UNITS = {"IDR", "JPY", "KRW", "VND", "CLP", "COP", "HUF", "ISK", "PYG", "UGX"}
HINT_ROWS = 200
WHOLE_NUMBER = 6
"""Fewer digits are the end of a number, not all of it."""
_MASK = re.compile(r"[*xX•.]{2,}")


@dataclass(slots=True)
class Body:
    """The records behind the column names, with what their columns were read as."""

    cells: pd.DataFrame
    lines: np.ndarray
    dates: Dates
    moneys: dict[int, Money]
    factored: dict[int, Factored] = field(default_factory=dict)

    def column(self, place: int) -> Factored:
        """A column with each different cell once; made once."""
        if place not in self.factored:
            self.factored[place] = cells.factor(self.cells.iloc[:, place])
        return self.factored[place]


def read(document: Document, table: Table, layout: Layout, plan: Plan, options: Options, notes: list[StatementWarning]) -> list[Statement]:
    """The statements in a table, one an account.

    Raises:
        StatementError: dates, amounts or directions cannot be read exactly, or figures contradict the rows.
    """
    import numpy as np

    warnings = [*notes, *plan.notes]
    frame = table.cells.iloc[layout.body :]
    body = Body(frame, table.lines[layout.body :], _dates(frame, plan, layout, options, warnings), {})
    code = plan.code or layout.preamble.currency or options.currency or ""
    _money(body, plan, code or _column_code(frame, plan), warnings)
    _carry_days(body, plan, warnings)
    sorted_rows = rows.sort(body.cells, body.lines, plan, body.dates, body.moneys, layout.names, options.limits)
    directed = _directed(body, plan, layout, options, sorted_rows)
    lost = directed.unknown & sorted_rows.good
    for row in np.flatnonzero(lost)[: rows.REPORTED].tolist():
        what = "no balance before it and no sign: its direction is not known"
        if plan.flag is not None:
            what = f"direction {rows.shown(str(body.cells.iat[row, plan.flag]))} not understood"
        sorted_rows.warnings.append(RowRejected(f"{what}; row left out", place=f"line {int(body.lines[row])}"))
    sorted_rows.rejected += int(lost.sum())
    sorted_rows.good &= ~lost
    warnings += directed.warnings
    waiting = sum(bool(sorted_rows.good[i]) for i in sorted_rows.pending)
    if waiting:
        warnings.append(Oddity(f"{waiting} row(s) are still pending; they are shown, and take no part in detection"))
    good = np.flatnonzero(sorted_rows.good)
    if not len(good) and sorted_rows.rejected:
        raise MalformedStatement(
            f"none of {sorted_rows.rejected} row(s) can be read; {sorted_rows.warnings[0].message}", todo="use --profile, or --encoding"
        )
    scale = max((m.places for m in body.moneys.values()), default=2)
    units = directed.units * 10 ** (scale - _own_places(body, plan))
    currencies = _currencies(body, plan, good, code, warnings)
    descriptor = _descriptor(body.cells, plan, good, sorted_rows)
    statements: list[Statement] = []
    parts = _accounts(body.cells, plan, layout, good)
    for number, key, inside in parts:
        part = good[inside]
        verdict = checks.prove(body, plan, layout, sorted_rows, units, scale, part, whole=len(parts) == 1)
        first = not statements
        kept = [*(warnings + sorted_rows.warnings if first else []), *verdict.warnings]
        one = currencies[1][inside] if currencies[1] is not None else None
        statements.append(
            _statement(
                document, layout, plan, number or (layout.preamble.number if len(parts) == 1 else ""), key, kept, verdict,
                body, part, descriptor.iloc[inside], units, scale, currencies[0], one, sorted_rows if first else None, sorted_rows.pending,
            )
        )  # fmt: skip
    return statements


def _dates(frame: pd.DataFrame, plan: Plan, layout: Layout, options: Options, warnings: list[StatementWarning]) -> Dates:
    column = frame.iloc[:, plan.date]
    order = options.date_order or plan.order
    hint = None
    if order is None:
        sample = [[str(c).strip() for c in frame.iloc[:HINT_ROWS, i]] for i in range(frame.shape[1])]
        comma = any(c[-3:-2] == "," and c[-2:].isdigit() for i in plan.money for c in sample[i])
        code = plan.code or layout.preamble.currency or _common_code(sample, plan)
        order = hints.from_columns(sample, plan.date, layout.preamble.days) if _could_be_two(sample[plan.date]) else None
        hint = hints.habit(layout.names, sample, plan.date, code, comma)
    end = layout.preamble.last_day(order or hint or "dmy") or options.today
    found = cells.dates(column, order=order, hint=hint, end=end)
    example = next((t for t in found.texts if t), "")
    if found.how == "serial":
        warnings.append(AmbiguousDate(f"dates are spreadsheet numbers such as {example}; read as days since 1899-12-30"))
    if found.how == "no-year":
        warnings.append(AmbiguousDate(f"dates print no year; completed from the statement's end {end}", todo="check them, or set --as-of"))
    if not found.certain:
        spelled = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}[found.order or "ymd"]
        other = "mdy" if found.order == "dmy" else "dmy"
        warnings.append(
            AmbiguousDate(
                f"dates such as {example[:20]} could be read in two orders; read as {spelled}",
                todo=f"if that is wrong, use --date-order {other}",
            )
        )
    elif found.reason:
        warnings.append(AmbiguousDate(f"{found.reason}: {found.order}", todo="if that is wrong, use --date-order"))
    return found


def _could_be_two(column: list[str]) -> bool:
    return not any(c[:4].isdigit() and len(c) >= 8 for c in column if c)


def _common_code(sample: list[list[str]], plan: Plan) -> str:
    if plan.currency is not None:
        codes = [c for c in sample[plan.currency] if c in words.ISO]
        return max(codes, key=codes.count) if codes else ""
    return ""


def _column_code(frame: pd.DataFrame, plan: Plan) -> str:
    """The currency that all of a sample of the rows have."""
    if plan.currency is None:
        return ""
    found = {str(c).strip().upper() for c in frame.iloc[:HINT_ROWS, plan.currency]} & words.ISO
    return found.pop() if len(found) == 1 else ""


def _money(body: Body, plan: Plan, code: str, warnings: list[StatementWarning]) -> None:
    own = [i for i in (plan.amount, plan.debit, plan.credit) if i is not None]
    balances = [i for i in plan.money if i not in own]
    styles: dict[int, Style] = {}
    if plan.style is None:
        choice = _style(body, own, balances, code)
        if not choice.certain:
            example = next((c for i in own for c in body.cells.iloc[:50, i] if any(m in c for m in ".,")), "")
            what = (
                f"amounts such as {rows.shown(str(example))} could mean two things; {choice.style.group!r} is read as the mark of thousands"
            )
            warnings.append(AmbiguousAmount(what, todo="check them, or use --profile"))
        plan.style = choice.style
        for i in balances:
            # A bank may print balances in another style than amounts; a column is of one style in itself.
            alone = cells.style_of([body.column(i)], **_habits(code))
            styles[i] = alone.style if alone.certain else choice.style
    for i in plan.money:
        body.moneys[i] = cells.money(body.column(i), styles.get(i, plan.style))
    if code and money.exponent(code) == 3:
        return
    odd = next((c for i in own if body.moneys[i].places > 2 for c in _thousandths(body.column(i), plan.style)), None)
    if odd is not None and not any(isinstance(w, AmbiguousAmount) for w in warnings):
        what = f"amounts such as {rows.shown(odd)} have three decimals beside others with two; they may be thousands"
        warnings.append(AmbiguousAmount(what, todo="check them"))


def _thousandths(column: Factored, style: Style) -> list[str]:
    """Amounts with just three decimals, where others of the column have two; they may have been grouped."""
    mark = re.escape(style.decimal)
    cells_, three, two = column.listed(), [], False
    for cell in cells_:
        if re.search(rf"(?<![0-9.,])[1-9][0-9]{{0,2}}{mark}[0-9]{{3}}(?![0-9])", cell):
            three.append(cell)
        two = two or re.search(rf"{mark}[0-9]{{2}}(?![0-9])", cell) is not None
    return three if two and len(three) * 2 < len(cells_) else []


def _style(body: Body, own: list[int], balances: list[int], code: str) -> StyleChoice:
    """The style of the amounts; balances speak for it where the amounts alone do not decide."""
    choice = cells.style_of([body.column(i) for i in own], **_habits(code))
    if choice.certain or not balances:
        return choice
    try:
        return cells.style_of([body.column(i) for i in (*own, *balances)], **_habits(code))
    except MalformedStatement:
        return choice


def _habits(code: str) -> dict[str, bool]:
    """How a currency is printed: without decimals, or with three."""
    return {"whole_units": code in WHOLE_UNITS, "thirds": bool(code) and money.exponent(code) == 3}


def _carry_days(body: Body, plan: Plan, warnings: list[StatementWarning]) -> None:
    """Days of rows that print none because they are of the day printed above them.

    Taken so only where many rows are like that, each with text and amount as the others have, none of them a total,
    and where a running balance, if there is one, follows them all.
    """
    import numpy as np

    days = body.dates.days
    own = [body.moneys[i] for i in (plan.amount, plan.debit, plan.credit) if i is not None]
    dated = np.flatnonzero(~np.isnat(days))
    if len(dated) < 2 or not plan.text or not body.dates.blank.any():
        return
    inside = np.arange(len(days)) > dated[0]
    bare = inside & body.dates.blank & np.any([m.ok for m in own], axis=0)
    if bare.sum() < max(2, len(dated) // 10):
        return
    for row in np.flatnonzero(bare).tolist():
        texts = [str(body.cells.iat[row, i]).strip() for i in plan.text]
        if not any(texts) or any(phrases.line_kind(t) or phrases.sums_up(t) for t in texts):
            return
    last = np.where(np.isnat(days), -1, np.arange(len(days)))
    carried = days[np.maximum.accumulate(last)[bare]]
    if plan.balance is not None:
        balance = body.moneys[plan.balance]
        all_rows = np.flatnonzero((~np.isnat(days) | bare) & np.any([m.ok for m in own], axis=0))
        sizes = sum((np.abs(m.units) * 10 ** (balance.places - m.places) for m in own if m.places <= balance.places), np.zeros(len(days)))
        step = np.abs(np.diff(balance.units[all_rows]))
        if not any((step == part).all() for part in (sizes[all_rows][1:], sizes[all_rows][:-1])):
            return
    days[bare] = carried
    body.dates.blank &= ~bare
    what = f"{int(bare.sum())} row(s) print no date; the day of the row above is theirs"
    warnings.append(AmbiguousDate(what, place=f"line {int(body.lines[np.flatnonzero(bare)[0]])}", todo="check them"))


def _directed(body: Body, plan: Plan, layout: Layout, options: Options, found: rows.Sorted) -> sign.Directed:
    import numpy as np

    if plan.amount is None:
        debit = body.moneys[plan.debit] if plan.debit is not None else None
        credit = body.moneys[plan.credit] if plan.credit is not None else None
        directed = sign.two_columns(debit, credit)
        return replace(directed, warnings=[]) if plan.profile else directed
    amount = body.moneys[plan.amount]
    good = np.flatnonzero(found.good)
    if plan.flag is not None and plan.flags:
        codes, words_seen = cells.uniques(body.column(plan.flag))
        ways = np.array([plan.flags.get(phrases.fold_flag(w), 0) for w in words_seen] or [0], dtype=np.int64)[codes]
        one_way = len(np.unique(ways[good][ways[good] != 0])) < 2
        mixed = bool(amount.negative[good].any() and amount.positive[good].any())
        # One word in every row says nothing about amounts that carry both signs.
        if not (one_way and mixed) and (options.sign is None or not amount.negative.any()):
            return sign.by_flag(amount, ways, body.lines)
    said = options.sign or plan.sign
    texts = _sample_texts(body.cells, plan, good)
    card = layout.preamble.card or any(phrases.is_card(n) for n in layout.names)
    owed = 0
    column = plan.balance if plan.balance is not None else plan.before
    if said is None and column is not None and good.size > 1:
        before = plan.balance is None
        balance = body.moneys[column]
        backwards = proof.runs_backwards(body.dates.days[good])
        if balance.ok[good].all() and not amount.signed[good].any() and not amount.marks[good].any() and not card and not before:
            told = checks.directions(amount, balance, good, backwards=backwards)
            if told is not None:
                return sign.Directed(told, found.good & (told == 0) & (amount.units != 0), [])
        followed = checks.follow(amount.units[good], balance, good, amount.places, before=before, backwards=backwards)
        owed = followed.sign if followed.proven else 0
    return sign.by_sign(
        amount, texts, good, said=said, declared=options.sign is None, card=card, spending=plan.spending is not None, owed=owed
    )


def _sample_texts(frame: pd.DataFrame, plan: Plan, good: np.ndarray) -> list[str]:
    chosen = good[: sign.SAMPLE]
    columns = [frame.iloc[chosen, i].tolist() for i in plan.text]
    return [" ".join(str(p) for p in parts) for parts in zip(*columns, strict=True)] if columns else [""] * len(chosen)


def _own_places(body: Body, plan: Plan) -> int:
    return max(body.moneys[i].places for i in (plan.amount, plan.debit, plan.credit) if i is not None)


def _currencies(body: Body, plan: Plan, good: np.ndarray, code: str, warnings: list[StatementWarning]) -> tuple[str, np.ndarray | None]:
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


def _descriptor(frame: pd.DataFrame, plan: Plan, good: np.ndarray, found: rows.Sorted) -> pd.Series:
    """What the bank prints about each row: who and what for, parted by ` | ` where two columns say it."""
    import pandas as pd

    if not plan.text:
        text = pd.Series([""] * len(good), dtype="str")
    else:
        parts = [frame.iloc[:, i].iloc[good].str.strip().reset_index(drop=True) for i in plan.text]
        if plan.guard:
            parts = [p.map(escape.csv_uncell).astype("str") for p in parts]
        text = parts[0]
        for more in parts[1:]:
            new = more.ne("") & more.ne(text)
            text = text.where(~new, text.where(text.eq(""), text + " | ") + more)
    if found.joined:
        at = {int(row): i for i, row in enumerate(good.tolist())}
        text = text.copy()
        for row, lines in found.joined.items():
            if row in at:
                text.iloc[at[row]] = " ".join([text.iloc[at[row]], *lines]).strip()
    return text


def _accounts(frame: pd.DataFrame, plan: Plan, layout: Layout, good: np.ndarray) -> list[tuple[str, str | None, np.ndarray]]:
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


def _statement(
    document: Document,
    layout: Layout,
    plan: Plan,
    number: str,
    key: str | None,
    warnings: list[StatementWarning],
    verdict: checks.Verdict,
    body: Body,
    part: np.ndarray,
    descriptor: pd.Series,
    units: np.ndarray,
    scale: int,
    currency: str,
    currencies: np.ndarray | None,
    found: rows.Sorted | None,
    pending: set[int],
) -> Statement:
    taken = units[part]
    minor, amounts = _amounts(taken, scale, currency, currencies)
    status = None
    if pending:
        status = ["pending" if int(row) in pending else "posted" for row in part]
    fitid = None
    if plan.fitid is not None:
        fitid = body.cells.iloc[:, plan.fitid].iloc[part].str.strip().reset_index(drop=True)
        if plan.guard:
            fitid = fitid.map(escape.csv_uncell).astype("str")
        fitid = fitid.mask(fitid.eq(""))
    if not len(part):
        warnings = [*warnings, Oddity("no transactions in the file")]
    if verdict.reconciled is None and verdict.looked and not any(isinstance(w, Unproven) for w in warnings):
        warnings = [*warnings, Unproven(verdict.looked)]
    days = body.dates.days[part]
    span = (_day(days.min()), _day(days.max())) if len(days) else (None, None)
    return build(
        document,
        Rows(
            posted=days,
            descriptor=descriptor,
            minor=minor,
            amounts=amounts,
            currencies=currencies.tolist() if currencies is not None else None,
            fitid=fitid,  # type: ignore[arg-type]
            status=status,
            line=body.lines[part],
        ),
        format="csv",
        importer=plan.importer,
        number=number,
        key=_key(number, key, layout, plan),
        institution=plan.institution,
        kind=plan.kind,
        currency=currency,
        start=span[0],
        end=span[1],
        opening=verdict.opening,
        closing=verdict.closing,
        reconciled=verdict.reconciled,
        proof=verdict.proof,
        warnings=warnings,
        rejected=found.rejected if found is not None else 0,
        skipped=found.skipped if found is not None else 0,
    )


def _key(number: str, key: str | None, layout: Layout, plan: Plan) -> str | None:
    """What tells the account apart: its whole number, nothing where only its end is printed, else its layout."""
    if key is not None:
        return key
    if number:
        digits = sum(c.isdigit() for c in number)
        return "" if digits < WHOLE_NUMBER or _MASK.search(number) else None
    return account_key("|".join(layout.names), plan.institution)


def _amounts(units: np.ndarray, scale: int, currency: str, currencies: np.ndarray | None) -> tuple[np.ndarray | None, list[Decimal] | None]:
    """Minor units where the file's decimals fit the currency, else exact decimals."""
    if currencies is None:
        places = money.exponent(currency)
        if places >= scale:
            return units * 10 ** (places - scale), None
        step = 10 ** (scale - places)
        if not (units % step).any():
            return units // step, None
    return None, [Decimal(int(u)).scaleb(-scale) for u in units]


def _day(value: object) -> date:
    import pandas as pd

    return pd.Timestamp(value).date()  # type: ignore[arg-type]
