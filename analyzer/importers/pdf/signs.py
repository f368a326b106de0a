"""From the raw table to amounts with a sign: a few readings, and the one the statement's own figures prove.

A reading says which column is the amount (or which two are money out and in), which is the balance, whether lines
without a date are rows, and how the direction is printed. Readings are tried in the order of what the headings say;
the first that is proved is taken.
"""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from analyzer.importers.base import Options
from analyzer.importers.numbers import COMMA, POINT, Amount, Mark, Style, decide_style, parse_amount
from analyzer.importers.pdf import words
from analyzer.importers.pdf.lines import Token
from analyzer.importers.pdf.proof import Evidence, Printed, Proof, Sum, prove, prove_each
from analyzer.importers.pdf.table import Entry, Figure, Table

ZERO = Decimal(0)
_PROVEN_ENOUGH = 400
"""Readings tried at most; each costs one pass over the rows."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what: one signed `amount`, or `debit` and `credit`; `balance` if printed. By heading or not."""

    amount: int | None = None
    debit: int | None = None
    credit: int | None = None
    balance: int | None = None
    named: bool = False


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


@dataclass(slots=True)
class Context:
    """What the words of the document say: a card or a bank account (score above or below 0)."""

    card: int
    text: str

    @property
    def kind(self) -> str | None:
        """`credit`, `bank`, or None where neither is said."""
        return "credit" if self.card > 0 else "bank" if self.card < 0 else None


def context_of(lines: Sequence[str]) -> Context:
    """The context of a document given its lines of text."""
    card = bank = 0
    seen: set[str] = set()
    for text in lines:
        plain = words.compact(text)
        for phrase in words.CARD.findall(plain):
            seen.add("c" + phrase)
        for phrase in words.BANK.findall(plain):
            seen.add("b" + phrase)
    card = sum(s[0] == "c" for s in seen) + 2 * bool(
        seen & {"ccreditcard", "ckreditkarte", "cminimumpayment", "cminimumamountdue", "ckartukredit"}
    )
    bank = sum(s[0] == "b" for s in seen)
    return Context(card - bank, "")


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
    likely: Reading | None = None
    broken: Reading | None = None
    tried = 0
    for entries, ranked, aside in _row_sets(table):
        figures = _figures(table, entries, style)
        for columns in _RANKS if ranked else _columns(table, entries, style):
            cells = _cells(entries, columns, style)
            if cells is None:
                continue
            evidence = _evidence(cells, columns, figures, table, style)
            for scheme, amounts, doubt in _schemes(cells, columns, context, options, evidence):
                tried += 1
                if tried > _PROVEN_ENOUGH:
                    break
                proof = prove(amounts, evidence)
                if not proof.holds and len(set(evidence.groups)) > 1:
                    each = prove_each(_by_group(cells, amounts, columns, figures, table, style))
                    proof = each if each.holds else proof
                found = Reading(cells.entries, amounts, proof, columns, style, scheme, doubt, cells.left_out, cells.unreadable)
                if proof.holds and (_drops(cells, table) or (aside and proof.notes)):
                    proof.holds, found.doubt = None, doubt or "rows with an amount are left out"
                if proof.holds:
                    found.aside = aside
                    return _oriented(found, context, options)
                if proof.holds is False and broken is None:
                    broken = found
                if likely is None:
                    likely = found
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


def _drops(cells: _Cells, table: Table) -> bool:
    """Whether a reading leaves out rows that have an amount. Sums can hold without them: a bill that was paid in full
    cancels its payment."""
    other = ("other", "ref", "balance")
    return bool(cells.unreadable) or any(n < 0 or table.columns[n].role not in other for e in cells.left_out for n in e.cells)


def _ranked(tokens: Sequence[Token]) -> dict[int, Token]:
    return {-1: tokens[-1], -2: tokens[-2]} if len(tokens) > 1 else {-2: tokens[0]} if tokens else {}


@dataclass(slots=True)
class _Cells:
    entries: list[Entry]
    values: list[Amount]
    sides: list[int]
    """-1 in the debit column, 1 in the credit column, 0 in a single column."""
    balances: dict[int, Printed]
    left_out: list[Entry]
    unreadable: list[Entry]
    kept: list[int]


def _parse(token_text: str, style: Style) -> Amount | None:
    return parse_amount(token_text, style)


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


def _cells(entries: Sequence[Entry], columns: Columns, style: Style) -> _Cells | None:
    found = _Cells([], [], [], {}, [], [], [])
    for at, entry in enumerate(entries):
        options: list[tuple[Amount, int]] = []
        bad = False
        for n, side in ((columns.amount, 0), (columns.debit, -1), (columns.credit, 1)):
            token = entry.cells.get(n) if n is not None else None
            if token is None:
                continue
            amount = _parse(token.text, style)
            if amount is None:
                bad = True
                continue
            if token.direction or entry.mark:
                mark: Mark = "credit" if (token.direction or entry.mark) > 0 else "debit"
                amount = Amount(amount.value, amount.signed, mark, amount.unit)
            options.append((amount, side))
        filled = [o for o in options if o[0].value != 0] or options[:1]
        if bad or len(filled) > 1:
            found.unreadable.append(entry)
            continue
        if not filled:
            found.left_out.append(entry)
            continue
        row = len(found.entries)
        found.entries.append(entry)
        found.kept.append(at)
        found.values.append(filled[0][0])
        found.sides.append(filled[0][1])
        if columns.balance is not None and (token := entry.cells.get(columns.balance)) is not None:
            balance = _parse(token.text, style)
            if balance is not None:
                found.balances[row] = Printed(balance.value, token.direction)
    if not found.entries or len(found.entries) < 0.6 * len(entries):
        return None
    return found


def _figures(table: Table, entries: Sequence[Entry], style: Style) -> list[tuple[Figure, Decimal, int]]:
    """The figures with their amounts, and their positions counted in `entries`."""
    lines = [e.line for e in entries]
    found = []
    for figure in table.figures:
        amount = _parse(figure.token.text, style)
        if amount is not None:
            found.append((figure, amount.value, bisect.bisect_left(lines, figure.line)))
    return found


def _evidence(cells: _Cells, columns: Columns, figures: Sequence[tuple[Figure, Decimal, int]], table: Table, style: Style) -> Evidence:
    openings: list[tuple[int, Printed, bool]] = []
    closings: list[tuple[int, Printed, bool]] = []
    totals: list[Sum] = []
    parts: list[Decimal] = []
    last: list[Printed] = []
    summary_lines = {f.line for f, _, _ in figures if words.OPENING.search(words.compact(f.label))}
    for figure, value, at in figures:
        position = bisect.bisect_left(cells.kept, at)
        label = words.compact(figure.label)
        printed = Printed(value, figure.token.direction)
        role = _role(figure.column, columns)
        opening, closing = words.OPENING.search(label), words.CLOSING.search(label)
        if words.NEVER.search(label) and not opening:
            continue
        is_total = words.TOTAL.search(label) is not None and not (closing and not role)
        if opening and not (is_total and role in ("debit", "credit", "amount")):
            openings.append((position, printed, True))
        elif closing or words.BALANCE_ROW.search(label) or (role == "balance" and is_total):
            if position == 0:
                openings.append((position, printed, False))
            closings.append((position, printed, closing is not None))
            if position == len(cells.entries) and words.CLOSING_SURE.search(label):
                last.append(printed)
        if is_total and not opening and role != "balance":
            side = {"debit": -1, "credit": 1}.get(role) or (_label_side(label) if role != "amount" or _label_side(label) else 0)
            strict = role in ("debit", "credit", "amount") and position > 0 and not _other_span(figure.label)
            totals.append(Sum(printed, figure.label, position, side, strict and not closing, figure.page))
        elif figure.line in summary_lines and not opening and not closing:
            parts.append(value)
    closings.sort(key=lambda c: not c[2])
    return Evidence(
        balances=cells.balances,
        openings=openings,
        closings=closings,
        totals=totals,
        pages=[e.page for e in cells.entries],
        groups=[e.group for e in cells.entries],
        sides=cells.sides if all(cells.sides) else (),
        parts=parts,
        last=last,
    )


def _by_group(
    cells: _Cells, amounts: Sequence[Decimal], columns: Columns, figures: Sequence[tuple[Figure, Decimal, int]], table: Table, style: Style
) -> list[tuple[list[Decimal], Evidence]]:
    """The rows and figures of each account of the document."""
    parts = []
    for group in dict.fromkeys(e.group for e in cells.entries):
        rows = [i for i, e in enumerate(cells.entries) if e.group == group]
        part = _Cells(
            entries=[cells.entries[i] for i in rows],
            values=[cells.values[i] for i in rows],
            sides=[cells.sides[i] for i in rows],
            balances={n: cells.balances[i] for n, i in enumerate(rows) if i in cells.balances},
            left_out=[],
            unreadable=[],
            kept=[cells.kept[i] for i in rows],
        )
        own = [f for f in figures if f[0].group == group]
        parts.append(([amounts[i] for i in rows], _evidence(part, columns, own, table, style)))
    return parts


def _other_span(label: str) -> bool:
    """Whether a total speaks of another span of time than the statement (`Total fees charged in 2024`)."""
    return any(part.isdigit() and len(part) == 4 for part in label.replace(",", " ").split())


def _role(column: int, columns: Columns) -> str:
    if column < 0:
        return ""
    for name in ("amount", "debit", "credit", "balance"):
        if getattr(columns, name) == column:
            return name
    return ""


def _label_side(label: str) -> int:
    out, into = words.OUT.search(label), words.IN.search(label)
    if out and into:
        return 0
    return -1 if out else 1 if into else 0


def _schemes(
    cells: _Cells, columns: Columns, context: Context, options: Options, evidence: Evidence
) -> Iterator[tuple[str, list[Decimal], str]]:
    """Ways to give every amount its sign, the likeliest first: (name, amounts, what is in doubt)."""
    values = cells.values
    marked = [v.mark for v in values]
    if columns.amount is None:
        # A minus in a column of money out is a reversal, unless the whole column carries one.
        for flip in (False, True):
            amounts = []
            for v, side in zip(values, cells.sides, strict=True):
                minus = sum(1 for w, s in zip(values, cells.sides, strict=True) if s == side and w.value < 0)
                all_minus = minus > 0.5 * sum(s == side for s in cells.sides)
                size = abs(v.value) if all_minus else v.value
                amounts.append(size * (-side if flip else side))
            if not flip or not columns.named:
                yield "columns" if not flip else "columns, credit first", amounts, "" if columns.named else "columns without headings"
        return
    kinds = {m for m in marked if m}
    if kinds:
        unmarked = 0 if len(kinds) == 2 else -1 if "credit" in kinds else 1
        if len(kinds) == 1 or all(marked):
            yield "marks", [_by_mark(v, unmarked) for v in values], ""
    signed = [v.value < 0 or v.signed for v in values]
    orientation, sure = _orientation(cells, context, options)
    printed = [v.value for v in values]
    sections = [e.section for e in cells.entries]
    if all(sections) and len(set(sections)) == 2 and not kinds:
        yield "sections", [_by_section(v.value, s, cells, i) for i, (v, s) in enumerate(zip(values, sections, strict=True))], ""
    plus_and_minus = any(v.signed and v.value > 0 for v in values) and any(v.value < 0 for v in values)
    if plus_and_minus or all(v.signed for v in values if v.value):
        # A printed plus means money in, on cards as on accounts.
        if plus_and_minus or any(v.value > 0 for v in values):
            yield "plus and minus", printed, ""
            return
    if any(signed) or options.sign is not None:
        doubt = "" if sure else _doubt(orientation)
        yield "printed sign", [orientation * p for p in printed], doubt
        if cells.balances or options.sign is None:
            if all(sections):
                yield "sections", [_by_section(v.value, s, cells, i) for i, (v, s) in enumerate(zip(values, sections, strict=True))], ""
        return
    if cells.balances:
        moved = _by_balance(cells, evidence)
        if moved is not None:
            yield "running balance", moved, ""
    by_words = [abs(p) * (1 if _comes_in(e, s) else -1) for p, e, s in zip(printed, cells.entries, sections, strict=True)]
    if context.card >= 0 or not cells.balances:
        doubt = "" if sure and not any(b > 0 for b in by_words) else _doubt(orientation, unsigned=True)
        yield "all one way", [orientation * p for p in printed], doubt
    yield "words", by_words, "no direction is printed; payments and refunds are told by their text"
    yield "all one way", [orientation * p for p in printed], _doubt(orientation, unsigned=True)


def _by_mark(amount: Amount, unmarked: int) -> Decimal:
    if amount.mark:
        return abs(amount.value) * (1 if amount.mark == "credit" else -1)
    return amount.value * unmarked


def _by_section(value: Decimal, section: int, cells: _Cells, index: int) -> Decimal:
    same = [v.value for v, e in zip(cells.values, cells.entries, strict=True) if e.section == section]
    minus = sum(1 for v in same if v < 0)
    if minus > 0.5 * len(same):
        return -value * section
    return value * section


def _by_balance(cells: _Cells, evidence: Evidence) -> list[Decimal] | None:
    """Signs from the running balance, which every row must print; None where it does not move by the amounts."""
    n = len(cells.values)
    if len(cells.balances) < n or n < 2:
        return None
    for reverse in (False, True):
        order = list(range(n - 1, -1, -1) if reverse else range(n))
        amounts: list[Decimal] = [ZERO] * n
        balance = [cells.balances[i].money(owed=False) for i in range(n)]
        ok = True
        for before, i in itertools.pairwise(order):
            delta = balance[i] - balance[before]
            if abs(delta) != abs(cells.values[i].value):
                ok = False
                break
            amounts[i] = delta
        if not ok:
            continue
        first = order[0]
        size = abs(cells.values[first].value)
        starts = [p.money(owed=False) for _, p, _ in evidence.openings]
        if balance[first] - size in starts:
            amounts[first] = size
        elif balance[first] + size in starts:
            amounts[first] = -size
        else:
            amounts[first] = size if _comes_in(cells.entries[first], 0) else -size
        return amounts
    return None


def _comes_in(entry: Entry, section: int) -> bool:
    if section:
        return section > 0
    plain = words.compact(" ".join(entry.text))
    return words.ROW_IN.search(plain) is not None and not plain.startswith(("purchase", "cardpayment", "directdebit"))


def _orientation(cells: _Cells, context: Context, options: Options) -> tuple[int, bool]:
    """1 where a printed minus is money out, -1 where charges are printed positive; and whether that is sure."""
    if options.sign is not None:
        return (1 if options.sign == "charge-negative" else -1), True
    votes = 0
    for value, entry in zip(cells.values, cells.entries, strict=True):
        plain = words.compact(" ".join(entry.text))
        into, out = words.ROW_IN.search(plain) is not None, words.ROW_OUT.search(plain) is not None
        if into == out or not value.value:
            continue
        votes += 1 if (value.value > 0) == into else -1
    minus = sum(v.value < 0 for v in cells.values)
    plus = len(cells.values) - minus
    # Most rows of any card or account are money out, so the sign that is rare is money in.
    majority = 0 if minus == plus else 1 if minus > plus else -1
    score = 2 * (votes > 0) - 2 * (votes < 0) - (context.card > 0) + (context.card < 0) + majority
    if context.card > 0:
        score -= 1
    orientation = 1 if score > 0 else -1
    agree = [s for s in ((votes > 0) - (votes < 0), -1 if context.card > 0 else 1 if context.card < 0 else 0, majority) if s]
    sure = bool(agree) and all(a == orientation for a in agree) and (context.card != 0 or votes != 0)
    return orientation, sure or (
        abs(votes) >= 2 and (votes > 0) == (orientation > 0) and context.card * orientation <= 0 and context.card != 0
    )


def _doubt(orientation: int, *, unsigned: bool = False) -> str:
    if unsigned:
        return f"no direction is printed; every amount is read as money {'out' if orientation < 0 else 'in'}"
    return f"a minus is read as money {'out' if orientation > 0 else 'in'}, as most of the rows suggest"


def _oriented(reading: Reading, context: Context, options: Options) -> Reading:
    """The proved reading; its balances can also settle the direction.

    Opening + rows = closing holds for both directions: as money, or as what is owed. A card's balance is owed, an
    account's is there, so the kind of the statement decides between the two.
    """
    proof = reading.proof
    if not reading.doubt or options.sign is not None:
        return reading
    if reading.scheme == "words" and proof.owed is not None:
        # Both directions take part in one sum; with another split it would not have held.
        reading.doubt = ""
    elif reading.scheme in ("printed sign", "all one way", "columns", "columns, credit first") and proof.owed is not None and context.card:
        positive = proof.opening is None or proof.closing is None or (proof.opening > 0) == (proof.closing > 0)
        if proof.owed != (context.card > 0) and positive:
            reading.amounts = [-a for a in reading.amounts]
            proof.owed = not proof.owed
            proof.opening = None if proof.opening is None else -proof.opening
            proof.closing = None if proof.closing is None else -proof.closing
        reading.doubt = ""
    return reading
