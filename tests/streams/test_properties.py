"""What holds for every frame: no order of rows shows, and accounts do not touch each other."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import quality, synthetic
from tests.streams.make import Charge, find, frame

TODAY = date(2026, 5, 20)
CARDS = {n: quality.frame(c.rows, c.currency, f"...{n}") for n, c in enumerate(synthetic.cards(4, 3))}


def told(found: object) -> list[tuple[object, ...]]:
    return [
        (s.id, s.merchant, s.account, s.cadence, s.amount_model, s.status, s.confidence, s.evidence)  # type: ignore[attr-defined]
        for s in found  # type: ignore[attr-defined]
    ]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 3), st.integers(0, 2**32 - 1))
def test_any_order_of_rows_gives_the_same_streams(card: int, seed: int) -> None:
    table = CARDS[card]
    mixed = table.iloc[np.random.default_rng(seed).permutation(len(table))].reset_index(drop=True)
    assert told(find(mixed, today=TODAY)) == told(find(table, today=TODAY))


def test_accounts_do_not_touch_each_other() -> None:
    together = find(pd.concat(CARDS.values(), ignore_index=True), today=TODAY)
    alone = [line for table in CARDS.values() for line in told(find(table, today=TODAY))]
    assert sorted(told(together), key=str) == sorted(alone, key=str)


def test_currencies_of_one_account_stay_apart() -> None:
    rows = [(date(2025, 1, 5) + timedelta(days=30 * n), "-9.99", "HALDEN CLUB") for n in range(8)]
    both = pd.concat([frame(rows), frame(rows, currency="EUR")], ignore_index=True)
    assert [s.currency for s in find(both, today=date(2025, 8, 10))] == ["EUR", "USD"]


CHARGES = st.lists(
    st.tuples(
        st.integers(0, 700).map(lambda n: date(2025, 1, 1) + timedelta(days=n)),
        st.sampled_from(["-9.99", "-10.49", "-39.95", "-1.00", "-250.00", "12.00", "0.00"]),
        st.sampled_from(["HALDEN CLUB", "HALDEN CLUB 88120934", "APPLE.COM/BILL", "CORNER BREW LEEDS", "PLATBA", "\u202e", ""]),
    ),
    max_size=60,
)


@settings(max_examples=120, deadline=None)
@given(CHARGES, st.integers(0, 2**32 - 1))
def test_every_stream_makes_sense(rows: list[Charge], seed: int) -> None:
    table = frame(rows)
    found = find(table)
    seen: set[int] = set()
    for s in found:
        assert len(s.rows) >= 2
        assert not seen & set(s.rows)
        seen.update(s.rows)
        days = [t.posted for t in s.transactions]
        assert days == sorted(days)
        assert 0 < s.confidence < 1
        assert all(t.amount < 0 for t in s.transactions)
        assert len({(t.currency, t.account) for t in s.transactions}) == 1
        assert s.evidence
        assert s.cadence.days > 0
        assert (s.status == "ended") == (s.cadence.next_due is None)
    mixed = table.iloc[np.random.default_rng(seed).permutation(len(table))].reset_index(drop=True)
    assert told(find(mixed)) == told(found)


def test_a_charge_taken_twice_does_not_hide_the_rhythm() -> None:
    rows = [(date(2025, 1, 5) + timedelta(days=30 * n), "-9.99", "HALDEN CLUB") for n in range(8)]
    (stream,) = find(sorted([*rows, rows[3]]), today=date(2025, 8, 10))
    assert len(stream.rows) == 8
