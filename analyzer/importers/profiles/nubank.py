"""Nubank (BR): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Nubank(Profile):
    """Account."""

    name = "nubank"
    bank = "Nubank"
    country = "BR"
    header = ("Data", "Valor", "Identificador", "Descrição")
    date = "Data"
    date_order = "dmy"
    amount = "Valor"
    description = ("Descrição",)
    currency = "BRL"
    fitid = "Identificador"
    kind = "bank"
