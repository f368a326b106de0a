"""Reads files one by one under a memory limit and prints one JSON line each; a file that takes too long ends the process.

Usage: runner.py SECONDS MEMORY_MIB FILE...
"""

from __future__ import annotations

import faulthandler
import json
import sys
import time


def main() -> None:
    seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))
    from analyzer.errors import StmtScanError
    from analyzer.importers.reading import read_file

    for path in sys.argv[3:]:
        print(json.dumps({"started": path}), flush=True)
        faulthandler.dump_traceback_later(seconds, exit=True)
        begun = time.monotonic()
        answer: dict[str, object] = {"path": path}
        try:
            statements = read_file(path)
            answer |= {"n": sum(len(s) for s in statements), "warnings": [str(w) for s in statements for w in s.warnings]}
            answer["texts"] = [t for s in statements for t in (s.account, s.institution, *s.frame["descriptor"])]
        except StmtScanError as error:
            answer["error"] = str(error)
        except BaseException as error:
            answer["crash"] = f"{type(error).__name__}: {error}"[:500]
        faulthandler.cancel_dump_traceback_later()
        answer["seconds"] = round(time.monotonic() - begun, 2)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
