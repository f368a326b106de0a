"""ING (NL): Current account; unsigned amounts with Af and Bij."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class IngNl(Profile):
    """Current account; unsigned amounts with Af and Bij."""

    name = "ing-nl"
    bank = "ING"
    country = "NL"
    header = (
        "Datum",
        "Naam / Omschrijving",
        "Rekening",
        "Tegenrekening",
        "Code",
        "Af Bij",
        "Bedrag (EUR)",
        "Mutatiesoort",
        "Mededelingen",
        "Saldo na mutatie",
        "Tag",
    )
    date = "Datum"
    decimal = ","
    amount = "Bedrag (EUR)"
    flag = "Af Bij"
    money_out = ("Af",)
    money_in = ("Bij",)
    description = ("Naam / Omschrijving", "Mededelingen")
    balance = "Saldo na mutatie"
    currency = "EUR"
    account_column = "Rekening"
    kind = "bank"
