"""Damaged at random: a statement or one of our errors comes out, nothing else."""

from __future__ import annotations

import hashlib
import random

import pytest

from analyzer.errors import StmtScanError
from analyzer.importers.base import Document, Options
from analyzer.importers.pdf import PdfImporter

from .layouts import MAKERS
from .rawpdf import body, one_page


def mutated(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(changed))
        kind = rng.randrange(4)
        if kind == 0:
            changed[at] = rng.randrange(256)
        elif kind == 1:
            del changed[at : at + rng.randint(1, 40)]
        elif kind == 2:
            changed[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 20)))
        else:
            piece = bytes(changed[at : at + rng.randint(1, 200)])
            to = rng.randrange(len(changed))
            changed[to : to + len(piece)] = piece
        changed = changed or bytearray(b"%PDF-")
    return bytes(changed)


@pytest.mark.parametrize("seed", range(24))
def test_only_our_errors_come_out(seed: int) -> None:
    rng = random.Random(seed)
    data = one_page(body()) if seed % 2 else MAKERS["german_sh"](seed).data
    damaged = mutated(data, rng)
    document = Document("fuzz.pdf", damaged, hashlib.sha256(damaged).hexdigest())
    try:
        found = list(PdfImporter().read(document, Options()))
    except StmtScanError:
        found = []
    assert all(statement.reconciled or statement.warnings for statement in found)
