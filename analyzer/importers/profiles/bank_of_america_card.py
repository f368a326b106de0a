"""Bank of America (US): Credit card."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class BankOfAmericaCard(Profile):
    """Credit card."""

    name = "bank-of-america-card"
    bank = "Bank of America"
    country = "US"
    header = ("Posted Date", "Reference Number", "Payee", "Address", "Amount")
    date = "Posted Date"
    date_order = "mdy"
    amount = "Amount"
    description = ("Payee",)
    currency = "USD"
    fitid = "Reference Number"
    kind = "credit"
