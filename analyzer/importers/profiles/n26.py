"""N26 (DE): Current account, English column names."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class N26(Profile):
    """Current account, English column names."""

    name = "n26"
    bank = "N26"
    country = "DE"
    header = (
        "Date",
        "Payee",
        "Account number",
        "Transaction type",
        "Payment reference",
        "Amount (EUR)",
        "Amount (Foreign Currency)",
        "Type Foreign Currency",
        "Exchange Rate",
    )
    date = "Date"
    amount = "Amount (EUR)"
    description = ("Payee", "Payment reference")
    currency = "EUR"
    kind = "bank"
