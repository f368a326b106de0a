"""Account, institution, currency, period and balances of each statement.

ofxparse reads them, from an envelope that our tokenizer has passed: rebuilt with every end tag, with plain
amounts, and without transactions (whose reading there takes quadratic time). Where ofxparse fails, the tokenizer's own
reading stands. Periods and the days of balances are always ours, since ofxparse moves dates into UTC.
"""

from __future__ import annotations

import html
import io
import threading
import warnings as python_warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from analyzer import money
from analyzer.errors import Oddity, StatementWarning
from analyzer.importers.ofx.found import Part, Tokens
from analyzer.importers.ofx.later import load_later
from analyzer.importers.ofx.rows import is_currency
from analyzer.importers.ofx.text import quoted, unescape
from analyzer.importers.ofx.values import Amounts, day
from analyzer.model import AccountKind

MOST_ACCOUNTS = 64
"""For more statements than this in one file ofxparse is not asked: its time grows with the square."""

_EPOCH = date(1970, 1, 1)
_ONE_AT_A_TIME = threading.Lock()
"""Files are read in threads; ofxparse keeps state in its class, and `catch_warnings` in the process."""


@dataclass(slots=True)
class Envelope:
    """What is known of a statement beside its rows. `closing` is the ledger balance and `closing_day` its day."""

    number: str = ""
    institution: str = ""
    kind: AccountKind = "bank"
    currency: str = money.UNKNOWN_CURRENCY
    start: date | None = None
    end: date | None = None
    opening: Decimal | None = None
    opening_day: date | None = None
    closing: Decimal | None = None
    closing_day: date | None = None
    warnings: list[StatementWarning] = field(default_factory=list)


def read(tokens: Tokens, parts: Sequence[Part], *, currency: str | None = None) -> list[Envelope]:
    """The envelope of each part, in their order.

    Args:
        tokens: the file they come from.
        parts: the statements asked for.
        currency: the user's, for statements that name none.
    """
    own = [_own(tokens, part, currency) for part in parts]
    for ours, theirs in zip(own, _ofxparse(own), strict=False):
        ours.number = str(getattr(theirs, "account_id", "") or ours.number)
        ours.institution = str(getattr(getattr(theirs, "institution", None), "organization", "") or ours.institution)
        balance = getattr(getattr(theirs, "statement", None), "balance", None)
        if isinstance(balance, Decimal) and balance.is_finite():
            ours.closing = balance
        said = str(getattr(theirs, "curdef", "") or "").upper()
        if is_currency(said):
            ours.currency = said
    return own


def amount(text: str, currency: str) -> Decimal | None:
    """A balance as printed; None where it is none."""
    found = Amounts([text], currency)[text]
    return found if found is None or isinstance(found, Decimal) else money.from_minor(found, currency)


def _own(tokens: Tokens, part: Part, currency: str | None) -> Envelope:
    fields = part.fields
    found = Envelope()
    found.number = next((v for k, v in fields.items() if k.endswith("ACCTFROM.ACCTID") and v), "") or fields.get("ACCTID", "")
    found.number = unescape(found.number)
    found.institution = unescape(tokens.signon.get("FI.ORG") or tokens.signon.get("INTU.ORG") or "")
    credit = part.tag == "CCSTMTRS" or fields.get("ACCTTYPE", "").upper() == "CREDITLINE" or "CCACCTFROM.ACCTID" in fields
    found.kind = "credit" if credit else "bank"
    found.currency = _currency(part, currency, found.warnings)
    found.start, found.end = (_period(fields, name) for name in ("DTSTART", "DTEND"))
    if found.start and found.end and found.start > found.end:
        found.warnings.append(Oddity(f"the period ends ({found.end}) before it begins ({found.start}); not used"))
        found.start = found.end = None
    printed = fields.get("LEDGERBAL.BALAMT", "")
    found.closing = amount(printed, found.currency) if printed else None
    found.closing_day = day(fields.get("LEDGERBAL.DTASOF", ""))
    if printed and found.closing is None:
        found.warnings.append(Oddity(f"ledger balance {quoted(printed)} not understood; not used"))
    for balance in part.balances:
        label = f"{balance.get('NAME', '')} {balance.get('DESC', '')}".lower()
        if found.opening is None and any(word in label for word in ("opening", "previous", "beginning", "saldo anterior", "anfangssaldo")):
            found.opening = amount(balance.get("VALUE", ""), found.currency)
            found.opening_day = day(balance.get("DTASOF", ""))
    return found


def _currency(part: Part, given: str | None, notes: list[StatementWarning]) -> str:
    printed = part.fields.get("CURDEF", "").strip().upper()
    if is_currency(printed):
        return printed
    rows = {r.get("CURRENCY.CURSYM", "").strip().upper() for r in part.rows.rare.values()}
    if given:
        return given.upper()
    if len(rows) == 1 and len(part.rows.rare) == len(part.rows.posted) and is_currency(only := next(iter(rows))):
        notes.append(Oddity(f"the statement names no currency; every transaction is in {only}"))
        return only
    what = f"{quoted(printed, 12)} is no currency" if printed else "the statement names no currency"
    notes.append(Oddity(what, todo="name it with --currency"))
    return money.UNKNOWN_CURRENCY


def _period(fields: dict[str, str], name: str) -> date | None:
    printed = next((v for k, v in fields.items() if k.endswith(f"LIST.{name}")), "") or fields.get(name, "")
    found = day(printed)
    # Some programs write the first day their clock knows for "from the beginning".
    return None if found == _EPOCH else found


def _ofxparse(own: Sequence[Envelope]) -> list[Any]:
    """ofxparse's accounts for the envelopes, in their order; empty where it cannot be asked or fails."""
    if not 0 < len(own) <= MOST_ACCOUNTS:
        return []
    order = sorted(range(len(own)), key=lambda i: own[i].kind == "credit")
    try:
        # Beautiful Soup, which ofxparse reads with, loads a CSS selector engine at more than half of its own cost.
        load_later("soupsieve")
        from ofxparse import OfxParser

        with _ONE_AT_A_TIME, python_warnings.catch_warnings():
            python_warnings.simplefilter("ignore")
            accounts = OfxParser.parse(io.BytesIO(_document([own[i] for i in order]))).accounts
    except Exception:
        # ofxparse raises whatever its code runs into; our own reading is complete without it.
        return []
    if len(accounts) != len(own):
        return []
    return [account for _, account in sorted(zip(order, accounts, strict=True), key=lambda pair: pair[0])]


def _document(envelopes: Sequence[Envelope]) -> bytes:
    def element(name: str, value: object) -> str:
        return f"<{name}>{html.escape(str(value), quote=False)}</{name}>" if value not in (None, "") else ""

    parts = [
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:UTF-8\nCHARSET:NONE\n",
        "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX>",
        "<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><DTSERVER>20000101</DTSERVER>",
        f"<LANGUAGE>ENG</LANGUAGE><FI>{element('ORG', envelopes[0].institution)}</FI></SONRS></SIGNONMSGSRSV1>",
    ]
    for e in envelopes:
        tag, source = ("CCSTMTRS", "CCACCTFROM") if e.kind == "credit" else ("STMTRS", "BANKACCTFROM")
        balance = f"<LEDGERBAL>{element('BALAMT', e.closing)}<DTASOF>20000101</DTASOF></LEDGERBAL>" if e.closing is not None else ""
        currency = element("CURDEF", e.currency)
        parts.append(f"<{tag}>{currency}<{source}>{element('ACCTID', e.number)}</{source}>{balance}</{tag}>")
    parts.append("</OFX>")
    return "".join(parts).encode("utf-8", "backslashreplace")
