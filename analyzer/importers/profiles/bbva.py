"""BBVA (ES): Current account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Bbva(Profile):
    """Current account."""

    name = "bbva"
    bank = "BBVA"
    country = "ES"
    header = ("F.Valor", "Fecha", "Concepto", "Movimiento", "Importe", "Divisa", "Disponible", "Divisa", "Observaciones")
    date = "Fecha"
    date_order = "dmy"
    decimal = ","
    amount = "Importe"
    description = ("Concepto", "Movimiento")
    balance = "Disponible"
    currency = "EUR"
    currency_column = "Divisa"
    kind = "bank"
