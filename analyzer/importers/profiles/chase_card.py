"""Chase (US): Credit card activity as downloaded from chase.com."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class ChaseCard(Profile):
    """Credit card activity as downloaded from chase.com."""

    name = "chase-card"
    bank = "Chase"
    country = "US"
    header = ("Transaction Date", "Post Date", "Description", "Category", "Type", "Amount", "Memo")
    date = "Transaction Date"
    date_order = "mdy"
    amount = "Amount"
    description = ("Description", "Memo")
    currency = "USD"
    kind = "credit"
