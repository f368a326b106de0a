"""Wise (BE): Balance of one currency."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Wise(Profile):
    """Balance of one currency."""

    name = "wise"
    bank = "Wise"
    country = "BE"
    header = (
        "TransferWise ID",
        "Date",
        "Amount",
        "Currency",
        "Description",
        "Payment Reference",
        "Running Balance",
        "Exchange From",
        "Exchange To",
        "Exchange Rate",
        "Payer Name",
        "Payee Name",
        "Payee Account Number",
        "Merchant",
        "Card Last Four Digits",
        "Card Holder Full Name",
        "Attachment",
        "Note",
        "Total fees",
    )
    date = "Date"
    date_order = "dmy"
    amount = "Amount"
    description = ("Description",)
    balance = "Running Balance"
    currency_column = "Currency"
    fitid = "TransferWise ID"
    kind = "bank"
