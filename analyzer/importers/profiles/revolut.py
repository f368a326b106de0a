"""Revolut (LT): Account; rows that were reverted or declined are left out, fees are part of what moved the balance."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Revolut(Profile):
    """Account; rows that were reverted or declined are left out."""

    name = "revolut"
    bank = "Revolut"
    country = "LT"
    header = ("Type", "Product", "Started Date", "Completed Date", "Description", "Amount", "Fee", "Currency", "State", "Balance")
    date = "Started Date"
    amount = "Amount"
    description = ("Description",)
    balance = "Balance"
    currency_column = "Currency"
    status = "State"
    fee = "Fee"
    product = "Product"
    kind = "bank"
