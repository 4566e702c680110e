"""The days of a repeating event of somebody else's calendar, within bounds: a rule may have no end, or never a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import islice
from time import monotonic
from typing import Any

from models.calendar_exchange import UTC_HOURS

MAX_DAYS = 200  # of one event
_LOOKED_AT = 20_000  # days of one rule, those before the window included
_LONGEST_LIST = 62

_CHINA = timezone(timedelta(hours=UTC_HOURS))
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_WEEK_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LISTS = {"BYMONTH": "bymonth", "BYMONTHDAY": "bymonthday", "BYSETPOS": "bysetpos"}
_KNOWN = frozenset(("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", *_LISTS))


class NotUnderstoodError(Exception):
    """The rule uses something no union's calendar needs; the event is taken once."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are taken, both included, and the moment (`time.monotonic`) until which may be looked for them."""

    start: date
    end: date
    deadline: float


def days_of(rule: dict[str, list[Any]], first: date, window: Window) -> list[date]:
    """The days of an RRULE (as icalendar reads it) within the window, at most `MAX_DAYS`, in order.

    Raises NotUnderstoodError for parts that are not supported, values out of range, and a rule that takes too long.
    """
    if not _KNOWN.issuperset(rule):
        raise NotUnderstoodError
    found: list[date] = []
    for number, day in enumerate(islice(_days(rule, first, window), _LOOKED_AT)):
        if number % 100 == 0 and monotonic() > window.deadline:
            raise NotUnderstoodError
        if day > window.end or len(found) == MAX_DAYS:
            break
        if day >= window.start:
            found.append(day)
    return found


def _days(rule: dict[str, list[Any]], first: date, window: Window) -> Iterator[date]:
    from dateutil import rrule

    frequency = str(_only(rule, "FREQ", "")).upper()
    # dateutil looks for a day that never comes (30 February) up to the year 9999: three million days one by one
    if frequency not in _FREQUENCIES or (frequency == "DAILY" and ("BYMONTHDAY" in rule or "BYSETPOS" in rule)):
        raise NotUnderstoodError
    interval, count = _only(rule, "INTERVAL", 1), _only(rule, "COUNT", None)
    if not isinstance(interval, int) or not 1 <= interval <= 1000:  # with 0 it would never end
        raise NotUnderstoodError
    if count is not None and (not isinstance(count, int) or count < 1):
        raise NotUnderstoodError
    last = min(_day(rule["UNTIL"][0]), window.end) if rule.get("UNTIL") else window.end
    options: dict[str, Any] = {name: _numbers(rule[key]) for key, name in _LISTS.items() if key in rule}
    if "BYDAY" in rule:
        options["byweekday"] = [_week_day(rrule, value) for value in _short(rule["BYDAY"])]
    if "WKST" in rule:
        options["wkst"] = _week_day(rrule, _only(rule, "WKST", "MO"))
    try:
        made = rrule.rrule(
            (rrule.YEARLY, rrule.MONTHLY, rrule.WEEKLY, rrule.DAILY)[_FREQUENCIES.index(frequency)],
            datetime.combine(first, time()),
            interval,
            until=datetime.combine(last, time.max),
            **options,
        )
    except (ValueError, TypeError, LookupError) as error:
        raise NotUnderstoodError from error
    return (moment.date() for moment in islice(made, count))


def _only(rule: dict[str, list[Any]], key: str, default: Any) -> Any:
    values = rule.get(key)
    return values[0] if values else default


def _short(values: list[Any]) -> list[Any]:
    if len(values) > _LONGEST_LIST:
        raise NotUnderstoodError
    return values


def _numbers(values: list[Any]) -> list[int]:
    numbers = [int(value) for value in _short(values)]
    if any(not -366 <= number <= 366 for number in numbers):
        raise NotUnderstoodError
    return numbers


def _week_day(rrule: Any, value: object) -> Any:
    """MO, or 2FR, or -1SU."""
    text = str(value).upper()
    if text[-2:] not in _WEEK_DAYS:
        raise NotUnderstoodError
    try:
        which = int(text[:-2]) if text[:-2] else 0
    except ValueError as error:
        raise NotUnderstoodError from error
    day = rrule.weekday(_WEEK_DAYS.index(text[-2:]))
    return day(which) if which else day


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return value.astimezone(_CHINA).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    raise NotUnderstoodError
