"""The descriptor list: public knowledge of what a card statement's text means, and the user's own additions.

`data/descriptors.csv` is ordered, the first pattern that fits wins; every row names its source and the day it
was compiled (`as_of`). Prices and addresses in it were not checked live: they are hints.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from analyzer import files
from analyzer.errors import StmtScanError

if TYPE_CHECKING:
    import pyarrow as pa

THROUGH = {"facilitator", "wallet-prefix", "merchant-of-record"}
"""Kinds that only carry the payment: what follows in the text names the merchant."""
BUSINESS = {"seller-fee", "advertising"}
"""Kinds a private buyer is never charged for: fees of a seller's or advertiser's account."""
AGREEMENTS = {"subscription", "usage-billed", "domain", "telecom"}
"""Kinds that mean an agreement which charges again."""
KINDS = (
    *("seller-fee", "subscription", "digital-purchase", "usage-billed", "marketplace-purchase", "facilitator", "advertising"),
    *("domain", "telecom", "app-store", "authorization-hold", "merchant-of-record", "wallet-prefix", "issuer-fee"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a descriptor list.

    `name` is what a reader is shown; `kind` one of `KINDS`; `price` a typical price in `currency` as printed
    in the list, or empty; `as_of` the day the row was compiled.
    """

    name: str
    kind: str
    pattern: str
    price: str = ""
    currency: str = ""
    cadence: str = ""
    cancel_url: str = ""
    support: str = ""
    source: str = ""
    as_of: str = ""


Pairs = tuple[tuple[Listed, re.Pattern[str]], ...]
MANY = 300
"""Texts from which on it pays to ask rule by rule."""
_ANCHORS = r"[(][?]<?[!=][^()]*[)]|(?<![\[\\])\^|(?<!\\)\\b"


@dataclass(frozen=True, slots=True)
class Rules:
    """Compiled patterns, in the order they are tried."""

    brands: Pairs
    carriers: Pairs
    by_name: dict[str, Listed]
    brand_screen: str = ""
    """One RE2 alternation that fits at least every text one of the brands' patterns fits anywhere."""
    carrier_screen: str = ""

    def part(self, brands: tuple[int, ...], carriers: tuple[int, ...]) -> Rules:
        """These rules without those that the screens have excluded: the numbers of those left."""
        return Rules(tuple(self.brands[n] for n in brands), tuple(self.carriers[n] for n in carriers), self.by_name)

    def first(self, text: str, *, through: bool) -> tuple[Listed, int] | None:
        """The first row that fits `text` and the place its match ends; carriers only (`through`) or all others."""
        for row, pattern in self.carriers if through else self.brands:
            if match := pattern.search(text):
                return row, match.end()
        return None


def _shown(name: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", name).strip()


@cache
def standard() -> Rules:
    """The list that comes with the package."""
    text = resources.files("analyzer.merchants").joinpath("data/descriptors.csv").read_text("utf-8")
    rows = [
        Listed(
            name=_shown(r["merchant"]),
            kind=r["kind"],
            pattern=r["pattern"],
            price=r["typical_price"],
            currency=r["currency"],
            cadence=r["cadence"],
            cancel_url=r["cancel_url"],
            support=r["support_contact"],
            source=r["source"],
            as_of=r["as_of"],
        )
        for r in csv.DictReader(text.splitlines())
    ]
    return _compile(rows)


def with_own(own: tuple[Listed, ...]) -> Rules:
    """The user's rows first, then the standard list."""
    if not own:
        return standard()
    return _compile([*own, *(row for row, _ in standard().brands), *(row for row, _ in standard().carriers)])


def _compile(rows: list[Listed]) -> Rules:
    # A match begins at the start of a word: ETSY is not in BETSY'S CAFE.
    compiled = [(r, re.compile(rf"(?<![A-Z0-9])(?:{r.pattern})")) for r in rows]
    brands = tuple(pair for pair in compiled if pair[0].kind not in THROUGH)
    carriers = tuple(pair for pair in compiled if pair[0].kind in THROUGH)
    by_name: dict[str, Listed] = {}
    for row in rows:
        by_name.setdefault(row.name.upper(), row)
    return Rules(brands, carriers, by_name, _screen(brands), _screen(carriers))


def _screen(pairs: Pairs) -> str:
    """RE2 knows no look-around, and an anchor fails behind a prefix; without them a pattern fits more, as a screen may."""
    return "|".join(f"(?:{re.sub(_ANCHORS, '', row.pattern)})" for row, _ in pairs)


def screened(texts: pa.Array, pairs: Pairs, screen: str) -> list[tuple[int, ...]]:
    """Per text the numbers of the rules of `pairs` that may fit it or the end of it, in order; `screen` is theirs together.

    Many texts are asked rule by rule, few ones all rules of which one may fit.
    """
    import pyarrow.compute as pc

    hit = pc.match_substring_regex(texts, screen)
    few = texts.filter(hit)
    if len(few) < MANY:
        everything = tuple(range(len(pairs)))
        return [everything if h else () for h in hit.to_pylist()]
    fits: list[list[int]] = [[] for _ in range(len(few))]
    for n, pair in enumerate(pairs):
        for at in pc.indices_nonzero(pc.match_substring_regex(few, _screen((pair,)))).to_pylist():
            fits[at].append(n)
    left = iter(fits)
    return [tuple(next(left)) if h else () for h in hit.to_pylist()]


def load_toml(path: str) -> tuple[Listed, ...]:
    """The rows of a user's own descriptor list.

    ::

        [[merchant]]
        contains = "ACME CLOUD"      # text in the descriptor, any case; * stands for anything
        name = "Acme Cloud"
        kind = "subscription"        # see KINDS; optional: price, currency, cadence, source

    Raises:
        StmtScanError: the file cannot be read, or an entry lacks what it needs.
    """
    data = files.read_toml(path, todo="write [[merchant]] before each entry")
    entries = data.get("merchant", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise StmtScanError("`merchant` is not a list of tables", source=path, todo="write [[merchant]] before each entry")
    return tuple(_entry(path, number, entry) for number, entry in enumerate(entries, 1))


def _entry(path: str, number: int, entry: dict[str, object]) -> Listed:
    place = f"entry {number}"
    known = {"contains", "name", "kind", "price", "currency", "cadence", "source"}
    if unknown := sorted(set(entry) - known):
        raise StmtScanError(f"unknown key {unknown[0]!r}", source=path, place=place, todo=f"use {', '.join(sorted(known))}")
    text = {k: str(v).strip() for k, v in entry.items()}
    if len(text.get("contains", "").replace("*", "")) < 3 or not text.get("name"):
        raise StmtScanError("needs `contains` (three characters or more) and `name`", source=path, place=place)
    kind = text.get("kind", "subscription")
    if kind not in KINDS:
        raise StmtScanError(f"unknown kind {kind!r}", source=path, place=place, todo=f"use one of {', '.join(KINDS)}")
    pieces = [r"\s*".join(re.escape(w) for w in piece.upper().split()) for piece in text["contains"].split("*")]
    return Listed(
        name=text["name"],
        kind=kind,
        pattern=".{0,80}".join(pieces),
        price=text.get("price", ""),
        currency=text.get("currency", ""),
        cadence=text.get("cadence", ""),
        source=text.get("source", path),
    )
