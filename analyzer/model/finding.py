"""Finding and Findings: something to look at, and all that a scan found."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, overload

from analyzer import escape, money
from analyzer.model.statement import Statement, Transaction, charges_id
from analyzer.model.stream import Stream

if TYPE_CHECKING:
    import pandas as pd

FINDING_COLUMNS = (
    *("id", "kind", "score", "merchant", "account", "charges"),
    *("first", "last", "amount_at_risk", "currency", "deadline", "reason"),
)

FindingKind = Literal[
    "seller-fee",
    "unrecognized-recurring",
    "new-subscription",
    "trial-conversion",
    "charge-after-cancellation",
    "price-increase",
    "duplicate-charge",
    "card-testing",
    "unusual-amount",
    "refund-missing",
]
Situation = Literal["unauthorized", "cancelled-recurring", "misrepresentation", "duplicate", "incorrect-amount", "credit-not-processed"]


@dataclass(frozen=True)
class Finding:
    """Something to look at: what, how sure, why, and the charges it speaks of.

    `score` 0.5 and above means "look at this". `reasons` are plain sentences, strongest first.
    `amount_at_risk` is positive, in `currency`, refunds deducted.
    """

    kind: FindingKind
    detector: str
    score: float
    merchant: str
    account: str
    currency: str
    amount_at_risk: Decimal
    reasons: tuple[str, ...]
    category: Situation
    transactions: tuple[Transaction, ...]
    stream: Stream | None = None
    deadline: date | None = None
    rule: str | None = None
    evidence: Mapping[str, float] = field(default_factory=dict)
    """Named evidence → the weight it added (see `docs/detection.md`)."""
    statements: tuple[Statement, ...] = field(default=(), repr=False, compare=False)
    """What the scan looked at, so that `plot` and `packet` can name file, page and statement date."""
    as_of: date | None = field(default=None, repr=False, compare=False)
    """The day the scan judged by."""

    @cached_property
    def id(self) -> str:
        """Stable id of the finding's charges and kind."""
        return hashlib.sha256(f"{self.kind}|{charges_id(self.transactions)}".encode()).hexdigest()[:12]

    def plot(self, **options: Any) -> Any:
        """Draw this merchant's timeline; returns matplotlib Axes."""
        return _action("plot")(self, **options)

    def packet(self, folder: str, **options: Any) -> Any:
        """Write the dispute packet into `folder`; returns the paths by file name."""
        return _action("packet")(self, folder, **options)

    def _repr_html_(self) -> str:
        return Findings((self,))._repr_html_()


_ACTIONS: dict[str, Callable[..., Any]] = {}


def register_action(name: str, function: Callable[..., Any]) -> None:
    """Let rooms to the right of the model give a Finding its verbs (`plot`, `packet`)."""
    _ACTIONS[name] = function


def _action(name: str) -> Callable[..., Any]:
    try:
        return _ACTIONS[name]
    except KeyError:
        raise RuntimeError(f"Finding.{name} needs `import analyzer`") from None


@dataclass(frozen=True)
class Findings(Sequence[Finding]):
    """What a scan found, highest score first, with the streams and statements it looked at."""

    items: tuple[Finding, ...] = ()
    streams: tuple[Stream, ...] = ()
    statements: tuple[Statement, ...] = field(default=(), repr=False)
    as_of: date | None = None
    notes: tuple[str, ...] = ()
    """What took no part in the scan, and why."""

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Findings: ...
    def __getitem__(self, index: int | slice) -> Finding | Findings:
        return replace(self, items=self.items[index]) if isinstance(index, slice) else self.items[index]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def to_frame(self) -> pd.DataFrame:
        """One row a finding, with the columns of `FINDING_COLUMNS`; amounts are floats, for reading and plotting."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "id": f.id,
                    "kind": f.kind,
                    "score": f.score,
                    "merchant": f.merchant,
                    "account": f.account,
                    "charges": len(f.transactions),
                    "first": pd.Timestamp(f.transactions[0].posted),
                    "last": pd.Timestamp(f.transactions[-1].posted),
                    "amount_at_risk": float(f.amount_at_risk),
                    "currency": f.currency,
                    "deadline": pd.Timestamp(f.deadline) if f.deadline else pd.NaT,
                    "reason": f.reasons[0],
                }
                for f in self.items
            ],
            columns=list(FINDING_COLUMNS),
        )

    def _table(self) -> list[tuple[str, ...]]:
        return [
            (
                f.merchant,
                f.kind,
                f"{f.score:.2f}",
                str(len(f.transactions)),
                str(f.transactions[0].posted),
                money.display(money.to_minor(f.amount_at_risk, f.currency), f.currency),
                str(f.deadline or "-"),
                f.reasons[0],
            )
            for f in self.items
        ]

    _HEAD = ("merchant", "what", "score", "charges", "first", "at risk", "dispute by", "why")

    def _repr_html_(self) -> str:
        notes = "".join(f"<p>{escape.html(note)}</p>" for note in self.notes)
        if not self.items:
            return f"<p>Nothing found in {len(self.statements)} statement(s).</p>{notes}"
        head = "".join(f"<th>{h}</th>" for h in self._HEAD)
        # Days and amounts stay on one line; a name without a blank must not stretch the table.
        styles = ["overflow-wrap:anywhere" if h in ("merchant", "why") else "white-space:nowrap" for h in self._HEAD]
        body = "".join(
            "<tr>" + "".join(f"<td style='{style}'>{escape.html(cell)}</td>" for style, cell in zip(styles, row, strict=True)) + "</tr>"
            for row in self._table()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"

    def __str__(self) -> str:
        notes = [escape.terminal(note) for note in self.notes]
        if not self.items:
            return "\n".join([f"Nothing found in {len(self.statements)} statement(s).", *notes])
        rows = [self._HEAD, *(tuple(escape.terminal(c) for c in row) for row in self._table())]
        widths = [max(len(r[i]) for r in rows) for i in range(len(self._HEAD) - 1)]
        lines = ["  ".join([*(c.ljust(w) for c, w in zip(r[:-1], widths, strict=True)), r[-1]]) for r in rows]
        return "\n".join([*lines, *notes])

    __repr__ = __str__
