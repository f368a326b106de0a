"""HDFC Bank (IN): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Hdfc(Profile):
    """Account."""

    name = "hdfc"
    bank = "HDFC Bank"
    country = "IN"
    header = ("Date", "Narration", "Value Dat", "Debit Amount", "Credit Amount", "Chq/Ref Number", "Closing Balance")
    date = "Date"
    date_order = "dmy"
    debit = "Debit Amount"
    credit = "Credit Amount"
    description = ("Narration",)
    balance = "Closing Balance"
    currency = "INR"
    fitid = "Chq/Ref Number"
    kind = "bank"
