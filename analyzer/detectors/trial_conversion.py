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
            if numbers == {-1} and not alike:
                continue
            n = max(numbers)
            stream = context.streams[n] if n >= 0 else None
            decision = context.decided[n] if stream is not None else context.lone_cover(full)
            if decision is not None and decision.verdict != "never-authorized":
                continue
            yield self._draft(context, rows, n)

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
        if -int(context.minor[rows[0]]) > TOKEN * int(context.typical[context.place[rows[0]]]):
            evidence.append(("no-token", ""))
        if stream is not None and stream.status == "ended":
            evidence.append(("ended", ""))
        return Draft("trial-conversion", self.name, tuple(rows), tuple(evidence), "unauthorized", stream=stream)
