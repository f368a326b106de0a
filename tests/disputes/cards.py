"""Cards made by hand: statements as frames, as OFX and CSV text, and as PDF pages whose boxes are known."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from analyzer.importers.base import Document, Rows, build
from analyzer.model import Box, Finding, Situation, Statement

FEE = "AMAZON SELLER REPAY SEATTLE WA"
MAIL = date(2026, 3, 27)
DAY = date(2026, 6, 28)
Row = tuple[date, int, str]
SECRET_SHOPS = ("QUIET CLINIC 88", "WARUNG RAHASIA", "LOVE HOTEL NOCTURNE")
"""Where the holder also spends money; no output may ever name them."""


def check_digit(number: str) -> str:
    """`number` with the digit that makes it a valid card number; made here so that none stands in a file."""
    total = 0
    for i, c in enumerate(reversed(number + "0")):
        n = int(c) * (1 + i % 2)
        total += n - 9 if n > 9 else n
    return number + str(-total % 10)


def month_end(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def statement(
    rows: Sequence[Row],
    source: str = "june.ofx",
    *,
    start: date | None = None,
    end: date | None = None,
    currency: str = "USD",
    kind: str | None = "credit",
    number: str = "400012XXXXXX4242",
    data: bytes = b"",
    form: str = "ofx",
    boxes: Sequence[tuple[Box, ...]] = (),
) -> Statement:
    """One statement with these rows; lines are numbered from 10, or pages taken from the boxes."""
    content = data or source.encode()
    made = build(
        Document(source, content, hashlib.sha256(content).hexdigest()),
        Rows(
            posted=[r[0] for r in rows],
            minor=[r[1] for r in rows],
            descriptor=[r[2] for r in rows],
            line=None if boxes else list(range(10, 10 + len(rows))),
            page=[b[0].page for b in boxes] if boxes else None,
            boxes=boxes,
        ),
        format=form,
        importer=form,
        number=number,
        kind=kind,  # type: ignore[arg-type]
        currency=currency,
        start=start,
        end=end,
    )
    made.frame["merchant"] = ["Amazon selling fees" if FEE in d else " ".join(d.split()[:2]).title() for d in made.frame["descriptor"]]
    return made


def story(currency: str = "IDR") -> list[Statement]:
    """Fourteen monthly statements: purchases at Amazon, other shops, two seller fees, the first one refunded."""
    unit = 1_000_000 if currency == "IDR" else 100
    found = []
    for i in range(14):
        year, month = divmod(2025 * 12 + 4 + i, 12)
        start = date(year, month + 1, 1)
        rows: list[Row] = [(start + timedelta(days=2 + i), -(11 + i) * unit, f"AMZN MKTP US*{1000 + i}X WA")]
        rows += [(start + timedelta(days=d), -(31 + 7 * d + i) * unit, shop) for d, shop in zip((4, 9, 20), SECRET_SHOPS, strict=True)]
        if start == date(2026, 5, 1):
            rows.append((date(2026, 5, 4), -651_205_00, FEE))
        if start == date(2026, 6, 1):
            rows += [(date(2026, 6, 4), -654_196_00, FEE), (date(2026, 6, 22), 651_205_00, FEE)]
        end = min(month_end(start), DAY)
        found.append(statement(sorted(rows), f"home/secret-folder/{start:%Y-%m}.ofx", start=start, end=end, currency=currency))
    return found


def charge_finding(
    statements: Sequence[Statement],
    text: str = FEE,
    *,
    kind: str = "seller-fee",
    category: Situation = "unauthorized",
    merchant: str = "Amazon selling fees",
) -> Finding:
    """A finding of all money-out rows whose descriptor is `text`."""
    charges = tuple(t for s in statements for t in s.transactions if t.descriptor == text and t.amount < 0)
    return Finding(
        kind=kind,  # type: ignore[arg-type]
        detector=kind,
        score=0.9,
        merchant=merchant,
        account=charges[0].account,
        currency=charges[0].currency,
        amount_at_risk=-sum((t.amount for t in charges), start=charges[0].amount * 0),
        reasons=("Made for a test.",),
        category=category,
        transactions=charges,
        statements=tuple(statements),
    )


DETAILS = {
    "name": "Ratna Contoh",
    "address": ["Jl. Mawar Contoh No. 12", "Jakarta Selatan 12000"],
    "phone": "+62 21 5550 0142",
    "issuer": {"name": "Bank Contoh", "billing_inquiries": ["Unit Sanggahan", "Jl. Contoh Raya No. 1"]},
    "household": {"used_or_benefited": False, "shared_login": False, "card_lent": False},
    "dispute": {
        "situation": "unauthorized",
        "account_takeover": True,
        "notice_date": MAIL,
        "date_of_call": date(2026, 6, 8),
        "reference": "CC-4711",
    },
}


def pdf_statement(
    folder: Path, rows: Sequence[Row], name: str = "june.pdf", *, number: str = "", balance: int | None = None, end: date = DAY
) -> Statement:
    """A PDF statement written to `folder` and its Statement, with the box of every row as it was drawn.

    Args:
        folder: where the file goes.
        rows: as for `statement`.
        name: of the file.
        number: printed in full at the top, as careless banks do.
        balance: opening balance; a running balance is printed behind every amount then.
        end: statement date.
    """
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(48, 800, "Sample Bank")
    canvas.drawString(48, 780, f"Card number {number}")
    canvas.drawString(48, 766, "Closing balance 9,876.54")
    for x, head in ((48, "Date"), (130, "Description"), (400, "Amount"), (500, "Balance")):
        canvas.drawString(x, 740, head)
    y, boxes, running = 740.0, [], balance or 0
    for posted, minor, text in rows:
        y -= 14
        running += minor
        canvas.drawString(48, y, f"{posted:%d %b %Y}")
        canvas.drawString(130, y, text)
        canvas.drawRightString(440, y, f"{abs(minor) / 100:,.2f}")
        if balance is not None:
            canvas.drawRightString(545, y, f"{running / 100:,.2f}")
        boxes.append((Box(1, 48, 842 - y - 8, 547, 842 - y + 2),))
    canvas.showPage()
    canvas.save()
    path = folder / name
    path.write_bytes(out.getvalue())
    return statement(rows, str(path), end=end, data=out.getvalue(), form="pdf", boxes=boxes)
