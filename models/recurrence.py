"""重复活动: the days of a rule, real planned activities on them, and changes to “this one / this and later / all”.

A repetition is nothing but records that share `series`; each can be moved, registered or cancelled by itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Literal

from models import calendar_query
from models.activity import TYPED_FIELDS, Activity, Status
from models.activity_repository import delete_activities
from models.calendar_days import is_rest_day
from models.dates import LAST_YEAR
from models.errors import UserError
from models.identity import new_uid
from models.ledger import Ledger
from models.recording import Clerk, copy_as_new, quoted, record, record_many
from models.scheduling import moved_to

if TYPE_CHECKING:
    from models.calendar_days import DayInfo

Kind = Literal["weekly", "biweekly", "monthly_day", "monthly_weekday", "quarterly"]
OnRestDay = Literal["keep", "skip", "next"]
Scope = Literal["this", "later", "all"]
DayInfoOf = Callable[[date], "DayInfo"]

LIMIT = 200  # activities of one repetition
_LOOKED_AT = 5 * LIMIT  # days of a rule, of which holidays take some away
KIND_LABELS: dict[Kind, str] = {
    "weekly": "每周",
    "biweekly": "每两周",
    "monthly_day": "每月（同一日）",
    "monthly_weekday": "每月（同一个周几）",
    "quarterly": "每季度",
}
REST_DAY_LABELS: dict[OnRestDay, str] = {"keep": "照常", "skip": "跳过", "next": "顺延到下一个工作日"}
SCOPE_LABELS: dict[Scope, str] = {"this": "只改这一次", "later": "这一次和以后的", "all": "全部"}

_WEEK_DAYS = "一二三四五六日"
_SATURDAY = 5
_LAST_WEEK = 5  # the fifth Friday is not in every month: it is taken as the last one

# What belongs to one occasion and is never carried over to the others.
_OF_ONE_OCCASION = frozenset(
    (
        "start",
        "end",
        "status",
        "people_offline",
        "people_online",
        "people_active",
        "units",
        "quantity",
        "online_views",
        "satisfaction",
        "improvement",
        "effect",
        "cost",
        "contest_events",
        "contest_people",
        "contest_certificates",
    )
)


@dataclass(frozen=True, slots=True)
class Rule:
    """How often. It ends on `until` (included) or after `count` activities, the first one counted; with both, whichever
    comes first. `on_rest_day` says what becomes of a day on which people are off.
    """

    kind: Kind = "weekly"
    until: date | None = None
    count: int | None = None
    on_rest_day: OnRestDay = "keep"


def occurrences(rule: Rule, first_day: date, info_of: DayInfoOf | None = None) -> list[date]:
    """The days of a rule from `first_day` on, which is always the first of them; at most 200.

    A month without a 31st has its last day instead; the fifth Friday is the last Friday. `info_of` (see
    models.calendar_days.day_info) tells which days people are off; it is needed unless rest days are kept. A
    weekend counts as a rest day unless `first_day` is itself one. Raises UserError for a rule without an end.
    """
    if rule.until is None and rule.count is None:
        raise UserError("请填写重复到哪一天，或一共几次。")
    if rule.until and rule.until < first_day:
        raise UserError("重复的截止日期早于第一次的日期，请改晚一些。")
    if rule.count is not None and not 1 <= rule.count <= LIMIT:
        raise UserError(f"重复的次数应在 1 到 {LIMIT} 之间。")
    last = min(rule.until or date(LAST_YEAR, 12, 31), date(LAST_YEAR, 12, 31))
    rests = _rest_test(rule, first_day, info_of)
    found = [first_day]
    for day in islice(_days(rule.kind, first_day, last), 1, _LOOKED_AT):
        if len(found) == rule.count:
            break
        moved = _after_rest(day, rule.on_rest_day, rests)
        if moved and found[-1] < moved <= last:
            found.append(moved)
        if len(found) > LIMIT:
            raise UserError(f"这样会有超过 {LIMIT} 次，请把截止日期提前一些。")
    return found


def describe(rule: Rule, first_day: date) -> str:
    """The rule in words: 每周五，到2025年12月31日，遇节假日跳过."""
    week_day = f"周{_WEEK_DAYS[first_day.weekday()]}"
    week = _week_of_month(first_day)
    which = "最后一个" if week == _LAST_WEEK else f"第{_WEEK_DAYS[week - 1]}个"
    often = {
        "weekly": f"每{week_day}",
        "biweekly": f"每两周的{week_day}",
        "monthly_day": f"每月{first_day.day}日",
        "monthly_weekday": f"每月{which}{week_day}",
        "quarterly": f"每三个月的{first_day.day}日",
    }[rule.kind]
    parts = [often]
    if rule.until:
        parts.append(f"到{rule.until.year}年{rule.until.month}月{rule.until.day}日")
    if rule.count:
        parts.append(f"共{rule.count}次")
    if rule.on_rest_day != "keep":
        parts.append("遇节假日跳过" if rule.on_rest_day == "skip" else "遇节假日顺延")
    return "，".join(parts)


def repeat(
    ledger: Ledger, activity: Activity, rule: Rule, clerk: Clerk, info_of: DayInfoOf | None = None
) -> list[Activity]:
    """Make planned activities by a rule from this one, which is the first, as one step; returns all in order.

    The given activity is saved with them (also when it is new) and keeps its status. Repeating one that already
    belongs to a repetition adds to that; days that have a member stay as they are. Raises UserError as
    `occurrences` does, and for an activity without a day.
    """
    if activity.start is None:
        raise UserError("请先填写活动日期，再设置重复。")
    days = occurrences(rule, activity.start, info_of)
    series = activity.series or new_uid()
    taken = {one.start for one in calendar_query.members(ledger, series)}
    first = activity.with_values(series=series, uid=activity.uid or new_uid())
    pattern = _pattern(first, clerk)
    made = [first]
    for day in days[1:]:
        if day not in taken:
            made.append(moved_to(pattern, day).with_values(series=series, uid=new_uid()))
    record_many(ledger, made, clerk, f"重复活动{quoted(activity)}，新增 {len(made) - (1 if activity.uid else 0)} 项")
    uids = {one.uid for one in made}
    return [one for one in calendar_query.members(ledger, series) if one.uid in uids]


def members(ledger: Ledger, series: str) -> list[Activity]:
    """The activities of one repetition by day, 回收站 left out."""
    return calendar_query.members(ledger, series)


def in_scope(ledger: Ledger, activity: Activity, scope: Scope) -> list[Activity]:
    """The other members that a change of this one reaches: still planned, and not before it for `later`."""
    if scope == "this" or not activity.series:
        return []
    found = [one for one in members(ledger, activity.series) if one.uid != activity.uid]
    planned = [one for one in found if one.status == Status.PLANNED and not one.finalised]
    if scope == "all" or activity.start is None:
        return planned
    return [one for one in planned if one.start is None or one.start >= activity.start]


def apply_change(ledger: Ledger, before: Activity, after: Activity, scope: Scope, clerk: Clerk) -> int:
    """Save `after` and carry what was changed since `before` over to the members in scope, as one step.

    Returns how many records were written. A moved day moves the others by as many days, a changed length is theirs
    too; figures, results and status stay with each. Members that took place or were cancelled are left alone.
    """
    others = in_scope(ledger, before, scope)
    if not others:
        record(ledger, after, clerk)
        return 1
    changed = {
        name: getattr(after, name)
        for name in TYPED_FIELDS
        if name not in _OF_ONE_OCCASION and getattr(before, name) != getattr(after, name)
    }
    delta = after.start - before.start if after.start and before.start else timedelta()
    length = _length(after) if _length(after) != _length(before) else None
    written = [after, *(_carried(one, changed, delta, length) for one in others)]
    record_many(ledger, written, clerk, f"修改重复活动{quoted(before)}，共 {len(written)} 项")
    return len(written)


def delete_series(ledger: Ledger, activity: Activity, scope: Scope, clerk: Clerk) -> str:
    """Move this one and the members in scope to 回收站 as one step; returns what was done, as a toast says it.

    Members that took place stay: they are the record of what was done.
    """
    gone = [activity, *in_scope(ledger, activity, scope)]
    what = quoted(activity) if len(gone) == 1 else f"{quoted(activity)}等 {len(gone)} 项"
    with ledger.transaction(f"删除重复活动{what}", at=clerk.now, person=clerk.person):
        delete_activities(ledger, [one.uid for one in gone], now=clerk.now)
    return f"{what}已移到回收站"


def _pattern(first: Activity, clerk: Clerk) -> Activity:
    """What the others start from: everything but the results of the first."""
    blank = Activity()
    results = {name: getattr(blank, name) for name in _OF_ONE_OCCASION}
    kept = {"status": Status.PLANNED, "start": first.start, "end": first.end}
    return copy_as_new(first, clerk.today).with_values(**(results | kept))


def _carried(one: Activity, changed: dict[str, object], delta: timedelta, length: timedelta | None) -> Activity:
    values, start = one.with_values(**changed), one.start
    if start is None:
        return values
    if length is not None:
        values = values.with_values(end=start + length if length else None)
    return moved_to(values, start + delta)


def _length(activity: Activity) -> timedelta:
    return activity.end - activity.start if activity.end and activity.start else timedelta()


def _rest_test(rule: Rule, first_day: date, info_of: DayInfoOf | None) -> Callable[[date], bool]:
    if rule.on_rest_day == "keep":
        return lambda _day: False
    if info_of is None:
        raise ValueError("rest days can only be left out by somebody who knows them")
    at_weekends = first_day.weekday() >= _SATURDAY

    def rests(day: date) -> bool:
        info = info_of(day)
        return is_rest_day(replace(info, weekend=info.weekend and not at_weekends))

    return rests


def _after_rest(day: date, way: OnRestDay, rests: Callable[[date], bool]) -> date | None:
    """The day itself, the next one people work on, or None when it is to be left out."""
    if not rests(day):
        return day
    if way == "skip":
        return None
    for days in range(1, 31):
        if not rests(day + timedelta(days=days)):
            return day + timedelta(days=days)
    return None


def _week_of_month(day: date) -> int:
    """Which Friday of its month a Friday is, 1–5."""
    return (day.day - 1) // 7 + 1


def _days(kind: Kind, first_day: date, last: date) -> Iterator[date]:
    """The bare days of a rule, holidays not looked at."""
    from datetime import datetime, time

    from dateutil import rrule

    start, until = datetime.combine(first_day, time()), datetime.combine(last, time())
    number, week = first_day.day, _week_of_month(first_day)
    if kind in ("weekly", "biweekly"):
        rule = rrule.rrule(rrule.WEEKLY, start, 1 if kind == "weekly" else 2, until=until)
    elif kind == "monthly_weekday":
        week_day = rrule.weekday(first_day.weekday())(-1 if week == _LAST_WEEK else week)
        rule = rrule.rrule(rrule.MONTHLY, start, byweekday=week_day, until=until)
    else:
        # a month that lacks the 31st has its last day: of the 28th … 31st, the last one that exists
        days, months = list(range(min(number, 28), number + 1)), 1 if kind == "monthly_day" else 3
        rule = rrule.rrule(rrule.MONTHLY, start, months, bymonthday=days, bysetpos=-1, until=until)
    return (moment.date() for moment in rule)
