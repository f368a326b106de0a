"""PKO BP (PL): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Pko(Profile):
    """Account."""

    name = "pko"
    bank = "PKO BP"
    country = "PL"
    header = ("Data operacji", "Data waluty", "Typ transakcji", "Kwota", "Waluta", "Saldo po transakcji", "Opis transakcji")
    date = "Data operacji"
    amount = "Kwota"
    description = ("Opis transakcji",)
    balance = "Saldo po transakcji"
    currency = "PLN"
    currency_column = "Waluta"
    kind = "bank"
