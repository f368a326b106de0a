"""Rule: the first fee of a seller's or advertiser's account on a card that never paid one."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.detectors import clues, decide
from analyzer.detectors.base import Context, Draft
from analyzer.merchants import BUSINESS
from analyzer.model import Stream


class SellerFee:
    """A seller's or advertiser's fee, at its first charge."""

    name = "seller-fee"

    def find(self, context: Context) -> Iterable[Draft]:
        """One draft for each account and company whose fees no decision covers."""
        import numpy as np

        flag = context.merchants.flag(r.listed is not None and r.listed.kind in BUSINESS for r in context.merchants.readings)
        at = np.flatnonzero(flag[context.rows.position])
        for part in np.split(at, np.flatnonzero(np.diff(context.rows.group[at])) + 1):
            if len(part):
                yield from self._of(context, [int(r) for r in context.rows.position[part]])

    def _of(self, context: Context, rows: list[int]) -> Iterable[Draft]:
        decision, left = None, []
        for stream, some in _by_stream(context, rows):
            n = context.in_streams[some[0]] if stream is not None else None
            decision = context.decided[n] if n is not None else context.lone_cover(some)
            agreement = context.agreement(some, stream.cadence.name if stream else None)
            left += [r for i, r in enumerate(some) if decision is None or not decide.covers(decision, agreement, i)]
        if not left:
            return
        left.sort(key=lambda r: (int(context.days[r]), -int(context.minor[r])))
        listed = context.reading(left[0]).listed
        what = "an advertiser's charge" if listed and listed.kind == "advertising" else "a fee charged to sellers, not to buyers"
        evidence = [
            ("listed-seller-fee", f"{what}; the text is on the public list of descriptors"),
            *_only_buys(context, left),
            *clues.history(context, left, business=False),
            *clues.descriptor(context, left),
            *clues.said(context, decision, ""),
        ]
        numbers = {context.in_streams[r] for r in left if r in context.in_streams}
        stream = context.streams[numbers.pop()] if len(numbers) == 1 else None
        yield Draft("seller-fee", self.name, tuple(left), tuple(evidence), "unauthorized", stream=stream)


def _by_stream(context: Context, rows: list[int]) -> list[tuple[Stream | None, list[int]]]:
    parts: dict[int, list[int]] = {}
    for r in rows:
        parts.setdefault(context.in_streams.get(r, -1), []).append(r)
    return [(context.streams[n] if n >= 0 else None, part) for n, part in sorted(parts.items())]


def _only_buys(context: Context, rows: list[int]) -> list[clues.Clue]:
    """Whether the holder buys from the same company, which a seller need not: purchases on the account before."""
    listed = context.reading(rows[0]).listed
    company = listed.name.split()[0].upper() if listed else ""
    account = str(context.account[rows[0]])
    n = clues.purchases(context).get((account, company), 0)
    if not n:
        return []
    return [("only-buys-there", f"this card has only ever bought from {company.capitalize()} ({n} order{'s' * (n != 1)}), never sold")]
