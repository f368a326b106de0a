"""Whether confidence means what it says: of streams reported at 0.9, how many are true.

Cards of the project's own, whole and cut off after one to nine months, so that young streams are judged too.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from benchmarks import Result
from benchmarks.quality import Case, Tally, judge, lives, synthetic

BINS = ((0.0, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.96), (0.96, 1.01))


def cut(case: Case, seed: int) -> Case:
    """`case` ended after one to nine months."""
    end = case.rows[0][0] + timedelta(days=random.Random(seed).randint(31, 280))
    rows = tuple(r for r in case.rows if r[0] <= end)
    agreements = tuple(replace(a, charges=c) for a in case.agreements if (c := tuple(x for x in a.charges if x[0] <= end)))
    return replace(case, rows=rows, agreements=agreements, as_of=end)


def table(cases: list[Case]) -> list[tuple[float, float, int, float]]:
    """(confidence from, to, streams, share of them that are true)."""
    t = Tally()
    for n, case in enumerate(cases):
        judge(case, t, truncate=False)
        for k in range(3):
            judge(cut(case, 10 * n + k), t, truncate=False)
    out = []
    for low, high in BINS:
        inside = [true for sure, true in t.reported if low <= sure < high]
        out.append((low, high, len(inside), sum(inside) / len(inside) if inside else float("nan")))
    return out


def run() -> Iterator[Result | str]:
    """The table of each kind of card, and the share true of all streams at 0.9 and above."""
    for label, cases in (("own cards", synthetic(80, 13)), ("harder cards", lives(80, 13))):
        rows = table(cases)
        yield f"{label}: confidence     streams   true"
        for low, high, n, share in rows:
            yield f"{low:.2f} - {min(high, 1):.2f}   {n:8d}   {share:.3f}"
        sure = [(n, share) for low, _, n, share in rows if low >= 0.9 and n]
        total = sum(n for n, _ in sure)
        yield Result(
            f"{label}: streams at 0.9 and above that are true", sum(n * s for n, s in sure) / total, 0.9, True, "", f"{total} streams"
        )
