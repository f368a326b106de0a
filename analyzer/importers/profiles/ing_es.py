"""ING (ES): Current account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class IngEs(Profile):
    """Current account."""

    name = "ing-es"
    bank = "ING"
    country = "ES"
    header = ("F. VALOR", "CATEGORÍA", "SUBCATEGORÍA", "DESCRIPCIÓN", "COMENTARIO", "IMAGEN", "IMPORTE (€)", "SALDO (€)")
    date = "F. VALOR"
    date_order = "dmy"
    decimal = ","
    amount = "IMPORTE (€)"
    description = ("DESCRIPCIÓN",)
    balance = "SALDO (€)"
    currency = "EUR"
    kind = "bank"
