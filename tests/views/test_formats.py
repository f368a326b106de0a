"""What `formats` prints."""

from __future__ import annotations

from types import SimpleNamespace

from analyzer.views import formats


class Reader:
    """Reads one kind of file.

    More about it.
    """

    name = "made-up"

    def profiles(self) -> list[str]:
        return ["a-bank", "b\x1bank"]


class Rule:
    """Looks for one thing."""


def test_names_what_is_in_force_and_marks_what_came_from_elsewhere() -> None:
    text = formats.render(SimpleNamespace(importers=lambda: {"made-up": Reader()}), SimpleNamespace(detectors=lambda: {"rule": Rule()}))
    assert "made-up" in text
    assert "Reads one kind of file. [plug-in tests]" in text or "[plug-in" in text
    assert "Looks for one thing." in text
    assert "Bank profiles for CSV (2)" in text
    assert "\x1b" not in text
    assert all(len(line) <= 80 for line in text.splitlines())
