"""Text → records with their line numbers, within limits, without losing or swallowing a line.

The pandas C engine reads files whose quotes are closed on every line, which are nearly all. Others are read by the
csv module, which says where each record starts; a quote that swallows rows is refused with its line.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.errors import LimitExceeded, MalformedStatement
from analyzer.importers.csv.dialect import Dialect, amount_like, date_like, split
from analyzer.limits import Limits

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


COUNTED = 200


@dataclass(slots=True)
class Table:
    """The records of a file that are not blank lines.

    `cells` has one text column a field, named 0, 1, 2 ...; missing fields are empty. `lines` holds the physical
    1-based line each record starts on.
    """

    cells: pd.DataFrame
    lines: np.ndarray
    counts: list[int]
    """The number of fields of the first records, before empty columns at the end were dropped."""

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def width(self) -> int:
        """The number of columns."""
        return self.cells.shape[1]

    def head(self, size: int) -> list[list[str]]:
        """The first records as lists of stripped cells."""
        rows: list[list[str]] = self.cells.iloc[:size].to_numpy(dtype=object).tolist()
        return [[cell.strip() for cell in row] for row in rows]


def check(text: str, limits: Limits) -> None:
    """Return when the number of lines and blank lines is within limits.

    Raises:
        LimitExceeded: it is not.
    """
    lines = text.count("\n") + 1
    if lines > limits.csv_blank_lines:
        blank = text.count("\n\n")
        # "\n\n" is counted without overlap, so a long run of blank lines shows as half of them.
        if blank * 2 > limits.csv_blank_lines and blank > lines // 4:
            raise limits.exceeded("csv_blank_lines", f"about {blank * 2} blank lines")
    if lines > limits.csv_rows + limits.csv_blank_lines:
        raise limits.exceeded("csv_rows", f"{lines} lines")


def parse(text: str, dialect: Dialect, limits: Limits) -> Table:
    """The table in `text`.

    Raises:
        MalformedStatement: a quote is opened and swallows the rows behind it.
        LimitExceeded: more rows, columns or text in a field than the limits allow.
    """
    import numpy as np

    data = text.encode("utf-8", "replace")
    if not data.endswith(b"\n"):
        data += b"\n"
    cells = data.count(dialect.delimiter.encode())
    if cells > limits.csv_cells:
        raise limits.exceeded("csv_cells", f"{cells} cells")
    raw = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(raw == 10)
    starts = np.concatenate(([0], ends[:-1] + 1))
    filled = ends > starts
    if int((~filled).sum()) > limits.csv_blank_lines:
        raise limits.exceeded("csv_blank_lines", f"{int((~filled).sum())} blank lines")
    if int(filled.sum()) > limits.csv_rows + 1:
        raise limits.exceeded("csv_rows", f"{int(filled.sum())} lines")
    separators = np.flatnonzero(raw == ord(dialect.delimiter)) if dialect.delimiter.isascii() else None
    simple = separators is not None and int((ends - starts).max()) <= limits.field_chars
    if simple and dialect.quote.isascii():
        quotes = np.flatnonzero(raw == ord(dialect.quote))
        simple = not (quotes.size and bool((np.searchsorted(quotes, ends) % 2).any()))
    if simple and separators is not None:
        width = int(np.diff(np.searchsorted(separators, ends), prepend=0).max()) + 1
        if width <= limits.csv_columns and width * int(filled.sum()) <= limits.csv_cells:
            first = [line for line in text[: 64 * 1024].split("\n")[:-1] if line][:COUNTED] or [text]
            counts = [len(split([line], dialect.delimiter, dialect.quote, dialect.skip_blanks)[0]) for line in first]
            table = _by_pandas(data, dialect, width, np.flatnonzero(filled) + 1, counts)
            if table is not None:
                return table
    return _by_csv(text, dialect, limits)


def _by_pandas(data: bytes, dialect: Dialect, width: int, lines: np.ndarray, counts: list[int]) -> Table | None:
    """The table as the C engine reads it; None where it sees another number of rows than there are lines."""
    import pandas as pd

    try:
        cells = pd.read_csv(
            io.BytesIO(data),
            sep=dialect.delimiter,
            quotechar=dialect.quote,
            header=None,
            names=list(range(width)),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            skipinitialspace=dialect.skip_blanks,
            encoding="utf-8",
            engine="c",
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError):
        return None
    return Table(_trim(cells), lines, counts) if len(cells) == len(lines) else None


def _trim(cells: pd.DataFrame) -> pd.DataFrame:
    """Without the empty columns at the end that the separators at the ends of lines make."""
    width = cells.shape[1]
    while width > 1 and not cells[width - 1].ne("").any():
        width -= 1
    return cells.iloc[:, :width]


def _by_csv(text: str, dialect: Dialect, limits: Limits) -> Table:
    import numpy as np
    import pandas as pd

    physical = text.split("\n")
    reader = csv.reader(
        (f"{line}\n" for line in physical),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        skipinitialspace=dialect.skip_blanks,
    )
    records: list[list[str]] = []
    lines: list[int] = []
    before = widest = 0
    try:
        for record in reader:
            start, before = before + 1, reader.line_num
            if not record or (len(record) == 1 and not record[0].strip()):
                continue
            if len(record) > limits.csv_columns:
                raise limits.exceeded("csv_columns", f"{len(record)} columns", place=f"line {start}")
            longest = max(map(len, record))
            if longest > limits.field_chars:
                raise limits.exceeded("field_chars", f"{longest} characters", place=f"line {start}")
            if before > start:
                _check_quote(physical[start - 1 : before], start, dialect, final=before >= len(physical))
            records.append(record)
            lines.append(start)
            widest = max(widest, len(record))
            if widest * len(records) > limits.csv_cells:
                raise limits.exceeded("csv_cells", f"more than {widest * len(records)} cells", place=f"line {start}")
    except csv.Error as error:
        if "field limit" in str(error):
            raise limits.exceeded("field_chars", "a longer field", place=f"line {before + 1}") from error
        raise MalformedStatement(f"no CSV: {error}", place=f"line {before + 1}", todo="download it again") from error
    if records and physical and _left_open(physical, lines[-1], dialect):
        raise _open_quote(lines[-1])
    width = max((len(r) for r in records), default=1)
    padded = [r + [""] * (width - len(r)) for r in records]
    return Table(
        _trim(pd.DataFrame(padded, columns=range(width), dtype="str")),
        np.asarray(lines, dtype=np.int64),
        [len(r) for r in records[:COUNTED]],
    )


def _check_quote(inside: list[str], start: int, dialect: Dialect, *, final: bool) -> None:
    """Refuse a quoted field that runs over lines which are rows themselves."""
    for later in inside[1:]:
        for record in split([later], dialect.delimiter, dialect.quote, dialect.skip_blanks):
            dates = [cell for cell in record if date_like(cell)]
            if len(record) > 1 and dates and any(cell not in dates and amount_like(cell) for cell in record):
                raise _open_quote(start)
    if final and _left_open(inside, 1, dialect):
        raise _open_quote(start)


def _left_open(physical: list[str], line: int, dialect: Dialect) -> bool:
    """Whether the record that starts on `line` ends with the file inside a quote."""
    part = physical[line - 1 :]
    if sum(text.count(dialect.quote) for text in part) % 2 == 0:
        return False
    try:
        strict = csv.reader((f"{p}\n" for p in part), delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True)
        for _ in strict:
            pass
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _open_quote(line: int) -> MalformedStatement:
    return MalformedStatement(
        "a quote is opened here and swallows the rows behind it",
        place=f"line {line}",
        todo="close or remove the quote, or download it again",
    )


__all__ = ["LimitExceeded", "Table", "check", "parse"]
