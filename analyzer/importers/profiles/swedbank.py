"""Swedbank (SE): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Swedbank(Profile):
    """Account."""

    name = "swedbank"
    bank = "Swedbank"
    country = "SE"
    header = (
        "Radnummer",
        "Clearingnummer",
        "Kontonummer",
        "Produkt",
        "Valuta",
        "Bokföringsdag",
        "Transaktionsdag",
        "Valutadag",
        "Referens",
        "Beskrivning",
        "Belopp",
        "Bokfört saldo",
    )
    date = "Transaktionsdag"
    amount = "Belopp"
    description = ("Beskrivning",)
    balance = "Bokfört saldo"
    currency = "SEK"
    currency_column = "Valuta"
    account_column = "Kontonummer"
    kind = "bank"
