"""A bank's descriptor, taken apart: carrier prefixes, references, phones and places away, the merchant left.

Two steps. `template` blanks out what differs from charge to charge (numbers, references, phones, dates) for a
whole column at once, with RE2, in linear time; `read` takes one such template apart in Python. Few templates
are left of a million descriptors, so the second step costs little. Only the first `LONGEST` characters count.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from analyzer.merchants.listed import THROUGH, Listed, Rules

if TYPE_CHECKING:
    import pyarrow as pa

LONGEST = 160
PHONE, DATE, REFERENCE, ORDER = "\x02", "\x03", "\x04", "\x07"
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
    (r"\b[0-9]{3,5}\b", "0000"),
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
_CODE = re.compile(r"^[A-Z0-9]{1,3} ?[*] ?(?=[A-Z])")
"""A processor's code before an asterisk: up to three characters."""
_WEB = re.compile(r"(?:\bWWW\.|\bHTTPS?:?/?/?|\.(?:COM?|NET|ORG|IO|APP|AI|TV|SHOP|STORE|ONLINE|INFO|ME)(?:\.[A-Z]{2})?\b|\.CO\.UK\b)")
_DOMAIN_END = re.compile(
    r"\.(?:COM|CO|NET|ORG|IO|APP|AI|TV|SHOP|STORE|ONLINE|INFO|ME|DE|UK|ID|IN|FR|NL|ES|IT|EU|US|CA|AU)(?:\.[A-Z]{2})?(?:/.*)?$"
)
_WORDS = re.compile(
    r"\b(?:MEMBERSHIP|MEMBER|SUBSCR\w*|SUBS|MONTHLY|ANNUAL|YEARLY|TRIAL|PREMIUM|RENEWAL|AUTO ?PAY|AUTO ?RENEW\w*|RECURRING|PLAN)\b"
)
_NEVER = (
    ("cash", re.compile(r"\bATM\b|\bCASH(?! ?& ?CARRY)|WITHDRAWAL|TARIK ?TUNAI|GELDAUTOMAT|BANCOMAT|\bRETRAIT\b|\bVYBER\b|CASH ADVANCE")),
    ("interest", re.compile(r"\bINTEREST\b|FINANCE CHARGE|\bBUNGA\b|\bZINSEN\b")),
    (
        "bank fee",
        re.compile(
            r"\b(?:LATE|OVERLIMIT|OVERDRAFT|FOREIGN TRANSACTION|SERVICE CHARGE|BIAYA|STAMP DUTY|BEA MATERAI)\b.{0,12}(?:FEE|CHARGE|\b)"
        ),
    ),
    (
        "transfer",
        re.compile(
            r"\bTRANSFER (?:TO|FROM|KE)\b.{0,20}\b(?:SAVINGS?|CHECKING|CURRENT|SELF|OWN|TABUNGAN)\b|"
            r"PAYMENT.{0,6}THANK YOU|CREDIT CARD PAYMENT|ONLINE PAYMENT|\bPEMBAYARAN KARTU"
        ),
    ),
    ("top-up", re.compile(r"TOP ?-?UP\b|\bAUTO ?-?RELOAD|\bRELOAD\b|REPLENISH|\bRECHARGE\b|\bISI ULANG\b")),
)
"""What is never an agreement: cash, interest, the bank's own fees, money moved to oneself, top-ups at a threshold."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one template says.

    `name` is for people, `key` tells merchants apart (letters and digits only). `never` names the class that is
    never a stream, or is empty. `place`: the text names a town, so a shop; `web` and `phone`: sold at a distance.
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
    array = pc.utf8_upper(pc.utf8_slice_codeunits(pc.fill_null(array, ""), 0, LONGEST))
    for pattern, replacement in STEPS:
        array = pc.replace_substring_regex(array, pattern=pattern, replacement=replacement)
    return pc.utf8_slice_codeunits(array, 0, LONGEST)


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
    known = pc.match_substring_regex(pa.array([_plain(t) for t in texts], pa.large_string()), rules.screen).to_pylist()
    names = rules.only_names
    return tuple(read(t, rules if k else names) for t, k in zip(texts, known, strict=True))


def _plain(text: str) -> str:
    """A template as text again, phones and dates away."""
    full = fold(text)[:LONGEST]
    for number, mark in _KEPT.items():
        full = full.replace(mark, number)
    return " ".join(full.replace(PHONE, "  ").replace(DATE, " ").replace(ORDER, "000000").split())


def read(text: str, rules: Rules) -> Reading:
    """The reading of one template. Pure; at most `LONGEST` characters are looked at."""
    plain = _plain(text)
    phone, reference = PHONE in text, REFERENCE in text or "000000" in plain
    never = next((name for name, pattern in _NEVER if pattern.search(plain)), "")
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
                web=bool(_WEB.search(plain)),
                place=_split_place(_tokens(rest))[1],
                reference=reference,
                words=bool(_WORDS.search(plain)),
                never=_never(row, never),
            )
        shorter, what = _without_carrier(rest, rules, found)
        if shorter == rest:
            break
        rest, carrier = shorter, what or carrier
    return _unlisted(rest, plain, carrier=carrier, phone=phone, reference=reference, never=never)


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
        if found[0].kind in THROUGH and re.match(r"[A-Z0-9]{2}", left) and not left.startswith(("0000", "COM")):
            return left, found[0].name
    if match := _CODE.match(text):
        return text[match.end() :], ""
    return text, ""


def _unlisted(rest: str, plain: str, *, carrier: str, phone: bool, reference: bool, never: str) -> Reading:
    before, star, after = rest.partition("*")
    head, _ = _split_place(_tokens(before))
    tail, place = _split_place(_tokens(after if star else rest))
    if star:
        one = len(tail) == 1 and tail[0].isalpha() and len(tail[0]) >= 5
        words = [*head, *tail] if head else tail
    else:
        one, words = False, tail
    words = words or [w for w in re.split(r"\W+", plain) if w and not w.isdigit()][:4] or ["UNNAMED"]
    name = _title(words)
    return Reading(
        name,
        _key(name),
        None,
        carrier,
        phone=phone,
        web=bool(_WEB.search(plain)),
        place=place,
        reference=reference or REFERENCE in after,
        words=bool(_WORDS.search(plain)),
        never=never,
        head=_key(_title(head)) if star and head and (one or not tail) else "",
    )


def _tokens(text: str) -> list[str]:
    """The words of `text`: references, bare numbers and web addresses behind the first word away."""
    words: list[str] = []
    for raw in text.split():
        if "." in raw and (site := _site(raw)):
            if not words:
                words.append(site)
            continue
        for part in re.split(r"[/,;:|_]+", raw):
            word = part.strip(".-'\"()[]{}+=<>*!?")
            if word and REFERENCE not in word and DATE not in word and not _is_number(word) and not (words and _is_code(word)):
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
    return word not in _KEPT and digits > 0 and (digits >= 3 or (len(word) >= 5 and _switches(word) >= 2))


def _is_code(word: str) -> bool:
    """Whether a word behind the first can only be a reference: five characters or more with a digit, or without a vowel."""
    return len(word) >= 5 and word.isascii() and word.isalnum() and (not word.isalpha() or not any(v in word for v in "AEIOUY"))


def _switches(word: str) -> int:
    kinds = [c.isdigit() for c in word if c.isalnum()]
    return sum(a != b for a, b in itertools.pairwise(kinds))


def _split_place(words: list[str]) -> tuple[list[str], bool]:
    """`words` without the town, state and country at their end; and whether there was one."""
    words, found = list(words), False
    for _ in range(2):
        coded = len(words) > 1 and (words[-1] in COUNTRIES or words[-1] in STATES)
        cut = len(words) > 2 and len(words[-1]) == 1 and _town(words[:-1]) > 0  # "CARDIFF G": cut off at fixed width
        if coded or cut:
            words.pop()
        towns = _town(words)
        if towns:
            del words[-towns:]
        found = found or coded or towns > 0
        if not towns:
            break
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return words, found


def _town(words: list[str]) -> int:
    """How many words at the end are a town (`SAN JOSE`), state glued to it or not (`SAN FRANCISCOCA`); one word must be left."""
    known = places()
    for n in (4, 3, 2, 1):
        if len(words) > n:
            text = " ".join(words[-n:])
            if text in known or (len(text) > 5 and text[-2:] in STATES and text[:-2] in known):
                return n
    return 0


def _title(words: list[str]) -> str:
    return " ".join(w if len(w) <= 3 or not any(v in w for v in "AEIOUY") or any(c.isdigit() for c in w) else _cap(w) for w in words)


def _cap(word: str) -> str:
    return "".join(p.capitalize() if p.isalpha() else p for p in re.split(r"([^A-Z]+)", word))


def _key(name: str) -> str:
    folded = fold(name.upper())
    return "".join(c for c in folded if c.isalnum()) or folded


def key(name: str) -> str:
    """Letters and digits of `name` in capitals: what tells merchants apart."""
    return _key(name)


def reference_heads(readings: tuple[Reading, ...]) -> frozenset[str]:
    """Keys of heads that carry a reference behind their asterisk at least once (`SHOP*7F3K2Q`)."""
    return frozenset(r.head for r in readings if r.head and r.key == r.head)


def brand_key(reading: Reading, heads: frozenset[str]) -> str:
    """The key to group by: the head alone where the word behind the asterisk can only be one more reference."""
    return reading.head if reading.head in heads else reading.key
