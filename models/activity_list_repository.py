"""Reading many activities at once, for tools that go through a list: bulk edit, replace, paste, duplicates."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models import activity_row
from models.activity import Activity
from models.activity_query import ActivityQuery
from models.activity_repository import page
from models.ledger import Ledger
from models.periods import Period

_SELECT = f"SELECT {activity_row.COLUMNS} FROM activity"
_PORTION = 500  # records read at once


@dataclass(frozen=True, slots=True)
class TitleRow:
    """As much of a record as look-alikes are found by. `day` is the proleptic ordinal of its first day."""

    uid: str
    title: str
    day: int
    series: str


def each(ledger: Ledger, query: ActivityQuery) -> Iterator[Activity]:
    """Every record of a list, in its order, read in portions as they are asked for."""
    offset = 0
    while lines := page(ledger, query, offset, _PORTION):
        yield from (line.activity for line in lines)
        offset += len(lines)


def list_by_uids(ledger: Ledger, uids: Sequence[str]) -> list[Activity]:
    """The records with these uids in the order asked for; those in 回收站, and those that are not there, left out."""
    rows = ledger.query(
        f"{_SELECT} WHERE deleted_at IS NULL AND uid IN (SELECT value FROM json_each(?))", (json.dumps(list(uids)),)
    )
    found = {activity.uid: activity for activity in map(activity_row.from_row, rows)}
    return [found[uid] for uid in uids if uid in found]


def find_by_numbers(ledger: Ledger, numbers: Sequence[str]) -> dict[str, Activity]:
    """The records with these numbers (记录编号), 回收站 left out; one number is looked up as fast as a thousand."""
    rows = ledger.query(
        f"{_SELECT} WHERE deleted_at IS NULL AND number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return {activity.number: activity for activity in map(activity_row.from_row, rows)}


def list_titles(ledger: Ledger, period: Period | None = None) -> list[TitleRow]:
    """Name and day of every dated record, oldest first; cancelled ones and 回收站 left out."""
    first, last = (period.start, period.end) if period else (date.min, date.max - timedelta(days=1))
    rows = ledger.query(
        "SELECT uid, title, sort_id, series FROM activity WHERE deleted_at IS NULL AND status <> 'cancelled'"
        " AND sort_id BETWEEN ? AND ? ORDER BY sort_id",
        activity_row.sort_id_range(first, last),
    )
    return [
        TitleRow(uid, title, sort_id >> activity_row.SERIAL_BITS, series or "") for uid, title, sort_id, series in rows
    ]


def stages_of(ledger: Ledger, uids: Sequence[str]) -> dict[str, str]:
    """The stages that many records were saved with, by uid."""
    rows = ledger.query(
        "SELECT uid, stage FROM activity WHERE uid IN (SELECT value FROM json_each(?))", (json.dumps(list(uids)),)
    )
    return dict(rows)
