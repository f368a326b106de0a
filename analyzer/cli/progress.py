"""Progress on a terminal, when work takes longer than half a second; never in a pipe."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
PATIENCE_S = 0.5
EVERY_S = 0.2
_SPIN = "|/-\\"


_current: Ticker | None = None


def echo(line: str) -> None:
    """Print one line on stderr, out of the way of a progress line that may stand there; nothing where stderr takes none."""
    with _current.paused() if _current is not None else contextlib.nullcontext(), contextlib.suppress(OSError):
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


class Ticker:
    """A line on stderr that shows life: `Reading statements: 3 of 14`. Silent until `PATIENCE_S` have passed."""

    def __init__(self, title: str, *, total: int = 0) -> None:
        self.title, self.total, self.done = title, total, 0
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._paused = False
        self._shown = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __call__(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items as they come, counted; the line is off the screen while the caller works with one."""
        for item in items:
            self.done += 1
            with self.paused():
                yield item

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """A context in which the caller may write to the terminal."""
        with self._lock:
            before, self._paused = self._paused, True
            self._clear()
        try:
            yield
        finally:
            with self._lock:
                self._paused = before

    def start(self) -> None:
        """Begin to watch the time."""
        self._thread.start()

    def stop(self) -> None:
        """Take the line off the screen for good."""
        self._stop.set()
        self._thread.join()
        self._clear()

    def _run(self) -> None:
        wait, turn = PATIENCE_S, 0
        while not self._stop.wait(wait):
            with self._lock:
                if not self._paused:
                    self._draw(turn)
            wait, turn = EVERY_S, turn + 1

    def _draw(self, turn: int) -> None:
        count = f": {self.done} of {self.total}" if self.total > 1 else f": {self.done}" if self.done else ""
        sys.stderr.write(f"\r\x1b[2K{_SPIN[turn % len(_SPIN)]} {self.title}{count}")
        sys.stderr.flush()
        self._shown = True

    def _clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._shown = False


class Silent:
    """What stands in for a `Ticker` where nobody watches."""

    def __call__(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items as they come."""
        return iter(items)


@contextlib.contextmanager
def steps(title: str, *, total: int = 0, quiet: bool = False) -> Iterator[Ticker | Silent]:
    """A context whose value wraps an iterable; a line with a count appears on stderr once `PATIENCE_S` have passed."""
    if quiet or not sys.stderr.isatty():
        yield Silent()
        return
    global _current
    ticker = _current = Ticker(title, total=total)
    ticker.start()
    try:
        yield ticker
    finally:
        _current = None
        ticker.stop()
