"""What the calendar's views show, read for the visible days only and turned into plain faces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.activity import Stage, Status
from models.calendar_days import DayInfo, corner_text, days_info, describe_day, is_rest_day, is_special, read_marks
from models.calendar_query import CalendarEntry, by_day, list_between
from ui.context import Context
from ui.widgets.calendar_faces import DayFace, EventFace

KINDS = {
    Stage.PLANNED: "plan",
    Stage.DRAFT: "draft",
    Stage.DONE: "done",
    Stage.FINAL: "final",
    Stage.CANCELLED: "cancelled",
}
DEADLINE = "报送截止"


@dataclass(frozen=True, slots=True)
class Shown:
    """The days of a view: their faces, their events as painted, and the entries behind these."""

    first: date
    last: date
    faces: Mapping[date, DayFace]
    events: Mapping[date, Sequence[EventFace]]
    entries: Mapping[date, Sequence[CalendarEntry]]

    def entry(self, uid: str) -> CalendarEntry | None:
        """An entry that is shown, by its uid."""
        return next((each for held in self.entries.values() for each in held if each.uid == uid), None)


def read_days(context: Context, first: date, last: date) -> Shown:
    """Read the days from `first` to `last`, both included."""
    today = context.clock().date()
    infos = days_info(first, last, context.notice, read_marks(context.ledger))
    entries = by_day(list_between(context.ledger, first, last), first, last)
    events = {day: [event_face(entry, today) for entry in held] for day, held in entries.items()}
    deadline = context.notice.deadline
    if deadline and first <= deadline <= last:
        events[deadline] = [EventFace("", DEADLINE, "deadline"), *events.get(deadline, [])]
    return Shown(first, last, {info.day: day_face(info) for info in infos}, events, entries)


def day_face(info: DayInfo) -> DayFace:
    """A day as it is painted."""
    return DayFace(info.day, info.kind, corner_text(info), is_special(info), is_rest_day(info), describe_day(info))


def event_face(entry: CalendarEntry, today: date) -> EventFace:
    """An activity as it is painted; the same chip code as the grid of 活动, and one for plans that are past."""
    return EventFace(entry.uid, entry.name, entry_kind(entry, today), entry.start_time, entry.place)


def entry_kind(entry: CalendarEntry, today: date) -> str:
    """The kind of chip an activity has."""
    return "overdue" if entry.is_overdue(today) else KINDS.get(entry.stage, "plan")


def is_planned(entry: CalendarEntry) -> bool:
    """Whether it is still to take place (or overdue)."""
    return entry.status == Status.PLANNED
