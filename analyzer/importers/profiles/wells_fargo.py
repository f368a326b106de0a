"""Wells Fargo (US): All accounts; the file has no column names."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class WellsFargo(Profile):
    """All accounts; the file has no column names."""

    name = "wells-fargo"
    bank = "Wells Fargo"
    country = "US"
    header = ("Date", "Amount", "Star", "Check Number", "Description")
    shape = (
        r"[01]\d/[0-3]\d/\d{4}",
        r"-?\d+\.\d\d",
        r"\*",
        r"\d*",
        r".+",
    )
    date = "Date"
    date_order = "mdy"
    amount = "Amount"
    description = ("Description",)
    currency = "USD"
