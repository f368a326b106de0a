"""Whatever is done to a file, only our own exceptions come out."""

from __future__ import annotations

import random

import pytest

from analyzer.errors import StmtScanError
from analyzer.importers.reading import read_document
from tests.importers.ofx import golden
from tests.importers.ofx.writing import document

CSV = [
    b"Date,Description,Amount,Balance\n2026-05-04,SHOP,-1.00,99.00\n2026-05-05,CAFE,-2.50,96.50\n2026-05-06,PAY,10.00,106.50\n",
    b"Datum;Text;Betrag\r\n04.05.2026;MIETE;-1.234,56\r\n05.05.2026;BROT;-2,50\r\n".replace(b"BROT", "BRÖT".encode("cp1252")),
    b'"Posted","Debit","Credit","Memo"\n05/13/2026,1.00,,"A ""quoted"" name"\n05/14/2026,,2.00,"two\nlines"\n',
    b"04 May 2026\tSHOP\t1.00 DR\n05 May 2026\tPAY\t5.00 CR\n",
]
BITS = [
    *(
        b"\x00",
        b"\xff",
        b"\n",
        b"\r",
        b'"',
        b",",
        b";",
        b"\t",
        b"-",
        b"--",
        b"0",
        b"9" * 40,
        b"nan",
        b"1e9",
        b"<",
        b">",
        b"&",
        b"</",
        b"<!--",
        b"]]>",
    ),
    *(
        b"<STMTTRN>",
        b"</STMTTRN>",
        b"<OFX>",
        b"</OFX>",
        b"<TRNAMT>",
        b"<DTPOSTED>",
        b"<PAYEE>",
        b"<CURRENCY>",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xe2\x80\xae",
    ),
]


def mutated(data: bytes, luck: random.Random) -> bytes:
    """`data` with one to four wounds: bytes changed, cut, doubled, moved, or bits put in."""
    out = bytearray(data)
    for _ in range(luck.randint(1, 4)):
        if not out:
            break
        a = luck.randrange(len(out))
        b = min(len(out), a + luck.choice([1, 1, 4, 30, 300]))
        kind = luck.randrange(6)
        if kind == 0:
            out[a] = luck.randrange(256)
        elif kind == 1:
            del out[a:b]
        elif kind == 2:
            out[a:a] = out[a:b] * luck.choice([1, 1, 3, 50])
        elif kind == 3:
            out[a:a] = luck.choice(BITS)
        elif kind == 4:
            del out[a:]
        else:
            piece, out[a:b] = out[a:b], b""
            at = luck.randrange(len(out) + 1)
            out[at:at] = piece
    return bytes(out)


def survives(data: bytes, name: str) -> None:
    try:
        statements = read_document(document(data, name))
    except StmtScanError as error:
        assert "\n" not in str(error).rstrip()  # noqa: PT017
        return
    for statement in statements:
        assert len(statement.frame) == len(statement.transactions)
        assert all(t.currency and -(10**15) < t.amount < 10**15 for t in statement.transactions)


@pytest.mark.parametrize("seed", range(8))
def test_mutated_ofx(seed: int) -> None:
    luck = random.Random(seed)
    documents = [golden.document(f).data for f in golden.folders() if f.name != "huge-field"]
    for _ in range(40):
        survives(mutated(luck.choice(documents), luck), "mutated.ofx")


@pytest.mark.parametrize("seed", range(4))
def test_mutated_csv(seed: int) -> None:
    luck = random.Random(seed)
    for _ in range(40):
        survives(mutated(luck.choice(CSV), luck), "mutated.csv")
