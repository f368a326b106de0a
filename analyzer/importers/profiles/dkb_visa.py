"""DKB (DE): Credit card, the export since 2023."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class DkbVisa(Profile):
    """Credit card, the export since 2023."""

    name = "dkb-visa"
    bank = "DKB"
    country = "DE"
    header = ("Belegdatum", "Wertstellung", "Status", "Beschreibung", "Umsatztyp", "Betrag (€)", "Fremdwährungsbetrag")
    date = "Belegdatum"
    date_order = "dmy"
    decimal = ","
    amount = "Betrag (€)"
    description = ("Beschreibung",)
    currency = "EUR"
    status = "Status"
    kind = "credit"
