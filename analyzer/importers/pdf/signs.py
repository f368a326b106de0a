"""From the raw table to amounts with a sign: a few readings, and the one the statement's own figures prove.

A reading says which column is the amount (or which two are money out and in), which is the balance, whether lines
without a date are rows, and how the direction is printed. Readings are tried in the order of what the headings say;
the first that is proved is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from analyzer.importers.base import Options
from analyzer.importers.numbers import COMMA, POINT, Style, decide_style, parse_amount
from analyzer.importers.pdf import stages, unusual
from analyzer.importers.pdf.cells import Cells, Columns, by_group, cells_of, evidence_of, figures_of
from analyzer.importers.pdf.entries import Entry, Table
from analyzer.importers.pdf.lines import Token
from analyzer.importers.pdf.proof import Evidence, Proof, prove, prove_each
from analyzer.importers.pdf.schemes import Context, schemes_of, told_by_words

ZERO = Decimal(0)
_PROVEN_ENOUGH = 400
"""Readings tried at most; each costs one pass over the rows."""


@dataclass(slots=True)
class Reading:
    """Rows with their amounts (money out negative), the proof, and what is not certain about the sign."""

    entries: list[Entry]
    amounts: list[Decimal]
    proof: Proof
    columns: Columns
    style: Style
    scheme: str = ""
    doubt: str = ""
    left_out: list[Entry] = field(default_factory=list)
    unreadable: list[Entry] = field(default_factory=list)
    aside: list[Entry] = field(default_factory=list)
    """Dated lines of other tables (instalments, daily balances) that the proof needs left out."""
    evidence: Evidence | None = None
    """The printed figures the rows were held against."""


def choose_style(table: Table, *, three_decimals: bool) -> Style | None:
    """How amounts are written, decided over all cells at once; None where they contradict each other."""
    # Lines without a date can be details in another style (a foreign amount); dated rows decide.
    money = {n for n, c in enumerate(table.columns) if c.role in ("amount", "debit", "credit", "balance")}
    cells = [t.text for e in table.entries for n, t in e.cells.items() if n in money] if money else []
    cells = cells or [t.text for e in table.entries for t in e.cells.values()]
    choice = decide_style(cells, whole_units=not three_decimals)
    if choice is not None and choice.certain and any(c for c in cells if "." in c or "," in c):
        return choice.style
    figures = [f.token.text for f in table.figures]
    both = decide_style([*cells, *figures], whole_units=not three_decimals)
    if both is not None:
        return both.style
    if choice is not None:
        return choice.style
    point = sum(parse_amount(c, POINT) is not None and parse_amount(c, COMMA) is None for c in cells)
    comma = sum(parse_amount(c, COMMA) is not None and parse_amount(c, POINT) is None for c in cells)
    if max(point, comma) >= 10 * max(1, min(point, comma)):
        return POINT if point > comma else COMMA
    return None


def read_signs(table: Table, style: Style, context: Context, options: Options) -> Reading | None:
    """The reading of the table that its own figures prove; else the likeliest, with what is in doubt about it."""
    found = _read(table, style, context, options)
    if found is None or not found.proof.holds:
        found = _unusual(table, style, context, options) or found
    if not table.staged:
        return found
    if any(e.stage for e in table.undated):
        if found is not None and found.proof.holds:
            found.entries = [replace(e, stage="") for e in found.entries]  # the balances count them
            return found
    elif found is None or not found.proof.holds:
        every = sorted([*table.undated, *(replace(e, stage="") for e in table.staged)], key=lambda e: e.line)
        whole = _read(replace(table, undated=every, entries=[e for e in every if e.dated], staged=[]), style, context, options)
        if whole is not None and (found is None or whole.proof.holds):
            return whole
    if found is None:
        return None
    known = {id(e) for e in found.entries}
    waiting = [e for e in table.staged if e.stage == stages.PENDING and id(e) not in known]
    signed = stages.amounts_of(waiting, found.entries, found.amounts, found.columns, style)
    known |= {id(e) for e, _ in signed}
    found.entries = [*found.entries, *(e for e, _ in signed)]
    found.amounts = [*found.amounts, *(a for _, a in signed)]
    found.aside = [*found.aside, *(e for e in table.staged if id(e) not in known)]
    return found


def _unusual(table: Table, style: Style, context: Context, options: Options) -> Reading | None:
    """A reading with rows that only the balances tell, if these prove it: fees of a column, interest without a day."""
    for entries in unusual.fee_rows(table):
        found = _read(replace(table, undated=entries, entries=entries), style, context, options)
        if found is not None and found.proof.holds and found.proof.how.startswith("running"):
            return found
    undated = unusual.undated_rows(table)
    if undated is not None:
        rows = replace(table, undated=undated, entries=undated)
        found = _read(rows, style, context, options)
        if (
            found is not None
            and found.proof.holds
            and found.proof.closing is not None
            and not found.doubt
            and len(found.entries) == len(undated)
        ):
            return found
    return None


def _read(table: Table, style: Style, context: Context, options: Options) -> Reading | None:
    likely: Reading | None = None
    broken: Reading | None = None
    disputed: Reading | None = None
    tried = 0
    for entries, ranked, aside in _row_sets(table):
        figures = figures_of(table, entries, style)
        for columns in _RANKS if ranked else _columns(table, entries, style):
            cells = cells_of(entries, columns, style)
            if cells is None:
                continue
            evidence = evidence_of(cells, columns, figures, table, style)
            for scheme, amounts, doubt in schemes_of(cells, columns, context, options, evidence):
                tried += 1
                if tried > _PROVEN_ENOUGH:
                    break
                proof = prove(amounts, evidence)
                if not proof.holds and len(set(evidence.groups)) > 1:
                    each = prove_each(by_group(cells, amounts, columns, figures, table, style))
                    proof = each if each.holds else proof
                found = Reading(
                    cells.entries, amounts, proof, columns, style, scheme, doubt, cells.left_out, cells.unreadable, evidence=evidence
                )
                if proof.holds and (_drops(cells, columns, table) or (aside and proof.notes)):
                    proof.holds, found.doubt = None, doubt or "rows with an amount are left out"
                if proof.holds and proof.disputed:
                    found.aside = aside
                    disputed = disputed or found
                    continue
                if proof.holds:
                    found.aside = aside
                    return _oriented(found, context, options)
                if proof.holds is False and broken is None:
                    broken = found
                if likely is None:
                    likely = found
    if disputed is not None:
        return _oriented(disputed, context, options)
    if likely is None:
        return None
    if broken is not None and (broken is likely or broken.proof.agreed >= 2 or likely.proof.holds is False):
        return broken
    return likely


_RANKS = (Columns(amount=-2, balance=-1), Columns(amount=-2))


def _row_sets(table: Table) -> Iterator[tuple[list[Entry], bool, list[Entry]]]:
    """Which lines are rows, and which dated lines stand aside.

    First all: with a date of their own, or sharing the one above. Then the dated ones alone; the largest table alone;
    ragged rows. Rows typed as text have no columns that line up; there the last amount of a row is its balance, the one
    before it the amount (`True`: cells are numbered so).
    """
    yield table.undated, False, []
    blocks = Counter(e.block for e in table.undated if e.cells)
    largest = max(blocks, key=lambda b: (blocks[b], -b)) if blocks else 0
    if len(table.entries) < len(table.undated):
        yield table.entries, False, []
    pairs = sum(len(e.tokens) == 2 for e in table.entries)
    if len(table.columns) > 1 and pairs >= 0.6 * len(table.entries):
        yield [replace(e, cells=_ranked(e.tokens)) for e in table.entries], True, []
    if len(blocks) > 1:
        aside = [e for e in table.undated if e.block != largest]
        yield [e for e in table.undated if e.block == largest], False, aside
    named = [e for e in table.undated if e.text]
    if len(named) < len(table.undated):
        yield named, False, [e for e in table.undated if not e.text]
    rare = {n for n, c in enumerate(table.columns) if c.role is None and c.count < 0.2 * len(table.undated)}
    common = [e for e in table.undated if not rare & e.cells.keys()]
    if 0.5 * len(table.undated) < len(common) < len(table.undated):
        yield common, False, [e for e in table.undated if rare & e.cells.keys()]


def _drops(cells: Cells, columns: Columns, table: Table) -> bool:
    """Whether a reading leaves out rows that have an amount. Sums can hold without them: a bill that was paid in full
    cancels its payment."""
    other = {n for n, c in enumerate(table.columns) if c.role in ("other", "ref")} | {columns.balance}
    return bool(cells.unreadable or cells.missed) or any(n not in other for e in cells.left_out for n in e.cells)


def _ranked(tokens: Sequence[Token]) -> dict[int, Token]:
    return {-1: tokens[-1], -2: tokens[-2]} if len(tokens) > 1 else {-2: tokens[0]} if tokens else {}


def _columns(table: Table, entries: Sequence[Entry], style: Style) -> Iterator[Columns]:
    roles: dict[str, list[int]] = {}
    used = {n for e in entries for n in e.cells}
    for n, column in enumerate(table.columns):
        if n in used:
            roles.setdefault(column.role or "", []).append(n)
    balance = roles["balance"][-1] if roles.get("balance") else None
    debit, credit, amount = roles.get("debit", []), roles.get("credit", []), roles.get("amount", [])
    seen: set[Columns] = set()

    def new(columns: Columns) -> bool:
        key = Columns(columns.amount, columns.debit, columns.credit, columns.balance)
        if key in seen:
            return False
        seen.add(key)
        return True

    named: list[Columns] = []
    if debit and credit:
        named.append(Columns(debit=debit[0], credit=credit[0], balance=balance, named=True))
    elif (debit or credit) and not amount:
        named.append(Columns(debit=debit[0] if debit else None, credit=credit[0] if credit else None, balance=balance, named=True))
    for a in reversed(amount):
        named.append(Columns(amount=a, balance=balance, named=True))
    yield from (c for c in named if new(c))
    free = [n for n in sorted(used) if table.columns[n].role not in ("other", "ref")]
    free = sorted(sorted(free, key=lambda n: -table.columns[n].count)[:5])
    if balance is not None and balance in free and len(free) > 1:
        money = [n for n in free if n != balance]
        guesses = [Columns(amount=n, balance=balance) for n in reversed(money)]
        guesses += [Columns(debit=a, credit=b, balance=balance) for a in money for b in money if a != b]
        if len(money) >= 2:
            guesses.sort(key=lambda c: _merit(c, entries))
        yield from (c for c in guesses if new(c))
        return
    guesses = []
    if len(free) == 1:
        guesses = [Columns(amount=free[0])]
    elif len(free) >= 2:
        last = free[-1]
        rest = free[:-1]
        guesses += [Columns(debit=a, credit=b, balance=last) for a in rest for b in rest if a != b]
        guesses += [Columns(amount=a, balance=last) for a in reversed(rest)]
        guesses += [Columns(debit=a, credit=b) for a in free for b in free if a < b]
        guesses += [Columns(debit=b, credit=a) for a in free for b in free if a < b]
        guesses += [Columns(amount=a) for a in reversed(free)]
        guesses.sort(key=lambda c: _merit(c, entries))
    yield from (c for c in guesses if new(c))


def _merit(columns: Columns, entries: Sequence[Entry]) -> float:
    """Lower is better: rows without exactly one amount under these columns. Two columns must earn the second."""
    money = [n for n in (columns.amount, columns.debit, columns.credit) if n is not None]
    missed = sum(sum(n in e.cells for n in money) != 1 for e in entries)
    return missed + (2 + 0.03 * len(entries) if columns.amount is None else 0)


_EITHER_WAY = ("printed sign", "all one way", "columns", "columns, credit first", "plus and minus")


def _oriented(reading: Reading, context: Context, options: Options) -> Reading:
    """The proved reading; its balances can also settle the direction.

    Opening + rows = closing holds for both directions: as money, or as what is owed. A card's unsigned balance is
    owed, an account's is there, so the kind of the statement decides between the two.
    """
    proof = reading.proof
    if options.sign is not None or proof.owed is None:
        return reading
    if reading.scheme == "words":
        # Both directions take part in one sum; with another split it would not have held.
        reading.doubt = ""
        return reading
    if reading.scheme not in _EITHER_WAY or not context.card or (reading.columns.named and reading.columns.amount is None):
        return reading
    balance = proof.opening or proof.closing or ZERO
    against = (not proof.owed and balance > 0) if context.card > 0 else (proof.owed and balance < 0)
    told = told_by_words(reading.amounts, reading.entries)
    # A plus printed for money in is strong; a word or two of a card's language is not, nor is a card's running balance.
    weak = reading.scheme == "plus and minus" and (told > 0 or (told == 0 and (context.card < 3 or reading.columns.balance is not None)))
    if against and not weak and (reading.doubt or reading.scheme == "plus and minus"):
        reading.amounts = [-a for a in reading.amounts]
        proof.owed = not proof.owed
        proof.opening = None if proof.opening is None else -proof.opening
        proof.closing = None if proof.closing is None else -proof.closing
        reading.doubt = _CONTRARY if told > 0 else ""
    elif against and (told <= 0 or not weak):
        kind = "card" if context.card > 0 else "account"
        reading.doubt = f"the balances are printed as no {kind} prints them; the direction follows the signs of the rows"
    elif balance and not against:
        reading.doubt = _CONTRARY if told < -1 else ""
    return reading


_CONTRARY = "the balances and the words of the rows (salary, payment, purchase) disagree on what is money in"
