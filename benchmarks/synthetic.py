"""Simulated cardholders of the project's own: charges, and the truth about every agreement among them.

Seeded: the same seed gives the same cards. Shops are invented from syllables; towns, prices and habits differ
from card to card. Names on the public descriptor list are used where a listed merchant is needed.

    python -m benchmarks.synthetic [CARDS] [SEED]
"""

from __future__ import annotations

import calendar
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

START, END = date(2024, 11, 4), date(2026, 5, 20)
LOCALES = {
    "US": ("USD", 1.0, ["AUSTIN TX", "DENVER CO", "RENO NV", "BOISE ID"]),
    "GB": ("GBP", 0.8, ["LEEDS GB", "NORWICH", "LONDON", "BRISTOL GB"]),
    "FR": ("EUR", 0.9, ["LYON FR", "NANTES", "PARIS FR"]),
    "ID": ("IDR", 15000.0, ["SURABAYA ID", "BANDUNG", "JAKARTA SELATAN"]),
    "AU": ("AUD", 1.5, ["PERTH WA", "SYDNEY AU", "HOBART"]),
    "JP": ("JPY", 150.0, ["OSAKA JP", "KYOTO", "TOKYO JP"]),
}


def _list(text: str, at: str | None = None) -> list[str]:
    return text.split(at)


_SYLLABLES = _list(
    "BA BE BRI CO DA DEL FA FI GA GRO HA JO KA KI LA LU MA MER MI NA NO PA PE PRI QUI RA RO SA SHE SO TA TI TRO VA VE WI ZO ZU"
)
_SHOPS = _list("MARKET BAKERY BOOKS SHOES GARDEN HARDWARE TOYS DELI GRILL NOODLES TACOS OPTICS FLORIST BIKES OUTDOOR")
_BILLS = _list(
    "ENERGY WATER TELECOM GAS FIBRE MOBILE INSURANCE ASSURANCE STORAGE PARKING DAYCARE FITNESS CHOIR CLUB NEWS WEEKLY CLOUD HOSTING"
)
_COLD = _list("ONLINE SERVICES,DIGITAL,VIP CLUB,REWARDS,SAVINGS PLUS,PDF TOOLS,PEOPLE LOOKUP,HOROSCOPE,SLIM,SKIN CARE,CREDIT WATCH", ",")
LISTED_FEES = ["AMAZON SELLER REPAY", "ETSY*SELLER FEES", "SHOPIFY* {n9}"]
LISTED_PLANS = ["NORTON *AP{n9}", "EXPERIAN* CREDIT", "LEGALZOOM", "NORDVPN", "WWW.MYFITNESSPAL.COM"]
LISTED_WANTED = ["SPOTIFY P{x6}", "NETFLIX.COM", "DROPBOX*{x9}", "AUDIBLE*{x9}", "STRAVA", "ADOBE *CREATIVE CLOUD", "PATREON* MEMBERSHIP"]


@dataclass
class Series:
    """One agreement: what it is, and its charges as (day, amount, text)."""

    merchant: str
    kind: str
    cadence: str
    listed: bool = False
    trial: bool = False
    charges: list[tuple[date, Decimal, str]] = field(default_factory=list)


@dataclass
class Card:
    """One cardholder: all charges in order of days, and the agreements among them."""

    name: str
    currency: str
    rows: list[tuple[date, Decimal, str]]
    series: list[Series]
    as_of: date = END


class Maker:
    """Draws one card."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.locale = self.r.choice(sorted(LOCALES))
        self.currency, self.rate, self.towns = LOCALES[self.locale]
        self.home = self.towns[: self.r.choice([1, 2, 2, 3])]
        self.rows: list[tuple[date, Decimal, str]] = []
        self.series: list[Series] = []

    def word(self, n: int = 3) -> str:
        return "".join(self.r.choice(_SYLLABLES) for _ in range(n))

    def money(self, dollars: float) -> Decimal:
        value = dollars * self.rate
        step = Decimal(1) if self.currency in ("JPY", "IDR") else Decimal("0.01")
        return Decimal(str(value)).quantize(step)

    def fill(self, text: str) -> str:
        digits, letters = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        for mark, size, of in (("{n9}", 9, digits), ("{n6}", 6, digits), ("{n4}", 4, digits), ("{x9}", 9, letters), ("{x6}", 6, letters)):
            while mark in text:
                text = text.replace(mark, "".join(self.r.choice(of) for _ in range(size)), 1)
        while "{phone}" in text:
            text = text.replace("{phone}", f"8{self.r.randint(10, 99)}-{self.r.randint(200, 999)}-{self.r.randint(1000, 9999)}", 1)
        return text.replace("{town}", self.r.choice(self.home))

    def posted(self, day: date) -> date:
        """The day a charge made on `day` is posted: often one later, over the weekend on Monday."""
        day += timedelta(days=self.r.random() < 0.15)
        if day.weekday() >= 5 and self.r.random() < 0.7:
            day += timedelta(days=7 - day.weekday())
        return day

    def buy(self, text: str, rate: float, amount: Callable[[], float], *, days: Callable[[date], bool] = lambda _d: True) -> None:
        """Purchases on random days, `rate` a month on average."""
        day = START
        while day <= END:
            if days(day) and self.r.random() < rate / 30.4:
                self.add(self.posted(day), self.money(amount()), self.fill(text))
            day += timedelta(days=1)

    def add(self, day: date, amount: Decimal, text: str) -> None:
        if START <= day <= END:
            self.rows.append((day, -amount, text[: self.r.choice([40, 40, 40, 32, 25])]))

    def background(self) -> None:
        r = self.r
        log = lambda mid, sd=0.6: lambda: round(mid * r.lognormvariate(0, sd), 2)  # noqa: E731
        for _ in range(r.randint(1, 3)):
            self.buy(f"{self.word()} SUPER #{r.randint(2, 90)} {{town}}", r.uniform(3, 9), log(38))
        cup = r.choice([2.8, 3.5, 4.25])
        self.buy(f"{self.word(2)} COFFEE {{n4}} {{town}}", r.uniform(2, 16), lambda: r.choice([cup] * 4 + [cup + 1.3]))
        lunch = r.choice([8.5, 11.9, 12.0])
        self.buy(f"SQ *{self.word(2)} CANTEEN {{town}}", r.uniform(2, 10), lambda: lunch, days=lambda d: d.weekday() < 5)
        self.buy(f"{self.word(2)} FARMERS MKT {{town}}", 4, log(22, 0.3), days=lambda d: d.weekday() == 5) if r.random() < 0.6 else None
        for _ in range(r.randint(1, 2)):
            prepay = r.choice([20, 30, 50])
            self.buy(f"{self.word(2)} FUEL {{n6}} {{town}}", r.uniform(1, 4), lambda p=prepay: p if r.random() < 0.3 else r.uniform(25, 70))
        self.buy("AMZN Mktp US*{x9} Amzn.com/bill", r.uniform(1, 5), log(30, 0.8))
        self.buy("UBER *TRIP HELP.UBER.COM", r.uniform(0, 4), log(15, 0.5))
        for _ in range(r.randint(3, 12)):
            front = r.choice(["", "", "SQ *", "TST* ", "PAYPAL *", "SumUp *"])
            tail = " {phone}" if front == "PAYPAL *" else " {town}"
            self.buy(f"{front}{self.word()} {r.choice(_SHOPS)}{tail}", r.uniform(0.1, 1.2), log(28, 0.7))
        if r.random() < 0.5:  # a barber's price is always the same, his day is not
            price, day = r.uniform(18, 40), START + timedelta(days=r.randint(3, 40))
            while day <= END:
                self.add(self.posted(day), self.money(round(price)), self.fill(f"SQ *{self.home[0]} CUTS {{town}}"))
                day += timedelta(days=max(20, round(r.gauss(42, 9))))
        if r.random() < 0.4:
            self.buy("METRO CARD TOP UP {n6}", r.uniform(1, 3), lambda: 20)
        if r.random() < 0.4:
            fare = r.choice([2.4, 2.9])
            self.buy("CITY TRANSIT {x6}", r.uniform(4, 30), lambda: fare, days=lambda d: d.weekday() < 5)
        if r.random() < 0.3:
            self.buy("ATM WITHDRAWAL {n4} {town}", 1.5, lambda: r.choice([40, 60, 100]))
        if r.random() < 0.4:
            self.buy(f"{self.word(2)} CINEMA {{town}}", 0.8, lambda: r.choice([13.0, 13.0, 26.0]))

    def days_of(self, cadence: str, first: date) -> Iterator[date]:
        steps = {"weekly": 7, "biweekly": 14, "4-weekly": 28, "every-n-days": 30}
        months = {"monthly": 1, "bimonthly": 2, "quarterly": 3, "semiannual": 6, "annual": 12}
        n = 0
        while True:
            if cadence in steps:
                day = first + timedelta(days=n * steps[cadence])
            elif cadence == "semimonthly":
                month = first.month - 1 + n // 2
                year, month = first.year + month // 12, month % 12 + 1
                day = date(year, month, 1 if n % 2 == 0 else 15)
            else:
                month = first.month - 1 + n * months[cadence]
                year, month = first.year + month // 12, month % 12 + 1
                day = date(year, month, min(first.day, calendar.monthrange(year, month)[1]))
            if day > END + timedelta(days=3):
                return
            yield day
            n += 1

    def agree(
        self, text: str, merchant: str, cadence: str, dollars: float, *, kind: str, first: date, model: str = "fixed", **more: bool
    ) -> Series:
        r, s = self.r, Series(merchant, kind, cadence, **more)
        until = END if kind == "unauthorized" or r.random() < 0.8 else first + timedelta(days=r.randint(150, 600))
        rise = r.random()
        base = self.money(dollars)
        step_at = r.randint(3, 12) if model == "step" else 10**6
        jitter = r.random() < 0.3
        for n, due in enumerate(self.days_of(cadence, first)):
            if due > until or (r.random() < (0.25 if cadence == "weekly" and rise < 0.4 else 0.02) and kind == "authorized"):
                continue
            day = self.posted(due) + timedelta(days=jitter and r.randint(-1, 1))
            wobble = {"fx": r.gauss(1, 0.012), "metered": r.uniform(0.65, 1.4)}.get(model, 1.0)
            amount = self.money(float(base) / self.rate * wobble * (1.15 if n >= step_at else 1))
            if START <= day <= END:
                line = self.fill(text)
                self.rows.append((day, -amount, line))
                s.charges.append((day, -amount, line))
        if s.charges:
            self.series.append(s)
        return s

    def authorized(self) -> None:
        r = self.r
        for _ in range(r.randint(3, 9)):
            cadence = r.choices(
                ["monthly", "weekly", "biweekly", "4-weekly", "semimonthly", "bimonthly", "quarterly", "semiannual", "annual"],
                [12, 1, 1, 2, 1, 1, 2, 1, 2],
            )[0]
            first = START + timedelta(days=r.randint(0, 30) if r.random() < 0.7 else r.randint(30, 300))
            name = f"{self.word()} {r.choice(_BILLS)}"
            text = r.choice(["{m}", "{m} {n6}", "{m}*{x9}", "{m} AUTOPAY", "{m} {phone}", "PAYPAL *{m}", "{m} {n4}"]).replace("{m}", name)
            model = r.choices(["fixed", "fx", "step", "metered"], [6, 3, 2, 2 if cadence in ("monthly", "bimonthly", "quarterly") else 0])[
                0
            ]
            self.agree(text, name, cadence, round(r.uniform(3, 120)) - 0.01, kind="authorized", first=first, model=model)
        for text in r.sample(LISTED_WANTED, r.randint(0, 3)):
            first = START + timedelta(days=r.randint(0, 30) if r.random() < 0.7 else r.randint(30, 400))
            plain = text.split("{")[0].rstrip("* ").removesuffix(" P")
            self.agree(
                text, plain, "monthly", r.choice([5.99, 9.99, 12.99]), kind="authorized", first=first, model=r.choice(["fixed", "fx"])
            )
        if r.random() < 0.35:
            for price in r.sample([0.99, 2.99, 4.99, 9.99, 14.99], r.randint(2, 3)):
                first = START + timedelta(days=r.randint(0, 200))
                self.agree("APPLE.COM/BILL", "APPLE.COM/BILL", "monthly", price, kind="authorized", first=first)

    def unauthorized(self) -> None:
        r = self.r
        if r.random() < 0.35:
            return
        for _ in range(r.choice([1, 1, 2])):
            first = END - timedelta(days=r.randint(4, 250))
            sort = r.choices(["cold", "trial", "fee", "plan"], [4, 4, 2, 2])[0]
            model = r.choice(["fixed", "fx"])
            if sort == "fee":
                text = r.choice(LISTED_FEES)
                self.agree(text, text.split("{")[0], "monthly", 39.99, kind="unauthorized", first=first, model="fx", listed=True)
            elif sort == "plan":
                text = r.choice(LISTED_PLANS)
                cadence = r.choice(["monthly", "annual"])
                price = r.choice([12.95, 24.99, 89.99])
                self.agree(text, text.split("{")[0], cadence, price, kind="unauthorized", first=first, model=model, listed=True)
            else:
                name = f"{self.word(2)}{r.choice(_COLD)}" if r.random() < 0.5 else f"{self.word(3)} {r.choice(_COLD)}"
                text = r.choice(["{m} {phone}", "{m} {n6}", "{m}", "WWW.{w}.COM {phone}", "{w}.COM"])
                text = text.replace("{m}", name).replace("{w}", name.replace(" ", ""))
                price = r.choice([4.95, 7.95, 9.99, 14.95, 19.99, 29.95, 49.99, 79.95, 89.97])
                cadence = r.choices(["monthly", "4-weekly", "every-n-days", "weekly"], [5, 2, 3, 1])[0]
                s = self.agree(text, name, cadence, price, kind="unauthorized", first=first, model=model, trial=sort == "trial")
                if sort == "trial" and s.charges:
                    day = s.charges[0][0] - timedelta(days=r.choice([3, 7, 14, 15, 30]))
                    cost, line = self.money(min(price / 4, r.choice([0.99, 1.0, 1.95, 4.95]))), self.fill(text)
                    self.rows.append((day, -cost, line))
                    s.charges.insert(0, (day, -cost, line))


def card(seed: int) -> Card:
    """The cardholder of `seed`."""
    m = Maker(seed)
    m.background()
    m.authorized()
    m.unauthorized()
    rows = sorted(m.rows, key=lambda row: (row[0], row[2], row[1]))
    return Card(f"synthetic{seed}", m.currency, rows, m.series)


def cards(count: int, seed: int = 1) -> list[Card]:
    """`count` cardholders."""
    return [card(seed * 100_003 + n) for n in range(count)]


if __name__ == "__main__":
    for c in cards(int(sys.argv[1]) if len(sys.argv) > 1 else 1, int(sys.argv[2]) if len(sys.argv) > 2 else 1):
        print(f"# {c.name} {c.currency}")
        for day, amount, text in c.rows:
            print(f"{day},{amount},{text}")
