"""Shared fixtures: the optional corpus, a fixed day, a quiet matplotlib."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("MPLBACKEND", "Agg")
ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("STMT_SCAN_CORPUS", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder that holds corpus/, hostile/ and bench/; skips where it is missing."""
    if not (SHARED / "corpus" / "truth.json").is_file():
        pytest.skip(f"no corpus at {SHARED}: set STMT_SCAN_CORPUS")
    return SHARED
