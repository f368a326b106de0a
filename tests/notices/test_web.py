from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.notices import web
from analyzer.notices.web import Host, host_of, named_domain, read_html

HOSTS = [
    ("https://amazon.com/x", Host("amazon.com")),
    ("https://amazon.com@evil.example/x", Host("evil.example", disguised="text before the @ (amazon.com)")),
    ("https:\\\\evil.example\\amazon.com", Host("evil.example")),
    ("HTTPS:evil.example", Host("evil.example")),
    ("//evil.example", Host("evil.example")),
    ("ht\ntps://evil.example", Host("evil.example")),
    ("https://evil%2eexample/", Host("evil.example", disguised="an encoded host name")),
    ("https://\uff41mazon.com", Host("amazon.com")),
    ("https://a.example:8443/", Host("a.example")),
    ("http://3232235777/", Host("3232235777", ip=True)),
    ("http://0x7f.1/", Host("0x7f.1", ip=True)),
    ("http://[::1]/", Host("[::1]", ip=True)),
    ("mailto:a@b.example", None),
    ("#top", None),
    ("", None),
]


@pytest.mark.parametrize(("target", "host"), HOSTS)
def test_the_host_is_the_one_a_browser_goes_to(target: str, host: Host | None) -> None:
    assert host_of(target) == host


def test_html_gives_what_a_reader_sees() -> None:
    page = read_html(
        "<html><head><title>T</title><style>p{}</style></head><body><p>Fee: <b>USD&nbsp;39.99</b></p>"
        "<div style='display: none'>USD 1.00</div><script>var x='USD 2.00'</script><!-- USD 3.00 -->"
        "<a href='https://evil.example/a'>https://amazon.com</a><img src='https://t.example/p.gif'></body></html>"
    )
    assert page.text == "Fee: USD 39.99\nhttps://amazon.com"
    assert [(link.target, link.text) for link in page.links] == [("https://evil.example/a", "https://amazon.com")]
    assert page.pictures == 1
    assert page.hidden == len("USD 1.00")


def test_links_of_all_kinds() -> None:
    page = read_html(
        "<base href='https://base.example/'><a href='x'>x</a><area href='//area.example'><form action='https://form.example'></form>"
        "<meta http-equiv='refresh' content='0; url=https://refresh.example'><a href=https://one.example>1<a href=https://two.example>2"
    )
    assert [(link.kind, link.target) for link in page.links] == [
        ("a", "https://base.example/x"),
        ("a", "//area.example"),
        ("form", "https://form.example"),
        ("refresh", "https://refresh.example"),
        ("a", "https://one.example"),
        ("a", "https://two.example"),
    ]


def test_named_domain() -> None:
    assert named_domain("Go to https://sellercentral.amazon.com/x now") == "sellercentral.amazon.com"
    assert named_domain("click here") is None
    assert named_domain("me@amazon.com") is None


@given(st.text(alphabet="<>/!-\"'= abpx&;#?[]", max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_markup_is_read(text: str) -> None:
    read_html(text)


BOMBS = {
    "open tags": "<a ",
    "open quotes": "<a x='",
    "comments": "<!--",
    "declarations": "<!",
    "ends": "</",
    "nesting": "<div>",
    "links": "<a href=x>",
    "entities": "&a",
    "sections": "<![CDATA[",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_megabyte_of_broken_markup_is_read(name: str) -> None:
    piece = BOMBS[name]
    read_html(piece * (1_000_000 // len(piece)))


@given(st.text(alphabet="<>/!-\"'= abpx&;#?[]", max_size=400))
@settings(max_examples=300, deadline=None)
def test_the_parser_sees_no_open_tag(text: str) -> None:
    for part in web._tidy(text).split("<")[1:]:
        assert ">" in part
