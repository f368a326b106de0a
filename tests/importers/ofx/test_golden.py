"""Every document beside this file is read as its expectation says, row by row and warning by warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.ofx import golden


def expected(folder: Path, name: str) -> str:
    path = folder / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.mark.parametrize("folder", golden.folders(), ids=lambda p: p.name)
def test_document_is_read_as_expected(folder: Path) -> None:
    rows, facts = golden.describe(folder)
    assert rows == expected(folder, "statement.expected.csv")
    assert facts == expected(folder, "statement.expected.txt")


def test_no_expectation_without_a_document() -> None:
    assert {p.parent for p in golden.HERE.glob("*/statement.expected.*")} <= set(golden.folders())


def test_refusals_are_named_so() -> None:
    refused = {f.name for f in golden.folders() if not (f / "statement.expected.csv").exists()}
    assert refused == {f.name for f in golden.folders() if f.name.startswith("refused-")}
