"""Who a mail says it is from: the From header read strictly, and every defect it has.

The standard library reads `service@amazon.com <x@evil.tld>` as amazon.com; mail programs show either. So the
header is taken apart here by one linear pass, and whatever has two readings is a defect (RFC 5322 section 3.4).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from email import policy

from analyzer import escape
from analyzer.notices.domains import ascii_name, is_public
from analyzer.notices.mail import Mail, decode_words

MAX_FROM = 1_000
"""Characters; a longer From is a defect in itself."""
_LOCAL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}|\"[^\"\\\r\n]{1,62}\"")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,30}[^\W_](?:[\w-]{0,61}[^\W_])?")
_SHOWN_DOMAIN = re.compile(r"(?<![\w.-])(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w-])")
_PARTS = re.compile(r"(?P<quoted>\"(?:[^\"\\]|\\.)*\")|(?P<mark>[<>(),;:\"])|(?P<plain>[^<>(),;:\"]+)")

_OVERRIDES = "\u202d\u202e"
"""Overrides of the direction of writing: no language's own text needs one, and "moc.nozama" reads "amazon.com" behind one."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address of a From header; `name` decoded, `address` empty where there is only a name."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """The address's domain in lower-case ASCII; empty without one."""
        return ascii_name(self.address.rpartition("@")[2]) if "@" in self.address else ""


@dataclass(frozen=True, slots=True)
class Sender:
    """What the From header says. `forged` are defects no company's mail has; `defects` everything unusual."""

    name: str = ""
    address: str | None = None
    domain: str | None = None
    defects: tuple[str, ...] = ()
    forged: tuple[str, ...] = ()


def sender_of(mail: Mail) -> Sender:
    """The sender of `mail`; without an address where the header has none, or has several."""
    values = mail.all("from")
    if not values:
        return Sender(forged=("there is no From header",))
    forged: list[str] = []
    if len(values) > 1:
        forged.append(f"{len(values)} From headers; a mail has one, and programs differ in which they show")
    raw = values[0]
    if len(raw) > MAX_FROM:
        return Sender(forged=(*forged, f"a From header of more than {MAX_FROM} characters"))
    boxes, defects = mailboxes(raw)
    forged += _hidden_by_encoding(raw, boxes)
    addressed = [b for b in boxes if b.address]
    name = " ".join(b.name for b in boxes if b.name)
    if len(addressed) > 1:
        forged.append(f"{len(addressed)} addresses in the From header")
    if not addressed:
        forged.append("no address in the From header")
    elif len(boxes) > len(addressed):
        defects.append("a name without an address beside the address (an unquoted comma)")
    strict = _library_defects(raw)
    if not defects and strict:
        defects.append(f"the header breaks the standard ({strict})")
    one = addressed[0] if len({b.address.lower() for b in addressed}) == 1 else None
    if one is not None:
        forged += _name_against_address(name, one)
    forged += [d for d in defects if d.startswith("an address stands")]
    defects = [d for d in defects if d not in forged]
    if any(c in _OVERRIDES for c in name):
        forged.append("characters in the sender's name that turn its letters round")
    elif any(unicodedata.category(c) in ("Cf", "Cc") for c in name):
        defects.append("invisible characters in the sender's name")
    if one is None:
        return Sender(name=name, defects=tuple(defects), forged=tuple(forged))
    return Sender(name, one.address, one.domain or None, tuple(defects), tuple(forged))


def mailboxes(text: str) -> tuple[list[Mailbox], list[str]]:
    """The mailboxes in an address list, in order, and what is wrong with it. Linear in its length."""
    boxes: list[Mailbox] = []
    defects: dict[str, None] = {}
    phrase: list[str] = []
    loose: list[str] = []
    angle: str | None = None
    inside: list[str] | None = None
    comments = 0

    def finish() -> None:
        nonlocal phrase, loose, angle
        words = "".join(loose).strip()
        if angle is not None:
            if "@" in words:
                defects["an address stands before the address in angle brackets"] = None
            boxes.append(Mailbox(_name("".join(phrase)), _checked(angle, defects)))
        elif words or phrase:
            if "@" in words:
                boxes.append(Mailbox("", _checked(words, defects)))
            else:
                boxes.append(Mailbox(_name("".join(phrase)), ""))
        phrase, loose, angle = [], [], None

    for m in _PARTS.finditer(text):
        part = m.group()
        if comments:
            comments += part == "("
            comments -= part == ")"
        elif inside is not None:
            if part == ">":
                angle, inside = "".join(inside), None
            elif part == "<":
                defects["an angle bracket inside an address"] = None
            else:
                inside.append(part)
        elif m["quoted"]:
            phrase.append(re.sub(r"\\(.)", r"\1", part[1:-1]))
        elif m["plain"]:
            phrase.append(part)
            loose.append(part)
            if angle is not None and part.strip():
                defects["text after the address"] = None
        elif part == "(":
            comments = 1
        elif part == "<":
            if angle is not None:
                defects["two addresses in angle brackets"] = None
                finish()
            inside = []
        elif part == ",":
            finish()
        elif part in ";:":
            defects["a group of addresses, or an unquoted colon"] = None
        else:
            defects["a stray bracket or quotation mark"] = None
    if comments or inside is not None:
        defects["a bracket that is never closed"] = None
        if inside is not None:
            angle = "".join(inside)
    finish()
    return boxes, list(defects)


def _name(text: str) -> str:
    return " ".join(decode_words(text).split())


def _checked(address: str, defects: dict[str, None]) -> str:
    address = address.strip()
    local, at, domain = address.rpartition("@")
    if not at:
        defects["brackets without an address"] = None
        return ""
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain.rstrip(".")):
        defects["an address that is none"] = None
    return address


def _hidden_by_encoding(raw: str, boxes: list[Mailbox]) -> list[str]:
    """Encoded words that turn into an address when they are decoded before the header is read."""
    decoded = decode_words(raw)
    if decoded == raw:
        return []
    before = {b.address.lower() for b in boxes if b.address}
    after = {b.address.lower() for b in mailboxes(decoded)[0] if b.address}
    return ["encoded text that hides another address"] if after - before else []


def _library_defects(raw: str) -> str:
    """What the standard library finds wrong; empty for nothing, or only for forms that are merely old."""
    try:
        header = policy.default.header_factory("From", raw)
        serious = [d for d in header.defects if "Obsolete" not in type(d).__name__ and "Undecodable" not in type(d).__name__]
    except (RecursionError, ValueError, IndexError, KeyError, AttributeError, TypeError, LookupError) as error:
        return f"unreadable, {type(error).__name__}"
    return str(serious[0])[:80] if serious else ""


def _name_against_address(name: str, box: Mailbox) -> list[str]:
    """A sender's name that shows an address or a domain of somebody else than the address."""
    from analyzer.notices.domains import same_owner

    shown = unicodedata.normalize("NFKC", name)[:300].lower()
    for m in _SHOWN_DOMAIN.finditer(shown):
        domain = ascii_name(m.group())
        address = shown[: m.start()].endswith("@")
        if (address or is_public(domain)) and not same_owner(domain, box.domain):
            what = "an address at" if address else "the domain"
            return [f"the sender's name shows {what} {escape.visible(m.group())}, the address is at {box.domain or 'no domain'}"]
    if "@" in shown and box.address.lower() not in shown and not _SHOWN_DOMAIN.search(shown):
        return ["the sender's name looks like an address"]
    return []
