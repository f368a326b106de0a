"""Rakuten Card (JP): Card; amounts are charges."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class RakutenCard(Profile):
    """Card; amounts are charges."""

    name = "rakuten-card"
    bank = "Rakuten Card"
    country = "JP"
    header = ("利用日", "利用店名・商品名", "利用者", "支払方法", "利用金額", "支払手数料", "支払総額", "当月支払金額", "翌月繰越残高")
    date = "利用日"
    amount = "利用金額"
    sign = "charge-positive"
    description = ("利用店名・商品名",)
    currency = "JPY"
    kind = "credit"
