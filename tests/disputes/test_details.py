"""Details of the holder: understood, masked, validated, never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from analyzer.disputes import details, rules
from analyzer.errors import UsageError
from disputes.cards import DAY, DETAILS, check_digit


def test_tables_and_flat_keys_say_the_same() -> None:
    flat = {
        "name": "A",
        "issuer": "B",
        "billing_inquiries": "Street 1\nTown",
        "used_or_benefited": False,
        "situation": "duplicate",
        "date_of_call": "2026-06-30",
        "agreed_amount": "9.99",
        "jurisdiction": "us",
    }
    nested = {
        "name": "A",
        "issuer": {"name": "B", "billing_inquiries": ["Street 1", "Town"]},
        "household": {"used_or_benefited": False},
        "dispute": {"situation": "duplicate", "date_of_call": date(2026, 6, 30), "agreed_amount": 9.99},
        "card": {"jurisdiction": "US"},
    }
    one, two = details.from_mapping(flat), details.from_mapping(nested)
    assert one == two
    assert one[1] == []
    assert one[0].agreed_amount == Decimal("9.99")
    assert one[0].billing_inquiries == ("Street 1", "Town")


def test_a_key_that_is_not_known_is_warned_of() -> None:
    said, notes = details.from_mapping({"nmae": "A", "issuer": {"street": "x"}}, source="me.toml")
    assert said == details.Details()
    assert ["nmae" in notes[0], "issuer.street" in notes[1]] == [True, True]
    assert all(n.startswith("me.toml: ") for n in notes)


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ({"date_of_call": "yesterday"}, "date_of_call"),
        ({"date_of_call": True}, "date_of_call"),
        ({"agreed_amount": "NaN"}, "agreed_amount"),
        ({"agreed_amount": "1e99999"}, "agreed_amount"),
        ({"agreed_amount": -5}, "agreed_amount"),
        ({"agreed_amount": "nine"}, "agreed_amount"),
        ({"card_lent": "maybe"}, "card_lent"),
        ({"situation": "robbed"}, "situation"),
        ({"jurisdiction": "XX"}, "jurisdiction"),
        ({"agreed_amount": "ten"}, "agreed_amount"),
        ({"name": 1.5}, "name"),
        ({"name": "x" * 5000}, "name"),
        ({"address": 5}, "address"),
        ({"events": [{"kind": "call"}]}, "events"),
        ({"events": {"date": date(2026, 1, 1)}}, "events"),
    ],
)
def test_a_value_of_the_wrong_kind_names_its_key(document: dict[str, object], named: str) -> None:
    with pytest.raises(UsageError, match=named):
        details.from_mapping(document, source="me.toml")


def test_no_full_card_number_stays_in_the_details() -> None:
    number = check_digit("400000123456789")
    said, _ = details.from_mapping({"name": f"A {number}", "reason": f"card {number[:4]} {number[4:8]} {number[8:12]} {number[12:]}"})
    assert number not in str(said)
    assert "...".join(["A ", number[-4:]]) in said.name
    with pytest.raises(UsageError) as caught:
        details.from_mapping({"card_lent": number})
    assert number not in str(caught.value)


def test_files_that_are_no_details(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("name = ")
    with pytest.raises(UsageError, match=r"bad\.toml: no TOML"):
        details.load_toml(bad)
    with pytest.raises(UsageError, match="cannot be read"):
        details.load_toml(tmp_path / "none.toml")
    huge = tmp_path / "huge.toml"
    huge.write_bytes(b"#" * (details.LONGEST_FILE + 1))
    with pytest.raises(UsageError, match="larger than"):
        details.load_toml(huge)


def test_events_come_in_any_of_three_forms_and_in_order() -> None:
    forms = [
        {"date": date(2026, 6, 2), "kind": "call", "text": "b"},
        (date(2026, 6, 1), "notice", "a"),
        SimpleNamespace(on=date(2026, 6, 3), kind="chat", text="c"),
        details.Event(date(2026, 6, 4), "letter", "d"),
    ]
    found = [(e.on.day, e.kind, e.text) for e in details.events(forms)]
    assert found == [(1, "notice", "a"), (2, "call", "b"), (3, "chat", "c"), (4, "letter", "d")]


def test_options_go_before_the_file() -> None:
    base, _ = details.from_mapping(DETAILS)
    told = details.Details(name="Other").over(base)
    assert (told.name, told.issuer, told.card_lent) == ("Other", "Bank Contoh", False)
    assert details.Details().answer("card_lent", True).over(base).card_lent is True


def test_the_example_of_the_documentation_is_understood() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "disputes.md").read_text(encoding="utf-8")
    import tomllib

    example = page.split("```toml\n", 1)[1].split("```", 1)[0]
    said, notes = details.from_mapping(tomllib.loads(example))
    assert notes == []
    assert said.situation in rules.SITUATIONS
    assert said.events
    assert said.date_of_call
    assert said.date_of_call <= DAY


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), "9999-12-31"])
def test_days_at_the_ends_of_time_are_not_understood(day: object) -> None:
    with pytest.raises(UsageError, match="notice_date"):
        details.from_mapping({"notice_date": day})


def test_an_address_has_few_lines() -> None:
    with pytest.raises(UsageError, match="41 lines"):
        details.from_mapping({"address": ["x"] * 41})
