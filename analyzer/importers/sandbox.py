"""Running a function in a child process that cannot do harm, and what came back.

Parsers of hostile files hang, fill memory or abort the interpreter (PDFium does all three), so nothing of them
runs in our own process. `call("package.module:function", ...)` starts a fresh interpreter, hands it the arguments
over a pipe, and takes a JSON-like result back. The child has

- limits on CPU time, address space, file size and wall time, and no core dump;
- an empty environment, no inherited file but the two pipes, and the root folder as working directory;
- no network: an own network namespace where the system allows one, and an audit hook that refuses sockets, other
  programs and writing of files everywhere.

Nothing is pickled. Arguments and results are JSON values and `bytes` (at any depth), for example::

    png = sandbox.call("analyzer.disputes.exhibits:render", data=document.data, page=3)

A function that raises a `StmtScanError` raises the same error here. Whatever else ends the child becomes a
`StatementError`.
"""

from __future__ import annotations

import contextlib
import gc
import json
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from analyzer import errors
from analyzer.errors import LimitExceeded, MalformedStatement, StatementError, StmtScanError
from analyzer.limits import DEFAULT, Limits

_START = "import sys; sys.path[:] = sys.argv[1:]; from analyzer.importers import sandbox; sandbox.serve()"
RESULT_BYTES = 256 * 1024 * 1024
_PIECE = 1024 * 1024
_CPU_SIGNALS, _KILLED, _TIMED_OUT = (-24, -9), -9, "timed out"


def call(function: str, /, *, limits_of: Limits = DEFAULT, **arguments: Any) -> Any:
    """What `function` returns when called with `arguments` in a child of its own.

    Args:
        function: `package.module:name`; imported in the child only.
        limits_of: its `pdf_wall_seconds`, `pdf_cpu_seconds` and `pdf_memory_mib` bound the child.
        arguments: JSON values, and `bytes`.

    Raises:
        StmtScanError: raised by the function itself.
        StatementError: the child ran out of time or memory, or died.
    """
    limits = limits_of
    here = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-I", "-S", "-c", _START, here, *(p for p in sys.path if p and p != here)]
    request = _pack(
        {
            "function": function,
            "arguments": arguments,
            "cpu": limits.pdf_cpu_seconds,
            "memory": limits.pdf_memory_mib,
        }
    )
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8"} if sys.platform != "win32" else None,
        cwd="/" if sys.platform != "win32" else None,
        close_fds=True,
    )
    answer, ended = _exchange(child, request, limits.pdf_wall_seconds)
    if ended is _TIMED_OUT:
        raise limits.exceeded("pdf_wall_seconds", f"no result after {limits.pdf_wall_seconds} s")
    if answer:
        try:
            reply = _unpack(answer)
        except (ValueError, KeyError, IndexError, TypeError, struct.error):
            reply = None
        if isinstance(reply, dict) and "result" in reply:
            return reply["result"]
        if isinstance(reply, dict) and "error" in reply:
            raise rebuild(reply["error"])
    raise _post_mortem(child.returncode, limits)


def _exchange(child: subprocess.Popen[bytes], request: bytes, seconds: float) -> tuple[bytes, str | None]:
    """What the child wrote, and `_TIMED_OUT` when it had to be killed."""
    expired = threading.Event()

    def kill() -> None:
        expired.set()
        child.kill()

    alarm = threading.Timer(seconds, kill)
    alarm.daemon = True
    alarm.start()
    writer = threading.Thread(target=_feed, args=(child.stdin, request), daemon=True)
    writer.start()
    try:
        assert child.stdout is not None
        # In pieces: asking for all at once would reserve the most that is allowed.
        pieces: list[bytes] = []
        size = 0
        while size <= RESULT_BYTES and (piece := child.stdout.read(_PIECE)):
            pieces.append(piece)
            size += len(piece)
        answer = b"".join(pieces)
        if size > RESULT_BYTES:
            child.kill()
            answer = b""
        child.wait()
    finally:
        alarm.cancel()
        if child.poll() is None:
            child.kill()
            child.wait()
        writer.join(1)
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()
    return answer, _TIMED_OUT if expired.is_set() else None


def _feed(pipe: BinaryIO | Any, request: bytes) -> None:
    # A child that dies early closes its end; what it answered is told by its exit status.
    with contextlib.suppress(OSError, ValueError):
        pipe.write(request)
        pipe.close()


def _post_mortem(status: int, limits: Limits) -> StatementError:
    if status in _CPU_SIGNALS:
        return limits.exceeded("pdf_cpu_seconds", "the reader did not finish")
    what = f"the reader stopped (signal {-status})" if status < 0 else f"the reader stopped (status {status})"
    return MalformedStatement(f"{what} on damaged or hostile content", todo="ask the bank for a fresh copy")


def describe(error: StmtScanError) -> dict[str, str]:
    """An error or warning as JSON: class, what, place, what to do; `rebuild` is its inverse."""
    return {"class": type(error).__name__, "what": error.what, "place": error.place, "todo": error.todo}


def rebuild(told: Any) -> StmtScanError:
    """The error that `describe` told of; only classes of our own tree are made."""
    kind = getattr(errors, str(told.get("class", "")), None) if isinstance(told, dict) else None
    if not (isinstance(kind, type) and issubclass(kind, StmtScanError)):
        return StatementError("the reader failed without a reason")
    return kind(str(told.get("what", "")), place=str(told.get("place", "")), todo=str(told.get("todo", "")))


def _pack(value: Any) -> bytes:
    blobs: list[bytes] = []

    def aside(item: Any) -> dict[str, int]:
        if not isinstance(item, bytes | bytearray):
            raise TypeError(f"{type(item).__name__} does not cross to the child")
        blobs.append(bytes(item))
        return {"$bytes": len(blobs) - 1}

    text = json.dumps(value, default=aside).encode()
    sizes = struct.pack(f">II{len(blobs)}Q", len(text), len(blobs), *map(len, blobs))
    return b"".join([sizes, text, *blobs])


def _unpack(data: bytes) -> Any:
    length, count = struct.unpack_from(">II", data)
    sizes = struct.unpack_from(f">{count}Q", data, 8)
    at = 8 + 8 * count
    text, at = data[at : at + length], at + length
    blobs = []
    for size in sizes:
        blobs.append(data[at : at + size])
        at += size
    if at != len(data):
        raise ValueError("cut short")

    def revive(item: dict[str, Any]) -> Any:
        return blobs[item["$bytes"]] if item.keys() == {"$bytes"} else item

    return json.loads(text, object_hook=revive if blobs else None)


# ---------------------------------------------------------------------------------------- in the child


def serve() -> None:
    """Answer the one request that waits on standard input (the child's whole life)."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    request = _unpack(source.read())
    sys.stdout = sys.stderr  # a library that prints must not spoil the answer
    gc.set_threshold(100_000, 50, 50)  # one short job: looking for garbage all the time is a tenth of it
    _confine(int(request["cpu"]), int(request["memory"]))
    try:
        reply: dict[str, Any] = {"result": _function(request["function"])(**request["arguments"])}
    except StmtScanError as error:
        reply = {"error": describe(error)}
    except MemoryError:
        reply = {"error": describe(out_of_memory(int(request["memory"])))}
    except RecursionError:
        reply = {"error": describe(MalformedStatement("nested too deeply to be read", todo="ask the bank for a fresh copy"))}
    sink.write(_pack(reply))
    sink.flush()
    # Threads and parsers hold nothing worth a clean-up, and PDFium's can abort.
    _leave()


def out_of_memory(mib: int) -> LimitExceeded:
    """The error for a child that reached its memory limit of `mib` MiB."""
    return LimitExceeded(
        f"over the limit pdf_memory_mib = {mib}",
        todo="if the file is honest, raise it with --limit pdf_memory_mib=N",
    )


def _function(name: str) -> Callable[..., Any]:
    import importlib

    module, _, attribute = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
    return found


def _leave() -> NoReturn:
    import os

    os._exit(0)


def _confine(cpu: int, memory_mib: int) -> None:
    _alone()
    with contextlib.suppress(ImportError):
        import resource

        def ceiling(kind: int, soft: int, hard: int) -> None:
            _, allowed = resource.getrlimit(kind)
            if allowed != resource.RLIM_INFINITY:
                soft, hard = min(soft, allowed), min(hard, allowed)
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (soft, hard))

        ceiling(resource.RLIMIT_CPU, cpu, cpu + 1)
        ceiling(resource.RLIMIT_AS, memory_mib << 20, memory_mib << 20)
        ceiling(resource.RLIMIT_FSIZE, 0, 0)
        ceiling(resource.RLIMIT_CORE, 0, 0)
    sys.addaudithook(_forbid)


def _alone() -> None:
    """Leave the network, where the system lets an ordinary process do so."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    new_user, new_network = 0x10000000, 0x40000000
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        if library.unshare(new_network) != 0:
            library.unshare(new_user | new_network)


_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.fork",
    "os.remove",
    "os.rename",
    "os.mkdir",
)
_WRITING = 0x1 | 0x2 | 0x40 | 0x200  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        _, mode, flags = arguments
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and mode is None and flags & _WRITING):
            raise PermissionError("a reader writes no files")
    elif event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader does not use {event}")
