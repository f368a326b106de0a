"""Nationwide (GB): Current account; the account and its balances stand before the rows."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Nationwide(Profile):
    """Current account; the account and its balances stand before the rows."""

    name = "nationwide"
    bank = "Nationwide"
    country = "GB"
    header = ("Date", "Transaction type", "Description", "Paid out", "Paid in", "Balance")
    date = "Date"
    date_order = "dmy"
    debit = "Paid out"
    credit = "Paid in"
    description = ("Description",)
    balance = "Balance"
    currency = "GBP"
    kind = "bank"
