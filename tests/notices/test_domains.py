from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.notices.domains import (
    ascii_name,
    companies,
    freemail,
    is_public,
    owner,
    receivers,
    registrable,
    same_owner,
    shorteners,
    spelling,
    unicode_name,
)

AMAZON = next(c for c in companies() if c.name == "Amazon")

SPELLINGS = [
    ("amazon.com", "pass"),
    ("sellercentral.amazon.com", "pass"),
    ("amazon.desecur.example", "fail"),
    ("amazon-prime.securdeutsh.example", "fail"),
    ("xn--mazon-3ve.com", "fail"),
    ("amaz0n.com", "fail"),
    ("arnazon.com", "fail"),
    ("amazom.com", "fail"),
    ("amzaon.com", "fail"),
    ("secure-amazon.example", "fail"),
    ("amazonsecurity.example", "fail"),
    ("amazon.com.evil.example", "fail"),
    ("amazon.co.za", "unknown"),
    ("amazon.example", "unknown"),
    ("xn--e1aybc.com", "unknown"),
    ("bucket.s3.amazonaws.com", "unknown"),
    ("amazonaws.com.evil.example", "fail"),
    ("example.org", "pass"),
    ("amazing.com", "pass"),
]


@pytest.mark.parametrize(("domain", "result"), SPELLINGS)
def test_spelling_against_the_company_a_mail_speaks_for(domain: str, result: str) -> None:
    assert spelling(domain, AMAZON).result == result


@pytest.mark.parametrize("domain", ["paypa1.com", "spotlfy.com", "netfllx.com", "secure-paypal.com", "xn--80ak6aa92e.com"])
def test_spelling_against_all_companies(domain: str) -> None:
    assert spelling(domain, None).result == "fail"


@pytest.mark.parametrize(
    "domain", ["apply.com", "switch.com", "example.com", "wikipedia.org", "bank.co.id", "tokopedia.com", "stripes.com"]
)
def test_ordinary_domains_are_no_lookalikes(domain: str) -> None:
    assert spelling(domain, None).result == "pass"


def test_no_listed_domain_is_taken_for_a_lookalike() -> None:
    for company in companies():
        for entry in company.domains:
            for other in (None, company, AMAZON):
                assert spelling(entry.domain, other).result == "pass", entry


def test_every_list_is_dated_and_sourced() -> None:
    assert len(companies()) > 40
    for company in companies():
        assert company.names
        assert company.domains
        for entry in company.domains:
            assert entry.source.startswith("https://")
            assert entry.as_of >= date(2026, 1, 1)
            assert registrable(entry.domain)
    assert not any(c.lists(d) for c in companies() for d in freemail() | shorteners())
    assert len({d.domain for c in companies() for d in c.domains}) == sum(len(c.domains) for c in companies())
    assert receivers()["gmail.com"].hosts


@pytest.mark.parametrize(
    ("domain", "owner_name"),
    [
        ("amazon.com", "Amazon"),
        ("a.b.amazon.co.uk", "Amazon"),
        ("notamazon.com", None),
        ("amazon.com.evil.example", None),
        ("amazon.cn", None),
    ],
)
def test_a_list_covers_what_is_below_its_domains_and_nothing_else(domain: str, owner_name: str | None) -> None:
    found = owner(domain)
    assert (found.name if found else None) == owner_name


def test_registrable_parts() -> None:
    assert registrable("a.b.amazon.co.uk") == "amazon.co.uk"
    assert registrable("co.uk") is None
    assert registrable("10.0.0.1") is None
    assert registrable("localhost") is None
    assert registrable("a.shop.example") == "shop.example"
    assert is_public("amazon.com")
    assert not is_public("dr.smith")
    assert same_owner("amazon.de", "mail.amazon.com")
    assert not same_owner("amazon.de", "evil.example")


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_as_a_domain(text: str) -> None:
    assert spelling(text, AMAZON).result in ("pass", "fail", "unknown")
    assert ascii_name(unicode_name(text)) is not None
    registrable(text)


def test_nothing_is_written_or_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    from analyzer.notices import domains

    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    domains._suffixes.cache_clear()
    domains._registrable.cache_clear()
    assert registrable("mail.amazon.co.jp") == "amazon.co.jp"
    assert not domains._suffixes().suffix_list_urls
    assert not domains._suffixes()._cache.enabled
