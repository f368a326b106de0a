"""Raiffeisen (AT): Current account; the file has no column names."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class RaiffeisenAt(Profile):
    """Current account; the file has no column names."""

    name = "raiffeisen-at"
    bank = "Raiffeisen"
    country = "AT"
    header = ("Buchung", "Text", "Valuta", "Betrag", "Währung", "Zeitpunkt")
    shape = (
        r"\d\d\.\d\d\.\d{4}",
        r".+",
        r"\d\d\.\d\d\.\d{4}",
        r"-?[\d.]+,\d\d",
        r"[A-Z]{3}",
        r"\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d:\d{3}",
    )
    date = "Buchung"
    date_order = "dmy"
    decimal = ","
    amount = "Betrag"
    description = ("Text",)
    currency = "EUR"
    currency_column = "Währung"
    kind = "bank"
