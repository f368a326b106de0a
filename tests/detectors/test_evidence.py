"""The table of weights, and the user's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.detectors import evidence, registry
from analyzer.errors import StmtScanError
from tests.detectors.make import TODAY, life, scan
from tests.streams.make import charge, monthly

SOURCES = Path(registry.__file__).parent


def test_score() -> None:
    assert evidence.score({}, []) == 0.5
    assert evidence.score({"a": 2.2}, ["a"]) == 0.9
    assert evidence.score({"a": 2.2, "b": -2.2}, ["a", "b", "unknown"]) == 0.5
    assert evidence.score({"a": 1e308}, ["a", "a"]) == 1.0


def test_every_kind_has_a_base() -> None:
    assert {f"base:{name}" for name in registry.BUILT_IN} <= set(evidence.WEIGHTS)


def test_every_name_in_the_table_is_used_and_every_name_used_is_in_the_table() -> None:
    text = "".join(p.read_text("utf-8") for p in SOURCES.glob("*.py") if p.name != "evidence.py")
    for name in evidence.WEIGHTS:
        if not name.startswith("base:"):
            assert f'"{name}"' in text, name
    given = set(re.findall(r'\("([a-z]+(?:-[a-z]+)+)",', text))
    assert given - set(evidence.WEIGHTS) - set(registry.BUILT_IN) <= {"first-charge"}


def test_a_findings_evidence_adds_up_to_its_score() -> None:
    findings, _ = scan([*life(), *charge(monthly(4, 3, first=TODAY.replace(month=4, day=1)), "-9.99", "HALDEN CLUB 88120934")])
    assert findings
    for f in findings:
        assert f.score == evidence.score(f.evidence, f.evidence)


def test_the_users_weights(tmp_path: Path) -> None:
    file = tmp_path / "weights.toml"
    file.write_text('[weights]\nstarted-lately = -3\n"base:price-increase" = 1.5\n', encoding="utf-8")
    weights = evidence.load_toml(str(file))
    assert weights["started-lately"] == -3.0
    assert weights["base:price-increase"] == 1.5
    assert weights["trial-before"] == evidence.WEIGHTS["trial-before"]
    rows = [*life(), *charge(monthly(4, 3, first=TODAY.replace(month=4, day=1)), "-9.99", "HALDEN CLUB 88120934")]
    ours, theirs = scan(rows)[0], scan(rows, weights=weights)[0]
    assert theirs[0].score < ours[0].score


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[weights]\nodd = 1", "no evidence is named 'odd'"),
        ("[weights]\ntrial-before = 'much'", "no number"),
        ("[weights]\ntrial-before = true", "no number"),
        ("[weights]\ntrial-before = nan", "no number"),
        ("[weight]\ntrial-before = 1", r"one table \[weights\]"),
        ("[weights", "no TOML"),
    ],
)
def test_wrong_weights_are_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "weights.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StmtScanError, match=says):
        evidence.load_toml(str(file))
