"""HTML of a mail → the text a reader sees and where its links lead. Nothing is loaded.

`html.parser` is quadratic on broken markup (50,000 characters of `<a ` take 20 s), so a linear pass first
drops comments and writes every `<` that begins no complete tag as `&lt;`.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote

MAX_TAG = 8_192
MAX_TARGET = 4_096
_DEPTH = 2_000

_TAG = re.compile(r"</?[A-Za-z][^<>\"'\s/]{0,60}+(?>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>")
_COMMENT_END = re.compile(r"--!?>")
_URL = re.compile(r"(?:https?|ftp)://[^\s<>\"'\[\]{}|\\^`\u00a0]{1,2000}", re.IGNORECASE)
_DOMAIN = re.compile(r"(?<![\w@.-])(?:https?://)?((?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24})(?![\w-])")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$)|mso-hide\s*:\s*all", re.IGNORECASE
)
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_SILENT = {"script", "style", "head", "title", "template", "noscript", "object", "svg", "math", "select", "textarea"}
_BLOCK = {"p", "div", "br", "tr", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol", "blockquote", "section", "center"}


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads (`target`, as written) and what the reader sees of it (`text`); `kind` is its tag."""

    target: str
    text: str = ""
    kind: str = "a"


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader sees, the links, how many pictures are elsewhere, how many characters are hidden."""

    text: str
    links: tuple[Link, ...]
    pictures: int
    hidden: int


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.links: list[Link] = []
        self.stack: list[tuple[str, bool]] = []
        self.anchor: list[str] | None = None
        self.target = ""
        self.base = ""
        self.pictures = 0
        self.hidden = 0

    @property
    def _silent(self) -> bool:
        return bool(self.stack) and self.stack[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in reversed(attrs)}
        if tag in _BLOCK:
            self.pieces.append("\n")
        elif tag in ("td", "th"):
            self.pieces.append(" ")
        if tag == "base":
            self.base = self.base or values.get("href", "")
        elif tag in ("a", "area") and values.get("href"):
            self._close_anchor()
            self.anchor, self.target = [], self._resolved(values["href"])
            if tag == "area":
                self._close_anchor()
        elif tag == "form" and values.get("action"):
            self.links.append(Link(self._resolved(values["action"]), "", "form"))
        elif tag == "img":
            self.pictures += bool(re.match(r"\s*(?:https?:|//)", values.get("src", ""), re.IGNORECASE))
            if self.anchor is not None and not self._silent:
                self.anchor.append(f" {values.get('alt', '')} ")
        elif tag == "meta" and "refresh" in values.get("http-equiv", "").lower():
            _, _, address = values.get("content", "").partition("=")
            if address:
                self.links.append(Link(self._resolved(address.strip(" '\"")), "", "refresh"))
        if tag not in _VOID and len(self.stack) < _DEPTH:
            hidden = self._silent or tag in _SILENT or "hidden" in values or bool(_HIDDEN.search(values.get("style", "")[:2000]))
            self.stack.append((tag, hidden))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._close_anchor()
        if tag in _BLOCK:
            self.pieces.append("\n")
        for i in range(len(self.stack) - 1, max(-1, len(self.stack) - 64), -1):
            if self.stack[i][0] == tag:
                del self.stack[i:]
                return

    def handle_data(self, data: str) -> None:
        if self._silent:
            if self.stack[-1][0] not in _SILENT:
                self.hidden += len(data.strip())
            return
        self.pieces.append(data)
        if self.anchor is not None:
            self.anchor.append(data)

    def _resolved(self, target: str) -> str:
        target = target[:MAX_TARGET]
        if self.base and not re.match(r"\s*(?:[a-z][a-z0-9+.-]*:|//|#|\\\\)", target, re.IGNORECASE):
            return f"{self.base[:MAX_TARGET].rstrip('/')}/{target.lstrip('/')}"
        return target

    def _close_anchor(self) -> None:
        if self.anchor is not None:
            self.links.append(Link(self.target, " ".join("".join(self.anchor)[:2000].split())))
        self.anchor = None

    def page(self) -> Page:
        self._close_anchor()
        lines = (" ".join(line.split()) for line in "".join(self.pieces).splitlines())
        return Page("\n".join(line for line in lines if line), tuple(self.links), self.pictures, self.hidden)


def read_html(text: str) -> Page:
    """The page that the HTML `text` shows; linear in its length, whatever is broken in it."""
    reader = _Reader()
    reader.feed(_tidy(text))
    reader.close()
    return reader.page()


def _tidy(text: str) -> str:
    """`text` with comments and declarations dropped and every other `<` that begins no tag escaped."""
    out: list[str] = []
    at = 0
    comments_end = True
    while (start := text.find("<", at)) >= 0:
        out.append(text[at:start])
        if text.startswith("<!--", start):
            end = _COMMENT_END.search(text, start + 4) if comments_end else None
            comments_end = end is not None
            at = end.end() if end else len(text)
        elif text.startswith(("<!", "<?"), start):
            end_at = text.find(">", start, start + MAX_TAG)
            at = end_at + 1 if end_at >= 0 else start + 2
        elif (m := _TAG.match(text, start, start + MAX_TAG)) is not None:
            out.append(m.group())
            at = m.end()
        else:
            out.append("&lt;")
            at = start + 1
    out.append(text[at:])
    return "".join(out)


def plain_links(text: str, most: int) -> list[Link]:
    """The addresses written out in plain text; their text is the address itself."""
    found = []
    for m in _URL.finditer(text):
        address = m.group().rstrip(".,;:!?)")
        found.append(Link(address, address, "text"))
        if len(found) > most:
            break
    return found


@dataclass(frozen=True, slots=True)
class Host:
    """The host a browser would go to. `ip` for numbers instead of a name, `disguised` for what hides it."""

    name: str
    ip: bool = False
    disguised: str = ""


def host_of(target: str) -> Host | None:
    """The host of a link as browsers read it; None where the link leads to no host (mailto, tel, #).

    Blanks and control characters are dropped, backslashes count as slashes, any number of slashes may follow
    the scheme, the part before `@` is no host (WHATWG URL, section 4.4).
    """
    text = "".join(c for c in target[:MAX_TARGET].strip() if c > " " and c != "\x7f").replace("\\", "/")
    m = re.match(r"(?:(https?|ftp|wss?):/*|//)", text, re.IGNORECASE)
    if m is None:
        return None
    authority = re.split(r"[/?#]", text[m.end() :], maxsplit=1)[0]
    user, at, rest = authority.rpartition("@")
    name = unicodedata.normalize("NFKC", unquote(rest)).lower().translate({0x3002: ".", 0xFF0E: ".", 0xAD: None, 0x200B: None})
    name = re.sub(r":[0-9]{0,6}$", "", name).strip(".")
    disguised = f"text before the @ ({user[:60]})" if at else "an encoded host name" if "%" in rest else ""
    if not name:
        return None
    return Host(name, ip=_is_ip(name), disguised=disguised)


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        parts = name.split(".")
        return len(parts) <= 4 and all(re.fullmatch(r"0x[0-9a-f]*|[0-9]+", p) for p in parts)
    return True


def named_domain(text: str) -> str | None:
    """The first domain name that `text`, as a reader sees it, shows; None where it shows none."""
    m = _DOMAIN.search(text[:500])
    return m[1].lower() if m else None
