"""What stands before `<OFX>`: the declared encoding, and whether there is a header at all.

Real headers come with or without line breaks, as `KEY:VALUE`, as tags, as XML processing instructions, with
noise between the lines, or not at all (OFX 1.6, section 2.2; OFX 2.2, section 2.2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzer.errors import Oddity, StatementWarning

MAX_CHARS = 16 * 1024
"""A header has nine short lines; more than this before `<OFX>` is something else."""

_ROOT = re.compile(rb"<\s{0,8}(?:[A-Za-z][\w.-]{0,20}:)?OFX[\s>/]", re.IGNORECASE)
_OLD_ROOT = re.compile(rb"<OFC[\s>]", re.IGNORECASE)
_KEYS = ("OFXHEADER", "DATA", "VERSION", "SECURITY", "ENCODING", "CHARSET", "COMPRESSION", "OLDFILEUID", "NEWFILEUID")
_SPLIT = re.compile(rf"({'|'.join(_KEYS)})[ \t]*[:=][ \t]*", re.IGNORECASE)
_TAG = re.compile(rf"<({'|'.join(_KEYS)})>([^<]{{0,80}})", re.IGNORECASE)
_XML = re.compile(r"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"'<>]{1,40})[\"']", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<\?(?:xml|OFX)\b[^>]{0,1000}\?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says; `declared` as the file spells the encoding, empty where it names none."""

    declared: str
    warnings: tuple[StatementWarning, ...]


def is_ofx(head: bytes) -> bool:
    """Whether the first bytes are an OFX file's, in any encoding and with or without a header."""
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x1a")
    if plain[:9].upper() == b"OFXHEADER":
        return True
    root = _ROOT.search(plain) or _OLD_ROOT.search(plain)
    if root is None:
        return bool(re.match(rb"<\?OFX\b|(?:<\?xml[^>]{0,200}\?>\s{0,99})<\?OFX\b", plain, re.IGNORECASE))
    before = plain[: root.start()]
    return not before or before[:1] == b"<" or b"OFX" in before.upper() or re.search(rb"^[A-Z]{3,12}:", before, re.MULTILINE) is not None


def parse(data: bytes) -> Header:
    """The header of an OFX file.

    Args:
        data: the whole file or its beginning; what follows the root tag is not looked at.
    """
    plain = data[: 4 * MAX_CHARS].replace(b"\x00", b"")
    root = _ROOT.search(plain)
    text = plain[: root.start() if root else len(plain)][:MAX_CHARS].decode("latin-1")
    said = {key.upper(): value.strip() for key, value in _TAG.findall(text)}
    parts = _SPLIT.split(text)
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        first = value.strip().splitlines()[0] if value.strip() else ""
        said.setdefault(key.upper(), first.strip())
    xml = _XML.search(text)
    return Header(xml[1] if xml else _declared(said), tuple(_warnings(text, said)))


def _declared(said: dict[str, str]) -> str:
    encoding, charset = said.get("ENCODING", "").upper(), said.get("CHARSET", "")
    if encoding.replace("-", "") in ("UTF8", "UNICODE", "UTF16"):
        return "utf-8"
    return encoding if charset.upper() in ("", "NONE") and encoding not in ("", "USASCII", "NONE") else charset


def _warnings(text: str, said: dict[str, str]) -> list[StatementWarning]:
    if "OFXHEADER" not in said and not _INSTRUCTION.search(text):
        return [Oddity("no OFX header, or not a whole one; read all the same")]
    if said.get("COMPRESSION", "NONE").upper() not in ("", "NONE"):
        return [Oddity("the header says the content is compressed, but it is not")]
    named = said.get("ENCODING", "").upper().replace("-", "")
    if named not in ("", "NONE", "USASCII", "UNICODE", "UTF8", "UTF16") and not _INSTRUCTION.search(text):
        return [Oddity("the header's ENCODING is none that OFX knows; taken for the character set")]
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip() and "<" not in line]
    strange = [n for n, line in lines if len(_SPLIT.findall(line)) != line.count(":") or ":" not in line]
    return [Oddity("header line not understood; ignored", place=f"line {strange[0]}")] if strange else []
