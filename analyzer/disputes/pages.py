"""The packet's pages: letter, charges, charts, answers, exhibits; twelve points or larger, black on white.

reportlab lays out the text; the charts are vector drawings of matplotlib, laid into the space kept for them, so that their text can
be selected too. Nothing from a statement is ever markup, and nothing in the file runs, links or changes with the clock.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analyzer.disputes import charts, letter, words
from analyzer.disputes.chart_deadlines import draw_deadlines
from analyzer.disputes.chart_months import before_after_rows, draw_before_after
from analyzer.disputes.chart_parts import clip
from analyzer.disputes.chart_timeline import draw_timeline
from analyzer.disputes.dossier import Dossier
from analyzer.disputes.exhibits import Exhibit
from analyzer.disputes.fonts import BODY, BOLD, drawable, register
from analyzer.disputes.page_blocks import answers, charges, events, letter_pages, limit_rows, source_list
from analyzer.disputes.page_exhibits import exhibit_pages
from analyzer.disputes.page_kit import POINTS, TEXT_WIDTH, Drawings, Kit, Placed


@dataclass
class Layout:
    """How much room things take; the packet tries smaller ones until it fits."""

    strips: bool = False
    deadline_chart: bool = True
    full_hashes: bool = True


def draw(d: Dossier) -> Drawings:
    """The charts of the packet, without tables of their own."""
    found = {"timeline": draw_timeline(d, table=False), "before": draw_before_after(d, table=False)}
    if any(line.clock.windows for line in d.disputed):
        found["deadlines"] = draw_deadlines(d, table=False)
    figures = [ax.figure for ax in found.values()]
    sizes = tuple((float(f.get_figwidth()) * 72, float(f.get_figheight()) * 72) for f in figures)
    return Drawings(charts.as_pages(figures), tuple(found), sizes)


def build(d: Dossier, exhibits: Sequence[Exhibit], enclosures: Sequence[str], layout: Layout, drawings: Drawings) -> tuple[bytes, int]:
    """The packet as a PDF, and how many pages it has."""
    data, pages, placed = _typeset(d, exhibits, enclosures, layout, drawings)
    return _with_drawings(data, drawings, placed, d.as_of), pages


def _typeset(
    d: Dossier, exhibits: Sequence[Exhibit], enclosures: Sequence[str], layout: Layout, drawings: Drawings
) -> tuple[bytes, int, list[Placed]]:
    from reportlab.lib.pagesizes import A4, LETTER
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    register()
    size = LETTER if d.paper == "Letter" else A4
    side = (size[0] - TEXT_WIDTH) / 2
    out = io.BytesIO()
    name = words.label("title", d.language, merchant=clip(d.finding.merchant, 60), last=d.last_four or "?")
    title = drawable(name)

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
        c.drawString(side, 30, clip(title, 46))
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
    frame = Frame(side, 50, TEXT_WIDTH, size[1] - 100, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    template.addPageTemplates([PageTemplate(id="page", frames=[frame], onPage=furniture)])
    placed: list[Placed] = []
    template.build(_story(d, exhibits, enclosures, layout, drawings, placed, size[1] - 100), canvasmaker=canvas)
    return out.getvalue(), template.page, placed


def _story(
    d: Dossier,
    exhibits: Sequence[Exhibit],
    enclosures: Sequence[str],
    layout: Layout,
    drawings: Drawings,
    placed: list[Placed],
    room: float,
) -> list[Any]:
    from reportlab.platypus import CondPageBreak, KeepTogether, PageBreak, Spacer

    kit = Kit(d, drawings, placed, room)
    story: list[Any] = [*letter_pages(kit, enclosures), PageBreak()]
    story += [kit.heading(words.label("charges", d.language), "charges"), kit.drawing("timeline"), Spacer(0, 4)]
    story += [charges(kit), Spacer(0, 6), *source_list(kit, layout.full_hashes), Spacer(0, 8)]
    if d.events or d.situation == "unauthorized":
        story += [CondPageBreak(110), *answers(kit), *events(kit)]
    before = [
        kit.heading(words.label("before_title", d.language, family=clip(d.family, 40)), "before"),
        kit.drawing("before"),
    ]
    story += [KeepTogether(before), Spacer(0, 4), kit.small(words.label("before_note", d.language))]
    story += [kit.grid(before_after_rows(d), [0.34, 0.25, 0.19, 0.22]), Spacer(0, 10)]
    limits = [kit.heading(words.label("deadlines", d.language), "deadlines")]
    if "deadlines" in drawings.names and layout.deadline_chart:
        limits.append(kit.drawing("deadlines"))
    story += [KeepTogether(limits), Spacer(0, 4), kit.grid(limit_rows(kit), [0.08, 0.4, 0.26, 0.26]), Spacer(0, 6)]
    story += [kit.small(said) for said in d.clock.said(d.language)]
    if exhibits:
        story += [PageBreak() if not layout.strips else CondPageBreak(150), kit.heading(words.label("exhibits", d.language), "exhibits")]
        for n, exhibit in enumerate(exhibits, 1):
            story += exhibit_pages(kit, n, exhibit, layout.strips, first=n == 1)
    return story


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
