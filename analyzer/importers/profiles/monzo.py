"""Monzo (GB): Current account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Monzo(Profile):
    """Current account."""

    name = "monzo"
    bank = "Monzo"
    country = "GB"
    header = (
        "Transaction ID",
        "Date",
        "Time",
        "Type",
        "Name",
        "Emoji",
        "Category",
        "Amount",
        "Currency",
        "Local amount",
        "Local currency",
        "Notes and #tags",
        "Address",
        "Receipt",
        "Description",
        "Category split",
        "Money Out",
        "Money In",
    )
    headers = (
        (
            "Transaction ID",
            "Date",
            "Time",
            "Type",
            "Name",
            "Emoji",
            "Category",
            "Amount",
            "Currency",
            "Local amount",
            "Local currency",
            "Notes and #tags",
            "Address",
            "Receipt",
            "Description",
            "Category split",
        ),
    )
    date = "Date"
    date_order = "dmy"
    amount = "Amount"
    description = ("Name", "Description")
    currency = "GBP"
    currency_column = "Currency"
    fitid = "Transaction ID"
    kind = "bank"
