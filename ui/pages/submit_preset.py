"""Which period is most likely to be reported now."""

from collections.abc import Callable
from datetime import date

from models.ledger import Ledger
from models.overview_query import sums_between
from models.periods import Period, half_of, month_of, parse_period, quarter_of, statistical_year_of, year_of
from models.submission import SubmissionState
from models.submission_repository import list_submissions

_KINDS: dict[str, Callable[[date], Period]] = {
    "month": month_of,
    "quarter": quarter_of,
    "half": half_of,
    "year": year_of,
    "statistical_year": statistical_year_of,
}
FURTHER_BACK = 3  # periods before the one just ended that are looked at


def likely_period(ledger: Ledger, today: date) -> Period:
    """The period just ended, if it has records and was not submitted; else the current one, or an earlier one missed.

    What was sent back counts as not submitted. The period is of the kind that was submitted last, a quarter the first
    time. Where nothing fits it is the one just ended.
    """
    logged = list_submissions(ledger)
    newest: dict[str, str] = {}
    for each in logged:
        newest.setdefault(each.submission.period, each.state)
    submitted = {period for period, state in newest.items() if state != SubmissionState.RETURNED}
    kind = parse_period(logged[0].submission.period).kind if logged else "quarter"
    current = _KINDS.get(kind, quarter_of)(today)
    ended = current.previous()
    likely = [ended, current]
    for _ in range(FURTHER_BACK):
        likely.append((likely[-1] if len(likely) > 2 else ended).previous())
    due = (each for each in likely if each.code not in submitted and sums_between(ledger, each.start, each.end).done)
    return next(due, ended)
