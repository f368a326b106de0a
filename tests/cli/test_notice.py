"""`stmt-scan notice` on the sample mails and on what is no mail."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

Run = Callable[..., Any]


def result(outcome: Any) -> dict[str, Any]:
    assert outcome.status == 0, outcome.err
    return dict(json.loads(outcome.out))


def test_the_genuine_notice_is_an_alarm_and_its_charges_are_found(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan("notice", samples / "notice-genuine.eml", samples / "indonesia.ofx", "--receiver", "mx.example", "--format", "json")
    notice = result(outcome)
    assert notice["verdict"] == "authentic-looking"
    assert notice["sender"] == {"address": "seller-notification@amazon.com", "domain": "amazon.com", "listed": True}
    assert notice["amounts"] == [{"amount": "39.99", "currency": "USD"}]
    assert [m["date"] for m in notice["matches"]] == ["2026-05-04", "2026-06-04"]
    assert {m["fit"] for m in notice["matches"]} == {"possible"}, "USD on the mail, IDR on the card: no rate is printed"
    assert "taken over" in notice["advice"][0]


def test_on_the_dollar_card_the_charge_fits(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan("notice", samples / "notice-genuine.eml", samples / "us.ofx", "--receiver", "mx.example", "--format", "json")
    fits = [m for m in result(outcome)["matches"] if m["fit"] == "fits"]
    assert all(m["amount"] == "-39.99" and m["currency"] == "USD" for m in fits)


@pytest.mark.parametrize("receiver", [[], ["--receiver", "mx.example"], ["--receiver", "gmail.com"]])
def test_the_fake_is_likely_fake_whoever_received_it(stmt_scan: Run, samples: Path, receiver: list[str]) -> None:
    notice = result(stmt_scan("notice", samples / "notice-fake.eml", samples / "indonesia.ofx", *receiver, "--format", "json"))
    assert notice["verdict"] == "likely-fake"
    assert "Ignore the mail" in notice["advice"][0]
    assert not notice["sender"]["listed"]


@pytest.mark.parametrize("receiver", [[], ["--receiver", "gmail.com"]])
def test_the_genuine_notice_is_unverified_without_its_receiver(stmt_scan: Run, samples: Path, receiver: list[str]) -> None:
    notice = result(stmt_scan("notice", samples / "notice-genuine.eml", *receiver, "--format", "json"))
    assert notice["verdict"] == "unverified"
    assert any("--receiver" in a for a in notice["advice"]) == (receiver == [])


def test_without_statements_it_says_that_nothing_could_be_matched(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan("notice", samples / "notice-genuine.eml", "--receiver", "mx.example")
    assert outcome.status == 0
    assert "no charge can be matched" in outcome.err
    assert "no statement was given" in outcome.out.replace("\n", " ").replace("  ", " ") or "nothing could be matched" in outcome.out


def test_without_statements_the_ledger_is_searched(stmt_scan: Run, samples: Path) -> None:
    assert stmt_scan("add", samples / "indonesia" / "2026-05.ofx").status == 0
    notice = result(stmt_scan("notice", samples / "notice-genuine.eml", "--format", "json"))
    assert [m["date"] for m in notice["matches"]] == ["2026-05-04"]


def test_the_same_result_from_every_format(stmt_scan: Run, samples: Path) -> None:
    seen = set()
    for name in ("indonesia.ofx", "indonesia.csv"):
        notice = result(stmt_scan("notice", samples / "notice-genuine.eml", samples / name, "--format", "json"))
        seen.add(json.dumps([(m["date"], m["amount"], m["fit"]) for m in notice["matches"]]))
    assert len(seen) == 1


def test_json_is_as_promised(stmt_scan: Run, samples: Path, shared: Path) -> None:
    schema = json.loads((shared / "contract" / "notice.schema.json").read_text())
    for mail in ("notice-genuine.eml", "notice-fake.eml"):
        for files in ([], [samples / "indonesia.ofx"], [samples / "clean.ofx"]):
            jsonschema.validate(result(stmt_scan("notice", samples / mail, *files, "--format", "json")), schema)


def test_it_writes_where_it_is_told(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    target = tmp_path / "notice.json"
    outcome = stmt_scan("notice", samples / "notice-genuine.eml", "--format", "json", "-o", target, "-q")
    assert (outcome.out, outcome.err) == ("", "")
    assert json.loads(target.read_text())["version"] == 1
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["missing.eml", "empty.eml", "page.eml", "picture.eml", "."])
def test_what_is_no_mail_gives_one_line_and_status_2(stmt_scan: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.eml").write_bytes(b"")
    (tmp_path / "page.eml").write_bytes(b"<!DOCTYPE html><html></html>")
    (tmp_path / "picture.eml").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    outcome = stmt_scan("notice", tmp_path / name)
    assert outcome.status == 2
    assert len(outcome.errors) == 1
    assert outcome.errors[0].startswith(f"stmt-scan: error: {tmp_path}")


def test_a_statement_that_cannot_be_read_does_not_stop_the_verdict(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    outcome = stmt_scan("notice", samples / "notice-fake.eml", tmp_path / "none.ofx", samples / "indonesia.ofx", "--format", "json")
    assert outcome.status == 2
    assert json.loads(outcome.out)["verdict"] == "likely-fake"


def test_nothing_is_stored_and_nothing_is_asked(stmt_scan: Run, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    before = set(tmp_path.iterdir())
    assert stmt_scan("notice", samples / "notice-fake.eml", samples / "indonesia.csv").status == 0
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("receiver", ["https://gmail.com/", " gmail.com ", "me@gmail.com", "GMAIL.COM"])
def test_the_receiver_may_be_written_as_people_write_it(stmt_scan: Run, tmp_path: Path, receiver: str) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_text(
        "Authentication-Results: mx.google.com; dmarc=pass header.from=amazon.com\nFrom: Amazon <a@amazon.com>\nSubject: Hello\n\nHi.\n"
    )
    assert result(stmt_scan("notice", mail, "--receiver", receiver, "--format", "json", "-q"))["verdict"] == "authentic-looking"


@pytest.mark.parametrize("receiver", ["", "  ", "https://"])
def test_an_empty_receiver_is_refused(stmt_scan: Run, samples: Path, receiver: str) -> None:
    outcome = stmt_scan("notice", samples / "notice-genuine.eml", "--receiver", receiver)
    assert outcome.status == 2
    assert "--receiver" in outcome.err
