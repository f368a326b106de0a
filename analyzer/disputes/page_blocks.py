"""What stands on the packet's pages, block by block: the letter, the table of charges, time limits, sources, answers, events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analyzer.disputes import letter, words
from analyzer.disputes.chart_deadlines import clock_lines, deadline_heads, deadline_rows
from analyzer.disputes.chart_parts import Row, clip, credit, sources
from analyzer.disputes.chart_timeline import event_words
from analyzer.disputes.dossier import Line
from analyzer.disputes.fonts import BOLD, is_coded
from analyzer.disputes.letter import place_words, shown_file, status_words
from analyzer.disputes.page_kit import Kit
from analyzer.disputes.rules import NETWORK

MOST_LIMITS = 10
"""Charges with a row of their own in the table of time limits."""
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
    return kit.grid(rows, [0.05, 0.22, 0.28, 0.21, 0.24], total=True)


def _place(kit: Kit, line: Line, names: dict[str, str]) -> str:
    where = place_words(line, kit.d, dated=False).removeprefix(shown_file(line.file))
    return f"{names[line.file]}{where}"


def _due(kit: Kit, line: Line) -> str:
    """The day to dispute the charge by, and whose clock it is."""
    window = line.clock.act_by
    if not line.disputed:
        return "-"
    if window is None:
        return words.label("unknown", kit.d.language)
    whose = words.label("network_window" if window.rule.kind == NETWORK else "own_limit", kit.d.language)
    day = words.short_day(window.due, kit.d.language)
    gone = words.label("passed_perhaps" if window.doubtful else "passed", kit.d.language)
    return f"{day}\n{gone if window.passed else whose}"


def limits(kit: Kit) -> list[Any]:
    """The table of time limits, which clocks run, and what was assumed."""
    from reportlab.platypus import Spacer

    clocks, said = clock_lines(kit.d), kit.d.clock.said(kit.d.language)
    return [kit.grid(_limit_rows(kit), [0.09, 0.26, 0.28, 0.37]), Spacer(0, 6), kit.small(" ".join(clocks)), kit.small(" ".join(said))]


def _limit_rows(kit: Kit) -> list[Row]:
    """A row a charge; charges whose windows have all passed together, and of many open ones the most urgent."""
    d = kit.d
    timed = [line for line in d.disputed or d.lines if line.clock.windows]
    gone = [line for line in timed if line.clock.passed] if len(timed) > MOST_LIMITS else []
    left = [line for line in timed if line not in gone]
    urgent = sorted(left, key=lambda line: (line.clock.act_by.due if line.clock.act_by else d.as_of, line.number))[:MOST_LIMITS]
    shown = [line for line in left if line in urgent]
    rest = [line.number for line in left if line not in urgent]
    rows = [deadline_heads(d)]
    if gone:
        passed = words.label("passed_perhaps" if any(w.doubtful for x in gone for w in x.clock.windows) else "passed", d.language)
        rows.append((letter.ranges([line.number for line in gone]), passed, passed, passed))
    rows += [tuple(cell.replace("), ", ")\n") for cell in row) for row in deadline_rows(d, shown)[1:]]
    if rest:
        later = words.label("later", d.language)
        rows.append((letter.ranges(rest), later, later, words.label("each_above", d.language)))
    return rows


def source_list(kit: Kit, full: bool, exhibited: frozenset[str] = frozenset()) -> list[Any]:
    """The statement files with their SHA-256: in full, or its first digits where it stands in full elsewhere.

    Args:
        kit: the pages' parts.
        full: whether there is room for all digits.
        exhibited: SHA-256 of the files whose exhibit says it in full.
    """
    d = kit.d
    out = []
    found = sources(d)
    short = False
    for n, (name, sha) in enumerate(found, 1):
        of = next((line.clock.statement_date for line in d.lines if line.file == name and line.clock.statement_date), None)
        dated = f", {words.label('statement_of', d.language)} {words.short_day(of, d.language)}" if of else ""
        head = f"{words.label('file', d.language)} {n}: {clip(shown_file(name), 44)}{dated}"
        if full and sha and sha not in exhibited:
            out.append(kit.par(head, spaceAfter=0))
            out.append(kit.par(f"SHA-256 {sha[:32]} {sha[32:]}", leftIndent=14, spaceAfter=4))
        else:
            short = short or bool(sha)
            out.append(kit.par(f"{head}, SHA-256 {sha[:12]}..." if sha else head, spaceAfter=1))
    if short:
        everywhere = exhibited and all(sha in exhibited for _, sha in found if sha)
        out.append(kit.small(words.label("hashes_exhibits" if everywhere else "hashes_short", d.language)))
    if any(is_coded(line.charge.descriptor) for line in d.lines):
        out.append(kit.small(words.label("coded", d.language)))
    return out


def answers(kit: Kit) -> list[Any]:
    """What the holder answered about who used card and account; empty where that is not the question."""
    d = kit.d
    if d.situation != "unauthorized":
        return []
    given = {None: kit.label("not_answered"), True: kit.label("yes"), False: kit.label("no")}
    asked = dict(d.details.household)
    if d.details.account_takeover is not None or d.finding.kind == "seller-fee":
        asked["account_takeover"] = d.details.account_takeover
    rows = [(kit.label("question"), kit.label("answer"))]
    rows += [(kit.label(f"question_{key}"), given[value]) for key, value in asked.items()]
    return [kit.heading(kit.label("answers"), "answers"), kit.grid(rows, [0.76, 0.24])]


def events(kit: Kit) -> list[Any]:
    """The log, with the letters of the timeline; empty without events."""
    d = kit.d
    if not d.events:
        return []
    rows = [("", kit.label("date"), kit.label("event"))]
    rows += [
        (chr(ord("A") + n) if n < 26 else "", words.short_day(e.on, d.language), event_words(e, d.language)[:CLIP])
        for n, e in enumerate(d.events)
    ]
    return [kit.heading(kit.label("history"), "history"), kit.grid(rows, [0.07, 0.24, 0.69])]
