"""easybank (AT): Current account; the file has no column names. BAWAG exports the same."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Easybank(Profile):
    """Current account; the file has no column names. BAWAG exports the same."""

    name = "easybank"
    bank = "easybank"
    country = "AT"
    header = ("IBAN", "Text", "Buchung", "Valuta", "Betrag", "Währung")
    shape = (
        r"AT\d{18}",
        r".+",
        r"\d\d\.\d\d\.\d{4}",
        r"\d\d\.\d\d\.\d{4}",
        r"[-+][\d.]+,\d\d",
        r"[A-Z]{3}",
    )
    date = "Buchung"
    date_order = "dmy"
    decimal = ","
    amount = "Betrag"
    description = ("Text",)
    currency = "EUR"
    currency_column = "Währung"
    account_column = "IBAN"
    kind = "bank"
