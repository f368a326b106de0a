"""Where the shared corpus lies, if it is there."""

from __future__ import annotations

import os
from pathlib import Path


def bench() -> Path | None:
    """The folder with the shared benchmark's cards and accounts; None where `STMT_SCAN_CORPUS` leads nowhere."""
    root = Path(os.environ.get("STMT_SCAN_CORPUS", Path(__file__).resolve().parent.parent.parent / "shared"))
    return root / "bench" if (root / "bench").is_dir() else None


MISSING = "left out: no shared benchmark here (set STMT_SCAN_CORPUS to the folder that holds bench/)"
