"""Every ceiling in one place: what it is, its value, and how a user raises it.

`--limit NAME=VALUE` on the command line, or `Limits(NAME=VALUE)` in Python. Sources: the measured
behaviour of parsers on hostile files (docs/security.md).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from analyzer.errors import LimitExceeded, UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for reading one statement; sizes in bytes, times in seconds, memory in MiB."""

    file_bytes: int = 256 * 1024 * 1024
    """OFX and CSV; a million transactions of OFX are about 200 MiB."""
    pdf_bytes: int = 32 * 1024 * 1024
    mail_bytes: int = 16 * 1024 * 1024
    mail_lines: int = 400_000
    mail_parts: int = 1_000
    mail_depth: int = 60
    """Parts of a mail inside each other."""
    mail_text_chars: int = 1_000_000
    """Text of a mail that is looked at; what is beyond is named, not read."""
    mail_links: int = 2_000
    sniff_bytes: int = 8 * 1024
    field_chars: int = 64 * 1024
    amount_chars: int = 32
    ofx_elements: int = 40_000_000
    ofx_depth: int = 64
    ofx_names: int = 1_000
    """Different tags that are not OFX's own; banks add a handful."""
    ofx_accounts: int = 200
    """Statements of one account each in one file; every one costs milliseconds, even an empty one."""
    csv_rows: int = 2_000_000
    csv_columns: int = 200
    csv_cells: int = 40_000_000
    """Rows times columns; each cell costs memory even where it is empty."""
    csv_blank_lines: int = 100_000
    pdf_pages: int = 300
    pdf_page_glyphs: int = 50_000
    pdf_page_lines: int = 5_000
    pdf_wall_seconds: int = 15
    pdf_cpu_seconds: int = 12
    pdf_memory_mib: int = 1024
    packet_charges: int = 1_000
    """Charges in one dispute packet."""
    rows_rejected: int = 1_000
    """More rejected rows than this and more than half of the file: it is not a statement."""

    def exceeded(self, name: str, found: object, *, place: str = "") -> LimitExceeded:
        """The error that names the limit, its value, what was found and how to raise it."""
        value = getattr(self, name)
        return LimitExceeded(
            f"over the limit {name} = {value} (found {found})",
            place=place,
            todo=f"if the file is honest, raise it with --limit {name}=N",
        )

    def replace(self, settings: list[str]) -> Limits:
        """These limits with `NAME=VALUE` settings applied.

        Raises:
            UsageError: an unknown name, or a value that is no positive whole number.
        """
        names = [f.name for f in dataclasses.fields(self)]
        values: dict[str, int] = {}
        for setting in settings:
            name, _, text = setting.partition("=")
            if name not in names or not (text.isascii() and text.isdigit() and int(text[:12]) > 0):
                raise UsageError(f"--limit {name}: no such limit or no number", todo=f"one of {', '.join(names)}, as NAME=N")
            values[name] = int(text[:12])
        return dataclasses.replace(self, **values)


DEFAULT = Limits()
