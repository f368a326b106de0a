"""DKB (DE): Current account, the export since 2023."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class DkbGiro(Profile):
    """Current account, the export since 2023."""

    name = "dkb-giro"
    bank = "DKB"
    country = "DE"
    header = (
        "Buchungsdatum",
        "Wertstellung",
        "Status",
        "Zahlungspflichtige*r",
        "Zahlungsempfänger*in",
        "Verwendungszweck",
        "Umsatztyp",
        "IBAN",
        "Betrag (€)",
        "Gläubiger-ID",
        "Mandatsreferenz",
        "Kundenreferenz",
    )
    date = "Buchungsdatum"
    date_order = "dmy"
    decimal = ","
    amount = "Betrag (€)"
    description = ("Zahlungsempfänger*in", "Verwendungszweck")
    currency = "EUR"
    status = "Status"
    kind = "bank"
