"""ABN AMRO (NL): Account, the TAB export; it has no column names and prints the balance before and after each row."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class AbnAmro(Profile):
    """Account, the TAB export; it has no column names and prints the balance before and after each row."""

    name = "abn-amro"
    bank = "ABN AMRO"
    country = "NL"
    header = ("Rekening", "Munt", "Datum", "Saldo voor", "Saldo na", "Rentedatum", "Bedrag", "Omschrijving")
    shape = (
        r"\d{9}",
        r"[A-Z]{3}",
        r"\d{8}",
        r"-?\d+,\d\d",
        r"-?\d+,\d\d",
        r"\d{8}",
        r"-?\d+,\d\d",
        r".+",
    )
    date = "Datum"
    decimal = ","
    amount = "Bedrag"
    description = ("Omschrijving",)
    balance = "Saldo na"
    currency = "EUR"
    currency_column = "Munt"
    account_column = "Rekening"
    kind = "bank"
