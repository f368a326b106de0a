"""A module that is loaded when it is first used is, once used, the module itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[3] / "sample_data" / "clean.ofx"
PROGRAM = """
import sys
from analyzer.importers.ofx.later import load_later
load_later("soupsieve")
import bs4
assert "soupsieve.css_parser" not in sys.modules
print(bs4.BeautifulSoup("<a><b>x</b></a>", "html.parser").select("a > b"))
import soupsieve
from soupsieve import css_types
load_later("soupsieve"), load_later("no_such_module_anywhere")
assert sys.modules["soupsieve"] is soupsieve
assert "no_such_module_anywhere" not in sys.modules
try:
    soupsieve.nothing
except AttributeError as error:
    print(error)
"""


def test_it_becomes_the_module_it_stands_for() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["[<b>x</b>]", "module 'soupsieve' has no attribute 'nothing'"]


def test_a_short_scan_loads_no_selector_engine() -> None:
    program = f"import sys, analyzer; analyzer.read({str(SAMPLE)!r}); print('soupsieve.css_parser' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
