"""Deadlines and expected refunds of a case as calendar entries (iCalendar, RFC 5545).

All-day events with two alarms each. The same case gives the same bytes for one `as_of`; a deadline keeps its UID, so
that importing the file again moves the entry instead of doubling it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analyzer import escape
from analyzer.cases.show import Deadline
from analyzer.cases.standing import Standing

_LINE = 75
"""Octets of a line without its break (RFC 5545 section 3.1)."""
PRODUCT = "-//stmt-scan//case//EN"
ALARM_DAYS = (7, 1)


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    on: date
    title: str
    text: str


def calendar_of(standing: Standing, deadlines: Sequence[Deadline]) -> str:
    """The whole calendar file, with CRLF line ends."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for entry in _entries(standing, deadlines):
        lines += _event(standing, entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _entries(standing: Standing, deadlines: Sequence[Deadline]) -> list[_Entry]:
    i = standing.incident
    answered = {a.charge for a in standing.answers if a.credit is not None}
    by_day: dict[tuple[date, str], list[Deadline]] = {}
    for d in deadlines:
        if d.due is not None and d.charge not in answered and i.closed is None:
            by_day.setdefault((d.due, d.rule or ""), []).append(d)
    out = []
    for (due, rule), group in sorted(by_day.items()):
        amounts = ", ".join(f"{d.charge.posted.isoformat()} {standing.show(abs(d.charge.minor))}" for d in group)
        charges = sorted(f"{d.charge.posted.isoformat()}|{d.charge.minor}|{d.charge.descriptor}" for d in group)
        text = f"Charges: {amounts}. Rule: {rule or 'not named'}. Judged on {standing.as_of.isoformat()}; not legal advice."
        out.append(_Entry(f"deadline|{'|'.join(charges)}", due, f"Last day to dispute: {i.merchant}", text))
    if i.closed is None:
        for p in standing.promises:
            if p.missing:
                text = f"{standing.show(p.missing)} promised on {p.event.on.isoformat()}: {p.event.text}"
                out.append(_Entry(f"refund|{p.event.on.isoformat()}|{p.minor}", p.by, f"Refund expected: {i.merchant}", text))
    return out


def _event(standing: Standing, entry: _Entry) -> list[str]:
    i = standing.incident
    uid = hashlib.sha256(f"{i.finding}|{i.opened.isoformat()}|{i.id}|{entry.key}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}@stmt-scan.invalid",
        f"DTSTAMP:{standing.as_of:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.on + timedelta(1):%Y%m%d}",
        f"SUMMARY:{_text(entry.title)}",
        f"DESCRIPTION:{_text(entry.text)}",
        "TRANSP:TRANSPARENT",
    ]
    for days in ALARM_DAYS:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{days}D", f"DESCRIPTION:{_text(entry.title)}", "END:VALARM"]
    lines.append("END:VEVENT")
    return lines


def _text(text: str) -> str:
    """A TEXT value: control characters shown as escapes, then the four characters of RFC 5545 section 3.3.11."""
    plain = escape.visible(escape.mask_numbers(text))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """The line cut after at most 75 octets, never inside a character; continued lines begin with a blank."""
    pieces: list[str] = []
    piece, size = "", 0
    for c in line:
        octets = len(c.encode("utf-8"))
        if size + octets > _LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += c
        size += octets
    return "\r\n".join([*pieces, piece])
