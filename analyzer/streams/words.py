"""A found agreement in words: cadence, confidence, and the evidence as sentences a user reads."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING

from analyzer.model import Cadence, Stream, StreamStatus
from analyzer.streams import amounts as am

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.streams.calendar import Ints
    from analyzer.streams.comb import Found, Rows

_UNIT = {
    "weekly": "weeks",
    "biweekly": "fortnights",
    "4-weekly": "four-week periods",
    "semimonthly": "half months",
    "monthly": "months",
    "bimonthly": "two-month periods",
    "quarterly": "quarters",
    "semiannual": "half years",
    "annual": "years",
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a stream: charges at the merchant in all, those before its first, and today (days since 1970)."""

    group_size: int
    earlier: int
    today: int


def merchant_name(names: list[str]) -> str:
    """The commonest name; of equally common ones the longest, then the first in the alphabet."""
    counts = Counter(names)
    return min(counts, key=lambda n: (-counts[n], -len(n), n))


def stream(
    f: Found,
    frame: pd.DataFrame,
    rows: Rows,
    name: str,
    account: str,
    currency: str,
    positions: tuple[int, ...],
    around: Around,
    said: str = "",
) -> Stream:
    """The `Stream` of one found agreement; `said` is a sentence more for its evidence."""
    days = _dates(rows.day[f.rows])
    last = int(rows.day[f.rows[-1]])
    interval = f.beat.days if f.beat.months else f.days
    status = _status(f, last, interval, around.today)
    due = None if status == "ended" else _next_due(f, rows)
    sure = confidence(f, bool(rows.shop[f.rows[0]]), around.group_size)
    cadence = Cadence(f.beat.name, round(interval, 2), max(1, round(f.beat.late)), sure, None if due is None else _day(due))
    evidence = _evidence(f, rows, days, around, status)
    if said:
        evidence = (evidence[0], said, *evidence[1:])
    return Stream(name, account, currency, cadence, am.MODELS[f.model], status, sure, positions, frame, evidence)  # type: ignore[arg-type]


def _day(n: int) -> date:
    return _EPOCH + timedelta(days=n)


def _dates(days: Ints) -> list[date]:
    out: list[date] = days.astype("datetime64[D]").tolist()
    return out


def _status(f: Found, last: int, interval: float, today: int) -> StreamStatus:
    if today > last + 1.5 * interval + 7:
        return "ended"
    return "early" if f.hits < 3 else "active"


def _next_due(f: Found, rows: Rows) -> int:
    """The due day after the last charge, as days since 1970; one already past stays, it is overdue."""
    last = int(rows.day[f.rows[-1]])
    if not f.beat.months:
        slot = round((last - f.phase) / f.days)
        return round(f.phase + (slot + 1) * f.days)
    day = _day(last)
    months = [day.year * 12 + day.month - 1 + shift for shift in (0, -1, 1)]
    slot = min(months, key=lambda m: abs(last - _due(m, f.phase)))
    return round(_due(slot + f.beat.months, f.phase))


def _due(month: int, phase: float) -> float:
    """The due day of `month` (months since year 0) as days since 1970, clipped to the month's end."""
    first = date(month // 12, month % 12 + 1, 1)
    return (first - _EPOCH).days + min(phase, monthrange(first.year, first.month)[1] - 1)


def confidence(f: Found, shop: bool, group_size: int) -> float:
    """How likely the charges are one agreement, 0..1: a logistic of the odds, the slots filled and the amount model.

    The weights were set so that of the streams at 0.9 nine in ten are true; `benchmarks/reliability.py` measures it.
    """
    z = 0.4 + 0.75 * min(-f.odds, 8.0)
    z += {am.FIXED: 1.0, am.STEPPED: 0.5, am.FX: 0.3, am.METERED: -0.6}[f.model]
    z += 1.5 * (min(1.0, f.hits / max(f.span, 1)) - 1.0)
    z -= 1.2 if shop else 0.0
    others = max(group_size - len(f.rows), 0)
    z -= 1.0 if others > 2 * len(f.rows) else 0.0
    z -= 0.8 if f.hits < 3 else 0.0
    return round(min(0.99, 1 / (1 + exp(-z))), 2)


def _evidence(f: Found, rows: Rows, days: list[date], around: Around, status: str) -> tuple[str, ...]:
    first, last = days[0], days[-1]
    lines = [_calendar(f, days)]
    amounts = rows.amount[f.rows]
    if f.hits < len(f.rows) and amounts[0] * 5 <= amounts[1] * 2:
        lines.append(f"a small charge came first, on {first}")
    before = "never bought there before" if around.earlier == 0 else f"{around.earlier} earlier purchase{'s' * (around.earlier != 1)} there"
    lines.append(f"first charge {first}; {before}")
    missed = f.span - f.hits
    if missed > 0:
        lines.append(f"{missed} due date{'s' * (missed != 1)} without a charge")
    if f.model == am.FX:
        lines.append("the amount moves by a few per cent, like a price in another currency")
    elif f.model == am.STEPPED:
        lines.append("the price changed on the way")
    elif f.model == am.METERED:
        lines.append("the amount differs each time")
    if f.odds <= -3 and f.hits > 3:
        lines.append(f"by chance about one in {_power(-f.odds)}")
    if status == "ended":
        lines.append(f"no charge since {last}")
    return tuple(lines)


def _power(log10: float) -> str:
    exponent = int(log10)
    names = {3: "a thousand", 4: "ten thousand", 5: "a hundred thousand", 6: "a million", 7: "ten million", 8: "a hundred million"}
    return names.get(exponent, "a billion or more" if exponent >= 9 else f"10^{exponent}")


def _calendar(f: Found, days: list[date]) -> str:
    if f.hits < len(days):
        days = days[len(days) - f.hits :]
    if f.hits == 2:
        return f"two charges {(days[-1] - days[0]).days} days apart"
    unit = _UNIT.get(f.beat.name, f"periods of {round(f.days)} days")
    text = f"{f.hits} of {f.span} {unit}"
    if f.beat.months == 1:
        low, high = _doms(days)
        return f"{text}, always the {low}" if low == high else f"{text}, always the {low} to {high}"
    if f.beat.days in (7, 14, 28):
        weekdays = Counter(d.weekday() for d in days)
        common, n = min(weekdays.items(), key=lambda kv: (-kv[1], kv[0]))
        if n * 4 >= len(days) * 3:
            return f"{text}, {'always' if n == len(days) else 'mostly'} a {_WEEKDAYS[common]}"
    return text


def _doms(days: list[date]) -> tuple[str, str]:
    """The first and last day of the month charged on, read around the end of the month."""
    doms = sorted({d.day for d in days})
    gaps = [(b - a, i + 1) for i, (a, b) in enumerate(pairwise(doms))]
    gaps.append((doms[0] + 31 - doms[-1], 0))
    start = max(gaps)[1]
    turned = doms[start:] + doms[:start]
    return _ordinal(turned[0]), _ordinal(turned[-1])


def _ordinal(n: int) -> str:
    return f"{n}{'th' if 11 <= n % 100 <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"
