"""What belongs together after the search: prices that stepped, odd charges on a stream's own calendar, and pairs.

Works group by group, only where a merchant has streams and something left, or exactly two charges.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from analyzer.streams import amounts as am
from analyzer.streams import calendar as cal
from analyzer.streams.comb import Found, Rows

if TYPE_CHECKING:
    from analyzer.streams.calendar import Beat, Flags, Floats, Ints

STEP = 0.59
"""Largest ln-ratio (x 1.8) of one agreement's price before and after a step."""
NEARBY = 0.30
"""Largest ln-ratio (x 1.35) of an odd charge to the charges beside it."""
PAIRS: tuple[tuple[int, int, Beat], ...] = (
    (5, 9, cal.WEEKLY),
    (13, 15, cal.BIWEEKLY),
    (26, 34, cal.MONTHLY),
    (57, 64, cal.BIMONTHLY),
    (87, 95, cal.QUARTERLY),
    (178, 188, cal.SEMIANNUAL),
    (360, 370, cal.ANNUAL),
)
"""Days between two charges → the beat they suggest."""
PAIR_WOBBLE = 0.055
"""Largest ln-ratio of two charges, a month apart, that alone make a stream; a rate moves less in a week."""
QUIET = 2
"""Other charges a merchant may have beside a pair; none where the two are a week or two apart."""


def merge(rows: Rows, found: list[Found]) -> list[Found]:
    """`found` of one group with agreements joined whose price stepped: one ends, the next goes on with its calendar."""
    todo = sorted(found, key=lambda f: (int(rows.day[f.rows[0]]), int(rows.amount[f.rows[0]]), len(f.rows)))
    out: list[Found] = []
    for f in todo:
        fits = [(abs(_phase_gap(g, f)), n) for n, g in enumerate(out) if _continues(rows, g, f)]
        if fits:
            n = min(fits)[1]
            out[n] = _join(rows, out[n], f)
        else:
            out.append(f)
    return out


def _phase_gap(a: Found, b: Found) -> float:
    length = cal.MONTH if a.beat.months else a.days
    gap = abs(a.phase - b.phase) % length
    return min(gap, length - gap)


def _continues(rows: Rows, a: Found, b: Found) -> bool:
    if a.beat.name != b.beat.name or abs(a.days - b.days) > 1.5:
        return False
    gap = float(rows.day[b.rows[0]] - rows.day[a.rows[-1]])
    ratio = abs(_log(rows, b.rows[0]) - _log(rows, a.rows[-1]))
    return 0.5 * a.days < gap <= 2.6 * a.days and ratio <= STEP and _phase_gap(a, b) <= (4.0 if a.days > 20 else 1.6)


def _log(rows: Rows, at: int) -> float:
    from math import log

    return log(max(int(rows.amount[at]), 1))


def _join(rows: Rows, a: Found, b: Found) -> Found:
    import numpy as np

    at = np.concatenate([a.rows, b.rows])
    gap = round(float(rows.day[b.rows[0]] - rows.day[a.rows[-1]]) / a.days)
    model = am.describe(rows.amount[at], np.ones(len(at), dtype=bool), np.zeros(len(at), dtype=np.int64), 1).model[0]
    return replace(
        b,
        rows=at,
        model=int(model),
        hits=a.hits + b.hits,
        span=a.span + b.span + max(gap - 1, 0),
        sd=max(a.sd, b.sd),
        odds=a.odds + b.odds,
        strays=a.strays + b.strays,
    )


def place(day: Ints, f: Found) -> tuple[Ints, Floats]:
    """For `day`: the slot of `f`'s beat it is nearest to, and how many days late it is."""
    import numpy as np

    if not f.beat.months:
        turns = (day - f.phase) / f.days
        slot = np.rint(turns)
        return slot.astype(np.int64), (turns - slot) * f.days
    month, _, _ = cal.month_parts(day)
    best, late = month, np.full(len(day), 1e9)
    for shift in (0, -1, 1):
        off = day - cal.month_days(month + shift, np.full(len(day), f.phase))
        closer = np.abs(off) < np.abs(late)
        best, late = np.where(closer, month + shift, best), np.where(closer, off, late)
    return best, late


def extend(rows: Rows, f: Found, free: Ints) -> Found:
    """`f` with those `free` rows of its group that fall into its empty slots at about its price."""
    import numpy as np

    # Where the holder also shops, a chance purchase on the due day is likelier than an odd charge.
    allowed = NEARBY if len(free) <= max(2, len(f.rows) // 4) else am.WOBBLE / 2
    prices = np.log(np.maximum(rows.amount[f.rows], 1))
    other = np.log(np.maximum(rows.amount[free], 1))
    free = free[(other >= prices.min() - allowed) & (other <= prices.max() + allowed)]
    if not len(free):
        return f
    mine, _ = place(rows.day[f.rows], f)
    slot, late = place(rows.day[free], f)
    step = max(f.beat.months, 1)
    # One charge in eight may be later than the calendar forgives, where the merchant charges nothing else.
    alone = len(free) <= max(1, len(f.rows) // 8)
    slack = min(0.4 * f.days, f.beat.late + 4) if alone else f.beat.late
    taken, added = set(mine.tolist()), []
    for n in np.argsort(np.abs(late), kind="stable"):
        s = int(slot[n])
        on = min(-f.beat.early, f.beat.late - slack) <= late[n] <= slack and (s - int(mine[0])) % step == 0
        if not on or s in taken or s < min(taken) - 2 * step or s > max(taken) + 2 * step:
            continue
        nearest = f.rows[int(np.abs(rows.day[f.rows] - rows.day[free[n]]).argmin())]
        if abs(_log(rows, int(free[n])) - _log(rows, int(nearest))) <= allowed:
            taken.add(s)
            added.append(int(free[n]))
    if not added:
        return f
    at = np.sort(np.concatenate([f.rows, np.array(added, dtype=np.int64)]))
    model = am.describe(rows.amount[at], np.ones(len(at), dtype=bool), np.zeros(len(at), dtype=np.int64), 1).model[0]
    span = (max(taken) - min(taken)) // step + 1
    return replace(f, rows=at, model=int(model), hits=len(taken), span=span)


def pairs(rows: Rows, free: Flags) -> list[Found]:
    """Two charges of one amount, a calendar gap apart, at a merchant with nothing else left: early streams.

    A first charge of at most 40 % of the second within 45 days before it is a trial and goes with them.
    """
    import numpy as np

    part = np.flatnonzero(free)
    if len(part) < 2:
        return []
    size = np.bincount(rows.group[part])
    part = part[(size[rows.group[part]] >= 2) & (size[rows.group[part]] <= 2 + QUIET) & ~rows.shop[part]]
    out: list[Found] = []
    if not len(part):
        return out
    bounds = np.flatnonzero(np.diff(rows.group[part])) + 1
    for at in np.split(part, bounds):
        out.extend(_pair(rows, at))
    return out


def _wobble(beat: Beat, gap: int) -> float:
    """The largest ln-ratio of a pair: that of a random walk of the rate; none off the day of a short beat, none for long ones."""
    if beat is cal.MONTHLY:
        return PAIR_WOBBLE
    exact = beat.days < cal.MONTH and abs(gap - beat.days) <= 1
    return float(PAIR_WOBBLE * (beat.days / cal.MONTH) ** 0.5) if exact else 0.0


def _pair(rows: Rows, at: Ints) -> list[Found]:
    import numpy as np

    trial = len(at) > 2 and rows.amount[at[0]] * 5 <= rows.amount[at[1]] * 2 and rows.day[at[1]] - rows.day[at[0]] <= 45
    body = at[1:] if trial else at
    best: Found | None = None
    for i in range(len(body)):
        for j in range(i + 1, len(body)):
            ratio = abs(_log(rows, int(body[i])) - _log(rows, int(body[j])))
            gap = int(rows.day[body[j]] - rows.day[body[i]])
            beat = next((b for low, high, b in PAIRS if low <= gap <= high), None)
            alone = len(body) == 2
            if beat is None or ratio > (_wobble(beat, gap) if alone else 0.0):
                continue
            if beat.days < 27 and not alone:
                continue
            if beat is cal.MONTHLY:
                beat = _month_or_days(rows, int(body[i]), gap)
            two = body[[i, j]]
            fit = cal.fit(rows.day[two], np.zeros(2, dtype=np.int64), 1, beat)
            model = am.FIXED if ratio == 0 else am.FX
            odds = -1.0 if ratio == 0 else -0.5
            mine = np.concatenate([at[:1], two]) if trial and i == 0 else two
            f = Found(mine, beat, beat.days, float(fit.phase[0]), model, 2, 2, float(fit.sd[0]), odds, len(body) - 2)
            if best is None or (ratio, gap) < (best.odds, best.days):
                best = f
    return [best] if best is not None else []


def _month_or_days(rows: Rows, first: int, gap: int) -> Beat:
    """Monthly, unless the second charge came about 28 days later on another day of the month."""
    import numpy as np

    _, dom, _ = cal.month_parts(np.array([rows.day[first], rows.day[first] + gap]))
    return cal.FOUR_WEEKLY if gap <= 28 and abs(int(dom[0]) - int(dom[1])) > 1 else cal.MONTHLY
