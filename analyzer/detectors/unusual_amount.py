"""Rule: one charge of an agreement far above what it charged before."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.detectors.base import Context, Draft

RECENT = 120
"""Days before the day judged by within which an odd charge is news."""
TIMES = {"fixed": 1.5, "stepped": 1.8, "fx": 1.5, "metered": 2.5}
"""How many times the median of the charges before makes a charge unusual, by amount model."""


class UnusualAmount:
    """A charge far above what the agreement used to cost."""

    name = "unusual-amount"

    def find(self, context: Context) -> Iterable[Draft]:
        """One draft for each recent charge of a stream far above those before it."""
        for stream in context.streams:
            if len(stream.rows) < 4:
                continue
            amounts = [-int(context.minor[r]) for r in stream.rows]
            for i in range(max(3, len(amounts) - 4), len(amounts)):
                row = stream.rows[i]
                usual = sorted(amounts[:i])[i // 2]
                later = amounts[i + 1 :]
                stays = bool(later) and min(later) > 0.9 * amounts[i]  # a price that stays is a rise, not an oddity
                if amounts[i] > TIMES[stream.amount_model] * usual and not stays and context.day - int(context.days[row]) <= RECENT:
                    times = amounts[i] / usual
                    charge, before = context.amount(amounts[i], row), context.amount(usual, row)
                    said = (f"{charge} on {context.iso(row)}, {times:.1f} times the usual {before}",)
                    evidence = (("far-off", ""),) if times > 4 else ()
                    yield Draft("unusual-amount", self.name, (row,), evidence, "incorrect-amount", said, stream, at_risk=amounts[i] - usual)
