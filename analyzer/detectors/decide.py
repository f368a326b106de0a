"""What the holder said, laid over what was found: which agreement does a decision cover?

An entry that names only the merchant covers that merchant's agreements. One that names an amount or a rhythm
covers the one agreement it describes, and none beside it. No entry for a shop covers the fees of a seller's or
advertiser's account there: they are another agreement with the same company.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from analyzer import merchants, money
from analyzer.merchants import BUSINESS, Reading
from analyzer.model import Decision

TRUNCATED = 12
"""Letters and digits from which on a name may be another one cut off."""

BEGUN = 4
"""The same where the text is known to have been cut off at a fixed width."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a decision is held against: one stream, or one charge alone (`cadence` None).

    `amounts` are positive minor units, oldest first; `days` the charges' days.
    """

    reading: Reading
    name: str
    account: str
    currency: str
    cadence: str | None
    amounts: tuple[int, ...]
    days: tuple[date, ...]
    others: tuple[Reading, ...] = ()
    """What the texts say that the agreement had before it changed its name."""

    @property
    def usual(self) -> int:
        """The median charge."""
        return sorted(self.amounts)[len(self.amounts) // 2]


@lru_cache(maxsize=4096)
def _spoken(text: str) -> Reading:
    return merchants.reading(text)


def same_merchant(said: str, reading: Reading, name: str) -> bool:
    """Whether the merchant a user wrote is the one of `reading`, shown as `name`."""
    spoken = _spoken(said)
    key, own = spoken.key, _spoken(name).key
    if reading.listed is not None and reading.listed.kind in BUSINESS:
        return spoken.listed is not None and spoken.listed.name == reading.listed.name
    if spoken.listed is not None and spoken.listed.kind in BUSINESS:
        return False
    if key in (own, reading.key):
        return True
    if len(own) >= TRUNCATED and key.startswith(own):
        return True
    if reading.cut and len(reading.key) >= BEGUN and any(k.startswith(reading.key) for k in (key, _letters(said))):
        return True
    words, whole = _words(spoken.name), _words(name)
    return len(key) >= 4 and words == whole[: len(words)]


def _letters(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    import re

    return tuple(w for w in re.split(r"\W+", name.upper()) if w)


def limit(decision: Decision, currency: str) -> int | None:
    """`decision`'s largest charge in the smallest unit of `currency`."""
    if decision.max_minor is None or decision.currency is not None:
        return decision.max_minor
    # Without a currency the file's figure was taken with two decimals.
    return int(decision.max_minor * 10 ** (money.exponent(currency) - 2))


def made_on(decision: Decision, agreement: Agreement) -> bool:
    """Whether `decision` was made on charges of `agreement`; asked only between agreements with the same merchant."""
    return not decision.charges.isdisjoint(zip(agreement.days, agreement.amounts, strict=True))


def speaks_of(decision: Decision, agreement: Agreement) -> bool:
    """Whether `decision` can mean `agreement`: merchant, account, currency, rhythm, and a first charge within the limit.

    One that was made on its charges does in any rhythm: what looked weekly early on may prove biweekly.
    """
    if decision.account not in (None, agreement.account) or decision.currency not in (None, agreement.currency):
        return False
    if decision.cadence is not None and agreement.cadence not in (None, decision.cadence) and not made_on(decision, agreement):
        return False
    top = limit(decision, agreement.currency)
    if top is not None and min(agreement.amounts) > top:
        return False
    return with_merchant(decision.merchant, agreement)


def with_merchant(said: str, agreement: Agreement) -> bool:
    """Whether the merchant a user wrote is the one of `agreement`, under any of the names it has had."""
    if same_merchant(said, agreement.reading, agreement.name):
        return True
    return any(same_merchant(said, r, r.name) for r in agreement.others)


def assign(decisions: Sequence[Decision], agreements: Sequence[Agreement]) -> list[Decision | None]:
    """Per agreement the decision that covers it (or condemns it), or None.

    Entries that name an amount or a rhythm choose first, one agreement an account each: the one with the usual amount
    they name, or nearest below their limit. The holder's "never authorised" is heard before "mine".
    """
    out: list[Decision | None] = [None] * len(agreements)
    special = [d for d in decisions if _is_special(d)]
    general = [d for d in decisions if not _is_special(d)]
    order = sorted(special, key=lambda d: d.verdict != "never-authorized") + sorted(general, key=lambda d: d.verdict != "never-authorized")
    candidates = _by_merchant(order, agreements)
    for decision in order:
        meant = [i for i in candidates[id(decision)] if out[i] is None and speaks_of(decision, agreements[i])]
        if _is_special(decision):
            for account in sorted({(agreements[i].account, agreements[i].currency) for i in meant}):
                mine = [i for i in meant if (agreements[i].account, agreements[i].currency) == account]
                out[min(mine, key=lambda i: _distance(decision, agreements[i]))] = decision
        else:
            for i in meant:
                out[i] = decision
    return out


def _by_merchant(decisions: Iterable[Decision], agreements: Sequence[Agreement]) -> dict[int, list[int]]:
    """Per decision the agreements with its merchant; each name is compared once."""
    named: dict[tuple[str, ...], list[int]] = {}
    for i, a in enumerate(agreements):
        listed = a.reading.listed.name if a.reading.listed else ""
        cut = a.reading.key if a.reading.cut else ""
        named.setdefault((a.name, listed, cut, *(r.name for r in a.others)), []).append(i)
    out: dict[int, list[int]] = {}
    for decision in decisions:
        out[id(decision)] = [i for members in named.values() if with_merchant(decision.merchant, agreements[members[0]]) for i in members]
    return out


def _is_special(decision: Decision) -> bool:
    return decision.max_minor is not None or decision.cadence is not None or decision.usual_minor is not None


def _distance(decision: Decision, agreement: Agreement) -> tuple[bool, bool, int, int, date, str]:
    """Smaller is likelier meant: the one it was made on, a stream before a lone charge, then the amount named, the longer, the older."""
    aim = decision.usual_minor or limit(decision, agreement.currency)
    off = abs(agreement.usual - aim) if aim is not None else 0
    return not made_on(decision, agreement), agreement.cadence is None, off, -len(agreement.amounts), min(agreement.days), agreement.name


def covers(decision: Decision, agreement: Agreement, n: int) -> bool:
    """Whether `decision`, which speaks of `agreement`, covers its `n`-th charge (from 0): within the limit, not after the end."""
    if decision.verdict == "never-authorized":
        return False
    top = limit(decision, agreement.currency)
    within = top is None or agreement.amounts[n] <= top
    return within and (decision.until is None or agreement.days[n] <= decision.until)
