"""Descriptors → merchants: pure, linear in the text, nothing looked up outside.

`name` gives a readable name per descriptor; `annotate` gives, aligned with a frame, what detection needs:
which merchant, what the descriptor list knows of it, and what the text gives away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analyzer.merchants import listed as _listed
from analyzer.merchants import template as _template
from analyzer.merchants import text as _text
from analyzer.merchants.listed import AGREEMENTS, BUSINESS, KINDS, Listed, load_toml
from analyzer.merchants.text import Reading

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["AGREEMENTS", "BUSINESS", "KINDS", "Annotated", "Listed", "Reading", "annotate", "key", "load_toml", "lookup", "name", "reading"]


@dataclass(frozen=True)
class Annotated:
    """What the descriptors of a frame say, aligned with its rows.

    `text` holds per row a position in `readings`; `brand` per row a number, equal for rows of one merchant.
    Numbers depend on the order of rows, what they stand for does not.
    """

    text: np.ndarray[Any, np.dtype[np.int32]]
    brand: np.ndarray[Any, np.dtype[np.int32]]
    readings: tuple[Reading, ...] = field(repr=False)
    kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """Room for what later stages compute from the same frame and need again."""

    def reading(self, row: int) -> Reading:
        """The reading of the descriptor in row `row`."""
        return self.readings[int(self.text[row])]

    def flag(self, values: Iterable[bool]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """`values`, one a reading, spread over the rows."""
        import numpy as np

        table = np.fromiter(values, dtype=bool, count=len(self.readings))
        out: np.ndarray[Any, np.dtype[np.bool_]] = table[self.text]
        return out


def _templates(series: Any) -> tuple[Any, list[str], tuple[Any, Any]]:
    """Per row the number of its template, and the templates; per row the number of its text, and the texts."""
    import pandas as pd

    codes, unique = pd.factorize(series)
    encoded = _template.template(unique).dictionary_encode()
    templates, texts = encoded.indices.to_numpy(), encoded.dictionary.to_pylist()
    if (codes < 0).any():  # a missing descriptor reads like an empty one
        import numpy as np

        templates, texts = np.append(templates, len(texts)), [*texts, ""]
    return templates[codes], texts, (codes, unique)


def name(series: pd.Series[Any] | Sequence[str]) -> pd.Series[str]:
    """The merchant's name per descriptor, for people; the same text always gives the same name."""
    import numpy as np
    import pandas as pd

    values = series if isinstance(series, pd.Series) else pd.Series(list(series), dtype="str")
    if not len(values):
        return pd.Series([], index=values.index, dtype="str")
    codes, texts, _ = _templates(values)
    rules = _listed.standard()
    names = np.array([r.name for r in _text.read_all(texts, rules)], dtype=object)
    return pd.Series(names[codes], index=values.index, dtype="str")


def reading(descriptor: str, extra: tuple[Listed, ...] | None = None) -> Reading:
    """What one descriptor says."""
    import pandas as pd

    _, texts, _ = _templates(pd.Series([descriptor], dtype="str"))
    return next(iter(_text.read_all(texts[:1], _listed.with_own(extra or ()))))


def lookup(text: str) -> Listed | None:
    """The row of the descriptor list that `text`, a descriptor or a listed name, belongs to."""
    return reading(text).listed


def key(text: str) -> str:
    """The key of the merchant `text` names: a descriptor, a name of ours, or what a user wrote."""
    return reading(text).key


def annotate(series: pd.Series[Any], extra: tuple[Listed, ...] | None = None) -> Annotated:
    """What every descriptor says, merchants told apart; cut and re-spelt texts of one merchant brought together.

    Args:
        series: descriptors.
        extra: the user's own list, see `load_toml`; it goes before ours.
    """
    import numpy as np
    import pandas as pd

    if not len(series):
        empty = np.zeros(0, dtype=np.int32)
        return Annotated(empty, empty, ())
    codes, texts, raw = _templates(series)
    rules = _listed.with_own(extra or ())
    readings = _text.read_all(texts, rules)
    heads = _text.reference_heads(readings)
    keys = _merged([_text.brand_key(r, heads) for r in readings])
    brands, _ = pd.factorize(np.array(keys, dtype=object))
    return Annotated(codes.astype(np.int32), brands.astype(np.int32)[codes], readings, {"raw": raw})


def _merged(keys: list[str]) -> list[str]:
    """`keys` with each that is another one cut off (12 characters or more are equal, at most 12 are missing) replaced by it."""
    unique = sorted(set(keys))
    whole: dict[str, str] = {}
    for shorter, longer in zip(reversed(unique[:-1]), reversed(unique[1:]), strict=True):
        target = whole.get(longer, longer)
        if len(shorter) >= 12 and target.startswith(shorter) and len(target) - len(shorter) <= 12:
            whole[shorter] = target
    return [whole.get(k, k) for k in keys]
