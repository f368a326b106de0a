"""Axis Bank (IN): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Axis(Profile):
    """Account."""

    name = "axis"
    bank = "Axis Bank"
    country = "IN"
    header = ("Tran Date", "CHQNO", "PARTICULARS", "DR", "CR", "BAL", "SOL")
    date = "Tran Date"
    date_order = "dmy"
    debit = "DR"
    credit = "CR"
    description = ("PARTICULARS",)
    balance = "BAL"
    currency = "INR"
    kind = "bank"
