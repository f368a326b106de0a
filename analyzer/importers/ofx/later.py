"""A module that is loaded when it is first used, for what a library imports and we never ask it to use."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType
from typing import Any


class Later(ModuleType):
    """Stands in `sys.modules` for a module and becomes it at the first look for one of its names."""

    def __getattr__(self, name: str) -> Any:
        spec = self.__spec__
        # Machinery looks for dunder names of every module (`__path__`, `__file__`); that is no use of it.
        if spec is None or spec.loader is None or (name.startswith("__") and name.endswith("__")):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        if self.__class__ is Later:
            self.__class__ = ModuleType  # type: ignore[assignment]
            self.__path__ = list(spec.submodule_search_locations or ())
            spec.loader.exec_module(self)
        return getattr(self, name)


def load_later(name: str) -> None:
    """Make `import name` cost nothing until a name of that module is used; no effect where it is loaded or missing."""
    if name in sys.modules:
        return
    spec = importlib.util.find_spec(name)
    if spec is None:
        return
    module = Later(name)
    module.__spec__ = spec
    module.__loader__ = spec.loader
    module.__file__ = spec.origin
    module.__package__ = name
    sys.modules[name] = module
