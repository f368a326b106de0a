"""Deadlines per charge: from the right day, the earliest that is open, and honest about what was assumed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from analyzer.disputes import deadlines
from analyzer.errors import UsageError
from disputes.cards import DAY, FEE, charge_finding, statement

CHARGED = date(2026, 6, 4)
ISSUED = date(2026, 6, 14)
MONTH = [(CHARGED, -3999, FEE)]


def june(currency: str = "USD", kind: str | None = "credit"):
    return statement(MONTH, start=date(2026, 5, 15), end=ISSUED, currency=currency, kind=kind)


@pytest.mark.parametrize(
    ("currency", "kind", "situation", "due", "rule"),
    [
        ("USD", "credit", "unauthorized", ISSUED + timedelta(days=60), "regz-1026.13b-notice"),
        ("USD", "credit", "duplicate", ISSUED + timedelta(days=60), "regz-1026.13b-notice"),
        ("USD", "bank", "unauthorized", ISSUED + timedelta(days=60), "rege-1005.11b-notice"),
        ("IDR", "credit", "unauthorized", ISSUED + timedelta(days=30), "issuer-sanggahan"),
        ("GBP", "credit", "unauthorized", date(2027, 7, 4), "psr2017-unauth-notify"),
        ("GBP", "credit", "duplicate", CHARGED + timedelta(days=90), None),
        ("EUR", "credit", "unauthorized", date(2027, 7, 4), "psd2-71"),
        ("EUR", "credit", "duplicate", CHARGED + timedelta(days=90), "mastercard-4834-duplicate"),
        ("INR", "credit", "unauthorized", date(2026, 6, 9), "rbi2017-zero"),
        ("AUD", "credit", "unauthorized", CHARGED + timedelta(days=120), "visa-10.4"),
        ("SGD", "credit", "unauthorized", CHARGED + timedelta(days=120), "visa-10.4"),
        ("CAD", "credit", "unauthorized", CHARGED + timedelta(days=120), "visa-10.4"),
        ("CHF", "credit", "unauthorized", CHARGED + timedelta(days=120), "visa-10.4"),
    ],
)
def test_the_limit_of_each_place(currency: str, kind: str, situation: str, due: date, rule: str | None) -> None:
    found = june(currency, kind)
    clock = deadlines.assess(charge_finding([found]), [found], as_of=date(2026, 6, 5), situation=situation)  # type: ignore[arg-type]
    if rule is None:  # the retailer-first practice has 120 days, a duplicate's shortest network window 90
        assert {w.due for w in clock.charges[0].windows} == {due, CHARGED + timedelta(days=120)}
        return
    assert (clock.earliest, clock.rule_id) == (due, rule)


def test_the_day_to_act_by_is_the_earliest_window_still_open() -> None:
    found = june("GBP")
    clock = deadlines.assess(charge_finding([found]), [found], as_of=DAY)
    first = deadlines.act_by(clock.charges)
    assert clock.earliest == date(2027, 7, 4)
    assert first is not None
    assert (first.due, first.rule.id) == (CHARGED + timedelta(days=120), "visa-10.4")
    late = deadlines.act_by(deadlines.assess(charge_finding([found]), [found], as_of=date(2026, 12, 1)).charges)
    assert late is not None
    assert late.due == date(2027, 7, 4)


def test_the_assumption_about_the_place_is_said_and_an_option_replaces_it() -> None:
    found = june("GBP")
    finding = charge_finding([found])
    assert any("United Kingdom" in s for s in deadlines.assess(finding, [found], as_of=DAY).assumptions)
    told = deadlines.assess(finding, [found], as_of=DAY, jurisdiction="US", instrument="credit")
    assert told.rule_id == "regz-1026.13b-notice"
    assert not any("United" in s for s in told.assumptions)
    assert any("No law is known" in s for s in deadlines.assess(charge_finding([june("CHF")]), [], as_of=DAY).assumptions)


def test_words_that_are_no_place_are_refused() -> None:
    with pytest.raises(UsageError, match="jurisdiction"):
        deadlines.assess(charge_finding([june()]), [], as_of=DAY, jurisdiction="ZZ")
    with pytest.raises(UsageError, match="instrument"):
        deadlines.assess(charge_finding([june()]), [], as_of=DAY, instrument="gold")


def test_it_counts_from_the_first_statement_that_carries_the_charge() -> None:
    first = june()
    later = statement(MONTH, "again.ofx", start=date(2026, 5, 20), end=date(2026, 6, 20))
    for order in ([first, later], [later, first]):
        clock = deadlines.assess(charge_finding([later]), order, as_of=DAY)
        assert clock.charges[0].statement_date == ISSUED


def test_a_statement_of_another_account_does_not_count() -> None:
    other = statement(MONTH, "other.ofx", start=date(2026, 5, 1), end=date(2026, 6, 5), number="400012XXXXXX9999")
    clock = deadlines.assess(charge_finding([june()]), [june(), other], as_of=DAY)
    assert clock.charges[0].statement_date == ISSUED


@pytest.mark.parametrize("period", [(None, None), (date(2025, 5, 1), date(2026, 6, 28)), (date(2026, 5, 1), date(2026, 6, 3))])
def test_without_a_statement_date_it_counts_from_the_charge_and_says_so(period: tuple[date | None, date | None]) -> None:
    found = statement(MONTH, start=period[0], end=period[1], currency="IDR")
    clock = deadlines.assess(charge_finding([found]), [found], as_of=CHARGED)
    assert clock.earliest == CHARGED + timedelta(days=30)
    assert any("date of the statement is not known" in s for s in clock.assumptions)


def test_what_is_not_verified_says_so() -> None:
    clock = deadlines.assess(charge_finding([june("IDR")]), [june("IDR")], as_of=DAY)
    assert any("not fully verified" in s for s in clock.assumptions)


def test_a_passed_deadline_is_passed_and_the_next_open_window_governs() -> None:
    found = june("IDR")
    clock = deadlines.assess(charge_finding([found]), [found], as_of=ISSUED + timedelta(days=31))
    window = next(w for w in clock.charges[0].windows if w.rule.id == "issuer-sanggahan")
    assert window.passed
    assert window.days_left(clock.as_of) == -1
    assert clock.rule_id == "visa-10.4"
    assert not deadlines.assess(charge_finding([found]), [found], as_of=ISSUED + timedelta(days=30)).charges[0].windows[0].passed


def test_when_all_has_passed_the_last_window_is_named_as_passed() -> None:
    clock = deadlines.assess(charge_finding([june()]), [june()], as_of=date(2028, 1, 1))
    assert clock.charges[0].passed
    assert clock.governing is not None
    assert clock.governing.passed


def test_a_series_is_timed_charge_by_charge_and_the_earliest_open_one_wins() -> None:
    rows = [(date(2026, m, 4), -3999, FEE) for m in (1, 2, 3, 4, 5, 6)]
    months = [statement([r], f"{r[0].month}.ofx", start=r[0].replace(day=1), end=r[0].replace(day=25)) for r in rows]
    clock = deadlines.assess(charge_finding(months), months, as_of=DAY)
    due = [next(w.due for w in c.windows if w.rule.id == "regz-1026.13b-notice") for c in clock.charges]
    assert due == [date(2026, m, 25) + timedelta(days=60) for m in (1, 2, 3, 4, 5, 6)]
    assert clock.earliest == min(c.governing.due for c in clock.charges if c.governing and not c.governing.passed)
    assert clock.earliest >= DAY


def test_india_by_date_and_by_working_day() -> None:
    friday = statement([(date(2026, 12, 31), -100000, FEE)], currency="INR")
    new = statement([(date(2027, 1, 1), -100000, FEE)], currency="INR")
    old = deadlines.assess(charge_finding([friday]), [friday], as_of=date(2026, 12, 31))
    assert (old.earliest, old.rule_id) == (date(2027, 1, 5), "rbi2017-zero")
    assert any("Monday to Friday" in s for s in old.assumptions)
    late = deadlines.assess(charge_finding([friday]), [friday], as_of=date(2027, 1, 6))
    assert (late.earliest, late.rule_id) == (date(2027, 1, 11), "rbi2017-limited")
    changed = deadlines.assess(charge_finding([new]), [new], as_of=date(2027, 1, 2))
    assert (changed.earliest, changed.rule_id) == (date(2027, 1, 6), "rbi2026-report")


def test_a_refund_note_starts_its_window() -> None:
    found = june("CHF")
    finding = charge_finding([found], category="credit-not-processed")
    noted = deadlines.assess(finding, [found], as_of=DAY, refund_promised=date(2026, 6, 20))
    assert noted.earliest == date(2026, 6, 20) + timedelta(days=120)
    assert deadlines.assess(finding, [found], as_of=DAY).earliest == CHARGED + timedelta(days=120)


def test_an_unknown_window_is_not_made_up() -> None:
    found = june("CHF")
    clock = deadlines.assess(charge_finding([found], category="misrepresentation"), [found], as_of=DAY)
    assert clock.earliest is None
    assert clock.rule_id is None
    assert any("ask the issuer today" in s for s in clock.assumptions)


@pytest.mark.parametrize(
    ("start", "limit", "unit", "due"),
    [
        (date(2026, 1, 31), 1, "months", date(2026, 2, 28)),
        (date(2027, 11, 30), 3, "months", date(2028, 2, 29)),
        (date(2026, 12, 4), 13, "months", date(2028, 1, 4)),
        (date(2024, 2, 29), 1, "years", date(2025, 2, 28)),
        (date(2026, 6, 26), 1, "business-days", date(2026, 6, 29)),
        (date(2026, 6, 27), 1, "business-days", date(2026, 6, 29)),
        (date(2026, 6, 28), 60, "days", date(2026, 8, 27)),
        (date(2026, 6, 28), 8, "weeks", date(2026, 8, 23)),
        (date(2026, 6, 28), 24, "hours", date(2026, 6, 29)),
    ],
)
def test_adding_a_limit(start: date, limit: int, unit: str, due: date) -> None:
    assert deadlines.add(start, limit, unit) == due


def test_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(ValueError, match="fortnights"):
        deadlines.add(DAY, 1, "fortnights")


def test_refunds_are_no_charges() -> None:
    found = statement([*MONTH, (date(2026, 6, 9), 3999, FEE)], end=ISSUED, start=date(2026, 5, 15))
    finding = charge_finding([found])
    both = type(finding)(**{**finding.__dict__, "transactions": found.transactions})
    assert len(deadlines.assess(both, [found], as_of=DAY).charges) == 1
