"""One OFX document → its statements, or the reason why it is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from analyzer import escape, money
from analyzer.errors import BalanceMismatch, MalformedStatement, Oddity, StatementWarning
from analyzer.importers import encoding
from analyzer.importers.base import Document, Options, Rows, build
from analyzer.importers.ofx import envelope, header, rows, tokens
from analyzer.importers.ofx.envelope import Envelope
from analyzer.importers.ofx.found import Columns, Part, Tokens
from analyzer.importers.ofx.text import quoted
from analyzer.importers.ofx.values import day
from analyzer.model import Statement

AGAIN = "download the statement again"
DEBT_FACTOR = 25
"""An implied earlier debt of this many times all rows, without one payment among them, is worth a look."""


class OfxImporter:
    """Reads OFX, QFX and QBO: SGML 1.x and XML 2.x, whatever the dialect."""

    name = "ofx"

    def identify(self, document: Document) -> bool:
        """Whether the content is OFX, whatever the file is called."""
        return header.is_ofx(document.head())

    def read(self, document: Document, options: Options) -> Sequence[Statement]:
        """One statement for each account statement in the file, in its order.

        Raises:
            StatementError: cut short, a DOCTYPE, the bank's error answer, or nothing in it that is a card or bank statement.
        """
        said = header.parse(document.data)
        text, repaired = encoding.decode(document.data, declared=said.declared, given=options.encoding)
        notes = [*said.warnings, *repaired]
        if "\x00" in text:
            inside = text[: text.upper().rfind("</OFX")].count("\x00") if "</" in text else 0
            if inside:
                notes.append(Oddity(f"{inside} NUL character(s) in the file; left out"))
            text = text.replace("\x00", "")
        found = tokens.read(text, ceiling=options.limits)
        del text
        notes += [Oddity(what, place=f"line {line}") for what, line in found.notes.items()]
        parts = _wanted(found, notes)
        statements, trouble, rejected = [], "", 0
        for part, around in zip(parts, envelope.read(found, parts, currency=options.currency), strict=True):
            read = rows.read(part.rows, around.currency, options)
            rejected, trouble = rejected + read.rejected, trouble or read.first_trouble
            statements.append(_statement(document, part, around, read, found, notes))
            part.rows = Columns()
            notes = []
        if rejected and not any(len(s) for s in statements):
            what = f"none of the {rejected} transaction(s) can be read"
            raise MalformedStatement(f"{what}; {trouble}", todo=AGAIN)
        return statements


def _wanted(found: Tokens, notes: list[StatementWarning]) -> list[Part]:
    """The parts that are statements of a card or bank account.

    Raises:
        MalformedStatement: there is none; the message says what the file is instead.
    """
    errors = [s for s in found.statuses if _failed(s)]
    for status in errors:
        if status["where"] == "SONRS":
            raise MalformedStatement(_answer(status), todo="sign in at the bank and " + AGAIN)
    kept: list[Part] = []
    for part in found.parts:
        if part.rows.posted or (part.tag != "INVSTMTRS" and part.has_list):
            kept.append(part)
        elif (
            part.tag in ("STMTRS", "CCSTMTRS")
            and part.fields.get("CURDEF")
            and any(k.endswith("FROM.ACCTID") and v for k, v in part.fields.items())
        ):
            notes.append(Oddity("a statement without a list of transactions; read as one without transactions"))
            kept.append(part)
    failed = {s["response"] for s in errors}
    answered = [p for p in kept if p.rows.posted or str(p.response) not in failed]
    if errors and not answered:
        raise MalformedStatement(_answer(errors[0]), todo="ask the bank for it again")
    for status in errors:
        notes.append(Oddity(f"{_answer(status)}; the file's other accounts are read", todo="ask the bank for the missing one"))
    investments = sum(p.tag == "INVSTMTRS" for p in found.parts)
    if answered and investments and (found.trades or any(p.tag == "INVSTMTRS" and not p.rows.posted for p in found.parts)):
        notes.append(Oddity("investment transactions are left out; only the cash account's own are read"))
    if answered:
        return answered
    raise MalformedStatement(_instead(found), todo="download the account's transactions as OFX, QFX, CSV or PDF")


def _has_account(part: Part) -> bool:
    """Whether it names a currency and an account: a statement that only lacks its list."""
    return bool(part.fields.get("CURDEF")) and any(k.endswith("FROM.ACCTID") and v for k, v in part.fields.items())


def _failed(status: dict[str, str]) -> bool:
    code, severity = status.get("CODE", "").lstrip("0"), status.get("SEVERITY", "").upper()
    return bool(code) and (severity == "ERROR" or (not severity and code.isdigit() and len(code) >= 4))


def _answer(status: dict[str, str]) -> str:
    message = f" {quoted(status['MESSAGE'], 120)}" if status.get("MESSAGE") else ""
    return f"the bank answered with error {escape.visible(status.get('CODE', '?')[:8])}{message} instead of a statement"


def _instead(found: Tokens) -> str:
    if any(p.tag == "INVSTMTRS" for p in found.parts):
        return "an investment statement without bank or card transactions"
    if "LOANSTMTRS" in found.seen:
        return "a loan statement; it holds no card or bank transactions"
    if found.closings:
        return "a summary of closed periods without their transactions"
    if "ACCTINFORS" in found.seen or "ACCTINFO" in found.seen:
        return "a list of accounts, not a statement"
    if "SONRS" in found.seen and not found.parts:
        return "only the answer to a sign-on, no statement"
    return "OFX without a statement in it"


def _statement(
    document: Document, part: Part, around: Envelope, read: rows.Read, found: Tokens, notes: Sequence[StatementWarning]
) -> Statement:
    warnings = [*notes, *around.warnings, *read.warnings]
    values = read.rows
    outside = _outside(values, around.start, around.end)
    if outside:
        warnings.append(outside)
    opening, closing, reconciled, proof = _proof(part, around, values, found, warnings)
    return build(
        document,
        values,
        format="ofx",
        importer="ofx",
        number=around.number,
        institution=around.institution,
        kind=around.kind,
        currency=around.currency,
        start=around.start,
        end=around.end,
        opening=opening,
        closing=closing,
        reconciled=reconciled,
        proof=proof,
        warnings=warnings,
        rejected=read.rejected,
        skipped=read.skipped,
    )


def _outside(values: Rows, start: date | None, end: date | None) -> StatementWarning | None:
    """A warning when rows lie outside of the period the file states."""
    import numpy as np

    posted = np.asarray(values.posted, dtype="datetime64[D]")
    wrong = np.zeros(len(posted), dtype=bool)
    if start is not None:
        wrong |= posted < np.datetime64(start)
    if end is not None:
        wrong |= posted > np.datetime64(end)
    if not wrong.any() or values.line is None:
        return None
    first = int(np.flatnonzero(wrong)[0])
    period = f"{start or '...'} to {end or '...'}"
    what = f"{int(wrong.sum())} transaction(s) lie outside of the period {period} (the first on {posted[first]}); kept"
    return Oddity(what, place=f"line {values.line[first]}")


def _total(values: Rows, currency: str, first: date | None = None, last: date | None = None) -> Decimal | None:
    """The sum of the posted rows in a period (both days included); None where currencies are mixed."""
    import numpy as np

    if values.currencies is not None and len(set(values.currencies)) > 1:
        return None
    posted = np.asarray(values.posted, dtype="datetime64[D]")
    use = np.ones(len(posted), dtype=bool)
    if first is not None:
        use &= posted >= np.datetime64(first)
    if last is not None:
        use &= posted <= np.datetime64(last)
    if values.status is not None:
        use &= np.array([s == "posted" for s in values.status], dtype=bool)
    minor = np.asarray(values.minor, dtype=np.int64)
    total = money.from_minor(int(minor[use].sum()), currency)
    for i, value in (values.exact or {}).items():
        if use[i]:
            total += value - money.from_minor(int(minor[i]), currency)
    return total


def _proof(
    part: Part, around: Envelope, values: Rows, found: Tokens, warnings: list[StatementWarning]
) -> tuple[Decimal | None, Decimal | None, bool | None, str]:
    """Opening, closing, whether they prove the rows, and which figures did."""
    closed = _closed_period(part, around, values, found)
    if closed is not None:
        return closed
    total = _total(values, around.currency)
    if total is None or around.closing is None:
        return around.opening, around.closing, None, ""
    if around.opening is not None:
        return around.opening, around.closing, *_opened(around, total)
    before, moved = around.closing - total, _moved(values, around.currency)
    paid = values.minor is not None and any(m > 0 for m in values.minor)
    if around.kind == "credit" and len(values.posted) > 1 and not paid and before < 0 and -before > DEBT_FACTOR * moved:
        what = f"the balance {around.closing} means that {-before} was owed before, yet no payment is among the rows"
        warnings.append(BalanceMismatch(what, todo="transactions may be missing; compare with the bank's own page"))
    return None, around.closing, None, ""


def _opened(around: Envelope, total: Decimal) -> tuple[bool | None, str]:
    """Whether a printed opening balance proves the rows.

    Raises:
        MalformedStatement: both balances are of the days the list begins and ends, and the rows do not fit between them.
    """
    if around.opening is None or around.closing is None:
        return None, ""
    if around.opening + total == around.closing:
        return True, "opening + rows = closing"
    edges = ((around.opening_day, around.start), (around.closing_day, around.end))
    if all(a is not None and b is not None and abs((a - b).days) <= 1 for a, b in edges):
        what = f"opening {around.opening} and the rows ({total}) make {around.opening + total}, but the closing balance is {around.closing}"
        raise MalformedStatement(what, todo=f"transactions may be missing; {AGAIN}")
    return None, ""


def _moved(values: Rows, currency: str) -> Decimal:
    return money.from_minor(sum(abs(int(m)) for m in (values.minor if values.minor is not None else ())), currency)


def _closed_period(
    part: Part, around: Envelope, values: Rows, found: Tokens
) -> tuple[Decimal | None, Decimal | None, bool | None, str] | None:
    """The proof that a closing summary of the same account in the same file gives, if it gives one."""
    for closing in found.closings:
        fields = closing.fields
        if fields.get("ACCTID") != part.fields.get("ACCTID"):
            continue
        first, last = day(fields.get("DTOPEN", "")), day(fields.get("DTCLOSE", ""))
        opened, closed = (envelope.amount(fields.get(n, ""), around.currency) for n in ("BALOPEN", "BALCLOSE"))
        if first is None or last is None or opened is None or closed is None:
            continue
        total = _total(values, around.currency, first, last)
        covered = _total(values, around.currency)
        if total is None or total != covered:
            continue
        # Some banks print what is owed as a positive figure.
        if opened + total == closed:
            return opened, closed, True, "opening + rows = closing of the closed period"
        if around.kind == "credit" and -opened + total == -closed:
            return -opened, -closed, True, "opening + rows = closing of the closed period"
    return None
