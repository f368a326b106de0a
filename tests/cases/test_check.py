from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

from analyzer.cases import follow, news
from analyzer.ledger import incidents
from analyzer.ledger.store import Ledger
from analyzer.model import Finding, Findings, transactions
from analyzer.views import data
from tests.cases.things import FEE, event, incident, rows_of

MAY, JUNE = ("2026-05-04", "-661507", FEE), ("2026-06-04", "-654196", FEE)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.db") as made:
        yield made


def finding(frame: pd.DataFrame, rows: Sequence[int], **changes: Any) -> Finding:
    found = transactions(frame, rows)
    settings: dict[str, Any] = {
        "kind": "seller-fee",
        "detector": "seller-fee",
        "score": 0.9,
        "merchant": found[0].merchant,
        "account": found[0].account,
        "currency": "IDR",
        "amount_at_risk": -sum(t.amount for t in found),
        "reasons": ("A fee for sellers",),
        "category": "unauthorized",
        "transactions": found,
    }
    return Finding(**{**settings, **changes})


def test_without_a_case_the_findings_are_untouched(ledger: Ledger) -> None:
    frame = rows_of(MAY)
    findings = Findings((finding(frame, [0]),))
    assert follow(findings, frame, ledger, as_of=date(2026, 7, 1)) is findings


def test_the_finding_of_a_new_charge_is_lifted_and_keeps_its_id(ledger: Ledger) -> None:
    frame = rows_of(MAY, JUNE)
    incidents.begin(ledger, incident(frame))
    other = finding(frame, [0], kind="unusual-amount", score=0.99, merchant="OTHER", reasons=("Other",))
    fee = finding(frame, [0, 1], score=0.6)
    followed = follow(Findings((other, fee)), frame, ledger, as_of=date(2026, 7, 1))
    assert followed[0].id == fee.id
    assert "Charged again on 2026-06-04" in followed[0].reasons[0]
    assert [f.score for f in followed] == sorted((f.score for f in followed), reverse=True)
    assert len(followed) == 2


def test_a_new_charge_no_detector_speaks_of_makes_a_finding(ledger: Ledger) -> None:
    frame = rows_of(MAY, JUNE)
    incidents.begin(ledger, incident(frame))
    dated = []

    def with_deadline(f: Finding) -> Finding:
        dated.append(f)
        return replace(f, deadline=date(2026, 7, 14))

    (made,) = follow(Findings(), frame, ledger, as_of=date(2026, 7, 1), dated=with_deadline)
    assert (made.kind, made.detector, made.deadline) == ("seller-fee", "case", date(2026, 7, 14))
    assert [t.posted.isoformat() for t in made.transactions] == ["2026-06-04"]
    assert len(dated) == 1


def test_an_overdue_refund_is_a_finding_about_the_charges_without_one(ledger: Ledger) -> None:
    frame = rows_of(MAY, JUNE, ("2026-06-22", "661507", FEE), ("2026-07-20", "-1000", "SHOP"))
    number = incidents.begin(ledger, incident(frame, first=2)).id
    incidents.log(ledger, number, event("2026-06-23", "refund-promised", expect_on=date(2026, 7, 8)))
    (late,) = follow(Findings(), frame, ledger, as_of=date(2026, 7, 21))
    assert (late.kind, late.category) == ("refund-missing", "credit-not-processed")
    assert [t.posted.isoformat() for t in late.transactions] == ["2026-06-04"]
    assert (str(late.amount_at_risk), late.score) == ("654196.00", 0.95)


def test_when_the_statements_end_before_the_promised_day_it_is_less_sure(ledger: Ledger) -> None:
    frame = rows_of(MAY)
    number = incidents.begin(ledger, incident(frame)).id
    incidents.log(ledger, number, event("2026-06-08", "refund-promised", expect_on=date(2026, 7, 8)))
    (late,) = follow(Findings(), frame, ledger, as_of=date(2026, 7, 21))
    assert 0.5 <= late.score < 0.95
    assert "end on 2026-05-04" in late.reasons[0]


def test_closed_cases_and_cases_opened_later_are_not_followed(ledger: Ledger) -> None:
    frame = rows_of(MAY, JUNE)
    number = incidents.begin(ledger, incident(frame)).id
    assert follow(Findings(), frame, ledger, as_of=date(2026, 6, 7)).items == ()
    incidents.close(ledger, number, date(2026, 6, 30))
    assert follow(Findings(), frame, ledger, as_of=date(2026, 7, 1)).items == ()
    assert news(frame, ledger, as_of=date(2026, 7, 1)) == []


def test_a_followed_finding_says_so(ledger: Ledger) -> None:
    frame = rows_of(MAY)
    incidents.begin(ledger, incident(frame))
    (f,) = follow(Findings((finding(frame, [0]),)), frame, ledger, as_of=date(2026, 7, 1))
    assert "Followed as case 1" in f.reasons[-1]


def test_news_tell_of_refunds(ledger: Ledger) -> None:
    frame = rows_of(MAY, ("2026-06-22", "661507", FEE))
    incidents.begin(ledger, incident(frame))
    (line,) = news(frame, ledger, as_of=date(2026, 7, 1))
    assert line.startswith("case 1, ")
    assert "Refunded in full: Rp 661.507 (2026-06-22)" in line


def test_what_is_added_is_as_the_schema_says(ledger: Ledger, shared: Path) -> None:
    frame = rows_of(MAY, JUNE)
    number = incidents.begin(ledger, incident(frame)).id
    incidents.log(ledger, number, event("2026-06-08", "refund-promised", expect_on=date(2026, 6, 9)))
    findings = follow(Findings(), frame, ledger, as_of=date(2026, 7, 21))
    schema = json.loads((shared / "contract" / "scan.schema.json").read_text())
    assert [f.kind for f in findings] == ["seller-fee", "refund-missing"]
    jsonschema.validate(data.document(findings, date(2026, 7, 21)), schema)


def test_a_scan_of_another_card_says_nothing_of_the_case(ledger: Ledger) -> None:
    frame = rows_of(MAY)
    opened = incidents.begin(ledger, incident(frame))
    promise = event("2026-06-09", "refund-promised", expect_on=date(2026, 6, 20))
    incidents.log(ledger, opened.id, promise)
    assert follow(Findings(()), frame, ledger, as_of=date(2026, 7, 1))[0].kind == "refund-missing"
    other = frame.assign(account="...9999")
    assert len(follow(Findings(()), other, ledger, as_of=date(2026, 7, 1))) == 0
    assert news(other, ledger, as_of=date(2026, 7, 1)) == []
