"""Which 作品/报道 and 先进典型 belong to a report period: all of them belong to exactly one day.

That day is the record's own; without one, the first day of the activity it belongs to, else the day of its case
(`case_links.day_of`); without any of these, the day it was entered. So nothing that has been entered is lost, and
what was counted by another day than its own can be said under the form. What belongs to an activity or case in
回收站 lies there with it and is not counted; neither is a damaged record that has no day at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from models.activity_list_repository import list_by_uids
from models.case_links import day_of
from models.case_repository import CASES, linked_activities
from models.ledger import Ledger
from models.periods import Period
from models.publicity import Exemplar, Work
from models.publicity_repository import EXEMPLARS, WORKS

Kept = TypeVar("Kept", Work, Exemplar)


@dataclass(frozen=True, slots=True)
class PeriodRecords(Generic[Kept]):
    """The records of a period, by day, then in the order of entry.

    `by_owner` are the uids of those that are counted by the day of their activity or case, `by_entry` of those
    counted by the day they were entered, `left_out` of those of the period that are not counted.
    """

    records: tuple[Kept, ...] = ()
    by_owner: tuple[str, ...] = ()
    by_entry: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def works_in_period(ledger: Ledger, period: Period) -> PeriodRecords[Work]:
    """The 作品/报道 of a period."""
    works = WORKS.list_all(ledger)
    days = _activity_days(ledger, works)
    of_cases = [work.case_uid for work in works if work.case_uid and not work.activity_uid]
    return _in_period(works, days | (_case_days(ledger) if of_cases else {}), period)


def exemplars_in_period(ledger: Ledger, period: Period) -> PeriodRecords[Exemplar]:
    """The 先进典型 of a period."""
    exemplars = EXEMPLARS.list_all(ledger)
    return _in_period(exemplars, _activity_days(ledger, exemplars), period)


def _activity_days(ledger: Ledger, records: Sequence[Work | Exemplar]) -> dict[str, date | None]:
    """The first day of each activity that records belong to, those in 回收站 left out."""
    uids = sorted({record.activity_uid for record in records if record.activity_uid})
    return {activity.uid: activity.start for activity in list_by_uids(ledger, uids)} if uids else {}


def _case_days(ledger: Ledger) -> dict[str, date | None]:
    return {case.uid: day_of(case, linked_activities(ledger, case)) for case in CASES.list_all(ledger)}


def _owner(record: Work | Exemplar) -> str:
    """The uid of what a record belongs to, the activity before the case."""
    return record.activity_uid or (record.case_uid if isinstance(record, Work) else "")


def _in_period(records: Sequence[Kept], days: Mapping[str, date | None], period: Period) -> PeriodRecords[Kept]:
    found: list[tuple[date, Kept]] = []
    by_owner: list[str] = []
    by_entry: list[str] = []
    left_out: list[str] = []
    for record in records:
        owner, entered = _owner(record), record.created_at.date() if record.created_at else None
        own_or_owner = record.day or days.get(owner)
        day = own_or_owner or entered
        gone = bool(owner) and owner not in days
        if day is None or (gone and period.contains(day)):
            left_out.append(record.uid)
        elif period.contains(day):
            found.append((day, record))
            if record.day is None:
                (by_owner if own_or_owner else by_entry).append(record.uid)
    found.sort(key=lambda one: one[0])
    return PeriodRecords(tuple(record for _day, record in found), tuple(by_owner), tuple(by_entry), tuple(left_out))
