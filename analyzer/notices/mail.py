"""A saved mail (.eml) → its headers, the text a reader sees, its links and the names of its attachments.

The structure is read by the standard library's parser under its plainest policy, after a count of lines,
parts and nesting has shown that it will end soon. Nothing is opened, loaded or looked up.
"""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parsedate_to_datetime
from pathlib import Path

from analyzer.errors import LimitExceeded, StatementError, UnknownFormat
from analyzer.limits import DEFAULT, Limits
from analyzer.notices.web import Link, Page, plain_links, read_html

MAX_HEADER = 16 * 1024
"""Characters of one header that are looked at; real ones hold a few hundred."""
_CONTENT_HEADER = 8 * 1024
_WORK = 5_000_000
"""Lines × nesting levels: the parser asks every open level about every line."""

_NESTING = re.compile(rb"boundary|message/(?:rfc822|global|partial|external-body|news|delivery)", re.IGNORECASE)
_CONTENT = re.compile(rb"^content-[a-z-]{1,30}:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_HEADER_LINE = re.compile(rb"[!-9;-~]{1,80}[ \t]*:")
_KNOWN = {"from", "to", "subject", "date", "received", "return-path", "delivered-to", "message-id", "mime-version", "sender", "reply-to"}
_CHARSETS = {
    *("ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-7", "cp437", "cp850", "cp852", "cp866", "cp874", "cp932"),
    *("cp949", "big5", "big5hkscs", "gb2312", "gbk", "gb18030", "hz", "shift_jis", "euc_jp", "euc_kr", "iso2022_jp", "iso2022_kr"),
    *("koi8-r", "koi8-u", "mac-roman", "tis-620", *(f"iso8859-{i}" for i in range(1, 17)), *(f"cp{i}" for i in range(1250, 1259))),
}
_ENCODED = re.compile(r"=\?([A-Za-z0-9_.*:-]{1,60})\?([bBqQ])\?([^?\s]{0,2000})\?=")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not shown as text: its name and its declared type. Its content is not looked at."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as saved.

    `headers` are (lower-case name, unfolded value) from the top of the file down. `text` is what a reader sees.
    `day` is the mail's own Date, in its own time zone; whoever wrote the mail chose it.
    """

    source: str
    headers: tuple[tuple[str, str], ...]
    text: str
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    day: date | None = None
    oddities: tuple[str, ...] = ()
    pictures: int = 0
    hidden: int = field(default=0)
    """Characters of text that the mail hides from its reader."""

    def all(self, name: str) -> list[str]:
        """Every value of the header `name` (lower case), from the top down."""
        return [value for key, value in self.headers if key == name]

    @property
    def subject(self) -> str:
        """The decoded subject, on one line; empty without one."""
        return " ".join(decode_words(next(iter(self.all("subject")), "")).split())


def read(path: str, limits: Limits = DEFAULT) -> Mail:
    """The mail in the file `path`.

    Raises:
        StatementError: no regular file, no mail, or over a limit; the message names the file.
    """
    try:
        with open(path, "rb", opener=_open_regular) as stream:
            data = stream.read(limits.mail_bytes + 1)
    except StatementError as error:
        raise error.at(path) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable file name"
        raise StatementError(f"cannot be read: {reason}", source=path, todo="name a saved mail (.eml)") from error
    try:
        return parse(data, source=path, limits=limits)
    except StatementError as error:
        raise error.at(path) from error


def _open_regular(path: str, flags: int) -> int:
    import os

    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise StatementError("not a regular file", todo="name a saved mail (.eml)")
    return os.open(path, flags)


def parse(data: bytes, *, source: str = "", limits: Limits = DEFAULT) -> Mail:
    """The mail that `data` is.

    Raises:
        UnknownFormat: it has no mail headers.
        LimitExceeded: larger, longer or deeper than a mail a person can read.
    """
    if len(data) > limits.mail_bytes:
        raise limits.exceeded("mail_bytes", f"more than {limits.mail_bytes}")
    data = data.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n\t ")
    _require_mail(data)
    _bound(data, limits)
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
    except (RecursionError, ValueError, LookupError) as error:
        raise UnknownFormat("its parts cannot be told apart", todo="save the mail again from the mail program") from error
    headers = tuple((name.lower(), _unfold(value)) for name, value in message.raw_items())
    if not _KNOWN & {name for name, _ in headers}:
        raise UnknownFormat("no mail: none of From, To, Subject, Date is there", todo="save the mail as .eml")
    return _Reader(limits).read(message, headers, source)


def _require_mail(data: bytes) -> None:
    if not data:
        raise UnknownFormat("empty", todo="save the mail again")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnknownFormat("an Outlook .msg file", todo="in Outlook on the web use Download, or drag the mail out as .eml")
    first, _, rest = data[:4096].partition(b"\n")
    line = rest.partition(b"\n")[0] if first.startswith((b"From ", b">From ")) else first
    if not _HEADER_LINE.match(line):
        raise UnknownFormat("no mail: it does not begin with mail headers", todo="save the mail as .eml, not as PDF or web page")


def _bound(data: bytes, limits: Limits) -> None:
    lines = data.count(b"\n") + (data.count(b"\r") if b"\n" not in data else 0)
    if lines > limits.mail_lines:
        raise limits.exceeded("mail_lines", lines)
    depth = sum(1 for _ in _NESTING.finditer(data))
    if depth > 4 * limits.mail_depth or lines * (depth + 1) > _WORK:
        raise limits.exceeded("mail_depth", f"{depth} places where parts begin")
    parts = data.count(b"\n--")
    if parts > 20 * limits.mail_parts:
        raise limits.exceeded("mail_parts", parts)
    for m in _CONTENT.finditer(data):
        if m.end() - m.start() > _CONTENT_HEADER:
            raise LimitExceeded("a Content header longer than any real one", todo="this is not a mail a company sends; do not open it")


def _unfold(value: object) -> str:
    """A header's value on one line; raw bytes read as UTF-8, else as Windows-1252."""
    text = str(value)[:MAX_HEADER]
    if not text.isascii():
        raw = (
            text.encode("ascii", "surrogateescape")
            if all(ord(c) < 128 or 0xDC80 <= ord(c) <= 0xDCFF for c in text)
            else text.encode("utf-8", "replace")
        )
        text = _decode(raw, "utf-8")[0]
    return re.sub(r"[\r\n]+[ \t]?", " ", text).strip()


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name.strip().strip("\"'")[:40]).name
    except (LookupError, ValueError):
        return None
    return found if found in _CHARSETS else None


def _decode(raw: bytes, charset: str) -> tuple[str, bool]:
    """The text of `raw`, and whether it was what `charset` said."""
    named = _codec(charset)
    for codec in dict.fromkeys(c for c in (named, "utf-8") if c):
        try:
            text = raw.decode(codec)
        except (UnicodeDecodeError, ValueError):
            continue
        return text, codec == named or (named == "ascii" and raw.isascii())
    return raw.decode("cp1252", "replace"), False


def decode_words(text: str) -> str:
    """`text` with its encoded words (RFC 2047) written out; words that cannot be decoded stay as they are."""
    if "=?" not in text:
        return text
    out: list[str] = []
    waiting: list[tuple[str, bytes]] = []
    at = 0
    for m in _ENCODED.finditer(text):
        between = text[at : m.start()]
        raw = _word_bytes(m[2], m[3])
        if raw is None:
            continue
        charset = m[1].partition("*")[0].lower()
        if not (waiting and between.strip() == ""):
            out += [_joined(waiting), between]
            waiting = []
        waiting.append((charset, raw))
        at = m.end()
    return "".join([*out, _joined(waiting), text[at:]])


def _word_bytes(encoding: str, payload: str) -> bytes | None:
    import binascii

    try:
        raw = payload.encode("ascii")
        if encoding in "qQ":
            return binascii.a2b_qp(raw, header=True)
        return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
    except (ValueError, binascii.Error):
        return None


def _joined(words: list[tuple[str, bytes]]) -> str:
    out: list[str] = []
    i = 0
    while i < len(words):
        j = i
        while j < len(words) and words[j][0] == words[i][0]:
            j += 1
        out.append(_decode(b"".join(raw for _, raw in words[i:j]), words[i][0])[0])
        i = j
    return "".join(out)


class _Reader:
    """Collects what is shown and what is only attached, within the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.texts: list[str] = []
        self.pages: list[Page] = []
        self.attachments: list[Attachment] = []
        self.oddities: dict[str, None] = {}
        self.left = limits.mail_text_chars

    def read(self, message: Message, headers: tuple[tuple[str, str], ...], source: str) -> Mail:
        for count, part in enumerate(_leaves(message)):
            if count >= self.limits.mail_parts:
                raise self.limits.exceeded("mail_parts", f"more than {self.limits.mail_parts}")
            if part.defects:
                self.oddities[f"broken structure ({type(part.defects[0]).__name__})"] = None
            self._part(part)
        seen = "\n".join(page.text for page in self.pages if page.text.strip())
        text = seen or "\n".join(self.texts)
        links = [link for page in self.pages for link in page.links]
        known = {link.target for link in links}
        links += [link for body in self.texts for link in plain_links(body, self.limits.mail_links) if link.target not in known]
        if len(links) > self.limits.mail_links:
            self.oddities[f"only the first {self.limits.mail_links} of {len(links)} links were looked at"] = None
        return Mail(
            source=source,
            headers=headers,
            text=text,
            links=tuple(links[: self.limits.mail_links]),
            attachments=tuple(self.attachments),
            day=_day(headers),
            oddities=tuple(self.oddities),
            pictures=sum(page.pictures for page in self.pages),
            hidden=sum(page.hidden for page in self.pages),
        )

    def _part(self, part: Message) -> None:
        kind = part.get_content_type()
        name = _file_name(part)
        shown = kind in ("text/plain", "text/html") and "attachment" not in _unfold(part.get("Content-Disposition", "")).lower()
        if kind.startswith("multipart/"):
            return
        if not shown or name:
            self.attachments.append(Attachment(name or ("a forwarded mail" if kind.startswith("message/") else "without a name"), kind))
            return
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            return
        if self.left <= 0:
            self.oddities[f"only the first {self.limits.mail_text_chars} characters of text were looked at"] = None
            return
        text, honest = _decode(payload[: 4 * self.left], str(part.get_param("charset", "utf-8")))
        if not honest and not payload.isascii():
            self.oddities["text that is not in the encoding it names"] = None
        if len(text) > self.left:
            self.oddities[f"only the first {self.limits.mail_text_chars} characters of text were looked at"] = None
            text = text[: self.left]
        self.left -= len(text)
        if kind == "text/html":
            self.pages.append(read_html(text))
        else:
            self.texts.append(text)


def _leaves(message: Message) -> Iterator[Message]:
    """The parts of `message`, itself included, in order; forwarded mails are leaves."""
    stack = [message]
    while stack:
        part = stack.pop()
        yield part
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_maintype() == "multipart":
            stack.extend(p for p in reversed(payload) if isinstance(p, Message))


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError):
        return "with an unreadable name"
    return " ".join(decode_words(_unfold(name)).split())[:200] if name else ""


FIRST_YEAR, LAST_YEAR = 1970, 2199
"""A mail of another year has no date."""


def _day(headers: tuple[tuple[str, str], ...]) -> date | None:
    value = next((v for name, v in headers if name == "date"), "")
    if not value or len(value) > 100:
        return None
    try:
        found = parsedate_to_datetime(value).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    # The weeks around a day of the year 1 or 9999 are no days.
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
