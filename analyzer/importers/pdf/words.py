"""The words that statements of many countries print around their figures, as data; and how text is compared with them.

English, German, French, Spanish, Dutch and Indonesian, with some Italian and Portuguese. A phrase is compared
*compact*: accents off, lower case, letters only. PDFs often lose the blanks between words, never the letters.
"""

from __future__ import annotations

import functools
import re
import unicodedata

_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "æ": "ae", "Æ": "ae", "œ": "oe", "ı": "i", "đ": "d"})

Role = str
"""date | text | amount | debit | credit | balance | mark | other (a column whose amounts are no money of this account)."""


@functools.lru_cache(maxsize=20_000)
def compact(text: str) -> str:
    """`text` as lower-case ASCII letters only."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return re.sub(r"[^a-z]", "", plain.lower())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(compact(part) for part in text.split("|")))


def _any(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, phrases), key=len, reverse=True)))


OPENING = _any(
    _phrases(
        "opening balance|previous balance|previous statement balance|brought forward|start balance|starting balance|"
        "beginning balance|"
        "last months balance|last statement balance|balance last statement|balance from last statement|balance forward|"
        "prior balance|"
        "previous account balance|balance at start|balance on last statement|opening bal|previous bill|last bill balance|"
        "balance at beginning|balance from previous|"
        "alter saldo|anfangssaldo|saldovortrag|saldo vortrag|alter kontostand|saldo alt|vorheriger saldo|saldo vormonat|"
        "saldo letzte abrechnung|saldo der letzten|startsaldo|vortrag|ubertrag aus|kontostand zu beginn|"
        "ancien solde|solde precedent|solde initial|solde anterieur|solde de depart|solde reporte|report a nouveau|solde debut|"
        "solde en debut|solde du releve precedent|"
        "saldo anterior|saldo inicial|saldo previo|saldo de apertura|saldo mes anterior|saldo al inicio|"
        "vorig saldo|beginsaldo|oud saldo|openingssaldo|begin saldo|saldo vorig|vorige saldo|"
        "saldo awal|saldo lalu|saldo bulan lalu|tagihan bulan lalu|tagihan sebelumnya|tagihan lalu|saldo sebelumnya|"
        "saldo pindahan|"
        "saldo precedente|saldo iniziale|b f balance|balance b f|ingaende saldo|inngaende saldo|saldo fra|saldo primo|"
        "saldo poczatkowe|"
        "stan poczatkowy|alkusaldo|baki awal|saldo contabilistico anterior|saldo overfort|estratto conto precedente"
    )
)
CLOSING = _any(
    _phrases(
        "closing balance|new balance|statement balance|ending balance|end balance|carried forward|total amount due|amount due|"
        "total due|"
        "balance due|outstanding balance|final balance|amount you owe|closing bal|balance at end|balance outstanding|"
        "payment due in full|"
        "total payment due|total balance|balance on this statement|balance at close|you owe|total outstanding|balance as of|"
        "balance on|"
        "balance at|your balance|current balance|"
        "neuer saldo|endsaldo|schlusssaldo|neuer kontostand|saldo neu|abschlusssaldo|rechnungsbetrag|gesamtsaldo|"
        "abrechnungssaldo|"
        "zu zahlender betrag|kontostand am|kontostand per|aktueller kontostand|saldo zum|saldo per|"
        "nouveau solde|solde final|solde au|solde a la|solde fin|solde en fin|solde crediteur|solde debiteur|solde de cloture|"
        "montant a payer|total a payer|montant du|a regler|"
        "saldo final|nuevo saldo|saldo actual|saldo de cierre|saldo al cierre|total a pagar|saldo al|pago total|importe a pagar|"
        "nieuw saldo|eindsaldo|slotsaldo|huidig saldo|nieuwe saldo|te betalen|saldo op|"
        "saldo akhir|tagihan baru|total tagihan|jumlah tagihan|tagihan bulan ini|total kewajiban|saldo terakhir|"
        "saldo finale|nuovo saldo|saldo atual|c f balance|balance c f|utgaende saldo|saldo ultimo|saldo koncowe|stan koncowy|"
        "loppusaldo|baki akhir|saldo i deres favor|total desta fatura|total da fatura|valor da fatura|saldo contabilistico final"
    )
)
CLOSING_SURE = _any(
    _phrases(
        "closing balance|ending balance|end balance|balance carried forward|neuer saldo|endsaldo|schlusssaldo|neuer kontostand|"
        "nouveau solde|solde final|saldo final|nieuw saldo|eindsaldo|saldo akhir"
    )
)
TOTAL = re.compile(
    r"^(?:sub|sous|grand)?total|totalof|summe|gesamt|totaal|jumlah|totale|suma|netamount|netactivity|somme|umsatzsumme|totals$|total$|"
    r"montanttotal|importetotal|totaux|subtotal|totaltransactions|netmonthly|totaldes|totalactivity|totalfor|totalthis"
)
NEVER = _any(
    _phrases(
        "minimum|available|credit limit|credit line|cash limit|reward points|bonus points|points earned|points balance|"
        "total points|pending|interest rate|annual percentage|mindest|minimal|minimo|"
        "verfugbar|disponible|beschikbaar|tersedia|kreditlinie|kreditrahmen|kredietlimiet|limite|limit|plafond|year to date|"
        "this year|"
        "ytd|reward|miles|cashback earned|poin reward|total poin|past due|overdue|late payment warning|average daily|"
        "subject to interest|autorisierter"
    )
)
"""Figures that are no balance of the account, whatever else their label says."""
NO_ROW = _any(
    _phrases(
        "payment due|due date|minimum payment|minimum amount due|statement date|falligkeit|fallig am|date limite|fecha limite|"
        "vervaldatum|jatuh tempo|tanggal cetak|next statement|payment is due"
    )
)
"""Dated lines that are no transactions (the text starts so)."""
BALANCE_ROW = re.compile(
    r"^(?:your)?(?:opening|closing|previous|starting|start|ending|end|beginning|new|final|current)?(?:account|statement)?balance"
    r"(?:broughtforward|carriedforward|forward|bf|cf|from(?:last|previous)statement|laststatement|on|at|as(?:of|at)|b?f?wd)?$"
    r"|^(?:balance)?(?:broughtforward|carriedforward)|^lastmonthsbalance|^previousstatementbalance"
    r"|^(?:alter|neuer|anfangs|end|schluss)(?:saldo|kontostand)|^saldovortrag|^saldo(?:awal|akhir|anterior|inicial|final|lalu|pindahan|actual)"
    r"|^(?:ancien|nouveau)solde|^solde(?:precedent|initial|final|anterieur|crediteur|debiteur|au|en)|^(?:vorig|nieuw|begin|eind|oud)e?saldo"
    r"|^kontostand|^saldo|^(?:bf|cf)balance|^(?:in|ut)g[ao]endesaldo|^stan(?:pocz|konc)|^baki(?:awal|akhir)|^tagihan(?:bulanlalu|sebelumnya)|^saldo(?:zum|per|am|al|op|a)?$|^solde$"
    r"|^(?:endofday|daily|dayend|ledger)balance$|^tages(?:end)?saldo$|^dagsaldo$"
)
"""Rows of the table that print a balance instead of a transaction (the text starts so)."""

FORWARD = re.compile(
    r"forward|carried|brought|fwd$|^bf|^cf|bf$|cf$|ubertrag|vortrag|report|transport|pindahan|riporto|arrastre|"
    r"suma(?:anterior|ysigue)|overfort|przeniesienia"
)
"""Balances taken from the foot of a page to the head of the next; rows go on after them."""

OUT = _any(
    _phrases(
        "subtractions|withdrawals subtractions|withdrawals and subtractions|checks debits|uttag|ut av konto|ud af konto|ut|"
        "uit|obciazenia|obciazenie|wyplaty|bedrag af|bedrag af debet|af debet|belastung in eur|betrag soll|betrag soll eur|"
        "saidas|saques|money out gbp|otto|panot ulos|levy|keluar|debit amount inr|withdrawal amount inr|total debits|dr amt|"
        "paid|debit|debits|withdrawal|withdrawals|paid out|money out|charges|purchase|purchases|fees|interest charged|"
        "cash advance|"
        "spending|"
        "soll|belastung|lasten|abbuchung|ausgang|ausgaben|umsatze|einkaufe|kaufe|"
        "debite|sorties|depenses|achats|retrait|prelevement|cargos|cargo|adeudo|gastos|compras|retiros|uitgaven|afschrijving|"
        "pengeluaran|debet|pembelian|belanja|pembelanjaan|transaksi belanja|checks paid|cheques|standing order|direct debits|"
        "transactions|spend"
    )
)
IN = _any(
    _phrases(
        "additions|deposits additions|deposits and additions|insattning|insattningar|inn pa konto|ind pa konto|inn|uznania|"
        "uznanie|wplaty|bedrag bij|bedrag bij credit|bij credit|gutschrift in eur|betrag haben|betrag haben eur|entradas|"
        "money in gbp|panot|pano|masuk|deposit amount inr|total credits|cr amt|credit|credits|deposit|deposits|paid in|"
        "money in|payments|payment|receipts|refund|refunds|"
        "haben|gutschrift|zahlungseingang|zahlungen|eingang|einzahlung|credites|entrees|recettes|versement|remboursement|"
        "paiements|"
        "abono|abonos|ingreso|ingresos|pagos|devoluciones|bijschrijving|inkomsten|betalingen|ontvangsten|kredit|pemasukan|"
        "pembayaran|"
        "pengembalian"
    )
)
SECTION_IN = re.compile(
    r"^(?:your|account|recent|new|other)?(?:payments?|credits?|refunds?|deposits?|receipts?|paymentsreceived|moneyin|paidin)"
    r"(?:and|other|credits?|additions?|refunds?|returns?|adjustments?|received|payments?|deposits?|activity|transactions|electronic)*$"
    r"|^electronicdeposits|^depositsand|^(?:gutschriften|zahlungen|zahlungseingange|eingange|einzahlungen|haben)$"
    r"|^(?:paiements?|versements?|credits?|remboursements?|encaissements?)(?:et|recus?|remboursements?|credits?)*$"
    r"|^(?:abonos|pagos|ingresos|devoluciones|depositos)(?:y|recibidos|abonos|pagos|devoluciones|realizados|creditos)*$"
    r"|^(?:betalingen|ontvangsten|bijschrijvingen)(?:en|ontvangen|terugbetalingen)*$"
    r"|^(?:pembayaran|kredit|pengembalian|setoran)(?:dan|kredit|pembayaran|pengembalian|diterima)*$"
)
SECTION_OUT = re.compile(
    r"^(?:your|account|recent|new|other|card|total|standard)?(?:purchases?|charges?|fees?|interest|withdrawals?|debits?|cashadvances?|checks?|"
    r"cheques?|balancetransfers?|transactions)(?:and|other|charged|charges?|debits?|purchases?|withdrawals?|fees?|interest|adjustments?|paid|"
    r"activity|electronic|atm|card|cash|advances?|subtractions?)*$"
    r"|^(?:electronic|atmanddebitcard|atm|debitcard)(?:withdrawals|payments|debits|subtractions)|^(?:standardpurchases|purchasesanddebits)"
    r"|^(?:belastungen|umsatze|einkaufe|kaufe|gebuhren|zinsen|kartenumsatze|auszahlungen|soll|abbuchungen)(?:und|gebuhren|zinsen|entgelte|umsatze)*$"
    r"|^(?:achats?|depenses|prelevements|retraits|frais|debits?|interets)(?:et|frais|retraits|interets|debits?|cartes?)*$"
    r"|^(?:compras|cargos|gastos|comisiones|intereses|retiros|disposiciones)(?:y|cargos|compras|comisiones|intereses|efectivo|de)*$"
    r"|^(?:uitgaven|aankopen|afschrijvingen|kosten|rente|opnames)(?:en|kosten|rente|aankopen)*$"
    r"|^(?:pembelian|pembelanjaan|transaksi|biaya|bunga|belanja|penarikan|tariktunai)(?:dan|biaya|bunga|tunai|belanja|denda|administrasi)*$"
)
CARD = _any(
    _phrases(
        "credit card|creditcard|minimum payment|minimum amount due|payment due date|credit limit|available credit|"
        "cash advance|charge card|"
        "kreditkarte|carte de credit|tarjeta de credito|kartu kredit|mastercard|visa|american express|tagihan|kredietkaart|"
        "statement balance|amount due|kreditrahmen|limite de credito|batas kredit|pembayaran minimum|purchases|cardholder|"
        "karteninhaber|"
        "bestedingslimiet|pago minimo|finance charge|diners club"
    )
)
BANK = _any(
    _phrases(
        "sort code|current account|checking|savings|girokonto|kontoauszug|compte courant|compte cheques|compte de depot|"
        "cuenta corriente|"
        "cuenta de ahorro|betaalrekening|rekening koran|tabungan|overdraft|account statement|rekeningafschrift|bankafschrift|"
        "paid in|paid out|money in|money out|deposits|dispokredit|decouvert|arranged overdraft|savings account|"
        "extracto de cuenta|direct debit"
    )
)
ROW_IN = _any(
    _phrases(
        "payment thank|thank you|payment received|autopay payment|payment by|refund|cashback|cash rebate|reversal|salary|"
        "payroll|wages|"
        "interest paid|credit voucher|deposit|gehalt|lohn|gutschrift|ruckerstattung|erstattung|zahlungseingang|einzahlung|"
        "zahlung erhalten|"
        "ihre zahlung|vielen dank|salaire|remboursement|virement recu|versement|votre paiement|merci|nomina|devolucion|abono|"
        "ingreso|"
        "pago recibido|su pago|gracias|salaris|terugbetaling|storting|ontvangen|bedankt|gaji|pembayaran|pengembalian|setoran|"
        "payment received|online payment|mobile payment|bank payment|direct debit payment|rebate|statement credit|transfer from"
    )
)
ROW_OUT = _any(
    _phrases(
        "purchase|card payment|direct debit|fee|charge|withdrawal|atm|standing order|interest charge|retail interest|"
        "finance charge|"
        "kauf|lastschrift|gebuhr|abbuchung|miete|rent|retrait|prelevement|achat|frais|cotisation|compra|cargo|comision|recibo|"
        "betaalautomaat|incasso|geldopname|kosten|pembelian|biaya|penarikan|belanja|transfer to|subscription|membership|"
        "insurance|"
        "versicherung|supermarket|netflix|spotify|amazon"
    )
)

_ROLES: tuple[tuple[Role, str], ...] = (
    ("mark", "af bij|bij af|s h|soll haben kz|dr cr|cr dr|db cr|d c|d k|debit credit indicator|sh|type dr cr|db k"),
    (
        "balance",
        (
            "ending daily balance|daily balance|daily ledger balance|end of day balance|saldo po operacji|saldo contabilistico|"
            "account balance|outstanding balance|statement balance|cash balance|saldo contable|saldo progressivo|"
            "solde progressif|saldo apos|saldo r|saldo em r|baki penyata|baki|saldo dostepne|new saldo|nieuw saldo|saldo na|balance|"
            "running balance|closing balance|account balance|saldo|solde|kontostand|balance amount|saldo akhir|"
            "saldo disponible|"
            "nuevo saldo|new balance|saldo eur|saldo in eur|bal|available balance|balance gbp|balance usd|ledger balance"
        ),
    ),
    (
        "debit",
        (
            "addebiti|addebito|"
            "debit|debits|withdrawn|withdrawal|withdrawals|withdrawals debits|paid out|money out|soll|lastschrift|belastung|belastungen|"
            "lasten|"
            "debite|debito|cargo|cargos|adeudo|adeudos|af|debet|pengeluaran|charges|retiros|retiro|debit amount|amount debit|"
            "withdrawal amount|"
            "withdrawal amt|withdrawal dr|debit dr|payments out|out|ausgang|auszahlung|auszahlungen|ausgaben|depenses|"
            "uitgaven|purchases|"
            "charge|spent|payments and withdrawals|debits out|mutasi debet|mutasi debit|retrait|sorties|uscite|dare|debitos|debe|"
            "zu ihren lasten|au debit|montant debit|uw uitgaven|importe cargo|dr|dr amount|keluar|debet af|afschrijvingen|"
            "withdrawals and fees"
        ),
    ),
    (
        "credit",
        (
            "accrediti|accredito|"
            "credit|credits|deposit|deposits|deposits credits|paid in|money in|receipts|haben|gutschrift|gutschriften|"
            "credites|credito|abono|"
            "abonos|ingreso|ingresos|bij|kredit|pemasukan|depositos|deposito|credit amount|amount credit|deposit amount|"
            "deposit amt|deposit cr|"
            "credit cr|payments in|in|eingang|einzahlung|einzahlungen|einnahmen|recettes|inkomsten|received|"
            "deposits and receipts|mutasi kredit|"
            "versement|entrees|entrate|avere|creditos|haber|zu ihren gunsten|au credit|montant credit|importe abono|cr|"
            "cr amount|masuk|"
            "kredit bij|bijschrijvingen|deposits and credits|payments received|payments and credits"
        ),
    ),
    (
        "other",
        (
            "original amount|foreign amount|foreign currency|foreign currency amount|intl amount|international amount|"
            "amount in foreign currency|"
            "fremdwahrung|betrag fremdwahrung|devise|montant en devise|montant devise|valas|jumlah valas|"
            "original currency amount|currency|foreign spend|foreign spending|"
            "transaction currency|importe original|importe en divisa|divisa|vreemde valuta|bedrag vreemde valuta|"
            "originalbetrag|wahrung|"
            "points|reward points|reward|poin|exchange rate|kurs|rate|umrechnungskurs|taux|tipo de cambio|wisselkoers|miles|"
            "cashback|"
            "fee|fees|service fee|transaction fee|bank charges|accrued bank charges|bank fee|gebuhr|entgelt|spesen|frais|comision|biaya|"
            "local amount|transaction amount foreign|nilai asal|vat|mwst|tva|iva|btw|tax"
        ),
    ),
    (
        "amount",
        (
            "belopp|belop|belob|kwota|kwota operacji|maara|valor em r|valor r|valor euros|montante|quantia|transaction amount|"
            "insatt uttag|insattning uttag|withdrawal deposit|withdrawals deposits|debit credit amount|jumlah transaksi|"
            "importo eur|movimento|bedrag in eur|suma|amount|betrag|montant|importe|bedrag|jumlah|nominal|umsatz|mutasi|valor|"
            "amount charged|transaction amount|"
            "amount eur|betrag eur|"
            "betrag in eur|montant eur|importe eur|bedrag eur|amount gbp|amount usd|amount sgd|amount in sgd|jumlah rp|"
            "jumlah idr|nilai|"
            "amount in eur|amount in usd|amount in gbp|amount rs|amount inr|amount in rs|amount in inr|your amount|"
            "betrag in euro|total|"
            "billing amount|billed amount|importo|montant en euros|montant en eur|bedrag in euro|eur|usd|gbp|amount aud|"
            "amount cad|"
            "nominal transaksi|jumlah tagihan|debit credit|soll haben|nilai transaksi|importe euros|chf|sgd|idr|inr"
        ),
    ),
    (
        "date",
        (
            "bokfort|bokf datum|bokforingsdag|bokforingsdatum|trans datum|transaktionsdag|transaktionsdatum|reskontradatum|"
            "valutadatum|valutadato|rentedato|dato|bokforingsdato|posteringsdato|data operacji|data ksiegowania|data ksieg|"
            "data transakcji|data waluty|paivamaara|kirjauspaiva|arvopaiva|bu tag|butag|bu tag wert|data mov|data movimento|"
            "data valor|data lancamento|data operazione|data contabile|data valuta|fecha oper|trade date|settlement date|"
            "post date|eff date|entry date|txn posting date|datum buchung|buchung valuta|fecha de operacion|fecha de cargo|"
            "tarikh|settled|date|datum|fecha|tanggal|tgl|data|trans date|transaction date|posting date|post date|posted|"
            "posted date|"
            "buchungstag|buchung|valuta|"
            "wert|wertstellung|belegdatum|date valeur|date operation|date de valeur|boekdatum|rentedatum|date of transaction|"
            "date of posting|"
            "value date|process date|date posted|date processed|fecha valor|fecha operacion|f valor|f operacion|"
            "transactiedatum|tanggal transaksi|"
            "tanggal pembukuan|tgl transaksi|tgl posting|tanggal posting|tran date|txn date|valeur|valor fecha|buchungsdatum|"
            "belegtag|"
            "purchase date|kaufdatum|kauf|sale date|effective date|date achat|date dachat|umsatz vom|bookdate|day|tag|jour|"
            "dia|trans|post|"
            "fecha cargo|fecha compra|tanggal buku"
        ),
    ),
    (
        "text",
        (
            "forklaring|tekst|selite|saaja|opis|opis operacji|tytul|tytul operacji|szczegoly|establecimientos|lancamento|"
            "lancamentos|estabelecimento|movimentos|causale|descrizione operazioni|nature des operations|"
            "wir haben fur sie gebucht|angaben zu den umsatzen|erlauterungen|erlauterung|operation description|"
            "transaction remarks|remarks|remark|payment type and details|and details|payee reference|narrative|descriptions|"
            "butiran|buchung verwendungszweck|vorgang referenz|description|details|transaction details|particulars|narration|"
            "payee|merchant|activity|activity description|"
            "verwendungszweck|"
            "buchungstext|vorgang|erlauterung|libelle|operation|operations|nature|concepto|descripcion|detalle|omschrijving|"
            "naam omschrijving|"
            "mededelingen|keterangan|uraian|rincian|deskripsi|transaction description|transaction|transactions|merchant name|"
            "memo|"
            "nature de loperation|libelle de loperation|umsatztext|text|naam|begunstigter verwendungszweck|"
            "payment type and details|"
            "uraian transaksi|keterangan transaksi|details of transaction|merchant name or transaction description|"
            "your transactions|"
            "description of transaction|movimiento|operacion|comercio|establecimiento|leistung|handler|beschreibung|"
            "vorgang verwendungszweck|"
            "rincian transaksi|deskripsi transaksi|payee details|item|descrizione|descricao|historico|commercant|"
            "buchungsinformation|"
            "transaction narration|beschreibung des umsatzes|transacties"
        ),
    ),
    (
        "ref",
        (
            "channel|init br|teller|init|check number|check no|payment type|merchant category|saluran|kanal|verif nr|arkivref|"
            "reference|ref|reference number|serno|ser no|belegnr|cheque no|chq no|no|ref no|type|code|art|jenis|category|"
            "kategorie|kind|location|"
            "reference no|card|card no|chq ref no|cheque number|serial no|sr no|nr|numero|mcc|instrument id|branch|cabang|cbg|"
            "user|cardholder|"
            "status|city|country|kode|bukti|pays|land|ort|"
            "s no|id|method|auth code|karte|folio|oficina"
        ),
    ),
)
HEADINGS: dict[str, Role] = {}
for _role, _text in _ROLES:
    for _phrase in _phrases(_text):
        HEADINGS.setdefault(_phrase, _role)
_UNITS = re.compile(
    r"(?:in[a-z]?|(?:in)?(?:eur|euros?|usd|gbp|sgd|inr|idr|rp|rs|cad|aud|chf|pounds|sterling|dollars|rupiah|rupees|nzd|hkd|myr|php|zar))$"
)


def heading(text: str) -> Role | None:
    """The role a column heading names, or None: the unit behind it (`Amount (SGD)`) does not matter."""
    plain = compact(text)
    if not plain or len(plain) > 40:
        return None
    role = HEADINGS.get(plain)
    if role is None and (bare := _UNITS.sub("", plain)) != plain:
        role = HEADINGS.get(bare)
    if role is None and len(plain) > 4 and plain[-1] == "s":
        role = HEADINGS.get(plain[:-1])
    return role


MARKS = {
    **dict.fromkeys(("cr", "c", "h", "haben", "bij", "k", "credit", "kredit", "gutschrift", "abono", "cred"), 1),
    **dict.fromkeys(("dr", "d", "s", "soll", "af", "db", "debit", "debet", "lastschrift", "cargo", "od", "deb"), -1),
}
"""Words of a column that gives the direction: 1 for money in, -1 for money out."""


_OWNERS = re.compile(
    r"^(?:your|deine?|ihre?|unsere?|votre|vos|tu|su|uw|jouw|je|suo|tuo|seu|sua)(?=(?:new|old|opening|closing|previous|last|balance|alte|neue|ancien|"
    r"nouveau|solde|saldo|kontostand|vorig|nieuw|oud))"
)


def unowned(plain: str) -> str:
    """A compact label without the word that says whose it is (`Your new balance`, `Dein neuer Kontostand`)."""
    return _OWNERS.sub("", plain)


def mark(word: str) -> int:
    """1 or -1 where `word` is a direction, else 0; `+` and `-` alone count."""
    if word in ("+", "-"):
        return 1 if word == "+" else -1
    return MARKS.get(word.strip(".()").lower(), 0)
