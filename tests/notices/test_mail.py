from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import LimitExceeded, StatementError, UnknownFormat
from analyzer.limits import Limits
from analyzer.notices import as_data, as_screen, check, parse, read
from analyzer.notices.mail import decode_words
from tests.notices.letters import WELCOME, letter

HEAD = b"From: Amazon <a@amazon.com>\nSubject: Fee\nDate: Fri, 27 Mar 2026 03:15:04 +0900\nMIME-Version: 1.0\n"


def test_text_links_and_day() -> None:
    mail = parse(letter())
    assert mail.subject == "Welcome to selling on Amazon"
    assert mail.day == date(2026, 3, 27)
    assert "USD 39.99 per month" in mail.text
    assert [link.target for link in mail.links] == ["https://sellercentral.amazon.com/"]


def test_what_is_shown_and_what_is_attached() -> None:
    mail = parse(
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nUSD 39.99\n'
        b'--b\nContent-Type: application/pdf; name="=?utf-8?q?Rechnung_=C3=84.pdf?="\nContent-Transfer-Encoding: base64\n\nAAAA\n'
        b"--b\nContent-Type: text/html; name=form.html\nContent-Disposition: attachment\n\n<p>USD 1.00</p>\n"
        b"--b\nContent-Type: message/rfc822\n\nFrom: x@y.example\nSubject: inner\n\nUSD 2.00\n--b--\n"
    )
    assert mail.text.strip() == "USD 39.99"
    assert [(a.name, a.kind) for a in mail.attachments] == [
        ("Rechnung Ä.pdf", "application/pdf"),
        ("form.html", "text/html"),
        ("a forwarded mail", "message/rfc822"),
    ]


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        ("utf-8", "Gebühr 5 €".encode(), "Gebühr 5 €"),
        ("iso-8859-1", "Gebühr".encode("latin-1"), "Gebühr"),
        ("windows-1252", "5 €".encode("cp1252"), "5 €"),
        ("gb18030", "费用".encode("gb18030"), "费用"),
        ("us-ascii", "Gebühr".encode(), "Gebühr"),
        ("utf-8", "Gebühr".encode("latin-1"), "Gebühr"),
        ("zlib", b"abc", "abc"),
        ("idna", b"abc", "abc"),
        ("no-such-charset", b"abc", "abc"),
    ],
)
def test_encodings(charset: str, raw: bytes, text: str) -> None:
    assert parse(HEAD + f"Content-Type: text/plain; charset={charset}\n\n".encode() + raw).text == text


def test_a_text_in_another_encoding_than_it_names_says_so() -> None:
    mail = parse(HEAD + b"Content-Type: text/plain; charset=utf-8\n\nGeb\xfchr")
    assert mail.oddities == ("text that is not in the encoding it names",)


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("=?utf-8?q?a=20b?= =?utf-8?q?c?=", "a bc"),
        ("=?utf-8?b?w7w=?=", "ü"),
        ("=?utf-8?b?w?=", "=?utf-8?b?w?="),
        ("=?x-none?q?abc?=", "abc"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=BC?=", "ü"),
        ("plain =?broken", "plain =?broken"),
    ],
)
def test_encoded_words(header: str, text: str) -> None:
    assert decode_words(header) == text


def test_a_mail_saved_with_a_mailbox_line_or_a_mark_is_read() -> None:
    for before in (b"From x@y.example Fri Mar 27 03:15:04 2026\n", b"\xef\xbb\xbf", b"\r\n\n"):
        assert parse(before + letter()).subject == "Welcome to selling on Amazon"


NO_MAIL = {
    "empty": b"",
    "blank": b"\n\n  \n",
    "pdf": b"%PDF-1.7\n%abc\n",
    "page": b"<!DOCTYPE html><html><body>Amazon</body></html>",
    "outlook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "ofx": b"OFXHEADER:100\nDATA:OFXSGML\n\n<OFX></OFX>",
    "noise": bytes(range(256)),
}


@pytest.mark.parametrize("name", NO_MAIL)
def test_what_is_no_mail_is_refused(name: str) -> None:
    with pytest.raises(UnknownFormat):
        parse(NO_MAIL[name])


def test_files_that_are_no_regular_files_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.eml"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe, tmp_path / "none.eml", Path("/dev/zero")):
        with pytest.raises(StatementError) as error:
            read(str(path))
        assert str(error.value).startswith(str(path))
    with pytest.raises(StatementError):
        read("a\0b")


def nested(depth: int) -> bytes:
    out = HEAD
    for i in range(depth):
        out += f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n'.encode()
    return out + b"Content-Type: text/plain\n\nUSD 39.99\n"


BOMBS = {
    "large": HEAD + b"\n" + b"x" * (17 * 1024 * 1024),
    "lines": HEAD + b"\n" + b"\n" * 500_000,
    "deep": nested(400),
    "deep forwards": HEAD + b"Content-Type: message/rfc822\n\n" * 400,
    "many parts": HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 5_000,
    "content header": HEAD + b"Content-Type: text/plain" + b'; a="b' * 5_000 + b"\n\nx",
    "folded header": HEAD + b"Content-Type: text/plain;\n" + b' a="b\n' * 5_000 + b"\n\nx",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_with_the_limit_they_hit(name: str) -> None:
    with pytest.raises(LimitExceeded):
        parse(BOMBS[name])


SURVIVED = {
    "deep enough": nested(40),
    "half a part": HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nUSD 39.99',
    "no boundary": HEAD + b"Content-Type: multipart/mixed\n\nUSD 39.99",
    "broken base64": HEAD + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!VVNEIDM5Ljk5",
    "many headers": b"X-A: b\n" * 50_000 + HEAD + b"\nUSD 39.99",
    "long header": b"X-A: " + b"b" * 1_000_000 + b"\n" + HEAD + b"\nUSD 39.99",
    "long line": HEAD + b"\n" + b"USD 39.99 " * 100_000,
    "many addresses": HEAD + b"Reply-To: " + b"a@b.example, " * 5_000 + b"\n\nUSD 39.99",
    "many links": HEAD + b"Content-Type: text/html\n\n" + b"<a href='https://evil.example/'>amazon.com</a>" * 5_000,
    "many amounts": HEAD + b"\n" + b"USD 1.11 on 4 May 2026, " * 20_000,
    "surrogates": HEAD + b"Content-Type: text/plain; charset=utf-7\n\n+2AA-",
    "bad name": HEAD + b"Content-Type: application/pdf; name*0*=utf-8''%FF%\nContent-Disposition: attachment; filename*=x'y'%ZZ\n\nx",
    "bad date": HEAD.replace(b"Mar 2026", b"Mar 99999999"),
}


@pytest.mark.parametrize("name", SURVIVED)
def test_odd_mails_are_judged_and_never_called_authentic(name: str) -> None:
    notice = check(parse(SURVIVED[name]), receiver="mx.example.net")
    assert notice.verdict != "authentic-looking"
    as_data(notice)
    assert as_screen(notice)


def test_limits_can_be_raised() -> None:
    data = HEAD + b"\n" + b"x\n" * 500
    with pytest.raises(LimitExceeded, match="--limit mail_lines=N"):
        parse(data, limits=Limits(mail_lines=100))
    assert parse(data, limits=Limits(mail_lines=1_000)).text


@given(st.binary(max_size=600))
@settings(max_examples=200, deadline=None)
def test_any_bytes_after_a_head(body: bytes) -> None:
    try:
        notice = check(parse(HEAD + body))
    except StatementError:
        return
    assert notice.verdict in ("unverified", "likely-fake")
    assert all(c.isprintable() or c == "\n" for c in as_screen(notice))


@given(
    st.lists(
        st.sampled_from(
            [b"From: ", b"<", b"@", b"a.example", b"\n", b" ", b'"', b"Content-Type: multipart/mixed; boundary=b\n\n", b"--b\n", b"\xff"]
        )
    )
)
@settings(max_examples=200, deadline=None)
def test_any_mix_of_pieces(pieces: list[bytes]) -> None:
    try:
        notice = check(parse(b"Subject: x\n" + b"".join(pieces) + WELCOME.encode()))
    except StatementError:
        return
    assert notice.verdict != "authentic-looking"


@pytest.mark.parametrize("day", [b"Fri, 31 Dec 9999 23:59:59 -2359", b"Sun, 1 Jan 1600 00:00:00 +0000"])
def test_a_day_at_the_end_of_time_is_none(day: bytes) -> None:
    mail = parse(HEAD.replace(b"Fri, 27 Mar 2026 03:15:04 +0900", day) + b"\nUSD 39.99\n")
    assert mail.day is None
