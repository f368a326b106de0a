"""Knab (NL): Account; the first line says KNAB EXPORT."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Knab(Profile):
    """Account; the first line says KNAB EXPORT."""

    name = "knab"
    bank = "Knab"
    country = "NL"
    header = (
        "Rekeningnummer",
        "Transactiedatum",
        "Valutacode",
        "CreditDebet",
        "Bedrag",
        "Tegenrekeningnummer",
        "Tegenrekeninghouder",
        "Valutadatum",
        "Betaalwijze",
        "Omschrijving",
        "Type betaling",
        "Machtigingsnummer",
        "Incassant ID",
        "Adres",
        "Referentie",
        "Boekdatum",
    )
    date = "Transactiedatum"
    date_order = "dmy"
    decimal = ","
    amount = "Bedrag"
    flag = "CreditDebet"
    money_out = ("D",)
    money_in = ("C",)
    description = ("Tegenrekeninghouder", "Omschrijving")
    currency = "EUR"
    currency_column = "Valutacode"
    account_column = "Rekeningnummer"
    fitid = "Referentie"
    kind = "bank"
