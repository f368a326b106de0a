"""Progress on a terminal, when work takes longer than half a second; never in a pipe."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
PATIENCE_S = 0.5


@contextlib.contextmanager
def steps(title: str, *, quiet: bool = False) -> Iterator[Callable[[Iterable[Item]], Iterator[Item]]]:
    """A context whose value wraps an iterable; a counter appears on stderr once `PATIENCE_S` have passed."""
    shown = False

    def clear() -> None:
        if shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()

    def wrap(items: Iterable[Item]) -> Iterator[Item]:
        nonlocal shown
        started = time.monotonic()
        for done, item in enumerate(items, 1):
            clear()
            yield item
            if time.monotonic() - started > PATIENCE_S:
                shown = True
                sys.stderr.write(f"\r{title}: {done}")
                sys.stderr.flush()

    if quiet or not sys.stderr.isatty():
        yield iter
    else:
        try:
            yield wrap
        finally:
            clear()
