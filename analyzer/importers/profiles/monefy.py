"""Monefy (XX): Export of the app; every row names its account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Monefy(Profile):
    """Export of the app; every row names its account."""

    name = "monefy"
    bank = "Monefy"
    country = "XX"
    header = ("date", "account", "category", "amount", "currency", "converted amount", "currency", "description")
    date = "date"
    date_order = "dmy"
    amount = "amount"
    description = ("category", "description")
    currency_column = "currency"
    account_column = "account"
