"""Rule: an agreement whose price stepped up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analyzer.detectors.base import Context, Draft

RECENT = 200
"""Days before the day judged by within which a rise is news."""
LEAST = 0.02
"""Smallest rise told, as a share."""


class PriceIncrease:
    """A price that rose."""

    name = "price-increase"

    def find(self, context: Context) -> Iterable[Draft]:
        """One draft for each running stream whose price stayed, rose lately, and has stayed there since."""
        for n, stream in enumerate(context.streams):
            if stream.amount_model != "stepped" or stream.status == "ended" or len(stream.rows) < 4:
                continue
            at = _rise([-int(context.minor[r]) for r in stream.rows])
            if at is None or context.day - int(context.days[stream.rows[at]]) > RECENT:
                continue
            before, after = (-int(context.minor[stream.rows[i]]) for i in (at - 1, at))
            rows = stream.rows[at:]
            decision = context.decided[n]
            agreed = decision.usual_minor if decision is not None and decision.verdict == "mine" else None
            if agreed is not None and after <= agreed:
                continue  # the price was known when the holder said that it is theirs
            share = (after - before) / before
            old, new = context.amount(before, rows[0]), context.amount(after, rows[0])
            said: tuple[str, ...] = (f"price rose {old} -> {new} on {context.iso(rows[0])} ({100 * share:.0f} % more)",)
            if agreed is not None:
                said += (f"you said it was yours at {context.amount(agreed, rows[0])}",)
            evidence = [("large-jump", "")] if share > 0.5 else []
            if decision is not None and context.verdict(n) is False and decision.until is None:
                evidence.append(("above-your-limit", "dearer than your list allows for this merchant"))
            risk = sum(max(-int(context.minor[r]) - before, 0) for r in rows)
            yield Draft("price-increase", self.name, rows, tuple(evidence), "incorrect-amount", said, stream, at_risk=risk)


def _rise(amounts: Sequence[int]) -> int | None:
    """Where the last rise is: the charge before it repeats or nearly repeats the one before that, all later ones stay up."""
    for i in range(len(amounts) - 1, 1, -1):
        before, after = amounts[i - 1], amounts[i]
        if after >= before * (1 + LEAST) and abs(before - amounts[i - 2]) <= 0.01 * before:
            return i if all(abs(a - after) <= 0.01 * after for a in amounts[i:]) else None
    return None
