"""OP (FI): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class OpFi(Profile):
    """Account."""

    name = "op-fi"
    bank = "OP"
    country = "FI"
    header = (
        "Kirjauspäivä",
        "Arvopäivä",
        "Määrä EUROA",
        "Laji",
        "Selitys",
        "Saaja/Maksaja",
        "Saajan tilinumero ja pankin BIC",
        "Viite",
        "Viesti",
        "Arkistointitunnus",
    )
    date = "Kirjauspäivä"
    decimal = ","
    amount = "Määrä EUROA"
    description = ("Saaja/Maksaja", "Viesti")
    currency = "EUR"
    fitid = "Arkistointitunnus"
    kind = "bank"
