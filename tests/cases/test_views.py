from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.cases.ics import _folded, calendar_of
from analyzer.cases.show import Deadline, as_data, as_line, as_screen, events, timeline
from analyzer.cases.standing import Standing, assess
from analyzer.cases.steps import next_step, steps, unfinished, whom_of
from tests.cases.things import FEE, event, incident, rows_of

MAY, JUNE = ("2026-05-04", "-661507", FEE), ("2026-06-04", "-654196", FEE)
LOG = [
    event("2026-06-08", "call", "told the bank", whom="issuer"),
    event("2026-06-08", "password-changed", "and signed out everywhere"),
    event("2026-06-08", "charges-stopped", "merchant stop"),
    event("2026-06-09", "call", "seller support, ref 4711", whom="merchant"),
    event("2026-06-10", "letter", "sent by post", whom="issuer"),
    event("2026-06-11", "refund-promised", "within 30 days", expect_on=date(2026, 7, 8)),
]


def standing(*rows: tuple[str, str, str], as_of: str = "2026-06-28", log: int = 0, **changes: Any) -> Standing:
    frame = rows_of(*(rows or (MAY, JUNE)))
    first = changes.pop("first", 2)
    return assess(incident(frame, first=first, events=LOG[:log], **changes), frame, as_of=date.fromisoformat(as_of))


def deadlines(s: Standing) -> list[Deadline]:
    return [Deadline(c.transaction, c.deadline, c.rule) for c in s.incident.charges]


@pytest.mark.parametrize(
    ("log", "key"),
    [
        (0, "tell-issuer"),
        (1, "secure-account"),
        (2, "stop-charges"),
        (3, "tell-merchant"),
        (4, "send-dispute"),
        (5, "refund-promised"),
        (6, "refund"),
    ],
)
def test_the_next_step_follows_the_log(log: int, key: str) -> None:
    step = next_step(standing(log=log))
    assert step is not None
    assert step.key == key


def test_the_last_step_comes_after_the_refund_and_needs_card_and_password() -> None:
    rows = (MAY, ("2026-06-22", "661507", FEE))
    s = standing(*rows, log=6, first=1)
    step = next_step(s)
    assert step is not None
    assert step.key == "replace"
    assert unfinished(s) == ["The last step is not confirmed: a replaced card."]
    frame = rows_of(*rows)
    done = assess(incident(frame, events=[*LOG, event("2026-07-01", "card-replaced")]), frame, as_of=date(2026, 7, 2))
    assert next_step(done) is None
    assert unfinished(done) == []


def test_closing_is_refused_while_a_refund_is_missing_or_short() -> None:
    assert len(unfinished(standing(log=6))) == 2
    near = standing(MAY, ("2026-06-22", "650000", FEE), log=6, first=1)
    assert "Rp 11.507" in unfinished(near)[0]


def test_a_duplicate_needs_no_new_card() -> None:
    s = standing(MAY, ("2026-06-22", "661507", FEE), first=1, category="duplicate")
    assert unfinished(s) == []
    assert "replace" not in [x.key for x in steps(s)]


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("called seller support, ref 4711", "merchant"),
        ("chat with Amazon", "merchant"),
        ("called the bank", "issuer"),
        ("menelepon penerbit kartu", "issuer"),
        ("telepon toko", "merchant"),
        ("told the bank about the shop", ""),
        ("waited", ""),
    ],
)
def test_who_it_was_said_to(text: str, whom: str) -> None:
    assert whom_of(text, "Amazon selling fees") == whom


def test_the_screen_shows_all_of_it() -> None:
    s = standing(MAY, JUNE, ("2026-06-22", "661507", FEE), first=1, log=6)
    text = as_screen(s, deadlines(s))
    assert "CHARGED AGAIN since it was opened: 2026-06-04" in text
    assert "Refunded in part: Rp 661.507 of Rp 1.315.703" in text
    assert "its refund has come" in text
    assert "Refund expected" in text
    assert "ref 4711" in text
    assert all(len(line) <= 80 for line in text.splitlines())
    other = as_screen(standing(), deadlines(standing()))
    assert "by 2026-07-14, 16 days left (issuer-rule)" in other
    late = as_screen(standing(as_of="2026-07-20"), deadlines(standing()))
    assert "passed 6 days ago" in late


def test_the_timeline_is_in_order_and_the_log_goes_into_the_packet() -> None:
    s = standing(MAY, JUNE, ("2026-06-22", "661507", FEE), log=6)
    moments = timeline(s)
    assert [m.on for m in moments] == sorted(m.on for m in moments)
    assert {"charge", "refund", "opened", "call", "letter"} <= {m.kind for m in moments}
    noted = incident(rows_of(MAY), events=[event("2026-06-08", "note"), event("2026-06-09", "call")])
    assert [e.kind for e in events(noted)] == ["call"]


NASTY = "x\x1b[2J\u202e; a, b\\ \r\nEND:VEVENT </script> ü€漢" + "y" * 200


def test_hostile_texts_in_every_view() -> None:
    frame = rows_of(("2026-05-04", "-661507", NASTY))
    case = incident(frame, NASTY, events=[event("2026-06-08", "refund-promised", NASTY)])
    s = assess(case, frame, as_of=date(2026, 6, 28))
    calendar = calendar_of(s, deadlines(s))
    for text in (as_screen(s, deadlines(s)), as_line(s), json.dumps(as_data(s, deadlines(s))), calendar.replace("\r\n", "\n")):
        assert all(c.isprintable() or c == "\n" for c in text)
    assert calendar.count("END:VEVENT\r\n") == calendar.count("BEGIN:VEVENT\r\n") == 2


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_the_calendar_is_as_rfc_5545_wants_it() -> None:
    s = standing(log=6)
    text = calendar_of(s, deadlines(s))
    assert text == calendar_of(s, deadlines(s))
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfolded(text)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    assert lines.count("DTSTAMP:20260628T000000Z") == 2
    assert "DTSTART;VALUE=DATE:20260714" in lines
    assert "DTEND;VALUE=DATE:20260715" in lines
    assert "DTSTART;VALUE=DATE:20260708" in lines
    assert lines.count("TRIGGER:-P7D") == 2
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == 2


def test_a_moved_deadline_keeps_its_uid() -> None:
    s = standing()
    first = calendar_of(s, [Deadline(c.transaction, date(2026, 7, 14), "a") for c in s.incident.charges])
    later = calendar_of(s, [Deadline(c.transaction, date(2026, 7, 20), "b") for c in s.incident.charges])
    uid = [line for line in unfolded(first) if line.startswith("UID:")]
    assert uid == [line for line in unfolded(later) if line.startswith("UID:")]


def test_a_charge_that_came_back_has_no_deadline_left() -> None:
    s = standing(MAY, ("2026-06-22", "661507", FEE), first=1)
    assert "VEVENT" not in calendar_of(s, deadlines(s))


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=300))
@settings(max_examples=200, deadline=None)
def test_folding_keeps_the_text_and_the_limit(text: str) -> None:
    folded = _folded(text)
    assert folded.replace("\r\n ", "") == text
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))


def test_json_is_plain_and_complete() -> None:
    s = standing(MAY, JUNE, ("2026-06-22", "661507", FEE), log=6)
    data = as_data(s, deadlines(s))
    assert json.loads(json.dumps(data)) == data
    assert (data["claim"], data["refunded"], data["missing"], data["refund_state"]) == ("1315703", "661507", "654196", "part")
    assert data["charges"][0]["refund"]["date"] == "2026-06-22"
    assert data["charges"][1]["days_left"] == 16
    assert [e["kind"] for e in data["log"]] == [e.kind for e in LOG]


def test_nothing_is_next_in_a_closed_or_finished_case() -> None:
    over = [event("2026-06-23", "card-replaced"), event("2026-06-23", "password-changed")]
    frame = rows_of(MAY, ("2026-06-22", "661507", FEE))
    s = assess(incident(frame, first=1, events=over), frame, as_of=date(2026, 6, 28))
    assert next_step(s) is None
    assert "NEXT" not in as_screen(s, [])
    assert "Nothing is left" in as_screen(s, [])
    s = standing(MAY, first=1)
    assert "NEXT" in as_screen(s, [])
    closed = replace(s, incident=replace(s.incident, closed=date(2026, 6, 28), closing="no refund"))
    assert "NEXT" not in as_screen(closed, [])


def test_who_promised_a_refund_had_been_asked() -> None:
    frame = rows_of(MAY)
    told = incident(frame, events=[event("2026-06-08", "refund-promised", "seller support, ref 4711")])
    done = {x.key: x.done for x in steps(assess(told, frame, as_of=date(2026, 6, 28)))}
    assert (done["tell-merchant"], done["tell-issuer"]) == (date(2026, 6, 8), None)
    told = incident(frame, events=[event("2026-06-08", "refund-refused", "the bank says no")])
    done = {x.key: x.done for x in steps(assess(told, frame, as_of=date(2026, 6, 28)))}
    assert (done["tell-merchant"], done["tell-issuer"]) == (None, date(2026, 6, 8))


def test_a_command_to_copy_holds_the_merchant_as_one_word() -> None:
    frame = rows_of(("2026-05-04", "-661507", "x"), ("2026-06-04", "-661507", "x"))
    name = "Pay $(reboot) now"
    case = replace(incident(frame, "x", first=1), merchant=name)
    s = assess(case, frame, as_of=date(2026, 6, 28))
    if s.charged_again:
        assert "case open 'Pay $(reboot) now'" in " ".join(as_screen(s, []).split())
    else:
        pytest.fail("not charged again")
