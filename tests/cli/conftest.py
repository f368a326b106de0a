"""The command line, run in this process: `stmt_scan("scan", ...)` gives exit status, stdout and stderr."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parent.parent.parent / "sample_data"
DEMO_DAY = "2026-06-28"


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        """The lines on stderr."""
        return self.err.splitlines()


@pytest.fixture
def samples() -> Path:
    """The sample statements."""
    return SAMPLES


@pytest.fixture
def stmt_scan(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Outcome]:
    """Run one command line, with a ledger of its own and the samples' day unless another is given."""
    monkeypatch.setenv("STMT_SCAN_LEDGER", str(tmp_path / "ledger.db"))
    for name in ("NO_COLOR", "STMT_SCAN_PDF_PASSWORD"):
        monkeypatch.delenv(name, raising=False)

    def run_it(*words: object, day: str | None = DEMO_DAY) -> Outcome:
        from analyzer.cli import run

        capsys.readouterr()
        arguments = [str(w) for w in words]
        if day is not None and "--as-of" not in arguments and "--help" not in arguments and arguments[:1] != ["formats"]:
            at = arguments.index("--") if "--" in arguments else len(arguments)
            arguments[at:at] = ["--as-of", day]
        status = run(arguments)
        seen = capsys.readouterr()
        return Outcome(status, seen.out, seen.err)

    return run_it
