from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from analyzer.cases.opening import as_finding, followed_by, further, incident_of
from analyzer.errors import UsageError
from analyzer.escape import luhn
from analyzer.ledger import incidents
from analyzer.ledger.store import Ledger
from tests.cases.test_check import finding
from tests.cases.things import FEE, event, incident, rows_of

MAY, JUNE = ("2026-05-04", "-661507", FEE), ("2026-06-04", "-654196", FEE)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.db") as made:
        yield made


def test_what_is_stored_comes_back(ledger: Ledger) -> None:
    given = incident(rows_of(MAY, JUNE), first=2, jurisdiction="ID", instrument="credit")
    stored = incidents.begin(ledger, given)
    assert stored == given
    incidents.log(ledger, 1, event("2026-06-09", "call", "asked for a refund", whom="merchant"))
    incidents.log(ledger, 1, event("2026-06-08", "refund-promised", "by July", expect_on=date(2026, 7, 8), expect_minor=66150700))
    (again,) = incidents.every(ledger)
    assert [e.kind for e in again.events] == ["refund-promised", "call"]
    assert again.events[0].expect_minor == 66150700
    assert incidents.get(ledger, 1) == again


def test_it_survives_closing_the_file(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.db") as first:
        incidents.begin(first, incident(rows_of(MAY)))
    with Ledger(tmp_path / "l.db") as second:
        assert len(incidents.every(second)) == 1
        incidents.close(second, 1, date(2026, 8, 1), unfinished="the refund")
    with Ledger(tmp_path / "l.db") as third:
        assert incidents.every(third, still_open=True) == []
        assert incidents.get(third, 1).closing == "the refund"


def test_unknown_numbers_and_empty_texts_are_refused(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="no case 7"):
        incidents.get(ledger, 7)
    incidents.begin(ledger, incident(rows_of(MAY)))
    for text in ("", "  \n ", "x" * 2_001):
        with pytest.raises(UsageError):
            incidents.log(ledger, 1, event("2026-06-08", text=text))
    with pytest.raises(UsageError):
        incidents.log(ledger, 2, event("2026-06-08"))


def test_no_card_number_is_kept(ledger: Ledger) -> None:
    number = next(n for n in (f"400012345678{i:04}" for i in range(10_000)) if luhn(n))
    frame = rows_of(MAY)
    incidents.begin(ledger, incident(frame, merchant=f"SHOP {number}"))
    incidents.log(ledger, 1, event("2026-06-08", text=f"read them {number}"))
    assert number.encode() not in ledger.file.read_bytes()
    assert incidents.get(ledger, 1).events[0].text == f"read them ...{number[-4:]}"


def test_hostile_texts_are_data(ledger: Ledger) -> None:
    text = "x'); DROP TABLE incidents; -- \ud800 {0.__class__}"
    incidents.begin(ledger, incident(rows_of(MAY)))
    incidents.log(ledger, 1, event("2026-06-08", text=text))
    assert "DROP TABLE" in incidents.get(ledger, 1).events[0].text


def test_a_log_entry_is_stored_whole_or_not_at_all(ledger: Ledger) -> None:
    incidents.begin(ledger, incident(rows_of(MAY)))

    def stop() -> None:
        with ledger.writing() as connection:
            connection.execute("UPDATE incidents SET closed = '2026-07-01'")
            connection.execute("DELETE FROM incident_charges")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()
    assert incidents.get(ledger, 1).closed is None
    assert len(incidents.get(ledger, 1).charges) == 1


def test_a_second_opening_adds_the_charges_that_are_new(ledger: Ledger) -> None:
    frame = rows_of(MAY, JUNE)
    stored = incidents.begin(ledger, incident(frame))
    again = finding(frame, [0, 1])
    known = followed_by(incidents.every(ledger), again)
    assert known == stored
    more, claim = further(stored, again)
    assert [c.transaction.posted.isoformat() for c in more] == ["2026-06-04"]
    wide = incidents.widen(ledger, 1, more, claim)
    assert wide.claim_minor == 131570300
    assert further(wide, again) == ((), 131570300)


def test_another_card_or_merchant_is_another_case(ledger: Ledger) -> None:
    frame = rows_of(MAY)
    incidents.begin(ledger, incident(frame))
    every = incidents.every(ledger)
    assert followed_by(every, finding(frame, [0], account="...9999")) is None
    assert followed_by(every, finding(rows_of(("2026-06-04", "-5", "OTHER")), [0])) is None


def test_only_what_was_too_much_is_asked_back_for_a_duplicate() -> None:
    from decimal import Decimal

    frame = rows_of(MAY, MAY)
    twice = finding(frame, [0, 1], kind="duplicate-charge", category="duplicate", amount_at_risk=Decimal(661507))
    made = incident_of(twice, opened=date(2026, 6, 8), deadlines={})
    assert made.claim_minor == 66150700
    assert len(made.charges) == 2


def test_a_finding_made_of_a_case_keeps_its_charges() -> None:
    case = incident(rows_of(MAY, JUNE), first=2)
    made = as_finding(case, case.transactions)
    assert (made.kind, made.category, str(made.amount_at_risk)) == ("seller-fee", "unauthorized", "1315703.00")


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [("...4242", "...4242#a1b2", True), ("...4242", "unknown", True), ("...4242", "...42", True), ("...4242", "...9999", False)],
)
def test_labels_that_can_be_one_account(one: str, other: str, may: bool) -> None:
    assert incidents.may_be(one, other) is may
    assert incidents.may_be(other, one) is may


def test_the_rows_around_a_case_are_those_of_its_account_and_time(ledger: Ledger) -> None:
    from tests.cases.things import card

    ledger.add(card([("2020-01-01", "-1", "OLD")], name="old.ofx"))
    ledger.add(card([MAY], name="may.ofx"))
    ledger.add(card([JUNE], name="june.ofx"))
    ledger.add(card([("2026-06-05", "-1", "X")], name="other.ofx", number="700012349999"))
    found = incidents.statements_around(ledger, incident(rows_of(MAY)))
    assert [s.source for s in found] == ["may.ofx", "june.ofx"]
