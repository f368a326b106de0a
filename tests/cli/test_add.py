"""`add`: what it says, what it stores, and that scans judge by it."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def rows(stmt_scan: Run) -> list[dict[str, Any]]:
    return list(json.loads(stmt_scan("ledger", "export", "--format", "json").out))


def months(samples: Path, first: str, last: str, suffix: str = ".ofx") -> list[Path]:
    return sorted(p for p in (samples / "indonesia").glob(f"*{suffix}") if first <= p.stem <= last)


def test_twice_adds_nothing_and_says_when_it_was_added(stmt_scan: Run, samples: Path) -> None:
    first = stmt_scan("add", samples / "indonesia" / "2026-05.ofx")
    assert (first.status, first.err) == (0, "")
    assert "account ...4242, 66 new transactions" in first.out
    again = stmt_scan("add", samples / "indonesia" / "2026-05.ofx", day="2026-07-01")
    assert again.status == 0
    assert "already imported on 2026-06-28; nothing new" in again.out
    assert len(rows(stmt_scan)) == 66


def test_one_file_for_all_months_and_one_a_month_hold_the_same(stmt_scan: Run, samples: Path) -> None:
    stmt_scan("add", samples / "indonesia.ofx")
    before = len(rows(stmt_scan))
    outcome = stmt_scan("add", *months(samples, "2025-05", "2026-06"))
    assert outcome.status == 0
    assert "14 statements, 0 new transactions." in outcome.out
    assert len(rows(stmt_scan)) == before


def test_a_month_in_three_formats_is_one_month(stmt_scan: Run, samples: Path) -> None:
    ofx, pdf = (samples / "indonesia" / f"2026-05.{suffix}" for suffix in ("ofx", "pdf"))
    stmt_scan("add", ofx)
    one = stmt_scan("add", pdf)
    assert one.status == 0
    assert "0 new transactions, 66 already known" in one.out
    assert "matched across formats" in one.err
    stmt_scan("add", samples / "indonesia.csv")
    assert len(rows(stmt_scan)) == len(json.loads(stmt_scan("convert", samples / "indonesia.csv", "--format", "json").out))


def test_scan_judges_by_all_months_and_stores_nothing(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    june = samples / "indonesia" / "2026-06.ofx"
    stmt_scan("add", *months(samples, "2025-05", "2026-05"))
    before = (tmp_path / "ledger.db").read_bytes()
    outcome = stmt_scan("scan", june)
    assert "13 earlier months" in outcome.out
    assert (tmp_path / "ledger.db").read_bytes() == before
    known = json.loads(stmt_scan("scan", june, "--format", "json").out)
    alone = json.loads(stmt_scan("scan", june, "--format", "json", "--no-ledger").out)
    whole = json.loads(stmt_scan("scan", samples / "indonesia.ofx", "--format", "json", "--no-ledger").out)
    assert [f["id"] for f in known["findings"]] == [f["id"] for f in whole["findings"]]
    assert len(alone["streams"]) < len(known["streams"])


def test_scan_makes_no_ledger(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    assert stmt_scan("scan", samples / "clean.ofx").status == 0
    assert not (tmp_path / "ledger.db").exists()


def test_accounts_do_not_mix(stmt_scan: Run, samples: Path) -> None:
    stmt_scan("add", samples / "us.ofx", samples / "uk.ofx")
    outcome = stmt_scan("scan", samples / "indonesia" / "2026-06.ofx")
    assert "earlier month" not in outcome.out


def test_one_bad_file_stops_no_other(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ofx"
    bad.write_text((samples / "indonesia" / "2026-04.ofx").read_text()[:3000])
    outcome = stmt_scan("add", bad, samples / "indonesia" / "2026-05.ofx")
    assert outcome.status == 2
    assert len(outcome.errors) == 1
    assert len(rows(stmt_scan)) == 66


def test_the_file_and_its_folder_are_private(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "new" / "ledger.db"
    assert stmt_scan("add", samples / "clean.ofx", "--ledger", path).status == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("command", ["scan", "add"])
def test_a_damaged_ledger_is_refused_and_left_alone(stmt_scan: Run, samples: Path, tmp_path: Path, command: str) -> None:
    path = tmp_path / "ledger.db"
    path.write_text("no database\n" * 500)
    outcome = stmt_scan(command, samples / "clean.ofx")
    assert outcome.status == 2
    assert len(outcome.errors) == 1
    assert f"mv {path} {path}.damaged" in outcome.err
    assert path.read_text() == "no database\n" * 500
    assert stmt_scan("scan", samples / "clean.ofx", "--no-ledger").status == 0


def test_without_a_home_the_analysis_works(samples: Path, tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "STMT_SCAN_"))} | {"HOME": "/nonexistent/home"}
    command = [sys.executable, "-m", "analyzer", "scan", str(samples / "clean.ofx"), "--as-of", "2026-06-28"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unreachable_ledger_is_one_warning(stmt_scan: Run, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from analyzer.errors import ReadOnly
    from analyzer.ledger import opening

    (tmp_path / "ledger.db").write_text("x")

    def refuse(path: Path, *, create: bool) -> None:
        raise ReadOnly("cannot be opened: Permission denied", source=str(path), todo="name another place with --ledger")

    monkeypatch.setattr(opening, "connect", refuse)
    outcome = stmt_scan("scan", samples / "clean.ofx")
    assert outcome.status == 0
    assert len(outcome.errors) == 1
    assert "Permission denied" in outcome.err


def test_disk_full_says_so(samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    base = [sys.executable, "-m", "analyzer", "add", "--as-of", "2026-06-28", "--ledger", str(path)]
    subprocess.run([*base, str(samples / "clean.ofx")], check=True, capture_output=True, timeout=120)
    before = path.read_bytes()
    limit = f"import resource as r, sys; r.setrlimit(r.RLIMIT_FSIZE, ({len(before)}, -1)); from analyzer import cli; sys.exit(cli.run())"
    done = subprocess.run(
        [sys.executable, "-c", limit, *base[3:], str(samples / "indonesia.ofx")], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "indonesia.ofx: disk full: nothing was stored" in done.stderr
    assert path.read_bytes() == before
    assert not (tmp_path / "ledger.db-journal").exists()


def test_no_ledger_and_add_exclude_each_other(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan("add", samples / "clean.ofx", "--no-ledger")
    assert outcome.status == 2
    assert "leave --no-ledger out" in outcome.err


def test_the_library_adds_what_it_read(samples: Path, tmp_path: Path) -> None:
    import analyzer as sa

    frame = sa.read(samples / "indonesia" / "2026-05.ofx")
    with sa.Ledger(tmp_path / "l.db") as ledger:
        assert str(ledger.add(frame)) == "1 statement(s) added, 66 new transaction(s)."
        assert len(ledger.frame()) == 66


SEQUENCES = {
    "re-import": (("ofx_ok_sgml.ofx", "ofx_ok_sgml.ofx"), 3, "already imported on"),
    "the other order": (("seq_overlap_b.ofx", "seq_overlap_a.ofx"), 3, ""),
    "renumbered": (("seq_overlap_a.ofx", "seq_new_fitids_b.ofx"), 2, "ids differ"),
    "twins": (("csv_twins.csv", "csv_twins.csv"), 2, "already imported on"),
    "across formats": (("seq_overlap_a.ofx", "seq_same_as_csv.csv"), 2, "matched across formats"),
    "across formats, the other order": (("seq_same_as_csv.csv", "seq_overlap_a.ofx"), 2, "matched across formats"),
}


@pytest.mark.parametrize("case", SEQUENCES)
def test_sequences_of_real_trouble(stmt_scan: Run, shared: Path, tmp_path: Path, case: str) -> None:
    import tarfile

    names, stored, said = SEQUENCES[case]
    archive = shared / "hostile" / "cases.tar.xz"
    if not archive.is_file():
        pytest.skip("no hostile cases beside the corpus")
    with tarfile.open(archive) as packed:
        for member in packed.getmembers():
            if member.name.rpartition("/")[2] in names:
                data = packed.extractfile(member)
                assert data is not None
                with (tmp_path / member.name.rpartition("/")[2]).open("wb") as out:
                    shutil.copyfileobj(data, out)
    told = ""
    for name in names:
        outcome = stmt_scan("add", tmp_path / name)
        told += outcome.out + outcome.err
        assert outcome.status == 0
    assert len(rows(stmt_scan)) == stored
    assert said in told
