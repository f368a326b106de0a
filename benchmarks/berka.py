"""Real Czech bank accounts (PKDD'99), the truth being the bank's own permanent orders.

`detect` is the adapter of the shared script: `bench_berka.py --ours benchmarks.berka:detect`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import Result
from benchmarks._shared import MISSING, bench

if TYPE_CHECKING:
    import pandas as pd

LIMITS = {"name": 0.99, "op": 0.985, "stress": 0.95}


def detect(df: pd.DataFrame) -> list[dict[str, Any]]:
    """The streams in a frame of account_id, date, description and amount: one mapping each, rows by label."""
    import numpy as np
    import pandas as pd

    from analyzer import merchants, streams

    n = len(df)
    table = pd.DataFrame(
        {
            "posted": df["date"].to_numpy().astype("datetime64[us]"),
            "minor": pd.array(np.rint(df["amount"].to_numpy() * 100).astype("int64"), dtype="Int64"),
            "currency": pd.Series(["CZK"] * n, dtype="str"),
            "descriptor": pd.Series(df["description"].to_numpy(), dtype="str"),
            "account": pd.Series(df["account_id"].to_numpy(), dtype="str"),
            "fitid": pd.Series([None] * n, dtype="str"),
            "status": pd.Series(["posted"] * n, dtype="str"),
            "source": pd.Series(["accounts"] * n, dtype="str"),
        }
    )
    found = streams.find(table, today=table["posted"].max().date(), merchants=merchants.annotate(table["descriptor"]))
    labels = df.index.to_numpy()
    return [{"account_id": s.account, "series": list(labels[list(s.rows)]), "cadence": s.cadence.name} for s in found]


def run() -> Iterator[Result | str]:
    """F1 on the three variants."""
    folder = bench()
    if folder is None:
        yield MISSING
        return
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out.json"
        root = Path(__file__).resolve().parent.parent
        command = [sys.executable, str(folder / "bench_berka.py"), "--ours", "benchmarks.berka:detect"]
        subprocess.run([*command, "--variants", ",".join(LIMITS), "--out", str(out)], check=True, cwd=root, stdout=subprocess.DEVNULL)
        measured = json.loads(out.read_text("utf-8"))
    for variant, limit in LIMITS.items():
        r = measured[variant]["benchmarks.berka:detect"]
        note = f"precision {r['P']:.3f}, recall {r['R']:.3f}"
        yield Result(f"Berka accounts, {variant}: F1", r["F1"], limit, True, "", note)
