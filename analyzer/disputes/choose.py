"""Which charges a user means by an id or a merchant's name; what is ambiguous is listed, never guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer import escape, money
from analyzer.disputes.details import Details
from analyzer.disputes.numbers import cut_long_numbers
from analyzer.errors import UsageError
from analyzer.model import Finding, FindingKind, Findings, Situation, transactions

if TYPE_CHECKING:
    import pandas as pd

LOOK = 0.5
"""Findings of this score and above come before the others."""
_KIND: dict[Situation, FindingKind] = {
    "unauthorized": "unrecognized-recurring",
    "cancelled-recurring": "charge-after-cancellation",
    "misrepresentation": "trial-conversion",
    "duplicate": "duplicate-charge",
    "incorrect-amount": "price-increase",
    "credit-not-processed": "refund-missing",
}


def finding(target: str, findings: Findings, frame: pd.DataFrame, details: Details) -> Finding:
    """The one finding that `target` names: by the start of its id, else by merchant.

    Where no finding is meant but charges of that merchant exist, a finding of those charges.

    Raises:
        UsageError: nothing, or more than one thing, is meant; the message lists what there is.
    """
    if re.fullmatch(r"[0-9a-f]{4,12}", target.strip().casefold()):
        by_id = [f for f in findings if f.id.startswith(target.strip().casefold())]
        if by_id:
            return _only(by_id, target)
    named = [f for f in findings if _names(target, f.merchant, *(t.descriptor for t in f.transactions))]
    strong = [f for f in named if f.score >= LOOK]
    if named:
        return _only(_distinct(strong or named), target)
    return _by_merchant(target, frame, details, findings)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _wanted(target: str) -> str:
    """What is looked for; empty where it is too little to mean anything (one letter is in every name)."""
    plain = _plain(target)
    return plain if len(plain) > 1 or not plain.isascii() else ""


def _names(target: str, *texts: str) -> bool:
    wanted = _wanted(target)
    return bool(wanted) and any(wanted in _plain(text[:1000]) for text in texts)


def _distinct(found: list[Finding]) -> list[Finding]:
    """Without findings whose charges a better one holds already; best first."""
    kept: list[Finding] = []
    for f in sorted(found, key=lambda f: (-f.score, f.id)):
        charges = set(f.transactions)
        if not any(charges <= set(other.transactions) for other in kept):
            kept.append(f)
    return kept


def _only(found: list[Finding], target: str) -> Finding:
    if len(found) == 1:
        return found[0]
    listed = "; ".join(
        f"{f.id[:6]} {escape.visible(f.merchant)[:40]} ({f.kind}, {len(f.transactions)} charges, "
        f"{money.display(money.to_minor(f.amount_at_risk, f.currency), f.currency)})"
        for f in found[:8]
    )
    raise UsageError(f"{_shown(target)}: {len(found)} findings are meant: {listed}", todo="name one by its id")


def _shown(text: str) -> str:
    return escape.visible(cut_long_numbers(escape.mask_numbers(text)))[:60]


def _by_merchant(target: str, frame: pd.DataFrame, details: Details, findings: Findings) -> Finding:
    """A finding of all charges of one merchant, made because the holder says so."""
    import numpy as np

    wanted = _wanted(target)
    posted = ((frame["status"] != "pending") & (frame["minor"] < 0)).to_numpy()
    unique = frame.loc[posted, ["merchant", "descriptor"]].drop_duplicates()
    meant = [bool(wanted) and (wanted in _plain(m[:1000]) or wanted in _plain(d[:1000])) for m, d in unique.itertuples(index=False)]
    hits = unique[np.array(meant, dtype=bool)]
    names = sorted(set(hits["merchant"]))
    if not names:
        known = ", ".join(f"{f.id[:6]} {escape.visible(f.merchant)[:40]}" for f in list(findings)[:8])
        raise UsageError(
            f"{_shown(target)}: no finding and no charge of that name",
            todo=f"findings: {known}" if known else "name a merchant as the statement prints it",
        )
    if len(names) > 1:
        listed = ", ".join(escape.visible(n)[:40] for n in names[:8])
        raise UsageError(f"{_shown(target)}: {len(names)} merchants are meant: {listed}", todo="write more of the name")
    # Without the holder's word the packet stays a draft that asks for it.
    situation: Situation = details.situation or "unauthorized"
    mine = posted & (frame["merchant"] == names[0]).to_numpy()
    if situation == "cancelled-recurring" and details.cancellation_date is not None:
        mine &= (frame["posted"] > np.datetime64(details.cancellation_date)).to_numpy()
        if not mine.any():
            raise UsageError(f"{_shown(target)}: no charge is later than {details.cancellation_date}", todo="check the cancellation date")
    accounts = sorted(set(frame.loc[mine, "account"])), sorted(set(frame.loc[mine, "currency"]))
    if len(accounts[0]) > 1 or len(accounts[1]) > 1:
        raise UsageError(f"{_shown(target)}: charged on {', '.join(accounts[0])}", todo="give the statements of one card only")
    charges = transactions(frame, [int(i) for i in np.flatnonzero(mine)])
    currency = charges[0].currency
    total = money.from_minor(-sum(t.minor for t in charges), currency)
    return Finding(
        kind=_kind(situation, charges[0].descriptor),
        detector="holder",
        score=1.0,
        merchant=names[0],
        account=charges[0].account,
        currency=currency,
        amount_at_risk=total,
        reasons=("Nothing stood out in these charges; they are disputed because the holder says so.",),
        category=situation,
        transactions=charges,
    )


def _kind(situation: Situation, descriptor: str) -> FindingKind:
    from analyzer import merchants

    listed = merchants.lookup(descriptor)
    if situation == "unauthorized" and listed is not None and listed.kind in merchants.BUSINESS:
        return "seller-fee"
    return _KIND[situation]
