"""OFX text made flat: comments gone, CDATA as plain text, declarations refused, the root tag found."""

from __future__ import annotations

import re

from analyzer.errors import IncompleteStatement, MalformedStatement

_DECLARATION = re.compile(r"<!\s{0,8}(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_ROOT = re.compile(r"<\s{0,8}/?(?:[A-Za-z][\w.-]{0,20}:)?OFX[\s>/]", re.IGNORECASE)
_OLD_ROOT = re.compile(r"<OFC[\s>]", re.IGNORECASE)
_HEAD = 1 << 20


def clean(text: str) -> tuple[str, int]:
    """The text without comments and with CDATA as plain escaped text; and where its root tag stands.

    Line breaks are kept, so that line numbers stay those of the file.

    Raises:
        MalformedStatement: a DOCTYPE or an entity declaration; no root tag.
        IncompleteStatement: a comment or CDATA section that never ends.
    """
    found = _DECLARATION.search(text)
    if found:
        place = f"line {lines_before(text, found.start()) + 1}"
        what = f"holds <!{found[1].upper()}>, which no statement needs and which can attack a reader"
        raise MalformedStatement(what, place=place, todo="not read; download the statement from the bank itself")
    if "<!--" in text or "<![" in text:
        text = _flatten(text)
    root = _ROOT.search(text)
    if root is None:
        if _OLD_ROOT.search(text[:_HEAD]):
            raise MalformedStatement("OFC, the format before OFX", todo="download it as OFX, QFX, CSV or PDF")
        raise MalformedStatement("an OFX header, but no OFX content after it", todo="download the statement again")
    return text, root.start()


def lines_before(text: str, end: int) -> int:
    return text.count("\n", 0, end) or text.count("\r", 0, end)


def _flatten(text: str) -> str:
    parts, at = [], 0
    while True:
        start = text.find("<!", at)
        if start < 0:
            break
        if text.startswith("<!--", start):
            end, kept, tail = text.find("-->", start + 4), "", 3
        elif text[start : start + 9].upper() == "<![CDATA[":
            end, kept, tail = text.find("]]>", start + 9), "cdata", 3
        else:
            parts.append(text[at : start + 2])
            at = start + 2
            continue
        if end < 0:
            place = f"line {lines_before(text, start) + 1}"
            raise IncompleteStatement("a comment or CDATA section never ends", place=place, todo="download the statement again")
        parts.append(text[at:start])
        if kept:
            parts.append(text[start + 9 : end].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        else:
            parts.append("\n" * text.count("\n", start, end))
        at = end + tail
    parts.append(text[at:])
    return "".join(parts)
