"""How good detection is, on cards nobody tuned it to: a few of our own, and the shared set where it is."""

from __future__ import annotations

from pathlib import Path

from benchmarks import cards
from benchmarks.quality import Tally, judge, lives, synthetic


def test_own_cards() -> None:
    t = Tally()
    for case in synthetic(14, 99):
        judge(case, t)
    assert t.f1 >= 0.95
    assert t.precision >= 0.96
    assert t.share("@1 listed") == 1.0
    assert t.share("@1 trial") >= 0.95
    assert t.share("@2") >= 0.9
    assert t.alarms / t.years <= 0.25
    sure = [true for confidence, true in t.reported if confidence >= 0.9]
    assert sum(sure) >= 0.9 * len(sure)


def test_harder_cards() -> None:
    t = Tally()
    for case in lives(12, 99):
        judge(case, t)
    assert t.f1 >= 0.93
    assert t.precision >= 0.95
    assert t.share("@1 listed") == 1.0
    assert t.share("@2") >= 0.87
    assert t.alarms / t.years <= 0.3
    sure = [true for confidence, true in t.reported if confidence >= 0.9]
    assert sum(sure) >= 0.9 * len(sure)


def test_shared_cards(shared: Path) -> None:
    t = Tally()
    for case in cards.shared(shared / "bench")[:8]:
        judge(case, t)
    assert t.f1 >= 0.95
    assert t.precision >= 0.96
    assert t.share("@1 listed") == 1.0
    assert t.share("@2") >= 0.9
    assert t.alarms / t.years <= 0.25
