"""One agreement under two names: the old text stops, a new one goes on with the same amount on the next due day.

Joining carries over what the holder said of the old name, so all of this must hold, and for one pair of names only: the old
name's last charge is its very last; the new name never charged before; it begins in exactly the next slot of the old calendar;
it takes the same amount; and the two share the first word of their names, or are one company on the descriptor list. Where only
the names have nothing in common, the new stream is left alone and its evidence mentions the old one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from analyzer.merchants import BUSINESS, Reading
from analyzer.streams import amounts as am
from analyzer.streams import joins
from analyzer.streams.comb import Found, Rows

if TYPE_CHECKING:
    from analyzer.streams.calendar import Ints

LEAST = 3
"""Charges under the old name."""
SURE = 4
"""Charges under the old name from which on a likely change of name is mentioned."""
HEAD = 4
"""Letters a first word must have to name a company."""
_ANYBODY = {"ONLINE", "DIGITAL", "SERVICES", "SERVICE", "PAYMENT", "PAYMENTS", "MONTHLY", "SUBSCRIPTION", "MEMBERSHIP", "CLUB", "STORE"}
_ANYBODY |= {"DIRECT", "AUTOPAY", "UNNAMED", "RECURRING", "INTERNATIONAL", "NATIONAL", "AMERICAN", "FIRST", "SHOP", "MARKET", "PREMIUM"}


def follow(rows: Rows, found: list[Found], owner: Ints, reading: Callable[[int], Reading]) -> tuple[list[Found], dict[int, str]]:
    """`found` with what goes on under a new name joined, and per first row of a stream a sentence about it.

    Args:
        rows: the charges.
        found: the agreements among them.
        owner: per charge a number of its account and currency.
        reading: what the text of a charge says.
    """
    said: dict[int, str] = {}
    for _ in range(3):  # a name may change more than once
        olds, news = _candidates(rows, found, owner)
        pairs = [(o, n) for o in olds for n in news.get(int(owner[o.rows[0]]), []) if _goes_on(rows, o, n)]
        strong = []
        for o, n in pairs:
            before, after = reading(int(o.rows[-1])), reading(int(n.rows[0]))
            if _business(before, after):
                continue
            if _one_company(before, after):
                strong.append((o, n))
            elif n.hits > 1 and o.hits >= SURE:
                said[int(n.rows[0])] = (
                    f"{before.name} stopped one period before, at the same amount; no text says that this goes on with it"
                )
        joined = _single(strong)
        if not joined:
            break
        gone = {id(f) for pair in joined for f in pair}
        found = [f for f in found if id(f) not in gone]
        for o, n in joined:
            found.append(_joined(o, n))
            said[int(o.rows[0])] = f"goes on under a new name, {reading(int(n.rows[0])).name}: the same amount on the next due day"
    return found, said


def _candidates(rows: Rows, found: list[Found], owner: Ints) -> tuple[list[Found], dict[int, list[Found]]]:
    """Streams that are the last of their merchant and may have gone on, and per owner what began after: streams and single charges."""
    import numpy as np

    count = int(rows.group.max()) + 1
    edges = np.searchsorted(rows.group, np.arange(count + 1))
    lone = np.flatnonzero(np.diff(edges) == 1)
    first = edges[lone]
    starts = [f for f in found if int(f.rows[0]) == int(edges[rows.group[f.rows[0]]])]
    begun = np.array([int(f.rows[0]) for f in starts], dtype=np.int64)
    at = np.concatenate([begun, first])
    if not len(at):
        return [], {}
    # Per owner the days on which a merchant was met first, in order: most streams end where nothing begins.
    order = np.lexsort((rows.day[at], owner[at]))
    at, scale = at[order], int(rows.day.max()) + 1000
    joint = owner[at] * scale + rows.day[at]
    ends = [f for f in found if f.hits >= LEAST and f.model != am.METERED and int(f.rows[-1]) == int(edges[rows.group[f.rows[-1]] + 1]) - 1]
    if not ends:
        return [], {}
    last = np.array([int(f.rows[-1]) for f in ends], dtype=np.int64)
    days = np.array([f.days for f in ends])
    key = owner[last] * scale + rows.day[last]
    low, high = np.searchsorted(joint, key + 0.5 * days), np.searchsorted(joint, key + 1.5 * days, "right")
    olds, wanted = [], set()
    for f, a, b in zip(ends, low.tolist(), high.tolist(), strict=True):
        if b > a:
            olds.append(f)
            wanted.update(at[a:b].tolist())
    news: dict[int, list[Found]] = {}
    known = {int(f.rows[0]): f for f in starts}
    for i in sorted(wanted):
        f = known.get(i) or _alone(rows, i)
        news.setdefault(int(owner[i]), []).append(f)
    return olds, news


def _alone(rows: Rows, at: int) -> Found:
    """One charge in the shape of a stream."""
    import numpy as np

    from analyzer.streams import calendar as cal

    return Found(np.array([at]), cal.MONTHLY, cal.MONTHLY.days, 0.0, am.FIXED, 1, 1, 0.0, 0.0, 0.0)


def _goes_on(rows: Rows, old: Found, new: Found) -> bool:
    """Whether `new` begins in the slot after `old`'s last, at the same amount, with the same rhythm."""
    import numpy as np

    if new.hits > 1 and (new.beat.name != old.beat.name or abs(new.days - old.days) > 1.5 or new.model == am.METERED):
        return False
    last, first = int(old.rows[-1]), int(new.rows[0])
    gap = int(rows.day[first] - rows.day[last])
    if not 0.5 * old.days < gap < 1.5 * old.days:
        return False
    slot, late = joins.place(rows.day[np.array([last, first])], old)
    if int(slot[1] - slot[0]) != max(old.beat.months, 1) or not -old.beat.early <= late[1] <= old.beat.late:
        return False
    if rows.amount[last] == rows.amount[first]:
        return True
    differ = abs(float(np.log(rows.amount[first] / rows.amount[last])))
    return old.model == am.FX and new.hits > 1 and differ <= joins.PAIR_WOBBLE


def _one_company(old: Reading, new: Reading) -> bool:
    if old.listed is not None and new.listed is not None:
        return old.listed.name.split()[0].upper() == new.listed.name.split()[0].upper()
    a, b = old.name.upper().split()[0], new.name.upper().split()[0]
    return a == b and len(a) >= HEAD and a not in _ANYBODY


def _business(*readings: Reading) -> bool:
    """A seller's or advertiser's fee goes on with nothing: no agreement of a buyer's ever covers it."""
    return any(r.listed is not None and r.listed.kind in BUSINESS for r in readings)


def _single(pairs: list[tuple[Found, Found]]) -> list[tuple[Found, Found]]:
    """The pairs whose both ends stand in no other pair on the same side; of a chain of names the first pair only."""
    left, right = [id(o) for o, _ in pairs], [id(n) for _, n in pairs]
    return [(o, n) for o, n in pairs if left.count(id(o)) == 1 and right.count(id(n)) == 1 and id(o) not in right]


def _joined(old: Found, new: Found) -> Found:
    import numpy as np

    lone = new.hits == 1
    return replace(
        old,
        rows=np.concatenate([old.rows, new.rows]),
        model=max(old.model, new.model),
        hits=old.hits + new.hits,
        span=old.span + new.span,
        sd=max(old.sd, new.sd),
        odds=old.odds if lone else old.odds + new.odds,
        phase=old.phase if lone else new.phase,
    )
