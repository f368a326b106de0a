"""Which charges are meant: by id, by name, by the holder's word; never by a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analyzer.disputes import choose
from analyzer.disputes.details import Details
from analyzer.errors import UsageError
from analyzer.model import Findings
from disputes.cards import DAY, FEE, charge_finding, statement, story


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return pd.concat([s.frame for s in story()], ignore_index=True)


@pytest.fixture(scope="module")
def findings() -> Findings:
    fee = charge_finding(story())
    other = charge_finding(story(), "QUIET CLINIC 88", kind="unrecognized-recurring", merchant="Quiet Clinic")
    weak = replace(charge_finding(story(), "AMZN MKTP US*1003X WA", kind="unusual-amount", merchant="Amazon Marketplace order"), score=0.2)
    return Findings((fee, other, weak))


def chosen(target: str, findings: Findings, frame: pd.DataFrame, **said):
    return choose.finding(target, findings, frame, Details(**said))


def test_by_the_start_of_an_id(findings: Findings, frame: pd.DataFrame) -> None:
    for f in findings:
        assert chosen(f.id[:6], findings, frame) is f
        assert chosen(f.id.upper(), findings, frame) is f


@pytest.mark.parametrize("target", ["Amazon", "amazon selling", "SELLER REPAY", " amazon  selling fees "])
def test_by_name_the_finding_worth_a_look_goes_before_the_others(target: str, findings: Findings, frame: pd.DataFrame) -> None:
    assert chosen(target, findings, frame) is findings[0]


def test_a_finding_whose_charges_a_better_one_holds_is_no_second_one(frame: pd.DataFrame) -> None:
    fee = charge_finding(story())
    same = replace(fee, kind="unrecognized-recurring", score=0.7)
    assert chosen("amazon", Findings((same, fee)), frame) is fee


def test_two_findings_of_one_name_are_listed(findings: Findings, frame: pd.DataFrame) -> None:
    twin = replace(findings[1], merchant="Amazon Prime")
    with pytest.raises(UsageError, match="2 findings are meant") as caught:
        chosen("amazon", Findings((findings[0], twin)), frame)
    assert findings[0].id[:6] in str(caught.value)
    assert twin.id[:6] in str(caught.value)


def test_charges_without_a_finding_can_be_disputed(frame: pd.DataFrame) -> None:
    found = chosen("love hotel", Findings(), frame, situation="duplicate")
    assert (len(found.transactions), found.category, found.kind) == (14, "duplicate", "duplicate-charge")
    assert chosen("love hotel", Findings(), frame).category == "unauthorized"


def test_a_listed_seller_fee_stays_one(frame: pd.DataFrame) -> None:
    assert chosen("seller repay", Findings(), frame, situation="unauthorized").kind == "seller-fee"


def test_only_charges_after_the_cancellation(frame: pd.DataFrame) -> None:
    found = chosen("love hotel", Findings(), frame, situation="cancelled-recurring", cancellation_date=date(2026, 4, 30))
    assert [t.posted.month for t in found.transactions] == [5, 6]
    with pytest.raises(UsageError, match="no charge is later"):
        chosen("love hotel", Findings(), frame, situation="cancelled-recurring", cancellation_date=DAY)


@pytest.mark.parametrize("target", ["no such shop", "", "***", "(a+)+$", "x' or amount < 0", "{0}"])
def test_nothing_of_that_name(target: str, frame: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="no finding and no charge"):
        chosen(target, Findings(), frame)


def test_several_merchants_of_one_name_are_listed() -> None:
    found = statement([(DAY, -100, "SHOP ONE"), (DAY, -200, "SHOP TWO")])
    with pytest.raises(UsageError, match="2 merchants are meant: Shop One, Shop Two"):
        chosen("shop", Findings(), found.frame)


def test_one_dispute_is_for_one_card() -> None:
    one, two = statement([(DAY, -100, FEE)]), statement([(DAY, -100, FEE)], number="400012XXXXXX9999")
    with pytest.raises(UsageError, match="charged on"):
        chosen("amazon", Findings(), pd.concat([one.frame, two.frame], ignore_index=True))


def test_a_statement_without_charges_has_none_of_any_merchant(frame: pd.DataFrame) -> None:
    with pytest.raises(UsageError):
        chosen("ANYTHING", Findings(()), frame.iloc[:0])


def test_a_number_that_was_typed_is_not_shown_in_full(findings: Findings, frame: pd.DataFrame) -> None:
    with pytest.raises(UsageError) as caught:
        chosen("TO 90 8172 6354 4242", findings, frame)
    assert "8172" not in str(caught.value)
