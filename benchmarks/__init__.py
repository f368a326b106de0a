"""Speed, memory and detector quality, as ratios within one run: `python -m benchmarks`, or `make bench`.

Each module of this package with a `run()` is one benchmark. `run()` gives `Result`s; seconds differ between machines,
ratios carry over, so a limit is always one on a ratio or on a share.
"""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One measured number.

    `limit` is what it is held to: at most, or at least where `at_least` is True; None for a number that is only told.
    `note` says what was measured, in seconds or MiB.
    """

    name: str
    value: float
    limit: float | None = None
    at_least: bool = False
    unit: str = "x"
    note: str = ""

    @property
    def ok(self) -> bool:
        """Whether the number keeps to its limit."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def interleaved(commands: Sequence[Sequence[str]], *, rounds: int = 9) -> list[float]:
    """The median seconds of each command, run in turn so that a busy moment hits all of them alike."""
    times: list[list[float]] = [[] for _ in commands]
    for _ in range(rounds):
        for found, command in zip(times, commands, strict=True):
            started = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            found.append(time.perf_counter() - started)
    return [statistics.median(found) for found in times]


def seconds(function: Callable[[], object], *, rounds: int = 3) -> float:
    """The least seconds of several calls."""
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - started)
    return best
