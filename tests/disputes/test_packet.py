"""The packet as issuers take it: limits, type size, selectable text, nobody else's spending in any byte, the same bytes again."""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from analyzer.disputes import packet, playbook, words
from analyzer.disputes.details import from_mapping
from analyzer.disputes.dossier import gather
from analyzer.errors import LimitExceeded, OutputError, StatementWarning, UsageError
from analyzer.limits import Limits
from disputes.cards import DAY, DETAILS, FEE, SECRET_SHOPS, charge_finding, check_digit, pdf_statement, statement, story

NAMES = {
    *("packet.pdf", "letter.txt", "letter.md", "timeline.png", "before-after.png", "charges.csv", "packet.json", "playbook.md"),
}
A4, LETTER = (595, 842), (612, 792)


@pytest.fixture(scope="module")
def made() -> packet.Packet:
    return packet.prepare(charge_finding(story()), as_of=DAY, details=DETAILS, events=[(date(2026, 6, 9), "chat", "Seller support")])


def words_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def everything(made: packet.Packet) -> bytes:
    """All bytes of all files, with the streams of the PDF and the pixels of pictures unpacked."""
    parts = list(made.contents.values())
    for data in list(parts):
        for packed in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            try:
                parts.append(zlib.decompressobj().decompress(packed))
            except zlib.error:
                continue
    return b"\n".join([*parts, words_of(made.contents["packet.pdf"]).encode()])


def test_all_files_are_made_and_private(made: packet.Packet, tmp_path: Path) -> None:
    paths = made.write(tmp_path / "dispute")
    assert set(paths) == NAMES
    assert all(p.stat().st_mode & 0o777 == 0o600 for p in paths.values())
    assert (tmp_path / "dispute").stat().st_mode & 0o777 == 0o700


def test_the_pdf_keeps_what_issuers_ask_for(made: packet.Packet) -> None:
    data = made.contents["packet.pdf"]
    reader = PdfReader(io.BytesIO(data))
    assert len(reader.pages) == made.pages <= 10
    assert len(data) <= 2 * 1024 * 1024
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in reader.pages} == {A4}
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert not reader.is_encrypted
    assert reader.metadata
    assert reader.metadata.title == "Dispute: Amazon selling fees, card ending 4242"
    assert {"Letter", "The charges", "Time limits"} <= {entry.title for entry in reader.outline}
    assert "/AcroForm" not in root
    assert "/OpenAction" not in root
    assert not any(word in data for word in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/EmbeddedFile"))
    assert not any(page.get("/Annots") for page in reader.pages)
    for size in (made.contents["timeline.png"], made.contents["before-after.png"]):
        assert len(size) < 1_000_000


def test_every_element_can_be_selected(made: packet.Packet) -> None:
    text = words_of(made.contents["packet.pdf"])
    for element in (
        *("Ratna Contoh", "Unit Sanggahan", "Unauthorised charge after an account take-over", "ending 4242", FEE),
        *("4 Jun 2026", "Rp 654.196", "credited 22 June 2026", "2026-06.ofx", "fees and interest", "Visa 10.4", "Seller support"),
        *("Did the holder or anyone in the household", "28 Jul 2026", "issuer-sanggahan", "May 2025 - Apr 2026", "1 each month"),
        "page 1",
    ):
        assert element in text, element
    assert f"of {made.pages}" in text
    assert "DRAFT" not in text


def test_type_is_twelve_points_or_larger(made: packet.Packet) -> None:
    sizes = set()

    def note(text, matrix, text_matrix, font, size) -> None:
        if text.strip():
            scale = max(abs(matrix[0]), abs(matrix[1])) * max(abs(text_matrix[0]), abs(text_matrix[1]))
            sizes.add(round(size * scale, 1))

    for page in PdfReader(io.BytesIO(made.contents["packet.pdf"])).pages:
        page.extract_text(visitor_text=note)
    assert min(sizes) >= 12


def test_no_other_spending_and_no_full_number_is_in_any_byte(made: packet.Packet) -> None:
    held = everything(made)
    assert FEE.encode() in held
    for other in (*SECRET_SHOPS, "AMZN MKTP", "secret-folder", "home/"):
        assert other.encode() not in held, other
    for s in story():
        for t in s.transactions:
            if t.descriptor != FEE:
                assert str(abs(t.amount)).encode() not in held
                assert f"{int(abs(t.amount)):,}".replace(",", ".").encode() not in held


def test_the_same_input_gives_the_same_bytes(made: packet.Packet) -> None:
    found = story()
    again = packet.prepare(
        charge_finding(found), statements=found[::-1], as_of=DAY, details=DETAILS, events=[(date(2026, 6, 9), "chat", "Seller support")]
    )
    assert again.contents == made.contents


def test_the_table_of_charges(made: packet.Packet) -> None:
    rows = list(csv.DictReader(io.StringIO(made.contents["charges.csv"].decode())))
    assert [(r["date"], r["amount"], r["currency"], r["descriptor"], r["status"], r["deadline"]) for r in rows] == [
        ("2026-05-04", "-651205.00", "IDR", FEE, "credited", ""),
        ("2026-06-04", "-654196.00", "IDR", FEE, "disputed", "2026-07-28"),
    ]
    assert [r["file"] for r in rows] == ["2026-05.ofx", "2026-06.ofx"]
    assert all(len(r["sha256"]) == 64 and r["line"] for r in rows)


def test_the_packet_as_data(made: packet.Packet) -> None:
    data = json.loads(made.contents["packet.json"])
    assert (data["complete"], data["missing"], data["total"], data["deadline"]) == (True, [], "654196", "2026-07-28")
    assert data["situation"] == "unauthorized"
    assert data["answers"] == {"used_or_benefited": False, "shared_login": False, "card_lent": False, "account_takeover": True}
    assert data["rule"] in {r["id"] for r in data["rules"]}
    assert all(r["source"].startswith("http") and r["as_of"] for r in data["rules"])
    assert {w["rule"] for w in data["charges"][1]["windows"]} == {"issuer-sanggahan", "visa-10.4"}


def test_a_draft_says_so_on_every_page_and_is_still_written() -> None:
    made = packet.prepare(charge_finding(story()), as_of=DAY, exhibits="none")
    data = json.loads(made.contents["packet.json"])
    assert data["draft"]
    assert {"situation", "name", "card_lent", "account_takeover", "billing_inquiries", "date_of_call"} <= {
        m["key"] for m in data["missing"]
    }
    for page in PdfReader(io.BytesIO(made.contents["packet.pdf"])).pages:
        assert "DRAFT - not complete" in page.extract_text()
    assert made.contents["letter.txt"].decode().startswith("* DRAFT")
    assert made.contents["letter.md"].decode().startswith("> **DRAFT")
    assert any("DRAFT" in w for w in made.warnings)
    assert any(w.startswith("missing: ") for w in made.warnings)


@pytest.mark.parametrize(
    ("place", "currency", "language", "size", "words"),
    [
        ("US", "USD", "en", LETTER, ("Fair Credit Billing Act", "regz-1026.13b-notice", "27 Aug 2026", "billing")),
        ("UK", "GBP", "en", A4, ("psr2017-unauth-notify", "4 Jul 2027")),
        ("CA", "CAD", "en", LETTER, ("visa-10.4",)),
        ("ID", "IDR", "id", A4, ("Sanggahan transaksi tanpa izin", "Rp 654.196", "28 Jul 2026", "Batas waktu", "sisa 30 hari")),
        ("AU", "AUD", "en", A4, ("visa-10.4",)),
    ],
)
def test_each_place_has_its_paper_its_law_and_its_day(place: str, currency: str, language: str, size, words: tuple[str, ...]) -> None:
    made = packet.prepare(
        charge_finding(story(currency)), as_of=DAY, details=DETAILS, jurisdiction=place, language=language, exhibits="none"
    )
    reader = PdfReader(io.BytesIO(made.contents["packet.pdf"]))
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in reader.pages} == {size}
    assert reader.trailer["/Root"]["/Lang"] == language
    text = words_of(made.contents["packet.pdf"]) + made.contents["playbook.md"].decode()
    for word in words:
        assert word in text, word


def test_which_clock_is_used_is_said_in_table_playbook_and_data() -> None:
    made = packet.prepare(charge_finding(story("GBP")), as_of=DAY, details=DETAILS, jurisdiction="UK", exhibits="none")
    text = words_of(made.contents["packet.pdf"])
    for said in (
        "2 Oct 2026 network window",
        "Holder's limit: 13 months from the charge",
        "Network window: 120 days",
        "earliest of these days",
    ):
        assert said in text, said
    advice = " ".join(made.contents["playbook.md"].decode().split())
    assert "Have it with the issuer by 2 October 2026" in advice
    assert "Your own limit runs until 4 July 2027" in advice
    data = json.loads(made.contents["packet.json"])
    assert (data["deadline"], data["act_by"], data["act_by_rule"]) == ("2027-07-04", "2026-10-02", "visa-10.4")
    row = list(csv.DictReader(io.StringIO(made.contents["charges.csv"].decode())))[1]
    assert (row["deadline"], row["act_by"]) == ("2027-07-04", "2026-10-02")


def test_no_page_is_begun_for_a_few_lines_before_the_exhibits(tmp_path: Path) -> None:
    _, finding = club(tmp_path, 1)
    made = packet.prepare(finding, as_of=date(2024, 8, 1), details=DETAILS)  # type: ignore[arg-type]
    lengths = [len(page.extract_text()) for page in PdfReader(io.BytesIO(made.contents["packet.pdf"])).pages]
    assert min(lengths[2:-1]) > 500


def test_a_text_the_typeface_lacks_is_written_as_codes_and_that_is_said() -> None:
    found = [statement([(date(2026, 6, 4), -3999, "\u4e2d\u6587 SHOP")], start=date(2026, 6, 1), end=DAY)]
    made = packet.prepare(charge_finding(found, "\u4e2d\u6587 SHOP"), as_of=DAY, details=DETAILS, exhibits="none")
    text = words_of(made.contents["packet.pdf"])
    assert "\\u4e2d\\u6587" in text
    assert "is written as its code" in text
    assert "\u4e2d\u6587" in made.contents["letter.txt"].decode()


def club(folder: Path, count: int) -> tuple[list, object]:
    """`count` monthly PDF statements, a charge on each."""
    found = []
    for i in range(count):
        year, month = divmod(2024 * 12 + 6 + i, 12)
        day = date(year, month + 1, 10)
        rows = [(day, -29_99, "GYMLESS CLUB 800-555-0100"), (day + timedelta(days=1), -(1000 + i), SECRET_SHOPS[0])]
        found.append(pdf_statement(folder, rows, f"{day:%Y-%m}.pdf", end=day + timedelta(days=12)))
    return found, charge_finding(found, "GYMLESS CLUB 800-555-0100", kind="unrecognized-recurring", merchant="Gymless Club")


def test_twenty_four_charges_fit(tmp_path: Path) -> None:
    _, finding = club(tmp_path, 24)
    made = packet.prepare(finding, as_of=date(2026, 7, 1), details=DETAILS)  # type: ignore[arg-type]
    assert made.pages <= 10
    assert len(made.contents["packet.pdf"]) <= 2 * 1024 * 1024
    text = words_of(made.contents["packet.pdf"])
    assert all(f"Exhibit {n}:" in text for n in range(1, 25))
    assert any("strips" in w or "not whole pages" in w for w in made.warnings)
    assert SECRET_SHOPS[0].encode() not in everything(made)


@pytest.mark.parametrize("form", ["ofx", "csv"])
def test_twenty_four_charges_of_a_text_file_fit(tmp_path: Path, form: str) -> None:
    rows = [(date(2024 + (m + 6) // 12, (m + 6) % 12 + 1, 10), -29_99, "GYMLESS CLUB 800-555-0100") for m in range(24)]
    path = tmp_path / f"card.{form}"
    if form == "ofx":
        block = "<STMTTRN>\n<TRNTYPE>DEBIT\n<DTPOSTED>{0:%Y%m%d}120000\n<TRNAMT>-29.99\n<FITID>{0:%Y%m%d}01\n<NAME>{1}\n</STMTTRN>\n"
        text, first, step = "<OFX>\n" + "".join(block.format(d, t) for d, _, t in rows) + "</OFX>\n", 2, 7
    else:
        text, first, step = (
            "Date,Text,Amount,Balance\n" + "".join(f"{d},{t},-29.99,{100 + i}.55\n" for i, (d, _, t) in enumerate(rows)),
            2,
            1,
        )
    path.write_text(text)
    made_by_hand = statement(rows, str(path), data=text.encode(), form=form, start=rows[0][0], end=rows[-1][0])
    made_by_hand.frame["line"] = [first + step * i for i in range(24)]
    finding = charge_finding([made_by_hand], rows[0][2], kind="unrecognized-recurring", merchant="Gymless Club")
    made = packet.prepare(finding, as_of=date(2026, 7, 1), details=DETAILS)
    assert made.pages <= 10
    text = words_of(made.contents["packet.pdf"])
    assert text.count("-29.99") == 24
    assert "123.55" not in text


def test_what_does_not_fit_is_refused_with_what_to_leave_out(tmp_path: Path) -> None:
    _, finding = club(tmp_path, 3)
    with pytest.raises(OutputError, match=r"packet\.pdf: \d+ pages .*--exhibits none"):
        packet.prepare(finding, as_of=DAY, details=DETAILS, max_pages=3)  # type: ignore[arg-type]
    with pytest.raises(OutputError, match="two packets"):
        packet.prepare(finding, as_of=DAY, details=DETAILS, max_size=0.01, exhibits="none")  # type: ignore[arg-type]
    small = packet.prepare(finding, as_of=DAY, details=DETAILS, max_pages=6)  # type: ignore[arg-type]
    assert small.pages <= 6


@pytest.mark.parametrize("option", [{"exhibits": "some"}, {"max_pages": 0}, {"max_size": 0}, {"colour": "red"}, {"situation": "robbed"}])
def test_options_that_do_not_fit(option: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        packet.prepare(charge_finding(story()), as_of=DAY, **option)  # type: ignore[arg-type]


HOSTILE = [
    *("KE$HA \\frac{1 $TORE", "</NAME><b>bold<img src='file:///etc/passwd'/>", "&lt;script&gt;alert(1)", '" onmouseover="x'),
    *("=HYPERLINK(0)", "+1-2", "@SUM(A1)", "../../stmtscan-escape", "AC/DC 12/24", "CON", "\x1b[2J\x1b]8;;http://evil\x07link \u202eLIVE"),
    *("x' or amount < 0 or payee == '", "(a+)+$ [unclosed", "{finding.__init__.__globals__}", "{{ 7*7 }}", "NA", "AT&T <3 PIZZA & CO"),
    *("中文支付 ₿ 🦊", "X" * 30_000, "a  b   c", "<para/>", "%PDF-1.7 /JS (app.alert(1))", "\t=1+1"),
]


def test_hostile_payees_in_every_output(tmp_path: Path) -> None:
    number = check_digit("400000123456789")
    rows = [(date(2026, 6, 1) + timedelta(days=i), -1000 - i, text) for i, text in enumerate(HOSTILE)]
    rows.append((date(2026, 6, 27), -5000, f"CARD {number[:4]} {number[4:8]} {number[8:12]} {number[12:]}"))
    found = [statement(rows, f"{number}.ofx", start=date(2026, 6, 1), end=DAY)]
    finding = charge_finding(found, HOSTILE[0], merchant=HOSTILE[1])
    both = type(finding)(**{**finding.__dict__, "transactions": found[0].transactions, "merchant": HOSTILE[1]})
    made = packet.prepare(both, as_of=DAY, details={"name": HOSTILE[1], "reason": HOSTILE[10]}, max_pages=30)
    held = everything(made)
    assert number.encode() not in held
    assert (
        b"\x1b"
        not in made.contents["letter.txt"] + made.contents["playbook.md"] + made.contents["packet.json"] + made.contents["charges.csv"]
    )
    assert "\u202e".encode() not in made.contents["letter.txt"] + made.contents["charges.csv"] + made.contents["playbook.md"]
    assert b"/Annots" not in made.contents["packet.pdf"]
    text = words_of(made.contents["packet.pdf"])
    for shown in ("<b>bold", "&lt;script&gt;", "KE$HA \\frac{1 $TORE", "{finding.__init__", "AT&T <3 PIZZA & CO", "{{ 7*7 }}"):
        assert shown.replace(" ", "") in text.replace(" ", "").replace("\xa0", ""), shown
    cells = [r["descriptor"] for r in csv.DictReader(io.StringIO(made.contents["charges.csv"].decode()))]
    assert not any(c.startswith(("=", "+", "@", "\t")) for c in cells)
    assert "'=HYPERLINK(0)" in cells
    paths = made.write(tmp_path / "out")
    assert {p.parent for p in paths.values()} == {tmp_path / "out"}
    assert {p.name for p in tmp_path.rglob("*")} == {"out", *NAMES}
    assert "<b>" not in made.contents["playbook.md"].decode().replace("\\<b\\>", "")


def test_from_a_notebook_a_finding_makes_its_own_packet(tmp_path: Path) -> None:
    import analyzer
    import analyzer.api  # noqa: F401

    finding = charge_finding(story())
    with pytest.warns(StatementWarning):
        paths = finding.packet(str(tmp_path / "d"), as_of=DAY, exhibits="none")
    assert set(paths) == NAMES
    assert finding.plot(as_of=DAY).figure is not None


def test_the_playbook_keeps_three_decisions_apart_and_sources_every_rule(made: packet.Packet) -> None:
    steps = playbook.steps(made.dossier)
    titles = [s.title for s in steps]
    assert [t[:11] for t in titles if t.startswith("Decision")] == ["Decision 1:", "Decision 2:", "Decision 3:"]
    assert "replace" in titles[3]
    items = [i for s in steps for i in s.items]
    assert all(i.as_of and i.source.startswith("http") for i in items if i.source)
    for item in items:
        if re.search(r"\b(days|months|law|liab\w+|limit of|within)\b", item.text) and not item.source:
            assert re.search(r"verified|statement|Monday|shown|known|issuer", item.text), item.text
    text = playbook.as_text(made.dossier)
    assert text.count("Not legal advice") == 1
    for said in ("seller support", "will a pending refund still reach me", "Never call", "90 days", "OJK", "as of 2026-11-23", "updater"):
        assert said in " ".join(text.split()), said
    assert max(map(len, text.splitlines())) <= 80
    assert made.contents["playbook.md"].decode().count("Not legal advice") == 1


def test_a_number_printed_in_the_line_is_never_to_be_called() -> None:
    found = [statement([(date(2026, 6, 4), -3999, "GLOWVIA*SKIN 855-555-0136 FL")], start=date(2026, 6, 1), end=DAY)]
    finding = charge_finding(found, "GLOWVIA*SKIN 855-555-0136 FL", kind="unrecognized-recurring", merchant="Glowvia Skin")
    text = playbook.as_text(packet.prepare(finding, as_of=DAY, exhibits="none").dossier)
    assert "prints a phone number. Never call it" in " ".join(text.split())


def test_when_all_has_come_back_nothing_is_asked() -> None:
    rows = [(date(2026, 6, 4), -3999, FEE), (date(2026, 6, 20), 3999, FEE)]
    found = [statement(rows, start=date(2026, 6, 1), end=DAY)]
    made = packet.prepare(charge_finding(found), as_of=DAY, details=DETAILS, exhibits="none")
    assert made.dossier.total_minor == 0
    assert any("nothing left to dispute" in w for w in made.warnings)
    rows = [(date(2026, 6, 4), -3999, FEE), (date(2026, 6, 5), -3999, FEE), (date(2026, 6, 20), 7998, FEE)]
    found = [statement(rows, start=date(2026, 6, 1), end=DAY)]
    at_once = gather(charge_finding(found), found, as_of=DAY, details=from_mapping(DETAILS)[0])
    assert (at_once.total_minor, at_once.complete) == (0, False)
    assert "There is nothing left to dispute" in " ".join(playbook.as_text(at_once).split())
    assert json.loads(made.contents["packet.json"])["draft"]


def test_a_credit_of_another_amount_in_the_first_weeks_may_be_for_an_earlier_charge() -> None:
    rows = [(date(2026, 6, 4), -3999, FEE), (date(2026, 6, 20), 4050, FEE)]
    found = [statement(rows, start=date(2026, 6, 1), end=DAY)]
    made = packet.prepare(charge_finding(found), as_of=DAY, details=DETAILS, exhibits="none")
    assert made.dossier.total_minor == 3999
    assert any("2026-06-20" in w and "the merchant's refund" in w for w in made.warnings)


def advised(currency: str, kind: str, **said: object) -> str:
    found = [statement([(date(2026, 6, 4), -3999, FEE)], start=date(2026, 6, 1), end=DAY, currency=currency, kind=kind)]
    details, _ = from_mapping({"situation": "unauthorized", **said})
    return " ".join(playbook.as_text(gather(charge_finding(found), found, as_of=DAY, details=details)).split())


def test_the_playbook_gives_the_rules_of_the_right_card() -> None:
    credit, debit = advised("USD", "credit"), advised("USD", "bank")
    assert "only the written notice keeps the right" in credit
    assert "only the written notice" not in debit
    assert "withhold the disputed part" not in debit
    assert "at most USD 50" in debit
    for currency, share in (("EUR", "EUR 50"), ("GBP", "GBP 35"), ("CAD", "CAD 50")):
        assert f"at most {share}" in advised(currency, "credit")
    assert "unauthorised transaction by card number" not in advised("AUD", "credit", situation="duplicate")
    waits = advised("USD", "credit", situation="credit-not-processed", refund_promised=date(2026, 6, 20))
    assert "may wait until July 5, 2026" in waits


def test_the_last_days_are_counted_in_plain_words() -> None:
    assert [words.left(n) for n in (0, 1, 2)] == ["last day is today", "1 day left", "2 days left"]
    assert words.note("unverified", "id", ("30 days", "x")).startswith("Batas 30 hari (x)")
    assert words.limit(10, "business-days", "id") == "10 hari kerja"


def test_a_day_or_a_folder_that_is_none_is_refused(made: packet.Packet) -> None:
    with pytest.raises(UsageError, match="no folder"):
        made.write("")
    with pytest.raises(UsageError, match="no day"):
        packet.prepare(made.dossier.finding, as_of=date(9999, 12, 31))


def test_a_credit_of_the_bank_is_pointed_at_and_not_shown() -> None:
    rows = [(date(2026, 6, 4), -3999, FEE), (date(2026, 6, 20), 3999, "DISPUTE CREDIT"), (date(2026, 6, 21), 3999, "BOOKSHOP")]
    found = [statement(rows, start=date(2026, 6, 1), end=DAY)]
    made = packet.prepare(charge_finding(found), as_of=DAY, details=DETAILS, exhibits="none")
    assert [w for w in made.warnings if "2026-06-20 may be the bank's own" in w]
    assert not any("2026-06-21" in w for w in made.warnings)
    assert made.dossier.total == made.dossier.lines[0].amount
    assert not any(b"DISPUTE CREDIT" in data for data in made.contents.values())


def test_more_charges_than_a_packet_can_be_about() -> None:
    finding = charge_finding(story())
    with pytest.raises(LimitExceeded, match="packet_charges"):
        packet.prepare(finding, as_of=DAY, limits=Limits(packet_charges=1))
