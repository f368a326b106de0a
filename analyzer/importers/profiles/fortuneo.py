"""Fortuneo (FR): Current account; debits are printed negative."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Fortuneo(Profile):
    """Current account; debits are printed negative."""

    name = "fortuneo"
    bank = "Fortuneo"
    country = "FR"
    header = ("Date opération", "Date valeur", "libellé", "Débit", "Crédit")
    date = "Date opération"
    date_order = "dmy"
    decimal = ","
    debit = "Débit"
    credit = "Crédit"
    description = ("libellé",)
    currency = "EUR"
    kind = "bank"
