"""The ordinary life of a card: shops visited now and then, agreements charged on their day, the bill paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from maker.cards import Card, Dice, Row, working_day


@dataclass(frozen=True)
class Shop:
    """A shop: how often it is chosen, and its prices, from `low` to `high` in steps of `step` smallest units.

    `#` in the descriptor becomes a new reference at each visit. A short list of `prices` stands for a shop with a menu.
    """

    descriptor: str
    weight: float
    low: int = 0
    high: int = 0
    step: int = 1
    prices: tuple[int, ...] = ()

    def visit(self, dice: Dice) -> tuple[str, int]:
        """What the statement says, and the amount (positive)."""
        text = self.descriptor
        while "#" in text:
            length = len(text) - len(text.replace("#", ""))
            text = text.replace("#" * length, dice.code(length))
        if self.prices:
            return text, self.prices[dice.whole(0, len(self.prices) - 1)]
        # Small purchases are more frequent than large ones: the square pulls towards the low end.
        share = dice.between(0, 1) ** 2
        return text, round((self.low + share * (self.high - self.low)) / self.step) * self.step


@dataclass(frozen=True)
class Agreement:
    """Something the holder wants and pays every month on `day`, at `price` (from, smallest units), or metered."""

    descriptor: str
    day: int
    prices: tuple[tuple[date, int], ...]
    swing: float = 0.0
    step: int = 1

    def charges(self, first: date, last: date, dice: Dice) -> Iterator[Row]:
        """Its charges between two days."""
        for year, month in months(first, last):
            bought = date(year, month, self.day)
            posted = working_day(bought)
            if not first <= bought <= posted <= last:
                continue
            price = next(p for since, p in reversed(self.prices) if since <= bought)
            price = round(price * (1 + dice.between(-self.swing, self.swing)) / self.step) * self.step
            yield Row(posted, bought, -price, self.descriptor)


def months(first: date, last: date) -> Iterator[tuple[int, int]]:
    """Every (year, month) touched by the days from `first` to `last`."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def shopping(shops: Sequence[Shop], first: date, last: date, dice: Dice, *, visits: float) -> Iterator[Row]:
    """On average `visits` purchases a day; weekend purchases are posted on Monday."""
    weights = [s.weight for s in shops]
    day = first
    while day <= last:
        count = int(visits) + dice.chance(visits % 1)
        count += dice.whole(-1, 1)
        for _ in range(max(count, 0)):
            descriptor, price = shops[dice.pick(weights)].visit(dice)
            posted = working_day(day + timedelta(days=1))
            if posted <= last:
                yield Row(posted, day, -price, descriptor)
        day += timedelta(days=1)


def pay_bills(card: Card, first: str, last: str, descriptor: str, *, days: int) -> None:
    """Pay each statement in full, `days` after it closes."""
    start, stop = first, last
    for index in range(len(card.periods(start, stop))):
        period = card.periods(start, stop)[index]
        due = working_day(period.end + timedelta(days=days))
        if period.closing < 0:
            card.rows.append(Row(due, due, -period.closing, descriptor))
