"""The dispute packet of 24 charges on 24 PDF statements: pages, bytes, processor time on one core, memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks import Result

CHARGES = 24
PAYEE = "GYMLESS CLUB 800-555-0100"


def statements(folder: Path) -> None:
    """One page a month: thirty purchases and the charge, opening and closing balance."""
    from reportlab.pdfgen.canvas import Canvas

    for i in range(CHARGES):
        year, month = divmod(2024 * 12 + 6 + i, 12)
        start = date(year, month + 1, 1)
        end = (start + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        rows = [(start + timedelta(days=k % 27), f"SHOP {'ABCDEFG'[k % 7]} TOWN", 300 + 97 * k) for k in range(30)]
        rows = sorted([*rows, (start + timedelta(days=9), PAYEE, 2999)])
        canvas = Canvas(str(folder / f"{start:%Y-%m}.pdf"), pagesize=(595, 842), invariant=1)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(48, 790, "Sample Bank")
        canvas.drawString(48, 775, "Account number ...1234")
        canvas.drawString(350, 775, f"Statement date {end:%d %b %Y}")
        for x, head in ((48, "Date"), (130, "Description"), (505, "Amount")):
            canvas.drawString(x, 740, head)
        y, owed = 724, 100_000
        for left, text, minor in [("", "Opening balance", 0), *((f"{d:%d %b %Y}", t, m) for d, t, m in rows), ("", "Closing balance", 0)]:
            owed += minor
            canvas.drawString(48, y, left)
            canvas.drawString(130, y, text)
            canvas.drawRightString(540, y, f"{(minor or owed) / 100:,.2f}")
            y -= 14
        canvas.showPage()
        canvas.save()


def measure(folder: str) -> dict[str, float]:
    """One packet made in this process: what it weighs and what it took, children included."""
    import resource
    import warnings

    warnings.simplefilter("ignore")
    import analyzer
    from analyzer import api
    from analyzer.disputes import choose, packet
    from analyzer.disputes.details import Details
    from analyzer.model import Findings

    frame = analyzer.read(folder, currency="GBP")
    said = Details(situation="unauthorized")
    finding = choose.finding("gymless", Findings(), frame, said)
    known = api.statements_of(frame)

    def spent() -> float:
        return sum(
            u.ru_utime + u.ru_stime for u in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
        )

    before = spent()
    made = packet.prepare(finding, statements=known, frame=frame, as_of=date(2026, 7, 1), details=said)
    return {
        "charges": len(finding.transactions),
        "seconds": spent() - before,
        "pages": made.pages,
        "mib": len(made.contents["packet.pdf"]) / 1048576,
        "peak": max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024,
    }


def run() -> Iterator[Result]:
    """The rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        statements(Path(folder))
        done = subprocess.run([sys.executable, "-m", "benchmarks.packet", folder], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    note = f"{found['charges']:.0f} charges"
    yield Result("packet of 24 charges: pages", found["pages"], 10, unit=" pages", note=note)
    yield Result("packet of 24 charges: size", found["mib"], 2, unit=" MiB")
    yield Result("packet of 24 charges: processor time", found["seconds"], 5, unit=" s", note="children included")
    yield Result("packet of 24 charges: peak memory", found["peak"], 400, unit=" MiB")


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
