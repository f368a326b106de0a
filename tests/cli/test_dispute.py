"""`stmt-scan dispute` on the samples: asks on a terminal only, writes the packet, says what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

NAMES = {
    *("packet.pdf", "letter.txt", "letter.md", "timeline.png", "before-after.png", "charges.csv", "packet.json", "playbook.md"),
}


def data(folder: Path) -> dict:
    return json.loads((folder / "packet.json").read_text())


def test_the_indonesian_card(stmt_scan, samples: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    files = [str(samples / "indonesia" / f"2026-0{m}.pdf") for m in (4, 5, 6)]
    done = stmt_scan("dispute", "Amazon", *files, "-o", str(out), "--details", str(samples / "details.toml"), "--language", "id")
    assert done.status == 0, done.err
    assert {p.name for p in out.iterdir()} == NAMES
    assert done.out.startswith("What to do now: Amazon selling fees")
    assert "Decision 1: tell the issuer now" in done.out
    assert "Not legal advice" in done.out
    assert str(out / "packet.pdf") in done.out
    held = data(out)
    assert (held["jurisdiction"], held["language"], held["paper"], held["complete"]) == ("ID", "id", "A4", True)
    assert [c["status"] for c in held["charges"]] == ["credited", "disputed"]
    assert held["charges"][1]["deadline"] == "2026-07-28"
    assert [e["kind"] for e in held["exhibits"]] == ["picture", "picture"]
    assert "Perihal: Sanggahan transaksi tanpa izin" in (out / "letter.txt").read_text()


@pytest.mark.parametrize(
    ("card", "merchant", "paper", "rule"),
    [("us", "Glowvia Skin", "Letter", "regz-1026.13b-notice"), ("uk", "Scorewatch", "A4", "psr2017-unauth-notify")],
)
def test_the_other_cards_without_details_are_drafts(
    stmt_scan, samples: Path, tmp_path: Path, card: str, merchant: str, paper: str, rule: str
) -> None:
    out = tmp_path / "out"
    files = [str(samples / card / f"2026-0{m}.pdf") for m in (5, 6)]
    done = stmt_scan("dispute", merchant, *files, "-o", str(out), "--situation", "unauthorized")
    assert done.status == 0, done.err
    held = data(out)
    assert (held["draft"], held["paper"], held["charges"][-1]["rule"]) == (True, paper, rule)
    assert any("marked DRAFT" in line for line in done.errors)
    assert all(line.startswith("stmt-scan: warning: ") for line in done.errors)
    assert "DRAFT" in done.out
    asked = {m["key"] for m in held["missing"]}
    assert {"name", "billing_inquiries", "date_of_call", "card_lent"} <= asked
    assert "situation" not in asked


def test_answers_as_options(stmt_scan, samples: Path, tmp_path: Path) -> None:
    answers = ["used_or_benefited=no", "shared_login=no", "card_lent=yes", "name=A B", "date_of_call=2026-06-20"]
    options = [part for answer in answers for part in ("--answer", answer)]
    done = stmt_scan(
        "dispute",
        "scorewatch",
        str(samples / "uk" / "2026-06.pdf"),
        "-o",
        str(tmp_path),
        "--exhibits",
        "none",
        *options,
        "--jurisdiction",
        "AU",
    )
    assert done.status == 0, done.err
    held = data(tmp_path)
    assert held["answers"] == {"used_or_benefited": False, "shared_login": False, "card_lent": True, "account_takeover": None}
    assert held["jurisdiction"] == "AU"
    assert any("false claim" in o for o in held["objections"])
    assert stmt_scan("dispute", "x", "y", "-o", str(tmp_path), "--answer", "shoe_size=44").status == 2


def test_on_a_terminal_what_is_missing_is_asked(stmt_scan, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replies = {
        "Number": iter(["2"]),
        "On which day did you cancel?": iter(["yesterday", "2026-05-30"]),
        "Your name, as the issuer knows it": iter(["Sam Example"]),
        "Your postal address": iter(["4 Sample Lane; Leeds"]),
    }
    asked: list[str] = []

    def prompt(text: str, **_: object) -> str:
        asked.append(text)
        for key, answers in replies.items():
            if text.startswith(key):
                return next(answers)
        return ""

    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.setattr("analyzer.cli.dispute.on_terminal", lambda: True)
    done = stmt_scan("dispute", "scorewatch", str(samples / "uk" / "2026-06.pdf"), "-o", str(tmp_path), "--exhibits", "none")
    assert done.status == 0, done.err
    held = data(tmp_path)
    assert held["situation"] == "cancelled-recurring"
    assert held["dates"]["cancellation_date"] == "2026-05-30"
    assert "a date such as 2026-06-30" in done.err
    letter = (tmp_path / "letter.txt").read_text()
    assert "Sam Example\n4 Sample Lane\nLeeds" in letter
    assert "authoris" not in letter.casefold()
    assert not any("household" in a for a in asked)


def test_the_ledger_alone_is_enough_and_the_case_log_goes_in(stmt_scan, samples: Path, tmp_path: Path) -> None:
    assert stmt_scan("dispute", "scorewatch", "-o", str(tmp_path / "out")).errors[-1].startswith("stmt-scan: error: no file named")
    files = [str(samples / "uk" / f"2026-0{m}.pdf") for m in (5, 6)]
    assert stmt_scan("add", *files, "-q").status == 0
    assert stmt_scan("case", "open", "scorewatch", "--situation", "unauthorized", "-q").status == 0
    assert stmt_scan("case", "log", "called the bank, ref 4711", "--kind", "call", "--to", "issuer").status == 0
    done = stmt_scan("dispute", "scorewatch", "-o", str(tmp_path / "out"), "--exhibits", "none", "-q")
    assert done.status == 0, done.err
    held = data(tmp_path / "out")
    assert [c["file"] for c in held["charges"]] == ["2026-05.pdf", "2026-06.pdf"]
    assert any("4711" in e["text"] for e in held["events"])


def test_what_cannot_be_done_is_one_line(stmt_scan, samples: Path, tmp_path: Path) -> None:
    file = str(samples / "uk" / "2026-06.pdf")
    for arguments, said in (
        (["no such shop", file], "no finding and no charge of that name"),
        (["scorewatch", str(tmp_path / "none.pdf")], "none.pdf"),
        (["scorewatch", file, "--details", str(tmp_path / "none.toml")], "none.toml"),
        (["scorewatch", file, "--max-pages", "2", "--exhibits", "none"], "packet.pdf: "),
    ):
        done = stmt_scan("dispute", *arguments, "-o", str(tmp_path / "out"), "-q")
        assert done.status == 2
        assert said in done.errors[-1]
        assert not (tmp_path / "out").exists()


def test_help_has_an_example(stmt_scan) -> None:
    done = stmt_scan("dispute", "--help")
    assert done.status == 0
    assert "Example: stmt-scan dispute" in done.out
