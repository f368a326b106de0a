"""The CSV importer: is it mine, and which statements are in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.errors import AmbiguousFormat, MalformedStatement, Oddity, StatementError, StatementWarning, UnknownFormat
from analyzer.importers.base import Document, Options
from analyzer.importers.csv import dialect as dialects
from analyzer.importers.csv import layout as layouts
from analyzer.importers.csv import table as tables
from analyzer.importers.csv import text as texts
from analyzer.importers.csv import triples
from analyzer.importers.csv.dialect import amount_like, date_like
from analyzer.importers.csv.layout import Layout
from analyzer.importers.csv.plan import Plan
from analyzer.importers.csv.profile import Profile
from analyzer.importers.csv.table import Table
from analyzer.model import Statement

IDENTIFY_BYTES = 64 * 1024
_OTHERS = re.compile(rb"^\s*(?:%PDF-|OFXHEADER|<\?xml|<\?OFX|<OFX|<!DOCTYPE|<html|\{|\[\s*\{|:20:|:1:F01|!Type:)", re.IGNORECASE)


class CsvImporter:
    """Reads delimited text: a bank's export by its profile, any other by its content."""

    name = "csv"

    def identify(self, document: Document) -> bool:
        """Whether the content is text in columns with dates and amounts."""
        head = document.data[:IDENTIFY_BYTES]
        other = b"<OFX>" in head[:8192].upper() or b"%PDF-" in head[:1024]
        if other or _OTHERS.match(head.removeprefix(b"\xef\xbb\xbf")) or _is_binary(head):
            return False
        text, _ = texts.decode(Document(document.source, _whole_lines(document.data, head), ""), None)
        return dialects.find(text) is not None

    def read(self, document: Document, options: Options) -> Sequence[Statement]:
        """The statements in the document, one an account.

        Raises:
            StatementError: it cannot be read exactly; the message says which option answers an open question.
        """
        text, notes = texts.decode(document, options.encoding)
        tables.check(text, options.limits)
        found = dialects.find(text)
        if found is None:
            raise UnknownFormat("no columns with dates and amounts", todo="a statement has a date and an amount in every row")
        table = triples.joined(tables.parse(text, found, options.limits))
        del text
        return _read(document, table, options, notes)


def _read(document: Document, table: Table, options: Options, notes: list[StatementWarning]) -> list[Statement]:
    """The statements, read by the profile that fits the header, else by content.

    A bank changes a format and keeps its header: where the profile leaves rows out and the content does not, the
    content is believed and the statement says so.
    """
    from analyzer.importers.csv import reader

    head = table.head(layouts.LOOK + 20)
    declared = _declared(table, head, options, notes)
    if declared is None:
        layout, plan = _detected(table, head, notes)
        return reader.read(document, table, layout, plan, options, notes)
    layout, plan, sure = declared
    found: list[Statement] = []
    trouble: StatementError | None = None
    try:
        found = reader.read(document, table, layout, plan, options, notes)
        if sure or not sum(s.rejected for s in found):
            return found
    except StatementError as error:
        if sure:
            raise
        trouble = error
    try:
        layout, detected = _detected(table, head, [])
        other = reader.read(document, table, layout, detected, options, notes)
    except StatementError:
        other = []
    if other and (trouble is not None or sum(s.rejected for s in other) < sum(s.rejected for s in found)):
        note = Oddity(f"the header is that of profile {plan.profile}, but the rows are not; read by content", source=document.source)
        return [replace(other[0], warnings=(note, *other[0].warnings)), *other[1:]]
    if trouble is not None:
        raise trouble
    return found


def _declared(table: Table, head: list[list[str]], options: Options, notes: list[StatementWarning]) -> tuple[Layout, Plan, bool] | None:
    """Layout and plan by a profile, and whether the user named it; None where no profile has this header."""
    from analyzer.importers.csv import profile

    if options.profile is not None:
        return (*_by_name(profile.named(options.profile), head), True)
    for i, record in enumerate(head[: layouts.LOOK]):
        matches = profile.matching(record) if sum(map(bool, record)) > 1 else []
        if len(matches) > 1:
            names = " and ".join(m.name for m in matches)
            raise AmbiguousFormat(f"the profiles {names} have this header", todo=f"choose with --profile {matches[0].name}")
        if matches:
            plan = matches[0].plan(record)
            assert plan is not None
            layout = layouts.at(head, i)
            _check_widths(table, layout, plan, notes)
            return layout, plan, False
    first = next((i for i, r in enumerate(head) if layouts.row_like(r)), None)
    if first is not None and layouts.find(head).header is None:
        shaped = profile.matching_shape([r for r in head[first:] if any(r)][:50])
        if len(shaped) == 1:
            plan = shaped[0].plan_by_shape(head[first])
            assert plan is not None
            notes.append(Oddity(f"no column names; the rows have the shape of {plan.institution} ({plan.profile})"))
            return Layout(None, (), first, layouts.read_preamble(head[:first])), plan, False
    return None


def _detected(table: Table, head: list[list[str]], notes: list[StatementWarning]) -> tuple[Layout, Plan]:
    """Layout and plan by content."""
    from analyzer.importers.csv import columns

    layout = layouts.find(head)
    if layout.header is None:
        notes.append(Oddity("no column names; the columns were told apart by their content", todo="check the first rows"))
        if layout.body:
            notes.append(Oddity(f"{layout.body} line(s) before the first row are no transactions"))
    if layout.header is not None and not (table.cells.iloc[layout.body :] != "").any(axis=None):
        return layout, columns.named_only(layout.names)
    plan = columns.detect(layout.names, table.cells.iloc[layout.body :])
    _check_widths(table, layout, plan, notes)
    return layout, plan


def _by_name(chosen: type[Profile], head: list[list[str]]) -> tuple[Layout, Plan]:
    for i, record in enumerate(head):
        plan = chosen.plan(record)
        if plan is not None:
            return layouts.at(head, i), plan
    first = next((i for i, r in enumerate(head) if layouts.row_like(r)), None)
    if first is not None:
        plan = chosen.plan_by_shape(head[first])
        if plan is not None:
            return Layout(None, (), first, layouts.read_preamble(head[:first])), plan
    raise MalformedStatement(f"the column names are not those of the profile {chosen.name}", todo="leave --profile out, or name another")


def _check_widths(table: Table, layout: Layout, plan: Plan, notes: list[StatementWarning]) -> None:
    """Note fields behind the last column name, and mark rows they make doubtful.

    An unquoted separator inside a text or a number moves all that follows. Only where the last named column is
    text, and more text follows, does every other field still stand under its name.
    """
    if layout.header is None:
        return
    names = len(layout.names)
    named = table.counts[layout.header] if layout.header < len(table.counts) else names
    if table.width <= names:
        if max(table.counts[layout.header + 1 :], default=0) > max(named, names):
            notes.append(Oddity("the rows have more fields than there are column names; the fields beyond are empty"))
        return
    beyond = table.cells.iloc[layout.body :, names:]
    filled = (beyond != "").any(axis=1).to_numpy()
    if not filled.any():
        return
    row = int(filled.argmax()) + layout.body
    last = names - 1
    used = {plan.date, plan.flag, plan.currency, *plan.money}
    numbers = beyond[filled].map(lambda c: amount_like(c) or date_like(c)).any(axis=1).to_numpy()
    doubtful = filled.copy()
    # Text behind the last name of every row, and never a number: a field that has no name, nothing that moved.
    unnamed = bool(filled.all()) and not numbers.any()
    if last not in used or named > names or unnamed:
        doubtful[filled] = numbers
    plan.doubtful = doubtful if doubtful.any() else None
    if table.width > named or doubtful.any():
        notes.append(Oddity("more fields than column names; the fields beyond are not read", place=f"line {int(table.lines[row])}"))


def _whole_lines(data: bytes, head: bytes) -> bytes:
    if len(data) <= len(head):
        return head
    end = max(head.rfind(b"\n"), head.rfind(b"\r"))
    return head[: end + 1] if end > 0 else head


def _is_binary(head: bytes) -> bool:
    """Whether control characters, other than the odd one, say that it is no text; UTF-16 is text."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    sample = head[:8192]
    zeros = sample.count(0)
    if zeros > len(sample) // 5:
        return sample[0:512:2].count(0) > 0 and sample[1:512:2].count(0) > 0
    control = sum(b < 9 or 13 < b < 27 or 27 < b < 32 or b == 127 for b in sample)
    return control > 16 + len(sample) // 100
