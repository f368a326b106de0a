"""Amount models: exact, within exchange-rate wobble, in steps, metered. Many segments at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from analyzer.streams.calendar import Flags, Floats, Ints

WOBBLE = 0.085
"""Largest ln-ratio of two charges in a row that an exchange rate explains (two draws within 4 % of the mean)."""
RANGE = 0.16
"""Largest ln-ratio of the dearest to the cheapest charge of one price."""
FIXED, FX, STEPPED, METERED = 0, 1, 2, 3
MODELS = ("fixed", "fx", "stepped", "metered")


@dataclass(frozen=True, slots=True)
class Amounts:
    """Per segment: `model` (index into `MODELS`), `spread` ln(dearest/cheapest), `equal` share of repeats of the charge before."""

    model: np.ndarray[Any, np.dtype[np.int8]]
    spread: Floats
    equal: Floats


def describe(amount: Ints, on: Flags, seg: Ints, count: int) -> Amounts:
    """The amount model of every segment, from its rows that are `on` the comb, in order of days."""
    import numpy as np

    at = np.flatnonzero(on)
    logs = np.log(np.maximum(amount[at], 1).astype(np.float64))
    owner = seg[at]
    high, low = np.full(count, -np.inf), np.full(count, np.inf)
    np.maximum.at(high, owner, logs)
    np.minimum.at(low, owner, logs)
    spread = np.where(np.isfinite(high), high - low, 0.0)
    same = owner[1:] == owner[:-1]
    moves = np.abs(np.diff(logs))[same]
    whose = owner[1:][same]
    pairs = np.maximum(np.bincount(whose, minlength=count), 1)
    equal = np.bincount(whose, weights=moves < 1e-9, minlength=count) / pairs
    big = np.bincount(whose, weights=moves > WOBBLE, minlength=count)
    n = np.bincount(owner, minlength=count)
    model = np.full(count, METERED, dtype=np.int8)
    # One price rise in five charges; a single odd amount costs two moves.
    few = (big <= np.maximum(1, (n - 1) // 5)) & (spread <= np.log(3.0)) & ((n >= 4) | (equal >= 0.5))
    model[few] = STEPPED
    model[(big == 0) & (spread <= RANGE)] = FX
    model[(big == 0) & (spread > RANGE) & few] = STEPPED
    small = (model == FX) & (equal >= 0.6) & (spread > 0.004)
    model[small] = STEPPED
    model[spread < 1e-9] = FIXED
    return Amounts(model, spread, equal)
