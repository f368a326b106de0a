"""`frame.sa`: the scan's verbs on a pandas frame."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analyzer import api
from analyzer.model import Findings, Stream


@pd.api.extensions.register_dataframe_accessor("sa")
class ScanAccessor:
    """`df.sa.scan()` and `df.sa.streams()` for a frame made by `analyzer.read`."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def scan(self, **options: Any) -> Findings:
        """The findings, see `analyzer.scan`."""
        return api.scan(self._frame, **options)

    def streams(self, **options: Any) -> tuple[Stream, ...]:
        """The recurring charges, each one agreement with one merchant; options as for `analyzer.scan`."""
        return api.scan(self._frame, **options).streams
