"""Which dispute it is, what must be asked before a letter may claim it, and what is still missing.

"Never authorised" and "cancelled and still charged" are different disputes: the first denies any agreement, the
second admits one and needs the day it was cancelled. A letter of the wrong kind loses, and a dispute may be sent
only once; so the situation is the holder's own word, and what was not said is listed as missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from analyzer.disputes.details import Details
from analyzer.disputes.rules import SITUATIONS
from analyzer.model import Finding, Situation, Transaction

MEANING: dict[Situation, str] = {
    "unauthorized": "never authorised: I did not agree to it, and nobody did so for me",
    "cancelled-recurring": "cancelled: I had agreed, cancelled, and was charged again",
    "misrepresentation": "trial or offer: what I was shown was not what I was charged for",
    "duplicate": "duplicate: charged more than once for one purchase",
    "incorrect-amount": "wrong amount: not the price that was agreed",
    "credit-not-processed": "refund missing: promised, and not on the statement",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing only the holder knows: the key of `Details` it fills, and how to ask for it."""

    key: str
    text: str
    kind: Literal["text", "lines", "date", "yes-no", "choice", "amount"] = "text"
    choices: tuple[str, ...] = ()


SITUATION = Question("situation", "What happened?", "choice", SITUATIONS)
_HOUSEHOLD = (
    Question("used_or_benefited", "Did you, or anyone in your household, use or benefit from what was charged?", "yes-no"),
    Question("shared_login", "Does anyone else know the login of your account at this merchant, or share it with you?", "yes-no"),
    Question("card_lent", "Did you lend the card, or give its number to anyone?", "yes-no"),
)
_TAKEN_OVER = Question("account_takeover", "Did somebody else get into your account at this merchant?", "yes-no")
_PERSON = (
    Question("name", "Your name, as the issuer knows it"),
    Question("address", "Your postal address (separate lines with ;)", "lines"),
    Question("phone", "A phone number where the issuer reaches you"),
    Question("issuer", "The card issuer's name"),
)
_DIGITS = Question("last_four", "The last four digits of the card or account, which the statement does not print")
_BILLING = Question(
    "billing_inquiries", "The issuer's address for billing inquiries, not the one for payments (separate lines with ;)", "lines"
)
_DISPUTES = Question("billing_inquiries", "The issuer's address for disputes (separate lines with ;)", "lines")
_CALL = Question("date_of_call", "On which day did you tell the issuer (phone, app or branch)?", "date")
_OF_SITUATION: dict[Situation, tuple[Question, ...]] = {
    "unauthorized": _HOUSEHOLD,
    "cancelled-recurring": (
        Question("cancellation_date", "On which day did you cancel?", "date"),
        Question("cancellation_how", "How did you cancel (website, mail, phone; confirmation number)?"),
    ),
    "misrepresentation": (Question("offer", "What were you shown or told about price and renewal?"),),
    "duplicate": (Question("valid_charge", "Which of the charges is the valid one (date, and reference of the purchase)?"),),
    "incorrect-amount": (Question("agreed_amount", "Which amount was agreed?", "amount"),),
    "credit-not-processed": (Question("refund_promised", "What is the date of the merchant's refund note?", "date"),),
}


def digits(account: str) -> str:
    """The last four characters of a masked account; empty where the statement names none."""
    shown = re.sub(r"[^0-9A-Za-z]", "", account.partition("#")[0])
    return shown[-4:] if shown and shown != "unknown" else ""


def questions(details: Details, finding: Finding, jurisdiction: str | None) -> tuple[Question, ...]:
    """Every question that this dispute needs answered, answered or not, in the order to ask them."""
    situation = details.situation or finding.category
    asked = [SITUATION, *_OF_SITUATION[situation]]
    if situation == "unauthorized" and finding.kind == "seller-fee":
        asked.append(_TAKEN_OVER)
    asked += _PERSON
    if not digits(finding.account):
        asked.append(_DIGITS)
    asked.append(_BILLING if jurisdiction == "US" else _DISPUTES)
    asked.append(_CALL)
    return tuple(asked)


def missing(details: Details, finding: Finding, jurisdiction: str | None) -> tuple[Question, ...]:
    """The questions still without an answer; the packet is a draft until there is none."""
    return tuple(q for q in questions(details, finding, jurisdiction) if not _answered(q.key, details, jurisdiction))


def _answered(key: str, details: Details, jurisdiction: str | None) -> bool:
    value: Any = getattr(details, key)
    if key == "phone":
        value = details.phone or details.email
    elif key == "billing_inquiries" and not value and jurisdiction != "US":
        value = details.issuer_address
    return value not in (None, "", ())


def objections(
    details: Details, situation: Situation, charges: Sequence[Transaction], refunded: bool, account: str = ""
) -> tuple[str, ...]:
    """What an issuer would hold against this dispute as it stands, in plain sentences; the holder should know first."""
    said = []
    printed = digits(account)
    if printed and details.last_four and details.last_four != printed:
        said.append(f"You gave the last four digits {details.last_four}; the statement is of the card or account ending {printed}.")
    if situation == "unauthorized" and (details.used_or_benefited or details.card_lent):
        said.append(
            "You answered that somebody with your permission used the card, or benefited. Then the charge may not count as "
            "unauthorised, and saying so may be a false claim: talk to that person first, or choose another situation."
        )
    if situation == "unauthorized" and details.shared_login:
        said.append("You answered that the login is shared: ask everyone who has it before you send this.")
    if situation == "unauthorized" and details.cancellation_date:
        said.append(
            "You gave a cancellation date. If you had agreed once and cancelled, the situation is cancelled-recurring, not unauthorized."
        )
    if situation == "cancelled-recurring" and details.cancellation_date:
        last = max(t.posted for t in charges)
        if last <= details.cancellation_date:
            said.append("No charge is later than the day you cancelled.")
        elif last < details.cancellation_date + timedelta(days=15) and details.network in (None, "discover"):
            said.append("The network Discover wants the cancellation at least 15 days before the latest disputed charge.")
    amounts = [abs(t.amount) for t in charges]
    if situation == "duplicate" and len(set(amounts)) == len(amounts):
        said.append("No two of the charges have the same amount: none of them is a duplicate of another.")
    if situation == "incorrect-amount" and details.agreed_amount is not None and max(amounts) <= details.agreed_amount:
        said.append("No charge is above the amount that was agreed.")
    if refunded:
        said.append("Every charge has come back on the statement: there is nothing left to dispute. A second credit would be taken back.")
    return tuple(said)
