"""The rows of a frame that belong to an incident: its account, its merchant, charges since, money that came back.

Nothing here is stored: the statements are asked anew each time, so a late or corrected statement changes the answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from analyzer import merchants
from analyzer.ledger.incidents import Incident, may_be
from analyzer.model import Transaction, transactions

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Mask = np.ndarray[Any, np.dtype[np.bool_]]

NEAR = 0.06
"""How far a refund may be from its charge and still be the refund of it: exchange rates move, banks keep a fee."""
AGAIN = 0.12
"""How far a further charge may be from the first ones, at a merchant the holder also buys from."""
ASKED_BACK_IN_FULL = ("unauthorized", "cancelled-recurring", "misrepresentation", "credit-not-processed")
"""Situations in which every charge of the incident is asked back, and every further one is part of it."""

_BANK_WORDS = re.compile(
    r"refund|reversal|reversed|chargeback|charge back|dispute|provisional|adjustment|\bcredit adj|koreksi|sanggah|pengembalian|pembatalan",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Credit:
    """Money that came back. `sure` is False when it may have another reason; `by` says who is named in the line."""

    transaction: Transaction
    sure: bool
    by: str

    @property
    def minor(self) -> int:
        """How much, positive."""
        return abs(self.transaction.minor)


@dataclass(frozen=True, slots=True)
class Found:
    """What the statements show of an incident.

    `since` are charges after those of the incident; `earlier` ones before its last that are not in it; `pending`
    rows of the merchant that are not posted yet.
    """

    since: tuple[Transaction, ...]
    earlier: tuple[Transaction, ...]
    credits: tuple[Credit, ...]
    pending: tuple[Transaction, ...]
    until: date | None
    """The last day the rows of the account speak of; None when there is no row of it."""

    @property
    def covered(self) -> bool:
        """Whether there are rows of the account at all."""
        return self.until is not None


def find(incident: Incident, frame: pd.DataFrame) -> Found:
    """The rows of `frame` (with the columns of `analyzer.model.COLUMNS`) that belong to `incident`."""
    own = _account(incident, frame)
    if own.empty:
        return Found((), (), (), (), until=None)
    named = own["merchant"].isin(_names(incident)).to_numpy()
    posted = (own["status"] == "posted").to_numpy()
    out = (own["minor"] < 0).to_numpy()
    pending = _transactions(own, named & ~posted)
    charges = _transactions(own, named & posted & out)
    rest = _without(charges, incident.transactions)
    first = min((t.posted for t in incident.transactions), default=incident.opened)
    last = max((t.posted for t in incident.transactions), default=incident.opened)
    bought_before = any(t.posted < first for t in rest)
    alike = [t for t in rest if _counts(incident, t, bought_before)]
    return Found(
        since=tuple(t for t in alike if t.posted > last),
        earlier=tuple(t for t in alike if t.posted <= last),
        credits=_credits(incident, own, named & posted, posted & ~out, bought_before or incident.category not in ASKED_BACK_IN_FULL),
        pending=pending,
        until=own["posted"].max().date(),
    )


def _account(incident: Incident, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the incident's account and currency.

    Where several accounts share the label's last characters, or the label was cut shorter or not known when the case
    was opened, those that hold its charges; without one, those of the very label.
    """
    label = incident.account.partition("#")[0]
    names = [str(a) for a in frame["account"].unique()]
    same = [a for a in names if a.partition("#")[0] == label]
    if len(same) != 1:
        wanted = {(t.posted.isoformat(), t.minor) for t in incident.transactions}
        holding = []
        for name in (a for a in names if may_be(a, label)):
            rows = frame[frame["account"] == name]
            if wanted & set(zip(rows["posted"].dt.strftime("%Y-%m-%d"), rows["minor"], strict=True)):
                holding.append(name)
        same = holding or same
    return frame[frame["account"].isin(same) & (frame["currency"] == incident.currency)].reset_index(drop=True)


def _names(incident: Incident) -> set[str]:
    descriptors = list(dict.fromkeys(t.descriptor for t in incident.transactions))
    return {incident.merchant, *(t.merchant for t in incident.transactions), *merchants.name(descriptors)}


def _transactions(own: pd.DataFrame, mask: Mask) -> tuple[Transaction, ...]:
    found = transactions(own.loc[mask])
    return tuple(sorted(found, key=lambda t: (t.posted, t.descriptor, t.minor)))


def _identity(t: Transaction) -> tuple[object, ...]:
    return (t.posted, t.minor, t.currency)


def _without(charges: Sequence[Transaction], known: Sequence[Transaction]) -> list[Transaction]:
    """`charges` less those in `known`, one for one: genuine twins stay two."""
    left = Counter(_identity(t) for t in known)
    rest = []
    for t in charges:
        if left[_identity(t)] > 0:
            left[_identity(t)] -= 1
        else:
            rest.append(t)
    return rest


def _counts(incident: Incident, charge: Transaction, bought_before: bool) -> bool:
    """Whether a further charge of the merchant is more of the same: not the holder's ordinary shopping there."""
    if incident.category not in ASKED_BACK_IN_FULL:
        return False
    if not bought_before and incident.category != "credit-not-processed":
        return True
    return any(abs(charge.minor - t.minor) <= AGAIN * abs(t.minor) for t in incident.transactions)


def _credits(incident: Incident, own: pd.DataFrame, named: Mask, money_in: Mask, shops_there: bool) -> tuple[Credit, ...]:
    """Money in since the first charge, by how surely it belongs to the incident; one credit a row."""
    import pandas as pd

    first = min((t.posted for t in incident.transactions), default=incident.opened)
    amounts = {abs(t.minor) for t in incident.transactions}
    whole = {sum(abs(t.minor) for t in incident.transactions), incident.claim_minor}
    family = _family(incident.merchant)
    since = money_in & (own["posted"] >= pd.Timestamp(first)).to_numpy()
    is_named = named[since].tolist()
    elsewhere = {abs(m) for m in own.loc[(own["minor"] < 0) & ~own["merchant"].isin(_names(incident)), "minor"].tolist()}
    found = []
    for t, own_name in zip(transactions(own.loc[since]), is_named, strict=True):
        exact = t.minor in amounts or t.minor in whole
        near = exact or any(abs(t.minor - a) <= NEAR * a for a in amounts)
        relative = bool(family) and _family(t.merchant) == family
        by_bank = bool(_BANK_WORDS.search(t.descriptor))
        if own_name:
            by = "the merchant" if near or not shops_there else "the merchant, but not by the amount: another purchase may have gone back"
            found.append(Credit(t, near or not shops_there, by))
        elif exact and (relative or by_bank):
            found.append(Credit(t, t.minor not in elsewhere, "the merchant's family" if relative else "the issuer (it may be provisional)"))
        elif exact:
            found.append(Credit(t, False, "nobody we know: only the amount fits"))
        elif relative and by_bank and near:
            found.append(Credit(t, False, "the merchant's family, near the amount"))
    return tuple(sorted(found, key=lambda c: (c.transaction.posted, c.minor, c.transaction.descriptor)))


def _family(merchant: str) -> str:
    """The first word of a merchant's name, where it is long enough to mean something."""
    word = re.split(r"[^0-9a-z]+", merchant.casefold().strip(), maxsplit=1)[0]
    return word if len(word) >= 4 else ""
