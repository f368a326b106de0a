"""Which charges come from another country than the card is used in, learned from the card's own rows.

Only the code at the end of the bank's text is read (`... GB`, `... TX`). Where they do not tell, the currency does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analyzer.merchants.places import COUNTRIES, STATES

if TYPE_CHECKING:
    import numpy as np

    from analyzer.merchants import Annotated

ROWS = 8
"""Charges with a code, of three merchants or more, from which on a card's home can be told."""
SHARE = 0.15
"""Share of a card's charges with a code from which on that code is one of its homes."""
_LONG = {
    three: two
    for two, codes in {"GB": "GBR UK", "DE": "DEU", "ID": "IDN", "IN": "IND", "SG": "SGP", "AU": "AUS", "CA": "CAN", "FR": "FRA"}.items()
    for three in codes.split()
} | {"NLD": "NL", "IRL": "IE", "ESP": "ES", "ITA": "IT", "USA": "US"}
_STATES = "(state)"
"""Stands for all states and provinces: a card used in Texas is at home in Ohio."""
_WITH_STATES = {"USD", "CAD", "AUD"}
"""Currencies whose cards print states; on any other card CA is Canada and ID Indonesia."""


_EURO = frozenset(["AT", "BE", "BG", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "NL", "PT", "SI", "SK"])
TENDER = {
    **{m: frozenset([m[:2]]) for m in ("GBP", "IDR", "INR", "JPY", "CHF", "CZK", "PLN", "SEK", "NOK", "DKK", "HUF", "RON", "TRY")},
    **{m: frozenset([m[:2]]) for m in ("ZAR", "KRW", "CNY", "HKD", "TWD", "THB", "MYR", "PHP", "VND", "NZD", "AED", "ILS", "MXN", "SGD")},
    **{m: frozenset([m[:2], _STATES]) for m in ("USD", "CAD", "AUD")},
    "EUR": _EURO,
}
"""Currency → the countries whose money it is; a currency not named here tells nothing."""


def region(code: str, currency: str) -> str:
    """The country `code` at the end of a text means on a card in `currency`; one region for all states; empty for none."""
    if code in STATES and (currency in _WITH_STATES or code not in COUNTRIES):
        return _STATES
    return _LONG.get(code, code)


def abroad(merchants: Annotated, owner: Any, accounts: int, money: Any, currencies: Sequence[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Per row whether the text ends with the code of a country that the card is not used in, or the charge is in a currency
    that hardly any other of the account's is in.

    Args:
        merchants: what the texts say.
        owner: per row the number of its account, of `accounts` in all.
        money: per row the number of its currency in `currencies`.
    """
    import numpy as np

    out = _odd_currency(owner, accounts, money, len(currencies))
    codes = [r.code for r in merchants.readings]
    if not any(codes):
        return out
    known: dict[str, int] = {"": 0}
    table = np.array([[known.setdefault(region(c, str(m)), len(known)) for c in codes] for m in currencies], dtype=np.int64)
    region_of = table[0][merchants.text] if len(currencies) == 1 else table[money, merchants.text]
    at = np.flatnonzero(region_of)
    where = region_of[at]
    # Per account and region: the charges, and the merchants.
    joint = owner[at].astype(np.int64) * len(known) + where
    rows = np.bincount(joint, minlength=accounts * len(known)).reshape(accounts, len(known))
    told = (rows.sum(axis=1) >= ROWS) & _several(owner[at], merchants.brand[at], accounts)
    home = rows >= SHARE * rows.sum(axis=1, keepdims=True)
    if {"US", _STATES} <= known.keys():
        home[:, known["US"]] |= home[:, known[_STATES]]
        home[:, known[_STATES]] |= home[:, known["US"]]
    # Where the card's own rows do not tell, home is where its currency is legal tender.
    tender = np.array([[not TENDER.get(str(m)) or r in TENDER[str(m)] for r in known] for m in currencies])
    out[at] |= ~np.where(told[owner[at]], home[owner[at], where], tender[money[at], where])
    return out


def _several(owner: Any, brand: Any, owners: int) -> Any:
    """Per account whether its rows are of three merchants or more: some brand is neither the lowest nor the highest."""
    import numpy as np

    low, high = np.full(owners, np.iinfo(np.int64).max), np.full(owners, -1)
    np.minimum.at(low, owner, brand)
    np.maximum.at(high, owner, brand)
    between = (brand != low[owner]) & (brand != high[owner])
    return np.bincount(owner, weights=between, minlength=owners) > 0


def _odd_currency(owner: Any, owners: int, money: Any, currencies: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    import numpy as np

    if currencies < 2:
        return np.zeros(len(owner), dtype=bool)
    counts = np.bincount(owner.astype(np.int64) * currencies + money, minlength=owners * currencies).reshape(owners, currencies)
    rare = (counts <= 0.1 * counts.sum(axis=1, keepdims=True)) & (counts.sum(axis=1, keepdims=True) >= ROWS)
    out: np.ndarray[Any, np.dtype[np.bool_]] = rare[owner, money]
    return out
