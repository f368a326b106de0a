"""PostFinance (CH): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Postfinance(Profile):
    """Account."""

    name = "postfinance"
    bank = "PostFinance"
    country = "CH"
    header = ("Datum", "Bewegungstyp", "Avisierungstext", "Gutschrift in CHF", "Lastschrift in CHF", "Label", "Kategorie")
    date = "Datum"
    date_order = "dmy"
    debit = "Lastschrift in CHF"
    credit = "Gutschrift in CHF"
    description = ("Avisierungstext",)
    currency = "CHF"
    kind = "bank"
