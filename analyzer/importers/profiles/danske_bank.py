"""Danske Bank (DK): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class DanskeBank(Profile):
    """Account."""

    name = "danske-bank"
    bank = "Danske Bank"
    country = "DK"
    header = ("Dato", "Tekst", "Beløb", "Saldo", "Status", "Afstemt")
    date = "Dato"
    date_order = "dmy"
    decimal = ","
    amount = "Beløb"
    description = ("Tekst",)
    balance = "Saldo"
    currency = "DKK"
    status = "Status"
    kind = "bank"
