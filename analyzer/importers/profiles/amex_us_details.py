"""American Express (US): Card, with all details; charges are printed positive."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class AmexUsDetails(Profile):
    """Card, with all details; charges are printed positive."""

    name = "amex-us-details"
    bank = "American Express"
    country = "US"
    header = (
        "Date",
        "Receipt",
        "Description",
        "Card Member",
        "Account #",
        "Amount",
        "Extended Details",
        "Appears On Your Statement As",
        "Address",
        "City/State",
        "Zip Code",
        "Country",
        "Reference",
        "Category",
    )
    headers = (
        (
            "Date",
            "Description",
            "Card Member",
            "Account #",
            "Amount",
            "Extended Details",
            "Appears On Your Statement As",
            "Address",
            "City/State",
            "Zip Code",
            "Country",
            "Reference",
            "Category",
        ),
    )
    date = "Date"
    date_order = "mdy"
    amount = "Amount"
    sign = "charge-positive"
    description = ("Description",)
    currency = "USD"
    account_column = "Account #"
    fitid = "Reference"
    kind = "credit"
