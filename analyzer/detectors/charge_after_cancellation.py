"""Rule: a charge later than the day the holder says the agreement was cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from analyzer.detectors import decide
from analyzer.detectors.base import EPOCH, Context, Draft
from analyzer.model import Decision, Stream


class ChargeAfterCancellation:
    """A charge after the day the agreement was cancelled."""

    name = "charge-after-cancellation"

    def find(self, context: Context) -> Iterable[Draft]:
        """One draft for each cancelled agreement that went on charging."""
        for n, decision in enumerate(context.decided):
            if decision is not None and decision.until is not None:
                late = [r for r in context.streams[n].rows if _day(context, r) > decision.until]
                if late:
                    yield self._draft(context, late, decision.until, context.streams[n])
        ended = [d for d in context.decisions if d.until is not None]
        if ended:
            yield from self._lone(context, ended)

    def _lone(self, context: Context, ended: list[Decision]) -> Iterable[Draft]:
        """Charges outside any stream at a merchant with a cancelled agreement."""
        table = context.rows
        for a in context.edges[:-1].tolist() if len(table.group) else []:
            head = int(table.position[a])
            reading = context.reading(head)
            if not any(decide.same_merchant(d.merchant, reading, reading.name) for d in ended):
                continue
            _, b = context.group(head)
            loose = [int(r) for r in table.position[a:b] if int(r) not in context.in_streams]
            late: dict[date, list[int]] = {}
            for row in loose:
                decision = context.lone_cover([row])
                if decision is not None and decision.until is not None and _day(context, row) > decision.until:
                    late.setdefault(decision.until, []).append(row)
            for until, rows in sorted(late.items()):
                yield self._draft(context, rows, until, None)

    def _draft(self, context: Context, rows: list[int], until: date, stream: Stream | None) -> Draft:
        n = len(rows)
        first = f"cancelled on {until}, charged again on {context.iso(rows[0])}" + (
            f" and {n - 1} more time{'s' * (n > 2)}" if n > 1 else ""
        )
        days = (_day(context, rows[0]) - until).days
        said = (first, f"the first of these came {days} day{'s' * (days != 1)} after the cancellation")
        return Draft("charge-after-cancellation", self.name, tuple(rows), (), "cancelled-recurring", said, stream)


def _day(context: Context, row: int) -> date:
    from datetime import timedelta

    return EPOCH + timedelta(days=int(context.days[row]))
