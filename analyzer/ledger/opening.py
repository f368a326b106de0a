"""Opening the ledger's file: only ours, only whole, only of a schema we know; refused files are left as they are.

SQLite of the standard library with a rollback journal, `trusted_schema=OFF`, `secure_delete=ON`, no extensions.
Every sqlite3 error leaves here as a `LedgerError` that says what to do.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from analyzer.errors import Busy, Corrupt, Full, LedgerError, ReadOnly, TooNew
from analyzer.ledger import migrate

APPLICATION_ID = 0x53544D54
"""`STMT` in the file's header: this database is ours."""
BUSY_S = 10.0
_NOTE_BYTES = 1 << 20
MAGIC = b"SQLite format 3\x00"
_CHECKED: dict[tuple[str, int, int, int], bool] = {}
"""Files whose pages were checked in this process and have not changed since."""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """An open, checked and up-to-date ledger at `path`.

    Args:
        path: the file. Its folder is made with mode 0700 and the file with 0600 where `create` allows.
        create: whether a ledger is made where there is none.

    Raises:
        Corrupt, TooNew, Busy, ReadOnly, Full: see `analyzer.errors`; the file is as it was.
    """
    with translated(path):
        kind = _kind(path)
        if kind in ("missing", "empty"):
            if kind == "empty" and backups(path):
                raise _corrupt(path, "the file is empty, and backups of a ledger lie beside it")
            if not create:
                raise LedgerError("no ledger there yet", source=str(path), todo="stmt-scan add FILE... makes one")
            _make(path, replace=kind == "empty")
        connection = connect_raw(path)
        try:
            _check(path, connection)
            if migrate.version(connection) < migrate.latest():
                _upgrade(path, connection)
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return connection


def _kind(path: Path) -> str:
    try:
        info = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink():
            raise LedgerError(
                "a link to a file that does not exist", source=str(path), todo="mend the link, or name another --ledger"
            ) from None
        return "missing"
    except OSError as error:
        raise ReadOnly(f"cannot be opened: {error.strerror}", source=str(path), todo="name another place with --ledger") from error
    if not stat.S_ISREG(info.st_mode):
        raise LedgerError("not a regular file", source=str(path), todo="name a file with --ledger")
    if info.st_size == 0:
        return "empty"
    try:
        with path.open("rb") as stream:
            head = stream.read(100)
    except OSError as error:
        raise ReadOnly(f"cannot be read: {error.strerror}", source=str(path), todo="name another place with --ledger") from error
    if not head.startswith(MAGIC) or len(head) < 100:
        raise _corrupt(path, "no ledger: the file is not a database")
    return "database"


def _make(path: Path, *, replace: bool) -> None:
    """A new ledger, complete before it gets its name: a stop half-way leaves no half ledger."""
    try:
        for folder in reversed([p for p in path.parents if not p.is_dir()]):
            folder.mkdir(mode=0o700, exist_ok=True)  # each by itself: with `parents` only the last gets the mode
    except OSError as error:
        raise ReadOnly(f"its folder cannot be made: {error.strerror}", source=str(path), todo="name another place with --ledger") from error
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connection = connect_raw(temporary)
        try:
            migrate.upgrade(connection)
        finally:
            connection.close()
        if replace:
            temporary.replace(path)
        else:
            _name(temporary, path)
    except OSError as error:
        if error.errno in (28, 122):
            raise Full("disk full: nothing was stored", source=str(path), todo="make room, then run it again") from error
        raise ReadOnly(f"cannot be made: {error.strerror}", source=str(path), todo="name another place with --ledger") from error
    finally:
        for leftover in (temporary, temporary.with_name(temporary.name + "-journal")):
            with contextlib.suppress(OSError):
                leftover.unlink()


def _name(temporary: Path, path: Path) -> None:
    """Give the finished file its name; when another process was first, its ledger is the one."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    except OSError:
        if not path.exists():
            temporary.rename(path)


def connect_raw(path: Path) -> sqlite3.Connection:
    """A connection to whatever `path` is, hardened but not checked; read-only where it cannot be written."""
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    uri = f"file:{quote(str(path.absolute()), safe='/')}?mode={'rw' if writable else 'ro'}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "secure_delete = ON", "synchronous = FULL", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}").close()
    return connection


def _check(path: Path, connection: sqlite3.Connection) -> None:
    mark = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if mark != APPLICATION_ID:
        raise _corrupt(path, "a database of another program")
    number = migrate.version(connection)
    if number > migrate.latest():
        release = migrate.release(connection)
        by = f"stmt-scan {release}" if release else "a newer stmt-scan"
        raise TooNew(
            f"written by {by} (schema {number}; this release knows {migrate.latest()})",
            source=str(path),
            todo="upgrade stmt-scan, or name another --ledger",
        )
    info = path.stat()
    key = (str(path), info.st_ino, info.st_size, info.st_mtime_ns)
    if key not in _CHECKED:
        found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        if found != "ok":
            raise _corrupt(path, "the file is damaged")
        difference = migrate.difference(connection)
        if difference:
            raise _corrupt(path, f"its tables are not those of a ledger ({difference})")
        odd = migrate.odd_value(connection)
        if odd:
            raise _corrupt(path, f"it holds what no ledger writes (in {odd})")
        _CHECKED[key] = True


def _upgrade(path: Path, connection: sqlite3.Connection) -> None:
    """Bring an older ledger up to date, after a copy of it was made beside it."""
    if not writable(connection):
        raise ReadOnly("written by an older release, and cannot be upgraded where it is", source=str(path), todo="make it writable once")
    copy = path.with_name(f"{path.name}.schema-{migrate.version(connection)}.backup")
    copy_to(connection, copy)
    migrate.upgrade(connection)


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Write a whole, compact copy of the ledger to `target`, complete before it has its name; mode 0600."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connection.execute("VACUUM INTO ?", (str(temporary),))
        with temporary.open("rb") as stream:
            os.fsync(stream.fileno())
        temporary.replace(target)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def writable(connection: sqlite3.Connection) -> bool:
    """Whether the ledger was opened for writing."""
    path = str(connection.execute("PRAGMA database_list").fetchone()[2])
    return os.access(path, os.W_OK) and os.access(Path(path).parent, os.W_OK)


def backups(path: Path) -> list[Path]:
    """Copies of the ledger beside it, the newest last."""
    try:
        found = [p for p in path.parent.iterdir() if p.name.startswith(f"{path.name}.") and p.name.endswith(".backup") and p.is_file()]
        return sorted(found, key=lambda p: (p.stat().st_mtime_ns, p.name))
    except OSError:
        return []


def last_backup_note(path: Path) -> Path:
    """The file beside the ledger that says where its copies were written."""
    return path.with_name(f"{path.name}.last-backup")


def noted_backups(path: Path) -> list[Path]:
    """The copies made by `ledger backup` that are still where they were written, the last one last."""
    try:
        with last_backup_note(path).open(encoding="utf-8", errors="surrogateescape") as stream:
            noted = [Path(line) for line in stream.read(_NOTE_BYTES).split("\n") if line]
        return list(dict.fromkeys(p for p in noted if p.is_absolute() and p.is_file()))
    except (OSError, ValueError):
        return []


def last_backup(path: Path) -> Path | None:
    """The newest copy known of, if it is still there."""
    copies = noted_backups(path) or backups(path)
    return copies[-1] if copies else None


def is_ours(path: Path) -> bool:
    """Whether the file's header carries our mark, be it damaged further on."""
    try:
        with path.open("rb") as stream:
            head = stream.read(72)
    except OSError:
        return False
    return head.startswith(MAGIC) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _corrupt(path: Path, what: str) -> Corrupt:
    aside = f"mv {shlex.quote(str(path))} {shlex.quote(f'{path}.damaged')}"
    copy = last_backup(path)
    back = f"; then put the last backup back: cp {shlex.quote(str(copy))} {shlex.quote(str(path))}" if copy else "; no backup is known of"
    return Corrupt(what, source=str(path), todo=f"nothing was changed. Set it aside with: {aside}{back}")


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """A context in which sqlite3's errors become the ledger's, each with what to do."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        text = str(error)
        source = str(path)
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            what = f"another stmt-scan is writing to it; waited {BUSY_S:.0f} seconds"
            raise Busy(what, source=source, todo="run this again when that one is done; nothing was stored") from error
        if name == "SQLITE_FULL" or name.startswith(
            ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_DIR")
        ):
            raise Full("disk full: nothing was stored", source=source, todo="make room, then run it again") from error
        if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
            raise ReadOnly(
                "cannot be written where it is", source=source, todo="name another place with --ledger, or use --no-ledger"
            ) from error
        broken = isinstance(error, sqlite3.NotSupportedError) or text.startswith("Could not decode to UTF-8")
        if broken or name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")):
            raise _corrupt(path, "the file is damaged") from error
        if name.startswith("SQLITE_IOERR"):
            raise LedgerError(
                f"the system cannot read or write it ({text}); nothing was stored", source=source, todo="check the disk"
            ) from error
        if name.startswith("SQLITE_CONSTRAINT") and not name.startswith("SQLITE_CONSTRAINT_UNIQUE"):
            raise LedgerError(f"refused by the ledger's own rules ({text}); nothing was stored", source=source, todo="report it") from error
        raise
