"""The year calendar for the wall: twelve boxes with what is planned and what was done (焦工文〔2025〕33号 一)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.activity import Stage
from models.calendar_days import OFF, WORK, days_info, read_marks
from models.calendar_query import CalendarEntry, list_between
from models.errors import UserError
from models.ledger import Ledger
from models.notice import Notice
from models.periods import year as whole_year
from models.plan_item import MEETING, PLAN
from models.planning import PlanRow, PlanState, plan_of_year
from models.report import Report, Signature, YearEntry, YearGrid, YearMonth
from models.reports.basis import ReportBasis
from models.reports.month_sheet import (
    CANCELLED,
    CODE,
    DONE,
    MOST_SHEETS,
    OVERDUE,
    PLANNED,
    joined,
    sheet_notes,
    sign_of,
)
from models.unit_repository import get_unit

FILE_STEM = "活动年历"
MONTHS = 12
NO_DAY = "日子未定"
_SIGNS = {
    PlanState.DONE: DONE,
    PlanState.PENDING: PLANNED,
    PlanState.OVERDUE: OVERDUE,
    PlanState.CANCELLED: CANCELLED,
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry in its month; `order` is its day in the month, 0 for one without a day, which comes first."""

    month: int
    order: int
    entry: YearEntry


def build(basis: ReportBasis) -> Report:
    """A sheet for each calendar year that the period touches. Raises UserError for more than 12."""
    years = range(basis.period.start.year, basis.period.end.year + 1)
    if len(years) > MOST_SHEETS:
        raise UserError(f"年历一次最多打印 {MOST_SHEETS} 年，所选的报送期有 {len(years)} 年。请选短一些的报送期。")
    return joined([build_year_sheet(basis.ledger, basis.notice, year, basis.today) for year in years], basis)


def build_year_sheet(ledger: Ledger, notice: Notice, year: int, today: date) -> Report:
    """The calendar of a year: in each month its activities by the day they begin, and the lines of the plan and the
    研究部署 that no activity stands for. One that began the year before and still lasts stands in January.
    """
    unit, period = get_unit(ledger), whole_year(year)
    placed = [_of_activity(entry, year, today) for entry in list_between(ledger, period.start, period.end)]
    rows = [row for kind in (MEETING, PLAN) for row in plan_of_year(ledger, year, today, kind=kind)]
    placed += [_of_plan(row, year) for row in rows if row.activity is None]
    placed.sort(key=lambda one: one.order)
    corners = _corners(ledger, notice, year)
    months = tuple(
        YearMonth(number, corners[number - 1], tuple(one.entry for one in placed if one.month == number))
        for number in range(1, MONTHS + 1)
    )
    used = {one.entry.mark for one in placed}
    return Report(
        code=CODE,
        title=f"{year}年宣传教育活动年历",
        file_stem=FILE_STEM,
        unit_name=unit.name,
        unit_code=unit.code,
        period_text=period.label,
        period_code=period.code,
        orientation="landscape",
        blocks=(YearGrid(months, sheet_notes(used, notice, year)),),
        signature=Signature(filled_on=today),
        basis="",
        form_version="",
        info=tuple(item for item in (unit.name, f"{today.year}年{today.month}月{today.day}日编印") if item),
        signed=False,
    )


def _of_activity(entry: CalendarEntry, year: int, today: date) -> _Placed:
    mark, state = sign_of(entry, today)
    start, last = entry.start, entry.last_day
    began_before = start.year < year
    made = YearEntry(
        mark,
        _days(start, last, year),
        entry.name,
        place=entry.place,
        state=state,
        faint=entry.stage == Stage.CANCELLED,
        uid=entry.uid,
        sources=(entry.uid,),
    )
    return _Placed(1, 1, made) if began_before else _Placed(start.month, start.day, made)


def _of_plan(row: PlanRow, year: int) -> _Placed:
    item = row.item
    mark, state = _SIGNS[row.state]
    day = item.day if item.day and item.day.year == year else None
    # What was planned before it had a month of its own still needs its place in the year.
    month = day.month if day else int(item.month[5:7]) if item.month[5:7].isdecimal() else 1
    title = item.title or item.topic.rstrip("。")
    words = f"研究部署：{title}" if item.kind == MEETING else title
    made = YearEntry(
        mark,
        f"{day.day}日" if day else "",
        words,
        state=state if day else f"{state}，{NO_DAY}",
        faint=row.state == PlanState.CANCELLED,
        sources=(item.uid,),
    )
    return _Placed(min(max(month, 1), MONTHS), day.day if day else 0, made)


def _days(start: date, last: date, year: int) -> str:
    """3日, 28日—30日, 28日—11月2日; days of another year carry theirs."""
    first = f"{start.day}日" if start.year == year else f"{start.year}年{start.month}月{start.day}日"
    if last == start:
        return first
    if (last.year, last.month) == (start.year, start.month):
        return f"{start.day}—{last.day}日"
    return f"{first}—{'' if last.year == year else f'{last.year}年'}{last.month}月{last.day}日"


def _corners(ledger: Ledger, notice: Notice, year: int) -> list[str]:
    """For each month its days off and its worked weekends: 休1—8日　班11日."""
    infos = days_info(date(year, 1, 1), date(year, 12, 31), notice, read_marks(ledger))
    corners: list[str] = []
    for number in range(1, MONTHS + 1):
        found = ((word, [one.day.day for one in infos if one.day.month == number and one.kind == kind])
                 for kind, word in ((OFF, "休"), (WORK, "班")))  # fmt: skip
        corners.append("　".join(f"{word}{'、'.join(_runs(days))}日" for word, days in found if days))
    return corners


def _runs(days: Sequence[int]) -> Iterator[str]:
    """1, 2, 3, 7 → 1—3, 7."""
    start = previous = days[0]
    for day in (*days[1:], 0):
        if day != previous + 1:
            yield str(start) if start == previous else f"{start}—{previous}"
            start = day
        previous = day
