"""ofxparse reads the envelope; where it cannot, nothing is lost; where both read, they agree."""

from __future__ import annotations

import io

import pytest

from analyzer.importers.base import Options
from analyzer.importers.ofx import envelope
from analyzer.importers.reading import read_document
from tests.importers.ofx import golden
from tests.importers.ofx.writing import as_sgml, as_xml, document, row


def test_without_ofxparse_everything_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [golden.describe(f) for f in golden.folders()]
    monkeypatch.setattr(envelope, "MOST_ACCOUNTS", 0)
    assert [golden.describe(f) for f in golden.folders()] == before


def test_a_failure_inside_ofxparse_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    import ofxparse

    def fail(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(ofxparse.OfxParser, "parse", fail)
    (statement,) = read_document(document(as_sgml([row()], balance="-1.00")))
    assert (statement.account, statement.currency, str(statement.closing)) == ("...4242", "USD", "-1.00")


def test_ofxparse_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    import ofxparse

    asked = []
    real = ofxparse.OfxParser.parse

    def spy(stream: io.BytesIO) -> object:
        asked.append(stream.getvalue())
        return real(io.BytesIO(stream.getvalue()))

    monkeypatch.setattr(ofxparse.OfxParser, "parse", spy)
    read_document(document(as_xml([row(name="SECRET SHOP")])))
    assert len(asked) == 1
    assert b"STMTTRN>" not in asked[0].replace(b"CCSTMTTRNRS", b"")
    assert b"SECRET" not in asked[0]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_both_agree_where_both_can_read() -> None:
    from ofxparse import OfxParser

    rows = [row(date=f"202605{d:02d}", amount=f"-{d}.25", fitid=f"F{d}", name=f"SHOP {d}") for d in range(1, 29)]
    text = as_sgml(rows, balance="-101.50")
    account = OfxParser.parse(io.BytesIO(text.encode())).account
    (statement,) = read_document(document(text))
    theirs = [(t.date.date(), t.amount, t.payee, t.id) for t in account.statement.transactions]
    assert [(t.posted, t.amount, t.descriptor, t.fitid) for t in statement.transactions] == theirs
    assert (statement.closing, statement.currency) == (account.statement.balance, account.curdef)


def test_the_user_names_the_currency_only_where_the_file_does_not() -> None:
    text = as_sgml([row()])
    assert read_document(document(text), Options(currency="EUR"))[0].currency == "USD"
    assert read_document(document(text.replace("<CURDEF>USD", "<CURDEF>")), Options(currency="EUR"))[0].currency == "EUR"


def test_many_accounts_are_read_without_ofxparse() -> None:
    one = as_sgml([row()])
    head, body = one.split("<CCSTMTRS>")[0], one.split("<CCSTMTRS>")[1].split("</CCSTMTRS>")[0]
    text = head + "".join(f"<CCSTMTRS>{body.replace('4242', str(1000 + i))}</CCSTMTRS>" for i in range(100)) + "</OFX>"
    statements = read_document(document(text))
    assert [s.account for s in statements] == [f"...{1000 + i}" for i in range(100)]


def test_signs_can_be_turned() -> None:
    text = as_sgml([row(amount="5.00", kind="DEBIT", fitid=f"F{i}") for i in range(3)])
    (plain,) = read_document(document(text))
    assert [str(t.amount) for t in plain.transactions] == ["5.00"] * 3
    assert "--sign charge-positive" in plain.warnings[0].message
    (turned,) = read_document(document(text), Options(sign="charge-positive"))
    assert [str(t.amount) for t in turned.transactions] == ["-5.00"] * 3
    assert not turned.warnings


def test_dates_in_another_order_are_read_as_asked() -> None:
    text = as_sgml([row(date="03/04/2026"), row(date="05/06/2026", fitid="B")])
    days = {
        order: [str(t.posted) for t in read_document(document(text), Options(date_order=order))[0].transactions] for order in ("dmy", "mdy")
    }
    assert days == {"dmy": ["2026-04-03", "2026-06-05"], "mdy": ["2026-03-04", "2026-05-06"]}


def test_threads_leave_the_warning_filters_alone() -> None:
    import warnings
    from concurrent.futures import ThreadPoolExecutor

    before = list(warnings.filters)
    data = document(as_sgml([row()]))
    with ThreadPoolExecutor(4) as pool:
        assert all(len(s[0]) == 1 for s in pool.map(lambda _: read_document(data), range(40)))
    assert list(warnings.filters) == before
