"""Read a calendar file (.ics) of a phone, Outlook or this program into draft activities.

A hostile file costs bounded time and memory: the size is limited, the text is cut into events before icalendar sees
any (importers/ics_text.py), rules are followed within a window only (importers/ics_repeat.py), and the whole stops at
a deadline. That is why no child process is needed; call it from a worker thread all the same.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from importers.ics_event import TITLE, UnusableError, activity_of, clean, dates_of, parsed, rule_of, text_of
from importers.ics_repeat import MAX_DAYS, NotUnderstoodError, Window, days_of
from importers.ics_text import MAX_BYTES, Block, calendar_name, decode, events_in
from models.activity import Activity, Status
from models.calendar_exchange import own_uid
from models.errors import UserError
from models.identity import new_uid

if TYPE_CHECKING:
    from icalendar import Event

SECONDS = 10  # for the whole file
MAX_TAKEN = 5_000  # activities from one file, repetitions counted singly


@dataclass(frozen=True, slots=True)
class IcsEvent:
    """One draft activity, not saved. `own_uid` is the activity of ours that the event was exported from, or empty."""

    activity: Activity
    own_uid: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """What was left out, and why, as a list on the screen says it. A `partial` one was taken, but not whole."""

    title: str
    reason: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class IcsImport:
    """What a calendar file holds: drafts by day, what was left out, and what the file calls itself (may be empty)."""

    events: tuple[IcsEvent, ...]
    skipped: tuple[Skipped, ...]
    calendar: str = ""


def read_ics(source: Path | bytes, today: date, *, name: str = "") -> IcsImport:
    """Read a calendar file; nothing is saved.

    Events with a day still to come (or today) become planned drafts, past ones drafts of 已完成. Times of other zones
    are turned into China time. A repeating event becomes single drafts of one series, from the first of January of
    this year to a year from today. Raises UserError naming the file when it is no calendar, is too big or holds
    nothing that can be taken.
    """
    content, name = _content(source, name)
    text = decode(content, name)
    window = Window(date(today.year, 1, 1), today + timedelta(days=366), monotonic() + SECONDS)
    reading = _Reading(today, window)
    found = False
    for block in events_in(text, name):
        found = True
        reading.take(block)
        if monotonic() > window.deadline or reading.count > MAX_TAKEN:
            reading.skip("其余的日程", "文件里的日程太多、太复杂，只读了前面的部分。")
            break
    if not found:
        raise UserError(f"日历文件 {name} 里没有日程，没有导入。")
    result = reading.result(clean(calendar_name(text), TITLE))
    if not result.events:
        raise UserError(f"日历文件 {name} 里没有能导入的日程。{result.skipped[0].reason if result.skipped else ''}")
    return result


def _content(source: Path | bytes, name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name or "文件"
    name = name or source.name
    try:
        if not source.is_file():
            raise UserError(f"没有找到日历文件 {name}。请核对文件还在不在。")
        with source.open("rb") as file:
            return file.read(MAX_BYTES + 1), name
    except OSError as error:
        raise UserError(f"日历文件 {name} 打不开。请核对文件有没有被别的程序占用。", detail=str(error)) from error


class _Reading:
    """What was read so far. Repetitions are laid out at the end, when it is known which of their days were moved."""

    def __init__(self, today: date, window: Window) -> None:
        self._today = today
        self._window = window
        self._events: list[IcsEvent] = []
        self._skipped: list[Skipped] = []
        self._repeating: list[tuple[str, Event, Activity]] = []
        self._moved: set[tuple[str, date]] = set()  # days of a repetition that have an event of their own
        self.count = 0

    def take(self, block: Block) -> None:
        """Read one event; whatever is wrong with it becomes a line of what was left out."""
        title = "没有名称的日程"
        try:
            if not block.closed:
                raise UnusableError("文件在这里断了，没有读完整。")
            event = parsed(block)
            title = clean(text_of(event, "SUMMARY"), TITLE) or title
            activity = activity_of(event, self._today)
            uid = text_of(event, "UID").strip()
            original = dates_of(event, "RECURRENCE-ID")
            if "RRULE" in event or "RDATE" in event:
                self._repeating.append((uid, event, activity))
            else:
                self._moved |= {(uid, day) for day in original}
                self._events.append(IcsEvent(activity, "" if original else own_uid(uid)))
            self.count += 1
        except UnusableError as reason:
            self.skip(title, str(reason))

    def skip(self, title: str, reason: str, *, partial: bool = False) -> None:
        """Note what was left out."""
        self._skipped.append(Skipped(title, reason, partial))

    def result(self, calendar: str) -> IcsImport:
        """Everything, by day."""
        for uid, event, activity in self._repeating:
            self._lay_out(uid, event, activity)
        taken = sorted(self._events, key=lambda one: (one.activity.start or date.max, one.activity.start_time))
        return IcsImport(tuple(taken[:MAX_TAKEN]), tuple(self._skipped), calendar)

    def _lay_out(self, uid: str, event: "Event", activity: Activity) -> None:
        """A repeating event as single drafts of one series."""
        if monotonic() > self._window.deadline:
            self.skip(activity.title, "文件里的日程太多、太复杂，这一项没有取。")
            return
        first = activity.start or self._today
        days: set[date] = set()
        try:
            if "RRULE" in event:
                days.update(days_of(rule_of(event), first, self._window))
            days.update(day for day in dates_of(event, "RDATE") if self._window.start <= day <= self._window.end)
        except NotUnderstoodError:
            self.skip(activity.title, "重复的规则看不懂，只取了第一次。", partial=True)
            days = {first}
        if not days and self._window.start <= first <= self._window.end:
            days = {first}  # the day it begins on counts, even if the rule never meets a day (RFC 5545 §3.8.5.3)
        days -= set(dates_of(event, "EXDATE"))
        days = {day for day in days if (uid, day) not in self._moved}
        if not days:
            self.skip(activity.title, "重复的日子不在今年和以后一年之内。")
        elif len(days) >= MAX_DAYS:
            self.skip(activity.title, f"重复太多次，只取了 {MAX_DAYS} 次。", partial=True)
        if len(self._events) + len(days) > MAX_TAKEN:
            self.skip(activity.title, f"一次最多导入 {MAX_TAKEN} 项，这一项没有取。")
            return
        series = new_uid() if len(days) > 1 else ""
        length = activity.end - first if activity.end else None
        for day in sorted(days)[:MAX_DAYS]:
            end = day + length if length else None
            planned = Status.PLANNED if (end or day) >= self._today else Status.DONE
            status = Status.CANCELLED if activity.status == Status.CANCELLED else planned
            self._events.append(IcsEvent(activity.with_values(start=day, end=end, series=series, status=status)))
