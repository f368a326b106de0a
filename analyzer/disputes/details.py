"""What only the holder can say: name, addresses, dates, answers. Read from a TOML file, completed by questions.

The keys are documented in `docs/disputes.md`. A key that is not known is a warning and is not used; a value of
the wrong kind is an error that names the key. Nothing here is ever guessed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, cast

from analyzer import escape, files
from analyzer.disputes.rules import INSTRUMENTS, JURISDICTIONS, SITUATIONS
from analyzer.errors import UsageError
from analyzer.model import Situation

NETWORKS = ("visa", "mastercard", "amex", "discover")
LANGUAGES = ("en", "id")
LONGEST_TEXT = 2_000
LARGEST_AMOUNT = 10**12
LONGEST_FILE = 256 * 1024
MOST_LINES = 40
"""Of an address or a list of enclosures."""
FIRST_YEAR, LAST_YEAR = 1970, 2199


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Something that happened on a day: `kind` is `notice`, `call`, `report`, `cancellation`, `refund-promised` ..."""

    on: date
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """All the holder said. None, or empty, means: not said."""

    name: str = ""
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    issuer: str = ""
    issuer_address: tuple[str, ...] = ()
    billing_inquiries: tuple[str, ...] = ()
    last_four: str = ""
    jurisdiction: str | None = None
    instrument: str | None = None
    network: str | None = None
    language: str | None = None
    situation: Situation | None = None
    reason: str = ""
    reference: str = ""
    date_of_call: date | None = None
    notice_date: date | None = None
    cancellation_date: date | None = None
    cancellation_how: str = ""
    merchant_contacted: date | None = None
    offer: str = ""
    agreed_amount: Decimal | None = None
    valid_charge: str = ""
    refund_promised: date | None = None
    account_takeover: bool | None = None
    used_or_benefited: bool | None = None
    shared_login: bool | None = None
    card_lent: bool | None = None
    enclosures: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def household(self) -> dict[str, bool | None]:
        """The answers to the three questions about the household, by key."""
        return {k: getattr(self, k) for k in HOUSEHOLD}

    def answer(self, key: str, value: Any) -> Details:
        """These details with one more answer; text is understood as in the TOML file (dates in ISO form).

        Raises:
            UsageError: the value does not fit the key.
        """
        return replace(self, **{key: _value(key, value, "")})

    def over(self, other: Details) -> Details:
        """These details, completed from `other` where they say nothing; the events of both."""
        said = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) not in (None, "", ())}
        said.pop("events", None)
        return replace(other, **said, events=tuple(sorted({*self.events, *other.events})))


HOUSEHOLD = ("used_or_benefited", "shared_login", "card_lent")
_TABLES = {
    "issuer": {"name": "issuer", "address": "issuer_address", "billing_inquiries": "billing_inquiries"},
    "card": {k: k for k in ("last_four", "jurisdiction", "instrument", "network")},
    "household": {k: k for k in HOUSEHOLD},
    "dispute": {
        key: key
        for key in (
            *("situation", "language", "reason", "reference", "date_of_call", "notice_date", "cancellation_date", "cancellation_how"),
            *("merchant_contacted", "offer", "agreed_amount", "valid_charge", "refund_promised", "account_takeover", "enclosures"),
        )
    },
}
_LINES = ("address", "issuer_address", "billing_inquiries", "enclosures")
_DAYS = ("date_of_call", "notice_date", "cancellation_date", "merchant_contacted", "refund_promised")
_FLAGS = ("account_takeover", *HOUSEHOLD)
_CHOICES: dict[str, tuple[str, ...]] = {
    "jurisdiction": JURISDICTIONS,
    "instrument": INSTRUMENTS,
    "network": NETWORKS,
    "language": LANGUAGES,
    "situation": SITUATIONS,
}


def load_toml(path: str | Path) -> tuple[Details, list[str]]:
    """The details in the file, and a warning for each key that is not known.

    Raises:
        UsageError: the file cannot be read, is no TOML, or holds a value of the wrong kind.
    """
    document = files.read_toml(path, most=LONGEST_FILE, todo="see docs/disputes.md for an example")
    return from_mapping(document, source=str(path))


def from_mapping(document: Mapping[str, Any], *, source: str = "") -> tuple[Details, list[str]]:
    """The details in a parsed document, flat or in the tables `issuer`, `card`, `dispute`, `household`.

    Raises:
        UsageError: a value of the wrong kind.
    """
    known = {f.name for f in fields(Details)}
    values: dict[str, Any] = {}
    unknown: list[str] = []
    for key, value in document.items():
        table = _TABLES.get(key)
        if table is not None and isinstance(value, Mapping):
            for inner, held in value.items():
                if inner in table:
                    values[table[inner]] = _value(table[inner], held, source)
                else:
                    unknown.append(f"{key}.{inner}")
        elif key == "events":
            values["events"] = events(value, source=source)
        elif key in known:
            values[key] = _value(key, value, source)
        else:
            unknown.append(key)
    notes = [f"{source}: {key}: not a key of the details; not used: see docs/disputes.md" for key in unknown]
    return Details(**values), notes


def events(values: Iterable[Any], *, source: str = "") -> tuple[Event, ...]:
    """Events from mappings (`date`, `kind`, `text`), from tuples in that order, or from objects with such attributes.

    Raises:
        UsageError: an entry without a date.
    """
    found = []
    if isinstance(values, str | Mapping):
        raise UsageError("events: not a list of tables", source=source, todo="write each as [[events]]")
    for i, value in enumerate(values, 1):
        if isinstance(value, Event):
            found.append(value)
            continue
        if isinstance(value, Mapping):
            on, kind, text = (value.get(k) for k in ("date", "kind", "text"))
            on = on or value.get("on")
        elif isinstance(value, tuple | list):
            on, kind, text = (*value, "", "")[:3]
        else:
            on = getattr(value, "on", None) or getattr(value, "date", None)
            kind, text = getattr(value, "kind", ""), getattr(value, "text", "")
        where = f"events[{i}]"
        found.append(Event(_day(where, on, source), _text(f"{where}.kind", kind or "note", source), _text(where, text or "", source)))
    return tuple(sorted(found))


def _value(key: str, value: Any, source: str) -> Any:
    if key in _LINES:
        lines = value.splitlines() if isinstance(value, str) else value
        if not isinstance(lines, list | tuple):
            raise _wrong(key, value, "a text, or a list of lines", source)
        if len(lines) > MOST_LINES:
            raise _wrong(key, f"{len(lines)} lines", f"at most {MOST_LINES} lines", source)
        return tuple(_text(key, line, source) for line in lines if str(line).strip())
    if key in _DAYS:
        return _day(key, value, source)
    if key in _FLAGS:
        if not isinstance(value, bool):
            raise _wrong(key, value, "true or false", source)
        return value
    if key == "agreed_amount":
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            amount = Decimal("NaN")
        if isinstance(value, bool) or not amount.is_finite() or not 0 <= amount <= LARGEST_AMOUNT or len(amount.as_tuple().digits) > 28:
            raise _wrong(key, value, 'an amount such as "9.99"', source)
        return amount
    text = _text(key, value, source)
    if key in _CHOICES:
        choices = _CHOICES[key]
        folded = {c.casefold(): c for c in choices}.get(text.casefold())
        if folded is None:
            raise _wrong(key, value, f"one of {', '.join(choices)}", source)
        return folded
    if key == "last_four":
        return text[-4:]
    return text


def _text(key: str, value: Any, source: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise _wrong(key, value, "a text in quotes", source)
    if len(value) > LONGEST_TEXT:
        raise _wrong(key, value[:20] + "...", f"at most {LONGEST_TEXT} characters", source)
    return escape.mask_numbers(" ".join(value.split()))


def _day(key: str, value: Any, source: str) -> date:
    found = value.date() if isinstance(value, datetime) else value
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            found = date.fromisoformat(value.strip())
    if isinstance(found, date) and FIRST_YEAR <= found.year <= LAST_YEAR:
        return found
    raise _wrong(key, value, "a date such as 2026-06-30", source)


def _wrong(key: str, value: Any, wanted: str, source: str) -> UsageError:
    shown = escape.visible(escape.mask_numbers(str(value)))[:60]
    return UsageError(f"{key} = {shown}: not understood", source=source, todo=f"it must be {wanted}")


def situation_of(text: str) -> Situation:
    """The situation of that name.

    Raises:
        UsageError: there is none.
    """
    return cast(Situation, _value("situation", text, ""))
