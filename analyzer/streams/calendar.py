"""The calendar comb: which slots of a rhythm a row of days falls into, and how far off.

Two families. A month comb has one due day of the month, clipped to the month's end, every 1, 2, 3, 6 or 12
months. A day comb has a fixed number of days. All functions work on many segments at once: `day` holds days
since 1970, `seg` the number of the segment (0, 1, 2 ... in order) each belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyzer.model import CadenceName

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]
    Ints = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

MONTH = 30.436875
"""Mean days of a month in the Gregorian calendar."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One rhythm the comb tries: a name, its days, the months of a slot (0: a day comb), the days off that are forgiven."""

    name: CadenceName
    days: float
    months: int
    early: float
    late: float


WEEKLY = Beat("weekly", 7, 0, 1.6, 3.2)
BIWEEKLY = Beat("biweekly", 14, 0, 2.5, 3.4)
SEMIMONTHLY = Beat("semimonthly", MONTH / 2, 0, 3, 3)
FOUR_WEEKLY = Beat("4-weekly", 28, 0, 3, 3.6)
THIRTY = Beat("every-n-days", 30, 0, 3, 3.6)
MONTHLY = Beat("monthly", MONTH, 1, 3.6, 4.4)
BIMONTHLY = Beat("bimonthly", 2 * MONTH, 2, 3.6, 4.4)
QUARTERLY = Beat("quarterly", 3 * MONTH, 3, 3.6, 4.4)
SEMIANNUAL = Beat("semiannual", 6 * MONTH, 6, 4.6, 5.4)
ANNUAL = Beat("annual", 12 * MONTH, 12, 5.6, 6.4)
EVERY_N = Beat("every-n-days", 0, 0, 1.6, 1.6)
"""A day comb whose days come from the segment itself."""

TRIED: tuple[tuple[float, float, tuple[Beat, ...]], ...] = (
    (5.0, 9.0, (WEEKLY,)),
    (11.5, 18.0, (BIWEEKLY, SEMIMONTHLY, WEEKLY)),
    (19.5, 22.5, (WEEKLY,)),
    (24.0, 36.0, (MONTHLY, FOUR_WEEKLY, THIRTY, BIWEEKLY)),
    (40.0, 44.0, (BIWEEKLY,)),
    (52.0, 68.0, (BIMONTHLY, MONTHLY, FOUR_WEEKLY)),
    (80.0, 104.0, (QUARTERLY, MONTHLY)),
    (115.0, 128.0, (BIMONTHLY, MONTHLY)),
    (170.0, 196.0, (SEMIANNUAL, QUARTERLY)),
    (345.0, 385.0, (ANNUAL,)),
)
"""Median gap from, to (days) → the beats worth trying. A missed slot doubles a gap, so shorter beats are tried as well."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How segments sit on one beat. Arrays a row: `slot`, `off` (days late), `on` (first within its slot and near enough).
    Arrays a segment: `hits` slots filled, `strays` rows not on the comb, `span` slots from first to last, `sd` of `off`,
    `odds` log10 of the chance that unrelated charges fall like this, `phase`, `days`."""

    beat: Beat
    slot: Ints
    off: Floats
    on: Flags
    hits: Ints
    strays: Ints
    span: Ints
    sd: Floats
    odds: Floats
    phase: Floats
    days: Floats


def month_parts(day: Ints) -> tuple[Ints, Ints, Ints]:
    """Months since January 1970, day of the month from 0, and the first day of that month as days since 1970."""
    import numpy as np

    months = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    low, firsts = _firsts(months)
    first = firsts[months - low]
    return months, day - first, first


def _firsts(month: Ints) -> tuple[int, Ints]:
    """The earliest of `month`, and the first days of it and all later ones up to the one after the last."""
    import numpy as np

    low, high = (int(month.min()), int(month.max())) if len(month) else (0, 0)
    return low, np.arange(low, high + 2).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def month_days(month: Ints, phase: Floats) -> Floats:
    """The due day (days since 1970) in `month` of a comb with `phase` (day of the month from 0), clipped to the month's end."""
    import numpy as np

    low, firsts = _firsts(month)
    length = np.diff(firsts)
    at = month - low
    due: Floats = firsts[at] + np.minimum(phase, length[at] - 1)
    return due


def fit(day: Ints, seg: Ints, count: int, beat: Beat, days: Floats | None = None) -> Fit:
    """Fit one beat to every segment.

    The phase is the circular mean of the charges, taken once more over those near it. The odds are those of
    `hits` charges falling into windows as narrow as theirs, two being free (they set phase and beat):
    `(hits - 2) * log10(window / days)`; every stray pays for the freedom to leave it out.
    """
    import numpy as np

    period = np.full(count, beat.days) if days is None else days
    if beat.months:
        slot, off, phase = _on_months(day, seg, count, beat)
    else:
        slot, off, phase = _on_days(day, seg, count, beat, period)
    near = (off >= -beat.early) & (off <= beat.late)
    if beat.months > 1:
        # The months of the year that are due: those most charges agree on.
        rest = slot % beat.months
        votes = np.bincount(seg * beat.months + rest, weights=near, minlength=count * beat.months).reshape(count, beat.months)
        near &= rest == votes.argmax(axis=1)[seg]
        slot = slot // beat.months
    new = np.ones(len(day), dtype=bool)
    last_slot = _previous(slot, near, seg)
    new[near] = last_slot[near] != slot[near]
    on = near & new
    hits = np.bincount(seg, weights=on, minlength=count).astype(np.int64)
    total = np.bincount(seg, minlength=count)
    safe = np.maximum(hits, 1)
    mean = np.bincount(seg, weights=np.where(on, off, 0.0), minlength=count) / safe
    second = np.bincount(seg, weights=np.where(on, off * off, 0.0), minlength=count) / safe
    sd = np.sqrt(np.maximum(second - mean * mean, 0.0))
    low, high = _ends(slot, on, seg, count)
    span = np.where(hits > 0, high - low + 1, 0)
    window = np.minimum(1.0 + 3.0 * sd, period * 0.95)
    strays = total - hits
    odds = np.maximum(hits - 2, 0) * np.log10(window / np.maximum(period, 1.0)) + strays * np.log10(total + 1.0)
    return Fit(beat, slot, off, on, hits, strays, span, sd, odds, phase, period)


def _on_months(day: Ints, seg: Ints, count: int, beat: Beat) -> tuple[Ints, Floats, Floats]:
    import numpy as np

    month, dom, _ = month_parts(day)
    phase = _circular(dom / MONTH, seg, count) * MONTH
    for again in (True, False):
        best_slot, best_off = month, np.full(len(day), 1e9)
        for shift in (0, -1, 1):
            off = day - month_days(month + shift, phase[seg])
            closer = np.abs(off) < np.abs(best_off)
            best_slot, best_off = np.where(closer, month + shift, best_slot), np.where(closer, off, best_off)
        if again:
            near = np.abs(best_off) <= beat.late + 1
            near_count = np.maximum(np.bincount(seg, weights=near, minlength=count), 1)
            shift_by = np.bincount(seg, weights=np.where(near, best_off, 0.0), minlength=count) / near_count
            phase = np.mod(phase + shift_by + 0.5, MONTH) - 0.5
    return best_slot, best_off, phase


def _on_days(day: Ints, seg: Ints, count: int, beat: Beat, period: Floats) -> tuple[Ints, Floats, Floats]:
    import numpy as np

    turns = day / period[seg]
    phase = _circular(turns, seg, count)
    for again in (True, False):
        slot = np.rint(turns - phase[seg])
        off = (turns - phase[seg] - slot) * period[seg]
        if again:
            near = np.abs(off) <= beat.late + 1
            near_count = np.maximum(np.bincount(seg, weights=near, minlength=count), 1)
            phase = phase + np.bincount(seg, weights=np.where(near, off, 0.0), minlength=count) / near_count / period
    return slot.astype(np.int64), off, phase * period


def _circular(turns: Floats, seg: Ints, count: int) -> Floats:
    """Mean of the fractional parts of `turns` on the circle, 0..1, per segment."""
    import numpy as np

    angle = 2 * np.pi * turns
    x = np.bincount(seg, weights=np.cos(angle), minlength=count)
    y = np.bincount(seg, weights=np.sin(angle), minlength=count)
    out: Floats = np.mod(np.arctan2(y, x) / (2 * np.pi), 1.0)
    return out


def _previous(slot: Ints, near: Flags, seg: Ints) -> Ints:
    """Per row the slot of the row before it that is `near` and in the same segment; a slot no row has where there is none."""
    import numpy as np

    none = np.iinfo(np.int64).min
    out = np.full(len(slot), none)
    at = np.flatnonzero(near)
    if len(at) > 1:
        same = seg[at[1:]] == seg[at[:-1]]
        out[at[1:]] = np.where(same, slot[at[:-1]], none)
    return out


def _ends(slot: Ints, on: Flags, seg: Ints, count: int) -> tuple[Ints, Ints]:
    """First and last slot with a charge on the comb, per segment (rows are in order of days)."""
    import numpy as np

    low, high = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    at = np.flatnonzero(on)
    high[seg[at]] = slot[at]
    low[seg[at[::-1]]] = slot[at[::-1]]
    return low, high
