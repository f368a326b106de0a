"""Home and abroad, learned from the codes at the end of a card's own texts."""

from __future__ import annotations

import pandas as pd
import pytest

from analyzer import merchants
from analyzer.merchants.abroad import abroad, region

SHOPS = ["GREEN SUPER 12 LEEDS GB", "CORNER BREW YORK GB", "BOOKS AND MORE GB", "HARDWARE HALL HULL GB"]


def far(texts: list[str], money: str | list[str] = "GBP", accounts: list[str] | None = None) -> list[bool]:
    """Per text whether it is from abroad."""
    annotated = merchants.annotate(pd.Series(texts, dtype="str"))
    owner, names = pd.factorize(pd.Series(accounts or ["a"] * len(texts)))
    codes, currencies = pd.factorize(pd.Series([money] * len(texts) if isinstance(money, str) else money))
    return abroad(annotated, owner, len(names), codes, list(currencies)).tolist()


# fmt: off
LAST = [
    ("another country",                    SHOPS * 3, "SLIM PLAN CY",          "GBP", True),
    ("the card's own",                     SHOPS * 3, "SLIM PLAN GB",          "GBP", False),
    ("the same in three letters",          SHOPS * 3, "SLIM PLAN GBR",         "GBP", False),
    ("no code",                            SHOPS * 3, "SLIM PLAN",             "GBP", False),
    ("too few rows: the currency tells",   [],        "SLIM PLAN CY",          "GBP", True),
    ("too few rows, home by the currency", [],        "SLIM PLAN GB",          "GBP", False),
    ("legal tender in many countries",     [],        "SLIM PLAN CY",          "EUR", False),
    ("a currency nobody listed",           [],        "SLIM PLAN CY",          "XAU", False),
    ("a state on a card in dollars",       [],        "SLIM PLAN CA",          "USD", False),
    ("Canada on a card in pounds",         SHOPS * 3, "SLIM PLAN CA",          "GBP", True),
]
# fmt: on


@pytest.mark.parametrize(("rows", "text", "currency", "expected"), [c[1:] for c in LAST], ids=[c[0] for c in LAST])
def test_one_more_charge(rows: list[str], text: str, currency: str, expected: bool) -> None:
    assert far([*rows, text], currency)[-1] is expected


def test_a_card_used_abroad_often_is_at_home_there() -> None:
    assert far([*SHOPS * 3, *["BISTRO CALAIS FR"] * 6, "SLIM PLAN FR"])[-1] is False


def test_each_card_has_its_own_home() -> None:
    german = [t.replace(" GB", " DE") for t in SHOPS]
    told = far([*SHOPS * 3, *german * 3, "SLIM PLAN DE", "SLIM PLAN DE"], "GBP", [*["a"] * 12, *["b"] * 12, "a", "b"])
    assert told[-2:] == [True, False]


def test_a_currency_hardly_ever_charged() -> None:
    told = far(["PLAIN SHOP"] * 20 + ["SLIM PLAN"], ["GBP"] * 20 + ["USD"])
    assert told == [False] * 20 + [True]


@pytest.mark.parametrize(
    ("code", "currency", "expected"),
    [("OH", "USD", "(state)"), ("ID", "IDR", "ID"), ("ID", "USD", "(state)"), ("USA", "GBP", "US"), ("", "GBP", "")],
)
def test_a_code_means_what_the_currency_makes_likely(code: str, currency: str, expected: str) -> None:
    assert region(code, currency) == expected
