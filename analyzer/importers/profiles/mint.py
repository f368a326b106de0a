"""Mint (US): Transactions exported from Mint: unsigned amounts and a word for the direction."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Mint(Profile):
    """Transactions exported from Mint: unsigned amounts and a word for the direction."""

    name = "mint"
    bank = "Mint"
    country = "US"
    header = ("Date", "Description", "Original Description", "Amount", "Transaction Type", "Category", "Account Name", "Labels", "Notes")
    date = "Date"
    date_order = "mdy"
    amount = "Amount"
    flag = "Transaction Type"
    money_out = ("debit",)
    money_in = ("credit",)
    description = ("Description", "Original Description")
    currency = "USD"
    account_column = "Account Name"
