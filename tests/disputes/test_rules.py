"""The rules as data: every one dated, sourced and usable; validity by date."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.disputes import rules


@pytest.mark.parametrize("rule", rules.all_rules(), ids=lambda r: r.id)
def test_every_rule_carries_its_source_its_day_and_how_sure_it_is(rule: rules.Rule) -> None:
    assert rule.sources
    assert all(s.startswith("http") for s in rule.sources)
    assert rule.as_of >= date(2026, 11, 1)
    assert rule.confidence in ("high", "medium", "low")
    assert rule.obligation
    assert rule.jurisdiction in (*rules.JURISDICTIONS, "*")
    assert rule.instrument in ("credit", "debit", "any")
    assert rule.situations <= set(rules.SITUATIONS)
    assert rule.valid_from is None or rule.valid_to is None or rule.valid_from <= rule.valid_to


@pytest.mark.parametrize("rule", [r for r in rules.all_rules() if r.kind in ("deadline", "network", "merchant")], ids=lambda r: r.id)
def test_a_limit_has_a_unit_and_a_day_it_counts_from(rule: rules.Rule) -> None:
    assert rule.basis in ("statement", "charge", "message", "refund-note")
    assert rule.limit is None or rule.unit in rules.UNITS
    assert rule.kind == "network" or rule.limit


def test_ids_are_unique() -> None:
    ids = [r.id for r in rules.all_rules()]
    assert len(ids) == len(set(ids))
    assert rules.by_id("psd2-71").limit == 13
    with pytest.raises(KeyError):
        rules.by_id("no-such-rule")


def test_every_jurisdiction_has_rules() -> None:
    assert {r.jurisdiction for r in rules.all_rules()} >= set(rules.JURISDICTIONS)


@pytest.mark.parametrize("situation", rules.SITUATIONS)
def test_every_situation_has_codes_of_the_networks(situation: str) -> None:
    assert rules.networks(situation)
    assert {r.network for r in rules.networks(situation, "visa")} == {"Visa"}


def test_india_changes_with_the_year() -> None:
    def ids(day: date) -> set[str]:
        return {r.id for r in rules.of("IN", "deadline", situation="unauthorized", instrument="credit", day=day)}

    assert ids(date(2026, 12, 31)) == {"rbi2017-zero", "rbi2017-limited"}
    assert ids(date(2027, 1, 1)) == {"rbi2026-report"}


def test_mastercard_counts_ninety_days_for_duplicates() -> None:
    assert {r.limit for r in rules.networks("duplicate", "mastercard")} == {90}
