"""A fault at step 1, 2, 3 ... until none fires: after each, all of the statement or nothing, and a second run completes it.

The method is that of sqlite.org/testing.html, for crashes, I/O errors and a full disk. Each run is a process of its own,
forked from one that has imported everything.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.ledger import migrate, upkeep
from analyzer.ledger.store import Ledger

from . import faults
from .test_store import older

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def run(work: str, path: Path, kind: str, step: int) -> tuple[int, str]:
    """Exit status and message of one faulty run, in a forked process."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 70
        try:
            sys.stderr = os.fdopen(writing, "w")
            sys.argv = ["faults.py", work, str(path), kind, str(step)]
            status = faults.main()
            sys.stderr.flush()
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said


def steps(kind: str) -> Iterator[int]:
    """Steps 1, 2, 3 ...; in strides where one work has thousands of them."""
    step = 1
    while True:
        yield step
        step += {"kill": 1, "error": 1, "interrupt": 1, "kill-inside": 1, "full": 1536}[kind] + step // 8


def whole(path: Path) -> int:
    """How many statements the ledger holds; it is whole, and so is every statement in it."""
    if not path.exists():
        return 0
    with Ledger(path) as ledger:
        assert upkeep.check(ledger) == []
        held = ledger.statements()
        assert [s.rows for s in held if s.header.source == "feb.ofx"] in ([], [120])
        return len(held)


@pytest.mark.parametrize("new", [True, False], ids=["new ledger", "old ledger"])
@pytest.mark.parametrize("kind", ["kill", "error", "interrupt", "kill-inside", "full"])
def test_all_or_nothing_at_every_step(tmp_path: Path, kind: str, new: bool) -> None:
    start = tmp_path / "start.db"
    if not new:
        with Ledger(start) as ledger:
            ledger.add(faults.BEFORE)
    before = 0 if new else 1
    seen = set()
    for step in steps(kind):
        folder = tmp_path / f"{kind}-{step}"
        folder.mkdir()
        path = folder / "ledger.db"
        if not new:
            shutil.copy(start, path)
        status, said = run("add", path, kind, step)
        assert status in (0, 3, 9), said
        if kind in ("error", "full") and status:
            assert "disk full: nothing was stored" in said
        held = whole(path)
        assert held == before + 1 if status == 0 else held in (before, before + 1)
        assert run("add", path, "none", 0)[0] == 0
        assert whole(path) == before + 1
        seen.add(status)
        shutil.rmtree(folder)
        if status == 0:
            break
    assert len(seen) == 2, "a fault must have fired at least once, and in the end none"


@pytest.mark.parametrize("kind", ["kill", "error", "kill-inside", "full"])
def test_an_interrupted_upgrade_leaves_the_old_ledger_or_the_new(tmp_path: Path, kind: str) -> None:
    start = tmp_path / "start.db"
    older(start)
    seen = set()
    for step in steps(kind):
        path = tmp_path / "ledger.db"
        shutil.copy(start, path)
        status, said = run("upgrade", path, kind, step)
        assert status in (0, 3, 9), said
        with Ledger(path) as ledger:
            assert migrate.version(ledger.connection) == migrate.latest()
            assert [d.merchant for d in ledger.decisions()] == ["FILMS"]
            assert upkeep.check(ledger) == []
        seen.add(status)
        if status == 0:
            break
    assert len(seen) == 2
