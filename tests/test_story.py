"""The sample story, played month by month with the commands its holder would type.

Ratna's card buys groceries, streams music, orders from Amazon. In March a mail welcomes her as a seller. She is none.
Weeks later the fee comes, then a second one; the refunds come when the matter has been followed long enough.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "sample_data"


class Desk:
    """A home with a download folder and a ledger, and a calendar on the wall."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.downloads, self.ledger, self.capsys = home / "downloads", home / "ledger.db", capsys
        self.downloads.mkdir()
        self.today = "2025-05-31"
        self.said = self.warned = ""
        self.status = 0

    def types(self, *words: object) -> str:
        """What one command prints on stdout."""
        from analyzer.cli import run

        self.capsys.readouterr()
        self.status = run([*map(str, words), "--ledger", str(self.ledger), "--as-of", self.today])
        self.said, self.warned = self.capsys.readouterr()
        assert self.status in (0, 1, 2), self.warned
        return " ".join(self.said.split())

    def reads(self, *words: object) -> dict[str, Any]:
        """The JSON one command prints."""
        self.types(*words, "--format", "json")
        return dict(json.loads(self.said))

    def downloads_month(self, month: str) -> None:
        shutil.copy(SAMPLES / "indonesia" / f"{month}.ofx", self.downloads)


@pytest.fixture
def ratna(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def months(first: str, last: str) -> list[str]:
    found = sorted(p.stem for p in (SAMPLES / "indonesia").glob("*.ofx"))
    return [m for m in found if first <= m <= last]


def test_from_the_welcome_mail_to_the_last_refund(ratna: Desk, tmp_path: Path) -> None:
    genuine, fake = SAMPLES / "notice-genuine.eml", SAMPLES / "notice-fake.eml"

    # A year of ordinary statements: remembered, and nothing to worry about.
    ratna.today = "2026-01-31"
    ratna.types("add", *(SAMPLES / "indonesia" / f"{m}.ofx" for m in months("2025-05", "2025-12")))
    assert "8 statements" in ratna.said
    for month in months("2026-01", "2026-03"):
        ratna.today = f"{month}-28"
        ratna.downloads_month(month)
        ratna.types("watch", ratna.downloads, "--exit-code")
        assert ratna.status == 0, ratna.said

    # 27 March: "Welcome to selling on Amazon". It is genuine, and that is the alarm.
    ratna.today = "2026-03-28"
    assert ratna.reads("notice", genuine)["verdict"] == "unverified", "nobody said whose mailbox it came from"
    notice = ratna.reads("notice", genuine, "--receiver", "mx.example")
    assert notice["verdict"] == "authentic-looking"
    assert "taken over" in notice["advice"][0]
    assert notice["matches"] == [], "no fee yet: it is weeks away"

    # April: quiet. It looks settled.
    ratna.today = "2026-05-01"
    ratna.downloads_month("2026-04")
    ratna.types("watch", ratna.downloads, "--exit-code")
    assert ratna.status == 0

    # The statement of May brings the fee.
    ratna.today = "2026-06-01"
    ratna.downloads_month("2026-05")
    text = ratna.types("watch", ratna.downloads, "--exit-code")
    assert ratna.status == 1
    assert "Amazon" in text
    assert "661.507" in text
    assert ratna.types("watch", ratna.downloads, "--exit-code") == "", "it is told once"
    matches = ratna.reads("notice", genuine, "--receiver", "mx.example")["matches"]
    assert [(m["date"], m["fit"]) for m in matches] == [("2026-05-04", "possible")]

    # A case is opened, the account secured, bank and seller support called, the packet sent.
    assert "Case 1 opened: 1 charge" in ratna.types("case", "open", "Amazon", "--jurisdiction", "ID")
    ratna.types("case", "log", "new password, signed out everywhere", "--kind", "password-changed")
    ratna.types("case", "log", "called the bank, ref 12", "--kind", "call", "--to", "issuer")
    ratna.types("case", "log", "asked for a stop on this merchant", "--kind", "charges-stopped")
    ratna.types("case", "log", "called seller support, ref 4711")
    assert ratna.reads("case", "show")["next"] == "send-dispute"
    packet = tmp_path / "packet"
    details = ["--details", SAMPLES / "details.toml", "--language", "id", "--exhibits", "none"]
    ratna.types("dispute", "Amazon", SAMPLES / "indonesia" / "2026-05.ofx", "-o", packet, *details)
    assert ratna.status == 0, ratna.warned
    assert (packet / "packet.pdf").stat().st_size < 2 * 1024 * 1024
    assert "4711" in (packet / "packet.json").read_text(), "the log is part of the packet"
    ratna.types("case", "log", "packet sent to the bank's dispute unit", "--kind", "letter", "--to", "issuer")

    # 2 June: a fake joins in. It is to be ignored; the statements are not.
    ratna.today = "2026-06-03"
    scam = ratna.reads("notice", fake, "--receiver", "mx.example")
    assert scam["verdict"] == "likely-fake"
    assert "Ignore the mail" in scam["advice"][0]

    # June: charged again, and the first fee comes back.
    ratna.today = "2026-06-28"
    ratna.downloads_month("2026-06")
    text = ratna.types("watch", ratna.downloads, "--exit-code")
    assert ratna.status == 1
    assert "CHARGED AGAIN on 2026-06-04" in text
    assert "Refunded in part: Rp 661.507 of Rp 1.315.703" in text
    scan = ratna.reads("scan", SAMPLES / "indonesia" / "2026-06.ofx")
    assert "Charged again" in scan["findings"][0]["reasons"][0]
    assert ratna.reads("case", "show")["charges"][1]["since_opened"]
    assert "1 charge added" in ratna.types("case", "open", "Amazon")
    ratna.types("case", "log", "seller support promises the second fee", "--kind", "refund-promised", "--expect", "2026-07-04")
    ratna.types("case", "close")
    assert ratna.status == 2, "not while a refund is missing"
    assert "654.196 missing" in ratna.warned

    # 5 July: the promised day has passed.
    ratna.today = "2026-07-05"
    late = ratna.reads("scan", SAMPLES / "indonesia" / "2026-06.ofx")["findings"]
    assert ("refund-missing", "654196") in [(f["kind"], f["amount_at_risk"]) for f in late]
    calendar = ratna.types("case", "show", "--format", "ics")
    assert "DTSTART;VALUE=DATE:20260704" in calendar

    # The statement of July brings the second refund.
    ratna.today = "2026-08-01"
    ratna.downloads_month("2026-07")
    assert "Refunded in full: Rp 1.315.703 (2026-06-22, 2026-07-06)" in ratna.types("watch", ratna.downloads)
    case = ratna.reads("case", "show")
    assert (case["missing"], case["refund_state"], case["next"]) == ("0", "full", "replace")

    # Last of all, when no refund is on its way to the old number any more: the new card.
    ratna.types("case", "close")
    assert ratna.status == 2
    assert "a replaced card" in ratna.warned
    ratna.types("case", "log", "the new card came", "--kind", "card-replaced")
    assert "Case 1 closed." in ratna.types("case", "close")
    assert ratna.status == 0

    # It is over: the next look at the folder has nothing to say.
    assert ratna.types("watch", ratna.downloads, "--exit-code") == ""
    assert ratna.reads("case", "show")["closed_unfinished"] is None
