"""What a frame from outside must be before anything is concluded from it.

A frame of `analyzer.read` always passes. One that was loaded from elsewhere, or changed in a notebook, is refused
with what to write, since a row without its day or amount would otherwise drop out in silence.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from analyzer.errors import UsageError
from analyzer.model.statement import COLUMNS

if TYPE_CHECKING:
    import pandas as pd

STATUSES = frozenset({"posted", "pending", "superseded"})
MOST = 2**62
"""Smallest units that all rows together may hold: beyond it, sums of whole numbers would run over."""


def require_frame(frame: object) -> None:
    """Refuse what `scan` cannot work on exactly.

    Raises:
        UsageError: no frame; a column is missing or of another kind; a row lacks what no row can be judged without.
    """
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        raise UsageError(f"a frame is needed, not {_article(type(frame).__name__)}", todo="scan what analyzer.read returned")
    missing = [c for c in COLUMNS if c not in frame.columns]
    if missing:
        raise UsageError(f"the frame lacks {', '.join(missing)}", todo="use analyzer.read, or make these columns")
    if frame.columns.has_duplicates:
        twice = sorted({str(c) for c in frame.columns[frame.columns.duplicated()]})
        raise UsageError(f"the frame has two columns named {', '.join(twice)}", todo="keep one of each")
    if frame.empty:
        return
    if not pd.api.types.is_datetime64_dtype(frame["posted"].dtype):
        zoned = isinstance(frame["posted"].dtype, pd.DatetimeTZDtype)
        plain = 'df["posted"].dt.tz_localize(None)' if zoned else 'pd.to_datetime(df["posted"])'
        raise UsageError(
            f"the frame's posted is {frame['posted'].dtype}, not days without a time zone", todo=f'write df["posted"] = {plain}'
        )
    for column in ("posted", "minor", "currency", "descriptor", "account", "status"):
        empty = int(frame[column].isna().sum())
        if empty:
            rows = "1 row has" if empty == 1 else f"{empty} rows have"
            raise UsageError(f"{rows} no {column}", todo="fill it in, or leave these rows out yourself")
    _require_amounts(frame)
    currencies = [str(c) for c in frame["currency"].unique()]
    wrong = [c for c in currencies if not (len(c) == 3 and c.isascii() and c.isalpha() and c.isupper())]
    if wrong:
        raise UsageError(f"{wrong[0][:20]!r} is no currency", todo="three capital letters, such as EUR")
    strange = sorted(str(s) for s in frame["status"].unique() if s not in STATUSES)
    if strange:
        raise UsageError(f"{strange[0][:20]!r} is no status", todo="posted or pending")


def _require_amounts(frame: pd.DataFrame) -> None:
    import pandas as pd

    minor = frame["minor"]
    whole = pd.api.types.is_integer_dtype(minor.dtype)
    if not whole and not (pd.api.types.is_float_dtype(minor.dtype) and bool((minor % 1 == 0).all())):
        raise UsageError("the frame's minor is no column of whole numbers", todo="it is the amount in the currency's smallest unit")
    if float(minor.abs().astype("float64").sum()) > MOST:
        raise UsageError("amounts too large to be added up exactly", todo="check minor: it is the amount in the smallest unit")


def as_day(given: object) -> date:
    """The day `given` is: a date, a datetime (its own calendar day), or text such as `2026-06-28`.

    Raises:
        UsageError: it is none of these.
    """
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    if isinstance(given, str):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    raise UsageError(f"today is {str(given)[:30]!r}, which is no day", todo='a date, or text such as "2026-06-28"')


def _article(name: Any) -> str:
    return f"{'an' if str(name)[:1].lower() in 'aeiou' else 'a'} {name}"
