"""What an importer is, what it is given, and the one way rows become a `Statement`.

An importer answers two questions: *is this mine?* and *which statements are in it?* It never opens a file
itself, never guesses silently, and raises nothing but `StatementError`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, Protocol

from analyzer import escape, limits, money
from analyzer.errors import Oddity, StatementWarning
from analyzer.model import AccountKind, Box, Statement

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

Sign = Literal["charge-negative", "charge-positive"]
DateOrder = Literal["dmy", "mdy", "ymd"]


@dataclass(frozen=True, slots=True)
class Document:
    """A regular file's bytes, read once and within `limits`.

    `source` is the name outputs show (the path as the user gave it); `name` its last part.
    """

    source: str
    data: bytes = field(repr=False)
    sha256: str

    @property
    def name(self) -> str:
        """The file's own name, without folders."""
        return re.split(r"[\\/]", self.source)[-1]

    def head(self, size: int = limits.DEFAULT.sniff_bytes) -> bytes:
        """The first bytes, enough to identify the content."""
        return self.data[:size]


@dataclass(frozen=True, slots=True)
class Options:
    """What the user decided about reading; None where the file decides."""

    sign: Sign | None = None
    date_order: DateOrder | None = None
    profile: str | None = None
    encoding: str | None = None
    currency: str | None = None
    password: str | None = field(default=None, repr=False)
    limits: limits.Limits = limits.DEFAULT
    today: date | None = None
    """For dates that print no year at all; never the clock."""


class Importer(Protocol):
    """A reader of one format. `name` is unique; it is what `formats` lists and `Statement.format` holds."""

    name: str

    def identify(self, document: Document) -> bool:
        """Whether the content is this importer's; looks at the content, never at the name alone."""
        ...

    def read(self, document: Document, options: Options) -> Sequence[Statement]:
        """The statements in the document, one an account and period.

        Raises:
            StatementError: the content cannot be read exactly.
        """
        ...


@dataclass(slots=True)
class Rows:
    """Transactions in columns, in the order of the file; all of one length or empty.

    Give amounts either as `minor` (integers in the smallest unit) or as `amounts` (exact decimals).
    `currencies` only where a row's currency differs from the statement's. `status` defaults to posted.
    """

    posted: Sequence[date] | np.ndarray = ()
    descriptor: Sequence[str] | pd.Series | np.ndarray = ()
    minor: Sequence[int] | np.ndarray | None = None
    amounts: Sequence[Decimal] | None = None
    exact: Mapping[int, Decimal] | None = None
    """With `minor`: row number → the printed amount, where it has more decimals than the smallest unit."""
    currencies: Sequence[str] | None = None
    fitid: Sequence[str | None] | None = None
    status: Sequence[str] | None = None
    page: Sequence[int | None] | None = None
    line: Sequence[int | None] | np.ndarray | None = None
    boxes: Sequence[tuple[Box, ...]] = ()


def account_key(number: str, institution: str = "") -> str:
    """A key that tells accounts apart without holding the number: 32 hex digits, or empty without a whole number.

    A number printed only in part (`**** 4242`, `XXXX-4242`, four characters or fewer) tells no account apart, so
    it has no key; the ledger then goes by the label. Kept in memory only; the ledger hashes it with a salt.
    """
    plain = re.sub(r"[^0-9A-Za-z]", "", number).upper()
    masked = re.search(r"[*•●…#]|\.{2,}|[Xx]{2,}", number) is not None
    if masked or not plain or (len(plain) <= 4 and any(c.isdigit() for c in plain)):
        return ""
    return hashlib.blake2b(f"{institution}|{plain}".encode(), key=b"stmt-scan account", digest_size=16).hexdigest()


def build(
    document: Document,
    rows: Rows,
    *,
    format: str,
    importer: str,
    number: str = "",
    key: str | None = None,
    institution: str = "",
    kind: AccountKind | None = None,
    currency: str = money.UNKNOWN_CURRENCY,
    start: date | None = None,
    end: date | None = None,
    opening: Decimal | None = None,
    closing: Decimal | None = None,
    reconciled: bool | None = None,
    proof: str = "",
    warnings: Sequence[StatementWarning] = (),
    rejected: int = 0,
    skipped: int = 0,
) -> Statement:
    """A `Statement` from `rows`: frame made, card and account numbers masked, provenance noted.

    Args:
        document: where the rows come from.
        rows: the transactions in columns.
        format: `ofx`, `csv`, `pdf` or a plug-in's name.
        importer: the reader in full, for example `csv:chase-card`.
        number: the account number as printed; only its last four characters and a hash are kept.
        key: what tells the account apart when no number is printed (for example a header signature).
        others: as on `Statement`.
    """
    import numpy as np
    import pandas as pd

    n = len(rows.posted)
    notes = [_without(w, number).at(document.source) for w in warnings]
    exact: dict[int, Decimal] = dict(rows.exact or {})
    row_currency = list(rows.currencies) if rows.currencies is not None else None
    if rows.minor is not None:
        minor = np.asarray(rows.minor, dtype=np.int64)
    else:
        amounts = list(rows.amounts or ())
        minor = np.empty(n, dtype=np.int64)
        for i, amount in enumerate(amounts):
            unit = row_currency[i] if row_currency else currency
            minor[i] = money.to_minor(amount, unit)
            if money.from_minor(int(minor[i]), unit) != amount:
                exact[i] = amount
    if exact:
        what = f"{len(exact)} amount(s) with more decimals than {currency} has; compared rounded, shown as printed"
        notes.append(Oddity(what, source=document.source))
    if row_currency is None:
        scale = np.full(n, 10.0 ** -money.exponent(currency))
    else:
        scale = np.array([10.0 ** -money.exponent(c) for c in row_currency])
    label = escape.label(number)
    columns: dict[str, Any] = {
        "posted": np.asarray(rows.posted, dtype="datetime64[D]").astype("datetime64[us]"),
        "amount": np.round(minor * scale, 4),
        "minor": pd.array(minor, dtype="Int64"),
        "currency": _text(row_currency, currency, n),
        "descriptor": _masked(rows.descriptor, number),
        "merchant": _text(None, "", n),
        "account": _text(None, label, n),
        "fitid": _text(None, None, n) if rows.fitid is None else _masked(rows.fitid, number),
        "status": _text(rows.status, "posted", n),
        "source": _text(None, document.source, n),
        "page": _whole(rows.page, n),
        "line": _whole(rows.line, n),
    }
    return Statement(
        source=document.source,
        sha256=document.sha256,
        format=format,
        importer=importer,
        account=label,
        account_key=key if key is not None else account_key(number, ""),
        institution=escape.mask_numbers(institution, own=number),
        kind=kind,
        currency=currency,
        frame=pd.DataFrame(columns),
        start=start,
        end=end,
        opening=opening,
        closing=closing,
        reconciled=reconciled,
        proof=proof,
        exact=exact,
        boxes=tuple(rows.boxes),
        warnings=tuple(notes),
        rejected=rejected,
        skipped=skipped,
    )


def _without(warning: StatementWarning, number: str) -> StatementWarning:
    """The warning without the account's own number, which a row it quotes may hold."""
    what = escape.mask_numbers(warning.what, own=number)
    if what == warning.what:
        return warning
    return type(warning)(what, source=warning.source, place=warning.place, todo=warning.todo)


def _text(values: Sequence[Any] | np.ndarray | pd.Series | None, fill: str | None, n: int) -> pd.Series:
    """A column of text; with `values` None, `fill` in every row."""
    import pandas as pd

    if values is None:
        return pd.Series([fill], dtype="str").repeat(n).reset_index(drop=True)
    return pd.Series(values, dtype="str").reset_index(drop=True)


def _whole(values: Sequence[int | None] | np.ndarray | None, n: int) -> Any:
    """A column of whole numbers with gaps; with `values` None, all gaps."""
    import numpy as np
    import pandas as pd

    if values is None:
        return pd.arrays.IntegerArray(np.zeros(n, dtype=np.int64), np.ones(n, dtype=bool))
    return pd.array(values, dtype="Int64")


def _masked(values: Any, number: str) -> pd.Series:
    """Text with card numbers and the account's own number masked; only suspicious rows pay for it."""
    import pandas as pd

    text = pd.Series(values, dtype="str").reset_index(drop=True)
    own = escape.own_pattern(number)
    suspicious = text.str.contains(escape.MAY_LOOK_LIKE_A_NUMBER, regex=True, na=False)
    suspicious[suspicious] = text[suspicious].str.contains(escape.LOOKS_LIKE_A_NUMBER, regex=True, na=False)
    if own:
        suspicious |= text.str.contains(own, regex=True, na=False)
    if suspicious.any():
        text[suspicious] = [escape.mask_numbers(value, own=number) for value in text[suspicious]]
    return text


def proof_of(opening: Decimal | None, closing: Decimal | None, amounts: Mapping[int, Decimal] | Sequence[Decimal]) -> bool | None:
    """Whether opening + rows = closing to the last decimal; None where a balance is missing."""
    if opening is None or closing is None:
        return None
    values = amounts.values() if isinstance(amounts, Mapping) else amounts
    return opening + sum(values, Decimal(0)) == closing
