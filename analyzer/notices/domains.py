"""Domains: their registrable part, the dated lists of companies, and names made to look alike.

The public suffix list is the snapshot inside tldextract; it is never fetched and nothing is cached on disk.
A domain on no list is "not on our list", never "fake".
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

MAX_NAME = 253


@dataclass(frozen=True, slots=True)
class Listed:
    """A domain on a company's list, with where and when that was read."""

    domain: str
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Company:
    """A company mails speak for. `names` as people write them; `common` when a name is also an everyday word;
    `charges` how its name begins or stands in a card descriptor."""

    name: str
    names: tuple[str, ...]
    charges: tuple[str, ...]
    common: bool
    domains: tuple[Listed, ...]

    def lists(self, domain: str) -> Listed | None:
        """The entry that `domain` is, or is below; None when it is not on the list."""
        return next((d for d in self.domains if domain == d.domain or domain.endswith(f".{d.domain}")), None)


@dataclass(frozen=True, slots=True)
class Receiver:
    """A mail provider: the hosts it signs its results with, other domains of its servers, and whether it signs none.

    `parts`: method → server, for a provider whose servers each write a header of their own.
    """

    hosts: tuple[str, ...]
    also: tuple[str, ...]
    nameless: bool
    parts: Mapping[str, str]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("analyzer.notices") / "data" / "companies.toml").read_text(encoding="utf-8"))


@cache
def companies() -> tuple[Company, ...]:
    """The companies with a list, in the order of the data."""
    return tuple(
        Company(
            name=c["name"],
            names=tuple(n.casefold() for n in c["names"]),
            charges=tuple(c.get("charges", ())),
            common=c.get("common", False),
            domains=tuple(Listed(d, entry["source"], entry["as_of"]) for entry in c["listed"] for d in entry["domains"]),
        )
        for c in _data()["company"]
    )


@cache
def receivers() -> dict[str, Receiver]:
    """Mail providers by the domain users know them by."""
    return {
        domain: Receiver(tuple(r["hosts"]), tuple(r.get("also", ())), r.get("nameless", False), r.get("parts", {}))
        for r in _data()["receiver"]
        for domain in r["domains"]
    }


@cache
def shorteners() -> frozenset[str]:
    """Domains whose links hide where they lead."""
    return frozenset(_data()["shorteners"]["domains"])


@cache
def technical() -> frozenset[str]:
    """Domains of companies that hold the content of others, by registrable part."""
    return frozenset(_data()["technical"]["domains"])


@cache
def freemail() -> frozenset[str]:
    """Domains under which anybody can have a mailbox."""
    return frozenset(_data()["freemail"]["domains"])


@cache
def _suffixes() -> Any:
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=(), fallback_to_snapshot=True, include_psl_private_domains=True)


def registrable(domain: str) -> str | None:
    """The part of `domain` somebody registered (`evil.co.uk` of `a.evil.co.uk`); None for a bare suffix or no domain.

    Under an ending the public suffix list does not know, the last two labels (its rule `*`).
    """
    return _registrable(domain[:MAX_NAME].strip(".").lower())[0]


def is_public(domain: str) -> bool:
    """Whether `domain` is a registration under an ending of the public suffix list; "Dr.Smith" is not."""
    name, known = _registrable(domain[:MAX_NAME].strip(".").lower())
    return known and name is not None


@lru_cache(4096)
def _registrable(domain: str) -> tuple[str | None, bool]:
    if "." not in domain or re.search(r"[\s/@:\[\]]", domain):
        return None, False
    found = _suffixes().extract_str(domain)
    if found.suffix:
        return (f"{found.domain}.{found.suffix}" if found.domain else None), True
    labels = domain.split(".")
    return (None if labels[-1].isdigit() or not all(labels[-2:]) else ".".join(labels[-2:])), False


def ascii_name(domain: str) -> str:
    """`domain` in lower-case ASCII (IDNA); as it is where it cannot be written so."""
    text = unicodedata.normalize("NFKC", domain[:MAX_NAME]).strip().strip(".").lower()
    if text.isascii():
        return text
    labels = []
    for label in text.split("."):
        labels.append(label if label.isascii() or len(label) > 63 else f"xn--{label.encode('punycode').decode('ascii')}")
    return ".".join(labels)


def unicode_name(domain: str) -> str:
    """`domain` with its `xn--` labels written out; labels that cannot be stay."""
    labels = []
    for label in domain[:MAX_NAME].split("."):
        text = label
        if label.lower().startswith("xn--") and len(label) <= 63:
            try:
                text = label[4:].encode("ascii").decode("punycode")
            except (UnicodeError, ValueError):
                text = label
        labels.append(text)
    return ".".join(labels)


def owner(domain: str) -> Company | None:
    """The company whose list holds `domain`."""
    return next((c for c in companies() if c.lists(domain)), None)


def same_owner(one: str, other: str) -> bool:
    """Whether two domains are one registration, or on one company's list."""
    if not one or not other:
        return False
    if (registrable(one) or one) == (registrable(other) or other):
        return True
    company = owner(one)
    return company is not None and company.lists(other) is not None


_LOOKS = {
    **dict(zip("аеорсхуіјѕԁӏһԛԝвкмнтгзпиԍьэ", "aeopcxyijsdlhqwbkmhtrenugbe", strict=True)),
    **dict(zip("οανρτυικηεωβμχγδσζ", "oavptuiknewbmxydoz", strict=True)),
    **dict(zip("ıɑɡłøðđħŧœæʟɴʀɪ", "iagloddhtoalnri", strict=True)),
    **dict(zip("0134578", "oleastb", strict=True)),
}
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"))
_FREELY_MIXED = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}


@lru_cache(4096)
def skeleton(label: str) -> str:
    """What `label` looks like at a glance; two labels of one skeleton can be taken for each other."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(c))
    plain = "".join(_LOOKS.get(c, c) for c in plain)
    for pair, one in _PAIRS:
        plain = plain.replace(pair, one)
    return plain.replace("-", "").replace("i", "l").replace("j", "l")


def scripts(label: str) -> set[str]:
    """The writing systems of the letters in `label`: LATIN, CYRILLIC ..."""
    return {unicodedata.name(c, "UNKNOWN").partition(" ")[0] for c in label if c.isalpha()}


def mixed(label: str) -> bool:
    """Whether letters of writing systems that never share a word stand together in `label`."""
    found = scripts(label)
    return len(found - _FREELY_MIXED) > 1 or bool(found & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"} and len(found) > 1)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a domain is written. `result` is `pass`, `fail` or `unknown`."""

    result: str
    detail: str


def spelling(domain: str, company: Company | None) -> Spelling:
    """Whether `domain` is made to be taken for a company's: `company`, or any on our lists.

    A name of the company under another ending is `unknown`: companies have more domains than any list.
    """
    if owner(domain) is not None:
        return Spelling("pass", f"{domain} is written like no other")
    if any(domain == d or domain.endswith(f".{d}") for d in technical()):
        return Spelling("unknown", f"{domain} belongs to a company, but holds what others put there")
    shown = unicode_name(domain)
    foreign = shown != domain
    for label in shown.split("."):
        if mixed(label):
            return Spelling("fail", f"{domain} mixes letters of several writing systems (it looks like {shown})")
    main = registrable(domain) or domain
    label = unicode_name(main).split(".")[0]
    for c in companies() if company is None else (company, *(c for c in companies() if c is not company)):
        found = _like(shown, label, c, claimed=c is company)
        if found:
            return Spelling("fail", f"{domain} {found} of {c.name}, on whose list it is not")
        if c is company and label in _labels(c):
            return Spelling("unknown", f"{domain} has the name of {c.name} under an ending that is not on our list")
    if foreign:
        return Spelling("unknown", f"{domain} is written with special letters ({shown})")
    return Spelling("pass", f"{domain} resembles no domain on our lists")


@cache
def _labels(company: Company) -> frozenset[str]:
    return frozenset(str(registrable(d.domain)).split(".")[0] for d in company.domains if registrable(d.domain))


def _like(shown: str, label: str, company: Company, *, claimed: bool) -> str:
    for own in sorted(_labels(company)):
        if label == own:
            continue
        same = skeleton(label) == skeleton(own)
        if same and len(own) >= 4:
            return f"looks like {own}"
        if len(own) >= (5 if claimed and not company.common else 6) and (claimed or not company.common) and _one_slip(label, own):
            return f"is one slip from {own}"
        tokens = {t for part in (shown.split(".")[:-1] if claimed else [label]) for t in re.split(r"[-_]", part)}
        looks = {skeleton(t) for t in tokens} if len(own) >= 5 else set()
        if len(own) >= (4 if claimed else 6) and not company.common and (own in tokens or skeleton(own) in looks):
            return f"carries the name {own}"
        if claimed and len(own) >= 6 and any(own in part for part in (label, *shown.split(".")[:-1])):
            return f"carries the name {own}"
    return ""


def _one_slip(one: str, other: str) -> bool:
    """One letter wrong, missing, added, or two neighbours swapped; two for ten letters and more."""
    if abs(len(one) - len(other)) > 2 or len(one) > 63:
        return False
    from rapidfuzz.distance import OSA

    allowed = 2 if len(other) >= 10 else 1
    return 0 < OSA.distance(one, other, score_cutoff=allowed) <= allowed
