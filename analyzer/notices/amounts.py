"""What a mail announces: amounts, currencies and days, in English and Indonesian.

Numbers and dates are read by the grammars the importers use. The style (`1.234,56` or `1,234.56`) is decided
once per currency over the whole mail, not per number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analyzer import money
from analyzer.importers import days, numbers

MAX_FOUND = 200
_NEAR = 80
"""Characters before and after an amount or a day in which its meaning is looked for."""

CODES = frozenset(
    re.findall(
        r"[A-Z]{3}",
        """
    AED AFN ALL AMD ARS AUD AZN BAM BBD BDT BGN BHD BND BOB BRL BWP BYN CAD CHF CLP CNY COP CRC CZK DKK DOP DZD EGP ETB EUR FJD GBP
    GEL GHS GTQ HKD HNL HUF IDR ILS INR IQD ISK JMD JOD JPY KES KHR KRW KWD KZT LAK LBP LKR MAD MDL MKD MMK MOP MUR MVR MXN MYR MZN
    NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SCR SEK SGD THB TND TRY TTD TWD TZS UAH UGX USD
    UYU UZS VND XAF XCD XOF ZAR ZMW
    """,
    )
)
"""ISO 4217 codes of money in use; other capitals in front of a number are words."""
DOLLARS = ("USD", "AUD", "CAD", "SGD", "NZD", "HKD", "MXN", "TWD")
_WHOLE = {"IDR", "JPY", "KRW", "VND", "CLP", "ISK", "HUF", "COP", "PYG", "XAF", "XOF", "UGX", "RWF"}
_PROSE_UNITS = [u for u in numbers.UNITS if u not in ("R", "lei", "лв", "Ft", "TL", "Fr.", "Rs", "RM")]
_SIGNS = "|".join(re.escape(u) for u in sorted([*_PROSE_UNITS, "$", "¥"], key=len, reverse=True))
_CODE = "|".join(sorted(CODES))
_UNIT = rf"(?:{_SIGNS}|(?:{_CODE})(?![A-Za-z]))"
_NUMBER = (
    r"(?:[0-9]{1,3}(?:[.,'’\u00a0\u202f\u2009][0-9]{3}){1,4}(?:[.,][0-9]{1,2})?"  # 1.234.567,89
    r"|[0-9]{1,3}(?: [0-9]{3}){1,4},[0-9]{2}"  # 1 234 567,89 with plain spaces
    r"|[0-9]{1,2}(?:,[0-9]{2}){1,3},[0-9]{3}(?:\.[0-9]{1,2})?"  # 12,34,567.89
    r"|[0-9]{1,12}(?:[.,][0-9]{1,3})?)"
)
_SPACED = r"[0-9]{1,3}(?: [0-9]{3}){1,4}"  # 1 299 Kč; in front of the unit only, as "USD 39 100 items" has two numbers
_SCALES = {"ribu": 1_000, "rb": 1_000, "juta": 1_000_000, "jt": 1_000_000, "thousand": 1_000, "million": 1_000_000}
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?:(?P<unit>{_UNIT})[ \u00a0\u202f]{{0,2}}(?P<number>{_NUMBER})(?:,-)?"
    rf"(?:[ \u00a0](?P<after>{_CODE})(?![A-Za-z]))?"
    rf"|(?P<number2>{_SPACED}|{_NUMBER})[ \u00a0\u202f]{{0,1}}(?P<unit2>{_UNIT}))"
    r"(?![0-9])(?! ?%)(?: ?(?P<scale>ribu|rb|juta|jt|thousand|million)\b)?",
)
_MONTH = "|".join(sorted((re.escape(n) for n in days.MONTHS), key=len, reverse=True))
_DAY = re.compile(
    rf"(?<![\w/.-])(?:(?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"
    rf"|(?P<dm>[0-9]{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?(?:{_MONTH})\b\.?(?:[ ,-]{{1,2}}[0-9]{{4}})?)"
    rf"|(?P<md>(?:{_MONTH})\.? [0-9]{{1,2}}(?:st|nd|rd|th)?(?:,? [0-9]{{4}})?)"
    rf"|(?P<numeric>[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-][0-9]{{4}}))(?![\w/])",
    re.IGNORECASE,
)
_CHARGE = re.compile(
    r"charg|bill(?:ed|ing)|\bfee|\btotal|payment|\bpay\b|paid|amount|subscri|renew|month|\bplan\b|invoice|debit|price|"
    r"tagih|biaya|sebesar|bayar|langganan|bulan|dikenakan|tarif|perpanjang|didebit|dipotong|paket",
    re.IGNORECASE,
)
_REFUND = re.compile(r"refund|credited|reimburs|reversal|money back|pengembalian|dikembalikan|refun", re.IGNORECASE)
_AGAIN = re.compile(
    r"per month|/ ?mo(?:nth|\b)|monthly|every month|each month|a month|recurring|"
    r"per bulan|/ ?bulan|bulanan|setiap bulan|tiap bulan|berulang|otomatis",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"charg|bill|due|pay|renew|debit|\bon\b|start|order|placed|purchase|transaction|"
    r"\bpada\b|tanggal|tagih|jatuh tempo|bayar|mulai|perpanjang|transaksi|pesanan",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Announced:
    """An amount a mail names.

    `currency` is None for a bare `$`. `charge` says that the words around it speak of a charge; `refund`, of
    money coming back; `monthly`, that it repeats. `certain` is False when the number reads in two ways.
    """

    amount: Decimal
    currency: str | None
    charge: bool
    refund: bool
    monthly: bool
    certain: bool = True

    def text(self) -> str:
        """The amount for people: `USD 39.99`, `Rp 651.205`."""
        if self.currency is None:
            return f"$ {self.amount:f}"
        return money.display(money.to_minor(self.amount, self.currency), self.currency)


@dataclass(frozen=True, slots=True)
class When:
    """A day a mail names; `readings` are one day, or two where 03/04/2026 can mean either."""

    readings: tuple[date, ...]
    charge: bool


def find_amounts(text: str) -> list[Announced]:
    """The amounts in `text`, in order, each amount and currency once; zeros and bare numbers are not counted."""
    found = [m for _, m in zip(range(MAX_FOUND), _AMOUNT.finditer(text), strict=False)]
    printed = [(m, _currency(m), numbers.fold(m["number"] or m["number2"])) for m in found]
    styles = {c: _style([n for _, other, n in printed if other == c], c) for c in {c for _, c, _ in printed}}
    out: dict[tuple[Decimal, str | None], Announced] = {}
    for m, currency, number in printed:
        style, certain = styles[currency] or _style([number], currency) or (numbers.POINT, False)
        amount = numbers.parse_number(number, style)
        if amount is None:
            other = numbers.COMMA if style == numbers.POINT else numbers.POINT
            amount = numbers.parse_number(number, other)
        if amount is None or amount == 0:
            continue
        certain = certain and " " not in (m["number"] or m["number2"])  # "2 499,00 €" is a large sum, or two of them
        if m["scale"]:
            amount *= _SCALES[m["scale"].lower()]
        before, after = text[max(0, m.start() - _NEAR) : m.start()], text[m.end() : m.end() + _NEAR // 2]
        before = _last_sentence(before)
        after = re.split(r"[.!?]\s|\n\n", after)[0]
        around = f"{before} | {after}"
        new = Announced(
            amount,
            currency,
            charge=bool(_CHARGE.search(around)),
            refund=bool(_REFUND.search(around)),
            monthly=bool(_AGAIN.search(around)),
            certain=certain,
        )
        old = out.get((amount, currency))
        out[amount, currency] = new if old is None else _merge(old, new)
    for (amount, currency), bare in [item for item in out.items() if item[0][1] is None]:
        named = next((key for key in out if key[0] == amount and key[1] in DOLLARS), None)
        if named is not None:
            out[named] = _merge(out[named], bare)
            del out[amount, currency]
    return list(out.values())


def _merge(old: Announced, new: Announced) -> Announced:
    return Announced(
        old.amount,
        old.currency,
        old.charge or new.charge,
        old.refund and new.refund,
        old.monthly or new.monthly,
        old.certain and new.certain,
    )


def _last_sentence(text: str) -> str:
    return re.split(r"[.!?]\s|\n\n", text)[-1]


def _currency(m: re.Match[str]) -> str | None:
    printed = m["unit"] or m["unit2"]
    if m["after"]:
        return m["after"]
    code = numbers.UNITS.get(printed, printed)
    return "JPY" if code == "¥" else code if code in CODES else None


def _style(texts: Sequence[str], currency: str | None) -> tuple[numbers.Style, bool] | None:
    chosen = numbers.decide_style(texts, whole_units=currency in _WHOLE)
    return None if chosen is None else (chosen.style, chosen.certain)


def find_days(text: str, near: date | None) -> list[When]:
    """The days in `text`, in order, each once.

    Args:
        text: what the mail says.
        near: the mail's own day; a day printed without its year is the one nearest to it.
    """
    out: dict[tuple[date, ...], bool] = {}
    for _, m in zip(range(MAX_FOUND), _DAY.finditer(text), strict=False):
        readings = _readings(m, near)
        if readings:
            before = _last_sentence(text[max(0, m.start() - _NEAR) : m.start()])
            out[readings] = out.get(readings, False) or bool(_WHEN.search(before))
    return [When(readings, charge) for readings, charge in out.items()]


def _readings(m: re.Match[str], near: date | None) -> tuple[date, ...]:
    printed = m.group().replace(" of ", " ")
    if m["md"] and printed.startswith("may "):  # "you may 4 times"
        return ()
    orders: tuple[days.Order, ...] = ("dmy", "mdy") if m["numeric"] else ("ymd",)
    found: dict[date, None] = {}
    for order in orders:
        day = days.parse_day(printed, order)
        if day is None:
            continue
        exact = day.on()
        if exact is None and near is not None:
            around = [d for d in (day.on(near.year + k) for k in (-1, 0, 1)) if d is not None]
            exact = min(around, key=lambda d: abs((d - near).days), default=None)
        if exact is not None:
            found[exact] = None
    return tuple(found)
