"""NatWest (GB): Current account; RBS and Ulster Bank export the same."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Natwest(Profile):
    """Current account; RBS and Ulster Bank export the same."""

    name = "natwest"
    bank = "NatWest"
    country = "GB"
    header = ("Date", "Type", "Description", "Value", "Balance", "Account Name", "Account Number")
    date = "Date"
    date_order = "dmy"
    amount = "Value"
    description = ("Description",)
    balance = "Balance"
    currency = "GBP"
    account_column = "Account Number"
    kind = "bank"
