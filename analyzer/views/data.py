"""Findings and transactions as plain data: the JSON schema's objects, CSV rows, Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analyzer import escape, money
from analyzer.model import Finding, Findings, Statement, Stream, Transaction

if TYPE_CHECKING:
    import pandas as pd

CONVERT_COLUMNS = ("date", "amount", "currency", "descriptor", "account", "fitid", "status", "file", "page", "line")
FINDING_COLUMNS = (
    *("id", "kind", "score", "merchant", "account", "amount_at_risk", "currency", "category", "deadline", "rule"),
    *("charges", "first", "last", "reason"),
)


def shown_account(account: str) -> str:
    """The label outputs show: without the suffix that tells clashing labels apart in the frame."""
    return account.partition("#")[0]


def shown_file(source: str) -> str:
    """A file's name as outputs show it: a card number in it, as some banks put there, is masked."""
    return escape.mask_numbers(source)


def plain(amount: Decimal, currency: str) -> str:
    """The exact decimal as text: as the currency prints it, with more decimals only where the bank gave more."""
    minor = money.to_minor(amount, currency)
    return money.text(minor, currency) if money.from_minor(minor, currency) == amount else f"{amount:f}"


def transaction(t: Transaction) -> dict[str, Any]:
    """The schema's `transaction`."""
    return {
        "date": t.posted.isoformat(),
        "amount": plain(t.amount, t.currency),
        "currency": t.currency,
        "descriptor": t.descriptor,
        "account": shown_account(t.account),
        "fitid": t.fitid,
        "source": {"file": shown_file(t.source), "page": t.page, "line": t.line},
    }


def statement(s: Statement) -> dict[str, Any]:
    """The schema's `statement`."""
    return {
        "file": shown_file(s.source),
        "format": s.format,
        "account": s.account,
        "currency": s.currency,
        "transactions": len(s),
        "first": _iso(s.first),
        "last": _iso(s.last),
        "reconciled": s.reconciled,
        "warnings": [w.message for w in s.warnings],
    }


def stream(s: Stream) -> dict[str, Any]:
    """The schema's `stream`."""
    return {
        "id": s.id,
        "merchant": s.merchant,
        "account": shown_account(s.account),
        "cadence": s.cadence.name,
        "interval_days": round(float(s.cadence.days), 2),
        "amount": plain(s.amount, s.currency),
        "currency": s.currency,
        "amount_model": s.amount_model,
        "first": s.first.isoformat(),
        "last": s.last.isoformat(),
        "next_expected": _iso(s.cadence.next_due),
        "status": s.status,
        "authorized": s.authorized,
        "confidence": round(float(s.confidence), 4),
        "transactions": [transaction(t) for t in s.transactions],
    }


def finding(f: Finding) -> dict[str, Any]:
    """The schema's `finding`."""
    return {
        "id": f.id,
        "kind": f.kind,
        "detector": f.detector,
        "score": round(float(f.score), 4),
        "merchant": f.merchant,
        "account": shown_account(f.account),
        "stream": f.stream.id if f.stream else None,
        "amount_at_risk": plain(f.amount_at_risk, f.currency),
        "currency": f.currency,
        "reasons": list(f.reasons),
        "dispute": {"category": f.category, "deadline": _iso(f.deadline), "rule": f.rule},
        "transactions": [transaction(t) for t in f.transactions],
    }


def document(findings: Findings, as_of: date) -> dict[str, Any]:
    """All of a scan as `scan.schema.json` describes it, in an order that does not depend on the files' order."""
    streams = sorted((stream(s) for s in findings.streams), key=lambda s: (s["merchant"], s["first"], s["id"]))
    statements = sorted(
        (statement(s) for s in findings.statements), key=lambda s: (s["file"], s["account"], s["currency"], str(s["first"]))
    )
    return {
        "version": 1,
        "as_of": as_of.isoformat(),
        "statements": statements,
        "streams": streams,
        "findings": [finding(f) for f in findings],
    }


def to_json(value: object) -> str:
    """JSON of ASCII characters only, so that no control or bidirectional character reaches a terminal."""
    return json.dumps(value, ensure_ascii=True, indent=1) + "\n"


def findings_csv(findings: Iterable[Finding]) -> str:
    """One row a finding; every text cell safe for a spreadsheet."""
    rows = []
    for f in findings:
        data = finding(f)
        rows.append(
            [
                *(data[c] for c in ("id", "kind", "score", "merchant", "account", "amount_at_risk", "currency")),
                f.category,
                data["dispute"]["deadline"],
                f.rule,
                sum(t.minor < 0 for t in f.transactions),
                min(t.posted for t in f.transactions).isoformat(),
                max(t.posted for t in f.transactions).isoformat(),
                f.reasons[0],
            ]
        )
    return write_csv(FINDING_COLUMNS, rows, text=("merchant", "account", "rule", "reason"))


def findings_markdown(findings: Findings) -> str:
    """A Markdown table of the findings and their reasons."""
    if not findings:
        return f"Nothing found in {len(findings.statements)} statement(s).\n"
    lines = ["| id | what | merchant | charges | first | at risk | dispute by | why |", "|---|---|---|--:|---|--:|---|---|"]
    for f in findings:
        total = money.display(money.to_minor(f.amount_at_risk, f.currency), f.currency)
        cells = (
            f.id[:6],
            f.kind,
            f.merchant,
            str(sum(t.minor < 0 for t in f.transactions)),
            str(min(t.posted for t in f.transactions)),
            total,
            str(f.deadline or "-"),
            "; ".join(f.reasons),
        )
        lines.append("| " + " | ".join(escape.markdown(c) for c in cells) + " |")
    return "\n".join(lines) + "\n"


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]], *, text: Sequence[str] = ()) -> str:
    """CSV with line feeds; the columns named in `text` are made safe for spreadsheets and terminals."""
    guarded = {header.index(name) for name in text}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([escape.csv_cell(escape.visible(str(v))) if i in guarded and v is not None else v for i, v in enumerate(row)])
    return out.getvalue()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def convert_frame(statements: Sequence[Statement]) -> pd.DataFrame:
    """`convert`'s columns for all rows in statement order, `amount` as exact text, the rest as text or missing."""
    import pandas as pd

    parts = []
    for s in statements:
        frame = s.frame
        currency = frame["currency"]
        amounts = pd.Series(exact_text(frame, s.exact), index=frame.index, dtype="str")
        parts.append(
            pd.DataFrame(
                {
                    "date": frame["posted"].dt.strftime("%Y-%m-%d").astype("str"),
                    "amount": amounts,
                    "currency": currency,
                    "descriptor": frame["descriptor"],
                    "account": frame["account"].map(shown_account),
                    "fitid": frame["fitid"],
                    "status": frame["status"],
                    "file": frame["source"].map(shown_file),
                    "page": frame["page"],
                    "line": frame["line"],
                }
            )
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({c: pd.Series([], dtype="str") for c in CONVERT_COLUMNS})


def exact_text(frame: pd.DataFrame, exact: Mapping[int, Decimal]) -> list[str]:
    """Per row the amount as exact decimal text."""
    texts = [money.text(m, c) for m, c in zip(frame["minor"].tolist(), frame["currency"].tolist(), strict=True)]
    for i, amount in exact.items():
        texts[i] = f"{amount:f}"
    return texts


def convert_csv(table: pd.DataFrame) -> str:
    """`convert --format csv`: text cells safe for spreadsheets and terminals."""
    safe = table.copy()
    for column in ("currency", "descriptor", "fitid", "file"):
        unique = {v: escape.csv_cell(escape.visible(v)) for v in safe[column].dropna().unique()}
        safe[column] = safe[column].map(unique)
    return str(safe.to_csv(index=False, lineterminator="\n"))


def convert_json(table: pd.DataFrame) -> str:
    """`convert --format json`: a list of objects with the CSV's columns."""
    import pandas as pd

    rows = [
        {c: None if pd.isna(v) else (int(v) if c in ("page", "line") else v) for c, v in zip(CONVERT_COLUMNS, row, strict=True)}
        for row in table[list(CONVERT_COLUMNS)].itertuples(index=False, name=None)
    ]
    return to_json(rows)


def convert_parquet(table: pd.DataFrame) -> bytes:
    """`convert --format parquet`: `amount` as decimal, `date` as date, `page` and `line` as integers."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    amounts = [Decimal(a) for a in table["amount"]]
    scale = max([2, *(-int(a.as_tuple().exponent) for a in amounts)])
    columns = {
        "date": pa.array([date.fromisoformat(d) for d in table["date"]], pa.date32()),
        "amount": pa.array(amounts, pa.decimal128(38, scale)),
        **{c: pa.array([None if v is None or v != v else v for v in table[c]], pa.string()) for c in CONVERT_COLUMNS[2:8]},
        **{c: pa.array(table[c].astype("object").where(table[c].notna(), None).tolist(), pa.int64()) for c in ("page", "line")},
    }
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return bytes(sink.getvalue().to_pybytes())


def convert_beancount(table: pd.DataFrame) -> str:
    """`convert --format beancount`: one transaction a row, the other leg left for the user to name."""
    lines = []
    for row in table.itertuples(index=False):
        account = "".join(c for c in str(row.account) if c.isalnum()) or "Unknown"
        text = escape.visible(str(row.descriptor)).replace("\\", "\\\\").replace('"', '\\"')
        amount = Decimal(str(row.amount))
        flag = "*" if row.status == "posted" else "!"
        lines.append(
            f'{row.date} {flag} "{text}"\n'
            f"  Liabilities:Card:A{account}  {amount:f} {row.currency}\n"
            f"  Equity:Unsorted  {-amount:f} {row.currency}\n"
        )
    return "\n".join(lines)
