"""The rows of one bucket made charges: which rows of several statements are one and the same charge.

A bucket holds the rows of one account, posted date, amount, currency and status; nothing outside it can be the
same charge. Inside it, rows are alike when they share a bank id that stands for one charge in both files, the
normalised merchant, or the text (also when one file cuts it off). Of alike rows the account had as many charges as
the statement that lists most of them: genuine twins stay two, overlaps count once, renumbered ids change nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

CUT_AT = 20
"""Letters and digits of a text that another may go on from; OFX cuts names at 32 characters."""


@dataclass(frozen=True, slots=True)
class Row:
    """One statement's row. `rank` orders statements (later is higher), `place` the rows of a statement.

    `fitid` numbers the bank's id; None where the bank gave none, or one that stands for several charges of the file.
    """

    index: int
    rank: int
    place: int
    fitid: int | None
    text: str
    merchant: str


def fold(text: str) -> str:
    """Letters and digits only, without case: what stays equal when a bank reformats a text."""
    return "".join(c for c in text.casefold() if c.isalnum())


def alike(a: Row, b: Row) -> bool:
    """Whether merchant or text say that the two are of one payee."""
    if a.text == b.text or (a.merchant and a.merchant == b.merchant):
        return True
    short, long = sorted((a.text, b.text), key=len)
    return len(short) >= CUT_AT and long.startswith(short)


def settle(rows: Sequence[Row]) -> list[list[Row]]:
    """The charges of a bucket, each as its rows: at most one a statement, the rows in order of rank."""
    if len({r.rank for r in rows}) == len(rows) and len({(r.text, r.merchant) for r in rows}) == 1:
        return [sorted(rows, key=lambda r: r.rank)]
    charges = []
    for group in _classes(rows):
        charges.extend(_assign(group))
    return charges


def _classes(rows: Sequence[Row]) -> list[list[Row]]:
    parent = list(range(len(rows)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(i: int, j: int) -> None:
        parent[root(i)] = root(j)

    for name in ("fitid", "text", "merchant"):
        first: dict[object, int] = {}
        for i, r in enumerate(rows):
            value = getattr(r, name)
            if value not in (None, ""):
                join(i, first.setdefault(value, i))
    open_texts: list[tuple[str, int]] = []
    for text, i in sorted({r.text: i for i, r in enumerate(rows)}.items()):
        while open_texts and not text.startswith(open_texts[-1][0]):
            open_texts.pop()
        if open_texts:
            join(i, open_texts[-1][1])
        if len(text) >= CUT_AT:
            open_texts.append((text, i))
    groups: dict[int, list[Row]] = defaultdict(list)
    for i, r in enumerate(rows):
        groups[root(i)].append(r)
    return list(groups.values())


def _assign(group: Sequence[Row]) -> list[list[Row]]:
    """Alike rows dealt to as many charges as the fullest statement lists, same ids first."""
    by_rank: dict[int, list[Row]] = defaultdict(list)
    for r in sorted(group, key=lambda r: (r.rank, r.place)):
        by_rank[r.rank].append(r)
    fullest = max(by_rank, key=lambda rank: (len(by_rank[rank]), rank))
    slots = [[r] for r in by_rank.pop(fullest)]
    for rank in sorted(by_rank):
        left, free = by_rank[rank], list(slots)
        for same in (_same_id, _same_text, _alike, _any):
            rest = []
            for r in left:
                slot = next((s for s in free if same(r, s)), None)
                if slot is None:
                    rest.append(r)
                else:
                    slot.append(r)
                    free = [s for s in free if s is not slot]
            left = rest
    return [sorted(slot, key=lambda r: r.rank) for slot in slots]


def _same_id(r: Row, slot: Sequence[Row]) -> bool:
    return r.fitid is not None and any(r.fitid == s.fitid for s in slot)


def _same_text(r: Row, slot: Sequence[Row]) -> bool:
    return any(r.text == s.text for s in slot)


def _alike(r: Row, slot: Sequence[Row]) -> bool:
    return any(alike(r, s) for s in slot)


def _any(_r: Row, _slot: Sequence[Row]) -> bool:
    return True
