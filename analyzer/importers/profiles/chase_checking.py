"""Chase (US): Checking activity as downloaded from chase.com."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class ChaseChecking(Profile):
    """Checking activity as downloaded from chase.com."""

    name = "chase-checking"
    bank = "Chase"
    country = "US"
    header = ("Details", "Posting Date", "Description", "Amount", "Type", "Balance", "Check or Slip #")
    date = "Posting Date"
    date_order = "mdy"
    amount = "Amount"
    description = ("Description",)
    balance = "Balance"
    currency = "USD"
    kind = "bank"
