"""What `stmt-scan formats` prints: importers, bank profiles and detectors in force."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from analyzer import escape
from analyzer.views import words

WIDTH = 80
_NAMES = 28


def render(importers: Mapping[str, Any], detectors: Mapping[str, Any], profiles: Mapping[str, Any]) -> str:
    """Each with its name and what it does, in the words of its own documentation; plug-ins are marked.

    Args:
        importers: name → importer.
        detectors: name → detector.
        profiles: name → bank profile of the CSV importer, with `bank` and `country`.
    """
    lines = ["Importers (the content decides, never the name of the file):"]
    for name, item in importers.items():
        lines += _entry(name, item)
    lines += ["", "Detectors:"]
    for name, item in detectors.items():
        lines += _entry(name, item)
    lines += ["", *words.wrap(_HEAD.format(len(profiles)), WIDTH)]
    by_country: dict[str, list[str]] = {}
    for name, profile in profiles.items():
        by_country.setdefault(str(getattr(profile, "country", "") or "-"), []).append(escape.terminal(name) + _origin(profile))
    for country, names in sorted(by_country.items()):
        lines += words.wrap(", ".join(sorted(names)), WIDTH, indent=f"  {escape.terminal(country):<4}", hanging="      ")
    return "\n".join(lines) + "\n"


_HEAD = "Bank profiles for CSV: {}, by country. Any other layout is worked out from its columns; --profile NAME chooses one."


def _entry(name: str, item: object) -> list[str]:
    kind = item if inspect.isclass(item) else type(item)
    said = (inspect.getdoc(kind) or "").strip().partition("\n")[0]
    text = f"{escape.terminal(said)}{_origin(kind)}".strip()
    return words.wrap(text, WIDTH, indent=f"  {words.fit(escape.terminal(name), _NAMES - 3):<{_NAMES - 2}}", hanging=" " * _NAMES)


def _origin(kind: object) -> str:
    module = str(getattr(kind, "__module__", ""))
    return "" if module == "analyzer" or module.startswith("analyzer.") else f" [plug-in {escape.terminal(module.partition('.')[0])}]"
