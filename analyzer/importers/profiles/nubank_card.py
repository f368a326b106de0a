"""Nubank (BR): Credit card; charges are printed positive."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class NubankCard(Profile):
    """Credit card; charges are printed positive."""

    name = "nubank-card"
    bank = "Nubank"
    country = "BR"
    header = ("date", "category", "title", "amount")
    headers = (("date", "title", "amount"),)
    date = "date"
    amount = "amount"
    sign = "charge-positive"
    description = ("title",)
    currency = "BRL"
    kind = "credit"
