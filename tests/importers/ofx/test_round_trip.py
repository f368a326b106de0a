"""Whatever is written as OFX is read back as it was."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analyzer.importers.reading import read_document
from tests.importers.ofx.writing import as_sgml, as_xml, document, row

TEXT = st.text(st.characters(codec="cp1252", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30).map(lambda t: " ".join(t.split()))
ROWS = st.lists(
    st.tuples(
        st.dates(date(1990, 1, 1), date(2089, 12, 31)),
        st.integers(-(10**12), 10**12).filter(bool),
        TEXT.filter(lambda t: any(c.isalnum() for c in t) and t.strip() == t),
        st.sampled_from(["", "120000", "235959.999[-5:EST]", "000000[+9:JST]"]),
    ),
    max_size=12,
)


def plain(minor: int, comma: bool) -> str:
    text = f"{Decimal(minor).scaleb(-2):.2f}"
    return text.replace(".", ",") if comma else text


def _reads_as_utf8(text: str) -> bool:
    """Whether Windows-1252 text holds what is more likely UTF-8 under a wrong name."""
    found = re.findall(r"[^\x00-\x7f]{2,}", text)
    return any(run.encode("cp1252", "replace").decode("utf-8", "replace").count("\ufffd") < len(run) for run in found)


@settings(max_examples=120, deadline=None)
@given(rows=ROWS, xml=st.booleans(), comma=st.booleans(), encoding=st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_rows_come_back(rows: list[tuple[date, int, str, str]], xml: bool, comma: bool, encoding: str) -> None:
    assume(xml or encoding != "cp1252" or not _reads_as_utf8("".join(name for _, _, name, _ in rows)))
    written = [
        row(date=f"{day:%Y%m%d}{time}", amount=plain(minor, comma), fitid=f"F{i}", name=name)
        for i, (day, minor, name, time) in enumerate(rows)
    ]
    if xml:
        data = as_xml(written).encode("utf-8" if encoding == "cp1252" else encoding)
    else:
        utf = encoding != "cp1252"
        data = as_sgml(written, encoding="UTF-8" if utf else "USASCII", charset="NONE" if utf else "1252").encode(encoding)
    (statement,) = read_document(document(data))
    found = statement.transactions
    assert [(t.posted, t.minor, t.descriptor, t.fitid) for t in found] == [(d, m, n, f"F{i}") for i, (d, m, n, _) in enumerate(rows)]
    assert statement.rejected == statement.skipped == 0
    assert len(statement.sha256) == 64


@settings(max_examples=60, deadline=None)
@given(order=st.permutations(range(6)))
def test_the_order_of_the_file_is_kept(order: list[int]) -> None:
    written = [row(amount=f"-{i + 1}.00", fitid=f"F{i}") for i in order]
    (statement,) = read_document(document(as_sgml(written)))
    assert statement.frame["fitid"].tolist() == [f"F{i}" for i in order]


@settings(max_examples=60, deadline=None)
@given(times=st.lists(st.integers(1, 4), min_size=1, max_size=6))
def test_every_row_is_accounted_for(times: list[int]) -> None:
    """Read + rejected + skipped is what the file holds, whatever is repeated or broken in it."""
    written = []
    for i, n in enumerate(times):
        written += [row(amount=f"-{i + 1}.00", fitid=f"F{i}")] * n
        written.append(row(amount="nonsense", fitid=f"N{i}"))
    (statement,) = read_document(document(as_xml(written)))
    assert len(statement) == len(times)
    assert statement.rejected == len(times)
    assert len(statement) + statement.rejected + statement.skipped == len(written)
    assert len(statement.warnings) == statement.rejected + statement.skipped
