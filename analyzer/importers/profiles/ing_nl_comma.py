"""ING (NL): Current account, the comma-separated export without balances."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class IngNlComma(Profile):
    """Current account, the comma-separated export without balances."""

    name = "ing-nl-comma"
    bank = "ING"
    country = "NL"
    header = ("Datum", "Naam / Omschrijving", "Rekening", "Tegenrekening", "Code", "Af Bij", "Bedrag (EUR)", "MutatieSoort", "Mededelingen")
    date = "Datum"
    decimal = ","
    amount = "Bedrag (EUR)"
    flag = "Af Bij"
    money_out = ("Af",)
    money_in = ("Bij",)
    description = ("Naam / Omschrijving", "Mededelingen")
    currency = "EUR"
    account_column = "Rekening"
    kind = "bank"
