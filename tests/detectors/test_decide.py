"""Which agreement a decision covers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analyzer import merchants
from analyzer.detectors import decide
from analyzer.model import Decision
from tests.detectors.make import life, scan, seen
from tests.streams.make import Charge, charge, every, monthly

START = date(2025, 9, 1)

# fmt: off
NAMES = [
    # (what the holder wrote, the bank's text, covered)
    ("NETFLIX",               "NETFLIX.COM LOS GATOS CA",           True),
    ("netflix.com",           "NETFLIX.COM",                        True),
    ("HALDEN CLUB",           "HALDEN CLUB 88120934",               True),
    ("HALDEN CLUB 1234567",   "HALDEN CLUB 88120934",               True),
    ("HALDEN",                "HALDEN CLUB 88120934",               True),
    ("HALD",                  "HALDEN CLUB 88120934",               False),
    ("CLUB",                  "HALDEN CLUB 88120934",               False),
    ("T-MOBILE*AUTO PAY",     "T-MOBILE*AUTO PAY",                  True),
    ("AMAZON",                "AMZN Mktp US*2K3LF9QX2 Amzn.com",    True),
    ("AMAZON",                "AMAZON SELLER REPAY",                False),
    ("Amazon Marketplace order", "AMAZON SELLER REPAY",             False),
    ("AMAZON SELLER REPAY",   "AMAZON SELLER REPAY 77",             True),
    ("Amazon selling fees",   "AMAZON SELLER REPAY 77",             True),
    ("AMAZON SELLER REPAY",   "AMZN Mktp US*2K3LF9QX2 Amzn.com",    False),
    ("PAYPAL",                "PAYPAL *HALDEN CLUB",                False),
    ("HALDEN CLUB",           "VISA PURCHASE HALDEN C",             True),
    ("HALDENBERG",            "DEBIT PURCHASE HALDENB",             True),
    ("HALDENBERG",            "HALDENB",                            False),
    ("HALDEN CLUB",           "RECIBO HALDEN CLUB 12",              True),
    ("HALDEN ENERGY SERVICES", "PAYPAL *HALDENENERGYSE",            True),
]
# fmt: on


@pytest.mark.parametrize(("said", "text", "same"), NAMES, ids=[f"{n[0]} / {n[1]}" for n in NAMES])
def test_merchant(said: str, text: str, same: bool) -> None:
    reading = merchants.reading(text)
    assert decide.same_merchant(said, reading, reading.name) is same


def two(first: str = "-15.99", second: str = "-49.99") -> list[Charge]:
    """Two agreements with one merchant: the 5th and the 17th of every month."""
    return [*charge(monthly(5, 9, first=START), first, "HALDEN CLUB"), *charge(monthly(17, 9, first=START), second, "HALDEN CLUB")]


def weekly() -> list[Charge]:
    return [*charge(monthly(5, 9, first=START), "-15.99", "HALDEN CLUB"), *charge(every(7, 36, first=START), "-4.00", "HALDEN CLUB")]


def entry(**named: Any) -> Decision:
    return Decision("HALDEN CLUB", **named)


UP_TO_20 = entry(max_minor=2000, currency="USD")
USUALLY_6 = entry(max_minor=2000, usual_minor=599, currency="USD")

# fmt: off
SECOND = [
    # (what, charges, entry, amounts covered, amounts not)
    ("the merchant alone covers both",       two(),                  entry(),                                 {1599, 4999}, set()),
    ("an amount covers the one below it",    two(),                  UP_TO_20,                                {1599}, {4999}),
    ("... and not a cheaper one beside it",  two("-15.99", "-5.99"), UP_TO_20,                                {1599}, {599}),
    ("a usual amount finds its own",         two("-15.99", "-5.99"), USUALLY_6,                               {599}, {1599}),
    ("a rhythm covers the one with it",      weekly(),               entry(cadence="monthly"),                {1599}, {400}),
    ("another currency covers nothing",      two(),                  entry(max_minor=9900, currency="EUR"),   set(), {1599, 4999}),
    ("never authorised condemns both",       two(),                  entry(verdict="never-authorized"),       set(), {1599, 4999}),
    ("an amount without a currency",         two(),                  entry(max_minor=2000),                   {1599}, {4999}),
]
# fmt: on


@pytest.mark.parametrize(("what", "rows", "said", "covered", "open_"), SECOND, ids=[s[0] for s in SECOND])
def test_a_second_agreement_beside_the_first(what: str, rows: list[Charge], said: Decision, covered: set[int], open_: set[int]) -> None:
    _, streams = scan(rows, decisions=[said], currency="USD")
    assert {-s.transactions[-1].minor for s in streams if s.authorized is True} == covered, what
    assert {-s.transactions[-1].minor for s in streams if s.authorized is not True} == open_, what


def test_an_entry_covers_no_lone_charge_beside_its_agreement() -> None:
    rows = [*charge(monthly(5, 9, first=START), "-15.99", "EXPERIAN* CREDIT")]
    findings, streams = scan(rows, decisions=[Decision("EXPERIAN", max_minor=2000, currency="GBP")])
    assert seen(findings, 0.5) == []
    assert streams[0].authorized is True


def test_what_passes_the_limit_is_not_covered() -> None:
    rows = charge(monthly(5, 9, first=START), ["-15.99"] * 6 + ["-24.99"] * 3, "HALDEN CLUB")
    findings, streams = scan(rows, decisions=[Decision("HALDEN CLUB", max_minor=2000, currency="GBP")], today=date(2026, 5, 20))
    assert streams[0].authorized is False
    told = {f.kind: f for f in findings}
    assert len(told["unrecognized-recurring"].transactions) == 3
    assert "dearer than your list allows for this merchant" in told["price-increase"].reasons


def test_a_limit_in_a_currency_without_cents() -> None:
    assert decide.limit(Decision("X", max_minor=150_000), "JPY") == 1500
    assert decide.limit(Decision("X", max_minor=150_000), "USD") == 150_000
    assert decide.limit(Decision("X", max_minor=1500, currency="JPY"), "JPY") == 1500


def test_an_entry_for_another_account_covers_nothing() -> None:
    _, streams = scan(charge(monthly(5, 9, first=START), "-15.99", "HALDEN CLUB"), decisions=[Decision("HALDEN CLUB", account="...9999")])
    assert streams[0].authorized is None


def test_a_decision_survives_a_new_name_and_covers_nothing_else_of_it() -> None:
    old = charge(monthly(12, 6, first=date(2025, 7, 1)), "-29.90", "HALDEN FITNESS CLUB")
    new = charge(monthly(12, 5, first=date(2026, 1, 1)), "-29.90", "HALDEN WELLBEING")
    for said in ("HALDEN FITNESS CLUB", "Halden Wellbeing"):
        findings, streams = scan([*life(), *old, *new], decisions=[Decision("NETFLIX"), Decision(said)])
        assert [s.authorized for s in streams] == [True, True]
        assert findings == []
    thief = charge(monthly(12, 5, first=date(2026, 1, 1)), "-29.90", "TORVIK GYM")
    findings, streams = scan([*life(), *old, *thief], decisions=[Decision("NETFLIX"), Decision("HALDEN FITNESS CLUB")])
    assert {s.merchant: s.authorized for s in streams}["Torvik GYM"] is None
    assert [f.merchant for f in findings if f.score >= 0.5] == ["Torvik GYM"]
