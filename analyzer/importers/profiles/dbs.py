"""DBS (SG): Account; the merchant stands in the references."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Dbs(Profile):
    """Account; the merchant stands in the references."""

    name = "dbs"
    bank = "DBS"
    country = "SG"
    header = ("Transaction Date", "Reference", "Debit Amount", "Credit Amount", "Transaction Ref1", "Transaction Ref2", "Transaction Ref3")
    date = "Transaction Date"
    date_order = "dmy"
    debit = "Debit Amount"
    credit = "Credit Amount"
    description = ("Transaction Ref1", "Transaction Ref2")
    currency = "SGD"
    kind = "bank"
