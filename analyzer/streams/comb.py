"""The search: groups of one merchant's charges → the agreements among them.

First every merchant's charges as one segment (most agreements stand alone), then its clusters of equal amounts,
then of nearly equal amounts; what is left and looks linked goes to `peel`. All but the last work on all
groups of all accounts at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.streams import amounts as am
from analyzer.streams import calendar as cal
from analyzer.streams import order

if TYPE_CHECKING:
    from analyzer.streams.calendar import Beat, Flags, Floats, Ints


@dataclass(frozen=True, slots=True)
class Rows:
    """Charges sorted by group, day, amount. `position` points into the frame, `amount` is positive minor units,
    `shop` is True where the text names a town (someone stood at a till) or a listed place of single orders."""

    position: Ints
    group: Ints
    day: Ints
    amount: Ints
    shop: Flags


@dataclass(frozen=True, slots=True)
class Found:
    """One agreement: indices into `Rows`, oldest first, and how it was recognised."""

    rows: Ints
    beat: Beat
    days: float
    phase: float
    model: int
    hits: int
    span: int
    sd: float
    odds: float
    busy: float
    """Other charges at the merchant for each of its own."""
    strays: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """What a segment must show: charges, share of slots filled, odds (log10), each for plain and for shop merchants."""

    hits: int
    fill: float
    odds: float
    shop_hits: int
    shop_odds: float


SAME = Need(hits=3, fill=0.55, odds=-0.75, shop_hits=3, shop_odds=-2.6)
"""Fixed, fx or stepped amounts, and all of the merchant's charges."""
WEEKS = 0.8
"""Share of weeks or fortnights that must hold a charge, where a habit would explain the weekday."""
WEEKDAY = 0.6
"""Share of a merchant's charges on one weekday from which on the weekday is a habit."""
METERED = Need(hits=4, fill=0.7, odds=-1.9, shop_hits=8, shop_odds=-5.0)
REST = 3
"""Charges that must be left beside a merchant's agreements to be one more; three must be equal and one in each slot."""
CLUSTER = Need(hits=3, fill=0.6, odds=-1.0, shop_hits=5, shop_odds=-3.5)
"""Some of the merchant's charges, chosen by their amount: the choice is paid for with `log10(clusters)`."""


def whole(rows: Rows) -> tuple[list[Found], Flags]:
    """The groups that are one agreement as they stand, and the rows they use."""
    import numpy as np

    used = np.zeros(len(rows.day), dtype=bool)
    trial = first_is_trial(rows)
    part = np.flatnonzero(~trial)
    found = _search(rows, part, rows.group[part], SAME, METERED, np.zeros(0))
    out: list[Found] = []
    before = {int(i) + 1: int(i) for i in np.flatnonzero(trial)}
    for f in found:
        if (t := before.get(int(f.rows[0]))) is not None:
            f = _with_rows(f, np.concatenate([[t], f.rows]))
        used[f.rows] = True
        out.append(f)
    return out, used


def clusters(rows: Rows, free: Flags) -> list[Found]:
    """Agreements among the `free` rows of a group that share an amount, exactly or nearly."""
    import numpy as np

    out: list[Found] = []
    left = free.copy()
    part = np.flatnonzero(left)
    part = part[np.bincount(rows.group[part], minlength=1)[rows.group[part]] >= 3] if len(part) else part
    by_amount = part[order.by(rows.group[part], rows.amount[part], rows.day[part])]
    logs = np.log(np.maximum(rows.amount[by_amount], 1))
    for width in (0.0, 0.012, 0.035):
        if out:
            inside = left[by_amount]
            by_amount, logs = by_amount[inside], logs[inside]
        if len(by_amount) < 3:
            break
        group = rows.group[by_amount]
        new = np.ones(len(by_amount), dtype=bool)
        new[1:] = (group[1:] != group[:-1]) | (np.diff(logs) > width + 1e-9)
        start = np.flatnonzero(new)
        size = np.diff(np.append(start, len(by_amount)))
        large = size >= 3
        many = np.bincount(group[start[large]], minlength=int(rows.group.max()) + 1)
        keep = np.repeat(large, size)
        at, cluster = by_amount[keep], np.repeat(np.arange(int(large.sum())), size[large])
        if not len(at):
            continue
        at = at[order.by(cluster, rows.day[at])]
        tries = np.log10(np.maximum(many, 1)) + (0.0 if width == 0 else 1.5)
        found = _search(rows, at, cluster, CLUSTER, None, tries)
        out.extend(found)
        for f in found:
            left[f.rows] = False
    return out


def alternating(rows: Rows, free: Flags) -> list[Found]:
    """Two agreements of one price at one merchant: its equal `free` charges, every other one taken, are each an agreement."""
    import numpy as np

    part = np.flatnonzero(free)
    if len(part) < 6:
        return []
    part = part[order.by(rows.group[part], rows.amount[part], rows.day[part])]
    new = np.ones(len(part), dtype=bool)
    new[1:] = (np.diff(rows.group[part]) != 0) | (np.diff(rows.amount[part]) != 0)
    start = np.flatnonzero(new)
    size = np.diff(np.append(start, len(part)))
    months = (rows.day[part[start + size - 1]] - rows.day[part[start]]) / cal.MONTH
    twice = (size >= 6) & (size >= 1.7 * months) & (size <= 2.3 * (months + 1))
    if not twice.any():
        return []
    keep = np.repeat(twice, size)
    at, turn = part[keep], (np.arange(len(part)) - np.repeat(start, size))[keep] % 2
    label = np.repeat(np.arange(int(twice.sum())), size[twice]) * 2 + turn
    sort = order.by(label, rows.day[at])
    found = _search(rows, at[sort], label[sort], CLUSTER, None, np.full(int(rows.group.max()) + 1, np.log10(2.0)))
    # One of the two alone could be chance: of every other charge of a habit, some half looks regular.
    pair_of = np.zeros(len(free), dtype=np.int64)
    pair_of[at] = label // 2
    owner = np.array([pair_of[f.rows[0]] for f in found], dtype=np.int64)
    both = np.bincount(owner, minlength=1)[owner] == 2
    return [f for f, two in zip(found, both, strict=True) if two]


def rest(rows: Rows, free: Flags, used: Flags) -> list[Found]:
    """Agreements that what is left of a merchant is as it stands, its other agreements taken away: a bill for use beside a fixed fee."""
    import numpy as np

    has = np.bincount(rows.group, weights=used) > 0
    part = np.flatnonzero(free & has[rows.group])
    if len(part) < REST:
        return []
    part = part[np.bincount(rows.group[part])[rows.group[part]] >= REST]
    return _search(rows, part, rows.group[part], CLUSTER, METERED, np.full(len(has), np.log10(2.0)), left=True)


def first_is_trial(rows: Rows) -> Flags:
    """Rows that are a merchant's first charge and at most 40 % of the second, which came within 45 days."""
    import numpy as np

    n = len(rows.day)
    out = np.zeros(n, dtype=bool)
    if n > 1:
        first = np.ones(n, dtype=bool)
        first[1:] = rows.group[1:] != rows.group[:-1]
        out[:-1] = (
            first[:-1]
            & (rows.group[1:] == rows.group[:-1])
            & (rows.amount[:-1] * 5 <= rows.amount[1:] * 2)
            & (rows.day[1:] - rows.day[:-1] <= 45)
        )
    return out


def _with_rows(f: Found, at: Ints) -> Found:
    from dataclasses import replace

    return replace(f, rows=at)


def _search(rows: Rows, part: Ints, label: Ints, same: Need, metered: Need | None, tries: Floats, *, left: bool = False) -> list[Found]:
    """The segments of `part` (sorted by `label`, then day) that are one agreement, each on its best beat.

    `tries`: per group what its choice costs (log10), or empty. `left`: the segments are all that a merchant's other agreements leave.
    """
    import numpy as np

    if not len(part):
        return []
    new = np.ones(len(part), dtype=bool)
    new[1:] = label[1:] != label[:-1]
    seg = np.cumsum(new) - 1
    size = np.bincount(seg)
    start = np.flatnonzero(new)
    group = rows.group[part[start]]
    median, steady = _gaps(rows.day[part], seg, len(size))
    wide = rows.day[part[start + size - 1]] - rows.day[part[start]] >= 13
    possible = (size >= 3) & wide
    plans = _plans(median, steady, size, possible)
    tried = np.logical_or.reduce([mask for _, mask, _ in plans])[seg]
    part, seg = part[tried], seg[tried]
    habit = _one_weekday(rows) if len(tries) else np.zeros(0, dtype=bool)
    best: dict[int, Found] = {}
    chosen = np.full(len(size), np.inf)
    for beat, mask, days in plans:
        ids = np.flatnonzero(mask)
        if not len(ids):
            continue
        renumber = np.full(len(size), -1)
        renumber[ids] = np.arange(len(ids))
        inside = mask[seg]
        at, own = part[inside], renumber[seg[inside]]
        fit = cal.fit(rows.day[at], own, len(ids), beat, None if days is None else days[ids])
        desc = am.describe(rows.amount[at], fit.on, own, len(ids))
        shop = np.bincount(own, weights=rows.shop[at], minlength=len(ids)) > 0.5 * size[ids]
        cost = tries[group[ids]] if len(tries) else np.zeros(len(ids))
        odds = fit.odds + cost
        if len(tries) and beat.days in (14, 28):
            # Of a habit's own weekday every second or fourth comes round by itself: not the day is chance, only the week.
            odds = odds + habit[group[ids]] * np.maximum(fit.hits - 2, 0) * np.log10(7.0)
        ok = _enough(fit, desc, odds, shop, same, metered, size[ids], chosen=bool(len(tries)), left=left)
        # Simpler rhythms first: a beat of its own days must beat the calendar clearly.
        rank = odds + (0.3 if beat is cal.THIRTY else 0.8 if beat is cal.EVERY_N else 0.0) - 1e-6 * beat.days
        better = ok & (rank < chosen[ids])
        chosen[ids[better]] = rank[better]
        bounds = np.searchsorted(own, np.arange(len(ids) + 1))
        for k in np.flatnonzero(better):
            a, b = bounds[k], bounds[k + 1]
            mine = at[a:b][fit.on[a:b]]
            best[int(ids[k])] = Found(
                mine, beat, float(fit.days[k]), float(fit.phase[k]), int(desc.model[k]), int(fit.hits[k]), int(fit.span[k]),
                float(fit.sd[k]), float(odds[k]), 0.0, int(fit.strays[k]),
            )  # fmt: skip
    return [best[k] for k in sorted(best)]


def _one_weekday(rows: Rows) -> Flags:
    """Per group whether it has eight charges or more, six in ten of them on one weekday."""
    import numpy as np

    count = int(rows.group.max()) + 1
    days = np.bincount(rows.group * 7 + rows.day % 7, minlength=count * 7).reshape(count, 7)
    total = days.sum(axis=1)
    out: Flags = (total >= 8) & (days.max(axis=1) >= WEEKDAY * total)
    return out


def _gaps(day: Ints, seg: Ints, count: int) -> tuple[Floats, Floats]:
    """Per segment the median gap in days, and the share of gaps within 1.5 days of it."""
    import numpy as np

    gap = np.diff(day)
    inside = seg[1:] == seg[:-1]
    gap, owner = gap[inside], seg[1:][inside]
    keep = gap > 0
    gap, owner = gap[keep], owner[keep]
    gap = gap[order.by(owner, gap)]
    n = np.bincount(owner, minlength=count)
    start = np.concatenate([[0], np.cumsum(n)[:-1]])
    median = np.zeros(count)
    has = n > 0
    median[has] = gap[(start + (n - 1) // 2)[has]]
    close = np.bincount(owner, weights=np.abs(gap - median[owner]) <= 1.5, minlength=count)
    return median, close / np.maximum(n, 1)


def _plans(median: Floats, steady: Floats, size: Ints, possible: Flags) -> list[tuple[Beat, Flags, Floats | None]]:
    """The beats to try, each with the segments to try it on."""
    import numpy as np

    masks: dict[str, tuple[Beat, Flags]] = {}
    for low, high, beats in cal.TRIED:
        hit = possible & (median >= low) & (median <= high)
        for beat in beats:
            name = f"{beat.name}/{beat.days}"
            masks[name] = (beat, masks[name][1] | hit if name in masks else hit)
    plans: list[tuple[Beat, Flags, Floats | None]] = [(beat, mask, None) for beat, mask in masks.values()]
    own = possible & (size >= 5) & (steady >= 0.8) & (median >= 5) & (median <= 200)
    own &= ~np.isin(median, (7, 14, 28, 30, 31))
    plans.append((cal.EVERY_N, own, np.maximum(median, 1.0)))
    return plans


def _enough(
    fit: cal.Fit, desc: am.Amounts, odds: Floats, shop: Flags, same: Need, metered: Need | None, size: Ints, *, chosen: bool, left: bool
) -> Flags:
    import numpy as np

    fill = fit.hits / np.maximum(fit.span, 1)
    straight = fit.strays <= np.maximum(0, size // 8)
    is_metered = desc.model == am.METERED
    # Many holes are forgiven where the calendar alone is overwhelming.
    full = (fill >= same.fill) | ((fill >= 0.33) & (odds <= -6))
    if fit.beat.days in (7, 14):
        # A habit has its weekday as well: what is left out at will (a market, a class) is none, at a till or among other prices.
        full &= (fill >= WEEKS) | (~shop & (not chosen) & (fill >= same.fill))
    ok = ~is_metered & (fit.hits >= np.where(shop, same.shop_hits, same.hits)) & full
    # At a till three charges must fall within two days of the due day; the more charges, the less exact each.
    till = np.maximum(same.shop_odds, -1.2 * (fit.hits - 2))
    # Three charges that are all there is, one in each slot: the calendar need not be exact as well.
    simple = (fit.hits == 3) & (fit.span == 3) & (fit.strays == 0) & (size == 3) & (desc.model != am.STEPPED)
    simple &= (not chosen) | (left & (desc.model == am.FIXED))
    ok &= (odds <= np.where(shop, till, same.odds)) | (simple & ~shop)
    ok &= (fit.hits > 3) | (fit.span <= 4)
    if metered is not None and fit.beat.days >= 27:
        ok |= (
            is_metered
            & (fit.hits >= np.where(shop, metered.shop_hits, metered.hits))
            & (fill >= metered.fill)
            & (odds <= np.where(shop, metered.shop_odds, metered.odds))
            & (desc.spread <= np.log(8.0))
        )
    out: Flags = ok & straight
    return out
