"""Statements in and out of the ledger's tables, exactly as they were read."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analyzer import escape, money
from analyzer.ledger.accounts import NAMELESS, Header
from analyzer.ledger.identity import Remembered
from analyzer.model import Statement

if TYPE_CHECKING:
    import pandas as pd

_HEADER = (
    *("sha256", "part", "reading", "source", "format", "importer", "account", "label", "currency", "institution", "kind"),
    *("period_start", "period_end", "opening", "closing", "reconciled", "proof", "rejected", "skipped"),
    *("row_count", "first_day", "last_day", "added_on"),
)
_ROW = ("posted", "minor", "currency", "descriptor", "merchant", "fitid", "pending", "page", "line", "exact")
_DIGITS = re.compile(r"\d{6,}")


@dataclass(frozen=True, slots=True)
class Stored:
    """A statement's line in the ledger, without its rows."""

    id: int
    sha256: str
    part: str
    reading: str
    added_on: date | None
    account: bytes
    header: Header
    rows: int
    first: date | None
    last: date | None


def digest_of(number_key: str, salt: bytes) -> bytes:
    """The salted, slow hash that stands for an account in the file; empty for an account without a key."""
    return hashlib.pbkdf2_hmac("sha256", number_key.encode(), salt, 20_000, 16) if number_key else b""


def safe_name(source: str) -> str:
    """A file's name without the numbers in it that could be an account's; dates stay."""

    def shorten(m: re.Match[str]) -> str:
        return m.group() if _is_date(m.group()) else f"...{m.group()[-4:]}"

    return _DIGITS.sub(shorten, escape.mask_numbers(source))


def _is_date(digits: str) -> bool:
    if len(digits) == 6:
        return "1990" <= digits[:4] <= "2099" and "01" <= digits[4:] <= "12"
    if len(digits) != 8:
        return False
    shapes = ((digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2]), (digits[4:], digits[:2], digits[2:4]))
    return any("1990" <= year <= "2099" and "01" <= month <= "12" and "01" <= day <= "31" for year, month, day in shapes)


def reading_of(s: Statement) -> str:
    """A digest of the rows: the same file read in another way (sign, date order) has another."""
    frame = s.frame
    parts = (frame["posted"].dt.strftime("%Y%m%d"), frame["minor"].astype("str"), frame["currency"], frame["descriptor"], frame["status"])
    digest = hashlib.blake2b(digest_size=8)
    for column in parts:
        digest.update("\x1f".join(column.tolist()).encode("utf-8", "surrogatepass") + b"\x1e")
    return digest.hexdigest()


def insert(connection: sqlite3.Connection, s: Statement, *, part: str, account: bytes, added_on: date | None) -> int:
    """Store `s` and its rows inside the caller's transaction; returns its number."""
    first, last = s.first, s.last
    values = (
        s.sha256,
        part,
        reading_of(s),
        safe_name(s.source),
        s.format,
        s.importer,
        account,
        s.account,
        s.currency,
        s.institution,
        s.kind,
        *(_iso(s.start), _iso(s.end), _plain(s.opening), _plain(s.closing)),
        None if s.reconciled is None else int(s.reconciled),
        s.proof,
        s.rejected,
        s.skipped,
        len(s),
        *(_iso(first), _iso(last), _iso(added_on)),
    )
    marks = ", ".join("?" * len(_HEADER))
    cursor = connection.execute(f"INSERT INTO statements ({', '.join(_HEADER)}) VALUES ({marks})", _clean(values))
    number = int(cursor.lastrowid or 0)
    marks = ", ".join("?" * (len(_ROW) + 2))
    connection.executemany(f"INSERT INTO rows (statement, place, {', '.join(_ROW)}) VALUES ({marks})", _row_values(number, s))
    return number


def _row_values(number: int, s: Statement) -> Iterator[tuple[Any, ...]]:
    frame = s.frame
    columns = (
        frame["posted"].dt.strftime("%Y-%m-%d").tolist(),
        frame["minor"].tolist(),
        frame["currency"].tolist(),
        frame["descriptor"].tolist(),
        frame["merchant"].tolist(),
        _optional(frame["fitid"]),
        (frame["status"] == "pending").astype("int64").tolist(),
        _optional(frame["page"]),
        _optional(frame["line"]),
    )
    for place, row in enumerate(zip(*columns, strict=True)):
        exact = s.exact.get(place)
        yield _clean((number, place, *row, None if exact is None else f"{exact:f}"))


def _optional(column: pd.Series) -> list[Any]:
    return [None if missing else value for value, missing in zip(column.tolist(), column.isna().tolist(), strict=True)]


def _clean(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values, with text that is no Unicode text (a lone surrogate) written as escapes."""
    for v in values:
        if isinstance(v, str) and not v.isascii():
            return tuple(v.encode("utf-8", "backslashreplace").decode() if isinstance(v, str) else v for v in values)
    return values


def headers(connection: sqlite3.Connection, labels: set[str] | None = None) -> list[Stored]:
    """Every statement's line, in the order of import; with `labels` only those that bear on accounts so labelled.

    A statement without a number can be of any account, and any account can speak for or against it: where there is one,
    all lines count.
    """
    query = "SELECT id, sha256, part, reading, added_on, account, label, currency, institution, source, row_count, first_day, last_day"
    nameless = "SELECT 1 FROM statements WHERE label = ?"
    if labels is None or NAMELESS in labels or connection.execute(nameless, (NAMELESS,)).fetchone() is not None:
        rows = connection.execute(f"{query} FROM statements ORDER BY id")
    else:
        marks = ", ".join("?" * len(labels))
        rows = connection.execute(f"{query} FROM statements WHERE label IN ({marks}) ORDER BY id", sorted(labels))
    return [
        Stored(
            id=id_,
            sha256=sha,
            part=part,
            reading=reading,
            added_on=_date(added),
            account=bytes(account),
            header=Header(label=label, key=bytes(account).hex(), currency=currency, institution=institution, source=source),
            rows=count,
            first=_date(first),
            last=_date(last),
        )
        for id_, sha, part, reading, added, account, label, currency, institution, source, count, first, last in rows
    ]


def load(
    connection: sqlite3.Connection, numbers: Sequence[int], keys: dict[bytes, str], *, days: tuple[date, date] | None = None
) -> list[Remembered]:
    """The statements `numbers` with all their rows (or those on `days`, both ends included), in that order.

    Args:
        connection: the ledger.
        numbers: statement numbers.
        keys: salted hash → the plain key it is known by in this run, so that the account is known again.
        days: the first and last posted day wanted; None for all.
    """
    if not numbers:
        return []
    lines: dict[int, dict[str, Any]] = {}
    for number in numbers:
        row = connection.execute(f"SELECT {', '.join(_HEADER)} FROM statements WHERE id = ?", (number,)).fetchone()
        lines[number] = dict(zip(_HEADER, row, strict=True))
    found = []
    for number, frame, exact in _frames(connection, numbers, lines, days):
        line = lines[number]
        account = bytes(line["account"])
        found.append(
            Remembered(
                source=line["source"],
                sha256=line["sha256"],
                format=line["format"],
                importer=line["importer"],
                account=line["label"],
                account_key=keys.get(account, account.hex()),
                currency=line["currency"],
                frame=frame,
                institution=line["institution"],
                kind=line["kind"],
                start=_date(line["period_start"]),
                end=_date(line["period_end"]),
                opening=_decimal(line["opening"]),
                closing=_decimal(line["closing"]),
                reconciled=None if line["reconciled"] is None else bool(line["reconciled"]),
                proof=line["proof"],
                exact=exact,
                rejected=line["rejected"],
                skipped=line["skipped"],
            )
        )
    return found


def _frames(
    connection: sqlite3.Connection, numbers: Sequence[int], lines: dict[int, dict[str, Any]], days: tuple[date, date] | None
) -> Iterator[tuple[int, pd.DataFrame, dict[int, Decimal]]]:
    """Per statement its frame: one frame is made of all rows, and cut."""
    import numpy as np
    import pandas as pd

    fetched: list[tuple[Any, ...]] = []
    sizes = []
    query = f"SELECT {', '.join(_ROW)} FROM rows WHERE statement = ?{' AND posted BETWEEN ? AND ?' if days else ''} ORDER BY place"
    between = tuple(d.isoformat() for d in days) if days else ()
    for number in numbers:
        before = len(fetched)
        fetched += connection.execute(query, (number, *between)).fetchall()
        sizes.append(len(fetched) - before)
    columns = list(zip(*fetched, strict=True)) if fetched else [()] * len(_ROW)
    posted, minor, currency, descriptor, merchant, fitid, pending, page, line, printed = columns
    amounts = np.array(minor, dtype=np.int64)
    places = {c: money.exponent(c) for c in set(currency)}
    scale = np.array([10.0 ** -places[c] for c in currency]) if len(set(places.values())) != 1 else 10.0 ** -next(iter(places.values()))
    owners = np.repeat(np.arange(len(numbers)), sizes)
    whole = pd.DataFrame(
        {
            "posted": np.array(posted, dtype="datetime64[D]").astype("datetime64[us]"),
            "amount": np.round(amounts * scale, 4),
            "minor": pd.array(amounts, dtype="Int64"),
            "currency": pd.Series(currency, dtype="str"),
            "descriptor": pd.Series(descriptor, dtype="str"),
            "merchant": pd.Series(merchant, dtype="str"),
            "account": pd.Series([lines[n]["label"] for n in numbers], dtype="str").iloc[owners].reset_index(drop=True),
            "fitid": pd.Series(fitid, dtype="str"),
            "status": pd.Series(["posted", "pending"], dtype="str").iloc[np.array(pending, dtype=np.int64)].reset_index(drop=True),
            "source": pd.Series([lines[n]["source"] for n in numbers], dtype="str").iloc[owners].reset_index(drop=True),
            "page": pd.array(page, dtype="Int64"),
            "line": pd.array(line, dtype="Int64"),
        }
    )
    start = 0
    for number, size in zip(numbers, sizes, strict=True):
        exact = {i: Decimal(text) for i, text in enumerate(printed[start : start + size]) if text is not None}
        yield number, whole.iloc[start : start + size].reset_index(drop=True), exact
        start += size


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
