"""The encoding of a file, from the evidence in its bytes."""

from __future__ import annotations

import pytest

from analyzer.errors import EncodingRepaired, MalformedStatement
from analyzer.importers.csv import text
from tests.importers.csv.reading import document, read, transactions

SAMPLES = [
    ("cp1252", "Datum;Empfänger;Betrag\n01.02.2024;MÜLLER STRASSE;-1,00\n"),
    ("cp1252", "Date;Libellé;Débit\n01.02.2024;PRÉLÈVEMENT ÉLECTRICITÉ;1,00\n"),
    ("cp1252", "Date,Description,Amount\n2024-01-05,CAFÉ,-1.00\n"),
    ("cp1252", "Date,Description,Paid out\n2024-01-05,CAFE,£1.00\n"),
    ("cp1250", "Data;Opis;Kwota\n01.02.2024;Żabka Łódź;-1,00\n"),
    ("cp1250", "Datum;Částka;Měna\n01.02.2024;-1,00;CZK\n"),
    ("cp1251", "Дата;Описание;Сумма\n01.02.2024;Магазин;-100,00\n"),
    ("cp1253", "Ημερομηνία;Περιγραφή;Ποσό\n01.02.2024;ΜΑΡΚΕΤ;-1,00\n"),
    ("cp1254", "Tarih;Açıklama;Tutar\n01.02.2024;ALIŞVERİŞ;-1,00\n"),
    ("gb18030", "Date,Payee,Amount\n2024-05-01,南京咖啡店,-35.00\n"),
    ("cp932", "日付,内容,金額\n2024/01/02,コンビニ,-100\n"),
]


@pytest.mark.parametrize(("encoding", "content"), SAMPLES, ids=[f"{e}-{i}" for i, (e, _) in enumerate(SAMPLES)])
def test_code_pages(encoding: str, content: str) -> None:
    found, notes = text.decode(document(content.encode(encoding)), None)
    assert found == content
    assert [type(n) for n in notes] == [EncodingRepaired]
    assert "--encoding" in str(notes[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_needs_no_warning(encoding: str) -> None:
    content = SAMPLES[0][1]
    assert text.decode(document(content.encode(encoding)), None) == (content, [])


def test_the_user_knows_better() -> None:
    content = "Data;Opis;Kwota\n13.02.2024;Sklep \u0105;-1,00\n"
    assert transactions(read(content.encode("iso8859-2"), encoding="iso-8859-2"))[0].descriptor == "Sklep \u0105"
    with pytest.raises(MalformedStatement, match="not valid utf-8"):
        read(content.encode("iso8859-2"), encoding="utf-8")


def test_nul_bytes_are_left_out_and_told() -> None:
    found = read("Date,Description,Amount\n2024-01-05,CO\x00FFEE,-1.00\n")
    assert transactions(found)[0].descriptor == "COFFEE"
    assert "NUL" in str(found[0].warnings[0])
