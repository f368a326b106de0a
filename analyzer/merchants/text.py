"""A template (see `template`), taken apart: carrier prefixes, references, phones and places away, the merchant left."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from analyzer.merchants import places
from analyzer.merchants.listed import BUSINESS, THROUGH, Listed, Rules, screened
from analyzer.merchants.prefixes import PREFIX, WORDS
from analyzer.merchants.template import CUT, DATE, KEPT, PHONE, REFERENCE, fold
from analyzer.merchants.template import plain as plain_text

_BEGUN = re.compile(r"(?<=[A-Z]{2}) ?[ #*+](?:[A-Z]?[0-9]{1,2}|[0-9]{2}/[0-9]?)$")
"""A reference, a phone number or the number of an instalment that a fixed width cut off after its first figures."""
_WENT_ON = "~"
_PAIRED = re.compile(r"[A-Z]{1,3}(?:/[A-Z]{1,3})+$")
"""Short pieces with a slash between them: a name, and neither of them the code of a country."""
_APART = re.compile(r"[/,;:|_]+")
_EDGES = ".-'\"()[]{}+=<>*!?"
_CODE_WORD = re.compile(r"(?=[A-Z0-9]{5,}$)(?:[A-Z]*[0-9]|[^AEIOUY]+$)")
"""Behind the first word these can only be references: five characters or more with a digit, or without a vowel."""
_CODE = re.compile(r"^[A-Z0-9]{1,3} ?[*] ?(?=[A-Z])")
"""A processor's code before an asterisk: up to three characters."""
_WEB = r"(?:\bWWW\.|\bHTTPS?:?/?/?|\.(?:COM?|NET|ORG|IO|APP|AI|TV|SHOP|STORE|ONLINE|INFO|ME)(?:\.[A-Z]{2})?\b|\.CO\.UK\b)"
_DOMAIN_END = re.compile(
    r"\.(?:COM|CO|NET|ORG|IO|APP|AI|TV|SHOP|STORE|ONLINE|INFO|ME|DE|UK|ID|IN|FR|NL|ES|IT|EU|US|CA|AU)(?:\.[A-Z]{2})?(?:/.*)?$"
)
_WORDS = r"\b(?:MEMBERSHIP|MEMBER|SUBSCR\w*|SUBS|MONTHLY|ANNUAL|YEARLY|TRIAL|PREMIUM|RENEWAL|AUTO ?RENEW\w*|RECURRING|PLAN)\b"
_SELLING = r"\bSELL(?:ER|ING)S? (?:FEES?|REPAY|SUBSCRIPTION|PLAN|ACCOUNT)\b|\bBIAYA PENJUAL\b|\bVERK(?:AE|A)UFERGEB"
"""What only a seller is charged for, in the text's own words."""
_HOUSEHOLD = (
    r"\b(?:ENERGY|ELECTRIC\w*|WATER|SEWER|UTILIT\w*|BROADBAND|INTERNET|FIBRE|FIBER|TELECOM\w*|INSURANC\w*|ASSURANCES?|VERSICHERUNG\w*|"
    r"ASURANSI|SEGUROS?|ASSICURAZION\w*|RENT|MIETE|LOYER|SEWA|TUITION|SCHOOL|KINDERGARTEN|KITA|CRECHE|DAYCARE|CHILDCARE|NURSERY|"
    r"DONATIONS?|CHARIT\w*|SPENDE|MORTGAGE|STROM|WASSER|STADTWERKE|LISTRIK|"
    r"COUNCIL TAX|PROPERTY)\b"
)
"""Words of agreements that a household signs for: rarely what nobody agreed to."""
_NEVER = (
    (
        "cash",
        (
            r"\bATM\b|\bCASH(?: WITHDRAWAL| ADVANCE| OUT|$)|WITHDRAWAL|\bCASH ?(?:POINT|MACHINE)\b|TARIK(?:AN)? ?TUNAI|GELDAUTOMAT|"
            r"\bBARGELD|\bBAN[CK]OMAT\b|\bRETRAIT\b|\bVYBER\b|\bCAJERO\b|\bRETIRO\b|\bPRELIEVO\b|\bSAQUE\b|\bGELDOPNAME\b|\bWYPLATA\b"
        ),
    ),
    (
        "interest",
        (
            r"\bINTEREST\b|FINANCE CHARGE|\bBUNGA\b|\b(?:SOLL|HABEN)?ZINSEN\b|\bINTERES(?:ES|SI)\b|\bINTERETS\b|\bJUROS\b|"
            r"\bDEBETRENTE\b|\bODSETKI\b"
        ),
    ),
    (
        "bank fee",
        (
            r"\b(?:LATE|OVERLIMIT|OVERDRAFT|FOREIGN (?:TRANSACTION|EXCHANGE)|MONTHLY SERVICE|RETURNED PAYMENT|CASH ADVANCE) (?:FEE|CHARGE)|"
            r"\bLATE PAYMENT\b|\bINTL TRANSACTION FEE|\bNON-STERLING\b|"
            rf"^(?:{WORDS} )?ANNUAL (?:CARD |MEMBERSHIP )?FEE\b|\bANNUAL CARD FEE?\b|"
            r"\bIURAN TAHUNAN\b|\bBIAYA ADM|"
            r"STAMP DUTY|\bBEA M[AE]TERAI|\bKONTOF(?:UE|U)HRUNG|\bKARTEN(?:PREIS|GEB)|\bFRAIS (?:BANCAIRES|DE TENUE)|\bCOTISATION CARTE\b|"
            r"\bCOMISION (?:BANCARIA|MANTENIMIENTO)|\bCANONE (?:CONTO|CARTA)\b|\bTARIFA BANCARIA\b"
        ),
    ),
    (
        "transfer",
        (
            r"\bTRANSFER (?:TO|FROM|KE)\b.{0,20}\b(?:SAVINGS?|CHECKING|CURRENT|SELF|OWN|TABUNGAN)\b|\bUMBUCHUNG\b|\bEIGEN(?:UE|U)BERTRAG|"
            r"\bVIREMENT\b.{0,20}\b(?:EPARGNE|LIVRET)\b|\bTRASPASO\b.{0,20}\b(?:PROPI[AO]S?|AHORROS?)\b|"
            r"PAYMENT.{0,6}THANK YOU|CREDIT CARD PAYMENT|ONLINE PAYMENT|\bPEMBAYARAN KARTU"
        ),
    ),
    ("top-up", r"TOP ?-?UP\b|\bAUTO ?-?RELOAD|\bRELOAD\b|REPLENISH|\bRECHARGE\b|\bISI ULANG\b|\bAUFLADUNG\b|\bRECARGA\b"),
)
"""What is never an agreement: cash, interest, the bank's own fees, money moved to oneself, top-ups at a threshold."""


TERMINALS = {"Square", "Toast", "SumUp", "Zettle", "Lightspeed"}
"""Carriers whose business is the terminal on the counter: who is paid through them is mostly a shop."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one template says.

    `name` is for people, `key` tells merchants apart (letters and digits only). `never` names the class that is
    never a stream, or is empty. `place`: the text names a town, or the maker of a terminal, and no phone or site, so a
    shop; `web` and `phone`: sold at a distance.
    """

    name: str
    key: str
    listed: Listed | None = None
    carrier: str = ""
    phone: bool = False
    web: bool = False
    place: bool = False
    reference: bool = False
    words: bool = False
    never: str = ""
    head: str = ""
    """For `HEAD*TAIL` with one word after the asterisk: the key of HEAD alone."""
    household: bool = False
    """The text speaks of rent, energy, insurance: what a household signs for."""
    code: str = ""
    """The code of a country or state the text ends with, as printed."""
    cut: bool = False
    """A fixed width cut the text off, perhaps inside the name."""


def read_all(templates: Any, rules: Rules) -> tuple[Reading, ...]:
    """The readings of many templates; the descriptor list is asked only where one RE2 screen says it may know the text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = [str(t) for t in templates]
    plain = pa.array([plain_text(t) for t in texts], pa.large_string())
    # What no brand fits, no brand fits after a carrier's prefix is gone either: the rest is a part of the text.
    brands = screened(plain, rules.brands, rules.brand_screen)
    carriers = screened(plain, rules.carriers, rules.carrier_screen)
    asked = {(b, c): rules.part(b, c) for b, c in set(zip(brands, carriers, strict=True))}
    never = [""] * len(texts)
    for name, pattern in reversed(_NEVER):
        never = [name if hit else n for n, hit in zip(never, pc.match_substring_regex(plain, pattern).to_pylist(), strict=True)]
    web = pc.match_substring_regex(plain, _WEB).to_pylist()
    words = pc.match_substring_regex(plain, _WORDS).to_pylist()
    read = [
        _read(t, p, asked[b, c], n, w, s)
        for t, p, b, c, n, w, s in zip(texts, plain.to_pylist(), brands, carriers, never, web, words, strict=True)
    ]
    for at in pc.indices_nonzero(pc.match_substring_regex(plain, _SELLING)).to_pylist():
        read[at] = _as_fee(read[at])
    for at in pc.indices_nonzero(pc.match_substring_regex(plain, _HOUSEHOLD)).to_pylist():
        read[at] = replace(read[at], household=True)
    return tuple(read)


def _as_fee(reading: Reading) -> Reading:
    """`reading` of a text that itself speaks of a seller's fee: listed as one, where neither the list nor the user's own says more."""
    if reading.listed is not None and (reading.listed.kind in BUSINESS or not reading.listed.as_of):
        return reading
    company = reading.listed.name.split()[0] if reading.listed is not None else reading.name
    name = company if "SELL" in company.upper() else f"{company} seller fees"
    row = Listed(name=name, kind="seller-fee", pattern="", source="the words of the text itself")
    return replace(reading, name=name, key=_key(name), listed=row, place=False, never="", head="")


def _read(text: str, plain: str, rules: Rules, never: str, web: bool, words: bool) -> Reading:
    """The reading of one template, given as it is and `plain`. Pure; at most `LONGEST` characters are looked at."""
    phone, reference = PHONE in text, REFERENCE in text or "000000" in plain
    ended = text[-1:] == CUT
    if ended:
        plain = _BEGUN.sub("", plain)
    cut = ended and "A" <= text[-2:-1] <= "Z"
    exact = rules.by_name.get(plain)
    if exact is not None:
        return Reading(exact.name, _key(exact.name), exact, phone=phone, reference=reference, never=_never(exact))
    rest, carrier = plain, ""
    for _ in range(4):  # prefixes stack: wallet, processor, marketplace
        # Where a text was cut off is not where it ends: a pattern that asks for the end must not fit.
        found = rules.first(rest + _WENT_ON if cut else rest, through=False)
        if found is not None and not _payee_follows(*found, rest):
            row = found[0]
            _, place, code = places.split(_tokens(rest), cut)
            return Reading(
                row.name,
                _key(row.name),
                row,
                carrier,
                phone=phone,
                web=web,
                place=place and not (phone or web),
                reference=reference,
                words=words,
                never=_never(row),
                code=code,
                cut=ended,
            )
        shorter, what = _without_carrier(rest, rules, found)
        if shorter == rest:
            break
        rest, carrier = shorter, what or carrier
    name, key, place, head, code = _unlisted(rest, plain, cut, ended)
    more = reference or REFERENCE in rest
    return Reading(
        name,
        key,
        None,
        carrier,
        phone=phone,
        web=web,
        place=(place or carrier in TERMINALS) and not (phone or web),
        reference=more,
        words=words,
        never=never,
        head=head,
        code=code,
        cut=ended,
    )


def _never(row: Listed) -> str:
    return "bank fee" if row.kind in ("issuer-fee", "authorization-hold") else ""


def _payee_follows(row: Listed, end: int, text: str) -> bool:
    """Whether `row` is a shop front whose own text names the payee behind it (`GOOGLE *Payee`)."""
    return row.kind == "app-store" and row.pattern.endswith("[*.] ?") and bool(re.match(r"[A-Z][A-Z0-9]{2}", text[end:]))


def _without_carrier(text: str, rules: Rules, front: tuple[Listed, int] | None) -> tuple[str, str]:
    """`text` without its first prefix, and the name of the carrier, if one is known."""
    if front is not None:
        return text[front[1] :].lstrip(" *.-"), front[0].name
    if match := PREFIX.match(text):
        return text[match.end() :].lstrip(" *.-" + DATE), ""
    found = rules.first(text, through=True)
    if found is not None:
        left = text[found[1] :].lstrip(" *.-")
        if found[0].kind in THROUGH and re.match(r"[A-Z0-9]{2}", left) and not left.startswith(("000", "COM")):
            return left, found[0].name
    if match := _CODE.match(text):
        return text[match.end() :], ""
    return text, ""


def _unlisted(rest: str, plain: str, cut: bool, ended: bool) -> tuple[str, str, bool, str, str]:
    """Name, key, whether a town is named, the key of the head before an asterisk, and the country's code, of a text no list knows."""
    before, star, after = rest.partition("*")
    tail, place, code = places.split(_tokens(after if star else rest), cut)
    head: list[str] = []
    if star:
        head, _, _ = places.split(_tokens(before), False)
        one = len(tail) == 1 and tail[0].isalnum() and (ended or len(tail[0]) >= 5)
        if one and head and not tail[0].isalpha():
            tail = []
        words = [*head, *tail] if head else tail
    else:
        one, words = False, tail
    bare = [w for w in re.split(r"\W+", plain) if w]
    # A name of figures alone (7-11, 80 20) is one, a number of three figures or more is a reference.
    words = words or [w for w in bare if not w.isdigit()][:4] or [w for w in bare if len(w) < 3][:4] or ["UNNAMED"]
    name = _title(words)
    return name, _key(name), place, _key(_title(head)) if star and head and (one or not tail) else "", code


def _tokens(text: str) -> list[str]:
    """The words of `text`: references, bare numbers and web addresses behind the first word away."""
    words: list[str] = []
    for raw in text.split():
        site, parts = _parts(raw)
        if site:
            if not words:
                words.append(site)
            continue
        for word, coded in parts:
            if not (coded and words):
                words.append(word)
    return words


@lru_cache(maxsize=65536)
def _parts(raw: str) -> tuple[str, tuple[tuple[str, bool], ...]]:
    """The name of the site that `raw` (no blanks in it) is, if it is one; else its words, each with whether it can only be a
    reference where it is not the first."""
    if "." in raw and (site := _site(raw)):
        return site, ()
    words = []
    for part in (raw,) if raw.isalnum() or _PAIRED.match(raw) else _APART.split(raw):
        word = part.strip(_EDGES)
        if word and (word.isalpha() or not (REFERENCE in word or DATE in word or _is_number(word))):
            words.append((word, _CODE_WORD.match(word) is not None))
    return "", tuple(words)


def _site(word: str) -> str:
    """The name in a web address, whole or cut off (`WWW.SHOP.COM/X`, `HELP.SHOP.C`); empty if it is none."""
    end = _DOMAIN_END.search(word)
    parts = [p for p in (word[: end.start()] if end else word).split(".") if p and p not in ("WWW", "HTTPS", "HTTP")]
    if not end and not (len(parts) > 1 and all(p.isalpha() and len(p) > 1 for p in parts[:2])):
        return ""
    name = parts[-1] if end or len(parts) == 1 else parts[1] if len(parts) > 2 else parts[0]
    return re.sub(r"[^A-Z0-9&-]", "", name)


def _is_number(word: str) -> bool:
    digits = sum(c.isdigit() for c in word)
    return word not in KEPT and digits > 1 and (digits >= 3 or (len(word) >= 5 and _switches(word) >= 2))


def _switches(word: str) -> int:
    kinds = [c.isdigit() for c in word if c.isalnum()]
    return sum(a != b for a, b in itertools.pairwise(kinds))


def _title(words: list[str]) -> str:
    return " ".join(map(_shown, words))


@lru_cache(maxsize=65536)
def _shown(word: str) -> str:
    """A word for people: short ones, and those without a vowel or with a digit, stay in capitals."""
    if len(word) <= 3 or not any(v in word for v in "AEIOUY") or any(c.isdigit() for c in word):
        return word
    return "".join(p.capitalize() if p.isalpha() and (len(p) > 3 or p == word) else p for p in re.split(r"([^A-Z']+)", word))


def _key(name: str) -> str:
    text = name.upper()
    if text.isascii():
        return text.translate(_NO_SIGNS) or text
    folded = fold(text)
    return "".join(c for c in folded if c.isalnum()) or folded


_NO_SIGNS = {n: None for n in range(128) if not chr(n).isalnum()}


def key(name: str) -> str:
    """Letters and digits of `name` in capitals: what tells merchants apart."""
    return _key(name)


def reference_heads(readings: tuple[Reading, ...]) -> frozenset[str]:
    """Keys of heads that carry a reference behind their asterisk at least once (`SHOP*7F3K2Q`)."""
    return frozenset(r.head for r in readings if r.head and r.key == r.head)


def brand_key(reading: Reading, heads: frozenset[str]) -> str:
    """The key to group by: the head alone where the word behind the asterisk can only be one more reference."""
    return reading.head if reading.head in heads else reading.key
