"""Checks of the rows against balances and totals that the file itself prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

MOST_GROUPS = 50
"""Accounts or currencies in a file, each with a balance of its own; a column of more different cells is none of them."""


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


def runs_backwards(days: np.ndarray) -> bool | None:
    """Whether rows run from new to old; None where their days do not tell."""
    if len(days) < 2 or days[0] == days[-1]:
        return None
    falling, rising = bool((days[1:] <= days[:-1]).all()), bool((days[1:] >= days[:-1]).all())
    return falling if falling != rising else None


def chain(
    amounts: np.ndarray,
    balances: np.ndarray,
    printed: np.ndarray,
    *,
    before: bool = False,
    signs: tuple[int, ...] = (1, -1),
    backwards: bool | None = None,
    groups: np.ndarray | None = None,
) -> Chain:
    """The reading order and sign under which a running balance follows best.

    Args:
        amounts: units per row, in the order of the file.
        balances: units per row, valid where `printed`.
        printed: rows that print a balance.
        before: the balance is the one before the row, not after it.
        signs: directions to try, the likelier first.
        backwards: whether the file runs from new to old; None tries both.
        groups: a number per row; rows of one number have a balance of their own.
    """
    import numpy as np

    order = None
    if groups is not None:
        order = np.argsort(groups, kind="stable")
        amounts, balances, printed, groups = amounts[order], balances[order], printed[order], groups[order]
    rows = np.flatnonzero(printed)
    if len(rows) < 2:
        return Chain(0, 0, 1, False)
    within = np.ones(len(rows) - 1, dtype=bool) if groups is None else np.diff(groups[rows]) == 0
    after = np.cumsum(amounts)
    ahead = after - amounts
    step = np.diff(balances[rows])
    best: Chain | None = None
    for sign in signs:
        for newest in (False, True) if backwards is None else (backwards,):
            base = after if newest == before else ahead
            moved = np.diff(base[rows]) * (-1 if newest else 1)
            agree = step == sign * moved
            fits = int((agree & within).sum())
            if best is None or fits > best.fits:
                wrong = rows[np.flatnonzero(~agree & within)[:20] + (0 if newest else 1)]
                at = wrong if order is None else order[wrong]
                best = Chain(int(within.sum()), fits, sign, newest, tuple(at.tolist()))
    assert best is not None
    return best


def deltas(amounts: np.ndarray, balances: np.ndarray, printed: np.ndarray, *, backwards: bool | None = None) -> np.ndarray | None:
    """The direction of each unsigned amount as the balance shows it: -1, 0 or +1 per row.

    None where the balance does not follow, or where it follows in both orders of reading with different answers.
    The first row in time has no step before it; it gets 0 where its own balance does not tell.
    """
    import numpy as np

    if len(amounts) < 3 or not printed.all():
        return None
    found: list[np.ndarray] = []
    for newest in (False, True) if backwards is None else (backwards,):
        a, b = (amounts[::-1], balances[::-1]) if newest else (amounts, balances)
        step = np.diff(b)
        if not (np.abs(step) == np.abs(a[1:])).all() or not step.any():
            continue
        first = np.sign(b[0]) if abs(int(b[0])) == abs(int(a[0])) else 0
        ways = np.concatenate(([first], np.sign(step))).astype(np.int64)
        found.append(ways[::-1] if newest else ways)
    return found[0] if len(found) == 1 else None
