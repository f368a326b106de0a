"""Interleaved agreements at one busy merchant: follow the links, keep the best chain, take it away, repeat.

A link joins two charges of nearly one amount whose gap is a month or four weeks. Chains of links are rare among
unrelated charges, so only groups with several linked triples are searched, one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.streams import amounts as am
from analyzer.streams import calendar as cal
from analyzer.streams.comb import Found, Rows

if TYPE_CHECKING:
    import numpy as np

    from analyzer.streams.calendar import Flags, Ints

NEIGHBOURS = 12
"""How far in the order of amounts a link is looked for."""
BUSIEST = 4.5
"""Charges a month above which one price cannot be told apart by the calendar."""
WORTH = 2
"""Linked triples a group must have to be searched."""
NEEDED = -3.5
"""log10 of the odds a chain must reach, its choice paid for."""

NEEDED_SHOP = -6.0
"""The same where the text names a town: tills see many equal amounts (fuel, fares, lunches)."""


def worth_searching(rows: Rows, free: Flags) -> Ints:
    """The groups that have enough links among their `free` rows."""
    import numpy as np

    part = np.flatnonzero(free)
    if len(part) < 4:
        return np.zeros(0, dtype=np.int64)
    order = part[np.lexsort((rows.day[part], rows.amount[part], rows.group[part]))]
    group, day, log = rows.group[order], rows.day[order], np.log(np.maximum(rows.amount[order], 1))
    ahead, behind = np.zeros(len(order), dtype=bool), np.zeros(len(order), dtype=bool)
    for k in range(1, min(NEIGHBOURS, len(order) - 1) + 1):
        gap = np.abs(day[k:] - day[:-k])
        link = (group[k:] == group[:-k]) & (log[k:] - log[:-k] <= am.WOBBLE) & (gap >= 27) & (gap <= 34)
        later = day[k:] > day[:-k]
        at = np.flatnonzero(link)
        behind[np.where(later[at], at + k, at)] = True
        ahead[np.where(later[at], at, at + k)] = True
    triples = np.bincount(group, weights=ahead & behind)
    size = np.bincount(group)
    first, last = np.full(len(size), np.iinfo(np.int64).max), np.zeros(len(size), dtype=np.int64)
    np.minimum.at(first, group, day)
    np.maximum.at(last, group, day)
    months = np.maximum(last - first, 30) / cal.MONTH
    return np.flatnonzero((triples >= WORTH) & (size / months <= BUSIEST * 3) & (size <= 600))


def search(rows: Rows, at: Ints) -> list[Found]:
    """The agreements among the rows `at` of one group."""
    import numpy as np

    out: list[Found] = []
    left = at
    for _ in range(12):
        best = _best_chain(rows, left)
        if best is None:
            break
        out.append(best)
        left = np.setdiff1d(left, best.rows)
        if len(left) < 4:
            break
    return out


def _best_chain(rows: Rows, at: Ints) -> Found | None:
    import numpy as np

    day, log = rows.day[at], np.log(np.maximum(rows.amount[at], 1))
    n = len(at)
    best: Found | None = None
    seen = max(1, int(day[-1] - day[0]))
    for beat in (cal.MONTHLY, cal.FOUR_WEEKLY):
        low, high = (27, 35) if beat.months else (26, 30)
        length, back = np.ones(n, dtype=np.int64), np.full(n, -1)
        due = _due(day, beat)
        for j in range(n):
            i = np.arange(int(np.searchsorted(day, day[j] - 2 * high)), j)
            if not len(i):
                continue
            gap = day[j] - day[i]
            once = (gap >= low) & (gap <= high) | (gap >= 2 * low) & (gap <= 2 * high - 5)
            fits = once & (np.abs(log[j] - log[i]) <= am.WOBBLE) & (np.abs(due[j] - due[i] - np.rint(due[j] - due[i])) <= 0.17)
            if fits.any():
                k = i[fits]
                score = length[k] * 1000 - (np.abs(log[j] - log[k]) * 1000).astype(np.int64)
                pick = int(k[score.argmax()])
                length[j], back[j] = length[pick] + 1, pick
        end = int(length.argmax())
        chain = []
        while end >= 0:
            chain.append(end)
            end = int(back[end])
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
        by_chance = -np.expm1(-like / seen * window)
        # Binomial tail, bounded by Chernoff; every like charge could have been the one to start from.
        share = hits / span
        odds = -span * _divergence(share, min(by_chance, 0.999)) / np.log(10) + np.log10(max(like, 1) * 4)
        if share <= by_chance or odds > (NEEDED_SHOP if rows.shop[keep].any() else NEEDED) or hits / span < 0.6:
            continue
        desc = am.describe(rows.amount[keep], np.ones(len(keep), dtype=bool), np.zeros(len(keep), dtype=np.int64), 1)
        if desc.model[0] == am.METERED:
            continue
        f = Found(keep, beat, beat.days, float(fit.phase[0]), int(desc.model[0]), hits, span, float(fit.sd[0]), float(odds), 0.0)
        if best is None or f.odds < best.odds:
            best = f
    return best


def _due(day: Ints, beat: cal.Beat) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    month, dom, _ = cal.month_parts(day)
    return (month + dom / cal.MONTH) if beat.months else day / beat.days


def _divergence(a: float, b: float) -> float:
    """Relative entropy of two coins, natural log."""
    from math import log

    a = min(max(a, 1e-9), 1 - 1e-9)
    b = min(max(b, 1e-9), 1 - 1e-9)
    return a * log(a / b) + (1 - a) * log((1 - a) / (1 - b))
