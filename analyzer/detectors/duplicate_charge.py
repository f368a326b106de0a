"""Rule: one merchant, one amount, twice within a day, where that is not the holder's habit."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.detectors.base import Context, Draft

HABIT = 0.08
"""Share of a merchant's charges above which doubles are the holder's habit (two coffees, two fares)."""


class DuplicateCharge:
    """The same charge twice."""

    name = "duplicate-charge"

    def find(self, context: Context) -> Iterable[Draft]:
        """One draft for each double that was not paid back. At a till a double must not be small for this card."""
        import numpy as np

        t = context.rows
        if len(t.day) < 2:
            return
        double = (t.group[1:] == t.group[:-1]) & (t.amount[1:] == t.amount[:-1]) & (np.diff(t.day) <= 1)
        size = np.bincount(t.group)
        share = np.bincount(t.group[1:], weights=double, minlength=len(size)) / size
        for at in np.flatnonzero(double):
            rows = (int(t.position[at]), int(t.position[at + 1]))
            n = size[t.group[at]]
            in_stream = rows[0] in context.in_streams or rows[1] in context.in_streams
            if share[t.group[at]] > HABIT and n > 3 and not in_stream:
                continue
            if not in_stream and (t.amount[at] < context.typical[at] or (t.shop[at] and n > 12)):
                continue
            if context.refunds(rows):
                continue
            yield self._draft(context, rows, in_stream, int(t.amount[at]))

    def _draft(self, context: Context, rows: tuple[int, int], in_stream: bool, amount: int) -> Draft:
        same_day = context.days[rows[0]] == context.days[rows[1]]
        when = f"on {context.iso(rows[0])}" if same_day else f"on {context.iso(rows[0])} and {context.iso(rows[1])}"
        evidence = []
        if same_day:
            evidence.append(("same-day", ""))
        if context.raw[rows[0]] == context.raw[rows[1]]:
            evidence.append(("same-text", "word for word the same text"))
        if in_stream:
            evidence.append(("in-a-stream", "this merchant charges once a period"))
        said = (f"{context.amount(amount, rows[0])} twice {when}, and nothing came back",)
        number = context.in_streams.get(rows[0], context.in_streams.get(rows[1], -1))
        stream = context.streams[number] if number >= 0 else None
        return Draft("duplicate-charge", self.name, rows, tuple(evidence), "duplicate", said, stream, at_risk=amount)
