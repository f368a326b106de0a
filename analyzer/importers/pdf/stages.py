"""What headings say of the rows under them: money in or out, and rows that are not booked.

Not booked are those under `Pending`, kept as pending, and those under `Reverted` or `Declined`, left out.

A heading says so, in the words of many countries. Where the statement's own figures hold only with such rows, the
heading meant something else, and they are rows like the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from analyzer.importers.numbers import Style
from analyzer.importers.pdf import words
from analyzer.importers.pdf.cells import Columns, cells_of
from analyzer.importers.pdf.entries import Entry
from analyzer.importers.pdf.lines import Line

PENDING = "pending"
VOID = "void"
_WORDS = 14
_PENDING = re.compile(
    r"^(?:your|all|other)?(?:pending|unposted|notyet(?:posted|billed|booked)|outstandingauthori[sz]ations?|authori[sz]ed(?:transactions?|notposted)"
    r"|vorgemerkt|vormerkungen|nochnichtgebucht|nochnichtverbucht|offeneumsatze|operations?(?:enattente|avenir|noncomptabilisees)"
    r"|(?:operaciones|movimientos|transacciones|compras)?pendientes?(?:$|de)|nogniet(?:geboekt|verwerkt)|nogteverwerken|gereserveerdebedragen|reserveringen"
    r"|(?:transaksi)?(?:tertunda|belumdibukukan|menunggu)|transaksipending|transactionspending)"
)
_VOID = re.compile(
    r"^(?:your|all)?(?:reverted|declined|rejected|failed|voided|cancelledtransactions|canceledtransactions|abgelehnte?|stornierteumsatze|operations?refusees"
    r"|(?:operaciones|movimientos)?rechazad[ao]s|geweigerde|geweigerd|(?:transaksi)?(?:ditolak|gagal|dibatalkan))"
)
_BOOKED = re.compile(
    r"^(?:your|all|account|card|posted|completed|booked|recent|gebuchte?|verbuchte?)*(?:transactions|activity|movements|umsatze|operations|mouvements"
    r"|movimientos|operaciones|transacties|transaksi|bookings|buchungen)|^(?:account|card)?summary|^(?:rewards?|interest|fees)"
)


def stage_of(line: Line, current: str) -> str:
    """The stage in force after a line without amounts that may be a heading: the new one, "" for booked rows, else `current`."""
    sentence = line.text[-1] in ".;," or line.text[0].islower()
    if sentence or len(line.words) > _WORDS or any(t.firm for t in line.amounts):
        return current
    plain = words.compact(line.text)
    if _PENDING.search(plain):
        return PENDING
    if _VOID.search(plain):
        return VOID
    return "" if current and _BOOKED.search(plain) else current


def amounts_of(
    pending: Sequence[Entry], entries: Sequence[Entry], amounts: Sequence[Decimal], columns: Columns, style: Style
) -> list[tuple[Entry, Decimal]]:
    """Pending rows with their amounts: signed as most booked rows of the same print are; those without one amount are dropped."""
    cells = cells_of([*entries, *pending], columns, style)
    if cells is None:
        return []
    known = {id(e): a for e, a in zip(entries, amounts, strict=True)}
    votes: Counter[tuple[object, ...]] = Counter()
    found: list[tuple[Entry, Decimal, tuple[object, ...]]] = []
    for entry, value, side in zip(cells.entries, cells.values, cells.sides, strict=True):
        key = (value.mark, value.value < 0, side)
        if (amount := known.get(id(entry))) is None:
            found.append((entry, abs(value.value), key))
        elif amount:
            votes[(*key, amount > 0)] += 1
    return [(e, size if votes[(*key, True)] > votes[(*key, False)] else -size) for e, size, key in found]


def section_of(line: Line, plain: str) -> tuple[int, str]:
    """1 or -1 and the bare words where a line can head a section of money in or out; else 0."""
    text = line.text
    if len(line.words) > 8 or not plain or text[0].islower() or text[-1] in ".),;":
        return 0, ""
    bare = re.sub(r"(?:continued|cont|fortsetzung|suite|vervolg|lanjutan)$", "", plain)
    return (1 if words.SECTION_IN.search(bare) else -1 if words.SECTION_OUT.search(bare) else 0), bare
