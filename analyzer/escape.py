"""Text from statements and mails, made safe for one output medium each.

Statement text is hostile: it can carry terminal escapes, spreadsheet formulas, markup, mathematics
and path separators (OWASP ASVS 1.2.10, CWE-1236, CVE-2020-28463). Inside the program it is kept exact;
each output calls exactly one function of this module.
"""

from __future__ import annotations

import hashlib
import html as _html
import re
import unicodedata

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'")
_HIDDEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_GAP = rf"[ \-\u00a0\u2007-\u200a\u202f\u2010-\u2015\u2212{_HIDDEN}]{{0,3}}"
"""Spaces and dashes of all kinds, and what is not seen at all."""
_LONG_DIGITS = re.compile(rf"\d(?:{_GAP}\d){{11,}}")
_GROUPED = re.compile(
    r"(?<!\d)(?:\d{4}([^0-9A-Za-z\s\"]{1,3})\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{4}([^0-9A-Za-z\s\"]{1,3})\d{6}\2\d{4,5})(?!\d)"
)
"""A number in the groups of a card, with any one mark between them."""
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30}")
_IBAN_LENGTHS = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 "
    "FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 "
    "LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 "
    "SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
)
_IBAN_LENGTH = {entry[:2]: int(entry[2:]) for entry in _IBAN_LENGTHS.split()}
"""ISO 13616, the registry's release of 2024."""

LOOKS_LIKE_A_NUMBER = (
    rf"(?:^|[^0-9])(?:[3-6](?:{_GAP}[0-9]){{12,18}}|2{_GAP}[2-7](?:{_GAP}[0-9]){{14}})(?:$|[^0-9])"
    r"|[2-6][0-9]{3}[^0-9A-Za-z\s]{1,3}[0-9]{4,6}[^0-9A-Za-z\s]{1,3}[0-9]{4}"
    rf"|[\uff10-\uff19\u0660-\u0669\u06f0-\u06f9\u0966-\u096f](?:{_GAP}[\uff10-\uff19\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]){{12}}"
    r"|[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11}"
)
"""For a look at many texts: whatever `mask_numbers` may shorten, and little else. A bank id that starts with a year is none."""
MAY_LOOK_LIKE_A_NUMBER = (
    r"[0-9](?:[^0-9A-Za-z]{0,3}[0-9]){11}|[2-6][0-9]{3}[^0-9A-Za-z]{1,3}[0-9]{4,6}[^0-9A-Za-z]{1,3}[0-9]{4}"
    "|[\uff10-\uff19\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]|[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11}"
)
"""All of that and more, in what every engine of regular expressions knows: the first look at millions of texts."""
SHORTEST_CARD = 13
SHORTEST_OWN = 6
LONG_OWN = 10
MOST_ZEROS = 20
"""Characters of a number: the shortest card, the shortest account that is looked for in text, one that no date or amount is,
and the most zeros in front."""
_RESERVED = {"con", "prn", "aux", "nul", *(f"com{i}" for i in range(10)), *(f"lpt{i}" for i in range(10))}


def visible(text: str) -> str:
    """`text` with control, bidirectional and unassigned characters written as `\\xNN` or `\\uNNNN`.

    Line breaks and tabs become such escapes too, so that the result is one line.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _shown(c) else _as_escape(c) for c in text)


def _shown(c: str) -> bool:
    return c == " " or (c not in _BIDI and unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def _as_escape(c: str) -> str:
    n = ord(c)
    return f"\\x{n:02x}" if n < 0x100 else f"\\u{n:04x}" if n < 0x10000 else f"\\U{n:08x}"


def terminal(text: str) -> str:
    """One line that cannot move the cursor, colour, link or reorder what a terminal shows."""
    return visible(text)


def csv_cell(text: str) -> str:
    """A cell no spreadsheet evaluates: a leading apostrophe before formula characters.

    `csv_uncell` takes it back off, so a file of ours is read back to the same text.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_uncell(text: str) -> str:
    """The text that `csv_cell` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def html(text: str) -> str:
    """Text for an HTML element or a quoted attribute."""
    return _html.escape(visible(text), quote=True)


def markdown(text: str) -> str:
    """Text that is plain in Markdown: no emphasis, links, tables or raw HTML."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>~$&])", r"\\\1", visible(text))


def figure(text: str) -> str:
    """Text for matplotlib; pass `parse_math=False` as well. A backslash-dollar is drawn as itself."""
    return visible(text)


def pdf(text: str) -> str:
    """Text for a reportlab `Paragraph`, which reads XML-like markup."""
    return _html.escape(visible(text), quote=True)


def file_name(text: str, *, suffix: str = "") -> str:
    """A portable file name of at most 80 bytes: ASCII slug, short hash of the exact text, `suffix`."""
    slug = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", slug.lower()[:400]).strip("-")[:50].strip("-") or "item"
    if slug in _RESERVED:
        slug = f"{slug}-item"
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug}-{digest}{suffix}"


def luhn(digits: str) -> bool:
    """Whether `digits` (ASCII) passes the check of ISO/IEC 7812-1."""
    total = 0
    for i, c in enumerate(reversed(digits)):
        n = int(c) * (1 + i % 2)
        total += n - 9 if n > 9 else n
    return total % 10 == 0


def _is_card(digits: str) -> bool:
    n, two, three, four = len(digits), int(digits[:2]), int(digits[:3]), int(digits[:4])
    network = (
        (digits[0] == "4" and n in (13, 16, 19))
        or (n == 16 and (51 <= two <= 55 or 2221 <= four <= 2720))
        or (n == 15 and two in (34, 37))
        or (n in (16, 19) and (four == 6011 or two == 65 or 644 <= three <= 649 or two == 62 or 3528 <= four <= 3589))
        or (n == 14 and (two in (36, 38) or 300 <= three <= 305))
    )
    return network and luhn(digits)


def mask_numbers(text: str, *, own: str = "") -> str:
    """`text` with card numbers, IBANs, and the account number `own`, reduced to their last four digits.

    However they are grouped: with spaces, dashes, other marks or characters nobody sees, and in the digits of any script.

    Args:
        text: any text of a statement.
        own: the account's own number as the file prints it; looked for when it has 6 characters or more, however
            its digits are grouped.
    """
    pattern = own_pattern(own)
    if pattern:
        text = re.sub(pattern, label(own), text)
    if not any(c.isdigit() for c in text):
        return text
    text = _IBAN.sub(_iban, text)
    text = _LONG_DIGITS.sub(_shortened, text)
    return _GROUPED.sub(_grouped, text)


def own_pattern(number: str) -> str:
    """A regular expression for an account number in any grouping; empty for numbers too short to look for.

    With or without zeros in front, which some exports print and others do not.
    """
    plain = re.sub(r"[^0-9A-Za-z]", "", number)
    zeros = len(plain) - len(plain.lstrip("0"))
    if len(plain) - zeros < SHORTEST_OWN:
        zeros = 0
    plain = plain[zeros:]
    # In a short number other marks than these would find dates and amounts.
    gap = r"[^0-9A-Za-z\r\n]{0,3}" if len(plain) >= LONG_OWN else "[ -]?"
    return rf"(?:0{gap}){{0,{MOST_ZEROS}}}{gap.join(plain)}" if len(plain) >= SHORTEST_OWN else ""


def _iban(found: re.Match[str]) -> str:
    run = found.group()
    wanted, plain, at = _IBAN_LENGTH.get(run[:2], 0), "", 0
    while at < len(run) and len(plain) < wanted:
        plain += run[at] if run[at].isalnum() else ""
        at += 1
    if not wanted or len(plain) != wanted or run[at : at + 1].isalnum():
        return run
    turned = plain[4:] + plain[:4]
    return f"...{plain[-4:]}{run[at:]}" if int("".join(str(int(c, 36)) for c in turned)) % 97 == 1 else run


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(unicodedata.decimal(c)) for c in digits)


def _grouped(found: re.Match[str]) -> str:
    digits = _ascii(re.sub(r"\D", "", found.group()))
    return f"...{digits[-4:]}" if len(digits) >= SHORTEST_CARD and _is_card(digits) else found.group()


def _shortened(found: re.Match[str]) -> str:
    """A run of digit groups with every card number in it shortened, also one beside a date or another number."""
    run = found.group()
    groups = [(g.start(), g.end(), _ascii(g.group())) for g in re.finditer(r"\d+", run)]
    parts, done, a = [], 0, 0
    while a < len(groups):
        digits, last = "", -1
        for b in range(a, len(groups)):
            digits += groups[b][2]
            if len(digits) > 19:
                break
            if len(digits) >= SHORTEST_CARD and _is_card(digits):
                last = b
        if last >= 0:
            number = "".join(g[2] for g in groups[a : last + 1])
            parts += [run[done : groups[a][0]], "...", number[-4:]]
            done, a = groups[last][1], last + 1
        else:
            a += 1
    return "".join([*parts, run[done:]])


def label(number: str) -> str:
    """The masked label of an account number: `...` and its last four characters, or `unknown`.

    Numbers of four characters or fewer, and numbers already masked, keep what they show.
    """
    shown = re.sub(r"[^0-9A-Za-z]", "", number)
    tail = re.sub(r"^[Xx*]+", "", shown)[-4:]
    return f"...{tail}" if tail else "unknown"
