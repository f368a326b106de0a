"""Where a shop is: the town, state and country at the end of a descriptor, whole, glued together or cut off."""

from __future__ import annotations

import bisect
from functools import cache
from importlib import resources


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
_AND = _set("& + AND UND ET Y E")
"""Behind one of these stands a partner (`& CO`), not Colorado."""


@cache
def places() -> frozenset[str]:
    """Town names in capitals without accents."""
    text = resources.files("analyzer.merchants").joinpath("data/places.txt").read_text("utf-8")
    return frozenset(t.strip() for line in text.splitlines() if not line.startswith("#") for t in line.split(","))


def split(words: list[str], cut: bool) -> tuple[list[str], bool, str]:
    """`words` without the town, state and country at their end; whether there was one; and the last code of a country or state."""
    words, found, code = list(words), False, ""
    for turn in range(2):
        coded = len(words) > 1 and (words[-1] in COUNTRIES or words[-1] in STATES) and words[-2] not in _AND
        if coded and cut and turn == 0 and len(words) == 2:
            coded = False  # "PLN PA": where a text was cut off behind one word, two letters may begin the next
        stub = len(words) > 2 and len(words[-1]) == 1 and _town(words[:-1]) > 0  # "CARDIFF G": cut off at fixed width
        if coded or stub:
            last = words.pop()
            code = code or (last if coded else "")
        towns = _town(words) or (_cut_town(words) if cut and not coded else 0)
        if towns:
            del words[-towns:]
        found = found or coded or towns > 0
        if not towns:
            break
    if cut and not found and len(words) > 2 and len(words[-1]) <= 3 and words[-1].isalpha():
        words.pop()  # "MARKET STREET BOOKS LO": what was begun at the fixed width tells merchants apart by chance only
    while len(words) > 1 and (words[-1] in _LEGAL or words[-1] in _AND):
        words.pop()
    return words, found, code


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
