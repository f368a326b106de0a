"""A scan of small frames, and months of ordinary life around what a test is about."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from analyzer import merchants, streams
from analyzer.detectors import base, evidence, registry
from analyzer.model import Decision, Finding, Stream
from tests.streams.make import Charge, charge, frame, monthly

TODAY = date(2026, 6, 28)


def life(*, orders: int = 8, seed: int = 3) -> list[Charge]:
    """Fourteen months of a card before `TODAY`: groceries, coffee, some orders, a streaming service from the beginning."""
    rng, rows = random.Random(seed), []
    day = date(2025, 5, 2)
    while day < TODAY:
        rows.append((day, f"-{rng.uniform(9, 90):.2f}", "GREEN SUPER #12 LEEDS GB"))
        day += timedelta(days=rng.randint(2, 7))
    rows += [(date(2025, 5, 5) + timedelta(days=rng.randrange(415)), "-2.95", "CORNER BREW 1002 LEEDS GB") for _ in range(80)]
    rows += [
        (date(2025, 5, 9) + timedelta(days=47 * n), f"-{rng.uniform(5, 60):.2f}", "AMZN Mktp US*2K3LF9QX2 Amzn.com/bill")
        for n in range(orders)
    ]
    return rows + charge(monthly(9, 13, first=date(2025, 5, 1)), "-12.99", "NETFLIX.COM")


def scan(
    rows: Iterable[Charge],
    *,
    decisions: Iterable[Decision] = (),
    today: date = TODAY,
    names: list[str] | None = None,
    weights: Mapping[str, float] = evidence.WEIGHTS,
    currency: str = "GBP",
) -> tuple[list[Finding], tuple[Stream, ...]]:
    """Findings and streams of `rows` in order of days."""
    table = frame(sorted(rows), currency=currency)
    annotated = merchants.annotate(table["descriptor"])
    found = streams.find(table, today=today, merchants=annotated)
    return registry.run(base.Context(table, annotated, found, tuple(decisions), today, weights), names)


def seen(findings: Iterable[Finding], at_least: float = 0.0) -> list[tuple[str, str, int]]:
    """(kind, merchant, charges) of each finding, worst first."""
    return [(f.kind, f.merchant, len(f.transactions)) for f in findings if f.score >= at_least]
