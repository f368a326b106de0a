"""ING (DE): Current account; account and period stand before the rows."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class IngDe(Profile):
    """Current account; account and period stand before the rows."""

    name = "ing-de"
    bank = "ING"
    country = "DE"
    header = (
        "Buchung",
        "Wertstellungsdatum",
        "Auftraggeber/Empfänger",
        "Buchungstext",
        "Verwendungszweck",
        "Saldo",
        "Währung",
        "Betrag",
        "Währung",
    )
    headers = (
        ("Buchung", "Valuta", "Auftraggeber/Empfänger", "Buchungstext", "Verwendungszweck", "Saldo", "Währung", "Betrag", "Währung"),
    )
    date = "Buchung"
    date_order = "dmy"
    decimal = ","
    amount = "Betrag"
    description = ("Auftraggeber/Empfänger", "Verwendungszweck")
    balance = "Saldo"
    currency = "EUR"
    currency_column = "Währung"
    kind = "bank"
