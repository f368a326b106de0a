"""PDFium's view of a document: pages of words, and which of them a reader of the page can see.

PDFium is the fast reader (about twelve times pdfplumber). What is visible is decided by looking: the page is drawn
small and grey, and a word without ink where it should stand is hidden, whatever the cause (render mode 3, white on
white, a layer that is off, a patch painted over it). Text over a scanned picture has the picture's ink and stays.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from analyzer.errors import EncryptedStatement, MalformedStatement, NoTextLayer
from analyzer.importers.pdf.page import Page, Rect, Word, from_paper
from analyzer.importers.pdf.scattered import gathered, is_scattered
from analyzer.limits import Limits

CROWDED = 10_000
"""More objects than any statement's page draws."""
_MANY_RULES = 1_000
"""Lines and boxes; a table of a hundred rows has a few hundred."""
_LARGEST_SIDE = 1600
_LEAST_CONTRAST = 12
"""Of 255 grey levels. White on white gives 0, 5 % grey on white about 13, pale grey print 60 and more."""
_WORD_GAP = 0.22
"""Of the line height: a wider gap between two characters is a blank."""
_FRESH = "ask the bank for a fresh copy"
_FIRST_MADE = 2001
"""Programs that stamp a fixed day take one of 1970, 1980 or 2000; that is no day a statement was made on."""
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY


def open_document(data: bytes, password: str | None) -> Any:
    """The document, opened with `password` if one is given.

    Raises:
        EncryptedStatement: a password is missing, wrong, or of an unknown kind.
        MalformedStatement: no PDF that PDFium can open.
    """
    import pypdfium2
    import pypdfium2.raw as raw

    for attempt in [None] if password is None else [password, None]:
        try:
            document = pypdfium2.PdfDocument(data, password=attempt)
        except (pypdfium2.PdfiumError, ValueError, UnicodeError):
            code = raw.FPDF_GetLastError()
            continue
        if len(document) < 1:
            raise MalformedStatement("the PDF has no pages", todo=_FRESH)
        return document
    if code == _PASSWORD:
        if password is None:
            raise EncryptedStatement("needs a password", todo="--password-file PATH, or STMT_SCAN_PDF_PASSWORD")
        raise EncryptedStatement("the password does not open it", todo="check the file given with --password-file")
    if code == _SECURITY:
        raise EncryptedStatement("encrypted in a way no reader here knows", todo="save it without protection from the bank's viewer")
    raise MalformedStatement("damaged: this PDF cannot be opened", todo=_FRESH)


def made(document: Any) -> date | None:
    """The day the file says it was made, or None: `D:20240131...` of its information dictionary."""
    told = re.match(r"D:([0-9]{4})([0-9]{2})([0-9]{2})", document.get_metadata_value("CreationDate"))
    try:
        return date(*map(int, told.groups())) if told and int(told[1]) >= _FIRST_MADE else None
    except ValueError:
        return None


def pages(document: Any, limits: Limits) -> Iterator[Page]:
    """The pages in order, each closed before the next is opened.

    Raises:
        LimitExceeded: too many pages, or too many characters on one.
    """
    count = len(document)
    if count > limits.pdf_pages:
        raise limits.exceeded("pdf_pages", count)
    for index in range(count):
        yield _page(document, index, limits)


def _page(document: Any, index: int, limits: Limits) -> Page:
    import pypdfium2
    import pypdfium2.raw as raw

    number = index + 1
    try:
        handle = document[index]
        text = handle.get_textpage()
    except pypdfium2.PdfiumError:
        raise MalformedStatement("the page cannot be opened", place=f"page {number}", todo=_FRESH) from None
    try:
        turn = {0: 0, 90: 1, 180: 2, 270: 3}.get(handle.get_rotation(), 0)
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(handle.raw, ctypes.byref(box))
        page = Page(number, (box.left, box.bottom, box.right, box.top), turn, turn)
        page.glyphs = text.count_chars()
        if page.glyphs > limits.pdf_page_glyphs:
            raise limits.exceeded("pdf_page_glyphs", page.glyphs, place=f"page {number}")
        page.objects = raw.FPDFPage_CountObjects(handle.raw)
        if page.objects > _MANY_RULES and (shapes := _shapes(handle, page.objects)) > _MANY_RULES:
            page.oddities.append(f"{shapes} lines and boxes are drawn on the page; it is read by the places of its text alone")
        if page.glyphs:
            _read(text.raw, page)
            _look(handle, page)
        return page
    finally:
        text.close()
        handle.close()


def _shapes(handle: Any, count: int) -> int:
    import pypdfium2.raw as raw

    found = (raw.FPDFPage_GetObject(handle.raw, i) for i in range(count))
    return sum(1 for f in found if f and raw.FPDFPageObj_GetType(f) == raw.FPDF_PAGEOBJ_PATH)


def _characters(text: Any, count: int) -> str:
    """One character an index; the unmapped are U+FFFD."""
    import pypdfium2.raw as raw

    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text, 0, count, buffer)
    plain = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    if len(plain) == count:
        return _hyphens(text, plain)
    # Characters beyond U+FFFF or without a code shift the short way: ask one by one.
    return _hyphens(text, "".join(chr(c) if 0 < (c := raw.FPDFText_GetUnicode(text, i)) <= 0x10FFFF else "\ufffd" for i in range(count)))


def _hyphens(text: Any, characters: str) -> str:
    """The hyphens at line ends written as such; PDFium has a code of its own for them."""
    import pypdfium2.raw as raw

    return re.sub("[\x02\ufffe]", lambda m: "-" if raw.FPDFText_IsHyphen(text, m.start()) == 1 else m.group(), characters)


def _read(text: Any, page: Page) -> None:
    """Fill in the page's words.

    A run without a blank is one word where its first and last character agree with it (same height, and no more room
    than its letters take); only other runs are measured letter by letter, for every question to PDFium costs.
    """
    import pypdfium2.raw as raw

    characters = _characters(text, page.glyphs)
    page.reading_turn = _reading_turn(text, characters, page.display_turn)
    turn, paper = page.reading_turn, page.paper
    left, _, _, high = paper
    rect = raw.FS_RECTF()
    reference = ctypes.byref(rect)
    ask, angle_of = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharAngle

    def box(i: int) -> Rect:
        ask(text, i, reference)
        if turn == 0:
            return rect.left - left, high - rect.top, rect.right - left, high - rect.bottom
        return from_paper((rect.left, rect.bottom, rect.right, rect.top), paper, turn)

    words = page.words
    if is_scattered(characters):
        page.unmapped += sum(characters.count(c) for c in _UNMAPPED)
        for i, word in gathered(characters, box, lambda i: raw.FPDFText_IsGenerated(text, i) != 1):
            if _turn_of(angle_of(text, i)) == turn:
                words.append(word)
            else:
                page.turned += len(word.text)
        return
    for run in _RUN.finditer(characters):
        start, end = run.span()
        letters = run.group()
        page.unmapped += sum(letters.count(c) for c in _UNMAPPED) if not letters.isascii() else 0
        x0, top, x1, bottom = box(start)
        last = end - 1
        if last > start:
            a, b, d, e = box(last)
            half = (last - start + 1) // 2
            twice = half >= _STRUCK and letters[0] == letters[half] and letters[:half] == letters[half:]
            if b == top and e == bottom and not twice and x0 <= a <= x0 + 1.08 * max(x1 - x0, d - a) * (last - start):
                words.append(Word(letters, x0, top, d, bottom))
                continue
        if _turn_of(angle_of(text, start)) != turn:
            page.turned += end - start
        else:
            words += _once(_measured(letters, start, box))


_RUN = re.compile("[^\\x00-\\x20\xa0\u2007\u2009\u202f\u200b\ufeff\xad]+")
_STRUCK = 4
"""Letters that an amount struck a second time has at least."""
_UNMAPPED = "\ufffd\ufffe\uffff"


def _once(words: list[Word]) -> list[Word]:
    """The words without those struck a second time in the same place, as bold without a bold font."""
    return [
        w
        for i, w in enumerate(words)
        if i == 0 or w.text != words[i - 1].text or abs(w.x0 - words[i - 1].x0) > 0.1 * w.size or w.top != words[i - 1].top
    ]


def _measured(run: str, start: int, box: Callable[[int], Rect]) -> list[Word]:
    """The words of a run, cut where its characters leave a gap, go back or change height."""
    words: list[Word] = []
    word: Word | None = None
    for i, c in enumerate(run):
        a, b, d, e = box(start + i)
        if word is not None:
            height = word.bottom - word.top
            if a - word.x1 > _WORD_GAP * height or a < word.x1 - 0.6 * height or abs((b + e) - (word.top + word.bottom)) > height:
                word = None
        if word is None:
            word = Word(c, a, b, d, e)
            words.append(word)
        else:
            word.text += c
            word.x1 = max(word.x1, d)
            word.top, word.bottom = min(word.top, b), max(word.bottom, e)
    return words


def _turn_of(angle: float) -> int:
    """Quarter turns clockwise that make text of this angle read from left to right; -1 askew.

    PDFium counts angles clockwise, in radians: text that runs upwards has three quarters.
    """
    quarter = angle / (math.pi / 2)
    nearest = round(quarter)
    return -nearest % 4 if abs(quarter - nearest) < 0.06 else -1


def _reading_turn(text: Any, characters: str, display_turn: int) -> int:
    import pypdfium2.raw as raw

    solid = [i for i, c in enumerate(characters) if c > " "]
    step = max(1, len(solid) // 40)
    votes = Counter(_turn_of(raw.FPDFText_GetCharAngle(text, i)) for i in solid[::step])
    votes.pop(-1, None)
    if not votes:
        return display_turn
    best = max(votes.values())
    return display_turn if votes.get(display_turn, 0) == best else min(t for t, n in votes.items() if n == best)


def _look(handle: Any, page: Page) -> None:
    """Move words that cannot be seen from `words` to `hidden`."""
    width, height = page.size if page.reading_turn % 2 == page.display_turn % 2 else page.size[::-1]
    turned = page.reading_turn != page.display_turn
    visible: list[Word] = []
    for word in page.words:
        x0, top, x1, bottom = word.x0, word.top, word.x1, word.bottom
        if turned:
            x0, top, x1, bottom = page.displayed(x0, top, x1, bottom)
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if 0 <= x <= width and 0 <= y <= height:
            visible.append(word)
        else:
            page.hidden.append((word, "outside the page"))
    sizes = sorted(w.size for w in visible)
    typical = sizes[len(sizes) // 2] if sizes else 0.0
    # Small print decides how large the picture must be: seven pixels a line are enough.
    small = sizes[len(sizes) // 20] if sizes else 0.0
    scale = min(1.0, _LARGEST_SIDE / max(width, height, 1.0), max(0.5, 7 / max(small, 1.0)))
    if not visible or typical * scale < 3:
        if visible:
            page.oddities.append("the page is so large that hidden text cannot be told")
        page.words = visible
        return
    seen = _drawn(handle, page, visible, scale)
    if not all(seen):
        # Painted over (a box of advertising, a redaction) is not the same as never drawn: look at the text alone.
        _strip(handle)
        alone = _drawn(handle, page, visible, scale)
        for word, over, bare in zip(visible, seen, alone, strict=True):
            if not over:
                (page.covered if bare else page.hidden).append((word, "painted over" if bare else "without ink"))
        seen = [s or a for s, a in zip(seen, alone, strict=True)]
    page.words = [w for w, s in zip(visible, seen, strict=True) if s]


def _drawn(handle: Any, page: Page, words: list[Word], scale: float) -> list[bool]:
    image = handle.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        return _ink(image, page, words, scale)
    finally:
        image.close()


def _strip(handle: Any) -> None:
    """Take everything but text (and forms, which may hold text) off the page in memory."""
    import pypdfium2.raw as raw

    keep = (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM)
    for index in range(raw.FPDFPage_CountObjects(handle.raw) - 1, -1, -1):
        found = raw.FPDFPage_GetObject(handle.raw, index)
        if found and raw.FPDFPageObj_GetType(found) not in keep and raw.FPDFPage_RemoveObject(handle.raw, found):
            raw.FPDFPageObj_Destroy(found)


def _ink(image: Any, page: Page, words: list[Word], scale: float) -> list[bool]:
    stride, width, height = image.stride, image.width, image.height
    pixels = bytes(image.buffer)
    turned = page.reading_turn != page.display_turn
    seen: list[bool] = []
    for word in words:
        x0, top, x1, bottom = word.x0, word.top, word.x1, word.bottom
        if turned:
            x0, top, x1, bottom = page.displayed(x0, top, x1, bottom)
        a, b = int(max(0.0, x0) * scale), int(x1 * scale) + 2
        if b > width:
            b = width
        # Nearly every word shows in its middle row; the others are asked only where it does not.
        y = int((top + bottom) * scale / 2)
        row = pixels[y * stride + a : y * stride + b] if 0 <= y < height else b""
        if row and max(row) - min(row) >= _LEAST_CONTRAST:
            seen.append(True)
            continue
        # The upper and lower fifth can hold rules and cell borders, which are no ink of the word.
        margin = 0.2 * (bottom - top)
        rows = range(max(0, math.floor((top + margin) * scale)), min(height, math.ceil((bottom - margin) * scale) + 1))
        block = b"".join(pixels[y * stride + a : y * stride + b] for y in rows)
        seen.append(bool(block and max(block) - min(block) >= _LEAST_CONTRAST) or not any(c.isalnum() for c in word.text))
    return seen


def check_text(read: list[Page]) -> None:
    """Refuse a document whose pages show no readable text.

    Raises:
        NoTextLayer: pictures only, or characters without a meaning.
    """
    todo = "run OCR first (for example with ocrmypdf)"
    letters = sum(len(w.text) for p in read for w in p.words)
    # Fonts that are broken on purpose leave characters without a size.
    unmapped = sum(p.unmapped + sum(len(w.text) for w in p.words if w.size < 0.5) for p in read)
    if letters < 10:
        raise NoTextLayer("no text layer", todo=todo)
    if unmapped > 0.3 * letters:
        raise NoTextLayer("no text layer that can be read (the characters have no meaning)", todo=todo)
