"""The only SQL behind the calendar: light entries by day, without reading whole records.

An entry is found by the day it begins on, which is what `sort_id` orders by. One that began before the days asked for
and still lasts is found by looking back two months; the few that last longer are remembered (`_LongSpans`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from models import activity_row
from models.activity import Activity, Stage, Status
from models.ledger import Ledger

_LOOK_BACK = 62  # days
_AT_ONCE = 500  # uids bound to one statement
_FIELDS = (
    "uid", "title", "start", "end", "start_time", "end_time", "place", "leader", "stage", "status", "form", "series",
    "finalised", "number",
)  # fmt: skip
_COLUMNS = ", ".join(f'"{name}"' for name in _FIELDS)
_SELECT = f"SELECT {_COLUMNS} FROM activity"
_LISTED = "deleted_at IS NULL"
_LASTS_LONG = (
    f'{_LISTED} AND "end" > "start" AND julianday("end") - julianday("start") > {_LOOK_BACK} AND "start" IS NOT NULL'
)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An activity as the calendar shows it. `start` is always known; `end` is None for one day.

    `stage` decides the chip (models.activity.Stage), `status` whether it took place. Times are HH:MM or empty.
    """

    uid: str
    title: str
    start: date
    end: date | None
    start_time: str
    end_time: str
    place: str
    leader: str
    stage: str
    status: str
    form: str
    series: str
    finalised: bool
    number: str

    @property
    def name(self) -> str:
        """The title, or that there is none."""
        return self.title or "（未填名称）"

    @property
    def last_day(self) -> date:
        """The day it ends on; a slip that puts the end before the start counts as one day."""
        return max(self.end, self.start) if self.end else self.start

    @property
    def days(self) -> int:
        """How many days it takes, at least 1."""
        return (self.last_day - self.start).days + 1

    def is_overdue(self, today: date) -> bool:
        """Still planned although its last day is past."""
        return self.status == Status.PLANNED and self.last_day < today


@dataclass(frozen=True, slots=True)
class MonthOfYear:
    """One month of the year view: the activities that begin in it, in order."""

    month: int
    entries: tuple[CalendarEntry, ...]

    def count(self, *stages: str) -> int:
        """How many of them are at one of these stages; all of them when none is named."""
        return sum(1 for entry in self.entries if not stages or entry.stage in stages)

    @property
    def planned(self) -> int:
        """How many are still to come (or overdue)."""
        return sum(1 for entry in self.entries if entry.status == Status.PLANNED)

    @property
    def done(self) -> int:
        """How many took place, drafts of them included."""
        return sum(1 for entry in self.entries if entry.status == Status.DONE)


def list_between(ledger: Ledger, start: date, end: date) -> list[CalendarEntry]:
    """Every activity with a day from `start` to `end` (both included), by first day, then time, then order of entry.

    One that began earlier and still lasts is among them. 回收站 is left out, cancelled ones are not.
    """
    low, high = activity_row.sort_id_range(start, end)
    back = activity_row.sort_id_range(_earlier(start, _LOOK_BACK), start)[0]
    rows = ledger.query(
        f"{_SELECT} WHERE {_LISTED} AND sort_id BETWEEN ? AND ?"
        f' UNION ALL {_SELECT} WHERE {_LISTED} AND sort_id >= ? AND sort_id < ? AND "end" >= ?',
        (low, high, back, low, start.isoformat()),
    )
    entries = _entries(rows)
    seen = {entry.uid for entry in entries}
    entries += [
        one for one in _long_spans(ledger) if one.uid not in seen and one.start <= end and one.last_day >= start
    ]
    return sorted(entries, key=_order)


def by_day(entries: Iterable[CalendarEntry], start: date, end: date) -> dict[date, list[CalendarEntry]]:
    """Each day from `start` to `end` that has something → its entries in order; one that lasts stands on each day."""
    days: dict[date, list[CalendarEntry]] = {}
    for entry in entries:
        day, last = max(entry.start, start), min(entry.last_day, end)
        while day <= last:
            days.setdefault(day, []).append(entry)
            day += timedelta(days=1)
    return days


def list_overdue(ledger: Ledger, today: date) -> list[CalendarEntry]:
    """Planned activities whose last day is past, the oldest first."""
    rows = ledger.query(
        f'{_SELECT} WHERE {_LISTED} AND status = \'planned\' AND sort_id < ? AND coalesce("end", "start") < ?'
        " ORDER BY sort_id",
        (activity_row.sort_id(today, 0), today.isoformat()),
    )
    return [entry for entry in _entries(rows) if entry.is_overdue(today)]


def upcoming(ledger: Ledger, today: date, days: int) -> list[CalendarEntry]:
    """What is planned from today for the next `days` days (today counts), running ones included."""
    entries = list_between(ledger, today, today + timedelta(days=max(days, 1) - 1))
    return [entry for entry in entries if entry.status == Status.PLANNED]


def months_of_year(ledger: Ledger, year: int) -> tuple[MonthOfYear, ...]:
    """The twelve months with the activities that begin in them."""
    low, high = activity_row.sort_id_range(date(year, 1, 1), date(year, 12, 31))
    months: list[list[CalendarEntry]] = [[] for _ in range(12)]
    for entry in _entries(ledger.query(f"{_SELECT} WHERE {_LISTED} AND sort_id BETWEEN ? AND ?", (low, high))):
        months[entry.start.month - 1].append(entry)
    return tuple(MonthOfYear(number, tuple(sorted(found, key=_order))) for number, found in enumerate(months, 1))


def planned_between(ledger: Ledger, start: date, end: date) -> list[CalendarEntry]:
    """What is still planned of the activities that begin in these days, in the order of the calendar."""
    low, high = activity_row.sort_id_range(start, end)
    rows = ledger.query(f"{_SELECT} WHERE {_LISTED} AND status = 'planned' AND sort_id BETWEEN ? AND ?", (low, high))
    return sorted(_entries(rows), key=_order)


def entry_of(ledger: Ledger, uid: str) -> CalendarEntry | None:
    """The entry of one activity; None when it is gone, in 回收站 or has no day."""
    found = _entries(ledger.query(f"{_SELECT} WHERE {_LISTED} AND uid = ?", (uid,)))
    return found[0] if found else None


def entries_of(ledger: Ledger, uids: Iterable[str]) -> dict[str, CalendarEntry]:
    """The entries of these activities by uid; those that are gone, in 回收站 or without a day are left out."""
    wanted = sorted({uid for uid in uids if uid})
    found: dict[str, CalendarEntry] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        part = wanted[first : first + _AT_ONCE]
        rows = ledger.query(f"{_SELECT} WHERE {_LISTED} AND uid IN ({', '.join('?' * len(part))})", part)
        found |= {entry.uid: entry for entry in _entries(rows)}
    return found


def members(ledger: Ledger, series: str) -> list[Activity]:
    """The activities of one repetition, by day; 回收站 left out. Empty for an empty `series`."""
    rows = ledger.query(
        f"SELECT {activity_row.COLUMNS} FROM activity WHERE series = ? AND series <> '' AND {_LISTED} ORDER BY sort_id",
        (series,),
    )
    return [activity_row.from_row(row) for row in rows]


def list_activities(ledger: Ledger, start: date, end: date) -> list[Activity]:
    """The whole records of `list_between`, in its order: what the calendar file is made of."""
    order = {entry.uid: place for place, entry in enumerate(list_between(ledger, start, end))}
    return sorted(list_live(ledger, list(order)), key=lambda one: order[one.uid])


def list_live(ledger: Ledger, uids: Sequence[str]) -> list[Activity]:
    """Those of these activities that exist and are not in 回收站, dated or not, in no order."""
    found: list[Activity] = []
    for first in range(0, len(uids), _AT_ONCE):
        part = uids[first : first + _AT_ONCE]
        condition = f"{_LISTED} AND uid IN ({', '.join('?' * len(part))})"
        rows = ledger.query(f"SELECT {activity_row.COLUMNS} FROM activity WHERE {condition}", part)
        found += [activity_row.from_row(row) for row in rows]
    return found


def same_day_titles(ledger: Ledger, start: date, end: date) -> dict[tuple[date, str], str]:
    """First day and title of every activity that begins in these days → its uid."""
    low, high = activity_row.sort_id_range(start, end)
    rows = ledger.query(
        f"SELECT start, title, uid FROM activity WHERE {_LISTED} AND sort_id BETWEEN ? AND ?", (low, high)
    )
    return {(day, str(row[1])): str(row[2]) for row in rows if (day := _day(row[0]))}


def _order(entry: CalendarEntry) -> tuple[date, bool, str, str]:
    """By first day; longer ones and those without a time first, then by time; the number breaks ties."""
    return entry.start, bool(entry.start_time), entry.start_time, entry.number


def _entries(rows: Iterable[Sequence[Any]]) -> list[CalendarEntry]:
    """Rows selected with `_COLUMNS`; those without a readable first day are no entries."""
    found: list[CalendarEntry] = []
    for uid, title, start, end, begins, ends, place, leader, stage, status, form, series, finalised, number in rows:
        day = _day(start)
        if day is None:
            continue
        words = (begins or "", ends or "", place or "", leader or "")
        state = (stage or Stage.DRAFT, status or Status.DONE, form or "", series or "", bool(finalised), number or "")
        found.append(CalendarEntry(uid, title or "", day, _day(end), *words, *state))
    return found


def _day(text: str | None) -> date | None:
    """A stored day. A damaged one hides the entry here; opening the record says what is wrong with it."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _earlier(day: date, days: int) -> date:
    return date.fromordinal(max(day.toordinal() - days, 1))


@dataclass
class _LongSpans:
    """The activities that last longer than is looked back, and up to where the change log was read for them."""

    last_entry: int
    found: dict[str, CalendarEntry]


_remembered: "WeakKeyDictionary[Ledger, _LongSpans]" = WeakKeyDictionary()


def _long_spans(ledger: Ledger) -> Iterable[CalendarEntry]:
    """The activities that last longer than two months.

    No index knows them, so the ledger is read through once; after that the change log, which sees every write,
    tells which records to look at again.
    """
    last = int(ledger.query("SELECT coalesce(max(id), 0) FROM change_log")[0][0])
    known = _remembered.get(ledger)
    if known is None or last < known.last_entry:
        # in the order of the file: by way of an index that leaves out 回收站 it takes five times as long
        rows = ledger.query(f"{_SELECT} NOT INDEXED WHERE {_LASTS_LONG}")
        known = _remembered[ledger] = _LongSpans(last, {entry.uid: entry for entry in _entries(rows)})
    elif last > known.last_entry:
        _look_again(ledger, known, last)
    return known.found.values()


def _look_again(ledger: Ledger, known: _LongSpans, last: int) -> None:
    touched = "SELECT uid FROM change_log WHERE id > ? AND id <= ? AND table_name = 'activity'"
    bounds = (known.last_entry, last)
    for (uid,) in ledger.query(touched, bounds):
        known.found.pop(uid, None)
    rows = ledger.query(f"{_SELECT} WHERE uid IN ({touched}) AND {_LASTS_LONG}", bounds)
    known.found |= {entry.uid: entry for entry in _entries(rows)}
    known.last_entry = last
