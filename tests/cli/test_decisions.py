"""`review`, `authorize`, `cancel`, `forget`: what the holder says is kept and used."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
CARD = "indonesia.ofx"


def streams(stmt_scan: Run, *files: Path) -> dict[str, bool | None]:
    found = json.loads(stmt_scan("scan", *files, "--format", "json").out)["streams"]
    return {s["merchant"]: s["authorized"] for s in found}


def urgent(stmt_scan: Run, *files: Path) -> list[str]:
    found = json.loads(stmt_scan("scan", *files, "--format", "json").out)["findings"]
    return [f"{f['kind']} {f['merchant']}" for f in found if f["score"] >= 0.5]


def test_authorize_is_kept_across_scans_and_formats(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan("authorize", "spotify", samples / CARD)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == "Spotify Premium, monthly, Rp 54.990: yours\n"
    for name in (CARD, "indonesia.csv"):
        assert streams(stmt_scan, samples / name)["Spotify Premium"] is True


def test_a_decision_without_any_statement_covers_the_merchant(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan("authorize", "NETFLIX")
    assert outcome.status == 0
    assert "no recurring charge of Netflix is known yet" in outcome.err
    assert streams(stmt_scan, samples / CARD)["Netflix"] is True


def test_an_id_names_an_agreement(stmt_scan: Run, samples: Path) -> None:
    found = json.loads(stmt_scan("scan", samples / CARD, "--format", "json").out)["streams"]
    id_ = next(s["id"] for s in found if s["merchant"] == "Netflix")
    assert stmt_scan("authorize", id_[:6], samples / CARD).status == 0
    assert streams(stmt_scan, samples / CARD)["Netflix"] is True


def test_cancelled_means_later_charges_are_findings(stmt_scan: Run, samples: Path) -> None:
    stmt_scan("add", samples / CARD)
    outcome = stmt_scan("cancel", "FITNESS FIRST", "--on", "2026-03-15")
    assert outcome.status == 0
    assert "charged 3 time(s) after 2026-03-15" in outcome.err
    assert "charge-after-cancellation Fitness First" in urgent(stmt_scan, samples / CARD)
    assert stmt_scan("cancel", "FITNESS FIRST").status == 2


def test_forget_takes_it_back(stmt_scan: Run, samples: Path) -> None:
    stmt_scan("authorize", "spotify", samples / CARD)
    assert stmt_scan("forget", "Spotify").out.startswith("Taken back: Spotify Premium")
    assert streams(stmt_scan, samples / CARD)["Spotify Premium"] is None
    outcome = stmt_scan("forget", "Spotify")
    assert outcome.status == 2
    assert "nothing was decided" in outcome.err


def test_the_latest_word_counts(stmt_scan: Run, samples: Path) -> None:
    stmt_scan("authorize", "netflix", samples / CARD)
    stmt_scan("cancel", "netflix", "--on", "2026-01-01", samples / CARD)
    assert stmt_scan("review", "--list").out.splitlines() == ["2026-06-28  Netflix, monthly, Rp 186.000: cancelled on 2026-01-01"]
    stmt_scan("authorize", "netflix", samples / CARD)
    assert stmt_scan("review", "--list").out.splitlines() == ["2026-06-28  Netflix, monthly, Rp 186.000: yours"]


TWO = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260601<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<CREDITCARDMSGSRSV1><CCSTMTTRNRS><TRNUID>0<STATUS><CODE>0<SEVERITY>INFO</STATUS><CCSTMTRS><CURDEF>USD
<CCACCTFROM><ACCTID>700012344242</CCACCTFROM><BANKTRANLIST><DTSTART>20250601<DTEND>20260531
{rows}</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>
"""
ROW = "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{day}<TRNAMT>-{amount}<FITID>{id}<NAME>{name}</STMTTRN>\n"
DAYS = [f"{2025 + (m > 12)}{(m - 1) % 12 + 1:02}" for m in range(6, 18)]


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A card with two agreements at one merchant: $9.99 on the 3rd and $49.00 on the 20th."""
    rows = [ROW.format(day=f"{m}03", amount="9.99", id=f"a{m}", name="QUILLDESK SERVICES") for m in DAYS]
    rows += [ROW.format(day=f"{m}20", amount="49.00", id=f"b{m}", name="QUILLDESK SERVICES") for m in DAYS]
    path = tmp_path / "two.ofx"
    path.write_text(TWO.format(rows="".join(sorted(rows, key=lambda r: r[40:60]))))
    return path


def test_a_decision_is_on_one_agreement_and_not_on_its_neighbour(stmt_scan: Run, two: Path) -> None:
    outcome = stmt_scan("authorize", "QUILLDESK SERVICES", two, day="2026-06-01")
    assert outcome.status == 2
    assert "names 2 agreements" in outcome.err
    found = json.loads(stmt_scan("scan", two, "--format", "json", day="2026-06-01").out)["streams"]
    cheap = next(s for s in found if s["amount"] == "-9.99")
    assert stmt_scan("authorize", cheap["id"][:8], two, day="2026-06-01").status == 0
    found = json.loads(stmt_scan("scan", two, "--format", "json", day="2026-06-01").out)["streams"]
    assert {s["amount"]: s["authorized"] for s in found} == {"-9.99": True, "-49.00": None}
    assert stmt_scan("authorize", "QUILLDESK SERVICES", two, "--all", day="2026-06-01").out.count("yours") == 2


def test_review_lists_what_it_cannot_ask(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan("review", samples / CARD)
    assert outcome.status == 0
    assert "5 recurring charge(s) not decided: questions are asked on a terminal only" in outcome.err
    assert outcome.out.count("stmt-scan authorize") == 5
    assert stmt_scan("review").status == 0


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Answer questions as if on a terminal."""
    from analyzer.cli import review

    def answer(text: str) -> None:
        monkeypatch.setattr(review, "on_terminal", lambda: True)
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return answer


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        ("m\nn\nc\n2026-05-01\nl\n", ["yours", "never authorised by you", "cancelled on 2026-05-01"]),
        ("1\n2\n3\nsoon\n2026-05-01\n4\n", ["yours", "never authorised by you", "cancelled on 2026-05-01"]),
        ("m\nq\n", ["yours"]),
        ("?\nmine\n", ["yours"]),
        ("move on\nno\nm3\n12\nlast month\nstop\nNever\n", ["never authorised by you"]),
        ("l\nn\n", ["never authorised by you"]),
        ("", []),
    ],
)
def test_review_keeps_every_answer_at_once_and_stops_at_any_time(
    stmt_scan: Run, samples: Path, typed: Callable[[str], None], keys: str, kept: list[str]
) -> None:
    typed(keys)
    outcome = stmt_scan("review", samples / CARD)
    assert outcome.status == 0
    assert f"{len(kept)} decision(s) kept, {5 - len(kept)} left for later." in outcome.out
    assert [line.rpartition(": ")[2] for line in stmt_scan("review", "--list").out.splitlines() if ": " in line] == kept


def test_what_is_decided_is_not_asked_again(stmt_scan: Run, samples: Path, typed: Callable[[str], None]) -> None:
    typed("n\nm\nm\nm\nm\n")
    stmt_scan("review", samples / CARD)
    assert "Nothing left to decide: 5 recurring charge(s), 5 decision(s)." in stmt_scan("review", samples / CARD).out
    assert urgent(stmt_scan, samples / CARD) == ["seller-fee Amazon selling fees"]


def test_what_changed_is_said(stmt_scan: Run, two: Path, typed: Callable[[str], None], tmp_path: Path) -> None:
    typed("m\nm\n")
    stmt_scan("review", two, day="2026-06-01")
    from analyzer.cli import agreements, review
    from analyzer.ledger.store import Ledger

    with Ledger(tmp_path / "ledger.db") as ledger:
        kept = ledger.kept()
    assert {k.decision.usual_minor for k in kept} == {999, 4900}
    charge = next(iter(kept[0].charges))
    from datetime import date
    from decimal import Decimal

    from analyzer.model import Transaction

    old = Transaction(date.fromisoformat(charge[0]), Decimal(charge[1]).scaleb(-2), "USD", "Q", "QUILLDESK", "...4242")
    new = Transaction(date(2026, 6, 3), Decimal("-12.99"), "USD", "Q", "QUILLDESK", "...4242")
    said = review.changes(agreements.Agreement("id", "QUILLDESK", "USD", (old, new), "weekly"), kept[:1])
    assert len(said) == 1
    assert "On 2026-06-01 you said" in said[0]
    assert "it comes weekly now, the last charge was $12.99" in said[0]


def test_decisions_leave_and_come_back_as_toml(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    stmt_scan("authorize", "spotify", samples / CARD)
    stmt_scan("cancel", "netflix", "--on", "2026-03-01", samples / CARD)
    path = tmp_path / "mine.toml"
    assert stmt_scan("review", "--export", path).out == f"2 decision(s) in {path}\n"
    other = tmp_path / "other.db"
    assert stmt_scan("review", "--import", path, "--ledger", other).status == 0
    listed = [line[12:] for line in stmt_scan("review", "--list", "--ledger", other).out.splitlines()]
    assert listed == [line[12:] for line in stmt_scan("review", "--list").out.splitlines()]
    found = json.loads(stmt_scan("scan", samples / CARD, "--authorized", path, "--no-ledger", "--format", "json").out)["streams"]
    assert next(s for s in found if s["merchant"] == "Spotify Premium")["authorized"] is True


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("authorize", " "), "no merchant named"),
        (("authorize", "X", "--cadence", "often"), "no such rhythm"),
        (("authorize", "X", "--max-amount", "1,5"), "not an amount"),
        (("authorize", "X", "--no-ledger"), "leave --no-ledger out"),
        (("cancel", "X", "--on", "soon"), "not a date"),
        (("review", "--list", "--export", "x.toml"), "exclude each other"),
    ],
)
def test_wrong_use_is_one_line(stmt_scan: Run, words: tuple[str, ...], said: str) -> None:
    outcome = stmt_scan(*words)
    assert outcome.status == 2
    assert said in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_word_on_the_shop_is_none_on_the_sellers_fee(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan("authorize", "AMAZON", samples / CARD)
    assert (outcome.status, outcome.out) == (0, "Amazon: yours\n")
    assert "Amazon selling fees is another agreement and not covered" in outcome.err
    assert "seller-fee Amazon selling fees" in urgent(stmt_scan, samples / CARD)
    assert stmt_scan("authorize", "amazon selling", samples / CARD).out.startswith("Amazon selling fees, monthly, Rp 654.196: yours")
    assert "seller-fee Amazon selling fees" not in urgent(stmt_scan, samples / CARD)


def test_what_a_decision_settled_can_be_decided_anew(stmt_scan: Run, samples: Path) -> None:
    stmt_scan("authorize", "Amazon selling fees", samples / CARD)
    outcome = stmt_scan("authorize", "Amazon selling fees", samples / CARD, "--max-amount", "600000")
    assert (outcome.out, outcome.err) == ("Amazon selling fees, monthly, Rp 654.196, up to Rp 600.000: yours\n", "")
    assert stmt_scan("review", "--list").out.count("Amazon") == 1


def test_any_finding_of_an_agreement_names_it(stmt_scan: Run, samples: Path) -> None:
    stmt_scan("add", samples / CARD)
    stmt_scan("cancel", "spotify", "--on", "2026-03-01")
    found = json.loads(stmt_scan("scan", samples / CARD, "--format", "json").out)["findings"]
    ids = [f["id"] for f in found if f["merchant"] == "Spotify Premium"]
    assert len(ids) == 2
    for id_ in ids:
        assert stmt_scan("cancel", id_[:6], "--on", "2026-03-02").out.startswith("Spotify Premium, monthly")


def test_an_end_to_come_is_said_to_be_one(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan("cancel", "spotify", samples / CARD, "--on", "2027-01-01")
    assert outcome.status == 0
    assert "2027-01-01 is still to come: charges until then are covered" in outcome.err


def test_forget_takes_back_one_agreement_not_all_of_a_name(stmt_scan: Run, samples: Path) -> None:
    stmt_scan("add", samples / CARD)
    for name in ("Netflix", "Spotify Premium"):
        stmt_scan("authorize", name)
    stmt_scan("authorize", "Netflix", "--cadence", "annual")
    outcome = stmt_scan("forget", "Netflix")
    assert outcome.status == 2
    assert "names 2 decisions" in outcome.err
    id_ = next(word for word in outcome.err.split() if len(word) == 6 and set(word) <= set("0123456789abcdef"))
    assert stmt_scan("forget", id_).out == "Taken back: Netflix, monthly, Rp 186.000: yours\n"
    assert stmt_scan("forget", "Netflix").out == "Taken back: Netflix, annual: yours\n"
    stmt_scan("authorize", "Netflix")
    stmt_scan("authorize", "Netflix", "--cadence", "annual")
    assert stmt_scan("forget", "Netflix", "--all").out.count("Taken back") == 2
    assert "Spotify" in stmt_scan("review", "--list").out


def test_what_has_ended_is_counted_as_not_decided(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan("review", samples / "clean.ofx", day="2028-01-01")
    assert "that ended and are not decided: --ended asks about them" in outcome.out
    assert "stmt-scan authorize" in stmt_scan("review", samples / "clean.ofx", "--ended", day="2028-01-01").out
