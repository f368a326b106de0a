"""Barclays (GB): Current account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Barclays(Profile):
    """Current account."""

    name = "barclays"
    bank = "Barclays"
    country = "GB"
    header = ("Number", "Date", "Account", "Amount", "Subcategory", "Memo")
    date = "Date"
    date_order = "dmy"
    amount = "Amount"
    description = ("Memo",)
    currency = "GBP"
    account_column = "Account"
    kind = "bank"
