"""A second, harder set of simulated cardholders, written apart from `synthetic`: habits that look like agreements, and agreements
that do not keep still.

Habits: irregular groceries, the same coffee on working days, weekly markets, top-ups at a threshold, parking, school canteens,
orders at round prices, refills at a fixed copayment, barbers, refunds, charges posted twice, purchases paid in parts. Agreements:
rent, use billed with 40 % up and down, holidays and weekends that shift a charge forth or back, the 29th to the 31st, pauses,
changed days, changed prices, two contracts with one company, a new name on the way.

    python -m benchmarks.lives [CARDS] [SEED]
"""

from __future__ import annotations

import sys
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import exp
from random import Random

DAY = timedelta(days=1)
COUNTRIES = {
    # currency, price level, towns, how a town is printed, days banks are closed (month, day)
    "US": ("USD", 1.0, ("PORTLAND OR", "TUCSON AZ", "OMAHA NE"), ((1, 1), (7, 4), (11, 27), (12, 25))),
    "GB": ("GBP", 0.75, ("SHEFFIELD GB", "BATH", "DUNDEE GB"), ((1, 1), (4, 3), (4, 6), (12, 25), (12, 26))),
    "DE": ("EUR", 0.9, ("KOELN DE", "LEIPZIG", "ULM DE"), ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))),
    "ID": ("IDR", 14000.0, ("JAKARTA ID", "SEMARANG", "DENPASAR ID"), ((1, 1), (3, 20), (3, 21), (8, 17), (12, 25))),
    "IN": ("INR", 60.0, ("PUNE IN", "MUMBAI", "CHENNAI IN"), ((1, 26), (8, 15), (10, 2))),
    "CA": ("CAD", 1.3, ("HALIFAX NS", "CALGARY AB", "TORONTO ON"), ((1, 1), (7, 1), (12, 25))),
}


def _list(text: str, at: str | None = None) -> list[str]:
    return text.split(at)


_HEADS = _list("Alder Brook Cobalt Dovetail Ember Finch Garnet Heron Indigo Juniper Kestrel Linden Maple Nimbus Ochre Pebble Quill Rowan")
_HEADS += _list("Sable Thistle Umber Violet Willow Yarrow Zephyr Anvil Beacon Cinder Drift Eagle Fable Gable Harbor Ivory Jasper Kite")
_MIDS = _list("Hill Vale Ridge Field Gate Bridge Park Point Wood Lake Rock Shore Mill Ford Haven Well Croft Mead")
_SHOPS = _list("Provisions Hardware Florist Cobbler Bistro Pizzeria Ramen Stationers Optik Pharmacy Garden Toys Wines Cycles Antiques")
_PLANS = _list("Energy,Water,Broadband,Mobile,Insurance,Gym,Storage,Daycare,Gazette,Cloud,Tuition,Choir,Alarm,Lawn Care,Pest Control", ",")
_TRAPS = _list("Wellness Club,Keto,Streamz,Date Match,Tax Helper,Resume Pro,Cash Rewards,Fit Plan,VPN Plus,Game Pass X,Photo Vault", ",")
_FEES = ("AMAZON SELLER REPAY", "SHOPIFY* {9}", "ETSY.COM*SELLER FEES", "FACEBK *{X}")
_KNOWN_TRAPS = ("NORTON *AP{9}", "EXPERIAN* CREDIT", "WWW.MYFITNESSPAL.COM", "LEGALZOOM", "NORDVPN")
_WANTED = ("NETFLIX.COM", "Spotify P{6}", "Audible*{X}", "DROPBOX*{X}", "HELLOFRESH {9}", "NYTIMES*NYTIMES DIG")


@dataclass
class Deal:
    """One agreement: whose, whether wanted, whether the public list knows it; its charges."""

    merchant: str
    unauthorized: bool = False
    listed: bool = False
    charges: list[tuple[date, Decimal, str]] = field(default_factory=list)


class Life:
    """One cardholder's eight to thirty months."""

    def __init__(self, seed: int) -> None:
        self.r = r = Random(f"life {seed}")
        self.country = r.choice(sorted(COUNTRIES))
        self.currency, self.level, towns, closed = COUNTRIES[self.country]
        self.towns = r.sample(towns, r.randint(1, 2)) if r.random() < 0.75 else [""]  # some banks print no town
        self.closed = set(closed)
        self.end = date(2026, 1, 1) + DAY * r.randint(0, 300)
        self.start = self.end - DAY * r.randint(240, 900)
        self.width = r.choice([60, 60, 60, 40, 25, 22])
        self.capitals = r.random() < 0.6
        self.rows: list[tuple[date, Decimal, str]] = []
        self.deals: list[Deal] = []
        self.names: set[str] = set()

    # -- the bank's side ------------------------------------------------------------------------------------------

    def money(self, dollars: float) -> Decimal:
        whole = self.currency in ("IDR",)
        value = Decimal(repr(round(dollars * self.level, 0 if whole else 2)))
        return value.quantize(Decimal(1) if whole else Decimal("0.01"))

    def text(self, pattern: str) -> str:
        r = self.r
        out = pattern
        for mark, size, signs in (
            ("{9}", 9, "0123456789"),
            ("{6}", 6, "0123456789"),
            ("{4}", 4, "0123456789"),
            ("{X}", 8, "ABCDEFGHJK23456789"),
        ):
            while mark in out:
                out = out.replace(mark, "".join(r.choice(signs) for _ in range(size)), 1)
        out = out.replace("{town}", r.choice(self.towns))
        return (out.upper() if self.capitals else out)[: self.width].strip()

    def open(self, day: date, roll: int) -> date:
        """`day`, or where banks are closed the next (1) or last (-1) open day; 0 leaves it."""
        while roll and (day.weekday() >= 5 or (day.month, day.day) in self.closed):
            day += DAY * roll
        return day

    def put(self, day: date, dollars: float, pattern: str, deal: Deal | None = None) -> None:
        row = (day, -self.money(max(dollars, 0.01)), self.text(pattern))
        if self.start <= day <= self.end and row[1]:
            self.rows.append(row)
            if deal is not None:
                deal.charges.append(row)

    def name(self) -> str:
        while True:
            made = self.r.choice(_HEADS) + (self.r.choice(_MIDS).lower() if self.r.random() < 0.5 else " " + self.r.choice(_MIDS))
            if made not in self.names:
                self.names.add(made)
                return made

    def days(self) -> Iterator[date]:
        for n in range((self.end - self.start).days + 1):
            yield self.start + DAY * n

    # -- habits: nothing here is an agreement ---------------------------------------------------------------------

    def habits(self) -> None:
        r = self.r
        shops = [f"{self.name()} Market {{4}} {{town}}" for _ in range(r.randint(1, 3))]
        due = 0.0
        for day in self.days():
            due -= 1
            if due <= 0:
                self.put(day, exp(r.gauss(3.4, 0.7)), r.choice(shops))
                due = r.gammavariate(2.0, 2.2)
        cup, place, share = r.choice([2.5, 3.2, 4.75]), f"{self.name()} Coffee {{town}}", r.uniform(0.1, 0.9)
        for day in self.days():
            if day.weekday() < 5 and r.random() < share:
                self.put(day, cup, place)
        if r.random() < 0.6:
            stall, usual = f"{self.name()} Farm Stand {{town}}", r.choice([10, 15, 20])
            for day in self.days():
                if day.weekday() == 5 and r.random() < 0.7:
                    self.put(self.open(day, 1), usual if r.random() < 0.4 else r.uniform(6, 34), stall)
        for pattern, prices, gap in (
            ("Transit Card Reload {9}", (20.0,), 16),
            (f"{self.name()} Parking {{4}} {{town}}", (2.0, 4.0, 4.0, 6.0), 6),
            (f"{self.name()} School Canteen", (12.5, 12.5, 25.0), 11),
            ("AMZN Mktp {X} Amzn.com/bill", (9.99, 14.99, 19.99, 19.99, 25.0, 49.0), 7),
            (f"{self.name()} Fuel {{6}} {{town}}", (30.0, 40.0, 50.0), 12),
            ("APPLE.COM/BILL", (0.99, 1.99, 4.99), 34),
            (f"{self.name()} Pharmacy {{town}}", (10.0, 10.0, 25.0), 31),
            (f"{self.name()} Cinema {{town}}", (11.0, 22.0), 28),
            (f"PAYPAL *{self.name()}", (15.0, 20.0, 30.0), 40),
            ("UBER *TRIP HELP.UBER.COM", (9.0, 11.5, 14.2, 18.0), 12),
            (f"{self.name()} Red Cross Donation", (25.0, 50.0), 90),
        ):
            if r.random() < 0.5:
                day = self.start + DAY * r.randint(0, gap)
                while day <= self.end:
                    self.put(day, r.choice(prices), pattern)
                    day += DAY * max(1, round(r.gammavariate(2.5, gap / 2.5)))
        if r.random() < 0.5:
            barber, day = f"{self.name()} Barber {{town}}", self.start + DAY * r.randint(1, 40)
            while day <= self.end:
                self.put(day, 24, barber)
                day += DAY * max(18, round(r.gauss(38, 8)))
        for _ in range(r.randint(6, 25)):
            shop = f"{r.choice(['', '', 'SQ *', 'SumUp *', 'TST* '])}{self.name()} {r.choice(_SHOPS)} {{town}}"
            for _ in range(r.choice([1, 1, 1, 2, 3, 6])):
                self.put(self.start + DAY * r.randint(0, (self.end - self.start).days), round(exp(r.gauss(3, 0.8)), r.choice([0, 2])), shop)
        for _ in range(r.randint(0, 3)):  # one purchase paid in three or four parts, by the bank's own plan
            shop, day = f"{self.name()} Furniture {{town}}", self.start + DAY * r.randint(0, 300)
            for share in (0.5, 0.5):
                self.put(day, 420 * share, shop)
                day += DAY * r.randint(0, 3)

    def mishaps(self) -> None:
        r, plain = self.r, [row for row in self.rows if row[1] < 0]
        for row in r.sample(plain, min(len(plain), r.randint(0, 6))):
            back = row[0] + DAY * r.randint(2, 30)
            if back <= self.end:
                self.rows.append((back, -row[1], row[2]))
        owned = {c for d in self.deals for c in d.charges}
        free = [row for row in plain if row not in owned]
        for row in r.sample(free, min(len(free), r.randint(0, 2))):
            self.rows.append((min(row[0] + DAY * r.randint(0, 1), self.end), row[1], row[2]))

    # -- agreements -----------------------------------------------------------------------------------------------

    def deal(self, pattern: str, deal: Deal, rhythm: tuple[str, int], first: date, price: float, *, roll: int = 1, **how: float) -> Deal:
        """how: `use` (share the amount swings), `fx`, `step` (charge number), `late` (days), `skip` (odds), `pause`, `rename`, `stop`."""
        r, n = self.r, 0
        unit, every = rhythm
        base, day = price, first
        rename = int(how.get("rename", 10**6))
        while day <= self.end and n < how.get("stop", 10**6):
            if n == how.get("step", -1):
                base *= r.choice([1.05, 1.1, 1.2])
            amount = base * (1 + how.get("use", 0) * r.uniform(-1, 1)) * (r.gauss(1, 0.013) if how.get("fx") else 1)
            posted = self.open(day, roll) + DAY * round(r.random() * how.get("late", 0))
            paused = how.get("pause", 0) and 4 <= n < 4 + how["pause"]
            if not paused and r.random() >= how.get("skip", 0):
                self.put(
                    posted,
                    amount if how.get("use") or how.get("fx") else base,
                    pattern if n < rename else f"{self.head(pattern)} Services",
                    deal,
                )
            n += 1
            if unit == "month":
                month = first.month - 1 + n * every
                year, month = first.year + month // 12, month % 12 + 1
                day = date(year, month, min(first.day, monthrange(year, month)[1]))
            else:
                day = first + DAY * every * n
        if deal.charges:
            self.deals.append(deal)
        return deal

    @staticmethod
    def head(pattern: str) -> str:
        return pattern.split(" ")[0]

    def wanted(self) -> None:
        r = self.r
        begin = lambda: self.start + DAY * (r.randint(0, 30) if r.random() < 0.65 else r.randint(30, 400))  # noqa: E731
        if r.random() < 0.4:
            name = f"{self.name()} Property Rent"
            first = date(self.start.year, self.start.month, 1)
            self.deal(name, Deal(name), ("month", 1), first, r.choice([900, 1250, 1480]), step=r.choice([-1, 9, 12]))
        for _ in range(r.randint(4, 10)):
            kind, name = r.choice(_PLANS), self.name()
            full = f"{name} {kind}"
            pattern = full + r.choice(["", "", " {9}", "*{X}", f" 800-555-{r.randint(1000, 9999)}", " Direct Debit", " {6}"])
            rhythm = r.choices(
                [("month", 1), ("month", 2), ("month", 3), ("month", 6), ("month", 12), ("day", 28), ("day", 14), ("day", 7)],
                [14, 1, 2, 1, 2, 2, 1, 1],
            )[0]
            first = begin()
            if rhythm == ("month", 1) and r.random() < 0.25:  # the last days of the month
                first = first.replace(day=min(r.choice([29, 30, 31]), monthrange(first.year, first.month)[1]))
            how: dict[str, float] = {"late": r.choice([0, 0, 1, 2]), "skip": r.choice([0, 0, 0.03])}
            if kind in ("Energy", "Water", "Mobile"):
                how["use"] = r.choice([0.08, 0.25, 0.4])
                rhythm = ("month", r.choice([1, 1, 2, 3]))
            elif r.random() < 0.2:
                how["fx"] = 1
            elif r.random() < 0.25:
                how["step"] = r.randint(3, 10)
            if r.random() < 0.08:
                how["pause"] = r.randint(1, 3)
            if r.random() < 0.12:
                how["stop"] = r.randint(2, 9)
            if r.random() < 0.06:
                how["rename"] = r.randint(3, 9)
            self.deal(
                pattern,
                Deal(full),
                rhythm,
                first,
                r.choice([4.99, 9.5, 12, 19.99, 27.3, 45, 61.8, 110]),
                roll=r.choice([1, 1, -1, 0]),
                **how,
            )
            if r.random() < 0.08:  # a second contract with the same company
                self.deal(pattern, Deal(full), ("month", 1), begin(), r.choice([7.77, 33.3]))
        for pattern in r.sample(_WANTED, r.randint(0, 4)):
            name = pattern.split("{")[0].strip(" *").removesuffix(" P")
            self.deal(pattern, Deal(name), ("month", 1), begin(), r.choice([7.99, 11.99, 15.49]), roll=0, step=r.choice([-1, -1, 6]))
        if r.random() < 0.3:
            name, day = f"KLARNA*{self.name()}", begin()
            self.deal(name, Deal(name), ("day", 14), day, r.choice([24.5, 61.25]), roll=0, stop=4)

    def unwanted(self) -> None:
        r = self.r
        if r.random() < 0.3:
            return
        for _ in range(r.choice([1, 1, 1, 2])):
            first = self.end - DAY * r.randint(2, 220)
            sort = r.choices(["unknown", "trial", "fee", "known"], [4, 4, 2, 2])[0]
            if sort == "fee":
                pattern = r.choice(_FEES)
                self.deal(pattern, Deal(pattern.split("{")[0].strip(), True, True), ("month", 1), first, 39.99, roll=0, fx=1)
                continue
            if sort == "known":
                pattern = r.choice(_KNOWN_TRAPS)
                self.deal(pattern, Deal(pattern.split("{")[0].strip(), True, True), ("month", 1), first, r.choice([9.99, 24.99]), roll=0)
                continue
            name = f"{self.name()} {r.choice(_TRAPS)}"
            site = "".join(c for c in name.lower() if c.isalnum()) + ".com"
            pattern = r.choice(
                [name, f"{name} 8{r.randint(10, 99)}-555-{r.randint(1000, 9999)}", site, f"{site} {{9}}", f"{name} {{6}}", f"{name} CY"]
            )
            price = r.choice([4.99, 9.95, 19.99, 29.99, 39.0, 47.5, 89.99])
            rhythm = r.choices([("month", 1), ("day", 28), ("day", 30), ("day", 7), ("day", 14)], [6, 2, 2, 1, 1])[0]
            deal = Deal(name, True)
            self.deal(pattern, deal, rhythm, first, price, roll=0, late=r.choice([0, 1]), fx=float(r.random() < 0.3))
            if sort == "trial" and deal.charges:
                day = deal.charges[0][0] - DAY * r.choice([2, 3, 7, 14, 30])
                self.put(day, r.choice([0.5, 1.0, 1.0, 1.95]), pattern)
                if day >= self.start and day <= self.end:
                    deal.charges.insert(0, self.rows[-1])


def life(seed: int) -> Life:
    """The cardholder of `seed`."""
    made = Life(seed)
    made.habits()
    made.wanted()
    made.unwanted()
    made.mishaps()
    made.rows.sort(key=lambda row: (row[0], row[2], row[1]))
    return made


if __name__ == "__main__":
    for n in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
        for day, amount, text in life((int(sys.argv[2]) if len(sys.argv) > 2 else 1) * 100_003 + n).rows:
            print(f"{day},{amount},{text}")
