"""What 首页 says: what the current period still needs, the month, the year. Today is an argument."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models import overview_query
from models.ledger import Ledger
from models.notice import Notice
from models.overview_query import Sums
from models.periods import Period, month, month_of, quarter_of, year_of

if TYPE_CHECKING:  # the rules are loaded by the first check, not by the start
    from models.checks import CheckResult, Finding

REPORTING_DAYS = 15  # so long after its end a quarter is what 首页 speaks of: reports are written then
SECONDS_PER_FIELD = 30  # what it takes to open a record, fill one field and save


@dataclass(frozen=True, slots=True)
class YearOverview:
    """Figures of the calendar year and of the month of `today`. `months` are January to December."""

    year: int
    this_month: Sums
    months: tuple[Sums, ...]
    whole: Sums
    forms: Mapping[str, int]
    cases: int
    works: int


@dataclass(frozen=True, slots=True)
class ToDo:
    """What one record lacks: `finding` is the first thing to mend in it, `more` how many follow."""

    finding: "Finding"
    more: int


def due_period(today: date) -> Period:
    """The quarter that has to be reported now: the one just ended during its first days after, else the current."""
    return quarter_of(today - timedelta(days=REPORTING_DAYS))


def year_overview(ledger: Ledger, today: date) -> YearOverview:
    """The year so far, in figures. Plans and cancelled activities never count as held."""
    from models.case_repository import list_cases_in_period

    year = year_of(today)
    months = tuple(
        overview_query.sums_between(ledger, each.start, each.end)
        for each in (month(today.year, number) for number in range(1, 13))
    )
    whole = Sums(
        sum(each.done for each in months),
        sum(each.planned for each in months),
        sum(each.sessions for each in months),
        sum(each.people_offline for each in months),
        sum(each.people_online for each in months),
    )
    return YearOverview(
        year=today.year,
        this_month=months[month_of(today).start.month - 1],
        months=months,
        whole=whole,
        forms=overview_query.forms_between(ledger, year.start, year.end),
        cases=len(list_cases_in_period(ledger, year)),
        works=overview_query.works_between(ledger, year.start, year.end),
    )


def to_dos(result: "CheckResult") -> list[ToDo]:
    """What must be mended, one entry per record, in the order of the check."""
    by_record: dict[tuple[str, str], list[Finding]] = {}
    for finding in result.hard:
        by_record.setdefault((finding.uid, finding.title if not finding.uid else ""), []).append(finding)
    return [ToDo(findings[0], len(findings) - 1) for findings in by_record.values()]


def minutes_for(fields: int) -> int:
    """About how many minutes it takes to fill so many fields; at least one."""
    return max(1, round(fields * SECONDS_PER_FIELD / 60))


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A line of 条文对照: a sub-item of the notice or a focus, the clause that names it, and how many activities."""

    group: str
    code: str
    label: str
    clause: str
    level: str
    count: int


def clause_coverage(ledger: Ledger, notice: Notice, year: int) -> list[ClauseLine]:
    """条文对照 of a calendar year: each thing that a basic union may do, with how many activities did it.

    Private: it is never sent and holds no score. National tasks (level R) are not asked of anybody.
    """
    start, end = date(year, 1, 1), date(year, 12, 31)
    items = overview_query.items_between(ledger, start, end)
    focuses = overview_query.focuses_between(ledger, start, end)
    lines = [
        ClauseLine(form.brief, item.code, item.label, item.clause or form.clause, item.level, items.get(item.code, 0))
        for form in notice.forms
        for item in notice.items_of(form.code)
    ]
    lines += [
        ClauseLine("宣传教育重点", focus.code, focus.label, focus.clause, "G", focuses.get(focus.code, 0))
        for focus in notice.focuses
    ]
    return lines
