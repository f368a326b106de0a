"""The nouns of the house: Statement, Transaction, Stream, Cadence, Finding, Findings, Decision.

Data flows once: bytes → Statement → frame → Streams → Findings → view or packet. The frame is a pandas
`DataFrame` with exactly the columns of `COLUMNS`; every stage after the importers works on it and on
nothing else. Money is compared and summed in `minor` (integers), never in `amount` (float).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, overload

from analyzer import escape, money
from analyzer.errors import StatementWarning

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "posted": "datetime64[us]",
    "amount": "float64",
    "minor": "Int64",
    "currency": "str",
    "descriptor": "str",
    "merchant": "str",
    "account": "str",
    "fitid": "str",
    "status": "str",
    "source": "str",
    "page": "Int64",
    "line": "Int64",
}
"""The frame's columns and dtypes, in order.

posted: the bank's own calendar day. amount: for reading and plotting only. minor: the currency's smallest
unit, money out negative. descriptor: the bank's text, exact but for card numbers, which are masked on
reading. merchant: normalised. account: masked label. fitid: the bank's id or missing. status: `posted` or
`pending`. source: the file as the user named it. page: 1-based, PDF. line: 1-based, text formats.
"""

FINDING_COLUMNS = (
    *("id", "kind", "score", "merchant", "account", "charges"),
    *("first", "last", "amount_at_risk", "currency", "deadline", "reason"),
)

CadenceName = Literal[
    "weekly", "biweekly", "4-weekly", "semimonthly", "monthly", "bimonthly", "quarterly", "semiannual", "annual", "every-n-days"
]
AmountModel = Literal["fixed", "stepped", "fx", "metered"]
StreamStatus = Literal["early", "active", "ended"]
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
AccountKind = Literal["credit", "bank"]


@dataclass(frozen=True, slots=True)
class Box:
    """Where a row stands on a PDF page: points from the page's top left corner, page 1-based."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Transaction:
    """One row of a statement, exact."""

    posted: date
    amount: Decimal
    currency: str
    descriptor: str
    merchant: str
    account: str
    fitid: str | None = None
    status: str = "posted"
    source: str = ""
    page: int | None = None
    line: int | None = None

    @property
    def minor(self) -> int:
        """The amount in the currency's smallest unit."""
        return money.to_minor(self.amount, self.currency)


@dataclass(frozen=True)
class Statement:
    """One account and one period as the bank delivered it.

    `frame` has the columns of `COLUMNS` in the order of the file. `account` is the masked label that
    outputs show; `account_key` tells accounts apart and is never shown. `reconciled` is True when the
    file's own figures prove the rows (`proof` says which), False when they contradict them without the
    file being refused, None when the file prints nothing to check against.
    """

    source: str
    sha256: str
    format: str
    importer: str
    account: str
    currency: str
    frame: pd.DataFrame = field(repr=False, compare=False)
    account_key: str = field(default="", repr=False)
    institution: str = ""
    kind: AccountKind | None = None
    start: date | None = None
    end: date | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None
    reconciled: bool | None = None
    proof: str = ""
    exact: Mapping[int, Decimal] = field(default_factory=dict, repr=False)
    """Row number → the printed amount, where it has more decimals than the smallest unit."""
    boxes: tuple[tuple[Box, ...], ...] = field(default=(), repr=False)
    """Per row the boxes of its lines (PDF), in row order; empty for text formats."""
    warnings: tuple[StatementWarning, ...] = ()
    rejected: int = 0
    skipped: int = 0

    def __len__(self) -> int:
        return len(self.frame)

    @cached_property
    def transactions(self) -> tuple[Transaction, ...]:
        """The rows as values, in the order of the file, with the amounts as printed."""
        return transactions(self.frame, exact=self.exact)

    @property
    def first(self) -> date | None:
        """The earliest posted date, if there is a row."""
        return None if self.frame.empty else self.frame["posted"].min().date()

    @property
    def last(self) -> date | None:
        """The latest posted date, if there is a row."""
        return None if self.frame.empty else self.frame["posted"].max().date()


def transactions(
    frame: pd.DataFrame, rows: Sequence[int] | None = None, *, exact: Mapping[int, Decimal] | None = None
) -> tuple[Transaction, ...]:
    """The rows of `frame` (all, or those at the positions `rows`) as `Transaction` values, in that order."""
    part = frame if rows is None else frame.iloc[list(rows)]
    where = range(len(frame)) if rows is None else rows
    printed = exact or {}
    # Column by column: a row of pandas' own costs ten times as much.
    days = part["posted"].to_numpy().astype("datetime64[D]").tolist()
    columns = [part[c].tolist() for c in COLUMNS if c not in ("posted", "amount")]
    missing = {c: part[c].isna().tolist() for c in ("fitid", "page", "line")}
    known: dict[tuple[int, str], Decimal] = {}

    def exactly(i: int, minor: int, currency: str) -> Decimal:
        if i in printed and (value := printed[i]):
            return value
        pair = minor, currency
        if pair not in known:
            known[pair] = money.from_minor(minor, currency)
        return known[pair]

    return tuple(
        Transaction(
            posted=posted,
            amount=exactly(int(i), minor, currency),
            currency=currency,
            descriptor=descriptor,
            merchant=merchant,
            account=account,
            fitid=None if no_id else fitid,
            status=status,
            source=source,
            page=None if no_page else int(page),
            line=None if no_line else int(line),
        )
        for i, posted, no_id, no_page, no_line, (minor, currency, descriptor, merchant, account, fitid, status, source, page, line) in zip(
            where, days, *missing.values(), zip(*columns, strict=True), strict=True
        )
    )


def empty_frame() -> pd.DataFrame:
    """A frame of no rows with the columns and dtypes of `COLUMNS`."""
    import pandas as pd

    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in COLUMNS.items()})


def charges_id(charges: Sequence[Transaction]) -> str:
    """The stable id of a set of charges: 12 hex digits, the same in any order, file format and engine.

    Hashed are posted date, minor amount, currency, descriptor (white space folded) and the occurrence
    number of equal charges; neither account nor file.
    """
    seen: dict[str, int] = {}
    lines = []
    for line in sorted(f"{t.posted.isoformat()}|{t.minor}|{t.currency}|{' '.join(t.descriptor.split())}" for t in charges):
        seen[line] = seen.get(line, 0) + 1
        lines.append(f"{line}|{seen[line]}")
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often, how exactly, and when next.

    `days` is the mean interval in days (30.44 for monthly); `tolerance` the days a charge may be off its
    slot; `sure` the confidence 0..1 that the rhythm is real.
    """

    name: CadenceName
    days: float
    tolerance: int
    sure: float
    next_due: date | None = None


@dataclass(frozen=True)
class Stream:
    """The charges believed to be one agreement with one merchant.

    `rows` are positions in the frame the streams were found in, oldest first.
    """

    merchant: str
    account: str
    currency: str
    cadence: Cadence
    amount_model: AmountModel
    status: StreamStatus
    confidence: float
    rows: tuple[int, ...]
    source_frame: pd.DataFrame = field(repr=False, compare=False)
    evidence: tuple[str, ...] = ()
    """Plain sentences, strongest first: "11 of 11 months, always the 3rd to 5th"."""
    authorized: bool | None = None

    @cached_property
    def transactions(self) -> tuple[Transaction, ...]:
        """The charges, oldest first."""
        return transactions(self.source_frame, self.rows)

    @cached_property
    def id(self) -> str:
        """Stable id, see `charges_id`."""
        return charges_id(self.transactions)

    @property
    def first(self) -> date:
        """Day of the first charge."""
        return self.transactions[0].posted

    @property
    def last(self) -> date:
        """Day of the latest charge."""
        return self.transactions[-1].posted

    @property
    def amount(self) -> Decimal:
        """The latest charge, negative."""
        return self.transactions[-1].amount


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
        if not self.items:
            return f"<p>Nothing found in {len(self.statements)} statement(s).</p>"
        head = "".join(f"<th>{h}</th>" for h in self._HEAD)
        body = "".join("<tr>" + "".join(f"<td>{escape.html(cell)}</td>" for cell in row) + "</tr>" for row in self._table())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def __str__(self) -> str:
        if not self.items:
            return f"Nothing found in {len(self.statements)} statement(s)."
        rows = [self._HEAD, *(tuple(escape.terminal(c) for c in row) for row in self._table())]
        widths = [max(len(r[i]) for r in rows) for i in range(len(self._HEAD) - 1)]
        return "\n".join("  ".join([*(c.ljust(w) for c, w in zip(r[:-1], widths, strict=True)), r[-1]]) for r in rows)

    __repr__ = __str__


Verdict = Literal["mine", "never-authorized", "cancelled"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user said about one agreement.

    Without `max_minor` and `cadence` it speaks of the whole merchant; with them, of the agreement they
    describe and of no second one beside it. `until` is the day it was cancelled; charges later than that
    are not covered. `account` is None for every account.
    """

    merchant: str
    verdict: Verdict = "mine"
    max_minor: int | None = None
    currency: str | None = None
    cadence: CadenceName | None = None
    until: date | None = None
    account: str | None = None
    usual_minor: int | None = None
    """The agreement's usual charge (positive), kept by the ledger to recognise it after a rename."""
    note: str = ""
    charges: frozenset[tuple[date, int]] = field(default=frozenset(), repr=False)
    """Day and amount (positive, smallest unit) of charges it was made on: they know the agreement again in another rhythm or price."""

    def limit(self, currency: str) -> int | None:
        """`max_minor` in the smallest unit of `currency`; without a currency of its own it is kept in hundredths."""
        if self.max_minor is None or self.currency is not None:
            return self.max_minor
        return money.to_minor(money.from_minor(self.max_minor, money.UNKNOWN_CURRENCY), currency)
