"""The currency a statement is in, told from what it prints beside its amounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analyzer.importers.numbers import UNITS
from analyzer.money import UNKNOWN_CURRENCY

CODES = frozenset(
    [
        "USD",
        "EUR",
        "GBP",
        "IDR",
        "INR",
        "SGD",
        "CAD",
        "AUD",
        "CHF",
        "JPY",
        "NZD",
        "HKD",
        "MYR",
        "THB",
        "PHP",
        "VND",
        "CNY",
        "KRW",
        "TWD",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "HUF",
        "RON",
        "BGN",
        "TRY",
        "ZAR",
        "BRL",
        "MXN",
        "ARS",
        "CLP",
        "COP",
        "PEN",
        "AED",
        "SAR",
        "QAR",
        "KWD",
        "BHD",
        "OMR",
        "JOD",
        "ILS",
        "EGP",
        "NGN",
        "KES",
        "GHS",
        "PKR",
        "BDT",
        "LKR",
        "RUB",
        "UAH",
        "ISK",
    ]
)
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")
_SYMBOLS = (
    ("£", "GBP"),
    ("€", "EUR"),
    ("₹", "INR"),
    ("Rp", "IDR"),
    ("US$", "USD"),
    ("S$", "SGD"),
    ("A$", "AUD"),
    ("HK$", "HKD"),
    ("NZ$", "NZD"),
)
_SYMBOL = re.compile(
    r"£|€|₹|(?<![A-Za-z])Rp\.?(?=[\s\d)(]|$)|US\$|(?<![A-Z])(?:S|A|C|CA|HK|NZ|AU|R|NT|MX)\$|zł|Kč|₺|₽|₩|₪|฿|₫|₱|(?<![A-Za-z])RM(?=\s?\d)"
)
_DOLLARS = (
    ("CAD", re.compile(r"canad|ontario|quebec|toronto|interac", re.I)),
    ("AUD", re.compile(r"australia|\bbsb\b|sydney|melbourne", re.I)),
    ("SGD", re.compile(r"singapore", re.I)),
    ("NZD", re.compile(r"new zealand|auckland", re.I)),
    ("HKD", re.compile(r"hong kong", re.I)),
    ("MXN", re.compile(r"m[eé]xico|\bmxn\b", re.I)),
)
_FOREIGN = re.compile(r"foreign|exchange|rate|umrechnung|kurs|taux|cambio|koers|conver", re.I)
_RUPEES = re.compile(r"\bIFSC\b|\bGSTIN?\b|\bNEFT\b|\bUPI\b|\bRs\.?(?=[\s\d])|rupee", re.I)
_RUPIAH = re.compile(r"rupiah|\bNPWP\b|\bIDR\b", re.I)


def currency_of(cells: Sequence[str], others: Sequence[str], header: str, rows: str = "") -> str:
    """The ISO code, or XXX where nothing tells.

    Args:
        cells: the texts of the rows' amounts.
        others: the lines outside the rows.
        header: the column headings in one text.
        rows: the rows' texts in one.
    """
    votes = Counter[str]()
    for text in cells:
        unit = re.sub(r"[0-9.,'()+ -]", "", text)
        code = UNITS.get(unit, unit)
        if code in CODES:
            votes[code] += 1
    if votes:
        return votes.most_common(1)[0][0]
    for text in (header, *others):
        if text is header or (len(text) < 200 and not _FOREIGN.search(text)):
            for m in _SYMBOL.finditer(text):
                symbol = m.group().rstrip(".")
                votes[UNITS.get(symbol, UNITS.get(symbol + ".", ""))] += 3 if text is header else 1
            for m in _CODE.finditer(text):
                if m[1] in CODES:
                    votes[m[1]] += 3 if text is header else 1
    votes.pop("", None)
    if votes:
        return votes.most_common(1)[0][0]
    together = "\n".join((header, *others))
    if "$" in together or any("$" in c for c in cells):
        return next((code for code, pattern in _DOLLARS if pattern.search(together)), "USD")
    if len(_RUPEES.findall(f"{together} {rows}")) >= 2:
        return "INR"
    if _RUPIAH.search(together):
        return "IDR"
    return UNKNOWN_CURRENCY
