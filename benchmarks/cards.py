"""The shared set of simulated cardholders, and the project's own: F1, what is caught when, false alarms."""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from benchmarks import Result
from benchmarks._shared import MISSING, bench
from benchmarks.quality import Case, Row, Tally, Truth, judge, lives, synthetic


def shared(folder: Path) -> list[Case]:
    """The cards of the shared set; its files are regular, so that a few lines read them."""
    truth = json.loads((folder / "cards" / "truth.json").read_text("utf-8"))
    return [_case(folder / "cards", name, entry) for name, entry in truth.items()]


def _case(folder: Path, name: str, entry: dict[str, object]) -> Case:
    series: dict[str, dict[str, object]] = entry["series"]  # type: ignore[assignment]
    rows = tuple(_rows(folder, name))
    known = {(d, a, " ".join(t.split())): (d, a, t) for d, a, t in rows}
    agreements = [
        Truth(
            str(s["merchant"]),
            s["kind"] == "unauthorized",
            bool(s["listed"]),
            tuple(known[date.fromisoformat(d), Decimal(a), " ".join(t.split())] for d, a, t in s["charges"]),  # type: ignore[attr-defined]
        )
        for s in series.values()
        if s["charges"]
    ]
    return Case(name, str(entry["currency"]), rows, tuple(agreements), date.fromisoformat(str(entry["as_of"])))


def _rows(folder: Path, name: str) -> Iterator[Row]:
    file = folder / f"{name}.csv"
    if file.is_file():
        with file.open(encoding="utf-8", newline="") as stream:
            for r in csv.DictReader(stream):
                yield date.fromisoformat(r["Transaction Date"]), Decimal(r["Amount"]), r["Description"]
        return
    text = (folder / f"{name}.ofx").read_text("utf-8")
    for day, amount, label in re.findall(r"<DTPOSTED>(\d{8}).*?<TRNAMT>([^<]+).*?<NAME>(.*?)</STMTTRN>", text):
        yield date(int(day[:4]), int(day[4:6]), int(day[6:])), Decimal(amount), html.unescape(label)


def results(cases: list[Case], label: str, *, first: float = 0.90) -> Iterator[Result]:
    """What `cases` show, held to the limits of the project; `first` is the limit for the first finding without a list."""
    t = Tally()
    for case in cases:
        judge(case, t)
    note = f"{len(cases)} cards"
    yield Result(f"{label}: recurring F1", t.f1, 0.95, True, "", note)
    yield Result(f"{label}: recurring precision", t.precision, 0.96, True, "", note)
    for name, limit in (("@1 listed", 1.0), ("@1 trial", 0.95), ("@2", 0.90), ("@3", 0.97)):
        yield Result(f"{label}: caught {name}", t.share(name), limit, True, "", f"{t.caught[name]} of {t.due[name]}")
    cold = "@1 cold"
    yield Result(
        f"{label}: caught {cold}", t.share(cold), None, True, "", f"{t.caught[cold]} of {t.due[cold]}, no limit: nothing tells yet"
    )
    yield Result(
        f"{label}: false alarms a card-year, with the list", t.alarms / t.years, 0.25, False, "", f"{t.alarms} in {t.years:.0f} years"
    )
    share = t.first_right / max(1, t.first_asked)
    yield Result(f"{label}: first finding is right, without a list", share, first, True, "", f"{t.first_right} of {t.first_asked}")


def run() -> Iterator[Result | str]:
    """The shared cards where they are, and of our own a hundred of each kind."""
    folder = bench()
    if folder is None:
        yield MISSING
    else:
        yield from results(shared(folder), "shared cards")
    # Among our own cards are some whose only unauthorised charge is a first one of a merchant nobody knows.
    yield from results(synthetic(100, 7), "own cards", first=0.85)
    yield from results(lives(100, 11), "harder cards", first=0.80)
