"""The detectors in force, and one run of them: drafts → findings, worst first.

Built-ins and plug-ins come through one entry-point group, `stmt_scan.detectors`. A plug-in that cannot be used is
a value in `problems()`; one that takes a built-in's name is reported and not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from analyzer import money, plugins
from analyzer.detectors import clues, evidence
from analyzer.detectors.base import Context, Detector, Draft
from analyzer.errors import PluginError, StmtScanError, UsageError
from analyzer.model import Finding, FindingKind, Stream, Transaction, transactions

GROUP = "stmt_scan.detectors"
BUILT_IN = {
    "card-testing": "analyzer.detectors.card_testing:CardTesting",
    "charge-after-cancellation": "analyzer.detectors.charge_after_cancellation:ChargeAfterCancellation",
    "duplicate-charge": "analyzer.detectors.duplicate_charge:DuplicateCharge",
    "new-subscription": "analyzer.detectors.new_subscription:NewSubscription",
    "price-increase": "analyzer.detectors.price_increase:PriceIncrease",
    "seller-fee": "analyzer.detectors.seller_fee:SellerFee",
    "trial-conversion": "analyzer.detectors.trial_conversion:TrialConversion",
    "unrecognized-recurring": "analyzer.detectors.unrecognized_recurring:UnrecognizedRecurring",
    "unusual-amount": "analyzer.detectors.unusual_amount:UnusualAmount",
}
"""The same lines as in pyproject.toml; used as they are where the package runs without being installed."""
ONE_STORY: tuple[FindingKind, ...] = (
    "charge-after-cancellation",
    "seller-fee",
    "trial-conversion",
    "unrecognized-recurring",
    "new-subscription",
)
"""Kinds that explain a charge as a whole: of several about the same charges, the first named here speaks."""


def detectors() -> Mapping[str, Detector]:
    """Name → detector, in the order of the names."""
    return _loaded()[0]


def problems() -> list[StmtScanError]:
    """Plug-ins that could not be used, each with the reason."""
    return list(_loaded()[1])


@lru_cache(maxsize=1)
def _loaded() -> tuple[dict[str, Detector], tuple[StmtScanError, ...]]:
    return load(plugins.points(GROUP))


def load(points: Iterable[Any]) -> tuple[dict[str, Detector], tuple[StmtScanError, ...]]:
    """The detectors behind entry points, and the problems met; what `detectors` and `problems` keep."""
    return plugins.load(points, BUILT_IN, group=GROUP, kind="detector", unfit=_unfit)


def _unfit(made: Any) -> str:
    return "" if callable(getattr(made, "find", None)) else "lacks find"


def run(context: Context, names: Sequence[str] | None = None) -> tuple[list[Finding], tuple[Stream, ...]]:
    """The findings of the detectors `names` (all in force when None), worst first, and the streams with `authorized` set.

    Raises:
        UsageError: a name no detector has.
        PluginError: a plug-in failed on this frame.
    """
    known = detectors()
    if unknown := [n for n in names or () if n not in known]:
        raise UsageError(f"no detector is named {unknown[0]!r}", todo=f"known are {', '.join(known)}")
    verdicts = [context.verdict(n) for n in range(len(context.streams))]
    streams = tuple(s if v is s.authorized else replace(s, authorized=v) for s, v in zip(context.streams, verdicts, strict=True))
    if context.frame.empty:
        return [], streams
    marked = replace(context, streams=streams)
    drafts: list[Draft] = []
    finished: list[Finding] = []
    for name in known if names is None else dict.fromkeys(names):
        for item in _found(known[name], marked):
            if isinstance(item, Draft):
                drafts.append(item)
            else:
                finished.append(item)
    finished += _findings(marked, _one_story(marked, drafts))
    return sorted(finished, key=_worst_first), streams


def _worst_first(f: Finding) -> tuple[float, int, str, str, str]:
    # Between equal scores the order of ids decides, so that no order of rows shows.
    return -f.score, -len(f.transactions), f.kind, f.id, f.account


def _found(detector: Detector, context: Context) -> list[Draft | Finding]:
    if type(detector).__module__.startswith("analyzer."):
        return list(detector.find(context))
    try:
        return list(detector.find(context))
    except Exception as error:
        what = f"detector {detector.name!r} failed: {type(error).__name__}: {' '.join(str(error).split())}"
        raise PluginError(what, source=type(detector).__module__, todo="report it to its author, or uninstall it") from error


def _one_story(context: Context, drafts: list[Draft]) -> list[Draft]:
    """`drafts` without those that only tell again, of the same charges, what a stronger kind tells."""
    taken: dict[str, set[int]] = {}
    out: list[Draft] = []
    rank = {kind: n for n, kind in enumerate(ONE_STORY)}
    for draft in sorted(drafts, key=lambda d: (rank.get(d.kind, len(rank)), d.rows)):
        if draft.kind in rank:
            seen = taken.setdefault(str(context.account[draft.rows[0]]), set())
            if sum(r in seen for r in draft.rows) * 2 >= len(draft.rows):
                continue
            seen.update(draft.rows)
        out.append(draft)
    return out


def _findings(context: Context, drafts: list[Draft]) -> list[Finding]:
    """All drafts as findings; their transactions are made in one go."""
    rows = sorted({r for d in drafts for r in d.rows})
    made: dict[int, Transaction] = dict(zip(rows, transactions(context.frame, rows), strict=True))
    return [_finding(context, d, made) for d in drafts]


def _finding(context: Context, draft: Draft, made: Mapping[int, Transaction]) -> Finding:
    weights = context.weights
    back = clues.returned(context, draft.rows, draft.kind)
    pairs = [*draft.evidence, *back]
    names = [f"base:{draft.kind}", *(name for name, _ in pairs)]
    told = [*draft.said, *(text for _, text in sorted(draft.evidence, key=lambda p: -weights.get(p[0], 0.0)) if text)]
    # What came back belongs near the top: it changes what is asked for.
    sentences = dict.fromkeys([*told[:1], *(text for _, text in back), *told[1:]])
    if draft.stream is not None:
        sentences.update(dict.fromkeys(draft.stream.evidence))
    row = draft.rows[0]
    currency = str(context.currency[row])
    if draft.at_risk is None:
        risk = -sum(int(context.minor[r]) for r in draft.rows) - sum(m.back.minor for m in context.refunds(draft.rows))
    else:
        risk = draft.at_risk
    return Finding(
        kind=draft.kind,
        detector=draft.detector,
        score=evidence.score(weights, names),
        merchant=draft.merchant or (draft.stream.merchant if draft.stream else context.name(draft.rows)),
        account=str(context.account[row]),
        currency=currency,
        amount_at_risk=money.from_minor(max(risk, 0), currency),
        reasons=tuple(sentences) or (f"found by {draft.detector}",),
        category=draft.category,
        transactions=tuple(made[r] for r in draft.rows),
        stream=draft.stream,
        evidence={n: weights[n] for n in names if n in weights},
    )
