"""DNB (NO): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Dnb(Profile):
    """Account."""

    name = "dnb"
    bank = "DNB"
    country = "NO"
    header = ("Dato", "Forklaring", "Rentedato", "Ut fra konto", "Inn på konto")
    date = "Dato"
    date_order = "dmy"
    decimal = ","
    debit = "Ut fra konto"
    credit = "Inn på konto"
    description = ("Forklaring",)
    currency = "NOK"
    kind = "bank"
