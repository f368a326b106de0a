"""The profile that the documentation shows, run as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

from analyzer.importers.csv import Profile, profile
from tests.importers.csv.reading import read, rows, warned

PAGE = Path(__file__).resolve().parents[3] / "docs" / "formats.md"
FILE = (
    "Buchung;Valuta;Empfänger;Zweck;Betrag;Saldo\n"
    "06.01.2026;06.01.2026;Stadtwerke;Abschlag;-40,00;949,50\n"
    "05.01.2026;05.01.2026;Bäckerei;;-10,50;989,50\n"
)


def test_a_bank_in_twenty_lines() -> None:
    code = next(block for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL) if "(Profile)" in block)
    assert len([line for line in code.splitlines() if line.strip()]) <= 20
    space: dict[str, object] = {}
    exec(code, space)
    chosen = space["ExampleBank"]
    assert isinstance(chosen, type)
    assert issubclass(chosen, Profile)
    try:
        profile.register(chosen)
        found = read(FILE)
    finally:
        profile._REGISTERED.pop("example-bank")
        profile._by_signature.cache_clear()
    assert found[0].importer == "csv:example-bank"
    assert rows(found) == [("2026-01-06", "-40"), ("2026-01-05", "-10.5")]
    assert found[0].reconciled is True
    assert warned(found) == []


def test_the_messages_shown_are_the_messages() -> None:
    text = PAGE.read_text(encoding="utf-8")
    package = PAGE.parents[1] / "analyzer" / "importers" / "csv"
    source = "".join(p.read_text(encoding="utf-8") for p in sorted(package.glob("*.py")))
    for part in (
        "nothing says which way they go",
        "the dates are written in two orders",
        "a quote is opened here and swallows the rows behind it",
    ):
        assert part in text
        assert part in source


def test_every_attribute_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    attributes = [a for a in Profile.__annotations__ if a != "apostrophes"]
    assert [a for a in attributes if f"`{a}`" not in text] == []
