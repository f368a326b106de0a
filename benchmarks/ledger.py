"""What memory costs: ten years of ten accounts in the ledger, and one new statement."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks import Result, interleaved

ACCOUNTS, YEARS, ROWS_A_MONTH = 10, 10, 417
"""Ten years of ten accounts are 500,000 transactions."""
HEAD = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>{end}<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<CREDITCARDMSGSRSV1><CCSTMTTRNRS><TRNUID>0<STATUS><CODE>0<SEVERITY>INFO</STATUS><CCSTMTRS><CURDEF>USD
<CCACCTFROM><ACCTID>{number}</CCACCTFROM><BANKTRANLIST><DTSTART>{start}<DTEND>{end}
"""
TAIL = "</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>\n"
ROW = "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{day:%Y%m%d}<TRNAMT>-{amount:.2f}<FITID>{id}<NAME>{name}</STMTTRN>\n"


def month(account: int, number: int, *, rows: int = ROWS_A_MONTH) -> str:
    """The OFX of one month: eight agreements on their days, the rest shopping at three hundred merchants."""
    rng = random.Random(account * 1000 + number)
    start = date(2016 + number // 12, number % 12 + 1, 1)
    end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    charges = [(start + timedelta(days=3 * n), 9.99 + n, f"STREAM {n} SERVICES") for n in range(8)]
    while len(charges) < rows:
        day = start + timedelta(days=rng.randrange(end.day))
        charges.append((day, rng.randrange(100, 20_000) / 100, f"SHOP {rng.randrange(300)} {rng.choice('ABCD')}"))
    lines = [ROW.format(day=d, amount=a, id=f"{number}-{n}", name=name) for n, (d, a, name) in enumerate(sorted(charges)[:rows])]
    head = HEAD.format(start=f"{start:%Y%m%d}", end=f"{end:%Y%m%d}", number=f"7000123{account:05}")
    return head + "".join(lines) + TAIL


def run(*, rounds: int = 5) -> Iterator[Result]:
    """`add` along ten years, then `scan` of one new month with the full ledger and with an empty one."""
    from analyzer import api
    from analyzer.ledger.store import Ledger

    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder, "full.db"), Path(folder, "empty.db")
        Ledger(empty).close()
        source = Path(folder, "month.ofx")
        took = []
        with Ledger(full) as ledger:
            for number in range(YEARS * 12):
                for account in range(ACCOUNTS):
                    source.write_text(month(account, number))
                    statements = next(iter(api.read_each([str(source)])))
                    assert not isinstance(statements, Exception), statements
                    started = time.perf_counter()
                    ledger.add(statements)
                    took.append(time.perf_counter() - started)
        early, late = statistics.median(took[100:220]), statistics.median(took[-120:])
        yield Result("add of a month: in a full ledger / in a young one", late / early, 1.5, note=f"{late * 1000:.0f} ms")
        yield from _growth(full, folder)
        source.write_text(month(0, YEARS * 12))
        scan = [str(Path(sys.executable).with_name("stmt-scan")), "scan", str(source), "--as-of", "2026-01-31", "--ledger"]
        with_memory, without = interleaved([[*scan, str(full)], [*scan, str(empty)]], rounds=rounds)
        rows = ACCOUNTS * YEARS * 12 * ROWS_A_MONTH
        yield Result(
            "scan with 500,000 rows of memory - 2 x scan without", with_memory - 2 * without, 1.0, unit=" s", note=f"{rows:,} rows"
        )
        yield Result("scan with memory / scan without", with_memory / without, note=f"{with_memory:.2f} s, {without:.2f} s")
        yield Result("the ledger's file, bytes a row", full.stat().st_size / rows)


def _growth(full: Path, folder: str) -> Iterator[Result]:
    """`add` of four times the rows, in one statement of an account of its own."""
    from analyzer import api
    from analyzer.ledger.store import Ledger

    times = []
    with Ledger(full) as ledger:
        for n, size in enumerate((2_000, 8_000, 2_000, 8_000)):
            source = Path(folder, f"big{n}.ofx")
            source.write_text(month(90 + n, 0, rows=size))
            statements = next(iter(api.read_each([str(source)])))
            assert not isinstance(statements, Exception), statements
            started = time.perf_counter()
            ledger.add(statements)
            times.append(time.perf_counter() - started)
    yield Result("add of 8,000 rows / of 2,000 rows", (times[1] + times[3]) / (times[0] + times[2]), 5.0)
