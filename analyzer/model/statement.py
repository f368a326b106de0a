"""Statement and Transaction: what a bank delivered, and the frame that every later stage works on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from analyzer import money
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
