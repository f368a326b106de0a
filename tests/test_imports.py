"""The house keeps its order: imports go one way, and nothing below `cli/` asks the machine what day it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "analyzer"
MODULES = sorted(PACKAGE.rglob("*.py"))

FLOORS = (
    ("errors", "limits"),
    ("escape", "money", "files", "model", "plugins"),
    ("importers", "merchants", "ledger"),
    ("streams",),
    ("detectors",),
    ("disputes", "notices", "cases", "views", "engines"),
    ("api", "accessor", "testing", ""),
    ("cli",),
    ("__main__",),
)
"""From the ground up. A room imports only rooms of the floors below it, and itself; "" is `analyzer` itself."""
WITHIN = {
    ("limits", "errors"),
    ("model", "escape"),
    ("model", "money"),
    ("accessor", "api"),
    ("", "api"),
    ("", "accessor"),
    ("testing", "api"),
}
"""Edges within one floor that are allowed."""
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}


def room(module: str) -> str:
    """`analyzer.importers.csv` → `importers`; `analyzer` → the empty name."""
    return module.split(".")[1] if "." in module else ""


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST, module: str) -> Iterator[tuple[int, str]]:
    """Line and full name of every `analyzer...` that a module imports, wherever in the file it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, a.name) for a in node.names if a.name.split(".")[0] == "analyzer")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: a relative import"
            if node.module == "analyzer":
                yield from ((node.lineno, f"analyzer.{a.name}" if is_room(a.name) else "analyzer") for a in node.names)
            elif node.module and node.module.startswith("analyzer."):
                yield node.lineno, node.module


def is_room(name: str) -> bool:
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    module = name_of(path)
    here = room(module)
    assert here in LEVEL, f"{module} is in no room: give it a floor"
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {here or 'analyzer'} imports {target}"
        for line, target in imported(ast.parse(path.read_text(encoding="utf-8")), module)
        if room(target) != here and LEVEL[room(target)] >= LEVEL[here] and (here, room(target)) not in WITHIN
    ]
    assert not wrong, "\n".join(wrong)


ASKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("time", "ctime"),
    ("time", "strftime"),
    ("time", "tzname"),
    ("time", "timezone"),
    ("os", "environ"),
    ("os", "environb"),
    ("os", "getenv"),
    ("os", "getlogin"),
    ("Path", "home"),
    ("Path", "cwd"),
    ("os", "getcwd"),
    ("Timestamp", "now"),
    ("Timestamp", "today"),
}
"""Calls whose answer depends on the day, the place or the person; `time.monotonic` for a time limit does not."""
FOREIGN = {
    "locale",
    "zoneinfo",
    "getpass",
    "platformdirs",
    "socket",
    "urllib.request",
    "http.client",
    "requests",
    "httpx",
    "pickle",
    "random",
}
"""Modules that ask the machine, the network or chance."""
ALLOWED = {("analyzer.ledger.place", "platformdirs")}
"""`Ledger()` without a path is where the platform keeps data; nothing else below the command line asks that."""


@pytest.mark.parametrize("path", [p for p in MODULES if room(name_of(p)) not in ("cli", "__main__")], ids=name_of)
def test_nothing_below_the_command_line_asks_the_machine(path: Path) -> None:
    wrong = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id if isinstance(node.value, ast.Name) else ""
            if (owner, node.attr) in ASKS:
                wrong.append(f"{node.lineno}: {owner}.{node.attr}")
        elif isinstance(node, ast.Import):
            wrong += [f"{node.lineno}: import {a.name}" for a in node.names if a.name in FOREIGN]
        elif isinstance(node, ast.ImportFrom) and node.module in FOREIGN and (name_of(path), node.module) not in ALLOWED:
            wrong.append(f"{node.lineno}: from {node.module} import")
    assert not wrong, f"{path.relative_to(ROOT)}: {'; '.join(wrong)}"


HEAVY = {
    "pandas",
    "numpy",
    "pdfplumber",
    "pypdfium2",
    "pypdf",
    "matplotlib",
    "lxml",
    "reportlab",
    "ofxparse",
    "rich",
    "jinja2",
    "tldextract",
    "pyarrow",
}


def test_help_needs_no_heavy_library() -> None:
    import subprocess
    import sys

    code = "import sys; from analyzer.cli import run; run(['--help']); print('LOADED', *sorted(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = {m.split(".")[0] for m in out.partition("LOADED")[2].split()}
    assert "Usage: stmt-scan" in out
    assert not loaded & HEAVY
    assert "analyzer.api" not in out.partition("LOADED")[2].split()


def test_the_public_names_are_sorted_and_there() -> None:
    import analyzer

    assert list(analyzer.__all__) == sorted(analyzer.__all__)
    assert all(getattr(analyzer, name) is not None for name in analyzer.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = analyzer.nothing
