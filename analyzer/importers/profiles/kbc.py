"""KBC (BE): Current account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Kbc(Profile):
    """Current account."""

    name = "kbc"
    bank = "KBC"
    country = "BE"
    header = (
        "Rekeningnummer",
        "Rubrieknaam",
        "Naam",
        "Munt",
        "Afschriftnummer",
        "Datum",
        "Omschrijving",
        "Valuta",
        "Bedrag",
        "Saldo",
        "credit",
        "debet",
        "rekeningnummer tegenpartij",
        "BIC tegenpartij",
        "Naam tegenpartij",
        "Adres tegenpartij",
        "gestructureerde mededeling",
        "Vrije mededeling",
    )
    date = "Datum"
    date_order = "dmy"
    decimal = ","
    amount = "Bedrag"
    description = ("Omschrijving",)
    balance = "Saldo"
    currency = "EUR"
    currency_column = "Munt"
    account_column = "Rekeningnummer"
    kind = "bank"
