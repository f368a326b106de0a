"""Runs the notebooks and keeps their outputs: `make notebook`, or `python notebooks/run.py`.

With `--check`, runs a copy and fails where the text it prints differs from the text that is kept.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def executed(path: Path) -> nbformat.NotebookNode:
    """The notebook, run from its own folder, without what differs between two runs (times, ids of the machine)."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(HERE)}}, record_timing=False).execute()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata = {}
    return notebook


def printed(notebook: nbformat.NotebookNode) -> list[str]:
    """The text of every output, in order; pictures are named by their kind only."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            text = output.get("text", "") or output.get("data", {}).get("text/plain", "")
            picture = " [picture]" if "image/png" in output.get("data", {}) else ""
            found.append(_ADDRESS.sub("", text) + picture)
    return found


def main(check: bool) -> int:
    """Run all notebooks of this folder; 1 where one no longer prints what is kept."""
    stale = 0
    for path in sorted(HERE.glob("*.ipynb")):
        new = executed(path)
        if not check:
            nbformat.write(new, path)
            print(f"{path.name}: {len(new.cells)} cells")
        elif printed(new) != printed(nbformat.read(path, as_version=4)):
            stale += 1
            print(f"{path.name}: prints something else now: run `make notebook`")
            for old, now in zip(printed(nbformat.read(path, as_version=4)), printed(new), strict=False):
                if old != now:
                    print(f"kept: {old}\nnow:  {now}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
