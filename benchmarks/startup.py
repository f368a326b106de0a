"""How long a short command takes, against the libraries it cannot do without."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import Result, interleaved

SAMPLES = Path(__file__).resolve().parent.parent / "sample_data"


def run(*, rounds: int = 11) -> Iterator[Result]:
    """`--help` against `import click`; a month of OFX against `import pandas`; a PDF against both."""
    command = str(Path(sys.executable).with_name("stmt-scan"))
    scan = [command, "--no-ledger", "--as-of", "2026-06-28"]
    month = SAMPLES / "indonesia" / "2026-06"
    floor_click, help_page, floor_pandas, ofx, pdf = interleaved(
        [
            [sys.executable, "-c", "import click"],
            [command, "--help"],
            [sys.executable, "-c", "import pandas"],
            [*scan, f"{month}.ofx"],
            [*scan, f"{month}.pdf"],
        ],
        rounds=rounds,
    )
    yield Result("stmt-scan --help / import click", help_page / floor_click, 2.0, note=f"{help_page * 1000:.0f} ms")
    yield Result("scan of a month of OFX / import pandas", ofx / floor_pandas, 1.7, note=f"{ofx * 1000:.0f} ms")
    yield Result("scan of a two-page PDF / import pandas", pdf / floor_pandas, note=f"{pdf * 1000:.0f} ms")
