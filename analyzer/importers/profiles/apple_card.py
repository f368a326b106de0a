"""Apple Card (US): Card; charges are printed positive."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class AppleCard(Profile):
    """Card; charges are printed positive."""

    name = "apple-card"
    bank = "Apple Card"
    country = "US"
    header = ("Transaction Date", "Clearing Date", "Description", "Merchant", "Category", "Type", "Amount (USD)", "Purchased By")
    date = "Transaction Date"
    date_order = "mdy"
    amount = "Amount (USD)"
    sign = "charge-positive"
    description = ("Description",)
    currency = "USD"
    kind = "credit"
