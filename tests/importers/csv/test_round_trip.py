"""A frame written as CSV in any dialect a bank may use is read back to the same rows."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.errors import AmbiguousDate, AmbiguousFormat
from tests.importers.csv.reading import read, rows, transactions, warned

TEXT = st.text(st.sampled_from("ABCXYZ abcdefg.,;'\"|*#&/äöéñß\u4e2d0123456789"), min_size=1, max_size=24).filter(
    lambda t: any(c.isalpha() for c in t)
)
CENTS = st.integers(-9_999_999, 9_999_999).filter(bool)
START = date(2023, 1, 31)


@dataclass(frozen=True)
class Bank:
    """How an imagined bank writes its files."""

    delimiter: str
    day: str
    decimal: str
    group: str
    layout: str
    quoted: bool
    newest: bool
    encoding: str
    preamble: int


BANKS = st.builds(
    Bank,
    delimiter=st.sampled_from(",;\t|"),
    day=st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%b-%Y", "%d %B %Y", "%Y%m%d", "%Y/%m/%d %H:%M"]),
    decimal=st.sampled_from(".,"),
    group=st.sampled_from(["", "'", " ", "other"]),
    layout=st.sampled_from(["signed", "columns", "flag", "accountant", "trailing"]),
    quoted=st.booleans(),
    newest=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    preamble=st.integers(0, 3),
)


def number(cents: int, bank: Bank, *, signed: bool) -> str:
    """Cents as the bank prints them."""
    whole, part = divmod(abs(cents), 100)
    group = {"other": "," if bank.decimal == "." else "."}.get(bank.group, bank.group)
    text = f"{whole:,}".replace(",", group) + f"{bank.decimal}{part:02d}"
    if not signed or cents > 0:
        return text
    return {"accountant": f"({text})", "trailing": f"{text}-"}.get(bank.layout, f"-{text}")


def write(found: list[tuple[date, str, int]], bank: Bank) -> bytes:
    """A file of the rows, with a running balance that proves them."""
    head = ["Date", "Description", *{"columns": ["Debit", "Credit"], "flag": ["Amount", "D/C"]}.get(bank.layout, ["Amount"]), "Balance"]
    balance, body = 100_000, []
    for day, text, cents in found:
        balance += cents
        if bank.layout == "columns":
            plain = number(cents, bank, signed=False)
            money = [plain, ""] if cents < 0 else ["", plain]
        elif bank.layout == "flag":
            money = [number(cents, bank, signed=False), "D" if cents < 0 else "C"]
        else:
            money = [number(cents, bank, signed=True)]
        body.append([day.strftime(bank.day), text, *money, number(balance, bank, signed=True)])
    out = io.StringIO()
    out.write("".join(f"Our bank, line {i + 1} of what it says first\n" for i in range(bank.preamble)))
    writer = csv.writer(out, delimiter=bank.delimiter, quoting=csv.QUOTE_ALL if bank.quoted else csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(body[::-1] if bank.newest else body)
    return out.getvalue().encode(bank.encoding)


@st.composite
def statements(draw: st.DrawFn) -> list[tuple[date, str, int]]:
    steps = draw(st.lists(st.integers(0, 6), min_size=4, max_size=20))
    day, found = START, []
    for step in steps:
        day += timedelta(days=step)
        found.append((day, " ".join(draw(TEXT).split()), draw(CENTS)))
    return found


@given(statements(), BANKS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read(found: list[tuple[date, str, int]], bank: Bank) -> None:
    try:
        read_back = read(write(found, bank))
    except AmbiguousFormat:
        # Deposits throughout, or equal amounts on one day: without a sign the direction is asked for.
        read_back = []
    if not read_back:
        assert all(cents > 0 for *_, cents in found)
        return
    wanted = [(str(day), text, Decimal(cents).scaleb(-2)) for day, text, cents in (found[::-1] if bank.newest else found)]
    got = [(str(t.posted), t.descriptor, t.amount) for t in transactions(read_back)]
    if any(isinstance(w, AmbiguousDate) for w in warned(read_back)):
        # Days such as 03/04 throughout: then the warning is what must be right, and everything but the day.
        assert [g[1:] for g in got] == [w[1:] for w in wanted]
    else:
        assert got == wanted
    assert all(s.reconciled is True for s in read_back)


@given(statements(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_changes_no_row(found: list[tuple[date, str, int]], luck: object) -> None:
    """Decided per column: a row reads the same wherever it stands, as long as the column is the same."""
    lines = [f"{day:%d/%m/%Y};SHOP {i};-{abs(cents) / 100:.2f}".replace(".", ",") for i, (day, _, cents) in enumerate(found)]
    mixed = list(lines)
    luck.shuffle(mixed)  # type: ignore[attr-defined]
    head = "Datum;Text;Betrag\n"
    straight, shuffled = read(head + "\n".join(lines) + "\n"), read(head + "\n".join(mixed) + "\n")
    assert sorted(rows(straight)) == sorted(rows(shuffled))


@given(
    st.lists(st.sampled_from(["good", "bad date", "bad amount", "no amount", "text", "total?", "blank", "both"]), min_size=1, max_size=30)
)
@settings(max_examples=60, deadline=None)
def test_every_row_is_accounted_for(kinds: list[str]) -> None:
    line = {
        "good": "2024-01-{:02d},SHOP,1.00,",
        "bad date": "32/13/2024,SHOP,1.00,",
        "bad amount": "2024-01-{:02d},SHOP,1.2.3,",
        "no amount": "2024-01-{:02d},SHOP,,",
        "text": "a remark of the bank,,,",
        "total?": "Opening balance,,,",
        "blank": ",,,",
        "both": "2024-01-{:02d},SHOP,1.00,1.00",
    }
    body = [line[kind].format(1 + i % 28) for i, kind in enumerate(kinds)]
    text = "Date,Description,Debit,Credit\n2024-01-31,FIRST,2.00,\n" + "\n".join(body) + "\n"
    found = read(text)
    assert sum(len(s) + s.rejected + s.skipped for s in found) == 1 + len(kinds) - kinds.count("blank")
    places = [w.place for w in warned(found) if w.place]
    assert len(places) >= sum(s.rejected + s.skipped for s in found)


@pytest.mark.parametrize("place", range(4))
def test_one_cell_never_changes_the_reading_of_the_others(place: int) -> None:
    lines = ["13/01/2024,A,-1.50", "14/02/2024,B,-2.50", "15/03/2024,C,-3.50", "16/04/2024,D,-4.50"]
    straight = rows(read("Date,Description,Amount\n" + "\n".join(lines) + "\n"))
    for wound in ("1.2.3", "abc", "--1"):
        changed = list(lines)
        changed[place] = changed[place].rsplit(",", 1)[0] + f",{wound}"
        found = read("Date,Description,Amount\n" + "\n".join(changed) + "\n")
        assert rows(found) == [r for i, r in enumerate(straight) if i != place]
        assert found[0].rejected == 1
