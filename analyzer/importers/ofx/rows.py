"""The printed columns of one statement → `Rows`: dates, amounts, identities, corrections, and what was odd.

Every transaction of the file is accounted for: read + rejected + skipped. Whatever is concluded is a warning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from analyzer import money
from analyzer.errors import (
    AmbiguousSign,
    DuplicateRow,
    Oddity,
    RowRejected,
    RowSkipped,
    StatementWarning,
)
from analyzer.importers.base import Options, Rows
from analyzer.importers.ofx import vocabulary as words
from analyzer.importers.ofx.found import Columns
from analyzer.importers.ofx.text import descriptors, quoted, unescape
from analyzer.importers.ofx.values import Amounts, read_days

FEW = 3
"""So many rows of money in, whose type does not say so, are worth a look where little is money out."""
TWO = 2
"""One charge above zero may be a refund with a wrong type; from two on the column can have no signs."""


@dataclass(slots=True)
class Read:
    """Rows ready for `build`, and the account of all that were not used."""

    rows: Rows
    rejected: int = 0
    skipped: int = 0
    warnings: list[StatementWarning] = field(default_factory=list)
    first_trouble: str = ""


def read(columns: Columns, currency: str, options: Options) -> Read:
    """The usable rows of a statement in the order of the file.

    Raises:
        AmbiguousFormat: dates that can be read in two ways, all through.
        LimitExceeded: more than half of very many rows cannot be used.
    """
    escaped = _Escaped(columns)
    days, notes = read_days(columns.posted, options.date_order)
    amounts = Amounts((a for a in columns.amount), currency)
    units: list[Any] = [amounts[a] for a in columns.amount]
    if columns.pending:
        _pending_days(columns, days)
    foreign = _foreign(columns, currency, units, amounts, notes)
    notes += amounts.warnings
    keep, result = _sound(columns, days, units, options, notes)
    texts = descriptors(escaped.names, escaped.memos, columns.rare)
    keep = _corrected(columns, keep, result)
    keep = _identified(columns, keep, days, units, texts, escaped.memos, result)
    if options.sign == "charge-positive":
        units = [None if u is None else -u for u in units]
    else:
        _direction(columns, keep, units, options, result)
    empty = sum(not texts[i] for i in keep) if "" in texts else 0
    if empty:
        first = next(i for i in keep if not texts[i])
        notes.append(Oddity(f"{empty} transaction(s) without a payee", place=f"line {columns.line[first]}"))
    result.rows = _rows(columns, keep, days, units, texts, foreign, currency)
    return result


class _Escaped:
    """NAME and MEMO trimmed, with entities written out."""

    def __init__(self, columns: Columns) -> None:
        known = _Plain()
        self.names = [known[v] for v in columns.name]
        self.memos = [known[v] for v in columns.memo]


class _Plain(dict[str, str]):
    def __missing__(self, printed: str) -> str:
        self[printed] = text = unescape(printed.strip())
        return text


def _pending_days(columns: Columns, days: list[int | None]) -> None:
    """A pending transaction has no posted date yet; the day it was made stands for it (OFX 2.2, section 11.4.4)."""
    for i in columns.pending:
        if days[i] is None and not columns.posted[i].strip():
            days[i] = read_days([columns.rare.get(i, {}).get("DTTRAN", "")], None)[0][0]


def _foreign(columns: Columns, currency: str, units: list[Any], amounts: Amounts, notes: list[StatementWarning]) -> dict[int, str]:
    """Row number → its currency, where CURRENCY says that the amount is not in the statement's.

    ORIGCURRENCY only tells what the amount was before the bank converted it (OFX 2.2, section 5.2).
    """
    found: dict[int, str] = {}
    readers: dict[str, Amounts] = {}
    for i, more in columns.rare.items():
        printed = more.get("CURRENCY.CURSYM", "").strip().upper()
        if not printed or printed == currency:
            continue
        if not is_currency(printed):
            notes.append(Oddity(f"{quoted(printed, 12)} is no currency; the statement's is used", place=f"line {columns.line[i]}"))
            continue
        found[i] = printed
        reader = readers.get(printed)
        if reader is None:
            reader = readers[printed] = Amounts((), printed)
            reader.style = amounts.style
        units[i] = reader[columns.amount[i].strip()]
    if found:
        names = ", ".join(sorted(set(found.values())))
        first = min(found)
        what = (
            f"{len(found)} transaction(s) are in {names}, not in {currency}; kept in their own currency and never added up with the others"
        )
        notes.append(Oddity(what, place=f"line {columns.line[first]}"))
    return found


def is_currency(text: str) -> bool:
    """Whether `text` looks like an ISO 4217 code."""
    return len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()


def _sound(
    columns: Columns, days: Sequence[int | None], units: Sequence[Any], options: Options, notes: list[StatementWarning]
) -> tuple[list[int], Read]:
    """The rows with a date and an amount; the others become warnings with their line."""
    result = Read(Rows(), warnings=notes)
    n = len(columns.posted)
    if None not in days and None not in units and not columns.broken:
        return list(range(n)), result
    keep = []
    for i in range(n):
        what = columns.broken.get(i, "")
        if not what and days[i] is None:
            printed = columns.posted[i]
            what = f"date {quoted(printed)} not understood" if printed.strip() else "no date"
        if not what and units[i] is None:
            printed = columns.amount[i]
            what = f"amount {quoted(printed)} not understood" if printed.strip() else "no amount"
        if not what:
            keep.append(i)
            continue
        place = f"line {columns.line[i]}"
        result.first_trouble = result.first_trouble or f"{place}: {what}"
        result.rejected += 1
        if result.rejected > options.limits.rows_rejected and result.rejected > n // 2:
            raise options.limits.exceeded("rows_rejected", f"{result.rejected}; the first: {what}", place=place)
        notes.append(RowRejected(f"{what}; row left out", place=place))
    return keep, result


def _corrected(columns: Columns, keep: list[int], result: Read) -> list[int]:
    """Without the transactions that later ones of the file replace or delete (CORRECTFITID, OFX 2.2, section 11.4.4.1)."""
    actions = [i for i in keep if i in columns.rare and columns.rare[i].get("CORRECTFITID", "").strip()]
    if not actions:
        return keep
    by_id: dict[str, list[int]] = defaultdict(list)
    for i in keep:
        by_id[columns.fitid[i].strip()].append(i)
    dropped: dict[int, str] = {}
    for i in actions:
        target, action = columns.rare[i]["CORRECTFITID"].strip(), columns.rare[i].get("CORRECTACTION", "").strip().upper()
        for j in by_id.get(target, ()):
            if j != i:
                dropped[j] = f"{'deleted' if action == 'DELETE' else 'replaced'} by the bank in line {columns.line[i]}"
        if action == "DELETE":
            dropped[i] = "only deletes an earlier transaction"
        if target not in by_id:
            what = f"corrects a transaction that is not in this file ({action.lower() or 'no action'})"
            result.warnings.append(Oddity(what, place=f"line {columns.line[i]}", todo="check the earlier statement"))
    for i in sorted(dropped):
        result.warnings.append(RowSkipped(f"{dropped[i]}; not counted", place=f"line {columns.line[i]}"))
    result.skipped += len(dropped)
    return [i for i in keep if i not in dropped]


def is_placeholder(fitid: str) -> bool:
    """Whether a bank id is none: empty, or nothing but zeros."""
    return not fitid.strip(" 0")


def _identified(
    columns: Columns,
    keep: list[int],
    days: Sequence[int | None],
    units: Sequence[Any],
    texts: Sequence[str],
    memos: Sequence[str],
    result: Read,
) -> list[int]:
    """Each row once: equal rows under one bank id are one; an id that stands for different charges is no identity."""
    ids = columns.fitid
    if len(set(ids)) == len(ids) and not any(map(is_placeholder, set(ids))):
        return keep
    groups: dict[str, list[int]] = defaultdict(list)
    for i in keep:
        groups[ids[i].strip()].append(i)
    missing, reused, dropped = [], [], set()
    for fitid, members in groups.items():
        if is_placeholder(fitid):
            missing += [i for i in members if i not in columns.pending]
        elif len(members) > 1:
            contents = {(days[i], units[i], texts[i], memos[i], i in columns.pending) for i in members}
            if len(contents) > 1:
                reused.append(members[1])
                continue
            for i in members[1:]:
                dropped.add(i)
                what = f"the same transaction as in line {columns.line[members[0]]}, with the same bank id; counted once"
                result.warnings.append(DuplicateRow(what, place=f"line {columns.line[i]}"))
    if missing:
        what = f"{len(missing)} transaction(s) without a bank id (FITID); told apart by their content"
        result.warnings.append(Oddity(what, place=f"line {columns.line[min(missing)]}"))
    if reused:
        what = f"{len(reused)} bank id(s) (FITID) stand for different transactions; all are kept"
        result.warnings.append(Oddity(what, place=f"line {columns.line[min(reused)]}"))
    result.skipped += len(dropped)
    return [i for i in keep if i not in dropped]


def _direction(columns: Columns, keep: Sequence[int], units: list[Any], options: Options, result: Read) -> None:
    """A warning where TRNTYPE says the opposite of the sign; the sign of the amount is what counts.

    Where no amount at all has a minus and every type is one of money in or of money out, there is no sign to count.
    """
    kinds: dict[str, int] = {}
    for printed in set(columns.type):
        name = printed.strip().upper()
        kinds[printed] = 1 if name in words.CREDIT_TYPES else -1 if name in words.DEBIT_TYPES else 0
    types = columns.type
    wrong = [i for i in keep if (kinds[types[i]] > 0 and units[i] < 0) or (kinds[types[i]] < 0 and units[i] > 0)]
    if options.sign is None and len(wrong) >= TWO and _unsigned(columns, keep, units, kinds):
        usual = {printed for printed in kinds if printed.strip().upper() in words.USUAL_CHARGES}
        for i in keep:
            if kinds[types[i]] < 0 or types[i] in usual:
                units[i] = -units[i]
        what = "amounts have no sign; the direction is taken from each transaction's type"
        todo = "compare with the bank's own page, or name the sign with --sign"
        result.warnings.append(AmbiguousSign(what, place=f"line {columns.line[wrong[0]]}", todo=todo))
        return
    if not wrong:
        _all_one_way(columns, keep, units, result)
        return
    place = f"line {columns.line[wrong[0]]}"
    typed = sum(kinds[types[i]] != 0 for i in keep)
    what = f"{len(wrong)} transaction(s) whose type says the opposite of their sign; the sign counts"
    todo = "if charges are shown as money in, use --sign charge-positive" if len(wrong) * 2 > typed else "compare with the bank's own page"
    result.warnings.append(AmbiguousSign(what, place=place, todo=todo))


def _unsigned(columns: Columns, keep: Sequence[int], units: Sequence[Any], kinds: Mapping[str, int]) -> bool:
    """Whether amounts are printed without a sign: none below zero, all types plain, and of both directions."""
    used = {columns.type[i] for i in keep}
    plain = all(kinds[t] or t.strip().upper() in words.USUAL_CHARGES for t in used)
    return plain and any(kinds[t] > 0 for t in used) and all(units[i] >= 0 for i in keep)


def _all_one_way(columns: Columns, keep: Sequence[int], units: Sequence[Any], result: Read) -> None:
    """A warning where most rows are money in and their types, as far as they say anything, are those of charges.

    A statement is mostly charges. One whose purchases all stand above zero was written with the sign turned round.
    """
    told = {printed: printed.strip().upper() in words.CREDIT_TYPES for printed in set(columns.type)}
    charges = {printed: printed.strip().upper() in words.USUAL_CHARGES for printed in set(columns.type)}
    into = [i for i in keep if units[i] > 0 and not told[columns.type[i]]]
    out = sum(units[i] < 0 for i in keep)
    bought = sum(charges[columns.type[i]] for i in into)
    if (bought and not out) or (len(into) >= FEW and len(into) > 2 * out):
        what = f"{len(into)} transaction(s) are money in, {out} money out; the sign counts"
        todo = "if charges are shown as money in, use --sign charge-positive"
        result.warnings.append(AmbiguousSign(what, place=f"line {columns.line[into[0]]}", todo=todo))


def _rows(
    columns: Columns,
    keep: Sequence[int],
    days: Sequence[int | None],
    units: Sequence[Any],
    texts: Sequence[str],
    foreign: Mapping[int, str],
    currency: str,
) -> Rows:
    import numpy as np

    whole = len(keep) == len(columns.posted)

    def chosen(values: Sequence[Any]) -> Sequence[Any]:
        return values if whole else [values[i] for i in keep]

    exact: dict[int, Decimal] = {}
    minor = list(chosen(units))
    for k, value in enumerate(minor):
        if value.__class__ is not int:
            exact[k] = value
            minor[k] = money.to_minor(value, foreign.get(keep[k], currency))
    ids = [None if is_placeholder(f) else unescape(f) for f in map(str.strip, chosen(columns.fitid))]
    pending = columns.pending
    return Rows(
        posted=np.array(chosen(days), dtype="datetime64[D]") if keep else np.array([], dtype="datetime64[D]"),
        descriptor=chosen(texts),
        minor=minor,
        exact=exact,
        currencies=[foreign.get(i, currency) for i in keep] if foreign else None,
        fitid=ids,
        status=["pending" if i in pending else "posted" for i in keep] if pending else None,
        line=chosen(columns.line),
    )


def days_of(rows: Rows) -> tuple[date, date] | None:
    """The first and the last posted day; None without rows."""
    if not len(rows.posted):
        return None
    import numpy as np

    posted = np.asarray(rows.posted)
    first, last = posted.min().astype(object), posted.max().astype(object)
    return first, last
