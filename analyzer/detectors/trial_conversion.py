"""Rule: a small first charge at a merchant never seen before, then the full price."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.detectors import clues
from analyzer.detectors.base import Context, Draft

MOST = 40
"""Charges of a merchant above which it is no trial but a shop with a cheap first visit."""
ALIKE = 1.06
"""Full charges that are no stream yet must be one price: the dearest at most this many times the cheapest."""
TOKEN = 0.35
"""Largest first charge, as a share of the account's median charge, that is a mere token."""
BESIDE = 0.125
"""The same as a share of the full price."""
A_MONTH = (26, 35)
"""Days after an introductory price, which is no token, until the full one is due."""
_SHOPPING = {"marketplace-purchase", "digital-purchase", "app-store", "facilitator"}


class TrialConversion:
    """A trial that turned into the full price, at the first full charge."""

    name = "trial-conversion"

    def find(self, context: Context) -> Iterable[Draft]:
        """One draft for each merchant that began with at most 40 % of what it charged within 45 days, and whose other charges
        are a stream, or one price."""
        import numpy as np

        from analyzer.streams.comb import first_is_trial

        table = context.rows
        for at in np.flatnonzero(first_is_trial(table)):
            a, b = context.group(int(table.position[at]))
            rows = [int(r) for r in table.position[a:b]]
            listed = context.reading(rows[0]).listed
            if len(rows) > MOST or table.shop[a:b].any() or (listed is not None and listed.kind in _SHOPPING):
                continue
            full = rows[1:]
            numbers = {context.in_streams.get(r, -1) for r in full}
            alike = int(table.amount[a + 1 : b].max()) <= ALIKE * int(table.amount[a + 1 : b].min())
            if numbers == {-1} and not (alike and self._like_a_trial(context, rows)):
                continue
            n = max(numbers)
            if n >= 0 and sum(context.in_streams.get(r) == n for r in full) < len(full) - len(full) // 8:
                continue
            stream = context.streams[n] if n >= 0 else None
            decision = context.decided[n] if stream is not None else context.lone_cover(full)
            if decision is not None and decision.verdict != "never-authorized":
                continue
            yield self._draft(context, rows, n)

    def _like_a_trial(self, context: Context, rows: list[int]) -> bool:
        """Whether the first charge is a token, for this card or beside the full one, or the full one is a usual price that came
        at the end of a usual trial, or any that came a month later.

        Else it is any shop's second purchase.
        """
        gap, full = int(context.days[rows[1]] - context.days[rows[0]]), -int(context.minor[rows[1]])
        if self._token(context, rows[0]) or -int(context.minor[rows[0]]) <= BESIDE * full or A_MONTH[0] <= gap <= A_MONTH[1]:
            return True
        return clues.is_a_price(full) and any(abs(gap - usual) <= 1 for usual in clues.TRIAL_GAPS)

    def _token(self, context: Context, row: int) -> bool:
        return -int(context.minor[row]) <= TOKEN * int(context.typical[context.place[row]])

    def _draft(self, context: Context, rows: list[int], n: int) -> Draft:
        stream = context.streams[n] if n >= 0 else None
        decision = context.decided[n] if n >= 0 else None
        gap = int(context.days[rows[1]] - context.days[rows[0]])
        small, full = (context.amount(-int(context.minor[r]), r) for r in rows[:2])
        evidence: list[clues.Clue] = [
            ("trial-before", f"{small} on {context.iso(rows[0])}, then {full} on {context.iso(rows[1])}, {gap} days later"),
            *clues.said(context, decision, ""),
            *clues.history(context, rows, business=False),
            *clues.descriptor(context, rows),
            *clues.price(context, rows),
        ]
        if any(abs(gap - usual) <= 1 for usual in clues.TRIAL_GAPS):
            evidence.append(("trial-gap", f"{gap} days is a usual length of a trial"))
        elif len(rows) == 2:
            evidence.append(("one-full-charge", ""))
        if not self._token(context, rows[0]):
            evidence.append(("no-token", ""))
        usual = any(clues.is_a_price(-int(context.minor[r])) for r in rows[:2])
        if not (usual or context.abroad[rows[1]]):
            evidence.append(("odd-prices", "neither amount is a usual price, so these may be two purchases"))
        if stream is not None and stream.status == "ended":
            evidence.append(("ended", ""))
        return Draft("trial-conversion", self.name, tuple(rows), tuple(evidence), "unauthorized", stream=stream)
