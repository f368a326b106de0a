"""The notebook runs, and the outputs kept in it are what it prints now."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_it_runs_and_prints_what_is_kept(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "IPYTHONDIR": str(tmp_path), "JUPYTER_RUNTIME_DIR": str(tmp_path / "run")}
    done = subprocess.run(
        [sys.executable, str(ROOT / "notebooks" / "run.py"), "--check"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_outputs_are_kept_and_show_a_table_and_a_picture(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [c for c in cells if c["cell_type"] == "code"]
    assert len(cells) <= 20
    assert all(c["outputs"] for c in code)
    kinds = {kind for c in code for o in c["outputs"] for kind in o.get("data", {})}
    assert {"text/html", "image/png"} <= kinds
    assert not any(o["output_type"] == "error" for c in code for o in c["outputs"])
