"""FinecoBank (IT): Current account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Fineco(Profile):
    """Current account."""

    name = "fineco"
    bank = "FinecoBank"
    country = "IT"
    header = ("Data", "Entrate", "Uscite", "Descrizione", "Descrizione_Completa", "Stato")
    date = "Data"
    date_order = "dmy"
    decimal = ","
    debit = "Uscite"
    credit = "Entrate"
    description = ("Descrizione", "Descrizione_Completa")
    currency = "EUR"
    status = "Stato"
    kind = "bank"
