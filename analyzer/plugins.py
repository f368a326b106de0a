"""Plug-ins and built-ins behind one entry-point group: found quickly, loaded safely, every trouble a value.

Reading the metadata of all installed packages through `importlib.metadata` costs a short command more than the statement
does. So a look at the files comes first: where nobody but ourselves offers anything, the built-in table, which is
the same lines, is enough.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from analyzer.errors import PluginError, StmtScanError

OURS = ("stmt_scan-", "stmt_scan.")
PREFIX = b"[stmt_scan."


@dataclass(frozen=True, slots=True)
class Point:
    """A name and where its class stands, as `importlib.metadata.EntryPoint` has them."""

    name: str
    value: str
    group: str
    dist: Any = None

    def load(self) -> Any:
        """The class."""
        module, _, attribute = self.value.partition(":")
        return getattr(importlib.import_module(module), attribute)


def points(group: str) -> list[Any]:
    """The entry points of `group` that others offer; empty where only our own package offers any."""
    if _only_ours():
        return []
    from importlib.metadata import entry_points

    return list(entry_points(group=group))


@lru_cache(maxsize=1)
def _only_ours() -> bool:
    """Whether no other installed package offers anything of ours. In doubt False, which only costs time."""
    if any(getattr(f, "find_distributions", None) and getattr(f, "__name__", "") != "PathFinder" for f in sys.meta_path):
        return False
    for folder in sys.path:
        try:
            entries = list(os.scandir(folder or "."))
        except (FileNotFoundError, PermissionError):
            continue
        except OSError:
            return False
        for entry in entries:
            if not entry.name.endswith((".dist-info", ".egg-info")) or entry.name.startswith(OURS):
                continue
            try:
                with open(os.path.join(entry.path, "entry_points.txt"), "rb") as stream:  # noqa: PTH118 - many small files
                    if PREFIX in stream.read():
                        return False
            except OSError:
                continue
    return True


def load(
    offered: Iterable[Any], built_in: Mapping[str, str], *, group: str, kind: str, unfit: Callable[[Any], str]
) -> tuple[dict[str, Any], tuple[StmtScanError, ...]]:
    """Name → instance in the order of the names, and the problems met.

    A plug-in that takes the name of a built-in, or of another plug-in, is reported and not used.

    Args:
        offered: entry points; built-ins among them are taken once.
        built_in: name → `module:Class`.
        group: the entry-point group.
        kind: what they are, for the messages: `importer`.
        unfit: what an instance lacks; empty when it can be used.
    """
    listed: dict[tuple[str, str], Any] = {}
    for point in offered:
        listed.setdefault((point.name, point.value), point)
    for name, value in built_in.items():
        listed[name, value] = Point(name, value, group)
    found: dict[str, Any] = {}
    troubles: list[StmtScanError] = []
    # A built-in comes before a plug-in of its name, so that nothing installed later can replace it unseen.
    for (name, _), point in sorted(listed.items(), key=lambda i: (i[0][0], i[0][1] != built_in.get(i[0][0]), i[0][1])):
        if name in found:
            what = f"two {kind}s are named {name!r}; this one is not used"
            troubles.append(PluginError(what, source=origin(point), todo="rename or uninstall it"))
            continue
        try:
            made = point.load()()
        except (Exception, SystemExit) as error:
            what = f"{kind} {name!r} cannot be loaded: {type(error).__name__}: {' '.join(str(error).split())}"
            troubles.append(PluginError(what, source=origin(point), todo="it is not used; update or uninstall it"))
            continue
        lacking = unfit(made) or ("" if getattr(made, "name", None) == name else "calls itself otherwise")
        if lacking:
            troubles.append(PluginError(f"{kind} {name!r} {lacking}", source=origin(point), todo="it is not used"))
        else:
            found[name] = made
    return found, tuple(troubles)


def origin(point: Any) -> str:
    """Where an entry point comes from, for messages: the distribution, or the module."""
    return f"plug-in {point.dist.name if point.dist is not None else point.value.partition(':')[0]}"
