"""PC Financial (CA): Mastercard; charges are printed positive."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class PcFinancial(Profile):
    """Mastercard; charges are printed positive."""

    name = "pc-financial"
    bank = "PC Financial"
    country = "CA"
    header = ("Merchant Name", "Card Used For Transaction", "Date", "Time", "Amount")
    date = "Date"
    date_order = "mdy"
    amount = "Amount"
    sign = "charge-positive"
    description = ("Merchant Name",)
    currency = "CAD"
    kind = "credit"
