"""The screen a person reads: everything is on it, nothing runs over its edge, nothing in a name can harm it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model import Cadence
from analyzer.views import table, words
from analyzer.views.table import Screen, render

from .things import finding, scan_of, statement, stream

FEE = "AMAZON SELLER REPAY SEATTLE WA"
ROWS = [
    ("2026-05-04", "-661507", FEE),
    ("2026-05-06", "-28000", "WARUNG KOPI SENJA"),
    ("2026-06-04", "-654196", FEE),
    ("2026-06-22", "661507", FEE),
]


def seller_fee(**changes: object) -> table.Findings:
    found = statement(ROWS, currency="IDR")
    fees = stream(found, FEE, rows=(0, 2), cadence=Cadence("monthly", 30.44, 3, 0.9, date(2026, 7, 4)))
    return scan_of(
        finding(
            found,
            FEE,
            kind="seller-fee",
            merchant="Amazon selling fees",
            amount_at_risk=Decimal(654196),
            stream=fees,
            deadline=date(2026, 6, 30),
            rule="id-card-30",
            reasons=("On a card that has only ever bought from Amazon",),
            **changes,
        ),
        statements=[found],
        streams=[fees],
    )


def shown(findings: table.Findings, **settings: object) -> str:
    return render(findings, Screen(**{"files": ["june.ofx"], **settings}))  # type: ignore[arg-type]


def test_a_finding_says_what_since_when_how_often_how_much_why_and_by_when() -> None:
    assert shown(seller_fee()) == (
        "1 statement, card ...4242, 4 May 2026 to 22 June 2026, 4 transactions.\n"
        "It adds up.\n"
        "\n"
        " 1  Amazon selling fees                                2 charges    Rp 1.315.703\n"
        "    A seller's or advertiser's fee. On a card that has only ever bought from\n"
        "    Amazon.\n"
        "    On 4 May and 4 June 2026, every month: Rp 661.507, then Rp 654.196.\n"
        "    Rp 661.507 has come back. Rp 654.196 is still at stake. Next expected on\n"
        "    4 July 2026.\n"
        "    Dispute by 30 June 2026, 2 days left (id-card-30). Id "
        + seller_fee()[0].id[:6]
        + ".\n\n"
        + f"To dispute the first:\n  stmt-scan dispute {seller_fee()[0].id[:6]} june.ofx -o dispute/\n"
    )


def test_what_a_deadline_counts_from_stands_in_place_of_the_rule_id() -> None:
    findings = seller_fee()
    text = shown(findings, clocks={findings[0].id: "card issuer, 30 days from the statement of 31 May 2026"})
    assert "30 days from the statement of 31 May 2026" in " ".join(text.split())
    assert "id-card-30" not in text


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2026-06-28", "Dispute by 30 June 2026, 2 days left"),
        ("2026-06-29", "Dispute by 30 June 2026, 1 day left"),
        ("2026-06-30", "Dispute by 30 June 2026, today"),
        ("2026-07-01", "The time to dispute ended on 30 June 2026"),
    ],
)
def test_the_time_left(as_of: str, said: str) -> None:
    assert said in shown(replace(seller_fee(), as_of=date.fromisoformat(as_of)))


def test_with_all_of_it_back_there_is_nothing_to_dispute() -> None:
    findings = seller_fee()
    text = shown(replace(findings, items=(replace(findings[0], amount_at_risk=Decimal(0)),)))
    assert "All of it has come back." in " ".join(text.split())
    assert "Nothing is left to claim back" in text
    assert "Dispute by" not in text
    assert "stmt-scan dispute" not in text


def test_a_charge_that_should_have_come_by_now_is_not_told_as_to_come() -> None:
    assert "The next was expected on 4 July 2026." in " ".join(shown(replace(seller_fee(), as_of=date(2026, 7, 5))).split())


def test_without_a_known_time_limit_the_issuer_is_to_be_asked() -> None:
    findings = seller_fee()
    assert "ask the issuer today" in shown(replace(findings, items=(replace(findings[0], deadline=None),)))


def test_with_nothing_found_it_says_what_was_looked_at() -> None:
    month = [(f"2026-{m:02}-12", "-11.99", "SPOTIFY") for m in range(1, 7)]
    found = statement(month)
    text = shown(scan_of(statements=[found], streams=[stream(found, "SPOTIFY")]))
    assert "Nothing to dispute found. Looked at 6 transactions and 1 recurring charge." in text
    assert "SPOTIFY" in text
    assert "$11.99  every month, since 2026-01-12" in text
    assert "stmt-scan review june.ofx" in text
    assert "stmt-scan dispute" not in text


def test_no_statement_row_at_all() -> None:
    text = shown(scan_of(statements=[statement([])]))
    assert "1 statement, card ...4242, 0 transactions" in text
    assert "Looked at 0 transactions and 0 recurring charges" in text


@pytest.mark.parametrize(
    ("proofs", "said"),
    [
        ([True], "It adds up."),
        ([True, True], "All add up."),
        ([None], "It prints nothing to check the sum against."),
        ([None, None], "They print nothing to check their sums against."),
        ([True, None], "1 adds up; 1 prints nothing to check the sum against."),
        ([True, True, None, None], "2 add up; 2 print nothing to check their sums against."),
        ([True, False], "1 of 2 does not add up: see the warnings."),
    ],
)
def test_how_far_the_reading_is_proved(proofs: list[bool | None], said: str) -> None:
    made = [statement([("2026-06-01", "-1", "A")], source=f"{i}.pdf", reconciled=p) for i, p in enumerate(proofs)]
    assert said in " ".join(shown(scan_of(statements=made)).split())


def test_a_file_that_could_not_be_read_is_not_forgotten() -> None:
    assert "1 file could not be read" in shown(seller_fee(), failed=1)


def test_months_from_the_ledger_are_named() -> None:
    assert "Judged against 13 earlier months from the ledger." in " ".join(shown(seller_fee(), months_known=13).split())


def test_findings_below_a_half_are_for_information_and_named_apart() -> None:
    found = statement([("2026-02-12", "-54.99", "SPOTIFY")])
    rise = finding(found, "SPOTIFY", kind="price-increase", score=0.3, reasons=("49.00 until January, 54.99 since",))
    text = shown(scan_of(rise, statements=[found]))
    assert "Nothing to dispute found" in text
    assert "For your information:\n 1  SPOTIFY: the price rose. 49.00 until January, 54.99 since." in text


def test_only_five_for_information_unless_asked_for_all() -> None:
    found = statement([(f"2026-02-{d:02}", "-5", f"SHOP {d}") for d in range(1, 9)])
    many = scan_of(*(finding(found, f"SHOP {d}", score=0.2) for d in range(1, 9)), statements=[found])
    assert "and 3 more: -v shows all" in shown(many)
    assert "SHOP 8" in shown(many, verbose=True)


def test_the_account_is_named_where_there_are_several() -> None:
    first, second = statement(ROWS, currency="IDR"), statement([("2026-06-01", "-9", "X")], number="XXXX8806", source="b.ofx")
    text = shown(scan_of(finding(first, FEE), statements=[first, second]))
    assert "2 accounts" in text
    assert "On account ...4242." in " ".join(text.split())


def test_agreements_the_holder_confirmed_are_counted_apart() -> None:
    found = statement([("2026-06-01", "-9", "A"), ("2026-06-02", "-8", "B"), ("2026-06-03", "-8", "C")])
    streams = [stream(found, "A", authorized=True), stream(found, "B"), stream(found, "C", status="ended")]
    text = shown(scan_of(statements=[found], streams=streams))
    assert "1 recurring charge is yours, as you said." in text
    assert "1 more recurring charge looks settled." in text


def test_style_marks_names_amounts_deadlines_and_nothing_else() -> None:
    seen: list[str] = []

    def mark(text: str, role: str) -> str:
        seen.append(role)
        return text

    assert shown(seller_fee(), style=mark) == shown(seller_fee())
    assert set(seen) == {"name", "amount", "urgent", "command"}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (["a.ofx"], "a.ofx"),
        (["my bank.ofx"], "'my bank.ofx'"),
        (["a.ofx", "b.ofx"], "a.ofx b.ofx"),
        ([f"2026-{m:02}.ofx" for m in range(1, 13)], " ".join(f"2026-{m:02}.ofx" for m in range(1, 13))),
        (["a" * 1_000, "b" * 998, "c"], f"{'a' * 1_000} {'b' * 998} ..."),
        (["x\x1b[2Jy.ofx"], r"'x\x1b[2Jy.ofx'"),
        (["$(rm -rf).ofx"], "'$(rm -rf).ofx'"),
    ],
)
def test_the_next_command_names_the_files_as_a_shell_takes_them(files: list[str], said: str) -> None:
    assert table.named(files) == said


def test_a_pattern_stands_for_many_files() -> None:
    files = [f"my bank/{m}.ofx" for m in range(12)]
    assert table.named(files, ("my bank/", ".ofx")) == "'my bank/'*.ofx"
    assert table.named(files, ("", ".ofx")) == "*.ofx"


HOSTILE = ["\x1b[2J\x1b]8;;http://x.example\x07CLICK", "\u202egnilles", "A\r\nB", "{0.__class__}", "東京の店" * 30, "W" * 300, "É" * 80]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_neither_escapes_nor_overflows(name: str) -> None:
    findings = seller_fee()
    hostile = replace(findings[0], merchant=name, reasons=(f"seen as {name}", name), rule=name)
    for items in ((hostile,), (replace(hostile, score=0.2),)):
        text = shown(replace(findings, items=items))
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert all(line.isprintable() and words.cells(line) <= 80 for line in text.splitlines())


@given(st.text(max_size=200), st.integers(min_value=10, max_value=60))
@settings(max_examples=150, deadline=None)
def test_wrapping_keeps_every_word_within_the_width(text: str, width: int) -> None:
    plain = "".join(c if c.isprintable() else "?" for c in text)
    lines = words.wrap(plain, width, indent="  ")
    assert "".join("".join(lines).split()) == "".join(plain.split())
    assert all(words.cells(line) <= width for line in lines)
