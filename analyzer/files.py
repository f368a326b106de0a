"""Writing results so that nobody else reads them and nothing is ever half written.

A file is written to a temporary name in its own folder, flushed to disk and renamed (`os.replace`);
its mode is 0600, that of folders we make 0700.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from analyzer.errors import OutputError


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
