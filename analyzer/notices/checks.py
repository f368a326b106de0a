"""Every check of a mail: its name, `pass`, `fail` or `unknown`, what was seen, and whether a failure decides.

A check never says "fake" of what is merely not on a list, and a pass never says more than that nothing was wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analyzer.notices import authentication
from analyzer.notices.claims import Claim
from analyzer.notices.domains import Company, ascii_name, freemail, is_public, owner, registrable, same_owner, shorteners, spelling
from analyzer.notices.mail import Mail
from analyzer.notices.sender import Sender, mailboxes
from analyzer.notices.web import Link, host_of, named_domain

_RISKY = re.compile(
    r"\.(?:exe|scr|com|pif|bat|cmd|js|jse|vbs|vbe|wsf|hta|lnk|msi|jar|apk|iso|img|vhd|ps1|reg|chm|html?|shtml|svg|xll|docm|xlsm|pptm|one)$",
    re.IGNORECASE,
)
_PACKED = re.compile(r"\.(?:zip|rar|7z|gz|tar|cab|ace|xz)$", re.IGNORECASE)
SHOWN = 5
"""Names listed in one check's sentence."""

Outcome = Literal["pass", "fail", "unknown"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `decides`: this failure alone makes the mail likely fake, unless it is authenticated."""

    name: str
    result: Outcome
    detail: str
    decides: bool = False


def from_header(sender: Sender, claim: Claim | None) -> Check:
    """Whether the From header is one clean address.

    A defect decides where a company's name stands beside a domain that is not on its list: two oddities at once.
    """
    named = claim is not None and claim.firm and not (sender.domain and claim.company.lists(sender.domain))
    if sender.forged:
        return Check("from-header", "fail", "; ".join((*sender.forged, *sender.defects)), decides=True)
    if sender.defects:
        return Check("from-header", "fail", "; ".join(sender.defects), decides=named)
    return Check("from-header", "pass", f"one address, {sender.address}")


def authenticated(mail: Mail, sender: Sender, receiver: str | None, claim: Claim | None) -> tuple[list[Check], bool]:
    """The receiver's own findings as checks, and whether they confirm the From domain."""
    found = authentication.trusted(mail, receiver)
    opinions = authentication.judge(found.block, sender.domain)
    by = {o.method: o for o in opinions}
    claims = claim is not None and claim.firm
    spoofed = by["dmarc"].result == "fail" or (
        by["spf"].result == "fail" and by["dkim"].result != "pass" and by["dmarc"].result == "unknown"
    )
    checks = [Check("receiver", "pass" if found.block else "unknown", found.reason)]
    for o in opinions:
        decides = spoofed and claims and o.result == "fail" and o.method in ("dmarc", "spf")
        checks.append(Check(o.method, o.result, o.detail, decides))  # type: ignore[arg-type]
    confirmed = by["dmarc"].result == "pass" or (by["dkim"].result == "pass" and by["dmarc"].result != "fail")
    return checks, confirmed


def listed(sender: Sender, claim: Claim | None) -> Check:
    """Whether the sender's domain is on the dated list of the company the mail speaks for."""
    if claim is None:
        return Check("domain-list", "unknown", "the mail names no company of our lists")
    what = f"speaks for {claim.company.name} ({claim.where})"
    if not sender.domain:
        return Check("domain-list", "unknown", f"{what}, without a usable sender's address")
    entry = claim.company.lists(sender.domain)
    if entry is None and claim.firm and sender.domain in freemail():
        detail = f"{what}, but {sender.domain} gives a mailbox to anybody; no company writes from it"
        return Check("domain-list", "fail", detail, decides=True)
    if entry is None:
        return Check("domain-list", "unknown", f"{what}; {sender.domain} is not on our list of its domains")
    return Check("domain-list", "pass", f"{what}; {sender.domain} is on its list ({entry.source}, as of {entry.as_of.isoformat()})")


def written(sender: Sender, company: Company | None) -> Check:
    """Whether the sender's domain is made to be taken for another."""
    if not sender.domain:
        return Check("domain-spelling", "unknown", "no sender's domain")
    found = spelling(sender.domain, company)
    return Check("domain-spelling", found.result, found.detail, decides=found.result == "fail")  # type: ignore[arg-type]


def reply_to(mail: Mail, sender: Sender) -> Check:
    """Whether answers go where the mail comes from."""
    addresses = [b for value in mail.all("reply-to")[:4] for b in mailboxes(value[:2_000])[0] if b.address]
    others = sorted({b.domain for b in addresses if b.domain and not same_owner(b.domain, sender.domain or "")})
    if others:
        return Check("reply-to", "unknown", f"answers would go to {_several(others)}, not to the sender")
    return Check("reply-to", "pass", "answers go to the sender" if addresses else "no other address for answers")


def targets(links: Sequence[Link], sender: Sender, company: Company | None) -> Check:
    """Where the links lead, by registrable domain."""
    bad: dict[str, None] = {}
    strange: dict[str, None] = {}
    known: dict[str, None] = {}
    for link in links:
        if re.match(r"[\s\x00-\x1f]*(?:javascript|data|vbscript|file)\s*:", link.target, re.IGNORECASE):
            bad[f"a link that is a program ({link.target.strip()[:20]}...)"] = None
            continue
        host = host_of(link.target)
        if host is None:
            continue
        name = ascii_name(host.name)
        where = registrable(name)
        if host.ip:
            bad[f"{host.name}, a number instead of a name"] = None
        elif host.disguised:
            bad[f"{where or name}, hidden behind {host.disguised}"] = None
        elif where is None:
            strange[f"{name}, no public domain"] = None
        elif where in shorteners():
            strange[f"{where}, which hides where it leads"] = None
        elif (company is not None and company.lists(name)) or same_owner(name, sender.domain or ""):
            known[where] = None
        elif spelling(name, company).result == "fail":
            bad[spelling(name, company).detail] = None
        else:
            strange[where] = None
    if bad:
        return Check("link-targets", "fail", _several(list(bad)), decides=True)
    if strange:
        ours = company.name if company else "the sender"
        return Check("link-targets", "unknown", f"not on our list of {ours}'s domains: {_several(list(strange))}")
    if known:
        return Check("link-targets", "pass", f"all lead to {_several(list(known))}")
    return Check("link-targets", "pass", "no link")


def texts(links: Sequence[Link]) -> Check:
    """Whether what a link shows is where it leads."""
    wrong: dict[str, None] = {}
    decides = False
    looked = 0
    for link in links:
        shown = named_domain(link.text) if link.kind == "a" else None
        host = host_of(link.target)
        if shown is None or host is None or not is_public(ascii_name(shown)):
            continue
        looked += 1
        if not same_owner(ascii_name(shown), ascii_name(host.name)):
            wrong[f"shows {shown}, leads to {registrable(ascii_name(host.name)) or host.name}"] = None
            decides = decides or owner(ascii_name(shown)) is not None
    if wrong:
        return Check("link-text", "fail", _several(list(wrong)), decides)
    return Check("link-text", "pass", "every shown address is where its link leads" if looked else "no link shows an address")


def attached(mail: Mail) -> Check:
    """The names of the attachments; their content is never looked at."""
    if not mail.attachments:
        return Check("attachments", "pass", "none")
    names = [f"{a.name} ({a.kind})" for a in mail.attachments]
    risky = [a.name for a in mail.attachments if _RISKY.search(a.name) or a.kind in ("text/html", "application/x-msdownload")]
    if risky:
        return Check("attachments", "fail", f"do not open {_several(risky)}: such files run or lead elsewhere", decides=True)
    packed = " (packed: what is inside cannot be seen)" if any(_PACKED.search(a.name) for a in mail.attachments) else ""
    inner = (
        "; save a mail inside this one on its own, and look at that" if any(a.kind == "message/rfc822" for a in mail.attachments) else ""
    )
    return Check("attachments", "unknown", f"not opened: {_several(names)}{packed}{inner}")


def structure(mail: Mail) -> Check:
    """What is odd about the mail's own form."""
    odd = list(mail.oddities)
    if mail.hidden > 1_000:
        odd.append(f"{mail.hidden} characters that a reader does not see")
    if not mail.text.strip():
        odd.append("no text; what it shows may be a picture" if mail.pictures else "no text")
    if odd:
        return Check("structure", "unknown", "; ".join(odd))
    pictures = f"; {mail.pictures} picture(s) elsewhere, not loaded" if mail.pictures else ""
    return Check("structure", "pass", f"reads as a whole{pictures}")


def _several(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
