"""Bank profiles: what a declaration must say, and that the built-in ones say it."""

from __future__ import annotations

from typing import Any

import pytest

from analyzer.errors import AmbiguousFormat, MalformedStatement, PluginError, UsageError
from analyzer.importers.csv import Profile, profile
from tests.importers.csv.reading import read, rows, transactions, warned

GOOD: dict[str, Any] = {
    "name": "test-bank",
    "bank": "Test Bank",
    "country": "DE",
    "header": ("Day", "What", "How much"),
    "date": "Day",
    "date_order": "dmy",
    "description": ("What",),
    "amount": "How much",
    "sign": "charge-positive",
    "currency": "EUR",
}
TEXT = "Day,What,How much\n05/01/2026,SHOP,1.00\n06/01/2026,REFUND,-2.00\n"


def declare(**changes: Any) -> type[Profile]:
    return type("TestBank", (Profile,), {**GOOD, **changes})


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile, "_REGISTERED", {})
    profile._by_signature.cache_clear()
    yield
    monkeypatch.undo()
    profile._by_signature.cache_clear()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, 'write name = "bank-card"'),
        ({"name": "My Bank"}, 'write name = "bank-card"'),
        ({"bank": ""}, 'write bank = "The Bank"'),
        ({"country": "Germany"}, 'write country = "DE"'),
        ({"header": "Day,What"}, "write header = ("),
        ({"date": ""}, 'write date = "Date"'),
        ({"date": "Date"}, "date = 'Date' is no name of the header"),
        ({"amount": ""}, 'write either amount = "Amount", or debit'),
        ({"debit": "How much"}, 'write either amount = "Amount", or debit'),
        ({"description": "What"}, 'write description = ("Description",)'),
        ({"description": ("Who",)}, "description names 'Who'"),
        ({"date_order": "dym"}, 'write date_order = "dmy"'),
        ({"decimal": "'"}, 'write decimal = "." or ","'),
        ({"sign": "positive"}, 'write sign = "charge-negative"'),
        ({"flag": "What"}, 'write money_out = ("D",)'),
        ({"kind": "card"}, 'write kind = "credit" or "bank"'),
        ({"currency": "euro"}, 'write currency = "EUR"'),
        ({"headers": (("Day", "What"),)}, "amount = 'How much' is no name of the header"),
        ({"shape": ("a", "b", "c", "d")}, "shape has more columns"),
    ],
)
def test_a_faulty_declaration_says_what_to_write(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as faulty:
        declare(**changes)
    assert message in str(faulty.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(TypeError, match=r"name = .*bank = .*country = "):
        type("TestBank", (Profile,), {**GOOD, "name": "", "bank": "", "country": ""})


@pytest.mark.usefixtures("registered")
def test_a_registered_profile_reads_its_header() -> None:
    profile.register(declare())
    found = read(TEXT)
    assert found[0].importer == "csv:test-bank"
    assert found[0].institution == "Test Bank"
    assert rows(found) == [("2026-01-05", "-1"), ("2026-01-06", "2")]
    assert warned(found) == []


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize("header", ["Day,What,How much,", "DAY , what,How Much"])
def test_case_blanks_and_a_trailing_separator_do_not_matter(header: str) -> None:
    profile.register(declare())
    assert read(TEXT.replace("Day,What,How much", header))[0].importer == "csv:test-bank"


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize("header", ["Day,What", "What,Day,How much", "Day,What,How much,More"])
def test_only_the_whole_header_matches(header: str) -> None:
    chosen = profile.register(declare())
    assert chosen not in profile.matching(header.split(","))


@pytest.mark.usefixtures("registered")
def test_two_profiles_of_one_header_are_asked_about() -> None:
    profile.register(declare())
    profile.register(declare(name="other-bank", sign="charge-negative"))
    with pytest.raises(AmbiguousFormat, match="--profile"):
        read(TEXT)
    assert rows(read(TEXT, profile="other-bank"))[0] == ("2026-01-05", "1")


@pytest.mark.usefixtures("registered")
def test_two_profiles_of_one_name_are_refused() -> None:
    profile.register(declare())
    with pytest.raises(PluginError, match="two profiles are named 'test-bank'"):
        profile.register(declare())


@pytest.mark.usefixtures("registered")
def test_the_user_overrules_the_profile() -> None:
    profile.register(declare())
    found = read(TEXT, sign="charge-negative", date_order="mdy")
    assert rows(found) == [("2026-05-01", "1"), ("2026-06-01", "-2")]


@pytest.mark.usefixtures("registered")
def test_a_bank_that_changed_its_rows_is_read_by_content() -> None:
    profile.register(declare())
    found = read('Day,What,How much\n13.01.2026,SHOP,"-1,00"\n14.01.2026,SHOP,"-2,50"\n')
    assert found[0].importer == "csv"
    assert rows(found) == [("2026-01-13", "-1"), ("2026-01-14", "-2.5")]
    assert "the rows are not; read by content" in str(warned(found)[0])


@pytest.mark.usefixtures("registered")
def test_words_against_the_declared_sign_are_told() -> None:
    profile.register(declare(sign="charge-negative"))
    text = "Day,What,How much\n" + "".join(f"{d:02d}/01/2026,CARD PURCHASE {d},1.00\n" for d in range(1, 5))
    assert "the opposite" in str(warned(read(text))[0])


def test_an_unknown_profile_is_answered_with_near_ones() -> None:
    with pytest.raises(UsageError, match="no profile 'chase-crad': perhaps chase-card"):
        read(TEXT, profile="chase-crad")


def test_a_profile_that_does_not_fit_is_refused() -> None:
    with pytest.raises(MalformedStatement, match="not those of the profile chase-card"):
        read(TEXT, profile="chase-card")


def test_banks_and_countries() -> None:
    found = profile.profiles()
    assert len(found) >= 40
    assert len({p.country for p in found.values()} - {"XX"}) >= 12
    assert profile.problems() == []


def test_no_two_built_in_profiles_share_a_header() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for chosen in profile.profiles().values():
        if chosen.shape:
            continue
        for signature in set(chosen.signatures()):
            assert seen.setdefault(signature, chosen.name) == chosen.name
            assert len(signature) >= 3


def test_a_header_that_any_bank_may_have_is_no_profile() -> None:
    common = (
        ("Date", "Description", "Amount"),
        ("Date", "Description", "Amount", "Balance"),
        ("Date", "Description", "Debit", "Credit", "Balance"),
    )
    assert [profile.matching(header) for header in common] == [[], [], []]


def test_our_own_export_keeps_what_a_spreadsheet_would_run() -> None:
    text = (
        "date,amount,currency,descriptor,account,fitid,status,file,page,line\n"
        "2026-01-05,-39.99,USD,'=HYPERLINK(1),...4242,'-7,posted,a.ofx,,12\n"
        "2026-01-06,-650000,IDR,''quoted,...4242,,pending,a.ofx,3,\n"
    )
    found = read(text)
    assert found[0].importer == "csv:stmt-scan"
    assert [(t.descriptor, t.fitid, t.status, t.currency) for t in transactions(found)] == [
        ("=HYPERLINK(1)", "-7", "posted", "USD"),
        ("'quoted", None, "pending", "IDR"),
    ]
    assert found[0].account == "...4242"
