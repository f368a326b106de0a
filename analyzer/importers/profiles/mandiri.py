"""Bank Mandiri (ID): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Mandiri(Profile):
    """Account."""

    name = "mandiri"
    bank = "Bank Mandiri"
    country = "ID"
    header = ("Account No", "Date", "Val. Date", "Transaction Code", "Description", "Description", "Reference No.", "Debit", "Credit")
    date = "Date"
    date_order = "dmy"
    debit = "Debit"
    credit = "Credit"
    description = ("Description",)
    currency = "IDR"
    account_column = "Account No"
    kind = "bank"
