"""Whatever is done to a CSV file, only our own exceptions come out, and nothing is read that was not there."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import StmtScanError
from analyzer.importers.base import Options
from analyzer.importers.csv import CsvImporter, dialect
from tests.importers.csv.reading import TODAY, document

PROFILES = Path(__file__).parent.parent / "profiles"
PIECES = (
    b'"',
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r",
    b"\x00",
    b"\xff",
    b"-",
    b"(",
    b"1e99",
    b"nan",
    b"9" * 30,
    b"\xe2\x80\xae",
    b"=cmd",
    b"Total",
    b"31/02/2024",
    b"\xef\xbb\xbf",
)


def outcome(data: bytes) -> None:
    """Read `data`; anything but a `StmtScanError` fails the test."""
    given_to = document(data)
    importer = CsvImporter()
    try:
        if not importer.identify(given_to):
            return
        found = importer.read(given_to, Options(today=TODAY))
    except StmtScanError as error:
        told = str(error)
        found = []
    else:
        told = ""
    assert "\n" not in told
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert sum(len(s) + s.rejected + s.skipped for s in found) <= lines


def damaged(data: bytes, luck: random.Random) -> bytes:
    """`data` cut, doubled, mixed up, or with something put in."""
    for _ in range(luck.randint(1, 5)):
        at = luck.randrange(len(data) + 1)
        to = min(len(data), at + luck.randint(1, 60))
        match luck.randrange(5):
            case 0:
                data = data[:at] + luck.choice(PIECES) + data[at:]
            case 1:
                data = data[:at] + data[to:]
            case 2:
                data = data[:to] + data[at:to] + data[to:]
            case 3:
                data = data[:at] + bytes(luck.randrange(256) for _ in range(3)) + data[at + 3 :]
            case _:
                lines = data.split(b"\n")
                luck.shuffle(lines)
                data = b"\n".join(lines)
    return data


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*/statement.csv")), ids=lambda p: p.parent.name)
def test_damaged_statements(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "_clever", lambda text: None)
    luck = random.Random(path.parent.name)
    data = path.read_bytes()
    for _ in range(6):
        outcome(damaged(data, luck))


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_behind_a_header(data: bytes) -> None:
    outcome(b"Date,Description,Amount\n2024-01-05,A,-1.00\n" + data)


@given(
    st.lists(
        st.lists(st.sampled_from(["2024-01-05", "-1.00", "A", "", "Total", '"', "1,5", "05/06/07", "D", "EUR"]), max_size=6), max_size=12
    )
)
@settings(max_examples=150, deadline=None)
def test_any_table_of_likely_cells(table: list[list[str]]) -> None:
    outcome("\n".join(";".join(record) for record in table).encode())
