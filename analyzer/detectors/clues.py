"""Evidence that several rules share: what history, descriptor and amount say of a set of charges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyzer import money
from analyzer.detectors.base import IN_VIEW, LATELY, THIS_YEAR, Context
from analyzer.merchants import AGREEMENTS
from analyzer.merchants.template import LONGEST
from analyzer.merchants.text import TERMINALS
from analyzer.model import Stream

if TYPE_CHECKING:
    from analyzer.model import Decision

Clue = tuple[str, str]
TRIAL_GAPS = (3, 5, 7, 10, 14, 15, 21, 28, 30)
_ENDINGS = {95, 97, 98, 99}
_PHONE = re.compile(r"[0-9]{3}[-. )]{1,2}[0-9]{3}[-. ][0-9]{4}")
_PAYMENT_SERVICE = "PayPal"
"""It prints its own phone number behind every payee."""
_BUYING = {"marketplace-purchase", "digital-purchase", "app-store"}


def history(context: Context, rows: Sequence[int], *, period: float = 31.0, business: bool = True) -> list[Clue]:
    """Since when: recent, new within the view, or there all along; and whether the holder bought there before."""
    first = int(context.days[rows[0]])
    begin = context.beginnings[str(context.account[rows[0]])]
    out: list[Clue] = []
    in_view = first - begin >= max(IN_VIEW, 1.2 * period if period < 200 else 380)
    if in_view:
        months = round((first - begin) / 30.4)
        out.append(("started-in-view", f"first charge {context.iso(rows[0])}; nothing like it in the {months} months before"))
        if context.day - first <= LATELY:
            out.append(("started-lately", ""))
        elif context.day - first <= THIS_YEAR:
            out.append(("started-this-year", ""))
        else:
            out.append(("paid-for-long", ""))
    else:
        out.append(("long-standing", f"first seen {context.iso(rows[0])}, where the statements begin"))
    a, _ = context.group(rows[0])
    earlier = int(context.place[rows[0]]) - a
    if business and earlier > 0:
        out.append(("earlier-business", f"{earlier} earlier purchase{'s' * (earlier != 1)} at this merchant"))
    return out


def descriptor(context: Context, rows: Sequence[int], *, till: bool = True) -> list[Clue]:
    """What the bank's text gives away; whether someone may have stood at a `till` only where the calendar does not speak against it."""
    readings = [context.reading(r) for r in rows]
    out: list[Clue] = []
    # A listed merchant prints its number with every charge, and a payment service its own.
    if any(r.phone and r.carrier != _PAYMENT_SERVICE and r.listed is None for r in readings):
        out.append(("phone-in-descriptor", "a phone number stands in the bank's text; do not call it, ask the card issuer"))
    # A listed merchant's order numbers are known to differ.
    if len(rows) > 1 and not any(_is_agreement(r.listed) for r in readings):
        texts = set(context.merchants.text[list(rows)].tolist())
        numbers = _phones(context, rows) if all(r.phone for r in readings) else set()
        if len(texts) * 2 > len(rows):
            out.append(("rotating-descriptor", f"{len(texts)} different texts for {len(rows)} charges of one merchant"))
        elif len(numbers) * 2 > len(rows):
            out.append(("rotating-descriptor", f"{len(numbers)} different phone numbers for {len(rows)} charges of one merchant"))
    # Of three charges the rhythm says it better than the word.
    if all(r.household for r in readings):
        out.append(("household-words", ""))
    if len(rows) < 3 and any(r.words for r in readings):
        out.append(("subscription-words", "the bank's text itself speaks of a membership or subscription"))
    far = [bool(context.abroad[r]) for r in rows]
    if sum(far) * 2 > len(rows):
        last = readings[-1]
        where = f"the text ends with {last.code}" if last.code else f"charged in {context.currency[rows[-1]]}"
        out.append(("foreign-merchant", f"{where}: not where this card is used"))
    shop = sum(r.place and not f for r, f in zip(readings, far, strict=True)) * 2 > len(readings)
    if till and shop and not any(_is_agreement(r.listed) for r in readings):
        maker = readings[-1].carrier
        said = f"paid through a terminal of {maker}" if maker in TERMINALS else "the text names a town"
        out.append(("names-a-town", f"{said}, so it may be a shop"))
    return out


def _phones(context: Context, rows: Sequence[int]) -> set[str]:
    return {m.group() for r in rows if (m := _PHONE.search(context.text(r)[:LONGEST]))}


def _is_agreement(listed: object) -> bool:
    return getattr(listed, "kind", None) in AGREEMENTS


def well_known(context: Context, rows: Sequence[int]) -> list[Clue]:
    """Whether the merchant is a subscription or a store of them that the public list knows."""
    row = context.reading(rows[-1]).listed
    return [("well-known", "")] if row is not None and (_is_agreement(row) or row.kind == "app-store") else []


def price(context: Context, rows: Sequence[int]) -> list[Clue]:
    """Whether the latest amount is typical of continuity offers: a low price ending in 95, 97, 98 or 99."""
    row = rows[-1]
    minor, currency = -int(context.minor[row]), str(context.currency[row])
    if money.exponent(currency) == 2 and minor % 100 in _ENDINGS and minor <= 10_000:
        return [("continuity-price", f"{context.amount(minor, row)}: an amount typical of offers that renew themselves")]
    return []


def is_a_price(minor: int) -> bool:
    """Whether an amount looks like a price: at most three figures that are not noughts, as it is (34.90) or with the one or
    five of the smallest unit that prices are set below a round sum (124.95), or two with any up to five (11.96)."""

    def figures(n: int) -> int:
        return len(str(n).rstrip("0"))

    return any(figures(minor + n) <= 3 for n in (0, 1, 5)) or any(figures(minor + n) <= 2 for n in (2, 3, 4))


def beside(context: Context, stream: Stream) -> tuple[list[int], list[Clue]]:
    """The other charges of a merchant that has only ever taken the amounts of `stream`, and the sentence about them.

    They are not on the calendar, but nobody who did not agree to the one agreed to the others. Only where the agreement came
    first, with three charges or more: a habit has no such beginning.
    """
    a, b = context.group(stream.rows[0])
    group = [int(r) for r in context.rows.position[a:b]]
    prices = {int(context.minor[r]) for r in stream.rows}
    more = [r for r in group if r not in context.in_streams]
    if not more or stream.amount_model == "metered" or any(int(context.minor[r]) not in prices for r in group):
        return [], []
    if min(int(context.days[r]) for r in more) <= int(context.days[stream.rows[2]]):
        return [], []
    n = len(more)
    return more, [("charged-beside", f"{n} more charge{'s' * (n > 1)} of the same amount at this merchant, between the due days")]


def shape(context: Context, stream: Stream | None) -> list[Clue]:
    """What the stream's own amount model and state say."""
    out: list[Clue] = []
    if stream is None:
        return out
    if stream.amount_model == "fx":
        out.append(("foreign-price", "the amount moves by a few per cent, like a price in another currency"))
    if stream.amount_model == "metered":
        out.append(("metered", ""))
    if stream.status == "early":
        out.append(("early", ""))
    if stream.status == "ended":
        out.append(("ended", f"no charge since {context.iso(stream.rows[-1])}"))
    return out


def said(context: Context, decision: Decision | None, merchant: str) -> list[Clue]:
    """What the holder's own list says of an agreement that it does not cover."""
    if decision is not None and decision.verdict == "never-authorized":
        return [("never-authorized", "you said you never authorised it")]
    if decision is not None:
        return [("above-your-limit", "dearer than your list allows for this merchant")]
    if context.has_list:
        return [("not-on-your-list", "not on your list of agreements")]
    return []


def returned(context: Context, rows: Sequence[int], kind: str) -> list[Clue]:
    """What came back of a finding of `kind`: a sentence for each refund, and the evidence if nothing is left."""
    back = context.refunds(rows)
    if not back:
        doubts = (
            f"{context.amount(m.back.minor, m.back.row)} came in on {context.iso(m.back.row)}: not the amount of the charge of "
            f"{context.iso(m.charge.row)}, so perhaps for one before the statements begin; see what it is for"
            for m in context.doubtful_refunds(rows)
        )
        return [("credit-in-doubt", said) for said in doubts]
    sentences = "; ".join(
        f"{context.amount(m.back.minor, m.back.row)} came back on {context.iso(m.back.row)} for the charge of {context.iso(m.charge.row)}"
        for m in back
    )
    if sum(m.full for m in back) < len(rows):
        return [("partly-refunded", sentences)]
    if kind == "seller-fee":
        return [("fee-refunded", f"refunded in full: {sentences}; see that the seller's account is closed")]
    return [("refunded", f"refunded in full: {sentences}")]


def purchases(context: Context) -> dict[tuple[str, str], int]:
    """(account, first word of a listed company in capitals) → how often the holder bought there."""
    known: dict[tuple[str, str], int] | None = context.kept.get("purchases")
    if known is None:
        import numpy as np

        names = [r.listed.name.split()[0].upper() if r.listed and r.listed.kind in _BUYING else "" for r in context.merchants.readings]
        buying = context.merchants.flag(bool(n) for n in names) & (context.minor < 0)
        rows = np.flatnonzero(buying)
        known = dict(Counter((str(context.account[r]), names[context.merchants.text[r]]) for r in rows))
        context.kept["purchases"] = known
    return known


def trial(context: Context, stream: Stream) -> list[Clue]:
    """Whether a small charge stands at the beginning of a stream."""
    rows = stream.rows
    if len(rows) < 3 or int(context.minor[rows[0]]) * 5 < int(context.minor[rows[1]]) * 2:
        return []
    return [("trial-before", f"a small charge of {context.amount(-int(context.minor[rows[0]]), rows[0])} came first")]
