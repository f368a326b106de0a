"""Transactions → streams: the charges that are one agreement with one merchant.

`find` works on a frame of any number of accounts: one sort, then segments (`comb`), the costly search only for
groups that can hold several agreements (`peel`), at last what belongs together (`joins`) and the words (`words`).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from analyzer.model import Stream

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analyzer.merchants import Annotated
    from analyzer.streams.comb import Found, Rows

EPOCH = date(1970, 1, 1)
RARE = 0.1
"""Share of a merchant's charges up to which doubles are accidents."""
PURCHASES = {"marketplace-purchase", "digital-purchase"}
"""Listed kinds that are single orders: like a shop, they must show more to be an agreement."""

__all__ = ["abroad", "charges", "find", "reversals"]


def charges(frame: pd.DataFrame, merchants: Annotated) -> Rows:
    """The posted charges that could be an agreement, sorted by account, currency, merchant, day and amount.

    Pending rows, money coming in, and what is never an agreement (cash, interest, bank fees, transfers to
    oneself, top-ups) are left out. Groups are numbered in the order of their first row in the sort.
    """
    rows, _ = _charges(frame, merchants)
    return rows


def abroad(frame: pd.DataFrame, merchants: Annotated) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Per row of `frame` whether the charge comes from another country than the card is used in."""
    _, far = _charges(frame, merchants)
    return far


def reversals(frame: pd.DataFrame, merchants: Annotated) -> frozenset[int]:
    """The rows that only took back a charge which was then taken again; they pay nothing back."""
    _charges(frame, merchants)
    out: frozenset[int] = merchants.kept["reversals"]
    return out


def numbered(frame: pd.DataFrame, merchants: Annotated, column: str) -> tuple[Any, Any]:
    """Per row the number of its value in `column`, and the values; worked out once for a frame."""
    import pandas as pd

    kept = merchants.kept.get(column)
    if kept is None or kept[0] is not frame:
        kept = merchants.kept[column] = (frame, *pd.factorize(frame[column]))
    return kept[1], kept[2]


def _charges(frame: pd.DataFrame, merchants: Annotated) -> tuple[Rows, np.ndarray[Any, np.dtype[np.bool_]]]:
    kept = merchants.kept.get("charges")
    if kept is None or kept[0] is not frame:
        from analyzer.merchants.abroad import abroad as other_country

        (owner, accounts), (money, currencies) = (numbered(frame, merchants, c) for c in ("account", "currency"))
        far = other_country(merchants, owner, len(accounts), money, [str(c) for c in currencies])
        kept = merchants.kept["charges"] = (frame, *_sorted_charges(frame, merchants, far))
    return kept[1], kept[2]


def _sorted_charges(frame: pd.DataFrame, merchants: Annotated, far: np.ndarray[Any, np.dtype[np.bool_]]) -> tuple[Rows, Any, Any]:
    """The sorted charges, `far` again, and per row of the frame the number of its account and currency."""
    import numpy as np
    import pandas as pd

    from analyzer.merchants import AGREEMENTS, BUSINESS
    from analyzer.streams import order as sort
    from analyzer.streams import retries
    from analyzer.streams.comb import Rows

    minor = frame["minor"].to_numpy(dtype=np.int64, na_value=0)
    status = (frame["status"] == "posted").to_numpy(dtype=bool, na_value=False)
    never = merchants.flag(bool(r.never) for r in merchants.readings)
    position = np.flatnonzero((minor < 0) & status & ~never & frame["posted"].notna().to_numpy())
    account, currency = (numbered(frame, merchants, c)[0].astype(np.int64) for c in ("account", "currency"))
    brand = merchants.brand.astype(np.int64)
    owner = account * (currency.max(initial=0) + 1) + currency
    joint = owner * (brand.max(initial=0) + 1) + brand
    days = frame["posted"].to_numpy().astype("datetime64[D]").astype(np.int64)
    void, back = retries.find(position, np.flatnonzero((minor > 0) & status), joint, days, minor)
    merchants.kept["reversals"] = back
    position = np.setdiff1d(position, void, assume_unique=True) if len(void) else position
    group = pd.factorize(joint[position])[0]
    day = days[position]
    amount = -minor[position]
    order = sort.by(group, day, amount)
    order = _ties_by_text(frame, position, order, (group, day, amount))
    # Nobody goes abroad on the same day of every month, nor pays a listed agreement or a seller's fee at a till, whatever town its
    # text names.
    distant = AGREEMENTS | BUSINESS
    place = merchants.flag(r.place and (r.listed is None or r.listed.kind not in distant) for r in merchants.readings) & ~far
    shop = (place | merchants.flag(r.listed is not None and r.listed.kind in PURCHASES for r in merchants.readings))[position]
    return Rows(position[order], group[order], day[order], amount[order], shop[order]), far, owner


def _ties_by_text(frame: pd.DataFrame, position: Any, order: Any, keys: tuple[Any, ...]) -> Any:
    """`order` with rows that are equal in all `keys` put in the order of their text, so that no order of rows shows."""
    import numpy as np

    if len(order) < 2:
        return order
    same = np.ones(len(order) - 1, dtype=bool)
    for k in keys:
        same &= k[order[1:]] == k[order[:-1]]
    at = np.flatnonzero(same)
    if not len(at):
        return order
    inside = np.unique(np.concatenate([at, at + 1]))
    rows = order[inside]
    at_text = position[rows]
    text = [frame[c].iloc[at_text].to_numpy(dtype=object, na_value="") for c in ("descriptor", "fitid", "source")]
    run = np.cumsum(np.concatenate([[True], (np.diff(inside) > 1) | ~same[inside[1:] - 1]]))
    ranked = sorted(range(len(rows)), key=lambda n: (run[n], *(str(t[n]) for t in text)))
    order = order.copy()
    order[inside] = rows[np.array(ranked)]
    return order


def find(frame: pd.DataFrame, *, today: date, merchants: Annotated) -> tuple[Stream, ...]:
    """The streams in `frame`, ordered by account, merchant and first charge; the same for any order of rows.

    Args:
        frame: transactions with the columns of `analyzer.model.COLUMNS`, any number of accounts.
        today: the day to judge by (ended, next due).
        merchants: what `merchants.annotate` says of `frame`.
    """
    if frame.empty:
        return ()
    rows = charges(frame, merchants)
    if not len(rows.day):
        return ()
    from analyzer.streams import renames

    owner = merchants.kept["charges"][3][rows.position]
    found, said = renames.follow(rows, search(rows), owner, lambda at: merchants.reading(int(rows.position[at])))
    return _streams(frame, merchants, rows, found, said, today)


def search(rows: Rows) -> list[Found]:
    """The agreements among `rows`, in the order of groups."""
    import numpy as np

    from analyzer.streams import comb, joins, peel

    twins = _twins(rows)
    single = ~twins
    part = _take(rows, single)
    back = np.flatnonzero(single)
    found, used = comb.whole(part)
    found += comb.clusters(part, ~used)
    found += comb.alternating(part, ~_used(part, found))
    used = _used(part, found)
    groups, open_rows = peel.worth_searching(part, ~used)
    for g in groups:
        a, b = np.searchsorted(part.group, [g, g + 1])
        at = np.arange(a, b)[open_rows[a:b]]
        found += peel.search(part, at)
    used = _used(part, found)
    found = _joined(part, found, used)
    used = _used(part, found)
    found += comb.rest(part, ~used, used)
    used = _used(part, found)
    found += joins.pairs(part, ~used)
    found.sort(key=lambda f: (int(f.rows[0]), len(f.rows)))
    return [_mapped(f, back) for f in found]


def _twins(rows: Rows) -> Any:
    """Rows that repeat the amount of the row before at the same merchant within a day, where that is rare.

    A charge taken twice must not hide a rhythm. Where doubles are the habit (fares, coffees) they stay: thinned out, daily
    purchases would look regular.
    """
    import numpy as np

    out = np.zeros(len(rows.day), dtype=bool)
    out[1:] = (rows.group[1:] == rows.group[:-1]) & (rows.amount[1:] == rows.amount[:-1]) & (np.diff(rows.day) <= 1)
    doubles, size = np.bincount(rows.group, weights=out), np.bincount(rows.group)
    return out & (doubles <= np.maximum(1, RARE * size))[rows.group]


def _take(rows: Rows, mask: Any) -> Rows:
    from analyzer.streams.comb import Rows as Table

    return Table(rows.position[mask], rows.group[mask], rows.day[mask], rows.amount[mask], rows.shop[mask])


def _used(rows: Rows, found: list[Found]) -> Any:
    import numpy as np

    used = np.zeros(len(rows.day), dtype=bool)
    for f in found:
        used[f.rows] = True
    return used


def _mapped(f: Found, back: Any) -> Found:
    from dataclasses import replace

    return replace(f, rows=back[f.rows])


def _joined(rows: Rows, found: list[Found], used: Any) -> list[Found]:
    """`found` with stepped prices joined and odd charges taken in, in groups that have more than one stream and nothing else."""
    import numpy as np

    from analyzer.streams import joins

    if not found:
        return found
    groups: dict[int, list[Found]] = {}
    for f in found:
        groups.setdefault(int(rows.group[f.rows[0]]), []).append(f)
    free = np.flatnonzero(~used)
    spare = np.bincount(rows.group[free], minlength=int(rows.group.max()) + 1)
    edges = np.searchsorted(rows.group[free], np.arange(len(spare) + 1))
    out: list[Found] = []
    for g, streams in groups.items():
        if len(streams) > 1:
            streams = joins.merge(rows, streams)
        if spare[g]:
            left = free[edges[g] : edges[g + 1]]
            grown = []
            for f in sorted(streams, key=lambda f: (f.odds, int(f.rows[0]))):
                f = joins.extend(rows, f, left) if len(left) else f
                left = np.setdiff1d(left, f.rows)
                grown.append(f)
            streams = grown
        out.extend(streams)
    return out


def _streams(
    frame: pd.DataFrame, merchants: Annotated, rows: Rows, found: list[Found], said: dict[int, str], today: date
) -> tuple[Stream, ...]:
    import numpy as np

    from analyzer.streams import words

    (owners, account), (moneys, currency) = (numbered(frame, merchants, c) for c in ("account", "currency"))
    edges = np.searchsorted(rows.group, np.arange(int(rows.group.max()) + 2))
    day = (today - EPOCH).days
    sizes, starts = np.diff(edges).tolist(), edges.tolist()
    texts, names = merchants.text, [r.name for r in merchants.readings]
    made: list[tuple[tuple[object, ...], Stream]] = []
    for f in found:
        at = rows.position[f.rows]
        first, last = int(f.rows[0]), int(f.rows[-1])
        g = int(rows.group[first])
        around = words.Around(group_size=sizes[g], earlier=first - starts[g], today=day)
        name = words.merchant_name([names[t] for t in texts[at].tolist()])
        owner, money = str(account[owners[at[0]]]), str(currency[moneys[at[0]]])
        s = words.stream(f, frame, rows, name, owner, money, tuple(at.tolist()), around, said.get(first, ""))
        made.append(((owner, name, money, int(rows.day[first]), int(rows.amount[last]), s.evidence), s))
    return tuple(s for _, s in sorted(made, key=lambda m: m[0]))
