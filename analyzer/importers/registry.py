"""The importers in force, and which one a document is for.

Built-ins and plug-ins come through one entry-point group, `stmt_scan.importers`, and answer the same interface. A
plug-in that cannot be used is a value in `problems()`, never the end of a scan; one that takes a built-in's
name is reported and not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from analyzer import plugins
from analyzer.errors import AmbiguousFormat, PluginError, StmtScanError, UnknownFormat
from analyzer.importers import content
from analyzer.importers.base import Document, Importer

GROUP = "stmt_scan.importers"
BUILT_IN = {
    "csv": "analyzer.importers.csv:CsvImporter",
    "ofx": "analyzer.importers.ofx:OfxImporter",
    "pdf": "analyzer.importers.pdf:PdfImporter",
}
"""The same lines as in pyproject.toml; used as they are where the package runs without being installed."""


def importers() -> Mapping[str, Importer]:
    """Name → importer, in the order of the names."""
    return _loaded()[0]


def problems() -> list[StmtScanError]:
    """Plug-ins that could not be used, each with the reason."""
    return list(_loaded()[1])


@lru_cache(maxsize=1)
def _loaded() -> tuple[dict[str, Importer], tuple[StmtScanError, ...]]:
    return load(plugins.points(GROUP))


def load(points: Iterable[Any]) -> tuple[dict[str, Importer], tuple[StmtScanError, ...]]:
    """The importers behind entry points, and the problems met; what `importers` and `problems` keep."""
    return plugins.load(points, BUILT_IN, group=GROUP, kind="importer", unfit=_unfit)


def _unfit(made: Any) -> str:
    lacking = [name for name in ("identify", "read") if not callable(getattr(made, name, None))]
    return f"lacks {' and '.join(lacking)}" if lacking else ""


def identify(document: Document) -> Importer:
    """The one importer whose content this is.

    Raises:
        UnknownFormat: nobody's; the message says what the file is, as far as its first bytes tell.
        AmbiguousFormat: more than one importer claims it; the message names them.
        PluginError: a plug-in failed while it was asked.
    """
    # A web page or a picture is no statement, whatever a built-in finds in it.
    foreign = content.foreign(document.head())
    asked = {n: i for n, i in importers().items() if not (foreign and is_built_in(n, i))}
    claims = [name for name, importer in asked.items() if _claims(name, importer, document)]
    if len(claims) == 1:
        return asked[claims[0]]
    if claims:
        raise AmbiguousFormat(
            f"{' and '.join(claims)} both claim this content", source=document.source, todo="uninstall the plug-in that is wrong"
        )
    what, todo = foreign or ("not recognised as OFX, QFX, CSV or PDF", "download it again as one of these; see stmt-scan formats")
    raise UnknownFormat(what, source=document.source, todo=todo)


def is_built_in(name: str, importer: Importer) -> bool:
    """Whether `importer` is one of ours."""
    kind = type(importer)
    return BUILT_IN.get(name) == f"{kind.__module__}:{kind.__qualname__}" or kind.__module__.startswith("analyzer.importers.")


def _claims(name: str, importer: Importer, document: Document) -> bool:
    if is_built_in(name, importer):
        return importer.identify(document)
    try:
        return bool(importer.identify(document))
    except Exception as error:
        what = f"importer {name!r} failed while it looked at the file: {type(error).__name__}"
        raise PluginError(what, source=document.source, todo="update or uninstall the plug-in") from error
