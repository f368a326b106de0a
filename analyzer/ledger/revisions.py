"""Charges that changed under one bank id, and pending rows that have since been posted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analyzer import money
from analyzer.ledger.charges import fold

if TYPE_CHECKING:
    import numpy as np

    from analyzer.ledger.identity import Table

REVISED_DAYS = 45
"""An id that comes back later than this is used again, not revised."""
PENDING_DAYS = 10
"""Card rules give a merchant about a week to post what it has reserved."""
NEAR_SHARE = 0.3
"""How far a posted amount may be from the reserved one (a tip, an exchange rate) to be worth a suggestion."""
CANDIDATES = 100
"""So many posted rows of one payee are tried for a pending one; a hostile file could hold a million."""
SUGGESTED = 20
"""So many pending rows are looked at for suggestions; a statement has a handful."""
EPOCH = date(1970, 1, 1)


def superseded(table: Table) -> list[str]:
    """Notes on charges a later statement lists with another content under the same id; their `keep` is cleared."""
    from analyzer.ledger.identity import Remembered

    pairs = _candidates(table)
    if not pairs:
        return []
    notes = []
    covers = [(s.start or s.first, s.end or s.last) for s in table.statements]
    latest = _latest(table)
    for old, new in pairs:
        one, other = int(latest[old]), int(latest[new])
        if one == other:
            continue
        if one > other:
            old, new, one, other = new, old, other, one
        day = EPOCH + timedelta(days=int(table.day[old]))
        start, end = covers[other]
        if start is None or end is None or not start <= day <= end:
            continue
        source = table.statements[other].source
        known = isinstance(table.statements[one], Remembered) and isinstance(table.statements[other], Remembered)
        same = _same_payee(table, old, new)
        if same:
            table.keep[old] = False
            table.superseded[old] = True
        if known:
            continue
        was, now = _shown(table, old), _shown(table, new)
        if same:
            notes.append(f"{source}: the charge {was} is now {now} under the same bank id; the later one counts, both are kept")
        else:
            notes.append(f"{source}: one bank id stands for {was} and {now}; both count")
    return sorted(set(notes))


def _latest(table: Table) -> np.ndarray:
    """Per charge the rank of the latest statement that lists it."""
    import numpy as np

    latest = np.full(len(table.rank), -1, dtype=np.int64)
    np.maximum.at(latest, table.charge, table.rank)
    return latest


def _candidates(table: Table) -> list[tuple[int, int]]:
    """Pairs of different charges under one reliable id of one account, where a later statement covers the earlier day."""
    import numpy as np

    from analyzer.ledger.identity import reliable_ids

    starts = np.array([_days(s.start or s.first) for s in table.statements])
    ends = np.array([_days(s.end or s.last) for s in table.statements])
    involved = _sharing_days(table, starts, ends)
    has = table.frame["fitid"].notna().to_numpy(dtype=bool) & ~table.pending
    rows = np.flatnonzero(has & involved[table.rank])
    if len(rows) < 2:
        return []
    codes = reliable_ids(table, rows)
    rows, codes = rows[codes >= 0], codes[codes >= 0]
    order = np.lexsort((table.rank[rows], table.day[rows], codes, table.home[rows]))
    rows, codes = rows[order], codes[order]
    rank = table.rank[rows]
    found: set[tuple[int, int]] = set()
    for lag in (1, 2, 3):
        a, b = rows[:-lag], rows[lag:]
        ra, rb = rank[:-lag], rank[lag:]
        same = (codes[:-lag] == codes[lag:]) & (table.home[a] == table.home[b]) & (table.charge[a] != table.charge[b]) & (ra != rb)
        same &= np.abs(table.day[a] - table.day[b]) <= REVISED_DAYS
        newer, day = np.maximum(ra, rb), np.where(ra < rb, table.day[a], table.day[b])
        same &= (starts[newer] <= day) & (day <= ends[newer])
        found.update(zip(table.charge[a[same]].tolist(), table.charge[b[same]].tolist(), strict=True))
    return sorted({(min(p), max(p)) for p in found})


def _sharing_days(table: Table, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Per statement whether its period shares a day with another of its account."""
    import numpy as np

    involved = np.zeros(len(starts), dtype=bool)
    homes = np.zeros(len(starts), dtype=np.int64)
    homes[table.rank] = table.home
    order = np.lexsort((starts, homes))
    widest, reach = -1, -1
    for i in order.tolist():
        if widest >= 0 and homes[i] == homes[widest] and starts[i] <= reach:
            involved[i] = involved[widest] = True
        if widest < 0 or homes[i] != homes[widest] or ends[i] > reach:
            widest, reach = i, int(ends[i])
    return involved


def _days(day: date | None) -> int:
    return (day - EPOCH).days if day else 0


def _same_payee(table: Table, a: int, b: int) -> bool:
    merchants = table.frame["merchant"].iloc[[a, b]].tolist()
    texts = [fold(t) for t in table.frame["descriptor"].iloc[[a, b]].tolist()]
    return texts[0] == texts[1] or bool(merchants[0] and merchants[0] == merchants[1])


def _shown(table: Table, row: int) -> str:
    currency = str(table.frame["currency"].iloc[row])
    amount = money.display(int(table.minor[row]), currency)
    return f"{table.frame['descriptor'].iloc[row][:40]} {amount} of {EPOCH + timedelta(days=int(table.day[row]))}"


def cleared(table: Table) -> list[str]:
    """Notes on pending rows: those that a posted row equals give way to it, near ones are only named."""
    import numpy as np

    waiting = np.flatnonzero(table.pending & table.keep)
    if not len(waiting):
        return []
    listed = _listed(table, waiting)
    homes = set(table.home[waiting].tolist())
    low, high = int(table.day[waiting].min()), int(table.day[waiting].max()) + PENDING_DAYS
    posted = np.flatnonzero(~table.pending & table.keep & np.isin(table.home, list(homes)) & (table.day >= low) & (table.day <= high))
    payee = _payees(table, np.concatenate([waiting, posted]))
    currency = table.frame["currency"]
    by_amount: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row in sorted(posted.tolist(), key=lambda r: (table.day[r], r)):
        by_amount[payee[row], int(table.home[row]), int(table.minor[row]), currency.iloc[row]].append(row)
    gone, left = 0, []
    for row in sorted(waiting.tolist(), key=lambda r: (table.day[r], r)):
        rows = by_amount[payee[row], int(table.home[row]), int(table.minor[row]), currency.iloc[row]]
        while rows and table.day[rows[0]] < table.day[row]:
            rows.pop(0)
        match = next((p for p in rows[:CANDIDATES] if _later_row(table, row, p, listed)), None)
        if match is None:
            left.append(row)
        else:
            rows.remove(match)
            table.keep[row] = False
            gone += 1
    notes = [f"{gone} pending row{'s have' if gone != 1 else ' has'} since been posted; each counted once"] if gone else []
    return notes + _suggestions(table, left, [p for rows in by_amount.values() for p in rows], payee, listed)


def _payees(table: Table, rows: np.ndarray) -> dict[int, str]:
    """Per row its merchant, or its text where there is no merchant."""
    part = table.frame.iloc[rows]
    named = zip(rows.tolist(), part["merchant"].tolist(), part["descriptor"].tolist(), strict=True)
    return {row: merchant or fold(text) for row, merchant, text in named}


def _listed(table: Table, waiting: np.ndarray) -> dict[int, set[int]]:
    """Per charge the statements that list it, for the accounts with pending rows."""
    import numpy as np

    rows = np.flatnonzero(np.isin(table.home, np.unique(table.home[waiting])))
    listed: dict[int, set[int]] = defaultdict(set)
    for charge, rank in zip(table.charge[rows].tolist(), table.rank[rows].tolist(), strict=True):
        listed[charge].add(rank)
    return listed


def _later_row(table: Table, pending: int, posted: int, listed: dict[int, set[int]]) -> bool:
    """Forward in time, and never two rows of one statement: what a file lists beside a pending row is another charge."""
    gap = int(table.day[posted] - table.day[pending])
    return 0 <= gap <= PENDING_DAYS and not (listed[int(table.charge[pending])] & listed[int(table.charge[posted])])


def _suggestions(table: Table, left: list[int], free: list[int], payee: dict[int, str], listed: dict[int, set[int]]) -> list[str]:
    by_payee: dict[tuple[str, int], list[int]] = defaultdict(list)
    for p in sorted(free, key=lambda r: (table.day[r], r)):
        by_payee[payee[p], int(table.home[p])].append(p)
    notes = []
    for row in left[:SUGGESTED]:
        amount = int(table.minor[row])
        for p in by_payee[payee[row], int(table.home[row])][:CANDIDATES]:
            if 0 < abs(int(table.minor[p]) - amount) <= NEAR_SHARE * abs(amount) and _later_row(table, row, p, listed):
                notes.append(f"the pending {_shown(table, row)} may be the posted {_shown(table, p)}; both are kept")
                break
    return sorted(notes)
