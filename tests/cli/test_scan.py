"""The main job on the sample cards: the charge nobody agreed to comes first, and nothing else is cried over."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def findings_of(outcome: Any) -> list[dict[str, Any]]:
    return list(json.loads(outcome.out)["findings"])


def urgent(outcome: Any) -> list[dict[str, Any]]:
    return [f for f in findings_of(outcome) if f["score"] >= 0.5]


def test_the_seller_fee_comes_first(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan(samples / "indonesia.ofx", "--format", "json")
    first = findings_of(outcome)[0]
    assert outcome.status == 0
    assert first["kind"] == "seller-fee"
    assert first["score"] >= 0.5
    assert first["dispute"]["category"] == "unauthorized"
    assert [t["date"] for t in first["transactions"] if t["amount"].startswith("-")] == ["2026-05-04", "2026-06-04"]
    assert first["amount_at_risk"] == "654196", "the first fee came back on 22 June"


def test_it_comes_first_when_it_has_been_charged_only_once(stmt_scan: Run, samples: Path) -> None:
    files = [samples / "indonesia" / f"2026-{m:02}.ofx" for m in (1, 2, 3, 4, 5)]
    outcome = stmt_scan(*files, "--format", "json", day="2026-06-01")
    first = findings_of(outcome)[0]
    assert first["kind"] == "seller-fee"
    assert len(first["transactions"]) == 1


def test_even_on_a_single_statement(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan(samples / "indonesia" / "2026-05.ofx", "--format", "json", day="2026-06-01")
    assert findings_of(outcome)[0]["kind"] == "seller-fee"


def test_with_the_holders_list_nothing_else_is_urgent(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan(samples / "indonesia.ofx", "--authorized", samples / "authorized.toml", "--format", "json")
    assert [f["kind"] for f in urgent(outcome)] == ["seller-fee"]


def test_on_the_clean_card_nothing_is_urgent(stmt_scan: Run, samples: Path) -> None:
    for name in ("clean.ofx", "clean.csv"):
        outcome = stmt_scan(samples / name, "--format", "json", "--exit-code")
        assert outcome.status == 0
        assert urgent(outcome) == []


def test_the_trial_that_turned_into_the_full_price(stmt_scan: Run, samples: Path) -> None:
    first = findings_of(stmt_scan(samples / "us.ofx", "--format", "json"))[0]
    assert first["kind"] in ("trial-conversion", "unrecognized-recurring", "new-subscription")
    assert first["score"] >= 0.5
    assert [t["amount"] for t in first["transactions"]] == ["-1.95", "-89.95", "-89.95", "-89.95"]


def test_the_payment_authority_nobody_gave(stmt_scan: Run, samples: Path) -> None:
    first = findings_of(stmt_scan(samples / "uk.ofx", "--format", "json"))[0]
    assert first["score"] >= 0.5
    assert all("SCOREWATCH" in t["descriptor"] for t in first["transactions"])


def ids(outcome: Any) -> list[tuple[str, str, float]]:
    assert outcome.status == 0, outcome.err
    return [(f["id"], f["kind"], f["score"]) for f in findings_of(outcome)]


@pytest.mark.parametrize("card", ["indonesia", "us", "uk", "clean"])
def test_ofx_and_csv_give_the_same_findings(stmt_scan: Run, samples: Path, card: str) -> None:
    ofx, csv = (stmt_scan(samples / f"{card}.{form}", "--format", "json") for form in ("ofx", "csv"))
    assert ids(ofx) == ids(csv)
    streams = [[s["id"] for s in json.loads(o.out)["streams"]] for o in (ofx, csv)]
    assert sorted(streams[0]) == sorted(streams[1])


def unproved(outcome: Any) -> list[tuple[str, bool | None]]:
    return [(s["file"], s["reconciled"]) for s in json.loads(outcome.out)["statements"] if s["reconciled"] is not True]


def test_monthly_ofx_and_monthly_pdf_give_the_findings_of_the_one_file(stmt_scan: Run, samples: Path) -> None:
    months = [f"2025-{m:02}" for m in range(5, 13)] + [f"2026-{m:02}" for m in range(1, 7)]
    whole = ids(stmt_scan(samples / "indonesia.ofx", "--format", "json"))
    assert ids(stmt_scan(*(samples / "indonesia" / f"{m}.ofx" for m in months), "--format", "json")) == whole
    pages = stmt_scan(*(samples / "indonesia" / f"{m}.pdf" for m in months), "--format", "json")
    assert ids(pages) == whole
    assert (unproved(pages), pages.err) == ([], "")


def test_overlapping_files_count_once(stmt_scan: Run, samples: Path) -> None:
    alone = ids(stmt_scan(samples / "indonesia.ofx", "--format", "json"))
    both = stmt_scan(samples / "indonesia.ofx", samples / "indonesia" / "2026-06.ofx", "--format", "json")
    assert ids(both) == alone


def test_the_json_fits_the_published_schema(stmt_scan: Run, samples: Path, shared: Path) -> None:
    import jsonschema

    schema = json.loads((shared / "contract" / "scan.schema.json").read_text(encoding="utf-8"))
    for name in ("indonesia.ofx", "us.csv", "uk/2026-06.pdf", "clean.ofx"):
        document = json.loads(stmt_scan(samples / name, "--format", "json").out)
        jsonschema.validate(document, schema, format_checker=jsonschema.FormatChecker())


def test_the_json_has_its_shape(stmt_scan: Run, samples: Path) -> None:
    document = json.loads(stmt_scan(samples / "indonesia.ofx", "--format", "json").out)
    assert list(document) == ["version", "as_of", "statements", "streams", "findings"]
    assert document["as_of"] == "2026-06-28"
    assert [f["score"] for f in document["findings"]] == sorted((f["score"] for f in document["findings"]), reverse=True)
    streams = {s["id"] for s in document["streams"]}
    for found in document["findings"]:
        assert found["reasons"]
        assert found["stream"] is None or found["stream"] in streams
        assert 0 <= found["score"] <= 1
        assert found["account"] == "...4242"


def test_the_same_files_in_any_order_give_the_same_bytes(stmt_scan: Run, samples: Path) -> None:
    files = [samples / "indonesia" / f"2026-{m:02}.ofx" for m in (3, 4, 5, 6)]
    first = stmt_scan(*files, "--format", "json").out
    assert stmt_scan(*files[::-1], "--format", "json").out == first
    assert stmt_scan(*files, "--format", "json", "--jobs", "1").out == first


def test_the_table(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan(samples / "indonesia.ofx", "--authorized", samples / "authorized.toml")
    text = " ".join(outcome.out.split())
    assert outcome.status == 0
    commands = ("  stmt-scan ",)  # to be copied whole, however long the path of the file is
    assert all(len(line) <= 80 for line in outcome.out.splitlines() if not line.startswith(commands))
    assert "\x1b" not in outcome.out
    for said in (
        "1 statement, card ...4242, 5 May 2025 to 26 June 2026",
        "Amazon selling fees",
        "2 charges Rp 1.315.703",
        "4 May and 4 June 2026",
        "Rp 661.507, then Rp 654.196",
        "came back on 22 June 2026",
        "Dispute by",
        "stmt-scan dispute",
    ):
        assert said in text, f"{said!r} is not in\n{outcome.out}"


def test_nothing_found_says_what_was_looked_at(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan(samples / "clean.ofx")
    assert "Nothing to dispute found. Looked at" in outcome.out
    assert "Spotify" in outcome.out or "SPOTIFY" in outcome.out


def test_the_short_form_is_the_scan(stmt_scan: Run, samples: Path) -> None:
    assert stmt_scan(samples / "us.ofx").out == stmt_scan("scan", samples / "us.ofx").out


def test_exit_code_and_min_score(stmt_scan: Run, samples: Path) -> None:
    assert stmt_scan(samples / "indonesia.ofx", "--exit-code").status == 1
    assert stmt_scan(samples / "indonesia.ofx").status == 0
    high = findings_of(stmt_scan(samples / "indonesia.ofx", "--format", "json", "--min-score", "0.5"))
    assert high
    assert all(f["score"] >= 0.5 for f in high)


def test_csv_and_markdown(stmt_scan: Run, samples: Path) -> None:
    table = stmt_scan(samples / "us.ofx", "--format", "csv").out
    assert table.startswith("id,kind,score,merchant,")
    assert stmt_scan(samples / "us.ofx", "--format", "markdown").out.startswith("| id | what |")


def test_a_written_file_is_for_its_owner_alone(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    target = tmp_path / "findings.json"
    outcome = stmt_scan(samples / "us.ofx", "--format", "json", "-o", target)
    assert outcome.out == ""
    assert json.loads(target.read_text(encoding="utf-8"))["version"] == 1
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["findings.json"]


def test_a_link_is_followed_and_stays_a_link(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old", encoding="utf-8")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    stmt_scan(samples / "clean.ofx", "--format", "json", "-o", tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_charts(stmt_scan: Run, samples: Path, tmp_path: Path, form: str) -> None:
    outcome = stmt_scan(samples / "indonesia.ofx", "--charts", tmp_path / "charts", "--chart-format", form, "--min-score", "0.5", "-q")
    assert outcome.status == 0
    drawn = sorted((tmp_path / "charts").iterdir())
    assert drawn
    assert all(p.suffix == f".{form}" and 1_000 < p.stat().st_size < 1_000_000 for p in drawn)
    head = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[form]
    assert all(p.read_bytes().startswith(head) for p in drawn)


def test_a_folder_is_its_statements_and_its_pages_prove_themselves(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan(samples / "uk", "--format", "json")
    assert [Path(s["file"]).name for s in json.loads(outcome.out)["statements"]] == [f"2026-{m:02}.pdf" for m in (3, 4, 5, 6)]
    assert (unproved(outcome), outcome.err) == ([], "")


def test_pdf_statements_prove_themselves(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan(
        samples / "indonesia" / "2026-07.pdf", *sorted((samples / "us").glob("*.pdf")), "--format", "json", day="2026-07-31"
    )
    assert (unproved(outcome), outcome.err) == ([], "")


def test_nothing_is_stored_by_a_scan(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    stmt_scan(samples / "us.ofx")
    assert list(tmp_path.iterdir()) == []


def test_no_number_longer_than_four_digits_of_the_card(stmt_scan: Run, samples: Path) -> None:
    page = [samples / "indonesia" / "2026-06.pdf"]
    for form in ("table", "json", "csv", "markdown"):
        outcome = stmt_scan(samples / "indonesia.ofx", *(page if form in ("table", "json") else ()), "--format", form, "-v")
        assert "400012" not in (outcome.out + outcome.err).replace(" ", "")


def test_the_network_is_never_used(stmt_scan: Run, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("the network was asked for")

    class Refused(socket.socket):
        def __init__(self, *_args: object, **_more: object) -> None:
            refuse()

    monkeypatch.setattr(socket, "socket", Refused)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    card = samples / "indonesia.ofx"
    for words in (
        ["scan", card, "--charts", tmp_path / "charts", "--min-score", "0.5"],
        ["scan", samples / "indonesia" / "2026-06.pdf"],
        ["convert", samples / "indonesia.csv"],
        ["notice", samples / "notice-genuine.eml", card, "--receiver", "mx.example"],
        ["notice", samples / "notice-fake.eml", card, "--receiver", "mx.example"],
        ["dispute", "Amazon selling fees", card, "--details", samples / "details.toml", "-o", tmp_path / "packet"],
        ["add", card],
        ["formats"],
    ):
        outcome = stmt_scan(*words)
        assert outcome.status == 0, f"{words}: {outcome.err}"


def on_a_terminal(words: list[object], environment: dict[str, str]) -> str:
    """What a command prints on a pseudo-terminal."""
    program = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
    command = [sys.executable, "-c", program, sys.executable, "-m", "analyzer", *map(str, words)]
    done = subprocess.run(command, capture_output=True, env={**os.environ, **environment}, timeout=60, check=True, stdin=subprocess.DEVNULL)
    return done.stdout.decode("utf-8", "replace")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_colour_on_a_terminal_only_and_never_with_no_color(samples: Path, tmp_path: Path) -> None:
    words: list[object] = ["scan", samples / "indonesia.ofx", "--as-of", "2026-06-28", "--no-ledger"]
    home = {"HOME": str(tmp_path), "NO_COLOR": "", "TERM": "xterm"}
    assert "\x1b[1m" in on_a_terminal(words, home)
    assert "\x1b[1m" not in on_a_terminal(words, {**home, "NO_COLOR": "1"})
    assert "\x1b[1m" not in on_a_terminal([*words, "--no-color"], home)
