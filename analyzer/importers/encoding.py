"""Bytes → text, with a warning whenever the bytes are not what the file says they are.

The order is: what the user named, a byte order mark, UTF-8, what the file declares, Windows-1252. Statistical
detectors misread the short text of a statement, so none is used. Nothing is ever lost: a byte that fits nowhere
still becomes one character.
"""

from __future__ import annotations

import codecs

from analyzer.errors import EncodingRepaired, MalformedStatement, StatementWarning

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FAMILIES = ("utf-8", "utf-16", "utf-32", "cp", "iso8859", "koi8", "mac-", "big5", "gb", "shift_jis", "euc_", "tis-620", "ascii")
"""Encodings a file may declare. Python knows others (punycode, unicode_escape) that are no text of a bank."""
_MULTIBYTE = ("big5", "gb", "shift_jis", "euc_", "cp932", "cp936", "cp949", "cp950")
_ALIASES = {"usascii": "ascii", "ansi": "cp1252", "unicode": "utf-8", "utf8": "utf-8", "none": "", "": ""}
_C1 = {0xDC00 + b: bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0x100)}
"""What `surrogateescape` makes of a byte → that byte in Windows-1252; its five holes are the control characters."""


def codec(name: str) -> str | None:
    """Python's name of the encoding a file declares: `1252`, `ISO-8859-1`, `8859-1`, `UTF-8` ...; None if unknown.

    The empty text for a declaration that says nothing (`NONE`). Latin-1 and ASCII are read as Windows-1252, which
    holds both, as every browser does (WHATWG Encoding, section 4.2).
    """
    plain = name.strip().lower().replace("_", "-")
    if len(plain) > 40 or not plain.isascii():
        return None
    squeezed = plain.replace("-", "").replace(" ", "")
    if squeezed in _ALIASES:
        plain = _ALIASES[squeezed]
    elif plain.startswith("8859-"):
        plain = f"iso-{plain}"
    elif plain.startswith("windows-"):
        plain = "cp" + plain[8:]
    elif squeezed.isdigit():
        plain = f"cp{squeezed}"
    if not plain:
        return ""
    try:
        found = codecs.lookup(plain).name
    except (LookupError, ValueError):
        return None
    if not found.startswith(_FAMILIES):
        return None
    return "cp1252" if found in ("iso8859-1", "ascii") else found


def decode(data: bytes, *, declared: str = "", given: str | None = None) -> tuple[str, list[StatementWarning]]:
    """The text of `data` and what had to be repaired.

    Args:
        data: the file, or a part of it that starts at its beginning.
        declared: the encoding the file itself names, in any spelling; empty when it names none.
        given: the encoding the user named; it is used strictly and wins over everything.

    Raises:
        MalformedStatement: `given` is unknown or does not decode the bytes.
    """
    if given is not None:
        return _strictly(data, given), []
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(name, "replace")
            return text, _replaced(text, name)
    wide = _wide(data[:512])
    if wide:
        text = data.decode(wide, "replace")
        return text, [EncodingRepaired(f"no byte order mark; read as {wide}"), *_replaced(text, wide)]
    said = codec(declared)
    if data.isascii():
        unknown = [EncodingRepaired(f"declared as the unknown {declared.strip()[:40]!r}; it is plain ASCII")] if said is None else []
        return data.decode("ascii"), list(unknown)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, declared, said)
    if said in ("", "utf-8"):
        return text, []
    named = f"declared as {declared.strip()[:40]}" if said else f"declared as the unknown {declared.strip()[:40]!r}"
    return text, [EncodingRepaired(f"{named}, but the bytes are UTF-8; read as UTF-8")]


def _strictly(data: bytes, name: str) -> str:
    found = codec(name)
    if not found:
        raise MalformedStatement(f"unknown encoding {name!r}", todo="--encoding takes a name such as utf-8, windows-1252 or gb18030")
    if found == "cp1252":
        return data.decode("ascii", "surrogateescape").translate(_C1)
    for mark, _ in _MARKS:
        if found.startswith("utf") and data.startswith(mark):
            data = data[len(mark) :]
            break
    try:
        return data.decode(found)
    except UnicodeDecodeError as error:
        raise MalformedStatement(f"not valid {name} (byte {error.start})", todo="name another with --encoding") from error


def _legacy(data: bytes, declared: str, said: str | None) -> tuple[str, list[StatementWarning]]:
    """Text that is not UTF-8: as declared, UTF-8 with strange bytes in it, or Windows-1252."""
    if said and said.startswith(_MULTIBYTE):
        try:
            return data.decode(said), []
        except UnicodeDecodeError:
            said = None
    loose = data.decode("utf-8", "surrogateescape")
    broken = len(data) - len(loose.encode("utf-8", "ignore"))
    sound = len(loose) - len(loose.encode("ascii", "ignore")) - broken
    if sound > 0 and (said == "utf-8" or sound >= broken):
        return loose.translate(_C1), [EncodingRepaired(f"{broken} byte(s) are not UTF-8 like the rest; read as Windows-1252")]
    if said and said != "cp1252" and not said.startswith("utf"):
        try:
            return data.decode(said), []
        except UnicodeDecodeError:
            said = None
    text = data.decode("ascii", "surrogateescape").translate(_C1)
    if said == "cp1252":
        return text, []
    name = declared.strip()[:40]
    if not name or said == "":
        what = "not UTF-8, and no encoding is declared"
    else:
        what = f"declared as {name!r}, which " + ("is unknown" if codec(declared) is None else "does not fit the bytes")
    return text, [EncodingRepaired(f"{what}; read as Windows-1252", todo="check names with accents, or use --encoding")]


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Western text is zero, and only every second one."""
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and not even:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and not odd else None


def _replaced(text: str, name: str) -> list[StatementWarning]:
    bad = text.count("\ufffd")
    return [EncodingRepaired(f"{bad} character(s) are not valid {name} and are shown as \ufffd")] if bad else []
