"""Escaping, money, limits, writing files, errors: what every other part leans on."""

from __future__ import annotations

import csv
import io
import os
import stat
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer import errors, escape, files, money
from analyzer.limits import Limits
from analyzer.model import Transaction, charges_id

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
UNSAFE = ("\x1b", "\x07", "\x00", "\n", "\r", "\t", "\u202e", "\u2066", "\u200f", "\x9b", "\u2028")


# ------------------------------------------------------------------ escape


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_a_terminal_never_gets_a_character_that_acts(text: str) -> None:
    shown = escape.terminal(text)
    assert not any(c in shown for c in UNSAFE)
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    shown.encode("utf-8")


@given(ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_html_never_gets_markup(text: str) -> None:
    shown = escape.html(text)
    assert not set(shown) & set("<>\"'")
    assert not any(c in shown for c in UNSAFE)


@given(ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_a_spreadsheet_cell_is_no_formula_and_can_be_taken_back(text: str) -> None:
    cell = escape.csv_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert escape.csv_uncell(cell) == text


@given(ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_a_file_name_is_short_plain_and_its_own(text: str) -> None:
    name = escape.file_name(text, suffix=".png")
    assert name.isascii()
    assert len(name) <= 80
    assert Path(name).name == name
    assert not name.startswith((".", "-"))
    assert name != escape.file_name(text + "x", suffix=".png")


@pytest.mark.parametrize("text", ["CON", "nul", "AC/DC 12/24", "../../etc/passwd", "300" * 100, "", "..", "ﾊﾝﾊﾞｰｶﾞｰ"])
def test_file_names_of_awkward_merchants(text: str) -> None:
    name = escape.file_name(text)
    assert "/" not in name
    assert name.split("-")[0].upper() not in {"CON", "NUL"} or "-item-" in name


@given(st.lists(st.sampled_from(["*", "_", "[", "]", "(", ")", "|", "`", "<b>", "a", " ", "#", "\\"]), max_size=20).map("".join))
def test_markdown_keeps_its_text_plain(text: str) -> None:
    import re

    shown = escape.markdown(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]|<>#]", shown)


def valid(body: str) -> str:
    """`body` with the check digit that makes it a valid card number."""
    return next(body + str(d) for d in range(10) if escape.luhn(body + str(d)))


@pytest.mark.parametrize("body", ["411111111111111", "555555555555444", "37828224631000", "601111111111111", "305693090259"[:12] + "0"])
@pytest.mark.parametrize("spaced", [False, True])
def test_card_numbers_are_reduced_to_four_digits(body: str, spaced: bool) -> None:
    number = valid(body)
    shown = " ".join(number[i : i + 4] for i in range(0, len(number), 4)) if spaced else number
    masked = escape.mask_numbers(f"PAID {shown} THANKS")
    assert masked == f"PAID ...{number[-4:]} THANKS"


@pytest.mark.parametrize("text", ["REF 1234567890123", "20260504120000", "INV 4111111111111", "+62 21 5550 0142"])
def test_other_numbers_stay(text: str) -> None:
    assert escape.mask_numbers(text) == text


@pytest.mark.parametrize(
    ("number", "label"),
    [("400012XXXXXX4242", "...4242"), ("DE89 3704 0044 0532 0130 00", "...3000"), ("", "unknown"), ("****", "unknown"), ("12", "...12")],
)
def test_labels(number: str, label: str) -> None:
    assert escape.label(number) == label


def test_the_accounts_own_number_is_masked_wherever_it_stands() -> None:
    assert escape.mask_numbers("TRANSFER FROM 0123456789", own="0123456789") == "TRANSFER FROM ...6789"


# ------------------------------------------------------------------ money


@given(st.integers(-(10**15), 10**15), st.sampled_from(["USD", "IDR", "JPY", "KWD", "XXX"]))
@settings(max_examples=200, deadline=None)
def test_money_as_text_is_exact(minor: int, currency: str) -> None:
    assert money.to_minor(Decimal(money.text(minor, currency)), currency) == minor
    assert money.to_minor(money.from_minor(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (-3999, "USD", "$39.99"),
        (65_419_600, "IDR", "Rp 654.196"),
        (65_419_650, "IDR", "Rp 654.196,50"),
        (1234567, "GBP", "£12,345.67"),
        (1250, "CHF", "12.50 CHF"),
        (5000, "JPY", "¥5,000"),
        (1500, "KWD", "1.500 KWD"),
        (7, "XXX", "0.07"),
    ],
)
def test_money_for_people(minor: int, currency: str, shown: str) -> None:
    assert money.display(minor, currency) == shown


# ------------------------------------------------------------------ limits and errors


def test_a_limit_is_raised_by_its_name() -> None:
    assert Limits().replace(["pdf_pages=600"]).pdf_pages == 600
    for wrong in ("pdf_pages", "pdf_pages=", "pdf_pages=-1", "pdf_pages=0", "pages=3", "pdf_pages=1e9", "pdf_pages=٣"):
        with pytest.raises(errors.UsageError, match="--limit"):
            Limits().replace([wrong])


def test_an_exceeded_limit_says_which_how_much_and_how_to_raise_it() -> None:
    error = Limits().exceeded("pdf_pages", 4000).at("big.pdf")
    assert str(error) == "big.pdf: over the limit pdf_pages = 300 (found 4000): if the file is honest, raise it with --limit pdf_pages=N"
    assert isinstance(error, errors.LimitExceeded)


def test_messages_stand_in_their_order() -> None:
    error = errors.MalformedStatement("total differs", source="a.pdf", place="page 3", todo="use --profile")
    assert str(error) == "a.pdf: page 3: total differs: use --profile"
    assert error.at("b.pdf") is error
    bare = errors.RowRejected("not understood", place="line 4")
    assert str(bare.at("c.csv")) == "c.csv: line 4: not understood"
    assert bare.at("c.csv").message == "line 4: not understood"
    assert bare == errors.RowRejected("not understood", place="line 4")


def test_every_error_of_ours_means_exit_status_two() -> None:
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, errors.StmtScanError)]
    assert len(kinds) > 12
    assert {k.exit_code for k in kinds} == {2}


# ------------------------------------------------------------------ files


def test_a_file_is_written_whole_and_for_its_owner(tmp_path: Path) -> None:
    target = files.write_text(tmp_path / "a.txt", "é\n")
    assert target.read_bytes() == "é\n".encode()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    folder = files.make_dir(tmp_path / "deep" / "er")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_failed_write_leaves_what_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old", encoding="utf-8")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(errors.OutputError, match="No space left"):
        files.write_text(target, "new")
    assert target.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("place", [".", "/dev/null", "no/such/folder/x", "nul\0"])
def test_places_that_cannot_hold_a_file(tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(errors.OutputError):
        files.write_bytes(place, b"x")


# ------------------------------------------------------------------ ids


def charge(day: str, amount: str, text: str, **more: str) -> Transaction:
    settings = {"currency": "USD", "merchant": "M", "account": "...1", **more}
    return Transaction(posted=date.fromisoformat(day), amount=Decimal(amount), descriptor=text, **settings)


@given(st.permutations([("2026-05-04", "-1", "A"), ("2026-05-04", "-1", "A"), ("2026-06-04", "-2", "B  C")]))
def test_an_id_is_the_same_in_any_order_account_and_spacing(rows: list[tuple[str, str, str]]) -> None:
    first = charges_id([charge("2026-05-04", "-1", "A"), charge("2026-05-04", "-1", "A"), charge("2026-06-04", "-2", "B C")])
    assert charges_id([charge(*r, account="...9", source="other.pdf") for r in rows]) == first


def test_twins_are_told_apart_from_one() -> None:
    one = charge("2026-05-04", "-1", "A")
    assert charges_id([one]) != charges_id([one, one])


def test_a_csv_of_hostile_cells_is_read_back_by_any_reader() -> None:
    cells = ["=1+1", "'=x", 'a"b', "a,b", "-5"]
    out = io.StringIO()
    csv.writer(out).writerow([escape.csv_cell(c) for c in cells])
    read = next(csv.reader(io.StringIO(out.getvalue())))
    assert [escape.csv_uncell(c) for c in read] == cells


@pytest.mark.parametrize("gap", [".", "/", "_", "*", "'", ",", " - ", "  ", "\u00a0", "\u2011", "\u00ad", "\u202f"])
@pytest.mark.parametrize("body", ["411111111111111", "37828224631000"])
def test_card_numbers_are_found_behind_any_grouping(gap: str, body: str) -> None:
    number = valid(body)
    sizes = (4, 4, 4, 4) if len(number) == 16 else (4, 6, 5)
    groups = [number[sum(sizes[:i]) : sum(sizes[: i + 1])] for i in range(len(sizes))]
    assert escape.mask_numbers(f"PAID {gap.join(groups)} THANKS") == f"PAID ...{number[-4:]} THANKS"


@pytest.mark.parametrize("zero", ["\uff10", "\u0660", "\u06f0", "\u0966"])
def test_card_numbers_are_found_in_the_digits_of_any_script(zero: str) -> None:
    number = valid("411111111111111")
    assert escape.mask_numbers("".join(chr(ord(zero) + int(d)) for d in number)) == f"...{number[-4:]}"


def test_card_numbers_are_found_between_characters_nobody_sees() -> None:
    number = valid("411111111111111")
    assert escape.mask_numbers("\u200b".join(number)) == f"...{number[-4:]}"


@pytest.mark.parametrize("text", ["30.05.2026 1234.56", "04.05.2026 12:33 TILL 4242", "1234.5678.9012.3456", "AB12 CDEF GHIJ KLMN OPQR"])
def test_dates_amounts_and_words_stay(text: str) -> None:
    assert escape.mask_numbers(text) == text


def test_ibans_are_reduced_to_four_characters() -> None:
    bank, account = "370400440532013000", "DE"
    check = 98 - int(bank + "131400") % 97
    iban = f"{account}{check:02d}{bank}"
    spaced = " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))
    assert escape.mask_numbers(f"TO {iban} REF 7") == "TO ...3000 REF 7"
    assert escape.mask_numbers(f"IBAN {spaced} MUELLER") == "IBAN ...3000 MUELLER"
    wrong = f"{account}{(check + 1) % 97:02d}{bank}"
    assert escape.mask_numbers(wrong) == wrong


@pytest.mark.parametrize("shown", ["90817263544242", "90 81 72 63 54 42 42", "908.172.635.442.42", "0090817263544242", "90817263/544242"])
@pytest.mark.parametrize("own", ["90817263544242", "00090817263544242", "9081-7263-5442-42"])
def test_an_own_number_is_found_in_any_grouping(shown: str, own: str) -> None:
    assert escape.mask_numbers(f"FROM {shown} X", own=own) == "FROM ...4242 X"


def test_masking_takes_linear_time_on_digits_without_end() -> None:
    for text in ("0" * 60_000, "4 " * 30_000, "1.2" * 20_000, "AB12" * 15_000, "4111-" * 12_000):
        assert escape.mask_numbers(text, own="1234567890123456")


def test_folders_above_a_new_folder_are_closed_as_well(tmp_path: Path) -> None:
    deep = files.make_dir(tmp_path / "a" / "b" / "c")
    assert [p.stat().st_mode & 0o777 for p in (deep, deep.parent, deep.parent.parent)] == [0o700] * 3


LISTS = {
    "nested": "a = " + "[" * 5_000 + "]" * 5_000,
    "names in names": ".".join(["a"] * 20_000) + " = 1",
    "quoted names in names": ".".join(['"a"'] * 20_000) + " = 1",
    "syntax": "[[a",
    "encoding": b'a = "\xff"',
    "nul": "\x00",
    "large": "#" + "x" * files.MOST_BYTES,
    "day": "a = 2026-02-30",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_is_none_is_one_line(name: str, tmp_path: Path) -> None:
    content = LISTS[name]
    (tmp_path / "a.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(errors.UsageError) as caught:
        files.read_toml(tmp_path / "a.toml", todo="see the docs")
    assert "\n" not in str(caught.value)


def test_a_list_with_points_in_its_texts_is_read(tmp_path: Path) -> None:
    dots = ". " * 70 + "." * 90
    (tmp_path / "a.toml").write_text(f'a.b.c = "wait {dots}"\nd = 1.5\n')
    assert files.read_toml(tmp_path / "a.toml", todo="", parse_float=Decimal)["d"] == Decimal("1.5")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_lists_are_regular_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    for path in (tmp_path / "pipe.toml", Path("/dev/zero"), tmp_path, tmp_path / "none.toml"):
        with pytest.raises(errors.UsageError):
            files.read_toml(path, todo="")
