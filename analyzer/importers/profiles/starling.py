"""Starling Bank (GB): Current account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Starling(Profile):
    """Current account."""

    name = "starling"
    bank = "Starling Bank"
    country = "GB"
    header = ("Date", "Counter Party", "Reference", "Type", "Amount (GBP)", "Balance (GBP)", "Spending Category", "Notes")
    date = "Date"
    date_order = "dmy"
    amount = "Amount (GBP)"
    description = ("Counter Party", "Reference")
    balance = "Balance (GBP)"
    currency = "GBP"
    kind = "bank"
