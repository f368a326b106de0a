# ruff: noqa: E501 - each file of the table stands on its own lines
"""One synthetic file for each oddity that banks' exports have: what must be read, and what must be said.

A table: name, the file, the rows as `date amount | date amount`, the kinds of warnings (none where empty).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from analyzer.errors import StmtScanError
from tests.importers.csv.reading import listed, read, rows, transactions, warned


@dataclass(frozen=True)
class Twin:
    """A file and what must be made of it. `warns` are class names; `options` those of the user."""

    name: str
    text: str
    rows: str
    warns: tuple[str, ...] = ()
    encoding: str = "utf-8"
    options: dict[str, str] = field(default_factory=dict)
    reconciled: bool | None = None
    currency: str = ""

    def __str__(self) -> str:
        return self.name


TWINS = [
    Twin(
        "revolut-old",
        (
            "Completed Date ; Description ; Paid Out (EUR) ; Paid In (EUR) ; Exchange Out; Exchange In; Balance (EUR); Category; Notes\n"
            "Apr 7, 2018 ; Netflix ; 9.99 ; ; ; ; 90.01; general;\n"
            "Apr 6, 2018 ; Top-Up ; ; 100.00 ; ; ; 100.00; general;\n"
        ),
        "2018-04-07 -9.99|2018-04-06 100.00",
        reconciled=True,
        currency="EUR",
    ),
    Twin(
        "hsbc-noheader",
        ("31/12/2023,NETFLIX.COM,-9.99\n30/12/2023,TESCO STORES,-22.10\n"),
        "2023-12-31 -9.99|2023-12-30 -22.10",
        ("Oddity",),
    ),
    Twin(
        "alipay",
        (
            "支付宝交易记录明细查询\n"
            "账号:[x@example.com]\n"
            "起始日期:[2024-01-01 00:00:00]    终止日期:[2024-02-01 00:00:00]\n"
            "---------------------------------交易记录明细列表------------------------------------\n"
            "交易时间,交易分类,交易对方,商品说明,收/支,金额,收/付款方式,交易状态\n"
            "2024-01-05 10:11:12,餐饮美食,某某餐厅,午餐,支出,35.00,花呗,交易成功\n"
            "2024-01-06 10:11:12,退款,某某商店,退款,收入,12.50,花呗,交易成功\n"
        ),
        "2024-01-05 -35.00|2024-01-06 12.50",
        ("EncodingRepaired",),
        encoding="gb18030",
    ),
    Twin(
        "wechat",
        (
            "微信支付账单明细,,,,,,,,\n"
            "微信昵称：[x],,,,,,,,\n"
            ",,,,,,,,\n"
            "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号\n"
            '2024-01-05 10:11:12,商户消费,某某餐厅,"午餐",支出,¥35.00,零钱,支付成功,"1000"\n'
            '2024-01-06 10:11:12,微信红包,张三,"/",收入,¥12.50,/,已存入零钱,"1001"\n'
        ),
        "2024-01-05 -35.00|2024-01-06 12.50",
    ),
    Twin(
        "smbc",
        ("年月日,お引出し,お預入れ,お取り扱い内容,残高\n2024/1/5,1500,,ｶｰﾄﾞ,98500\n2024/1/9,,20000,給与,118500\n"),
        "2024-01-05 -1500|2024-01-09 20000",
        ("EncodingRepaired",),
        encoding="cp932",
        reconciled=True,
    ),
    Twin(
        "itau",
        ("data;lancamento;valor\n05/01/2024;NETFLIX;-39,90\n08/01/2024;SALARIO;1500,00\n"),
        "2024-01-05 -39.90|2024-01-08 1500.00",
        ("AmbiguousDate",),
    ),
    Twin(
        "tinkoff",
        (
            '"Дата операции";"Дата платежа";"Номер карты";"Статус";"Сумма операции";"Валюта операции";"Сумма платежа";"Валюта платежа";"Кэшбэк";"Категория";"MCC";"Описание"\n'
            '"05.01.2024 10:00:00";"06.01.2024";"*1234";"OK";"-350,00";"RUB";"-350,00";"RUB";"3,50";"Супермаркеты";"5411";"Пятёрочка"\n'
            '"07.01.2024 10:00:00";"08.01.2024";"*1234";"FAILED";"-10,00";"RUB";"-10,00";"RUB";"";"Кафе";"5814";"Кафе"\n'
        ),
        "2024-01-05 -350.00",
        ("EncodingRepaired", "RowSkipped"),
        encoding="cp1251",
        currency="RUB",
    ),
    Twin(
        "swedish-kr",
        (
            "Datum;Transaktion;Kategori;Belopp;Saldo\n"
            "2024-01-05;Netflix;Nöje;−109,00 kr;9 891,00 kr\n"
            "2024-01-06;Lön;Lön;20 000,00 kr;29 891,00 kr\n"
        ),
        "2024-01-05 -109.00|2024-01-06 20000.00",
        reconciled=True,
    ),
    Twin(
        "trailing-minus",
        ("Date,Description,Amount\n2024-01-05,A,12.34-\n2024-01-06,B,5.00\n2024-01-07,C,7.00-\n2024-01-08,D,8.00-\n"),
        "2024-01-05 -12.34|2024-01-06 5.00|2024-01-07 -7.00|2024-01-08 -8.00",
    ),
    Twin(
        "drcr-type",
        ("Date,Description,Amount,Type\n05/01/2024,Shop,12.34,DR\n26/01/2024,Salary,500.00,CR\n"),
        "2024-01-05 -12.34|2024-01-26 500.00",
    ),
    Twin(
        "balance-marks",
        ("Date,Description,Withdrawals,Deposits,Balance\n05-Jan-2024,Shop,12.34,,87.66CR\n26-Jan-2024,Salary,,500.00,587.66CR\n"),
        "2024-01-05 -12.34|2024-01-26 500.00",
        reconciled=True,
    ),
    Twin(
        "amount-marks",
        ("Date,Details,Amount\n05JAN2024,Shop,12.34\n26JAN2024,Payment,500.00 CR\n28JAN2024,Shop 2,1.00\n"),
        "2024-01-05 -12.34|2024-01-26 500.00|2024-01-28 -1.00",
    ),
    Twin(
        "credit-first",
        ("Date,Description,Credit,Debit\n31/01/2024,Shop,,12.34\n26/01/2024,Salary,500.00,\n"),
        "2024-01-31 -12.34|2024-01-26 500.00",
    ),
    Twin(
        "totals",
        ("Date,Description,Debit,Credit\n31/01/2024,Shop,12.34,\n26/01/2024,Salary,,500.00\n,Total,12.34,500.00\n"),
        "2024-01-31 -12.34|2024-01-26 500.00",
        ("RowSkipped",),
        reconciled=True,
    ),
    Twin("utf16", ("Date\tDescription\tAmount\n2024-01-05\tCafé\t-1.00\n"), "2024-01-05 -1.00", encoding="utf-16"),
    Twin("sep-line", ("sep=;\nDate;Description;Amount\n2024-01-05;A;-1.00\n2024-01-06;B;-2.50\n"), "2024-01-05 -1.00|2024-01-06 -2.50"),
    Twin(
        "nbsp",
        ("Date;Libellé;Montant\n05/01/2024;LOYER;-1\u00a0234,56\n28/01/2024;SALAIRE;2\u202f500,00\n"),
        "2024-01-05 -1234.56|2024-01-28 2500.00",
        (),
    ),
    Twin(
        "inr-dr",
        (
            "Txn Date,Narration,Amount (INR),Balance (INR)\n"
            '25/01/2024,UPI-SHOP,"1,23,456.00 Dr","10,00,000.00 Cr"\n'
            '26/01/2024,NEFT SALARY,"2,00,000.00 Cr","12,00,000.00 Cr"\n'
        ),
        "2024-01-25 -123456.00|2024-01-26 200000.00",
        reconciled=True,
        currency="INR",
    ),
    Twin("no-desc", ("Date,Amount\n2024-01-05,-1.00\n2024-01-06,-2.00\n"), "2024-01-05 -1.00|2024-01-06 -2.00"),
    Twin(
        "excel-dates", ("Date,Description,Amount\n2024-01-05 00:00:00,A,-1\n2024-01-06 00:00:00,B,-2.5\n"), "2024-01-05 -1|2024-01-06 -2.5"
    ),
    Twin(
        "card-positive",
        ("Date,Description,Amount\n01/15/2024,NETFLIX.COM,15.49\n01/16/2024,PAYMENT THANK YOU,-200.00\n01/17/2024,SHELL OIL,40.00\n"),
        "2024-01-15 -15.49|2024-01-16 200.00|2024-01-17 -40.00",
        ("AmbiguousSign",),
    ),
    Twin(
        "unsigned-said",
        ("Date,Description,Amount\n2024-01-15,NETFLIX.COM,15.49\n2024-01-17,SHELL OIL,40.00\n"),
        "2024-01-15 -15.49|2024-01-17 -40.00",
        options={"sign": "charge-positive"},
    ),
    Twin("amb-date", ("Date,Description,Amount\n03/04/2024,NETFLIX.COM,-15.49\n"), "2024-04-03 -15.49", ("AmbiguousDate",)),
    Twin("amb-date-said", ("Date,Description,Amount\n03/04/2024,NETFLIX.COM,-15.49\n"), "2024-03-04 -15.49", options={"date_order": "mdy"}),
    Twin("euro", ("Datum;Text;Betrag\n05.01.2024;MIETE;-1.234,56\n12.01.2024;STROM;-50,00\n"), "2024-01-05 -1234.56|2024-01-12 -50.00"),
    Twin(
        "na-payees",
        (
            "Date,Description,Amount\n"
            "2024-01-05,NA,-1.00\n"
            "2024-01-06,NULL,-2.00\n"
            "2024-01-07,None,-3.00\n"
            "2024-01-08,nan,-4.00\n"
            "2024-01-09,TRUE,-5.00\n"
        ),
        "2024-01-05 -1.00|2024-01-06 -2.00|2024-01-07 -3.00|2024-01-08 -4.00|2024-01-09 -5.00",
    ),
    Twin(
        "styles",
        ("Date,Description,Amount\n2024-01-05,A,(5.00)\n2024-01-06,B,5.00-\n2024-01-07,C,-5.00\n2024-01-08,D,6.00\n"),
        "2024-01-05 -5.00|2024-01-06 -5.00|2024-01-07 -5.00|2024-01-08 6.00",
    ),
    Twin(
        "mixed-currency",
        ("Date,Description,Amount\n2024-01-05,A,£-5.00\n2024-01-06,B,€-6.00\n"),
        "2024-01-05 -5.00|2024-01-06 -6.00",
        ("Oddity",),
        currency="GBP",
    ),
    Twin(
        "id-precision",
        ("Date,Description,Amount,Reference\n2024-01-05,A,-5.00,1234567890123456789\n2024-01-06,B,-5.00,1234567890123456788\n"),
        "2024-01-05 -5.00|2024-01-06 -5.00",
    ),
    Twin("inch", ('Date,Description,Amount\n2024-01-05,PIZZA 12" LARGE,-1.00\n2024-01-06,B,-2.00\n'), "2024-01-05 -1.00|2024-01-06 -2.00"),
    Twin(
        "comma-number-desc",
        ("Date,Description,Amount\n2024-01-05,SHOP,-10.00\n2024-01-06,SMITH, 12,-50.00\n2024-01-07,X,-3.00\n"),
        "2024-01-05 -10.00|2024-01-07 -3.00",
        ("Oddity", "RowRejected"),
    ),
    Twin(
        "caret",
        ("Date^Description^Amount\n2024-01-05^A, B^-1.00\n2024-01-06^C^-2.00\n2024-01-07^D^-3.00\n"),
        "2024-01-05 -1.00|2024-01-06 -2.00|2024-01-07 -3.00",
    ),
    Twin(
        "discover-ish generic",
        (
            "Trans Date,Posted,Description,Amt,Cat\n"
            "01/15/2024,01/16/2024,NETFLIX,15.49,Merchandise\n"
            "01/20/2024,01/21/2024,SHELL,30.00,Gasoline\n"
        ),
        "2024-01-15 -15.49|2024-01-20 -30.00",
        ("AmbiguousSign",),
    ),
    Twin(
        "sale-type",
        ("Date,Description,Type,Amount\n01/15/2024,NETFLIX,Sale,15.49\n01/20/2024,AUTOPAY,Payment,30.00\n"),
        "2024-01-15 -15.49|2024-01-20 30.00",
    ),
    Twin(
        "balance-decides",
        (
            "Date,Description,Amount,Balance\n"
            "2024-01-05,A,10.00,90.00\n"
            "2024-01-06,B,30.00,120.00\n"
            "2024-01-07,C,20.00,100.00\n"
            "2024-01-08,D,5.00,95.00\n"
        ),
        "2024-01-06 30.00|2024-01-07 -20.00|2024-01-08 -5.00",
        ("RowRejected",),
        reconciled=True,
    ),
    Twin(
        "newest-first bal",
        ("Date,Description,Amount,Balance\n2024-01-08,D,-5.00,95.00\n2024-01-07,C,-20.00,100.00\n2024-01-06,B,30.00,120.00\n"),
        "2024-01-08 -5.00|2024-01-07 -20.00|2024-01-06 30.00",
        reconciled=True,
    ),
    Twin(
        "finnish",
        (
            "Kirjauspäivä;Arvopäivä;Määrä  EUROA;Laji;Selitys;Saaja/Maksaja;Viesti\n"
            "2.1.2024;2.1.2024;-12,50;162;PKORTTIMAKSU;K-MARKET;ostos\n"
            "15.1.2024;15.1.2024;1200,00;588;VIITESIIRTO;FIRMA OY;palkka\n"
        ),
        "2024-01-02 -12.50|2024-01-15 1200.00",
        ("AmbiguousSign",),
    ),
    Twin("unknown language", ("Veebr;Kirjeldus;Sümma\n2024-01-05;A;-1,00\n2024-01-06;B;-2,50\n"), "2024-01-05 -1.00|2024-01-06 -2.50"),
    Twin(
        "idr",
        ("Tanggal;Keterangan;Jumlah (IDR)\n05/01/2024;TOKOPEDIA;-150.000\n28/01/2024;GAJI;5.000.000\n"),
        "2024-01-05 -150000|2024-01-28 5000000",
        (),
        currency="IDR",
    ),
    Twin(
        "fx columns",
        (
            "Date,Description,Foreign Amount,Foreign Currency,Exchange Rate,Amount\n"
            "2024-01-25,AMAZON US,-39.99,USD,1.25,-31.99\n"
            "2024-01-26,LOCAL SHOP,,,,-5.00\n"
        ),
        "2024-01-25 -31.99|2024-01-26 -5.00",
    ),
    Twin(
        "fees",
        ("Date,Description,Amount,Fee,Balance\n2024-01-25,A,-10.00,0.00,90.00\n2024-01-26,B,-5.00,0.00,85.00\n"),
        "2024-01-25 -10.00|2024-01-26 -5.00",
        reconciled=True,
    ),
    Twin(
        "footer text",
        ("Date,Description,Amount\n2024-01-25,A,-10.00\n2024-01-26,B,-5.00\nEnd of report\nGenerated on 2024-02-01\n"),
        "2024-01-25 -10.00|2024-01-26 -5.00",
        ("RowSkipped",),
    ),
    Twin("header only", ("Date,Description,Amount\n"), "", ("Oddity",)),
    Twin(
        "two accounts",
        ("Account,Date,Description,Amount\n1111222233,2024-01-05,A,-1.00\n4444555566,2024-01-05,B,-2.00\n"),
        "2024-01-05 -1.00|2024-01-05 -2.00",
    ),
    Twin(
        "tl-lira",
        ("Tarih;Açıklama;Tutar;Bakiye\n05.01.2024;MARKET;-150,75 TL;1.849,25 TL\n06.01.2024;MAAŞ;10.000,00 TL;11.849,25 TL\n"),
        "2024-01-05 -150.75|2024-01-06 10000.00",
        ("EncodingRepaired",),
        encoding="cp1254",
        reconciled=True,
        currency="TRY",
    ),
    Twin(
        "pt-br",
        (
            "Data;Histórico;Docto.;Crédito (R$);Débito (R$);Saldo (R$)\n"
            "05/01/2024;SALDO ANTERIOR;;;;1.000,00\n"
            "08/01/2024;PIX ENVIADO;123;;50,00;950,00\n"
            "20/01/2024;PIX RECEBIDO;124;100,00;;1.050,00\n"
            "Total;;;100,00;50,00;1.050,00\n"
        ),
        "2024-01-08 -50.00|2024-01-20 100.00",
        ("EncodingRepaired", "RowSkipped"),
        encoding="cp1252",
        reconciled=True,
    ),
    Twin(
        "it",
        ("Data Contabile;Data Valuta;Dare;Avere;Descrizione\n15/01/2024;15/01/2024;12,00;;POS\n20/01/2024;20/01/2024;;100,00;BONIFICO\n"),
        "2024-01-15 -12.00|2024-01-20 100.00",
    ),
    Twin(
        "es-minus",
        ("Fecha;Concepto;Importe;Saldo\n15-01-2024;COMPRA;-12,00 €;88,00 €\n20-01-2024;NOMINA;100,00 €;188,00 €\n"),
        "2024-01-15 -12.00|2024-01-20 100.00",
        reconciled=True,
        currency="EUR",
    ),
    Twin(
        "weekday",
        ('Date,Description,Amount\n"Mon, 15 Jan 2024",A,-1.00\n"Tue, 16 Jan 2024",B,-2.00\n'),
        "2024-01-15 -1.00|2024-01-16 -2.00",
    ),
    Twin(
        "split date order by value",
        ("Date,Value Date,Description,Amount\n03/04/2024,03/04/2024,A,-1.00\n05/04/2024,25/04/2024,B,-2.00\n"),
        "2024-04-03 -1.00|2024-04-05 -2.00",
    ),
    Twin(
        "eu-card-soll",
        ("Datum;Text;Betrag;S/H\n05.01.2024;Shop;12,50;S\n06.01.2024;Erstattung;3,00;H\n"),
        "2024-01-05 -12.50|2024-01-06 3.00",
    ),
    Twin(
        "plusminus flag", ("Date;Description;+/-;Amount\n2024-01-05;A;-;12,50\n2024-01-06;B;+;3,00\n"), "2024-01-05 -12.50|2024-01-06 3.00"
    ),
]

REFUSED = [
    (
        "totals-bad",
        ("Date,Description,Debit,Credit\n31/01/2024,Shop,12.34,\n26/01/2024,Salary,,500.00\n,Total,22.34,500.00\n"),
        "MalformedStatement",
        "line 4: printed total 22.34, rows add up to 487.66: use --profile, or download it again",
    ),
    (
        "unsigned-nothing",
        ("Date,Description,Amount\n2024-01-15,NETFLIX.COM,15.49\n2024-01-17,SHELL OIL,40.00\n"),
        "AmbiguousFormat",
        "amounts have no sign, and nothing says which way they go: say it with --sign charge-positive or --sign charge-negative",
    ),
    (
        "mixed-order",
        ("Date,Description,Amount\n13/04/2024,A,-1.00\n04/13/2024,B,-2.00\n"),
        "MalformedStatement",
        "the dates are written in two orders (13/04/2024 and 04/13/2024): say which with --date-order",
    ),
    (
        "quote-eats",
        ('Date,Description,Amount\n2024-01-05,"A,-1.00\n2024-01-06,B,-2.00\n2024-01-07,C",-3.00\n2024-01-08,D,-4.00\n2024-01-09,E,-5.00\n'),
        "MalformedStatement",
        "line 2: a quote is opened here and swallows the rows behind it: close or remove the quote, or download it again",
    ),
    (
        "decimal-comma-unquoted",
        ("Date,Description,Amount\n2024-01-05,RENT,-1,50\n2024-01-06,FOOD,-2,25\n"),
        "MalformedStatement",
        "none of 2 row(s) can be read; line 2: more fields than column names; a separator inside a field is not quoted; row left out: use --profile, or --encoding",
    ),
]

MORE = [
    Twin(
        "dirty-flag",
        "05.01.2024;A;33,87;O\n06.01.2024;B;2,00;I\n07.01.2024;C;3,00;O\n08.01.2024;D;3,00;O\n09.01.2024;E;3,00;O\n10.01.2024;F;4,00;O\n11.01.2024;G;9,00;EUR\n",
        "2024-01-05 -33.87 | 2024-01-06 2 | 2024-01-07 -3 | 2024-01-08 -3 | 2024-01-09 -3 | 2024-01-10 -4",
        ("Oddity", "RowRejected"),
    ),
    Twin(
        "dated-opening-balance",
        "Date,Memo,Value\n31/12/2023,Saldo Anterior,100.00\n02/01/2024,SHOP,-10.00\n15/01/2024,CAFE,-2.00\n",
        "2024-01-02 -10 | 2024-01-15 -2",
        ("RowSkipped",),
    ),
    Twin(
        "shop-called-new-balance",
        "Date,Description,Amount\n2024-01-02,NEW BALANCE,-80.00\n2024-01-15,TOTAL,-2.00\n2024-01-16,CLOSING TIME PUB,-3.00\n",
        "2024-01-02 -80 | 2024-01-15 -2 | 2024-01-16 -3",
    ),
    Twin(
        "pending-dates",
        "Date,Description,Amount,\nPending,CAFE,£7.40,\n12-Dec-2023,SHOP,£18.89,\n11-Dec-2023,PAYMENT RECEIVED - THANK YOU,+ £100.00,CR\n",
        "2023-12-12 -18.89 | 2023-12-11 100",
        ("RowSkipped",),
        currency="GBP",
    ),
    Twin(
        "opening-and-closing-columns",
        "User,ID,Datetime,Note,Amount (total),Beginning Balance,Ending Balance\nme,,,,,$10.00,\n,1,2024-01-01T13:00:00,a,- $3.00,,\n,2,2024-01-02T13:00:00,b,+ $5.00,,\n,,,,,,$12.00\n",
        "2024-01-01 -3 | 2024-01-02 5",
        ("RowSkipped", "AmbiguousSign"),
        reconciled=True,
    ),
    Twin(
        "sign-against-flag",
        "2024/01/05,DEBIT,A,30.00\n2024/01/06,DEBIT,B,4.00\n2024/01/07,CREDIT,C,-500.00\n",
        "2024-01-05 -30 | 2024-01-06 -4 | 2024-01-07 500",
        ("Oddity",),
    ),
    Twin(
        "one-flag-against-sign",
        "DEBIT,2024/01/05,A,-30.00\nDEBIT,2024/01/06,B,-4.00\nCREDIT,2024/01/07,C,500.00\nDEBIT,2024/01/09,D,-1.00\nCREDIT,2024/01/08,E,-5.00\n",
        "2024-01-05 -30 | 2024-01-06 -4 | 2024-01-07 500 | 2024-01-09 -1 | 2024-01-08 -5",
        ("Oddity", "AmbiguousSign"),
    ),
    Twin(
        "balance-before",
        "01-02-2024,EUR,100.00,EUR,-10.00,A SHOP\n15-02-2024,EUR,90.00,EUR,25.00,B SHOP\n16-02-2024,EUR,115.00,EUR,-5.00,C SHOP\n",
        "2024-02-01 -10 | 2024-02-15 25 | 2024-02-16 -5",
        ("Oddity",),
        reconciled=True,
        currency="EUR",
    ),
    Twin(
        "constant-balance",
        "01/19/2024,DINER,8.19,,1000.00\n02/18/2024,DINER,8.55,,1000.00\n03/25/2024,DINER,9.14,,1000.00\n",
        "2024-01-19 -8.19 | 2024-02-18 -8.55 | 2024-03-25 -9.14",
        ("Oddity", "AmbiguousSign", "Unproven"),
    ),
    Twin(
        "zeros-for-blanks",
        "01/19/2024,0,Deposit,0,500.00,500.00\n02/18/2024,101,Check,100.00,0,400.00\n03/25/2024,102,Check,100.00,0,300.00\n",
        "2024-01-19 500 | 2024-02-18 -100 | 2024-03-25 -100",
        ("Oddity",),
        reconciled=True,
    ),
    Twin(
        "corrections-in-columns",
        "Date,Label,Debit,Credit\n2024-01-05,a,0.00,20.00\n2024-01-06,b,0.00,-13.50\n2024-01-07,c,-33.50,0.00\n2024-01-08,d,1500.00,0.00\n",
        "2024-01-05 20 | 2024-01-06 -13.5 | 2024-01-07 33.5 | 2024-01-08 -1500",
    ),
    Twin("negative-debits", "Date,Label,Debit,Credit\n2024-01-05,a,-20.00,\n2024-01-06,b,,13.50\n", "2024-01-05 -20 | 2024-01-06 13.5"),
    Twin(
        "text-runs-over-the-names",
        "Datum;Betrag;Buchungstext;Umsatztext\n2024-01-05;-1,50;Kauf;A\n2024-01-06;-2,50;Kauf;B;mehr Text;und mehr\n",
        "2024-01-05 -1.5 | 2024-01-06 -2.5",
        ("Oddity",),
    ),
    Twin("zero-amounts-kept", "Date,Description,Amount\n2024-01-05,NOTICE,0.00\n2024-01-06,SHOP,-1.00\n", "2024-01-05 0 | 2024-01-06 -1"),
    Twin(
        "names-twice",
        "Date,Description,Amount\n2024-01-05,A,-1.00\nDate,Description,Amount\n2024-01-06,B,-2.00\n",
        "2024-01-05 -1 | 2024-01-06 -2",
        ("RowSkipped",),
    ),
    Twin(
        "pending-section",
        "Date,Description,Amount\nPending transactions,,\n2024-01-07,C,-3.00\nPosted transactions,,\n2024-01-05,A,-1.00\n",
        "2024-01-07 -3 | 2024-01-05 -1",
        ("Oddity", "RowSkipped"),
    ),
    Twin(
        "amount-in-the-account-currency",
        "Date,Description,Amount,Currency,Amount in EUR\n2024-01-05,A SHOP,-10.00,USD,-9.20\n2024-01-06,B SHOP,-5.00,EUR,-5.00\n",
        "2024-01-05 -9.2 | 2024-01-06 -5",
        currency="EUR",
    ),
    Twin("old-mac-line-ends", "Date,Description,Amount\r2024-01-05,A,-1.00\r2024-01-06,B,-2.00\r", "2024-01-05 -1 | 2024-01-06 -2"),
    Twin(
        "card-with-spending-kinds",
        "Transaction Date,Description,Amount,Category\n07/26/2024,CAR WASH,$27.00,Automotive\n",
        "2024-07-26 -27",
        ("AmbiguousSign",),
    ),
    Twin("padded", "27 Feb 2024,UMC-, 7.80, ,TAM KIOSK 22FEB,,\n", "2024-02-27 -7.8", ("Oddity", "AmbiguousSign")),
    Twin(
        "six-digit-days", "Date,Description,Amount\n240115,A,-1.00\n240131,B,-2.00\n", "2024-01-15 -1 | 2024-01-31 -2", ("AmbiguousDate",)
    ),
    Twin("year-month-day-points", "Date,Partner,Amount\n2024.01.15.,A,-350\n2024.01.16.,B,-1290\n", "2024-01-15 -350 | 2024-01-16 -1290"),
    Twin(
        "balance-proves",
        "Date,Description,Amount,Balance\n2024-01-15,A,-350.00,650.00\n2024-01-16,B,-50.00,600.00\n",
        "2024-01-15 -350 | 2024-01-16 -50",
        reconciled=True,
    ),
    Twin(
        "balance-breaks",
        "Date,Description,Amount,Balance\n2024-01-15,A,-350.00,650.00\n2024-01-16,B,-50.00,600.00\n2024-01-17,C,-1.00,599.00\n2024-01-18,D,-1.00,498.00\n2024-01-19,E,-1.00,497.00\n",
        "2024-01-15 -350 | 2024-01-16 -50 | 2024-01-17 -1 | 2024-01-18 -1 | 2024-01-19 -1",
        ("BalanceMismatch",),
        reconciled=False,
    ),
    Twin("amounts-three-decimals", "Date,Description,Amount,Balance\n2024-01-15,A,-1.234,98.77\n", "2024-01-15 -1.234", ("Oddity",)),
]


@pytest.mark.parametrize("twin", TWINS + MORE, ids=str)
def test_read_exactly(twin: Twin) -> None:
    found = read(twin.text.encode(twin.encoding), **twin.options)
    assert sorted(rows(found)) == sorted(listed(twin.rows))
    assert {type(w).__name__ for w in warned(found)} == set(twin.warns), [str(w) for w in warned(found)]
    assert found[0].reconciled is twin.reconciled
    if twin.currency:
        assert found[0].currency == twin.currency


@pytest.mark.parametrize(("name", "text", "error", "message"), REFUSED, ids=[r[0] for r in REFUSED])
def test_refused_with_what_to_do(name: str, text: str, error: str, message: str) -> None:
    with pytest.raises(StmtScanError) as refused:
        read(text)
    assert type(refused.value).__name__ == error
    assert str(refused.value) == message


def test_a_separator_inside_a_number_is_never_read_as_a_shorter_number() -> None:
    found = read("Date,Description,Amount\n2024-01-05,RENT,-1,50\n2024-01-06,FOOD,-2.25\n2024-01-07,TEA,-3.00\n")
    assert rows(found) == listed("2024-01-06 -2.25 | 2024-01-07 -3")
    assert found[0].rejected == 1


def test_lines_of_one_transaction_are_joined() -> None:
    found = read(
        "Date,Description,Paid out,Paid in\n2024-01-05,CARD PURCHASE,1.00,\n,TERMINAL 42 LONDON,,\n2024-01-06,CARD PURCHASE,2.00,\n,CAFE PARIS,,\n"
    )
    assert [t.descriptor for t in transactions(found)] == ["CARD PURCHASE TERMINAL 42 LONDON", "CARD PURCHASE CAFE PARIS"]
    assert found[0].skipped == 2


def test_pending_rows_are_marked() -> None:
    found = read("Date,Description,Status,Amount\n2024-01-05,A,Completed,-1.00\n2024-01-06,B,Pending,-2.00\n2024-01-07,C,Declined,-3.00\n")
    assert [(t.descriptor, t.status) for t in transactions(found)] == [("A", "posted"), ("B", "pending")]
    assert (found[0].rejected, found[0].skipped) == (0, 1)


def test_accounts_become_statements() -> None:
    found = read("Account,Date,Description,Amount\n00112233,2024-01-05,A,-1.00\n00445566,2024-01-05,B,-2.00\n00112233,2024-01-06,C,-3.00\n")
    assert [(s.account, len(s)) for s in found] == [("...2233", 2), ("...5566", 1)]
    assert len({s.account_key for s in found}) == 2


def test_accounts_that_only_have_names_stay_apart() -> None:
    found = read("Account,Date,Description,Amount\nSavings,2024-01-05,A,-1.00\nEveryday,2024-01-05,B,-2.00\n")
    assert [s.account for s in found] == ["unknown", "unknown"]
    assert len({s.account_key for s in found}) == 2


def test_currencies_stand_beside_their_rows() -> None:
    found = read("Date,Description,Amount,Currency\n2024-01-05,A,-1.00,USD\n2024-01-06,B,-200,JPY\n")
    assert [(t.currency, t.minor) for t in transactions(found)] == [("USD", -100), ("JPY", -200)]


def test_no_account_number_leaves_the_importer() -> None:
    digits = "40000012345678"
    found = read(f"Account number: {digits}\nDate,Description,Amount\n2024-01-05,FROM {digits},-1.00\n")
    assert found[0].account == "...5678"
    assert digits not in repr(found[0]) + found[0].frame.to_csv()


@pytest.mark.parametrize(
    ("printed", "label", "whole"), [("4242", "...4242", False), ("**** 4242", "...4242", False), ("00112233", "...2233", True)]
)
def test_only_a_whole_number_tells_accounts_apart(printed: str, label: str, whole: bool) -> None:
    (found,) = read(f"Account,Date,Description,Amount\n{printed},2024-01-05,A,-1.00\n{printed},2024-01-06,B,-2.00\n")
    assert found.account == label
    assert bool(found.account_key) is whole
