"""ASB (NZ): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Asb(Profile):
    """Account."""

    name = "asb"
    bank = "ASB"
    country = "NZ"
    header = ("Date", "Unique Id", "Tran Type", "Cheque Number", "Payee", "Memo", "Amount")
    date = "Date"
    amount = "Amount"
    description = ("Payee", "Memo")
    currency = "NZD"
    fitid = "Unique Id"
    kind = "bank"
