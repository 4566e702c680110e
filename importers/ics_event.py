"""One event of a calendar file as a draft activity: its days in China, its texts cut and cleaned."""

# icalendar leaves the values of its properties untyped.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import logging
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from importers.ics_repeat import NotUnderstoodError
from importers.ics_text import Block
from models.activity import Activity, Status
from models.calendar_exchange import UTC_HOURS
from models.dates import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from icalendar import Event

log = logging.getLogger(__name__)

_LONGEST = timedelta(days=366)
_CHINA = timezone(timedelta(hours=UTC_HOURS))
TITLE, _PLACE, _TEXT = 60, 60, 300  # characters (models/fields.py)
_ZONE = re.compile(r';TZID=(?:"[^"\r\n]*"|[^;:"\r\n]*)', re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")


class UnusableError(Exception):
    """Why one event cannot be an activity, as a sentence."""


def parsed(block: Block) -> "Event":
    """The event as icalendar reads it. Raises UnusableError."""
    from icalendar import Event

    text = "\r\n".join(("BEGIN:VEVENT", *block.lines, "END:VEVENT", ""))
    # Zones are files, and looking for one of a strange name can fail in as many ways as opening files can.
    for attempt in (text, _ZONE.sub("", text)):
        try:
            event = Event.from_ical(attempt)
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError, OSError) as error:
            log.info("an event of a calendar file is not readable: %r", error)
        else:
            if isinstance(event, Event):
                return event
    raise UnusableError("这个日程的写法看不懂。")


def activity_of(event: "Event", today: date) -> Activity:
    """The draft an event makes. Raises UnusableError."""
    moments = _moments(event, "DTSTART")
    if not moments:
        raise UnusableError("没有写日期，或者日期不对。")
    start = moments[0]
    first, begins = _split(start)
    last, ends = _end(event, start)
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        raise UnusableError(f"日期不在 {FIRST_YEAR} 年到 {LAST_YEAR} 年之间。")
    if last < first:
        last, ends = first, ""
    if last - first > _LONGEST:
        raise UnusableError("开始和结束相差超过一年。")
    cancelled = text_of(event, "STATUS").strip().upper() == "CANCELLED"
    planned = Status.PLANNED if last >= today else Status.DONE
    return Activity(
        title=clean(text_of(event, "SUMMARY"), TITLE) or "没有名称的日程",
        start=first,
        end=last if last != first else None,
        start_time=begins,
        end_time=ends,
        place=clean(text_of(event, "LOCATION"), _PLACE),
        summary=clean(text_of(event, "DESCRIPTION"), _TEXT, lines=True),
        status=Status.CANCELLED if cancelled else planned,
    )


def _end(event: "Event", start: date | datetime) -> tuple[date, str]:
    """The last day and the time it ends at. Whole days end before DTEND (RFC 5545 §3.6.1)."""
    ends = _moments(event, "DTEND")
    whole_days = not isinstance(start, datetime)
    try:
        end = ends[0] if ends else start + _duration(event) if "DURATION" in event else None
    except OverflowError as error:
        raise UnusableError("持续的时间太长。") from error
    if end is None:
        return _split(start)[0], ""
    day, clock = _split(end)
    if whole_days or not clock:
        return max(day - timedelta(days=1), _split(start)[0]), ""
    if clock == "00:00" and day > _split(start)[0]:  # until midnight: the day before is the last one
        return day - timedelta(days=1), "23:59"
    return day, clock


def _duration(event: "Event") -> timedelta:
    value = _moments_raw(event, "DURATION")
    return value[0] if value and isinstance(value[0], timedelta) and value[0] > timedelta() else timedelta()


def _split(moment: date | datetime) -> tuple[date, str]:
    """Day and HH:MM in China; no time for a whole day."""
    if not isinstance(moment, datetime):
        return moment, ""
    try:
        local = moment.astimezone(_CHINA) if moment.tzinfo else moment
    except (OverflowError, ValueError) as error:
        raise UnusableError("没有写日期，或者日期不对。") from error
    return local.date(), local.strftime("%H:%M")


def dates_of(event: "Event", key: str) -> list[date]:
    """The days of a property in China, those out of all bounds left out."""
    in_bounds = range(FIRST_YEAR, LAST_YEAR + 1)
    return [_split(moment)[0] for moment in _moments(event, key) if moment.year in in_bounds]


def _moments(event: "Event", key: str) -> list[date | datetime]:
    return [value for value in _moments_raw(event, key) if isinstance(value, date)]


def _moments_raw(event: "Event", key: str) -> list[Any]:
    """The values of a property of dates or a duration, however often it stands there; broken ones left out."""
    from icalendar.prop import vDDDLists, vDDDTypes

    found: list[Any] = []
    for value in _values(event, key):
        parts: Iterable[Any] = value.dts if isinstance(value, vDDDLists) else (value,)
        found += [part.dt for part in parts if isinstance(part, vDDDTypes)]
    return found


def rule_of(event: "Event") -> dict[str, list[Any]]:
    """The parts of its RRULE. Raises NotUnderstoodError when it is broken or there are several."""
    from icalendar.prop import vRecur

    rules = _values(event, "RRULE")
    if len(rules) != 1 or not isinstance(rules[0], vRecur):
        raise NotUnderstoodError
    return {str(key).upper(): list(values) for key, values in rules[0].items()}


def text_of(event: "Event", key: str) -> str:
    """The first text of a property, empty when there is none."""
    from icalendar.prop import vText

    return next((str(value) for value in _values(event, key) if isinstance(value, vText)), "")


def _values(event: "Event", key: str) -> list[Any]:
    value = event.get(key)
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def clean(text: str, limit: int, *, lines: bool = False) -> str:
    """Text as a field holds it: without control characters, in one line unless `lines`, cut to its limit."""
    kept = _UNPRINTABLE.sub("", text.replace("\r\n", "\n"))
    kept = kept.strip() if lines else " ".join(kept.split())
    return kept[:limit]
