"""mBank (PL): Account; amounts end in the currency."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Mbank(Profile):
    """Account; amounts end in the currency."""

    name = "mbank"
    bank = "mBank"
    country = "PL"
    header = ("#Data operacji", "#Opis operacji", "#Rachunek", "#Kategoria", "#Kwota", "#Saldo po operacji")
    date = "#Data operacji"
    decimal = ","
    amount = "#Kwota"
    description = ("#Opis operacji",)
    balance = "#Saldo po operacji"
    currency = "PLN"
    kind = "bank"
