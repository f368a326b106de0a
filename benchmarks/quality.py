"""How well findings and streams fit the truth: what `cards` and `detection` share.

Judged in this process on frames, so that a hundred cards take seconds. A stream or finding is compared by its charges:
(date, amount, text).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from analyzer import merchants, money, streams
from analyzer.detectors import base, evidence, registry
from analyzer.model import COLUMNS, Decision, Finding, Stream

if TYPE_CHECKING:
    import pandas as pd

Row = tuple[date, Decimal, str]
KINDS = {"seller-fee", "unrecognized-recurring", "new-subscription", "trial-conversion", "charge-after-cancellation", "card-testing"}
LOOK = 0.5


@dataclass(frozen=True)
class Truth:
    """One agreement on a card."""

    merchant: str
    unauthorized: bool
    listed: bool
    charges: tuple[Row, ...]

    @property
    def trial(self) -> bool:
        """Whether its smallest charge is below a third of its largest."""
        amounts = [abs(a) for _, a, _ in self.charges]
        return min(amounts) < max(amounts) / 3

    @property
    def full(self) -> tuple[Row, ...]:
        """Its charges in order of days, without the trial."""
        ordered = tuple(sorted(self.charges, key=lambda r: (r[0], r[2])))
        return ordered[1:] if self.trial else ordered


@dataclass(frozen=True)
class Case:
    """One card: all its rows and the agreements among them."""

    name: str
    currency: str
    rows: tuple[Row, ...]
    agreements: tuple[Truth, ...]
    as_of: date

    @property
    def listed(self) -> tuple[Decision, ...]:
        """The holder's own list: every authorised merchant by name."""
        return tuple(Decision(m) for m in sorted({a.merchant for a in self.agreements if not a.unauthorized}))


def frame(rows: Sequence[Row], currency: str, account: str = "...0000") -> pd.DataFrame:
    """`rows` as a frame with the columns of the model."""
    import pandas as pd

    n = len(rows)
    columns = {
        "posted": pd.to_datetime([d for d, _, _ in rows]),
        "amount": [float(a) for _, a, _ in rows],
        "minor": [money.to_minor(a, currency) for _, a, _ in rows],
        "currency": [currency] * n,
        "descriptor": [t for _, _, t in rows],
        "merchant": [""] * n,
        "account": [account] * n,
        "fitid": [None] * n,
        "status": ["posted"] * n,
        "source": ["card"] * n,
        "page": [None] * n,
        "line": list(range(1, n + 1)),
    }
    return pd.DataFrame({name: pd.Series(values, dtype=COLUMNS[name]) for name, values in columns.items()})


def scan(table: pd.DataFrame, today: date, decisions: Iterable[Decision] = ()) -> tuple[list[Finding], tuple[Stream, ...]]:
    """Findings and streams of a frame; the same path `analyzer.scan` takes, without deadlines."""
    annotated = merchants.annotate(table["descriptor"])
    found = streams.find(table, today=today, merchants=annotated)
    return registry.run(base.Context(table, annotated, found, tuple(decisions), today, evidence.WEIGHTS))


@dataclass
class Tally:
    """Counts over many cards."""

    hit: int = 0
    wrong: int = 0
    missed: int = 0
    alarms: int = 0
    years: float = 0.0
    first_right: int = 0
    first_asked: int = 0
    due: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    reported: list[tuple[float, bool]] = field(default_factory=list)
    """(confidence, whether most of its charges are one agreement) of every stream."""

    @property
    def precision(self) -> float:
        """Share of charges in streams that belong to a true agreement of three charges or more."""
        return self.hit / max(1, self.hit + self.wrong)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, charge by charge."""
        recall = self.hit / max(1, self.hit + self.missed)
        return 2 * self.precision * recall / max(1e-9, self.precision + recall)

    def share(self, label: str) -> float:
        """Share caught of those due under `label`."""
        return self.caught[label] / self.due[label] if self.due[label] else 1.0


def judge(case: Case, tally: Tally, *, truncate: bool = True) -> None:
    """Add one card to `tally`.

    truncate: also end the statement at each unauthorised agreement's first, second and third full charge.
    """
    long = {c for a in case.agreements if len(a.charges) >= 3 for c in a.charges}
    short = {c for a in case.agreements if len(a.charges) < 3 for c in a.charges}
    bad = {c for a in case.agreements if a.unauthorized for c in a.charges}
    table = frame(case.rows, case.currency)
    findings, found = scan(table, case.as_of, case.listed)
    got = {case.rows[i] for s in found for i in s.rows} - short
    tally.hit += len(got & long)
    tally.wrong += len(got - long)
    tally.missed += len(long - got)
    owner = {c: n for n, a in enumerate(case.agreements) for c in a.charges}
    for s in found:
        counts = Counter(owner.get(case.rows[i]) for i in s.rows)
        tally.reported.append((s.confidence, any(n * 2 > len(s.rows) for o, n in counts.items() if o is not None)))
    for f in findings:
        charges = [(t.posted, t.amount, t.descriptor) for t in f.transactions]
        if f.kind in KINDS and f.score >= LOOK and sum(c in bad for c in charges) * 2 < len(charges):
            tally.alarms += 1
    tally.years += max(1, (case.as_of - case.rows[0][0]).days) / 365.25
    if bad:
        first = next((f for f in scan(table, case.as_of)[0] if f.kind in KINDS), None)
        tally.first_asked += 1
        tally.first_right += first is not None and any((t.posted, t.amount, t.descriptor) in bad for t in first.transactions)
    if truncate:
        for a in case.agreements:
            if a.unauthorized:
                _at_first_charges(case, a, tally)


def _at_first_charges(case: Case, a: Truth, tally: Tally) -> None:
    for n, charge in enumerate(a.full[:3], 1):
        rows = tuple(r for r in case.rows if r[0] <= charge[0])
        findings, _ = scan(frame(rows, case.currency), charge[0], case.listed)
        hit = any(
            f.kind in KINDS and f.score >= LOOK and charge in {(t.posted, t.amount, t.descriptor) for t in f.transactions} for f in findings
        )
        labels = [f"@{n}"]
        if n == 1:
            labels.append("@1 " + ("listed" if a.listed else "trial" if a.trial else "cold"))
        for label in labels:
            tally.due[label] += 1
            tally.caught[label] += hit


def synthetic(count: int, seed: int) -> list[Case]:
    """Cards of the project's own generator."""
    from benchmarks.synthetic import cards

    return [
        Case(
            c.name,
            c.currency,
            tuple(c.rows),
            tuple(Truth(s.merchant, s.kind == "unauthorized", s.listed, tuple(s.charges)) for s in c.series),
            c.as_of,
        )
        for c in cards(count, seed)
    ]


def lives(count: int, seed: int) -> list[Case]:
    """Cards of the second, harder generator."""
    from benchmarks.lives import life

    return [
        Case(
            f"life{n}",
            made.currency,
            tuple(made.rows),
            tuple(Truth(d.merchant, d.unauthorized, d.listed, tuple(d.charges)) for d in made.deals),
            made.end,
        )
        for n, made in enumerate(life(seed * 100_003 + n) for n in range(count))
    ]
