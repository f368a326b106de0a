"""N26 (DE): Current account, the export since 2024."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class N262024(Profile):
    """Current account, the export since 2024."""

    name = "n26-2024"
    bank = "N26"
    country = "DE"
    header = (
        "Booking Date",
        "Value Date",
        "Partner Name",
        "Partner Iban",
        "Type",
        "Payment Reference",
        "Account Name",
        "Amount (EUR)",
        "Original Amount",
        "Original Currency",
        "Exchange Rate",
    )
    date = "Booking Date"
    amount = "Amount (EUR)"
    description = ("Partner Name", "Payment Reference")
    currency = "EUR"
    kind = "bank"
