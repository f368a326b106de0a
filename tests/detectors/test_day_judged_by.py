"""The day a scan judges by: what is later takes no part, and that is said."""

from __future__ import annotations

from datetime import date

from analyzer import api
from tests.detectors.make import life
from tests.streams.make import charge, frame, monthly

ROWS = sorted([*life(), *charge(monthly(4, 3, first=date(2026, 4, 1)), "-31.90", "AMAZON SELLER REPAY 77120")])


def test_later_rows_take_no_part_and_that_is_said() -> None:
    early = api.scan(frame(ROWS, currency="GBP"), today=date(2026, 5, 10))
    cut = api.scan(frame([r for r in ROWS if r[0] <= date(2026, 5, 10)], currency="GBP"), today=date(2026, 5, 10))
    assert [(f.id, f.score, f.reasons) for f in early] == [(f.id, f.score, f.reasons) for f in cut]
    assert [s.id for s in early.streams] == [s.id for s in cut.streams]
    late = sum(r[0] > date(2026, 5, 10) for r in ROWS)
    last = max(r[0] for r in ROWS)
    assert early.notes == (f"{late} rows take no part, later than 2026-05-10: use --as-of {last} to judge by the day of the last",)
    assert early.notes[0] in str(early)
    assert early.notes[0] in early._repr_html_()
    assert cut.notes == ()


def test_without_a_day_all_rows_take_part() -> None:
    found = api.scan(frame(ROWS, currency="GBP"))
    assert found.notes == ()
    assert found.as_of == max(r[0] for r in ROWS)
    assert len(found[0].transactions) == 3
