"""Writes the generated parts of the documentation: help pages, real output, tables taken from the code.

Called by cog from the pages themselves (`make docs`); a test checks that every page is as it would be written now.
"""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent


def run(line: str) -> str:
    """What a command line prints in the repository's folder, warnings included, 80 columns wide and without colour."""
    binaries = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    with tempfile.TemporaryDirectory() as home:
        environment = {"PATH": binaries, "HOME": home, "XDG_DATA_HOME": home, "COLUMNS": "80", "LC_ALL": "C.UTF-8", "MPLBACKEND": "Agg"}
        done = subprocess.run(line, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{line}: exit status {done.returncode}: {done.stderr}")
    return done.stderr + done.stdout


def console(line: str) -> None:
    """A code block with the command and what it prints."""
    print(f"\n```console\n$ {line}\n{run(line).rstrip()}\n```\n")


def help_pages() -> None:
    """A section for each command and each of its subcommands, with its help."""
    from analyzer.cli import COMMANDS, group

    print("\n```text\n" + run("stmt-scan --help").rstrip() + "\n```\n")
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        print(f"## {name}\n\n```text\n{run(f'stmt-scan {name} --help').rstrip()}\n```\n")
        if isinstance(command, click.Group):
            for inner in command.list_commands(click.Context(command)):
                print(f"### {name} {inner}\n\n```text\n{run(f'stmt-scan {name} {inner} --help').rstrip()}\n```\n")


def limits_table() -> None:
    """Every ceiling with its value and what is said about it in the code."""
    from analyzer.limits import Limits

    source = (ROOT / "analyzer" / "limits.py").read_text(encoding="utf-8")
    print("\n| limit | value | |\n|---|--:|---|")
    for item in dataclasses.fields(Limits):
        said = re.search(rf'^    {item.name}: int = [^\n]*\n    """(.+?)"""', source, re.MULTILINE | re.DOTALL)
        note = " ".join(said.group(1).split()) if said else ""
        print(f"| `{item.name}` | {item.default:,} | {note} |")
    print()


def columns_table() -> None:
    """The frame's columns and their types."""
    from analyzer.model import COLUMNS

    print("\n| column | type |\n|---|---|")
    for name, kind in COLUMNS.items():
        print(f"| `{name}` | `{kind}` |")
    print()


def errors_tree() -> None:
    """The tree of errors, as the module draws it."""
    import inspect

    from analyzer import errors

    drawn = (inspect.getdoc(errors) or "").partition("::\n\n")[2].partition("\n\nA message")[0]
    print("\n```text\n" + inspect.cleandoc(drawn) + "\n```\n")
