# ruff: noqa: E501 - lists of words read better in long lines
"""What banks write in cells: directions, totals and balances, states, and what tells a charge from a credit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from analyzer.importers.csv.words import MAX_NAME, fold_words, listed

FLAGS: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(a.split("|")), frozenset(b.split("|")))
    for a, b in (
        ("d|dr|db|debit|debet|dbit|deb|debits", "c|cr|credit|crdt|cred|credits"),
        ("debit|debito|debi|db|d|deb|a debito", "kredit|credito|cr|c|k|cre|a credito"),
        ("af|-", "bij|+"),
        ("s|soll", "h|haben"),
        ("o|out|outflow|outgoing|money out|paid out", "i|in|inflow|incoming|money in|paid in"),
        ("withdrawal|withdraw|w|withdrawals|wd", "deposit|deposits|d|dep"),
        ("expense|expenses", "income"),
        ("lastschrift|belastung|ausgabe|ausgang", "gutschrift|einnahme|eingang"),
        ("debit|sortie|depense", "credit|entree|recette"),
        ("cargo|gasto|egreso|debe", "abono|ingreso|haber"),
        ("uscita|addebito|dare", "entrata|accredito|avere"),
        ("saida|debito", "entrada|credito"),
        ("kiadas|terheles", "bevetel|jovairas"),
        ("wydatek|obciazenie|wn", "wplyw|uznanie|ma"),
        ("vydaj|odchozi", "prijem|prichozi"),
        ("keluar|debit|db", "masuk|kredit|cr"),
        ("支出|借|出金", "收入|贷|入金"),
        ("расход|списание", "приход|зачисление|пополнение|поступление"),
        ("χ|χρεωση", "π|πιστωση"),
        ("sale", "refund|return|payment"),
        ("purchase", "refund|return"),
        ("ud|ut|uttag", "ind|inn|insattning"),
        ("spend|spent", "received"),
        ("charge", "credit"),
        ("neg|negative", "pos|positive"),
    )
)
"""Pairs of direction words: money out, money in."""
_OUTS, _INS = (frozenset().union(*(pair[i] for pair in FLAGS)) for i in (0, 1))
_KINDS = frozenset(["sale", "refund", "return", "payment", "purchase", "charge", "spend", "spent", "received"])
CLEAR = {**dict.fromkeys(_OUTS - _INS - _KINDS, -1), **dict.fromkeys(_INS - _OUTS - _KINDS, 1)}
"""Words that say the same direction in every pair they are in; what names a kind of transaction is not among them."""
WHOLE_FLAGS = frozenset(
    [
        "debit",
        "debet",
        "credit",
        "af",
        "bij",
        "soll",
        "haben",
        "out",
        "in",
        "outflow",
        "inflow",
        "withdrawal",
        "deposit",
        "expense",
        "income",
        "lastschrift",
        "gutschrift",
        "cargo",
        "abono",
    ]
)
"""Words clear enough to be a direction even where the column has no name and holds only one of the pair."""


def fold_flag(text: str) -> str:
    """A direction cell for comparison; the bare signs `+` and `-` survive."""
    plain = text.strip()
    return plain if plain in ("+", "-") else "-" if plain in ("−", "–") else fold_words(plain)


_TOTAL = re.compile(
    r"(?:grand |sub ?|page |new )?totals?(?: (?:amount|charges|debits?|credits?|payments|transactions|due|spent|for period|this period))?"
    r"|(?:gesamt)?summe|gesamt(?:betrag|summe)?|total(?:e|es|ale)?(?: general| mouvements)?|totaal|somme|suma|summa|celkem|razem|osszesen|jumlah|итого|合计|合計|總計|i alt|yhteensa|sum"
)
_OPENING = re.compile(
    r"(?:opening|beginning|starting|start|previous|prior|initial|carried|brought) (?:account |statement |ledger )?balance\b.{0,40}"
    r"|balance (?:brought |b |carried over )?f(?:orward|wd)?\b.{0,30}|balance brought forward.{0,30}|balance at (?:the )?(?:start|beginning).{0,40}"
    r"|previous statement balance.{0,40}|saldo anterior|saldo inicial|saldo iniziale|saldo awal|anfangssaldo|alter saldo|alter kontostand|kontostand vom.{0,30}|saldovortrag"
    r"|vorheriger saldo|ancien solde|solde (?:initial|precedent|anterieur).{0,30}|beginsaldo|vorig saldo|ingaende saldo|inngaende saldo|saldo poczatkowe|pocatecni zustatek|nyito egyenleg|期初余额|前月残高|входящий остаток"
)
_CLOSING = re.compile(
    r"(?:closing|ending|final|current|new|end) (?:account |statement |ledger )?balance\b.{0,40}|balance (?:carried forward|c f|at (?:the )?end.{0,30}|as of.{0,30}|on.{0,30})"
    r"|saldo (?:final|finale|akhir|koncowe|actual)|endsaldo|neuer saldo|neuer kontostand|kontostand am.{0,30}|solde (?:final|actuel|nouveau).{0,30}|nouveau solde.{0,30}|eindsaldo|nieuw saldo"
    r"|utgaende saldo|utgaende saldo|konecny zustatek|zaro egyenleg|期末余额|исходящий остаток"
)


@lru_cache(maxsize=65536)
def line_kind(text: str) -> Literal["", "total", "opening", "closing"]:
    """Whether a whole cell names a total, an opening or a closing balance."""
    if not text or len(text) > MAX_NAME:
        return ""
    folded = _closed_up(fold_words(text))
    if _OPENING.fullmatch(folded):
        return "opening"
    if _CLOSING.fullmatch(folded):
        return "closing"
    return "total" if _TOTAL.fullmatch(folded) else ""


def _closed_up(folded: str) -> str:
    """`saldo` for `s a l d o`, as some banks set a line apart."""
    return folded.replace(" ", "") if len(folded) > 6 and all(len(w) == 1 for w in folded.split()) else folded


_SUMS_UP = re.compile(
    r"(?:\w+ )?(?:sub ?|grand |page |zwischen|gesamt)?(?:totals?|total[ei]?|totaal|summe|somme|suma|summa|jumlah|итого|合计|合計|小计|小計)\b.{0,40}"
)
_BALANCE = re.compile(r"(?:available |ledger |account )?balance|saldo|solde|kontostand|zustatek|egyenleg|bakiye|余额|残高|остаток")


@lru_cache(maxsize=4096)
def sums_up(text: str) -> bool:
    """Whether a whole cell may name the sum of the rows above it, as `Total January` does; so may a shop."""
    return bool(text) and len(text) <= MAX_NAME and _SUMS_UP.fullmatch(fold_words(text)) is not None


def is_balance(text: str) -> bool:
    """Whether a whole cell is the bare word for a balance."""
    return bool(text) and len(text) <= MAX_NAME and _BALANCE.fullmatch(_closed_up(fold_words(text))) is not None


PENDING = frozenset(
    listed(
        """pending; authorised; authorized; authorization; processing; uncleared pending; vorgemerkt; umsatz vorgemerkt; ausstehend; offen;
        vorgemerkt und nicht gebucht; en attente; en cours; pendiente; in sospeso; pendente; in behandeling; gereserveerd; reserverad; reservert;
        reserveret; oczekujaca; tertunda; 处理中; в обработке; hold; on hold; not posted; unposted; w realizacji; blokada; reserved; temporary"""
    )
)
VOID = frozenset(
    listed("declined; failed; reverted; cancelled; canceled; denied; rejected; expired; void; voided; storniert; annule; refuse; 交易关闭")
)
"""States of a transaction that never moved money."""

_IN = re.compile(
    r"\b(?:payment received|payments? thank you|thank you|payment from|refund|refunds|refunded|rebate|reversal|reversed|chargeback credit|cash ?back|salary|payroll|wages|paycheck|direct dep|"
    r"deposit|interest (?:paid|earned|credit|payment|income)|credit interest|dividend|autopay p(?:y?a?y?)?me?nt|online payment|internet payment received|direct debit received|"
    r"gutschrift|gehalt|lohn|lohn gehalt|zahlungseingang|einzahlung|erstattung|ruckerstattung|ruckzahlung|ihre zahlung|habenzinsen|"
    r"vir(?:ement)? (?:recu|sepa recu|de)|remboursement|avoir|salaire|versement|paiement recu|"
    r"nomina|abono|devolucion|transferencia (?:recibida|de)|ingreso|reembolso|recibido|accredito|stipendio|rimborso|bonifico (?:ricevuto|a vostro favore)|estorno|salario|deposito|proventos|recebid[ao]|"
    r"storting|salaris|terugbetaling|teruggave|terugboeking|ontvangen betaling|rente ontvangen|lon|loen|lonn|innbetaling|indbetaling|insattning|palkka|"
    r"wplata|wynagrodzenie|zwrot|przelew przychodzacy|prichozi|vyplata|mzda|gaji|setoran|pembayaran (?:kartu|diterima)|pengembalian|bunga|maas|iade)\b"
)
_OUT = re.compile(
    r"\b(?:purchase|pos|card purchase|visa purchase|debit purchase|debit card purchase|withdrawal|atm|atm wd|cash advance|monthly fee|service fee|annual fee|late fee|overdraft fee|foreign transaction fee|"
    r"bill payment|direct debit to|payment to|recurring payment to|check paid|"
    r"lastschrift|basislastschrift|sepa lastschrift|kartenzahlung|girocard|geldautomat|auszahlung|barauszahlung|entgelt|kontofuhrung|dauerauftrag|kauf|einkauf|"
    r"achat|achats|paiement (?:carte|cb|par carte)|carte|prlv|prelevement|retrait|retrait dab|cotisation|virement (?:emis|vers|a)|facture|"
    r"compra|compras|pago en|recibo|comision|retirada|cajero|transferencia (?:emitida|a)|acquisto|pagamento (?:pos|carta)|prelievo|commissione|addebito|saque|tarifa|"
    r"betaalautomaat|geldautomaat|geldopname|incasso|betaling aan|kosten|dankort nota|varekjop|kortkob|kortkop|korttiosto|uttag|"
    r"zakup|zakup przy uzyciu karty|wyplata z bankomatu|oplata|platba kartou|platba|vyber|nakup|vasarlas|pembelian|tarik tunai|pembayaran qr|biaya|harcama)\b"
)
_SPENDING = re.compile(
    r"\b(?:groceries|grocery|supermarkets?|restaurants?|dining|food|food drink|food and drink|eating out|coffee|shopping|automotive|auto|gas|gas fuel|fuel|gasoline|travel|transport|"
    r"transportation|entertainment|household|home|home garden|health|healthcare|medical|pharmacy|clothing|clothes|merchandise|personal|personal care|subscriptions?|utilities|hotels?|airfare|airlines?|"
    r"lebensmittel|freizeit|haushalt|mobilitat|alimentation|loisirs|transports|supermercado|restaurantes|ocio|boodschappen|makanan|belanja|retail|department stores?|services|gas stations?)\b"
)


@lru_cache(maxsize=65536)
def direction(text: str) -> int:
    """What the bank's words say: -1 money out, +1 money in, 0 nothing or both."""
    folded = fold_words(text)
    into, out = bool(_IN.search(folded)), bool(_OUT.search(folded))
    return into - out


def is_spending(text: str) -> bool:
    """Whether a short cell names a kind of spending, as a card's category column does."""
    return len(text) <= 40 and bool(_SPENDING.search(fold_words(text)))


_CARD = re.compile(
    r"credit card|creditcard|kreditkarte|kredietkaart|carte de credit|tarjeta de credito|carta di credito|cartao de credito|kartu kredit|karta kredytowa|"
    r"card ?member|cardholder|card used|card no|card number|mastercard|\bamex\b|american express|visa card|merchant category|foreign spend"
)


def is_card(text: str) -> bool:
    """Whether a name or a line of the preamble speaks of a credit card."""
    return bool(_CARD.search(fold_words(text)))
