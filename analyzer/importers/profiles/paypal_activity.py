"""PayPal (US): Activity of a personal account, American date order."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class PaypalActivity(Profile):
    """Activity of a personal account, American date order."""

    name = "paypal-activity"
    bank = "PayPal"
    country = "US"
    header = ("Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Amount", "Receipt ID", "Balance")
    date = "Date"
    date_order = "mdy"
    amount = "Amount"
    description = ("Name",)
    balance = "Balance"
    currency_column = "Currency"
    fitid = "Receipt ID"
    status = "Status"
