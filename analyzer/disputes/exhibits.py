"""The statements themselves as exhibits: pages of a PDF as pictures, rows of a text file with their line numbers.

The file is opened once more and must still be the one that was read (SHA-256). What cannot be shown safely is
not shown: then the row stands as it was read, and the packet says why.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from analyzer import escape
from analyzer.disputes import words
from analyzer.disputes.dossier import Dossier, Line
from analyzer.disputes.letter import ranges, shown_file
from analyzer.disputes.numbers import cut_long_numbers, is_date, numbers_in
from analyzer.errors import StmtScanError
from analyzer.limits import DEFAULT, Limits
from analyzer.model import Box, Statement

Mode = Literal["masked", "full", "none"]
COVERED = "[covered]"
MOST_LINES = 14
LONGEST_LINE = 300
RUN = 54
MANY = 6
"""Charges; with more than that an OFX transaction stands in one run, not an element a line."""
MOST_NUMBERS = 8
"""Line numbers that stand in a caption."""
TOGETHER = 48 * 1024 * 1024
"""Bytes of statements handed to one child; more go one by one."""


@dataclass(frozen=True)
class Exhibit:
    """One page as a picture, or rows as text, with the charges it shows."""

    caption: str
    lines: tuple[Line, ...]
    picture: bytes = field(default=b"", repr=False)
    size: tuple[float, float] = (0.0, 0.0)
    """Of the page, in points."""
    strips: tuple[tuple[float, float], ...] = ()
    """Per charge, top and bottom on the page as parts of its height."""
    rows: tuple[str, ...] = ()
    full: bool = False
    """Whether the page is shown whole."""


def make(
    d: Dossier, mode: Mode, *, dpi: int = 130, password: str | None = None, limits: Limits = DEFAULT
) -> tuple[list[Exhibit], list[str]]:
    """The exhibits in the order of the charges, and warnings on what could not be shown."""
    if mode == "none":
        return [], []
    notes: list[str] = []
    by_file: dict[str, list[Line]] = {}
    for line in d.lines:
        by_file.setdefault(line.charge.source, []).append(line)
    opened = {source: _open(source, lines, notes, limits) for source, lines in by_file.items()}
    pictures = _pictures(d, by_file, opened, mode, dpi, password, limits, notes)
    found: list[Exhibit] = []
    for source, lines in by_file.items():
        shown = pictures.get(source, [])
        found += shown
        seen = {line.number for exhibit in shown for line in exhibit.lines}
        left = [line for line in lines if line.number not in seen]
        if left:
            found.append(_rows(d, left, opened[source], mode))
    found.sort(key=lambda e: e.lines[0].number)
    return found, notes


def _open(source: str, lines: Sequence[Line], notes: list[str], limits: Limits) -> bytes | None:
    from analyzer.importers.reading import open_document

    name = shown_file(lines[0].file)
    statement = lines[0].statement
    if statement is None:
        notes.append(f"{name}: the statement is not at hand; its rows are shown as they were read")
        return None
    try:
        document = open_document(source, limits)
    except StmtScanError as error:
        notes.append(f"{name}: cannot be opened again ({error.what}); its rows are shown as they were read")
        return None
    if document.sha256 != statement.sha256:
        notes.append(f"{name}: has changed since it was read; its rows are shown as they were read")
        return None
    return document.data


# ------------------------------------------------------------------------------------------------ PDF pages


def _pictures(
    d: Dossier,
    by_file: dict[str, list[Line]],
    opened: dict[str, bytes | None],
    mode: Mode,
    dpi: int,
    password: str | None,
    limits: Limits,
    notes: list[str],
) -> dict[str, list[Exhibit]]:
    jobs: list[tuple[str, dict[str, Any], list[tuple[int, list[Line]]]]] = []
    for source, lines in by_file.items():
        data, statement = opened[source], lines[0].statement
        if data is None or statement is None or not statement.boxes or not data.lstrip()[:1024].startswith(b"%PDF"):
            continue
        per_page: dict[int, list[Line]] = {}
        where: dict[int, tuple[Box, ...]] = {}
        for line in lines:
            boxes = _boxes_of(statement, line)
            if boxes:
                where[line.number] = boxes
                per_page.setdefault(boxes[0].page, []).append(line)
        own = {id(b) for boxes in where.values() for b in boxes}
        rest = [b for s in d.statements if s.source == source for row in s.boxes for b in row if id(b) not in own]
        asked = [_job(page, here, where, rest) for page, here in sorted(per_page.items())]
        if asked:
            jobs.append((source, {"data": data, "password": password, "pages": asked}, sorted(per_page.items())))
    answers = _render([job for _, job, _ in jobs], mode, dpi, limits, notes)
    found: dict[str, list[Exhibit]] = {}
    for (source, _, pages), answer in zip(jobs, answers, strict=True):
        if answer is None:
            notes.append(f"{shown_file(by_file[source][0].file)}: no picture could be made; its rows are shown as they were read")
            continue
        for (page, here), picture in zip(pages, answer, strict=True):
            there = [line for line, ok in zip(here, picture["found"], strict=True) if ok]
            if len(there) < len(here):
                notes.append(f"{shown_file(here[0].file)}: page {page}: a row was not found in its place; it is shown as it was read")
            if there:
                found.setdefault(source, []).append(_exhibit(d, page, there, here, picture, dpi, mode))
    return found


def _boxes_of(statement: Statement, line: Line) -> tuple[Box, ...]:
    """The boxes of the row that is this charge; of equal rows the first on the charge's own page."""
    charge = line.charge
    for boxes, row in zip(statement.boxes, statement.transactions, strict=False):
        same = (row.posted, row.minor, row.descriptor) == (charge.posted, charge.minor, charge.descriptor)
        if same and boxes and row.page == charge.page and row.line == charge.line:
            return boxes
    return ()


def _job(page: int, here: Sequence[Line], where: dict[int, tuple[Box, ...]], rest: Sequence[Box]) -> dict[str, Any]:
    def plain(boxes: Sequence[Box]) -> list[list[float]]:
        return [[float(v) for v in (b.x0, b.top, b.x1, b.bottom)] for b in boxes if b.page == page]

    return {
        "page": int(page),
        "lines": [
            {
                "boxes": plain(where[line.number]),
                "digits": _digits(line),
                "numbers": sorted(numbers_in(line.charge.descriptor)),
                "words": line.charge.descriptor.split()[0] if line.charge.descriptor.split() else "",
            }
            for line in here
        ],
        "others": plain(rest),
    }


def _render(documents: list[dict[str, Any]], mode: Mode, dpi: int, limits: Limits, notes: list[str]) -> list[list[dict[str, Any]] | None]:
    """The pictures of each document; None for one that the child could not manage."""
    from analyzer.importers import sandbox

    def draw(some: list[dict[str, Any]]) -> list[list[dict[str, Any]] | None]:
        flat = sandbox.call("analyzer.disputes.raster:pages", limits_of=limits, documents=some, mode=mode, dpi=dpi)
        out, at = [], 0
        for document in some:
            out.append(flat[at : at + len(document["pages"])])
            at += len(document["pages"])
        return list(out)

    if not documents:
        return []
    if sum(len(document["data"]) for document in documents) <= TOGETHER:
        try:
            return draw(documents)
        except StmtScanError as error:
            if len(documents) == 1:
                notes.append(f"exhibit: {error.what}")
                return [None]
    found: list[list[dict[str, Any]] | None] = []
    for document in documents:
        try:
            found += draw([document])
        except StmtScanError as error:
            notes.append(f"exhibit: {error.what}")
            found.append(None)
    return found


def _exhibit(d: Dossier, page: int, there: list[Line], here: Sequence[Line], picture: dict[str, Any], dpi: int, mode: Mode) -> Exhibit:
    height = picture["height"]
    strips = [(rows[0] / height, rows[1] / height) for rows, line in zip(picture["rows"], here, strict=True) if line in there]
    return Exhibit(
        caption=_caption(d, there, f"{words.label('page', d.language)} {page}"),
        lines=tuple(there),
        picture=picture["png"],
        size=(picture["width"] * 72 / dpi, height * 72 / dpi),
        strips=tuple(strips),
        full=mode == "full",
    )


def _caption(d: Dossier, lines: Sequence[Line], place: str) -> str:
    numbers = ranges([line.number for line in lines])
    charge = words.label("charge" if len(lines) == 1 else "charges_n", d.language)
    return f"{shown_file(lines[0].file)}, {place}: {charge} {numbers}"


# ------------------------------------------------------------------------------------------------ text rows


def _rows(d: Dossier, lines: Sequence[Line], data: bytes | None, mode: Mode) -> Exhibit:
    statement = lines[0].statement
    shown: list[str] = []
    known: set[str] = set()
    form = statement.format if statement is not None else ""
    text = _decoded(data, form) if data is not None and not data.lstrip()[:1024].startswith(b"%PDF") else None
    printed = text.splitlines() if text is not None else []
    wordy = [(i, r) for i, r in enumerate(printed) if not re.search(r"\d", r)]
    for line in lines:
        rows: list[str] = []
        at = line.charge.line
        if statement is not None and text is not None and at is not None and 0 < at <= len(printed):
            ofx = statement.format == "ofx" or "<STMTTRN" in text[:200_000].upper()
            tight = len(d.lines) > MANY
            rows = _ofx_rows(printed, at, line, text, tight=tight) if ofx else _csv_rows(printed, wordy, at, line, mode)
        # The column headings of a CSV file stand once, above the first row.
        new = [row for row in rows if row not in known] or [_as_read(d, line)]
        shown += new
        known.update(new)
    place = _line_words([x.charge.line for x in lines if x.charge.line is not None], d.language)
    return Exhibit(_caption(d, lines, place if printed else words.label("as_read", d.language)), tuple(lines), rows=tuple(shown))


def _line_words(numbers: Sequence[int], language: str) -> str:
    """`line 41`, `lines 41, 43`, and of many only the first and the last."""
    every = list(dict.fromkeys(numbers))
    if len(every) > MOST_NUMBERS:
        return words.label("lines", language, what=f"{every[0]} ... {every[-1]}")
    if len(every) == 1:
        return f"{words.label('line', language)} {every[0]}"
    return words.label("lines", language, what=", ".join(map(str, every)))


def _as_read(d: Dossier, line: Line) -> str:
    charge = line.charge
    return cut_long_numbers(
        f"{charge.posted.isoformat()}  {charge.amount} {charge.currency}  {escape.visible(charge.descriptor)[:LONGEST_LINE]}"
    )


def _decoded(data: bytes, form: str) -> str | None:
    """The file's text in the encoding it was read in; a CSV file names none, and its importer concludes it from the bytes."""
    from analyzer.importers import encoding
    from analyzer.importers.base import Document
    from analyzer.importers.csv import text

    try:
        return text.decode(Document("", data, ""), None)[0] if form == "csv" else encoding.decode(data)[0]
    except StmtScanError:
        return None


def _numbered(at: int, text: str, line: Line | None = None) -> str:
    keep = numbers_in(line.charge.descriptor) if line else frozenset()
    return f"{at:>6}  {cut_long_numbers(escape.visible(text), keep=keep)[:LONGEST_LINE]}"


def _ofx_rows(printed: Sequence[str], at: int, line: Line, text: str, *, tight: bool) -> list[str]:
    """The transaction's own elements, from its opening tag to its closing one; in one run where there are many."""
    own = [m.strip() for m in re.findall(r"<(?:ACCTID|BANKID)>([^<\r\n]{4,40})", text[:2_000_000], re.IGNORECASE)]
    area = "\n".join(printed[at - 1 : at + 60])
    for block in re.split(r"(?i)(?=<STMTTRN>)", area):
        body = re.split(r"(?i)</STMTTRN>|</BANKTRANLIST>", block)[0]
        amount = re.search(r"(?i)<TRNAMT>\s*([^<\s]{1,40})", body)
        digits = re.sub(r"\D", "", amount.group(1)) if amount else ""
        if body.upper().startswith("<STMTTRN>") and f"{line.charge.posted:%Y%m%d}" in body and _same_digits(digits, line):
            break
    else:
        return []
    spread = "\n" in body.strip()
    rows = [r for r in (body.splitlines() if spread else re.split(r"(?=<[A-Za-z])", body)) if r.strip()]
    first = at + area[: area.index(block)].count("\n")
    if tight:
        rows, spread = _in_runs([row.strip() for row in rows[:MOST_LINES]]), False
    out = []
    for offset, row in enumerate(rows[:MOST_LINES]):
        for number in own:
            row = row.replace(number, escape.label(number))
        out.append(_numbered(first + (offset if spread else 0), row.strip(), line))
    return out


def _in_runs(elements: Sequence[str]) -> list[str]:
    """Elements set one behind the other, as many as fit on a line of paper."""
    runs = [""]
    for element in elements:
        if runs[-1] and len(runs[-1]) + len(element) > RUN:
            runs.append("")
        runs[-1] += element
    return runs


def _digits(line: Line) -> list[str]:
    """The digits of the charge's amount as files print it: with all decimals, or without them where they are zero."""
    amount = abs(line.charge.amount)
    found = [str(line.minor), re.sub(r"\D", "", str(amount))]
    if amount == int(amount):
        found.append(str(int(amount)))
    elif (short := str(amount).rstrip("0")) != str(amount):
        found.append(re.sub(r"\D", "", short))
    return [f.lstrip("0") or "0" for f in found]


def _same_digits(digits: str, line: Line) -> bool:
    """Whether an amount as printed is the charge's."""
    return (digits.lstrip("0") or "0") in _digits(line)


def _csv_rows(printed: Sequence[str], wordy: Sequence[tuple[int, str]], at: int, line: Line, mode: Mode) -> list[str]:
    """The row as the file holds it; in masked mode without cells that are neither day, text nor amount of the charge.

    `wordy` are the rows without a digit, among which the column names are.
    """
    row = printed[at - 1]
    extent = 1
    while row.count('"') % 2 and at - 1 + extent < len(printed) and extent < 6:
        row += " " + printed[at - 1 + extent]
        extent += 1
    delimiter = max(",;\t|", key=row.count)
    cells = next(csv.reader([row], delimiter=delimiter), [])
    head = next((i for i, r in wordy if i < at - 1 and r.count(delimiter) >= max(1, len(cells) - 2)), None)
    out = [_numbered(head + 1, printed[head])] if head is not None else []
    if mode == "masked":
        cells = [cell if _belongs(cell, line) else COVERED for cell in cells]
        row = delimiter.join(cells)
    return [*out, _numbered(at, row, line)]


def _belongs(cell: str, line: Line) -> bool:
    text = cell.strip()
    if not any(c.isdigit() for c in text):
        return True
    plain = " ".join(text.split())
    descriptor = " ".join(line.charge.descriptor.split())
    if plain in descriptor or descriptor in plain:
        return True
    if is_date(text) or re.fullmatch(
        r"\d{1,4}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}(?:[ T][\d:.]+)?|[A-Za-z]{3,9} \d{1,2},? \d{4}", text
    ):
        return True
    digits = re.sub(r"\D", "", text)
    amount = re.sub(r"\D", "", str(abs(line.charge.amount)))
    return digits.lstrip("0").rstrip("0") == amount.lstrip("0").rstrip("0") and bool(
        re.fullmatch(r"[^A-Za-z]*[A-Za-z]{0,3}[^A-Za-z]*", text)
    )
