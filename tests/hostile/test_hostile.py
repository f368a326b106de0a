"""Broken and hostile files: each is answered as its list says, in bounded time and memory.

The cases are not part of the project; `STMT_SCAN_CORPUS` names the folder that holds `hostile/cases.tar.xz`, and its own
`index.json` says what each must be answered with.
"""

from __future__ import annotations

import bz2
import functools
import gzip
import json
import os
import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from analyzer.cli import run
from analyzer.escape import luhn
from tests.conftest import SHARED

ARCHIVE = SHARED / "hostile" / "cases.tar.xz"
HERE = Path(__file__).resolve().parent
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files and limits")


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked cases."""
    if not ARCHIVE.is_file():
        pytest.skip(f"no hostile cases at {ARCHIVE}: set STMT_SCAN_CORPUS")
    folder = tmp_path_factory.mktemp("hostile")
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.rglob("index.json")).parent


@functools.cache
def index(folder: Path) -> dict[str, Any]:
    """What the list says."""
    found: dict[str, Any] = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return found


def answers(paths: list[Path], *, seconds: int, memory: int) -> dict[str, dict[str, Any]]:
    """Per file name what reading it gave; two processes share the files, for much of their time is waiting."""
    with ThreadPoolExecutor(2) as pool:
        parts = pool.map(lambda part: _answers(part, seconds=seconds, memory=memory), (paths[::2], paths[1::2]))
        return {name: answer for part in parts for name, answer in part.items()}


def _answers(paths: list[Path], *, seconds: int, memory: int) -> dict[str, dict[str, Any]]:
    """Per file name what reading it gave; a file that ends the process is `lost`, and the rest goes on without it."""
    found: dict[str, dict[str, Any]] = {}
    left = [str(p) for p in paths]
    while left:
        command = [sys.executable, str(HERE / "runner.py"), str(seconds), str(memory), *left]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds * len(left) + 60, check=False)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        for line in lines:
            if "path" in line:
                found[Path(line["path"]).name] = line
        started = [line["started"] for line in lines if "started" in line]
        if not started:
            raise AssertionError(done.stderr[-2000:])
        if Path(started[-1]).name not in found:
            found[Path(started[-1]).name] = {"lost": done.stderr[-500:] or f"exit status {done.returncode}"}
        left = left[len(started) :]
    return found


def judge(case: dict[str, Any], answer: dict[str, Any]) -> str:
    """What is wrong with an answer; empty when it is as listed."""
    if "lost" in answer or "crash" in answer:
        return f"crashed: {answer.get('lost') or answer.get('crash')}"
    also = [e for e in case.get("also", ()) if e.startswith("clean error")]
    if case["expected"].startswith("clean error") or (also and "error" in answer):
        if "error" not in answer:
            return f"read {answer['n']} rows, should be refused"
        return "" if "\n" not in answer["error"] and "Traceback" not in answer["error"] else f"not one line: {answer['error']!r}"
    if "error" in answer:
        return f"refused: {answer['error']}"
    if case["n"] is not None and answer["n"] != case["n"]:
        return f"read {answer['n']} rows instead of {case['n']}"
    if "warning" in case["expected"] and not answer["warnings"]:
        return "no warning"
    return ""


@pytest.mark.parametrize("kind", ["ofx", "csv", "pdf", "zip", "sequence"])
@pytest.mark.timeout(900)
def test_cases_are_answered_as_listed(kind: str, cases: Path) -> None:
    listed = [c for c in index(cases)["files"] if c["kind"] == kind]
    assert listed
    limits = index(cases)["limits"]
    found = answers([cases / c["name"] for c in listed], seconds=limits["seconds"], memory=limits["memory_mib"])
    wrong = {c["name"]: judge(c, found[c["name"]]) for c in listed}
    assert {name: what for name, what in wrong.items() if what} == {}
    slow = {c["name"]: a["seconds"] for c in listed if (a := found[c["name"]]).get("seconds", 0) >= limits["seconds"]}
    assert slow == {}
    for name, answer in found.items():
        shown = json.dumps([answer.get("error"), answer.get("warnings"), answer.get("texts")])
        assert not _card_numbers(shown), name


def _card_numbers(text: str) -> list[str]:
    words = "".join(c if c.isdigit() else " " for c in text).split()
    return [w for w in words if 13 <= len(w) <= 19 and w[0] in "3456" and luhn(w)]


def command(*arguments: str | bytes, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    made = [sys.executable, "-m", "analyzer", *arguments]
    return subprocess.run(made, cwd=cwd, capture_output=True, text=True, errors="surrogateescape", timeout=60, check=False)


def refused(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("stmt-scan: error: ")


@pytest.mark.parametrize(
    "name",
    [
        "ofx_billion_laughs.ofx",
        "ofx_truncated_mid_list.ofx",
        "csv_is_html.csv",
        "pdf_reference_cycle.pdf",
        "zip_bomb.zip",
        "csv_bomb.csv.bz2",
    ],
)
def test_the_command_gives_one_line_and_status_2(name: str, cases: Path, tmp_path: Path) -> None:
    refused(command("convert", "--no-ledger", str(cases / name), cwd=tmp_path))


@posix
def test_special_files_are_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ofx")
    with (tmp_path / "sparse.csv").open("wb") as stream:
        stream.truncate(8 << 30)
    (tmp_path / "bomb.csv.gz").write_bytes(gzip.compress(bytes(1 << 20)))
    (tmp_path / "bomb.csv").write_bytes(bz2.compress(bytes(1 << 20)))
    done = command("convert", "--no-ledger", "pipe.ofx", "/dev/zero", "sparse.csv", "bomb.csv.gz", "bomb.csv", "gone.pdf", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert [line.split(": ")[2] for line in done.stderr.splitlines()] == [
        *("pipe.ofx", "/dev/zero", "sparse.csv", "bomb.csv.gz", "bomb.csv", "gone.pdf")
    ]


@posix
def test_hostile_names_are_read_and_shown_as_text(tmp_path: Path) -> None:
    from tests.importers.ofx.writing import as_sgml, row

    names = [b"-o x.ofx", b"line\nbreak.ofx", b"\x1b[2J.ofx", b"<img src=x>.ofx", b"bad\xff.ofx", b"=cmd.ofx"]
    for name in names:
        with open(os.fsencode(tmp_path) + b"/" + name, "wb") as stream:
            stream.write(as_sgml([row()]).encode())
    done = command("convert", "--no-ledger", "--", *names, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 1 + len(names)
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("name", ["db_text.db", "db_truncated.db", "db_bitrot.db"])
def test_a_damaged_ledger_is_refused_and_left_alone(name: str, cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    before = (cases / name).read_bytes()
    path.write_bytes(before)
    assert run(["ledger", "check", "--ledger", str(path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert path.read_bytes() == before


def test_sequences_end_with_the_rows_they_should(cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, sequence in enumerate(index(cases)["sequences"]):
        ledger = str(tmp_path / f"{number}.db")
        for name in sequence["files"]:
            assert run(["add", "--ledger", ledger, str(cases / name)]) == 0, sequence["name"]
        told = "".join(capsys.readouterr())
        assert run(["ledger", "export", "--format", "csv", "--ledger", ledger]) == 0
        assert len(capsys.readouterr().out.splitlines()) - 1 == sequence["stored"], sequence["name"]
        if sequence.get("warning"):
            assert "match" in told, sequence["name"]


def ofx_attacks() -> dict[str, tuple[bytes, bool]]:
    """Name → an OFX file made to hurt, and whether it must be refused; the others are read, or refused, in one line."""
    from tests.importers.ofx.writing import as_sgml, row

    good = as_sgml([row(fitid="A"), row(fitid="B", amount="-2.00")])
    one = good[good.index("<CREDITCARDMSGSRSV1>") : good.index("</OFX>")]

    def inside(text: str) -> str:
        return good.replace("<BANKTRANLIST>", f"{text}<BANKTRANLIST>", 1)

    made = {
        "parameter entity": (inside('<!DOCTYPE a [<!ENTITY % x "<!ENTITY y 1>">%x;]>'), True),
        "doctype with blanks": (inside("<! DOCTYPE a>"), True),
        "doctype at the end": (f"{good}<!doctype a>", True),
        "doctype in UTF-16": ((inside("<!DOCTYPE a>")).encode("utf-16"), True),
        "many accounts": (good.replace("</OFX>", one * 300 + "</OFX>"), True),
        "many documents": (good * 300, True),
        "rows in rows": (good.replace("<STMTTRN>", "<STMTTRN>" * 50_000, 1), True),
        "never closed": (f"<OFX>{'<A>' * 200_000}</OFX>", True),
        "closed only": (f"<OFX>{'</A>' * 200_000}</OFX>", True),
        "comments in comments": (inside("<!--" * 100_000), True),
        "code page of Python": (good.replace("CHARSET:1252", "CHARSET:unicode_escape"), False),
        "code page that is a path": (good.replace("CHARSET:1252", "CHARSET:../../etc/passwd"), False),
        "every second byte NUL": ("\0".join(good), False),
        "references": (good.replace("SHOP", "&#65;" * 10_000), False),
        "a reference without end": (good.replace("SHOP", f"&#{'9' * 50_000};"), False),
        "attributes": (good.replace("<STMTTRN>", f"<STMTTRN {'a=b ' * 100_000}>", 1), False),
        "blanks": (good.replace("SHOP", " " * 60_000 + "x"), False),
    }
    return {name: (text if isinstance(text, bytes) else text.encode(), refuse) for name, (text, refuse) in made.items()}


def test_ofx_made_to_hurt_is_answered_in_bounded_time(tmp_path: Path) -> None:
    attacks = ofx_attacks()
    names = {name: tmp_path / f"{n}.ofx" for n, name in enumerate(attacks)}
    for name, (data, _) in attacks.items():
        names[name].write_bytes(data)
    found = answers(list(names.values()), seconds=20, memory=1024)
    for name, (_, refuse) in attacks.items():
        answer = found[names[name].name]
        assert not {"lost", "crash"} & set(answer), (name, answer)
        assert not refuse or "error" in answer, (name, answer)
        assert "\n" not in answer.get("error", ""), name


def test_amounts_that_are_none_are_rejected_rows(tmp_path: Path) -> None:
    from tests.importers.ofx.writing import as_sgml, row

    odd = ["1E400", "sNaN", "-Infinity", "0x1F", "1_000", "--1", "1.2.3", "1/0", "10%", "9" * 20_000, "\u00bd", "+-5"]
    path = tmp_path / "odd.ofx"
    path.write_text(as_sgml([row(), *(row(amount=a, fitid=f"B{i}") for i, a in enumerate(odd))], encoding="UTF-8", charset="NONE"))
    done = command("convert", "--no-ledger", str(path), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
    assert sum("row left out" in line for line in done.stderr.splitlines()) == len(odd)


@posix
def test_lists_and_outputs_that_are_no_files_are_never_waited_for(tmp_path: Path) -> None:
    from tests.importers.ofx.writing import as_sgml, row

    (tmp_path / "s.ofx").write_text(as_sgml([row()]))
    os.mkfifo(tmp_path / "pipe")
    before = (tmp_path / "s.ofx").read_bytes()
    for option in ("--authorized", "--merchants", "--weights"):
        for value in ("pipe", "/dev/zero", "."):
            refused(command("scan", "--no-ledger", option, value, "s.ofx", cwd=tmp_path))
    for value in ("pipe", "s.ofx", "./s.ofx", "pipe/x"):
        refused(command("convert", "--no-ledger", "-o", value, "s.ofx", cwd=tmp_path))
    assert (tmp_path / "s.ofx").read_bytes() == before
    assert command("convert", "--no-ledger", "--password-file", "pipe", "s.ofx", cwd=tmp_path).returncode == 0
