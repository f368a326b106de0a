"""What banks print before the merchant: the means of payment and the kind of booking, in the languages of the statements we read.

Such words say how a charge was made, not by whom. Left in place they would make one merchant of all that a bank cuts off behind them.
"""

from __future__ import annotations

import re

_WORDS = (
    # English: the till, the card, the order to pay
    r"POS(?: DEBIT| PURCHASE| TRANSACTION)?|POINT OF SALE(?: PURCHASE)?|EFTPOS(?: PURCHASE| DEBIT)?|"
    r"DEBIT (?:CARD )?(?:PURCHASE|PAYMENT|TRANSACTION)|(?:CREDIT )?CARD (?:PURCHASE|TRANSACTION|PAYMENT(?: TO)?)|CHECK ?CARD(?: PURCHASE)?|"
    r"CONTACTLESS(?: PAYMENT| PURCHASE)?|PURCHASE(?: AUTHORIZED ON| AT)?|"
    r"(?:VISA|MASTERCARD|MAESTRO)(?: DEBIT)?(?: CARD)?(?: PURCHASE| POS)?|"
    r"VIS|RECURRING(?: CARD)?(?: PAYMENT| PURCHASE)?|DDA PURCHASE|INTERAC PURCHASE|PRE-?AUTHORI[SZ]ED (?:DEBIT|PAYMENT)|"
    r"BILL PAYMENT(?: TO)?|"
    r"DIRECT DEBIT(?: TO)?|STANDING ORDER(?: TO)?|DEBIT ORDER|DD|ECOM|ACH(?: DEBIT)?|APLPAY|APPLE PAY|GPAY|SAMSUNG PAY|"
    r"REFUND(?: FROM)?|REVERSAL(?: OF)?|CREDIT VOUCHER|RETURN|"
    # German, Austrian, Swiss
    r"KARTENZAHLUNG|(?:SEPA[ -]?)?(?:BASIS|FOLGE|ERST|FIRMEN)?-?LASTSCHRIFT|SEPA(?: DIRECT DEBIT)?|GIROCARD|DAUERAUFTRAG|"
    r"EINKAUF|LSV|ERSTATTUNG|"
    # French
    r"(?:PAIEMENT|ACHAT|FACTURE)(?: PAR)?(?: CARTE| CB)?|CARTE|CB|(?:PRLV|PRELEVEMENT)(?: SEPA)?|"
    # Dutch
    r"BETAALAUTOMAAT|BETAALPAS|(?:SEPA |EURO)?INCASSO(?: ALGEMEEN DOORLOPEND)?|"
    # Spanish, Portuguese, Italian
    r"(?:COMPRA|PAGO|CARGO)(?: EN| CON)?(?: TARJ(?:ETA)?)?|RECIBO|ADEUDO|TARJ(?:ETA)?|CARTAO|DEBITO (?:AUTOMATICO|DIRETO|DIRECTO)|"
    r"PAGAMENTO(?: POS| CARTA)?|ACQUISTO|ADDEBITO(?: SDD| DIRETTO)?|"
    # Polish, Czech, Hungarian, Nordic
    r"ZAKUP(?: KARTA)?|(?:PLATNOSC|TRANSAKCJA)(?: KARTA)?|POLECENIE ZAPLATY|NAKUP|PLATBA(?: KARTOU)?|INKASO|VASARLAS|KORTTIOSTO|"
    r"KORT(?:KOP|KJOP|KOB|BETALNING)|VAREK(?:OB|JOP)|AUTOGIRO|AVTALEGIRO|BETALINGSSERVICE|DANKORT(?:-NOTA)?|"
    # Indonesian, Malay
    r"TRANSAKSI(?: DEBIT| KARTU)?|PEMBELIAN|QRIS|EDC|PENGEMBALIAN(?: DANA)?"
)
WORDS = rf"(?:{_WORDS})"
"""One prefix, without look-around, in capitals without accents."""
PREFIX = re.compile(rf"^(?:{WORDS}(?=[ :.,*-])|GOOGLE PAY(?= )|BEA(?=,))[ :.,-]*(?=\S)")
"""A prefix at the beginning of a text that goes on."""
