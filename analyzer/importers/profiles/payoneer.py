"""Payoneer (US): Account statement."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Payoneer(Profile):
    """Account statement."""

    name = "payoneer"
    bank = "Payoneer"
    country = "US"
    header = (
        "Transaction Date",
        "Transaction Time",
        "Time Zone",
        "Transaction ID",
        "Description",
        "Credit Amount",
        "Debit Amount",
        "Currency",
        "Transfer Amount",
        "Transfer Amount Currency",
        "Status",
        "Running Balance",
        "Additional Description",
        "Store Name",
        "Source",
        "Target",
        "Reference ID",
    )
    date = "Transaction Date"
    date_order = "mdy"
    debit = "Debit Amount"
    credit = "Credit Amount"
    description = ("Description", "Additional Description")
    balance = "Running Balance"
    currency_column = "Currency"
    fitid = "Transaction ID"
    status = "Status"
