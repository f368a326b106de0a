"""The library: the same job as the command line, as functions on a pandas frame."""

from __future__ import annotations

import copy
import re
import warnings
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

import analyzer as sa
from analyzer.model import COLUMNS, Decision

SAMPLES = Path(__file__).resolve().parent.parent / "sample_data"


@pytest.fixture(scope="module")
def card() -> pd.DataFrame:
    return sa.read(SAMPLES / "indonesia.ofx")


def test_the_frame_has_its_columns_and_types(card: pd.DataFrame) -> None:
    assert {c: str(t) for c, t in card.dtypes.items()} == COLUMNS
    assert (card["minor"] == (card["amount"] * 100).round()).all()
    assert set(card["account"]) == {"...4242"}
    assert card["merchant"].notna().all()


def test_what_a_statement_says_stands_in_attrs(card: pd.DataFrame) -> None:
    (told,) = card.attrs["statements"]
    assert told["transactions"] == len(card)
    assert told["account"] == "...4242"
    assert told["start"] == "2025-04-28"
    assert len(told["sha256"]) == 64
    assert told["warnings"] == []
    assert copy.deepcopy(told) is told


def test_a_frame_survives_parquet_with_what_it_says(card: pd.DataFrame, tmp_path: Path) -> None:
    card.to_parquet(tmp_path / "card.parquet")
    again = pd.read_parquet(tmp_path / "card.parquet")
    assert {c: str(t) for c, t in again.dtypes.items()} == COLUMNS
    assert again.attrs["statements"][0]["transactions"] == len(card)
    assert [f.id for f in sa.scan(again)] == [f.id for f in sa.scan(card)]


def test_one_path_many_or_a_folder() -> None:
    folder = sa.read(SAMPLES / "uk")
    many = sa.read(sorted((SAMPLES / "uk").glob("*.pdf")))
    assert len(folder) == len(many) > 0
    assert len(folder.attrs["statements"]) == 4
    assert folder["page"].notna().all()


def test_rows_of_overlapping_statements_stand_once(card: pd.DataFrame) -> None:
    both = sa.read([SAMPLES / "indonesia.ofx", SAMPLES / "indonesia" / "2026-06.ofx"])
    assert len(both) == len(card)


def test_findings(card: pd.DataFrame) -> None:
    findings = sa.scan(card, authorized=SAMPLES / "authorized.toml", today=date(2026, 6, 28))
    first = findings[0]
    assert first.kind == "seller-fee"
    assert first.transactions[0].descriptor.startswith("AMAZON SELLER")
    assert first.deadline is not None
    table = findings.to_frame()
    assert table["id"].tolist() == [f.id for f in findings]
    assert isinstance(findings[:1], sa.Findings)
    assert "Amazon selling fees" in str(findings)


def test_without_a_day_the_last_one_of_the_statements_counts(card: pd.DataFrame) -> None:
    assert sa.scan(card).as_of == date(2026, 6, 28)


def test_decisions_may_be_given_as_they_are(card: pd.DataFrame) -> None:
    mine = [Decision(merchant=m) for m in ("Spotify", "Netflix", "Selularku Pascabayar", "Fitness First")]
    assert [f.kind for f in sa.scan(card, authorized=mine) if f.score >= 0.5] == ["seller-fee"]


def test_chosen_detectors_only(card: pd.DataFrame) -> None:
    assert {f.detector for f in sa.scan(card, detectors=["seller-fee"])} == {"seller-fee"}


def test_many_accounts_at_once(card: pd.DataFrame) -> None:
    everything = sa.read([SAMPLES / f"{n}.ofx" for n in ("indonesia", "us", "uk", "clean")])
    alone = {f.id for n in ("indonesia", "us", "uk", "clean") for f in sa.scan(sa.read(SAMPLES / f"{n}.ofx"), today=date(2026, 6, 28))}
    together = {f.id for f in sa.scan(everything, today=date(2026, 6, 28))}
    assert everything["account"].nunique() == 4
    assert together == alone


def test_the_accessor(card: pd.DataFrame) -> None:
    assert [f.id for f in card.sa.scan()] == [f.id for f in sa.scan(card)]
    assert [s.id for s in card.sa.streams()] == [s.id for s in sa.scan(card).streams]


def test_rows_in_any_order_give_the_same_findings(card: pd.DataFrame) -> None:
    shuffled = card.sample(frac=1, random_state=3)
    assert [f.id for f in sa.scan(shuffled)] == [f.id for f in sa.scan(card)]


def test_a_frame_of_ones_own_needs_only_the_columns(card: pd.DataFrame) -> None:
    own = pd.DataFrame({c: card[c].to_numpy() for c in COLUMNS}).astype(COLUMNS)
    assert [f.id for f in sa.scan(own)] == [f.id for f in sa.scan(card)]
    with pytest.raises(sa.StmtScanError, match="lacks minor"):
        sa.scan(own.drop(columns="minor"))


def test_an_empty_frame_has_no_findings(card: pd.DataFrame) -> None:
    assert len(sa.scan(card.iloc[:0])) == 0
    assert len(sa.read([])) == 0


def test_a_notebook_table_is_escaped(card: pd.DataFrame) -> None:
    hostile = card.copy()
    at = hostile["descriptor"].str.contains("SELLER")
    hostile.loc[at, "descriptor"] = "<script>alert(1)</script> AMAZON SELLER REPAY"
    hostile.loc[at, "merchant"] = "<img src=x onerror=alert(1)>"
    html = sa.scan(hostile)._repr_html_()
    assert re.findall(r"<td style='overflow-wrap:anywhere'>", html), "a name without a blank breaks, so that it does not stretch the table"
    assert re.findall(r"<td style='white-space:nowrap'>[0-9]{4}-[0-9]{2}-[0-9]{2}</td>", html)
    assert "<script" not in html
    assert "<img" not in html


def test_plot_returns_axes(card: pd.DataFrame) -> None:
    import matplotlib.axes

    axes = sa.scan(card)[0].plot()
    assert isinstance(axes, matplotlib.axes.Axes)


def test_a_packet(card: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="missing"):
        written = sa.scan(card, today=date(2026, 6, 28))[0].packet(str(tmp_path / "dispute"))
    assert (tmp_path / "dispute" / "packet.pdf").read_bytes().startswith(b"%PDF")
    assert "packet.pdf" in {Path(p).name for p in written.values()}


def test_errors_and_warnings(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ofx"
    broken.write_bytes(b"OFXHEADER:100\n<OFX><BANKTRANLIST>")
    with pytest.raises(sa.StatementError, match=r"broken\.ofx"):
        sa.read(broken)
    odd = tmp_path / "odd.csv"
    odd.write_text("Date,Description,Amount\n2026-06-01,A,-1.00\n2026-06-02,B,-x1.2.3\n2026-06-03,C,-3.00\n2026-06-04,D,-4.00\n", "utf-8")
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        frame = sa.read(odd)
    assert len(frame) == 3
    assert any(issubclass(w.category, sa.StatementWarning) and "odd.csv" in str(w.message) for w in seen)


@pytest.mark.parametrize("day", ["2026-06-28", datetime(2026, 6, 28, 23, 59), pd.Timestamp("2026-06-28"), date(2026, 6, 28)])
def test_the_day_may_be_written_as_people_write_it(card: pd.DataFrame, day: object) -> None:
    assert sa.scan(card, today=day).as_of == date(2026, 6, 28)  # type: ignore[arg-type]


@pytest.mark.parametrize("day", [20260628, "x", 1.5, ""])
def test_what_is_no_day_is_refused(card: pd.DataFrame, day: object) -> None:
    with pytest.raises(sa.StmtScanError, match="no day"):
        sa.scan(card, today=day)  # type: ignore[arg-type]


def test_one_detector_may_be_named_alone(card: pd.DataFrame) -> None:
    assert {f.kind for f in sa.scan(card, detectors="seller-fee")} == {"seller-fee"}


def _without(column: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda df: df.assign(**{column: df[column].where(df.index != 5)})


SPOILT: list[tuple[Callable[[pd.DataFrame], object], str]] = [
    (lambda df: df.to_dict("list"), "a dict"),
    (lambda df: None, "a NoneType"),
    (lambda df: "statement.ofx", "a str"),
    (lambda df: df.assign(posted=df["posted"].astype(str)), "pd.to_datetime"),
    (lambda df: df.assign(posted=df["posted"].dt.tz_localize("UTC")), "tz_localize(None)"),
    (_without("posted"), "1 row has no posted"),
    (_without("minor"), "1 row has no minor"),
    (_without("descriptor"), "1 row has no descriptor"),
    (_without("currency"), "1 row has no currency"),
    (lambda df: df.assign(minor=df["amount"] + 0.5), "whole numbers"),
    (lambda df: df.assign(minor=pd.array([9 * 10**18] * len(df), dtype="Int64")), "too large"),
    (lambda df: df.assign(currency="idr"), "'idr' is no currency"),
    (lambda df: df.assign(status="booked"), "'booked' is no status"),
    (lambda df: pd.concat([df, df[["minor"]]], axis=1), "two columns named minor"),
]


@pytest.mark.parametrize(("spoil", "said"), SPOILT)
def test_a_frame_that_cannot_be_judged_exactly_is_refused_and_loses_no_row_in_silence(
    card: pd.DataFrame, spoil: Callable[[pd.DataFrame], object], said: str
) -> None:
    with pytest.raises(sa.StmtScanError, match=re.escape(said)):
        sa.scan(spoil(card))  # type: ignore[arg-type]


def test_whole_numbers_held_as_floats_are_whole_numbers(card: pd.DataFrame) -> None:
    assert [f.id for f in sa.scan(card.assign(minor=card["minor"].astype("float64")))] == [f.id for f in sa.scan(card)]


def test_part_of_a_statement_is_not_stored_as_the_whole(card: pd.DataFrame, tmp_path: Path) -> None:
    with sa.Ledger(tmp_path / "ledger.db") as ledger:
        with pytest.raises(sa.StmtScanError, match="a statement is stored whole"):
            ledger.add(card[card["posted"] > "2026-06-01"])
        assert len(ledger.frame()) == 0
        ledger.add(card.sample(frac=1, random_state=1))
        assert len(ledger.frame()) == len(card)


def test_the_version_is_that_of_the_command() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", sa.__version__)
