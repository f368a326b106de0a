"""`stmt-scan authorize`; see `analyzer.cli.deciding`."""

from __future__ import annotations

from analyzer.cli.deciding import authorize as command

__all__ = ["command"]
