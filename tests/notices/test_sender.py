from __future__ import annotations

import pytest

from analyzer.notices import parse
from analyzer.notices.sender import mailboxes, sender_of
from tests.notices.letters import letter

CLEAN = [
    ("Amazon <a@amazon.com>", "a@amazon.com", "Amazon"),
    ('"Amazon.co.uk" <a@amazon.co.uk>', "a@amazon.co.uk", "Amazon.co.uk"),
    ('"Amazon.co.uk" <a@amazon.com>', "a@amazon.com", "Amazon.co.uk"),
    ('"service@paypal.co.uk" <service@paypal.co.uk>', "service@paypal.co.uk", "service@paypal.co.uk"),
    ('"Amazon, Inc." <a@amazon.com>', "a@amazon.com", "Amazon, Inc."),
    ("a@amazon.com", "a@amazon.com", ""),
    ("(note) a@amazon.com", "a@amazon.com", ""),
    ("=?utf-8?q?Amazon_Indon=C3=A9sia?= <a@amazon.com>", "a@amazon.com", "Amazon Indonésia"),
    ("=?utf-8?b?QW1h?= =?utf-8?b?em9u?= <a@amazon.com>", "a@amazon.com", "Amazon"),
    ("Dr. Smith & Co <x@smith.example>", "x@smith.example", "Dr. Smith & Co"),
]


@pytest.mark.parametrize(("header", "address", "name"), CLEAN)
def test_a_clean_from_header_gives_its_one_address(header: str, address: str, name: str) -> None:
    sender = sender_of(parse(letter(sender=header)))
    assert (sender.address, sender.name, sender.defects, sender.forged) == (address, name, (), ())


FORGED = [
    ("service@amazon.com <x@evil.example>", "an address stands before"),
    ('"service@amazon.com" <x@evil.example>', "shows an address at amazon.com"),
    ('"Offers@amazon.de" <x@evil.example>', "shows an address at amazon.de"),
    ('"amazon.com" <x@evil.example>', "shows the domain amazon.com"),
    ("=?utf-8?q?amazon.com?= <x@evil.example>", "shows the domain amazon.com"),
    ("a@amazon.com, x@evil.example", "2 addresses"),
    ("<a@amazon.com> <x@evil.example>", "2 addresses"),
    ("=?utf-8?q?service=40amazon.com?= =?utf-8?q?_=3Cservice=40amazon.com=3E?= <x@evil.example>", "hides another address"),
    ("Amazon", "no address"),
    ("", "no address"),
    ("x" * 1_200 + " <a@amazon.com>", "more than 1000 characters"),
    ("\u202emoc.nozama <x@evil.example>", "turn its letters round"),
]


@pytest.mark.parametrize(("header", "what"), FORGED)
def test_a_from_header_with_two_readings_is_forged(header: str, what: str) -> None:
    sender = sender_of(parse(letter(sender=header)))
    assert what in "; ".join(sender.forged)


DEFECTS = [
    ("Amazon, Inc. <x@evil.example>", "unquoted comma"),
    ("Amazon <x@evil.example", "never closed"),
    ("Sellers: x@evil.example;", "group of addresses"),
    ("Amazon <x@evil.example> team", "text after the address"),
    ("Amazon <x y@evil.example>", "an address that is none"),
    ("Am\u200bazon <x@amazon.com>", "invisible characters"),
]


@pytest.mark.parametrize(("header", "what"), DEFECTS)
def test_a_defect_is_named(header: str, what: str) -> None:
    sender = sender_of(parse(letter(sender=header)))
    assert what in "; ".join((*sender.defects, *sender.forged))


def test_several_from_headers_are_forged_and_the_first_is_shown() -> None:
    sender = sender_of(parse(letter(sender=["Amazon <a@amazon.com>", "x@evil.example"])))
    assert "2 From headers" in sender.forged[0]
    assert sender.address == "a@amazon.com"


def test_no_from_header() -> None:
    sender = sender_of(parse(letter(sender=[])))
    assert (sender.address, sender.forged) == (None, ("there is no From header",))


@pytest.mark.parametrize("text", ["(" * 900, '"' * 900, "<" * 900, "a@" * 450, "g:" * 450, "=?utf-8?q?" * 90, "\\" * 900, "a," * 450])
def test_hostile_headers_end_and_are_no_clean_sender(text: str) -> None:
    sender = sender_of(parse(letter(sender=text)))
    assert sender.forged or sender.defects


def test_mailboxes_reads_lists() -> None:
    boxes, defects = mailboxes('A <a@x.example>, "B, C" <b@y.example>')
    assert [(b.name, b.address, b.domain) for b in boxes] == [("A", "a@x.example", "x.example"), ("B, C", "b@y.example", "y.example")]
    assert defects == []
