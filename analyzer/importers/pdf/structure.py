"""What the bare bytes of a PDF tell before any reader repairs them in silence."""

from __future__ import annotations

import re

from analyzer.errors import Oddity, StatementWarning

_LARGEST_PAGE = 14_400
"""Points; what the format allows (200 inches)."""


def oddities(data: bytes) -> list[StatementWarning]:
    """Junk before the header, a broken cross-reference table, later revisions, wrong lengths."""
    found: list[StatementWarning] = []
    if not data.startswith(b"%PDF-"):
        found.append(Oddity("bytes before the PDF header; skipped"))
    ends = data.count(b"startxref")
    linear = b"/Linearized" in data[:2048]
    if ends > (2 if linear else 1):
        found.append(Oddity(f"the file was changed after it was made ({ends - linear} revisions); the last one is read"))
    tail = re.findall(rb"startxref\s+(\d{1,20})", data[-2048:])
    if tail:
        at = int(tail[-1])
        shift = max(0, data.find(b"%PDF-"))
        target = data[at : at + 64].lstrip(), data[at + shift : at + shift + 64].lstrip()
        if not any(t.startswith(b"xref") or re.match(rb"\d+\s+\d+\s+obj", t) for t in target):
            found.append(Oddity("the cross-reference table is damaged; the file was repaired in reading"))
    if any(abs(float(n)) > _LARGEST_PAGE for box in re.findall(rb"/MediaBox\s*\[([-0-9. \r\n]{7,120})\]", data) for n in _numbers(box)):
        found.append(Oddity("a page larger than any paper; read at a smaller scale"))
    if re.search(rb"[0-9]{400}", data):
        found.append(Oddity("a number of hundreds of digits; skipped"))
    if re.search(rb"(?:\[\s?){200}|(?:<<\s?/\w{1,20}\s?){200}", data):
        found.append(Oddity("lists nested hundreds of times; skipped"))
    lengths = [int(n) for n in re.findall(rb"/Length\s+(-?\d{1,18})(?!\d)(?!\s+\d+\s+R)", data)]
    if any(n < 0 or n > len(data) for n in lengths):
        found.append(Oddity("a stream's length is wrong; the file was repaired in reading"))
    return found


def _numbers(text: bytes) -> list[bytes]:
    return re.findall(rb"-?(?:\d{1,30}\.?\d{0,30}|\.\d{1,30})", text)
