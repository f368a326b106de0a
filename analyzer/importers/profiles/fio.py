"""Fio banka (CZ): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Fio(Profile):
    """Account."""

    name = "fio"
    bank = "Fio banka"
    country = "CZ"
    header = (
        "ID operace",
        "Datum",
        "Objem",
        "Měna",
        "Protiúčet",
        "Název protiúčtu",
        "Kód banky",
        "Název banky",
        "KS",
        "VS",
        "SS",
        "Poznámka",
        "Zpráva pro příjemce",
        "Typ",
        "Provedl",
        "Upřesnění",
        "Poznámka",
        "BIC",
        "ID pokynu",
    )
    date = "Datum"
    date_order = "dmy"
    decimal = ","
    amount = "Objem"
    description = ("Název protiúčtu", "Zpráva pro příjemce")
    currency = "CZK"
    currency_column = "Měna"
    fitid = "ID operace"
    kind = "bank"
