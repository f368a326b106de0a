"""The letter: every element, the right word for the situation, nothing that was not said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analyzer.disputes import details, dossier, letter, rules, situation
from disputes.cards import DAY, DETAILS, FEE, charge_finding, statement, story

ENCLOSED = ["the table of charges", "the charts"]


def gathered(language: str = "en", **changes):
    found = story()
    said, _ = details.from_mapping(DETAILS)
    said = replace(said, language=language, **changes)
    return dossier.gather(charge_finding(found), found, as_of=DAY, details=said)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_element_of_the_letter_is_there() -> None:
    text = letter.as_text(gathered(), ENCLOSED)
    for element in (
        *("Ratna Contoh", "Jl. Mawar Contoh No. 12", "28 June 2026", "Bank Contoh", "Unit Sanggahan"),
        *("ending 4242", "4 June 2026", "Rp 654.196", FEE, "2026-06.ofx", "reference CC-4711", "+62 21 5550 0142"),
        *("correct the error", "fees and interest", "stop further charges", "corrected statement", "Enclosed (copies):"),
        *("27 March 2026", "8 June 2026", "the table of charges", "Visa 10.4"),
    ):
        assert element in flat(text), element


def test_the_subject_names_the_situation_and_the_take_over() -> None:
    subject = flat(letter.as_text(gathered(), [])).split("Subject: ")[1].split(" I dispute")[0]
    assert subject.startswith("Unauthorised charge after an account take-over: Amazon selling fees")
    assert "take-over" not in flat(letter.as_text(gathered(account_takeover=None), [])).split("Subject: ")[1].split(" I dispute")[0]
    assert "Unauthorized charge after" in flat(letter.as_text(gathered(jurisdiction="US"), []))
    perihal = flat(letter.as_text(gathered("id"), []))
    assert "Perihal: Sanggahan transaksi tanpa izin (unauthorised) setelah pengambilalihan akun" in perihal


def test_the_indonesian_letter_asks_for_what_an_indonesian_bank_can_do() -> None:
    text = flat(letter.as_text(gathered("id"), ["daftar tagihan"]))
    for element in (
        "28 Juni 2026",
        "Rp 654.196",
        "berakhiran 4242",
        "biaya dan bunga",
        "menghentikan tagihan",
        "POJK 22/2023",
        "10 hari kerja",
        "Lampiran",
    ):
        assert element in text, element


def test_a_refunded_charge_is_not_asked_for_again() -> None:
    d = gathered()
    assert [line.disputed for line in d.lines] == [False, True]
    assert d.total == "Rp 654.196"
    assert "The charge of 4 May 2026 (Rp 651.205) was credited on 22 June 2026" in flat(letter.as_text(d, []))


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("case", rules.SITUATIONS)
def test_only_one_situation_speaks_of_no_authority(case: str, language: str) -> None:
    text = flat(letter.as_text(gathered(language, situation=case, cancellation_date=date(2026, 5, 1)), [])).casefold()
    claims = ("i did not authorise", "unauthorised charge", "tanpa izin", "tidak pernah mengizinkan")
    assert any(c in text for c in claims) == (case == "unauthorized")
    if case == "cancelled-recurring":
        assert "1 may 2026" in text or "1 mei 2026" in text


@pytest.mark.parametrize("language", ["en", "id"])
def test_what_was_not_answered_is_not_claimed(language: str) -> None:
    open_ = gathered(language, used_or_benefited=None, shared_login=None, card_lent=None, situation=None)
    text = flat(letter.as_text(open_, []))
    for claim in (
        "Neither I nor anyone",
        "Nobody else has",
        "I lent the card",
        "tidak memakai atau menikmati",
        "tidak pernah saya pinjamkan",
    ):
        assert claim not in text
    assert text.count("[to be answered" if language == "en" else "[perlu dijawab") == 3
    assert "[to be confirmed by you: I did not" in text or "[perlu Anda pastikan: Saya tidak" in text
    assert text.startswith("* DRA")


def test_an_answer_that_hurts_is_in_the_letter_too() -> None:
    d = gathered(used_or_benefited=True, card_lent=True)
    text = flat(letter.as_text(d, []))
    assert "someone in my household used, or benefited from" in text
    assert "I had lent the card" in text
    assert not d.complete
    assert any("may be a false claim" in o for o in d.objections)


def test_nothing_is_missing_only_when_all_is_said() -> None:
    assert gathered().complete
    assert letter.draft_lines(gathered()) == []
    for key in ("name", "address", "phone", "issuer", "billing_inquiries", "date_of_call", "situation", "card_lent", "account_takeover"):
        empty = {"name": "", "phone": "", "issuer": "", "address": (), "billing_inquiries": ()}.get(key)
        d = gathered(**{key: empty})
        assert [q.key for q in d.missing] == [key]
        assert letter.draft_lines(d)[0].startswith("DRAFT")


def test_a_payment_address_is_no_billing_inquiries_address_in_the_united_states() -> None:
    said = details.Details(name="A", issuer_address=("PO Box 1",), jurisdiction="US")
    finding = charge_finding(story("USD"))
    assert "billing_inquiries" in {q.key for q in situation.missing(said, finding, "US")}
    assert "billing_inquiries" not in {q.key for q in situation.missing(said, finding, "UK")}


@pytest.mark.parametrize(
    ("case", "key"),
    [
        ("cancelled-recurring", "cancellation_date"),
        ("misrepresentation", "offer"),
        ("duplicate", "valid_charge"),
        ("incorrect-amount", "agreed_amount"),
        ("credit-not-processed", "refund_promised"),
    ],
)
def test_each_situation_asks_for_its_own_evidence(case: str, key: str) -> None:
    assert key in {q.key for q in gathered(situation=case).missing}
    asked = situation.questions(details.Details(situation=case), charge_finding(story()), "ID")  # type: ignore[arg-type]
    assert not {"used_or_benefited", "shared_login"} & {q.key for q in asked}


def test_the_law_of_the_place() -> None:
    us = flat(letter.as_text(gathered(jurisdiction="US"), []))
    assert "Fair Credit Billing Act" in us
    assert "By certified mail" in us
    assert "June 28, 2026" in us
    assert "(Regulation Z, 12 CFR 1026.13(c), as of 2026-11-23)" in us
    assert "Regulation E" in letter.as_text(gathered(jurisdiction="US", instrument="debit"), [])
    uk = flat(letter.as_text(gathered(jurisdiction="UK"), []))
    assert "by the end of the next business day (Payment Services Regulations 2017" in uk
    assert "Fair Credit" not in uk


def test_markdown_is_plain_whatever_the_payee_holds() -> None:
    nasty = "**BOLD** <b>[x](http://evil) |`code` # =1+1"
    found = [statement([(date(2026, 6, 4), -3999, nasty)], start=date(2026, 6, 1), end=date(2026, 6, 28))]
    d = dossier.gather(charge_finding(found, nasty, merchant=nasty), found, as_of=DAY)
    text = letter.as_markdown(d, [])
    assert r"\*\*BOLD\*\* \<b\>\[x\]\(http://evil\) \|\`code\` \# =1\+1" in text
    assert "<b>" not in text.replace(r"\<b\>", "")


def test_a_payee_cannot_begin_a_block_or_run_as_a_template() -> None:
    nasty = "x\nsign|Somebody Else\np|{{ 7*7 }} {% raw %} {0.__class__}"
    found = [statement([(date(2026, 6, 4), -3999, nasty)], start=date(2026, 6, 1), end=date(2026, 6, 28))]
    d = dossier.gather(charge_finding(found, nasty, merchant=nasty), found, as_of=DAY)
    kinds = [b.kind for b in letter.blocks(d, "text", [nasty])]
    assert kinds.count("sign") == 1
    text = letter.as_text(d, [nasty])
    assert "{{ 7*7 }}" in flat(text)
    assert "49" not in text
    assert r"\x0a" in text


@pytest.mark.parametrize("place", rules.JURISDICTIONS)
def test_a_cancelled_agreement_is_never_called_unauthorised(place: str) -> None:
    d = gathered(situation="cancelled-recurring", cancellation_date=date(2026, 5, 1), jurisdiction=place)
    for made in (letter.as_text(d, []), letter.as_markdown(d, []), "".join(b.text for b in letter.blocks(d, "pdf", []))):
        assert "unauthori" not in made.casefold()


def test_duplicates_keep_the_valid_charge() -> None:
    rows = [(date(2026, 6, 4), -3999, FEE)] * 2
    found = [statement(rows, start=date(2026, 6, 1), end=date(2026, 6, 28))]
    said = details.Details(situation="duplicate", valid_charge="4 June 2026, order 12")
    d = dossier.gather(charge_finding(found, category="duplicate", kind="duplicate-charge"), found, as_of=DAY, details=said)
    assert [line.valid for line in d.lines] == [True, False]
    assert d.total == "$39.99"
    assert "the valid charge" in letter.as_text(d, [])


def test_only_charges_after_the_cancellation_are_asked_back() -> None:
    d = gathered(situation="cancelled-recurring", cancellation_date=date(2026, 5, 4), account_takeover=None)
    assert [(line.aside, line.disputed) for line in d.lines][1] == ("", True)
    assert not d.lines[0].disputed
    shop = statement([(date(2026, m, 4), -999, FEE) for m in (3, 4, 5)], end=date(2026, 5, 31), currency="USD")
    said = details.Details(situation="cancelled-recurring", cancellation_date=date(2026, 4, 4))
    d = dossier.gather(charge_finding([shop]), [shop], as_of=DAY, details=said)
    assert ([line.aside for line in d.lines], d.total) == (["before_cancellation", "before_cancellation", ""], "$9.99")
    assert "before I cancelled, not disputed" in letter.as_text(d, [])
    assert {m.first.month: (m.charges, m.purchases) for m in d.months} == {3: (0, 1), 4: (0, 1), 5: (1, 0)}
    none = replace(said, cancellation_date=date(2026, 6, 1))
    d = dossier.gather(charge_finding([shop]), [shop], as_of=DAY, details=none)
    assert all(line.disputed for line in d.lines)
    assert any("No charge is later" in o for o in d.objections)


def test_of_a_wrong_amount_only_the_difference_is_asked_back() -> None:
    shop = statement([(date(2026, 5, 4), -999, FEE), (date(2026, 6, 4), -1499, FEE)], end=DAY, currency="USD")
    said = details.Details(situation="incorrect-amount", agreed_amount=Decimal("9.99"))
    d = dossier.gather(charge_finding([shop]), [shop], as_of=DAY, details=said)
    assert ([line.aside for line in d.lines], d.total) == (["as_agreed", ""], "$5.00")
    assert "The agreed amount was: $9.99. I ask for the difference." in flat(letter.as_text(d, []))
    d = dossier.gather(charge_finding([shop]), [shop], as_of=DAY, details=replace(said, agreed_amount=Decimal("20")))
    assert any("No charge is above" in o for o in d.objections)


def test_the_holder_names_the_valid_charge_by_its_day() -> None:
    shop = statement([(date(2026, 6, 4), -999, FEE), (date(2026, 6, 5), -999, FEE), (date(2026, 6, 6), -500, FEE)], end=DAY)
    for words in ("2026-06-05, order 12", "5 June 2026", "5 Juni 2026"):
        said = details.Details(situation="duplicate", valid_charge=words)
        d = dossier.gather(charge_finding([shop]), [shop], as_of=DAY, details=said)
        assert [line.aside for line in d.lines] == ["", "valid", "once"]
    alone = statement([(date(2026, 6, 4), -999, FEE), (date(2026, 6, 6), -500, FEE)], end=DAY)
    d = dossier.gather(charge_finding([alone]), [alone], as_of=DAY, details=said)
    assert not any("come back" in o for o in d.objections)
    assert any("same amount" in o for o in d.objections)


def test_nothing_is_conceded_that_is_not_certain() -> None:
    """A limit counted from an assumed day, or a term that may be another issuer's, has not passed for sure."""
    loose = statement([(date(2026, 4, 20), -999, FEE)], currency="USD", kind="credit")
    for place, day, conceded in (("US", DAY, False), ("US", date(2026, 7, 25), True), ("ID", date(2026, 7, 25), False), ("IN", DAY, False)):
        d = dossier.gather(charge_finding([loose]), [loose], as_of=day, details=details.Details(jurisdiction=place))
        assert any(w.passed for w in d.lines[0].clock.windows)
        assert ("time limit has passed" in flat(letter.as_text(d, []))) == conceded, (place, day)
    assert any("count from the message" in s for s in d.clock.assumptions)


def test_the_letter_opens_and_closes_as_letters_do() -> None:
    assert flat(letter.as_text(gathered(), ["x"])).index("Yours faithfully, Ratna Contoh") < flat(letter.as_text(gathered(), ["x"])).index(
        "Enclosed"
    )
    assert "Sincerely," in letter.as_text(gathered(jurisdiction="US"), [])
    indonesian = flat(letter.as_text(gathered("id"), []))
    assert "Dengan hormat," in indonesian
    assert "Hormat saya, Ratna Contoh" in indonesian


def test_the_last_digits_are_asked_for_where_no_statement_prints_them() -> None:
    shop = statement([(date(2026, 6, 4), -999, FEE)], end=DAY)
    said, _ = details.from_mapping(DETAILS)
    nameless = replace(charge_finding([shop]), account="unknown")
    d = dossier.gather(nameless, [], as_of=DAY, details=said)
    assert [q.key for q in d.missing] == ["last_four"]
    d = dossier.gather(nameless, [], as_of=DAY, details=replace(said, last_four="3117"))
    assert d.complete
    assert "ending 3117" in letter.as_text(d, [])
    other = dossier.gather(charge_finding([shop]), [shop], as_of=DAY, details=replace(said, last_four="3117"))
    assert any("ending 4242" in o for o in other.objections)
    assert not other.complete
