"""The four cards: what was bought, what the holder wants, and the charge nobody agreed to.

Shops, banks and people are invented. Real names stand only where the statement text of that merchant is publicly known.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from maker.cards import Card, Dice, Row, last_sunday, on_day, working_day
from maker.spending import Agreement, Shop, months, pay_bills, shopping

FIRST, LAST, AFTER = date(2025, 5, 3), date(2026, 6, 28), date(2026, 7, 26)
SELLER_FEE = "AMAZON SELLER REPAY SEATTLE WA"


def _rupiah(year: int, month: int, day: int) -> float:
    """Rupiah for a dollar: a slow wave with a ripple, as rates move (whole steps, so that no machine rounds otherwise)."""
    age = (date(year, month, day) - FIRST).days
    slow, quick = abs(age % 180 - 90), abs(age % 46 - 23)
    return (1_612_000 + 310 * slow + 520 * quick + age * 37 % 23 * 290) / 100


def _in_rupiah(bought: date, cents: int, descriptor: str, *, back: bool = False, posted: date | None = None) -> Row:
    rate = _rupiah(bought.year, bought.month, bought.day)
    minor = round(cents / 100 * rate) * 100
    return Row(posted or working_day(bought), bought, minor if back else -minor, descriptor, ("USD", f"{rate:.2f}"))


def _at_amazon(dice: Dice) -> Iterator[Row]:
    """Marketplace orders in dollars: now and then, never twice the same price."""
    for year, month in months(FIRST, AFTER):
        for _ in range(1 + dice.chance(0.35)):
            bought = date(year, month, dice.whole(4, 26))
            cents = dice.whole(899, 7450)
            front = "AMZN MKTP US*" if dice.chance(0.7) else "AMAZON.COM*"
            yield _in_rupiah(bought, cents, f"{front}{dice.code(9)} WA")


def indonesia() -> Card:
    """A rupiah card whose Amazon account was taken over: two seller fees, later their refunds."""
    dice = Dice("indonesia")
    card = Card(
        name="indonesia",
        number="400012XXXXXX4242",
        bank="Bank Contoh Nusantara",
        bank_id="BCNID",
        currency="IDR",
        decimals=2,
        holder=("RATNA CONTOH", "JL. MAWAR CONTOH NO. 12", "JAKARTA SELATAN 12000"),
        closing_day=last_sunday,
    )
    k = 100_000  # a thousand rupiah in the smallest unit
    shops = [
        Shop("WARUNG KOPI SENJA JAKARTA", 9, prices=(24 * k, 28 * k, 28 * k, 35 * k, 42 * k)),
        Shop("TOKO SEGAR KEMANG JAKARTA", 8, 45 * k, 650 * k, 100 * 100),
        Shop("PASAR PAGI ONLINE INV#######", 6, 35 * k, 900 * k, 500 * 100),
        Shop("OJEK LAJU *TRIP ######", 9, 11 * k, 68 * k, 500 * 100),
        Shop("SPBU 3412 TEBET JAKARTA", 4, 150 * k, 420 * k, 1 * k),
        Shop("BAKMI NAGA RAYA TEBET", 4, 38 * k, 190 * k, 500 * 100),
        Shop("SOTO PAK DARMO CIKINI", 4, 32 * k, 140 * k, 500 * 100),
        Shop("APOTEK MELATI SEHAT JAKARTA", 2, 18 * k, 310 * k, 100 * 100),
        Shop("BUKU KITA BLOK M JAKARTA", 1.5, 55 * k, 380 * k, 1 * k),
        Shop("BIOSKOP BINTANG SENAYAN", 1.5, 50 * k, 165 * k, 5 * k),
        Shop("MINIMARKET DUA PINTU 0442", 7, 9 * k, 160 * k, 100 * 100),
        Shop("PARKIR GEDUNG SUDIRMAN", 3, prices=(5 * k, 8 * k, 12 * k, 15 * k)),
        Shop("TOKO ROTI HARUM MENTENG", 3, 18 * k, 120 * k, 500 * 100),
        Shop("BENGKEL MOTOR JAYA ABADI", 0.6, 85 * k, 1150 * k, 5 * k),
        Shop("RUMAH MAKAN PADANG SAIYO", 3, 35 * k, 260 * k, 500 * 100),
        Shop("KLINIK GIGI SENYUM TEBET", 0.4, 200 * k, 950 * k, 10 * k),
        Shop("KERETA ANTARKOTA #####", 0.8, 90 * k, 420 * k, 5 * k),
        Shop("BATIK LARAS YOGYAKARTA", 0.5, 150 * k, 780 * k, 5 * k),
    ]
    wanted = [
        Agreement("SPOTIFY P SINGAPORE SG", 12, ((FIRST, 49 * k), (date(2026, 2, 1), 5_499_000))),
        Agreement("NETFLIX.COM SINGAPORE SG", 7, ((FIRST, 186 * k),)),
        Agreement("SELULARKU PASCABAYAR JAKARTA", 20, ((FIRST, 165 * k),), swing=0.12, step=100 * 100),
        Agreement("FITNESS FIRST JAKARTA", 1, ((FIRST, 599 * k),)),
    ]
    card.rows += shopping(shops, FIRST, AFTER, dice, visits=1.72)
    for agreement in wanted:
        card.rows += agreement.charges(FIRST, AFTER, dice)
    card.rows += _at_amazon(dice)
    for charged, refunded in ((date(2026, 5, 4), date(2026, 6, 22)), (date(2026, 6, 4), date(2026, 7, 6))):
        fee = _in_rupiah(charged, 3999, SELLER_FEE)
        card.rows += [fee, Row(refunded, refunded, -fee.minor, SELLER_FEE, fee.original)]
    card.rows += _twins(date(2025, 11, 18), 28 * k, "WARUNG KOPI SENJA JAKARTA")
    pay_bills(card, "2025-05", "2026-06", "PEMBAYARAN - TERIMA KASIH", days=15)
    return card


def _twins(day: date, minor: int, descriptor: str) -> list[Row]:
    """Two real purchases on one day that nothing tells apart: a statement keeps both."""
    return [Row(day, day, -minor, descriptor)] * 2


def us() -> Card:
    """A dollar card: a $1.95 trial that turned into $89.95 a month, which nobody had agreed to."""
    dice, first, last = Dice("us"), date(2025, 5, 19), date(2026, 6, 18)
    card = Card(
        name="us",
        number="XXXXXXXXXXXX3117",
        bank="First Example Bank",
        bank_id="9999",
        currency="USD",
        decimals=2,
        holder=("JORDAN EXAMPLE", "100 SAMPLE STREET", "SPRINGFIELD IL 62700"),
        closing_day=on_day(18),
    )
    shops = [
        Shop("GREEN BASKET MARKET 14 SPRINGFLD", 8, 650, 18400),
        Shop("CORNER BEAN COFFEE SPRINGFIELD", 7, prices=(425, 475, 525, 895)),
        Shop("PRAIRIE FUEL 0231 SPRINGFIELD IL", 4, 2150, 6240),
        Shop("TST* LOTUS NOODLE HOUSE", 3, 1180, 5600),
        Shop("SQ *SUNDAY FARM STAND", 2, 500, 4200),
        Shop("HARDWARE & HOME 118 SPRINGFIELD", 1.5, 420, 21000),
        Shop("AMZN MKTP US*#########", 3, 799, 9900),
        Shop("CITY PARKING METER 2", 3, prices=(100, 150, 200, 300)),
        Shop("LAKESIDE PHARMACY SPRINGFIELD IL", 1.5, 499, 7800),
        Shop("CINEMA NINE SPRINGFIELD IL", 1, 1150, 4600),
        Shop("TWO WHEELS BIKE SHOP", 0.4, 1200, 24000),
    ]
    wanted = [
        Agreement("HULU 877-8244858 CA", 9, ((first, 1899),)),
        Agreement("PRAIRIE WIRELESS AUTOPAY", 22, ((first, 6500),)),
        Agreement("PLANET FIT CLUB FEES", 17, ((first, 2499),)),
    ]
    card.rows += shopping(shops, first, last, dice, visits=1.05)
    for agreement in wanted:
        card.rows += agreement.charges(first, last, dice)
    card.rows.append(Row(date(2026, 3, 6), date(2026, 3, 5), -195, "GLOWVIA SKIN CO 855-555-0136"))
    card.rows += [Row(d, d, -8995, "GLOWVIA SKIN CO 855-555-0136") for d in (date(2026, 3, 20), date(2026, 4, 20), date(2026, 5, 20))]
    pay_bills(card, "2025-06", "2026-05", "PAYMENT - THANK YOU", days=20)
    return card


def uk() -> Card:
    """A pound card with a continuous payment authority that its holder never gave."""
    dice, first, last = Dice("uk"), date(2025, 5, 24), date(2026, 6, 23)
    card = Card(
        name="uk",
        number="XXXXXXXXXXXX8806",
        bank="Example Bank plc",
        bank_id="EXGB",
        currency="GBP",
        decimals=2,
        holder=("SAM EXAMPLE", "4 SAMPLE LANE", "LEEDS LS1 0AA"),
        closing_day=on_day(23),
    )
    shops = [
        Shop("FRESH & FAIR FOODS LEEDS", 8, 320, 9400),
        Shop("KETTLE & CUP LEEDS", 6, prices=(290, 340, 365, 610)),
        Shop("YORKSHIRE FUELS HEADINGLEY", 3, 2500, 6800),
        Shop("CITYBUS LEEDS ######", 6, prices=(200, 200, 450)),
        Shop("SUMUP *THE PIE MAN", 2, 450, 2600),
        Shop("THE RED LANTERN LEEDS", 2, 1250, 6400),
        Shop("NORTH STREET PHARMACY", 1.5, 280, 4100),
        Shop("BOOKS ON THE GREEN", 1, 699, 4500),
        Shop("GARDEN & HOME CENTRE YORK", 0.8, 500, 13000),
    ]
    wanted = [
        Agreement("NETFLIX.COM LONDON", 11, ((first, 1299),)),
        Agreement("NORTHLINE MOBILE", 2, ((first, 1800),)),
        Agreement("SPOTIFY UK LONDON", 26, ((first, 1199),)),
    ]
    card.rows += shopping(shops, first, last, dice, visits=1.0)
    for agreement in wanted:
        card.rows += agreement.charges(first, last, dice)
    card.rows += [Row(working_day(d), d, -2499, "SCOREWATCH CLUB 03069990119") for d in (date(2026, m, 16) for m in (3, 4, 5, 6))]
    pay_bills(card, "2025-06", "2026-05", "DIRECT DEBIT PAYMENT THANK YOU", days=18)
    return card


def clean() -> Card:
    """A euro card with nothing wrong: old agreements, ordinary shopping."""
    dice, first, last = Dice("clean"), date(2025, 5, 15), date(2026, 6, 14)
    card = Card(
        name="clean",
        number="XXXXXXXXXXXX6021",
        bank="Musterbank Beispielstadt",
        bank_id="MUSTER",
        currency="EUR",
        decimals=2,
        holder=("ALEX MUSTER", "BEISPIELWEG 7", "10000 BEISPIELSTADT"),
        closing_day=on_day(14),
    )
    shops = [
        Shop("FRISCHEMARKT BEISPIELSTADT", 8, 310, 9800),
        Shop("BAECKEREI MORGENROT", 6, prices=(180, 240, 360, 520)),
        Shop("TANKSTELLE AM RING", 3, 2800, 8200),
        Shop("STADTBAHN TICKET ######", 5, prices=(320, 320, 640)),
        Shop("GASTHAUS ZUR LINDE", 2, 1400, 6900),
        Shop("APOTHEKE AM MARKT", 1.5, 390, 4400),
        Shop("BUCHHANDLUNG LESEECK", 1, 899, 4800),
        Shop("BAUMARKT NORD", 0.8, 450, 14500),
    ]
    wanted = [
        Agreement("SPOTIFY STOCKHOLM", 3, ((first, 1099),)),
        Agreement("NETFLIX.COM AMSTERDAM", 18, ((first, 1399),)),
        Agreement("MUSTERFUNK MOBIL", 25, ((first, 1999),)),
    ]
    card.rows += shopping(shops, first, last, dice, visits=0.95)
    for agreement in wanted:
        card.rows += agreement.charges(first, last, dice)
    pay_bills(card, "2025-06", "2026-05", "EINZUG RECHNUNGSSALDO DANKE", days=12)
    return card
