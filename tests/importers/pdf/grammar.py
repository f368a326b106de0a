"""One way to draw a table, described by a few words of data; and descriptions made up at random.

A `Spec` says which columns stand where, how days and amounts are written and what is printed around the rows;
`draw` makes the statement. `chosen` makes up a `Spec` at random, for layouts that no bank has.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from .layouts import EN, ID_SHORT, Made, Sheet, account, bare, card, comma, indian, money, point

PT = ["JAN", "FEV", "MAR", "ABR", "MAI", "JUN", "JUL", "AGO", "SET", "OUT", "NOV", "DEZ"]
Number = Callable[[Decimal], str]


def blank(v: Decimal) -> str:
    return comma(v, group=" ")


def whole(v: Decimal) -> str:
    return comma(v * 1000, 0)


def apostrophe(v: Decimal) -> str:
    return point(v).replace(",", "'")


@dataclass(frozen=True)
class Spec:
    """One layout.

    columns: (kind, heading, x, `r` for right-aligned or empty); kinds are day, day2, text, code, out, in, amount,
    balance, mark, number. day: how days are written: a strftime pattern, `{mon}` for a month of `months`. sign: how an
    amount in one column shows money out or in. owed: a card, whose balances are what is owed. ends: labels of the
    opening and closing balance. where: `row` within the table, `box` above it, `grid` labels above values.
    """

    head: tuple[str, ...]
    columns: tuple[tuple[str, str, float, str], ...]
    day: str = "%d/%m/%Y"
    months: Sequence[str] = tuple(EN)
    number: Number = point
    sign: str = "minus"
    unit: str = ""
    after: str = ""
    owed: bool = False
    ends: tuple[str, str] | None = ("Opening balance", "Closing balance")
    where: str = "row"
    totals: str = ""
    once: bool = False
    daily: bool = False
    newest: bool = False
    sub: tuple[str, ...] = ()
    lead: bool = False
    """The text stands on a line of its own, above the line of the amounts."""
    carried: tuple[str, str] = ("", "")
    balances: str = "minus"
    rows: int = 16
    start: date = date(2025, 1, 3)
    span: int = 27
    size: tuple[float, float] = (595, 842)
    points: float = 9
    font: str = "Helvetica"
    foot: tuple[str, ...] = ()
    zero: str = ""
    """What an empty money column prints."""
    repeat: bool = True
    room: float = 60
    proved: bool = True
    blanks: bool = field(default=False)


def day_text(spec: Spec, day: date) -> str:
    return day.strftime(spec.day).replace("{mon}", spec.months[day.month - 1]).replace("{d}", str(day.day)).replace("{m}", str(day.month))


def signed(spec: Spec, value: Decimal, style: str) -> str:
    """An amount whose sign is shown in one of the ways of the world."""
    plain = spec.unit + spec.number(abs(value)) + spec.after
    if style == "minus":
        return ("-" if value < 0 else "") + plain
    if style == "plus":
        return ("-" if value < 0 else "+") + plain
    if style == "apart":
        return ("- " if value < 0 else "+ ") + plain
    if style == "trail":
        return plain + ("-" if value < 0 else "")
    if style == "trail both":
        return plain + ("-" if value < 0 else "+")
    if style == "trail apart":
        return plain + (" -" if value < 0 else " +")
    if style == "cr":
        return plain + (" CR" if value > 0 else "")
    if style == "cr tight":
        return plain + ("Cr" if value > 0 else "")
    if style == "dr cr":
        return plain + (" Dr" if value < 0 else " Cr")
    if style == "db":
        return plain + (" DB" if value < 0 else "")
    if style == "sh":
        return plain + (" S" if value < 0 else " H")
    if style == "d":
        return plain + (" D" if value < 0 else "")
    if style == "paren":
        return f"({plain})" if value < 0 else plain
    if style == "charge":
        return ("-" if value > 0 else "") + plain
    if style == "charge trail":
        return plain + ("-" if value > 0 else "")
    return plain


def draw(spec: Spec, seed: int) -> Made:
    """The statement of `spec` with the rows of `seed`."""
    rng = random.Random(seed)
    make = card if spec.owed else account
    rows = make(rng, spec.start, spec.start + timedelta(days=spec.span), spec.rows)
    if not spec.owed:
        rows[1] = (rows[1][0], abs(rows[1][1]), "SALARY ACME GMBH")
    opening = money(rng, 100000, 400000) * (-1 if spec.owed else 1)
    closing = opening + sum(a for _, a, _ in rows)
    way = -1 if spec.owed else 1
    places = {kind: (x, align) for kind, _, x, align in spec.columns}
    last_money = next(c for c in reversed(spec.columns) if c[0] in ("out", "in", "amount", "balance"))

    def put(kind: str, text: str) -> tuple[float, str] | tuple[float, str, str]:
        x, align = places[kind]
        return (x, text, "r") if align else (x, text)

    def head(s: Sheet) -> None:
        parts = [h.split("|") for _, h, _, _ in spec.columns]
        for level in range(max(map(len, parts))):
            cells = []
            for (kind, *_), words in zip(spec.columns, parts, strict=True):
                n = level - (max(map(len, parts)) - len(words))
                if n >= 0 and words[n]:
                    cells.append(put(kind, words[n]))
            s.line(*cells, bold=True)
        s.skip(3)

    def level_row(s: Sheet, label: str, value: Decimal) -> None:
        kind = "balance" if "balance" in places else "in" if value >= 0 and "in" in places else "out" if "out" in places else last_money[0]
        style = "plain" if kind in ("in", "out") else spec.balances
        s.line(put("text", label), put(kind, signed(spec, value * way if style != "plain" else value, style)))

    s = Sheet(size=spec.size, points=spec.points, font=spec.font, head=head if spec.repeat else None)
    for text in spec.head:
        s.line((40, text))
    if spec.ends and spec.where == "box":
        s.line((40, spec.ends[0]), (300, signed(spec, opening * way, spec.balances), "r"))
        s.line((40, spec.ends[1]), (300, signed(spec, closing * way, spec.balances), "r"))
    if spec.ends and spec.where == "grid":
        s.line((40, spec.ends[0]), (200, spec.ends[1]))
        s.line((40, signed(spec, opening * way, spec.balances)), (200, signed(spec, closing * way, spec.balances)))
    s.skip()
    head(s)
    if spec.ends and spec.where == "row":
        level_row(s, spec.ends[0], opening)
    order = list(enumerate(rows))
    running = []
    at = opening
    for _, a, _ in rows:
        at += a
        running.append(at)
    if spec.newest:
        order.reverse()
    before: date | None = None
    for place, (n, (d, a, t)) in enumerate(order):
        if spec.carried[0] and place and place % 9 == 0:
            level_row(s, spec.carried[0], running[order[place - 1][0]])
            s.y = 0
            level = running[order[place - 1][0]]
            s.line((40, " "))
            level_row(s, spec.carried[1], level)
        cells: list[tuple[float, str] | tuple[float, str, str]] = []
        if not spec.once or d != before:
            cells.append(put("day", day_text(spec, d)))
        if "day2" in places:
            cells.append(put("day2", day_text(spec, d)))
        if "number" in places:
            cells.append(put("number", str(place + 1)))
        if "code" in places:
            cells.append(put("code", ("VIS", "DD", "TFR", "BP")[n % 4]))
        if spec.lead:
            s.line(*cells, put("text", t))
            cells = []
        elif "text" in places:
            cells.append(put("text", t))
        if "amount" in places:
            cells.append(put("amount", signed(spec, a, spec.sign)))
        if "mark" in places:
            cells.append(put("mark", ("D" if a < 0 else "K") if spec.blanks else ("Af" if a < 0 else "Bij")))
        for kind, wanted in (("out", a < 0), ("in", a > 0)):
            if kind in places and wanted:
                cells.append(put(kind, spec.unit + spec.number(abs(a)) + spec.after))
            elif kind in places and spec.zero:
                cells.append(put(kind, spec.zero))
        end_of_day = place + 1 == len(order) or order[place + 1][1][0] != d
        if "balance" in places and (not spec.daily or end_of_day):
            cells.append(put("balance", signed(spec, running[n] * way, spec.balances)))
        if spec.lead:
            cells.append((places["text"][0], "CARD 4417 LONDON"))
        s.line(*cells)
        for text in spec.sub:
            s.line((places["text"][0], text))
        before = d
    if spec.totals:
        out, into = sum(-a for _, a, _ in rows if a < 0), sum(a for _, a, _ in rows if a > 0)
        if "out" in places and "in" in places:
            s.line(
                put("text", spec.totals),
                put("out", spec.unit + spec.number(Decimal(out))),
                put("in", spec.unit + spec.number(Decimal(into))),
            )
        else:
            s.line(put("text", spec.totals), put("amount", signed(spec, Decimal(into - out), spec.sign)))
    if spec.ends and spec.where == "row":
        level_row(s, spec.ends[1], closing)
    for text in spec.foot:
        s.line((40, text))
    found = bare(rows)
    if spec.number is whole:
        found = [(d, a * 1000) for d, a in found]
    return Made(s.done(), found, proved=spec.proved, texts=[t for _, _, t in rows])


def columns(*columns: str) -> tuple[tuple[str, str, float, str], ...]:
    """Columns from `kind:heading:x` or `kind:heading:x:r`."""
    found = []
    for text in columns:
        kind, heading, x, *align = text.split(":")
        found.append((kind, heading, float(x), align[0] if align else ""))
    return tuple(found)


@dataclass(frozen=True)
class Tongue:
    """The words of one language for `chosen`: day, value day, text, amount, out, in, balance; opening, closing; total; head."""

    words: tuple[str, ...]
    ends: tuple[str, str]
    total: str
    head: str
    days: tuple[str, ...]
    numbers: tuple[Number, ...]
    months: Sequence[str] = tuple(EN)
    card: str = ""


TONGUES = (
    Tongue(
        ("Date", "Value date", "Description", "Amount", "Paid out", "Paid in", "Balance"),
        ("Opening balance", "Closing balance"),
        "Total",
        "Account statement from 3 January 2025 to 31 January 2025, GBP",
        ("%d/%m/%Y", "%d {mon} %y", "{d} {mon}", "%d-%b-%Y", "%Y-%m-%d"),
        (point,),
        card="Credit card statement, statement date 31 January 2025, minimum payment £5.00",
    ),
    Tongue(
        ("Date", "Posted", "Details", "Amount", "Withdrawals", "Deposits", "Balance"),
        ("Beginning balance", "Ending balance"),
        "Totals",
        "Statement period Jan 3, 2025 through Jan 31, 2025   USD",
        ("%m/%d/%Y", "%m/%d/%y", "%m/%d", "{mon} %d", "{m}/{d}"),
        (point,),
        card="Credit Card Account   Closing Date 01/31/25   Credit Limit $9,000.00",
    ),
    Tongue(
        ("Buchungstag", "Wert", "Verwendungszweck", "Betrag", "Soll", "Haben", "Saldo"),
        ("Alter Saldo", "Neuer Saldo"),
        "Summe",
        "Kontoauszug vom 03.01.2025 bis 31.01.2025 in EUR",
        ("%d.%m.%Y", "%d.%m.%y", "%d.%m."),
        (comma,),
        card="Kreditkarte Abrechnung vom 31.01.2025 EUR",
    ),
    Tongue(
        ("Date", "Valeur", "Libellé", "Montant", "Débit", "Crédit", "Solde"),
        ("Ancien solde", "Nouveau solde"),
        "Total",
        "Relevé de compte du 03/01/2025 au 31/01/2025 EUR",
        ("%d/%m/%Y", "%d.%m", "%d/%m", "%d.%m.%y"),
        (blank,),
        card="Relevé de carte de crédit arrêté au 31/01/2025 EUR",
    ),
    Tongue(
        ("Fecha", "Fecha valor", "Concepto", "Importe", "Cargos", "Abonos", "Saldo"),
        ("Saldo anterior", "Saldo final"),
        "Total",
        "Extracto del 03/01/2025 al 31/01/2025 EUR",
        ("%d/%m/%Y", "%d/%m", "%d-%m-%Y"),
        (comma,),
        card="Tarjeta de crédito, extracto al 31/01/2025 EUR",
    ),
    Tongue(
        ("Tanggal", "Valuta", "Keterangan", "Jumlah", "Debet", "Kredit", "Saldo"),
        ("Saldo awal", "Saldo akhir"),
        "Total",
        "Rekening koran periode 03/01/2025 s/d 31/01/2025 IDR",
        ("%d/%m/%Y", "%d/%m", "%d {mon}"),
        (point, whole),
        card="Tagihan kartu kredit, tanggal cetak 31/01/2025, IDR",
    ),
    Tongue(
        ("Date", "Value Date", "Narration", "Amount", "Withdrawal Amt.", "Deposit Amt.", "Closing Balance"),
        ("Opening Balance", "Closing Balance"),
        "Total",
        "Statement of account 03/01/2025 to 31/01/2025 Currency INR",
        ("%d/%m/%y", "%d-%m-%Y", "%d {mon} %Y"),
        (indian,),
        card="Credit Card Statement, statement date 31/01/2025, total dues in INR",
    ),
)
SIGNS = ("minus", "plus", "apart", "trail", "trail both", "trail apart", "cr", "cr tight", "dr cr", "db", "sh", "paren")


def chosen(seed: int) -> Spec:
    """A layout made up at random that still says all a reader needs."""
    rng = random.Random(seed)
    t = rng.choice(TONGUES)
    owed = rng.random() < 0.35
    day, day2, text, amount, out, into, balance = t.words
    two = not owed and rng.random() < 0.5
    with_balance = not owed and rng.random() < 0.6
    kinds = ["day"] + (["day2"] if rng.random() < 0.4 else []) + ["text"]
    if rng.random() < 0.12:
        kinds = [k for k in kinds if k != "day2"] + ["day2"] * ("day2" in kinds)
    if rng.random() < 0.25:
        kinds.insert(rng.randint(1, len(kinds)), "code")
    moneys = (["out", "in"] if rng.random() < 0.7 else ["in", "out"]) if two else ["amount"]
    if with_balance:
        moneys.append("balance")
    if rng.random() < 0.06:
        kinds = ["day", *moneys, *[k for k in kinds if k != "day"]]
    else:
        kinds += moneys
    heads = {"day": day, "day2": day2, "text": text, "code": "Ref", "amount": amount, "out": out, "in": into, "balance": balance}
    widths = {"day": 62, "day2": 62, "text": 170, "code": 40, "amount": 78, "out": 78, "in": 78, "balance": 86}
    x, made = 36.0, []
    spread = min(rng.uniform(0.95, 1.05), 520 / sum(widths[kind] for kind in kinds))
    for kind in kinds:
        right = kind in ("amount", "out", "in", "balance")
        made.append((kind, heads[kind], x + (widths[kind] - 8 if right else 0), "r" if right else ""))
        x += widths[kind] * spread
    sign = rng.choice(("charge", "charge trail", "cr", "cr tight")) if owed else rng.choice(SIGNS)
    daily = with_balance and rng.random() < 0.3
    return Spec(
        (t.card if owed else t.head,),
        tuple(made),
        day=rng.choice(t.days),
        months=tuple(ID_SHORT) if t.words[0] == "Tanggal" else t.months,
        number=rng.choice(t.numbers),
        sign=sign,
        owed=owed,
        ends=t.ends,
        where=rng.choice(("row", "row", "box", "grid")),
        totals=t.total if (two and rng.random() < 0.4) else "",
        once=rng.random() < 0.2,
        daily=daily,
        newest=with_balance and not daily and rng.random() < 0.15,
        sub=rng.choice(((), (), ("REF 99812 LONDON",), ("CARD 4417", "USD 12.99 AT 1.0821"))),
        lead=rng.random() < 0.1 and "out" in kinds,
        balances="minus" if owed else rng.choice(("minus", "minus", "dr cr", "trail", "plus", "paren")),
        rows=rng.choice((8, 14, 24, 50)),
        points=rng.choice((7.0, 8.0, 9.0)),
        unit=rng.choice(("", "", "£")) if "GBP" in t.head and not owed else "",
        zero=rng.choice(("", "", "0.00")) if two and t.numbers == (point,) else "",
    )
