"""BCA (ID): KlikBCA; amounts end in DB or CR."""

from __future__ import annotations

from analyzer.importers.csv.profile import Profile


class Bca(Profile):
    """KlikBCA; amounts end in DB or CR."""

    name = "bca"
    bank = "BCA"
    country = "ID"
    header = ("Tanggal Transaksi", "Keterangan", "Cabang", "Jumlah", "Saldo")
    date = "Tanggal Transaksi"
    date_order = "dmy"
    amount = "Jumlah"
    description = ("Keterangan",)
    balance = "Saldo"
    currency = "IDR"
    kind = "bank"
