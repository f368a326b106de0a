"""stmt-scan (XX): What `stmt-scan convert --format csv` and `ledger export` write."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class StmtScan(Profile):
    """What `stmt-scan convert --format csv` and `ledger export` write."""

    name = "stmt-scan"
    bank = "stmt-scan"
    country = "XX"
    header = ("date", "amount", "currency", "descriptor", "account", "fitid", "status", "file", "page", "line")
    date = "date"
    amount = "amount"
    description = ("descriptor",)
    currency_column = "currency"
    account_column = "account"
    fitid = "fitid"
    status = "status"
    apostrophes = True
