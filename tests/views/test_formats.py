"""What `formats` prints."""

from __future__ import annotations

from analyzer.views import formats


class Reader:
    """Reads one kind of file, and says so in a sentence that is so long that it needs a second line.

    More about it.
    """

    name = "made-up"


class Rule:
    """Looks for one thing."""


class Bank:
    """A bank."""

    country = "XX"


def test_names_what_is_in_force_and_marks_what_came_from_elsewhere() -> None:
    text = formats.render({"made-up": Reader()}, {"rule": Rule, "a\x1b[2Jb": Rule}, {"a-bank": Bank, "b\x1bank": Bank})
    flat = " ".join(text.split())
    assert "made-up Reads one kind of file, and says so in a sentence that is so long that it needs a second line. [plug-in" in flat
    assert "rule Looks for one thing." in flat
    assert "Bank profiles for CSV: 2, by country." in flat
    assert "XX a-bank [plug-in" in flat
    assert "\x1b" not in text
    assert all(len(line) <= 80 for line in text.splitlines())
