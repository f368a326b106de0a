"""Card and account numbers as statements print them."""

from __future__ import annotations

import re

_CARD = re.compile(r"(?<![0-9A-Za-z])[0-9Xx*•·#]{4}([ -]?)[0-9Xx*•·#]{4}\1[0-9Xx*•·#]{4}\1[0-9Xx*•·#]{4}(?![0-9A-Za-z])")
_AMEX = re.compile(r"(?<![0-9A-Za-z])[0-9Xx*]{4}[ -][0-9Xx*]{6}[ -][0-9Xx*]{5}(?![0-9A-Za-z])")
_ENDING = re.compile(
    r"(?:ending(?: in| with)?|ends(?: in| with)?|last (?:4|four)(?: digits)?\)?:?|endet auf|endziffern?|endend auf|se terminant par|"
    r"terminad[ao] en|eindigend op|berakhir(?:an)?|akhiran|finissant par|finalizada en)[ :.]*([0-9]{4})(?![0-9])",
    re.IGNORECASE,
)
_NUMBER_AFTER = re.compile(
    r"(?:account|acct|a/c|konto|compte|cuenta|rekening|card|karten?|carte|tarjeta|kartu|kaart)[ -]?"
    r"(?:number|no|nr|nummer|numero|num|n°|nomor)?\.?"
    r"[ :#.]*([0-9Xx*•][0-9Xx*•. -]{2,26}[0-9])(?![0-9A-Za-z,/])",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?(?=[A-Z]{0,3}[0-9])[0-9A-Z]{1,4})?(?![0-9A-Za-z])")
"""The last group holds a digit: the word behind a number (`BIC`) is none of it."""


def account_in(text: str) -> str:
    """The card or account number a line prints, as printed, or an empty text."""
    iban = _IBAN.search(text)
    for pattern in (_AMEX, _CARD):
        for m in pattern.finditer(text):
            if iban is not None and iban.start() <= m.start() and m.end() <= iban.end():
                continue  # four groups out of the middle of an IBAN
            plain = re.sub(r"[ -]", "", m.group())
            if len(plain) >= 12 and plain[-4:].isdigit() and (not plain.isdigit() or 13 <= len(plain) <= 19):
                return m.group().strip()
    ending, after = _ENDING.search(text), _NUMBER_AFTER.search(text)
    if ending is not None:
        return ending[1]
    if iban is not None:
        return iban.group()
    if after is None:
        return ""
    found = after[1].strip(" .-")
    digits = re.sub(r"[^0-9]", "", found)
    return found if len(digits) >= 4 and not re.fullmatch(r"[0-9]{1,2}[.-][0-9]{1,2}[.-][0-9]{2,4}", found) else ""


def group_of(groups: list[str], number: str, taken: set[int]) -> int:
    """Which of `groups` an account number heads, as an index: one with the same end, or a new one. `taken` have rows."""
    tail = re.sub(r"[^0-9A-Za-z]", "", number)[-4:]
    for n, known in enumerate(groups):
        if known and re.sub(r"[^0-9A-Za-z]", "", known)[-4:] == tail:
            if len(number) > len(known) and n not in taken:
                groups[n] = number
            return n
    if not groups[0] and not taken:
        groups[0] = number
        return 0
    groups.append(number)
    return len(groups) - 1
