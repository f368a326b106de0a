"""A scan as one screen of text: the worst first, evidence instead of adjectives, the next command at the end."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from analyzer import escape, money
from analyzer.model import Finding, Findings, Statement, Stream
from analyzer.views import words
from analyzer.views.data import shown_account

WIDTH = 80
LOOK = 0.5
"""Findings at this score and above mean "look at this"."""
INFORMED = 5
"""Findings for information shown without -v."""
LISTED = 8
"""Recurring charges listed where nothing was found."""
REASONS = 3
"""Reasons shown without -v."""

Style = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Until:
    """The day to dispute by, where it is earlier than the finding's own deadline, and what it counts from."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Screen:
    """What the table needs beside the findings.

    `files` are the command's arguments, `failed` how many of them could not be read, `months_known` what the
    ledger added (None without one), `clocks` finding id → what its deadline counts from, in words, or an earlier day.
    """

    files: Sequence[str]
    pattern: tuple[str, str] | None = None
    """What stands before and after a `*` that means just these files, for the commands to copy."""
    months_known: int | None = None
    failed: int = 0
    verbose: bool = False
    clocks: Mapping[str, str | Until] = field(default_factory=dict)
    style: Style = lambda text, _role: text


def render(findings: Findings, screen: Screen) -> str:
    """The whole screen, ending in a line feed; no line is wider than `WIDTH` columns."""
    urgent = [f for f in findings if f.score >= LOOK]
    minor = [f for f in findings if f.score < LOOK]
    accounts = len({s.account for s in findings.statements}) > 1
    parts = [_head(findings.statements, screen)]
    parts += [_entry(n, f, findings, screen, accounts=accounts) for n, f in enumerate(urgent, 1)]
    if not urgent:
        parts.append(_nothing(findings))
    if minor:
        parts.append(_minor(minor, len(urgent), screen))
    parts.append(_tail(findings, urgent, screen))
    return "\n\n".join("\n".join(p) for p in parts if p) + "\n"


def _head(statements: Sequence[Statement], screen: Screen) -> list[str]:
    rows = sum(len(s) for s in statements)
    labels = sorted({shown_account(s.account) for s in statements})
    several = len({s.account_key or s.account for s in statements}) > 1 and len(labels) > 1
    whose = f"{len(labels)} accounts" if several else "one card" if labels in ([], ["unknown"]) else f"card {labels[0]}"
    firsts = [s.first for s in statements if s.first]
    lasts = [s.last for s in statements if s.last]
    span = f", {words.day(min(firsts))} to {words.day(max(lasts))}" if firsts else ""
    text = f"{words.counted(len(statements), 'statement')}, {whose}{span}, {words.counted(rows, 'transaction')}."
    check = _proof(statements)
    if screen.months_known:
        check += f" Judged against {words.counted(screen.months_known, 'earlier month')} from the ledger."
    lines = words.wrap(text, WIDTH) + words.wrap(check, WIDTH)
    if screen.failed:
        could = f"{words.counted(screen.failed, 'file')} could not be read, and what is in there was not looked at."
        lines += [screen.style(line, "deadline") for line in words.wrap(could, WIDTH)]
    return lines


def _proof(statements: Sequence[Statement]) -> str:
    proved = sum(s.reconciled is True for s in statements)
    wrong = sum(s.reconciled is False for s in statements)
    if wrong:
        return f"{wrong} of {len(statements)} {'does' if wrong == 1 else 'do'} not add up: see the warnings."
    if proved == len(statements):
        return "It adds up." if proved == 1 else "All add up."
    silent = len(statements) - proved
    says = "prints nothing to check the sum against" if silent == 1 else "print nothing to check their sums against"
    if proved:
        return f"{proved} {'adds' if proved == 1 else 'add'} up; {silent} {says}."
    return f"{'It' if silent == 1 else 'They'} {says}."


def _entry(number: int, f: Finding, findings: Findings, screen: Screen, *, accounts: bool) -> list[str]:
    charged = words.charges(f.transactions)
    sum_shown = money.display(words.total(f.transactions), f.currency)
    right = f"{words.counted(len(charged), 'charge')}  {sum_shown:>14}"
    name = words.fit(escape.terminal(f.merchant), WIDTH - len(right) - 6)
    gap = " " * (WIDTH - 4 - words.cells(name) - words.cells(right))
    lines = [f"{number:>2}  {screen.style(name, 'name')}{gap}{screen.style(right, 'amount')}"]
    where = f" On account {escape.terminal(shown_account(f.account))}." if accounts else ""
    lines += _block(f"{words.sentence(words.WHAT[f.kind])} {_reason(f, 0)}{where}")
    lines += _block(_when(f, findings.as_of))
    shown = len(f.reasons) if screen.verbose else REASONS
    for index in range(1, min(shown, len(f.reasons))):
        lines += _block(_reason(f, index))
    lines += _deadline(f, findings, screen)
    return lines


def _reason(f: Finding, index: int) -> str:
    return words.sentence(words.plain_days(escape.terminal(f.reasons[index])))


def _block(text: str) -> list[str]:
    return words.wrap(text, WIDTH, indent="    ")


def _when(f: Finding, as_of: date | None) -> str:
    """Since when, how often, how much each time, what came back, when next."""
    charged = words.charges(f.transactions)
    found = sorted({t.posted for t in charged})
    if not found:
        return f"{money.display(money.to_minor(f.amount_at_risk, f.currency), f.currency)} outstanding."
    often = f", {words.often(f.stream.cadence)}" if f.stream and len(charged) > 1 else ""
    each = words.amounts(charged, f.currency)
    if len(found) == 1:
        text = f"On {words.day(found[0])}: {each}."
    elif len(found) <= 3:
        text = f"On {words.days(found)}{often}: {each}."
    else:
        text = f"Since {words.day(found[0])}, last on {words.day(found[-1])}{often}: {each}."
    at_stake = money.to_minor(f.amount_at_risk, f.currency)
    back = words.total(charged) - at_stake
    if back > 0:
        told = any("came back" in r for r in f.reasons[:REASONS])
        came = "" if told else f" {money.display(back, f.currency)} has come back."
        text += f"{came} {money.display(at_stake, f.currency)} is still at stake." if at_stake > 0 else " All of it has come back."
    if f.stream and f.stream.cadence.next_due and f.stream.status != "ended":
        late = as_of is not None and f.stream.cadence.next_due < as_of
        text += f" {'The next was' if late else 'Next'} expected on {words.day(f.stream.cadence.next_due)}."
    return text


def _deadline(f: Finding, findings: Findings, screen: Screen) -> list[str]:
    if f.amount_at_risk <= 0:
        return _block(f"Nothing is left to claim back; see that it is not charged again. Id {f.id[:6]}.")
    if f.deadline is None:
        return _block(f"No time limit is known for it here: ask the issuer today. Id {f.id[:6]}.")
    counted = screen.clocks.get(f.id) or f.rule or ""
    due = f.deadline
    if isinstance(counted, Until):
        due, counted = counted.day, counted.words
    left = (due - findings.as_of).days if findings.as_of else None
    why = f" ({escape.terminal(counted)})" if counted else ""
    if left is not None and left < 0:
        text = f"The time to dispute ended on {words.day(due)}{why}: ask the issuer all the same. Id {f.id[:6]}."
    else:
        remaining = "" if left is None else ", today" if left == 0 else f", {words.counted(left, 'day')} left"
        text = f"Dispute by {words.day(due)}{remaining}{why}. Id {f.id[:6]}."
    role = "urgent" if left is not None and left <= 7 else "deadline"
    return [screen.style(line, role) for line in _block(text)]


def _nothing(findings: Findings) -> list[str]:
    """What was looked at, when nothing asks to be disputed."""
    looked = sum(len(s) for s in findings.statements)
    alive = sorted((s for s in findings.streams if s.status != "ended"), key=lambda s: (s.merchant, s.first, s.id))
    recurring = words.counted(len(findings.streams), "recurring charge")
    lines = words.wrap(f"Nothing to dispute found. Looked at {words.counted(looked, 'transaction')} and {recurring}.", WIDTH)
    lines += [_stream(s) for s in alive[:LISTED]]
    if len(alive) > LISTED:
        lines.append(f"    and {len(alive) - LISTED} more: --format json lists all")
    return lines


def _stream(s: Stream) -> str:
    amount = money.display(money.to_minor(s.amount, s.currency), s.currency)
    name = words.fit(escape.terminal(s.merchant), 28)
    name += " " * (28 - words.cells(name))
    return words.fit(f"    {name}  {amount:>13}  {words.often(s.cadence)}, since {s.first:%Y-%m-%d}", WIDTH)


def _minor(minor: Sequence[Finding], before: int, screen: Screen) -> list[str]:
    lines = ["For your information:"]
    shown = minor if screen.verbose else minor[:INFORMED]
    for n, f in enumerate(shown, before + 1):
        name = words.fit(escape.terminal(f.merchant), 28)
        back = " All of it has come back." if f.amount_at_risk <= 0 and words.charges(f.transactions) else ""
        text = f"{name}: {words.WHAT[f.kind]}. {_reason(f, 0)}{back}"
        lines += words.wrap(text, WIDTH, indent=f"{n:>2}  ", hanging="    ")
    if len(minor) > len(shown):
        lines.append(f"    and {len(minor) - len(shown)} more: -v shows all")
    return lines


def _tail(findings: Findings, urgent: Sequence[Finding], screen: Screen) -> list[str]:
    files = named(screen.files, screen.pattern)
    between = " " if files else ""
    spoken_of = {f.stream.id for f in findings if f.stream is not None}
    others = [s for s in findings.streams if s.id not in spoken_of and s.status != "ended"]
    yours = sum(s.authorized is True for s in others)
    open_ones = len(others) - yours
    lines = []
    if yours:
        lines.append(f"{words.counted(yours, 'recurring charge')} {'is' if yours == 1 else 'are'} yours, as you said.")
    if open_ones:
        more = "more " if urgent or yours else ""
        noun = f"{open_ones} {more}recurring charge{'' if open_ones == 1 else 's'} {'looks' if open_ones == 1 else 'look'} settled."
        lines += [f"{noun} To say which are yours:", f"  stmt-scan review {files}".rstrip()]
    at_stake = [(n, f) for n, f in enumerate(urgent, 1) if f.amount_at_risk > 0]
    if at_stake:
        number, worst = at_stake[0]
        which = "the first" if number == 1 else f"number {number}"
        lines += [f"To dispute {which}:", f"  {screen.style(f'stmt-scan dispute {worst.id[:6]} {files}{between}-o dispute/', 'command')}"]
    return lines


def named(files: Sequence[str], pattern: tuple[str, str] | None = None, *, room: int = 2_000) -> str:
    """The command's files as a shell would take them, to be copied; `...` for those beyond `room` columns."""
    if pattern is not None:
        return "*".join(shlex.quote(escape.visible(part)) if part else "" for part in pattern)
    quoted = [shlex.quote(escape.visible(f)) for f in files]
    shown = quoted[:1]
    for word in quoted[1:]:
        if words.cells(" ".join([*shown, word])) > room:
            return f"{' '.join(shown)} ..."
        shown.append(word)
    return " ".join(shown)
