"""`stmt-scan case` on the sample card."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SAMPLES

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with fourteen months to the end of June, and a case opened on the first fee before the second came."""
    from analyzer.cli import run

    path = tmp_path_factory.mktemp("case") / "ledger.db"
    months = [str(p) for p in sorted((SAMPLES / "indonesia").glob("*.ofx"))[:14]]
    assert months[-1].endswith("2026-06.ofx")
    assert run(["add", *months[:-1], "--ledger", str(path), "--as-of", "2026-06-01"]) == 0
    assert run(["case", "open", "Amazon", "--ledger", str(path), "--as-of", "2026-06-01"]) == 0
    assert run(["add", months[-1], "--ledger", str(path), "--as-of", "2026-06-28"]) == 0
    return path


@pytest.fixture
def opened(stmt_scan: Run, prepared: Path, tmp_path: Path) -> Run:
    """The command line with a copy of that ledger."""
    shutil.copy2(prepared, tmp_path / "ledger.db")
    return stmt_scan


def shown(run: Run, *words: object, **more: Any) -> dict[str, Any]:
    outcome = run("case", "show", *words, "--format", "json", **more)
    assert outcome.status == 0, outcome.err
    return dict(json.loads(outcome.out))


def test_charged_again_and_refunded_in_part(opened: Run) -> None:
    case = shown(opened)
    assert [c["date"] for c in case["charges"]] == ["2026-05-04", "2026-06-04"]
    assert [c["since_opened"] for c in case["charges"]] == [False, True]
    assert (case["claim"], case["refunded"], case["missing"]) == ("1315703", "661507", "654196")
    assert case["refund_state"] == "part"
    assert case["charges"][1]["deadline"] is not None
    assert case["next"] == "tell-issuer"


def test_the_table_says_what_is_next(opened: Run) -> None:
    text = opened("case", "show").out
    assert "CHARGED AGAIN since it was opened: 2026-06-04" in text
    assert "NEXT" in text
    assert "days left" in text


def test_scan_puts_charged_again_first_and_stays_within_the_schema(opened: Run, samples: Path, shared: Path) -> None:
    import jsonschema

    outcome = opened("scan", samples / "indonesia" / "2026-06.ofx", "--format", "json")
    document = json.loads(outcome.out)
    jsonschema.validate(document, json.loads((shared / "contract" / "scan.schema.json").read_text()))
    assert document["findings"][0]["kind"] == "seller-fee"
    assert "Charged again on 2026-06-04" in document["findings"][0]["reasons"][0]
    assert "case 1" in outcome.err
    plain = json.loads(opened("scan", *sorted((samples / "indonesia").glob("*.ofx"))[:14], "--no-ledger", "--format", "json").out)
    assert document["findings"][0]["id"] == plain["findings"][0]["id"], "a followed finding keeps its id"


def test_opening_again_adds_the_new_charge_once(opened: Run) -> None:
    assert "1 charge added" in opened("case", "open", "Amazon").out
    assert "nothing to add" in opened("case", "open", "Amazon").out
    assert [c["since_opened"] for c in shown(opened)["charges"]] == [False, False]


def test_the_log_is_kept_and_the_words_are_understood(opened: Run) -> None:
    assert "call to the merchant" in opened("case", "log", "called seller support, ref 4711", "--on", "2026-06-08").out
    assert "mail to the issuer" in opened("case", "log", "wrote", "--kind", "mail", "--to", "issuer").out
    assert opened("case", "log", "just a thought").status == 0
    log = shown(opened)["log"]
    assert [(e["on"], e["kind"], e["whom"]) for e in log] == [
        ("2026-06-08", "call", "merchant"),
        ("2026-06-28", "mail", "issuer"),
        ("2026-06-28", "note", None),
    ]


def test_a_promise_is_watched(opened: Run, samples: Path) -> None:
    said = opened("case", "log", "second fee back", "--kind", "refund-promised", "--expect", "2026-07-04", "--amount", "654196")
    assert said.status == 0
    late = opened("scan", samples / "indonesia" / "2026-06.ofx", "--format", "json", day="2026-07-05")
    found = [f for f in json.loads(late.out)["findings"] if f["kind"] == "refund-missing"]
    assert [(f["amount_at_risk"], f["dispute"]["category"]) for f in found] == [("654196", "credit-not-processed")]
    assert [t["date"] for t in found[0]["transactions"]] == ["2026-06-04"]
    assert found[0]["dispute"]["deadline"] is not None
    added = opened("add", samples / "indonesia" / "2026-07.ofx", day="2026-08-01")
    assert "Refunded in full: Rp 1.315.703" in added.out
    after = opened("scan", samples / "indonesia" / "2026-07.ofx", "--format", "json", day="2026-08-01")
    assert not [f for f in json.loads(after.out)["findings"] if f["kind"] == "refund-missing"]


def test_closing_is_refused_until_it_is_over(opened: Run, samples: Path) -> None:
    refused = opened("case", "close")
    assert refused.status == 2
    assert "654.196 missing" in refused.err
    refused = opened("case", "close", samples / "indonesia" / "2026-07.ofx", day="2026-08-01")
    assert refused.status == 2
    assert "Refunded" not in refused.err
    assert "a replaced card and a changed password" in refused.err
    for kind in ("card-replaced", "password-changed"):
        assert opened("case", "log", "done", "--kind", kind, day="2026-08-01").status == 0
    assert "Case 1 closed." in opened("case", "close", samples / "indonesia" / "2026-07.ofx", day="2026-08-01").out
    assert "was closed on 2026-08-01" in opened("case", "close", day="2026-08-02").out


def test_anyway_keeps_what_was_unfinished(opened: Run) -> None:
    assert "Unfinished" in opened("case", "close", "1", "--anyway").out
    case = shown(opened)
    assert case["closed"] == "2026-06-28"
    assert "654.196 missing" in case["closed_unfinished"]
    assert "closed 2026-06-28, unfinished" in opened("case", "list").out


def test_the_calendar(opened: Run, tmp_path: Path) -> None:
    target = tmp_path / "deadlines.ics"
    assert opened("case", "show", "--format", "ics", "-o", target).status == 0
    data = target.read_bytes()
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.count(b"BEGIN:VEVENT") == 1, "the first fee came back; the second has its deadline"
    again = tmp_path / "again.ics"
    opened("case", "show", "--format", "ics", "-o", again)
    assert again.read_bytes() == data


def test_the_log_goes_into_the_packet(opened: Run, samples: Path, tmp_path: Path) -> None:
    opened("case", "log", "called seller support, ref 4711", "--on", "2026-06-08")
    packet = opened("dispute", "Amazon", samples / "indonesia" / "2026-06.ofx", "-o", tmp_path / "out", "--exhibits", "none")
    assert packet.status == 0, packet.err
    assert "4711" in (tmp_path / "out" / "packet.json").read_text()


def test_opening_by_the_id_of_a_finding(stmt_scan: Run, samples: Path) -> None:
    found = json.loads(stmt_scan(samples / "us.ofx", "--format", "json").out)["findings"][0]
    outcome = stmt_scan("case", "open", found["id"][:6], samples / "us.ofx", "--jurisdiction", "US", "--instrument", "credit")
    assert outcome.status == 0, outcome.err
    case = shown(stmt_scan, samples / "us.ofx")
    assert case["finding"] == found["id"]
    assert case["charges"][0]["rule"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["show"], "there is no ledger"),
        (["close"], "there is no ledger"),
        (["log", "x"], "there is no ledger"),
        (["open", "Amazon"], "there is no ledger"),
        (["show", "--no-ledger"], "--no-ledger was given"),
    ],
)
def test_without_a_ledger_one_line_and_status_2(stmt_scan: Run, words: list[str], says: str) -> None:
    outcome = stmt_scan("case", *words)
    assert outcome.status == 2
    assert says in outcome.err
    assert len(outcome.errors) == 1


def test_an_empty_list_is_no_error_and_makes_no_ledger(stmt_scan: Run, tmp_path: Path) -> None:
    outcome = stmt_scan("case", "list")
    assert outcome.status == 0
    assert "No case" in outcome.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ["log", ""],
        ["log", "x", "--amount", "1.000.000"],
        ["log", "x", "--amount", "nan"],
        ["log", "x", "--kind", "call", "--expect", "2026-07-01"],
        ["log", "x", "--case", "7"],
        ["show", "7"],
        ["open", "NO SUCH MERCHANT"],
        ["open", ""],
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(opened: Run, words: list[str]) -> None:
    before = shown(opened)
    outcome = opened("case", *words)
    assert outcome.status == 2
    assert len(outcome.errors) == 1
    assert shown(opened) == before


def test_charges_in_which_nothing_stood_out_need_the_holders_word(opened: Run, samples: Path) -> None:
    refused = opened("case", "open", "Amazon", samples / "us.ofx")
    assert refused.status == 2
    assert "--situation" in refused.err
    assert "Case 2 opened" in opened("case", "open", "Amazon", samples / "us.ofx", "--situation", "cancelled-recurring").out
    assert shown(opened, "2")["category"] == "cancelled-recurring"


def test_several_cases_are_told_apart_by_number(opened: Run, samples: Path) -> None:
    assert "Case 2 opened" in opened("case", "open", "Glowvia", samples / "us.ofx").out
    refused = opened("case", "show")
    assert refused.status == 2
    assert "1 (Amazon" in refused.err
    assert shown(opened, "2")["id"] == 2
    assert len(opened("case", "list").out.splitlines()) == 2
