"""The bank's text for a transaction, and entities written out exactly once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html.entities import html5

from analyzer import escape

_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
TRUNCATED_AT = 31
"""NAME holds at most 32 characters (OFX 1.6, section 11.4.3); a NAME this long may have been cut."""

_GENERIC_WORDS = (
    "debit credit card purchase checkcard check pos eftpos withdrawal payment transfer transaction visa mastercard direct deposit "
    "ach electronic recurring preauthorized online point of sale other fee cash atm bank the in at"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())
"""A NAME of nothing but these words says how money moved, not to whom; the payee is then in MEMO."""


def quoted(text: str, size: int = 40) -> str:
    """The beginning of a printed value in quotes, for a message: one line, no full card number."""
    return f'"{escape.visible(escape.mask_numbers(text.strip()[:size]))}"'


def unescape(text: str) -> str:
    """`text` with entities that end in a semicolon written out; anything else, `AT&T` and `&copy` included, stays."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if name[0] != "#":
        return html5.get(f"{name};", found[0])
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if 0x80 <= code < 0xA0:
        # Numbers of Windows-1252, which is what writers of such references mean (HTML, section 13.2.5.80).
        return bytes([code]).decode("cp1252", "ignore") or found[0]
    return found[0] if code == 0 or code > 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)


def descriptors(names: Sequence[str], memos: Sequence[str], rare: Mapping[int, Mapping[str, str]]) -> list[str]:
    """The payee text per row: NAME, or what replaces it.

    A NAME that was cut gives way to the longer text that continues it; one that only says "card purchase" is
    followed by MEMO; without NAME it is PAYEE, EXTDNAME or MEMO.
    """
    chosen: list[str] = []
    simple: dict[str, bool] = {}
    for i, name in enumerate(names):
        plain = simple.get(name)
        if plain is None:
            simple[name] = plain = bool(name) and len(name) < TRUNCATED_AT and not _generic(name)
        chosen.append(name if plain and i not in rare else _chosen(name, memos[i], rare.get(i)))
    return chosen


def _generic(name: str) -> bool:
    words = re.findall(r"[a-z]+", name.lower()[:80])
    return bool(words) and all(w in _GENERIC for w in words)


def _chosen(name: str, memo: str, rare: Mapping[str, str] | None) -> str:
    more = rare or {}
    extended = unescape(more.get("EXTDNAME", "")).strip()
    payee = next((p for k in ("PAYEE.NAME", "PAYEE", "EXTDPAYEE.NAME") if (p := unescape(more.get(k, "")).strip())), "")
    if not name or name.upper() in ("N/A", "NULL"):
        return payee or extended or memo or name
    for longer in (extended, payee, memo):
        if len(name) >= TRUNCATED_AT and len(longer) > len(name) and longer.startswith(name.rstrip()):
            return longer
    if _generic(name):
        told = payee or extended or memo
        return told if told.lower().startswith(name.lower()) else f"{name} {told}".strip()
    return name
