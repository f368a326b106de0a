"""The packet's pages: letter, charges, charts, answers, exhibits; twelve points or larger, black on white.

reportlab lays out the text; the charts are vector drawings of matplotlib, laid into the space kept for them, so that their text can
be selected too. Nothing from a statement is ever markup, and nothing in the file runs, links or changes with the clock.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analyzer import escape
from analyzer.disputes import charts, letter, words
from analyzer.disputes.chart_parts import clip
from analyzer.disputes.dossier import Dossier, Line
from analyzer.disputes.exhibits import Exhibit
from analyzer.disputes.fonts import BODY, BOLD, MONO, drawable, register
from analyzer.disputes.letter import place_words, shown_file, status_words

TEXT_WIDTH = 468.0
POINTS, LEADING = 12, 15
CLIP = 240
"""Characters of a descriptor on paper; charges.csv has all of them."""
STRIP_MARGIN = 24.0
"""Points of the page shown above and below a row, where an exhibit is a strip."""


@dataclass
class Layout:
    """How much room things take; the packet tries smaller ones until it fits."""

    strips: bool = False
    deadline_chart: bool = True
    full_hashes: bool = True


@dataclass(frozen=True)
class Drawings:
    """The charts, drawn once: pages of one PDF, and which is which."""

    pdf: bytes = field(repr=False)
    names: tuple[str, ...]
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class _Placed:
    """Where a chart goes: its page in `Drawings`, the packet's page, and the lower left corner there."""

    drawing: int
    page: int
    x: float
    y: float


def draw(d: Dossier) -> Drawings:
    """The charts of the packet, without tables of their own."""
    found = {"timeline": charts.draw_timeline(d, table=False), "before": charts.draw_before_after(d, table=False)}
    if any(line.clock.windows for line in d.disputed):
        found["deadlines"] = charts.draw_deadlines(d, table=False)
    figures = [ax.figure for ax in found.values()]
    sizes = tuple((float(f.get_figwidth()) * 72, float(f.get_figheight()) * 72) for f in figures)
    return Drawings(charts.as_pages(figures), tuple(found), sizes)


def build(d: Dossier, exhibits: Sequence[Exhibit], enclosures: Sequence[str], layout: Layout, drawings: Drawings) -> tuple[bytes, int]:
    """The packet as a PDF, and how many pages it has."""
    data, pages, placed = _typeset(d, exhibits, enclosures, layout, drawings)
    return _with_drawings(data, drawings, placed, d.as_of), pages


def _typeset(
    d: Dossier, exhibits: Sequence[Exhibit], enclosures: Sequence[str], layout: Layout, drawings: Drawings
) -> tuple[bytes, int, list[_Placed]]:
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
    placed: list[_Placed] = []
    template.build(_story(d, exhibits, enclosures, layout, drawings, placed, size[1] - 100), canvasmaker=canvas)
    return out.getvalue(), template.page, placed


def _styles() -> Callable[..., Any]:
    from reportlab.lib.styles import ParagraphStyle

    def make(name: str = "body", **settings: Any) -> Any:
        base: dict[str, Any] = {
            "fontName": BODY,
            "fontSize": POINTS,
            "leading": LEADING,
            "spaceAfter": 7,
            "allowWidows": 0,
            "allowOrphans": 0,
        }
        return ParagraphStyle(name, **{**base, **settings})

    return make


def _story(
    d: Dossier,
    exhibits: Sequence[Exhibit],
    enclosures: Sequence[str],
    layout: Layout,
    drawings: Drawings,
    placed: list[_Placed],
    room: float,
) -> list[Any]:
    from reportlab.platypus import CondPageBreak, KeepTogether, PageBreak, Spacer

    kit = _Kit(d, drawings, placed, room)
    story: list[Any] = [*kit.letter(enclosures), PageBreak()]
    story += [kit.heading(words.label("charges", d.language), "charges"), kit.drawing("timeline"), Spacer(0, 4)]
    story += [kit.charges(), Spacer(0, 6), *kit.sources(layout.full_hashes), Spacer(0, 8)]
    if d.events or d.situation == "unauthorized":
        story += [CondPageBreak(110), *kit.answers(), *kit.events()]
    before = [
        kit.heading(words.label("before_title", d.language, family=clip(d.family, 40)), "before"),
        kit.drawing("before"),
    ]
    story += [KeepTogether(before), Spacer(0, 4), kit.small(words.label("before_note", d.language))]
    story += [kit.grid(charts.before_after_rows(d), [0.34, 0.25, 0.19, 0.22]), Spacer(0, 10)]
    limits = [kit.heading(words.label("deadlines", d.language), "deadlines")]
    if "deadlines" in drawings.names and layout.deadline_chart:
        limits.append(kit.drawing("deadlines"))
    story += [KeepTogether(limits), Spacer(0, 4), kit.grid(kit.deadline_rows(), [0.08, 0.4, 0.26, 0.26]), Spacer(0, 6)]
    story += [kit.small(said) for said in d.clock.said(d.language)]
    if exhibits:
        story += [PageBreak() if not layout.strips else CondPageBreak(150), kit.heading(words.label("exhibits", d.language), "exhibits")]
        for n, exhibit in enumerate(exhibits, 1):
            story += kit.exhibit(n, exhibit, layout.strips, first=n == 1)
    return story


class _Kit:
    """The flowables of one packet."""

    def __init__(self, d: Dossier, drawings: Drawings, placed: list[_Placed], room: float) -> None:
        self.d, self.drawings, self.placed, self.room = d, drawings, placed, room
        self.style = _styles()
        self.body = self.style()

    def safe(self, text: str) -> str:
        """Text for a Paragraph: escaped, drawable, and with its runs of blanks kept."""
        return escape.pdf(drawable(text)).replace("  ", "\u00a0 ")

    def par(self, text: str, **settings: Any) -> Any:
        from reportlab.platypus import Paragraph

        return Paragraph(self.safe(text), self.style("p", **settings) if settings else self.body)

    def small(self, text: str) -> Any:
        return self.par(text, spaceAfter=4)

    def heading(self, text: str, key: str) -> Any:
        from reportlab.platypus import Paragraph

        class Heading(Paragraph):  # type: ignore[misc]
            def draw(self) -> None:
                self.canv.bookmarkPage(key)
                self.canv.addOutlineEntry(drawable(text), key, level=0, closed=False)
                super().draw()

        return Heading(
            self.safe(text), self.style("h", fontName=BOLD, fontSize=14, leading=18, spaceBefore=4, spaceAfter=6, keepWithNext=1)
        )

    def drawing(self, name: str) -> Any:
        from reportlab.platypus import Flowable

        at = self.drawings.names.index(name)
        width, height = self.drawings.sizes[at]
        placed = self.placed

        class Space(Flowable):  # type: ignore[misc]
            def wrap(self, *_: Any) -> tuple[float, float]:
                return width, height

            def draw(self) -> None:
                x, y = self.canv.absolutePosition(0, 0)
                placed.append(_Placed(at, self.canv.getPageNumber() - 1, x, y))

        return Space()

    def letter(self, enclosures: Sequence[str]) -> list[Any]:
        from reportlab.platypus import Paragraph, Spacer

        d = self.d
        out: list[Any] = [self._mark(words.label("letter", d.language), "letter")]
        draft = letter.draft_lines(d)
        if draft:
            out += [self.par(line, spaceAfter=2, leftIndent=12, firstLineIndent=-12) for line in (f"\u2022 {x}" for x in draft[1:])]
            out.append(Spacer(0, 8))
        tight = {"from": 0, "to": 0, "li": 2}
        listed = False
        for block in letter.blocks(d, "pdf", enclosures):
            if listed and block.kind != "li":
                out.append(Spacer(0, 5))
                listed = False
            text = block.text.replace("  ", "\u00a0 ")
            if block.kind == "charges":
                out += self.short_charges() if len(d.lines) <= letter.SHORT_TABLE else [self.par(self._see_table())]
            elif block.kind == "subject":
                out.append(Paragraph(text, self.style("s", fontName=BOLD, spaceBefore=8, spaceAfter=8)))
            elif block.kind == "li":
                listed = True
                out.append(Paragraph(f"\u2013 {text}", self.style("li", leftIndent=14, firstLineIndent=-10, spaceAfter=2)))
            elif block.kind == "sign":
                out.append(Paragraph(text, self.style("sign", spaceBefore=34, spaceAfter=10)))
            elif block.kind == "close":
                out.append(Paragraph(text, self.style("close", spaceBefore=4, keepWithNext=1)))
            elif block.kind in ("date", "to") and out and block.kind == "date":
                out.append(Paragraph(text, self.style("date", spaceBefore=8, spaceAfter=8)))
            else:
                out.append(
                    Paragraph(
                        text,
                        self.style(block.kind, spaceAfter=tight.get(block.kind, 7), spaceBefore=4 if block.kind == "enclosures" else 0),
                    )
                )
        return out

    def _mark(self, text: str, key: str) -> Any:
        from reportlab.platypus import Flowable

        class Mark(Flowable):  # type: ignore[misc]
            def wrap(self, *_: Any) -> tuple[float, float]:
                return 0.0, 0.0

            def draw(self) -> None:
                self.canv.bookmarkPage(key)
                self.canv.addOutlineEntry(text, key, level=0, closed=False)

        return Mark()

    def _see_table(self) -> str:
        d = self.d
        days = [words.day(line.charge.posted, d.language, d.jurisdiction) for line in (d.lines[0], d.lines[-1])]
        if d.language == "id":
            return f"{len(d.lines)} tagihan dari {days[0]} sampai {days[1]}; satu per satu dalam daftar tagihan terlampir."
        return f"{len(d.lines)} charges from {days[0]} to {days[1]}, each listed in the table of charges enclosed."

    def short_charges(self) -> list[Any]:
        d = self.d
        rows = [("", *(words.label(k, d.language) for k in ("posted", "amount", "descriptor")))]
        for line in d.lines:
            note = "" if line.disputed else f" ({status_words(line, d)})"
            posted = words.short_day(line.charge.posted, d.language)
            rows.append((str(line.number), posted, line.amount, f"{line.charge.descriptor[:CLIP]}{note}"))
        from reportlab.platypus import Spacer

        return [self.grid(rows, [0.07, 0.2, 0.22, 0.51]), Spacer(0, 8)]

    def charges(self) -> Any:
        d = self.d
        names = {name: f"{words.label('file', d.language)} {n}" for n, (name, _) in enumerate(charts.sources(d), 1)}
        heads = ("", *(words.label(k, d.language) for k in ("posted", "descriptor", "amount", "deadline")))
        rows: list[tuple[str, ...]] = [heads]
        for line in d.lines:
            rows.append(
                (
                    str(line.number),
                    f"{words.short_day(line.charge.posted, d.language)}\n{self._place(line, names)}",
                    line.charge.descriptor[:CLIP],
                    f"{line.amount}\n{status_words(line, d, short=True)}",
                    self._due(line),
                )
            )
        for credit in d.unmatched_credits:
            rows.append(("", words.short_day(credit.posted, d.language), credit.descriptor[:CLIP], charts._credit(credit.minor, d), ""))
        total = words.label("total", d.language)
        rows.append(("", total, "", d.total, ""))
        return self.grid(rows, [0.06, 0.22, 0.3, 0.21, 0.21], total=True)

    def _place(self, line: Line, names: dict[str, str]) -> str:
        where = place_words(line, self.d, dated=False).removeprefix(shown_file(line.file))
        return f"{names[line.file]}{where}"

    def _due(self, line: Line) -> str:
        governing = line.clock.governing
        if not line.disputed:
            return "-"
        if governing is None:
            return words.label("unknown", self.d.language)
        day = words.short_day(governing.due, self.d.language)
        gone = words.label("passed_perhaps" if governing.doubtful else "passed", self.d.language)
        return f"{day}\n{gone}" if governing.passed else day

    def deadline_rows(self) -> list[tuple[str, ...]]:
        """One row a charge and window; of many charges with the same window one row."""
        rows = charts.deadline_rows(self.d)
        if len(rows) <= 9:
            return rows
        grouped: dict[tuple[str, ...], list[str]] = {}
        for number, *rest in rows[1:]:
            grouped.setdefault(tuple(rest), []).append(number)
        out = [rows[0]]
        out += [(letter.ranges([int(n) for n in numbers]), *rest) for rest, numbers in grouped.items()]
        if len(out) <= 14:
            return out
        # Many charges, one window each: the table of charges holds every deadline, here stands the first and last of a rule.
        by_rule: dict[str, list[tuple[str, ...]]] = {}
        for row in rows[1:]:
            by_rule.setdefault(row[1], []).append(row)
        short = [rows[0]]
        for found in by_rule.values():
            short += [found[0], found[-1]] if len(found) > 1 else found
        return short

    def sources(self, full: bool) -> list[Any]:
        d = self.d
        out = []
        found = charts.sources(d)
        for n, (name, sha) in enumerate(found, 1):
            of = next((line.clock.statement_date for line in d.lines if line.file == name and line.clock.statement_date), None)
            dated = f", {words.label('statement_of', d.language)} {words.short_day(of, d.language)}" if of else ""
            head = f"{words.label('file', d.language)} {n}: {clip(shown_file(name), 44)}{dated}"
            if full and sha:
                out.append(self.par(head, spaceAfter=0))
                out.append(self.par(f"SHA-256 {sha[:32]} {sha[32:]}", leftIndent=14, spaceAfter=4))
            else:
                out.append(self.par(f"{head}, SHA-256 {sha[:12]}..." if sha else head, spaceAfter=1))
        if found and not full:
            out.append(self.small(words.label("hashes_short", d.language)))
        return out

    def answers(self) -> list[Any]:
        d = self.d
        if d.situation != "unauthorized":
            return []
        given = {None: words.label("not_answered", d.language), True: words.label("yes", d.language), False: words.label("no", d.language)}
        asked = dict(d.details.household)
        if d.details.account_takeover is not None or d.finding.kind == "seller-fee":
            asked["account_takeover"] = d.details.account_takeover
        rows = [(words.label("question", d.language), words.label("answer", d.language))]
        rows += [(words.label(f"question_{key}", d.language), given[value]) for key, value in asked.items()]
        return [self.heading(words.label("answers", d.language), "answers"), self.grid(rows, [0.76, 0.24])]

    def events(self) -> list[Any]:
        from reportlab.platypus import Spacer

        d = self.d
        if not d.events:
            return [Spacer(0, 8)]
        rows = [("", words.label("date", d.language), words.label("event", d.language))]
        rows += [
            (chr(ord("A") + n) if n < 26 else "", words.short_day(e.on, d.language), charts.event_words(e, d.language)[:CLIP])
            for n, e in enumerate(d.events)
        ]
        return [
            Spacer(0, 8),
            self.heading(words.label("history", d.language), "history"),
            self.grid(rows, [0.07, 0.24, 0.69]),
            Spacer(0, 10),
        ]

    def grid(self, rows: Sequence[tuple[str, ...]], parts: Sequence[float], *, total: bool = False) -> Any:
        from reportlab.platypus import Table

        bold = self.style("head", fontName=BOLD, spaceAfter=0, leading=14.5)
        plain = self.style("cell", spaceAfter=0, leading=14.5)
        cells = [
            [self._cell(text, bold if r == 0 or (total and r == len(rows) - 1) else plain) for text in row] for r, row in enumerate(rows)
        ]
        table = Table(cells, colWidths=[TEXT_WIDTH * p for p in parts], repeatRows=1)
        table.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, 0), 1, "black"),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, "#8c8c8c"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
        return table

    def _cell(self, text: str, style: Any) -> Any:
        from reportlab.platypus import Paragraph

        return Paragraph("<br/>".join(self.safe(part) for part in text.split("\n")), style)

    def exhibit(self, number: int, exhibit: Exhibit, strips: bool, *, first: bool) -> list[Any]:
        from reportlab.platypus import KeepTogether, PageBreak, Preformatted, Spacer

        d = self.d
        caption = self.par(f"{words.label('exhibit', d.language)} {number}: {exhibit.caption}", fontName=BOLD, spaceAfter=2)
        if not exhibit.picture:
            note = [self.par(words.label("exhibit_rows", d.language), spaceAfter=2)] if first else []
            mono = self.style("mono", fontName=MONO, leading=14.5)
            text = "\n".join(drawable(row) for row in exhibit.rows)
            return [caption, *note, Preformatted(text, mono, maxLineLength=64, newLineChars="        "), Spacer(0, 6)]
        sha = exhibit.lines[0].sha256
        source = self.par(f"SHA-256 {sha[:32]} {sha[32:]}", spaceAfter=4) if not strips else None
        kind = "exhibit_full" if exhibit.full else "exhibit_masked"
        note = [self.par(words.label(kind, d.language), spaceAfter=4)] if first else []
        if strips:
            return [*note, KeepTogether([caption, *self._strips(exhibit), Spacer(0, 6)])]
        height = self.room - LEADING * 3 - 20 - (LEADING * 4 if first else 0)
        image = self._image(*_without_margins(exhibit), TEXT_WIDTH, height)
        out: list[Any] = [] if first else [PageBreak()]
        return [*out, caption, *([source] if source else []), *note, image]

    def _image(self, picture: bytes, size: tuple[float, float], width: float, height: float) -> Any:
        from reportlab.platypus import Image

        scale = min(width / size[0], height / size[1])
        image = Image(io.BytesIO(picture), size[0] * scale, size[1] * scale)
        image.hAlign = "CENTER"
        return image

    def _strips(self, exhibit: Exhibit) -> list[Any]:
        from PIL import Image as Picture

        page = Picture.open(io.BytesIO(exhibit.picture))
        margin = STRIP_MARGIN / exhibit.size[1]
        bands: list[list[float]] = []
        for top, bottom in sorted(exhibit.strips):
            if bands and top - margin <= bands[-1][1]:
                bands[-1][1] = bottom + margin
            else:
                bands.append([top - margin, bottom + margin])
        out = []
        for top, bottom in bands:
            box = (0, max(0, round(top * page.height)), page.width, min(page.height, round(bottom * page.height)))
            cut = io.BytesIO()
            page.crop(box).save(cut, format="PNG", optimize=True)
            out.append(
                self._image(cut.getvalue(), (exhibit.size[0], (box[3] - box[1]) / page.height * exhibit.size[1]), TEXT_WIDTH, self.room / 3)
            )
        return out


def _without_margins(exhibit: Exhibit) -> tuple[bytes, tuple[float, float]]:
    """The picture of a page and its size in points, empty margins cut off, so that the rest is printed larger."""
    from PIL import Image as Picture
    from PIL import ImageChops

    page = Picture.open(io.BytesIO(exhibit.picture)).convert("L")
    ink = ImageChops.invert(page).getbbox() or (0, 0, *page.size)
    box = (max(0, ink[0] - 8), max(0, ink[1] - 8), min(page.width, ink[2] + 8), min(page.height, ink[3] + 8))
    cut = io.BytesIO()
    page.crop(box).save(cut, format="PNG")
    scale = exhibit.size[0] / page.width
    return cut.getvalue(), ((box[2] - box[0]) * scale, (box[3] - box[1]) * scale)


def _with_drawings(data: bytes, drawings: Drawings, placed: Sequence[_Placed], as_of: date) -> bytes:
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
