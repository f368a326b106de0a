"""Writes every file of this folder again, the same bytes every time: `make sample-data`, or `python sample_data/make.py [FOLDER]`.

Everything is invented: people, banks, card numbers (masked), shops. Real merchant names stand only where the text that
merchant prints on statements is publicly known. What each file shows is in README.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from maker import mails, pdf, stories, text_formats  # noqa: E402

AUTHORIZED = """\
# What the holder of the Indonesian card agreed to. Anything else is worth a look.

[[authorized]]
merchant = "SPOTIFY"
max_amount = "60000"
currency = "IDR"
cadence = "monthly"

[[authorized]]
merchant = "NETFLIX"
max_amount = "190000"
currency = "IDR"
cadence = "monthly"

[[authorized]]
merchant = "SELULARKU PASCABAYAR"     # the phone: the bill is never the same
currency = "IDR"
cadence = "monthly"

[[authorized]]
merchant = "FITNESS FIRST"
max_amount = "599000"
currency = "IDR"
cadence = "monthly"
"""

DETAILS = """\
# For the dispute packet: what only the holder can say. Everything here is invented.

name = "Ratna Contoh"
address = ["Jl. Mawar Contoh No. 12", "Jakarta Selatan 12000"]
email = "ratna@example.com"
phone = "+62 21 5550 0142"

[issuer]
name = "Bank Contoh Nusantara"
address = ["Layanan Kartu Kredit", "Jl. Contoh Raya No. 1", "Jakarta Pusat 10000"]
billing_inquiries = ["Unit Sanggahan Transaksi", "Jl. Contoh Raya No. 1", "Jakarta Pusat 10000"]

[card]
last_four = "4242"
jurisdiction = "ID"
instrument = "credit"

[household]
used_or_benefited = false
shared_login = false
card_lent = false

[dispute]
situation = "unauthorized"
account_takeover = true
notice_date = 2026-03-27
date_of_call = 2026-06-08
merchant_contacted = 2026-06-08

[[events]]
date = 2026-03-27
kind = "notice"
text = "Mail: a seller account was opened in my name. I had not asked for one."

[[events]]
date = 2026-06-08
kind = "call"
text = "Called the bank and the merchant's seller support about both fees."
"""


def documents() -> Iterator[tuple[str, bytes]]:
    """Every file: its name within the folder, and its bytes."""
    indonesia = stories.indonesia()
    story = indonesia.periods("2025-05", "2026-06")
    yield "indonesia.ofx", text_formats.ofx(indonesia, story).encode()
    yield "indonesia.csv", text_formats.indonesian_csv(indonesia, story).encode()
    for period in indonesia.periods("2025-05", "2026-07"):
        yield f"indonesia/{period.label}.ofx", text_formats.ofx(indonesia, [period]).encode()
        yield f"indonesia/{period.label}.pdf", pdf.indonesian(indonesia, period)
    for card, table, statement in (
        (stories.us(), text_formats.american_csv, pdf.american),
        (stories.uk(), text_formats.british_csv, pdf.british),
    ):
        periods = card.periods("2025-06", "2026-06")
        yield f"{card.name}.ofx", text_formats.ofx(card, periods).encode()
        yield f"{card.name}.csv", table(card, periods).encode()
        for period in periods[-4:]:
            yield f"{card.name}/{period.label}.pdf", statement(card, period)
    clean = stories.clean()
    periods = clean.periods("2025-06", "2026-06")
    yield "clean.ofx", text_formats.ofx(clean, periods, xml=True).encode()
    yield "clean.csv", text_formats.german_csv(clean, periods).encode()
    yield "notice-genuine.eml", mails.genuine().encode()
    yield "notice-fake.eml", mails.fake().encode()
    yield "authorized.toml", AUTHORIZED.encode()
    yield "details.toml", DETAILS.encode()


def main(folder: Path) -> None:
    """Write all documents below `folder`."""
    count = 0
    for name, data in documents():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        count += 1
    print(f"{count} files in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
