"""American Express (US): Card, with cardmember; charges are printed positive."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class AmexUs(Profile):
    """Card, with cardmember; charges are printed positive."""

    name = "amex-us"
    bank = "American Express"
    country = "US"
    header = ("Date", "Description", "Card Member", "Account #", "Amount")
    date = "Date"
    date_order = "mdy"
    amount = "Amount"
    sign = "charge-positive"
    description = ("Description",)
    currency = "USD"
    account_column = "Account #"
    kind = "credit"
