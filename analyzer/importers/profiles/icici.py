"""ICICI Bank (IN): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Icici(Profile):
    """Account."""

    name = "icici"
    bank = "ICICI Bank"
    country = "IN"
    header = (
        "S No.",
        "Value Date",
        "Transaction Date",
        "Cheque Number",
        "Transaction Remarks",
        "Withdrawal Amount(INR)",
        "Deposit Amount(INR)",
        "Balance(INR)",
    )
    date = "Transaction Date"
    date_order = "dmy"
    debit = "Withdrawal Amount(INR)"
    credit = "Deposit Amount(INR)"
    description = ("Transaction Remarks",)
    balance = "Balance(INR)"
    currency = "INR"
    kind = "bank"
