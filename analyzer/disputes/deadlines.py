"""How long the holder of a card still has, per charge.

A rule counts from the statement that first carries the charge, or from the charge. Where that day is not known the
count starts at the posted date, and the result says so. For a statement that is the earliest it can be: a deadline
comes out too early, never too late. A bank's message may have come before it, and the result says that too. Business
days are Monday to Friday; public holidays are not known here, and leaving them out can only bring a deadline forward.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analyzer.disputes import rules, words
from analyzer.disputes.rules import Rule
from analyzer.errors import UsageError
from analyzer.model import Finding, Situation, Statement, Transaction

LONGEST_PERIOD = 35
"""Days: a file that covers more is a download of many months, and its end is no statement date."""


Note = tuple[str, tuple[str, ...]]
"""A sentence by key, with what is put into it."""


@dataclass(frozen=True, slots=True)
class Window:
    """One rule applied to one charge: from `start` until `due` (included)."""

    rule: Rule
    start: date
    due: date
    counted_from: str
    """Which day `start` is, in plain words."""
    assumed: bool
    """True when the rule counts from a day that is not known, and another one was taken."""
    passed: bool
    doubtful: bool = False
    """True when it has passed only as counted here: from the day it really counts from, it may still be open."""

    def days_left(self, as_of: date) -> int:
        """Days from `as_of` to `due`; negative when it has passed."""
        return (self.due - as_of).days


@dataclass(frozen=True, slots=True)
class ChargeClock:
    """The windows of one charge, earliest first, and the one that governs.

    `governing` is the earliest window of the holder's own that is still open; without one the network's
    window, if open; without any, the one that closed last. None where no rule sets a time.
    """

    charge: Transaction
    windows: tuple[Window, ...]
    governing: Window | None
    statement_date: date | None
    paid_back: bool = False
    """Whether the statements show its full refund; it then needs no deadline."""

    @property
    def act_by(self) -> Window | None:
        """The earliest window still open, the holder's own or the network's; `governing` when none is.

        The network's window is the issuer's, and a right of the holder's may outlast it; but within it the issuer can
        still fetch the money from the merchant, so a dispute is best sent while every open window is.
        """
        return next((w for w in self.windows if not w.passed), self.governing)

    @property
    def passed(self) -> bool:
        """Whether every known window of this charge is closed."""
        return self.governing is not None and self.governing.passed


@dataclass(frozen=True, slots=True)
class Clock:
    """All charges of a finding: the deadline to keep, its rule, and what was assumed on the way."""

    jurisdiction: str | None
    instrument: str | None
    situation: Situation
    as_of: date
    charges: tuple[ChargeClock, ...]
    notes: tuple[Note, ...]

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was taken for granted, and what is not verified, in English sentences."""
        return self.said("en")

    def said(self, language: str) -> tuple[str, ...]:
        """The same sentences in `en` or `id`."""
        return tuple(words.note(key, language, values) for key, values in self.notes)

    @property
    def governing(self) -> Window | None:
        """The earliest window still open over all charges not paid back; the last closed one when none is."""
        return next_of([c for c in self.charges if not c.paid_back] or self.charges)

    @property
    def earliest(self) -> date | None:
        """The day to keep; None when no rule known here sets one. In the past when every window has closed."""
        governing = self.governing
        return governing.due if governing else None

    @property
    def rule_id(self) -> str | None:
        """The rule behind `earliest`."""
        governing = self.governing
        return governing.rule.id if governing else None


def next_of(charges: Sequence[ChargeClock]) -> Window | None:
    """The window to keep over `charges`: the earliest governing one still open; the last closed one when none is."""
    return _next([c.governing for c in charges if c.governing is not None])


def act_by(charges: Sequence[ChargeClock]) -> Window | None:
    """The earliest window of any kind still open over `charges`; the last closed one when none is."""
    return _next([c.act_by for c in charges if c.act_by is not None])


def _next(windows: Sequence[Window]) -> Window | None:
    still_open = [w for w in windows if not w.passed]
    if still_open:
        return min(still_open, key=lambda w: (w.due, w.rule.id))
    return max(windows, key=lambda w: (w.due, w.rule.id), default=None)


def assess(
    finding: Finding,
    statements: Sequence[Statement],
    *,
    jurisdiction: str | None = None,
    instrument: str | None = None,
    as_of: date,
    situation: Situation | None = None,
    network: str | None = None,
    refund_promised: date | None = None,
) -> Clock:
    """The clock of a finding: per charge every window, and which one governs.

    Args:
        finding: its charges (rows of money out) are looked at.
        statements: to find the first one that carries each charge.
        jurisdiction: one of `rules.JURISDICTIONS`; without it concluded from the currency.
        instrument: `credit` or `debit`; without it as the statement says.
        as_of: the day to judge by.
        situation: in place of the finding's own category.
        network: `Visa`, `Mastercard` ... where the user said so; else the shortest window of all networks.
        refund_promised: day of the merchant's refund note, from which some windows count.

    Raises:
        UsageError: a jurisdiction or instrument that is not known.
    """
    case: Situation = situation or finding.category
    assumptions: list[Note] = []
    place = _jurisdiction(finding, jurisdiction, assumptions)
    charges = charged(finding)
    carriers = [carrying(c, statements) for c in charges]
    means = _instrument(instrument, [s for found in carriers for s in found], assumptions)
    clocks = []
    returned = _paid_back(finding, charges, statements, as_of)
    for at, (charge, found) in enumerate(zip(charges, carriers, strict=True)):
        issued = min((s.end for s in found if s.end and _is_period(s) and s.end >= charge.posted), default=None)
        holder = rules.of(place, "deadline", situation=case, instrument=means, day=charge.posted)
        windows = [_window(r, charge, issued, refund_promised, as_of) for r in holder if r.limit]
        own_open = [w for w in windows if not w.passed]
        shared = _network_window(case, network, charge, refund_promised, as_of)
        everything = windows + ([shared] if shared else [])
        governing: Window | None
        if own_open:
            governing = min(own_open, key=lambda w: (w.due, w.rule.id))
        elif shared is not None and not shared.passed:
            governing = shared
        else:
            governing = max(everything, key=lambda w: (w.due, w.rule.id), default=None)
        ordered = tuple(sorted(everything, key=lambda w: (w.due, w.rule.id)))
        clocks.append(ChargeClock(charge, ordered, governing, issued, at in returned))
    assumptions += _about(clocks, network, case)
    return Clock(place, means, case, as_of, tuple(clocks), tuple(assumptions))


def charged(finding: Finding) -> tuple[Transaction, ...]:
    """The finding's rows of money out, oldest first; all rows where there is none."""
    out = [t for t in finding.transactions if t.amount < 0]
    return tuple(sorted(out or finding.transactions, key=lambda t: (t.posted, t.page or 0, t.line or 0)))


def _paid_back(finding: Finding, charges: Sequence[Transaction], statements: Sequence[Statement], as_of: date) -> set[int]:
    """Positions of the charges whose full refund is on the statements; looked for only where the finding has deducted some."""
    if finding.amount_at_risk >= sum(abs(c.amount) for c in charges):
        return set()
    import numpy as np

    from analyzer.detectors.refunds import Money, match

    names, texts = {c.merchant for c in charges if c.merchant}, {c.descriptor for c in charges}
    back: dict[tuple[int, int], int] = {}
    for statement in statements:
        if statement.account.partition("#")[0] != finding.account.partition("#")[0]:
            continue
        frame = statement.frame
        rows = np.flatnonzero(frame["minor"].to_numpy(dtype="int64") > 0)
        part = frame.iloc[rows]
        part = part[part["merchant"].isin(names) | part["descriptor"].isin(texts)]
        here: dict[tuple[int, int], int] = {}
        for posted, minor in zip(part["posted"], part["minor"], strict=True):
            if charges[0].posted <= posted.date() <= as_of:
                key = (posted.date().toordinal(), int(minor))
                here[key] = here.get(key, 0) + 1
        for key, count in here.items():  # statements overlap: the same credit on two of them is one
            back[key] = max(back.get(key, 0), count)
    credits = [Money(i, day, minor) for i, (day, minor) in enumerate(k for k, n in sorted(back.items()) for _ in range(n))]
    owed = [Money(i, c.posted.toordinal(), abs(c.minor)) for i, c in enumerate(charges)]
    return {r.charge.row for r in match(owed, credits) if r.full}


def carrying(charge: Transaction, statements: Sequence[Statement]) -> list[Statement]:
    """The statements that carry `charge`: the one it was read from, and others of the account with an equal row."""
    return [s for s in statements if _carries(s, charge)]


def _carries(statement: Statement, charge: Transaction) -> bool:
    if statement.account.partition("#")[0] != charge.account.partition("#")[0]:
        return False
    if statement.source == charge.source:
        return True
    start = statement.start or statement.first
    if not (start and statement.end and start <= charge.posted <= statement.end and _is_period(statement)):
        return False
    import numpy as np

    frame = statement.frame
    same = frame["minor"].to_numpy(dtype="int64") == charge.minor
    same &= frame["posted"].to_numpy() == np.datetime64(charge.posted)
    return bool(same.any()) and statement.currency == charge.currency


def _is_period(statement: Statement) -> bool:
    """Whether the statement covers one billing period, so that its end can be its date."""
    if statement.end is None:
        return False
    start = min((d for d in (statement.start, statement.first) if d), default=statement.end)
    return (statement.end - start).days <= LONGEST_PERIOD


def _jurisdiction(finding: Finding, given: str | None, assumptions: list[Note]) -> str | None:
    if given is not None:
        if given.upper() not in rules.JURISDICTIONS:
            raise UsageError(f"jurisdiction {given!r}: not known", todo=f"one of {', '.join(rules.JURISDICTIONS)}")
        return given.upper()
    place = rules.OF_CURRENCY.get(finding.currency)
    if place:
        assumptions.append(("place", (rules.COUNTRY[place], finding.currency)))
    else:
        assumptions.append(("no_law", (finding.currency,)))
    return place


def _instrument(given: str | None, statements: Sequence[Statement], assumptions: list[Note]) -> str | None:
    if given is not None:
        if given not in rules.INSTRUMENTS:
            raise UsageError(f"instrument {given!r}: not known", todo=f"one of {', '.join(rules.INSTRUMENTS)}")
        return given
    kinds = {s.kind for s in statements if s.kind}
    if kinds == {"bank"}:
        assumptions.append(("debit", ()))
        return "debit"
    if kinds == {"credit"}:
        return "credit"
    assumptions.append(("credit", ()))
    return "credit"


def _window(rule: Rule, charge: Transaction, issued: date | None, refund_note: date | None, as_of: date) -> Window:
    start, words, assumed = charge.posted, "the charge", False
    if rule.basis == "statement":
        if issued:
            start, words = issued, "the statement that first carries the charge"
        else:
            words, assumed = "the charge itself, because the date of its statement is not known", True
    elif rule.basis == "refund-note":
        if refund_note:
            start, words = refund_note, "the merchant's refund note"
        else:
            words, assumed = "the charge itself, because the date of the refund note is not known", True
    elif rule.basis == "message":
        words, assumed = "the day the charge is booked, because the day of the bank's message about it is not known", True
    due = add(start, rule.limit or 0, rule.unit)
    # A statement comes within one billing period of the charge; how late a message or a refund note came, nobody here knows.
    surely = due < as_of and (not assumed or (rule.basis == "statement" and due + timedelta(days=LONGEST_PERIOD) < as_of))
    return Window(rule, start, due, words, assumed, due < as_of, due < as_of and not surely)


def _network_window(situation: str, network: str | None, charge: Transaction, refund_note: date | None, as_of: date) -> Window | None:
    timed = [_window(r, charge, None, refund_note, as_of) for r in rules.networks(situation, network) if r.limit]
    return min(timed, key=lambda w: (w.due, not w.rule.verified, w.rule.id), default=None)


def _about(clocks: Sequence[ChargeClock], network: str | None, situation: str) -> list[Note]:
    """What a reader of the deadlines must know about how they were counted."""
    said: list[Note] = []
    used = [c.governing for c in clocks if c.governing]
    if any(w.assumed for c in clocks for w in c.windows if w.rule.basis == "statement"):
        said.append(("no_statement_date", ()))
    if any(c.statement_date for c in clocks) and any(w.rule.basis == "statement" and not w.assumed for w in used):
        said.append(("period_end", ()))
    if any(w.rule.basis == "message" for c in clocks for w in c.windows):
        said.append(("message", ()))
    if any(w.rule.unit == "business-days" for w in used):
        said.append(("business", ()))
    for rule in dict.fromkeys(w.rule for w in used if not w.rule.verified):
        said.append(("unverified", (f"{rule.limit} {rule.unit}", rule.id)))
    if network is None and any(w.rule.kind == rules.NETWORK for c in clocks for w in c.windows):
        said.append(("network", ()))
    if not used:
        said.append(("none", (situation,)))
    return said


def add(start: date, limit: int, unit: str) -> date:
    """The last day of a time limit: `limit` units after `start`, which itself does not count.

    Raises:
        ValueError: a unit that is not one of `rules.UNITS`.
    """
    if unit == "days":
        return start + timedelta(days=limit)
    if unit == "hours":
        return start + timedelta(days=limit // 24)
    if unit == "weeks":
        return start + timedelta(weeks=limit)
    if unit == "business-days":
        return add_business_days(start, limit)
    if unit in ("months", "years"):
        months = limit * (12 if unit == "years" else 1)
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
    raise ValueError(unit)


def add_business_days(start: date, count: int) -> date:
    """The day `count` working days (Monday to Friday) after `start`."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
