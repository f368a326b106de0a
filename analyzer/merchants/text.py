"""A bank's descriptor, taken apart: carrier prefixes, references, phones and places away, the merchant left.

Two steps. `template` blanks out what differs from charge to charge (numbers, references, phones, dates) for a
whole column at once, with RE2, in linear time; `read` takes one such template apart in Python. Few templates
are left of a million descriptors, so the second step costs little. Only the first `LONGEST` characters count.
"""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from analyzer.merchants.listed import THROUGH, Listed, Rules

if TYPE_CHECKING:
    import pyarrow as pa

LONGEST = 160
PHONE, DATE, REFERENCE, ORDER, CUT = "\x02", "\x03", "\x04", "\x07", "\x0e"
WIDTHS = (22, 23, 25, 32, 40)
"""Lengths at which banks cut a descriptor off."""
_KEPT = {"365": "\x05", "360": "\x06"}
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
STEPS = (
    (r"[\x00-\x1f\x7f]", " "),
    (r"(?:\+?1[-. ])?\(?\b[0-9]{3}\)?[-. ][0-9]{3}[-. ][0-9]{4}", f" {PHONE} "),
    (r"\b1?8(?:00|33|44|55|66|77|88)[0-9]{7}\b|\+[0-9]{9,14}\b|\b0(?:800|808)[ -]?[0-9]{3}[ -]?[0-9]{3,4}\b", f" {PHONE} "),
    (r"\b365\b", _KEPT["365"]),
    (r"\b360\b", _KEPT["360"]),
    (rf"\b[0-9]{{1,2}}[ -]?(?:{_MONTHS})(?:[ -]?[0-9]{{2,4}})?\b|\b[0-9]{{2}}[/.][0-9]{{2}}(?:[/.][0-9]{{2,4}})?\b", DATE),
    (r"([*.]\s?[A-Z]{0,2})[0-9]{5,}\b", rf"\1{ORDER}"),
    (rf"\*\s?(?:{_MIXED})\b", f"*{REFERENCE}"),
    (r"\b[A-Z]+[0-9]+[A-Z][A-Z0-9]{2,}\b|\b[0-9]+[A-Z]+[0-9][A-Z0-9]{2,}\b", REFERENCE),
    (r"#\s?[0-9]+", REFERENCE),
    (r"\b[A-Z]{0,3}[0-9]{6,}[A-Z]?\b", "000000"),
    (r"\b[0-9]{3,5}\b", "000"),
    (rf" (?:{_MIXED})\b", f" {REFERENCE}"),
)


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


COUNTRIES = _set(
    "AE AR AT AU BE BG BR CA CH CL CN CO CR CY CZ DE DK EE EG ES FI FR GB GR HK HR HU ID IE IL IN IS IT JP KE KR LT LU LV MX MY NG NL NO "
    "NZ PE PH PK PL PT RO RS RU SA SE SG SI SK TH TR TW UA UK US USA UY VN ZA GBR DEU IDN IND SGP AUS CAN FRA NLD IRL ESP ITA"
)
STATES = _set(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT "
    "VT VA WA WV WI WY DC ON QC BC AB MB SK NS NB NSW VIC QLD"
)
_LEGAL = _set("INC LLC LTD LIMITED GMBH AG BV NV SA SARL SRL SPA PTE PT TBK PLC CORP CO SRO AS AB OY KG")
_PREFIX = re.compile(
    r"^(?:POS(?: DEBIT| PURCHASE)?|DEBIT CARD PURCHASE|CARD PURCHASE|CHECK ?CARD(?: PURCHASE)?|PURCHASE(?: AUTHORIZED ON)?|VISA(?: DEBIT)?|"
    r"RECURRING(?: CARD)?(?: PAYMENT| PURCHASE)?|CARD PAYMENT(?: TO)?|DDA PURCHASE|KARTENZAHLUNG|PAIEMENT(?: PAR)? CARTE|CB|PAGO|"
    r"COMPRA|APLPAY|APPLE PAY|GPAY|GOOGLE PAY(?= )|SAMSUNG PAY|DIRECT DEBIT(?: TO)?|DD|SEPA|LASTSCHRIFT|QRIS|EDC|ECOM|REFUND(?: FROM)?|"
    r"REVERSAL(?: OF)?|CREDIT VOUCHER|RETURN|PENGEMBALIAN(?: DANA)?|ERSTATTUNG)\b[ :.-]*(?=\S)"
)
_CUT_WORD = re.compile(rf"[A-Z]{CUT}$")
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
_NEVER = (
    ("cash", r"\bATM\b|\bCASH(?: WITHDRAWAL| ADVANCE| OUT|$)|WITHDRAWAL|TARIK ?TUNAI|GELDAUTOMAT|BANCOMAT|\bRETRAIT\b|\bVYBER\b"),
    ("interest", r"\bINTEREST\b|FINANCE CHARGE|\bBUNGA\b|\bZINSEN\b"),
    ("bank fee", r"\b(?:LATE|OVERLIMIT|OVERDRAFT|FOREIGN TRANSACTION|MONTHLY SERVICE) (?:FEE|CHARGE)|\bBIAYA ADM|STAMP DUTY|BEA MATERAI"),
    (
        "transfer",
        (
            r"\bTRANSFER (?:TO|FROM|KE)\b.{0,20}\b(?:SAVINGS?|CHECKING|CURRENT|SELF|OWN|TABUNGAN)\b|"
            r"PAYMENT.{0,6}THANK YOU|CREDIT CARD PAYMENT|ONLINE PAYMENT|\bPEMBAYARAN KARTU"
        ),
    ),
    ("top-up", r"TOP ?-?UP\b|\bAUTO ?-?RELOAD|\bRELOAD\b|REPLENISH|\bRECHARGE\b|\bISI ULANG\b"),
)
"""What is never an agreement: cash, interest, the bank's own fees, money moved to oneself, top-ups at a threshold."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one template says.

    `name` is for people, `key` tells merchants apart (letters and digits only). `never` names the class that is
    never a stream, or is empty. `place`: the text names a town and no phone or site, so a shop; `web` and `phone`: sold at a distance.
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


def template(descriptors: Any) -> pa.Array:
    """Per descriptor its template (arrow strings of at most `LONGEST` characters, missing ones empty)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    array = pc.cast(descriptors if isinstance(descriptors, pa.Array) else pa.array(descriptors, type=pa.large_string()), pa.large_string())
    array = pc.fill_null(array, "")
    cut = pc.is_in(pc.cast(pc.utf8_length(array), pa.int64()), pa.array(WIDTHS, pa.int64()))
    array = pc.utf8_upper(pc.utf8_slice_codeunits(array, 0, LONGEST))
    for pattern, replacement in STEPS:
        array = pc.replace_substring_regex(array, pattern=pattern, replacement=replacement)
    array = pc.utf8_slice_codeunits(array, 0, LONGEST)
    kind = pa.large_string()
    return pc.if_else(cut, pc.binary_join_element_wise(array, pa.scalar(CUT, kind), pa.scalar("", kind)), array)


@cache
def places() -> frozenset[str]:
    """Town names in capitals without accents."""
    text = resources.files("analyzer.merchants").joinpath("data/places.txt").read_text("utf-8")
    return frozenset(t.strip() for line in text.splitlines() if not line.startswith("#") for t in line.split(","))


def fold(text: str) -> str:
    """Capitals without accents; compatibility forms made plain."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.replace("ß", "SS").replace("Ø", "O").replace("Ł", "L"))
    return "".join(c for c in plain if not unicodedata.combining(c)).upper()


def read_all(templates: Any, rules: Rules) -> tuple[Reading, ...]:
    """The readings of many templates; the descriptor list is asked only where one RE2 screen says it may know the text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = [str(t) for t in templates]
    plain = pa.array([_plain(t) for t in texts], pa.large_string())
    # What no brand fits, no brand fits after a carrier's prefix is gone either: the rest is a part of the text.
    brands = pc.match_substring_regex(plain, rules.brand_screen).to_pylist()
    carriers = pc.match_substring_regex(plain, rules.carrier_screen).to_pylist()
    asked = {(b, c): rules.part(b, c) for b in (True, False) for c in (True, False)}
    never = [""] * len(texts)
    for name, pattern in reversed(_NEVER):
        never = [name if hit else n for n, hit in zip(never, pc.match_substring_regex(plain, pattern).to_pylist(), strict=True)]
    web = pc.match_substring_regex(plain, _WEB).to_pylist()
    words = pc.match_substring_regex(plain, _WORDS).to_pylist()
    return tuple(
        _read(t, p, asked[b, c], n, w, s)
        for t, p, b, c, n, w, s in zip(texts, plain.to_pylist(), brands, carriers, never, web, words, strict=True)
    )


def _plain(text: str) -> str:
    """A template as text again, phones and dates away."""
    full = fold(text)[:LONGEST]
    for number, mark in _KEPT.items():
        full = full.replace(mark, number)
    return " ".join(full.replace(PHONE, "  ").replace(DATE, " ").replace(ORDER, "000000").replace(CUT, "").split())


def _read(text: str, plain: str, rules: Rules, never: str, web: bool, words: bool) -> Reading:
    """The reading of one template, given as it is and `plain`. Pure; at most `LONGEST` characters are looked at."""
    phone, reference, cut = PHONE in text, REFERENCE in text or "000000" in plain, bool(_CUT_WORD.search(text))
    exact = rules.by_name.get(plain)
    if exact is not None:
        return Reading(exact.name, _key(exact.name), exact, phone=phone, reference=reference, never=_never(exact, never))
    rest, carrier = plain, ""
    for _ in range(4):  # prefixes stack: wallet, processor, marketplace
        found = rules.first(rest, through=False)
        if found is not None and not _payee_follows(*found, rest):
            row = found[0]
            return Reading(
                row.name,
                _key(row.name),
                row,
                carrier,
                phone=phone,
                web=web,
                place=_split_place(_tokens(rest), cut)[1] and not (phone or web),
                reference=reference,
                words=words,
                never=_never(row, never),
            )
        shorter, what = _without_carrier(rest, rules, found)
        if shorter == rest:
            break
        rest, carrier = shorter, what or carrier
    name, key, place, head = _unlisted(rest, plain, cut)
    more = reference or REFERENCE in rest
    return Reading(
        name,
        key,
        None,
        carrier,
        phone=phone,
        web=web,
        place=place and not (phone or web),
        reference=more,
        words=words,
        never=never,
        head=head,
    )


def _never(row: Listed, otherwise: str) -> str:
    return "bank fee" if row.kind in ("issuer-fee", "authorization-hold") else otherwise if row.kind == "issuer-fee" else ""


def _payee_follows(row: Listed, end: int, text: str) -> bool:
    """Whether `row` is a shop front whose own text names the payee behind it (`GOOGLE *Payee`)."""
    return row.kind == "app-store" and row.pattern.endswith("[*.] ?") and bool(re.match(r"[A-Z][A-Z0-9]{2}", text[end:]))


def _without_carrier(text: str, rules: Rules, front: tuple[Listed, int] | None) -> tuple[str, str]:
    """`text` without its first prefix, and the name of the carrier, if one is known."""
    if front is not None:
        return text[front[1] :].lstrip(" *.-"), front[0].name
    if match := _PREFIX.match(text):
        return text[match.end() :].lstrip(" *.-" + DATE), ""
    found = rules.first(text, through=True)
    if found is not None:
        left = text[found[1] :].lstrip(" *.-")
        if found[0].kind in THROUGH and re.match(r"[A-Z0-9]{2}", left) and not left.startswith(("000", "COM")):
            return left, found[0].name
    if match := _CODE.match(text):
        return text[match.end() :], ""
    return text, ""


def _unlisted(rest: str, plain: str, cut: bool) -> tuple[str, str, bool, str]:
    """Name, key, whether a town is named, and the key of the head before an asterisk, of a text no list knows."""
    before, star, after = rest.partition("*")
    head, _ = _split_place(_tokens(before), False)
    tail, place = _split_place(_tokens(after if star else rest), cut)
    if star:
        one = len(tail) == 1 and tail[0].isalnum() and len(tail[0]) >= 5
        if one and head and not tail[0].isalpha():
            tail = []
        words = [*head, *tail] if head else tail
    else:
        one, words = False, tail
    words = words or [w for w in re.split(r"\W+", plain) if w and not w.isdigit()][:4] or ["UNNAMED"]
    name = _title(words)
    return name, _key(name), place, _key(_title(head)) if star and head and (one or not tail) else ""


def _tokens(text: str) -> list[str]:
    """The words of `text`: references, bare numbers and web addresses behind the first word away."""
    words: list[str] = []
    for raw in text.split():
        if "." in raw and (site := _site(raw)):
            if not words:
                words.append(site)
            continue
        for part in (raw,) if raw.isalnum() else _APART.split(raw):
            word = part.strip(_EDGES)
            if not word or (not word.isalpha() and (REFERENCE in word or DATE in word or _is_number(word))):
                continue
            if not (words and _CODE_WORD.match(word)):
                words.append(word)
    return words


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
    return word not in _KEPT and digits > 1 and (digits >= 3 or (len(word) >= 5 and _switches(word) >= 2))


def _switches(word: str) -> int:
    kinds = [c.isdigit() for c in word if c.isalnum()]
    return sum(a != b for a, b in itertools.pairwise(kinds))


def _split_place(words: list[str], cut: bool) -> tuple[list[str], bool]:
    """`words` without the town, state and country at their end; and whether there was one."""
    words, found = list(words), False
    for _ in range(2):
        coded = len(words) > 1 and (words[-1] in COUNTRIES or words[-1] in STATES)
        stub = len(words) > 2 and len(words[-1]) == 1 and _town(words[:-1]) > 0  # "CARDIFF G": cut off at fixed width
        if coded or stub:
            words.pop()
        towns = _town(words) or (_cut_town(words) if cut and not coded else 0)
        if towns:
            del words[-towns:]
        found = found or coded or towns > 0
        if not towns:
            break
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return words, found


@cache
def _town_ends() -> frozenset[str]:
    return frozenset(p.rpartition(" ")[2] for p in places())


def _town(words: list[str]) -> int:
    """How many words at the end are a town (`SAN JOSE`), state glued to it or not (`SAN FRANCISCOCA`); one word must be left."""
    last = words[-1] if words else ""
    if last not in _town_ends() and (last[-2:] not in STATES or last[:-2] not in _town_ends()):
        return 0
    known = places()
    for n in (4, 3, 2, 1):
        if len(words) > n:
            text = " ".join(words[-n:])
            if text in known or (len(text) > 5 and text[-2:] in STATES and text[:-2] in known):
                return n
    return 0


@cache
def _sorted_places() -> list[str]:
    return sorted(places())


def _cut_town(words: list[str]) -> int:
    """How many words at the end are the beginning of a town, at least four letters of it, in a text that was cut off."""
    known = _sorted_places()
    for n in (3, 2, 1):
        if len(words) > n:
            text = " ".join(words[-n:])
            at = bisect.bisect_left(known, text)
            if len(text) >= 4 and at < len(known) and known[at].startswith(text):
                return n
    return 0


def _title(words: list[str]) -> str:
    return " ".join(map(_shown, words))


@lru_cache(maxsize=65536)
def _shown(word: str) -> str:
    """A word for people: short ones, and those without a vowel or with a digit, stay in capitals."""
    if len(word) <= 3 or not any(v in word for v in "AEIOUY") or any(c.isdigit() for c in word):
        return word
    return "".join(p.capitalize() if p.isalpha() else p for p in re.split(r"([^A-Z]+)", word))


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
