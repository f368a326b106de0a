"""Postbank (DE): Current account; Deutsche Bank exports nearly the same."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Postbank(Profile):
    """Current account; Deutsche Bank exports nearly the same."""

    name = "postbank"
    bank = "Postbank"
    country = "DE"
    header = (
        "Buchungstag",
        "Wert",
        "Umsatzart",
        "Begünstigter / Auftraggeber",
        "Verwendungszweck",
        "IBAN / Kontonummer",
        "BIC",
        "Kundenreferenz",
        "Mandatsreferenz",
        "Gläubiger ID",
        "Fremde Gebühren",
        "Betrag",
        "Abweichender Empfänger",
        "Anzahl der Aufträge",
        "Anzahl der Schecks",
        "Soll",
        "Haben",
        "Währung",
    )
    date = "Buchungstag"
    date_order = "dmy"
    decimal = ","
    amount = "Betrag"
    description = ("Begünstigter / Auftraggeber", "Verwendungszweck")
    currency = "EUR"
    currency_column = "Währung"
    kind = "bank"
