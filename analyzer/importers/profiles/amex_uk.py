"""American Express (GB): Card, with all details; charges are printed positive."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class AmexUk(Profile):
    """Card, with all details; charges are printed positive."""

    name = "amex-uk"
    bank = "American Express"
    country = "GB"
    header = (
        "Date",
        "Description",
        "Amount",
        "Extended Details",
        "Appears On Your Statement As",
        "Address",
        "Town/City",
        "Postcode",
        "Country",
        "Reference",
        "Category",
    )
    date = "Date"
    date_order = "dmy"
    amount = "Amount"
    sign = "charge-positive"
    description = ("Description",)
    currency = "GBP"
    fitid = "Reference"
    kind = "credit"
