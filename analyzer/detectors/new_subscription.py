"""Rule: an agreement that has just begun: two charges a calendar gap apart, or the first at a listed subscription."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.detectors import clues
from analyzer.detectors.base import Context, Draft
from analyzer.merchants import AGREEMENTS


class NewSubscription:
    """A subscription that has just begun, from its first charge where the text tells."""

    name = "new-subscription"

    def find(self, context: Context) -> Iterable[Draft]:
        """One draft for each stream of two charges, and for each first and only charge at a listed subscription."""
        for n, stream in enumerate(context.streams):
            decision = context.decided[n]
            if len(stream.rows) > 2 or context.verdict(n) is True or (decision is not None and decision.until is not None):
                continue
            told = clues.said(context, decision, stream.merchant)
            history = clues.history(context, stream.rows, period=stream.cadence.days)
            if not told and "long-standing" in {name for name, _ in history}:
                continue
            rows = list(stream.rows)
            evidence = [
                *told,
                *history,
                *_listed(context, rows),
                *clues.descriptor(context, rows),
                *clues.price(context, rows),
                *clues.shape(context, stream),
            ]
            yield Draft("new-subscription", self.name, tuple(rows), tuple(evidence), "unauthorized", stream=stream)
        yield from self._first_charges(context)

    def _first_charges(self, context: Context) -> Iterable[Draft]:
        import numpy as np

        kinds = AGREEMENTS - {"domain"}
        listed = context.merchants.flag(
            (r.listed is not None and r.listed.kind in kinds) or (r.words and not r.place) for r in context.merchants.readings
        )
        rows = context.rows
        first = np.ones(len(rows.day), dtype=bool)
        first[1:] = rows.group[1:] != rows.group[:-1]
        last = np.append(first[1:], True)
        for at in np.flatnonzero(first & last & listed[rows.position]):
            row = int(rows.position[at])
            decision = context.lone_cover([row])
            if row in context.in_streams or (decision is not None and decision.verdict != "never-authorized"):
                continue
            told = clues.said(context, decision, "")
            history = clues.history(context, [row], business=False)
            if not told and "long-standing" in {name for name, _ in history}:
                continue
            evidence = [
                *told,
                *history,
                *_listed(context, [row]),
                *([] if told else clues.well_known(context, [row])),
                *clues.descriptor(context, [row]),
                *clues.price(context, [row]),
                ("first-charge", "one charge so far: an agreement of this kind charges again"),
            ]
            yield Draft("new-subscription", self.name, (row,), tuple(evidence), "unauthorized")


def _listed(context: Context, rows: list[int]) -> list[clues.Clue]:
    row = context.reading(rows[-1]).listed
    if row is None or row.kind not in AGREEMENTS:
        return []
    return [("listed-subscription", f"{row.name} is a subscription on the public list of descriptors")]
