"""Throughput and memory from frame to findings, one core, many accounts at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import Result

if TYPE_CHECKING:
    import pandas as pd

ROWS = 1_000_000
CARDS = 120
APART, APART_ROWS = 340, 300_000
"""Cards of which none comes twice: every one has merchants of its own, half of all texts are unlike any other. The hardest case."""


def table(rows: int, cards: int = CARDS) -> pd.DataFrame:
    """`rows` transactions: `cards` of the project's own cards again and again, each time as other accounts."""
    import pandas as pd

    from benchmarks.quality import frame, synthetic

    parts = [frame(c.rows, c.currency, c.name) for c in synthetic(cards, 5)]
    one = pd.concat(parts, ignore_index=True)
    copies = -(-rows // len(one))
    many = pd.concat([one.assign(account=one["account"] + f"-{n}") for n in range(copies)], ignore_index=True).iloc[:rows]
    many["account"] = many["account"].astype("str")
    return many.reset_index(drop=True)


def measure(rows: int, cards: int = CARDS) -> tuple[float, float, float, int]:
    """Processor seconds of a scan of `rows` transactions, the frame's bytes, the growth of peak memory in bytes, findings."""
    import resource
    from datetime import date

    from benchmarks.quality import scan

    frame = table(rows, cards)
    size = float(frame.memory_usage(deep=True).sum())
    scan(frame.iloc[:2000].reset_index(drop=True), date(2026, 5, 20))  # the imports and the list are not the scan's
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    findings, _ = scan(frame, date(2026, 5, 20))
    seconds = time.process_time() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024.0
    return seconds, size, grown, len(findings)


def run() -> Iterator[Result | str]:
    """One million rows against half of them, each in a process of its own with one thread."""
    seconds: dict[int, float] = {}
    size = grown = 0.0
    for rows, cards in ((ROWS // 2, CARDS), (ROWS, CARDS), (APART_ROWS, APART)):
        root = Path(__file__).resolve().parent.parent
        env = {**os.environ, "OMP_NUM_THREADS": "1", "ARROW_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
        code = f"from benchmarks.detection import measure; print(*measure({rows}, {cards}))"
        done = subprocess.run([sys.executable, "-c", code], check=True, cwd=root, env=env, capture_output=True, text=True)
        took, big, more, found = (float(x) for x in done.stdout.split())
        seconds[rows] = took
        if rows == ROWS:
            size, grown = big, more
        yield f"{rows:,} transactions: {took:.1f} s of processor time, {rows / took:,.0f} a second, {found:,.0f} findings"
    yield Result("twice the rows", seconds[ROWS] / seconds[ROWS // 2], 2.2, note="times the time")
    yield Result("peak memory", 1 + grown / size, 8.0, note=f"times the frame of {size / 2**20:.0f} MiB")
    yield Result("throughput of one core", ROWS / seconds[ROWS], 200_000, True, "/s")
    apart = APART_ROWS / seconds[APART_ROWS]
    yield Result("the same, no card twice", apart, None, True, "/s", "merchants of its own for every card; no limit")
