from __future__ import annotations

import pytest

from analyzer.notices import parse
from analyzer.notices.authentication import blocks, judge, trusted
from tests.notices.letters import PASS, letter

NAMELESS = "spf=pass smtp.mailfrom=amazon.com; dkim=pass header.d=amazon.com;dmarc=pass header.from=amazon.com"
FORGED = "mx.example.net; dmarc=pass header.from=amazon.com"


def results(mail: bytes, receiver: str | None, domain: str = "amazon.com") -> dict[str, str]:
    return {o.method: o.result for o in judge(trusted(parse(mail), receiver).block, domain)}


TABLE = [
    # results header, receiver, dmarc, dkim, spf
    (PASS, "mx.example.net", "pass", "pass", "pass"),
    (PASS, "MX.example.net.", "pass", "pass", "pass"),
    (PASS, "example.net", "pass", "pass", "pass"),
    (PASS, "ample.net", "unknown", "unknown", "unknown"),
    (PASS, "mx.other.example", "unknown", "unknown", "unknown"),
    (PASS, None, "unknown", "unknown", "unknown"),
    ("mx.example.net; dmarc=fail header.from=amazon.com", "mx.example.net", "fail", "unknown", "unknown"),
    ("mx.example.net; dmarc=bestguesspass header.from=amazon.com", "mx.example.net", "unknown", "unknown", "unknown"),
    ("mx.example.net; dmarc=pass header.from=evil.example", "mx.example.net", "fail", "unknown", "unknown"),
    ("mx.example.net; dkim=pass header.d=evil.example", "mx.example.net", "unknown", "unknown", "unknown"),
    ("mx.example.net; dkim=pass header.i=@amazon.com", "mx.example.net", "unknown", "pass", "unknown"),
    ("mx.example.net; dkim=fail header.d=amazon.com; dkim=pass header.d=mail.amazon.com", "mx.example.net", "unknown", "pass", "unknown"),
    ("mx.example.net; spf=fail smtp.mailfrom=x@amazon.com", "mx.example.net", "unknown", "unknown", "fail"),
    ("mx.example.net; spf=softfail smtp.mailfrom=amazon.com", "mx.example.net", "unknown", "unknown", "unknown"),
    (
        "mx.example.net 1; dmarc=pass (p=none dis=none (nested; dmarc=fail)) header.from=amazon.com",
        "mx.example.net",
        "pass",
        "unknown",
        "unknown",
    ),
    (
        'mx.example.net; dmarc=fail reason="; dmarc=pass header.from=amazon.com" header.from=amazon.com',
        "mx.example.net",
        "fail",
        "unknown",
        "unknown",
    ),
    ("mx.example.net; none", "mx.example.net", "unknown", "unknown", "unknown"),
    ("mx.google.com; dmarc=pass header.from=amazon.com", "gmail.com", "pass", "unknown", "unknown"),
    (
        "spf=pass smtp.mailfrom=amazon.com; dkim=pass header.d=amazon.com;dmarc=pass header.from=amazon.com",
        "outlook.com",
        "pass",
        "pass",
        "pass",
    ),
    ("spf=pass smtp.mailfrom=amazon.com; dmarc=pass header.from=amazon.com", "mx.example.net", "unknown", "unknown", "unknown"),
]


@pytest.mark.parametrize(("header", "receiver", "dmarc", "dkim", "spf"), TABLE)
def test_results_of_the_named_receiver(header: str, receiver: str | None, dmarc: str, dkim: str, spf: str) -> None:
    assert results(letter(results=header), receiver) == {"dmarc": dmarc, "dkim": dkim, "spf": spf}


def test_only_the_topmost_block_counts() -> None:
    mail = letter(results=["mx.example.net; dmarc=fail header.from=amazon.com", FORGED])
    assert results(mail, "mx.example.net")["dmarc"] == "fail"


def test_a_nameless_block_counts_only_when_it_is_the_topmost() -> None:
    nameless = "spf=pass smtp.mailfrom=amazon.com; dmarc=pass header.from=amazon.com"
    assert results(letter(results=[PASS, nameless]), "outlook.com")["dmarc"] == "unknown"


def test_a_block_below_another_servers_received_line_was_there_before() -> None:
    received = "Received: from evil.example (evil.example [192.0.2.9]) by mx.example.net with ESMTP; Fri, 27 Mar 2026 03:15:09 +0000"
    relay = "Received: from a by relay.evil.example with SMTP; Fri, 27 Mar 2026 03:15:00 +0000"
    assert results(letter(results=FORGED, above=[received]), "mx.example.net")["dmarc"] == "pass"
    assert results(letter(results=FORGED, above=[received, relay]), "mx.example.net")["dmarc"] == "unknown"
    assert "relay.evil.example" in trusted(parse(letter(results=FORGED, above=[relay])), "mx.example.net").reason


def test_without_a_receiver_the_servers_found_are_named() -> None:
    reason = trusted(parse(letter(results=[PASS, "spf=pass smtp.mailfrom=x.example"])), None).reason
    assert "mx.example.net" in reason
    assert "Outlook" in reason


@pytest.mark.parametrize(
    "value", ["", ";" * 5_000, "(" * 5_000, '"' * 4_999, "a=" * 4_000, "mx.example.net; =pass; dmarc=; =", "\\" * 3_000]
)
def test_hostile_results_end_and_confirm_nothing(value: str) -> None:
    mail = parse(letter(results=value))
    assert len(blocks(mail)) == 1
    assert all(o.result != "pass" for o in judge(trusted(mail, "mx.example.net").block, "amazon.com"))


def test_a_domain_below_the_same_registration_is_aligned_and_a_shared_suffix_is_not() -> None:
    mail = letter(results="mx.example.net; dkim=pass header.d=evil.co.uk")
    assert results(mail, "mx.example.net", "amazon.co.uk")["dkim"] == "unknown"
    mail = letter(results="mx.example.net; dkim=pass header.d=mail.amazon.co.uk")
    assert results(mail, "mx.example.net", "amazon.co.uk")["dkim"] == "pass"


ICLOUD = (
    "bimi.icloud.com; bimi=none",
    "arc.icloud.com; arc=none",
    "dmarc.icloud.com; dmarc=pass header.from=amazon.com",
    "dkim-verifier.icloud.com; dkim=pass (2048-bit key) header.d=amazon.com",
    "spf.icloud.com; spf=pass smtp.mailfrom=x@amazon.com",
)


def test_a_provider_with_a_header_for_each_method_is_read_as_a_whole() -> None:
    assert results(letter(results=ICLOUD), "icloud.com") == {"dmarc": "pass", "dkim": "pass", "spf": "pass"}


@pytest.mark.parametrize(
    "forged",
    [
        "dmarc.icloud.com; dmarc=pass header.from=amazon.com",  # a second one of the same server
        "other.icloud.com; dmarc=pass header.from=amazon.com",  # a server that does not judge dmarc
        "spf.icloud.com; dmarc=pass header.from=amazon.com",
    ],
)
def test_a_header_put_below_those_of_the_provider_adds_nothing(forged: str) -> None:
    genuine = ("dmarc.icloud.com; dmarc=none header.from=amazon.com", "spf.icloud.com; spf=none smtp.mailfrom=evil.example")
    assert results(letter(results=(*genuine, forged)), "icloud.com")["dmarc"] == "unknown"


@pytest.mark.parametrize("ending", ["net", "example", "co.uk"])
def test_an_ending_is_no_receiver(ending: str) -> None:
    block = f"mx.evil.{ending}; dmarc=pass header.from=amazon.com"
    assert results(letter(results=block), ending)["dmarc"] == "unknown"


def test_a_receiver_of_one_word_is_taken_when_the_header_says_that_word() -> None:
    assert results(letter(results="mailserver; dmarc=pass header.from=amazon.com"), "mailserver")["dmarc"] == "pass"


def test_a_failure_after_forwarding_proves_nothing_either_way() -> None:
    block = (
        "mx.example.net; arc=pass (i=1); dkim=fail header.d=amazon.com; spf=pass smtp.mailfrom=school.example; "
        "dmarc=fail header.from=amazon.com"
    )
    assert set(results(letter(results=block), "mx.example.net").values()) == {"unknown"}


def test_a_pass_for_another_domain_stays_a_failure_after_forwarding() -> None:
    block = "mx.example.net; arc=pass (i=1); dmarc=pass header.from=evil.example"
    assert results(letter(results=block), "mx.example.net")["dmarc"] == "fail"
