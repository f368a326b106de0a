"""Statements of one account that print other dates: the day of the purchase in one format, of the posting in another.

A single charge on a neighbouring day is never taken for the same one. A whole statement is: where four in five of its
rows have a partner of equal amount and payee a few days off, all in one direction, its dates are of another kind.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.ledger.charges import fold

if TYPE_CHECKING:
    import numpy as np

    from analyzer.ledger.identity import Table

DAYS_OFF = 5
"""Card schemes settle within a few days; a long weekend is four."""
ROWS_NEEDED = 10
SHARE_NEEDED = 0.8
SHARE_EXACT = 0.5
"""With this share of rows on equal days the dates are of one kind, and the rest are other charges."""

Key = Hashable
"""Amount, currency, payee."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the rows of a statement stand against others: `exact` on equal days, `moved` (row → the partner's day)."""

    rows: int
    exact: int
    moved: dict[int, int]

    @property
    def other_dates(self) -> bool:
        """Whether the statement as a whole prints dates of another kind."""
        return (
            self.rows >= ROWS_NEEDED and self.exact < SHARE_EXACT * self.rows and self.exact + len(self.moved) >= SHARE_NEEDED * self.rows
        )


def align(days: Sequence[int], keys: Sequence[Key], others: Counter[tuple[Key, int]]) -> Alignment:
    """Rows (`days`, `keys`) against `others` (key and day → how often), matched one to one: equal days, then days off."""
    if not others:
        return Alignment(0, 0, {})
    first, last = min(day for _, day in others), max(day for _, day in others)
    inside = [i for i, day in enumerate(days) if first - DAYS_OFF <= day <= last + DAYS_OFF]
    left = Counter(others)
    exact = 0
    rest = []
    for i in sorted(inside, key=lambda i: days[i]):
        slot = (keys[i], days[i])
        if left[slot] > 0:
            left[slot] -= 1
            exact += 1
        else:
            rest.append(i)
    free: dict[Key, list[int]] = defaultdict(list)
    for (key, day), count in sorted(left.items(), key=lambda item: item[0][1]):
        free[key] += [day] * count
    ahead = _matched(rest, days, keys, free, 1)
    behind = _matched(rest, days, keys, free, -1)
    rows = sum(first <= days[i] <= last for i in inside)
    return Alignment(rows, exact, behind if len(behind) > len(ahead) else ahead)


def _matched(rows: Sequence[int], days: Sequence[int], keys: Sequence[Key], free: dict[Key, list[int]], sign: int) -> dict[int, int]:
    """Rows matched to free days of equal key, one to one, at most `DAYS_OFF` on in the direction of `sign`."""
    by_key: dict[Key, list[int]] = defaultdict(list)
    for i in rows:
        by_key[keys[i]].append(i)
    moved = {}
    for key, members in by_key.items():
        slots = sorted(free.get(key, ()), reverse=sign < 0)
        at = 0
        for i in sorted(members, key=lambda i: sign * days[i]):
            while at < len(slots) and sign * (slots[at] - days[i]) < 0:
                at += 1
            if at < len(slots) and sign * (slots[at] - days[i]) <= DAYS_OFF:
                moved[i] = slots[at]
                at += 1
    return moved


def redate(table: Table) -> list[str]:
    """Gives rows of statements with other dates the days of their partners (in `table.day`); notes on which."""
    import numpy as np

    from analyzer.ledger.identity import FORMATS, Remembered

    n = len(table.statements)
    formats = np.array([FORMATS.get(s.format, len(FORMATS)) for s in table.statements])
    starts = np.searchsorted(table.rank, np.arange(n + 1))
    filled = [rank for rank in range(n) if starts[rank] < starts[rank + 1]]
    span = {r: (int(table.day[starts[r] : starts[r + 1]].min()), int(table.day[starts[r] : starts[r + 1]].max())) for r in filled}
    homes: dict[int, list[int]] = defaultdict(list)
    for r in filled:
        homes[int(table.home[starts[r]])].append(r)
    notes = []
    for members in homes.values():
        kinds = sorted({int(formats[r]) for r in members})
        for kind, better in [(k, b) for k in kinds[1:] for b in kinds[: kinds.index(k)]]:
            others = [r for r in members if formats[r] == better]
            for rank in (r for r in members if formats[r] == kind):
                low, high = span[rank][0] - DAYS_OFF, span[rank][1] + DAYS_OFF
                near = [np.arange(starts[r], starts[r + 1]) for r in others if span[r][0] <= high and low <= span[r][1]]
                if not near:
                    continue
                rows, partners = np.arange(starts[rank], starts[rank + 1]), np.concatenate(near)
                partners = partners[(table.day[partners] >= low) & (table.day[partners] <= high)]
                found = align(table.day[rows].tolist(), _keys(table, rows), _counted(table, partners))
                if not found.other_dates:
                    continue
                for i, day in found.moved.items():
                    table.day[rows[i]] = day
                s = table.statements[rank]
                if not isinstance(s, Remembered):
                    other = table.statements[int(table.rank[partners[0]])]
                    notes.append(
                        f"{s.source}: prints other dates than {other.source}; {len(found.moved)} rows matched one to one,"
                        " each counted once on the day the other prints"
                    )
    return notes


def _keys(table: Table, rows: np.ndarray) -> list[Key]:
    part = table.frame.iloc[rows]
    columns = (table.minor[rows].tolist(), *(part[name].tolist() for name in ("currency", "merchant", "descriptor")))
    return [(minor, currency, merchant or fold(text)) for minor, currency, merchant, text in zip(*columns, strict=True)]


def _counted(table: Table, rows: np.ndarray) -> Counter[tuple[Key, int]]:
    """Key and day → how often, by the statement that lists it most: overlapping statements do not add up."""
    per: dict[int, Counter[tuple[Key, int]]] = defaultdict(Counter)
    for key, day, rank in zip(_keys(table, rows), table.day[rows].tolist(), table.rank[rows].tolist(), strict=True):
        per[rank][key, day] += 1
    total: Counter[tuple[Key, int]] = Counter()
    for counts in per.values():
        total |= counts
    return total
