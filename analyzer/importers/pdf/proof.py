"""Whether rows agree with the figures a statement prints: running balance, opening and closing, totals.

Internally a balance is money: what a card's holder owes is negative. Statements of cards print what is owed as a
positive figure, so every balance is tried both ways; which way holds says nothing about the rows themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as printed: `value` with its printed sign, `direction` 1 (credit), -1 (debit) or 0."""

    value: Decimal
    direction: int = 0

    def money(self, *, owed: bool) -> Decimal:
        """The balance as money, where the statement prints what is owed (`owed`) or what is there."""
        if self.direction:
            return abs(self.value) * self.direction
        return -self.value if owed else self.value


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed total: its label, side (1 money in, -1 money out, 0 net or unknown), and the rows before it.

    `strict` where it stands in a money column of the table, so that it must be a sum of rows.
    """

    printed: Printed
    label: str
    position: int
    side: int
    strict: bool
    page: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures around `n` rows, positions counted in rows.

    balances: row → running balance printed on it. openings, closings: (position, figure, label is certain).
    """

    balances: Mapping[int, Printed]
    openings: Sequence[tuple[int, Printed, bool]]
    closings: Sequence[tuple[int, Printed, bool]]
    totals: Sequence[Sum]
    pages: Sequence[int]
    groups: Sequence[int] = ()
    last: Sequence[Printed] = ()
    """Closing balances that stand behind the last row and are called so without a doubt."""
    sides: Sequence[int] = ()
    """Per row the column it stands in, -1 or 1, where there are two; a reversal in the debit column stays there."""
    parts: Sequence[Decimal] = ()
    """Other figures of the summary box (purchases, payments ...), to see whether the box agrees with itself."""


@dataclass(slots=True)
class Proof:
    """The outcome. `holds` is True, False (contradicted) or None (nothing to check); `how` says which figures.

    `problem` is the contradiction as (page, words); `opening` and `closing` are money.
    """

    holds: bool | None
    how: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    owed: bool | None = None
    problem: tuple[int, str] | None = None
    agreed: int = 0
    failed: int = 0
    soft: bool = False
    disputed: bool = False
    """Whether printed totals agree while opening and closing balance do not: a reading where all agree goes first."""
    notes: list[str] = field(default_factory=list)


def prove(amounts: Sequence[Decimal], evidence: Evidence) -> Proof:
    """What the figures say about `amounts` (money out negative, in the order of the file)."""
    best = Proof(None)
    if evidence.balances:
        running = _running(amounts, evidence)
        if running.holds:
            return running
        best = running
    ends = _ends(amounts, evidence)
    if ends.holds:
        return ends
    totals = _totals(amounts, evidence)
    if totals.holds:
        if ends.holds is False and ends.problem is not None:
            # A bill paid in full: without its payment the purchases still add up to what is due.
            totals.disputed = True
            totals.notes.append(f"{ends.problem[1]}; the printed totals agree with the rows")
        return totals
    for found in (best, totals, ends):
        if found.holds is False:
            return found
    return best if best.agreed else Proof(None, opening=ends.opening, closing=ends.closing)


def prove_each(parts: Sequence[tuple[Sequence[Decimal], Evidence]]) -> Proof:
    """One proof for several accounts in a file: it holds where each part's own figures prove it."""
    proofs = [prove(amounts, evidence) for amounts, evidence in parts]
    if proofs and all(p.holds for p in proofs):
        how = ", ".join(dict.fromkeys(p.how for p in proofs))
        return Proof(
            True,
            f"each account by itself: {how}",
            owed=proofs[0].owed,
            agreed=sum(p.agreed for p in proofs),
            notes=[n for p in proofs for n in p.notes],
        )
    return next((p for p in proofs if p.holds is False), Proof(None))


def _running(amounts: Sequence[Decimal], evidence: Evidence) -> Proof:
    """The running balance, oldest or newest row first, owed or there, from each possible opening figure or none."""
    n = len(amounts)
    best: Proof | None = None
    if len(evidence.balances) < 2 and not evidence.openings:
        return Proof(None)
    openings = list(dict.fromkeys(p for _, p, _ in evidence.openings))[:4]
    for owed in (False, True):
        values = {i: p.money(owed=owed) for i, p in evidence.balances.items()}
        for reverse in (False, True):
            order = range(n - 1, -1, -1) if reverse else range(n)
            for opening in [*(p.money(owed=owed) for p in openings), None]:
                found = _walk(amounts, values, order, opening, evidence)
                found.owed = owed
                if found.holds and opening is None and (sure := [p for _, p, certain in evidence.openings if certain]):
                    start = _plain(found.opening or ZERO)
                    what = f"printed opening balance {_plain(sure[0].value)}, the running balance starts from {start}"
                    found.holds, found.failed, found.problem = False, 1, (evidence.pages[order[0]], what)
                if found.holds and evidence.last and found.closing not in [p.money(owed=owed) for p in evidence.last]:
                    end = _plain(found.closing or ZERO)
                    what = f"printed closing balance {_plain(evidence.last[0].value)}, the running balance ends with {end}"
                    found.holds, found.failed, found.problem = False, 1, (evidence.pages[order[-1]], what)
                if found.holds:
                    closings = [p.money(owed=owed) for _, p, _ in evidence.closings]
                    if found.closing is not None and closings and found.closing not in closings:
                        found.notes.append("the closing figure printed elsewhere differs from the last running balance")
                    return found
                if best is None or (found.agreed, -found.failed) > (best.agreed, -best.failed):
                    best = found
    assert best is not None
    # A column that never agrees is no running balance; one that mostly does, and breaks, is a contradiction.
    if best.holds is not False and best.failed and best.agreed < max(2, 2 * best.failed):
        return Proof(None)
    return best


def _walk(
    amounts: Sequence[Decimal], values: Mapping[int, Decimal], order: Sequence[int], opening: Decimal | None, evidence: Evidence
) -> Proof:
    current, loose, agreed, failed, first = opening, 0, 0, 0, opening
    problem: tuple[int, str] | None = None
    since = ZERO
    unchecked = 0
    for i in order:
        since += amounts[i]
        unchecked += 1
        if i not in values:
            continue
        if current is None:
            loose, first = unchecked, values[i] - since
        elif current + since == values[i]:
            agreed += 1
        else:
            failed += 1
            if problem is None:
                problem = (evidence.pages[i], f"running balance {_plain(values[i])}, rows give {_plain(current + since)}")
        current, since, unchecked = values[i], ZERO, 0
    closing = None if current is None else current + since
    closed = unchecked == 0 or (
        closing is not None and any(closing in (p.money(owed=False), p.money(owed=True)) for _, p, _ in evidence.closings)
    )
    holds = failed == 0 and agreed >= 1 and closed and (loose <= 1 or agreed >= 3) and (opening is not None or agreed >= 2)
    how = "running balance on every row" if len(values) == len(amounts) else f"running balance, {len(values)} times"
    return Proof(
        True if holds else False if failed else None,
        how=how,
        opening=first,
        closing=closing,
        problem=problem,
        agreed=agreed,
        failed=failed,
    )


def _ends(amounts: Sequence[Decimal], evidence: Evidence) -> Proof:
    """Opening + rows = closing, over every pair of such figures."""
    n = len(amounts)
    total = sum(amounts, ZERO)
    certain: list[tuple[Printed, Printed]] = []
    disputed: Proof | None = None
    for at, opening, sure in evidence.openings:
        for until, closing, closed in evidence.closings:
            if (at, opening) == (until, closing) and at == until:
                continue
            for owed in (False, True):
                a, b = opening.money(owed=owed), closing.money(owed=owed)
                if a + total == b and n:
                    found = Proof(True, "opening balance + rows = closing balance", a, b, owed, agreed=1)
                    if not sure and (first := [p for _, p, named in evidence.openings if named]) and opening not in first:
                        # A balance among the rows, taken for the first one, proves nothing about rows before it.
                        found.disputed = True
                        found.notes.append(f"printed opening balance {_plain(first[0].value)}, the rows start from {_plain(opening.value)}")
                    disputed = disputed or (found if found.disputed else None)
                    if not found.disputed:
                        return found
            if sure and closed and at <= until:
                certain.append((opening, closing))
    if disputed is not None:
        return disputed
    if certain and n:
        opening, closing = certain[0]
        soft = not _consistent(opening, closing, evidence.parts)
        # Told as the closing balance is printed: what is owed without a sign, where it is printed so.
        given = [(o.money(owed=w) + total) * (-1 if w and not c.direction else 1) for o, c in certain for w in (False, True)]
        told = min(given, key=lambda v: (abs(abs(v) - abs(closing.value)), abs(v - closing.value)))
        problem = (evidence.pages[-1], f"printed closing balance {_plain(closing.value)}, opening balance and rows give {_plain(told)}")
        return Proof(False, problem=problem, failed=1, soft=soft, opening=None, closing=None)
    return Proof(None)


def _consistent(opening: Printed, closing: Printed, parts: Sequence[Decimal]) -> bool:
    """Whether a summary box adds up by itself: opening ± its parts = closing. Boxes without parts count as sound."""
    goals = {abs(closing.value)}
    sums = {opening.value}
    for part in [p for p in parts if p][:8]:
        sums |= {s + part for s in sums} | {s - part for s in sums}
    return not parts or any(abs(s) in goals for s in sums)


def _totals(amounts: Sequence[Decimal], evidence: Evidence) -> Proof:
    """Printed totals against sums of rows: of the document, the section, the page, the card; net or one side."""
    n = len(amounts)
    covered: set[int] = set()
    problem: tuple[int, str] | None = None
    matched = 0
    names: list[str] = []
    starts = [0]
    opening = [p.value for _, p, _ in evidence.openings]
    for total in evidence.totals:
        goal = abs(total.printed.value)
        rows = _matching(amounts, total, goal, starts, evidence, opening)
        if rows is None:
            if total.strict and goal and problem is None and total.position:
                since = amounts[max(s for s in starts if s < total.position or s == 0) : total.position] or amounts
                told = _sided(since, total.side)
                problem = (total.page, f"printed total {_plain(total.printed.value)}, rows add up to {_plain(abs(told))}")
            continue
        covered |= rows
        if rows:
            matched += 1
            names.append(total.label)
        if total.position not in starts:
            starts.append(total.position)
    complete = n > 0 and len(covered) == n
    if complete and problem is None:
        label = "printed total" if matched == 1 else f"{matched} printed totals"
        return Proof(True, label, agreed=matched)
    if problem is not None and not complete:
        return Proof(False, problem=problem, failed=1, agreed=matched)
    if complete:
        return Proof(True, f"{matched} printed totals", agreed=matched)
    for _, closing, _ in evidence.closings:
        # A card that owed nothing before prints no opening balance: what is due is the sum of the rows.
        if not any(sure for _, _, sure in evidence.openings) and n and abs(sum(amounts, ZERO)) == abs(closing.value) != 0:
            return Proof(True, "rows add up to the amount due", None, sum(amounts, ZERO), agreed=1)
    return Proof(None, agreed=matched)


def _matching(
    amounts: Sequence[Decimal], total: Sum, goal: Decimal, starts: Sequence[int], evidence: Evidence, opening: Sequence[Decimal]
) -> set[int] | None:
    n = len(amounts)
    scopes: list[Sequence[int]] = [range(n)]
    scopes += [range(s, total.position) for s in reversed(starts) if s < total.position]
    if total.position < n:
        scopes.append(range(total.position, n))
    scopes.append([i for i in range(n) if evidence.pages[i] == total.page])
    if evidence.groups:
        scopes += [[i for i in range(n) if evidence.groups[i] == g] for g in dict.fromkeys(evidence.groups)]
    for scope in scopes:
        if not scope:
            continue
        for side in (total.side, 0) if total.side else (0, -1, 1):
            rows = [i for i in scope if not side or (evidence.sides[i] == side if evidence.sides else (amounts[i] > 0) == (side > 0))]
            value = sum((amounts[i] for i in rows), ZERO)
            if not total.strict and len(rows) < 3 and (not side or side != total.side):
                continue  # one or two rows equal some figure by chance
            if rows and abs(value) == goal:
                return set(rows)
            if not side and rows and any(abs(o + s * value) == goal for o in opening for s in (1, -1)):
                return set(rows)
    return set() if goal == 0 else None


def _sided(amounts: Sequence[Decimal], side: int) -> Decimal:
    return sum((a for a in amounts if not side or (a > 0) == (side > 0)), ZERO)


def _plain(value: Decimal) -> str:
    return f"{value:f}"
