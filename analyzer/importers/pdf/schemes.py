"""How a statement prints the direction of money: marks, signs, sections, columns, or only its running balance."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analyzer.importers.base import Options
from analyzer.importers.numbers import Amount
from analyzer.importers.pdf import words
from analyzer.importers.pdf.cells import Cells, Columns
from analyzer.importers.pdf.entries import Entry
from analyzer.importers.pdf.proof import Evidence

ZERO = Decimal(0)


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


def schemes_of(
    cells: Cells, columns: Columns, context: Context, options: Options, evidence: Evidence
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
    if plus_and_minus or (all(v.signed for v in values if v.value) and any(v.value > 0 for v in values)):
        # A printed plus means money in, on cards as on accounts.
        yield "plus and minus", printed, ""
        return
    if any(signed) or options.sign is not None:
        doubt = "" if sure else _doubt(orientation)
        yield "printed sign", [orientation * p for p in printed], doubt
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


def _by_section(value: Decimal, section: int, cells: Cells, index: int) -> Decimal:
    same = [v.value for v, e in zip(cells.values, cells.entries, strict=True) if e.section == section]
    minus = sum(1 for v in same if v < 0)
    if minus > 0.5 * len(same):
        return -value * section
    return value * section


def _by_balance(cells: Cells, evidence: Evidence) -> list[Decimal] | None:
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


def _orientation(cells: Cells, context: Context, options: Options) -> tuple[int, bool]:
    """1 where a printed minus is money out, -1 where charges are printed positive; and whether that is sure."""
    if options.sign is not None:
        return (1 if options.sign == "charge-negative" else -1), True
    votes = told_by_words([v.value for v in cells.values], cells.entries)
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


def told_by_words(amounts: Sequence[Decimal], entries: Sequence[Entry]) -> int:
    """Rows whose text says money in or out as their sign does, less those where it says the opposite."""
    votes = 0
    for value, entry in zip(amounts, entries, strict=True):
        plain = words.compact(" ".join(entry.text))
        into, out = words.ROW_IN.search(plain) is not None, words.ROW_OUT.search(plain) is not None
        if into != out and value:
            votes += 1 if (value > 0) == into else -1
    return votes


def _doubt(orientation: int, *, unsigned: bool = False) -> str:
    if unsigned:
        return f"no direction is printed; every amount is read as money {'out' if orientation < 0 else 'in'}"
    return f"a minus is read as money {'out' if orientation > 0 else 'in'}, as most of the rows suggest"
