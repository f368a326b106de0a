"""Decisions as TOML: what the holder said, one table an agreement.

::

    [[authorized]]
    merchant = "NETFLIX"          # matched on the normalised merchant
    max_amount = "20.00"          # optional; above it, the charge is not covered
    currency = "USD"              # optional
    cadence = "monthly"           # optional
    until = 2026-03-01            # optional: cancelled on; later charges are flagged

    [[never_authorized]]
    merchant = "AMAZON SELLER"

Both tables also take `usual_amount` (what the agreement usually charges), `account` and `note`. A key that is not
known is refused: a misspelt `max_amount` must not cover more than its writer meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import get_args

from analyzer import files, money
from analyzer.errors import UsageError
from analyzer.model import CadenceName, Decision, Verdict

TABLES: tuple[str, ...] = ("authorized", "never_authorized")
KEYS = ("merchant", "max_amount", "currency", "cadence", "until", "usual_amount", "account", "note")
CADENCES: tuple[CadenceName, ...] = get_args(CadenceName)
_SAME = {"yearly": "annual", "annually": "annual", "fortnightly": "biweekly", "half-yearly": "semiannual"}


def load_toml(path: str) -> list[Decision]:
    """The decisions in the TOML file `path`, in the order of the file.

    Raises:
        UsageError: no such file, no TOML, or an entry that cannot be understood; the message names the entry.
    """
    document = files.read_toml(path, todo='entries look like [[authorized]], then merchant = "NAME"', parse_float=Decimal)
    unknown = [k for k in document if k not in TABLES]
    if unknown:
        raise UsageError(f"unknown table {unknown[0]!r}", source=path, todo=f"use [[{TABLES[0]}]] or [[{TABLES[1]}]]")
    decisions = []
    for table in TABLES:
        entries = document.get(table, [])
        if not isinstance(entries, list):
            raise UsageError(f"{table} is not a list of tables", source=path, todo=f"write [[{table}]] with two brackets")
        for number, entry in enumerate(entries, 1):
            decisions.append(_decision(table, entry, path, f"[[{table}]] entry {number}"))
    return decisions


def _decision(table: str, entry: object, path: str, place: str) -> Decision:
    if not isinstance(entry, Mapping):
        raise UsageError("not a table", source=path, place=place, todo='write merchant = "NAME" under it')
    unknown = [k for k in entry if k not in KEYS]
    if unknown:
        raise UsageError(f"unknown key {unknown[0]!r}", source=path, place=place, todo=f"known are {', '.join(KEYS)}")

    def wrong(key: str, todo: str) -> UsageError:
        return UsageError(f"{key} = {entry.get(key)!r} not understood", source=path, place=place, todo=todo)

    def words(key: str) -> str:
        value = entry.get(key, "")
        if not isinstance(value, str):
            raise wrong(key, "write it in quotation marks")
        return value.strip()

    merchant = words("merchant")
    if not merchant:
        raise UsageError("no merchant", source=path, place=place, todo='write merchant = "NAME"')
    currency = words("currency").upper() or None
    if currency is not None and not re.fullmatch("[A-Z]{3}", currency):
        raise wrong("currency", 'three letters such as "USD"')
    cadence = words("cadence").lower() or None
    cadence = _SAME.get(cadence, cadence) if cadence else None
    if cadence is not None and cadence not in CADENCES:
        raise wrong("cadence", f"one of {', '.join(CADENCES)}")
    until = _day(entry.get("until"))
    if until is None and entry.get("until") is not None:
        raise wrong("until", "a date such as 2026-03-01")
    verdict: Verdict = "never-authorized" if table == "never_authorized" else "cancelled" if until else "mine"
    amounts = {}
    for key in ("max_amount", "usual_amount"):
        amounts[key] = _minor(entry[key], currency) if key in entry else None
        if key in entry and amounts[key] is None:
            raise wrong(key, 'a positive amount such as "20.00"')
    return Decision(
        merchant=merchant,
        verdict=verdict,
        max_minor=amounts["max_amount"],
        currency=currency,
        cadence=cadence,
        until=until,
        account=words("account") or None,
        usual_minor=amounts["usual_amount"],
        note=words("note"),
    )


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _minor(value: object, currency: str | None) -> int | None:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    text = str(value).strip()
    if len(text) > 20 or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text, re.ASCII):
        return None
    minor = money.to_minor(Decimal(text), currency or money.UNKNOWN_CURRENCY)
    return minor if minor > 0 else None


def dump_toml(decisions: Iterable[Decision]) -> str:
    """The decisions as TOML that `load_toml` reads back to equal values, in the order given."""
    parts = []
    for d in decisions:
        lines = [f"[[{TABLES[1] if d.verdict == 'never-authorized' else TABLES[0]}]]", f"merchant = {_quoted(d.merchant)}"]
        unit = d.currency or money.UNKNOWN_CURRENCY
        if d.max_minor is not None:
            lines.append(f'max_amount = "{money.text(d.max_minor, unit)}"')
        if d.currency:
            lines.append(f"currency = {_quoted(d.currency)}")
        if d.cadence:
            lines.append(f"cadence = {_quoted(d.cadence)}")
        if d.until:
            lines.append(f"until = {d.until.isoformat()}")
        if d.usual_minor is not None:
            lines.append(f'usual_amount = "{money.text(d.usual_minor, unit)}"')
        if d.account:
            lines.append(f"account = {_quoted(d.account)}")
        if d.note:
            lines.append(f"note = {_quoted(d.note)}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    """A TOML basic string; every character outside printable ASCII is written as an escape."""
    out = []
    for c in text.encode("utf-8", "replace").decode("utf-8"):
        n = ord(c)
        if c in '"\\':
            out.append("\\" + c)
        elif " " <= c <= "~":
            out.append(c)
        else:
            out.append(f"\\u{n:04X}" if n < 0x10000 else f"\\U{n:08X}")
    return '"' + "".join(out) + '"'
