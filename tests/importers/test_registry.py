"""One registry for built-ins and plug-ins: exactly one importer for a document, and every problem is told."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator, Sequence
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from analyzer import plugins as plugins_module
from analyzer.errors import AmbiguousFormat, PluginError, UnknownFormat
from analyzer.importers import reading, registry
from analyzer.importers.base import Document, Options
from analyzer.model import Statement
from tests.importers.ofx.writing import as_sgml, document, row


class Fake:
    """A plug-in that claims what starts with its mark."""

    name = "fake"
    mark = b"FAKE"

    def identify(self, document: Document) -> bool:
        return document.head().startswith(self.mark)

    def read(self, document: Document, options: Options) -> Sequence[Statement]:
        raise ZeroDivisionError("a bug of the plug-in")


class Greedy(Fake):
    name = "greedy"
    mark = b"OFXHEADER"


class Nameless:
    def identify(self, document: Document) -> bool:
        return False


class Failing(Fake):
    name = "failing"

    def identify(self, document: Document) -> bool:
        raise ValueError("cannot look")


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> Iterator[types.ModuleType]:
    """A module `bank_plugin` with the classes above, and a registry that forgets what it loaded."""
    module = types.ModuleType("bank_plugin")
    for kind in (Fake, Greedy, Nameless, Failing):
        setattr(module, kind.__name__, kind)
    monkeypatch.setitem(sys.modules, "bank_plugin", module)
    registry._loaded.cache_clear()
    yield module
    registry._loaded.cache_clear()


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, registry.GROUP)


def installed(monkeypatch: pytest.MonkeyPatch, *points: EntryPoint) -> None:
    monkeypatch.setattr(registry.plugins, "points", lambda group: list(points))


def test_built_ins_are_there_without_any_entry_point(plugins: types.ModuleType) -> None:
    found, problems = registry.load(())
    assert list(found) == ["csv", "ofx", "pdf"]
    assert problems == ()


def test_a_folder_with_a_plugin_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "some_bank-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: some-bank\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[stmt_scan.importers]\nsome-bank = some_bank_module:Reader\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    plugins_module._only_ours.cache_clear()
    try:
        assert "some-bank" in [p.name for p in plugins_module.points(registry.GROUP)]
        _, problems = registry.load(plugins_module.points(registry.GROUP))
        assert str(problems[0]).startswith("plug-in some-bank: importer 'some-bank' cannot be loaded: ModuleNotFoundError")
    finally:
        plugins_module._only_ours.cache_clear()


def test_the_installed_entry_points_are_the_table() -> None:
    from importlib.metadata import entry_points

    names = {p.name: p.value for p in entry_points(group=registry.GROUP)}
    assert registry.BUILT_IN.items() <= names.items()


def test_a_plugin_stands_beside_the_built_ins(plugins: types.ModuleType) -> None:
    found, problems = registry.load([point("fake", "bank_plugin:Fake")])
    assert "fake" in found
    assert problems == ()


@pytest.mark.parametrize("value", ["no_such_module_here:X", "bank_plugin:Missing", "bank_plugin:Nameless"])
def test_a_plugin_that_cannot_be_used_is_a_problem(plugins: types.ModuleType, value: str) -> None:
    found, problems = registry.load([point("bad", value)])
    assert list(found) == ["csv", "ofx", "pdf"]
    assert len(problems) == 1
    assert isinstance(problems[0], PluginError)
    assert "bad" in str(problems[0])


def test_a_plugin_that_ends_the_program_is_a_problem(plugins: types.ModuleType) -> None:
    def leave() -> None:
        raise SystemExit(3)

    plugins.Leaving = leave
    _, problems = registry.load([point("leaving", "bank_plugin:Leaving")])
    assert "SystemExit" in str(problems[0])


def test_a_plugin_cannot_take_a_built_ins_name(plugins: types.ModuleType) -> None:
    found, problems = registry.load([point("ofx", "bank_plugin:Fake")])
    assert registry.is_built_in("ofx", found["ofx"])
    assert "two importers are named 'ofx'" in str(problems[0])


def test_the_same_line_twice_is_one_importer(plugins: types.ModuleType) -> None:
    _, problems = registry.load([point("ofx", registry.BUILT_IN["ofx"])] * 2)
    assert problems == ()


def test_two_claims_name_both(plugins: types.ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, point("greedy", "bank_plugin:Greedy"))
    with pytest.raises(AmbiguousFormat, match="greedy and ofx"):
        registry.identify(document(as_sgml([row()])))


def test_nobody_claims(plugins: types.ModuleType) -> None:
    with pytest.raises(UnknownFormat, match=r"note\.txt: not recognised"):
        registry.identify(document("just a note", "note.txt"))


@pytest.mark.parametrize(("data", "what"), [("FAKE file", "'fake' failed on it: ZeroDivisionError"), ("x", "'failing' failed while")])
def test_a_failing_plugin_is_named(plugins: types.ModuleType, monkeypatch: pytest.MonkeyPatch, data: str, what: str) -> None:
    names = ["fake"] if data.startswith("FAKE") else ["failing"]
    installed(monkeypatch, *(point(n, f"bank_plugin:{n.capitalize()}") for n in names))
    with pytest.raises(PluginError, match=what):
        reading.read_document(document(data, "x.bin"))


def test_looking_at_a_document_loads_no_heavy_library() -> None:
    import subprocess

    code = (
        "import sys; from analyzer.importers.registry import identify; from analyzer.importers.base import Document;"
        "identify(Document('x', b'OFXHEADER:100\\n<OFX>', ''));"
        "print([m for m in ('pandas', 'pdfplumber', 'ofxparse', 'matplotlib', 'lxml', 'clevercsv') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
