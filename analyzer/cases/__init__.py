"""One incident followed to its end: what was said to whom, which deadline is next, did they charge again, has the refund come.

`opening` makes an incident of a finding, `standing` judges it by the statements, `steps` says what is next, `check` looks
after every `add` and `scan`, `show` and `ics` are its views. The ledger keeps incidents (`analyzer.ledger.incidents`).
"""

from analyzer.cases.check import follow, news
from analyzer.cases.show import events
from analyzer.cases.standing import Standing, assess

__all__ = ["Standing", "assess", "events", "follow", "news"]
