"""Sparkasse (DE): Current account, CSV-CAMT."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Sparkasse(Profile):
    """Current account, CSV-CAMT."""

    name = "sparkasse"
    bank = "Sparkasse"
    country = "DE"
    header = (
        "Auftragskonto",
        "Buchungstag",
        "Valutadatum",
        "Buchungstext",
        "Verwendungszweck",
        "Glaeubiger ID",
        "Mandatsreferenz",
        "Kundenreferenz (End-to-End)",
        "Sammlerreferenz",
        "Lastschrift Ursprungsbetrag",
        "Auslagenersatz Ruecklastschrift",
        "Beguenstigter/Zahlungspflichtiger",
        "Kontonummer/IBAN",
        "BIC (SWIFT-Code)",
        "Betrag",
        "Waehrung",
        "Info",
    )
    date = "Buchungstag"
    date_order = "dmy"
    decimal = ","
    amount = "Betrag"
    description = ("Beguenstigter/Zahlungspflichtiger", "Verwendungszweck")
    currency = "EUR"
    currency_column = "Waehrung"
    account_column = "Auftragskonto"
    status = "Info"
    kind = "bank"
