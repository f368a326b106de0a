"""What to do now, in order, for one dispute: page one of the terminal output, and `playbook.md`.

Three decisions are kept apart: tell the issuer (now), stop further charges (now), replace the number (with the issuer).
Every sentence that states a rule carries its source and the day it was compiled; "not legal advice" stands once.
"""

from __future__ import annotations

import csv
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from analyzer import escape
from analyzer.disputes import deadlines, rules, words
from analyzer.disputes.deadlines import Window
from analyzer.disputes.dossier import Dossier, Line
from analyzer.disputes.letter import claim, duty_words, ranges
from analyzer.disputes.rules import Rule

FEW = 4
"""Up to so many charges have a line of their own for every time limit."""
NOT_ADVICE = "Not legal advice: rules change, and issuers have terms of their own. Ask yours."


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence, with where it is from; `source` is empty where it states no rule."""

    text: str
    source: str = ""
    as_of: str = ""
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A heading and its sentences."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class _Advice:
    step: str
    jurisdiction: str
    instrument: str
    situations: str
    item: Item


@lru_cache(maxsize=1)
def _advice() -> tuple[_Advice, ...]:
    text = (resources.files("analyzer.disputes") / "data" / "advice.csv").read_text(encoding="utf-8")
    return tuple(
        _Advice(r["step"], r["jurisdiction"], r["instrument"], r["situations"], Item(r["text"], r["source"], r["as_of"]))
        for r in csv.DictReader(text.splitlines())
    )


def _from_data(d: Dossier, step: str) -> Iterator[Item]:
    for advice in _advice():
        here = advice.jurisdiction in ("any", d.jurisdiction) and advice.instrument in ("any", d.instrument)
        if advice.step == step and here and (advice.situations == "any" or d.situation in advice.situations.split(";")):
            yield advice.item


def _ruled(rule: Rule, text: str) -> Item:
    return Item(text, rule.sources[0] if rule.sources else rule.source, rule.as_of.isoformat(), not rule.verified)


def steps(d: Dossier) -> tuple[Step, ...]:
    """The playbook of one dispute."""
    found = [
        Step("Until when", tuple(_until(d))),
        Step("Decision 1: tell the issuer now", tuple(_tell(d))),
        Step("Decision 2: stop further charges now", tuple(_stop(d))),
        Step("Decision 3: replace the number? Decide it with the issuer", tuple(_replace(d))),
        Step("The merchant", tuple(_merchant(d))),
        Step("Before you send the letter", tuple(_before(d))),
        Step("What then, and where to go if it fails", tuple(_later(d))),
    ]
    return tuple(step for step in found if step.items)


def _until(d: Dossier) -> Iterator[Item]:
    if d.total_minor == 0:
        yield Item("Every charge has come back on the statement. There is nothing left to dispute; keep watching the next statements.")
        return
    keep = d.act_by
    if keep is None:
        yield Item("No time limit is known here for this situation. Ask the issuer today.")
    elif keep.passed:
        gone = "may have passed" if any(w.doubtful for line in d.disputed for w in line.clock.windows) else "has passed"
        yield Item(f"Every time limit known here {gone}. Ask the issuer all the same, today: its own terms may be longer.")
    else:
        day = words.day(keep.due, "en", d.jurisdiction)
        yield Item(f"Have it with the issuer by {day}: {words.left(keep.days_left(d.as_of))}. Earlier is better, and today is best.")
        own = d.governing
        if own is not None and keep.rule.kind == rules.NETWORK != own.rule.kind:
            later = words.day(own.due, "en", d.jurisdiction)
            yield Item(
                "That day is the end of the card network's window, within which the issuer can charge it back to the merchant. "
                f"Your own limit runs until {later}; do not wait for it"
            )
    timed = [(line, window) for line in d.disputed for window in line.clock.windows]
    if len(d.disputed) <= FEW:
        for line, window in timed:
            yield _ruled(window.rule, _one(d, line, window))
    else:
        groups: dict[tuple[Rule, bool], list[tuple[Line, Window]]] = {}
        for line, window in timed:
            groups.setdefault((window.rule, window.passed), []).append((line, window))
        for (rule, passed), members in groups.items():
            yield _ruled(rule, _many(d, rule, passed, members))
    for said in d.clock.assumptions:
        yield Item(said)


def _one(d: Dossier, line: Line, window: Window) -> str:
    """The time limit of one charge under one rule, as a sentence."""
    rule = window.rule
    day = words.day(window.due, "en", d.jurisdiction)
    counted = f"{words.limit(rule.limit, rule.unit)} from {window.counted_from}, {words.day(window.start, 'en', d.jurisdiction)}"
    head = f"Charge {line.number} of {words.day(line.charge.posted, 'en', d.jurisdiction)}"
    if window.doubtful:
        return (
            f"{head}: the limit may have passed, on {day} at the earliest ({_what(rule)}; {counted}). Find the true day, and send at once"
        )
    if window.passed:
        return f"{head}: the limit passed on {day} ({_what(rule)}; {counted})"
    first = "by" if window is line.clock.act_by else "also open, until"
    return f"{head}: {first} {day}, {words.left(window.days_left(d.as_of))} ({_what(rule)}; {counted})"


def _many(d: Dossier, rule: Rule, passed: bool, members: Sequence[tuple[Line, Window]]) -> str:
    """The same for many charges: which, and the first and last day."""
    numbers = ranges([line.number for line, _ in members])
    first, last = (words.day(pick(w.due for _, w in members), "en", d.jurisdiction) for pick in (min, max))
    doubtful = any(w.doubtful for _, w in members)
    state = ("may have passed, between" if doubtful else "passed between") if passed else "open, the first until"
    return f"Charges {numbers}: {state} {first} {'and' if passed else 'and the last until'} {last} ({_what(rule)}; each in charges.csv)"


def _what(rule: Rule) -> str:
    return "the network's window" if rule.kind == rules.NETWORK else rule.obligation


def _before(d: Dossier) -> Iterator[Item]:
    for question in d.missing:
        yield Item(f"Missing: {question.text}")
    for objection in d.objections:
        yield Item(objection)
    yield Item(
        f"The situation: {claim(d.situation, 'en')}{'' if d.details.situation else ' (taken from the finding; not confirmed by you)'}."
    )
    for rule in d.networks() if d.situation == "credit-not-processed" else ():
        if rule.wait_days and d.details.refund_promised:
            day = words.day(deadlines.add(d.details.refund_promised, rule.wait_days, "days"), "en", d.jurisdiction)
            yield _ruled(rule, f"{rule.network} gives a refund {rule.wait_days} days from its note: the issuer may wait until {day}")
    yield from _from_data(d, "before")


def _tell(d: Dossier) -> Iterator[Item]:
    yield Item("Call the number on the back of the card, or use the issuer's own app. Do not wait for anything else.")
    yield Item("Note the day, the name and the reference number; then send letter.txt or packet.pdf in the way the issuer asks for.")
    for rule in d.rules_of("deadline"):
        if not (rule.id.startswith("rege-1005.6") and d.situation != "unauthorized"):
            limit = words.limit(rule.limit, rule.unit)
            note = f". {rule.consequence[0].upper()}{rule.consequence[1:]}" if rule.consequence else ""
            yield _ruled(rule, f"You: {rule.obligation}, within {limit}; counted from: {rule.counted_from}{note}")
    for rule in d.rules_of("liability"):
        note = f" ({rule.consequence})" if rule.consequence else ""
        money = rule.limit is not None and rule.unit.isupper() and f"{rule.unit} {rule.limit}" not in rule.obligation
        most = f": at most {rule.unit} {rule.limit}" if money else ""
        yield _ruled(rule, f"What you can be held to: {rule.obligation.removeprefix('liability for unauthorised use: ')}{most}{note}")
    yield from _from_data(d, "tell")


def _stop(d: Dossier) -> Iterator[Item]:
    yield Item("Ask the issuer for a stop on this merchant, and for a temporary freeze of the card if it offers one.")
    if d.details.account_takeover or d.finding.kind == "seller-fee":
        yield Item("Secure your account at the merchant first: new password, second factor, sign out everywhere; the same for its e-mail.")
    yield Item("Then remove the card from the merchant account.")
    yield from _from_data(d, "stop")


def _replace(d: Dossier) -> Iterator[Item]:
    yield from _from_data(d, "replace")
    yield Item('Ask: "If the number changes, will a pending refund still reach me?"')
    if not d.details.account_takeover:
        yield Item("If the number itself was stolen, and not only a shop account hijacked, replace it.")


def _merchant(d: Dossier) -> Iterator[Item]:
    from analyzer import merchants

    listed = merchants.lookup(d.lines[0].charge.descriptor)
    if listed is not None and listed.support and not re.search(r"\d{3}", listed.support):
        yield Item(f"Ask for: {listed.support}", _address(listed.source), listed.as_of)
    if d.finding.kind == "seller-fee":
        yield Item(
            "This is a fee for sellers: seller support is the department, not the one for shoppers, which cannot see the seller account."
        )
    for rule in d.merchant_rules():
        for line in d.disputed:
            due = deadlines.add(line.charge.posted, rule.limit or 0, rule.unit)
            state = "passed on" if due < d.as_of else "until"
            text = f"Charge {line.number}: {rule.obligation}, within {words.limit(rule.limit, rule.unit)} of the {rule.counted_from}"
            yield _ruled(rule, f"{text}: {state} {words.day(due, 'en', d.jurisdiction)} ({rule.consequence})")
    if any(re.search(r"\d{3}[-. )]?\d{3}|\d{7}", line.charge.descriptor) for line in d.lines):
        yield Item("The statement line prints a phone number. Never call it: find the merchant's own site, or use the card's number.")
    else:
        yield Item("Never call a number from a statement line, a mail or a search advertisement.")
    yield Item("Write: I did not order this, stop it, refund it to the card it was taken from, confirm in writing. Name no card number.")
    yield from _from_data(d, "merchant")


def _address(source: str) -> str:
    found = re.search(r"https?://\S+", source)
    return found.group() if found else source


def _later(d: Dossier) -> Iterator[Item]:
    for rule in d.rules_of("duty"):
        yield _ruled(rule, f"The {rule.actor}: {duty_words(rule)}{f' ({rule.consequence})' if rule.consequence else ''}")
    for rule in d.rules_of("note"):
        yield _ruled(rule, f"{rule.obligation[0].upper()}{rule.obligation[1:]}{f' ({rule.consequence})' if rule.consequence else ''}")
    routes = d.rules_of("route")
    for rule in routes:
        time = f" (limit {words.limit(rule.limit, rule.unit)})" if rule.limit else ""
        more = f". {rule.consequence}" if rule.consequence else ""
        yield _ruled(rule, f"If it fails: {rule.obligation}{time}{more}")
    if not routes:
        yield Item("If it fails: ask the issuer for its complaints procedure in writing, and which ombudsman or authority it answers to.")
    yield from _from_data(d, "later")
    yield Item("Watch the next statements: a refund can be partial, and a charge can return under another name.")


def _with_source(item: Item, shown: str) -> str:
    if not item.source:
        return shown
    doubt = "; not fully verified" if item.unverified else ""
    site = re.sub(r"^https?://(?:www\.)?([^/]*).*", r"\1", item.source)
    return f"{shown.rstrip('.')} [{escape.visible(site)}, as of {item.as_of}{doubt}]."


def title(d: Dossier) -> str:
    """The playbook's heading; unescaped."""
    return f"What to do now: {d.finding.merchant}, {d.total} in dispute ({claim(d.situation, 'en')})"


def as_text(d: Dossier, width: int = 80) -> str:
    """The playbook for a terminal; a source is shown by its site, its full address stands in `playbook.md`."""
    out = textwrap.wrap(escape.terminal(title(d)), width, break_long_words=False)
    for step in steps(d):
        out += ["", escape.terminal(step.title)]
        for item in step.items:
            text = _with_source(item, escape.terminal(_sentence(item.text)))
            out += textwrap.wrap(
                text, width, initial_indent="  - ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
            )
    return "\n".join([*out, "", NOT_ADVICE]) + "\n"


def as_markdown(d: Dossier) -> str:
    """The playbook as `playbook.md`."""
    out = [f"# {escape.markdown(title(d))}"]
    for step in steps(d):
        out += ["", f"## {escape.markdown(step.title)}", ""]
        for item in step.items:
            doubt = ", not fully verified" if item.unverified else ""
            where = f" ([source]({_target(item.source)}), as of {item.as_of}{doubt})" if item.source.startswith("http") else ""
            if item.source and not where:
                where = f" ({escape.markdown(item.source)}, as of {item.as_of}{doubt})"
            out.append(f"- {escape.markdown(_sentence(item.text))}{where}")
    return "\n".join([*out, "", f"*{NOT_ADVICE}*"]) + "\n"


def _target(address: str) -> str:
    return re.sub(r"[\s()<>]", lambda m: f"%{ord(m.group()):02X}", address)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", '"', "!")) else f"{text}."
