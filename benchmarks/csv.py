"""How long a million rows of CSV take to become a Statement, against pandas alone, and how the time grows."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import Result, seconds

ROWS = 1_000_000


def made(rows: int, *, quoted: bool = False, seed: int = 7) -> bytes:
    """A card export of `rows` transactions over ten years with a running balance, the same for the same seed."""
    luck = random.Random(seed)
    shops = [f"SHOP {luck.randrange(10**6):06d} TOWN {n}" for n in range(20_000)]
    out = io.StringIO()
    out.write("Date,Description,Amount,Balance\n")
    balance = 0
    for n in range(rows):
        day = f"{2016 + 10 * n // rows}-{1 + 120 * n // rows % 12:02d}-{luck.randint(1, 28):02d}"
        cents = -luck.randint(1, 40_000) if luck.random() < 0.95 else luck.randint(1, 900_000)
        balance += cents
        money = f"{cents / 100:.2f},{balance / 100:.2f}"
        shop = luck.choice(shops)
        out.write(f'"{day}","{shop}, REF {n}",{money}\n' if quoted else f"{day},{shop},{money}\n")
    return out.getvalue().encode()


def read(path: Path) -> int:
    """The file as a Statement, opened, hashed, recognised and proven."""
    from analyzer.importers.reading import read_file

    (statement,) = read_file(str(path))
    assert statement.reconciled is True
    return len(statement)


def processor(path: Path) -> float:
    """The seconds of processor time that reading takes; what else the machine does adds nothing to it."""
    started = time.process_time()
    read(path)
    return time.process_time() - started


def bare(path: Path) -> int:
    """The same file as pandas alone reads it."""
    import pandas as pd

    return len(pd.read_csv(path, dtype=str))


def peak(path: Path) -> float:
    """The peak memory in MiB of a process that reads the file."""
    code = "import resource, sys; from analyzer.importers.reading import read_file; read_file(sys.argv[1])"
    code += "; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True)
    return int(done.stdout) / (1024 * 1024 if sys.platform == "darwin" else 1024)


def run() -> Iterator[Result]:
    """Ratios to pandas, plain and quoted; growth over twice the rows; peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        for name, quoted in (("plain", False), ("quoted", True)):
            path = Path(folder) / f"{name}.csv"
            path.write_bytes(made(ROWS, quoted=quoted))
            bare(path)
            ours, theirs = seconds(lambda p=path: read(p)), seconds(lambda p=path: bare(p))
            note = f"{ours:.2f} s, pandas.read_csv(dtype=str) {theirs:.2f} s"
            yield Result(f"csv: {ROWS:,} rows, {name}, to pandas alone", ours / theirs, 4.0, note=note)
        half = Path(folder) / "half.csv"
        half.write_bytes(made(ROWS // 2))
        whole = Path(folder) / "plain.csv"
        rounds = [(processor(half), processor(whole)) for _ in range(4)]
        small, large = min(r[0] for r in rounds), min(r[1] for r in rounds)
        yield Result("csv: twice the rows, processor time", large / small, 2.5, note=f"{small:.2f} s, {large:.2f} s")
        yield Result("csv: peak memory", peak(whole), 1024, unit=" MiB", note=f"file of {whole.stat().st_size / 2**20:.0f} MiB")
