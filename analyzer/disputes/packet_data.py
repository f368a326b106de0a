"""The packet as data: the table of charges as CSV, and the whole dispute as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from analyzer import escape, money
from analyzer.disputes import letter, playbook
from analyzer.disputes.dossier import Dossier, Line
from analyzer.disputes.exhibits import Exhibit


def charges_csv(d: Dossier) -> str:
    """`charges.csv`: one row a charge; text that a spreadsheet would run gets a leading apostrophe."""
    out = io.StringIO()
    heads = "number,date,amount,currency,descriptor,file,sha256,page,line,status,statement_date,deadline,rule,deadline_passed"
    heads += ",act_by,act_by_rule"
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads.split(","))
    for line in d.lines:
        governing = line.clock.governing if line.disputed else None
        first = line.clock.act_by if line.disputed else None
        cells = [
            str(line.number),
            line.charge.posted.isoformat(),
            str(line.charge.amount),
            line.charge.currency,
            escape.csv_cell(escape.visible(escape.mask_numbers(line.charge.descriptor))),
            escape.csv_cell(escape.visible(letter.shown_file(line.file))),
            line.sha256,
            "" if line.charge.page is None else str(line.charge.page),
            "" if line.charge.line is None else str(line.charge.line),
            status(line),
            line.clock.statement_date.isoformat() if line.clock.statement_date else "",
            governing.due.isoformat() if governing else "",
            governing.rule.id if governing else "",
            "" if governing is None else str(governing.passed).lower(),
            first.due.isoformat() if first else "",
            first.rule.id if first else "",
        ]
        writer.writerow(cells)
    return out.getvalue()


def status(line: Line) -> str:
    """`disputed`, `credited`, `valid` or `not-disputed`, for machines."""
    return "credited" if line.refund else "valid" if line.valid else "not-disputed" if line.aside else "disputed"


def document(d: Dossier, listed: Sequence[str], shown: Sequence[Exhibit], count: int, notes: Sequence[str]) -> str:
    """`packet.json`: the whole dispute as data, without full numbers."""
    used = {w.rule for line in d.lines for w in line.clock.windows}
    used |= {r for kind in ("duty", "liability", "route", "note") for r in d.rules_of(kind)}
    used |= set(d.networks()) | set(d.merchant_rules())
    said = d.details
    data = {
        "version": 1,
        "as_of": d.as_of.isoformat(),
        "complete": d.complete,
        "draft": not d.complete,
        "id": d.finding.id,
        "kind": d.finding.kind,
        "merchant": d.finding.merchant,
        "account": d.finding.account,
        "currency": d.finding.currency,
        "total": str(_plain(d.total_minor, d.finding.currency)),
        "situation": d.situation,
        "situation_confirmed": said.situation is not None,
        "jurisdiction": d.jurisdiction,
        "instrument": d.instrument,
        "assumptions": list(d.clock.assumptions),
        "language": d.language,
        "paper": d.paper,
        "deadline": _iso(d.governing.due if d.governing else None),
        "rule": d.governing.rule.id if d.governing else None,
        "act_by": _iso(d.act_by.due if d.act_by else None),
        "act_by_rule": d.act_by.rule.id if d.act_by else None,
        "charges": [_charge(line) for line in d.lines],
        "credits": [{"date": c.posted.isoformat(), "amount": str(c.amount), "currency": c.currency} for c in d.credits],
        "answers": {**said.household, "account_takeover": said.account_takeover},
        "dates": {
            key: _iso(getattr(said, key))
            for key in ("date_of_call", "notice_date", "cancellation_date", "merchant_contacted", "refund_promised")
        },
        "events": [{"date": e.on.isoformat(), "kind": e.kind, "text": e.text} for e in d.events],
        "before_after": [
            {
                "month": f"{m.first:%Y-%m}",
                "other_charges": m.purchases if m.covered else None,
                "disputed_charges": m.charges,
                "disputed_amount": str(_plain(m.charged_minor, d.finding.currency)),
            }
            for m in d.months
        ],
        "family": d.family,
        "enclosures": list(listed),
        "exhibits": [
            {
                "file": letter.shown_file(e.lines[0].file),
                "charges": [line.number for line in e.lines],
                "kind": "picture" if e.picture else "rows",
            }
            for e in shown
        ],
        "missing": [{"key": q.key, "what": q.text} for q in d.missing],
        "objections": list(d.objections),
        "warnings": list(notes),
        "pages": count,
        "rules": [
            {
                "id": r.id,
                "kind": r.kind,
                "jurisdiction": r.jurisdiction,
                "network": r.network or None,
                "code": r.code or None,
                "actor": r.actor,
                "obligation": r.obligation,
                "limit": r.limit,
                "unit": r.unit or None,
                "counted_from": r.counted_from or None,
                "valid_from": _iso(r.valid_from),
                "valid_to": _iso(r.valid_to),
                "confidence": r.confidence,
                "source": r.source,
                "as_of": r.as_of.isoformat(),
            }
            for r in sorted(used, key=lambda r: (r.kind, r.id))
        ],
        "notice": playbook.NOT_ADVICE,
    }
    text = escape.mask_numbers(json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace").decode())
    # Masked first, so that no escape stands between digits; then nothing is left that could turn or steer a terminal.
    return "".join(c if c.isascii() else json.dumps(c)[1:-1] for c in text) + "\n"


def _charge(line: Line) -> dict[str, Any]:
    governing = line.clock.governing if line.disputed else None
    first = line.clock.act_by if line.disputed else None
    return {
        "number": line.number,
        "date": line.charge.posted.isoformat(),
        "amount": str(line.charge.amount),
        "currency": line.charge.currency,
        "descriptor": line.charge.descriptor,
        "file": letter.shown_file(line.file),
        "sha256": line.sha256 or None,
        "page": line.charge.page,
        "line": line.charge.line,
        "status": status(line),
        "credited_on": _iso(line.refund.posted if line.refund else None),
        "statement_date": _iso(line.clock.statement_date),
        "deadline": _iso(governing.due if governing else None),
        "rule": governing.rule.id if governing else None,
        "act_by": _iso(first.due if first else None),
        "act_by_rule": first.rule.id if first else None,
        "windows": [
            {
                "rule": w.rule.id,
                "from": w.start.isoformat(),
                "counted_from": w.counted_from,
                "assumed": w.assumed,
                "until": w.due.isoformat(),
                "passed": w.passed,
                "doubtful": w.doubtful,
            }
            for w in line.clock.windows
        ],
    }


def _plain(minor: int, currency: str) -> str:
    return money.text(minor, currency)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
