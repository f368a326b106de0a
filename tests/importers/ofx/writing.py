"""OFX as the tests write it: SGML without end tags, or XML with them."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Mapping, Sequence

from analyzer.importers.base import Document

SGML_HEAD = (
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:{encoding}\nCHARSET:{charset}\n"
    "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
)
XML_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n'
)
Row = Mapping[str, str]


def document(content: str | bytes, name: str = "statement.ofx") -> Document:
    """A document in memory."""
    data = content.encode() if isinstance(content, str) else content
    return Document(name, data, hashlib.sha256(data).hexdigest())


def row(*, date: str = "20260504", amount: str = "-1.00", fitid: str = "A1", name: str = "SHOP", memo: str = "", kind: str = "POS") -> Row:
    """The elements of one transaction."""
    return {"TRNTYPE": kind, "DTPOSTED": date, "TRNAMT": amount, "FITID": fitid, "NAME": name, "MEMO": memo}


def _body(rows: Sequence[Row], *, close: bool, currency: str, balance: str) -> str:
    def e(name: str, value: str) -> str:
        return f"<{name}>{html.escape(value, quote=False)}" + (f"</{name}>" if close else "") + "\n"

    listed = "".join("<STMTTRN>\n" + "".join(e(k, v) for k, v in r.items() if v) + "</STMTTRN>\n" for r in rows)
    ok = "<STATUS>" + e("CODE", "0") + e("SEVERITY", "INFO") + "</STATUS>"
    return (
        f"<OFX><SIGNONMSGSRSV1><SONRS>{ok}{e('DTSERVER', '20260601')}{e('LANGUAGE', 'ENG')}</SONRS></SIGNONMSGSRSV1>\n"
        f"<CREDITCARDMSGSRSV1><CCSTMTTRNRS>{e('TRNUID', '0')}{ok}<CCSTMTRS>{e('CURDEF', currency)}"
        f"<CCACCTFROM>{e('ACCTID', 'XXXX4242')}</CCACCTFROM><BANKTRANLIST>{e('DTSTART', '20000101')}{e('DTEND', '20991231')}"
        f"{listed}</BANKTRANLIST><LEDGERBAL>{e('BALAMT', balance)}{e('DTASOF', '20260531')}</LEDGERBAL>"
        "</CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>\n"
    )


def as_sgml(rows: Sequence[Row], *, currency: str = "USD", balance: str = "0", encoding: str = "USASCII", charset: str = "1252") -> str:
    """OFX 1.02 without element end tags."""
    return SGML_HEAD.format(encoding=encoding, charset=charset) + _body(rows, close=False, currency=currency, balance=balance)


def as_xml(rows: Sequence[Row], *, currency: str = "USD", balance: str = "0") -> str:
    """OFX 2.2."""
    return XML_HEAD + _body(rows, close=True, currency=currency, balance=balance)
