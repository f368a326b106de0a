"""Ally Bank (US): Checking and savings."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Ally(Profile):
    """Checking and savings."""

    name = "ally"
    bank = "Ally Bank"
    country = "US"
    header = ("Date", " Time", " Amount", " Type", " Description")
    date = "Date"
    amount = " Amount"
    description = (" Description",)
    currency = "USD"
    kind = "bank"
