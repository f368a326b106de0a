"""OCBC (SG): Account; each transaction continues on a second line."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Ocbc(Profile):
    """Account; each transaction continues on a second line."""

    name = "ocbc"
    bank = "OCBC"
    country = "SG"
    header = ("Transaction date", "Value date", "Description", "Withdrawals (SGD)", "Deposits (SGD)")
    date = "Transaction date"
    date_order = "dmy"
    debit = "Withdrawals (SGD)"
    credit = "Deposits (SGD)"
    description = ("Description",)
    currency = "SGD"
    kind = "bank"
