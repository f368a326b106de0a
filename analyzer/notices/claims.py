"""Which company a mail speaks for, and what it is about. Conclusions from words, used to choose what to compare with."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from analyzer.notices.domains import Company, companies, owner, registrable, skeleton, unicode_name
from analyzer.notices.mail import Mail
from analyzer.notices.sender import Sender

_BODY = 20_000
"""Characters of the body that are searched for a company's name."""

_PASSED_ON = re.compile(
    r"\s*(?:\[[^\]]{0,40}\]\s*)?(?:fwd?|fw|wg|tr|rv|enc|doorst|diteruskan|terusan|re|aw|sv|bls|balas)\s*:", re.IGNORECASE
)
"""How a subject begins when a person forwards or answers a mail, in the mail programs of several languages."""

Topic = Literal["seller-account", "account-changed", "sign-in", "subscription", "refund", "other"]
_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (
        "seller-account",
        re.compile(
            r"sell(?:er|ing)[ -](?:account|central|plan|fee|registration|subscription)|"
            r"professional (?:selling )?plan|welcome,? (?:new )?seller|"
            r"start selling|(?:your|new) (?:seller|merchant|advertis\w+|ads?) account|ready to sell|"
            r"akun (?:penjual|iklan)|paket (?:penjual|berjualan)|biaya penjual|selamat datang,? penjual|mulai berjualan",
            re.IGNORECASE,
        ),
    ),
    (
        "account-changed",
        re.compile(
            r"(?:password|e-?mail address|phone number|address|payment method|account)[^.\n]{0,30} (?:was|has been|have been) "
            r"(?:changed|reset|updated|added|removed|locked|compromised)|"
            r"(?:kata sandi|alamat e-?mail|nomor telepon|metode pembayaran|akun)[^.\n]{0,30} (?:telah |sudah )?"
            r"(?:diubah|diganti|diperbarui|dikunci|ditambahkan)",
            re.IGNORECASE,
        ),
    ),
    (
        "sign-in",
        re.compile(r"new (?:sign|log)-?in|signed in (?:on|from)|unusual (?:sign|log)|login baru|masuk dari perangkat", re.IGNORECASE),
    ),
    ("refund", re.compile(r"your refund|refund (?:of|has been|was|is)|pengembalian dana", re.IGNORECASE)),
    (
        "subscription",
        re.compile(
            r"subscription|membership|free trial|auto-?renew|renews? on|langganan|keanggotaan|perpanjangan|uji coba gratis", re.IGNORECASE
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """The company a mail speaks for, where that was seen, and whether it is more than a mention in the text."""

    company: Company
    where: str
    firm: bool


def topic_of(mail: Mail) -> Topic:
    """What the mail is about, by its subject first and then by its text."""
    for text in (mail.subject[:1_000], mail.text[:_BODY]):
        for topic, pattern in _TOPICS:
            if pattern.search(text):
                return topic
    return "other"


def passed_on(mail: Mail) -> bool:
    """Whether a person forwarded another mail, by the subject or by a mail inside this one."""
    return bool(_PASSED_ON.match(mail.subject[:200])) or any(a.kind == "message/rfc822" for a in mail.attachments)


def company_of(mail: Mail, sender: Sender) -> Claim | None:
    """The company the mail speaks for; None where it names none of our lists, or several and none in the lead."""
    named = _named(_plain(f" {sender.name[:300]} "), shy=True)
    if named:
        return Claim(named[0], "the sender's name", True)
    if sender.domain:
        listed = owner(sender.domain)
        if listed is not None:
            return Claim(listed, "the sender's address", True)
        shown = unicode_name(sender.domain)
        labels = re.split(r"[.-]", shown)
        looks = {skeleton(label) for label in labels if len(label) >= 4}
        main = unicode_name(registrable(sender.domain) or sender.domain).split(".")[0]
        for c in companies():
            for own in {str(registrable(d.domain)).split(".")[0] for d in c.domains}:
                if len(own) >= 4 and (skeleton(own) in looks or skeleton(own) == skeleton(main)) and not c.common:
                    return Claim(c, "the sender's domain", True)
    named = _named(_plain(f" {mail.subject[:1_000]} "), shy=True)
    if named and passed_on(mail):  # the words of the mail that was forwarded, not of this one's sender
        return Claim(named[0], "the subject of a mail passed on", False)
    if named:
        return Claim(named[0], "the subject", True)
    body = _plain(f" {mail.text[:_BODY]} ")
    counts = [(sum(len(_word(n).findall(body)) for n in c.names), c) for c in companies() if not c.common]
    best = max(counts, key=lambda item: item[0])
    if best[0] and sum(count == best[0] for count, _ in counts) == 1:
        return Claim(best[1], "the text", False)
    return None


def _plain(text: str) -> str:
    """`text` folded so that look-alike letters and accents do not hide a name."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


@lru_cache(512)
def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")


def _named(text: str, *, shy: bool) -> list[Company]:
    """The companies named in `text`, by place; `shy` accepts everyday words as names too."""
    found = []
    for c in companies():
        if c.common and not shy:
            continue
        places = [m.start() for n in c.names if (m := _word(n).search(text))]
        if places:
            found.append((min(places), c))
    return [c for _, c in sorted(found, key=lambda item: item[0])]
