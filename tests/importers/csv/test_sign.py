"""Which way money goes: a table of files, what speaks in them, and the answer."""

from __future__ import annotations

import pytest

from analyzer.errors import AmbiguousFormat
from tests.importers.csv.reading import read, rows, warned


def lines(*pairs: tuple[str, str]) -> str:
    return "Date,Description,Amount\n" + "".join(f"2024-01-{i + 13},{text},{amount}\n" for i, (text, amount) in enumerate(pairs))


TABLE = [
    ("charges negative", lines(*[("A", "-1.00")] * 3, *[("B", "-2.00")] * 3, ("C", "5.00")), "negative", False),
    ("too few rows to tell charges from payments", lines(("A", "-1.00"), ("B", "-2.00"), ("C", "5.00")), "negative", True),
    ("a card that prints charges positive", lines(("A", "1.00"), ("B", "2.00"), ("PAYMENT THANK YOU", "-5.00")), "positive", True),
    ("a salary beside charges", lines(("SALARY ACME", "900.00"), ("B", "-2.00")), "negative", False),
    ("mostly deposits, nothing said", lines(("A", "1.00"), ("B", "2.00"), ("C", "-5.00")), "negative", True),
    ("one odd word among many charges", lines(("THANK YOU CAFE", "-1.00"), *[("SHOP", "-2.00")] * 8), "negative", True),
    ("purchases without a sign", lines(("CARD PURCHASE A", "1.00"), ("CARD PURCHASE B", "2.00")), "positive", True),
    ("credits without a sign", lines(("SALARY", "1.00"), ("INTEREST PAID", "2.00")), "negative", True),
    ("explicit plus signs", lines(("A", "+1.00"), ("B", "+2.00")), "negative", True),
    ("one marked credit", lines(("A", "1.00"), ("B", "2.00"), ("C", "5.00 CR")), "marks", False),
]


@pytest.mark.parametrize(("name", "text", "wanted", "told"), TABLE, ids=[t[0] for t in TABLE])
def test_direction(name: str, text: str, wanted: str, told: bool) -> None:
    found = read(text)
    printed = [line.split(",")[2] for line in text.splitlines()[1:]]
    factor = {"negative": 1, "positive": -1, "marks": -1}[wanted]
    expected = [float(p.split()[0]) * (1 if p.endswith("CR") else factor) for p in printed]
    assert [float(a) for _, a in rows(found)] == expected
    assert any(type(w).__name__ == "AmbiguousSign" for w in warned(found)) is told


@pytest.mark.parametrize(
    "text",
    [
        lines(("A", "1.00"), ("B", "2.00")),
        lines(("CARD PURCHASE", "1.00"), ("PAYMENT RECEIVED", "2.00")),
    ],
)
def test_no_direction_is_asked_for(text: str) -> None:
    with pytest.raises(AmbiguousFormat, match=r"--sign charge-positive|--profile"):
        read(text)
    assert [a for _, a in rows(read(text, sign="charge-positive"))] == ["-1", "-2"]
    assert [a for _, a in rows(read(text, sign="charge-negative"))] == ["1", "2"]


def test_the_balance_decides() -> None:
    text = "Date,Description,Amount,Balance\n2024-01-15,A,10.00,90.00\n2024-01-16,B,30.00,120.00\n2024-01-17,C,20.00,100.00\n"
    found = read(
        "Opening balance,,,100.00\n"
        + text.replace("A,10.00", "A,100.00")
        .replace("90.00", "100.00")
        .replace("120.00", "130.00")
        .replace("C,20.00,100.00", "C,20.00,110.00")
    )
    assert rows(found) == [("2024-01-15", "100"), ("2024-01-16", "30"), ("2024-01-17", "-20")]
    assert found[0].reconciled is True


def test_flags_that_contradict_the_signs_are_refused() -> None:
    text = "Date,Description,Amount,D/C\n2024-01-15,A,-1.00,D\n2024-01-16,B,-2.00,C\n2024-01-17,C,3.00,D\n2024-01-18,E,4.00,C\n"
    with pytest.raises(AmbiguousFormat, match=r"contradict each other: .*--sign"):
        read(text)
    assert [a for _, a in rows(read(text, sign="charge-negative"))] == ["-1", "-2", "3", "4"]
