"""The importers in force, and which one a document is for.

Built-ins and plug-ins come through one entry-point group, `stmt_scan.importers`, and answer the same interface. A
plug-in that cannot be used is a value in `problems()`, never the end of a scan; one that takes a built-in's
name is reported and not used.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points

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
    return load(entry_points(group=GROUP))


def load(points: object) -> tuple[dict[str, Importer], tuple[StmtScanError, ...]]:
    """The importers behind entry points, and the problems met; what `importers` and `problems` keep.

    Args:
        points: an iterable of `importlib.metadata.EntryPoint`.
    """
    listed: dict[tuple[str, str], EntryPoint] = {}
    for point in points:  # type: ignore[attr-defined]
        listed.setdefault((point.name, point.value), point)
    for name, value in BUILT_IN.items():
        listed.setdefault((name, value), EntryPoint(name, value, GROUP))
    found: dict[str, Importer] = {}
    troubles: list[StmtScanError] = []
    # A built-in comes before a plug-in of its name, so that nothing installed later can replace it unseen.
    for (name, _), point in sorted(listed.items(), key=lambda i: (i[0][0], i[0][1] != BUILT_IN.get(i[0][0]), i[0][1])):
        if name in found:
            what = f"two importers are named {name!r}; this one is not used"
            troubles.append(PluginError(what, source=_origin(point), todo="rename or uninstall it"))
            continue
        made = _make(name, point)
        if isinstance(made, StmtScanError):
            troubles.append(made)
        else:
            found[name] = made
    return found, tuple(troubles)


def _make(name: str, point: EntryPoint) -> Importer | StmtScanError:
    try:
        made = point.load()()
    except (Exception, SystemExit) as error:
        what = f"importer {name!r} cannot be loaded: {type(error).__name__}: {error}"
        return PluginError(what, source=_origin(point), todo="it is not used; update or uninstall it")
    if not (callable(getattr(made, "identify", None)) and callable(getattr(made, "read", None)) and getattr(made, "name", None) == name):
        what = f"importer {name!r} lacks identify or read, or calls itself otherwise"
        return PluginError(what, source=_origin(point), todo="it is not used; see docs/formats.md for the interface")
    importer: Importer = made
    return importer


def _origin(point: EntryPoint) -> str:
    return f"plug-in {point.dist.name}" if point.dist is not None else f"plug-in {point.value}"


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
