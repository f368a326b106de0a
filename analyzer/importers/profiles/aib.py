"""AIB (IE): Current account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Aib(Profile):
    """Current account."""

    name = "aib"
    bank = "AIB"
    country = "IE"
    header = (
        "Posted Account",
        "Posted Transactions Date",
        "Description1",
        "Description2",
        "Description3",
        "Debit Amount",
        "Credit Amount",
        "Balance",
        "Posted Currency",
        "Transaction Type",
        "Local Currency Amount",
        "Local Currency",
    )
    date = "Posted Transactions Date"
    date_order = "dmy"
    debit = "Debit Amount"
    credit = "Credit Amount"
    description = ("Description1", "Description2")
    balance = "Balance"
    currency = "EUR"
    currency_column = "Posted Currency"
    account_column = "Posted Account"
    kind = "bank"
