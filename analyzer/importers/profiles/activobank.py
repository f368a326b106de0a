"""ActivoBank (PT): Current account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Activobank(Profile):
    """Current account."""

    name = "activobank"
    bank = "ActivoBank"
    country = "PT"
    header = ("Data Lanc.", "Data Valor", "Descrição", "Valor", "Saldo")
    date = "Data Lanc."
    date_order = "dmy"
    decimal = ","
    amount = "Valor"
    description = ("Descrição",)
    balance = "Saldo"
    currency = "EUR"
    kind = "bank"
