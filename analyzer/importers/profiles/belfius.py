"""Belfius (BE): Current account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Belfius(Profile):
    """Current account."""

    name = "belfius"
    bank = "Belfius"
    country = "BE"
    header = (
        "Rekening",
        "Boekingsdatum",
        "Rekeninguittrekselnummer",
        "Transactienummer",
        "Rekening tegenpartij",
        "Naam tegenpartij bevat",
        "Straat en nummer",
        "Postcode en plaats",
        "Transactie",
        "Valutadatum",
        "Bedrag",
        "Devies",
        "BIC",
        "Landcode",
        "Mededelingen",
    )
    date = "Boekingsdatum"
    date_order = "dmy"
    decimal = ","
    amount = "Bedrag"
    description = ("Naam tegenpartij bevat", "Transactie")
    currency = "EUR"
    currency_column = "Devies"
    account_column = "Rekening"
    kind = "bank"
