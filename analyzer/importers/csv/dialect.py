"""How a file separates its fields, found by counting.

`csv.Sniffer` is never used: it hangs on a kilobyte of hostile text. The own count asks of each separator how many
lines it turns into rows with a date and an amount. Where that does not decide, clevercsv looks at the first four
kilobytes in a process of its own under a time limit.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from analyzer.importers.csv import eras, triples, words
from analyzer.importers.csv.cells import plain as bare
from analyzer.importers.days import parse_day
from analyzer.importers.numbers import COMMA, POINT, parse_amount

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_CHARS = 64 * 1024
SAMPLE_LINES = 120
CLEVER_CHARS = 4 * 1024
CLEVER_SECONDS = 5.0
_SEARCH = (
    "import json, sys, clevercsv; d = clevercsv.Sniffer().sniff(sys.stdin.read()); "
    "print(json.dumps([d.delimiter, d.quotechar]) if d else 'null')"
)
_DATED = re.compile(r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Dialect:
    """Separator and quote of a file. `rows` counts the sample's lines with a date and an amount."""

    delimiter: str
    quote: str = '"'
    skip_blanks: bool = False
    rows: int = 0
    names: int = 0


@lru_cache(maxsize=65536)
def date_like(text: str) -> bool:
    """Whether a cell is a date under some order. Six bare digits are not: they are more often an amount."""
    plain = bare(text)
    if not 5 <= len(plain) <= 64 or (plain.isdigit() and len(plain) not in (8, 12, 14)):
        return False
    return _is_day(plain) or ((western := eras.western(plain)) != plain and _is_day(western))


def _is_day(text: str) -> bool:
    return any(parse_day(text, order) is not None for order in ("ymd", "dmy", "mdy"))


@lru_cache(maxsize=65536)
def amount_like(text: str) -> bool:
    """Whether a cell is an amount under some decimal style."""
    plain = bare(text)
    return 0 < len(plain) <= 32 and (parse_amount(plain, POINT) is not None or parse_amount(plain, COMMA) is not None)


def find(text: str, *, search: bool = True) -> Dialect | None:
    """The dialect of `text`; None where no separator makes rows of a statement of it.

    Args:
        text: the file, or its beginning.
        search: whether clevercsv may be asked where the own count does not decide.
    """
    sample = _sample(text)
    measured = sorted((_measure(sample, d) for d in DELIMITERS), key=_score, reverse=True)
    best, second = measured[0], measured[1]
    found = _useful(best)
    if found and _score(second) < 0.8 * _score(best):
        return best
    if not search or not (found or _worth_searching(sample)):
        return best if found else None
    clever = _clever("\n".join(sample)[:CLEVER_CHARS])
    if clever is not None:
        delimiter, quote = clever
        candidate = _measure(sample, delimiter, quote or '"')
        if _useful(candidate) and (not found or delimiter in (best.delimiter, second.delimiter)):
            return candidate
    return best if found else None


def _useful(dialect: Dialect) -> bool:
    return dialect.rows > 0 or dialect.names >= 3


def _score(dialect: Dialect) -> float:
    return dialect.rows * 2 + min(dialect.names, 12)


def _sample(text: str) -> list[str]:
    head = text[:SAMPLE_CHARS]
    if len(text) > SAMPLE_CHARS:
        head = head[: head.rfind("\n") + 1] or head
    return [line for line in head.split("\n") if line.strip()][:SAMPLE_LINES]


def _measure(sample: list[str], delimiter: str, quote: str = '"') -> Dialect:
    spaced = sum(f"{delimiter} {quote}" in line for line in sample) * 2 > len(sample)
    records = split(sample, delimiter, quote, spaced)
    widths: Counter[int] = Counter()
    names = 0
    for record in records:
        if len(record) < 2:
            continue
        dates = [i for i, cell in enumerate(record[:60]) if date_like(cell)]
        if dates and any(i not in dates and amount_like(cell) for i, cell in enumerate(record[:60])):
            widths[len(record)] += 1
        else:
            names = max(names, name_count(record))
    rows = sum(widths.values())
    steady = max(widths.values(), default=0) / rows if rows else 0.0
    return Dialect(delimiter, quote, spaced, rows=round(rows * (0.5 + 0.5 * steady)) if rows else 0, names=names)


def name_count(record: list[str]) -> int:
    """How many cells of a record are known column names; 0 unless a date and a money column are among them."""
    roles = [found[0] for cell in record[:80] if (found := words.role_of(cell.strip())) is not None]
    apart = triples.places(record) is not None
    dated = apart or any(r in ("date", "posted", "value-date") for r in roles)
    money = any(r in ("amount", "debit", "credit", "balance") for r in roles)
    return len(roles) + 3 * apart if dated and money else 0


def split(lines: list[str], delimiter: str, quote: str = '"', skip_blanks: bool = False) -> list[list[str]]:
    """The records of a few lines; lines the csv module refuses are split plainly."""
    try:
        return [
            r for r in csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, quotechar=quote, skipinitialspace=skip_blanks) if r
        ]
    except (csv.Error, TypeError):
        return [line.split(delimiter) for line in lines]


def _worth_searching(sample: list[str]) -> bool:
    return sum(bool(_DATED.search(line[:2000])) for line in sample) >= 2 and sum(len(line) for line in sample) < SAMPLE_CHARS


@lru_cache(maxsize=16)
def _clever(text: str) -> tuple[str, str] | None:
    """What clevercsv says of `text`; None where it fails or does not answer in time."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _SEARCH],
            input=text.encode("utf-8", "replace"),
            capture_output=True,
            timeout=CLEVER_SECONDS,
            check=False,
            env={"PYTHONUTF8": "1"},
        )
        answer = json.loads(done.stdout) if done.returncode == 0 and done.stdout else None
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    if not isinstance(answer, list) or len(answer) != 2 or not isinstance(answer[0], str) or len(answer[0]) != 1:
        return None
    delimiter, quote = answer
    if delimiter.isalnum() or delimiter in "\n\r\"'.-" or len(quote or '"') != 1:
        return None
    return delimiter, quote or '"'
