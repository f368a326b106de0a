"""Bank of America (US): Checking and savings; a summary stands before the rows."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class BankOfAmerica(Profile):
    """Checking and savings; a summary stands before the rows."""

    name = "bank-of-america"
    bank = "Bank of America"
    country = "US"
    header = ("Date", "Description", "Amount", "Running Bal.")
    date = "Date"
    date_order = "mdy"
    amount = "Amount"
    description = ("Description",)
    balance = "Running Bal."
    currency = "USD"
    kind = "bank"
