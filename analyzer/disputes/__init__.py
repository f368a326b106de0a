"""From a finding to a dispute: rules as dated data, deadlines, situation, letter, charts, exhibits, packet, playbook.

Importing the package costs nothing; the pieces that write pages and pictures are loaded when they are used.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analyzer.model import Finding


def packet_for(finding: Finding, folder: str | Path, **options: Any) -> Mapping[str, Path]:
    """The files of the dispute packet written into `folder`, by file name.

    The options are those of `analyzer.disputes.packet.write`.

    Raises:
        StmtScanError: the packet cannot be made within its limits, or cannot be written.
    """
    from analyzer.disputes.packet import write

    return write(finding, folder, **options)
