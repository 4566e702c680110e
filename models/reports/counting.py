"""口径: the counting rules every form shares, and the sentences that are printed about them."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.activity import Activity, Status

NOTE_PEOPLE = "人次为各场次合计，浏览量不计入人次；取消和未举办的计划不计入。"


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the records behind it."""

    value: int
    sources: tuple[str, ...]


def counted(activities: Iterable[Activity]) -> list[Activity]:
    """Only what took place counts: neither plans nor cancelled activities."""
    return [activity for activity in activities if activity.status == Status.DONE]


def hosted_sessions(activities: Iterable[Activity]) -> Sum:
    """场次 of the unit's own activities (主办 or 联合主办)."""
    return _sum((activity, activity.sessions) for activity in activities if activity.hosted)


def other_sessions(activities: Iterable[Activity]) -> Sum:
    """场次 in which the unit assisted or took part, never added to its own."""
    return _sum((activity, activity.sessions) for activity in activities if not activity.hosted)


def people_offline(activities: Iterable[Activity]) -> Sum:
    """线下人次."""
    return _sum((activity, activity.people_offline) for activity in activities)


def people_online(activities: Iterable[Activity]) -> Sum:
    """线上人次; views are never part of it."""
    return _sum((activity, activity.people_online) for activity in activities)


def _sum(values: Iterable[tuple[Activity, int | None]]) -> Sum:
    present = [(activity.uid, value) for activity, value in values if value]
    return Sum(sum(value for _uid, value in present), tuple(uid for uid, _value in present))
