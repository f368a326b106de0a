"""The raw table as data: entries, figures, columns; nothing decided yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzer.importers.pdf.columns import Column
from analyzer.importers.pdf.lines import Token


@dataclass(slots=True)
class Entry:
    """A row of the table as printed.

    `cells` maps a column's number to the token in it; `day` and `day2` are the texts of its date columns; `dated` is
    False where the date is the one of the row above; `tokens` are all its amounts from left to right; `mark` the
    direction in a column of its own (1, -1, 0). `block` counts tables: those under equal headings are one.
    """

    day: str
    day2: str | None
    cells: dict[int, Token]
    text: list[str]
    spans: list[tuple[int, float, float, float, float]]
    line: int
    page: int
    dated: bool = True
    mark: int = 0
    tokens: list[Token] = field(default_factory=list)
    section: int = 0
    section_name: str = ""
    group: int = 0
    block: int = 0
    stage: str = ""
    """`pending` or `void` where a heading says that the row is not booked."""
    amount_page: int = 0
    """Where the amount stands if on a later page than the first line, else 0."""


@dataclass(slots=True)
class Figure:
    """An amount outside the rows: its label, the column it is aligned with (-1: none), entries read before it."""

    label: str
    token: Token
    column: int
    position: int
    page: int
    line: int
    group: int = 0
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


@dataclass(slots=True)
class Table:
    """Everything of the document that a reading is made from."""

    entries: list[Entry]
    undated: list[Entry]
    columns: list[Column]
    figures: list[Figure]
    date_headings: tuple[str, str | None]
    groups: list[str]
    """Account numbers as printed, in the order they head rows; the first may be empty."""
    staged: list[Entry] = field(default_factory=list)
    """Entries under a heading that says they are not booked; in `entries` and `undated` only where there are no others."""


def unite_amounts(table: Table) -> None:
    """Make one column of those headed as the amount in different tables or on different pages (a list of cheques, say)."""
    named = [n for n, c in enumerate(table.columns) if c.role == "amount"]
    for n in named[1:]:
        ours = [e for e in table.undated if named[0] in e.cells]
        theirs = [e for e in table.undated if n in e.cells]
        apart = not {e.block for e in ours} & {e.block for e in theirs} or not {e.page for e in ours} & {e.page for e in theirs}
        # Tables that stood side by side have the same headings at other widths.
        apart = apart or table.columns[n].title == table.columns[named[0]].title
        if not apart or any(n in e.cells for e in ours):
            continue
        for entry in theirs:
            entry.cells[named[0]] = entry.cells.pop(n)
        for figure in table.figures:
            figure.column = named[0] if figure.column == n else figure.column
        table.columns[named[0]].count += table.columns[n].count
