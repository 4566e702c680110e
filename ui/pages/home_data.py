"""Everything 首页 says, read in one go on a connection of its own, away from the window's thread."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.checks import CheckResult, check_period
from models.ledger import Ledger
from models.notice import Notice
from models.overview import ClauseLine, YearOverview, clause_coverage, due_period, year_overview

if TYPE_CHECKING:
    from models.submission_log import LastSubmission

UPCOMING_DAYS = 7


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan that is overdue or near: `day` is when it was or is to take place."""

    uid: str
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class HomeData:
    """What the cards show. `lunar` is today's lunar date; `backup` the lines about the last verified one, or None;
    `submission` the newest one, or None.
    """

    check: CheckResult
    due_cases: int
    year: YearOverview
    overdue: tuple[PlanLine, ...]
    upcoming: tuple[PlanLine, ...]
    coverage: list[ClauseLine]
    lunar: str
    backup: tuple[str, ...] | None
    submission: "LastSubmission | None"


def read_home(ledger: Ledger, notice: Notice, today: date) -> HomeData:
    """Read it. Raises UserError as every reading of the ledger does."""
    from models.backup_words import last_backup_lines
    from models.calendar_query import list_overdue, upcoming
    from models.case_repository import list_cases_in_period
    from models.lunar_days import almanac_of
    from models.submission_log import last_submission

    with ledger.reader() as reader:
        period = due_period(today)
        cases = list_cases_in_period(reader, period)
        return HomeData(
            check=check_period(reader, notice, period, today),
            due_cases=len(cases),
            year=year_overview(reader, today),
            overdue=tuple(
                PlanLine(each.uid, each.title, each.end or each.start) for each in list_overdue(reader, today)
            ),
            upcoming=tuple(
                PlanLine(each.uid, each.title, each.start) for each in upcoming(reader, today, UPCOMING_DAYS)
            ),
            coverage=clause_coverage(reader, notice, today.year),
            lunar=almanac_of(today).lunar_full,
            backup=last_backup_lines(reader, today),
            submission=last_submission(reader, notice, today),
        )
