"""A bank's export, declared: columns by name, what they mean, nothing else.

A profile is a class with class attributes and no code. It is checked when the class is *defined*, with messages
that say what to write, and matched on the whole header: every name, in order. Profiles kept elsewhere are
registered in the entry-point group `stmt_scan.profiles`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar, get_args

from analyzer.errors import PluginError, StmtScanError, UsageError
from analyzer.importers.base import DateOrder, Sign
from analyzer.importers.csv import phrases, words
from analyzer.importers.csv.plan import Plan
from analyzer.importers.numbers import COMMA, POINT
from analyzer.model import AccountKind

GROUP = "stmt_scan.profiles"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ONE = (
    "date",
    "amount",
    "debit",
    "credit",
    "flag",
    "balance",
    "balance_before",
    "currency_column",
    "account_column",
    "fitid",
    "status",
    "fee",
    "product",
)


class Profile:
    """One export format of one bank. Subclass it and set the attributes; columns are named as the file names them.

    Either `amount`, or `debit` and `credit`. `header` is the whole line of column names; a bank that changed it
    lists the older ones in `headers`. A file without column names is matched on `shape`, one regular expression
    a column, and its columns are then named by `header`.
    """

    name: ClassVar[str] = ""
    bank: ClassVar[str] = ""
    country: ClassVar[str] = ""
    header: ClassVar[tuple[str, ...]] = ()
    headers: ClassVar[tuple[tuple[str, ...], ...]] = ()
    shape: ClassVar[tuple[str, ...]] = ()
    date: ClassVar[str] = ""
    date_order: ClassVar[DateOrder] = "ymd"
    decimal: ClassVar[str] = "."
    amount: ClassVar[str] = ""
    sign: ClassVar[Sign] = "charge-negative"
    debit: ClassVar[str] = ""
    credit: ClassVar[str] = ""
    flag: ClassVar[str] = ""
    money_out: ClassVar[tuple[str, ...]] = ()
    money_in: ClassVar[tuple[str, ...]] = ()
    description: ClassVar[tuple[str, ...]] = ()
    balance: ClassVar[str] = ""
    balance_before: ClassVar[str] = ""
    currency: ClassVar[str] = ""
    currency_column: ClassVar[str] = ""
    account_column: ClassVar[str] = ""
    fitid: ClassVar[str] = ""
    status: ClassVar[str] = ""
    fee: ClassVar[str] = ""
    product: ClassVar[str] = ""
    kind: ClassVar[AccountKind | None] = None
    apostrophes: ClassVar[bool] = False
    """Text is guarded by an apostrophe against spreadsheets, as our own export does."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        faults = list(_faults(cls))
        if faults:
            raise TypeError(f"profile {cls.__name__}: {'; '.join(faults)}")

    @classmethod
    def signatures(cls) -> list[tuple[str, ...]]:
        """The folded headers this profile reads."""
        return [tuple(map(words.fold_words, h)) for h in (cls.header, *cls.headers)]

    @classmethod
    def plan(cls, names: Sequence[str]) -> Plan | None:
        """The plan for a file whose column names are `names`; None where they are not this profile's.

        Empty names at the end, made by a trailing separator, do not count.
        """
        folded = [words.fold_words(n) for n in names]
        while folded and not folded[-1]:
            folded.pop()
        for number, signature in enumerate(cls.signatures()):
            if list(signature) == folded:
                return cls._plan((cls.header, *cls.headers)[number])
        return None

    @classmethod
    def plan_by_shape(cls, row: Sequence[str]) -> Plan | None:
        """The plan for a file without column names whose rows have this profile's shape."""
        if not cls.shape or not 0 <= len(row) - len(cls.shape) <= row[len(cls.shape) :].count(""):
            return None
        fits = all(re.fullmatch(pattern, cell) for pattern, cell in zip(cls.shape, row, strict=False))
        return cls._plan(cls.header) if fits else None

    @classmethod
    def _plan(cls, header: tuple[str, ...]) -> Plan:
        def at(column: str) -> int | None:
            return header.index(column) if column and column in header else None

        place = at(cls.date)
        assert place is not None
        return Plan(
            date=place,
            amount=at(cls.amount),
            debit=at(cls.debit),
            credit=at(cls.credit),
            flag=at(cls.flag),
            flags={**{phrases.fold_flag(w): -1 for w in cls.money_out}, **{phrases.fold_flag(w): 1 for w in cls.money_in}},
            balance=at(cls.balance),
            before=at(cls.balance_before),
            currency=at(cls.currency_column),
            text=tuple(i for i in map(at, cls.description) if i is not None),
            fitid=at(cls.fitid),
            account=at(cls.account_column),
            status=at(cls.status),
            fee=at(cls.fee),
            product=at(cls.product),
            order=cls.date_order,
            style=POINT if cls.decimal == "." else COMMA,
            sign=cls.sign,
            code=cls.currency,
            kind=cls.kind,
            institution=cls.bank,
            importer=f"csv:{cls.name}",
            profile=cls.name,
            guard=cls.apostrophes,
        )


def _faults(cls: type[Profile]) -> list[str]:
    """What is wrong with a declaration, each with what to write."""
    found = []

    def wrong(text: str) -> None:
        found.append(text)

    if not (isinstance(cls.name, str) and _NAME.fullmatch(cls.name)):
        wrong('write name = "bank-card": lower case, digits, hyphens')
    if not cls.bank:
        wrong('write bank = "The Bank": the name users know')
    if not re.fullmatch(r"[A-Z]{2}", cls.country):
        wrong('write country = "DE": two capital letters of ISO 3166, or XX where the export knows no country')
    for header in (cls.header, *cls.headers):
        if not isinstance(header, tuple) or len(header) < 2 or not all(isinstance(h, str) for h in header):
            wrong('write header = ("Date", "Description", "Amount"): the whole line of column names, as a tuple')
            return found
    for attribute in _ONE:
        column = getattr(cls, attribute)
        if column and not all(column in h for h in (cls.header, *cls.headers)):
            wrong(f"{attribute} = {column!r} is no name of the header; write one of {', '.join(map(repr, cls.header))[:200]}")
    if not cls.date:
        wrong('write date = "Date": the column of the day')
    if not isinstance(cls.description, tuple) or not cls.description:
        wrong('write description = ("Description",): the columns of text, as a tuple')
    elif missing := [d for d in cls.description if d not in cls.header]:
        wrong(f"description names {missing[0]!r}, which is not in the header")
    if bool(cls.amount) == bool(cls.debit or cls.credit):
        wrong('write either amount = "Amount", or debit = "Debit" and credit = "Credit"')
    if cls.date_order not in get_args(DateOrder):
        wrong('write date_order = "dmy", "mdy" or "ymd"')
    if cls.decimal not in (".", ","):
        wrong('write decimal = "." or ","')
    if cls.sign not in get_args(Sign):
        wrong('write sign = "charge-negative" or "charge-positive"')
    if cls.flag and not (cls.money_out or cls.money_in):
        wrong('write money_out = ("D",) and money_in = ("C",): the words of the flag column')
    if cls.kind not in (None, "credit", "bank"):
        wrong('write kind = "credit" or "bank", or leave it out')
    if cls.currency and not re.fullmatch(r"[A-Z]{3}", cls.currency):
        wrong('write currency = "EUR": three capital letters of ISO 4217')
    if cls.shape and len(cls.shape) > len(cls.header):
        wrong("shape has more columns than the header; write one regular expression a column")
    return found


_REGISTERED: dict[str, type[Profile]] = {}


@lru_cache(maxsize=1)
def _loaded() -> tuple[dict[str, type[Profile]], tuple[StmtScanError, ...]]:
    import importlib
    import pkgutil
    from importlib.metadata import entry_points

    from analyzer.importers import profiles as package

    found: dict[str, type[Profile]] = {}
    troubles: list[StmtScanError] = []
    for module in sorted(m.name for m in pkgutil.iter_modules(package.__path__)):
        for profile in _in(importlib.import_module(f"{package.__name__}.{module}")):
            found[profile.name] = profile
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name, p.value)):
        try:
            profile = point.load()
        except (Exception, SystemExit) as error:
            troubles.append(PluginError(f"profile {point.name!r} cannot be loaded: {error}", source=point.value, todo="it is not used"))
            continue
        if not (isinstance(profile, type) and issubclass(profile, Profile)):
            troubles.append(PluginError(f"profile {point.name!r} is no Profile class", source=point.value, todo="it is not used"))
        elif profile.name in found:
            troubles.append(
                PluginError(f"two profiles are named {profile.name!r}", source=point.value, todo="rename one; this one is not used")
            )
        else:
            found[profile.name] = profile
    return dict(sorted(found.items())), tuple(troubles)


def _in(module: object) -> list[type[Profile]]:
    classes = (c for c in vars(module).values() if isinstance(c, type) and issubclass(c, Profile) and c is not Profile)
    return [c for c in classes if c.__module__ == getattr(module, "__name__", "")]


def register(profile: type[Profile]) -> type[Profile]:
    """`profile`, from now on in force in this process; may be used as a class decorator.

    Raises:
        PluginError: another profile has its name.
    """
    known = profiles().get(profile.name)
    if known is not None and known is not profile:
        raise PluginError(f"two profiles are named {profile.name!r}", todo="rename one")
    _REGISTERED[profile.name] = profile
    _by_signature.cache_clear()
    return profile


def profiles() -> Mapping[str, type[Profile]]:
    """Name → profile, built-in ones and those of plug-ins."""
    return {**_loaded()[0], **_REGISTERED}


def problems() -> list[StmtScanError]:
    """Profiles of plug-ins that could not be used, each with the reason."""
    return list(_loaded()[1])


@lru_cache(maxsize=1)
def _by_signature() -> dict[tuple[str, ...], list[type[Profile]]]:
    found: dict[tuple[str, ...], list[type[Profile]]] = {}
    for profile in profiles().values():
        for signature in dict.fromkeys(profile.signatures()):
            found.setdefault(signature, []).append(profile)
    return found


def matching(names: Sequence[str]) -> list[type[Profile]]:
    """The profiles whose whole header is `names`."""
    folded = [words.fold_words(n) for n in names]
    while folded and not folded[-1]:
        folded.pop()
    return list(_by_signature().get(tuple(folded), []))


def matching_shape(rows: Sequence[Sequence[str]]) -> list[type[Profile]]:
    """The profiles for files without names whose shape all of `rows` have."""
    return [p for p in profiles().values() if p.shape and rows and all(p.plan_by_shape(r) is not None for r in rows)]


def named(name: str) -> type[Profile]:
    """The profile called `name`.

    Raises:
        UsageError: there is none; the message names the nearest.
    """
    found = profiles().get(name)
    if found is None:
        import difflib

        near = difflib.get_close_matches(name, profiles(), 3) or sorted(profiles())[:3]
        raise UsageError(f"no profile {name[:40]!r}", todo=f"perhaps {', '.join(near)}; stmt-scan formats lists what is in force")
    return found
