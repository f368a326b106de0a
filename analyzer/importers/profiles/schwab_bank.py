"""Charles Schwab Bank (US): Checking."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class SchwabBank(Profile):
    """Checking."""

    name = "schwab-bank"
    bank = "Charles Schwab Bank"
    country = "US"
    header = ("Date", "Status", "Type", "CheckNumber", "Description", "Withdrawal", "Deposit", "RunningBalance")
    date = "Date"
    date_order = "mdy"
    debit = "Withdrawal"
    credit = "Deposit"
    description = ("Description",)
    balance = "RunningBalance"
    currency = "USD"
    status = "Status"
    kind = "bank"
