"""Activities as a calendar file (.ics, RFC 5545) that phones, Outlook and WPS calendars read.

The file is published (METHOD:PUBLISH), never an invitation: nobody is asked to answer. Phone numbers, figures and
money stay in the ledger.
"""

# icalendar leaves the values of its properties untyped.
# pyright: reportUnknownMemberType=false

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from os import PathLike
from typing import TYPE_CHECKING

from exporters.atomic import write_bytes
from exporters.text import storable
from models.activity import STATUS_LABELS, Activity, Status
from models.calendar_exchange import TIME_ZONE, UTC_HOURS, ics_uid
from models.errors import UserError
from models.notice import Notice

if TYPE_CHECKING:
    from icalendar import Event, Timezone

PRODUCT = "-//宣教台账//活动日历//ZH"
MOST_CHANGES = 2**31 - 1  # that SEQUENCE can count
LAST_DAY = date.max - timedelta(days=1)  # an end is written as the day after
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_STATUS = {Status.PLANNED: "TENTATIVE", Status.DONE: "CONFIRMED", Status.CANCELLED: "CANCELLED"}
_CHINA = timezone(timedelta(hours=UTC_HOURS))


def write_ics(
    path: str | PathLike[str], activities: Iterable[Activity], notice: Notice, *, now: datetime, name: str = "宣教台账"
) -> None:
    """Write the calendar file completely or not at all. Raises UserError as `render_ics` and `write_bytes` do."""
    write_bytes(path, render_ics(activities, notice, now=now, name=name))


def render_ics(activities: Iterable[Activity], notice: Notice, *, now: datetime, name: str = "宣教台账") -> bytes:
    """The calendar file. One event per activity; those without a day are left out.

    `name` is what phones call the calendar; `now` is local (China) time. An activity with a time on one day is a
    timed event, every other one lasts whole days. Raises UserError when no activity has a day.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", storable(name))
    calendar.add("x-wr-calname", storable(name))
    calendar.add("x-wr-timezone", TIME_ZONE)
    calendar.add_component(_china_time())
    stamp = _utc(now)
    count = 0
    for activity in activities:
        if activity.start:
            calendar.add_component(_event(activity, activity.start, notice, stamp))
            count += 1
    if not count:
        raise UserError("没有可以导出的活动：这段时间里没有填了日期的活动。")
    return calendar.to_ical()


def _event(activity: Activity, start: date, notice: Notice, stamp: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", ics_uid(activity.uid))
    event.add("dtstamp", stamp)
    event.add("sequence", min(max(activity.revision - 1, 0), MOST_CHANGES))
    if activity.created_at:
        event.add("created", _utc(activity.created_at))
    if activity.modified_at:
        event.add("last-modified", _utc(activity.modified_at))
    event.add("summary", _line(activity.title) or "未命名的活动")
    _add_days(event, activity, start)
    if place := _line(activity.place):
        event.add("location", place)
    event.add("description", storable(_description(activity, notice)))
    event.add("status", _STATUS.get(activity.status, "TENTATIVE"))
    if activity.form:
        event.add("categories", [_line(notice.brief("form", activity.form))])
    return event


def _add_days(event: "Event", activity: Activity, start: date) -> None:
    """DTSTART and DTEND. The end of whole days is the day after the last (RFC 5545 §3.6.1)."""
    last = min(max(activity.end or start, start), LAST_DAY)
    begins, ends = _clock(activity.start_time), _clock(activity.end_time)
    if begins is not None and last == start:
        zone = {"TZID": TIME_ZONE}
        event.add("dtstart", datetime.combine(start, begins), parameters=zone)
        if ends is not None and ends > begins:
            event.add("dtend", datetime.combine(start, ends), parameters=zone)
    else:
        event.add("dtstart", start)
        event.add("dtend", last + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # a whole day in the calendar does not make its owner busy all day


def _description(activity: Activity, notice: Notice) -> str:
    """What stands under the event: a few lines, each with its name; those not filled in are left out."""
    times = "—".join(part for part in (activity.start_time, activity.end_time) if part)
    several = bool(activity.end and activity.end != activity.start)
    lines = (
        ("活动形式", notice.label("form", activity.form) if activity.form else ""),
        ("宣传教育重点", "、".join(notice.label("focus", code) for code in activity.focus)),
        ("时间", f"每天 {times}" if several and times else ""),
        ("责任人", activity.leader),
        ("状态", STATUS_LABELS.get(activity.status, "")),
        ("活动简述", activity.summary),
        ("记录编号", activity.number),
    )
    return "\n".join(f"{label}：{text}" for label, text in lines if text)


def _china_time() -> "Timezone":
    """The definition of the zone, so that no reader has to know it."""
    from icalendar import Timezone, TimezoneStandard

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", TIME_ZONE)
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(hours=UTC_HOURS))
    standard.add("tzoffsetto", timedelta(hours=UTC_HOURS))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _clock(text: str) -> time | None:
    match = _TIME.fullmatch(text.strip())
    return time(int(match[1]), int(match[2])) if match else None


def _line(text: str) -> str:
    return " ".join(storable(text).split())


def _utc(moment: datetime) -> datetime:
    """A local (China) time as the UTC that DTSTAMP and its like must have."""
    return moment.replace(tzinfo=moment.tzinfo or _CHINA).astimezone(UTC)
