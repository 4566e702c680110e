"""What a case has from its linked activities: time, forms, focuses, the tasks it serves."""

from collections.abc import Sequence
from datetime import date

from models.activity import Activity, Codes
from models.case import Case
from models.periods import Period

Span = tuple[date | None, date | None]


def period_of(case: Case, activities: Sequence[Activity]) -> Span:
    """实施时间: each end as typed, else from the linked activities; None where neither tells."""
    starts = [each.start for each in activities if each.start]
    ends = [each.last_day for each in activities if each.last_day]
    return case.period_start or min(starts, default=None), case.period_end or max(ends, default=None)


def day_of(case: Case, activities: Sequence[Activity]) -> date | None:
    """The day that decides to which report period a case belongs: when it ended, else when it was entered.

    A case is written after the fact, often in the first days of the next quarter; by its end it stays in the
    period that its activities are reported in.
    """
    start, end = period_of(case, activities)
    return end or start or (case.created_at.date() if case.created_at else None)


def belongs_to(case: Case, activities: Sequence[Activity], period: Period) -> bool:
    """Whether a case is reported with this period."""
    return period.contains(day_of(case, activities))


def forms_of(activities: Sequence[Activity]) -> Codes:
    """关联活动形式: the codes of the forms, each once, in the order of the links."""
    return tuple(dict.fromkeys(each.form for each in activities if each.form))


def focuses_of(activities: Sequence[Activity]) -> Codes:
    """The codes of 宣传教育重点 of all linked activities."""
    return tuple(sorted({code for each in activities for code in each.focus}))


def local_focuses_of(activities: Sequence[Activity]) -> Codes:
    """The codes of 服务中心工作 of all linked activities, each once."""
    return tuple(dict.fromkeys(code for each in activities for code in each.local_focus))
