"""Pictures of statement pages with everything covered that is no part of the dispute. Runs in the sandboxed child.

A masked page is made from nothing: on an empty sheet only the pixels of the disputed lines (and the column headings)
are copied from the page's picture; all other lines become bars of one grey, drawn without looking at what they say. So nothing
else can be recovered, and no script, link, attachment or hidden text of the statement travels with the picture.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analyzer.disputes.numbers import LONG_NUMBERS, is_date
from analyzer.errors import MalformedStatement

BAR, WHITE, BLACK = 205, 255, 0
MOST_GLYPHS = 50_000
TALL = 2.2
"""Times the usual height of a glyph; what is taller takes part in no line of usual print."""
LARGEST_SIDE = 2_000
"""Points; a page beyond it is no statement page, and its picture would fill the memory."""
_MONEY = re.compile(r"[(+\-]?[^\w\s]{0,2}\d[\d.,' \u00a0\u202f\u2019]*\d(?:[.,]\d{1,3})?")
_HEADING_WORDS = """
    date posted posting transaction description details particulars amount debit credit balance reference merchant paid money
    tanggal tgl transaksi keterangan uraian jumlah mutasi saldo datum buchung buchungstag valuta wert verwendungszweck betrag
    umsatz fecha concepto importe cargo abono operation operación libellé montant débit crédit valeur omschrijving bedrag boekdatum
    data descrizione importo
"""
_HEADINGS = frozenset(_HEADING_WORDS.split())

Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom in pixels."""


@dataclass(slots=True)
class Glyph:
    """One visible character and where its ink may be."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    ink_top: float
    ink_bottom: float


def pages(documents: list[dict[str, Any]], mode: str, dpi: int) -> list[dict[str, Any]]:
    """One picture per page asked for, as a PNG in shades of grey.

    Args:
        documents: each `data`, `password` and `pages`; a page has `page` (1-based), `lines` (each `boxes` in points from the top
            left corner, `digits` of the amount as it may be
            printed, `numbers` of the descriptor that may stay, `words` of the descriptor) and `others` (boxes of all other rows).
        mode: `masked` or `full`.
        dpi: of the pictures.

    Returns:
        Per page: `png`, `width`, `height` (pixels), `found` (per line, whether its text stands in its box),
        `rows` (per line, top and bottom in pixels).
    """
    import pypdfium2

    pictures = []
    for document in documents:
        try:
            pdf = pypdfium2.PdfDocument(document["data"], password=document.get("password"))
        except pypdfium2.PdfiumError as error:
            raise MalformedStatement("the file cannot be opened again for the exhibit", todo="use --exhibits none") from error
        for wanted in document["pages"]:
            pictures.append(_picture(pdf, wanted, mode, dpi))
        pdf.close()
    return pictures


def _picture(pdf: Any, wanted: dict[str, Any], mode: str, dpi: int) -> dict[str, Any]:
    from PIL import Image, ImageDraw

    page = pdf[wanted["page"] - 1]
    width, height = page.get_size()
    if max(width, height) > LARGEST_SIDE:
        raise MalformedStatement("a page too large for an exhibit", place=f"page {wanted['page']}", todo="use --exhibits none")
    scale = dpi / 72
    picture = page.render(scale=scale, grayscale=True, draw_annots=False).to_pil().convert("L")
    glyphs = _glyphs(page, picture.width, picture.height)
    rows = _visual_lines(glyphs)
    lines = [[tuple(v * scale for v in box) for box in line["boxes"]] for line in wanted["lines"]]
    found = [_stands_there(line, boxes, glyphs) for line, boxes in zip(wanted["lines"], lines, strict=True)]
    others = [tuple(v * scale for v in box) for box in wanted["others"]]
    kept = [box for boxes, there in zip(lines, found, strict=True) if there for box in boxes]
    if mode == "full":
        sheet = picture
        draw = ImageDraw.Draw(sheet)
        for rect in _pictures_on(page, picture.width, picture.height):
            draw.rectangle(rect, fill=BAR)
    else:
        sheet = Image.new("L", picture.size, WHITE)
        draw = ImageDraw.Draw(sheet)
        headings = _headings(rows, kept + others)
        # Bars of one width, whatever stood there: even the length of a text is nobody's business. They are drawn last, so
        # that a heading or a disputed line keeps only what no other line reaches into.
        left, right = min((g.x0 for g in glyphs), default=0), max((g.x1 for g in glyphs), default=0)
        for row in rows:
            if id(row) in headings:
                _copy(picture, sheet, _around(row, 1))
        hidden = [row for row in rows if id(row) not in headings and not _inside(row, kept)]
        bars = [(int(left), _around(row)[1], int(right), _around(row)[3]) for row in hidden]
        for bar in bars:
            draw.rectangle(bar, fill=BAR)
        for box in kept:
            own = [g for row in rows if _inside(row, [box]) for g in row]
            if own:
                top, bottom = min(g.ink_top for g in own) - 1, max(g.ink_bottom for g in own) + 2
                _copy(picture, sheet, (int(box[0] - 2), int(max(top, box[1] - 2)), int(box[2] + 2), int(min(bottom, box[3] + 2))))
        for row in hidden:
            top, bottom = min(g.ink_top for g in row), max(g.ink_bottom for g in row)
            for box in kept:
                # Ink that reaches into the box is covered over its whole width, so that no length shows; but not for the sake of
                # a text in the next column, nor of one that stands beside the line or upright across it.
                reach = (min(g.x0 for g in row) - 1, top, max(g.x1 for g in row) + 1, bottom)
                common = _overlap(reach, box)
                if common and 2 * (common[3] - common[1]) <= box[3] - box[1]:
                    common = _overlap((left, top, right, bottom), box)
                if common:
                    draw.rectangle((common[0], common[1], common[2], common[3]), fill=BAR)
    for line, boxes, there in zip(wanted["lines"], lines, found, strict=True):
        if there:
            for rect in _secrets_in_row(line, boxes, glyphs):
                draw.rectangle(rect, fill=BAR)
    shown = frozenset(number for line in wanted["lines"] for number in line["numbers"])
    for rect in _long_numbers([*map(_spelled, rows), _in_order(glyphs)], shown):
        if mode == "full" or any(_overlap(rect, box) for box in kept):
            draw.rectangle(rect, fill=BAR)
    for boxes, there in zip(lines, found, strict=True):
        if there:
            for box in _merged(boxes):
                draw.rectangle(_grown(box, 5, 3), outline=BLACK, width=max(2, round(scale)))
    out = io.BytesIO()
    sheet.save(out, format="PNG", optimize=True)
    page.close()
    return {
        "png": out.getvalue(),
        "width": sheet.width,
        "height": sheet.height,
        "found": found,
        "rows": [[min(b[1] for b in boxes), max(b[3] for b in boxes)] for boxes in lines],
    }


def _glyphs(page: Any, width: int, height: int) -> list[Glyph]:
    """All characters of the page with their boxes in pixels; rotation and page boxes are PDFium's business."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    count = text.count_chars()
    if count > MOST_GLYPHS:
        raise MalformedStatement(f"a page of {count} characters: no exhibit is made of it", todo="use --exhibits none")
    x, y = ctypes.c_int(), ctypes.c_int()
    fine = 16  # PageToDevice answers in whole pixels; a larger device gives fractions of ours

    def place(px: float, py: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(page, 0, 0, width * fine, height * fine, 0, px, py, x, y)
        return x.value / fine, y.value / fine

    out = []
    for i in range(count):
        code = raw.FPDFText_GetUnicode(text, i)
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "?"
        if character.isspace():
            continue
        left, bottom, right, top = text.get_charbox(i, loose=True)
        (x0, y0), (x1, y1) = place(left, top), place(right, bottom)
        left, bottom, right, top = text.get_charbox(i)
        (_, ink0), (_, ink1) = place(left, top), place(right, bottom)
        out.append(Glyph(character, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), min(ink0, ink1), max(ink0, ink1)))
    text.close()
    return out


def _visual_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs of one line of print, left to right; a wide gap starts a new piece.

    Glyphs that reach over several lines, as upright print along the margin does, are told from the lines they reach over.
    """
    heights = sorted(g.bottom - g.top for g in glyphs)
    usual = heights[len(heights) // 2] if heights else 0.0
    tall = [g for g in glyphs if g.bottom - g.top > TALL * usual]
    if tall and len(tall) < len(glyphs):
        return [*_visual_lines([g for g in glyphs if g.bottom - g.top <= TALL * usual]), *_visual_lines(tall)]
    rows: list[list[Glyph]] = []
    for g in sorted(glyphs, key=lambda g: ((g.top + g.bottom) / 2, g.x0)):
        middle = (g.top + g.bottom) / 2
        if rows and rows[-1][0].top <= middle <= rows[-1][0].bottom:
            rows[-1].append(g)
        else:
            rows.append([g])
    pieces = []
    for row in rows:
        row.sort(key=lambda g: g.x0)
        piece = [row[0]]
        for g in row[1:]:
            if g.x0 - piece[-1].x1 > 1.5 * (g.bottom - g.top):
                pieces.append(piece)
                piece = []
            piece.append(g)
        pieces.append(piece)
    return pieces


def _words(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    word = [row[0]]
    for g in row[1:]:
        if g.x0 - word[-1].x1 > 0.12 * (g.bottom - g.top):
            yield word
            word = []
        word.append(g)
    yield word


def _text(glyphs: Sequence[Glyph]) -> str:
    return "".join(g.text for g in glyphs)


def _headings(rows: Sequence[list[Glyph]], boxes: Sequence[Rect]) -> set[int]:
    """Ids of the pieces that may stay: the column headings above the first row, and lines without any digit above those."""
    first = min((b[1] for b in boxes), default=0.0)
    numbered = [_middle(row) for row in rows if any(g.text.isdigit() for g in row)]
    half = {id(row): (row[0].bottom - row[0].top) / 2 for row in rows}
    plain = [row for row in rows if row[0].bottom <= first + 2 and not any(abs(_middle(row) - other) < half[id(row)] for other in numbered)]
    heads = [row for row in plain if any(_text(w).casefold().strip(".:()") in _HEADINGS for w in _words(row))]
    levels = [_middle(row) for row in heads if sum(abs(_middle(row) - _middle(other)) < half[id(row)] for other in heads) >= 2]
    if not levels:
        return set()
    return {id(row) for row in plain if _middle(row) <= max(levels) + half[id(row)]}


def _middle(row: Sequence[Glyph]) -> float:
    return (row[0].top + row[0].bottom) / 2


def _stands_there(line: dict[str, Any], boxes: Sequence[Rect], glyphs: Sequence[Glyph]) -> bool:
    """Whether the box holds what the row says: its amount's digits, and its first words."""
    inside = [g for g in glyphs if any(_middle_in(g, _grown(b, 2, 1)) for b in boxes)]
    text = _text(inside).casefold()
    digits = re.sub(r"\D", "", text)
    wanted = re.sub(r"\W", "", str(line["words"]).casefold())[:8]
    return any(d.lstrip("0") in digits for d in line["digits"]) and wanted in re.sub(r"\W", "", text)


def _secrets_in_row(line: dict[str, Any], boxes: Sequence[Rect], glyphs: Sequence[Glyph]) -> Iterator[tuple[int, ...]]:
    """What stands right of the charge's own amount once another amount follows: the running balance, which is nobody's business."""
    inside = [g for g in glyphs if any(_middle_in(g, b) for b in boxes)]
    edge = max(b[2] for b in boxes)
    for row in _joined(_visual_lines(inside)):
        last: list[Glyph] = []
        for word in row:
            text = _text(word)
            digits = re.sub(r"\D", "", text)
            if digits and (digits.lstrip("0") or "0") in line["digits"]:
                last = word
            elif last and digits and _MONEY.fullmatch(text.strip("CRDcrd")):
                # From the last word that may stay to the edge, so that not even its length can be seen.
                _, top, _, bottom = _around(row[0])
                yield int(last[-1].x1 + (last[-1].bottom - last[-1].top) / 3), top, int(edge), bottom
                break
            elif last and not digits:
                last = word


def _joined(pieces: Sequence[list[Glyph]]) -> Iterator[list[list[Glyph]]]:
    """Per printed line its words, over the gaps between columns."""
    current: list[list[Glyph]] = []
    for piece in pieces:
        if current and not (current[0][0].top <= (piece[0].top + piece[0].bottom) / 2 <= current[0][0].bottom):
            yield current
            current = []
        current += list(_words(piece))
    if current:
        yield current


Spelled = list[tuple[str, Glyph | None]]
"""Characters with the glyph each is from; blanks between words have none."""


def _spelled(row: Sequence[Glyph]) -> Spelled:
    """The characters of one line of print."""
    out: Spelled = []
    for word in _words(row):
        out += [(g.text[:1], g) for g in word] + [(" ", None)]
    return out


def _in_order(glyphs: Sequence[Glyph]) -> Spelled:
    """All characters in the order of the file, in which a number stays together whichever way it is turned."""
    out: Spelled = []
    before: Glyph | None = None
    for g in glyphs:
        if before is not None:
            reach = max(g.x1 - g.x0, g.bottom - g.top, before.x1 - before.x0, before.bottom - before.top)
            away = max(g.x0 - before.x1, before.x0 - g.x1, g.top - before.bottom, before.top - g.bottom)
            out += [(" ", None)] * (1 if away > 0.12 * reach else 0) + [(" ", None)] * (3 if away > 2 * reach else 0)
        out.append((g.text[:1], g))
        before = g
    return out


def _long_numbers(spellings: Sequence[Spelled], shown: frozenset[str]) -> Iterator[tuple[int, ...]]:
    """Every run of digits that could be a card or account number, wherever it stands; not those in `shown`."""
    for spelled in spellings:
        text = "".join(c for c, _ in spelled)
        for pattern in LONG_NUMBERS:
            for match in pattern.finditer(text):
                digits = sum(c.isdigit() for c in match.group())
                found = match.group().strip()
                if digits >= 8 and not is_date(found) and found not in shown:
                    covered = [g for _, g in spelled[match.start() : match.end()] if g is not None]
                    yield _around(covered)


def _pictures_on(page: Any, width: int, height: int) -> Iterator[tuple[int, ...]]:
    """Where the page holds pictures: they may show a number that no text tells of."""
    import pypdfium2.raw as raw

    x, y = ctypes.c_int(), ctypes.c_int()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()
        corners = []
        for px, py in ((left, top), (right, bottom)):
            raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, px, py, x, y)
            corners.append((x.value, y.value))
        (x0, y0), (x1, y1) = corners
        yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _around(glyphs: Sequence[Glyph], margin: float = 0) -> tuple[int, ...]:
    return (
        int(min(g.x0 for g in glyphs) - margin),
        int(min(g.top for g in glyphs) - margin),
        int(max(g.x1 for g in glyphs) + margin + 1),
        int(max(g.bottom for g in glyphs) + margin),
    )


def _grown(box: Rect | tuple[int, ...], x: float, y: float) -> tuple[int, ...]:
    return int(box[0] - x), int(box[1] - y), int(box[2] + x + 1), int(box[3] + y + 1)


def _copy(source: Any, target: Any, rect: tuple[int, ...]) -> None:
    x0, top, x1, bottom = max(0, rect[0]), max(0, rect[1]), min(source.width, rect[2]), min(source.height, rect[3])
    if x1 > x0 and bottom > top:
        target.paste(source.crop((x0, top, x1, bottom)), (x0, top))


def _overlap(a: Any, b: Any) -> tuple[int, ...] | None:
    x0, top, x1, bottom = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    return (int(x0), int(top), int(x1), int(bottom)) if x1 > x0 and bottom > top else None


def _inside(row: Sequence[Glyph], boxes: Sequence[Rect]) -> bool:
    """Whether a piece of text belongs to one of the boxes: the middle of most of its characters does."""
    return any(2 * sum(_middle_in(g, _grown(box, 2, 0)) for g in row) > len(row) for box in boxes)


def _middle_in(g: Glyph, box: Any) -> bool:
    return bool(box[0] <= (g.x0 + g.x1) / 2 <= box[2] and box[1] <= (g.top + g.bottom) / 2 <= box[3])


def _merged(boxes: Sequence[Rect]) -> list[Rect]:
    """One frame for the lines of one row where they touch."""
    out: list[Rect] = []
    for box in sorted(boxes, key=lambda b: b[1]):
        if out and box[1] - out[-1][3] < 6:
            last = out.pop()
            box = (min(last[0], box[0]), last[1], max(last[2], box[2]), max(last[3], box[3]))
        out.append(box)
    return out
