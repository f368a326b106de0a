"""Plain words for dates, rhythms and sums."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.model import Cadence
from analyzer.views import words

from .things import statement


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["2026-05-04"], "4 May 2026"),
        (["2026-05-04", "2026-06-04"], "4 May and 4 June 2026"),
        (["2025-12-29", "2026-01-28"], "29 December 2025 and 28 January 2026"),
        (["2025-11-28", "2025-12-29", "2026-01-28"], "28 November, 29 December 2025 and 28 January 2026"),
    ],
)
def test_each_year_is_named_once(days: list[str], said: str) -> None:
    assert words.days([date.fromisoformat(d) for d in days]) == said


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (["-39.99"], "$39.99"),
        (["-39.99", "-39.99"], "$39.99 each time"),
        (["-1.95", "-89.95"], "$1.95, then $89.95"),
        (["-1.95", "-89.95", "-89.95"], "$1.95, then $89.95 each time"),
        (["-3", "-2", "-5", "4"], "$2.00 to $5.00"),
        (["4"], ""),
    ],
)
def test_amounts(amounts: list[str], said: str) -> None:
    rows = statement([(f"2026-06-{i:02}", a, "X") for i, a in enumerate(amounts, 1)]).transactions
    assert words.amounts(rows, "USD") == said


@pytest.mark.parametrize(
    ("name", "days", "said"),
    [("monthly", 30.44, "every month"), ("4-weekly", 28, "every four weeks"), ("every-n-days", 45.2, "every 45 days")],
)
def test_rhythms(name: str, days: float, said: str) -> None:
    assert words.often(Cadence(name, days, 1, 0.9)) == said  # type: ignore[arg-type]


def test_every_kind_has_words() -> None:
    from typing import get_args

    from analyzer.model import FindingKind

    assert set(words.WHAT) == set(get_args(FindingKind))


@pytest.mark.parametrize(("text", "said"), [("done", "Done."), ("Done!", "Done!"), (" it is ", "It is."), ("", ".")])
def test_sentences(text: str, said: str) -> None:
    assert words.sentence(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("first on 2026-05-04.", "first on 4 May 2026."),
        ("2026-02-30 is no day", "2026-02-30 is no day"),
        ("ref 12026-05-041", "ref 12026-05-041"),
    ],
)
def test_iso_dates_in_words(text: str, said: str) -> None:
    assert words.plain_days(text) == said
