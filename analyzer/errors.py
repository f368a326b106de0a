"""Everything that can go wrong, and the exit status it means.

::

    StmtScanError                    exit 2: refused, nothing stored
    ├─ StatementError                "january.pdf: page 3: ..."
    │  ├─ UnknownFormat, AmbiguousFormat
    │  ├─ MalformedStatement, IncompleteStatement
    │  ├─ EncryptedStatement, NoTextLayer
    │  └─ LimitExceeded              says which limit, the value, how to raise it
    ├─ LedgerError                   Busy, Corrupt, TooNew, ReadOnly, Full
    ├─ PluginError
    └─ OutputError

    StatementWarning                 a value with a source; printed, kept on the Statement
    ├─ RowRejected, RowSkipped, DuplicateRow
    ├─ BalanceMismatch, Unproven
    ├─ AmbiguousDate, AmbiguousAmount, AmbiguousSign
    └─ HiddenText, EncodingRepaired, Oddity

A message always reads *file, place, what, what to do*.
"""

from __future__ import annotations


def sentence(source: str, place: str, what: str, todo: str) -> str:
    """One line in the order file, place, what, what to do; empty parts leave no trace."""
    head = ": ".join(part for part in (source, place, what) if part)
    return f"{head}: {todo}" if todo else head


class StmtScanError(Exception):
    """Base of all refusals. `str(error)` is one line without control characters in our own words."""

    exit_code = 2

    def __init__(self, what: str, *, source: str = "", place: str = "", todo: str = "") -> None:
        self.what, self.source, self.place, self.todo = what, source, place, todo
        super().__init__(sentence(source, place, what, todo))

    def at(self, source: str) -> StmtScanError:
        """The same error, naming `source` where it named no file yet."""
        if self.source:
            return self
        new = type(self)(self.what, source=source, place=self.place, todo=self.todo)
        new.__cause__ = self.__cause__
        return new


class StatementError(StmtScanError):
    """A statement that cannot be read exactly; nothing of it is used."""


class UnknownFormat(StatementError):
    """No importer recognises the content."""


class AmbiguousFormat(StatementError):
    """Two importers or two readings fit; the message names them and the option that decides."""


class MalformedStatement(StatementError):
    """The content breaks its own format, or contradicts the totals it prints."""


class IncompleteStatement(StatementError):
    """The file ends before the statement does."""


class EncryptedStatement(StatementError):
    """A password is needed, or the one given does not open the file."""


class NoTextLayer(StatementError):
    """A PDF of pictures; it needs OCR first."""


class LimitExceeded(StatementError):
    """A ceiling of `analyzer.limits` was reached."""


class LedgerError(StmtScanError):
    """The store cannot be used as asked; it is left as it was."""


class Busy(LedgerError):
    """Another process holds the ledger."""


class Corrupt(LedgerError):
    """The file is damaged, or is no ledger of ours."""


class TooNew(LedgerError):
    """Written by a newer release."""


class ReadOnly(LedgerError):
    """The ledger or its folder cannot be written."""


class Full(LedgerError):
    """No space left; nothing was stored."""


class PluginError(StmtScanError):
    """A plug-in failed, or two have one name."""


class OutputError(StmtScanError):
    """A result could not be written."""


class UsageError(StmtScanError):
    """The options or arguments do not fit together."""


class StatementWarning(UserWarning):
    """Something the reader must know about a statement; a value, kept in `Statement.warnings`."""

    def __init__(self, what: str, *, source: str = "", place: str = "", todo: str = "") -> None:
        self.what, self.source, self.place, self.todo = what, source, place, todo
        super().__init__(sentence(source, place, what, todo))

    def at(self, source: str) -> StatementWarning:
        """The same warning, naming `source` where it named no file yet."""
        if self.source:
            return self
        return type(self)(self.what, source=source, place=self.place, todo=self.todo)

    @property
    def message(self) -> str:
        """Place, what and what to do, without the file."""
        return sentence("", self.place, self.what, self.todo)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, StatementWarning) and self.args == other.args

    def __hash__(self) -> int:
        return hash((type(self), self.args))


class RowRejected(StatementWarning):
    """A row of the file that could not be understood and is left out."""


class RowSkipped(StatementWarning):
    """A row that is no transaction (a total, a balance line) and is left out."""


class DuplicateRow(StatementWarning):
    """A row that the file holds twice under one bank id and is counted once."""


class BalanceMismatch(StatementWarning):
    """The file's own figures do not agree, without proving the rows wrong."""


class Unproven(StatementWarning):
    """The file prints nothing that the rows could be checked against."""


class AmbiguousDate(StatementWarning):
    """A date that was read in one of two ways, with the reason."""


class AmbiguousAmount(StatementWarning):
    """An amount that was read in one of two ways, with the reason."""


class AmbiguousSign(StatementWarning):
    """Direction of money that was concluded, not printed."""


class HiddenText(StatementWarning):
    """Text a reader of the page would not see; it is left out."""


class EncodingRepaired(StatementWarning):
    """Bytes that were not what the file declared."""


class Oddity(StatementWarning):
    """Anything else worth a line."""
