"""ANZ (NZ): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class AnzNz(Profile):
    """Account."""

    name = "anz-nz"
    bank = "ANZ"
    country = "NZ"
    header = ("Type", "Details", "Particulars", "Code", "Reference", "Amount", "Date", "ForeignCurrencyAmount", "ConversionCharge")
    date = "Date"
    date_order = "dmy"
    amount = "Amount"
    description = ("Details", "Particulars")
    currency = "NZD"
    kind = "bank"
