"""The text of a CSV file: decoded with evidence, line ends as line feeds, NUL bytes out.

A CSV file declares no encoding. After a byte order mark and UTF-8, bytes that could be several code pages are judged
by what they would spell: known column names, letters inside words rather than signs, characters of one script.
"""

from __future__ import annotations

import re
from collections import Counter

from analyzer.errors import EncodingRepaired, Oddity, StatementWarning
from analyzer.importers import encoding
from analyzer.importers.base import Document
from analyzer.importers.csv import words

SAMPLE = 64 * 1024
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_WORD = re.compile(r"[^\W\d_]*[^\x00-\x7f][^\W\d_]*")
_CENTRAL = re.compile(rb"(?<![A-Za-z])(?:PLN|CZK|HUF|RON|RSD|BAM)(?![A-Za-z])")
_CELL = re.compile(r"[;,\t|\n\r\"]+")


def decode(document: Document, given: str | None) -> tuple[str, list[StatementWarning]]:
    """The document's text and what had to be repaired.

    Args:
        document: the file.
        given: the encoding the user named, used strictly.

    Raises:
        MalformedStatement: `given` is unknown or does not fit.
    """
    data = document.data
    text, notes = encoding.decode(data, given=given)
    if given is None and notes and _is_guess(data):
        better = _by_evidence(data)
        if better is not None:
            name, why = better
            text = data.decode(name)
            todo = "check names with accents, or use --encoding"
            notes = [EncodingRepaired(f"not UTF-8, and no encoding is declared; read as {name} ({why})", todo=todo)]
    if "\x00" in text:
        notes = [*notes, Oddity(f"{text.count(chr(0))} NUL byte(s) inside the text are left out")]
        text = text.replace("\x00", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff"), notes


def _is_guess(data: bytes) -> bool:
    """Whether the bytes name no encoding at all and are not mostly UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data.startswith(b"\xef\xbb\xbf") or b"\x00" in data[:512]:
        return False
    runs = _HIGH_RUN.findall(data[:SAMPLE])
    sound = sum(_valid_utf8(run) for run in runs)
    return sound * 2 < len(runs)


def _valid_utf8(run: bytes) -> bool:
    try:
        run.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _by_evidence(data: bytes) -> tuple[str, str] | None:
    """A code page that fits better than Windows-1252, with the reason; None where nothing speaks against that."""
    sample = data[:SAMPLE]
    chinese = _chinese(data, sample)
    if chinese:
        return chinese
    plain = _known(sample.decode("cp1252", "ignore"))
    for name in ("cp932", "euc_kr", "big5"):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        known = _known(sample.decode(name, "ignore"))
        if known >= 2 and known > plain:
            return name, "its column names are then words"
    scores: dict[str, tuple[float, int]] = {}
    for name in ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254"):
        try:
            if name != "cp1252":
                data.decode(name)
            text = sample.decode(name, "ignore")
        except UnicodeDecodeError:
            continue
        scores[name] = (_plausible(text, name), _known(text))
    base_shape, base_known = scores["cp1252"]
    best = max(scores, key=lambda n: (scores[n][1], scores[n][0], n == "cp1252"))
    shape, known = scores[best]
    if best != "cp1252" and known > base_known and shape >= base_shape:
        return best, "its column names are then words"
    if _CENTRAL.search(sample) and scores.get("cp1250", (0.0, 0))[0] > 0 and scores["cp1250"][0] >= base_shape:
        return "cp1250", "its currency is used where that is usual"
    best = max(scores, key=lambda n: (scores[n][0], scores[n][1], n == "cp1252", n == "cp1250"))
    if scores[best][0] > base_shape + 0.25 and scores[best][1] >= base_known:
        return best, "letters, not signs, then stand inside words"
    return None


def _known(text: str) -> int:
    """How many different cells with an accent are known column names."""
    cells = {c.strip() for c in _CELL.split(text[:4096]) if not c.isascii() and len(c) <= words.MAX_NAME}
    return sum(words.role_of(c) is not None for c in cells)


def _plausible(text: str, name: str) -> float:
    """Share 0..1 of the words with foreign letters that look like words in the script of `name`."""
    found = Counter(_WORD.findall(text))
    signs = len(re.findall(r"(?<=[^\W\d_])[^\w\s\x00-\x7f](?=[^\W\d_])|(?<![^\W\d_])[^\w\s\x00-\x7f](?=[a-z])|[\x80-\x9f]", text))
    total = sum(found.values()) + signs
    if not total:
        return 0.0
    good = sum(n for word, n in found.items() if _is_word(word, name))
    return good / total


def _is_word(word: str, name: str) -> bool:
    if len(word) < 2:
        return False  # a sign before a number, such as a pound, is a letter in other code pages
    foreign = [c for c in word if not c.isascii()]
    if any(not c.isalpha() for c in foreign):
        return False
    script = {"cp1251": ("\u0400", "\u04ff"), "cp1253": ("\u0370", "\u03ff")}.get(name)
    if script:
        return all(script[0] <= c <= script[1] for c in word)
    inside = word[1:]
    if inside != inside.lower() and not word.isupper():
        return False
    # Latin text mixes its accents into plain letters; a word of accents alone is another script misread.
    return len(foreign) <= max(1, len(word) * 0.6)


def _chinese(data: bytes, sample: bytes) -> tuple[str, str] | None:
    """GB 18030, where high bytes come in runs that spell common Chinese characters only."""
    runs = _HIGH_RUN.findall(sample)
    if not runs or sum(len(r) >= 2 for r in runs) < 0.9 * len(runs):
        return None
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    foreign = [c for c in sample.decode("gb18030", "ignore") if not c.isascii()]
    if not foreign or sum(_common_chinese(c) for c in foreign) < 0.8 * len(foreign):
        return None
    return "gb18030", "the bytes are pairs of common Chinese characters"


def _common_chinese(c: str) -> bool:
    """Level 1 of GB 2312 (the 3,755 frequent characters) or Chinese punctuation."""
    try:
        raw = c.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(raw) == 2 and (0xB0 <= raw[0] <= 0xD7 or raw[0] == 0xA3 or (raw[0] == 0xA1 and raw[1] <= 0xBF))
