"""Writing results so that nobody else reads them and nothing is ever half written; reading the user's own lists.

A file is written to a temporary name in its own folder, flushed to disk and renamed (`os.replace`);
its mode is 0600, that of folders we make 0700.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analyzer.errors import OutputError, UsageError

MOST_BYTES = 4 * 1024 * 1024
"""Of a list that a user keeps by hand."""
_MANY_KEYS = re.compile(r"(?:[^\s.=\[\]#]{1,64}[ \t]*\.[ \t]*){64}")
"""Names inside names: the parser's memory grows with their square."""


def make_dir(path: str | Path) -> Path:
    """The folder `path`; it and the folders above it are made with mode 0700 where they do not exist.

    Raises:
        OutputError: it cannot be made, or is no folder.
    """
    folder = Path(path)
    try:
        if not folder.is_dir():
            # `mkdir(parents=True)` would leave the folders above open to others.
            for above in reversed(folder.parents):
                if not above.exists():
                    above.mkdir(mode=0o700, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
    except (OSError, ValueError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or "no usable name"
        raise OutputError(f"cannot make the folder: {why}", source=str(path), todo="choose another with -o") from error
    return folder


def write_bytes(path: str | Path, data: bytes) -> Path:
    """The path written, holding exactly `data`. A link is followed: the file it names is replaced, not the link.

    Raises:
        OutputError: the file cannot be written, or is a folder, a pipe or a device; what stood there before is untouched.
    """
    temporary = ""
    try:
        target = Path(path).resolve()
        if target.exists() and not target.is_file():
            what = "is a folder" if target.is_dir() else "is no regular file"
            raise OutputError(what, source=str(path), todo="choose another place with -o")
        handle, temporary = tempfile.mkstemp(prefix=".stmt-scan-", dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(target)
    except (OSError, ValueError, RuntimeError) as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        why = getattr(error, "strerror", None) or "no usable file name"
        raise OutputError(f"cannot be written: {why}", source=str(path), todo="choose another place with -o") from error
    return Path(path)


def write_text(path: str | Path, text: str) -> Path:
    """The path written, holding `text` in UTF-8 with line feeds."""
    return write_bytes(path, text.encode("utf-8", "backslashreplace"))


def read_toml(path: str | Path, *, todo: str, most: int = MOST_BYTES, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """The document in the TOML file `path`: a regular file, of a size that a list kept by hand can have.

    Args:
        path: the user's file.
        todo: what to do about a file that is none.
        most: its size in bytes at most.
        parse_float: what makes a number of one with a point.

    Raises:
        UsageError: it cannot be read, is no regular file, too large, or no TOML.
    """
    import tomllib

    source = str(path)
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            raise UsageError("is no regular file", source=source, todo=todo)
        # Should the name be swapped for a pipe after the look above, opening still does not wait.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            data = stream.read(most + 1)
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot be read: {getattr(error, 'strerror', None) or 'no usable name'}", source=source, todo=todo) from error
    if len(data) > most:
        raise UsageError(f"larger than {most >> 10} KiB", source=source, todo=todo)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("not in UTF-8", source=source, place=f"byte {error.start}", todo="save it as UTF-8") from error
    try:
        if _MANY_KEYS.search(text):
            raise RecursionError
        return tomllib.loads(text, parse_float=parse_float)
    except (RecursionError, MemoryError) as error:
        raise UsageError("no TOML: nested too deeply", source=source, todo=todo) from error
    except (ValueError, ArithmeticError) as error:
        what = next(iter(str(error).splitlines()), "a number nobody can read")
        raise UsageError(f"no TOML: {what}", source=source, todo=todo) from error
