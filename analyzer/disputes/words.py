"""Dates, months and the short labels of tables, charts and pages, in English and Indonesian; no locale is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_MONTHS = {
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "id": ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"],
}
_SHORT = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "id": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
}
_COUNTRY_ID = {
    "the United States": "Amerika Serikat",
    "the United Kingdom": "Inggris Raya",
    "the European Union": "Uni Eropa",
    "Singapore": "Singapura",
    "Canada": "Kanada",
}
_CITED_ID = {
    "term of a card issuer, no law": "ketentuan penerbit kartu, bukan undang-undang",
    "banks' chargeback practice": "kebiasaan bank tentang chargeback",
}
_LABELS: dict[str, tuple[str, str]] = {
    "account": ("card or account ending", "kartu atau rekening berakhiran"),
    "after": ("since the first disputed charge", "sejak tagihan pertama yang disanggah"),
    "answer": ("answer", "jawaban"),
    "question": ("question", "pertanyaan"),
    "total": ("in dispute", "disanggah"),
    "hashes_short": (
        "The full SHA-256 of every file stands in charges.csv and packet.json.",
        "SHA-256 lengkap setiap berkas ada di charges.csv dan packet.json.",
    ),
    "as_read": ("as read", "sebagaimana dibaca"),
    "amount": ("amount", "jumlah"),
    "answers": ("What the holder answered", "Jawaban pemegang kartu"),
    "bar_law": ("time limit for the holder", "batas pemegang kartu"),
    "bar_network": ("window of the card network", "batas jaringan kartu"),
    "before_title": ("Before and after: {family}", "Sebelum dan sesudah: {family}"),
    "before_note": (
        "What else was bought from this company is counted, not listed.",
        "Pembelian lain dari perusahaan ini hanya dihitung, tidak dirinci.",
    ),
    "call": ("call", "telepon"),
    "report": ("told the issuer", "melapor ke penerbit kartu"),
    "notice": ("notice", "pemberitahuan"),
    "cancellation": ("cancelled", "dibatalkan"),
    "merchant": ("asked the merchant", "menghubungi pedagang"),
    "refund": ("refund", "pengembalian dana"),
    "refund-promised": ("refund promised", "pengembalian dijanjikan"),
    "charge": ("charge", "tagihan"),
    "charge_disputed": ("1 charge in dispute", "1 tagihan disanggah"),
    "charges_disputed": ("{n} charges in dispute", "{n} tagihan disanggah"),
    "charges": ("The charges", "Daftar tagihan"),
    "charges_month": ("disputed, {currency}", "disanggah, {currency}"),
    "complete": ("complete", "lengkap"),
    "credited": ("credited", "dikembalikan"),
    "purchases_short": ("other charges", "tagihan lain"),
    "date": ("date", "tanggal"),
    "days_left": ("{n} days left", "sisa {n} hari"),
    "day_left": ("1 day left", "sisa 1 hari"),
    "last_day": ("last day is today", "hari terakhir"),
    "deadline": ("dispute by", "batas sanggah"),
    "own_limit": ("holder's limit", "batas pemegang"),
    "network_window": ("network window", "batas jaringan"),
    "clock_own": ("Holder's limit: {limit} from {counted} ({named}).", "Batas pemegang: {limit} dari {counted} ({named})."),
    "clock_network": (
        "Network window: {limit} from {counted} ({named}); within it the issuer can charge it back to the merchant.",
        "Batas jaringan: {limit} dari {counted} ({named}); selama itu penerbit dapat menagihkannya kembali kepada pedagang.",
    ),
    "clock_none": (
        "Holder's limit: none is known here for this situation; ask the issuer for its own.",
        "Batas pemegang: tidak diketahui untuk keadaan ini; tanyakan kepada penerbit kartu.",
    ),
    "clock_earliest": (
        "Dispute by: the earliest of these days that is still open.",
        "Batas sanggah: hari paling awal yang masih terbuka.",
    ),
    "counted_statement": ("the statement that first carries the charge", "lembar tagihan pertama yang memuatnya"),
    "counted_statement_assumed": (
        "the charge itself, because the date of its statement is not known",
        "tanggal tagihan itu sendiri, karena tanggal cetaknya tidak diketahui",
    ),
    "counted_charge": ("the charge", "tanggal tagihan"),
    "counted_message": ("the bank's message about the charge", "pesan bank tentang transaksi"),
    "counted_message_assumed": (
        "the day of booking, because the day of the bank's message is not known",
        "tanggal buku, karena tanggal pesan bank tidak diketahui",
    ),
    "counted_refund-note": ("the merchant's refund note", "nota pengembalian dari pedagang"),
    "counted_refund-note_assumed": (
        "the charge itself, because the date of the refund note is not known",
        "tanggal tagihan itu sendiri, karena tanggal nota pengembalian tidak diketahui",
    ),
    "deadlines": ("Time limits", "Batas waktu"),
    "later": ("later", "kemudian"),
    "each_above": ("see the charges", "lihat daftar"),
    "hashes_exhibits": (
        "The full SHA-256 stands with each exhibit, in charges.csv and in packet.json.",
        "SHA-256 lengkap ada pada setiap bukti, di charges.csv, dan di packet.json.",
    ),
    "coded": (
        "A character this typeface lacks is written as its code (\\u and four digits); letter.txt has the text itself.",
        "Huruf yang tidak ada pada jenis huruf ini ditulis sebagai kode (\\u dan empat angka); teks aslinya ada di letter.txt.",
    ),
    "descriptor": ("text on the statement", "teks pada lembar tagihan"),
    "disputed": ("disputed", "disanggah"),
    "draft": ("DRAFT - not complete, do not send yet", "DRAF - belum lengkap, jangan dikirim"),
    "draft_mark": ("DRAFT", "DRAF"),
    "event": ("event", "peristiwa"),
    "exhibit": ("Exhibit", "Bukti"),
    "exhibits": ("Exhibits: the statements", "Bukti: lembar tagihan"),
    "exhibit_masked": (
        "Copy of the page as a picture. The disputed lines are boxed; everything else is covered and not in this file.",
        "Salinan halaman sebagai gambar. Baris yang disanggah diberi kotak; selebihnya ditutup dan tidak ada di berkas ini.",
    ),
    "exhibit_full": (
        "Copy of the page as a picture. The disputed lines are boxed; long numbers are covered.",
        "Salinan halaman sebagai gambar. Baris yang disanggah diberi kotak; nomor panjang ditutup.",
    ),
    "exhibit_rows": (
        "Rows as the file holds them, with line numbers. Long numbers are cut to four digits.",
        "Baris sebagaimana tertulis di berkas, dengan nomor baris. Nomor panjang dipotong menjadi empat angka.",
    ),
    "file": ("file", "berkas"),
    "first": ("first", "pertama"),
    "history": ("What happened when", "Urutan kejadian"),
    "letter": ("Letter", "Surat"),
    "line": ("line", "baris"),
    "lines": ("lines {what}", "baris {what}"),
    "missing": ("Still missing", "Yang masih kurang"),
    "month": ("month", "bulan"),
    "no": ("no", "tidak"),
    "no_statement": ("no statement", "tidak ada lembar tagihan"),
    "note_place": (
        "The card is taken to be issued in {0}, because its currency is {1}.",
        "Kartu dianggap diterbitkan di {0}, karena mata uangnya {1}.",
    ),
    "note_no_law": (
        "No law is known here for a card in {0}: only the card networks' windows are shown.",
        "Hukum untuk kartu dalam {0} tidak diketahui di sini: hanya batas jaringan kartu yang ditunjukkan.",
    ),
    "note_debit": (
        "The card is taken to be a debit card, because the statement is one of a bank account.",
        "Kartu dianggap kartu debit, karena lembar tagihannya milik rekening bank.",
    ),
    "note_credit": (
        "The card is taken to be a credit card; the statement does not say.",
        "Kartu dianggap kartu kredit; lembar tagihan tidak menyebutkannya.",
    ),
    "note_no_statement_date": (
        "The date of the statement is not known for every charge; those deadlines count from the charge itself, the earliest it can be.",
        "Tanggal cetak tidak diketahui untuk setiap tagihan; batasnya dihitung dari tanggal tagihan itu sendiri.",
    ),
    "note_period_end": (
        "The end of the statement's period is taken as its date; if the printed statement has an earlier date, count from that.",
        "Akhir periode dianggap tanggal cetak; bila tanggal cetak lebih awal, hitunglah dari tanggal itu.",
    ),
    "note_message": (
        "The day of the bank's message about a charge is not on a statement: if it came before the day of booking, count from the message.",
        "Tanggal pesan bank tentang transaksi tidak ada di lembar tagihan; bila pesan itu lebih awal, hitunglah dari tanggal pesan.",
    ),
    "note_business": (
        "Business days are counted Monday to Friday, without public holidays.",
        "Hari kerja dihitung Senin sampai Jumat, tanpa hari libur nasional.",
    ),
    "note_unverified": (
        "The limit of {0} ({1}) is not fully verified: ask the issuer for its own.",
        "Batas {0} ({1}) belum terverifikasi sepenuhnya: tanyakan batas penerbit kartu.",
    ),
    "note_network": (
        "The card's network is not known; the shortest window of the networks is shown.",
        "Jaringan kartu tidak diketahui; batas terpendek yang ditunjukkan.",
    ),
    "note_none": (
        "No verified time limit is known here for this situation ({0}): ask the issuer today.",
        "Batas waktu untuk keadaan ini ({0}) tidak diketahui: tanyakan penerbit kartu hari ini.",
    ),
    "not_answered": ("not answered", "belum dijawab"),
    "not_disputed": ("not disputed", "tidak disanggah"),
    "of": ("of", "dari"),
    "page": ("page", "halaman"),
    "passed": ("passed", "lewat"),
    "passed_perhaps": ("may have passed", "mungkin lewat"),
    "posted": ("posted", "tanggal buku"),
    "charges_n": ("charges", "tagihan"),
    "each_month": ("each month", "tiap bulan"),
    "per_month": ("charges a month", "tagihan per bulan"),
    "question_used_or_benefited": (
        "Did the holder or anyone in the household use or benefit from what was charged?",
        "Apakah pemegang kartu atau anggota keluarga memakai atau menikmati yang ditagihkan?",
    ),
    "question_shared_login": ("Is the login at this merchant shared with anyone?", "Apakah akun di pedagang ini dipakai bersama?"),
    "question_card_lent": ("Was the card lent, or its number given to anyone?", "Apakah kartu atau nomornya pernah dipinjamkan?"),
    "question_account_takeover": (
        "Did somebody else get into the account at this merchant?",
        "Apakah orang lain masuk ke akun di pedagang ini?",
    ),
    "question_situation": ("What happened", "Apa yang terjadi"),
    "refunded": ("credited {date}", "dikembalikan {date}"),
    "rule": ("rule", "aturan"),
    "sha": ("SHA-256 of the file", "SHA-256 berkas"),
    "situation_unauthorized": ("never authorised", "tidak pernah diizinkan"),
    "situation_cancelled-recurring": ("cancelled and still charged", "sudah dibatalkan tetapi masih ditagih"),
    "situation_misrepresentation": ("trial or offer misleading", "penawaran menyesatkan"),
    "situation_duplicate": ("charged more than once", "ditagih lebih dari sekali"),
    "situation_incorrect-amount": ("wrong amount", "jumlah salah"),
    "situation_credit-not-processed": ("refund missing", "pengembalian dana belum diterima"),
    "source": ("source", "sumber"),
    "statement_of": ("statement of", "lembar tagihan"),
    "status": ("status", "status"),
    "timeline_title": ("{merchant}: {total} in dispute", "{merchant}: {total} disanggah"),
    "title": ("Dispute: {merchant}, card ending {last}", "Sanggahan: {merchant}, kartu {last}"),
    "title_unknown": ("Dispute: {merchant}", "Sanggahan: {merchant}"),
    "today": ("today", "hari ini"),
    "unknown": ("not known", "tidak diketahui"),
    "valid": ("the valid charge", "tagihan yang sah"),
    "before_cancellation": ("before I cancelled, not disputed", "sebelum pembatalan, tidak disanggah"),
    "as_agreed": ("not above the agreed amount, not disputed", "tidak melebihi yang disepakati, tidak disanggah"),
    "once": ("not charged twice, not disputed", "tidak ditagih dua kali, tidak disanggah"),
    "yes": ("yes", "ya"),
}


def label(key: str, language: str = "en", **values: str) -> str:
    """A label in the language; `{name}` in it is replaced by the value of that name, which is never read as a template."""
    text = _LABELS[key][["en", "id"].index(language)]
    for name, value in values.items():
        text = text.replace("{" + name + "}", value, 1)
    return text


def note(key: str, language: str, values: Sequence[str]) -> str:
    """A sentence about the deadlines; `{0}`, `{1}` in it are replaced by the values."""
    shown = [_COUNTRY_ID.get(v, v) if language == "id" else v for v in values]
    if key == "unverified":
        count, _, unit = shown[0].partition(" ")
        shown[0] = limit(int(count), unit, language)
    elif key == "none" and f"situation_{shown[0]}" in _LABELS:
        shown[0] = label(f"situation_{shown[0]}", language)
    return label(f"note_{key}", language, **{str(i): v for i, v in enumerate(shown)})


def cited(name: str, language: str = "en") -> str:
    """The name of a rule as letters and tables cite it; names of laws are the same in both languages."""
    return _CITED_ID.get(name, name) if language == "id" else name


def event(kind: str, language: str = "en") -> str:
    """The label of a kind of event; a kind of the user's own stays as it is."""
    return label(kind, language) if kind in _LABELS else kind


def day(d: date, language: str = "en", jurisdiction: str | None = None) -> str:
    """`4 June 2026`, in the United States `June 4, 2026`, in Indonesian `4 Juni 2026`."""
    name = _MONTHS[language][d.month - 1]
    return f"{name} {d.day}, {d.year}" if language == "en" and jurisdiction == "US" else f"{d.day} {name} {d.year}"


def short_day(d: date, language: str = "en") -> str:
    """`4 Jun 2026`."""
    return f"{d.day} {_SHORT[language][d.month - 1]} {d.year}"


def month(d: date, language: str = "en") -> str:
    """`Jun 2026`."""
    return f"{_SHORT[language][d.month - 1]} {d.year}"


def left(days: int, language: str = "en") -> str:
    """`6 days left`, `1 day left`, `last day is today`."""
    if days == 0:
        return label("last_day", language)
    return label("day_left", language) if days == 1 else label("days_left", language, n=str(days))


_UNITS_ID = {"days": "hari", "business-days": "hari kerja", "weeks": "minggu", "months": "bulan", "years": "tahun", "hours": "jam"}


def limit(count: int | None, unit: str, language: str = "en") -> str:
    """`60 days`, `1 business day`, `13 months`, in Indonesian `10 hari kerja`; empty without a number."""
    if count is None:
        return ""
    if language == "id":
        return f"{count} {_UNITS_ID.get(unit, unit)}"
    words = unit.replace("business-", "business ")
    return f"{count} {words[:-1] if count == 1 and words.endswith('s') else words}"
