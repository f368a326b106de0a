"""The child that parses: what it may, and how its end is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from analyzer.errors import LimitExceeded, MalformedStatement, StatementError
from analyzer.importers import sandbox
from analyzer.limits import Limits

HERE = "importers.pdf.inmates:"
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of Linux")


def test_values_and_bytes_come_back() -> None:
    told = {"a": [1, None, "ü"], "b": {"data": b"\x00\xff" * 1000}, "c": b""}
    assert sandbox.call(HERE + "echo", **told) == told


def test_the_child_sees_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STMT_SCAN_PDF_PASSWORD", "secret")
    seen = sandbox.call(HERE + "environment")
    assert set(seen["names"]) <= {"LC_ALL", "LC_CTYPE"}
    assert seen["folder"] == "/"
    assert len(seen["files"]) <= 4  # the three standard ones, and the listing itself


def test_our_errors_pass() -> None:
    with pytest.raises(MalformedStatement, match=r"page 3: as told: nothing"):
        sandbox.call(HERE + "refuse")


@pytest.mark.parametrize("name", ["die", "leave", "stumble", "no_such_function"])
def test_any_other_end_is_a_statement_error(name: str) -> None:
    with pytest.raises(StatementError, match="stopped"):
        sandbox.call(HERE + name)


def test_wall_time() -> None:
    with pytest.raises(LimitExceeded, match="pdf_wall_seconds = 1"):
        sandbox.call(HERE + "sleep", limits_of=Limits(pdf_wall_seconds=1))


@linux
def test_processor_time() -> None:
    with pytest.raises(LimitExceeded, match="pdf_cpu_seconds = 1"):
        sandbox.call(HERE + "spin", limits_of=Limits(pdf_cpu_seconds=1))


@linux
def test_memory() -> None:
    with pytest.raises(LimitExceeded, match="pdf_memory_mib = 256"):
        sandbox.call(HERE + "hoard", limits_of=Limits(pdf_memory_mib=256))


@pytest.mark.parametrize("name", ["connect", "run"])
def test_no_network_and_no_programs(name: str) -> None:
    with pytest.raises(StatementError):
        sandbox.call(HERE + name)


def test_no_files_are_written(tmp_path: Path) -> None:
    with pytest.raises(StatementError):
        sandbox.call(HERE + "write", path=str(tmp_path / "file"))
    assert not list(tmp_path.iterdir())


def test_strange_answers_are_no_answers() -> None:
    assert type(sandbox.rebuild({"class": "KeyboardInterrupt"})) is StatementError
    assert type(sandbox.rebuild(None)) is StatementError
