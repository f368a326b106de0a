"""Named evidence and its weights: the one table every score comes from.

A score is `1 / (1 + exp(-sum))` of the weights of all evidence that holds; each kind of finding has a `base:`
weight that always holds. 0 is a toss-up (score 0.5), +2.2 is nine in ten. A user overrides any of them:

::

    [weights]
    phone-in-descriptor = 0.2
    "base:price-increase" = 1.0
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, isfinite

from analyzer import files
from analyzer.errors import StmtScanError

WEIGHTS: Mapping[str, float] = {
    # Where each kind starts: how often it is right with nothing else known.
    "base:seller-fee": 0.6,
    "base:trial-conversion": -2.0,
    "base:unrecognized-recurring": -1.7,
    "base:new-subscription": -1.7,
    "base:charge-after-cancellation": 1.6,
    "base:card-testing": -0.6,
    "base:duplicate-charge": -0.7,
    "base:price-increase": -1.0,
    "base:unusual-amount": -1.0,
    # What the descriptor says.
    "listed-seller-fee": 2.0,  # a seller's or advertiser's fee on the public list
    "listed-subscription": 0.4,  # an agreement on the public list
    "well-known": -0.3,  # the same, charging for a while, and there is no list to be missing from: most of these are signed up for
    "subscription-words": 0.5,  # MEMBERSHIP, TRIAL, RENEWAL ... in the text
    "phone-in-descriptor": 0.9,  # a phone number: the merchant expects questions
    "rotating-descriptor": 0.4,  # the words or the phone number differ from charge to charge; references do with everybody
    "household-words": -0.4,  # RENT, ENERGY, INSURANCE ...: what a household signs for
    "foreign-merchant": 0.4,  # from a country the card is not used in, or in a currency it is hardly ever charged in
    "names-a-town": -1.2,  # someone stood at a till
    # What the holder's history says.
    "started-lately": 0.9,  # first charge within 120 days of the day judged by
    "started-this-year": 0.4,  # within nine months of it
    "started-in-view": 0.7,  # the statements cover a time before it, without it
    "paid-for-long": -0.5,  # it began in view, but more than nine months ago
    "long-standing": -0.6,  # there from the beginning of the statements
    "only-buys-there": 1.0,  # the holder only buys from this company
    "earlier-business": -0.5,  # the holder bought there before
    "trial-before": 1.8,  # a small charge came first
    "odd-prices": -1.5,  # neither the small charge nor the full one is a usual price
    "no-token": -0.8,  # the first charge was no token amount for this card
    "one-full-charge": -0.6,  # one full charge so far, not at the end of a usual trial
    "trial-gap": 0.6,  # 3, 7, 14, 30 ... days before: the length of a trial
    "sure-rhythm": 0.5,  # there is a list, and the rhythm of what is not on it is no habit
    "charged-beside": 0.0,  # more charges of the same amount, between the due days
    "ended": -0.5,  # it has stopped
    # What the amount says.
    "foreign-price": 0.3,  # it moves like a price in another currency
    "continuity-price": 0.3,  # 4.95, 19.99 ...: typical of continuity offers
    "metered": -0.5,  # differs each time, like a bill for use
    "early": -0.3,  # two charges only
    "partly-refunded": -0.3,  # some of it was paid back
    "credit-in-doubt": 0.0,  # money came in, but perhaps for a charge from before the statements
    "refunded": -9.0,  # every charge was paid back: nothing is left to dispute
    "fee-refunded": -1.0,  # the same of a seller's fee: the account it was charged for may still be open
    # What the holder said.
    "not-on-your-list": 2.0,  # there is a list of agreements, and this is not on it
    "never-authorized": 4.0,  # the holder said so
    "above-your-limit": 2.8,  # dearer than the entry on the list allows
    # The other rules' own.
    "small-charges": 0.8,  # three or more tiny charges at merchants never seen before, within two days
    "large-follows": 0.9,  # and a large one within three days
    "same-day": 0.4,  # equal charges on one day, not the next
    "same-text": 0.2,  # word for word
    "in-a-stream": 0.4,  # the merchant charges at a fixed rhythm, so a second is no second purchase
    "large-jump": 0.5,  # by more than half
    "far-off": 0.6,  # more than four times the usual
}


def score(weights: Mapping[str, float], names: Iterable[str]) -> float:
    """The score of evidence `names`, 0..1, to two decimals.

    A name without a weight counts nothing.
    """
    total = sum(weights.get(n, 0.0) for n in names)
    return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 2)


def load_toml(path: str) -> Mapping[str, float]:
    """`WEIGHTS` with those of the user's file in their place.

    Raises:
        StmtScanError: the file cannot be read, names no evidence of ours, or a weight is no number.
    """
    data = files.read_toml(path, todo="write one table [weights]")
    entries = data.get("weights")
    if not isinstance(entries, dict) or set(data) != {"weights"}:
        raise StmtScanError("needs one table [weights] and nothing else", source=path)
    for name, value in entries.items():
        if name not in WEIGHTS and not name.startswith("plugin:"):
            raise StmtScanError(f"no evidence is named {name!r}", source=path, todo="see docs/detection.md for the names")
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise StmtScanError(f"{name} = {value!r} is no number", source=path, todo="write a number such as 0.5 or -1")
    return {**WEIGHTS, **{k: float(v) for k, v in entries.items()}}
