"""Lloyds Bank (GB): Current account; Halifax and Bank of Scotland export the same."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Lloyds(Profile):
    """Current account; Halifax and Bank of Scotland export the same."""

    name = "lloyds"
    bank = "Lloyds Bank"
    country = "GB"
    header = (
        "Transaction Date",
        "Transaction Type",
        "Sort Code",
        "Account Number",
        "Transaction Description",
        "Debit Amount",
        "Credit Amount",
        "Balance",
    )
    date = "Transaction Date"
    date_order = "dmy"
    debit = "Debit Amount"
    credit = "Credit Amount"
    description = ("Transaction Description",)
    balance = "Balance"
    currency = "GBP"
    account_column = "Account Number"
    kind = "bank"
