"""What a detector gets and gives: a `Context` of everything known, and `Draft`s of findings.

A detector is a class with `name` and `find(context)`; its first docstring line is what `stmt-scan formats`
prints. It looks at streams and transactions only, never at a file, a clock or another detector. A plug-in may give
`analyzer.model.Finding`s instead of drafts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from analyzer import money
from analyzer.detectors import decide, refunds
from analyzer.detectors.refunds import Refund
from analyzer.merchants import Annotated, Reading
from analyzer.model import Decision, Finding, FindingKind, Situation, Stream

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analyzer.streams.comb import Rows

EPOCH = date(1970, 1, 1)
LATELY = 120
"""Days before the day judged by within which a first charge is recent."""
THIS_YEAR = 270
"""The same, for a first charge that is not old."""
IN_VIEW = 35
"""Days of statements without a merchant, after which it is new and not merely at the edge of the view."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding before its numbers: which rows, which evidence with which sentence, which dispute.

    `evidence` are (name, sentence) pairs; a sentence may be empty where the name only counts. `said` are sentences
    that come first whatever they weigh.
    """

    kind: FindingKind
    detector: str
    rows: tuple[int, ...]
    evidence: tuple[tuple[str, str], ...]
    category: Situation
    said: tuple[str, ...] = ()
    stream: Stream | None = None
    merchant: str = ""
    at_risk: int | None = None
    """Minor units; None for all charges less what came back."""


class Detector(Protocol):
    """One rule."""

    name: str

    def find(self, context: Context) -> Iterable[Draft | Finding]:
        """What stands out, in any order."""
        ...


@dataclass(frozen=True)
class Group:
    """All charges of one account at one merchant in one currency: positions in the sorted table `Context.rows`."""

    start: int
    stop: int


@dataclass(frozen=True)
class Context:
    """Everything a detector may know; `weights` is the table of `analyzer.detectors.evidence`."""

    frame: pd.DataFrame
    merchants: Annotated
    streams: tuple[Stream, ...]
    decisions: tuple[Decision, ...]
    today: date
    weights: Mapping[str, float]
    kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def day(self) -> int:
        """The day judged by, as days since 1970."""
        return (self.today - EPOCH).days

    @cached_property
    def rows(self) -> Rows:
        """The posted charges that can be an agreement, sorted by merchant and day."""
        from analyzer.streams import charges

        return charges(self.frame, self.merchants)

    @cached_property
    def abroad(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Per row of the frame whether it comes from another country than the card is used in."""
        from analyzer.streams import abroad

        return abroad(self.frame, self.merchants)

    @cached_property
    def place(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Row of the frame → position in `rows`, -1 where it is not there."""
        import numpy as np

        out = np.full(len(self.frame), -1, dtype=np.int64)
        out[self.rows.position] = np.arange(len(self.rows.position))
        return out

    @cached_property
    def edges(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Where each merchant group begins in `rows`, and the end of the last."""
        import numpy as np

        count = int(self.rows.group.max()) + 1 if len(self.rows.group) else 0
        out: np.ndarray[Any, np.dtype[np.int64]] = np.searchsorted(self.rows.group, np.arange(count + 1)).astype(np.int64)
        return out

    @cached_property
    def _raw(self) -> tuple[Any, Any]:
        import pandas as pd

        known: tuple[Any, Any] | None = self.merchants.kept.get("raw")
        return pd.factorize(self.frame["descriptor"]) if known is None else known

    @property
    def raw(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Per row a number, equal for texts that are the same word for word."""
        out: np.ndarray[Any, np.dtype[np.int64]] = self._raw[0]
        return out

    def text(self, row: int) -> str:
        """The bank's text of `row`."""
        codes, texts = self._raw
        return str(texts[codes[row]]) if codes[row] >= 0 else ""

    @cached_property
    def account(self) -> np.ndarray[Any, np.dtype[np.object_]]:
        """The account of every row."""
        return self._texts("account")

    @cached_property
    def currency(self) -> np.ndarray[Any, np.dtype[np.object_]]:
        """The currency of every row."""
        return self._texts("currency")

    def _texts(self, column: str) -> np.ndarray[Any, np.dtype[np.object_]]:
        import numpy as np

        from analyzer.streams import numbered

        codes, unique = numbered(self.frame, self.merchants, column)
        out: np.ndarray[Any, np.dtype[np.object_]] = np.append(np.asarray(unique, dtype=object), "")[codes]
        return out

    @cached_property
    def owner(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Per row of `rows` a number: equal for charges of one account in one currency."""
        import numpy as np
        import pandas as pd

        heads = self.rows.position[self.edges[:-1]]
        codes = pd.factorize(self.account[heads])[0] * 1000 + pd.factorize(self.currency[heads])[0]
        out: np.ndarray[Any, np.dtype[np.int64]] = np.unique(codes, return_inverse=True)[1][self.rows.group].astype(np.int64)
        return out

    @cached_property
    def typical(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Per row of `rows` the median charge of its account in its currency."""
        return self._quantiles[0]

    @cached_property
    def ample(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The same for the charge that three in four are below."""
        return self._quantiles[1]

    @cached_property
    def _quantiles(self) -> tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.int64]]]:
        import numpy as np

        from analyzer.streams import order

        by_amount = self.rows.amount[order.by(self.owner, self.rows.amount)]
        count = np.bincount(self.owner)
        start = np.cumsum(count) - count
        half, most = (by_amount[start + (count - 1) * quarters // 4][self.owner] for quarters in (2, 3))
        return half, most

    @cached_property
    def minor(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The signed amount of every row."""
        out: np.ndarray[Any, np.dtype[np.int64]] = self.frame["minor"].to_numpy(dtype="int64", na_value=0)
        return out

    @cached_property
    def days(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The posted day of every row, as days since 1970."""
        out: np.ndarray[Any, np.dtype[np.int64]] = self.frame["posted"].to_numpy().astype("datetime64[D]").astype("int64")
        return out

    @cached_property
    def beginnings(self) -> dict[str, int]:
        """Account → the first day its statements hold a row of."""
        import numpy as np

        from analyzer.streams import numbered

        codes, accounts = numbered(self.frame, self.merchants, "account")
        first = np.full(len(accounts), np.iinfo(np.int64).max)
        np.minimum.at(first, codes, self.days)
        return {str(a): int(d) for a, d in zip(accounts, first, strict=True)}

    @cached_property
    def in_streams(self) -> dict[int, int]:
        """Row of the frame → number of the stream it belongs to."""
        return {row: n for n, s in enumerate(self.streams) for row in s.rows}

    def group(self, row: int) -> tuple[int, int]:
        """Where the merchant group of the frame's `row` begins and ends in `rows`."""
        at = int(self.place[row])
        g = int(self.rows.group[at])
        return int(self.edges[g]), int(self.edges[g + 1])

    def reading(self, row: int) -> Reading:
        """What the descriptor of `row` says."""
        return self.merchants.reading(row)

    def name(self, rows: Sequence[int]) -> str:
        """The merchant's name for `rows`."""
        from analyzer.streams.words import merchant_name

        return merchant_name([self.reading(r).name for r in rows])

    def agreement(self, rows: Sequence[int], cadence: str | None = None, name: str | None = None) -> decide.Agreement:
        """`rows` as decisions see them."""
        return decide.Agreement(
            self.reading(rows[-1]),
            name or self.name(rows),
            str(self.account[rows[0]]),
            str(self.currency[rows[0]]),
            cadence,
            tuple(-int(self.minor[r]) for r in rows),
            tuple(EPOCH + timedelta(days=int(self.days[r])) for r in rows),
            self._earlier_names(rows),
        )

    def _earlier_names(self, rows: Sequence[int]) -> tuple[Reading, ...]:
        brands = dict.fromkeys(int(self.merchants.brand[r]) for r in rows)
        brands.pop(int(self.merchants.brand[rows[-1]]))
        return tuple(self.reading(next(r for r in rows if self.merchants.brand[r] == b)) for b in brands)

    @cached_property
    def agreements(self) -> tuple[decide.Agreement, ...]:
        """Per stream, what decisions see of it."""
        return tuple(self.agreement(s.rows, s.cadence.name, s.merchant) for s in self.streams) if self.decisions else ()

    @cached_property
    def decided(self) -> tuple[Decision | None, ...]:
        """Per stream the decision that speaks of it."""
        if not self.decisions:
            return (None,) * len(self.streams)
        return tuple(decide.assign(self.decisions, self.agreements))

    def verdict(self, n: int) -> bool | None:
        """Stream `n`: covered by a decision in all its charges (True), condemned or left behind by one (False), not spoken of (None)."""
        decision = self.decided[n]
        if decision is None:
            return None
        if decision.verdict == "never-authorized":
            return False
        return all(decide.covers(decision, self.agreements[n], i) for i in range(len(self.streams[n].rows)))

    def lone_cover(self, rows: Sequence[int]) -> Decision | None:
        """The decision that covers charges outside any stream; an entry whose own agreement is a stream covers none beside it."""
        if not self.decisions:
            return None
        taken = {id(d) for d in self.decided if d is not None and (d.max_minor is not None or d.cadence is not None)}
        free = [d for d in self.decisions if id(d) not in taken]
        return decide.assign(free, [self.agreement(rows)])[0]

    @cached_property
    def has_list(self) -> bool:
        """Whether the holder gave a list of agreements at all."""
        return any(d.verdict == "mine" for d in self.decisions)

    @cached_property
    def credits(self) -> dict[tuple[str, str, int], list[refunds.Money]]:
        """(account, currency, brand) → the posted money that came in from there, reversals of charges that were taken again left out."""
        import numpy as np

        from analyzer.streams import reversals

        undone = reversals(self.frame, self.merchants)
        posted = (self.frame["status"] == "posted").to_numpy(dtype=bool, na_value=False)
        out: dict[tuple[str, str, int], list[refunds.Money]] = {}
        for row in np.flatnonzero((self.minor > 0) & posted).tolist():
            if row in undone:
                continue
            key = (str(self.account[row]), str(self.currency[row]), int(self.merchants.brand[row]))
            out.setdefault(key, []).append(refunds.Money(row, int(self.days[row]), int(self.minor[row])))
        return out

    def refunds(self, rows: Sequence[int]) -> list[Refund]:
        """What came back of `rows`; refunds are matched among all charges of the merchant, so that each counts once."""
        return self._refunds(rows, doubtful=False)

    def doubtful_refunds(self, rows: Sequence[int]) -> list[Refund]:
        """Credits that may pay back one of `rows`, or a charge from before the statements; they count for nothing."""
        return self._refunds(rows, doubtful=True)

    def _refunds(self, rows: Sequence[int], *, doubtful: bool) -> list[Refund]:
        known = self.kept.setdefault("refunds", {})
        owner, mine, out = (str(self.account[rows[0]]), str(self.currency[rows[0]])), set(rows), []
        for row in {int(self.merchants.brand[r]): r for r in rows}.values():
            back = self.credits.get((*owner, int(self.merchants.brand[row])))
            if not back or self.place[row] < 0:
                continue
            a, b = self.group(row)
            if a not in known:
                r = self.rows
                charged = [refunds.Money(int(r.position[i]), int(r.day[i]), int(r.amount[i])) for i in range(a, b)]
                sure = refunds.match(charged, back, begin=self.beginnings[owner[0]])
                counted = {m.back.row for m in sure}
                known[a] = sure, [m for m in refunds.match(charged, back) if m.back.row not in counted]
            out += [m for m in known[a][doubtful] if m.charge.row in mine]
        return out

    def amount(self, minor: int, row: int) -> str:
        """An amount in the currency of `row`, for people."""
        return money.display(minor, str(self.currency[row]))

    def iso(self, row: int) -> str:
        """The posted day of `row` as text."""
        return (EPOCH + timedelta(days=int(self.days[row]))).isoformat()
