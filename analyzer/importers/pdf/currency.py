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
    few = votes if 4 * sum(votes.values()) < len(cells) else Counter[str]()
    if votes and not few:
        return votes.most_common(1)[0][0]
    votes = Counter[str]()
    for text in (header, *others):
        if text is header or (len(text) < 200 and not _FOREIGN.search(text)):
            for m in _SYMBOL.finditer(text):
                symbol = m.group().rstrip(".")
                votes[UNITS.get(symbol, UNITS.get(symbol + ".", ""))] += 3 if text is header else 1
            for m in _CODE.finditer(text):
                if m[1] in CODES:
                    votes[m[1]] += 3 if text is header else 1
    votes.pop("", None)
    # A few amounts of the rows with a currency of their own are foreign ones, where the lines around name another.
    if votes or few:
        return (votes or few).most_common(1)[0][0]
    together = "\n".join((header, *others))
    if "$" in together or any("$" in c for c in cells):
        return next((code for code, pattern in _DOLLARS if pattern.search(together)), "USD")
    if len(_RUPEES.findall(f"{together} {rows}")) >= 2:
        return "INR"
    if _RUPIAH.search(together):
        return "IDR"
    return _by_country(together)


def _by_country(text: str) -> str:
    """The currency of the country that an IBAN, a BIC, a deposit insurer, a number of the tax office or a place names."""
    countries = Counter(m[1] or m[2] for m in _BANK_CODE.finditer(text))
    for country, _ in countries.most_common(1):
        if country in _EURO or country in _OWN:
            return "EUR" if country in _EURO else _OWN[country]
    named = [code for code, pattern in _NAMES if pattern.search(text)]
    if len(named) == 1:
        return named[0]
    return next((code for code, pattern in _PLACES if pattern.search(text)), UNKNOWN_CURRENCY)


_BANK_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?:([A-Z]{2})[0-9]{2} ?[0-9A-Z*]{4} ?[0-9A-Z*]{4}|(?:BIC|SWIFT)[^A-Z\n]{0,12}[A-Z]{4}([A-Z]{2})[A-Z0-9]{2})"
)
_NAMES = (
    ("EUR", re.compile(r"\beuros?\b", re.I)),
    ("GBP", re.compile(r"\bpounds? sterling\b|\bsterling\b", re.I)),
    ("CHF", re.compile(r"\bschweizer franken\b|\bfrancs suisses\b", re.I)),
    ("INR", re.compile(r"\brupees?\b", re.I)),
    ("JPY", re.compile(r"\byen\b|円", re.I)),
    ("PLN", re.compile(r"\bzłotych\b|\bzlotych\b", re.I)),
    ("ZAR", re.compile(r"\brand\b", re.I)),
)
_EURO = frozenset(
    ["DE", "AT", "FR", "ES", "IT", "PT", "NL", "BE", "LU", "IE", "FI", "GR", "SI", "SK", "EE", "LV", "LT", "MT", "CY", "HR", "MC", "SM"]
)
_OWN = {
    "GB": "GBP",
    "CH": "CHF",
    "LI": "CHF",
    "SE": "SEK",
    "NO": "NOK",
    "DK": "DKK",
    "PL": "PLN",
    "CZ": "CZK",
    "HU": "HUF",
    "RO": "RON",
    "BG": "BGN",
    "TR": "TRY",
    "AE": "AED",
    "SA": "SAR",
    "IL": "ILS",
    "IN": "INR",
    "ID": "IDR",
    "SG": "SGD",
    "MY": "MYR",
    "TH": "THB",
    "PH": "PHP",
    "HK": "HKD",
    "JP": "JPY",
    "ZA": "ZAR",
    "US": "USD",
    "CA": "CAD",
    "AU": "AUD",
    "NZ": "NZD",
    "BR": "BRL",
    "MX": "MXN",
}
_PLACES = (
    ("GBP", re.compile(r"\bsort ?code\b|\bFSCS\b|Financial Services Compensation Scheme|\bUnited Kingdom\b", re.I)),
    ("USD", re.compile(r"\bFDIC\b|\bNCUA\b|Equal Housing Lender", re.I)),
    ("CAD", re.compile(r"\bCDIC\b|\bInterac\b|\bToronto\b|\bCanada\b", re.I)),
    ("AUD", re.compile(r"\bBSB\b|\bAFSL\b|\bAustralia\b", re.I)),
    ("NZD", re.compile(r"\bNew Zealand\b", re.I)),
    ("INR", re.compile(r"\bIFSC\b|\bGSTIN\b|\bMICR\b", re.I)),
    ("SGD", re.compile(r"\bSingapore\b|\bSDIC\b", re.I)),
    ("HKD", re.compile(r"\bHong Kong\b", re.I)),
    ("MYR", re.compile(r"\bPIDM\b|\bMalaysia\b|\bKuala Lumpur\b|\bRM\b")),
    ("PHP", re.compile(r"\bPDIC\b|\bPhilippines\b|\bPilipinas\b", re.I)),
    ("THB", re.compile(r"\bThailand\b|\bBangkok\b", re.I)),
    ("ZAR", re.compile(r"\bSouth Africa\b|\bJohannesburg\b", re.I)),
    ("IDR", re.compile(r"\bNPWP\b|\bIndonesia\b|\bJakarta\b|\bOJK\b")),
    ("BRL", re.compile(r"\bCNPJ\b|\bCPF\b")),
    ("MXN", re.compile(r"\bCLABE\b|\bCONDUSEF\b")),
    ("SEK", re.compile(r"\bBankgiro\b|\bPlusgiro\b", re.I)),
    ("PLN", re.compile(r"\bPESEL\b|\bREGON\b")),
    ("CHF", re.compile(r"\bSchweiz\b|\bSuisse\b|\bSvizzera\b|\bZürich\b", re.I)),
    (
        "EUR",
        re.compile(r"\bGirokonto\b|\bSparkasse\b|\bVolksbank\b|\bFrankfurt\b|\bDeutschland\b|\bAMF\b|\bParis\b|\bBanco de España\b", re.I),
    ),
)
