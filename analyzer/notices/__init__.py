"""Is a mail what it says, and is the charge it announces on the statements? Offline: nothing is opened or looked up.

`mail.read` gives a `Mail`, `verdict.check` judges it, `report` shows it.
"""

from analyzer.notices.mail import Mail, parse, read
from analyzer.notices.report import as_data, as_screen
from analyzer.notices.verdict import Notice, check

__all__ = ["Mail", "Notice", "as_data", "as_screen", "check", "parse", "read"]
