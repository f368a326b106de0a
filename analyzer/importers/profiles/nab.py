"""NAB (AU): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Nab(Profile):
    """Account."""

    name = "nab"
    bank = "NAB"
    country = "AU"
    header = ("Date", "Amount", "Account Number", "", "Transaction Type", "Transaction Details", "Balance", "Category", "Merchant Name")
    date = "Date"
    date_order = "dmy"
    amount = "Amount"
    description = ("Transaction Details",)
    balance = "Balance"
    currency = "AUD"
    account_column = "Account Number"
    kind = "bank"
