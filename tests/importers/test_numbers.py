"""The grammar of amounts: what is read comes back, what is no amount is refused, and nothing takes long."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.importers.numbers import COMMA, POINT, Style, decide_style, parse_amount, parse_number

STYLES = [POINT, COMMA, Style(".", "'"), Style(",", " "), Style(",", "'"), Style(".", " ")]
VALUES = st.integers(0, 10**13 - 1).map(lambda n: Decimal(n).scaleb(-2))


def written(value: Decimal, style: Style, *, grouped: bool) -> str:
    whole, part = f"{value:.2f}".split(".")
    if grouped:
        whole = f"{int(whole):,}".replace(",", style.group)
    return f"{whole}{style.decimal}{part}"


@given(
    value=VALUES,
    style=st.sampled_from(STYLES),
    grouped=st.booleans(),
    form=st.sampled_from(["{}", "-{}", "{}-", "({})", "+{}", "- {}", "−{}"]),
)
def test_every_way_of_writing_comes_back(value: Decimal, style: Style, grouped: bool, form: str) -> None:
    found = parse_amount(form.format(written(value, style, grouped=grouped)), style)
    assert found is not None
    assert found.value == (-value if form not in ("{}", "+{}") else value)
    assert found.signed == (form != "{}")


@pytest.mark.parametrize(
    ("text", "style", "value", "mark", "unit"),
    [
        ("$1,234.56", POINT, "1234.56", "", ""),
        ("US$ 39.99", POINT, "39.99", "", "USD"),
        ("-£5", POINT, "-5", "", "GBP"),
        ("£-5", POINT, "-5", "", "GBP"),
        ("1.234,56 €", COMMA, "1234.56", "", "EUR"),
        ("Rp 651.205", COMMA, "651205", "", "IDR"),
        ("₹1,23,456.00", POINT, "123456.00", "", "INR"),
        ("CHF 1’234.50", POINT, "1234.50", "", "CHF"),
        ("1 234,50", COMMA, "1234.50", "", ""),
        ("12.99 CR", POINT, "12.99", "credit", ""),
        ("12.99Dr", POINT, "12.99", "debit", ""),
        ("12,99 H", COMMA, "12.99", "credit", ""),
        ("12,99 S", COMMA, "12.99", "debit", ""),
        (".50", POINT, "0.50", "", ""),
        ("7.", POINT, "7", "", ""),
        ("EUR 12.00", POINT, "12.00", "", "EUR"),
    ],
)
def test_units_and_marks(text: str, style: Style, value: str, mark: str, unit: str) -> None:
    found = parse_amount(text, style)
    assert found is not None
    assert (found.value, found.mark, found.unit) == (Decimal(value), mark, unit)


NO_AMOUNTS = [
    *("", " ", "-", "()", "nan", "NaN", "sNaN", "inf", "-Infinity", "1e5", "1E+10", "-1E-1000000", "0x1A", "1_000", "--5", "+-5", "-5-"),
    *(
        "(-5)",
        "(5",
        "5)",
        "1.2.3",
        "1,2,3",
        "1,23",
        "12,34.5",
        "1,234,56",
        "twelve",
        "null",
        "5 5",
        "$5$",
        "1.5 USD EUR",
        "٣.٥٠",
        "５.００",
        "1²",
    ),
    "9" * 16,
    "1" * 33,
    "0" * 200_000,
]


@pytest.mark.parametrize("text", NO_AMOUNTS, ids=lambda t: t[:12])
def test_no_amounts(text: str) -> None:
    assert parse_amount(text, POINT) is None


@given(text=st.text(max_size=40))
def test_any_text_is_an_amount_or_none(text: str) -> None:
    for style in STYLES:
        found = parse_amount(text, style)
        assert found is None or (found.value.is_finite() and abs(found.value) < 10**15)


@given(text=st.text("0123456789.,' ", min_size=1, max_size=24))
def test_digits_are_never_changed(text: str) -> None:
    """Whatever the separators, the digits read are the digits printed."""
    for style in (POINT, COMMA):
        found = parse_number(text, style)
        if found is not None:
            printed = "".join(c for c in text if c.isdigit()).lstrip("0")
            assert "".join(c for c in f"{found:f}" if c.isdigit()).lstrip("0") == printed


@settings(max_examples=60)
@given(values=st.lists(VALUES, min_size=1, max_size=12), style=st.sampled_from([POINT, COMMA]), grouped=st.booleans())
def test_two_decimals_decide_the_style(values: list[Decimal], style: Style, grouped: bool) -> None:
    choice = decide_style([written(v, style, grouped=grouped) for v in values])
    assert choice is not None
    assert choice.certain
    assert [parse_amount(written(v, style, grouped=grouped), choice.style).value for v in values] == values  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("texts", "style", "certain"),
    [
        (["1,234"], POINT, False),
        (["1.234"], COMMA, False),
        (["1,234", "5.50"], POINT, True),
        (["1.234", "5,50"], COMMA, True),
        (["1.234", "0.500"], POINT, True),
        (["12", "7"], POINT, True),
        (["1,234,567"], POINT, True),
        (["words", "-"], POINT, True),
    ],
)
def test_a_style_is_decided_over_the_column(texts: list[str], style: Style, certain: bool) -> None:
    choice = decide_style(texts)
    assert choice is not None
    assert (choice.style, choice.certain) == (style, certain)


def test_contradicting_columns_have_no_style() -> None:
    assert decide_style(["1.234,56", "1,234.56"]) is None


def test_whole_units_make_a_mark_a_separator() -> None:
    choice = decide_style(["651.205"], whole_units=True)
    assert choice is not None
    assert (choice.style, choice.certain) == (COMMA, True)
