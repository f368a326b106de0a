"""Which statements are of one account: never a silent guess, never one that depends on the order."""

from __future__ import annotations

import itertools

import pytest

from analyzer.importers.base import account_key
from analyzer.ledger.accounts import Header, Match, labels, resolve
from analyzer.ledger.identity import union

from .making import statement

FULL = Header("...4242", "full-a", "USD", source="a.ofx")
OTHER = Header("...4242", "full-b", "USD", source="b.ofx")
PART = Header("...4242", "", "USD", source="x.pdf")
EUROS = Header("...4242", "", "EUR", source="e.pdf")
NAMELESS = Header("unknown", "layout", "XXX", source="n.csv")
AGREES, DISAGREES = Match(9, 10), Match(0, 10)

CASES = {
    "whole numbers decide": ([FULL, OTHER, FULL], {}, [0, 1, 0], ""),
    "the one account with that ending": ([FULL, PART], {}, [0, 0], "joined to the one account"),
    "another currency": ([FULL, EUROS], {}, [0, 1], ""),
    "two accounts with that ending": ([FULL, OTHER, PART], {}, [0, 1, 2], "2 accounts end so; kept apart"),
    "two, and the rows decide": ([FULL, OTHER, PART], {(2, 1): AGREES, (2, 0): DISAGREES}, [0, 1, 1], "where its rows stand"),
    "one, and the rows speak against it": ([FULL, PART], {(1, 0): DISAGREES}, [0, 1], "their rows disagree; kept apart"),
    "no number, no common row": ([FULL, NAMELESS], {(1, 0): DISAGREES}, [0, 1], ""),
    "no number, the rows fit one": ([FULL, OTHER, NAMELESS], {(2, 0): AGREES, (2, 1): DISAGREES}, [0, 1, 0], "names no account; taken for"),
    "no number, the rows fit two": ([FULL, OTHER, NAMELESS], {(2, 0): AGREES, (2, 1): AGREES}, [0, 1, 2], "fit 2 accounts; kept apart"),
    "one equal row is not enough": ([FULL, NAMELESS], {(1, 0): Match(1, 1)}, [0, 1], ""),
}


@pytest.mark.parametrize("case", CASES)
def test_accounts(case: str) -> None:
    headers, evidence, expected, note = CASES[case]
    for order in itertools.permutations(range(len(headers))):
        back = {old: new for new, old in enumerate(order)}
        homes, notes = resolve([headers[i] for i in order], {(back[i], back[j]): m for (i, j), m in evidence.items()})
        groups = [homes[back[i]] for i in range(len(headers))]
        assert [groups.index(g) for g in groups] == [expected.index(e) for e in expected]
        assert bool(notes) == bool(note)
        assert all(note in n for n in notes)


def test_two_accounts_of_one_ending_stay_two_and_show_one_label() -> None:
    one = statement([("2024-01-05", -5, "A", "1")], "a.ofx", number="111114242")
    two = statement([("2024-01-05", -5, "A", "1")], "b.ofx", number="222224242")
    frame, _ = union([one, two])
    assert frame["account"].nunique() == 2
    assert {a.partition("#")[0] for a in frame["account"]} == {"...4242"}


def test_labels_stay_apart_however_many_there_are() -> None:
    headers = [Header("...0000", f"key{i}", "USD") for i in range(2000)]
    homes, _ = resolve(headers, {})
    assert len(set(labels(homes, headers).values())) == 2000


@pytest.mark.parametrize("number", ["4242", "...4242", "XXXX-4242", "**** **** **** 4242", "4000 12XX XXXX 4242", ""])
def test_part_of_a_number_is_no_key(number: str) -> None:
    assert account_key(number) == ""


def test_a_whole_number_is_a_key_in_any_spelling() -> None:
    assert account_key("7000-1234-4242") == account_key("700012344242") != ""


def test_a_statement_without_rows_is_no_evidence() -> None:
    """A named account's month without transactions, beside rows that name no account."""
    rows = [("2026-01-05", -1, "SHOP", "1"), ("2026-01-06", -2, "SHOP", "2")]
    empty, nameless = statement([], "empty.ofx"), statement(rows, "n.csv", number="", form="csv")
    for files in ([empty, nameless], [nameless, empty]):
        assert len(union(files)[0]) == 2
