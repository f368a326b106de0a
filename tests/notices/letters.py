"""Mails written for the tests, and frames to look for their charges in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from analyzer.model import COLUMNS

PASS = "mx.example.net; dkim=pass header.d=amazon.com; spf=pass smtp.mailfrom=bounces.amazon.com; dmarc=pass header.from=amazon.com"
WELCOME = (
    "Your selling account has been opened with the Professional plan.\n\nPlan fee: USD 39.99 per month\nFirst charge: 4 May 2026.\n"
    "https://sellercentral.amazon.com/\n"
)


def letter(
    *,
    sender: str | Sequence[str] = "Amazon <seller@amazon.com>",
    subject: str = "Welcome to selling on Amazon",
    results: str | Sequence[str] = (),
    above: Sequence[str] = (),
    more: Sequence[str] = (),
    text: str = WELCOME,
    html: str | None = None,
    day: str = "Fri, 27 Mar 2026 03:15:04 +0000",
) -> bytes:
    """A mail: `above` stands before the Authentication-Results in `results`, `more` after them."""
    froms = [sender] if isinstance(sender, str) else sender
    blocks = [results] if isinstance(results, str) else results
    head = [*above, *(f"Authentication-Results: {b}" for b in blocks), *more]
    head += [f"From: {f}" for f in froms] + ["To: holder@example.com", f"Subject: {subject}", f"Date: {day}", "MIME-Version: 1.0"]
    if html is None:
        head += ["Content-Type: text/plain; charset=utf-8", "", text]
    else:
        head += ["Content-Type: text/html; charset=utf-8", "", html]
    return "\n".join(head).encode()


def frame(*rows: tuple[str, int, str, str]) -> pd.DataFrame:
    """A frame of (day, minor, currency, descriptor) rows on one card."""
    table = pd.DataFrame(
        {
            "posted": pd.to_datetime([r[0] for r in rows]),
            "amount": [r[1] / 100 for r in rows],
            "minor": [r[1] for r in rows],
            "currency": [r[2] for r in rows],
            "descriptor": [r[3] for r in rows],
            "merchant": [r[3] for r in rows],
            "account": ["...4242"] * len(rows),
            "fitid": [None] * len(rows),
            "status": ["posted"] * len(rows),
            "source": ["card.ofx"] * len(rows),
            "page": [None] * len(rows),
            "line": list(range(1, len(rows) + 1)),
        }
    )
    return table.astype(COLUMNS)


MAIL_DAY = date(2026, 3, 27)
