"""What a summary tells of beside activities: cases that are ready, meetings, and what is still planned."""

from dataclasses import dataclass
from datetime import date

from models.calendar_query import planned_between
from models.case import Case, CaseStage
from models.plan_item import MEETING, PlanItem
from models.plan_repository import list_of_year
from models.planning import PlanState, plan_of_year
from models.reports.basis import ReportBasis


@dataclass(frozen=True, slots=True)
class Intention:
    """Something planned and not done yet: a line of the plan, a planned activity, or both in one."""

    title: str
    month: int
    year: int
    day: date | None
    sources: tuple[str, ...]


def final_cases(basis: ReportBasis) -> list[Case]:
    """The cases of the period that are 定稿, those adopted first."""
    final = [case for case in basis.cases if case.finalised]
    return sorted(final, key=lambda case: case.fate != CaseStage.ADOPTED)


def meetings_of(basis: ReportBasis) -> list[PlanItem]:
    """研究部署 that took place in the period, by day."""
    years = range(basis.period.start.year, basis.period.end.year + 1)
    items = (item for year in years for item in list_of_year(basis.ledger, year))
    held = [item for item in items if item.kind == MEETING and not item.cancelled and _took_place(item, basis)]
    return sorted(held, key=lambda item: item.day or date.min)


def intentions_of(basis: ReportBasis) -> list[Intention]:
    """What is still to be done by the plan of the year in which the period ends; from its last day on, of the next."""
    end = basis.period.end
    year = end.year + ((end.month, end.day) == (12, 31) and basis.today > end)
    rows = plan_of_year(basis.ledger, year, basis.today)
    own = {row.activity.uid for row in rows if row.activity}
    found = [
        Intention(
            row.item.title,
            _month_of(row.item),
            year,
            row.item.day or (row.activity.start if row.activity else None),
            (row.item.uid, *((row.activity.uid,) if row.activity else ())),
        )
        for row in rows
        if row.state in (PlanState.PENDING, PlanState.OVERDUE)
    ]
    planned = planned_between(basis.ledger, date(year, 1, 1), date(year, 12, 31))
    found += [
        Intention(entry.name, entry.start.month, year, entry.start, (entry.uid,))
        for entry in planned
        if entry.uid not in own
    ]
    return sorted(found, key=lambda each: (each.month, each.day or date.max))


def _took_place(item: PlanItem, basis: ReportBasis) -> bool:
    return item.day is not None and basis.period.contains(item.day) and item.day <= basis.today


def _month_of(item: PlanItem) -> int:
    if item.day:
        return item.day.month
    return int(item.month[5:7]) if item.month[5:7].isdecimal() else 12
