"""Every bank profile reads its own synthetic export exactly as its golden file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer import testing
from analyzer.importers.csv import profile

HERE = Path(__file__).parent
CASES = testing.cases(HERE)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_golden(case: testing.Case) -> None:
    case.check()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_the_profile_that_reads(case: testing.Case) -> None:
    found = case.read()
    name = case.document.parent.name
    assert {s.importer for s in found} == {f"csv:{name}"}
    chosen = profile.profiles()[name]
    assert sum(s.rejected for s in found) == 0
    if chosen.balance:
        assert all(s.reconciled is True for s in found)


def test_every_profile_has_a_golden_file() -> None:
    assert {case.document.parent.name for case in CASES} == set(profile.profiles())
