"""Commonwealth Bank (AU): Account; the file has no column names and the balance carries its sign."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Commbank(Profile):
    """Account; the file has no column names and the balance carries its sign."""

    name = "commbank"
    bank = "Commonwealth Bank"
    country = "AU"
    header = ("Date", "Amount", "Description", "Balance")
    shape = (
        r"[0-3]\d/[01]\d/\d{4}",
        r"[-+]\d+\.\d\d",
        r".+",
        r"[-+]\d+\.\d\d",
    )
    date = "Date"
    date_order = "dmy"
    amount = "Amount"
    description = ("Description",)
    balance = "Balance"
    currency = "AUD"
    kind = "bank"
