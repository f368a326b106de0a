"""ASB (NZ): Visa card: charges positive, and the day of the transaction beside that of processing. Often without column names."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class AsbCard(Profile):
    """Visa card: charges positive, and the day of the transaction beside that of processing. Often without column names."""

    name = "asb-card"
    bank = "ASB"
    country = "NZ"
    header = ("Date Processed", "Date of Transaction", "Unique Id", "Tran Type", "Reference", "Description", "Amount")
    shape = (
        r"\d{4}/\d\d/\d\d",
        r"\d{4}/\d\d/\d\d",
        r"\d{10}",
        r"DEBIT|CREDIT",
        r"\d{4}",
        r".+",
        r"-?\d+\.\d\d",
    )
    date = "Date of Transaction"
    amount = "Amount"
    sign = "charge-positive"
    description = ("Description",)
    currency = "NZD"
    fitid = "Unique Id"
    kind = "credit"
