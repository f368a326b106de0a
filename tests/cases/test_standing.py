"""What the statements show of a case, as a table: rows of the card → charged again, refund state, what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analyzer.cases.standing import Standing, assess
from analyzer.cases.steps import steps
from tests.cases.things import FEE, SHOP, card, event, incident, rows_of
from tests.ledger.making import statement

MAY, JUNE = ("2026-05-04", "-661507", FEE), ("2026-06-04", "-654196", FEE)
MILK = ("2026-06-20", "-20000", SHOP)


def standing(*rows: tuple[str, str, str], as_of: str = "2026-07-31", first: int = 1, **changes: Any) -> Standing:
    frame = rows_of(*rows)
    return assess(incident(frame, first=first, **changes), frame, as_of=date.fromisoformat(as_of))


TABLE: dict[str, tuple[list[tuple[str, str, str]], int, list[str], str, int]] = {
    # rows, charges in the case, charged again on, refund state, missing in rupiah
    "nothing since": ([MAY, MILK], 1, [], "none", 661507),
    "charged again": ([MAY, JUNE], 1, ["2026-06-04"], "none", 1315703),
    "both in the case": ([MAY, JUNE], 2, [], "none", 1315703),
    "refund in full": ([MAY, ("2026-06-22", "661507", FEE)], 1, [], "full", 0),
    "first of two refunded": ([MAY, JUNE, ("2026-06-22", "661507", FEE)], 2, [], "part", 654196),
    "both refunded": ([MAY, JUNE, ("2026-06-22", "661507", FEE), ("2026-07-06", "654196", FEE)], 2, [], "full", 0),
    "refund of both in one sum": ([MAY, JUNE, ("2026-07-06", "1315703", FEE)], 2, [], "full", 0),
    "a part of one": ([MAY, ("2026-06-22", "300000", FEE)], 1, [], "part", 361507),
    "another exchange rate": ([MAY, ("2026-06-22", "650000", FEE)], 1, [], "near", 11507),
    "with fees": ([MAY, ("2026-06-22", "686507", FEE)], 1, [], "more", 0),
    "from the issuer": ([MAY, ("2026-06-22", "661507", "PROVISIONAL CREDIT DISPUTE 4711")], 1, [], "full", 0),
    "from the merchant's family": ([MAY, ("2026-06-22", "661507", "AMAZON RETURNS")], 1, [], "full", 0),
    "only the amount fits": ([MAY, ("2026-06-22", "661507", "TRANSFER FROM RATNA")], 1, [], "none", 661507),
    "another amount from the issuer": ([MAY, ("2026-06-22", "100000", "ADJUSTMENT")], 1, [], "none", 661507),
    "money before the charge": ([("2026-04-22", "661507", FEE), MAY], 1, [], "none", 661507),
    "a refund and a new charge": ([MAY, ("2026-06-22", "661507", FEE), ("2026-07-04", "-660000", FEE)], 1, ["2026-07-04"], "part", 660000),
}


@pytest.mark.parametrize("name", TABLE)
def test_standings(name: str) -> None:
    rows, first, again, state, missing = TABLE[name]
    s = standing(*rows, first=first)
    assert ([t.posted.isoformat() for t in s.charged_again], s.state, s.missing) == (again, state, missing * 100)


def test_a_refund_that_is_only_possible_is_named_as_such() -> None:
    s = standing(MAY, ("2026-06-22", "661507", "TRANSFER FROM RATNA"))
    assert "may be one" in s.refund_words()


def test_an_equal_purchase_in_the_family_makes_a_family_refund_doubtful() -> None:
    s = standing(MAY, ("2026-05-10", "-661507", "AMAZON RETAIL"), ("2026-06-22", "661507", "AMAZON REFUND"))
    assert s.state == "none"


def test_each_refund_answers_one_charge() -> None:
    twins = [("2026-05-04", "-661507", FEE), ("2026-06-04", "-661507", FEE)]
    s = standing(*twins, ("2026-06-22", "661507", FEE), first=2)
    assert [a.credit is not None for a in s.answers] == [True, False]
    assert [t.posted.isoformat() for t in s.unanswered] == ["2026-06-04"]


def test_genuine_twins_on_one_day_stay_two() -> None:
    s = standing(MAY, MAY, first=1)
    assert len(s.found.earlier) + len(s.charged_again) == 1


def test_ordinary_shopping_at_the_merchant_is_not_charged_again() -> None:
    rows = [
        ("2026-03-01", "-100000", SHOP),
        ("2026-05-04", "-661507", SHOP),
        ("2026-06-01", "-50000", SHOP),
        ("2026-06-04", "-650000", SHOP),
    ]
    frame = rows_of(*rows)
    case = incident(frame[frame["minor"] < -50000000], SHOP, first=1)
    s = assess(case, frame, as_of=date(2026, 7, 1))
    assert [t.posted.isoformat() for t in s.charged_again] == ["2026-06-04"], "near the amount of the charge in the case"


def test_returns_of_other_purchases_there_are_not_the_refund() -> None:
    rows = [("2026-03-01", "-100000", SHOP), ("2026-05-04", "-661507", SHOP), ("2026-06-01", "100000", SHOP)]
    frame = rows_of(*rows)
    case = incident(frame[frame["minor"] < -50000000], SHOP)
    assert assess(case, frame, as_of=date(2026, 7, 1)).state == "none"


@pytest.mark.parametrize("category", ["duplicate", "incorrect-amount"])
def test_where_only_a_part_is_asked_back_later_charges_are_not_more_of_it(category: str) -> None:
    s = standing(MAY, JUNE, ("2026-06-22", "10000", FEE), category=category, claim_minor=1000000)
    assert s.charged_again == ()
    assert s.claim == 1000000
    assert s.state == "full"


def test_pending_rows_are_seen_but_not_counted() -> None:
    made = statement([("2026-05-04", "-661507", FEE), ("2026-07-04", "-660000", FEE, None, "pending")], currency="IDR")
    s = assess(incident(made.frame), made.frame, as_of=date(2026, 7, 5))
    assert s.charged_again == ()
    assert len(s.found.pending) == 1


def test_other_accounts_are_not_looked_at() -> None:
    frame = rows_of(MAY)
    case = incident(frame)
    other = rows_of(JUNE, number="700012349999")
    s = assess(case, other, as_of=date(2026, 7, 1))
    assert (s.found.covered, s.charged_again) == (False, ())
    assert "No statement of this account" in s.refund_words()


def test_of_two_accounts_with_the_same_last_digits_the_one_with_the_charges_counts() -> None:
    from analyzer.ledger.identity import union

    mine, theirs = card([MAY, JUNE]), card([("2026-06-04", "-1000", FEE)], name="b.ofx", number="800099994242")
    both = union([mine, theirs])[0]
    assert both["account"].nunique() == 2
    s = assess(incident(mine.frame), both, as_of=date(2026, 7, 1))
    assert [t.minor for t in s.charged_again] == [-65419600]


def test_an_account_that_is_named_later_is_still_the_cases() -> None:
    from analyzer.ledger.identity import union

    bare = card([MAY], number="", form="csv", name="a.csv")
    case = incident(bare.frame)
    assert case.account == "unknown"
    named = union([card([MAY, JUNE])])[0]
    s = assess(case, named, as_of=date(2026, 7, 1))
    assert [t.posted.isoformat() for t in s.charged_again] == ["2026-06-04"]


PROMISED = "refund-promised"


@pytest.mark.parametrize(
    ("as_of", "rows", "overdue"),
    [
        ("2026-07-08", [], False),
        ("2026-07-09", [], True),
        ("2026-07-09", [("2026-07-06", "661507", FEE)], False),
        ("2026-07-09", [("2026-07-06", "300000", FEE)], True),
    ],
)
def test_a_promised_refund_is_overdue_after_its_day(as_of: str, rows: list[tuple[str, str, str]], overdue: bool) -> None:
    s = standing(MAY, *rows, as_of=as_of, events=[event("2026-06-08", PROMISED, expect_on=date(2026, 7, 8))])
    assert bool(s.overdue) is overdue


def test_without_a_named_day_a_promise_has_thirty_days_and_says_so() -> None:
    (promise,) = standing(MAY, events=[event("2026-06-08", PROMISED)]).promises
    assert (promise.by, promise.assumed, promise.minor) == (date(2026, 7, 8), True, 66150700)


def test_two_promises_share_the_refunds() -> None:
    events = [
        event("2026-06-08", PROMISED, expect_minor=66150700, expect_on=date(2026, 6, 30)),
        event("2026-06-08", PROMISED, expect_minor=65419600, expect_on=date(2026, 7, 30)),
    ]
    s = standing(MAY, JUNE, ("2026-06-22", "654196", FEE), first=2, events=events, as_of="2026-07-15")
    assert [(p.came, p.missing) for p in s.promises] in ([(65419600, 731100), (0, 65419600)], [(0, 66150700), (65419600, 0)])
    assert s.missing == 66150700


def test_a_refund_before_the_promise_is_not_promised_again() -> None:
    s = standing(MAY, JUNE, ("2026-06-07", "661507", FEE), first=2, events=[event("2026-06-08", PROMISED)])
    assert s.promises[0].minor == 65419600


def test_what_nobody_did_because_the_refund_came_first_is_not_called_done() -> None:
    frame = rows_of(("2026-05-04", "-661507", FEE), ("2026-06-22", "661507", FEE))
    spared = {s.key for s in steps(assess(incident(frame), frame, as_of=date(2026, 7, 1))) if s.spared}
    assert spared == {"send-dispute", "refund-promised"}
    written = incident(frame, events=[event("2026-06-09", "letter")])
    assert {s.key for s in steps(assess(written, frame, as_of=date(2026, 7, 1))) if s.spared} == {"refund-promised"}
