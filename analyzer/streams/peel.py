"""Interleaved agreements at one busy merchant: follow the links, keep the best chain, take it away, repeat.

A link joins two charges of nearly one amount whose gap is a month or four weeks. Chains of links are rare among
unrelated charges, so only groups with several linked triples are searched, one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.streams import amounts as am
from analyzer.streams import calendar as cal
from analyzer.streams import order
from analyzer.streams.comb import WEEKDAY, Found, Rows

if TYPE_CHECKING:
    from analyzer.streams.calendar import Flags, Floats, Ints

NEIGHBOURS = 12
"""How far in the order of amounts a link is looked for."""
BUSIEST = 4.5
"""Charges a month above which one price cannot be told apart by the calendar."""
WORTH = 2
"""Linked triples a group must have to be searched."""
NEEDED = -3.5
"""log10 of the odds a chain must reach, its choice paid for."""

NEEDED_FIRST = -2.0
"""The same where the merchant's first four charges are the chain's first four: it was there alone before there was any choice."""
NEEDED_SHOP = -6.0
"""The same where the text names a town: tills see many equal amounts (fuel, fares, lunches)."""


def worth_searching(rows: Rows, free: Flags) -> tuple[Ints, Flags]:
    """The groups worth it, and the rows that may be searched: those whose price is not paid too often for the calendar to tell
    anything. Worth it are those with more links among their `free` rows than chance makes, and those that began as an agreement does."""
    import numpy as np

    part = np.flatnonzero(free)
    if len(part) < 4:
        return np.zeros(0, dtype=np.int64), free
    began = _began(rows, free)
    linked, open_rows = _linked(rows, part)
    open_rows |= free & began[rows.group]
    return np.union1d(linked, np.flatnonzero(began)), open_rows


def _linked(rows: Rows, part: Ints) -> tuple[Ints, Flags]:
    """The groups that have more links among the rows `part` than chance makes, and the rows that may be searched."""
    import numpy as np

    open_rows = np.zeros(len(rows.day), dtype=bool)
    part = part[order.by(rows.group[part], rows.amount[part], rows.day[part])]
    group, day, log = rows.group[part], rows.day[part], np.log(np.maximum(rows.amount[part], 1))
    ahead, behind = np.zeros(len(part), dtype=bool), np.zeros(len(part), dtype=bool)
    for k in range(1, min(NEIGHBOURS, len(part) - 1) + 1):
        gap = np.abs(day[k:] - day[:-k])
        link = (group[k:] == group[:-k]) & (log[k:] - log[:-k] <= am.WOBBLE) & (gap >= 27) & (gap <= 34)
        later = day[k:] > day[:-k]
        at = np.flatnonzero(link)
        behind[np.where(later[at], at + k, at)] = True
        ahead[np.where(later[at], at, at + k)] = True
    both = ahead & behind
    size = np.bincount(group)
    # What follows only takes links away: groups that have too few already need not be counted.
    enough = (np.bincount(group, weights=both) >= WORTH)[group]
    part, group, day, log, both = part[enough], group[enough], day[enough], log[enough], both[enough]
    if not len(part):
        return np.zeros(0, dtype=np.int64), open_rows
    first, last = np.full(len(size), np.iinfo(np.int64).max), np.zeros(len(size), dtype=np.int64)
    np.minimum.at(first, group, day)
    np.maximum.at(last, group, day)
    span = np.maximum(last - first, 30)
    # How many rows of the group cost about the same: neighbours in the order of amounts.
    scale = float(log.max()) + 1.0
    joint = group * scale + log
    like = np.searchsorted(joint, joint + am.WOBBLE / 2, "right") - np.searchsorted(joint, joint - am.WOBBLE / 2)
    daily = like / span[group]
    told = daily * cal.MONTH <= BUSIEST
    by_chance = -np.expm1(-8.0 * daily)
    triples = np.bincount(group, weights=both & told, minlength=len(size))
    expected = np.bincount(group, weights=np.where(told, by_chance * by_chance, 0.0), minlength=len(size))
    open_rows[part] = told
    return np.flatnonzero((triples >= WORTH + 2 * expected) & (size <= 2000)), open_rows


def _began(rows: Rows, free: Flags) -> Flags:
    """Per group whether its first four charges are `free`, of one amount, and a month apart each: what comes later must not hide that."""
    import numpy as np

    out = np.zeros(int(rows.group.max()) + 1, dtype=bool)
    first = np.flatnonzero(np.append(True, np.diff(rows.group) != 0))
    size = np.diff(np.append(first, len(rows.group)))
    first = first[(size > 4) & (size <= 2000)]
    for k in range(3):
        gap = rows.day[first + k + 1] - rows.day[first + k]
        first = first[(gap >= 26) & (gap <= 35) & (rows.amount[first + k + 1] == rows.amount[first]) & free[first + k]]
    out[rows.group[first]] = True
    return out


def search(rows: Rows, at: Ints) -> list[Found]:
    """The agreements among the rows `at` of one group."""
    import numpy as np

    out: list[Found] = []
    left = at
    begins = _begins(rows, at)
    for _ in range(12):
        best = _best_chain(rows, left, begins and left[0] == at[0])
        if best is None:
            break
        out.append(best)
        left = np.setdiff1d(left, best.rows)
        if len(left) < 4:
            break
    return out


def _begins(rows: Rows, at: Ints) -> bool:
    """Whether `at` begins with the first four charges of its group, of one amount and a month apart each."""
    import numpy as np

    if len(at) < 4 or at[3] - at[0] != 3 or (at[0] > 0 and rows.group[at[0] - 1] == rows.group[at[0]]):
        return False
    gaps = np.diff(rows.day[at[:4]])
    return bool((gaps >= 26).all() and (gaps <= 35).all() and (rows.amount[at[:4]] == rows.amount[at[0]]).all())


def _best_chain(rows: Rows, at: Ints, begins: bool) -> Found | None:
    import numpy as np

    day, log = rows.day[at], np.log(np.maximum(rows.amount[at], 1))
    n = len(at)
    best: Found | None = None
    seen = max(1, int(day[-1] - day[0]))
    for beat in (cal.MONTHLY, cal.FOUR_WEEKLY):
        low, high = (27, 35) if beat.months else (26, 30)
        length, back = _longest(*_links(day, log, beat, low, high), n)
        end = max(range(n), key=length.__getitem__)
        chain = []
        while end >= 0:
            chain.append(end)
            end = back[end]
        chain = chain[::-1]
        if len(chain) < 4:
            continue
        mine = at[np.array(chain)]
        fit = cal.fit(rows.day[mine], np.zeros(len(mine), dtype=np.int64), 1, beat)
        keep = mine[fit.on]
        if len(keep) < 4:
            continue
        hits, span = int(fit.hits[0]), int(fit.span[0])
        mean = float(np.median(log[np.isin(at, keep)]))
        like = int((np.abs(log - mean) <= am.WOBBLE).sum())
        window = min(1 + 3 * float(fit.sd[0]), 10.0)
        if beat is cal.FOUR_WEEKLY and int(np.bincount(day % 7).max()) >= WEEKDAY * n:
            window = min(7 * window, 27.0)  # a habit's own weekday comes round every four weeks by itself
        by_chance = -np.expm1(-like / seen * window)
        # Binomial tail, bounded by Chernoff; every like charge could have been the one to start from, unless it had to be the first.
        share, first = hits / span, begins and keep[0] == at[0]
        odds = -span * _divergence(share, min(by_chance, 0.999)) / np.log(10) + np.log10(4 if first else max(like, 1) * 4)
        needed = NEEDED_SHOP if rows.shop[keep].any() else NEEDED_FIRST if first else NEEDED
        if share <= by_chance or odds > needed or hits / span < 0.6:
            continue
        desc = am.describe(rows.amount[keep], np.ones(len(keep), dtype=bool), np.zeros(len(keep), dtype=np.int64), 1)
        if desc.model[0] == am.METERED:
            continue
        f = Found(keep, beat, beat.days, float(fit.phase[0]), int(desc.model[0]), hits, span, float(fit.sd[0]), float(odds), 0.0)
        if best is None or f.odds < best.odds:
            best = f
    return best


def _links(day: Ints, log: Floats, beat: cal.Beat, low: int, high: int) -> tuple[Ints, Ints, Floats]:
    """All pairs (earlier, later) one or two beats apart, near one due day and one amount; and how far the amounts differ."""
    import numpy as np

    first = np.searchsorted(day, day - 2 * high)
    count = np.searchsorted(day, day - low, "right") - first
    count = np.maximum(count, 0)
    later = np.repeat(np.arange(len(day)), count)
    earlier = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count) + first[later]
    gap = day[later] - day[earlier]
    once = ((gap >= low) & (gap <= high)) | ((gap >= 2 * low) & (gap <= 2 * high - 5))
    due = _due(day, beat)
    turn = due[later] - due[earlier]
    differ = np.abs(log[later] - log[earlier])
    keep = once & (differ <= am.WOBBLE) & (np.abs(turn - np.rint(turn)) <= 0.17)
    return earlier[keep], later[keep], differ[keep]


def _longest(earlier: Ints, later: Ints, differ: Floats, n: int) -> tuple[list[int], list[int]]:
    """Per row the length of the longest chain of links that ends there, and the row before it (-1: none).

    Of chains equally long the one with the nearer amount goes on. Links come in the order of the later row.
    """
    length, back, near = [1] * n, [-1] * n, [9.0] * n
    for i, j, d in zip(earlier.tolist(), later.tolist(), differ.tolist(), strict=True):
        if length[i] + 1 > length[j] or (length[i] + 1 == length[j] and d < near[j]):
            length[j], back[j], near[j] = length[i] + 1, i, d
    return length, back


def _due(day: Ints, beat: cal.Beat) -> Floats:
    month, dom, _ = cal.month_parts(day)
    return (month + dom / cal.MONTH) if beat.months else day / beat.days


def _divergence(a: float, b: float) -> float:
    """Relative entropy of two coins, natural log."""
    from math import log

    a = min(max(a, 1e-9), 1 - 1e-9)
    b = min(max(b, 1e-9), 1 - 1e-9)
    return a * log(a / b) + (1 - a) * log((1 - a) / (1 - b))
