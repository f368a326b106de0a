"""Table and plan → statements: columns read whole, rows sorted, directions decided, figures checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from analyzer import escape, money
from analyzer.errors import MalformedStatement, Oddity, RowRejected, StatementWarning, Unproven
from analyzer.importers.base import Document, Options, Rows, build
from analyzer.importers.csv import cells, checks, phrases, proof, rows, sign
from analyzer.importers.csv.accounts import accounts_of, currencies_of, key_of
from analyzer.importers.csv.body import Body, carry_days, column_code, read_dates, read_money
from analyzer.importers.csv.layout import Layout
from analyzer.importers.csv.plan import Plan
from analyzer.importers.csv.table import Table
from analyzer.model import Statement

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


def read(document: Document, table: Table, layout: Layout, plan: Plan, options: Options, notes: list[StatementWarning]) -> list[Statement]:
    """The statements in a table, one an account.

    Raises:
        StatementError: dates, amounts or directions cannot be read exactly, or figures contradict the rows.
    """
    import numpy as np

    warnings = [*notes, *plan.notes]
    frame = table.cells.iloc[layout.body :]
    body = Body(frame, table.lines[layout.body :], read_dates(frame, plan, layout, options, warnings), {})
    code = plan.code or layout.preamble.currency or options.currency or ""
    read_money(body, plan, code or column_code(frame, plan), layout.names, warnings)
    carry_days(body, plan, warnings)
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
    units, moved, said = checks.with_fees(body, plan, units, scale, good)
    warnings += said
    currencies = currencies_of(body, plan, good, code, warnings)
    descriptor = _descriptor(body.cells, plan, good, sorted_rows)
    statements: list[Statement] = []
    parts = accounts_of(body.cells, plan, layout, good)
    for number, key, inside in parts:
        part = good[inside]
        verdict = checks.prove(body, plan, layout, sorted_rows, moved, scale, part, whole=len(parts) == 1)
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
            opening = checks.opening_of(body, plan, layout, found)
            told = checks.directions(amount, balance, good, backwards=backwards, opening=opening)
            if told is not None:
                return sign.Directed(told, found.good & (told == 0) & (amount.units != 0), [])
        followed = checks.follow(
            amount.units[good], balance, good, amount.places, before=before, backwards=backwards, groups=checks.groups_of(body, plan, good)
        )
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
        key=key_of(number, key, layout, plan),
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
