from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from analyzer.notices import Notice, as_data, as_screen, check, parse, read
from tests.notices.letters import PASS, WELCOME, frame, letter

RECEIVER = "mx.example.net"


def judged(mail: bytes, receiver: str | None = RECEIVER) -> Notice:
    return check(parse(mail), receiver=receiver)


def results(notice: Notice) -> dict[str, str]:
    return {c.name: c.result for c in notice.checks}


def html(body: str) -> dict[str, str]:
    return {"html": f"<html><body><p>Your selling plan: USD 39.99 per month.</p>{body}</body></html>"}


NO_RESULT = "mx.example.net; dmarc=none header.from=amazon.com"
BAD = "mx.example.net; dmarc=fail header.from=amazon.com"
EVIL = "mx.example.net; dkim=pass header.d=evil.example; dmarc=pass header.from=evil.example"

VERDICTS: dict[str, tuple[dict[str, object], str | None, str]] = {
    "genuine": ({"results": PASS}, RECEIVER, "authentic-looking"),
    "genuine, dkim alone": ({"results": "mx.example.net; dkim=pass header.d=amazon.com"}, RECEIVER, "authentic-looking"),
    "genuine, from a country's domain": (
        {"results": "mx.example.net; dmarc=pass header.from=amazon.co.jp", "sender": "Amazon <a@amazon.co.jp>"},
        RECEIVER,
        "authentic-looking",
    ),
    "no receiver named": ({"results": PASS}, None, "unverified"),
    "another receiver": ({"results": PASS}, "mx.other.example", "unverified"),
    "no results at all": ({}, RECEIVER, "unverified"),
    "result none": ({"results": NO_RESULT}, RECEIVER, "unverified"),
    "spf alone": ({"results": "mx.example.net; spf=pass smtp.mailfrom=amazon.com"}, RECEIVER, "unverified"),
    "bestguesspass": ({"results": "mx.example.net; dmarc=bestguesspass header.from=amazon.com"}, RECEIVER, "unverified"),
    "signed by somebody else": ({"results": "mx.example.net; dkim=pass header.d=evil.example"}, RECEIVER, "unverified"),
    "a domain on no list": ({"results": EVIL, "sender": "Amazon <a@evil.example>"}, RECEIVER, "unverified"),
    "a company's name on anybody's mailbox": (
        {"results": "mx.example.net; dmarc=pass header.from=gmail.com", "sender": "Amazon <amazon@gmail.com>"},
        RECEIVER,
        "likely-fake",
    ),
    "a friend forwards it from such a mailbox": (
        {
            "results": "mx.example.net; dmarc=pass header.from=gmail.com",
            "sender": "Ratna <r@gmail.com>",
            "subject": "Fwd: Welcome to selling on Amazon",
        },
        RECEIVER,
        "unverified",
    ),
    "a thief forwards it under the company's name": (
        {
            "results": "mx.example.net; dmarc=pass header.from=gmail.com",
            "sender": "Amazon <amazon@gmail.com>",
            "subject": "Fwd: Welcome to selling on Amazon",
        },
        RECEIVER,
        "likely-fake",
    ),
    "forwarded by a server, the receiver followed the chain": (
        {"results": "mx.example.net; arc=pass; spf=pass smtp.mailfrom=school.example; dmarc=fail header.from=amazon.com"},
        RECEIVER,
        "unverified",
    ),
    "a person's own mailbox": (
        {
            "results": "mx.example.net; dmarc=pass header.from=gmail.com",
            "sender": "Ratna <r@gmail.com>",
            "subject": "Hi",
            "text": "USD 5.00",
        },
        RECEIVER,
        "unverified",
    ),
    "no company named": (
        {"results": EVIL, "sender": "Somebody <a@evil.example>", "subject": "Hello", "text": "A fee of USD 5.00."},
        RECEIVER,
        "unverified",
    ),
    "spoofed": ({"results": BAD}, RECEIVER, "likely-fake"),
    "forged results below the receiver's": ({"results": [BAD, PASS]}, RECEIVER, "likely-fake"),
    "two From headers": ({"results": PASS, "sender": ["Amazon <a@amazon.com>", "x@evil.example"]}, RECEIVER, "likely-fake"),
    "two addresses": ({"results": PASS, "sender": "a@amazon.com, x@evil.example"}, RECEIVER, "likely-fake"),
    "address before the address": ({"results": EVIL, "sender": "service@amazon.com <x@evil.example>"}, RECEIVER, "likely-fake"),
    "another domain in the name": ({"results": EVIL, "sender": '"Offers@amazon.de" <x@evil.example>'}, RECEIVER, "likely-fake"),
    "no From header": ({"results": PASS, "sender": []}, RECEIVER, "likely-fake"),
    "an unquoted comma from elsewhere": ({"results": EVIL, "sender": "Amazon, Inc. <x@evil.example>"}, RECEIVER, "likely-fake"),
    "a company's name, and a failed check": (
        {"results": "mx.example.net; dmarc=fail header.from=evil.example", "sender": "Amazon <x@evil.example>"},
        RECEIVER,
        "likely-fake",
    ),
    "an unquoted comma from amazon.com": ({"results": PASS, "sender": "Amazon, Inc. <x@amazon.com>"}, RECEIVER, "unverified"),
    "lookalike": ({"sender": "Amazon <a@amazom.com>"}, RECEIVER, "likely-fake"),
    "lookalike that authenticates": (
        {"results": "mx.example.net; dmarc=pass header.from=arnazon.com", "sender": "Amazon <a@arnazon.com>"},
        RECEIVER,
        "likely-fake",
    ),
    "name in front of another domain": ({"sender": "Amazon <a@amazon.desecur.example>"}, RECEIVER, "likely-fake"),
    "mixed script": ({"sender": "Amazon <a@xn--mazon-3ve.com>"}, RECEIVER, "likely-fake"),
    "text is not target": (html("<a href='https://evil.example'>https://amazon.com/plan</a>"), RECEIVER, "likely-fake"),
    "text is not target, of no listed company": (
        html("<a href='https://click.mailer.example'>www.some-shop.org</a>"),
        RECEIVER,
        "unverified",
    ),
    "number instead of a host": (html("<a href='http://192.0.2.7/amazon'>Seller Central</a>"), RECEIVER, "likely-fake"),
    "host behind an @": (html("<a href='https://amazon.com@evil.example/'>Seller Central</a>"), RECEIVER, "likely-fake"),
    "program as a link": (html("<a href='javascript:alert(1)'>Seller Central</a>"), RECEIVER, "likely-fake"),
    "unknown link target": (html("<a href='https://evil.example/'>Seller Central</a>"), RECEIVER, "unverified"),
    "shortened link": (html("<a href='https://bit.ly/x'>Seller Central</a>"), RECEIVER, "unverified"),
    "genuine with a foreign link text": (
        {"results": PASS, **html("<a href='https://click.mailer.example'>https://amazon.com/plan</a>")},
        RECEIVER,
        "unverified",
    ),
}


@pytest.mark.parametrize("name", VERDICTS)
def test_verdicts(name: str) -> None:
    parts, receiver, verdict = VERDICTS[name]
    notice = judged(letter(**parts), receiver)  # type: ignore[arg-type]
    assert notice.verdict == verdict, results(notice)


def test_a_genuine_welcome_is_an_alarm() -> None:
    notice = judged(letter(results=PASS))
    assert notice.topic == "seller-account"
    assert "alarm" in notice.advice[0]
    assert "taken over" in notice.advice[0]


def test_a_fake_is_to_be_ignored_and_the_statements_looked_at() -> None:
    advice = judged(letter(results=BAD)).advice
    assert "Ignore the mail" in advice[0]
    assert "check your statements" in advice[1]
    assert not any("taken over" in a for a in advice)


def test_every_advice_ends_with_what_a_saved_mail_can_prove() -> None:
    for parts, receiver, _ in VERDICTS.values():
        assert "can be edited" in judged(letter(**parts), receiver).advice[-1]  # type: ignore[arg-type]


def test_without_a_receiver_it_says_how_to_name_one() -> None:
    assert any("--receiver" in a for a in judged(letter(results=PASS), None).advice)


def test_an_attachment_that_runs_decides() -> None:
    mail = letter().replace(b"Content-Type: text/plain; charset=utf-8", b'Content-Type: application/octet-stream; name="invoice.pdf.exe"')
    notice = judged(mail)
    assert (notice.verdict, results(notice)["attachments"]) == ("likely-fake", "fail")


def test_answers_to_somebody_else_are_named() -> None:
    notice = judged(letter(more=["Reply-To: x@evil.example"]))
    assert results(notice)["reply-to"] == "unknown"
    assert results(judged(letter(more=["Reply-To: x@mail.amazon.com"])))["reply-to"] == "pass"


@pytest.mark.parametrize(
    ("sender", "subject", "text", "company"),
    [
        ("Amazon <a@x.example>", "Hi", "Netflix", "Amazon"),
        ("Netflix via Amazon <a@x.example>", "Hi", "", "Netflix"),
        ("<a@mail.netflix.com>", "Hi", "", "Netflix"),
        ("<a@netfllx.com>", "Hi", "", "Netflix"),
        ("<a@x.example>", "Your Spotify plan", "", "Spotify"),
        ("<a@x.example>", "Hi", "Your Netflix membership. Netflix.", "Netflix"),
        ("<a@x.example>", "Hi", "Like an apple a day, a stripe of steam", None),
        ("<a@x.example>", "Hi", "Netflix or Spotify", None),
        ("Ап Amazоn <a@x.example>", "Hi", "", None),
    ],
)
def test_the_company_a_mail_speaks_for(sender: str, subject: str, text: str, company: str | None) -> None:
    claim = judged(letter(sender=sender, subject=subject, text=text)).claim
    assert (claim.company.name if claim else None) == company


NASTY = "</td><script>alert(1)</script>\x1b[2J\u202ecod\u200b =cmd|' /C calc'!A0"


def test_every_text_of_a_mail_is_escaped_on_the_screen_and_in_json() -> None:
    notice = judged(letter(sender=f'"{NASTY}" <x@evil.example>', subject=NASTY, text=f"{NASTY} USD 39.99 https://evil.example/{NASTY}"))
    for text in (as_screen(notice), json.dumps(as_data(notice))):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert all(c.isprintable() or c == "\n" for c in text)


def test_card_numbers_in_a_mail_do_not_come_out() -> None:
    from analyzer.escape import luhn

    number = next(n for n in (f"400012345678{i:04}" for i in range(10_000)) if luhn(n))
    notice = judged(letter(sender=f"Card {number} <x@evil.example>", subject=f"Card {number}", text=f"USD 39.99 {number}"))
    assert number not in as_screen(notice)
    assert number not in json.dumps(as_data(notice))


def test_the_screen_fits_its_width() -> None:
    for parts, receiver, _ in VERDICTS.values():
        for line in as_screen(judged(letter(**parts), receiver)).splitlines():  # type: ignore[arg-type]
            assert len(line) <= 80


def test_json_is_as_promised(shared: Path) -> None:
    schema = json.loads((shared / "contract" / "notice.schema.json").read_text())
    rows = frame(("2026-05-04", -66150700, "IDR", "AMAZON SELLER REPAY"), ("2026-05-05", -3999, "USD", "AMAZON SELLER REPAY"))
    for parts, receiver, _ in VERDICTS.values():
        for table in (None, rows):
            notice = check(parse(letter(**parts)), table, receiver=receiver)  # type: ignore[arg-type]
            jsonschema.validate(as_data(notice), schema)


def test_real_mails_are_unverified_with_the_amount_they_are_filed_under(shared: Path) -> None:
    files = sorted((shared / "corpus" / "eml").glob("*.eml"))
    if not files:
        pytest.skip("no mails in the corpus")
    for path in files:
        notice = check(read(str(path)))
        amount = "".join(c for c in path.stem.rpartition("-")[2] if c.isdigit() or c == ".")
        assert notice.verdict == "unverified"
        assert notice.listed
        assert amount in [str(a.amount) for a in notice.amounts]


def test_the_same_mail_gives_the_same_result() -> None:
    assert as_data(judged(letter(results=PASS, text=WELCOME))) == as_data(judged(letter(results=PASS, text=WELCOME)))


def test_of_a_mail_passed_on_the_original_is_asked_for() -> None:
    notice = judged(letter(sender="Ratna <r@gmail.com>", subject="FW: Welcome to selling on Amazon"))
    assert "Save the original" in notice.advice[0]
    assert "Save the original" not in " ".join(judged(letter(results=PASS)).advice)
