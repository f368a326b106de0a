"""SEB (SE): Account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Seb(Profile):
    """Account."""

    name = "seb"
    bank = "SEB"
    country = "SE"
    header = ("Bokföringsdag", "Valutadag", "Verifikationsnummer", "Text/mottagare", "Belopp", "Saldo")
    date = "Bokföringsdag"
    decimal = ","
    amount = "Belopp"
    description = ("Text/mottagare",)
    balance = "Saldo"
    currency = "SEK"
    fitid = "Verifikationsnummer"
    kind = "bank"
