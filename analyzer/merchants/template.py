"""A bank's descriptor with what differs from charge to charge blanked out: references, phones, dates, shop numbers.

`template` does it for a whole column at once with RE2, in linear time; only the first `LONGEST` characters count. Few
templates are left of a million descriptors.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

LONGEST = 160
PHONE, DATE, REFERENCE, ORDER, CUT = "\x02", "\x03", "\x04", "\x07", "\x0e"
WIDTHS = (22, 23, 25, 32, 40)
"""Lengths at which banks cut a descriptor off."""
KEPT = {"365": "\x05", "360": "\x06"}
"""Numbers that are part of a product's name and would be taken for a shop's number."""
_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|MAI|OKT|DEZ|AGU|DES|MEI"
_TOKEN = "[A-Z0-9]"
_MIXED = "|".join(
    [
        f"{_TOKEN}{{4,}}[0-9]{_TOKEN}*",
        f"{_TOKEN}{{3}}[0-9]{_TOKEN}+",
        f"{_TOKEN}{{2}}[0-9]{_TOKEN}{{2,}}",
        f"{_TOKEN}[0-9]{_TOKEN}{{3,}}",
        f"[0-9]+[A-Z]+[0-9]{_TOKEN}+",
        "[0-9]{4,}[A-Z]*",
    ]
)
"""Five characters or more with a digit in them: an order number, not a word."""
_PHONE_NUMBER = (
    r"(?:\+?1[-. ])?\(?\b[0-9]{3}\)?[-. ][0-9]{3}[-. ][0-9]{4}|"
    r"\b1?8(?:00|33|44|55|66|77|88)[0-9]{7}\b|\+[0-9]{9,14}\b|\b0(?:800|808)[ -]?[0-9]{3}[ -]?[0-9]{3,4}\b"
)
_DAY_MONTH = r"(?:0[1-9]|[12][0-9]|3[01])[/.](?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])[/.](?:0[1-9]|[12][0-9]|3[01])"
STEPS = (
    (r"[\x00-\x1f\x7f]", " "),
    (_PHONE_NUMBER, f" {PHONE} "),
    (r"\b365\b", KEPT["365"]),
    (r"\b360\b", KEPT["360"]),
    (rf"\b[0-9]{{1,2}}[ -]?(?:{_MONTHS})(?:[ -]?[0-9]{{2,4}})?\b|\b(?:{_DAY_MONTH})(?:[/.][0-9]{{2,4}})?\b", DATE),
    # Behind a name, a date in another order, or the number of an instalment (13/24).
    (r" [0-9]{2}[/.][0-9]{2}\b", f" {DATE}"),
    (r"([*.]\s?[A-Z]{0,2})[0-9]{5,}\b", rf"\1{ORDER}"),
    # Google prints the account's number right behind the product.
    (r"(\bGOOGLE ?[*.] ?AD(?:S|WS))[0-9]{3,}\b", r"\1 000000"),
    (rf"\*\s?(?:{_MIXED})\b", f"*{REFERENCE}"),
    (r"\b[A-Z]+[0-9]+[A-Z][A-Z0-9]{2,}\b|\b[0-9]+[A-Z]+[0-9][A-Z0-9]{2,}\b", REFERENCE),
    (r"#\s?[0-9]+", REFERENCE),
    (r"\b[A-Z]{0,3}[0-9]{6,}[A-Z]?\b", "000000"),
    (r"\b[0-9]{3,5}\b", "000"),
    (rf" (?:{_MIXED})\b", f" {REFERENCE}"),
)


_NEEDS = {r"[\x00-\x1f\x7f]": [*range(32), 127], r"\b365\b": b"365", r"\b360\b": b"360", r"#\s?[0-9]+": b"#"}
"""Steps that change nothing in a column without these bytes: one of a list, or all of a text in a row."""


def template(descriptors: Any) -> pa.Array:
    """Per descriptor its template (arrow strings of at most `LONGEST` characters, missing ones empty)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    array = pc.cast(descriptors if isinstance(descriptors, pa.Array) else pa.array(descriptors, type=pa.large_string()), pa.large_string())
    array = pc.fill_null(array, "")
    cut = pc.is_in(pc.cast(pc.utf8_length(array), pa.int64()), pa.array(WIDTHS, pa.int64()))
    array = pc.utf8_upper(pc.utf8_slice_codeunits(array, 0, LONGEST))
    for pattern, replacement in STEPS:
        if _concerns(pattern, array):
            array = pc.replace_substring_regex(array, pattern=pattern, replacement=replacement)
    array = pc.utf8_slice_codeunits(array, 0, LONGEST)
    kind = pa.large_string()
    return pc.if_else(cut, pc.binary_join_element_wise(array, pa.scalar(CUT, kind), pa.scalar("", kind)), array)


def _concerns(pattern: str, array: pa.Array) -> bool:
    """False where a glance at the bytes shows that `pattern` fits nowhere in `array`."""
    needed, data = _NEEDS.get(pattern), array.buffers()[2]
    if needed is None or data is None:
        return True
    whole = data.to_pybytes()
    return needed in whole if isinstance(needed, bytes) else len(whole.translate(None, bytes(needed))) < len(whole)


_AGAIN = str.maketrans({PHONE: "  ", DATE: " ", ORDER: "000000", CUT: ""} | {mark: number for number, mark in KEPT.items()})


def fold(text: str) -> str:
    """Capitals without accents; compatibility forms made plain."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.replace("ß", "SS").replace("Ø", "O").replace("Ł", "L"))
    return "".join(c for c in plain if not unicodedata.combining(c)).upper()


def plain(text: str) -> str:
    """A template as text again, phones and dates away."""
    return " ".join(fold(text)[:LONGEST].translate(_AGAIN).split())
