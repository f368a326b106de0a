"""What the tokenizer finds: statements, their rows in columns, the bank's answers."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Columns:
    """The transactions of one statement as printed, a list a field; `rare` holds what few rows have."""

    posted: list[str] = field(default_factory=list)
    amount: list[str] = field(default_factory=list)
    type: list[str] = field(default_factory=list)
    fitid: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    memo: list[str] = field(default_factory=list)
    line: list[int] = field(default_factory=list)
    pending: set[int] = field(default_factory=set)
    rare: dict[int, dict[str, str]] = field(default_factory=dict)
    broken: dict[int, str] = field(default_factory=dict)
    """Row number → why it cannot be used."""


@dataclass(slots=True)
class Part:
    """One statement of one account. `fields` maps `PARENT.ELEMENT` to its first value."""

    tag: str
    response: int
    fields: dict[str, str] = field(default_factory=dict)
    balances: list[dict[str, str]] = field(default_factory=list)
    rows: Columns = field(default_factory=Columns)
    has_list: bool = False


@dataclass(slots=True)
class Tokens:
    """All that was found. `statuses` are the bank's answers as (where, response, code, severity, message)."""

    parts: list[Part] = field(default_factory=list)
    closings: list[Part] = field(default_factory=list)
    statuses: list[dict[str, str]] = field(default_factory=list)
    signon: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    trades: int = 0
    notes: dict[str, int] = field(default_factory=dict)
    """What was odd → the line of its first appearance."""
