"""Checks of the rows against balances and totals that the file itself prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Chain:
    """How a running balance follows the rows.

    `checks` steps between printed balances, of which `fits` agree; `sign` is -1 where the balance falls as amounts
    rise; `breaks` are the positions of rows whose balance does not follow.
    """

    checks: int
    fits: int
    sign: int
    newest_first: bool
    breaks: tuple[int, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether every step agrees, and there is one."""
        return self.checks > 0 and self.fits == self.checks


def chain(
    amounts: np.ndarray, balances: np.ndarray, printed: np.ndarray, *, before: bool = False, signs: tuple[int, ...] = (1, -1)
) -> Chain:
    """The reading order and sign under which a running balance follows best.

    Args:
        amounts: units per row, in the order of the file.
        balances: units per row, valid where `printed`.
        printed: rows that print a balance.
        before: the balance is the one before the row, not after it.
        signs: directions to try.
    """
    import numpy as np

    rows = np.flatnonzero(printed)
    if len(rows) < 2:
        return Chain(0, 0, 1, False)
    after = np.cumsum(amounts)
    ahead = after - amounts
    step = np.diff(balances[rows])
    best: Chain | None = None
    for newest in (False, True):
        base = after if newest == before else ahead
        moved = np.diff(base[rows]) * (-1 if newest else 1)
        for sign in signs:
            agree = step == sign * moved
            fits = int(agree.sum())
            if best is None or fits > best.fits:
                wrong = np.flatnonzero(~agree)[:20]
                best = Chain(len(step), fits, sign, newest, tuple(int(rows[w + (0 if newest else 1)]) for w in wrong))
    assert best is not None
    return best


def deltas(amounts: np.ndarray, balances: np.ndarray, printed: np.ndarray) -> tuple[np.ndarray, bool] | None:
    """The direction of each unsigned amount as the balance shows it; None where the balance does not follow.

    Returns:
        -1, 0 or +1 per row, and whether the file runs from new to old. The first row in time has no step before
        it; it gets 0 where its balance does not tell.
    """
    import numpy as np

    if len(amounts) < 3 or not printed.all():
        return None
    for newest in (False, True):
        a, b = (amounts[::-1], balances[::-1]) if newest else (amounts, balances)
        step = np.diff(b)
        if not (np.abs(step) == np.abs(a[1:])).all() or not step.any():
            continue
        first = np.sign(b[0]) if abs(int(b[0])) == abs(int(a[0])) else 0
        found = np.concatenate(([first], np.sign(step))).astype(np.int64)
        return (found[::-1] if newest else found), newest
    return None
