"""Citi (US): Credit card; payments are printed negative in the credit column."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Citi(Profile):
    """Credit card; payments are printed negative in the credit column."""

    name = "citi"
    bank = "Citi"
    country = "US"
    header = ("Status", "Date", "Description", "Debit", "Credit")
    date = "Date"
    date_order = "mdy"
    debit = "Debit"
    credit = "Credit"
    description = ("Description",)
    currency = "USD"
    status = "Status"
    kind = "credit"
