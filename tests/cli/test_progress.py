"""Progress: on a terminal and after a while only, and never in the way of a line that is meant to stay."""

from __future__ import annotations

import contextlib
import io
import sys
import threading

import pytest

from analyzer.cli import progress


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def __init__(self, terminal: bool = True) -> None:
        super().__init__()
        self._terminal = terminal
        self.drawn = threading.Event()

    def isatty(self) -> bool:
        return self._terminal

    def write(self, text: str) -> int:
        if "Reading" in text:
            self.drawn.set()
        return super().write(text)


def stderr_as(made: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Set within the test: between a fixture and the test pytest puts its own stderr back."""
    monkeypatch.setattr(sys, "stderr", made)
    return made


def test_nothing_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = stderr_as(Terminal(terminal=False), monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE_S", 0.0)
    with progress.steps("Reading") as ticker:
        assert isinstance(ticker, progress.Silent)
        assert list(ticker([1, 2])) == [1, 2]
    assert pipe.getvalue() == ""


def test_nothing_when_asked_to_be_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = stderr_as(Terminal(), monkeypatch)
    with progress.steps("Reading", quiet=True) as ticker:
        assert list(ticker([1])) == [1]
    assert terminal.getvalue() == ""


def test_nothing_while_the_work_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = stderr_as(Terminal(), monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE_S", 60.0)
    with progress.steps("Reading") as ticker:
        assert list(ticker(range(3))) == [0, 1, 2]
    assert terminal.getvalue() == ""


def test_a_line_that_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = stderr_as(Terminal(), monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE_S", 0.0)
    monkeypatch.setattr(progress, "EVERY_S", 0.001)
    with progress.steps("Reading", total=5):
        assert terminal.drawn.wait(10)
    assert "Reading" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[2K")


def test_a_message_stands_on_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = stderr_as(Terminal(), monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE_S", 0.0)
    monkeypatch.setattr(progress, "EVERY_S", 0.001)
    with progress.steps("Reading"):
        assert terminal.drawn.wait(10)
        progress.echo("stmt-scan: warning: look here")
    before, _, _ = terminal.getvalue().partition("stmt-scan: warning: look here\n")
    assert before.endswith("\r\x1b[2K")


def test_the_line_is_gone_after_an_error_too(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = stderr_as(Terminal(), monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE_S", 0.0)
    with contextlib.suppress(ZeroDivisionError), progress.steps("Reading"):
        assert terminal.drawn.wait(10)
        raise ZeroDivisionError
    assert terminal.getvalue().endswith("\r\x1b[2K")
