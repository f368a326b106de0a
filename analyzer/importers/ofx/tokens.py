"""OFX text → statements with their rows in columns, in one pass whose time grows with the length and no faster.

SGML leaves element end tags out, XML writes them, banks mix both, forget some and put a bare `<` into a name. So
this is no parser of a grammar: text is cut at every `<`, each piece is looked up by its tag, and the few
aggregates that matter steer what happens. Nothing is expanded, nothing is recursive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer import limits
from analyzer.errors import IncompleteStatement
from analyzer.importers.ofx import vocabulary as words
from analyzer.importers.ofx.flatten import clean, lines_before
from analyzer.importers.ofx.found import Part, Tokens

CHUNK = 1 << 20
_TAG = re.compile(r"\s{0,8}(/?)\s{0,8}(?:[A-Za-z][\w-]{0,30}:)?([A-Za-z][\w.-]{0,60})(\s[^<]{0,2000})?/?", re.DOTALL)

END = ("end", "")
TEXT = ("text", "")
MARKUP = ("text", "markup")
ROW = ("open", "STMTTRN")
ROW_END = ("close", "STMTTRN")


class Reader:
    """The state of one pass. `codes` maps what stands between `<` and `>` to what it means."""

    def __init__(self, text: str, start: int, ceiling: limits.Limits) -> None:
        self.text, self.start, self.ceiling = text, start, ceiling
        self.line = 1 + lines_before(text, start)
        self.out = Tokens()
        self.marks: list[int] = []
        self.long = False
        self.stack: list[str] = []
        self.responses = 0
        self.part: Part | None = None
        self.row: dict[str, str] | None = None
        self.inner = ""
        self.row_tag, self.row_mark, self.row_depth = "", 0, 0
        self.last = ""
        self.upper = text[start + 1 : start + 40].lstrip("/ ")[:3].isupper()
        self.shared: dict[str, str] = {}
        self.strange: set[str] = set()
        self.closed = False
        self.codes: dict[str, str | tuple[str, str]] = {n: n for n in words.ELEMENTS}
        self.codes.update({f"/{n}": END for n in words.ELEMENTS})
        self.codes.update({"STMTTRN": ROW, "/STMTTRN": ROW_END})

    def pieces(self) -> Iterator[str]:
        """What stands after each `<`; after each chunk the lines of the places marked in it are worked out."""
        import numpy as np

        text, at, size, first, line = self.text, self.start, len(self.text), 0, self.line
        line_break = "\n" if "\n" in text or "\r" not in text else "\r"
        while at < size:
            end = text.find("<", at + CHUNK)
            end = size if end < 0 else end
            parts = text[at + 1 : end].split("<")
            lengths = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))
            self.long = self.long or int(lengths.max()) > self.ceiling.field_chars
            done = len(self.marks)
            yield from parts
            offsets = np.cumsum(lengths + 1)
            counted = at
            for i in range(done, len(self.marks)):
                k = self.marks[i] - first
                place = at + (int(offsets[k - 1]) if k else 0)
                line += text.count(line_break, counted, place)
                self.marks[i], counted = line, place
            line += text.count(line_break, counted, end)
            first += len(parts)
            at = end
        self.line = line

    def run(self) -> Tokens:
        """Everything in the text.

        Raises:
            IncompleteStatement: the last `</OFX>` is missing.
        """
        get, end, row_end, row_start = self.codes.get, END, ROW_END, ROW
        row: dict[str, str] | None = None
        last = ""
        for index, piece in enumerate(self.pieces()):
            name, mark, value = piece.partition(">")
            code = get(name)
            if code is end:
                continue
            if row is not None and code.__class__ is str:
                if row.setdefault(code, value) is not value:
                    _repeated(row, code, value)
                last = code
                continue
            if code is row_end and row is not None:
                self.end_row(row)
                row = None
                continue
            if code is row_start and self.row is None:
                self.start_row("STMTTRN", index)
                row, last = self.row, ""
                continue
            self.last = last
            self.step(index, piece, self.meaning(name, mark) if code is None else code, value)
            row = None if self.inner else self.row
            last = self.last
        if not self.closed or self.row is not None:
            what = "the file ends in the middle" + (": </OFX> is missing" if not self.closed else " of a transaction")
            raise IncompleteStatement(what, place=f"line {self.line}", todo="download the statement again")
        for part in (*self.out.parts, *self.out.closings):
            part.rows.line = [self.marks[m] for m in part.rows.line]
        self.out.notes = {what: self.marks[m] for what, m in self.out.notes.items()}
        return self.out

    def meaning(self, name: str, mark: str) -> str | tuple[str, str]:
        """What stands between `<` and `>`: an element's name, or (`open` ..., name), or text that only looks like a tag."""
        code = self.look_up(name) if mark else TEXT
        if len(name) <= 64 and len(self.codes) < 100_000:
            self.codes[name] = code
        return code

    def look_up(self, name: str) -> str | tuple[str, str]:
        """`meaning` for a name met for the first time."""
        if name[:1] in ("?", "!"):
            return END
        found = _TAG.fullmatch(name)
        if found is None:
            return TEXT
        closing, tag = bool(found[1]), found[2].upper()
        void = name.rstrip().endswith("/") and not closing
        if tag in words.ELEMENTS:
            return END if closing or void else tag
        if tag in words.KNOWN:
            return ("close" if closing else "void" if void else "open"), tag
        # Markup in a payee is lower case or has attributes; vendors' own tags look like the file's other tags.
        if void or "=" in (found[3] or "") or (self.upper and not found[2].isupper()):
            return MARKUP
        self.strange.add(tag)
        if len(self.strange) > self.ceiling.ofx_names:
            raise self.ceiling.exceeded("ofx_names", "more kinds of tags")
        return ("unknown-end" if closing else "unknown"), tag

    def step(self, index: int, piece: str, code: str | tuple[str, str], value: str) -> None:
        """Everything but the plain elements of a transaction."""
        if self.row is not None and self.in_row(self.row, index, piece, code, value):
            return
        if isinstance(code, str):
            self.field(code, value, index)
            return
        kind, tag = code
        if kind == "close":
            self.close(tag)
        elif kind == "unknown-end":
            if tag in self.stack:
                self.close(tag)
        elif kind in ("open", "void"):
            self.open(tag, index, value, void=kind == "void")
        elif kind == "unknown" and not value.strip():
            self.push(tag)
            self.out.trades += self.parent(1) == "INVTRANLIST"

    def in_row(self, row: dict[str, str], index: int, piece: str, code: str | tuple[str, str], value: str) -> bool:
        """Whether the piece belongs to the open transaction; if not, the transaction is ended."""
        if isinstance(code, str):
            if self.inner and code not in words.CHILDREN[self.inner]:
                self.inner = ""
            self.last = f"{self.inner}.{code}" if self.inner else code
            if row.setdefault(self.last, value) is not value:
                _repeated(row, self.last, value)
            return True
        kind, tag = code
        if kind == "text":
            row[self.last] = f"{row.get(self.last, '').rstrip(chr(10))}<{piece}"
            if tag:
                self.note("markup inside a field is kept as text", index)
            return True
        if kind == "unknown":
            self.last = tag
            if value.strip():
                row.setdefault(tag, value)
            else:
                self.push(tag)
            return True
        if kind in ("end", "unknown-end"):
            return True
        if tag in words.CHILDREN:
            self.inner = tag if kind == "open" else ""
            if kind == "open" and value.strip():
                # Some banks write the payee or the currency straight into the aggregate.
                self.last = {"CURRENCY": "CURRENCY.CURSYM", "ORIGCURRENCY": "ORIGCURRENCY.CURSYM"}.get(tag, tag)
                row.setdefault(self.last, value)
                self.inner = ""
            return True
        self.end_row(row)
        if kind == "close" and tag == self.row_tag:
            return True
        self.note("a transaction without its end tag; it ends where the next thing begins", index)
        return False

    def open(self, tag: str, index: int, value: str, *, void: bool) -> None:
        """An aggregate begins."""
        out = self.out
        out.seen.add(tag)
        if tag in words.ROWS:
            if not void:
                self.start_row(tag, index)
            return
        if tag.endswith("TRNRS"):
            self.responses += 1
            self.part = None
        elif tag in words.STATEMENTS:
            if len(out.parts) >= self.ceiling.ofx_accounts:
                raise self.ceiling.exceeded("ofx_accounts", "statements of more accounts")
            self.part = Part(tag, self.responses)
            out.parts.append(self.part)
        elif tag in words.CLOSINGS:
            self.part = Part(tag, self.responses)
            out.closings.append(self.part)
        elif tag in words.LISTS:
            self.account(index).has_list = True
        elif tag == "BAL" and self.part is not None:
            self.part.balances.append({})
        elif tag == "STATUS":
            out.statuses.append({"where": self.parent(), "response": str(self.responses)})
        elif tag == "OFX":
            self.closed = False
        if value.strip() and tag in ("CURRENCY", "PAYEE"):
            return
        if not void:
            self.push(tag)

    def account(self, index: int) -> Part:
        """The statement that rows belong to; made where the file has a list without one."""
        if self.part is None:
            self.part = Part("", self.responses)
            self.out.parts.append(self.part)
            self.note("transactions outside of any account's statement", index)
        return self.part

    def push(self, tag: str) -> None:
        """One level deeper."""
        if len(self.stack) >= self.ceiling.ofx_depth:
            raise self.ceiling.exceeded("ofx_depth", "aggregates nested deeper")
        self.stack.append(tag)

    def close(self, tag: str) -> None:
        """An aggregate ends, and whatever in it was left open."""
        if tag in self.stack:
            while self.stack.pop() != tag:
                pass
        if tag in words.STATEMENTS or tag in words.CLOSINGS:
            self.part = None
        elif tag == "OFX":
            self.closed = True
            self.stack.clear()

    def parent(self, skip: int = 0) -> str:
        """The innermost aggregate we know."""
        return next((t for t in self.stack[len(self.stack) - 1 - skip :: -1] if t in words.KNOWN), "") if self.stack else ""

    def field(self, name: str, value: str, index: int) -> None:
        """An element outside of transactions; the first value counts."""
        text, parent, part = value.strip()[: self.ceiling.field_chars], self.parent(), self.part
        if name == "TRNAMT" and text:
            self.stray(index)
        if parent == "STATUS" and self.out.statuses:
            self.out.statuses[-1].setdefault(name, text)
        elif parent == "BAL" and part is not None and part.balances:
            part.balances[-1].setdefault(name, text)
        else:
            target = self.out.signon if part is None else part.fields
            target.setdefault(f"{parent}.{name}", text)
            target.setdefault(name, text)

    def stray(self, index: int) -> None:
        """An amount outside of any transaction: its start tag is missing or misspelt. A rejected row, never a silent loss."""
        if self.part is not None:
            rows = self.part.rows
            rows.broken[len(rows.posted)] = "an amount outside of a transaction, whose start tag is missing"
            self.start_row("STMTTRN", index)
            self.end_row({})
            self.row = None
        elif "LOANSTMTRS" in self.stack:
            self.note("loan transactions are left out", index)

    def start_row(self, tag: str, index: int) -> None:
        """A transaction begins."""
        part = self.part or self.account(index)
        marks = self.marks
        self.row, self.row_tag, self.row_mark, self.row_depth = {}, tag, len(marks), len(self.stack)
        marks.append(index)
        self.inner = self.last = ""
        if tag == "STMTTRNP" or "BANKTRANLISTP" in self.stack:
            part.rows.pending.add(len(part.rows.posted))

    def end_row(self, row: dict[str, str]) -> None:
        """The open transaction is complete: into the columns with it."""
        rows = (self.part or self.account(self.row_mark)).rows
        if self.long:
            longest = max(map(len, row.values()), default=0)
            if longest > self.ceiling.field_chars:
                rows.broken[len(rows.posted)] = f"a field of {longest} characters (limit field_chars = {self.ceiling.field_chars})"
                row = {}
        take, share = row.pop, self.shared.setdefault
        # Equal text is kept once; in a million transactions only ids and notes are all different.
        value = take("DTPOSTED", "")
        rows.posted.append(share(value, value))
        value = take("TRNTYPE", "")
        rows.type.append(share(value, value))
        value = take("NAME", "")
        rows.name.append(share(value, value))
        value = take("TRNAMT", "")
        rows.amount.append(share(value, value))
        rows.fitid.append(take("FITID", ""))
        rows.memo.append(take("MEMO", ""))
        rows.line.append(self.row_mark)
        if row:
            n = len(rows.posted) - 1
            if "!" in row:
                rows.broken[n] = row["!"]
            rare = {k: row[k] for k in words.KEPT if k in row}
            if rare:
                rows.rare[n] = rare
        if len(self.stack) > self.row_depth:
            del self.stack[self.row_depth :]
        self.row, self.inner = None, ""

    def note(self, what: str, index: int) -> None:
        """Something odd, once a file."""
        if what not in self.out.notes:
            self.marks.append(index)
            self.out.notes[what] = len(self.marks) - 1


def _repeated(row: dict[str, str], name: str, value: str) -> None:
    """A second value for an element of one transaction: text is joined, two different figures are an error."""
    old, new = row[name].strip(), value.strip()
    if not old:
        row[name] = value
    elif new and new != old:
        if name in ("NAME", "MEMO", "PAYEE"):
            row[name] = f"{old} {new}"
        elif name in ("TRNAMT", "DTPOSTED"):
            row["!"] = f"two different values of {name} in one transaction"


def read(text: str, *, ceiling: limits.Limits = limits.DEFAULT) -> Tokens:
    """The tokens of an OFX text (header included).

    Raises:
        MalformedStatement: a DOCTYPE, or no content.
        IncompleteStatement: cut short.
        LimitExceeded: too many elements, or nested too deep.
    """
    body, start = clean(text)
    del text
    count = body.count("<")
    if count > ceiling.ofx_elements:
        raise ceiling.exceeded("ofx_elements", count)
    return Reader(body, start, ceiling).run()
