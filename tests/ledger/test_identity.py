"""Which rows of several statements are one charge: the table of rules, and properties over all orders of files."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.ledger.identity import union, versions
from analyzer.model import COLUMNS, Statement

from .making import NUMBER, statement

JANUARY = ("2024-01-01", "2024-01-31")
FILM, COFFEE, GYM = ("2024-01-05", -12.99, "STREAMFLIX.COM"), ("2024-01-12", -4.5, "COFFEE"), ("2024-01-20", -39, "GYM")
TWIN = ("2024-01-05", -4.5, "COFFEE")


def ofx(*rows: tuple[object, ...], name: str = "a.ofx", **others: object) -> Statement:
    return statement(rows, name, **{"period": JANUARY, **others})  # type: ignore[arg-type]


def csv(*rows: tuple[object, ...], name: str = "c.csv", number: str = "", **others: object) -> Statement:
    return statement(rows, name, form="csv", number=number, **{"currency": "XXX", "key": "layout", **others})  # type: ignore[arg-type]


def in_any_order(*statements: Statement) -> tuple[list[tuple[object, ...]], list[str]]:
    """(day, minor, text, status) of the union, which must be the same frame and notes in every order."""
    results = set()
    for order in itertools.permutations(statements):
        frame, notes = union(order)
        assert {c: str(t) for c, t in frame.dtypes.items()} == COLUMNS
        results.add((frame.to_csv(index=False), tuple(sorted(map(str, notes)))))
    assert len(results) == 1
    rows = zip(frame["posted"].dt.strftime("%Y-%m-%d"), frame["minor"], frame["descriptor"], frame["status"], strict=True)
    return list(rows), sorted(map(str, notes))


OVERLAP = (ofx((*FILM, "1"), (*COFFEE, "2")), ofx((*COFFEE, "2"), (*GYM, "3"), name="b.ofx"))
RENUMBERED = (ofx((*FILM, "1"), (*COFFEE, "2")), ofx((*FILM, "N1"), (*COFFEE, "N2"), name="n.ofx"))
CASES = {
    "the same file twice": ((OVERLAP[0], replace(OVERLAP[0])), 2, ""),
    "overlap": (OVERLAP, 3, ""),
    "renumbered ids": (RENUMBERED, 2, "2 rows matched on content with"),
    "OFX and CSV": ((OVERLAP[0], csv(FILM, COFFEE)), 2, "2 rows matched across formats"),
    "genuine twins": ((csv(TWIN, TWIN),), 2, ""),
    "twins, twice": ((csv(TWIN, TWIN), csv(TWIN, TWIN, name="d.csv")), 2, ""),
    "one of the twins, then both": ((csv(TWIN), csv(TWIN, TWIN, name="d.csv")), 2, ""),
    "twins with ids, one renumbered": ((ofx((*TWIN, "1"), (*TWIN, "2")), ofx((*TWIN, "9"), name="b.ofx")), 2, ""),
    "one id for all rows": ((ofx((*FILM, "0"), (*COFFEE, "0"), (*GYM, "0")),), 3, ""),
    "one id for all, twice": ((ofx((*FILM, "0"), (*TWIN, "0")), ofx((*FILM, "0"), (*TWIN, "0"), name="b.ofx")), 2, ""),
    "equal charges on neighbouring days": ((ofx((*COFFEE, "1")), ofx(("2024-01-13", -4.5, "COFFEE", "2"), name="b.ofx")), 2, ""),
    "equal amounts, other merchants": ((ofx((*COFFEE, "1")), ofx(("2024-01-12", -4.5, "BAKERY", "2"), name="b.ofx")), 2, ""),
    "two accounts, one id": ((ofx((*FILM, "1")), ofx((*FILM, "1"), name="b.ofx", number="800012349999")), 2, ""),
    "a name the other format cuts": (
        (
            ofx(("2024-01-05", -5, "RESTAURANT AT THE END OF TH", "1")),
            csv(("2024-01-05", -5, "RESTAURANT AT THE END OF THE UNIVERSE"), number=NUMBER, key=None),
        ),
        1,
        "matched across formats",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_charges_stand_once_in_any_order(case: str) -> None:
    statements, charges, note = CASES[case]
    rows, notes = in_any_order(*statements)
    assert len(rows) == charges
    assert any(note in n for n in notes) if note else not any("matched across" in n for n in notes)


def test_a_changed_charge_counts_once_and_both_versions_are_kept() -> None:
    early = ofx(("2024-01-05", -50, "RESTAURANT", "7"), period=("2024-01-01", "2024-01-10"))
    late = ofx(("2024-01-05", -60, "RESTAURANT", "7"), name="late.ofx")
    rows, notes = in_any_order(early, late)
    assert rows == [("2024-01-05", -6000, "RESTAURANT", "posted")]
    assert len(notes) == 1
    assert "late.ofx: the charge RESTAURANT $50.00 of 2024-01-05 is now RESTAURANT $60.00" in notes[0]
    frame, _ = versions([early, late])
    assert Counter(frame["status"]) == {"posted": 1, "superseded": 1}


def test_an_id_used_again_for_another_merchant_loses_nothing() -> None:
    rows, notes = in_any_order(ofx((*FILM, "7")), ofx((*GYM, "7"), name="b.ofx", period=("2024-01-01", "2024-02-03")))
    assert len(rows) == 2
    assert "one bank id stands for" in notes[0]


def test_ids_that_start_again_each_month_are_no_revision() -> None:
    january = ofx((*FILM, "1"), (*COFFEE, "2"))
    february = ofx(("2024-02-05", -12.99, "STREAMFLIX.COM", "1"), name="feb.ofx", period=("2024-02-01", "2024-02-29"))
    assert in_any_order(january, february) == (
        [
            ("2024-01-05", -1299, "STREAMFLIX.COM", "posted"),
            ("2024-01-12", -450, "COFFEE", "posted"),
            ("2024-02-05", -1299, "STREAMFLIX.COM", "posted"),
        ],
        [],
    )


PENDING = ofx(("2024-01-05", -50, "RESTAURANT", "p1", "pending"), period=("2024-01-01", "2024-01-05"))
POSTED = {
    "two days on": ([("2024-01-07", -50, "RESTAURANT", "8")], 1),
    "same day": ([("2024-01-05", -50, "RESTAURANT", "8")], 1),
    "before": ([("2024-01-04", -50, "RESTAURANT", "8")], 2),
    "too late": ([("2024-01-25", -50, "RESTAURANT", "8")], 2),
    "with a tip": ([("2024-01-07", -60, "RESTAURANT", "8")], 2),
    "twice": ([("2024-01-06", -50, "RESTAURANT", "8"), ("2024-01-07", -50, "RESTAURANT", "9")], 2),
}


@pytest.mark.parametrize("case", POSTED)
def test_pending_gives_way_forward_in_time_and_one_to_one(case: str) -> None:
    posted, charges = POSTED[case]
    rows, notes = in_any_order(PENDING, ofx(*posted, name="later.ofx"))
    assert len(rows) == charges
    assert any("may be the posted" in n for n in notes) == (case == "with a tip")


def test_a_posted_row_beside_a_pending_one_is_another_charge() -> None:
    both = ofx(("2024-01-05", -50, "RESTAURANT", "p1", "pending"), ("2024-01-05", -50, "RESTAURANT", "1"))
    assert [row[3] for row in in_any_order(both)[0]] == ["pending", "posted"]


def test_a_statement_with_purchase_dates_is_the_one_with_posting_dates() -> None:
    rows = [(f"2024-01-{d:02}", -d, f"SHOP NUMBER {d}", str(d)) for d in range(4, 28)]
    purchases = [(f"2024-01-{d - 1 - d % 2:02}", -d, f"SHOP NUMBER {d}") for d in range(4, 28)]
    pdf = statement(purchases, "jan.pdf", form="pdf", number="**** 4242", period=JANUARY)
    found, notes = in_any_order(ofx(*rows), pdf)
    assert len(found) == 24
    assert {day for day, *_ in found} == {day for day, *_ in rows}
    assert any("prints other dates than a.ofx" in n for n in notes)


def test_a_few_charges_on_neighbouring_days_are_no_other_dating() -> None:
    rows = [(f"2024-01-{d:02}", -d, f"SHOP NUMBER {d}", str(d)) for d in range(4, 28)]
    other = [(f"2024-01-{d + (d > 20):02}", -d, f"SHOP NUMBER {d}") for d in range(4, 28)]
    assert len(in_any_order(ofx(*rows), statement(other, "jan.pdf", form="pdf", period=JANUARY))[0]) == 24 + 7


CHARGES = st.lists(
    st.tuples(st.integers(1, 28), st.sampled_from([-4.5, -9.99, -20]), st.sampled_from(["COFFEE", "FILMS", "GYM"])), min_size=1, max_size=14
)
WINDOWS = st.lists(st.tuples(st.integers(1, 28), st.integers(1, 28), st.sampled_from(["ofx", "renumbered", "csv"])), min_size=1, max_size=4)


@settings(max_examples=80, deadline=None)
@given(CHARGES, WINDOWS, st.randoms(use_true_random=False))
def test_the_union_of_windows_is_what_the_windows_hold(
    charges: list[tuple[int, float, str]], windows: list[tuple[int, int, str]], random: object
) -> None:
    charges = sorted(charges)
    statements, covered = [], set()
    for n, (a, b, kind) in enumerate(windows):
        low, high = min(a, b), max(a, b)
        inside = [i for i, (day, _, _) in enumerate(charges) if low <= day <= high]
        covered |= set(inside)
        ids = {"ofx": str, "renumbered": lambda i, n=n: f"r{n}-{i}", "csv": lambda i: None}[kind]
        rows = [(f"2024-01-{charges[i][0]:02}", *charges[i][1:], ids(i)) for i in inside]
        form = "csv" if kind == "csv" else "ofx"
        statements.append(statement(rows, f"{n}.{form}", form=form, period=(f"2024-01-{low:02}", f"2024-01-{high:02}")))
    frame, _ = union(statements)
    expected = Counter((charges[i][0], round(charges[i][1] * 100), charges[i][2]) for i in covered)
    assert Counter(zip(frame["posted"].dt.day, frame["minor"], frame["descriptor"], strict=True)) == expected
    random.shuffle(statements)  # type: ignore[attr-defined]
    again, _ = union(statements)
    assert again.to_csv() == frame.to_csv()
    assert union([*statements, *statements])[0].to_csv() == frame.to_csv()


def test_no_statement_is_no_row() -> None:
    assert list(union([])[0].columns) == list(COLUMNS)
    assert len(union([statement([], "empty.ofx")])[0]) == 0
