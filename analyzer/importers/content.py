"""What a file is when it is no statement, told from its first bytes; for messages that help.

The name decides nothing: a login page saved as `.ofx` is a web page.
"""

from __future__ import annotations

import re

_PACKED = (
    (b"PK\x03\x04", "a ZIP archive (or an Excel workbook)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ\x00", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with Zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x04\x22\x4d\x18", "compressed with LZ4"),
)
_FOREIGN = (
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"\x00\x00\x00\x18ftyphei", "a picture (HEIC)"),
    (b"\x00\x00\x00\x1cftyphei", "a picture (HEIC)"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)
_PAGE = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body)[\s>]", re.IGNORECASE)
_MAIL = re.compile(
    rb"(?:return-path|received|delivered-to|mime-version|dkim-signature|message-id|from): ?[^\r\n]{1,998}\r?\n", re.IGNORECASE
)
_MAIL_HEADER = re.compile(rb"^(?:subject|message-id|mime-version|received): ", re.IGNORECASE | re.MULTILINE)
_AGAIN = "download the statement itself as OFX, CSV or PDF"


def packed(head: bytes) -> str | None:
    """How a file is compressed; None where it is not."""
    if head.startswith(b"BZh") and head[4:10] != b"1AY&SY":
        return None
    return next((what for magic, what in _PACKED if head.startswith(magic)), None)


def foreign(head: bytes) -> tuple[str, str] | None:
    """What the file is instead of a statement, and what to do; None where it may be a statement."""
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            return f"{what}, not a statement", _AGAIN
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "a picture (WebP), not a statement", _AGAIN
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00")[:1024]
    if start.startswith(b"<!--"):
        start = start.partition(b"-->")[2].lstrip()
    if _PAGE.match(start) or (start.startswith(b"<?xml") and _PAGE.search(start) and b"<OFX" not in head.upper()):
        return "a web page (perhaps the bank's login page), not a statement", f"sign in and {_AGAIN}"
    if _MAIL.match(start) and _MAIL_HEADER.search(start):
        return "a mail, not a statement", "use stmt-scan notice MAIL.eml STATEMENT..."
    return None
