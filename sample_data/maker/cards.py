"""A card, its rows and its statement periods; and the dice that never fall differently."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta


class Dice:
    """Numbers that look random and are the same on every machine and every Python.

    Only `random.Random.random` is used: its sequence is the one thing the standard library promises to keep.
    """

    def __init__(self, seed: str) -> None:
        self._source = random.Random(seed)

    def between(self, low: float, high: float) -> float:
        """A number from `low` up to `high`."""
        return low + (high - low) * self._source.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int((high - low + 1) * self._source.random())

    def chance(self, share: float) -> bool:
        """True in `share` of all throws."""
        return self._source.random() < share

    def pick(self, weights: Sequence[float]) -> int:
        """An index, as often as its weight says."""
        mark = self._source.random() * sum(weights)
        for index, weight in enumerate(weights):
            mark -= weight
            if mark < 0:
                return index
        return len(weights) - 1

    def code(self, length: int, letters: str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") -> str:
        """A reference of `length` characters as shops print them."""
        return "".join(letters[self.whole(0, len(letters) - 1)] for _ in range(length))


@dataclass(frozen=True)
class Row:
    """One transaction. `minor` is in the currency's smallest unit, money out negative; `bought` the day of the purchase."""

    posted: date
    bought: date
    minor: int
    descriptor: str
    original: tuple[str, str] | None = None
    """(the foreign amount's currency, the exchange rate), where the shop charged in another currency."""

    def __post_init__(self) -> None:
        assert 0 < len(self.descriptor) <= 32, f"NAME of OFX holds 32 characters: {self.descriptor!r}"


@dataclass(frozen=True)
class Period:
    """One statement: the days it covers, its rows, the balance before and after (money owed is negative)."""

    label: str
    start: date
    end: date
    rows: tuple[Row, ...]
    opening: int
    closing: int


@dataclass
class Card:
    """A card account: who, where, and everything that was posted to it."""

    name: str
    number: str
    bank: str
    bank_id: str
    currency: str
    decimals: int
    holder: tuple[str, ...]
    closing_day: Callable[[int, int], date]
    rows: list[Row] = field(default_factory=list)

    def periods(self, first: str, last: str, *, opening: int = 0) -> list[Period]:
        """The statements from the month `first` (`2025-05`) to the month `last`, each with its balances."""
        year, month = map(int, first.split("-"))
        start = self.closing_day(*_before(year, month)) + timedelta(days=1)
        found, balance = [], opening
        ordered = sorted(self.rows, key=lambda r: r.posted)
        while f"{year}-{month:02}" <= last:
            end = self.closing_day(year, month)
            rows = tuple(r for r in ordered if start <= r.posted <= end)
            closing = balance + sum(r.minor for r in rows)
            found.append(Period(f"{year}-{month:02}", start, end, rows, balance, closing))
            start, balance = end + timedelta(days=1), closing
            year, month = _after(year, month)
        return found


def _before(year: int, month: int) -> tuple[int, int]:
    return (year - 1, 12) if month == 1 else (year, month - 1)


def _after(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def last_sunday(year: int, month: int) -> date:
    """The last Sunday of a month."""
    end = date(*_after(year, month), 1) - timedelta(days=1)
    return end - timedelta(days=(end.weekday() + 1) % 7)


def on_day(day: int) -> Callable[[int, int], date]:
    """A closing day that is the same in every month."""
    return lambda year, month: date(year, month, day)


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend: cards post on working days."""
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])
