"""`watch FOLDER`: what is new is stored, what changed is printed, and nothing else."""

from __future__ import annotations

import configparser
import json
import os
import plistlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, samples: Path) -> Path:
    """A download folder with a year of the card, up to the month before the first fee."""
    target = tmp_path / "downloads"
    target.mkdir()
    for path in sorted((samples / "indonesia").glob("*.ofx")):
        if path.stem <= "2026-04":
            shutil.copy(path, target)
    return target


def test_the_story_month_by_month(stmt_scan: Run, folder: Path, samples: Path) -> None:
    first = stmt_scan("watch", folder, day="2026-04-30")
    assert first.status == 0
    assert first.out.count("new transactions") == 12
    assert "Amazon selling fees" not in first.out
    quiet = stmt_scan("watch", folder, "--exit-code", day="2026-05-01")
    assert (quiet.status, quiet.out, quiet.err) == (0, "", "")
    shutil.copy(samples / "indonesia" / "2026-05.ofx", folder)
    fee = stmt_scan("watch", folder, "--exit-code", day="2026-05-31")
    assert fee.status == 1
    assert fee.out.count("new transactions") == 1
    assert "Amazon selling fees" in fee.out
    assert "1 charge " in fee.out
    assert stmt_scan("watch", folder, "--exit-code", day="2026-06-01").out == ""
    shutil.copy(samples / "indonesia" / "2026-06.ofx", folder)
    again = stmt_scan("watch", folder, "--exit-code", day="2026-06-28")
    assert again.status == 1
    assert "Amazon selling fees: charged again: 1 more since the last time." in again.out


def test_the_next_command_finds_the_finding(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    """What was found on statements that are not in the folder is disputed from the ledger."""
    stmt_scan("add", samples / "indonesia" / "2026-05.ofx")
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(samples / "uk" / "2026-03.pdf", other)
    outcome = stmt_scan("watch", other)
    command = next(line for line in outcome.out.splitlines() if line.startswith("  stmt-scan dispute "))
    assert re.fullmatch(r"  stmt-scan dispute [0-9a-f]{6} -o dispute/", command)
    assert stmt_scan("dispute", command.split()[2], "-o", tmp_path / "dispute").status == 0


def test_decided_agreements_are_not_told(stmt_scan: Run, folder: Path, samples: Path) -> None:
    stmt_scan("review", "--import", samples / "authorized.toml")
    stmt_scan("watch", folder, day="2026-04-30")
    shutil.copy(samples / "indonesia" / "2026-05.ofx", folder)
    assert "Netflix" not in stmt_scan("watch", folder, day="2026-05-31").out


def test_an_unreadable_file_is_told_once_until_it_changes(stmt_scan: Run, folder: Path) -> None:
    stmt_scan("watch", folder)
    bad = folder / "broken.ofx"
    bad.write_text("OFXHEADER:100\n\n<OFX><CREDITCARDMSGSRSV1>")
    assert stmt_scan("watch", folder).status == 2
    quiet = stmt_scan("watch", folder)
    assert (quiet.status, quiet.out, quiet.err) == (0, "", "")
    bad.write_text("OFXHEADER:100\n\n<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS>")
    assert stmt_scan("watch", folder).status == 2


def test_files_still_being_downloaded_wait(stmt_scan: Run, tmp_path: Path, samples: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    whole = samples / "indonesia" / "2026-05.ofx"
    shutil.copy(whole, folder / "a.ofx.part")
    shutil.copy(whole, folder / "b.crdownload")
    shutil.copy(whole, folder / "c.ofx")
    (folder / "c.ofx.part").write_text("")
    (folder / "d.ofx").write_text("")
    outcome = stmt_scan("watch", folder)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")
    (folder / "c.ofx.part").unlink()
    assert "66 new transactions" in stmt_scan("watch", folder).out


def test_a_file_that_is_touched_or_renamed_brings_nothing_new(stmt_scan: Run, folder: Path) -> None:
    stmt_scan("watch", folder)
    path = folder / "2026-04.ofx"
    os.utime(path, (1_700_000_000, 1_700_000_000))
    path.rename(folder / "april.ofx")
    outcome = stmt_scan("watch", folder)
    assert (outcome.status, outcome.out) == (0, "")


def test_what_was_added_otherwise_is_told_by_the_next_watch(stmt_scan: Run, folder: Path, samples: Path) -> None:
    stmt_scan("watch", folder)
    stmt_scan("add", samples / "indonesia" / "2026-05.ofx")
    assert "Amazon selling fees" in stmt_scan("watch", folder).out


def test_an_empty_folder_is_no_error_and_a_missing_one_is(stmt_scan: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    outcome = stmt_scan("watch", tmp_path / "empty")
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")
    outcome = stmt_scan("watch", tmp_path / "none")
    assert outcome.status == 2
    assert outcome.err.count("\n") == 1


def test_no_file_name_is_kept(stmt_scan: Run, tmp_path: Path, samples: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    shutil.copy(samples / "clean.ofx", folder / "statement 700012344242.ofx")
    assert stmt_scan("watch", folder).status == 0
    assert b"700012344242" not in (tmp_path / "ledger.db").read_bytes()
    assert json.loads(stmt_scan("ledger", "export", "--format", "json").out)[0]["file"].endswith("statement ...4242.ofx")


DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "ledger.md"


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def commands() -> dict[str, list[str]]:
    """The command of each scheduler's example in the documentation."""
    (cron,) = examples("cron")
    (plist,) = examples("xml")
    service, timer = (configparser.ConfigParser(interpolation=None) for _ in range(2))
    for parser, text in zip((service, timer), examples("ini"), strict=True):
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read_string(text)
    assert re.fullmatch(r"(\S+ ){5}", cron[: cron.index("/")])
    assert timer["Timer"]["OnCalendar"]
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert service["Service"]["Type"] == "oneshot"
    return {
        "cron": cron.split()[5:],
        "launchd": plistlib.loads(plist.encode())["ProgramArguments"],
        "systemd": service["Service"]["ExecStart"].split(),
    }


@pytest.mark.parametrize("scheduler", ["cron", "launchd", "systemd"])
def test_the_schedulers_examples_run(stmt_scan: Run, folder: Path, scheduler: str) -> None:
    program, verb, watched, *options = commands()[scheduler]
    assert (Path(program).name, verb, Path(watched).name) == ("stmt-scan", "watch", "Downloads")
    outcome = stmt_scan(verb, folder, *options)
    assert outcome.status == 0
    assert "new transactions" in outcome.out
