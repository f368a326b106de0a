"""A file that cannot be read is one line, file first, and exit status 2; never a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analyzer import escape

Run = Callable[..., Any]
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)
LOGIN_PAGE = b"<!DOCTYPE html>\n<html><head><title>Log in</title></head><body><form><input name=user></form></body></html>\n"


def encrypted(source: Path, target: Path, password: str) -> Path:
    """A copy of a PDF that needs a password."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=source)
    writer.encrypt(user_password=password, owner_password=f"{password}-owner", algorithm="AES-256")
    writer.write(target)
    return target


def one_line(outcome: Any, file: object, said: str) -> None:
    """Exit status 2, nothing printed, one error line that begins with the file and says `said`."""
    assert outcome.status == 2
    assert outcome.out == ""
    assert len(outcome.errors) == 1, outcome.err
    assert outcome.err.startswith(f"stmt-scan: error: {file}: ")
    assert re.search(said, outcome.err), outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.ofx", b"", "empty"),
        ("blank.csv", b"\n \n\n", "blank"),
        ("picture.pdf", PICTURE, "picture|image|PNG"),
        ("statement.ofx", LOGIN_PAGE, "web page|HTML"),
        ("notes.txt", b"Dear diary, today I bought nothing at all.\n", "not recognised"),
        ("packed.csv", b"PK\x03\x04" + bytes(60), "compressed"),
        ("gone.pdf", None, "No such file"),
    ],
)
@pytest.mark.parametrize("command", ["scan", "convert"])
def test_what_is_no_statement(stmt_scan: Run, tmp_path: Path, command: str, name: str, content: bytes | None, said: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    one_line(stmt_scan(command, path), path, said)


def test_a_folder_without_statements(stmt_scan: Run, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    one_line(stmt_scan(folder), folder, "folder without statements")


@pytest.mark.parametrize("name", ["indonesia/2026-06.ofx", "indonesia/2026-06.pdf", "clean.ofx"])
def test_a_file_cut_in_half(stmt_scan: Run, samples: Path, tmp_path: Path, name: str) -> None:
    whole = (samples / name).read_bytes()
    path = tmp_path / Path(name).name
    path.write_bytes(whole[: len(whole) // 2])
    outcome = stmt_scan(path)
    assert outcome.status == 2
    assert outcome.out == ""
    assert len(outcome.errors) == 1
    assert outcome.err.startswith(f"stmt-scan: error: {path}: ")


def test_an_encrypted_pdf_needs_its_password_and_a_wrong_one_is_another_message(
    stmt_scan: Run, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = encrypted(samples / "indonesia" / "2026-06.pdf", tmp_path / "locked.pdf", "s3cret-word")
    missing = stmt_scan(path)
    one_line(missing, path, "password")
    (tmp_path / "wrong.txt").write_text("not-it\n", encoding="utf-8")
    wrong = stmt_scan(path, "--password-file", tmp_path / "wrong.txt")
    one_line(wrong, path, "password")
    assert wrong.err != missing.err
    assert "not-it" not in wrong.err
    (tmp_path / "right.txt").write_text("s3cret-word\n", encoding="utf-8")
    right = stmt_scan("convert", path, "--password-file", tmp_path / "right.txt")
    assert right.status == 0
    monkeypatch.setenv("STMT_SCAN_PDF_PASSWORD", "s3cret-word")
    assert stmt_scan("convert", path).out == right.out
    assert "s3cret-word" not in right.out + right.err


def test_a_pipe_and_a_device_are_not_opened(stmt_scan: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.ofx"
    os.mkfifo(pipe)
    one_line(stmt_scan(pipe), pipe, "pipe")
    one_line(stmt_scan("/dev/zero"), "/dev/zero", "device")


def test_one_bad_file_does_not_stop_the_others(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ofx"
    bad.write_bytes(LOGIN_PAGE)
    outcome = stmt_scan(bad, samples / "indonesia.ofx")
    assert outcome.status == 2
    assert "Amazon selling fees" in outcome.out
    assert "1 file could not be read" in outcome.out
    assert outcome.err.count("stmt-scan: error: ") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["scan"], "no file named"),
        (["scan", "--no-such-option"], "No such option"),
        (["scan", "x.ofx", "--as-of", "yesterday"], "not a date"),
        (["scan", "x.ofx", "--limit", "pdf_pages=many"], "no such limit or no number"),
        (["scan", "x.ofx", "--limit", "pages=3"], "pdf_pages"),
        (["scan", "x.ofx", "--currency", "rupiah"], "not a currency"),
        (["scan", "x.ofx", "--password-file", "/no/such"], "password file"),
        (["convert", "x.ofx", "--format", "parquet"], "needs a file"),
        (["scan", "x.ofx", "--min-score", "7"], "min-score"),
        (["dispuet", "x.ofx"], "did you mean dispute?"),
    ],
)
def test_wrong_usage_is_one_line(stmt_scan: Run, words: list[str], said: str) -> None:
    outcome = stmt_scan(*words, day=None)
    assert outcome.status == 2
    assert len(outcome.errors) == 1
    assert said in outcome.err


def test_a_list_of_agreements_that_cannot_be_used_is_one_line(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    broken = tmp_path / "mine.toml"
    broken.write_text("[[authorized]\nmerchant = 3", encoding="utf-8")
    outcome = stmt_scan(samples / "clean.ofx", "--authorized", broken)
    assert outcome.status == 2
    assert len(outcome.errors) == 1
    assert str(broken) in outcome.err


@pytest.mark.parametrize("target", ["", "/no/such/folder/out.json", "folder", "/dev/full"])
def test_a_result_that_cannot_be_written_is_one_line(stmt_scan: Run, samples: Path, tmp_path: Path, target: str) -> None:
    (tmp_path / "folder").mkdir()
    outcome = stmt_scan(samples / "clean.ofx", "-o", str(tmp_path / target) if target == "folder" else target)
    assert outcome.status == 2
    assert outcome.out == ""
    assert outcome.errors[-1].startswith("stmt-scan: error: ")


def test_a_name_full_of_tricks_is_shown_and_nothing_more(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2Jb\u202e\n<img>.ofx"
    path.write_bytes((samples / "indonesia" / "2026-06.ofx").read_bytes())
    for outcome in (stmt_scan(path), stmt_scan(path, "--format", "json"), stmt_scan(path, "--format", "csv"), stmt_scan("convert", path)):
        assert outcome.status == 0
        assert "\x1b" not in outcome.out + outcome.err
        assert "\u202e" not in outcome.out + outcome.err


def test_a_name_like_an_option(stmt_scan: Run, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "-o").write_bytes((samples / "clean.ofx").read_bytes())
    monkeypatch.chdir(tmp_path)
    assert stmt_scan("--", "-o").status == 0
    assert stmt_scan("convert", "--", "-o").out.startswith("date,amount,")
    assert stmt_scan("-").err.startswith("stmt-scan: error: -: ")


def test_a_bug_of_ours_is_one_line_and_seventy(stmt_scan: Run, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from analyzer import api

    def broken(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError("4000 1200 0000 4242 in a message")

    monkeypatch.setattr(api, "scan", broken)
    outcome = stmt_scan(samples / "clean.ofx")
    assert outcome.status == 70
    assert len(outcome.errors) == 1
    assert "ZeroDivisionError" in outcome.err
    assert "4242" not in outcome.err
    outcome = stmt_scan(samples / "clean.ofx", "--debug")
    assert outcome.status == 70
    assert outcome.err.startswith("Traceback (most recent call last):")
    assert outcome.errors[-1].startswith("stmt-scan: error: a bug of ours: ZeroDivisionError")


def test_debug_adds_a_traceback_and_changes_nothing_else(stmt_scan: Run, samples: Path) -> None:
    outcome = stmt_scan("nothing.ofx", samples / "clean.ofx", "--debug", "--exit-code")
    assert outcome.status == 2
    assert "card ...6021" in outcome.out
    assert outcome.err.startswith("Traceback (most recent call last):")
    assert outcome.errors[-1].startswith("stmt-scan: error: nothing.ofx: cannot be read")
    assert stmt_scan("scan", "--debug").status == 2


@pytest.mark.parametrize("command", ["scan", "add", "convert", "watch"])
def test_an_empty_name_is_not_the_folder_one_is_in(stmt_scan: Run, command: str) -> None:
    outcome = stmt_scan(command, "")
    assert outcome.status == 2
    assert len(outcome.errors) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(("redirection", "status"), [(">/dev/full", 2), (">&-", 0), ("2>&-", 0), ("nothing.ofx 2>/dev/full", 2)])
def test_output_that_goes_nowhere(samples: Path, tmp_path: Path, redirection: str, status: int) -> None:
    command = f"{sys.executable} -m analyzer convert {samples / 'clean.csv'} --no-ledger {redirection}"
    environment = {**os.environ, "HOME": str(tmp_path)}
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert done.returncode == status
    assert "bug" not in done.stderr
    assert "Traceback" not in done.stderr
    if redirection == ">/dev/full":
        assert done.stderr.startswith("stmt-scan: error: the output cannot be written: No space left on device")


def test_a_reader_that_hangs_up_early_is_no_error(samples: Path, tmp_path: Path) -> None:
    command = f"{sys.executable} -m analyzer convert {samples / 'indonesia.ofx'} --no-ledger | head -n 1"
    environment = {**os.environ, "HOME": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert done.stdout == "date,amount,currency,descriptor,account,fitid,status,file,page,line\n"
    assert done.stderr == ""
    assert done.returncode in (0, 141)


def test_a_reader_that_never_listened_is_no_finding(samples: Path, tmp_path: Path) -> None:
    command = f"{sys.executable} -m analyzer {samples / 'us.ofx'} --no-ledger --as-of 2026-06-28 | true; echo ${{PIPESTATUS[0]}}"
    environment = {**os.environ, "HOME": str(tmp_path)}
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert done.stdout.strip() in ("0", "141")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("words", ["convert", "convert --format beancount", "scan --format csv", "scan --format markdown"])
def test_data_in_a_pipe_is_the_same_bytes_under_every_encoding(tmp_path: Path, encoding: str, words: str) -> None:
    card = tmp_path / "card.csv"
    rows = [f"2026-0{m}-05,CAFÉ €5 ŁÓDŹ,-9.99,EUR" for m in range(1, 7)]
    card.write_text("\n".join(["Date,Description,Amount,Currency", *rows]) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "analyzer", *words.split(), str(card), "--no-ledger", "-q", "--as-of", "2026-06-28"]
    environment = {**os.environ, "HOME": str(tmp_path)}
    outputs = [
        subprocess.run(command, capture_output=True, env={**environment, "PYTHONIOENCODING": e}, timeout=60, check=True).stdout
        for e in (encoding, "utf-8")
    ]
    assert outputs[0] == outputs[1]
    assert words != "convert" or "CAFÉ €5 ŁÓDŹ".encode() in outputs[0]


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("scan {card} -o {card}", "card"),
        ("convert {card} -o {card}", "card"),
        ("convert {folder} -o {card}", "card"),
        ("convert {card} --format parquet -o {link}", "card"),
        ("notice {mail} {card} -o {mail}", "mail"),
        ("scan {card} --authorized {mine} -o {mine}", "mine"),
        ("ledger export -o {ledger}", "ledger"),
        ("review --export {ledger}", "ledger"),
    ],
)
def test_what_is_read_is_never_written_over(stmt_scan: Run, samples: Path, tmp_path: Path, words: str, target: str) -> None:
    folder = tmp_path / "statements"
    folder.mkdir()
    paths = {"folder": folder, "card": folder / "card.ofx", "mail": tmp_path / "m.eml", "mine": tmp_path / "mine.toml"}
    paths |= {"ledger": tmp_path / "ledger.db", "link": tmp_path / "link.ofx"}
    for name, sample in (("card", "clean.ofx"), ("mail", "notice-fake.eml"), ("mine", "authorized.toml")):
        paths[name].write_bytes((samples / sample).read_bytes())
    paths["link"].symlink_to(paths["card"])
    assert stmt_scan("add", paths["card"]).status == 0
    before = paths[target].read_bytes()
    outcome = stmt_scan(*words.format(**paths).split())
    assert outcome.status == 2
    assert "is read by this command" in outcome.errors[-1]
    assert paths[target].read_bytes() == before
    assert paths["link"].is_symlink()


@pytest.mark.parametrize("words", [("--min-score", "nan"), ("--charts", ""), ("-o", "")])
def test_a_value_that_would_hide_or_scatter_the_result_is_refused(stmt_scan: Run, samples: Path, words: tuple[str, str]) -> None:
    outcome = stmt_scan("scan", samples / "us.ofx", *words)
    assert outcome.status == 2
    assert outcome.out == ""


def test_no_command_shows_or_keeps_a_full_number_of_ours(stmt_scan: Run, samples: Path, tmp_path: Path) -> None:
    digits = "400000000000123"
    number = next(n for d in "0123456789" if escape.mask_numbers(n := digits + d) != n)
    card, folder = tmp_path / f"{number}.ofx", tmp_path / f"for {number}"
    card.write_bytes((samples / "us.ofx").read_bytes())
    path = tmp_path / f"{number}.db"
    ledger = ["--ledger", path]
    lines = [
        ["scan", card],
        ["scan", card, "--charts", folder],
        ["dispute", "Glowvia", card, "-o", folder, "--no-ledger"],
        ["ledger", "info", *ledger],
        ["add", card, *ledger],
        ["authorize", "Hulu", "--note", f"paid with {number}", "--account", number, *ledger],
        ["authorize", number, "--note", number, *ledger],
        ["case", "open", "Glowvia", *ledger],
        ["case", "log", f"asked about {number}", *ledger],
        ["case", "show", *ledger],
        ["ledger", "info", *ledger],
        ["review", "--list", *ledger],
        ["review", "--export", tmp_path / f"{number}.toml", *ledger],
        ["ledger", "backup", tmp_path / f"{number}.copy", *ledger],
    ]
    for words in lines:
        outcome = stmt_scan(*words)
        assert outcome.status == 0, (words, outcome.err)
        assert number not in outcome.out + outcome.err, words
    assert number.encode() not in path.read_bytes()
    assert number not in (tmp_path / f"{number}.toml").read_text()
    gone = stmt_scan("ledger", "delete", "--yes", *ledger)
    assert number not in gone.out + gone.err


def test_the_account_of_a_decision_may_be_named_by_its_last_digits(stmt_scan: Run, samples: Path) -> None:
    assert stmt_scan("add", samples / "us.ofx").status == 0
    assert "no recurring charge" not in stmt_scan("authorize", "Hulu", "--account", "3117").err
