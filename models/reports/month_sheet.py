"""The month calendar for the wall: one sheet with each day's activities, 休 and 班, lunar days and anniversaries."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from models.activity import Stage, Status
from models.calendar_days import (
    OFF,
    WORK,
    DayInfo,
    corner_text,
    days_info,
    is_rest_day,
    is_special,
    read_marks,
    unknown_year_note,
)
from models.calendar_query import CalendarEntry, by_day, list_between
from models.dates import days_in_month
from models.errors import UserError
from models.ledger import Ledger
from models.notice import Notice
from models.periods import month as whole_month
from models.report import DayEntry, MonthDay, MonthGrid, Report, Signature
from models.reports.basis import ReportBasis
from models.unit_repository import get_unit

CODE = "日历"
FILE_STEM = "活动日历"
DAYS = 7
PLANNED, OVERDUE, DONE, CANCELLED = ("○", "计划"), ("△", "过期未登记"), ("●", "已举办"), ("×", "取消")
SIGNS = (PLANNED, OVERDUE, DONE, CANCELLED)
MOST_SHEETS = 12


def build(basis: ReportBasis) -> Report:
    """A sheet for each month that the period touches, 12 at most. Raises UserError for a longer period."""
    months: list[tuple[int, int]] = []
    day = basis.period.start.replace(day=1)
    while day <= basis.period.end:
        months.append((day.year, day.month))
        day = (day + timedelta(days=31)).replace(day=1)
    if len(months) > MOST_SHEETS:
        raise UserError(f"月历一次最多打印 {MOST_SHEETS} 个月，所选的报送期有 {len(months)} 个月。请选短一些的报送期。")
    ledger, notice, today = basis.ledger, basis.notice, basis.today
    return joined([build_month_sheet(ledger, notice, *month, today) for month in months], basis)


def joined(sheets: Sequence[Report], basis: ReportBasis) -> Report:
    """Several calendar sheets as one report under the name of the period."""
    first, *others = sheets
    if not others:
        return first
    return replace(first, period_text=basis.period.label, period_code=basis.period.code, following=tuple(others))


def build_month_sheet(ledger: Ledger, notice: Notice, year: int, month: int, today: date) -> Report:
    """The calendar of a month: weeks from Monday, an activity on each of its days, cancelled ones marked so."""
    unit, period = get_unit(ledger), whole_month(year, month)
    first, last = date(year, month, 1), date(year, month, days_in_month(year, month))
    start = first - timedelta(days=first.weekday())
    end = last + timedelta(days=DAYS - 1 - last.weekday())
    entries = by_day(list_between(ledger, first, last), first, last)
    days = [
        _day(info, entries.get(info.day, ()), today, inside=first <= info.day <= last)
        for info in days_info(start, end, notice, read_marks(ledger))
    ]
    used = {entry.mark for day in days for entry in day.entries}
    weeks = tuple(tuple(days[number : number + DAYS]) for number in range(0, len(days), DAYS))
    return Report(
        code=CODE,
        title=f"{year}年{month}月宣传教育活动日历",
        file_stem=FILE_STEM,
        unit_name=unit.name,
        unit_code=unit.code,
        period_text=period.label,
        period_code=period.code,
        orientation="landscape",
        blocks=(MonthGrid(weeks, sheet_notes(used, notice, year)),),
        signature=Signature(filled_on=today),
        basis="",
        form_version="",
        info=tuple(item for item in (unit.name, f"{today.year}年{today.month}月{today.day}日编印") if item),
        signed=False,
    )


def _day(info: DayInfo, entries: Sequence[CalendarEntry], today: date, *, inside: bool) -> MonthDay:
    return MonthDay(
        info.day,
        corner=corner_text(info),
        badge={OFF: "休", WORK: "班"}.get(info.kind, ""),
        special=is_special(info),
        rest=is_rest_day(info),
        inside=inside,
        entries=tuple(_entry(entry, info.day, today) for entry in entries),
    )


def _entry(entry: CalendarEntry, day: date, today: date) -> DayEntry:
    mark, state = sign_of(entry, today)
    number = (day - entry.start).days + 1
    begins = number == 1
    span = ""
    if entry.days > 1:
        last = entry.last_day
        span = f"（至{last.month}月{last.day}日）" if begins else f"（第{number}天）"
    return DayEntry(
        mark,
        f"{entry.name}{span}",
        time=entry.start_time.removeprefix("0") if begins else "",
        place=entry.place if begins else "",
        state=state,
        faint=entry.stage == Stage.CANCELLED,
        uid=entry.uid,
    )


def sign_of(entry: CalendarEntry, today: date) -> tuple[str, str]:
    """The mark of an activity and what it means in words."""
    if entry.stage == Stage.CANCELLED:
        return CANCELLED
    if entry.status == Status.PLANNED:  # also where something is missing still, which makes it a draft
        return OVERDUE if entry.is_overdue(today) else PLANNED
    return DONE


def sheet_notes(used: Iterable[str], notice: Notice, year: int) -> tuple[str, ...]:
    """What the signs (`used`) mean, and whether 放假安排 is known."""
    there = set(used)
    signs = "　".join(f"{mark} {state}" for mark, state in SIGNS if mark in there)
    unknown = unknown_year_note(year, notice)
    return tuple(note for note in (signs, f"{unknown}，休和班以通知为准。" if unknown else "") if note)
