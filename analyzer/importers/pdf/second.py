"""The second reader: pdfplumber checks what PDFium read, and looks whether a page ends where its content does.

PDFium repairs silently; a page cut in half reads as a shorter page. pdfplumber reads the pages that matter (all of a
short statement, a sample of a long one) independently, and every amount of ours must be found there too. It runs
under an alarm: a file that holds it up is read with PDFium alone, and a warning says so.
"""

from __future__ import annotations

import io
import logging
import re
import signal
import threading
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from analyzer.errors import IncompleteStatement
from analyzer.importers.pdf.page import Page, Word

_ALL_UP_TO = 4
"""Pages with rows: so many are all read twice; of more, a sample."""
_LONG = 30
_INFLATED = 64 * 1024 * 1024
_SECONDS = 4.0
"""Of processor time, which is the same on a busy machine: the answer must not depend on the load."""


class _TooSlowError(BaseException):
    """Raised by the alarm; a `BaseException`, for pdfplumber wraps every `Exception`."""


@dataclass(slots=True)
class Opinion:
    """What the second reader says: `missing` amounts as (page, text), remarks, and pages it did read."""

    missing: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    read: int = 0
    slow: bool = False


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        raise _TooSlowError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


_ALIAS = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj\s+(\d{1,9})\s+\d{1,5}\s+R\s*endobj")


def circular(data: bytes) -> bool:
    """Whether objects that are nothing but references go round in a circle, which holds pdfminer up for ever."""
    aliases = {m[1]: m[2] for m in _ALIAS.finditer(data)}
    walked: dict[bytes, bytes] = {}
    for start in aliases:
        at = start
        while at in aliases and at not in walked:
            walked[at] = start
            at = aliases[at]
        if walked.get(at) == start:
            return True
    return False


def check(data: bytes, password: str | None, amounts: Sequence[tuple[int, str]], crowded: Collection[int] = ()) -> Opinion:
    """The second reader's opinion on `amounts`, (page, digits as printed) in the order of the document.

    Pages in `crowded` hold so many shapes that this reader would take minutes; they are left out.

    Raises:
        IncompleteStatement: a page's content is cut off.
    """
    opinion = Opinion()
    if circular(data):
        opinion.remarks.append("damaged: objects refer to one another in a circle; amounts are read by one reader only")
        return opinion
    try:
        with _alarm(_SECONDS):
            numbers = _sampled(amounts, crowded)
            document = _opened(data, password, numbers or [1])
            _whole(document)
            _compare(document, amounts, numbers, opinion)
    except IncompleteStatement:
        raise
    except _TooSlowError:
        opinion.slow = True
        opinion.remarks.append("the second reader took too long; amounts are read by one reader only")
    except (Exception, RecursionError) as error:  # pdfplumber raises whatever a broken file provokes
        opinion.remarks.append(f"damaged: the second reader failed ({type(error).__name__}); amounts are read by one reader only")
    return opinion


def _opened(data: bytes, password: str | None, numbers: list[int] | None = None) -> Any:
    """The document. Never closed as a whole: that would walk all pages again, and some files make the walk endless."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    import pdfplumber

    return pdfplumber.open(io.BytesIO(data), pages=numbers, password=password or "")


def _sampled(amounts: Sequence[tuple[int, str]], crowded: Collection[int]) -> list[int]:
    numbers = [n for n in dict.fromkeys(page for page, _ in amounts) if n not in crowded]
    if len(numbers) <= _ALL_UP_TO:
        return numbers
    return [numbers[0], numbers[-1]] if len(numbers) > _LONG else [numbers[0], numbers[len(numbers) // 2], numbers[-1]]


def _compare(document: Any, amounts: Sequence[tuple[int, str]], numbers: Sequence[int], opinion: Opinion) -> None:
    for page in document.pages if numbers else ():
        number = page.page_number
        wanted = [a for p, a in amounts if p == number]
        try:
            missing = _missing(wanted, page.chars)
            if missing:
                # Bold printed twice doubles every digit; taking the copies out is slow, so only now.
                missing = _missing(missing, page.dedupe_chars(tolerance=1).chars)
        finally:
            page.close()
        opinion.read += 1
        opinion.missing += [(number, a) for a in missing]


def _missing(amounts: Sequence[str], characters: Sequence[Mapping[str, Any]]) -> list[str]:
    """Those of `amounts` whose digits do not stand in a row among `characters`, whatever separates or turns them."""
    text = re.sub(r"[\s.,'\u2019\u02bc\u00b4]", "", "".join(c["text"] for c in characters))
    return [a for a in amounts if re.sub(r"[^0-9]", "", a) not in text]


def words_of(data: bytes, password: str | None) -> list[Page]:
    """The pages as pdfplumber reads them, for files in which PDFium finds no text; empty where it fails too."""
    pages: list[Page] = []
    if circular(data):
        return pages
    try:
        with _alarm(_SECONDS):
            for number, page in enumerate(_opened(data, password).pages, 1):
                found = page.dedupe_chars(tolerance=1).extract_words(x_tolerance_ratio=0.2, keep_blank_chars=False)
                box = (0.0, 0.0, float(page.width), float(page.height))
                words = [Word(w["text"], float(w["x0"]), float(w["top"]), float(w["x1"]), float(w["bottom"])) for w in found]
                words = [w for w in words if 0 <= w.x0 <= page.width and 0 <= w.top <= page.height]
                unmapped = sum(w.text.count("(cid:") for w in words)
                pages.append(Page(number, box, words=words, glyphs=sum(len(w.text) for w in words), unmapped=unmapped * 5))
                page.close()
    except (_TooSlowError, Exception, RecursionError):
        return []
    return pages


def _whole(document: Any) -> None:
    """Refuse a page whose content ends in the middle.

    Raises:
        IncompleteStatement: a compressed stream is cut or damaged, or a text, list or text block is never closed.
    """
    from pdfminer.pdfpage import PDFPage

    for number, page in enumerate(PDFPage.create_pages(document.doc), 1):
        content = _content(page.contents, number)
        if content is not None and _open_ended(content):
            raise _cut(number)


def _cut(number: int) -> IncompleteStatement:
    return IncompleteStatement("the page is cut off in the middle", place=f"page {number}", todo="ask the bank for a fresh copy")


def _content(streams: Any, number: int) -> bytes | None:
    from pdfminer.pdftypes import PDFStream, resolve1

    parts: list[bytes] = []
    size = 0
    for item in streams:
        stream = resolve1(item)
        if not isinstance(stream, PDFStream):
            return None
        names = [str(getattr(f, "name", f)) for f, _ in stream.get_filters()]
        if names in (["FlateDecode"], ["Fl"]) and stream.decipher is None and not stream.attrs.get("DecodeParms"):
            part, complete = _inflate(stream.get_rawdata() or b"")
            if not complete:
                raise _cut(number)
        else:
            part = stream.get_data()
        parts.append(part)
        size += len(part)
        if size > _INFLATED:
            return None
    return b"\n".join(parts)


def _inflate(raw: bytes) -> tuple[bytes, bool]:
    """The inflated bytes, and whether the stream reaches its own end."""
    machine = zlib.decompressobj()
    try:
        return machine.decompress(raw, _INFLATED), machine.eof or bool(machine.unconsumed_tail)
    except zlib.error:
        return b"", False


_NESTED = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)
_MARKERS = re.compile(rb"(?<![^\s\]>)])(BT|ET|BI|EI)(?![^\s\[<(/])")


def _open_ended(content: bytes) -> bool:
    """Whether content stops inside a text, a list or a text block. Inline pictures hide the answer: then not."""
    if b"BI" in content and re.search(rb"\sBI\s.*?\sID\s", content, re.DOTALL):
        return False
    if b"(" in content or b")" in content:
        plain = re.sub(rb"\\.", b"", content, flags=re.DOTALL)
        for _ in range(8):
            shorter = _NESTED.sub(b"", plain)
            if len(shorter) == len(plain):
                break
            plain = shorter
        if b"(" in plain and b"%" not in content:
            return True
    else:
        plain = content
    if b"(" not in plain and plain.rfind(b"[") > plain.rfind(b"]"):
        return True
    blocks = [m for m in _MARKERS.findall(plain) if m in (b"BT", b"ET")]
    return bool(blocks) and blocks[-1] == b"BT"
