"""Capitec (ZA): Account; a fee is part of its row."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Capitec(Profile):
    """Account; a fee is part of its row."""

    name = "capitec"
    bank = "Capitec"
    country = "ZA"
    header = (
        "Nr",
        "Account",
        "Posting Date",
        "Transaction Date",
        "Description",
        "Original Description",
        "Parent Category",
        "Category",
        "Money In",
        "Money Out",
        "Fee",
        "Balance",
    )
    date = "Transaction Date"
    debit = "Money Out"
    credit = "Money In"
    description = ("Description", "Original Description")
    currency = "ZAR"
    account_column = "Account"
    kind = "bank"
