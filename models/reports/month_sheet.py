"""The month calendar for the wall: one sheet with each day's activities, 休 and 班, lunar days and anniversaries."""

from collections.abc import Sequence
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
from models.ledger import Ledger
from models.notice import Notice
from models.periods import month as whole_month
from models.report import DayEntry, MonthDay, MonthGrid, Report, Signature
from models.unit_repository import get_unit

CODE = "日历"
FILE_STEM = "活动日历"
DAYS = 7
PLANNED, OVERDUE, DONE, CANCELLED = ("○", "计划"), ("△", "过期未登记"), ("●", "已举办"), ("×", "取消")


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
        blocks=(MonthGrid(weeks, _notes(days, notice, year)),),
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
    mark, state = _sign(entry, today)
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


def _sign(entry: CalendarEntry, today: date) -> tuple[str, str]:
    if entry.stage == Stage.CANCELLED:
        return CANCELLED
    if entry.status == Status.PLANNED:  # also where something is missing still, which makes it a draft
        return OVERDUE if entry.is_overdue(today) else PLANNED
    return DONE


def _notes(days: Sequence[MonthDay], notice: Notice, year: int) -> tuple[str, ...]:
    """What the signs mean, as far as they stand on the sheet, and whether 放假安排 is known."""
    used = {(entry.mark, entry.state) for day in days for entry in day.entries}
    signs = "　".join(f"{mark} {state}" for mark, state in (PLANNED, OVERDUE, DONE, CANCELLED) if (mark, state) in used)
    unknown = unknown_year_note(year, notice)
    return tuple(note for note in (signs, f"{unknown}，休和班以通知为准。" if unknown else "") if note)
