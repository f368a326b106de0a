"""A thousand kills at random points of add and of an upgrade: nothing lost, nothing half."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import Result
from benchmarks.ledger import month

MONTHS, ROWS = 6, 150
SLOWEST_S = 0.25
"""A kill comes at a random moment up to this long after the start."""


def run(*, kills: int = 1000, seed: int = 7) -> Iterator[Result]:
    """Kill a process that adds statements, or upgrades a ledger, `kills` times; look at what is left each time."""
    from analyzer import api

    if not hasattr(os, "fork"):
        return
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "month.ofx")
        statements = []
        for number in range(MONTHS):
            source.write_text(month(1, number, rows=ROWS))
            found = next(iter(api.read_each([str(source)])))
            assert not isinstance(found, Exception), found
            statements.extend(found)
        old = Path(folder, "old.db")
        _older(old)
        killed = lost = half = upgrades = 0
        started = time.perf_counter()
        while killed < kills:
            path = Path(folder, f"{killed}-{upgrades}.db")
            upgrade = rng.random() < 0.25
            if upgrade:
                shutil.copy(old, path)
            confirmed = _killed(path, [] if upgrade else statements, rng.uniform(0.0, 0.03 if upgrade else SLOWEST_S))
            if confirmed is None:
                upgrades += upgrade
                _remove(path)
                continue
            killed += 1
            upgrades += upgrade
            gone, cut = _damage(path, confirmed, statements, upgrade)
            lost += gone
            half += cut
            _remove(path)
        took = time.perf_counter() - started
    yield Result("kills", killed, unit="", note=f"{upgrades} runs were upgrades, {took:.0f} s")
    yield Result("statements or decisions lost", lost, 0, unit="")
    yield Result("ledgers damaged or half", half, 0, unit="")


def _killed(path: Path, statements: list[object], after: float) -> int | None:
    """How many statements the process said were stored before it was killed; None when it was done before that."""
    from analyzer.ledger.store import Ledger

    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with Ledger(path) as ledger:
                for _ in ledger.adding(statements):  # type: ignore[arg-type]
                    os.write(writing, b".")
        finally:
            os._exit(0)
    os.close(writing)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        confirmed = len(pipe.read())
    return confirmed if os.WIFSIGNALED(status) else None


def _damage(path: Path, confirmed: int, statements: list[object], upgrade: bool) -> tuple[int, int]:
    """(lost, half) of what a kill left; a second run must complete it."""
    from analyzer.ledger import migrate, upkeep
    from analyzer.ledger.store import Ledger

    with Ledger(path) as ledger:
        problems = upkeep.check(ledger)
        held = len(ledger.statements())
        kept = [d.merchant for d in ledger.decisions()]
        if upgrade:
            return int(kept != ["FILMS"]), int(bool(problems) or migrate.version(ledger.connection) != migrate.latest())
        ledger.add(statements)  # type: ignore[arg-type]
        complete = len(ledger.frame()) == MONTHS * ROWS
    return max(0, confirmed - held), int(bool(problems) or not complete or held > confirmed + 1)


def _older(path: Path) -> None:
    """A ledger as the first release of the schema left it, with one decision."""
    from analyzer.ledger import migrate, opening

    connection = sqlite3.connect(path, isolation_level=None)
    for sql in migrate.statements(migrate.files()[0][1]):
        connection.execute(sql)
    connection.execute("PRAGMA user_version = 1")
    connection.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
    connection.execute("INSERT INTO facts VALUES ('salt', x'00112233')")
    connection.execute("INSERT INTO decisions VALUES (1, 'FILMS', 'mine', NULL, NULL, NULL, NULL, NULL, NULL, '', NULL)")
    connection.close()


def _remove(path: Path) -> None:
    for leftover in path.parent.glob(f"*{path.name}*"):
        leftover.unlink()
