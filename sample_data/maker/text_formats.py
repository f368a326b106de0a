"""A card's rows as OFX (SGML and XML) and as CSV, in the dress of four different banks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape

from maker.cards import Card, Period, Row

SGML_HEADER = (
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n"
    "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
)
XML_HEADER = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n'
)
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(minor: int, decimals: int, *, point: str = ".", group: str = "") -> str:
    """A signed amount as a bank prints it: `-54.990,00` with `point=","` and `group="."`."""
    digits = str(abs(minor)).rjust(decimals + 1, "0")
    whole, part = digits[:-decimals], digits[-decimals:]
    if group:
        whole = f"{int(whole):,}".replace(",", group)
    return f"{'-' if minor < 0 else ''}{whole}{point}{part}"


def fitids(rows: Iterable[Row]) -> list[str]:
    """The bank's ids: the day and a running number within it, so that every file gives a row the same id."""
    seen: dict[date, int] = {}
    ids = []
    for row in rows:
        seen[row.posted] = seen.get(row.posted, 0) + 1
        ids.append(f"{row.posted:%Y%m%d}{seen[row.posted]:04}")
    return ids


def ofx(card: Card, periods: Sequence[Period], *, xml: bool = False) -> str:
    """One credit card statement over all of `periods`; leaf tags are closed in XML only."""
    rows = [row for period in periods for row in period.rows]
    start, end = periods[0].start, periods[-1].end

    def leaf(tag: str, value: str) -> str:
        return f"<{tag}>{escape(value)}</{tag}>\n" if xml else f"<{tag}>{escape(value)}\n"

    def entry(row: Row, fitid: str) -> str:
        text = "<STMTTRN>\n"
        text += leaf("TRNTYPE", "DEBIT" if row.minor < 0 else "CREDIT")
        text += leaf("DTPOSTED", f"{row.posted:%Y%m%d}120000") + leaf("DTUSER", f"{row.bought:%Y%m%d}")
        text += leaf("TRNAMT", number(row.minor, card.decimals)) + leaf("FITID", fitid) + leaf("NAME", row.descriptor)
        if row.original:
            currency, rate = row.original
            text += "<ORIGCURRENCY>\n" + leaf("CURRATE", rate) + leaf("CURSYM", currency) + "</ORIGCURRENCY>\n"
        return text + "</STMTTRN>\n"

    stamp = f"{end:%Y%m%d}235959"
    status = "<STATUS>\n" + leaf("CODE", "0") + leaf("SEVERITY", "INFO") + "</STATUS>\n"
    text = XML_HEADER if xml else SGML_HEADER
    text += "<OFX>\n<SIGNONMSGSRSV1>\n<SONRS>\n" + status + leaf("DTSERVER", stamp) + leaf("LANGUAGE", "ENG")
    text += "<FI>\n" + leaf("ORG", card.bank) + leaf("FID", card.bank_id) + "</FI>\n</SONRS>\n</SIGNONMSGSRSV1>\n"
    text += "<CREDITCARDMSGSRSV1>\n<CCSTMTTRNRS>\n" + leaf("TRNUID", "1") + status
    text += "<CCSTMTRS>\n" + leaf("CURDEF", card.currency) + "<CCACCTFROM>\n" + leaf("ACCTID", card.number) + "</CCACCTFROM>\n"
    text += "<BANKTRANLIST>\n" + leaf("DTSTART", f"{start:%Y%m%d}") + leaf("DTEND", f"{end:%Y%m%d}")
    text += "".join(entry(row, fitid) for row, fitid in zip(rows, fitids(rows), strict=True))
    text += "</BANKTRANLIST>\n<LEDGERBAL>\n" + leaf("BALAMT", number(periods[-1].closing, card.decimals)) + leaf("DTASOF", stamp)
    return text + "</LEDGERBAL>\n</CCSTMTRS>\n</CCSTMTTRNRS>\n</CREDITCARDMSGSRSV1>\n</OFX>\n"


def _table(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _with_balance(periods: Sequence[Period]) -> list[tuple[Row, int]]:
    balance, found = periods[0].opening, []
    for row in (row for period in periods for row in period.rows):
        balance += row.minor
        found.append((row, balance))
    return found


def indonesian_csv(card: Card, periods: Sequence[Period]) -> str:
    """Day first, decimal comma, signed amounts, a running balance."""
    table = [("Tanggal", "Keterangan", "Mata Uang", "Jumlah", "Saldo")]
    for row, balance in _with_balance(periods):
        amounts = (number(v, 2, point=",", group=".") for v in (row.minor, balance))
        table.append((f"{row.posted:%d/%m/%Y}", row.descriptor, card.currency, *amounts))  # type: ignore[arg-type]
    return _table(table, ";")


def american_csv(card: Card, periods: Sequence[Period]) -> str:
    """Month first, newest row on top."""
    table = [("Posting Date", "Description", "Amount", "Currency")]
    rows = [row for period in periods for row in period.rows]
    table += [(f"{r.posted:%m/%d/%Y}", r.descriptor, number(r.minor, 2), card.currency) for r in reversed(rows)]
    return _table(table)


def british_csv(card: Card, periods: Sequence[Period]) -> str:
    """Month names, money out and money in apart, a running balance."""
    table = [("Date", "Description", "Paid out", "Paid in", "Balance", "Currency")]
    for row, balance in _with_balance(periods):
        amount = number(abs(row.minor), 2, group=",")
        out_in = (amount, "") if row.minor < 0 else ("", amount)
        day = f"{row.posted:%d} {ENGLISH[row.posted.month - 1]} {row.posted.year}"
        table.append((day, row.descriptor, *out_in, number(balance, 2, group=","), card.currency))
    return _table(table)


def german_csv(card: Card, periods: Sequence[Period]) -> str:
    """Semicolons, dotted dates, decimal comma."""
    table = [("Buchungstag", "Verwendungszweck", "Betrag", "Währung", "Saldo")]
    for row, balance in _with_balance(periods):
        amounts = [number(v, 2, point=",", group=".") for v in (row.minor, balance)]
        table.append((f"{row.posted:%d.%m.%Y}", row.descriptor, amounts[0], card.currency, amounts[1]))
    return _table(table, ";")
