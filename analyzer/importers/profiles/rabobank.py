"""Rabobank (NL): Current account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Rabobank(Profile):
    """Current account."""

    name = "rabobank"
    bank = "Rabobank"
    country = "NL"
    header = (
        "IBAN/BBAN",
        "Munt",
        "BIC",
        "Volgnr",
        "Datum",
        "Rentedatum",
        "Bedrag",
        "Saldo na trn",
        "Tegenrekening IBAN/BBAN",
        "Naam tegenpartij",
        "Naam uiteindelijke partij",
        "Naam initiërende partij",
        "BIC tegenpartij",
        "Code",
        "Batch ID",
        "Transactiereferentie",
        "Machtigingskenmerk",
        "Incassant ID",
        "Betalingskenmerk",
        "Omschrijving-1",
        "Omschrijving-2",
        "Omschrijving-3",
        "Reden retour",
        "Oorspr bedrag",
        "Oorspr munt",
        "Koers",
    )
    date = "Datum"
    decimal = ","
    amount = "Bedrag"
    description = ("Naam tegenpartij", "Omschrijving-1")
    balance = "Saldo na trn"
    currency = "EUR"
    currency_column = "Munt"
    account_column = "IBAN/BBAN"
    fitid = "Volgnr"
    kind = "bank"
