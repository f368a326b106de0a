"""Days that a file prints in three columns, put together into one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from analyzer.importers.csv import words

if TYPE_CHECKING:
    from analyzer.importers.csv.table import Table

_YEAR = frozenset(words.listed("year; jahr; annee; an; ano; anno; rok; jaar; ar; aar; tahun; yil; ev; vuosi; год; 年"))
_MONTH = frozenset(
    words.listed("month; monat; mois; mes; mese; mesic; miesiac; maand; manad; maned; bulan; ay; honap; kuukausi; месяц; 月")
)
_DAY = frozenset(words.listed("day; tag; jour; dia; giorno; den; dzien; dag; hari; gun; nap; paiva; день; 日"))
_LOOK = 100
_SAMPLE = 20


def places(record: list[str]) -> tuple[int, int, int] | None:
    """Where the names of year, month and day stand; None where a record does not name all three once."""
    folded = [words.fold_words(c) if 0 < len(c) <= words.MAX_NAME else "" for c in record[:80]]
    found = []
    for known in (_YEAR, _MONTH, _DAY):
        at = [i for i, name in enumerate(folded) if name in known]
        if len(at) != 1:
            return None
        found.append(at[0])
    return found[0], found[1], found[2]


def joined(table: Table) -> Table:
    """The table with a first column `Date` made of its year, month and day; the table itself where it has none such."""
    import pandas as pd

    head = table.head(_LOOK)
    for i, record in enumerate(head):
        named = places(record)
        if named is None:
            continue
        rows = [r for r in head[i + 1 : i + 1 + _SAMPLE] if r[named[0]]]
        if not rows or not all(_is_day(*(r[p] for p in named)) for r in rows):
            return table
        year, month, day = (table.cells.iloc[:, p].str.strip() for p in named)
        in_digits = rows[0][named[1]].isdigit()
        day = day.str.zfill(2)
        date = year + "-" + month.str.zfill(2) + "-" + day if in_digits else day + " " + month + " " + year
        date = date.where(year.ne("") & month.ne("") & day.ne("00"), "")
        date.iloc[: i + 1] = ""
        date.iloc[i] = "Date"
        cells = pd.concat([date.to_frame(), table.cells], axis=1, ignore_index=True)
        return replace(table, cells=cells, counts=[n + 1 for n in table.counts])
    return table


def _is_day(year: str, month: str, day: str) -> bool:
    month_fits = (month.isdigit() and 1 <= int(month[:4]) <= 12) or re.fullmatch(r"[^\W\d_]{3,12}\.?", month) is not None
    return bool(re.fullmatch(r"(?:19|20)\d\d", year)) and month_fits and bool(re.fullmatch(r"[0-3]?\d", day))
