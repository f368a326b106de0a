"""`stmt-scan cancel`; see `analyzer.cli.deciding`."""

from __future__ import annotations

from analyzer.cli.deciding import cancel as command

__all__ = ["command"]
