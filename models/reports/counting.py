"""口径: the counting rules every form shares, and the sentences that are printed and shown about them.

A rule and its sentence stand side by side, so that what a click on a number says is how it was counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from models.activity import HOSTING_ROLES, Activity, Status
from models.report_blocks import Cell

NOTE_PEOPLE = "人次为各场次合计，浏览量不计入人次；取消和未举办的计划不计入。"
NOTE_SESSIONS = "场次合计只计主办和联合主办"

RULE_ACTIVITIES = "已完成的活动，一项计 1；取消和未举办的计划不计入。"
RULE_SESSIONS = "已完成的活动，场次相加；取消和未举办的计划不计入。"
RULE_HOSTED = "已完成的活动中由本单位主办或联合主办的，场次相加；协办、组织参加的场次另计。"
RULE_OTHERS = "已完成的活动中由本单位协办或组织参加的，场次相加；不并入主办和联合主办的场次。"
RULE_OFFLINE = "已完成的活动，各场线下参加人次相加；取消和未举办的计划不计入。"
RULE_ONLINE = "已完成的活动，线上参与人次相加；浏览量、播放量、阅读量不计入人次。"
RULE_PEOPLE = "已完成的活动，线下参加人次与线上参与人次相加；浏览量、播放量、阅读量不计入人次。"
RULE_QUANTITY = "已完成的活动，所填的成果数量相加；没有填成果数量的不计入。"


@dataclass(frozen=True, slots=True)
class Sum:
    """A number, the records that contribute to it, and the sentence that says how it was counted."""

    value: int
    sources: tuple[str, ...]
    rule: str = ""

    def cell(self, what: str = "") -> Cell:
        """The number in a form. `what` names the part of the records that it is about (活动形式为其他)."""
        return Cell(self.value, self.sources, rule=f"{what}：{self.rule}" if what else self.rule)


def counted(activities: Iterable[Activity]) -> list[Activity]:
    """Only what took place counts: neither plans nor cancelled activities."""
    return [activity for activity in activities if activity.status == Status.DONE]


def number_of(activities: Iterable[Activity]) -> Sum:
    """活动数."""
    sources = tuple([activity.uid for activity in activities])
    return Sum(len(sources), sources, RULE_ACTIVITIES)


def sessions(activities: Iterable[Activity]) -> Sum:
    """场次 whatever the unit's part in them; for a total of the unit's own see `hosted_sessions`."""
    return _added([(each.sessions, each.uid) for each in activities], RULE_SESSIONS)


def hosted_sessions(activities: Iterable[Activity]) -> Sum:
    """场次 of the unit's own activities (主办 or 联合主办)."""
    return _added([(each.sessions, each.uid) for each in activities if each.role in HOSTING_ROLES], RULE_HOSTED)


def other_sessions(activities: Iterable[Activity]) -> Sum:
    """场次 in which the unit assisted or took part, never added to its own."""
    return _added([(each.sessions, each.uid) for each in activities if each.role not in HOSTING_ROLES], RULE_OTHERS)


def people_offline(activities: Iterable[Activity]) -> Sum:
    """线下人次."""
    return _added([(each.people_offline, each.uid) for each in activities], RULE_OFFLINE)


def people_online(activities: Iterable[Activity]) -> Sum:
    """线上人次; views are never part of it."""
    return _added([(each.people_online, each.uid) for each in activities], RULE_ONLINE)


def people(activities: Iterable[Activity]) -> Sum:
    """人次 in all, offline and online; views are never part of it."""
    return _added([(each.people, each.uid) for each in activities], RULE_PEOPLE)


def quantity(activities: Iterable[Activity]) -> Sum:
    """成果数量 (A.qty), whatever its unit: the caller takes care that only one unit is added up."""
    return _added([(each.quantity, each.uid) for each in activities], RULE_QUANTITY)


def together(sums: Sequence[Sum]) -> Sum:
    """The total of parts that share no record and were counted by one rule."""
    return Sum(
        sum(part.value for part in sums),
        tuple(chain.from_iterable(part.sources for part in sums)),
        sums[0].rule if sums else "",
    )


def note_on_sessions(activities: Iterable[Activity]) -> str:
    """The printed sentence on 场次, with what was left out of them."""
    others = other_sessions(activities).value
    extra = f"，另有协办、组织参加 {others} 场" if others else ""
    return f"{NOTE_SESSIONS}{extra}。"


def _added(amounts: Sequence[tuple[int | None, str]], rule: str) -> Sum:
    """What contributes nothing is not among the sources."""
    present = [(amount, uid) for amount, uid in amounts if amount]
    return Sum(sum([amount for amount, _uid in present]), tuple([uid for _amount, uid in present]), rule)
