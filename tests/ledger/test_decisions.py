"""Decisions as TOML and as the ledger keeps them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import UsageError
from analyzer.ledger.decisions import CADENCES, dump_toml, load_toml
from analyzer.ledger.store import Ledger
from analyzer.model import Decision, Transaction

EXAMPLE = """
[[authorized]]
merchant = "NETFLIX"
max_amount = "20.00"
currency = "USD"
cadence = "monthly"
until = 2026-03-01

[[authorized]]
merchant = "CITY GYM"

[[never_authorized]]
merchant = "AMAZON SELLER"
note = "no seller account"
"""


def written(tmp_path: Path, text: str | bytes) -> str:
    path = tmp_path / "mine.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_reads_what_a_holder_writes(tmp_path: Path) -> None:
    assert load_toml(written(tmp_path, EXAMPLE)) == [
        Decision("NETFLIX", "cancelled", 2000, "USD", "monthly", date(2026, 3, 1)),
        Decision("CITY GYM"),
        Decision("AMAZON SELLER", "never-authorized", note="no seller account"),
    ]


WRONG = {
    '[[authorized]]\nmax_amout = "1"\nmerchant = "A"': "unknown key 'max_amout'",
    '[[autorized]]\nmerchant = "A"': "unknown table 'autorized'",
    '[authorized]\nmerchant = "A"': "is not a list of tables",
    "[[authorized]]\n": "no merchant",
    "[[authorized]]\nmerchant = 7": "not understood",
    '[[authorized]]\nmerchant = "A"\nmax_amount = "1,5"': "max_amount",
    '[[authorized]]\nmerchant = "A"\nmax_amount = -3': "max_amount",
    '[[authorized]]\nmerchant = "A"\nmax_amount = nan': "max_amount",
    '[[authorized]]\nmerchant = "A"\ncurrency = "dollar"': "currency",
    '[[authorized]]\nmerchant = "A"\ncadence = "often"': "cadence",
    '[[authorized]]\nmerchant = "A"\nuntil = "soon"': "until",
    "merchant = ": "no TOML",
    "a = " + "[" * 5000: "no TOML",
}


@pytest.mark.parametrize("text", WRONG)
def test_refuses_what_could_cover_more_than_was_meant(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_toml(written(tmp_path, text))
    assert WRONG[text] in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path))


def test_refuses_a_missing_file_and_one_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_toml(str(tmp_path / "none.toml"))
    with pytest.raises(UsageError, match="not in UTF-8"):
        load_toml(written(tmp_path, b"\xff\xfe"))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).map(str.strip).filter(bool)
DECISIONS = st.builds(
    Decision,
    merchant=TEXTS,
    verdict=st.just("mine"),
    max_minor=st.none() | st.integers(1, 10**9),
    currency=st.none() | st.sampled_from(["USD", "JPY", "IDR", "KWD"]),
    cadence=st.none() | st.sampled_from(CADENCES),
    account=st.none() | st.just("...4242"),
    usual_minor=st.none() | st.integers(1, 10**9),
    note=st.just("") | TEXTS,
)


@given(st.lists(DECISIONS, max_size=4))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, decisions: list[Decision]) -> None:
    path = tmp_path_factory.mktemp("toml") / "d.toml"
    path.write_text(dump_toml(decisions), encoding="utf-8")
    assert load_toml(str(path)) == decisions


def charges(*days: str, amount: str = "-9.99") -> list[Transaction]:
    return [Transaction(date.fromisoformat(d), Decimal(amount), "USD", "FILMS", "FILMS", "...4242") for d in days]


FIRST = Decision("FILMS", currency="USD", cadence="monthly", usual_minor=999)
SECOND = Decision("FILMS", currency="USD", cadence="annual", usual_minor=5000)


def test_decisions_are_per_agreement(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.db", today=date(2026, 1, 5)) as ledger:
        assert ledger.decide(FIRST, charges("2025-11-01", "2025-12-01")) == []
        assert ledger.decide(SECOND, charges("2025-06-01", amount="-50")) == []
        kept = ledger.decisions()
        assert [(d.cadence, d.usual_minor) for d in kept] == [("monthly", 999), ("annual", 5000)]
        assert kept[0].charges == {(date(2025, 11, 1), 999), (date(2025, 12, 1), 999)}
        dearer = Decision("FILMS & MORE", "cancelled", currency="USD", cadence="monthly", usual_minor=1299, until=date(2026, 1, 1))
        gone = ledger.decide(dearer, charges("2025-12-01", "2026-01-01"))
        assert [d.merchant for d in gone] == ["FILMS"]
        assert [d.merchant for d in ledger.decisions()] == ["FILMS", "FILMS & MORE"]


def test_a_word_on_the_whole_merchant_replaces_all(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.decide(FIRST)
        ledger.decide(SECOND)
        ledger.decide(Decision("Other"))
        assert len(ledger.decide(Decision("films", "never-authorized"))) == 2
        assert [(d.merchant, d.verdict) for d in ledger.decisions()] == [("Other", "mine"), ("films", "never-authorized")]
        ledger.forget([k.id for k in ledger.kept()])
        assert ledger.decisions() == []
