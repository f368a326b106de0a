"""Intesa Sanpaolo (IT): Current account and cards."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Intesa(Profile):
    """Current account and cards."""

    name = "intesa"
    bank = "Intesa Sanpaolo"
    country = "IT"
    header = ("Data", "Operazione", "Dettagli", "Conto o carta", "Contabilizzazione", "Categoria", "Valuta", "Importo")
    date = "Data"
    date_order = "dmy"
    decimal = ","
    amount = "Importo"
    description = ("Operazione", "Dettagli")
    currency = "EUR"
    currency_column = "Valuta"
