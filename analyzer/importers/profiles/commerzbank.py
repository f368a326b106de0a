"""Commerzbank (DE): Current account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Commerzbank(Profile):
    """Current account."""

    name = "commerzbank"
    bank = "Commerzbank"
    country = "DE"
    header = ("Buchungstag", "Wertstellung", "Umsatzart", "Buchungstext", "Betrag", "Währung", "IBAN Kontoinhaber", "Kategorie")
    headers = (("Buchungstag", "Wertstellung", "Umsatzart", "Buchungstext", "Betrag", "Währung", "IBAN Kontoinhaber"),)
    date = "Buchungstag"
    date_order = "dmy"
    decimal = ","
    amount = "Betrag"
    description = ("Buchungstext",)
    currency = "EUR"
    currency_column = "Währung"
    account_column = "IBAN Kontoinhaber"
    kind = "bank"
