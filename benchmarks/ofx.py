"""How long OFX takes to become a frame, against a bare walk of the same data as XML, and how the time grows."""

from __future__ import annotations

import io
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import Result, seconds

SGML_HEAD = (
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n"
    "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
)
XML_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n'
)
ROWS = 100_000
MOST_ROWS = 1_000_000


def made(rows: int, *, xml: bool, seed: int = 7) -> bytes:
    """A card statement of `rows` transactions over ten years, the same for the same seed."""
    luck = random.Random(seed)
    shops = [f"SHOP {luck.randrange(10**6):06d} TOWN {n}" for n in range(5_000)]

    def e(name: str, value: object) -> str:
        return f"<{name}>{value}</{name}>\n" if xml else f"<{name}>{value}\n"

    ok = "<STATUS>" + e("CODE", 0) + e("SEVERITY", "INFO") + "</STATUS>"
    out = io.StringIO()
    out.write(XML_HEAD if xml else SGML_HEAD)
    out.write(f"<OFX><SIGNONMSGSRSV1><SONRS>{ok}{e('DTSERVER', 20260601)}{e('LANGUAGE', 'ENG')}</SONRS></SIGNONMSGSRSV1>")
    out.write(f"<CREDITCARDMSGSRSV1><CCSTMTTRNRS>{e('TRNUID', 0)}{ok}<CCSTMTRS>{e('CURDEF', 'USD')}")
    out.write(f"<CCACCTFROM>{e('ACCTID', 'XXXX4242')}</CCACCTFROM><BANKTRANLIST>{e('DTSTART', 20160101)}{e('DTEND', 20251231)}")
    for n in range(rows):
        day = f"{2016 + 10 * n // rows}{luck.randint(1, 12):02d}{luck.randint(1, 28):02d}{luck.randint(0, 23):02d}3000.000[-5:EST]"
        amount = f"-{luck.randint(1, 400)}.{luck.randint(0, 99):02d}"
        row = (("TRNTYPE", "DEBIT"), ("DTPOSTED", day), ("TRNAMT", amount), ("FITID", f"{day[:8]}{n:07d}"), ("NAME", luck.choice(shops)))
        out.write("<STMTTRN>\n" + "".join(e(k, v) for k, v in row) + e("MEMO", f"REF {luck.randrange(10**6)}") + "</STMTTRN>\n")
    out.write(f"</BANKTRANLIST><LEDGERBAL>{e('BALAMT', '-1.00')}{e('DTASOF', 20251231)}</LEDGERBAL>")
    out.write("</CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>\n")
    return out.getvalue().encode()


def walk(data: bytes) -> int:
    """A bare walk of an XML document: every element met, nothing kept."""
    from lxml import etree

    count = 0
    for _, element in etree.iterparse(io.BytesIO(data)):
        count += 1
        element.clear()
    return count


def read(data: bytes) -> int:
    """The same data as a frame."""
    from analyzer.importers.base import Document
    from analyzer.importers.reading import read_document

    (statement,) = read_document(Document("benchmark.ofx", data, ""))
    return len(statement)


def run(*, rows: int = ROWS, most: int = MOST_ROWS) -> Iterator[Result]:
    """100,000 transactions against the walk; 500,000 and 1,000,000 against each other; the memory of the largest."""
    xml, sgml = made(rows, xml=True), made(rows, xml=False)
    read(made(10, xml=True))
    floor = seconds(lambda: walk(xml))
    for name, data in (("XML", xml), ("SGML", sgml)):
        took = seconds(lambda data=data: read(data))
        yield Result(
            f"OFX {name}, {rows} transactions / lxml iterparse walk", took / floor, 2.5, note=f"{took:.2f} s against {floor:.2f} s"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statement.ofx"
        spent = []
        for count in (most // 2, most):
            path.write_bytes(made(count, xml=False))
            spent.append(_alone(path))
    (half, _), (whole, memory) = spent
    yield Result(f"OFX, {most} transactions / {most // 2}", whole / half, 2.2, note=f"{whole:.1f} s of processor against {half:.1f} s")
    yield Result(f"OFX, {most} transactions, peak memory", memory, unit=" MiB", note="of a process that reads nothing else")


def _alone(path: Path) -> tuple[float, float]:
    """Processor seconds and peak MiB of a process that reads one file."""
    code = "import sys; from analyzer.importers.reading import read_file; read_file(sys.argv[1])"
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        [sys.executable, "-c", code + "; import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)", str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, int(done.stdout) / 1024
