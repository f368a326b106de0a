"""Every layout is read exactly, and what cannot be proved says so."""

from __future__ import annotations

import dataclasses
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from analyzer.errors import StmtScanError
from analyzer.importers.pdf import reader, second
from analyzer.limits import DEFAULT

from . import bank_layouts, beside_layouts, more_layouts, odd_layouts, statement_layouts, wild_layouts
from .dress import DRESSES, worn
from .grammar import chosen, draw
from .layouts import MAKERS, Made

assert all((bank_layouts, beside_layouts, more_layouts, odd_layouts, statement_layouts, wild_layouts))
WORN = {name: sorted(DRESSES)[n % len(DRESSES)] for n, name in enumerate(sorted(MAKERS)) if name != "bold_twice_and_margin"}
"""Each layout is set in one other way as well; together they try all ways."""
LIMITS = dataclasses.asdict(DEFAULT)


def read(data: bytes, **options: Any) -> dict[str, Any]:
    """The reader itself, without a child."""
    return reader.read(data, None, LIMITS, {"today": "2026-06-28", **options})


def rows(answer: dict[str, Any]) -> Counter[tuple[str, Decimal]]:
    return Counter((d, Decimal(a)) for s in answer["statements"] for d, a in zip(s["posted"], s["amounts"], strict=True))


def truth(made: Made) -> Counter[tuple[str, Decimal]]:
    return Counter((d.isoformat(), a) for d, a in made.rows)


def exact(made: Made) -> None:
    if made.refused:
        with pytest.raises(StmtScanError):
            read(made.data)
        return
    answer = read(made.data)
    assert rows(answer) == truth(made)
    assert {s["reconciled"] for s in answer["statements"]} == ({True} if made.proved else {None})
    if not made.proved:
        assert "Unproven" in [w["class"] for w in answer["warnings"]]


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_rows_are_exact(name: str) -> None:
    exact(MAKERS[name](0))


@pytest.mark.parametrize("name", sorted(WORN))
def test_rows_are_exact_however_they_are_drawn(name: str) -> None:
    with worn(DRESSES[WORN[name]]):
        made = MAKERS[name](7)
    exact(made)


@pytest.mark.parametrize("seed", range(40))
def test_layouts_made_up_at_random(seed: int) -> None:
    exact(draw(chosen(seed), seed))


def damaged(kind: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader miss a row, or misread a digit of one, as if the file said so."""
    genuine = reader.lines_of
    done: list[int] = []

    def lines_of(page: Any, limits: Any) -> Any:
        lines = genuine(page, limits)
        dated = [i for i, line in enumerate(lines) if line.dates and line.dates[0].first < 3 and any(t.firm for t in line.amounts)]
        if not done and len(dated) > number:
            done.append(number)
            line = lines[dated[number]]
            if kind == "row":
                lines.remove(line)
            else:
                token = next(t for t in line.amounts if t.firm)
                at = next(i for i, c in enumerate(token.text) if c.isdigit())
                token.text = token.text[:at] + str(int(token.text[at]) % 9 + 1) + token.text[at + 1 :]
        return lines

    monkeypatch.setattr(reader, "lines_of", lines_of)
    monkeypatch.setattr(second, "check", lambda *_a, **_k: second.Opinion())


@pytest.mark.parametrize("kind", ["row", "digit"])
@pytest.mark.parametrize("name", sorted(set(MAKERS) - {"no_movement", "nothing_to_prove"}))
def test_a_lost_row_or_digit_is_never_silent(name: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = MAKERS[name](3)
    damaged(kind, 4, monkeypatch)
    try:
        answer = read(made.data)
    except StmtScanError:
        return
    told = answer["warnings"] or any(s["reconciled"] is False for s in answer["statements"])
    assert rows(answer) == truth(made) or told


def test_cards_of_one_statement_become_statements() -> None:
    answer = read(MAKERS["several_cards"](1).data)
    assert [s["number"][-4:] for s in answer["statements"]] == ["4242", "9191"]
    assert all("over all cards" in s["proof"] for s in answer["statements"])


def test_the_date_of_the_transaction_counts() -> None:
    made = MAKERS["posting_before_transaction"](2)
    assert rows(read(made.data)) == truth(made)


def test_texts_of_rows() -> None:
    made = MAKERS["uk_paid_in_out"](1)
    answer = read(made.data)
    assert [t for s in answer["statements"] for t in s["descriptor"]] == made.texts


def test_the_sign_option_decides() -> None:
    made = MAKERS["nothing_to_prove"](1)
    assert rows(read(made.data, sign="charge-positive")) == truth(made)


def test_a_year_that_is_not_printed_is_said() -> None:
    from .rawpdf import ROWS, body, one_page

    short = [(day[:5], text, amount) for day, text, amount in ROWS]
    answer = read(one_page(body(short, head=("EXAMPLE CREDIT CARD",))), date_order="mdy")
    assert answer["statements"][0]["posted"][0] == "2026-03-04"
    assert "AmbiguousDate" in [w["class"] for w in answer["warnings"]]
