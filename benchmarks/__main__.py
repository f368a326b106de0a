"""`python -m benchmarks [NAME...]`: run the benchmarks named, or all, and print one table."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
import traceback

import click

import benchmarks
from benchmarks import Result


def names() -> list[str]:
    """The benchmarks there are: modules of this package with a `run()`."""
    return sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if not m.name.startswith("_"))


def line(result: Result) -> str:
    """One row of the table: name, number, limit, verdict, note."""
    value = f"{result.value:,.3g}{result.unit}" if result.value < 1000 else f"{result.value:,.0f}{result.unit}"
    if result.limit is None:
        limit, verdict = "", ""
    else:
        limit = f"{'>=' if result.at_least else '<='} {result.limit:,g}{result.unit}"
        verdict = "ok" if result.ok else "MISSED"
    return f"{result.name:<58} {value:>14}  {limit:<16} {verdict:<7} {result.note}".rstrip()


@click.command()
@click.argument("chosen", nargs=-1, metavar="[NAME...]")
@click.option("--list", "only_list", is_flag=True, help="Print the names and stop.")
@click.option("--strict", is_flag=True, help="Exit 1 when a limit is missed.")
def main(chosen: tuple[str, ...], only_list: bool, strict: bool) -> None:
    """Run the benchmarks NAME..., or all of them, and print what they measured."""
    there = names()
    if only_list:
        click.echo("\n".join(there))
        return
    unknown = [n for n in chosen if n not in there]
    if unknown:
        raise click.UsageError(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(there)}")
    missed = 0
    for name in chosen or there:
        module = importlib.import_module(f"benchmarks.{name}")
        if not hasattr(module, "run"):
            continue
        started = time.perf_counter()
        click.echo(f"\n{name}: {(module.__doc__ or '').strip().splitlines()[0]}")
        try:
            for result in module.run() or ():
                click.echo("  " + (line(result) if isinstance(result, Result) else str(result)))
                missed += isinstance(result, Result) and not result.ok
        except Exception:
            missed += 1
            click.echo("  did not finish:\n" + traceback.format_exc(limit=3))
        click.echo(f"  ({time.perf_counter() - started:.0f} s)")
    if missed:
        click.echo(f"\n{missed} missed or unfinished")
    if strict and missed:
        sys.exit(1)


if __name__ == "__main__":
    main()
