"""The documentation is what is: its commands run, its output is real, every command has its page."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from analyzer.cli import COMMANDS, group

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", ROOT / "CHANGELOG.md"]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHELLS = {"console", "sh", "bash", "shell"}
NAMES = [p.relative_to(ROOT).as_posix() for p in PAGES]


def blocks(page: Path, languages: set[str]) -> Iterator[str]:
    for language, body in FENCED.findall(page.read_text(encoding="utf-8")):
        if language in languages:
            yield body


def command_lines(page: Path) -> list[str]:
    """The `stmt-scan` lines of a page's shell blocks, with continued lines joined."""
    found = []
    for body in blocks(page, SHELLS):
        for line in body.replace("\\\n", " ").splitlines():
            line = line.strip().removeprefix("$ ")
            if line.startswith(("stmt-scan ", ".venv/bin/stmt-scan ")):
                found.append(line.removeprefix(".venv/bin/"))
    return found


def arguments(line: str) -> list[str]:
    words = shlex.split(line, comments=True)[1:]
    return words[: next((i for i, w in enumerate(words) if w in ("|", ">", ">>", "&&", ";", "2>")), len(words))]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_named_exists_with_its_options(page: Path) -> None:
    for line in command_lines(page):
        words = arguments(line)
        if words in (["--help"], ["--version"]):
            continue
        name = words[0] if words[0] in COMMANDS else "scan"
        rest = words[1:] if words[0] in COMMANDS else words
        command = group.get_command(click.Context(group), name)
        while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
            command, rest = command.get_command(click.Context(command), rest[0]), rest[1:]
        assert command is not None, f"{page.name}: {line}: no such command"
        if "--help" not in rest:
            try:
                command.make_context(name, list(rest))
            except click.ClickException as error:
                pytest.fail(f"{page.name}: {line}: {error.format_message()}")


def samples_named(line: str) -> bool:
    """Whether every file the line reads is a sample, so that it can be run as it stands."""
    words = arguments(line)
    read = [w for w in words if re.search(r"\.(ofx|qfx|csv|pdf|eml|toml)$|[*?]|/$", w)]
    outputs = {words[i + 1] for i, w in enumerate(words[:-1]) if w in ("-o", "--output", "--charts", "--ledger", "backup", "export")}
    read = [w for w in read if w not in outputs]
    return bool(read) and all(w.startswith("sample_data/") for w in read)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder of its own with the samples, a home and a ledger that are nobody's."""
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "home").mkdir()
    return tmp_path


def environment(desk: Path) -> dict[str, str]:
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(desk / "home"),
        "XDG_DATA_HOME": str(desk / "home"),
        "MPLBACKEND": "Agg",
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
    }


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_the_commands_of_a_page_run_in_their_order(
    page: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In this process: the installed command itself is run by the next test."""
    from analyzer.cli import run

    monkeypatch.chdir(desk)
    for name in ("STMT_SCAN_LEDGER", "STMT_SCAN_PDF_PASSWORD", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment(desk).items():
        monkeypatch.setenv(name, value)
    for line in command_lines(page):
        if not samples_named(line):
            continue
        allowed = (0, 1) if "--exit-code" in line else (0,)
        for words in typed(line):
            status = run(words)
            out, err = capsys.readouterr()
            assert status in allowed, f"{page.name}: {line}\n{out}\n{err}"


def typed(line: str) -> Iterator[list[str]]:
    """The arguments of each command of a line, as a shell gives them: `a && b` are two, names with `*` are spelt out."""
    for part in line.split(" && "):
        words = shlex.split(part, comments=True)
        assert not {"|", ">", ";"} & set(words), f"{line}: this test is no shell"
        yield [name for word in words[1:] for name in (sorted(str(p) for p in Path().glob(word)) if "*" in word else [word])]


def test_the_installed_command_runs_the_readmes_first_example(desk: Path) -> None:
    line = next(line for line in command_lines(ROOT / "README.md") if samples_named(line))
    done = subprocess.run(
        ["bash", "-c", line], cwd=desk, env=environment(desk), capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Amazon selling fees" in done.stdout


@pytest.mark.parametrize("page", [ROOT / "docs" / "library.md", ROOT / "README.md"], ids=lambda p: p.name)
def test_the_python_of_a_page_runs(page: Path, desk: Path) -> None:
    code = list(blocks(page, {"python"}))
    assert code
    for part in code:
        program = f"import warnings; warnings.simplefilter('ignore')\n{part}"
        done = subprocess.run([sys.executable, "-c", program], cwd=desk, env=environment(desk), capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"{page.name}:\n{part}\n{done.stderr}"


def test_generated_parts_are_current() -> None:
    """Help pages, tables and the output shown are what the program prints now (`make docs` writes them)."""
    from cogapp import Cog

    pages = [str(p) for p in PAGES if "[[[cog" in p.read_text(encoding="utf-8")]
    assert len(pages) >= 3
    kept = list(sys.path)
    try:
        assert Cog().main(["cog", "-P", "--check", "-I", str(ROOT / "docs"), *pages]) == 0, "run `make docs`"
    finally:
        sys.path[:] = kept


def test_every_command_has_a_section_in_the_reference() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"\n## {name}\n" not in text] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    inner = (
        [command.get_command(click.Context(command), n) for n in command.list_commands(click.Context(command))]
        if isinstance(command, click.Group)
        else [command]
    )
    for each in inner:
        assert each is not None
        text = each.get_help(click.Context(each, info_name=each.name))
        assert each.help
        assert "stmt-scan" in text, f"{name} {each.name}: no example"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if "://" in path or path.startswith("mailto:"):
            continue
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{page.name}: {target}"
        if anchor:
            heads = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in heads}, f"{page.name}: {target}"


def test_every_page_is_listed() -> None:
    listed = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in (ROOT / "docs").glob("*.md") if p.name != "README.md" and f"]({p.name})" not in listed] == []


def test_the_readme_begins_with_the_two_commands_and_ci_calls_nothing_else() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.index("make demo") < readme.index("make test") < readme.index("pipx install")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    called = re.findall(r"^make (\w+)", script, re.MULTILINE)
    assert called == ["test"]
    assert all(f"make {target}" in readme for target in called)


def test_the_changelog_names_this_version_or_the_next() -> None:
    from importlib.metadata import version

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in text or f"## [{version('stmt-scan')}]" in text
    assert "### Security" in text


def test_make_knows_the_targets_the_pages_name() -> None:
    rules = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {t for p in PAGES for t in re.findall(r"(?:^\$ |`)make ([a-z-]+)", p.read_text(encoding="utf-8"), re.MULTILINE)}
    assert named <= rules
