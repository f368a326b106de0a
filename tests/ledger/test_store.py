"""The ledger's file: what it holds, what it never holds, and files it must not touch."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import sqlite3
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from analyzer.errors import Busy, Corrupt, LedgerError, ReadOnly, TooNew
from analyzer.ledger import migrate, opening, upkeep
from analyzer.ledger.identity import union
from analyzer.ledger.store import Ledger
from analyzer.model import Decision, Statement

from .making import NUMBER, statement

JANUARY = statement([("2026-01-05", -12.99, "FILMS", "1"), ("2026-01-12", -4.5, "COFFEE", "2")], "jan.ofx")
FEBRUARY = statement([("2026-01-12", -4.5, "COFFEE", "2"), ("2026-02-05", -12.99, "FILMS", "3")], "feb.ofx")
MARCH_PDF = statement([("2026-03-05", -12.99, "FILMS"), ("2026-03-09", -1, "BREAD")], "mar.pdf", form="pdf", number="**** 4242")
NAMELESS = statement(
    [("2026-01-05", -12.99, "FILMS"), ("2026-01-12", -4.5, "COFFEE")], "jan.csv", form="csv", number="", key="layout", currency="XXX"
)
OTHER = statement([("2026-01-05", -12.99, "FILMS", "1")], "other.ofx", number="800012340007")
ALL = (JANUARY, FEBRUARY, MARCH_PDF, NAMELESS, OTHER)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "ledger.db"


def test_the_ledger_is_the_union_in_any_order(tmp_path: Path) -> None:
    frames = set()
    for n, order in enumerate(itertools.permutations(ALL)):
        if n % 10 == 0:
            with Ledger(tmp_path / f"{n}.db") as ledger:
                total = sum(s.new for s in ledger.add(order).statements)
                frame = ledger.frame()
                assert total <= len(frame) + 2, "a file without a number may be recognised only later"
                frames.add(frame.assign(account=frame["account"].str[:7]).to_csv())
    assert len(frames) == 1
    expected, _ = union(ALL)
    assert frames.pop() == expected.assign(account=expected["account"].str[:7]).to_csv()


def test_adding_again_adds_nothing(path: Path) -> None:
    with Ledger(path, today=date(2026, 2, 1)) as ledger:
        assert ledger.add([JANUARY, FEBRUARY]).new == 3
    with Ledger(path, today=date(2026, 3, 1)) as ledger:
        again = ledger.add([FEBRUARY, JANUARY])
        assert again.new == 0
        assert [(s.known, s.already_on, s.other_reading) for s in again.statements] == [(True, date(2026, 2, 1), False)] * 2


def test_the_same_file_read_otherwise_is_noticed_and_replaced_only_when_asked(path: Path) -> None:
    from dataclasses import replace

    turned = replace(JANUARY, frame=JANUARY.frame.assign(minor=-JANUARY.frame["minor"]))
    with Ledger(path) as ledger:
        ledger.add(JANUARY)
        assert ledger.add(turned).statements[0].other_reading
        assert ledger.frame()["minor"].tolist() == [-1299, -450]
        ledger.add(turned, again=True)
        assert ledger.frame()["minor"].tolist() == [1299, 450]


def test_remembers_only_the_same_accounts(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add(ALL)
        april = statement([("2026-04-05", -12.99, "FILMS", "9")], "apr.ofx")
        found, months = ledger.remembered([april])
        assert sorted(s.source for s in found) == ["feb.ofx", "jan.csv", "jan.ofx", "mar.pdf"]
        assert months == 3
        assert {s.account_key for s in found if s.format == "ofx"} == {april.account_key}
        frame, notes = union([april, *found])
        assert len(frame) == 6
        assert notes == []
        stranger = statement([("2026-04-05", -12.99, "FILMS", "9")], "x.ofx", number="99990001")
        assert ledger.remembered([stranger]) == ([], 0)
        assert {s.source for s in ledger.remembered([JANUARY])[0]} == {"feb.ofx", "jan.csv", "mar.pdf"}


def test_a_last_week_is_no_month(path: Path) -> None:
    """Statements that run from the end of December to the end of May know five months, not six."""
    with Ledger(path) as ledger:
        ledger.add(statement([("2025-12-29", -1, "SHOP", "0"), ("2026-01-20", -2, "SHOP", "1")], "jan.ofx"))
        april = statement([("2026-04-05", -12.99, "FILMS", "9")], "apr.ofx")
        assert ledger.remembered([april])[1] == 1
        ledger.add(statement([("2025-12-20", -3, "SHOP", "2")], "dec.ofx"))
        assert ledger.remembered([april])[1] == 2


def test_every_folder_made_is_the_holders_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Ledger(tmp_path / "a" / "b" / "ledger.db").close()
    finally:
        os.umask(before)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a", "a/b", "a/b/ledger.db")] == [0o700, 0o700, 0o600]


def test_statements_come_back_as_they_were(path: Path) -> None:
    from decimal import Decimal

    odd = statement(
        [("2026-01-05", "-12.995", "CAF\u00c9 \u202e = 'x' \x00", None, "pending"), ("2026-01-06", 3, "", "f")],
        opening=Decimal("10.00"),
        closing=Decimal("-2.995"),
        reconciled=True,
        proof="opening + rows = closing",
        kind="credit",
    )
    with Ledger(path) as ledger:
        ledger.add(odd)
    with Ledger(path) as ledger:
        back = ledger.everything()[0]
    assert back.transactions == odd.transactions
    assert back.frame.equals(odd.frame)
    for name in (
        "sha256",
        "format",
        "importer",
        "account",
        "currency",
        "kind",
        "start",
        "end",
        "opening",
        "closing",
        "reconciled",
        "proof",
    ):
        assert getattr(back, name) == getattr(odd, name)


def test_nobody_else_can_read_it_and_no_number_is_in_it(path: Path) -> None:
    card = "400012" + "3456" + "7890" + "1"
    secret = statement(
        [("2026-01-05", -1, f"PAYMENT {NUMBER} THANK YOU", f"{NUMBER}-77")], f"/home/x/{NUMBER}-2026-01.ofx", institution=f"Bank {NUMBER}"
    )
    named = statement([("2026-01-06", -1, "FILMS", "2")], f"card {card}.ofx", number=card)
    with Ledger(path) as ledger:
        ledger.add([secret, named])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    data = path.read_bytes()
    for number in (NUMBER, card, secret.account_key, named.account_key):
        assert number.encode() not in data
        assert bytes.fromhex(number)[:8] not in data if len(number) == 32 else True
    assert b"...4242" in data
    assert b"2026-01" in data


def test_secrets_do_not_outlive_their_rows(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.decide(Decision("ZEBRACORN CLUB"))
        assert b"ZEBRACORN" in path.read_bytes()
        ledger.forget([k.id for k in ledger.kept()])
        assert b"ZEBRACORN" not in path.read_bytes()


def test_a_frame_is_added_with_its_statements(path: Path) -> None:
    from analyzer import api

    frame, _ = api.combine([JANUARY, FEBRUARY])
    with Ledger(path) as ledger:
        assert ledger.add(frame).new == 3
        assert str(ledger.add(frame)) == "0 statement(s) added, 2 already known, 0 new transaction(s)."
        frame.attrs = {}
        with pytest.raises(LedgerError, match="does not know the statements"):
            ledger.add(frame)


# files that are not ours, or no longer whole


def ours(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add(ALL)


def bitrot(path: Path) -> None:
    ours(path)
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 3 + 2000] = b"\xa5" * 2000
    path.write_bytes(data)


def cut(path: Path) -> None:
    ours(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])


def text(path: Path) -> None:
    path.write_text("date,amount\n2026-01-01,5\n" * 100)


def emptied(path: Path) -> None:
    ours(path)
    with Ledger(path) as ledger:
        opening.copy_to(ledger.connection, path.with_name("ledger.db.schema-1.backup"))
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (x)")
    connection.close()


def change(script: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        ours(path)
        connection = sqlite3.connect(path)
        connection.executescript(script)
        connection.close()

    return make


HOSTILE = {
    "bitrot": (bitrot, Corrupt),
    "cut off": (cut, Corrupt),
    "text": (text, Corrupt),
    "emptied": (emptied, Corrupt),
    "foreign": (foreign, Corrupt),
    "trigger": (change("CREATE TRIGGER t AFTER INSERT ON rows BEGIN DELETE FROM rows; END"), Corrupt),
    "view": (change("CREATE VIEW v AS SELECT 1"), Corrupt),
    "column": (change("ALTER TABLE statements ADD COLUMN x"), Corrupt),
    "bytes for text": (change("UPDATE rows SET descriptor = x'ff00fe'"), Corrupt),
    "text for a number": (change("UPDATE rows SET minor = 'many'"), Corrupt),
    "text without end": (change("UPDATE rows SET descriptor = printf('%.*c', 3000000, 'x')"), Corrupt),
    "index gone": (change("DROP INDEX rows_by_charge"), Corrupt),
    "other mark": (change("PRAGMA application_id = 7"), Corrupt),
    "newer": (change("PRAGMA user_version = 999; INSERT OR REPLACE INTO facts VALUES ('release', '9.9.9')"), TooNew),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_files_that_are_not_a_whole_ledger_are_refused_and_left_alone(path: Path, case: str) -> None:
    make, error = HOSTILE[case]
    path.parent.mkdir(exist_ok=True)
    make(path)
    before = path.read_bytes()
    for create in (True, False):
        with pytest.raises(error) as caught:
            Ledger(path, create=create)
        if error is Corrupt:
            assert f"mv {path} {path}.damaged" in str(caught.value)
            assert "backup" in str(caught.value)
        else:
            assert "stmt-scan 9.9.9 (schema 999" in str(caught.value)
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".*")), "no leftover"


def test_the_message_names_the_last_backup(path: Path, tmp_path: Path) -> None:
    ours(path)
    with Ledger(path) as ledger:
        copy = upkeep.backup(ledger, tmp_path / "usb.db")
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(Corrupt, match=f"cp {copy} {path}"):
        Ledger(path)
    path.write_bytes(copy.read_bytes())
    with Ledger(path) as ledger:
        assert len(ledger.frame()) == 6


@pytest.mark.parametrize("kind", ["folder", "fifo", "dangling link"])
def test_what_is_no_regular_file_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "ledger.db"
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    else:
        path.symlink_to(tmp_path / "gone" / "x")
    with pytest.raises(LedgerError):
        Ledger(path)


def test_no_folder_can_be_made_under_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReadOnly):
        Ledger(tmp_path / "file" / "ledger.db")


def test_a_ledger_that_cannot_be_written_can_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours(path)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Ledger(path) as ledger:
        assert len(ledger.frame()) == 6
        with pytest.raises(ReadOnly, match="cannot be written"):
            ledger.add(JANUARY)
        with pytest.raises(ReadOnly):
            ledger.decide(Decision("X"))


def test_another_writer_is_waited_for_and_then_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours(path)
    monkeypatch.setattr(opening, "BUSY_S", 0.1)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Ledger(path) as ledger, pytest.raises(Busy, match="nothing was stored"):
        ledger.add(statement([("2026-05-05", -1, "X", "5")], "may.ofx"))
    holder.execute("ROLLBACK")
    holder.close()


def _add_months(path: str, months: list[int]) -> None:
    with Ledger(path) as ledger:
        for m in months:
            ledger.add(statement([(f"2026-{m:02}-05", -m, "FILMS", f"{m}"), (f"2026-{m:02}-06", -1, "TEA", f"t{m}")], f"{m}.ofx"))


def test_two_processes_lose_nothing(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    work = [context.Process(target=_add_months, args=(str(path), list(m))) for m in (range(1, 9), range(5, 13), range(12, 0, -1))]
    for p in work:
        p.start()
    for p in work:
        p.join(60)
        assert p.exitcode == 0
    with Ledger(path) as ledger:
        assert len(ledger.frame()) == 24
        assert len(ledger.statements()) == 12
        assert upkeep.check(ledger) == []


# upkeep


def test_backup_is_whole_private_and_overwrites_nothing(path: Path, tmp_path: Path) -> None:
    from analyzer.errors import OutputError

    ours(path)
    with Ledger(path) as ledger:
        copy = upkeep.backup(ledger, tmp_path / "copy.db")
        with pytest.raises(OutputError, match="exists already"):
            upkeep.backup(ledger, copy)
        with pytest.raises(OutputError):
            upkeep.backup(ledger, tmp_path / "no" / "such" / "copy.db")
        expected = ledger.frame().to_csv()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with Ledger(copy) as ledger:
        assert ledger.frame().to_csv() == expected


def test_delete_overwrites_and_removes_the_ledger_and_its_copies(path: Path) -> None:
    ours(path)
    with Ledger(path) as ledger:
        upkeep.backup(ledger, path.with_name("ledger.db.1.backup"))
    path.with_name(".ledger.db.77.new").write_bytes(b"half a copy")
    other = path.with_name("other.db")
    other.write_text("mine")
    link = path.with_name("link")
    os.link(path, link)
    assert {p.name for p in upkeep.delete(path)} == {"ledger.db", "ledger.db.1.backup", "ledger.db.last-backup", ".ledger.db.77.new"}
    assert sorted(p.name for p in path.parent.iterdir()) == ["link", "other.db"]
    assert set(link.read_bytes()) == {0}


def test_delete_touches_nothing_that_is_not_ours(path: Path) -> None:
    path.parent.mkdir()
    foreign(path)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="no ledger of stmt-scan"):
        upkeep.delete(path)
    assert path.read_bytes() == before


def test_check_finds_rows_that_are_missing(path: Path) -> None:
    ours(path)
    with Ledger(path) as ledger:
        assert upkeep.check(ledger) == []
        ledger.connection.execute("DELETE FROM rows WHERE statement = 1 AND place = 0")
        assert upkeep.check(ledger) == ["jan.ofx: 1 of its 2 rows are there"]


# migrations


def older(path: Path, version: int = 1) -> None:
    """A ledger as the release of schema `version` left it."""
    connection = sqlite3.connect(path, isolation_level=None)
    for number, script in migrate.files()[:version]:
        for sql in migrate.statements(script):
            connection.execute(sql)
        connection.execute(f"PRAGMA user_version = {number}")
    connection.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
    connection.execute("INSERT INTO facts VALUES ('salt', x'00112233')")
    connection.execute("INSERT INTO decisions VALUES (1, 'FILMS', 'mine', NULL, NULL, NULL, NULL, NULL, NULL, '', NULL)")
    connection.close()


def test_an_older_ledger_is_upgraded_after_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    older(path)
    with Ledger(path) as ledger:
        assert [d.merchant for d in ledger.decisions()] == ["FILMS"]
        assert migrate.version(ledger.connection) == migrate.latest()
    copy = tmp_path / "ledger.db.schema-1.backup"
    connection = sqlite3.connect(copy)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_schema_files_are_numbered_and_the_last_is_the_version() -> None:
    assert [n for n, _ in migrate.files()] == list(range(1, migrate.latest() + 1))


def test_a_ledger_opens_twice(path: Path) -> None:
    ours(path)
    with Ledger(path) as one, Ledger(path) as two:
        assert len(one.frame()) == len(two.frame()) == 6


def test_the_union_of_one_statement_is_itself(path: Path) -> None:
    s: Statement = JANUARY
    with Ledger(path) as ledger:
        ledger.add(s)
        assert ledger.frame().equals(s.frame)


def test_text_that_is_none_is_damage(path: Path) -> None:
    change("UPDATE rows SET descriptor = CAST(x'ff00fe' AS TEXT)")(path)
    with pytest.raises(Corrupt), Ledger(path) as ledger:
        ledger.frame()
