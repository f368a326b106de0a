"""What stands on the packet's pages, block by block: the letter, the table of charges, time limits, sources, answers, events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analyzer.disputes import letter, words
from analyzer.disputes.chart_deadlines import deadline_rows
from analyzer.disputes.chart_parts import clip, credit, sources
from analyzer.disputes.chart_timeline import event_words
from analyzer.disputes.dossier import Line
from analyzer.disputes.fonts import BOLD
from analyzer.disputes.letter import place_words, shown_file, status_words
from analyzer.disputes.page_kit import Kit

CLIP = 240
"""Characters of a descriptor on paper; charges.csv has all of them."""


def letter_pages(kit: Kit, enclosures: Sequence[str]) -> list[Any]:
    from reportlab.platypus import Paragraph, Spacer

    d = kit.d
    out: list[Any] = [kit.mark(words.label("letter", d.language), "letter")]
    draft = letter.draft_lines(d)
    if draft:
        out += [kit.par(line, spaceAfter=2, leftIndent=12, firstLineIndent=-12) for line in (f"\u2022 {x}" for x in draft[1:])]
        out.append(Spacer(0, 8))
    tight = {"from": 0, "to": 0, "li": 2}
    listed = False
    for block in letter.blocks(d, "pdf", enclosures):
        if listed and block.kind != "li":
            out.append(Spacer(0, 5))
            listed = False
        text = block.text.replace("  ", "\u00a0 ")
        if block.kind == "charges":
            out += _short_charges(kit) if len(d.lines) <= letter.SHORT_TABLE else [kit.par(_see_table(kit))]
        elif block.kind == "subject":
            out.append(Paragraph(text, kit.style("s", fontName=BOLD, spaceBefore=8, spaceAfter=8)))
        elif block.kind == "li":
            listed = True
            out.append(Paragraph(f"\u2013 {text}", kit.style("li", leftIndent=14, firstLineIndent=-10, spaceAfter=2)))
        elif block.kind == "sign":
            out.append(Paragraph(text, kit.style("sign", spaceBefore=34, spaceAfter=10)))
        elif block.kind == "close":
            out.append(Paragraph(text, kit.style("close", spaceBefore=4, keepWithNext=1)))
        elif block.kind in ("date", "to") and out and block.kind == "date":
            out.append(Paragraph(text, kit.style("date", spaceBefore=8, spaceAfter=8)))
        else:
            out.append(
                Paragraph(
                    text,
                    kit.style(block.kind, spaceAfter=tight.get(block.kind, 7), spaceBefore=4 if block.kind == "enclosures" else 0),
                )
            )
    return out


def _see_table(kit: Kit) -> str:
    d = kit.d
    days = [words.day(line.charge.posted, d.language, d.jurisdiction) for line in (d.lines[0], d.lines[-1])]
    if d.language == "id":
        return f"{len(d.lines)} tagihan dari {days[0]} sampai {days[1]}; satu per satu dalam daftar tagihan terlampir."
    return f"{len(d.lines)} charges from {days[0]} to {days[1]}, each listed in the table of charges enclosed."


def _short_charges(kit: Kit) -> list[Any]:
    d = kit.d
    rows = [("", *(words.label(k, d.language) for k in ("posted", "amount", "descriptor")))]
    for line in d.lines:
        note = "" if line.disputed else f" ({status_words(line, d)})"
        posted = words.short_day(line.charge.posted, d.language)
        rows.append((str(line.number), posted, line.amount, f"{line.charge.descriptor[:CLIP]}{note}"))
    from reportlab.platypus import Spacer

    return [kit.grid(rows, [0.07, 0.2, 0.22, 0.51]), Spacer(0, 8)]


def charges(kit: Kit) -> Any:
    d = kit.d
    names = {name: f"{words.label('file', d.language)} {n}" for n, (name, _) in enumerate(sources(d), 1)}
    heads = ("", *(words.label(k, d.language) for k in ("posted", "descriptor", "amount", "deadline")))
    rows: list[tuple[str, ...]] = [heads]
    for line in d.lines:
        rows.append(
            (
                str(line.number),
                f"{words.short_day(line.charge.posted, d.language)}\n{_place(kit, line, names)}",
                line.charge.descriptor[:CLIP],
                f"{line.amount}\n{status_words(line, d, short=True)}",
                _due(kit, line),
            )
        )
    for back in d.unmatched_credits:
        rows.append(("", words.short_day(back.posted, d.language), back.descriptor[:CLIP], credit(back.minor, d), ""))
    total = words.label("total", d.language)
    rows.append(("", total, "", d.total, ""))
    return kit.grid(rows, [0.06, 0.22, 0.3, 0.21, 0.21], total=True)


def _place(kit: Kit, line: Line, names: dict[str, str]) -> str:
    where = place_words(line, kit.d, dated=False).removeprefix(shown_file(line.file))
    return f"{names[line.file]}{where}"


def _due(kit: Kit, line: Line) -> str:
    governing = line.clock.governing
    if not line.disputed:
        return "-"
    if governing is None:
        return words.label("unknown", kit.d.language)
    day = words.short_day(governing.due, kit.d.language)
    gone = words.label("passed_perhaps" if governing.doubtful else "passed", kit.d.language)
    return f"{day}\n{gone}" if governing.passed else day


def limit_rows(kit: Kit) -> list[tuple[str, ...]]:
    """One row a charge and window; of many charges with the same window one row."""
    rows = deadline_rows(kit.d)
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


def source_list(kit: Kit, full: bool) -> list[Any]:
    d = kit.d
    out = []
    found = sources(d)
    for n, (name, sha) in enumerate(found, 1):
        of = next((line.clock.statement_date for line in d.lines if line.file == name and line.clock.statement_date), None)
        dated = f", {words.label('statement_of', d.language)} {words.short_day(of, d.language)}" if of else ""
        head = f"{words.label('file', d.language)} {n}: {clip(shown_file(name), 44)}{dated}"
        if full and sha:
            out.append(kit.par(head, spaceAfter=0))
            out.append(kit.par(f"SHA-256 {sha[:32]} {sha[32:]}", leftIndent=14, spaceAfter=4))
        else:
            out.append(kit.par(f"{head}, SHA-256 {sha[:12]}..." if sha else head, spaceAfter=1))
    if found and not full:
        out.append(kit.small(words.label("hashes_short", d.language)))
    return out


def answers(kit: Kit) -> list[Any]:
    d = kit.d
    if d.situation != "unauthorized":
        return []
    given = {None: words.label("not_answered", d.language), True: words.label("yes", d.language), False: words.label("no", d.language)}
    asked = dict(d.details.household)
    if d.details.account_takeover is not None or d.finding.kind == "seller-fee":
        asked["account_takeover"] = d.details.account_takeover
    rows = [(words.label("question", d.language), words.label("answer", d.language))]
    rows += [(words.label(f"question_{key}", d.language), given[value]) for key, value in asked.items()]
    return [kit.heading(words.label("answers", d.language), "answers"), kit.grid(rows, [0.76, 0.24])]


def events(kit: Kit) -> list[Any]:
    from reportlab.platypus import Spacer

    d = kit.d
    if not d.events:
        return [Spacer(0, 8)]
    rows = [("", words.label("date", d.language), words.label("event", d.language))]
    rows += [
        (chr(ord("A") + n) if n < 26 else "", words.short_day(e.on, d.language), event_words(e, d.language)[:CLIP])
        for n, e in enumerate(d.events)
    ]
    return [
        Spacer(0, 8),
        kit.heading(words.label("history", d.language), "history"),
        kit.grid(rows, [0.07, 0.24, 0.69]),
        Spacer(0, 10),
    ]
