"""Where the ledger is when nobody says otherwise."""

from __future__ import annotations

from pathlib import Path


def default_path() -> Path:
    """The platform's folder for a user's own data, and `ledger.db` in it.

    `platformdirs` knows each platform's rule (on Linux `XDG_DATA_HOME`, else `~/.local/share`).
    """
    from platformdirs import user_data_path

    return user_data_path("stmt-scan", appauthor=False) / "ledger.db"
