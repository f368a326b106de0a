"""Westpac (AU): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Westpac(Profile):
    """Account."""

    name = "westpac"
    bank = "Westpac"
    country = "AU"
    header = ("Bank Account", "Date", "Narrative", "Debit Amount", "Credit Amount", "Balance", "Categories", "Serial")
    date = "Date"
    date_order = "dmy"
    debit = "Debit Amount"
    credit = "Credit Amount"
    description = ("Narrative",)
    balance = "Balance"
    currency = "AUD"
    account_column = "Bank Account"
    kind = "bank"
