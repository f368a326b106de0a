"""Discover (US): Credit card; charges are printed positive."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Discover(Profile):
    """Credit card; charges are printed positive."""

    name = "discover"
    bank = "Discover"
    country = "US"
    header = ("Trans. Date", "Post Date", "Description", "Amount", "Category")
    date = "Trans. Date"
    date_order = "mdy"
    amount = "Amount"
    sign = "charge-positive"
    description = ("Description",)
    currency = "USD"
    kind = "credit"
