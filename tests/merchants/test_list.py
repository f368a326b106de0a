"""The descriptor list, and the user's own."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from analyzer import merchants
from analyzer.errors import StmtScanError
from analyzer.merchants import listed


def test_every_row_names_its_source_and_day() -> None:
    rules = listed.standard()
    rows = [row for row, _ in (*rules.brands, *rules.carriers)]
    assert len(rows) > 200
    assert all(row.source and re.fullmatch(r"\d{4}-\d\d-\d\d", row.as_of) for row in rows)
    assert {row.kind for row in rows} <= set(listed.KINDS)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("AMAZON SELLER REPAY", "seller-fee"),
        ("ETSY*SELLER FEES", "seller-fee"),
        ("ETSY.COM - SHOP", "marketplace-purchase"),
        ("GOOGLE*ADS 123", "advertising"),
        ("NORTON *AP1234567890", "subscription"),
        ("SHOPIFY* 123456789", "seller-fee"),
        ("MEMBERSHIP FEE", "issuer-fee"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    row = merchants.lookup(text)
    assert row is not None
    assert row.kind == kind


def test_lookup_of_the_unknown() -> None:
    assert merchants.lookup("CORNER BREW") is None


OWN = """
[[merchant]]
contains = "acme * cloud"
name = "Acme Cloud"
kind = "subscription"

[[merchant]]
contains = "AMAZON SELLER REPAY"
name = "My own shop's fees"
kind = "usage-billed"
"""


def test_the_users_list_goes_first(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    own = merchants.load_toml(str(file))
    found = merchants.annotate(pd.Series(["ACME EU CLOUD 77", "Amazon Seller Repay", "NETFLIX.COM"], dtype="str"), own)
    assert [found.reading(i).name for i in range(3)] == ["Acme Cloud", "My own shop's fees", "Netflix"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("merchant = 3", "not a list"),
        ('[[merchant]]\nname = "X"', "needs `contains`"),
        ('[[merchant]]\ncontains = "ab"\nname = "X"', "three characters"),
        ('[[merchant]]\ncontains = "abc"\nname = "X"\nkind = "odd"', "unknown kind"),
        ('[[merchant]]\ncontains = "abc"\nname = "X"\npatern = "y"', "unknown key"),
        ("[[merchant]", "no TOML"),
    ],
)
def test_a_wrong_list_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StmtScanError, match=says):
        merchants.load_toml(str(file))


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StmtScanError, match="cannot be read"):
        merchants.load_toml(str(tmp_path / "none.toml"))
