"""Royal Bank of Canada (CA): Account and card in Canadian dollars."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Rbc(Profile):
    """Account and card in Canadian dollars."""

    name = "rbc"
    bank = "Royal Bank of Canada"
    country = "CA"
    header = ("Account Type", "Account Number", "Transaction Date", "Cheque Number", "Description 1", "Description 2", "CAD$", "USD$")
    date = "Transaction Date"
    date_order = "mdy"
    amount = "CAD$"
    description = ("Description 1", "Description 2")
    currency = "CAD"
    account_column = "Account Number"
