"""The registry: built-ins, plug-ins, and what goes wrong with them; the example of the documentation."""

from __future__ import annotations

import re
import sys
import types
from importlib.metadata import EntryPoint
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer import merchants, streams
from analyzer.detectors import base, evidence, registry
from analyzer.errors import PluginError, UsageError
from benchmarks import quality, synthetic
from tests.detectors.make import TODAY, life, scan
from tests.streams.make import charge, frame, monthly

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "detection.md"


def test_the_built_ins_are_registered() -> None:
    assert list(registry.detectors()) == sorted(registry.BUILT_IN)
    assert registry.problems() == []
    for name, detector in registry.detectors().items():
        assert detector.name == name
        assert (type(detector).__doc__ or "").strip()


def point(name: str, module: str, **members: object) -> EntryPoint:
    """An entry point into a module made for the test."""
    made = types.ModuleType(module)
    made.__dict__.update(members)
    sys.modules[module] = made
    return EntryPoint(name, f"{module}:Rule", registry.GROUP)


def rule(name: str, found: object = ()) -> type:
    def find(self: object, context: object) -> object:
        if isinstance(found, Exception):
            raise found
        return found

    return type("Rule", (), {"name": name, "find": find, "__module__": "plugin_of_a_test", "__doc__": "A rule."})


def test_a_plug_in_that_cannot_be_loaded_is_a_value() -> None:
    found, problems = registry.load([EntryPoint("odd", "no_such_module:Rule", registry.GROUP)])
    assert sorted(found) == sorted(registry.BUILT_IN)
    (problem,) = problems
    assert "detector 'odd' cannot be loaded: ModuleNotFoundError" in str(problem)


def test_two_of_one_name_are_reported_and_the_built_in_stays() -> None:
    found, problems = registry.load([point("seller-fee", "plugin_a", Rule=rule("seller-fee"))])
    assert type(found["seller-fee"]).__module__ == "analyzer.detectors.seller_fee"
    assert "two detectors are named 'seller-fee'" in str(problems[0])


@pytest.mark.parametrize("made", [rule("otherwise"), type("Rule", (), {"name": "odd"})])
def test_a_plug_in_without_the_interface(made: type) -> None:
    _, problems = registry.load([point("odd", "plugin_b", Rule=made)])
    assert "it is not used" in str(problems[0])
    assert "odd" not in {*registry.load([point("odd", "plugin_b", Rule=made)])[0]}


def test_a_plug_in_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = registry.load([point("odd", "plugin_c", Rule=rule("odd", ValueError("line one\nline two")))])
    monkeypatch.setattr(registry, "_loaded", lambda: (found, ()))
    with pytest.raises(PluginError, match="detector 'odd' failed: ValueError: line one line two"):
        scan(life(), names=["odd"])


def test_an_unknown_name() -> None:
    with pytest.raises(UsageError, match="no detector is named 'odd'"):
        scan(life(), names=["odd"])


def test_the_documented_plug_in_works(monkeypatch: pytest.MonkeyPatch) -> None:
    (source,) = [b for b in re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL) if "class RoundSum" in b]
    assert len([line for line in source.splitlines() if line.strip()]) <= 30
    space: dict[str, object] = {"__name__": "my_plugin"}
    exec(compile(source, "docs/detection.md", "exec"), space)
    found, problems = registry.load([point("round-sum", "my_plugin", Rule=space["RoundSum"])])
    assert not problems
    monkeypatch.setattr(registry, "_loaded", lambda: (found, ()))
    rows = [
        *life(),
        *charge(monthly(3, 5, first=TODAY.replace(month=2, day=1)), ["-31.20", "-28.90", "-30.10", "-27.70", "-300.00"], "HALDEN SHOP"),
    ]
    findings, _ = scan(rows, names=["round-sum"])
    assert [(f.detector, f.kind, f.reasons[0]) for f in findings] == [
        ("round-sum", "unusual-amount", "£300.00, a round sum, on 2026-06-03")
    ]


def test_the_documented_weights_are_the_weights() -> None:
    text = DOCS.read_text("utf-8")
    assert {n: float(w) for n, w in re.findall(r"^\| `([a-z:-]+)` \| ([+-]\d+\.\d) \|$", text, re.MULTILINE)} == dict(evidence.WEIGHTS)


CARDS = {n: quality.frame(c.rows, c.currency, f"...{n}") for n, c in enumerate(synthetic.cards(3, 4))}


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2), st.integers(0, 2**32 - 1))
def test_any_order_of_rows_gives_the_same_findings(card: int, seed: int) -> None:
    table = CARDS[card]
    mixed = table.iloc[np.random.default_rng(seed).permutation(len(table))].reset_index(drop=True)
    ours, theirs = (quality.scan(t, synthetic.END)[0] for t in (table, mixed))

    def told(findings: object) -> list[tuple[object, ...]]:
        return [(f.id, f.kind, f.score, f.merchant, f.reasons, f.amount_at_risk, f.evidence) for f in findings]  # type: ignore[attr-defined]

    assert told(ours) == told(theirs)


def test_an_empty_frame() -> None:
    table = frame([])
    annotated = merchants.annotate(table["descriptor"])
    found = streams.find(table, today=TODAY, merchants=annotated)
    assert registry.run(base.Context(table, annotated, found, (), TODAY, evidence.WEIGHTS)) == ([], ())
