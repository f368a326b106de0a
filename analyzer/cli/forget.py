"""`stmt-scan forget`; see `analyzer.cli.deciding`."""

from __future__ import annotations

from analyzer.cli.deciding import forget as command

__all__ = ["command"]
