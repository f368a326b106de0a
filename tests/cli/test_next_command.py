"""The command to copy names the files that were scanned, and no others."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from analyzer.cli.scan import pattern
from analyzer.views.table import named


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for place in ("my bank", "."):
        Path(place).mkdir(exist_ok=True)
        for name in ("2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04"):
            Path(place, f"{name}.ofx").touch()
        Path(place, "2026-01.pdf").touch()
    return tmp_path


YEAR = ["2026-01.ofx", "2026-02.ofx", "2026-03.ofx", "2026-04.ofx"]
ALL = ["2025-11.ofx", "2025-12.ofx", *YEAR]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (ALL, "*.ofx"),
        (YEAR, "2026-0*.ofx"),
        (YEAR[:3], " ".join(YEAR[:3])),
        (ALL[1:], " ".join(ALL[1:])),
        ([f"my bank/{name}" for name in ALL], "'my bank/'*.ofx"),
        ([*YEAR, "2026-01.pdf"], " ".join([*YEAR, "2026-01.pdf"])),
        ([*YEAR[:3], "my bank/2026-04.ofx"], " ".join([*YEAR[:3], "'my bank/2026-04.ofx'"])),
    ],
)
def test_a_shell_finds_the_same_files(folder: Path, files: list[str], said: str) -> None:
    shown = named(files, pattern(files))
    assert shown == said
    found = subprocess.run(["sh", "-c", f"printf '%s\\n' {shown}"], cwd=folder, capture_output=True, text=True, check=True)
    assert found.stdout.splitlines() == files
