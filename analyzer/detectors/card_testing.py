"""Rule: several tiny charges at merchants never seen before, within two days: someone tries whether the card works."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.detectors.base import Context, Draft

TINY = 0.05
"""Largest tiny charge, as a share of the charge that three in four of the account's are below; a large one reaches it."""
WINDOW, AFTER = 2, 3
"""Days within which the tiny charges fall, and within which a large one may follow."""


class CardTesting:
    """Tiny charges at new merchants in a row, as when a stolen number is tried."""

    name = "card-testing"

    def find(self, context: Context) -> Iterable[Draft]:
        """One draft for each run of two or more tiny first charges at different merchants, none of which the holder goes
        back to; two alone count only when a large charge at a new merchant follows."""
        import numpy as np

        t = context.rows
        if not len(t.day):
            return
        first = np.append(True, t.group[1:] != t.group[:-1])
        account, ample = context.owner, context.ample
        size = np.bincount(t.group)[t.group]
        tiny = first & ~t.shop & (t.amount <= TINY * ample) & (size <= 2)
        at = np.flatnonzero(tiny)
        at = at[np.lexsort((t.position[at], t.day[at], account[at]))]
        if len(at) < 2:
            return
        new = np.append(True, (np.diff(account[at]) != 0) | (np.diff(t.day[at]) > WINDOW))
        for run in np.split(at, np.flatnonzero(new)[1:]):
            if len(run) < 2 or t.day[run[-1]] - t.day[run[0]] > 2 * WINDOW:
                continue
            end = t.day[run[-1]]
            large = np.flatnonzero(
                first & (account == account[run[0]]) & (t.day >= end) & (t.day <= end + AFTER) & (t.amount >= ample) & ~t.shop & (size <= 2)
            )
            if len(run) >= 3 or len(large):
                yield self._draft(context, [int(r) for r in t.position[run]], [int(r) for r in t.position[large[:1]]])

    def _draft(self, context: Context, tiny: list[int], large: list[int]) -> Draft:
        top = max(-int(context.minor[r]) for r in tiny)
        said = (f"{len(tiny)} charges of at most {context.amount(top, tiny[0])} at merchants never seen before, {context.iso(tiny[0])}",)
        evidence = []
        if len(tiny) >= 3:
            evidence.append(("small-charges", ""))
        if large:
            amount = context.amount(-int(context.minor[large[0]]), large[0])
            evidence.append(("large-follows", f"then {amount} at another new merchant on {context.iso(large[0])}"))
        return Draft("card-testing", self.name, tuple(tiny + large), tuple(evidence), "unauthorized", said)
