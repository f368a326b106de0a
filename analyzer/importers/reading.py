"""Path → Document → Statements: only regular files, within limits, read once.

The only module of the importers that opens files.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from analyzer import escape
from analyzer.errors import LimitExceeded, PluginError, StatementError, StmtScanError, UnknownFormat
from analyzer.importers import content, registry
from analyzer.importers.base import Document, Options
from analyzer.limits import DEFAULT, Limits
from analyzer.model import Statement

SUFFIXES = (".ofx", ".qfx", ".qbo", ".csv", ".tsv", ".pdf")
"""Names of statements in a folder. Named on its own, a file may be called anything."""


def shown(path: str) -> str:
    """The path as outputs name it: bytes of a file name that are no text are written as `\\xNN`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def expand(paths: Sequence[str]) -> list[str]:
    """The files named by `paths`: files as they are, folders as their statements in the order of their names.

    Not recursive; a file named twice counts once; hidden files are left out, and so are files whose name or first bytes are no statement's.

    Raises:
        StatementError: a folder cannot be listed, or holds no statement.
    """
    found: list[str] = []
    for path in paths:
        text = os.fspath(path)
        if not os.path.isdir(text):  # noqa: PTH112 - a name too long for the system is no folder, and no exception
            found.append(text)
            continue
        try:
            names = sorted((p.name for p in Path(text).iterdir()), key=os.fsencode)
        except OSError as error:
            raise StatementError(f"cannot be listed: {error.strerror}", source=shown(text)) from error
        inside = [os.path.join(text, n) for n in names if not n.startswith(".")]  # noqa: PTH118 - keeps the path as it was given
        chosen = [p for p in inside if _is_statement(p)]
        if not chosen:
            raise StatementError("a folder without statements", source=shown(text), todo=f"it should hold {', '.join(SUFFIXES)} files")
        found.extend(chosen)
    once: dict[str, str] = {}
    for path in found:
        once.setdefault(os.path.realpath(path), path)
    return list(once.values())


def _is_statement(path: str) -> bool:
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            return False
        if path.lower().endswith(SUFFIXES):
            return True
        with open(path, "rb") as stream:
            head = stream.read(DEFAULT.sniff_bytes)
    except OSError:
        return False
    return b"<OFX>" in head.upper() or b"OFXHEADER" in head.upper()


def open_document(path: str, limits: Limits = DEFAULT) -> Document:
    """The bytes of the regular file at `path` with their SHA-256.

    Raises:
        StatementError: no such file, no regular file, not readable, empty, or compressed.
        LimitExceeded: larger than the limit for its kind.
    """
    source = shown(path)
    try:
        _must_be_regular(Path(path).stat().st_mode, source)
        # Should the name be swapped for a pipe after the look above, opening still does not wait.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(stream.fileno())
            _must_be_regular(status.st_mode, source)
            # Files of the system that have nothing to say yet read as None.
            head = stream.read(DEFAULT.sniff_bytes) or b""
            name = "pdf_bytes" if b"%PDF-" in head[:1024] else "file_bytes"
            ceiling: int = getattr(limits, name)
            if status.st_size > ceiling:
                raise limits.exceeded(name, f"{status.st_size} bytes").at(source)
            packed = content.packed(head)
            if packed:
                what = f"{packed}; compressed files are not opened"
                raise UnknownFormat(what, source=source, todo="unpack it and name the statement inside")
            # Not up to the ceiling at once: that would reserve so much memory for the smallest file.
            data = head + (stream.read(max(status.st_size - len(head), 0) + 1) or b"")
            while len(data) > status.st_size and len(data) <= ceiling and (more := stream.read(DEFAULT.sniff_bytes)):
                data += more
    except StmtScanError:
        raise
    except MemoryError as error:
        raise LimitExceeded("more memory is needed to read it than there is", source=source, todo="split the file") from error
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or "no usable file name"
        raise StatementError(f"cannot be read: {what}", source=source, todo=_advice(error)) from error
    if len(data) > ceiling:
        raise limits.exceeded(name, "a file that grows while it is read").at(source)
    if not data.strip(b"\x00 \t\r\n"):
        raise StatementError("empty" if not data else "nothing but blanks", source=source, todo="download the statement again")
    return Document(source=source, data=data, sha256=hashlib.sha256(data).hexdigest())


def _must_be_regular(mode: int, source: str) -> None:
    if stat.S_ISREG(mode):
        return
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISLNK, "a link"))
    what = next((name for test, name in kinds if test(mode)), "a device")
    raise StatementError(f"{what}, not a regular file", source=source, todo="save the statement to a file and name that")


def _advice(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "check the name"
    return "check its permissions" if isinstance(error, PermissionError) else ""


def read_file(path: str, options: Options | None = None) -> list[Statement]:
    """The statements in the file at `path`.

    Raises:
        StmtScanError: the file cannot be read exactly; the message names it.
    """
    how = options or Options()
    return read_document(open_document(path, how.limits), how)


def read_document(document: Document, options: Options | None = None) -> list[Statement]:
    """The statements in a document, read by the one importer that recognises it.

    Raises:
        StmtScanError: not recognised, or not readable exactly; the message names the document.
    """
    try:
        importer = registry.identify(document)
        try:
            return list(importer.read(document, options or Options()))
        except (MemoryError, RecursionError) as error:
            raise LimitExceeded("more memory is needed to read it than there is", todo="split the file") from error
        except StmtScanError:
            raise
        except Exception as error:
            if registry.is_built_in(importer.name, importer):
                raise
            what = f"the plug-in {importer.name!r} failed on it: {type(error).__name__}: {escape.visible(str(error))[:200]}"
            raise PluginError(what, todo="update or uninstall the plug-in") from error
    except StmtScanError as error:
        named = error.at(document.source)
        if named is error:
            raise
        raise named from error.__cause__
