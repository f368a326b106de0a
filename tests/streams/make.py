"""Small frames for tests: charges in one line, agreements by rhythm."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from analyzer import merchants, money, streams
from analyzer.model import COLUMNS, Stream

Charge = tuple[date, str, str]
"""Day, amount, text."""
START = date(2025, 1, 1)


def frame(charges: Iterable[Charge], *, currency: str = "USD", account: str = "...1111", status: str = "posted") -> pd.DataFrame:
    """A frame of `charges`, one account, in the order given."""
    rows = list(charges)
    n = len(rows)
    columns = {
        "posted": pd.to_datetime([d for d, _, _ in rows]),
        "amount": [float(a) for _, a, _ in rows],
        "minor": [money.to_minor(Decimal(a), currency) for _, a, _ in rows],
        "currency": [currency] * n,
        "descriptor": [t for _, _, t in rows],
        "merchant": [""] * n,
        "account": [account] * n,
        "fitid": [None] * n,
        "status": [status] * n,
        "source": ["card.csv"] * n,
        "page": [None] * n,
        "line": list(range(1, n + 1)),
    }
    return pd.DataFrame({name: pd.Series(values, dtype=COLUMNS[name]) for name, values in columns.items()})


def find(charges: Iterable[Charge] | pd.DataFrame, *, today: date = date(2026, 6, 30)) -> tuple[Stream, ...]:
    """The streams in `charges`."""
    table = charges if isinstance(charges, pd.DataFrame) else frame(charges)
    return streams.find(table, today=today, merchants=merchants.annotate(table["descriptor"]))


def monthly(day: int, count: int, *, first: date = START, every: int = 1) -> list[date]:
    """`count` due days on day `day` of every `every`-th month, clipped to the month's end."""
    out = []
    for n in range(count):
        month = first.month - 1 + n * every
        year, month = first.year + month // 12, month % 12 + 1
        out.append(date(year, month, min(day, calendar.monthrange(year, month)[1])))
    return out


def every(days: int, count: int, *, first: date = START) -> list[date]:
    """`count` due days `days` apart."""
    return [first + timedelta(days=days * n) for n in range(count)]


def over_weekends(days: Iterable[date]) -> list[date]:
    """`days` with Saturdays and Sundays moved to the Monday after."""
    return [d + timedelta(days=max(0, 7 - d.weekday()) if d.weekday() >= 5 else 0) for d in days]


def charge(days: Iterable[date], amounts: str | list[str], text: str = "HALDEN CLUB {n}") -> list[Charge]:
    """One charge a day; amounts in turn, `{n}` in the text a reference that differs each time."""
    listed = list(days)
    prices = [amounts] * len(listed) if isinstance(amounts, str) else amounts
    return [(d, a, text.replace("{n}", str(48_211_733 + 7919 * n))) for n, (d, a) in enumerate(zip(listed, prices, strict=True))]
