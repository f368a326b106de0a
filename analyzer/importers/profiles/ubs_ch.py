"""UBS (CH): Account of UBS Switzerland."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class UbsCh(Profile):
    """Account of UBS Switzerland."""

    name = "ubs-ch"
    bank = "UBS"
    country = "CH"
    header = (
        "Abschlussdatum",
        "Abschlusszeit",
        "Buchungsdatum",
        "Valutadatum",
        "Währung",
        "Belastung",
        "Gutschrift",
        "Einzelbetrag",
        "Saldo",
        "Transaktions-Nr.",
        "Beschreibung1",
        "Beschreibung2",
        "Beschreibung3",
        "Fussnoten",
    )
    date = "Buchungsdatum"
    debit = "Belastung"
    credit = "Gutschrift"
    description = ("Beschreibung1", "Beschreibung2")
    balance = "Saldo"
    currency = "CHF"
    currency_column = "Währung"
    fitid = "Transaktions-Nr."
    kind = "bank"
