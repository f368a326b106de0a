"""PDF files written byte by byte: what no library would write, in synthetic twins of what banks and attackers do."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

ROWS = (
    ("03/04/2025", "LUMEN STREAMING 800-555-0142", "14.99"),
    ("03/11/2025", "HARBOUR BAKERY 017", "6.25"),
    ("03/19/2025", "NORTHSIDE FITNESS CLUB", "42.00"),
    ("03/27/2025", "REFUND HARBOUR BAKERY", "-6.25"),
)
HEAD = ("EXAMPLE BANK CREDIT CARD STATEMENT", "Account ending 4242", "Statement period 03/01/2025 to 03/31/2025, USD")


def show(x: float, y: float, text: str, *, size: int = 10) -> str:
    """One text at a place."""
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def body(rows: Sequence[tuple[str, str, str]] = ROWS, *, total: str | None = "56.99", head: Sequence[str] = HEAD) -> str:
    """The content of a card statement's page."""
    parts = [show(50, 750 - 15 * i, line) for i, line in enumerate(head)]
    parts += [show(x, 690, text) for x, text in ((50, "Date"), (150, "Description"), (450, "Amount"))]
    for i, (day, text, amount) in enumerate(rows):
        y = 670 - 16 * i
        parts += [show(50, y, day), show(150, y, text), show(450, y, amount)]
    if total is not None:
        y = 670 - 16 * len(rows) - 8
        parts += [show(150, y, "Total"), show(450, y, total)]
    return "".join(parts)


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream object's body."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries.encode(), data)


def flate(data: bytes, entries: str = "") -> bytes:
    """A compressed stream object's body."""
    return stream(zlib.compress(data, 9), f"/Filter/FlateDecode{entries}")


def assemble(objects: dict[int, bytes], *, trailer: str = "", root: int = 1) -> bytes:
    """A file of these objects with a right cross-reference table."""
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, data in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    out += b"trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer.encode(), start)
    return bytes(out)


def one_page(
    content: str | bytes, *, page: str = "", catalog: str = "", resources: str = "", extra: dict[int, bytes] | None = None, **how: str
) -> bytes:
    """A file of one page with this content."""
    raw = content.encode("latin-1") if isinstance(content, str) else content
    objects = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{resources}>>{page}>>".encode(),
        4: stream(raw),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        **(extra or {}),
    }
    return assemble(objects, **how)
