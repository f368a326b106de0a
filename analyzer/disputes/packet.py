"""The dispute packet: one PDF within what issuers accept, the letter to paste, two charts, and all of it as data.

`prepare` makes every file in memory, `Packet.write` puts them into a folder; equal input gives equal bytes.
"""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer import files, money
from analyzer.disputes import charts, letter, pages, playbook
from analyzer.disputes import exhibits as showing
from analyzer.disputes.chart_months import draw_before_after
from analyzer.disputes.chart_parts import sources, style
from analyzer.disputes.chart_timeline import draw_timeline
from analyzer.disputes.details import Details, from_mapping, load_toml
from analyzer.disputes.details import events as to_events
from analyzer.disputes.dossier import Dossier, Line, gather
from analyzer.disputes.exhibits import Exhibit, Mode
from analyzer.disputes.packet_data import charges_csv, document
from analyzer.disputes.pages import Layout
from analyzer.errors import OutputError, UsageError
from analyzer.limits import DEFAULT, Limits
from analyzer.model import Finding, Statement

if TYPE_CHECKING:
    import pandas as pd

MAX_PAGES, MAX_MIB = 10, 2.0
MODES = ("masked", "full", "none")
PICTURES = 950_000
"""Bytes a chart may have as PNG."""
DPI, COARSE_DPI = 120, 80
SPILL = 0.35
"""Part of a page that is not worth a page before the exhibits."""
MANY = 6
"""Files; of more than that the first digits of each SHA-256 stand in the PDF, all of them in charges.csv."""
_ATTEMPTS = (
    (Layout(), DPI),
    (Layout(strips=True), DPI),
    (Layout(strips=True, deadline_chart=False), COARSE_DPI),
)
"""Layouts in the order they are tried: whole pages first, then only the strips around the rows, then less of the rest."""


@dataclass(frozen=True)
class Packet:
    """The files by name, the dossier they show, and what the holder should know about them."""

    dossier: Dossier
    contents: Mapping[str, bytes] = field(repr=False)
    pages: int
    warnings: tuple[str, ...]

    def write(self, folder: str | Path) -> dict[str, Path]:
        """The paths by file name, written into `folder`, which is made when it is not there.

        Raises:
            OutputError: a file cannot be written.
        """
        if not str(folder):
            raise UsageError("-o: no folder named", todo="name one, as in -o dispute/")
        target = files.make_dir(folder)
        return {name: files.write_bytes(target / name, data) for name, data in self.contents.items()}


def write(finding: Finding, folder: str | Path, **options: Any) -> dict[str, Path]:
    """The files of the packet by name; what is missing or doubtful is warned of. Options as for `prepare`.

    Raises:
        StmtScanError: an option does not fit, the packet cannot be made within its limits, or cannot be written.
    """
    import warnings

    from analyzer.errors import Oddity

    packet = prepare(finding, **options)
    for said in packet.warnings:
        warnings.warn(Oddity(said), stacklevel=4)
    return packet.write(folder)


def prepare(
    finding: Finding,
    *,
    statements: Sequence[Statement] | None = None,
    frame: pd.DataFrame | None = None,
    as_of: date | None = None,
    details: Details | Mapping[str, Any] | str | os.PathLike[str] | None = None,
    events: Sequence[Any] = (),
    exhibits: str = "masked",
    max_pages: int = MAX_PAGES,
    max_size: float = MAX_MIB,
    password: str | None = None,
    limits: Limits = DEFAULT,
    **said: Any,
) -> Packet:
    """The packet of a finding, in memory.

    Args:
        finding: the charges in dispute.
        statements: what was read; the finding's own when None.
        frame: all their rows once, if at hand.
        as_of: the day of the packet; the finding's own when None, else the day of its last charge.
        details: what the holder said: a TOML file, a mapping, or `Details`.
        events: a log to add: mappings, tuples (date, kind, text), or objects with such attributes.
        exhibits: `masked`, `full` or `none`.
        max_pages: of `packet.pdf`.
        max_size: of `packet.pdf`, in MiB.
        password: for encrypted PDF statements.
        limits: for reading the statements again.
        said: single details by name, before those of `details`: `situation=`, `jurisdiction=`, `language=` ...

    Raises:
        UsageError: an option, or a day, that does not fit.
        LimitExceeded: more charges than a packet can be about.
        OutputError: the packet does not fit into its limits; the message says what to leave out.
    """
    if len(finding.transactions) > limits.packet_charges:
        raise limits.exceeded("packet_charges", f"{len(finding.transactions)} charges")
    if exhibits not in MODES:
        raise UsageError(f"exhibits {exhibits!r}: not known", todo=f"one of {', '.join(MODES)}")
    if max_pages < 1 or not max_size > 0:
        raise UsageError("the limits of the packet leave no room", todo="--max-pages and --max-size above zero")
    holder, notes = _details(details, said)
    known = tuple(finding.statements if statements is None else statements)
    day = as_of or finding.as_of or max(t.posted for t in finding.transactions)
    if not 1950 <= day.year < 2200:
        raise UsageError(f"{day} is no day to send a dispute on", todo="give today's date, or leave --as-of out")
    d = gather(finding, known, as_of=day, details=holder, events=to_events(events), frame=frame)
    listed = enclosures(d, exhibits != "none")
    shown, data, count = _fit(d, exhibits, listed, max_pages, max_size, password, limits, notes)
    contents = {
        "packet.pdf": data,
        "letter.txt": _bytes(letter.as_text(d, listed)),
        "letter.md": _bytes(letter.as_markdown(d, listed)),
        "playbook.md": _bytes(playbook.as_markdown(d)),
        "timeline.png": _picture(draw_timeline(d)),
        "before-after.png": _picture(draw_before_after(d)),
        "charges.csv": _bytes(charges_csv(d)),
    }
    notes += _doubts(d)
    contents["packet.json"] = _bytes(document(d, listed, shown, count, notes))
    return Packet(d, contents, count, tuple(notes))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _details(given: Details | Mapping[str, Any] | str | os.PathLike[str] | None, said: Mapping[str, Any]) -> tuple[Details, list[str]]:
    notes: list[str] = []
    if given is None:
        base = Details()
    elif isinstance(given, Details):
        base = given
    elif isinstance(given, Mapping):
        base, notes = from_mapping(given, source="details")
    else:
        base, notes = load_toml(os.fspath(given))
    own, more = from_mapping({k: v for k, v in said.items() if v is not None}, source="packet")
    if more:
        raise UsageError(f"unknown option {more[0].split(':')[1].strip()!r}", todo="see docs/disputes.md")
    return own.over(base), notes


def _fit(
    d: Dossier,
    mode: str,
    listed: Sequence[str],
    max_pages: int,
    max_size: float,
    password: str | None,
    limits: Limits,
    notes: list[str],
) -> tuple[list[Exhibit], bytes, int]:
    """The first layout that keeps within the limits; what had to be reduced is noted."""
    ceiling = int(max_size * 1024 * 1024)
    shown: list[Exhibit] = []
    data, count, at_dpi = b"", 0, 0
    drawings = pages.draw(d)
    for attempt, dpi in _ATTEMPTS:
        layout = replace(attempt, full_hashes=len(sources(d)) <= MANY)
        if dpi != at_dpi:
            told: list[str] = []
            shown, told = showing.make(d, _mode(mode), dpi=dpi, password=password, limits=limits)
            at_dpi = dpi
        if not layout.strips and sum(1 for e in shown if e.picture) > max_pages - 4:
            continue
        built = pages.build(d, shown, listed, layout, drawings)
        if 0 < built.spill < SPILL:  # a page for a few lines: lower charts may save it
            lower = pages.build(d, shown, listed, layout, pages.draw(d, low=True))
            built = lower if lower.pages < built.pages else built
        data, count = built.data, built.pages
        if count <= max_pages and len(data) <= ceiling:
            if layout.strips and any(e.picture for e in shown):
                told.append("packet.pdf: the exhibits show the rows and their surroundings, not whole pages, to keep within the limits")
            if not layout.deadline_chart:
                told.append("packet.pdf: the chart of time limits is left out to keep within the limits; the table has its numbers")
            notes += told
            return shown, data, count
    raise OutputError(
        f"{count} pages and {len(data) / 1048576:.1f} MiB, over the limits of {max_pages} pages and {max_size:g} MiB",
        source="packet.pdf",
        todo=_leave_out(d, mode),
    )


def _leave_out(d: Dossier, mode: str) -> str:
    if mode != "none":
        return "leave the exhibits out (--exhibits none) and attach the statement pages yourself, or raise --max-pages and --max-size"
    if len(d.lines) > 1:
        return f"dispute the {len(d.lines)} charges in two packets, or raise --max-pages and --max-size"
    return "shorten the texts in the details, or raise --max-pages and --max-size"


def _mode(text: str) -> Mode:
    return "full" if text == "full" else "none" if text == "none" else "masked"


def _picture(ax: Any) -> bytes:
    data = charts.as_bytes(ax.figure, "png")
    if len(data) > PICTURES:
        from matplotlib import rc_context

        out = io.BytesIO()
        with rc_context(style()):
            ax.figure.savefig(out, format="png", metadata={"Software": None}, dpi=100)
        data = out.getvalue()
    return data


def enclosures(d: Dossier, with_exhibits: bool) -> list[str]:
    """What is enclosed, in the dossier's language; the holder's own papers last. Unescaped."""
    english = [
        f"table of the {len(d.lines)} {'charge' if len(d.lines) == 1 else 'charges'}, with statement file, page or line, and SHA-256",
        "timeline of this merchant, and charges before and after",
        "time limits per charge",
    ]
    indonesian = [
        f"daftar {len(d.lines)} tagihan, dengan berkas, halaman atau baris, dan SHA-256",
        "garis waktu pedagang ini, serta tagihan sebelum dan sesudahnya",
        "batas waktu per tagihan",
    ]
    found = indonesian if d.language == "id" else english
    if d.situation == "unauthorized":
        answers = "jawaban saya tentang pemakaian kartu dan akun", "my answers on who used the card and the account"
        found.append(answers[0] if d.language == "id" else answers[1])
    if with_exhibits:
        found.append(
            "halaman atau baris lembar tagihan yang memuatnya" if d.language == "id" else "the statement pages or rows that carry them"
        )
    return [*found, *d.details.enclosures]


def _doubts(d: Dossier) -> list[str]:
    """What the holder should know before sending, as warnings."""
    said = [f"missing: {q.text}" for q in d.missing]
    if not d.complete:
        said.append("the packet is marked DRAFT: answer what is missing, on a terminal or with --details FILE.toml, and make it again")
    said += d.objections
    for credit in d.doubtful_credits:
        amount = money.display(credit.minor, d.finding.currency)
        said.append(
            f"a credit of {amount} on {credit.posted} may be the bank's own for one of the charges, or the merchant's refund of it: "
            "if it is, do not ask for it again"
        )
    groups: dict[tuple[tuple[str, ...], tuple[str, ...], bool], list[Line]] = {}
    for line in d.disputed:
        passed = tuple(w.rule.id for w in line.clock.windows if w.passed)
        still = tuple(w.rule.id for w in line.clock.windows if not w.passed)
        if passed:
            doubtful = all(w.doubtful for w in line.clock.windows if w.passed)
            groups.setdefault((passed, still, doubtful), []).append(line)
    for (passed, still, doubtful), lines in groups.items():
        which = f"charge(s) {letter.ranges([line.number for line in lines])}"
        until = min((w.due for line in lines for w in line.clock.windows if not w.passed), default=None)
        left = f"still open: {', '.join(still)}, the first until {until}" if still else "no window known here is open"
        said.append(f"{which}: the time limit {'may have' if doubtful else 'has'} passed for {', '.join(passed)}; {left}")
    return said
