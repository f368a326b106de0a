"""`stmt-scan formats`: what can be read and what is looked for, plug-ins included."""

from __future__ import annotations

import click

from analyzer import escape


@click.command("formats", epilog="Example: stmt-scan formats")
@click.option("--debug", is_flag=True, help="A traceback instead of one line.")
def command(debug: bool) -> int:
    """List the importers, bank profiles and detectors in force."""
    from analyzer.detectors import registry as detectors
    from analyzer.importers import registry as importers
    from analyzer.importers.csv import profile
    from analyzer.views.formats import render

    click.echo(render(importers.importers(), detectors.detectors(), profile.profiles()), nl=False)
    for problem in [*importers.problems(), *profile.problems(), *detectors.problems()]:
        click.echo(f"stmt-scan: warning: {escape.terminal(str(problem))}", err=True)
    return 0
