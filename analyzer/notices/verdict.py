"""A mail → verdict, checks, what it announces, the charges that can be it, and what to do.

Trust is the receiver's own result and alignment, for a domain on the company's dated list; everything else is at
best `unverified`. A genuine mail is not good news: a welcome to an account nobody opened means that somebody did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from analyzer.notices import checks as c
from analyzer.notices import matching
from analyzer.notices.amounts import Announced, When, find_amounts, find_days
from analyzer.notices.checks import Check
from analyzer.notices.claims import Claim, Topic, company_of, passed_on, topic_of
from analyzer.notices.mail import Mail
from analyzer.notices.matching import Match
from analyzer.notices.sender import Sender, sender_of

if TYPE_CHECKING:
    import pandas as pd

Verdict = Literal["authentic-looking", "unverified", "likely-fake"]
_ORIGINAL = (
    "A mail passed on is a new mail: it shows who passed it on, and nothing of who wrote what is inside. "
    "Save the original from the mailbox it came to, and look at that."
)
_TAKEOVER: tuple[Topic, ...] = ("seller-account", "account-changed", "sign-in")


@dataclass(frozen=True, slots=True)
class Notice:
    """The result of `check`. `claim` is the company the mail speaks for; `searched` says whether there were statements."""

    source: str
    verdict: Verdict
    sender: Sender
    subject: str
    claim: Claim | None
    topic: Topic
    checks: tuple[Check, ...]
    amounts: tuple[Announced, ...]
    days: tuple[When, ...]
    matches: tuple[Match, ...]
    advice: tuple[str, ...]
    searched: bool = True
    listed: bool = field(default=False)


def check(mail: Mail, frame: pd.DataFrame | None = None, *, receiver: str | None = None) -> Notice:
    """What can be said about `mail`, offline.

    Args:
        mail: a saved mail, see `mail.read`.
        frame: transactions to look for the announced charge in; None when there are none.
        receiver: the mail provider whose own verdict is trusted, as the user names it.
    """
    sender = sender_of(mail)
    claim = company_of(mail, sender)
    company = claim.company if claim else None
    topic = topic_of(mail)
    proofs, confirmed = c.authenticated(mail, sender, receiver, claim)
    done = [
        c.from_header(sender, claim),
        *proofs,
        c.listed(sender, claim),
        c.written(sender, company),
        c.reply_to(mail, sender),
        c.targets(mail.links, sender, company),
        c.texts(mail.links),
        c.attached(mail),
        c.structure(mail),
    ]
    on_list = claim is not None and sender.domain is not None and claim.company.lists(sender.domain) is not None
    verdict = _verdict(done, confirmed, on_list, sender)
    text = f"{mail.subject}\n\n{mail.text}"
    amounts, days = find_amounts(text), find_days(text, mail.day)
    matches: list[Match] = []
    if frame is not None and amounts:
        matches = matching.find(matching.Search(amounts, days, mail.day, company, topic == "seller-account"), frame)
    done.append(_charge(amounts, days, matches, frame is not None))
    return Notice(
        source=mail.source,
        verdict=verdict,
        sender=sender,
        subject=mail.subject,
        claim=claim,
        topic=topic,
        checks=tuple(done),
        amounts=tuple(amounts),
        days=tuple(days),
        matches=tuple(matches),
        advice=tuple(
            ([_ORIGINAL] if verdict == "unverified" and passed_on(mail) else [])
            + _advice(verdict, topic, claim, amounts, matches, receiver, searched=frame is not None)
        ),
        searched=frame is not None,
        listed=on_list,
    )


def _verdict(done: Sequence[Check], confirmed: bool, on_list: bool, sender: Sender) -> Verdict:
    failed = [check for check in done if check.result == "fail"]
    if sender.forged or any(check.name in ("dmarc", "domain-spelling") and check.decides for check in failed):
        return "likely-fake"
    if confirmed and on_list:
        return "unverified" if any(check.name not in ("spf", "dkim") for check in failed) else "authentic-looking"
    return "likely-fake" if any(check.decides for check in failed) else "unverified"


def _charge(amounts: Sequence[Announced], days: Sequence[When], matches: Sequence[Match], searched: bool) -> Check:
    if not amounts:
        return Check("charge", "unknown", "the mail names no amount")
    spoken = [a for a in amounts if a.charge or a.refund] or list(amounts)
    what = ", ".join(a.text() for a in spoken[: c.SHOWN])
    when = [" or ".join(d.isoformat() for d in w.readings) for w in days if w.charge]
    told = f"announces {what}" + (f" ({', '.join(when[:3])})" if when else "")
    if any(not a.certain for a in spoken[: c.SHOWN]):
        told += "; a number in it can be read in two ways"
    if not searched:
        return Check("charge", "unknown", f"{told}; no statement was given to look for it")
    if any(m.fit == "fits" for m in matches):
        return Check("charge", "pass", f"{told}; on the statements: {_days(matches, 'fits')}")
    if matches:
        return Check("charge", "unknown", f"{told}; possibly on the statements: {_days(matches, 'possible')}")
    return Check("charge", "unknown", f"{told}; no such charge on the statements given")


def _days(matches: Sequence[Match], fit: str) -> str:
    found = [m for m in matches if m.fit == fit]
    return ", ".join(m.transaction.posted.isoformat() for m in found[: c.SHOWN])


def _advice(
    verdict: Verdict,
    topic: Topic,
    claim: Claim | None,
    amounts: Sequence[Announced],
    matches: Sequence[Match],
    receiver: str | None,
    *,
    searched: bool,
) -> list[str]:
    company = claim.company.name if claim else "the company"
    out: list[str] = []
    if verdict == "likely-fake":
        out.append("Ignore the mail: open none of its links or attachments, do not answer it, call no number in it.")
        out.append("Still check your statements: a fake mail does not mean that nothing was charged.")
    elif topic in _TAKEOVER:
        what = {"seller-account": "opened a seller's account", "account-changed": "changed this", "sign-in": "signed in"}[topic]
        if verdict == "authentic-looking":
            out.append(f"An alarm, not good news: if you have not {what} at {company}, treat your account there as taken over.")
            out.append(
                f"Now, through the address you always use and not through this mail: change the password of {company} and of your mailbox, "
                "end all other sessions, switch on two-step sign-in, remove your card from the account."
            )
            out.append(
                "Tell your card issuer today that the account was taken over, and ask for further charges of this merchant to be stopped."
            )
        else:
            out.append(
                f"If it is genuine and you have not {what} at {company}, your account there is taken over: look, but not through this mail."
            )
            out.append("Type the address you always use, and look at your account's sign-ins, roles and payment methods there.")
    elif verdict == "authentic-looking":
        out.append(f"It looks genuine. If you did not ask {company} for what it speaks of, that is an alarm: look at your account there.")
    else:
        out.append(f"Nothing proves who sent it. Use none of its links; type the address of {company} yourself and look there.")
    if verdict == "authentic-looking":
        out.append(
            "A genuine mail can carry a stranger's words, as an invoice's note does: call no number it prints, pay nothing through it."
        )
    if receiver is None and verdict != "likely-fake":
        out.append(
            "Which mailbox was it saved from? Name it with --receiver (gmail.com, outlook.com, your provider) and its own check counts."
        )
    out += _about_charge(amounts, matches, searched)
    out.append("A saved mail can be edited: this result supports what you know, it proves nothing. Keep the mail as it is in your mailbox.")
    return out


def _about_charge(amounts: Sequence[Announced], matches: Sequence[Match], searched: bool) -> list[str]:
    if not searched:
        return ["No statement was given, so nothing could be matched: stmt-scan notice MAIL.eml STATEMENT..."] if amounts else []
    if any(m.fit == "fits" and not m.announced.refund for m in matches):
        return ["The charge it announces is on your statements. If you never agreed to it: stmt-scan scan FILE..., then stmt-scan dispute."]
    if matches and not all(m.announced.refund for m in matches):
        return ["A charge on your statements may be the one it announces: compare the day and the amount below."]
    if matches:
        return ["The refund it announces may be on your statements: compare the day and the amount below."]
    return (
        ["What it announces is not on the statements given. Look again when the next one comes: such a fee can follow weeks later."]
        if amounts
        else []
    )
