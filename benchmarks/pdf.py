"""Pages a second and memory of reading a PDF statement, against bare pdfplumber `extract_words` on the same file."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from benchmarks import Result

PAGES = 120
ROWS = 45
_BARE = (
    "import sys, time, pdfplumber\nstarted = time.perf_counter()\n"
    "for page in pdfplumber.open(sys.argv[1]).pages[: int(sys.argv[2])]:\n    page.extract_words()\n    page.close()\n"
    "print(time.perf_counter() - started, 0)\n"
)
_OURS = (
    "import sys, time, resource, pandas\nfrom analyzer.importers.reading import read_file\nstarted = time.perf_counter()\n"
    "found = read_file(sys.argv[1])\nseconds = time.perf_counter() - started\n"
    "assert len(found[0]) == int(sys.argv[2]) and found[0].reconciled\n"
    "print(seconds, max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024)\n"
)


def made(pages: int, *, seed: int = 7) -> bytes:
    """A card statement of `pages` full pages with a total at its end."""
    from reportlab.pdfgen import canvas

    luck = random.Random(seed)
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(612, 792), invariant=1)
    total = Decimal(0)
    for page in range(pages):
        sheet.setFont("Helvetica", 9)
        if page == 0:
            sheet.drawString(50, 770, "EXAMPLE CREDIT CARD STATEMENT   01/01/2025 to 12/31/2025   account ending 4242")
        for x, text in ((50, "Date"), (120, "Description"), (520, "Amount")):
            sheet.drawString(x, 745, text)
        for row in range(ROWS):
            y, amount = 728 - 15 * row, Decimal(luck.randint(100, 99_999)).scaleb(-2)
            total += amount
            sheet.drawString(50, y, f"{1 + page * 12 // pages:02d}/{1 + row // 2:02d}/2025")
            sheet.drawString(
                120,
                y,
                f"MERCHANT {luck.randrange(1000):03d} SOME CITY 800-555-{luck.randrange(10**4):04d} US REF {luck.randrange(10**6):06d}",
            )
            sheet.drawRightString(560, y, f"{amount:,.2f}")
        if page == pages - 1:
            sheet.drawString(120, 40, "Total")
            sheet.drawRightString(560, 40, f"{total:,.2f}")
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def _python(code: str, *arguments: object) -> tuple[float, list[float]]:
    """Seconds of the whole process, and the numbers it printed."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=True, capture_output=True, text=True)
    return time.perf_counter() - started, [float(word) for word in done.stdout.split()]


def run() -> Iterator[Result]:
    """Reading alone, libraries imported before and our child's start included, in turn; the best of three of each."""
    with tempfile.TemporaryDirectory() as folder:
        long, short = Path(folder) / "long.pdf", Path(folder) / "short.pdf"
        long.write_bytes(made(PAGES))
        short.write_bytes(made(2))
        bare, ours, memory = [], [], 0.0
        for _ in range(3):
            bare.append(_python(_BARE, long, PAGES)[1][0])
            seconds, most = _python(_OURS, long, PAGES * ROWS)[1]
            ours.append(seconds)
            memory = max(memory, most)
        yield Result(
            f"PDF of {PAGES} pages: pages a second, times bare pdfplumber",
            min(bare) / min(ours),
            4,
            at_least=True,
            note=f"{PAGES / min(ours):.0f} against {PAGES / min(bare):.0f} pages/s",
        )
        yield Result(f"PDF of {PAGES} pages: peak memory of the larger process", memory, 200, unit=" MiB")
        pandas = min(_python("import pandas")[0] for _ in range(3))
        small = min(_python(_OURS, short, 2 * ROWS)[0] for _ in range(3))
        yield Result("PDF of 2 pages: whole process, times importing pandas", small / pandas, note=f"{small:.2f} s")
