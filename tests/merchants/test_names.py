"""What a descriptor is read as: one row an oddity of banks."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer import merchants
from analyzer.merchants import template

# fmt: off
NAMES = [
    # (the bank's text, the name, what it shows)
    ("NETFLIX.COM LOS GATOS CA",              "Netflix",                   "a listed merchant"),
    ("Netflix",                               "Netflix",                   "a name of ours stays itself"),
    ("AMZN Mktp US*2K3LF9QX2 Amzn.com/bill",  "Amazon Marketplace order",  "an order number"),
    ("AMZN Mktp US*2K3LF9QX2 Amzn.com",       "Amazon Marketplace order",  "cut off at 32"),
    ("AMZN MKTP US.2K3LF9QX2 AMZN.COM",       "Amazon Marketplace order",  "SWIFT writes a dot for the asterisk"),
    ("AMAZON SELLER REPAY 77120",             "Amazon selling fees",       "same company, opposite meaning"),
    ("AplPay SP TALL PINES SEATTLE WA",       "Tall Pines",                "wallet and processor stack"),
    ("CKO*PATREON* MEMBERSHIP",               "Patreon",                   "a processor before a listed merchant"),
    ("XDT*XDT*DLO*NORDSTAR TV",               "Nordstar TV",               "three processors"),
    ("SQ *CORNER BREW 0412 LEEDS GB",         "Corner Brew",               "shop number, town, country"),
    ("CORNER BREW LEEDS",                     "Corner Brew",               "the same without a processor"),
    ("CORNER BREW SAN FRANCISCOCA",           "Corner Brew",               "town and state glued at fixed width"),
    ("TST* CORNER BREW BRISTOL G",            "Corner Brew",               "the country cut off"),
    ("POS 05MAR HALDEN GAS 9KX2P1 BRNO",      "Halden GAS",                "a date and a reference"),
    ("HALDEN GAS 88120934",                   "Halden GAS",                "a bare reference"),
    ("HALDEN GAS*7F3K2Q",                     "Halden GAS",                "a reference behind an asterisk"),
    ("PAYPAL *HALDEN GAS 402-935-7733",       "Halden GAS",                "a payee behind a payment service"),
    ("SLIMFAST4U 877-555-0123 CA",            "SLIMFAST4U",                "a phone number and a state"),
    ("WWW.SLIMDAILY.COM",                     "Slimdaily",                 "a site"),
    ("SLIMDAILY.COM 877-555-0123",            "Slimdaily",                 "a site and a phone number"),
    ("UBER *TRIP HELP.UBER.COM",              "Uber Trip",                 "what stands behind the asterisk is the product"),
    ("MICROSOFT*365 T2O8X1JE2",               "Microsoft 365 / OneDrive",  "a number that is a name"),
    ("LASTPASS.COM 703-712-8315",             "LastPass",                  "one product ..."),
    ("LOGMEIN*LASTPASS",                      "LastPass",                  "... under two names"),
    ("GOOGLE *ACME GAMES G.CO/HELPPAY",       "Acme Games",                "a shared front is not one merchant"),
    ("GOOGLE *YOUTUBEPREMIUM",                "YouTube Premium",           "... and its listed products are"),
    ("APPLE.COM/BILL",                        "Apple App Store / iTunes / iCloud", "a front that names no product"),
    ("BETSYS CAFE LONDON",                    "Betsys Cafe",               "ETSY inside a word is not Etsy"),
    ("Café Müller GmbH MUENCHEN DE",          "Cafe Muller",               "accents and legal form"),
    ("REFUND AMAZON SELLER REPAY",            "Amazon selling fees",       "a refund belongs to its merchant"),
    ("PAIEMENT CB 12/03 HALDEN CLUB",         "Halden Club",               "how it was paid, in French, with the day"),
    ("EFTPOS HALDENBOX.COM",                  "Haldenbox",                 "... in Australian; a site behind it is the merchant"),
    ("Lastschrift HALDEN CLUB",               "Halden Club",               "... in German"),
    ("SEPA Incasso HALDEN CLUB",              "Halden Club",               "... in Dutch"),
    ("BEA, HALDEN CLUB",                      "Halden Club",               "... and with a comma"),
    ("RECIBO HALDEN CLUB",                    "Halden Club",               "... in Spanish"),
    ("PLATNOSC KARTA HALDEN CLUB",            "Halden Club",               "... in Polish"),
    ("KORTKÖP HALDEN CLUB",                   "Halden Club",               "... in Swedish"),
    ("TRANSAKSI DEBIT HALDEN CLUB",           "Halden Club",               "... in Indonesian"),
    ("CARTESIAN CLUB",                        "Cartesian Club",            "a name that begins like one of them"),
    ("VISA",                                  "Visa",                      "nothing behind it"),
    ("HA/DC 12/24",                           "HA/DC",                     "two letters behind a slash are no state"),
    ("H&T <3 PIZZA & CO",                     "H&T 3 Pizza",               "a partner is not Colorado"),
    ("80/20 *",                               "80 20",                     "figures that are a name and no date"),
    ("HALDEN CLUB 13/24",                     "Halden Club",               "the number of an instalment"),
    ("VISA POS HALDEN CLUB 1",                "Halden Club",               "... or of a reference, cut off at 22"),
    ("TRANSAKSI DEBIT PLN ENERGI PA",         "PLN Energi",                "the state of a text that is not cut off"),
    ("GOOGLE*ADS5543972841",                  "Google Ads / AdMob",        "the account's number right behind the product"),
    ("0000 1234 5678",                        "Unnamed",                   "numbers alone name nobody"),
    ("",                                      "Unnamed",                   "nothing"),
]
# fmt: on


@pytest.mark.parametrize(("descriptor", "name", "shows"), NAMES, ids=[n[2] or n[0] for n in NAMES])
def test_name(descriptor: str, name: str, shows: str) -> None:
    assert merchants.name(pd.Series([descriptor], dtype="str")).tolist() == [name], shows


@pytest.mark.parametrize("name", sorted({n for _, n, _ in NAMES}))
def test_a_name_is_its_own_name(name: str) -> None:
    assert merchants.name(pd.Series([name], dtype="str")).tolist() == [name]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LITTLE OAKS PRESCHOOL TUITION", "LITTLE OAKS PRESCHOOL"),
        ("PAYPAL *HALDENENERGYSE", "HALDEN ENERGY SERVICES"),
        ("FERNWOOD*K2J3H4", "FERNWOOD*QWERTU"),
        ("SLIMDAILY 877-555-0123", "SLIMDAILY.COM"),
        ("SQ *CORNER BREW LEEDS", "CORNER BREW NORWICH GB"),
    ],
)
def test_texts_of_one_merchant_come_together(one: str, other: str) -> None:
    brand = merchants.annotate(pd.Series([one, other, "SOMETHING ELSE"], dtype="str")).brand
    assert brand[0] == brand[1] != brand[2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PAYPAL *HALDEN GAS", "PAYPAL *FERNWOOD"),
        ("AMZN Mktp US*2K3LF9QX2", "AMAZON SELLER REPAY"),
        ("UBER *TRIP", "UBER *ONE"),
        ("GOOGLE *ACME GAMES", "GOOGLE *BETA APPS"),
    ],
)
def test_different_merchants_stay_apart(one: str, other: str) -> None:
    brand = merchants.annotate(pd.Series([one, other], dtype="str")).brand
    assert brand[0] != brand[1]


@pytest.mark.parametrize(
    ("descriptor", "flags"),
    [
        ("CORNER BREW 0412 LEEDS GB", {"place"}),
        ("SLIMDAILY 877-555-0123 CA", {"phone"}),
        ("SLIMDAILY.COM", {"web"}),
        ("SLIMDAILY MEMBERSHIP", {"words"}),
        ("HALDEN GAS 88120934", {"reference"}),
        ("CORNER BREW", set()),
    ],
)
def test_what_the_text_gives_away(descriptor: str, flags: set[str]) -> None:
    reading = merchants.reading(descriptor)
    assert {f for f in ("place", "phone", "web", "words", "reference") if getattr(reading, f)} == flags


@pytest.mark.parametrize(
    ("descriptor", "never"),
    [
        ("ATM WITHDRAWAL 0412 LEEDS", "cash"),
        ("TARIK TUNAI BANDUNG", "cash"),
        ("INTEREST CHARGED ON PURCHASES", "bank fee"),
        ("DEBIT INTEREST", "interest"),
        ("LATE FEE", "bank fee"),
        ("FOREIGN TRANSACTION FEE", "bank fee"),
        ("ONLINE TRANSFER TO SAVINGS 1234", "transfer"),
        ("PAYMENT - THANK YOU", "transfer"),
        ("METRO CARD TOP UP", "top-up"),
        ("PLATBA", ""),
        ("TRANSFER TO LANDLORD", ""),
        ("CASH & CARRY STORE", ""),
    ],
)
def test_what_is_never_an_agreement(descriptor: str, never: str) -> None:
    assert merchants.reading(descriptor).never == never


HOSTILE = [
    "*" * 65536,
    "A*" * 32768,
    "1-" * 32768,
    "A1" * 32768,
    "\u0301" * 65536,
    "WWW." * 16384,
    " " * 65536,
    "(" * 65536,
    "\x00\x02" * 999,
]


@pytest.mark.parametrize("descriptor", HOSTILE, ids=[repr(h[:4]) for h in HOSTILE])
def test_only_the_beginning_of_a_hostile_text_counts(descriptor: str) -> None:
    """Linear time by construction: whatever follows the first characters changes nothing but whether it was cut."""
    whole, part = merchants.reading(descriptor), merchants.reading(descriptor[: template.LONGEST + 1])
    assert (whole.name, whole.key) == (part.name, part.key)
    assert len(whole.name) <= 2 * template.LONGEST


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_has_a_name_that_is_stable(descriptor: str) -> None:
    reading = merchants.reading(descriptor)
    assert reading.name.strip()
    assert reading.key
    assert merchants.reading(descriptor) == reading


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([n[0] for n in NAMES]), min_size=1, max_size=20), st.randoms())
def test_names_do_not_depend_on_company(descriptors: list[str], random: object) -> None:
    alone = [merchants.name(pd.Series([d], dtype="str")).iat[0] for d in descriptors]
    assert merchants.name(pd.Series(descriptors, dtype="str")).tolist() == alone


def test_missing_descriptors_and_foreign_indices() -> None:
    series = pd.Series(["SPOTIFY P1", None, "SPOTIFY P2"], index=[7, 3, 7], dtype="str")
    named = merchants.name(series)
    assert named.tolist() == ["Spotify Premium", "Unnamed", "Spotify Premium"]
    assert named.index.tolist() == [7, 3, 7]
    assert merchants.name(pd.Series([], dtype="str")).empty
    assert len(merchants.annotate(pd.Series([], dtype="str")).brand) == 0


# fmt: off
CLASSES = [
    ("cash",     ["ATM WITHDRAWAL 4471", "TARIK TUNAI ATM BCA", "GELDAUTOMAT SPARKASSE ULM", "RETRAIT DAB 1204",
                 "CAJERO 4471 MADRID", "PRELIEVO BANCOMAT"]),
    ("interest", ["FINANCE CHARGE", "BUNGA PEMBELANJAAN", "SOLLZINSEN 3. QUARTAL", "INTÉRÊTS DÉBITEURS", "INTERESES DE DEMORA"]),
    ("bank fee", ["LATE FEE", "ANNUAL MEMBERSHIP FEE", "IURAN TAHUNAN", "KONTOFÜHRUNG 06/26", "FRAIS BANCAIRES",
                 "FOREIGN TRANSACTION FEE", "BEA METERAI"]),
    ("transfer", ["PAYMENT - THANK YOU", "TRANSFER TO SAVINGS 1204", "PEMBAYARAN KARTU KREDIT", "UMBUCHUNG TAGESGELD",
                 "VIREMENT VERS LIVRET A"]),
    ("top-up",   ["OYSTER AUTO TOP-UP", "EZ-PASS REPLENISH", "ISI ULANG EMONEY", "PREPAID AUFLADUNG"]),
    ("",         ["HALDEN ANNUAL FEE", "CASHMERE COMPANY", "TORVIK TRANSFER CASES", "PINTEREST ADS", "BUNGALOW PARK",
                 "RENTE A CAR", "BARGELLO SHOES"]),
]
# fmt: on


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in CLASSES for text in texts])
def test_classes_in_several_languages(kind: str, text: str) -> None:
    assert merchants.reading(text).never == kind
