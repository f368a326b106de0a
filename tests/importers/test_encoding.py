"""Bytes become text without loss, and every repair is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import MalformedStatement
from analyzer.importers.encoding import codec, decode

CAFE = "CAFÉ MÜLLER 5€"


@pytest.mark.parametrize(
    ("data", "declared", "text", "told"),
    [
        (CAFE.encode(), "utf-8", CAFE, ""),
        (CAFE.encode(), "", CAFE, ""),
        (CAFE.encode(), "1252", CAFE, "bytes are UTF-8"),
        (CAFE.encode("cp1252"), "1252", CAFE, ""),
        (CAFE.encode("cp1252"), "ISO-8859-1", CAFE, ""),
        (CAFE.encode("cp1252"), "8859-1", CAFE, ""),
        (CAFE.encode("cp1252"), "USASCII", CAFE, ""),
        (CAFE.encode("cp1252"), "", CAFE, "no encoding is declared"),
        (CAFE.encode("cp1252"), "99999", CAFE, "is unknown"),
        (CAFE.encode("cp1252"), "punycode", CAFE, "is unknown"),
        (b"\xef\xbb\xbf" + CAFE.encode(), "1252", CAFE, ""),
        (b"\xff\xfe" + CAFE.encode("utf-16-le"), "1252", CAFE, ""),
        (b"\xfe\xff" + CAFE.encode("utf-16-be"), "", CAFE, ""),
        (CAFE.encode("utf-16-le"), "", CAFE, "no byte order mark"),
        ("Zażółć".encode("cp1250"), "windows-1250", "Zażółć", ""),
        ("ПЯТЁРОЧКА".encode("cp1251"), "1251", "ПЯТЁРОЧКА", ""),
        ("超市购物".encode("gb18030"), "gb18030", "超市购物", ""),
        (CAFE.encode() + b" \xff", "utf-8", CAFE + " ÿ", "1 byte(s) are not UTF-8"),
        (b"plain", "99999", "plain", "unknown '99999'"),
        (b"plain", "1252", "plain", ""),
        (b"\x81\x8d", "1252", "\x81\x8d", ""),
    ],
)
def test_text_and_what_is_told(data: bytes, declared: str, text: str, told: str) -> None:
    found, warnings = decode(data, declared=declared)
    assert found == text
    assert len(warnings) == bool(told)
    assert told in "".join(w.message for w in warnings)


@given(data=st.binary(max_size=200), declared=st.sampled_from(["", "1252", "utf-8", "1251", "gb18030", "nonsense"]))
def test_any_bytes_are_text_that_can_be_written(data: bytes, declared: str) -> None:
    text, _ = decode(data, declared=declared)
    assert text.encode("utf-8") is not None


@given(text=st.text(st.characters(exclude_categories=("Cs",)), max_size=60).filter(lambda t: "\x00" not in t))
def test_unicode_comes_back(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode())[0] == text
    assert decode(b"\xff\xfe" + text.encode("utf-16-le"))[0] == text


def test_the_users_encoding_is_used_or_refused() -> None:
    assert decode(CAFE.encode("cp1250", "ignore"), given="cp1250")[0] == CAFE
    with pytest.raises(MalformedStatement, match="unknown encoding"):
        decode(b"x", given="rot13")
    with pytest.raises(MalformedStatement, match="not valid utf-8"):
        decode(b"\xff\xff\xff", given="utf-8")


@pytest.mark.parametrize("name", ["utf-7", "zip", "idna", "unicode_escape", "x" * 100, "é"])
def test_names_that_are_no_text_of_a_bank(name: str) -> None:
    assert codec(name) is None
