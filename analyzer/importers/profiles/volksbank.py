"""Volksbank (DE): Current account of Volksbanken and Raiffeisenbanken."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Volksbank(Profile):
    """Current account of Volksbanken and Raiffeisenbanken."""

    name = "volksbank"
    bank = "Volksbank"
    country = "DE"
    header = (
        "Bezeichnung Auftragskonto",
        "IBAN Auftragskonto",
        "BIC Auftragskonto",
        "Bankname Auftragskonto",
        "Buchungstag",
        "Valutadatum",
        "Name Zahlungsbeteiligter",
        "IBAN Zahlungsbeteiligter",
        "BIC (SWIFT-Code) Zahlungsbeteiligter",
        "Buchungstext",
        "Verwendungszweck",
        "Betrag",
        "Waehrung",
        "Saldo nach Buchung",
        "Bemerkung",
        "Gekennzeichneter Umsatz",
        "Glaeubiger ID",
        "Mandatsreferenz",
    )
    date = "Buchungstag"
    date_order = "dmy"
    decimal = ","
    amount = "Betrag"
    description = ("Name Zahlungsbeteiligter", "Verwendungszweck")
    balance = "Saldo nach Buchung"
    currency = "EUR"
    currency_column = "Waehrung"
    account_column = "IBAN Auftragskonto"
    kind = "bank"
