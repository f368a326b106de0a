"""What the user's own mail provider found about a mail: its Authentication-Results (RFC 8601).

Anybody can write such a header into a mail. Only the topmost block of the receiver the user names counts, and
only while no other server's `Received` line stands above it. A saved mail can be edited: a pass supports, it
never proves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.notices.domains import Receiver, ascii_name, receivers, registrable
from analyzer.notices.mail import Mail

_MAX_RESULTS = 100
_ITEM = re.compile(r"\"(?:[^\"\\]|\\.)*\"|[^\s;\"=]+|[=;]")
_METHOD = re.compile(r"[a-z][a-z0-9-]{0,30}")
_BY = re.compile(r"(?:^|\s)by\s+([^\s;()]{1,255})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """One method's result: `dmarc`, `pass`, and its properties such as `header.from`."""

    method: str
    value: str
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """One Authentication-Results header; `receiver` is empty where it names no server (Outlook). `at`: header index."""

    receiver: str
    results: tuple[Result, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Trusted:
    """The block that counts, or why none does."""

    block: Block | None
    reason: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """One method judged against the From domain: `pass`, `fail` or `unknown`, and why."""

    method: str
    result: str
    detail: str


def blocks(mail: Mail) -> list[Block]:
    """Every Authentication-Results header, from the top down."""
    return [_block(value, at) for at, (name, value) in enumerate(mail.headers) if name == "authentication-results"]


def _block(value: str, at: int) -> Block:
    groups: list[list[str]] = [[]]
    for token in _ITEM.findall(_without_comments(value)):
        if token == ";":
            groups.append([])
            if len(groups) > _MAX_RESULTS:
                break
        else:
            groups[-1].append(token)
    nameless = "=" in groups[0][1:2]
    receiver = "" if nameless or not groups[0] else groups[0][0].strip('"').lower().rstrip(".")
    results = tuple(r for g in (groups if nameless else groups[1:]) if (r := _result(g)) is not None)
    return Block(receiver, results, at)


def _without_comments(text: str) -> str:
    out: list[str] = []
    depth = 0
    quoted = escaped = False
    for c in text:
        if escaped:
            escaped = False
        elif c == "\\":
            escaped = True
        elif quoted:
            quoted = c != '"'
        elif c == "(":
            depth += 1
            continue
        elif c == ")" and depth:
            depth -= 1
            if depth == 0:
                out.append(" ")
            continue
        elif c == '"' and not depth:
            quoted = True
        if not depth:
            out.append(c)
    return "".join(out)


def _result(tokens: Sequence[str]) -> Result | None:
    pairs = [(tokens[i].lower(), tokens[i + 2].strip('"')) for i in range(len(tokens) - 2) if tokens[i + 1] == "=" and tokens[i] != "="]
    if not pairs:
        return None
    method, value = pairs[0][0].partition("/")[0], pairs[0][1].lower()
    properties: dict[str, str] = {}
    for name, text in pairs[1:]:
        properties.setdefault(name, text)
    return Result(method, value, properties) if _METHOD.fullmatch(method) else None


def trusted(mail: Mail, receiver: str | None) -> Trusted:
    """The topmost block of `receiver`.

    Args:
        mail: the saved mail.
        receiver: the host or the provider the user named (`mx.google.com`, `gmail.com`, `outlook.com`); None trusts nobody.
    """
    found = blocks(mail)
    named = list(dict.fromkeys(b.receiver or "a server that does not give its name (Outlook)" for b in found))
    listed = f"the mail holds results of {', '.join(named[:4])}" if named else "the mail holds no Authentication-Results header"
    if receiver is None:
        return Trusted(None, f"no receiver named, so nothing in it is trusted; {listed}")
    host = ascii_name(receiver.strip().rpartition("@")[2].rstrip("."))
    aliases = receivers().get(host) or receivers().get(registrable(host) or "")
    hosts = (host, *(aliases.hosts if aliases else ()))
    # Below a bare ending such as "com" stands anybody; such a name counts only where it is the header's own.
    own = [b for b in found if b.receiver and any(b.receiver == h or (registrable(h) and _under(b.receiver, h)) for h in hosts)]
    block = own[0] if own else None
    if aliases is not None and aliases.parts:
        block = _joined(found, aliases) or block
    if block is None and aliases is not None and aliases.nameless and found and not found[0].receiver:
        block = found[0]
    if block is None:
        return Trusted(None, f"no result of {host}; {listed}")
    stranger = _stranger_above(mail, block, (*hosts, *(aliases.also if aliases else ())))
    if stranger:
        return Trusted(None, f"the result of {host} stands below a line of another server ({stranger}); anybody could have written it")
    return Trusted(block, f"the topmost result of {block.receiver or host}")


def _joined(found: Sequence[Block], receiver: Receiver) -> Block | None:
    """The results of a provider that writes a header for each method: of each of its servers, the topmost one's."""
    own = [b for server in receiver.parts.values() if (b := next((x for x in found if x.receiver == server), None)) is not None]
    if not own:
        return None
    results = [r for b in own for r in b.results if b.receiver == receiver.parts.get(r.method)]
    return Block(own[0].receiver, tuple(results), max(b.at for b in own))


def _under(name: str, parent: str) -> bool:
    return name == parent or name.endswith(f".{parent}")


def _stranger_above(mail: Mail, block: Block, own: Sequence[str]) -> str:
    """The server of another organisation whose Received line stands above the block; empty for none."""
    ours = {registrable(h) or h for h in own} | {registrable(block.receiver) or block.receiver}
    for name, value in mail.headers[: block.at]:
        if name == "received" and (m := _BY.search(value)):
            by = m[1].lower().rstrip(".")
            owner = registrable(by)
            if owner and owner not in ours:
                return by
    return ""


def judge(block: Block | None, domain: str | None) -> list[Opinion]:
    """What the block says about the From domain: one opinion each for dmarc, dkim and spf."""
    if block is None or not domain:
        why = "no result that can be trusted" if block is None else "no From domain to compare with"
        return [Opinion(m, "unknown", why) for m in ("dmarc", "dkim", "spf")]
    by = {m: [r for r in block.results if r.method == m] for m in ("dmarc", "dkim", "spf")}
    opinions = [_dmarc(by["dmarc"], domain), _dkim(by["dkim"], domain), _spf(by["spf"], domain)]
    if any(r.method == "arc" and r.value == "pass" for r in block.results):
        return [_passed_on(o, domain) for o in opinions]
    return opinions


def _passed_on(opinion: Opinion, domain: str) -> Opinion:
    """A failure on a mail that came through forwarders the receiver could follow (RFC 8617): it shows neither forgery nor sender."""
    if opinion.result != "fail" or opinion.detail.startswith("passed for"):
        return opinion
    return Opinion(opinion.method, "unknown", f"failed for {domain} after the mail was forwarded (arc=pass); forwarding alone can do that")


def _aligned(other: str, domain: str) -> bool:
    """Relaxed alignment: the same registrable domain (RFC 7489 section 3.1)."""
    other = ascii_name(other.strip("<> ").rpartition("@")[2])
    return bool(other) and (other == domain or (registrable(other) is not None and registrable(other) == registrable(domain)))


def _dmarc(results: Sequence[Result], domain: str) -> Opinion:
    values = {r.value for r in results}
    if not results:
        return Opinion("dmarc", "unknown", "the receiver wrote no dmarc result")
    others = [
        r.properties["header.from"]
        for r in results
        if r.properties.get("header.from") and not _aligned(r.properties["header.from"], domain)
    ]
    if values == {"pass"}:
        if others:
            return Opinion("dmarc", "fail", f"passed for {others[0]}, not for the From domain {domain}")
        return Opinion("dmarc", "pass", f"passed for {domain}")
    if "fail" in values or "permerror" in values:
        return Opinion("dmarc", "fail", f"the receiver could not confirm that {domain} sent it (forwarding can cause this too)")
    return Opinion("dmarc", "unknown", f"result: {', '.join(sorted(values))[:60]}")


def _dkim(results: Sequence[Result], domain: str) -> Opinion:
    if not results:
        return Opinion("dkim", "unknown", "the receiver wrote no dkim result")
    signers = [(r.value, r.properties.get("header.d") or r.properties.get("header.i", "")) for r in results]
    if any(value == "pass" and _aligned(d, domain) for value, d in signers):
        return Opinion("dkim", "pass", f"signed by the From domain {domain}")
    if any(value == "fail" and _aligned(d, domain) for value, d in signers):
        return Opinion("dkim", "fail", f"a signature of {domain} that does not fit the mail")
    foreign = next((d for value, d in signers if value == "pass"), "")
    if foreign:
        return Opinion("dkim", "unknown", f"signed by {foreign.lstrip('@')}, which is not the From domain {domain}")
    return Opinion("dkim", "unknown", f"result: {', '.join(sorted({value for value, _ in signers}))[:60]}")


def _spf(results: Sequence[Result], domain: str) -> Opinion:
    if not results:
        return Opinion("spf", "unknown", "the receiver wrote no spf result")
    value = results[0].value
    sender = results[0].properties.get("smtp.mailfrom") or results[0].properties.get("smtp.helo", "")
    if value == "pass":
        if _aligned(sender, domain):
            return Opinion("spf", "pass", f"sent from a server of {domain}")
        return Opinion("spf", "unknown", f"passed for {sender.rpartition('@')[2] or 'an unnamed domain'}, not for the From domain {domain}")
    if value == "fail" and _aligned(sender, domain):
        return Opinion("spf", "fail", f"sent from a server that {domain} does not allow (forwarding can cause this too)")
    return Opinion("spf", "unknown", f"result: {value[:20]}")
