"""What `stmt-scan formats` prints: importers, bank profiles and detectors in force."""

from __future__ import annotations

import inspect
from typing import Any

from analyzer import escape
from analyzer.views import words

WIDTH = 80


def render(importers: Any, detectors: Any) -> str:
    """One line each, with what it does in the words of its own documentation.

    Args:
        importers: the registry of importers (a module with `importers()`).
        detectors: the registry of detectors (a module with `detectors()`).
    """
    lines = ["Importers (the content decides, never the name of the file):"]
    lines += [_line(name, item) for name, item in importers.importers().items()]
    profiles = _profiles(importers.importers())
    if profiles:
        lines += ["", f"Bank profiles for CSV ({len(profiles)}); any other layout is worked out from its columns:"]
        lines += words.wrap(", ".join(profiles), WIDTH, indent="  ")
    lines += ["", "Detectors:"]
    lines += [_line(name, item) for name, item in detectors.detectors().items()]
    return "\n".join(lines) + "\n"


def _line(name: str, item: object) -> str:
    kind = item if inspect.isclass(item) else type(item)
    module = kind.__module__
    foreign = "" if module == "analyzer" or module.startswith("analyzer.") else f" [plug-in {module.partition('.')[0]}]"
    said = (inspect.getdoc(kind) or "").strip().partition("\n")[0]
    text = f"  {escape.terminal(name):<26} {escape.terminal(said)}{foreign}"
    return words.fit(text.rstrip(), WIDTH)


def _profiles(found: Any) -> list[str]:
    """The names of the bank profiles that importers say they know."""
    names: set[str] = set()
    for item in found.values():
        listed = getattr(item, "profiles", None)
        if callable(listed):
            names.update(escape.terminal(str(getattr(p, "name", p))) for p in listed())
    return sorted(names)
