"""The grammar of dates: what is read comes back, and the order is decided for a whole column."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.importers.days import MONTHS, Day, complete, decide_order, parse_day

DATES = st.dates(date(1970, 1, 1), date(2069, 12, 31))
WRITTEN = {
    "dmy": ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d %m %Y", "%d.%m.%Y 10:22", "%d%m%Y"],
    "mdy": ["%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%m/%d/%Y 10:22 PM", "%m%d%Y"],
    "ymd": ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y-%m-%dT%H:%M:%S", "%Y%m%d120000[-5:EST]", "%y-%m-%d"],
}


@given(day=DATES, order=st.sampled_from(["dmy", "mdy", "ymd"]), data=st.data())
def test_numeric_dates_come_back(day: date, order: str, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(WRITTEN[order]))
    found = parse_day(day.strftime(form), order)  # type: ignore[arg-type]
    assert found is not None
    assert found.on() == day


@given(
    day=DATES,
    name=st.sampled_from(sorted(MONTHS)),
    form=st.sampled_from(["{d} {m} {y}", "{d}. {m} {y}", "{m} {d}, {y}", "{d}-{m}-{y}", "{d} de {m} de {y}"]),
)
def test_month_names_come_back(day: date, name: str, form: str) -> None:
    day = day.replace(day=min(day.day, 28), month=MONTHS[name])
    found = parse_day(form.format(d=day.day, m=name.capitalize(), y=day.year))
    assert found is not None
    assert found.on() == day


def test_every_month_name_comes_back() -> None:
    for name, month in MONTHS.items():
        for written in (name, name.capitalize()):
            found = parse_day(f"5 {written} 2024")
            assert found is not None, name
            assert found.on() == date(2024, month, 5)


NO_DATES = [
    *("", "-", "31/02/2024", "2024-02-30", "00000000", "2024-13-01", "00/00/2024", "1.2", "12.50", "9999-01-01", "0001-01-01", "tomorrow"),
    *("2024-1-1-1", "20240230", "٢٠٢٤٠١٣١", "12 FOO 2024", "3/4/5/6", "1" * 64, "-" * 300),
]


@pytest.mark.parametrize("text", NO_DATES, ids=lambda t: t[:12])
def test_no_dates(text: str) -> None:
    found = parse_day(text, "dmy")
    assert found is None or found.year is None


@given(text=st.text(max_size=70))
def test_any_text_is_a_date_or_none(text: str) -> None:
    for order in ("dmy", "mdy", "ymd"):
        found = parse_day(text, order)  # type: ignore[arg-type]
        assert found is None or found.on(2000) is not None


@given(days=st.lists(DATES, min_size=1, max_size=10), order=st.sampled_from(["dmy", "mdy"]))
def test_the_order_decided_reads_the_column(days: list[date], order: str) -> None:
    form = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"
    texts = [d.strftime(form) for d in days]
    choice = decide_order(texts)
    assert choice is not None
    if choice.certain and not choice.reason:
        assert [parse_day(t, choice.order).on() for t in texts] == days  # type: ignore[union-attr]
    if any(d.day > 12 for d in days):
        assert choice.certain


def test_a_column_that_decides_nothing_is_said_to() -> None:
    choice = decide_order(["03/04/2024", "05/06/2024"])
    assert choice is not None
    assert not choice.certain


def test_sorted_rows_decide_with_a_reason() -> None:
    choice = decide_order(["01/02/2024", "02/02/2024", "03/02/2024", "01/03/2024", "02/03/2024"])
    assert choice is not None
    assert (choice.order, choice.certain) == ("dmy", True)
    assert "order" in choice.reason


def test_mixed_orders_are_no_column() -> None:
    assert decide_order(["13/04/2024", "04/13/2024"]) is None


@given(end=st.dates(date(1975, 1, 1), date(2060, 12, 31)), back=st.integers(0, 300))
def test_a_day_without_a_year_is_the_last_one_before_the_end(end: date, back: int) -> None:
    day = end - timedelta(days=back)
    found = complete(Day(None, day.month, day.day), end)
    assert found is not None
    if day.month != 2 or day.day != 29:
        assert found == day


def test_a_day_across_new_year() -> None:
    end = date(2024, 1, 15)
    assert complete(Day(None, 12, 28), end) == date(2023, 12, 28)
    assert complete(Day(None, 1, 3), end) == date(2024, 1, 3)
