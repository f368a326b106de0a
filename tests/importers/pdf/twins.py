"""Hostile and broken PDFs: synthetic twins, and what must be answered (E refused, W read with a warning, P read)."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

from .rawpdf import ROWS, assemble, body, flate, one_page, show, stream

MAKERS: dict[str, tuple[str, Callable[[], bytes]]] = {}


def twin(answer: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def keep(maker: Callable[[], bytes]) -> Callable[[], bytes]:
        MAKERS[maker.__name__] = (answer, maker)
        return maker

    return keep


@twin("P")
def plain() -> bytes:
    return one_page(body())


@twin("P")
def compressed() -> bytes:
    return one_page(body(), extra={4: flate(body().encode())})


@twin("E")
def info_reference_cycle() -> bytes:
    """Readable; but /Info goes round in circles, which holds some readers up for ever: E or W."""
    return one_page("", trailer="/Info 7 0 R", extra={4: stream(b""), 7: b"8 0 R", 8: b"7 0 R"})


@twin("PW")
def info_cycle_with_text() -> bytes:
    return one_page(body(), trailer="/Info 7 0 R", extra={7: b"8 0 R", 8: b"7 0 R"})


@twin("E")
def contents_cycle() -> bytes:
    return one_page("", extra={4: b"6 0 R", 6: b"4 0 R"})


@twin("E")
def flate_twice() -> bytes:
    bomb = zlib.compress(zlib.compress(b" " * (1 << 27), 9), 9)
    return one_page("", extra={4: stream(bomb, "/Filter[/FlateDecode/FlateDecode]")})


@twin("E")
def predictor_columns() -> bytes:
    return one_page("", extra={4: flate(body().encode(), "/DecodeParms<</Predictor 12/Columns 2000000000>>")})


@twin("E")
def million_characters() -> bytes:
    content = "BT /F1 1 Tf 1 0 0 1 10 10 Tm\n" + ("(" + "1234567890" * 100 + ") Tj\n") * 1000 + "ET\n"
    return one_page("", extra={4: flate((body() + content).encode())})


@twin("PW")
def xref_prev_loop() -> bytes:
    data = one_page(body())
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    return data.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev %d>>" % start)


@twin("EW")
def cmap_traversal() -> bytes:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/..#2F..#2Fetc#2Fpasswd/DescendantFonts[6 0 R]>>"
    child = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>/FontDescriptor 7 0 R>>"
    return one_page(body(), extra={5: font, 6: child, 7: b"<</Type/FontDescriptor/FontName/X/Flags 4>>"})


@twin("E")
def text_layer_lies() -> bytes:
    """The page shows another digit than the text layer says: the sum does not come out."""
    table = (
        b"/CIDInit begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"2 beginbfrange <20> <7E> <0020> endbfrange 1 beginbfchar <34> <0039> endbfchar endcmap"
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    return one_page(body(), extra={5: font, 6: stream(table)})


@twin("W")
def hidden_layer() -> bytes:
    ghosts = "/OC /L1 BDC\n" + show(50, 500, "03/09/2025") + show(150, 500, "GHOST IN A LAYER") + show(450, 500, "99.00") + "EMC\n"
    layers = "/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]/Order[6 0 R]>>>>"
    return one_page(body() + ghosts, catalog=layers, resources="/Properties<</L1 6 0 R>>", extra={6: b"<</Type/OCG/Name(draft)>>"})


@twin("W")
def invisible_and_white() -> bytes:
    ghosts = "3 Tr\n" + show(50, 500, "03/09/2025") + show(150, 500, "GHOST") + show(450, 500, "99.00")
    white = "0 Tr 1 1 1 rg\n" + show(50, 480, "03/10/2025") + show(150, 480, "GHOST") + show(450, 480, "98.00")
    return one_page(body() + ghosts + white)


@twin("W")
def off_page() -> bytes:
    ghosts = show(50, -40, "03/09/2025") + show(150, -40, "GHOST BELOW") + show(450, -40, "99.00")
    return one_page(body() + ghosts)


@twin("P")
def double_struck() -> bytes:
    twice = "".join(
        show(x + d, 670 - 16 * i, t) for i, row in enumerate(ROWS) for x, t in zip((50, 150, 450), row, strict=True) for d in (0, 0.3)
    )
    return one_page(body(rows=(), total=None) + twice + show(150, 598, "Total") + show(450, 598, "56.99"))


@twin("W")
def sideways() -> bytes:
    return one_page(body(), page="/Rotate 90")


@twin("E")
def unclosed_array() -> bytes:
    content = body(total=None)
    cut = content.index("NORTHSIDE")
    return one_page(content[:cut].rsplit("BT", 1)[0] + "BT /F1 10 Tf 1 0 0 1 150 638 Tm [(NORTH) -20 (SIDE)")


@twin("E")
def flate_corrupt() -> bytes:
    data = bytearray(zlib.compress(body().encode(), 9))
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    return one_page("", extra={4: stream(bytes(data), "/Filter/FlateDecode")})


@twin("E")
def flate_cut() -> bytes:
    data = zlib.compress(body().encode(), 9)
    return one_page("", extra={4: stream(data[: len(data) * 2 // 3], "/Filter/FlateDecode")})


@twin("E")
def cut_in_a_string() -> bytes:
    content = body(total=None)
    return one_page(content[: content.index("NORTHSIDE") + 4])


@twin("E")
def picture_only() -> bytes:
    picture = stream(bytes(range(256)) * 4, "/Type/XObject/Subtype/Image/Width 32/Height 32/ColorSpace/DeviceGray/BitsPerComponent 8")
    return one_page("q 500 0 0 700 50 50 cm /Im1 Do Q", resources="/XObject<</Im1 6 0 R>>", extra={6: picture})


@twin("EW")
def total_mismatch() -> bytes:
    return one_page(body(total="412.07"))


@twin("W")
def later_revision() -> bytes:
    first = one_page(body())
    changed = body((("03/04/2025", "LUMEN STREAMING 800-555-0142", "94.99"), *ROWS[1:]), total="136.99")
    start = len(first)
    new = b"4 0 obj\n" + stream(changed.encode()) + b"\nendobj\n"
    before = int(first.rsplit(b"startxref\n", 1)[1].split()[0])
    table = b"xref\n4 1\n%010d 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        start,
        before,
        start + len(new),
    )
    return first + new + table


@twin("PW")
def remote_reference() -> bytes:
    return one_page(body(), extra={4: stream(body().encode()), 6: b"<</F (/etc/passwd) /Length 0>>\nstream\n\nendstream"})


@twin("E")
def contents_elsewhere() -> bytes:
    return one_page("", extra={4: b"<</F (/etc/passwd) /Length 0>>\nstream\n\nendstream"})


@twin("E")
def no_pages() -> bytes:
    return assemble({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"})


@twin("E")
def no_catalog() -> bytes:
    return assemble({1: b"<</Type/Pages>>", 2: b"null"})


@twin("E")
def cut_in_half() -> bytes:
    data = one_page(body())
    return data[: len(data) // 2]


def encrypted(user: str, owner: str) -> bytes:
    """The plain statement under a password (AES-256)."""
    import pypdf

    writer = pypdf.PdfWriter(io.BytesIO(one_page(body())))
    writer.encrypt(user, owner, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
