"""Any rows, written in several layouts, come back the same."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .layouts import Made, Sheet, comma, point
from .test_layouts import read, rows

START = date(2024, 12, 5)
Row = tuple[date, Decimal, str]
TEXTS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=4, max_size=10).map(lambda t: f"SHOP {t}")
ROWS = st.lists(
    st.tuples(
        st.integers(0, 30).map(lambda n: START + timedelta(days=n)),
        st.integers(-500_000, 500_000).filter(bool).map(lambda n: Decimal(n).scaleb(-2)),
        TEXTS,
    ),
    min_size=2,
    max_size=40,
).map(lambda found: sorted(found, key=lambda r: r[0]))


def balance_columns(found: list[Row], opening: Decimal) -> bytes:
    s = Sheet()
    s.line((40, "Current account statement 5 December 2024 to 5 January 2025"))
    s.line((40, "Date"), (100, "Details"), (380, "Paid out", "r"), (460, "Paid in", "r"), (560, "Balance", "r"))
    s.line((100, "Opening balance"), (560, point(opening), "r"))
    for day, amount, text in found:
        opening += amount
        s.line((40, f"{day:%d %b}"), (100, text), (380 if amount < 0 else 460, point(abs(amount)), "r"), (560, point(opening), "r"))
    return s.done()


def signed_with_ends(found: list[Row], opening: Decimal) -> bytes:
    s = Sheet()
    s.line((40, "Kontoauszug Girokonto 05.12.2024 bis 05.01.2025 EUR"))
    s.line((40, "Datum"), (100, "Verwendungszweck"), (540, "Betrag", "r"))
    s.line((100, "Alter Saldo"), (540, comma(opening) + "+", "r"))
    for day, amount, text in found:
        s.line((40, f"{day:%d.%m.}"), (100, text), (540, comma(abs(amount)) + ("-" if amount < 0 else "+"), "r"))
    closing = opening + sum(a for _, a, _ in found)
    s.line((100, "Neuer Saldo"), (540, comma(abs(closing)) + ("-" if closing < 0 else "+"), "r"))
    return s.done()


def card_with_marks(found: list[Row], opening: Decimal) -> bytes:
    s = Sheet()
    s.line((40, "Credit card statement   Statement date 5 January 2025   SGD"))
    s.line((40, "Date"), (100, "Description"), (540, "Amount", "r"))
    s.line((100, "Previous balance"), (540, point(opening), "r"))
    for day, amount, text in found:
        s.line((40, f"{day:%d %b %Y}"), (100, text), (540, f"{point(abs(amount))} {'CR' if amount > 0 else 'DR'}", "r"))
    closing = opening - sum(a for _, a, _ in found)
    s.line((100, "New balance"), (540, point(abs(closing)) + (" CR" if closing < 0 else ""), "r"))
    return s.done()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.integers(1, 900_000), st.sampled_from([balance_columns, signed_with_ends, card_with_marks]))
def test_rows_come_back(found: list[Row], opening: int, write: object) -> None:
    data = write(found, Decimal(opening).scaleb(-2))  # type: ignore[operator]
    answer = read(data)
    expected = Made(data, [(d, a) for d, a, _ in found])
    assert rows(answer) == Counter((d.isoformat(), a) for d, a in expected.rows)
    assert answer["statements"][0]["reconciled"] is True
    assert answer["statements"][0]["descriptor"] == [t for _, _, t in found]
