"""Rule: an agreement of three charges or more that the holder has not confirmed."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.detectors import clues, decide
from analyzer.detectors.base import Context, Draft

SHOWN = 0.3
"""Below this sum of evidence a stream looks settled: it is listed among the streams, not among the findings."""

SURE, SLOW = 0.85, 26.0
"""Confidence, and days between charges, from which on a rhythm is no habit, even at a till: habits go by the week."""


class UnrecognizedRecurring:
    """A recurring charge nobody has confirmed."""

    name = "unrecognized-recurring"

    def find(self, context: Context) -> Iterable[Draft]:
        """One draft for each stream of three charges that no decision covers and that began in view, or that a list leaves out."""
        for n, stream in enumerate(context.streams):
            decision = context.decided[n]
            if len(stream.rows) < 3 or context.verdict(n) is True or (decision is not None and decision.until is not None):
                continue
            rows = list(stream.rows)
            more: list[clues.Clue] = []
            limited = decision is not None and decision.verdict == "mine"
            if decision is not None and limited:
                # The agreement is the holder's; only what passes the limit is not.
                agreement = context.agreements[n]
                rows = [r for i, r in enumerate(rows) if not decide.covers(decision, agreement, i)]
            else:
                others, more = clues.beside(context, stream)
                rows = sorted([*rows, *others], key=lambda r: int(context.place[r]))
            told = clues.said(context, decision, stream.merchant)
            # What the holder agreed to at this merchant is no earlier business of the charges above the limit.
            history = clues.history(context, rows, period=stream.cadence.days, business=not limited)
            if not told and ("long-standing" in {name for name, _ in history}):
                continue
            sure = bool(told) and stream.confidence >= SURE and stream.cadence.days >= SLOW
            evidence = [
                *told,
                *history,
                *([("sure-rhythm", "")] if sure else []),
                *([] if told else clues.well_known(context, rows)),
                *clues.descriptor(context, rows, till=not sure),
                *clues.price(context, rows),
                *more,
                *(c for c in clues.shape(context, stream) if not (limited and c[0] == "metered")),
                *clues.trial(context, stream),
            ]
            yield Draft("unrecognized-recurring", self.name, tuple(rows), tuple(evidence), "unauthorized", stream=stream)
