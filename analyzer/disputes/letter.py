"""The letter: one template a language, three media (plain text, Markdown, a page of the PDF).

A template writes blocks, one kind a line (`p|`, `li|`, `subject|` ...); values are escaped for the medium as they
are put in, and hold no line break then, so that no value can begin a block of its own. Data is never a template.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from analyzer import escape, money
from analyzer.disputes import words
from analyzer.disputes.dossier import Dossier, Line
from analyzer.model import Situation

Medium = Literal["text", "markdown", "pdf"]
WIDTH = 76
SHORT_TABLE = 6
"""Up to so many charges stand in the PDF's letter itself; more are left to the table behind it."""
_KINDS = ("from", "date", "to", "note", "subject", "p", "charges", "li", "enclosures", "close", "sign", "foot")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the letter, its text safe for the medium it was made for."""

    kind: str
    text: str


def blocks(dossier: Dossier, medium: Medium, enclosures: Sequence[str]) -> tuple[Block, ...]:
    """The letter as blocks; text is escaped for `medium`."""
    template = _environment(medium).get_template(f"letter_{dossier.language}.j2")
    found: list[Block] = []
    for line in template.render(_values(dossier, enclosures)).splitlines():
        kind, bar, text = line.strip().partition("|")
        if bar and kind in _KINDS:
            found.append(Block(kind, text.strip()))
        elif line.strip() and found:
            last = found.pop()
            found.append(Block(last.kind, f"{last.text} {line.strip()}".strip()))
    return tuple(found)


@lru_cache(maxsize=3)
def _environment(medium: Medium) -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    make_safe: dict[str, Callable[[str], str]] = {"text": escape.terminal, "markdown": escape.markdown, "pdf": _for_page}

    def finish(value: object) -> Markup:
        return value if isinstance(value, Markup) else Markup(make_safe[medium](str(value)))

    return Environment(
        loader=PackageLoader("analyzer.disputes"),
        autoescape=True,
        finalize=finish,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _for_page(text: str) -> str:
    from analyzer.disputes.fonts import drawable

    return escape.pdf(drawable(text))


def _values(d: Dossier, enclosures: Sequence[str]) -> dict[str, Any]:
    said, language = d.details, d.language

    def day(value: Any) -> str:
        return words.day(value, language, d.jurisdiction) if value else ""

    recipient = [said.issuer or _gap("issuer", language), *(said.billing_inquiries or said.issuer_address)]
    if not (said.billing_inquiries or (said.issuer_address and d.jurisdiction != "US")):
        recipient = [said.issuer or _gap("issuer", language), _gap("billing", language)]
    # To the issuer only what is certain is conceded: no count from an assumed day, no term that may be another issuer's.
    late = [
        line
        for line in d.disputed
        if any(w.passed and not w.doubtful and w.rule.verified and w.rule.kind == "deadline" for w in line.clock.windows)
    ]
    codes = d.networks()
    written = next((r for r in d.rules_of("duty") if r.id == "pojk22-2023-written"), None)
    return {
        "sender": [said.name or _gap("name", language), *(said.address or (_gap("address", language),))],
        "recipient": recipient,
        "today": day(d.as_of),
        "jurisdiction": d.jurisdiction,
        "instrument": d.instrument,
        "situation": d.situation,
        "confirmed": said.situation is not None,
        "merchant": d.finding.merchant,
        "many": len(d.disputed) > 1,
        "total": d.total,
        "card": card_words(d),
        "last_four": d.last_four or _gap("digits", language),
        "reference": said.reference,
        "unauthorised": "unauthorized" if d.jurisdiction == "US" else "unauthorised",
        "authorise": "authorize" if d.jurisdiction == "US" else "authorise",
        "takeover": said.account_takeover is True,
        "used_or_benefited": said.used_or_benefited,
        "shared_login": said.shared_login,
        "card_lent": said.card_lent,
        "cancelled": day(said.cancellation_date),
        "cancelled_how": said.cancellation_how,
        "offer": _ended(said.offer),
        "valid_charge": _ended(said.valid_charge),
        "agreed": _agreed(d),
        "refund_promised": day(said.refund_promised),
        "covered_to": day(d.covered[1] if d.covered else d.as_of),
        "own_words": said.reason,
        "history": history_sentence(d),
        "events": [{"day": day(e.on), "kind": words.event(e.kind, language), "text": e.text} for e in d.events],
        "credited": [
            {"posted": day(line.charge.posted), "amount": line.amount, "credited": day(line.refund.posted), "sum": credit_words(line, d)}
            for line in d.lines
            if line.refund
        ],
        "other_credits": _sum(d),
        "duties": [
            {"text": duty_words(r), "id": r.cite or r.id, "as_of": r.as_of.isoformat()}
            for r in d.rules_of("duty")
            if r.basis in ("notice", "complaint", "") and r.verified and language == "en"
        ],
        "written_days": written.limit if written else "",
        "written_as_of": written.as_of.isoformat() if written else "",
        "late": _numbered(late, language),
        "late_many": len(late) > 1,
        "contact": ", ".join(part for part in (said.phone, said.email) if part),
        "name": said.name or _gap("name", language),
        "enclosures": list(enclosures),
        "codes": ", ".join(f"{r.network} {r.code}" for r in codes),
        "codes_many": len(codes) > 1,
        "codes_as_of": max((r.as_of for r in codes), default=d.as_of).isoformat(),
    }


_GAPS = {
    "name": ("[your name]", "[nama Anda]"),
    "address": ("[your address]", "[alamat Anda]"),
    "issuer": ("[card issuer]", "[penerbit kartu]"),
    "billing": ("[address for billing inquiries or disputes]", "[alamat layanan sanggahan]"),
    "digits": ("[last four digits]", "[empat angka terakhir]"),
}


def _ended(text: str) -> str:
    """The holder's words with a full stop, where they end without one."""
    return f"{text}." if text.strip() and text.rstrip()[-1] not in ".!?\u3002" else text


def _gap(key: str, language: str) -> str:
    return _GAPS[key][language == "id"]


def card_words(d: Dossier) -> str:
    """`credit card`, `debit card` or `card`, in the dossier's language."""
    english = {"credit": "credit card", "debit": "debit card"}
    indonesian = {"credit": "kartu kredit", "debit": "kartu debit"}
    return (indonesian if d.language == "id" else english).get(d.instrument or "", "kartu" if d.language == "id" else "card")


def duty_words(rule: Any) -> str:
    """A duty of the other side as a clause: what, within which time, counted from what."""
    time = words.limit(rule.limit, rule.unit)
    timed = time and rule.basis in ("notice", "complaint") and " day" not in rule.obligation
    when = f", within {time} of the {rule.basis}" if timed else ""
    return f"{rule.obligation}{when}"


def history_sentence(d: Dossier) -> str:
    """What the statements show about this merchant before the first charge; empty without earlier months."""
    if not d.covered or d.covered[0] >= d.first_fee or d.earlier:
        return ""
    bought = sum(m.purchases for m in d.months)
    language = d.language
    begin, end = (words.day(x, language, d.jurisdiction) for x in d.covered)
    first = words.day(d.first_fee, language, d.jurisdiction)
    known = [m for m in d.months if m.covered]
    whole = len(known) == len(d.months)
    if d.situation not in ("unauthorized", "misrepresentation"):
        return ""
    if language == "id":
        text = f"Lembar tagihan saya dari {begin} sampai {end} tidak memuat tagihan seperti ini sebelum {first}."
        more = f" Dalam waktu itu ada {bought} tagihan lain dari {d.family}." if bought else ""
        gap = "" if whole else " Tidak semua bulan tersedia."
        return text + more + gap
    text = f"My statements from {begin} to {end} show no such charge before {first}."
    times = "1 other charge" if bought == 1 else f"{bought} other charges"
    more = f" In that time they show {times} by {d.family}." if bought else ""
    gap = "" if whole else " Not every month between them is at hand."
    return text + more + gap


def credit_words(line: Line, d: Dossier) -> str:
    """What came back for a charge, for people."""
    return money.display(line.refund.minor, d.finding.currency) if line.refund else ""


def _agreed(d: Dossier) -> str:
    amount = d.details.agreed_amount
    if amount is None or not amount.is_finite():
        return ""
    return money.display(abs(money.to_minor(amount, d.finding.currency)), d.finding.currency)


def _sum(d: Dossier) -> str:
    total = sum(c.minor for c in d.unmatched_credits)
    return money.display(total, d.finding.currency) if total else ""


def _numbered(lines: Sequence[Line], language: str) -> str:
    if not lines:
        return ""
    numbers = ranges([line.number for line in lines])
    if language == "id":
        return f"tagihan nomor {numbers}"
    return f"charge{'s' if len(lines) > 1 else ''} no. {numbers}"


def ranges(numbers: Sequence[int]) -> str:
    """`1-4, 7` for 1 2 3 4 7."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return ", ".join(f"{a}-{b}" if b > a else f"{a}" for a, b in runs)


def draft_lines(d: Dossier) -> list[str]:
    """The heading and the list of what is missing; empty when the packet is complete. Unescaped."""
    if d.complete:
        return []
    head = words.label("draft", d.language)
    return [head, *(f"{words.label('missing', d.language)}: {q.text}" for q in d.missing), *d.objections]


def as_text(d: Dossier, enclosures: Sequence[str]) -> str:
    """The letter as plain text, lines of at most 76 characters but for the statement's own words."""
    out: list[str] = []
    for line in draft_lines(d):
        out += _wrap(f"* {line}", "  ")
    if out:
        out += ["*" * 20, ""]
    previous = ""
    for block in blocks(d, "text", enclosures):
        gap = block.kind not in ("from", "to", "li") or (previous != block.kind and block.kind != "li")
        if out and out[-1] and gap:
            out.append("")
        if block.kind == "charges":
            out += _text_table(d)
        elif block.kind == "subject":
            out += _wrap(f"{'Perihal' if d.language == 'id' else 'Subject'}: {block.text}", "  ")
        elif block.kind == "li":
            out += _wrap(f"- {block.text}", "  ")
        elif block.kind == "sign":
            out += ["", "", f"{block.text}"]
        elif block.kind == "foot":
            out += ["--", *_wrap(block.text, "")]
        else:
            out += _wrap(block.text, "")
        previous = block.kind
    return "\n".join(line.rstrip() for line in out) + "\n"


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [""]


def _text_table(d: Dossier) -> list[str]:
    out = []
    for line in d.lines:
        posted = words.day(line.charge.posted, d.language, d.jurisdiction)
        out.append(f"{line.number:>3}. {posted}   {line.amount}   {status_words(line, d)}".rstrip())
        out.append(f"     {escape.terminal(line.charge.descriptor)}")
        out.append(f"     {escape.terminal(place_words(line, d))}")
    return out


def status_words(line: Line, d: Dossier, *, short: bool = False) -> str:
    """`disputed`, `credited 22 June 2026` (without the day when `short`), `the valid charge`, or why it is not disputed."""
    if line.refund and short:
        return words.label("credited", d.language)
    if line.refund:
        return words.label("refunded", d.language, date=words.day(line.refund.posted, d.language, d.jurisdiction))
    return words.label(line.aside or "disputed", d.language)


def place_words(line: Line, d: Dossier, *, dated: bool = True) -> str:
    """Statement file, page or line, and the statement's date where it is known; unescaped."""
    parts = [shown_file(line.file)]
    if line.charge.page is not None:
        parts.append(f"{words.label('page', d.language)} {line.charge.page}")
    elif line.charge.line is not None:
        parts.append(f"{words.label('line', d.language)} {line.charge.line}")
    if dated and line.clock.statement_date:
        parts.append(f"{words.label('statement_of', d.language)} {words.day(line.clock.statement_date, d.language, d.jurisdiction)}")
    return ", ".join(parts)


def shown_file(name: str) -> str:
    """A file's name as outputs show it: long numbers cut to their last four digits."""
    from analyzer.disputes.numbers import cut_long_numbers

    return cut_long_numbers(name)


def as_markdown(d: Dossier, enclosures: Sequence[str]) -> str:
    """The letter in Markdown; text of the statement is plain in it, whatever characters it holds."""
    out: list[str] = []
    lines = draft_lines(d)
    if lines:
        out += [f"> **{escape.markdown(lines[0])}**", *(f"> - {escape.markdown(line)}" for line in lines[1:]), ""]
    previous = ""
    for block in blocks(d, "markdown", enclosures):
        if (previous and block.kind != previous and not (block.kind == "li" and previous == "li")) or block.kind == previous == "p":
            out.append("")
        if block.kind in ("from", "to"):
            out.append(f"{block.text}  ")
        elif block.kind == "subject":
            out.append(f"**{block.text}**")
        elif block.kind == "charges":
            out += _markdown_table(d)
        elif block.kind == "li":
            out.append(f"- {block.text}")
        elif block.kind == "foot":
            out += ["---", "", f"<small>{block.text}</small>"]
        else:
            out.append(block.text)
        previous = block.kind
    return "\n".join(out) + "\n"


def _markdown_table(d: Dossier) -> list[str]:
    heads = ["", *(words.label(k, d.language) for k in ("posted", "amount", "descriptor", "source", "status"))]
    rows = [
        [
            str(line.number),
            words.day(line.charge.posted, d.language, d.jurisdiction),
            line.amount,
            line.charge.descriptor,
            place_words(line, d),
            status_words(line, d),
        ]
        for line in d.lines
    ]
    return [
        "| " + " | ".join(heads) + " |",
        "|" + " --- |" * len(heads),
        *("| " + " | ".join(map(escape.markdown, row)) + " |" for row in rows),
    ]


def claim(situation: Situation, language: str) -> str:
    """The situation in a few words."""
    return words.label(f"situation_{situation}", language)
