"""comdirect (DE): Current account; rows not yet booked print "offen" for a date."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Comdirect(Profile):
    """Current account; rows not yet booked print "offen" for a date."""

    name = "comdirect"
    bank = "comdirect"
    country = "DE"
    header = ("Buchungstag", "Wertstellung (Valuta)", "Vorgang", "Buchungstext", "Umsatz in EUR")
    date = "Buchungstag"
    date_order = "dmy"
    decimal = ","
    amount = "Umsatz in EUR"
    description = ("Buchungstext",)
    currency = "EUR"
    kind = "bank"
