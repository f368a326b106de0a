"""bunq (NL): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Bunq(Profile):
    """Account."""

    name = "bunq"
    bank = "bunq"
    country = "NL"
    header = ("Date", "Interest Date", "Amount", "Account", "Counterparty", "Name", "Description")
    headers = (("Date", "Amount", "Account", "Counterparty", "Name", "Description"),)
    date = "Date"
    decimal = ","
    amount = "Amount"
    description = ("Name", "Description")
    currency = "EUR"
    account_column = "Account"
    kind = "bank"
