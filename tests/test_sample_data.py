"""Every document in the repository is synthetic, made by a script, and the same bytes every time."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from analyzer import escape

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "sample_data"
DOCUMENTS = {".ofx", ".qfx", ".qbo", ".csv", ".pdf", ".eml"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, written again by their script in a process of its own, as another user on another day."""
    folder = tmp_path_factory.mktemp("made")
    environment = {"PATH": "", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, str(SAMPLES / "make.py"), str(folder)], check=True, env=environment, capture_output=True)
    return folder


def kept() -> dict[str, bytes]:
    return {str(p.relative_to(SAMPLES)): p.read_bytes() for p in SAMPLES.rglob("*") if p.is_file() and p.suffix in {*DOCUMENTS, ".toml"}}


def test_the_script_writes_the_same_bytes_every_time(made: Path) -> None:
    again = {str(p.relative_to(made)): p.read_bytes() for p in made.rglob("*") if p.is_file()}
    there = kept()
    assert sorted(again) == sorted(there), "run `make sample-data`"
    changed = [name for name in again if again[name] != there[name]]
    assert not changed, f"run `make sample-data`: {changed}"


def text_files() -> list[Path]:
    """Every file that git keeps, or would keep."""
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    left_out = {".venv", ".git", "build", "dist", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
    return [p for p in ROOT.rglob("*") if p.is_file() and not left_out & set(p.relative_to(ROOT).parts)]


_RUNS = re.compile(rb"(?<![0-9.])\d(?:[ -]?\d){12,18}(?!\d)")


def card_numbers(data: bytes) -> list[str]:
    """What looks like a valid card number: 13 to 19 digits of a network's pattern whose check digit is right."""
    found = []
    for run in _RUNS.findall(data):
        digits = re.sub(rb"\D", b"", run).decode()
        if escape.mask_numbers(digits) != digits:
            found.append(digits)
    return found


def test_no_file_holds_a_valid_card_number() -> None:
    found = {str(p.relative_to(ROOT)): numbers for p in text_files() if (numbers := card_numbers(p.read_bytes()))}
    assert not found


def test_the_search_for_card_numbers_finds_one() -> None:
    body = "411111111111111"
    check = next(str(d) for d in range(10) if escape.luhn(body + str(d)))
    spaced = " ".join((body + check)[i : i + 4] for i in range(0, 16, 4))
    assert card_numbers(f"paid with {spaced}.".encode()) == [body + check]
    assert card_numbers(f"paid with {body}{(int(check) + 1) % 10}.".encode()) == []


def test_documents_stand_only_where_a_script_or_a_test_made_them() -> None:
    places = {p.relative_to(ROOT).parts[0] for p in text_files() if p.suffix in DOCUMENTS}
    assert places <= {"sample_data", "tests", "analyzer", "docs"}
    data = [p for p in text_files() if p.suffix in DOCUMENTS - {".csv"} and p.relative_to(ROOT).parts[0] in ("analyzer", "docs")]
    assert not data


@pytest.mark.parametrize("name", ["notice-genuine.eml", "notice-fake.eml"])
def test_the_mails_name_only_invented_people(name: str) -> None:
    mail = message_from_bytes((SAMPLES / name).read_bytes(), policy=policy.default)
    assert not mail.defects
    assert str(mail["To"]) == "ratna@example.com"
    domains = set(re.findall(r"@([\w.-]+)", (SAMPLES / name).read_text(encoding="utf-8")))
    assert all(d.endswith((".example", "example.com", "amazon.com")) for d in domains)


def months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def test_the_story_is_fourteen_months_of_ordinary_life_and_two_fees() -> None:
    rows = [line.split(";") for line in (SAMPLES / "indonesia.csv").read_text(encoding="utf-8").splitlines()[1:]]
    days = [date(int(r[0][6:]), int(r[0][3:5]), int(r[0][:2])) for r in rows]
    assert days == sorted(days)
    assert months(days[0], days[-1]) == 14
    assert 650 < len(rows) < 900
    fees = [(day.isoformat(), r[3].startswith("-")) for day, r in zip(days, rows, strict=True) if "SELLER" in r[1]]
    assert fees == [("2026-05-04", True), ("2026-06-04", True), ("2026-06-22", False)]
    fee = [r[3] for r in rows if "SELLER" in r[1] and r[3].startswith("-")]
    assert fee[0] != fee[1], "billed in dollars: the rupiah amount moves with the exchange rate"
    assert sum("AMZN MKTP" in r[1] or "AMAZON.COM" in r[1] for r in rows) >= 12
