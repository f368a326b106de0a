"""The golden-file test that profiles kept elsewhere use."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer import testing
from analyzer.errors import OutputError

TEXT = "Date,Description,Amount\n2026-01-05,CAFE,-1.00\n2026-01-06,=SUM(A1),-2.00\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank" / "statement.csv").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_a_document_without_expectation_fails(folder: Path) -> None:
    (case,) = testing.cases(folder)
    with pytest.raises(AssertionError, match=r"no expectation; write it with: python -m analyzer.testing generate"):
        case.check()


def test_an_expectation_without_document_fails(folder: Path) -> None:
    (folder / "bank" / "other.expected.csv").write_text("date\n", encoding="utf-8")
    case = next(c for c in testing.cases(folder) if "other" in str(c))
    with pytest.raises(AssertionError, match="an expectation without its document"):
        case.check()


def test_generate_then_check(folder: Path) -> None:
    (case,) = testing.cases(folder)
    written = case.generate()
    assert written.read_text(encoding="utf-8").splitlines() == [
        "date,amount,currency,descriptor,account,fitid,status,page,line",
        "2026-01-05,-1.00,XXX,CAFE,unknown,,posted,,2",
        "2026-01-06,-2.00,XXX,'=SUM(A1),unknown,,posted,,3",
    ]
    (again,) = testing.cases(folder)
    again.check()


def test_generate_never_overwrites(folder: Path) -> None:
    (case,) = testing.cases(folder)
    case.expected.write_text("mine\n", encoding="utf-8")
    with pytest.raises(OutputError, match="there is a golden file already"):
        case.generate()
    assert case.expected.read_text(encoding="utf-8") == "mine\n"


def test_a_difference_is_shown(folder: Path) -> None:
    (case,) = testing.cases(folder)
    case.generate()
    case.document.write_text(TEXT.replace("-1.00", "-1.50"), encoding="utf-8")
    with pytest.raises(AssertionError, match=r"(?s)-2026-01-05,-1.00.*\+2026-01-05,-1.50"):
        case.check()


def test_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert testing.main(["check", str(folder)]) == 1
    assert testing.main(["generate", str(folder)]) == 0
    assert testing.main(["check", str(folder)]) == 0
    assert testing.main(["generate", str(folder)]) == 0
    assert testing.main(["chek", str(folder)]) == 2
    assert testing.main(["check", str(folder / "nowhere")]) == 2
    assert "1 of 1 documents read as expected" in capsys.readouterr().out
