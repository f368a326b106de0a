"""The rules of disputing a card charge, as dated data: who must do what, within how long, counted from when.

`data/rules.csv` holds the law of eight jurisdictions and what issuers, ombudsmen and merchants publish;
`data/networks.csv` the windows and reason codes of the card networks. Each row carries its source, the day it was
compiled (`as_of`), how sure it is, and the days between which it is valid. None of it is legal advice.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from analyzer.model import Situation

JURISDICTIONS = ("US", "UK", "EU", "ID", "IN", "SG", "AU", "CA")
INSTRUMENTS = ("credit", "debit")
SITUATIONS: tuple[Situation, ...] = (
    *("unauthorized", "cancelled-recurring", "misrepresentation"),
    *("duplicate", "incorrect-amount", "credit-not-processed"),
)
OF_CURRENCY = {"USD": "US", "GBP": "UK", "EUR": "EU", "IDR": "ID", "INR": "IN", "SGD": "SG", "AUD": "AU", "CAD": "CA"}
"""The jurisdiction taken for granted, and said so, when the user names none."""
COUNTRY = {
    "US": "the United States",
    "UK": "the United Kingdom",
    "EU": "the European Union",
    "ID": "Indonesia",
    "IN": "India",
    "SG": "Singapore",
    "AU": "Australia",
    "CA": "Canada",
}
UNITS = ("days", "business-days", "months", "weeks", "years", "hours")
NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `limit` counts `unit`s from `basis`; both are empty where the rule sets no time.

    kind: `deadline` (the holder must act), `duty` (the other side must), `liability`, `route`, `note`,
    `merchant` (the merchant's own offer) or `network` (the window between issuer and merchant's bank).
    basis: `statement`, `charge`, `message` (the bank's, about the charge), `refund-note`, `notice`, `complaint` ...
    """

    id: str
    jurisdiction: str
    instrument: str
    kind: str
    situations: frozenset[str]
    actor: str
    obligation: str
    limit: int | None
    unit: str
    basis: str
    counted_from: str
    consequence: str
    valid_from: date | None
    valid_to: date | None
    confidence: str
    source: str
    as_of: date
    merchant: str = ""
    """For `merchant` rules: words that the finding's kind, merchant and descriptor must all hold."""
    network: str = ""
    code: str = ""
    wait_days: int | None = None
    cite: str = ""
    """How a letter names the rule: the law's own name and number; empty where it has none."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The addresses the rule was taken from."""
        return tuple(part.strip() for part in self.source.split(" ; ") if part.strip())

    @property
    def verified(self) -> bool:
        """Whether more than one secondary text supports the rule."""
        return self.confidence == "high"

    def fits(self, situation: str, instrument: str | None, day: date) -> bool:
        """Whether the rule speaks of this situation and instrument on `day` (None: any instrument)."""
        return (
            (not self.situations or situation in self.situations)
            and (self.instrument == "any" or instrument is None or self.instrument == instrument)
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the package, laws first, then the networks."""
    laws = [
        Rule(
            id=r["rule_id"],
            jurisdiction=r["jurisdiction"],
            instrument=r["instrument"],
            kind=r["kind"],
            situations=frozenset() if r["situations"] == "any" else frozenset(r["situations"].split(";")),
            actor=r["actor"],
            obligation=r["obligation"],
            limit=int(r["limit"]) if r["limit"] else None,
            unit=r["unit"],
            basis=r["basis"],
            counted_from=r["counted_from"],
            consequence=r["consequence"],
            valid_from=_day(r["valid_from"]),
            valid_to=_day(r["valid_to"]),
            confidence=r["confidence"],
            source=r["source"],
            as_of=date.fromisoformat(r["as_of"]),
            merchant=r["merchant"],
            cite=r["cite"],
        )
        for r in _rows("rules.csv")
    ]
    windows = [
        Rule(
            id=r["rule_id"],
            jurisdiction="*",
            instrument="any",
            kind=NETWORK,
            situations=frozenset({r["situation"]}),
            actor="issuer",
            obligation=f"{r['network']} {r['code']} ({r['label']}): {r['must_show']}",
            limit=int(r["limit"]) if r["limit"] else None,
            unit=r["unit"],
            basis=r["basis"],
            counted_from=r["counted_from"],
            consequence="",
            valid_from=None,
            valid_to=None,
            confidence=r["confidence"],
            source=r["source"],
            as_of=date.fromisoformat(r["as_of"]),
            network=r["network"],
            code=r["code"],
            wait_days=int(r["wait_days"]) if r["wait_days"] else None,
            cite=f"{r['network']} {r['code']}",
        )
        for r in _rows("networks.csv")
    ]
    return (*laws, *windows)


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (resources.files("analyzer.disputes") / "data" / name).read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def of(jurisdiction: str | None, kind: str, *, situation: str, instrument: str | None, day: date) -> tuple[Rule, ...]:
    """The rules of one kind that hold in `jurisdiction` for this situation on `day`, in the order of the data."""
    return tuple(r for r in all_rules() if r.kind == kind and r.jurisdiction == jurisdiction and r.fits(situation, instrument, day))


def networks(situation: str, network: str | None = None) -> tuple[Rule, ...]:
    """The networks' rows for a situation; of one network when it is known."""
    wanted = (network or "").casefold()
    return tuple(r for r in all_rules() if r.kind == NETWORK and situation in r.situations and wanted in ("", r.network.casefold()))


def by_id(rule_id: str) -> Rule:
    """The rule of that id.

    Raises:
        KeyError: there is none.
    """
    for rule in all_rules():
        if rule.id == rule_id:
            return rule
    raise KeyError(rule_id)
