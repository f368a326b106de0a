"""BoursoBank (FR): Current account."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Boursobank(Profile):
    """Current account."""

    name = "boursobank"
    bank = "BoursoBank"
    country = "FR"
    header = (
        "dateOp",
        "dateVal",
        "label",
        "category",
        "categoryParent",
        "supplierFound",
        "amount",
        "comment",
        "accountNum",
        "accountLabel",
        "accountbalance",
    )
    date = "dateOp"
    decimal = ","
    amount = "amount"
    description = ("label",)
    currency = "EUR"
    account_column = "accountNum"
    kind = "bank"
