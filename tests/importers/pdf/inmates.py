"""Functions that misbehave in the sandbox's child."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from analyzer.errors import MalformedStatement


def echo(**arguments: Any) -> Any:
    return arguments


def environment() -> dict[str, Any]:
    return {"names": sorted(os.environ), "folder": str(Path.cwd()), "files": [p.name for p in Path("/dev/fd").iterdir()]}


def sleep() -> None:
    time.sleep(60)


def spin() -> None:
    while True:
        pass


def hoard() -> int:
    return len([bytearray(1 << 24) for _ in range(1000)])


def die() -> None:
    os.abort()


def leave() -> None:
    os._exit(3)


def refuse() -> None:
    raise MalformedStatement("as told", place="page 3", todo="nothing")


def stumble() -> None:
    raise ZeroDivisionError


def write(path: str) -> None:
    Path(path).write_text("no")


def connect() -> None:
    socket.create_connection(("127.0.0.1", 9))


def run() -> None:
    subprocess.run([sys.executable, "-c", "0"], check=False)
