"""Money as integers in a currency's smallest unit, and as exact text.

Exponents after ISO 4217 (2024 list). Part of the model: sits beside it in the order of imports.
"""

from __future__ import annotations

from decimal import Decimal

UNKNOWN_CURRENCY = "XXX"
"""ISO 4217's code for "no currency": the file names none."""

_ZERO = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"}
_THREE = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}
_PRINTED_WHOLE = {"IDR", "HUF", "COP", "CRC", "TWD"}
"""Currencies with a unit of two decimals that statements print only when it is not zero."""
_SYMBOLS = {"USD": "$", "GBP": "£", "EUR": "€", "IDR": "Rp ", "INR": "₹", "JPY": "¥", "AUD": "A$", "CAD": "C$", "SGD": "S$", "NZD": "NZ$"}


def exponent(currency: str) -> int:
    """How many decimals the smallest unit of `currency` has (2 where unknown)."""
    return 0 if currency in _ZERO else 3 if currency in _THREE else 2


def to_minor(amount: Decimal, currency: str) -> int:
    """`amount` in the smallest unit, rounded half to even where the file prints more decimals."""
    return int(amount.scaleb(exponent(currency)).to_integral_value())


def from_minor(minor: int, currency: str) -> Decimal:
    """The exact decimal of `minor` smallest units."""
    return Decimal(int(minor)).scaleb(-exponent(currency))


def text(minor: int, currency: str) -> str:
    """The plain decimal of the JSON schema: `-39.99`, `-650000`; never an exponent or a separator."""
    sign, digits, places = "-" if minor < 0 else "", str(abs(int(minor))), exponent(currency)
    if not places:
        return sign + digits
    digits = digits.rjust(places + 1, "0")
    whole, part = digits[:-places], digits[-places:]
    if currency in _PRINTED_WHOLE and not int(part):
        return sign + whole
    return f"{sign}{whole}.{part}"


def display(minor: int, currency: str) -> str:
    """An amount for people: `$39.99`, `Rp 651.205`, `12.50 CHF`; always without its sign.

    Rupiah is grouped with dots as Indonesian statements print it; all others with commas.
    """
    plain = text(abs(int(minor)), currency)
    whole, _, part = plain.partition(".")
    grouped = f"{int(whole):,}"
    if currency == "IDR":
        grouped, point = grouped.replace(",", "."), ","
    else:
        point = "."
    number = f"{grouped}{point}{part}" if part else grouped
    if currency == UNKNOWN_CURRENCY:
        return number
    symbol = _SYMBOLS.get(currency)
    return f"{symbol}{number}" if symbol else f"{number} {currency}"
