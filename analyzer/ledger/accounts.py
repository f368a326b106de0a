"""Which statements are of one account: by whole number, by the last four digits, or by the rows themselves.

A statement names its account in full (it has a key), in part (a label such as `...4242`, no key) or not at all
(the label `unknown`; its key, if any, is the layout of its columns). Only the first is certain. The others are joined
to an account when exactly one fits, and that is reported; where two fit they stay apart, and that is reported too.
Everything here is a function of the set of statements, never of their order.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.money import UNKNOWN_CURRENCY

NAMELESS = "unknown"
"""The label of an account whose statement prints no number."""
ROWS_NEEDED = 2
"""A single equal charge joins no account: two people buy the same coffee."""
SHARE_NEEDED = 0.8
"""Of the rows on days both statements cover; the rest may be pending or rejected in one of them."""
ROWS_TO_CLASH, SHARE_TO_CLASH = 5, 0.2
"""So many rows on common days, and fewer than this share of them equal: another account, or other dates."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a statement says about its account. `source` is for messages only; empty for one nothing is to be told about."""

    label: str
    key: str
    currency: str
    institution: str = ""
    source: str = ""

    @property
    def whole(self) -> bool:
        """Whether the account is named in full."""
        return bool(self.key) and self.label != NAMELESS

    @property
    def part(self) -> bool:
        """Whether only the end of the number is printed."""
        return not self.key and self.label != NAMELESS


@dataclass(frozen=True, slots=True)
class Match:
    """Of a statement's rows, how many stand on days of another (`inside`), and how many of those are equal."""

    equal: int
    inside: int

    @property
    def same(self) -> bool:
        """Whether the two are of one account, by their rows."""
        return self.equal >= ROWS_NEEDED and self.equal >= SHARE_NEEDED * self.inside

    @property
    def clash(self) -> bool:
        """Whether the rows speak against one account."""
        return self.inside >= ROWS_TO_CLASH and self.equal < SHARE_TO_CLASH * self.inside


Evidence = Mapping[tuple[int, int], Match]
"""(a statement not named in full, another) → how their rows agree. Missing where no day is common."""


def resolve(headers: Sequence[Header], evidence: Evidence) -> tuple[list[str], list[str]]:
    """Per header the home of its account (equal strings: one account), and notes on every conclusion drawn."""
    homes = [_own_home(h) for h in headers]
    notes: dict[str, set[str]] = defaultdict(set)
    whole: dict[str, set[str]] = defaultdict(set)
    currencies: dict[str, set[str]] = defaultdict(set)
    for h, home in zip(headers, homes, strict=True):
        if h.whole:
            whole[h.label].add(home)
            currencies[home].add(h.currency)
    against: dict[int, set[int]] = defaultdict(set)
    for i, j in evidence:
        against[i].add(j)
    parts = _parts(headers)
    for i, home in parts.items():
        homes[i] = home
    settled = list(homes)
    for i in sorted(parts):
        homes[i] = _home_of_part(i, headers, whole, currencies, settled, evidence, against, notes)
    named = list(homes)
    for i, h in enumerate(headers):
        if not (h.whole or h.part):
            found = {named[j] for j in against[i] if (headers[j].whole or headers[j].part) and evidence[i, j].same}
            if len(found) == 1:
                homes[i] = found.pop()
                best = max(evidence[i, j].equal for j in against[i] if named[j] == homes[i])
                label = next(headers[j].label for j in against[i] if named[j] == homes[i])
                notes[f"names no account; taken for {label}, where {best} of its rows stand"].add(h.source)
            elif found:
                notes[f"names no account, and its rows fit {len(found)} accounts; kept apart"].add(h.source)
    return homes, sorted(f"{_several(sources - {''})}: {what}" for what, sources in notes.items() if sources != {""})


def _several(sources: set[str]) -> str:
    first = min(sources)
    return first if len(sources) == 1 else f"{first} and {len(sources) - 1} more"


def _own_home(h: Header) -> str:
    if h.whole:
        return f"k|{h.key}"
    if h.part:
        return f"p|{h.label}|{h.currency}"
    return f"n|{h.key}|{h.currency}"


def _parts(headers: Sequence[Header]) -> dict[int, str]:
    """The homes of statements that print the end of a number, before they are joined to whole numbers.

    One home a label, currency and institution; an institution or currency that is not printed is taken from
    the others of the label when they agree.
    """
    by_label: dict[str, list[int]] = defaultdict(list)
    for i, h in enumerate(headers):
        if h.part:
            by_label[h.label].append(i)
    homes = {}
    for label, members in by_label.items():
        banks = {_fold(headers[i].institution) for i in members} - {""}
        units = {headers[i].currency for i in members} - {UNKNOWN_CURRENCY}
        for i in members:
            bank = _fold(headers[i].institution) or (next(iter(banks)) if len(banks) == 1 else "")
            unit = headers[i].currency
            if unit == UNKNOWN_CURRENCY and len(units) == 1:
                unit = next(iter(units))
            homes[i] = f"p|{label}|{unit}|{bank}"
    return homes


def _home_of_part(
    i: int,
    headers: Sequence[Header],
    whole: Mapping[str, set[str]],
    currencies: Mapping[str, set[str]],
    settled: Sequence[str],
    evidence: Evidence,
    against: Mapping[int, set[int]],
    notes: dict[str, set[str]],
) -> str:
    h = headers[i]
    fitting = [
        home
        for home in sorted(whole.get(h.label, ()))
        if UNKNOWN_CURRENCY in (h.currency, *currencies[home]) or h.currency in currencies[home]
    ]
    if not fitting:
        return settled[i]
    clashing = {settled[j] for j in against.get(i, ()) if evidence[i, j].clash}
    agreeing = {settled[j] for j in against.get(i, ()) if evidence[i, j].same}
    proved = [home for home in fitting if home in agreeing]
    possible = [home for home in fitting if home not in clashing]
    if len(proved) == 1:
        notes[f"prints only {h.label}; joined to the account of that ending, where its rows stand"].add(h.source)
        return proved[0]
    if len(fitting) == 1 and possible:
        notes[f"prints only {h.label}; joined to the one account with that ending and currency"].add(h.source)
        return possible[0]
    if len(fitting) == 1:
        notes[f"ends in {h.label} like another account, but their rows disagree; kept apart"].add(h.source)
    else:
        notes[f"prints only {h.label}, and {len(fitting)} accounts end so; kept apart"].add(h.source)
    return settled[i]


def _fold(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def labels(homes: Sequence[str], headers: Sequence[Header]) -> dict[str, str]:
    """Per home its label; with `#` and four hex digits where two homes share one, so that accounts stay apart."""
    best: dict[str, str] = {}
    for home, h in zip(homes, headers, strict=True):
        if h.label != NAMELESS or home not in best:
            best[home] = h.label
    sharing: dict[str, list[str]] = defaultdict(list)
    for home, label in best.items():
        sharing[label].append(home)
    names = {}
    for label, group in sharing.items():
        names.update({group[0]: label} if len(group) == 1 else {home: f"{label}#{tag}" for home, tag in _tags(group).items()})
    return names


def _tags(homes: Sequence[str]) -> dict[str, str]:
    """Per home hex digits that tell it from the others: four, more only where four are not enough."""
    whole = {home: hashlib.blake2b(home.encode(), digest_size=16).hexdigest() for home in homes}
    size = next(n for n in range(4, 33, 4) if len({digest[:n] for digest in whole.values()}) == len(whole))
    return {home: digest[:size] for home, digest in whole.items()}
