"""Rows that are not booked are never counted as such; rows that only the balances tell are taken on their proof alone."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from analyzer.errors import StmtScanError
from analyzer.importers.pdf.accounts import account_in

from .layouts import MAKERS, Made, Sheet, account, money, point
from .statement_layouts import END, JAN, not_booked
from .test_layouts import read


def of_status(answer: dict[str, Any], status: str) -> Counter[tuple[str, Decimal]]:
    return Counter(
        (d, Decimal(a))
        for s in answer["statements"]
        for d, a, told in zip(s["posted"], s["amounts"], s["status"], strict=True)
        if told == status
    )


def counted(rows: list[tuple[Any, Decimal]]) -> Counter[tuple[str, Decimal]]:
    return Counter((d.isoformat(), a) for d, a in rows)


@pytest.mark.parametrize("prove", [True, False])
def test_pending_rows_are_pending_and_reverted_ones_left_out(prove: bool) -> None:
    made, pending = not_booked(3, prove=prove)
    answer = read(made.data)
    assert of_status(answer, "pending") == counted(pending)
    if prove:
        assert of_status(answer, "posted") == counted(made.rows)
        assert [s["reconciled"] for s in answer["statements"]] == [True]
    assert any("PIZZA DELIVERY" in w["what"] for w in answer["warnings"])


@pytest.mark.parametrize("name", ["texts_above_and_below", "value_days_amid_texts", "posting_day_alone", "rest_of_the_day_below"])
def test_texts_keep_what_stands_beside_the_amounts(name: str) -> None:
    made = MAKERS[name](5)
    answer = read(made.data)
    assert [t for s in answer["statements"] for t in s["descriptor"]] == made.texts


def fees(broken: int) -> Made:
    """Money in, money out, a fee and a balance; `broken` cents are missing from one balance on."""
    rng = random.Random(8)
    at = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, "Account Statement  From Date: 01/01/2025  To Date: 31/01/2025   ZAR"))
    s.line((40, "Opening Balance: R" + point(at)))
    s.line((40, "Date"), (110, "Description"), (340, "Money In", "r"), (410, "Money Out", "r"), (470, "Fee*", "r"), (550, "Balance", "r"))
    truth = []
    for n, (d, a, t) in enumerate(account(rng, JAN, END, 12)):
        at += a - (Decimal("7.50") if n % 3 == 1 else 0)
        truth += [(d, a), *([(d, Decimal("-7.50"))] if n % 3 == 1 else [])]
        shown = at - Decimal(broken).scaleb(-2) if n == 6 else at
        cells = [(40, f"{d:%d/%m/%Y}"), (110, t), (410 if a < 0 else 340, point(a), "r"), (550, point(shown), "r")]
        s.line(*cells, *([(470, "-7.50", "r")] if n % 3 == 1 else []))
    return Made(s.done(), truth)


def test_a_fee_of_a_column_is_a_row_with_the_name_of_the_column() -> None:
    made = fees(0)
    (told,) = read(made.data)["statements"]
    assert Counter(zip(told["posted"], map(Decimal, told["amounts"]), strict=True)) == counted(made.rows)
    assert told["reconciled"] is True
    named = [t for t, a in zip(told["descriptor"], told["amounts"], strict=True) if a == "-7.50"]
    assert named
    assert all(t.endswith(" Fee") for t in named)


def test_a_fee_that_the_balance_does_not_prove_is_refused() -> None:
    with pytest.raises(StmtScanError):
        read(fees(1).data)


def test_interest_without_a_day_says_so() -> None:
    answer = read(MAKERS["interest_without_a_day"](2).data)
    assert any("prints no day" in w["what"] for w in answer["warnings"])


@pytest.mark.parametrize("note", ["Pending transactions", "Pending transactions are not on this statement."])
def test_rows_that_the_balances_count_are_booked_whatever_stands_above_them(note: str) -> None:
    rng = random.Random(4)
    rows = account(rng, JAN, END, 12)
    at = money(rng, 100000, 300000)
    s = Sheet()
    s.line((40, "Account Statement 01/01/2025 to 31/01/2025   GBP"))
    s.line((40, note))
    s.line((40, "Date"), (110, "Description"), (340, "Money In", "r"), (410, "Money Out", "r"), (550, "Balance", "r"))
    s.line((110, "Opening balance"), (550, point(at), "r"))
    for n, (d, a, t) in enumerate(rows):
        at += a
        if n == 6:
            s.line((40, note))
        s.line((40, f"{d:%d/%m/%Y}"), (110, t), (410 if a < 0 else 340, point(abs(a)), "r"), (550, point(at), "r"))
    answer = read(s.done())
    assert of_status(answer, "posted") == counted([(d, a) for d, a, _ in rows])
    assert not of_status(answer, "pending")


def test_the_word_behind_an_iban_is_no_part_of_it() -> None:
    assert account_in("IBAN LT12 3250 0000 0000 0001 BIC REVOLT21") == "LT12 3250 0000 0000 0001"
    assert account_in("IBAN DE89 3704 0044 0532 0130 00") == "DE89 3704 0044 0532 0130 00"
