# ruff: noqa: E501 - lists of words read better in long lines
"""The names banks give their columns, in many languages.

Everything is compared folded (`fold_words`): case, accents, punctuation and a trailing currency code are gone.
Sources: the export formats of the banks in `profiles/` and the column names banks document for their customers.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Role = Literal[
    "date",
    "posted",
    "value-date",
    "amount",
    "debit",
    "credit",
    "flag",
    "balance",
    "before",
    "opening",
    "closing",
    "payee",
    "text",
    "memo",
    "currency",
    "fitid",
    "account",
    "status",
    "other",
]
MAX_NAME = 80
"""Longer cells are no column names."""

_NAMES: dict[Role, str] = {
    "date": """date; transaction date; trans date; trans. date; tran date; txn date; date of transaction; purchase date; operation date;
        datetime; date time; transaction date time; created; created at; created on; created date; started date; date started; timestamp;
        completed date utc; date completed utc; date started utc; transaction time; time; activity date; effective date;
        datum; transaktionsdatum; kaufdatum; belegdatum; umsatzdatum; buchungsdatum; buchungstag; buchung; tag; einkaufsdatum; buchung am;
        date operation; date de l operation; date d operation; date de transaction; date de comptabilisation; date comptable; date achat;
        fecha; fecha operacion; fecha de operacion; f operacion; fecha de la operacion; fecha transaccion; fecha movimiento; fecha contable;
        data; data operazione; data contabile; data transacao; data do lancamento; data lancamento; data mov; data movimento; data da operacao;
        data operacji; data ksiegowania; data transakcji; data zlecenia operacji; data waluty operacji;
        datum verrichting; transactiedatum; boekdatum; boekingsdatum; datum transactie; uitvoeringsdatum;
        dato; transaksjonsdato; kjopsdato; bokforingsdato; bogforingsdato; transaktionsdag; transaktionsdato; bogfort; bokforingsdag; bokfort;
        inkopsdatum; bokforingsdatum; kirjauspaiva; tapahtumapaiva; maksupaiva; paivamaara; pvm;
        datum provedeni; datum transakce; datum zauctovani; datum operace; datum transakcie; tranzakcio datuma; tranzakcio ideje; konyveles datuma;
        tanggal; tgl; tanggal transaksi; tgl transaksi; tarikh; ngay giao dich; tarih; islem tarihi; 日期; 交易日期; 交易时间; 交易日; 取引日; 日付; ご利用日; 利用日; 年月日;
        дата; дата операции; дата транзакции; data tranzactiei; data tranzactie; ημερομηνια; datum transakcije; datum valute knjizenja""",
    "posted": """post date; posted date; posting date; date posted; date processed; processed date; process date; processing date; booking date;
        settlement date; cleared date; clearing date; completed date; booked; entry date; bookdate; statement date; billing date; date cleared;
        datum verrekening; wertstellung buchung; date de traitement; data contabilizacao; bogforingsdag; postert; posteringsdato; tanggal posting""",
    "value-date": """value date; val date; valuta; valutadatum; valuta datum; wertstellung; wertstellungsdatum; wert; date valeur; date de valeur;
        fecha valor; f valor; data valuta; data valor; data waluty; rentedatum; valuteringsdag; rentedato; renteberegningsdato; arvopaiva;
        datum valuty; ertekknap; interest date; rentedag; datum valuta; data valutei; valor tarihi; data do balancete; valutadag; tgl valuta;
        reskontradag; available date""",
    "amount": """amount; amt; value; transaction amount; txn amount; amount in account currency; billing amount; posted amount; net amount; billed amount;
        amount total; total amount; charge amount; value amount; gross; net; sum; amount local currency; account amount; settlement amount;
        betrag; buchungsbetrag; umsatz; umsatz betrag; betrag in eur; betrag eur; betrag in kontowahrung; einzelbetrag; zahlungsbetrag; abrechnungsbetrag;
        montant; montant de l operation; montant operation; montant en euros; montant en devise du compte; montant net;
        importe; importe en euros; importe eur; importe movimiento; monto; cantidad; importo; importo in euro; importo netto; valor; valor r; montante;
        valor do lancamento; importancia; bedrag; bedrag in eur; transactiebedrag; belopp; belob; belop; belop i nok; kwota; kwota operacji;
        kwota transakcji; kwota w walucie rachunku; castka; zauctovana castka; castka v mene uctu; objem; suma; osszeg; tranzakcio osszege; maara;
        summa; jumlah; nominal; amount idr; mutasi; tutar; islem tutari; so tien; 金额; 金額; 交易金额; 発生金額; ご利用金額; 利用金額; 収支金額;
        сумма; сумма операции; сумма в валюте счета; ποσο; iznos; gross amount; brutto""",
    "debit": """debit; debits; debit amount; amount debit; withdrawal; withdrawals; withdrawal amount; withdrawal amt; money out; paid out; out;
        outflow; spent; spend; debit amt; amount out; charge; charges; expense; expenses; payments out; outgoing; debit value; debited amount; dr;
        dr amount; withdraw; soll; belastung; belastungen; lastschrift; ausgang; ausgaben; ausgabe; sollbetrag; debet; debit in chf; debit eur;
        montant debit; retrait; retraits; depense; sortie; debits euros; debit euros; cargo; cargos; debe; retiro; retiros; egreso; gasto; adeudo;
        dare; uscite; addebito; addebiti; debito; debitos; saida; saidas; debito valor; af; uitgaven; ut; ut fra konto; uttag; ud; ud af konto;
        utbetaling; hævet; obciazenia; wydatki; obciazenie; vydaje; terheles; keluar; debit idr; mutasi debit; pengeluaron; pengeluaran; borc;
        支出; 支出金额; 借方金额; 出金; 出金金額; お引出し; 引出し; お支払金額; расход; списание; withdrawals debits; uscita""",
    "credit": """credit; credits; credit amount; amount credit; deposit; deposits; deposit amount; deposit amt; money in; paid in; in; inflow;
        received; credit amt; amount in; income; incoming; payments in; credit value; credited amount; cr; cr amount; haben; gutschrift;
        gutschriften; eingang; einnahmen; einnahme; habenbetrag; credit in chf; credit eur; montant credit; versement; versements; recette; entree;
        credits euros; credit euros; abono; abonos; haber; deposito; depositos; ingreso; ingresos; avere; entrate; accredito; accrediti; credito;
        creditos; entrada; entradas; bij; inkomsten; inn; inn pa konto; insattning; ind; ind pa konto; innbetaling; uznania; wplywy; uznanie;
        prijmy; jovairas; masuk; kredit; kredit idr; mutasi kredit; pemasukan; setoran; alacak; 收入; 收入金额; 贷方金额; 入金; 入金金額;
        お預入れ; 預入れ; приход; зачисление; payments; deposits credits; entrata""",
    "flag": """d c; dc; debit credit; credit debit; creditdebet; credit debet; debet credit; cr dr; dr cr; af bij; bij af; soll haben; s h; h s; c d;
        cr db; db cr; direction; sens; signe; sign; in out; transaction direction; credit debit indicator; debit credit indicator; indicator;
        bevetel kiadas; debit or credit; income expense; inflow outflow; money in out; typ ma wn; 收 支; 收支; 借贷标志; d k; k d; dk""",
    "balance": """balance; running balance; runningbalance; account balance; closing balance after transaction; balance after; balance after
        transaction; available balance; ledger balance; cash balance; new balance; current balance; balance amt; balance amount; closing amount;
        saldo; kontostand; saldo na trn; saldo nach buchung; saldo nach der buchung; saldo po operacji; saldo na boeking; saldo na mutatie;
        saldo disponible; saldo contabile; saldo final; saldo actual; saldo despues; saldo apos; saldo akhir; saldo apres; solde; solde apres;
        solde comptable; zustatek; zostatok; egyenleg; saldo etter; bakiye; 余额; 余額; 残高; 差引残高; 账户余额; остаток; баланс; stav; kontosaldo;
        bokfort saldo; disponibel saldo; saldo contable; ending running balance; running bal""",
    "before": "saldo voor; saldo voor boeking; saldo voor mutatie; balance before; balance before transaction; previous balance; beginsaldo",
    "opening": "beginning balance; opening balance; starting balance; anfangssaldo; saldo awal; saldo iniziale; saldo inicial",
    "closing": "ending balance; closing balance; final balance; endsaldo; eindsaldo",
    "payee": """payee; merchant; merchant name; name; counterparty; counterparty name; counter party; payee name; beneficiary; beneficiary name; payer payee;
        empfanger; auftraggeber empfanger; zahlungsempfanger; empfanger zahlungspflichtiger; beguenstigter zahlungspflichtiger;
        begunstigter zahlungspflichtiger; name zahlungsbeteiligter; auftraggeber begunstigter; zahlungspflichtige; zahlungspflichtiger; handler;
        empfanger auftraggeber; partner; partner name; partnername; naam; naam omschrijving; naam tegenpartij; naam tegenrekening; tegenrekeninghouder;
        handelaar; tiers; beneficiaire; commerce; commercio; comercio; beneficiario; estabelecimento; nazwa odbiorcy; odbiorca; nadawca odbiorca;
        nadawca; nazev protiuctu; nazev protistrany; partner neve; kedvezmenyezett; saaja maksaja; saaja; mottaker; modtager; mottagare;
        nama; nama merchant; 交易对方; 对方户名; 商户名称; 利用店名; ご利用店名; ご利用先; 利用先; お店; контрагент; vendor; name payee; auftraggeber""",
    "text": """description; details; narrative; transaction description; transaction details; transaction; transactions; label; particulars; narration;
        text; verwendungszweck; buchungstext; umsatztext; bezeichnung; beschreibung; transaktionsbeschreibung; buchungsinformationen; zahlungszweck;
        vorgang verwendungszweck; buchungsdetails; buchungsvorgang; omschrijving; omschrijving 1; mededelingen; mededeling; vrije mededeling; libelle;
        libelle de l operation; libelle operation; libelle simplifie; intitule; description de l operation; nature de l operation; descripcion;
        concepto; detalle; movimiento; descrizione; descrizione operazione; causale; descricao; historico; lancamento; descritivo; descricao do movimento;
        opis; opis operacji; opis transakcji; tytul; tytulem; popis; zprava; zprava pro prijemce; popis operace; popis transakce; kozlemeny; megjegyzes;
        selite; beskrivelse; beskrivning; tekst; transaktion; rubrik; specifikation; spesifikasjon; meddelande; forklaring; forklarende tekst; uraian;
        keterangan; deskripsi; transaksi; uraian transaksi; aciklama; mo ta; remarque; summary; desc; description 1; transaction detail;
        transaction remarks; remarks; transaction narration; original description; reason; vwz1; 摘要; 摘要内容; 交易说明; 商品; 商品说明; 内容; お取引内容; 描述;
        описание; назначение платежа; extended details; booking text; purpose; appears on your statement as; item; dettaglio; περιγραφη""",
    "memo": """memo; note; notes; comment; comments; reference text; additional description; additional information; detail; details 2; description 2;
        description 3; transaktionsbeschreibung zusatz; toelichting; omschrijving 2; omschrijving 3; vwz2; vwz3; vwz4; zahlungsdetails;
        detail de l ecriture; commentaire; informations complementaires; observaciones; comentario; mas datos; note aggiuntive; poznamka; berita; catatan; message;
        subject; original name; item title; statement description; transaction memo; extra; notiz; informacja; 备注""",
    "currency": """currency; curr; ccy; currency code; account currency; transaction currency; wahrung; waehrung; buchungswahrung; devise; monnaie; monn;
        divisa; moneda; valuta code; valutacode; munt; muntsoort; waluta; mena; mena uctu; penznem; devizanem; tranzakcio devizaneme; moeda; valuta konto;
        valutta; mata uang; doviz; 币种; 通貨; валюта; amount currency code; iso currency; kontowahrung""",
    "fitid": """transaction id; transaction ref; transaction reference; reference number; reference no; ref no; unique id; fitid; id; txn id; tran id; uuid;
        transaction number; trace number; bank reference; reference id; operation id; transactiereferentie; volgnr; buchungsreferenz; id transakce;
        id operace; identifiant; numero transaction; n de transaction; transaction identifier; 交易号; 交易订单号; 流水号; ref; reference; id operacji; arkivreferanse""",
    "account": """account; account number; account no; account name; card number; card no; iban; iban bban; rekening; rekeningnummer; auftragskonto;
        auftraggeberkonto; iban auftraggeberkonto; iban auftragskonto; kontonummer; konto; cuenta; compte; conto; conta; numero de compte; numero de cuenta;
        cislo uctu; nazev uctu; numer rachunku; numer konta; rachunek; kredietkaart; kartennummer; szamlaszam; kontonr; kortnummer; no rekening; nomor rekening;
        product; produit; acct; card; card used for transaction; card last 4 digits; umsatz getatigt von; cardmember account; bank account name; account id""",
    "status": "status; state; transaction status; etat; estado; stato; stav transakce; 交易状态; статус; cleared; buchungsstatus; info; posting status",
    "other": """original amount; amount in original currency; foreign amount; foreign currency amount; local amount; transaction amount original;
        original currency; local currency; foreign currency; exchange rate; rate; fx rate; conversion rate; foreign spend amount; amount currency;
        betrag fremdwahrung; fremdwahrung; wechselkurs; originalbetrag; originalwahrung; umrechnungskurs; urspr betrag; ursprungsbetrag; betrag fw;
        fee; fees; amount fee; fee amount; gebuhr; gebuhren; commission; komise; poplatek; tip; tax; amount tax; vat; tax amount; fee cost;
        kosten op verrichting; frais; kurs; koers; puvodni castka a mena; converted amount; split amount; lastschrift ursprungsbetrag; auslagenersatz rucklastschrift;
        compensation amount; transfer amount; transfer amount currency; mutatiesoort; shipping and handling amount; sales tax; insurance amount; quantity;
        price; shares; shipping amount; category; categories; kategorie; categorie; categoria; kategori; subcategory; tags; labels; flag; folder;
        check; check number; cheque number; check no; cheque no; chk ref; slip; check or slip; chequenumber; checknumber; type; transaction type; bank account;
        tegenrekening; tegenrekening iban bban; gegenkonto; kontonummer iban; iban kontonummer; blz; bic; counterparty iban; cislo protiuctu; contra account;
        card member; card holder; cardholder; category group; payment method; balance currency; balance impact; sort code; routing number; bank code;
        statement period venmo fees; year to date venmo fees; country; location; city; address; mcc; merchant category; merchant category code;
        country of transaction; branch; entry type; installment; miles; points; cash back; cashback; reward; rewards; konvertierter betrag""",
}

_DROP = re.compile(
    r"[\[(]\s*(?:in )?(?:(?P<code>[A-Za-z]{3})|[-+±$€£¥₹元円]|R\$|Rp\.?|Rs\.?|zł|Kč|kr|lei|Ft)\s*[\])]|(?<=\w) (?:in|en|i) (?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK)$"
)
_CURRENCY_IN_NAME = re.compile(r"(?:[\[( ]|\bin )([A-Z]{3})[\])]?$")
ISO = frozenset(
    [
        "AED",
        "ARS",
        "AUD",
        "BDT",
        "BGN",
        "BHD",
        "BND",
        "BRL",
        "CAD",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CRC",
        "CZK",
        "DKK",
        "EGP",
        "EUR",
        "GBP",
        "GEL",
        "GHS",
        "HKD",
        "HRK",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "ISK",
        "JPY",
        "KES",
        "KRW",
        "KWD",
        "KZT",
        "LKR",
        "MAD",
        "MXN",
        "MYR",
        "NGN",
        "NOK",
        "NPR",
        "NZD",
        "OMR",
        "PEN",
        "PHP",
        "PKR",
        "PLN",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "SAR",
        "SEK",
        "SGD",
        "THB",
        "TND",
        "TRY",
        "TWD",
        "TZS",
        "UAH",
        "UGX",
        "USD",
        "UYU",
        "VND",
        "ZAR",
    ]
)


_NO_CODE = frozenset(["TAX", "TIP", "FEE", "VAT", "NET", "OUT", "OLD", "NEW", "MIN", "MAX"])


def _dropped(found: re.Match[str]) -> str:
    """A blank for a unit behind a name; `(total)` or `(tip)` say which amount it is and stay."""
    code = found["code"]
    unit = code is None or code.upper() in ISO or (code.isupper() and code not in _NO_CODE)
    return " " if unit else found[0]


@lru_cache(maxsize=4096)
def fold_words(text: str) -> str:
    """`text` for comparison: lower case, no accents, letters and digits in words parted by one blank."""
    cut = _DROP.sub(_dropped, text[: MAX_NAME * 4])
    plain = unicodedata.normalize(
        "NFKD", cut.casefold().replace("ł", "l").replace("ø", "o").replace("æ", "ae").replace("đ", "d").replace("ı", "i")
    )
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def listed(names: str) -> list[str]:
    """The folded phrases of a list with semicolons."""
    return [fold_words(n) for n in names.replace("\n", " ").split(";")]


_ROLE_OF: dict[str, Role] = {}
for _role, _names in _NAMES.items():
    for _name in listed(_names):
        _ROLE_OF.setdefault(_name, _role)

_RANK = {role: {name: i for i, name in enumerate(dict.fromkeys(listed(names)))} for role, names in _NAMES.items()}

_STEMS: tuple[tuple[Role, str], ...] = (
    (
        "other",
        r"original|foreign|fremdw|\bfx\b|exchange|\brate\b|wechselkurs|local (?:amount|currency)|puvodni|cashback|points|reward|\bfees?\b|\btax\b|\bvat\b|комісі|комисси|кешбек|кэшбэк|blokady",
    ),
    (
        "other",
        r"counter ?(?:party|account)|gegenkonto|tegenrekening|protiuct|categor|kategor|\bmcc\b|check|cheque|\biban\b.*(?:zahlung|empf|partner)",
    ),
    ("other", r"明細 ?id|入出金明細|курс"),
    ("before", r"balance before|saldo voor|beginsaldo"),
    (
        "balance",
        r"balance|saldo|solde|kontostand|zustatek|egyenleg|bakiye|残高|貸付 ?高|余额|餘額|остаток|залишок|салдо|υπολοιπο|\bstanje\b|\bsold\b|יתרה|الرصيد|잔액",
    ),
    ("amount", r"入出金|出入金"),
    ("flag", r"debit (?:or )?credit|credit (?:or )?debit|\bd ?/? ?c\b|af bij|soll haben|indicator"),
    (
        "debit",
        r"withdraw|paid out|money out|outflow|\bdebit\w*|\bsoll\b|belastung|cargos?\b|retiros?\b|uscite|addebit|saidas?\b|pengeluaran|mutasi debe\w+|出金|払出|支払い?金額|支出|提出|расход|дебит|χρεωση|בחובה|مدين|출금",
    ),
    (
        "credit",
        r"deposits?\b|paid in|money in|inflow|\bcredit\w*|\bhaben\b|gutschrift|abonos?\b|ingresos?\b|entrate|accredit|entradas?\b|pemasukan|mutasi kredit|入金|受入|預かり|預り|收入|存入|приход|кредит|πιστωση|בזכות|داين|입금",
    ),
    ("value-date", r"value date|valuta|wertstell|valeur|fecha valor|data valor"),
    ("posted", r"post(?:ed|ing)? date|process\w* date|booking date|settle\w* date"),
    (
        "date",
        r"\bdate\b|datum|\bdato\b|\bfecha\b|\bdata\b|buchungstag|tanggal|\btgl\b|日期|日付|利用日|дата|tarih|ημερομηνια|התאריך|거래일",
    ),
    (
        "currency",
        r"^(?!.*(?:kwota|сумма|сума|betrag|montant|importe|importo|castka|osszeg|金额|金額)).*(?:currency|wahrung|валют|\bdevise\b|\bmoneda\b|\bwaluta\b|币种)",
    ),
    (
        "amount",
        r"\bamount\b|betrag|montant|importe|importo|bedrag|belopp|belob|\bbelop\b|kwota|castka|osszeg|jumlah|金额|金額|сумма|сума\b|\bποσο\b|\biznos\b|\btutar\b|\bvalor\b",
    ),
    (
        "text",
        r"descri|narrat|detail|verwendungszweck|omschrijving|libelle|concepto|causale|historico|beskriv|\bopis\b|popis|keterangan|uraian|particulars|摘要|описание|опис\b|деталі|αιτιολογια|περιγραφη",
    ),
    ("payee", r"merchant|payee|empfanger|begunstigt|beneficia|\bnaam\b|\bname\b|\bnama\b"),
    ("memo", r"\bmemo\b|\bnotes?\b|comment|remark"),
)
_STEM = tuple((role, re.compile(pattern)) for role, pattern in _STEMS)


@lru_cache(maxsize=4096)
def role_of(name: str) -> tuple[Role, int] | None:
    """What a column called `name` holds and how good the name is (lower is better); None for a name not known.

    A whole known name comes before a word within a longer one (those start at 100).
    """
    if not name or len(name) > MAX_NAME:
        return None
    folded = fold_words(name)
    if found := _ROLE_OF.get(folded):
        return found, min(_RANK[found][folded], 99)
    for i, (role, pattern) in enumerate(_STEM):
        if pattern.search(folded):
            return role, 100 + i
    return None


def currency_in(name: str) -> str:
    """The ISO code a column name ends with, as `Betrag (EUR)` or `Withdrawals (SGD)` do; empty without one."""
    found = _CURRENCY_IN_NAME.search(name.strip())
    return found[1] if found and found[1] in ISO else ""
