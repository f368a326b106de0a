"""Capital One (US): Credit card; charges and payments in two columns."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class CapitalOne(Profile):
    """Credit card; charges and payments in two columns."""

    name = "capital-one"
    bank = "Capital One"
    country = "US"
    header = ("Transaction Date", "Posted Date", "Card No.", "Description", "Category", "Debit", "Credit")
    date = "Transaction Date"
    debit = "Debit"
    credit = "Credit"
    description = ("Description",)
    currency = "USD"
    account_column = "Card No."
    kind = "credit"
