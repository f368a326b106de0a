"""Money that came back, matched one to one to the charge it pays back.

Equal amounts first, then amounts within an exchange rate's wobble, then partial refunds; each refund counts once,
each charge is paid back once. Of equal charges the latest before the refund is meant: what an agreement took in November
does not come back in May.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WOBBLE = 0.055
"""How far a full refund may be off its charge, as a share: two conversions of one foreign price."""
LONGEST = 200
"""Days after a charge within which its refund may come."""
REACH = 62
"""Days, two monthly charges: a credit this soon after the statements begin may pay back a charge from before them."""


@dataclass(frozen=True, slots=True)
class Money:
    """One row: position in the frame, days since 1970, positive minor units."""

    row: int
    day: int
    minor: int


@dataclass(frozen=True, slots=True)
class Refund:
    """`back` pays back `charge`; `full` unless it is clearly less."""

    charge: Money
    back: Money
    full: bool


def match(charges: Sequence[Money], credits: Sequence[Money], *, begin: int | None = None) -> list[Refund]:
    """The pairs, in the order of the refunds. The latest refund chooses first; of equal charges it takes the latest left.

    Args:
        charges: of one merchant.
        credits: of the same merchant.
        begin: the first day the statements show. Within `REACH` days of it only an equal amount is matched.
    """
    out: list[Refund] = []
    left = sorted(charges, key=lambda c: (c.day, c.minor, c.row))
    open_credits = sorted(credits, key=lambda c: (-c.day, c.minor, c.row))
    for step in ("equal", "wobble", "partial"):
        waiting = []
        for credit in open_credits:
            sure = step == "equal" or begin is None or credit.day - begin >= REACH
            fits = [c for c in left if sure and c.day <= credit.day <= c.day + LONGEST and _fits(step, c.minor, credit.minor)]
            if not fits:
                waiting.append(credit)
                continue
            chosen = min(fits, key=lambda c: (abs(c.minor - credit.minor) if step == "wobble" else 0, -c.day))
            left.remove(chosen)
            out.append(Refund(chosen, credit, step != "partial"))
        open_credits = waiting
    return sorted(out, key=lambda r: (r.back.day, r.back.row))


def _fits(step: str, charge: int, credit: int) -> bool:
    if step == "equal":
        return charge == credit
    if step == "wobble":
        return abs(charge - credit) <= WOBBLE * charge
    return credit < charge
