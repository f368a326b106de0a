"""The rules as a table: what happened on the card, what stands out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from analyzer.model import Decision
from tests.detectors.make import TODAY, life, scan, seen
from tests.streams.make import Charge, charge, every, monthly

NETFLIX = Decision("NETFLIX")
FEE = "AMAZON SELLER REPAY 77120"
SLIM = "SLIMDAILY 877-555-0123"


def fees(n: int) -> list[Charge]:
    return charge(monthly(4, n, first=date(2026, 4, 1)), ["-31.90", "-32.40", "-31.70"][:n], FEE)


def slim(n: int) -> list[Charge]:
    return [(date(2026, 3, 6), "-1.95", SLIM), *charge(every(30, n, first=date(2026, 3, 20)), "-79.95", SLIM)]


CLUB = "HALDEN CLUB 88120934"

HALDEN = charge(monthly(4, 3, first=date(2026, 4, 1)), "-9.99", CLUB)
VISITS = charge(monthly(4, 2, first=date(2026, 4, 1)), "-9.99", "HALDEN DELI LEEDS")
DEARER = [(date(2026, 4, 4), "-4.00", "HALDEN DELI LEEDS"), (date(2026, 4, 11), "-31.00", "HALDEN DELI LEEDS")]
STRANGERS = [(date(2026, 5, 4), "-0.50", "QORVA"), (date(2026, 5, 4), "-0.20", "BELMI"), (date(2026, 5, 5), "-0.90", "TUNDO")]
ADS = [(date(2026, 4, 4), "-25.00", "GOOGLE*ADS 4471")]
CREDIT = [(date(2026, 5, 4), "-9.99", "EXPERIAN* CREDIT")]
GLITCH = [(date(2026, 4, 6), "-9.99", CLUB), (date(2026, 4, 7), "9.99", CLUB), (date(2026, 4, 9), "-9.99", CLUB)]
RETRIED = sorted([(date(2026, 3, 6), "-9.99", CLUB), *GLITCH, (date(2026, 5, 6), "-9.99", CLUB)])
ORDERS = [(date(2026, 4, 4), "-15.32", "HALDEN BOOKS"), (date(2026, 4, 13), "-86.17", "HALDEN BOOKS")]
NEARLY = [(date(2026, 3, 4), "-61.32", "HALDEN BOOKS"), (date(2026, 5, 4), "-62.87", "HALDEN BOOKS")]
MORE = charge(monthly(5, 6, first=date(2026, 1, 1)), "-9.99", CLUB)
BURST = sorted([*MORE, *((d + timedelta(days=n), "-9.99", CLUB) for d in (date(2026, 5, 5), date(2026, 6, 5)) for n in (4, 9, 15))])
ZETTLE = charge(monthly(4, 13, first=date(2025, 6, 1)), "-9.99", "ZETTLE_*MINDCALM")

# fmt: off
TABLE = [
    # (what happened, the charges, day judged by, findings at 0.5 and above with the holder's list)
    ("nothing",                          [],         (2026, 6, 28), []),
    ("a seller's fee, the first",        fees(1),    (2026, 4, 5),  [("seller-fee", "Amazon selling fees", 1)]),
    ("a seller's fee, the second",       fees(2),    (2026, 5, 5),  [("seller-fee", "Amazon selling fees", 2)]),
    ("a seller's fee, the third",        fees(3),    (2026, 6, 5),  [("seller-fee", "Amazon selling fees", 3)]),
    ("an advertiser's charge",           ADS,        (2026, 4, 5),  [("seller-fee", "Google Ads / AdMob", 1)]),
    ("a trial and its first full price", slim(1),    (2026, 3, 21), [("trial-conversion", "Slimdaily", 2)]),
    ("a trial and three full prices",    slim(3),    (2026, 5, 25), [("trial-conversion", "Slimdaily", 4)]),
    ("a listed subscription, the first", CREDIT,     (2026, 5, 5),  [("new-subscription", "Experian credit monitoring", 1)]),
    ("an unknown charge, the first",     HALDEN,     (2026, 4, 5),  []),
    ("an unknown charge, the second",    HALDEN,     (2026, 5, 5),  [("new-subscription", "Halden Club", 2)]),
    ("an unknown charge, the third",     HALDEN,     (2026, 6, 5),  [("unrecognized-recurring", "Halden Club", 3)]),
    ("two visits to a shop",             VISITS,     (2026, 5, 5),  []),
    ("a cheap visit, then a dear one",   DEARER,     (2026, 4, 12), []),
    ("two unlike orders at a shop",      ORDERS,     (2026, 4, 14), []),
    ("two nearly equal, two months off", NEARLY,     (2026, 5, 5),  []),
    ("failed, taken back, taken again",  RETRIED,    (2026, 4, 9),  [("new-subscription", "Halden Club", 2)]),
    ("... and the month after",          RETRIED,    (2026, 5, 6),  [("unrecognized-recurring", "Halden Club", 3)]),
    ("monthly, then four times a month", BURST,      (2026, 6, 22), [("unrecognized-recurring", "Halden Club", 12)]),
    ("thirteen months at a terminal",    ZETTLE,     (2026, 6, 22), [("unrecognized-recurring", "Mindcalm", 13)]),
    ("three tiny charges by strangers",  STRANGERS,  (2026, 5, 6),  [("card-testing", "Belmi", 3)]),
]
# fmt: on


@pytest.mark.parametrize(("what", "charges", "day", "expected"), TABLE, ids=[t[0] for t in TABLE])
def test_with_the_holders_list(what: str, charges: list[Charge], day: tuple[int, int, int], expected: list[tuple[str, str, int]]) -> None:
    today = date(*day)
    rows = [r for r in [*life(), *charges] if r[0] <= today]
    findings, _ = scan(rows, decisions=[NETFLIX], today=today)
    assert seen(findings, 0.5) == expected, what
    assert all(f.reasons and all(r == r.strip() and r for r in f.reasons) for f in findings)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_seller_fee_comes_first_without_any_list(n: int) -> None:
    today = fees(n)[-1][0] + timedelta(days=1)
    findings, _ = scan([r for r in [*life(), *fees(n)] if r[0] <= today], today=today)
    assert seen(findings)[0] == ("seller-fee", "Amazon selling fees", n)
    assert findings[0].score >= 0.9
    assert any("only ever bought from Amazon" in r for r in findings[0].reasons)


def test_the_seller_fee_alone_on_one_statement() -> None:
    findings, _ = scan(fees(1), today=date(2026, 4, 30))
    assert seen(findings, 0.5) == [("seller-fee", "Amazon selling fees", 1)]


def test_without_a_list_what_was_always_there_is_left_alone() -> None:
    findings, streams = scan(life())
    assert findings == []
    assert [s.merchant for s in streams] == ["Netflix"]


def test_a_refund_lowers_what_is_at_risk() -> None:
    rows = [*life(), *fees(2), (date(2026, 6, 22), "32.02", FEE)]
    findings, _ = scan(rows)
    (fee,) = [f for f in findings if f.kind == "seller-fee"]
    assert fee.amount_at_risk == Decimal("31.90") + Decimal("32.40") - Decimal("32.02")
    assert any("came back on 2026-06-22 for the charge of 2026-04-04" in r for r in fee.reasons)
    assert fee.score >= 0.5


def test_all_of_it_refunded_is_no_alarm() -> None:
    rows = [*life(), *slim(1), (date(2026, 5, 2), "79.95", SLIM), (date(2026, 5, 2), "1.95", SLIM)]
    findings, _ = scan(rows)
    (trial,) = [f for f in findings if f.kind == "trial-conversion"]
    assert trial.amount_at_risk == 0
    assert trial.score < 0.5


def test_a_subscription_refunded_in_full_is_no_alarm_whatever_else_speaks_against_it() -> None:
    (trap,) = charge([date(2026, 5, 4)], "-49.90", "TORVIK PREMIUM MEMBERSHIP 855-010-4477")
    back = (date(2026, 5, 20), "49.90", trap[2])
    never = [Decision("NETFLIX"), Decision("TORVIK", verdict="never-authorized")]
    alone, _ = scan([*life(), trap], decisions=never)
    assert seen(alone, 0.5)
    findings, _ = scan([*life(), trap, back], decisions=never)
    assert seen(findings, 0.5) == []


def test_a_fee_refunded_in_full_stays_in_sight() -> None:
    findings, _ = scan([*life(), *fees(2), *((d + timedelta(days=20), a.lstrip("-"), t) for d, a, t in fees(2))])
    (fee,) = [f for f in findings if f.kind == "seller-fee"]
    assert fee.amount_at_risk == 0
    assert fee.score >= 0.5
    assert any(r.startswith("refunded in full: ") and r.endswith("see that the seller's account is closed") for r in fee.reasons)


def test_a_text_that_speaks_of_sellers_needs_no_list() -> None:
    (fee,) = charge([date(2026, 6, 4)], "-24.00", "TORVIK BAZAAR SELLER FEES")
    findings, _ = scan([*life(), fee])
    assert [(f.kind, f.merchant) for f in findings if f.score >= 0.5] == [("seller-fee", "Torvik Bazaar Seller Fees")]


def test_from_abroad_is_told() -> None:
    findings, _ = scan([*life(), *charge(monthly(3, 3, first=date(2026, 4, 1)), "-19.90", "SLIM PLAN CY")])
    (found,) = [f for f in findings if f.merchant == "Slim Plan"]
    assert found.evidence["foreign-merchant"] > 0
    assert "the text ends with CY: not where this card is used" in found.reasons
    assert found.score >= 0.5


def test_references_do_not_rotate_but_phone_numbers_do() -> None:
    same = [(d, "-9.90", f"TORVIK TOOLS 855-010-4477 {48213 + 7 * n}") for n, d in enumerate(monthly(3, 3, first=date(2026, 4, 1)))]
    other = [(d, "-9.90", f"TORVIK TOOLS 855-010-{4477 + n}") for n, d in enumerate(monthly(3, 3, first=date(2026, 4, 1)))]
    for rows, expected in ((same, False), (other, True)):
        findings, _ = scan([*life(), *rows])
        (found,) = [f for f in findings if f.merchant == "Torvik Tools"]
        assert ("rotating-descriptor" in found.evidence) is expected


NETFLIX_MAY = charge([date(2026, 5, 9)], "-12.99", "NETFLIX.COM")
JUNE = date(2026, 6, 3)

# fmt: off
DOUBLES: list[tuple[str, list[Charge], bool]] = [
    ("two coffees on one day",          [(JUNE, "-2.95", "CORNER BREW 1002 LEEDS GB")] * 2,                       False),
    ("an agreement twice",              NETFLIX_MAY,                                 True),
    ("an agreement twice, one back",    [*NETFLIX_MAY, (date(2026, 5, 14), "12.99", "NETFLIX.COM")], False),
    ("a large purchase twice",          [(JUNE, "-410.00", "TORVIK SOFAS")] * 2,                                  True),
    ("a large purchase twice, one back", [*[(JUNE, "-410.00", "TORVIK SOFAS")] * 2, (date(2026, 6, 9), "410.00", "TORVIK SOFAS")], False),
    ("the same amount at two merchants", [(JUNE, "-410.00", "TORVIK SOFAS"), (JUNE, "-410.00", "HALDEN SOFAS")], False),
    ("three days apart",                [(JUNE, "-410.00", "TORVIK SOFAS"), (date(2026, 6, 6), "-410.00", "TORVIK SOFAS")], False),
]
# fmt: on


@pytest.mark.parametrize(("rows", "expected"), [c[1:] for c in DOUBLES], ids=[c[0] for c in DOUBLES])
def test_the_same_twice(rows: list[Charge], expected: bool) -> None:
    findings, _ = scan([*life(), *rows])
    assert any(f.kind == "duplicate-charge" for f in findings) is expected


def test_an_agreement_charged_twice_weighs_more_than_a_purchase() -> None:
    (agreed,) = [f for f in scan([*life(), *charge([date(2026, 5, 9)], "-12.99", "NETFLIX.COM")])[0] if f.kind == "duplicate-charge"]
    (bought,) = [f for f in scan([*life(), *[(date(2026, 6, 3), "-410.00", "TORVIK SOFAS")] * 2])[0] if f.kind == "duplicate-charge"]
    assert agreed.score > bought.score


# fmt: off
RISES = [
    ("a rise of a tenth",         ["-10.00"] * 8 + ["-11.00"] * 3,            True),
    ("a rise of a hundredth",     ["-10.00"] * 8 + ["-10.10"] * 3,            False),
    ("a fall",                    ["-10.00"] * 8 + ["-9.00"] * 3,             False),
    ("a rise long ago",           ["-9.00"] * 3 + ["-10.00"] * 8,             False),
]
# fmt: on


@pytest.mark.parametrize(("what", "amounts", "told"), RISES, ids=[r[0] for r in RISES])
def test_price_increase(what: str, amounts: list[str], told: bool) -> None:
    rows = charge(monthly(6, 11, first=date(2025, 8, 1)), amounts, "HALDEN CLUB")
    findings, _ = scan(rows, names=["price-increase"])
    assert bool(findings) == told, what
    if told:
        assert findings[0].score < 0.5
        assert findings[0].reasons[0] == "price rose £10.00 -> £11.00 on 2026-04-06 (10 % more)"
        assert findings[0].amount_at_risk == Decimal("3.00")


DOUBLES = [
    ("a hotel twice on one day", [(date(2026, 5, 4), "-240.00", "HALDEN HOTEL")] * 2, ["duplicate-charge"]),
    ("two coffees", [(date(2026, 5, 4), "-2.95", "CORNER BREW 1002 LEEDS GB")] * 2, []),
    ("a subscription twice", [(date(2026, 5, 9), "-12.99", "NETFLIX.COM")], ["duplicate-charge"]),
    ("twice and paid back", [*[(date(2026, 5, 4), "-240.00", "HALDEN HOTEL")] * 2, (date(2026, 5, 9), "240.00", "HALDEN HOTEL")], []),
]


@pytest.mark.parametrize(("what", "charges", "kinds"), DOUBLES, ids=[d[0] for d in DOUBLES])
def test_duplicate_charge(what: str, charges: list[Charge], kinds: list[str]) -> None:
    findings, _ = scan([*life(), *charges], names=["duplicate-charge"])
    assert [f.kind for f in findings] == kinds, what
    assert all(f.category == "duplicate" and len(f.transactions) == 2 for f in findings)


def test_unusual_amount() -> None:
    amounts = ["-60.10", "-64.00", "-58.20", "-61.70", "-66.60", "-59.90", "-63.00", "-188.00"]
    findings, _ = scan(charge(monthly(12, 8, first=date(2025, 11, 1)), amounts, "HALDEN ENERGY"), names=["unusual-amount"])
    assert seen(findings) == [("unusual-amount", "Halden Energy", 1)]
    assert findings[0].reasons[0].startswith("£188.00 on 2026-06-12")


def test_after_cancellation() -> None:
    rows = charge(monthly(9, 13, first=date(2025, 5, 1)), "-12.99", "HALDEN CLUB")
    findings, streams = scan(rows, decisions=[Decision("HALDEN CLUB", verdict="cancelled", until=date(2026, 3, 15))])
    assert seen(findings, 0.5) == [("charge-after-cancellation", "Halden Club", 2)]
    assert findings[0].category == "cancelled-recurring"
    assert [t.posted for t in findings[0].transactions] == [date(2026, 4, 9), date(2026, 5, 9)]
    assert streams[0].authorized is False


def test_after_cancellation_of_a_lone_charge() -> None:
    rows = [*life(), (date(2026, 5, 4), "-80.00", "HALDEN CLUB")]
    findings, _ = scan(rows, decisions=[NETFLIX, Decision("HALDEN CLUB", verdict="cancelled", until=date(2026, 3, 15))])
    assert seen(findings, 0.5) == [("charge-after-cancellation", "Halden Club", 1)]


def test_two_disputes_never_share_their_words() -> None:
    rows = charge(monthly(9, 13, first=date(2025, 5, 1)), "-12.99", "HALDEN CLUB")
    cancelled, _ = scan(rows, decisions=[Decision("HALDEN CLUB", verdict="cancelled", until=date(2026, 3, 15))])
    unknown, _ = scan(rows, decisions=[NETFLIX])
    for f in cancelled:
        assert not any("uthori" in r for r in f.reasons)
    for f in unknown:
        assert f.kind == "unrecognized-recurring"
        assert not any("ancel" in r for r in f.reasons)


def test_pending_charges_take_no_part() -> None:
    from analyzer import merchants, streams
    from analyzer.detectors import base, evidence, registry
    from tests.streams.make import frame

    table = frame(fees(2), status="pending")
    annotated = merchants.annotate(table["descriptor"])
    found = streams.find(table, today=TODAY, merchants=annotated)
    assert registry.run(base.Context(table, annotated, found, (), TODAY, evidence.WEIGHTS)) == ([], ())


def test_one_story_is_told_once() -> None:
    findings, _ = scan([*life(), *slim(4)], decisions=[NETFLIX])
    assert [f.kind for f in findings if f.merchant == "Slimdaily"] == ["trial-conversion"]


def test_a_failed_charge_is_not_at_risk_and_its_reversal_no_refund() -> None:
    found, _ = scan([*life(), *RETRIED], decisions=[NETFLIX], today=date(2026, 5, 6))
    assert (found[0].amount_at_risk, len(found[0].transactions)) == (Decimal("29.97"), 3)
    assert not any("came back" in r for r in found[0].reasons)


def test_a_terminal_is_called_one_and_no_town() -> None:
    found, _ = scan([*life(), *charge(monthly(4, 6, first=date(2026, 1, 1)), "-9.99", "ZETTLE_*MINDCALM")])
    reasons = [r for f in found if f.merchant == "Mindcalm" for r in f.reasons]
    assert "paid through a terminal of Zettle, so it may be a shop" in reasons


def test_the_number_a_listed_merchant_always_prints_is_no_evidence() -> None:
    found, _ = scan([*life(), *charge(monthly(4, 3, first=date(2026, 4, 1)), "-9.99", "APPLE.COM/BILL 866-712-7753")])
    assert not any("phone number" in r for f in found for r in f.reasons)


def test_what_passes_the_holders_limit_is_always_worth_a_look() -> None:
    """Years ago or lately, at the holder's own merchant and at a price that stepped."""
    rows = charge(monthly(4, 13, first=date(2025, 6, 1)), ["-9.99"] * 3 + ["-24.99"] * 10, CLUB)
    found, _ = scan([*life(), *rows], decisions=[NETFLIX, Decision("HALDEN CLUB", max_minor=999)])
    assert ("unrecognized-recurring", "Halden Club", 10) in seen(found, 0.5)


def test_without_a_list_the_unknown_comes_before_the_well_known() -> None:
    rows = [charge(monthly(4, 3, first=date(2026, 4, 1)), "-9.99", text) for text in ("SPOTIFY P2C6A1F9", CLUB)]
    found, _ = scan([*life(), *rows[0], *rows[1]])
    assert [f.merchant for f in found[:2]] == ["Halden Club", "Spotify Premium"]


def test_a_weekly_habit_from_the_beginning_is_no_alarm_and_a_monthly_charge_is() -> None:
    """Both are not on the holder's list; habits go by the week."""
    weekly = charge(every(7, 60, first=date(2025, 5, 3)), "-20.00", "HALDEN SWIMMING")
    monthlies = charge(monthly(6, 14, first=date(2025, 5, 1)), "-20.00", "BELMI ONLINE")
    found, _ = scan([*life(), *weekly, *monthlies], decisions=[NETFLIX])
    assert seen(found, 0.5) == [("unrecognized-recurring", "Belmi Online", 14)]
