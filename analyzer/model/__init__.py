"""The nouns of the house: Statement, Transaction, Stream, Cadence, Finding, Findings, Decision.

Data flows once: bytes → Statement → frame → Streams → Findings → view or packet. The frame is a pandas
`DataFrame` with exactly the columns of `COLUMNS`; every stage after the importers works on it and on
nothing else. Money is compared and summed in `minor` (integers), never in `amount` (float).
"""

from __future__ import annotations

from analyzer.model.decision import Decision, Verdict
from analyzer.model.finding import FINDING_COLUMNS, Finding, FindingKind, Findings, Situation, register_action
from analyzer.model.statement import COLUMNS, AccountKind, Box, Statement, Transaction, charges_id, empty_frame, transactions
from analyzer.model.stream import AmountModel, Cadence, CadenceName, Stream, StreamStatus

__all__ = [
    "AccountKind",
    "AmountModel",
    "Box",
    "COLUMNS",
    "Cadence",
    "CadenceName",
    "Decision",
    "FINDING_COLUMNS",
    "Finding",
    "FindingKind",
    "Findings",
    "Situation",
    "Statement",
    "Stream",
    "StreamStatus",
    "Transaction",
    "Verdict",
    "charges_id",
    "empty_frame",
    "register_action",
    "transactions",
]
