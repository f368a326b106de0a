"""The packet's pages: letter, charges, charts, answers, exhibits; twelve points or larger, black on white.

reportlab lays out the text; the charts are vector drawings of matplotlib, laid into the space kept for them, so that their text can
be selected too. Nothing from a statement is ever markup, and nothing in the file runs, links or changes with the clock.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analyzer.disputes import charts, flow, letter, words
from analyzer.disputes.chart_deadlines import FEW, draw_deadlines
from analyzer.disputes.chart_months import before_after_rows, draw_before_after
from analyzer.disputes.chart_parts import clip
from analyzer.disputes.chart_timeline import draw_timeline
from analyzer.disputes.dossier import Dossier
from analyzer.disputes.exhibits import Exhibit
from analyzer.disputes.fonts import BODY, BOLD, drawable, fit, register
from analyzer.disputes.page_blocks import answers, charges, events, letter_pages, limits, source_list
from analyzer.disputes.page_exhibits import exhibit_pages
from analyzer.disputes.page_kit import BOTTOM, POINTS, TEXT_WIDTH, Drawings, Kit, Placed

LOW = 0.75
"""Height of a low chart, as a part of the usual one."""
FEW_FILES = 8
"""Lines about files that stay together on a page."""


@dataclass
class Layout:
    """How much room things take; the packet tries smaller ones until it fits."""

    strips: bool = False
    deadline_chart: bool = True
    full_hashes: bool = True


@dataclass(frozen=True)
class Built:
    """A packet set: the PDF, its pages, and the part of a page that the text before the exhibits runs on to, where it breaks there."""

    data: bytes = field(repr=False)
    pages: int
    spill: float


def draw(d: Dossier, *, low: bool = False) -> Drawings:
    """The charts of the packet, without tables of their own; `low` ones take less height."""
    scale = LOW if low else 1.0
    found = {"timeline": draw_timeline(d, table=False, scale=scale), "before": draw_before_after(d, table=False, scale=scale)}
    if any(line.clock.windows for line in d.disputed):
        found["deadlines"] = draw_deadlines(d, table=False, scale=max(scale, 0.85))
    figures = [ax.figure for ax in found.values()]
    for ax in found.values():  # what stands behind a chart, the word DRAFT, is not cut out by it
        ax.figure.patch.set_visible(False)
        ax.patch.set_visible(False)
    sizes = tuple((float(f.get_figwidth()) * 72, float(f.get_figheight()) * 72) for f in figures)
    return Drawings(charts.as_pages(figures), tuple(found), sizes)


def build(d: Dossier, exhibits: Sequence[Exhibit], enclosures: Sequence[str], layout: Layout, drawings: Drawings) -> Built:
    """The packet as a PDF, and how many pages it has."""
    data, pages, placed, spill = _typeset(d, exhibits, enclosures, layout, drawings)
    return Built(_with_drawings(data, drawings, placed, d.as_of), pages, spill)


def _typeset(
    d: Dossier, exhibits: Sequence[Exhibit], enclosures: Sequence[str], layout: Layout, drawings: Drawings
) -> tuple[bytes, int, list[Placed], float]:
    from reportlab.lib.pagesizes import A4, LETTER
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    register()
    size = LETTER if d.paper == "Letter" else A4
    side = (size[0] - TEXT_WIDTH) / 2
    out = io.BytesIO()
    key = "title" if d.last_four else "title_unknown"
    title = drawable(words.label(key, d.language, merchant=clip(d.finding.merchant, 60), last=d.last_four))

    class Sheet(Canvas):  # type: ignore[misc]
        """A canvas that knows the number of pages only at its end, and writes it into all of them then."""

        def save(self) -> None:
            self.beginForm("total")
            self.setFont(BODY, POINTS)
            self.drawString(0, 0, f"{words.label('of', d.language)} {self.getPageNumber() - 1}")
            self.endForm()
            super().save()

    def canvas(target: Any, **settings: Any) -> Any:
        settings.update(lang=d.language, invariant=1, pageCompression=1)
        return Sheet(target, **settings)

    def furniture(c: Any, document: Any) -> None:
        c.saveState()
        if not d.complete:
            c.setFont(BOLD, 120)
            c.setFillGray(0.9)
            c.translate(size[0] / 2, size[1] / 2)
            c.rotate(55)
            c.drawCentredString(0, -40, words.label("draft_mark", d.language))
            c.rotate(-55)
            c.translate(-size[0] / 2, -size[1] / 2)
            c.setFillGray(0)
            c.setFont(BOLD, POINTS)
            c.drawString(side, size[1] - 36, words.label("draft", d.language))
        c.setFillGray(0)
        c.setFont(BODY, POINTS)
        c.drawString(side, 30, fit(title, TEXT_WIDTH - 130))
        c.drawRightString(size[0] - side - 42, 30, f"{words.label('page', d.language)} {document.page}")
        c.translate(size[0] - side - 38, 30)
        c.doForm("total")
        c.restoreState()

    template = BaseDocTemplate(
        out,
        pagesize=size,
        title=title,
        author=drawable(d.details.name) or "-",
        subject=drawable(letter.claim(d.situation, d.language)),
        creator="stmt-scan",
        producer="stmt-scan",
        keywords="",
        lang=d.language,
        allowSplitting=1,
    )
    frame = Frame(side, BOTTOM, TEXT_WIDTH, size[1] - 2 * BOTTOM, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    template.addPageTemplates([PageTemplate(id="page", frames=[frame], onPage=furniture)])
    placed: list[Placed] = []
    kit = Kit(d, drawings, placed, size[1] - 2 * BOTTOM)
    template.build(_story(kit, exhibits, enclosures, layout), canvasmaker=canvas)
    broken = not layout.strips and bool(exhibits) and bool(exhibits[0].picture)
    return out.getvalue(), template.page, placed, kit.ended if broken else 0.0


def _story(kit: Kit, exhibits: Sequence[Exhibit], enclosures: Sequence[str], layout: Layout) -> list[Any]:
    from reportlab.platypus import CondPageBreak, PageBreak

    d, room = kit.d, kit.room
    pictures = not layout.strips and any(e.picture for e in exhibits)
    said = frozenset(e.lines[0].sha256 for e in exhibits if e.picture and not layout.strips)
    story: list[Any] = [*letter_pages(kit, enclosures), PageBreak()]
    first_is_a_page = pictures and bool(exhibits[0].picture)
    story += [*flow.arrange(_sections(kit, layout, said), room, whole_pages=first_is_a_page), kit.end()]
    if exhibits:
        story += [PageBreak() if first_is_a_page else CondPageBreak(150), kit.heading(words.label("exhibits", d.language), "exhibits")]
        for n, exhibit in enumerate(exhibits, 1):
            story += exhibit_pages(kit, n, exhibit, layout.strips, first=n == 1)
    return story


def _sections(kit: Kit, layout: Layout, said: frozenset[str]) -> list[flow.Section]:
    """What stands between letter and exhibits, in the order it is best read."""
    from reportlab.platypus import Spacer

    d, label = kit.d, kit.label
    before = kit.heading(label("before_title", family=clip(d.family, 40)), "before")
    limit = [kit.heading(label("deadlines"), "deadlines")]
    if "deadlines" in kit.drawings.names and layout.deadline_chart:
        limit += [kit.drawing("deadlines"), Spacer(0, 4)]
    table, *notes = limits(kit)
    listed = source_list(kit, layout.full_hashes, said)
    files = [listed] if len(listed) <= FEW_FILES else listed
    months = kit.grid(before_after_rows(d), [0.34, 0.25, 0.19, 0.22])
    found = [
        [[kit.heading(label("charges"), "charges"), kit.drawing("timeline"), Spacer(0, 4)], charges(kit), Spacer(0, 4), *files],
        [answers(kit)],
        [events(kit)],
        [[before, kit.drawing("before"), Spacer(0, 4), kit.small(label("before_note"))], months],
        [[*limit, table], *notes] if len(d.disputed) <= FEW else [limit, table, *notes],
    ]
    return [section for section in found if any(section)]


def _with_drawings(data: bytes, drawings: Drawings, placed: Sequence[Placed], as_of: date) -> bytes:
    """The PDF with each chart laid into its place; its fonts stay embedded, its text selectable."""
    from pypdf import PdfReader, PdfWriter, Transformation

    drawn = PdfReader(io.BytesIO(drawings.pdf)).pages
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for spot in placed:
        page = writer.pages[spot.page]
        page.merge_transformed_page(drawn[spot.drawing], Transformation().translate(spot.x, spot.y))
        page.compress_content_streams()
        page.pop("/Annots", None)  # merging leaves an empty list; neither half has any
    writer.compress_identical_objects()
    day = f"D:{as_of:%Y%m%d}000000Z"
    writer.add_metadata({"/CreationDate": day, "/ModDate": day})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
