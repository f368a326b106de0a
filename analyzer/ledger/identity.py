"""Overlapping statements → one frame in which every charge stands once.

The result is a function of the set of statements: the same bytes in any order. Rules, for one account:

1. Rows of equal posted date, amount and currency that share a bank id, the merchant or the text are the same charge,
   matched one to one. An id that stands for two charges of its file is no id.
2. Per such content the account had as many charges as the statement that lists most of them: never the sum, never
   one. So genuine twins stay two, and renumbered ids or a second format add nothing; both are reported.
3. One id, another content, and a later statement that covers the day without the earlier version: the later
   version counts, and the change is reported. Where the merchant differs too, both count.
4. A single charge on a neighbouring day is another charge. Only a whole statement can print other dates (dating.py).
5. A pending row gives way to a posted one of equal merchant and amount, one to one and forward in time.
   Anything fuzzier is only suggested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analyzer.ledger import accounts
from analyzer.ledger.charges import Row, fold, settle
from analyzer.ledger.evidence import evidence_of
from analyzer.model import COLUMNS, Statement, empty_frame
from analyzer.money import UNKNOWN_CURRENCY, exponent

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

FORMATS = {"ofx": 0, "csv": 1, "pdf": 2}
"""Which format's text stands for a charge that several list: the machine-written one."""


class Remembered(Statement):
    """A statement the ledger gave back: what it has in common with others of the ledger is no news."""


@dataclass(slots=True)
class Table:
    """The rows of all statements in columns; `rank` numbers the statements from the earliest to the latest."""

    statements: list[Statement]
    frame: pd.DataFrame
    rank: np.ndarray
    place: np.ndarray
    home: np.ndarray
    day: np.ndarray
    """Posted day as a number, or the day another format prints for it."""
    minor: np.ndarray
    pending: np.ndarray
    charge: np.ndarray
    """Per row the first row (index) of its charge; rows of one charge share it."""
    keep: np.ndarray
    """Whether the row stands for its charge in the result."""
    superseded: np.ndarray
    """Whether the row is an earlier version of a charge that a later statement changed."""


def union(statements: Sequence[Statement]) -> tuple[pd.DataFrame, list[str]]:
    """One frame of all charges in `statements`, and notes on what was matched, joined or kept apart.

    The frame has the columns of `analyzer.model.COLUMNS`, in the order account, posted, file. Linear in the rows;
    rows that nothing else could be equal to cost no Python.
    """
    table, labels, notes = settled(statements)
    if table is None:
        return empty_frame(), []
    return _frame(table, labels, table.keep)[0], notes


def versions(statements: Sequence[Statement]) -> tuple[pd.DataFrame, dict[int, Decimal]]:
    """`union`'s frame with the earlier versions of changed charges too (status `superseded`), and the exact amounts."""
    table, labels, _ = settled(statements)
    if table is None:
        return empty_frame(), {}
    frame, rows = _frame(table, labels, table.keep | table.superseded)
    frame["status"] = frame["status"].where(~table.superseded[rows], "superseded")
    exact = {}
    ranks, places = table.rank[rows].tolist(), table.place[rows].tolist()
    for position, (rank, place) in enumerate(zip(ranks, places, strict=True)):
        amount = table.statements[rank].exact.get(place)
        if amount is not None:
            exact[position] = amount
    return frame, exact


def settled(statements: Sequence[Statement]) -> tuple[Table | None, list[str], list[str]]:
    """The rows of all statements with what each stands for, the labels of their accounts, and notes."""
    from analyzer.ledger import dating, revisions

    chosen = _ranked(statements)
    if not chosen:
        return None, [], []
    headers = [
        accounts.Header(s.account, s.account_key, s.currency, s.institution, "" if isinstance(s, Remembered) else s.source) for s in chosen
    ]
    homes, notes = accounts.resolve(headers, evidence_of(chosen, headers))
    names = accounts.labels(homes, headers)
    order = sorted(names, key=lambda home: (names[home], home))
    number = {home: i for i, home in enumerate(order)}
    table = _table(chosen, [number[h] for h in homes])
    if len(chosen) > 1:
        if len({s.format for s in chosen}) > 1:
            notes += dating.redate(table)
        notes += _settle(table)
        notes += revisions.superseded(table)
    notes += revisions.cleared(table)
    return table, [names[home] for home in order], notes


def later(s: Statement) -> tuple[Any, ...]:
    """What orders statements in time, by what they hold and never by when they were read."""
    first, last = s.first or date.min, s.last or date.min
    return (s.end or last, last, s.start or first, s.sha256, s.account, s.account_key, s.currency, len(s), s.source)


def _ranked(statements: Sequence[Statement]) -> list[Statement]:
    """The statements in the order of time; a file just read goes before what the ledger remembers of it."""
    read = {s.sha256 for s in statements if not isinstance(s, Remembered)}
    chosen = [s for s in statements if not (isinstance(s, Remembered) and s.sha256 in read)]
    keys = [later(s) for s in chosen]
    if len(set(keys)) < len(keys):
        keys = [(*key, s.frame["minor"].tolist(), s.frame["descriptor"].tolist()) for key, s in zip(keys, chosen, strict=True)]
    return [chosen[i] for i in sorted(range(len(chosen)), key=lambda i: keys[i])]


def _table(statements: list[Statement], homes: list[int]) -> Table:
    import numpy as np
    import pandas as pd

    adopted = _adopted_currency(statements, homes)
    frames = [_in_currency(s.frame, adopted[i]) if i in adopted else s.frame for i, s in enumerate(statements)]
    frame = frames[0] if len(frames) == 1 else pd.concat([f[list(COLUMNS)] for f in frames], ignore_index=True)
    sizes = np.array([len(f) for f in frames])
    rank = np.repeat(np.arange(len(frames)), sizes)
    n = len(frame)
    return Table(
        statements=statements,
        frame=frame,
        rank=rank,
        place=np.arange(n) - np.repeat(np.cumsum(sizes) - sizes, sizes),
        home=np.asarray(homes)[rank] if n else np.zeros(0, dtype=np.int64),
        day=frame["posted"].to_numpy().astype("datetime64[D]").astype(np.int64),
        minor=frame["minor"].to_numpy(dtype=np.int64),
        pending=(frame["status"] == "pending").to_numpy(dtype=bool),
        charge=np.arange(n),
        keep=np.ones(n, dtype=bool),
        superseded=np.zeros(n, dtype=bool),
    )


def _adopted_currency(statements: list[Statement], homes: list[int]) -> dict[int, str]:
    """Statements that name no currency → the only one their account has."""
    known: dict[int, set[str]] = defaultdict(set)
    for s, home in zip(statements, homes, strict=True):
        if s.currency != UNKNOWN_CURRENCY:
            known[home].add(s.currency)
    return {
        i: next(iter(known[home]))
        for i, (s, home) in enumerate(zip(statements, homes, strict=True))
        if s.currency == UNKNOWN_CURRENCY and len(known[home]) == 1
    }


def _in_currency(frame: pd.DataFrame, currency: str) -> pd.DataFrame:
    """`frame` with its rows of no currency in `currency`; left alone where an amount would not be exact."""
    import pandas as pd

    frame = frame.copy()
    of = (frame["currency"] == UNKNOWN_CURRENCY).to_numpy(dtype=bool)
    minor = frame["minor"].to_numpy(dtype="int64").copy()
    shift = exponent(currency) - exponent(UNKNOWN_CURRENCY)
    if shift < 0:
        if (minor[of] % 10**-shift).any():
            return frame
        minor[of] //= 10**-shift
    else:
        minor[of] *= 10**shift
    frame["minor"] = pd.array(minor, dtype="Int64")
    frame["currency"] = frame["currency"].where(~of, currency)
    return frame


def _settle(table: Table) -> list[str]:
    """Matches rows of different statements; sets `charge` and `keep`; returns what is worth a note."""
    rows = _overlapping(table)
    if not len(rows):
        return []
    fitids = [None if code < 0 else code for code in reliable_ids(table, rows).tolist()]
    part = table.frame.iloc[rows]
    folded = {d: fold(d) for d in part["descriptor"].unique()}
    texts = [folded[d] for d in part["descriptor"].tolist()]
    merchants = part["merchant"].tolist()
    units = part["currency"].tolist()
    ranks, places = table.rank[rows].tolist(), table.place[rows].tolist()
    buckets: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    where = zip(table.home[rows].tolist(), table.day[rows].tolist(), table.minor[rows].tolist(), table.pending[rows].tolist(), strict=True)
    for k, (home, day, minor, pending) in enumerate(where):
        row = Row(int(rows[k]), ranks[k], places[k], fitids[k], texts[k], merchants[k])
        buckets[home, day, minor, units[k], pending].append(row)
    told: dict[tuple[int, int, str], int] = defaultdict(int)
    for bucket in buckets.values():
        for charge in settle(bucket):
            if len(charge) > 1:
                _merge(table, charge, told)
    return _told(table, told)


def _merge(table: Table, charge: list[Row], told: dict[tuple[int, int, str], int]) -> None:
    statements = table.statements
    best = min(charge, key=lambda r: (r.fitid is None, FORMATS.get(statements[r.rank].format, 3), -r.rank))
    for r in charge:
        table.charge[r.index] = best.index
        table.keep[r.index] = r is best
        if r is best or (isinstance(statements[r.rank], Remembered) and isinstance(statements[best.rank], Remembered)):
            continue
        if statements[r.rank].format != statements[best.rank].format:
            told[r.rank, best.rank, "format"] += 1
        elif r.fitid is not None and best.fitid is not None and all(s is r or s.fitid != r.fitid for s in charge):
            told[r.rank, best.rank, "ids"] += 1


def _told(table: Table, told: dict[tuple[int, int, str], int]) -> list[str]:
    notes = []
    for (rank, best, what), count in told.items():
        one, other = table.statements[rank], table.statements[best]
        rows = f"{count} row{'s' if count != 1 else ''}"
        if what == "ids":
            notes.append(f"{one.source}: {rows} matched on content with {other.source}; ids differ, each counted once")
        else:
            notes.append(f"{one.source}: {rows} matched across formats with {other.source}; each counted once")
    return sorted(notes)


def _overlapping(table: Table) -> np.ndarray:
    """The rows that stand in a bucket (account, day, amount, status) with a row of another statement."""
    import numpy as np

    n = len(table.rank)
    if n == 0:
        return np.zeros(0, dtype=np.int64)
    several = np.zeros(int(table.home.max()) + 1, dtype=bool)
    pairs = np.unique(np.stack([table.home, table.rank]), axis=1) if n < 1000 else _unique_pairs(table.home, table.rank)
    homes, counts = np.unique(pairs[0], return_counts=True)
    several[homes[counts > 1]] = True
    rows = np.flatnonzero(several[table.home])
    if not len(rows):
        return rows
    day = table.day[rows] - table.day.min()
    place = (table.home[rows] * (int(day.max()) + 1) + day) * 2 + table.pending[rows]
    order = np.lexsort((table.rank[rows], table.minor[rows], place))
    place, minor, rank = place[order], table.minor[rows][order], table.rank[rows][order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (place[1:] != place[:-1]) | (minor[1:] != minor[:-1])
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], len(order)) - 1
    shared = np.repeat(rank[starts] != rank[ends], ends - starts + 1)
    return np.sort(rows[order[shared]])


def _unique_pairs(home: np.ndarray, rank: np.ndarray) -> np.ndarray:
    import numpy as np

    width = int(rank.max()) + 1
    packed = np.unique(home.astype(np.int64) * width + rank)
    return np.stack([packed // width, packed % width])


def reliable_ids(table: Table, rows: np.ndarray) -> np.ndarray:
    """Per row a number for its bank id; -1 where there is none, or where it stands for several charges of its statement."""
    import numpy as np
    import pandas as pd

    involved = np.zeros(len(table.statements), dtype=bool)
    involved[table.rank[rows]] = True
    wanted = np.flatnonzero(involved[table.rank])
    text = table.frame["fitid"].iloc[wanted]
    codes = pd.factorize(text.where(text != ""))[0].astype(np.int64)
    packed = table.rank[wanted] * (int(codes.max(initial=0)) + 2) + codes + 1
    order = np.argsort(packed, kind="stable")
    equal = packed[order][1:] == packed[order][:-1]
    twice = np.zeros(len(wanted), dtype=bool)
    twice[order[1:][equal]] = True
    twice[order[:-1][equal]] = True
    full = np.full(len(table.rank), -1, dtype=np.int64)
    full[wanted] = np.where(twice, -1, codes)
    chosen: np.ndarray = full[rows]
    return chosen


def _frame(table: Table, labels: list[str], chosen: np.ndarray) -> tuple[pd.DataFrame, np.ndarray]:
    import numpy as np
    import pandas as pd

    rows = np.flatnonzero(chosen)
    rows = rows[np.lexsort((rows, table.day[rows], table.home[rows]))]
    whole = len(rows) == len(chosen) and bool((rows[1:] > rows[:-1]).all())
    frame = table.frame[list(COLUMNS)] if whole else table.frame.iloc[rows][list(COLUMNS)]
    frame = frame.reset_index(drop=True)
    names = pd.Series(labels, dtype="str")
    frame["account"] = names.iloc[table.home[rows]].reset_index(drop=True)
    return frame.astype({c: t for c, t in COLUMNS.items() if str(frame[c].dtype) != t}), rows
