"""The only SQL about activities: dataclass in, dataclass out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from models import activity_row
from models.activity import Activity
from models.activity_query import DATE, SORT_COLUMNS, ActivityQuery, clauses
from models.identity import new_uid
from models.ledger import Ledger
from models.periods import Period
from models.search import delete_search_row, index_columns, write_search_row

_SELECT = f"SELECT {activity_row.COLUMNS} FROM activity"
_STORED = (*activity_row.NAMES, "sort_id", "title_key", "stage")
_UPSERT = (
    f"INSERT INTO activity({', '.join(_STORED)}) VALUES ({', '.join('?' * len(_STORED))})"
    f" ON CONFLICT(uid) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _STORED if name != 'uid')}"
)
_SERIAL_MASK = (1 << activity_row.SERIAL_BITS) - 1


@dataclass(frozen=True, slots=True)
class GridRow:
    """A line of the ledger grid: the record and the stage it was saved with."""

    activity: Activity
    stage: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums under the grid. Sessions count 主办/联合主办; `other_sessions` the rest; planned and cancelled never count."""

    count: int = 0
    sessions: int = 0
    other_sessions: int = 0
    people_offline: int = 0
    people_online: int = 0


def get_activity(ledger: Ledger, uid: str) -> Activity | None:
    """The record, also when it lies in 回收站; None when there is none."""
    rows = ledger.query(f"{_SELECT} WHERE uid = ?", (uid,))
    return activity_row.from_row(rows[0]) if rows else None


def get_stage(ledger: Ledger, uid: str) -> str:
    """The stage the record was saved with, empty when there is no such record."""
    rows = ledger.query("SELECT stage FROM activity WHERE uid = ?", (uid,))
    return str(rows[0][0]) if rows else ""


def save_activity(ledger: Ledger, activity: Activity, *, complete: bool, now: datetime, person: str = "") -> Activity:
    """Insert or update one record durably and return it with its uid, number, revision and times.

    `complete` tells whether every hard rule holds; it decides the stage. Must run inside
    `ledger.transaction`.
    """
    connection = ledger.connection
    before = connection.execute(f"{_SELECT} WHERE uid = ?", (activity.uid,)).fetchone() if activity.uid else None
    old = activity_row.from_row(before) if before else None
    old_sort_id = _sort_id_of(ledger, activity.uid) if old else 0
    serial = old_sort_id & _SERIAL_MASK if old else _next(ledger, "activity_serial")
    saved = replace(
        activity,
        uid=activity.uid or new_uid(),
        number=activity.number or _next_number(ledger, activity, now),
        revision=(old.revision if old else 0) + 1,
        created_at=(old.created_at if old else None) or now,
        modified_at=now,
        modified_by=person,
    )
    sort_id = activity_row.sort_id(saved.start, serial)
    connection.execute(_UPSERT, _stored_values(saved, sort_id, complete))
    if old is None or old_sort_id != sort_id or _searched(old) != _searched(saved):
        if old is not None:
            delete_search_row(connection, old_sort_id)
        write_search_row(connection, sort_id, index_columns(_searched(saved), saved.title))
    return saved


def save_many(ledger: Ledger, activities: Iterable[tuple[Activity, bool]], *, now: datetime, person: str = "") -> int:
    """Insert or update many records, each with whether it is complete; returns how many. One transaction needed."""
    count = 0
    for count, (activity, complete) in enumerate(activities, 1):  # noqa: B007
        save_activity(ledger, activity, complete=complete, now=now, person=person)
    return count


def delete_activities(ledger: Ledger, uids: Sequence[str], *, now: datetime) -> None:
    """Move records to 回收站: they are kept, but in no list, total or search. Needs a transaction."""
    for uid in uids:
        if sort_id := _sort_id_of(ledger, uid):
            delete_search_row(ledger.connection, sort_id)
        ledger.connection.execute(
            "UPDATE activity SET deleted_at = ? WHERE uid = ?", (now.isoformat(timespec="seconds"), uid)
        )


def restore_activities(ledger: Ledger, uids: Sequence[str]) -> None:
    """Take records out of 回收站 again. Needs a transaction."""
    for uid in uids:
        ledger.connection.execute("UPDATE activity SET deleted_at = NULL WHERE uid = ?", (uid,))
        index_again(ledger, uid)


def list_deleted(ledger: Ledger) -> list[Activity]:
    """What lies in 回收站, the latest deleted first."""
    return [
        activity_row.from_row(row)
        for row in ledger.query(f"{_SELECT} WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC")
    ]


def index_again(ledger: Ledger, uid: str) -> None:
    """Make the search index say what the row says now (undo, redo and 回收站 change rows directly)."""
    rows = ledger.connection.execute(
        f"SELECT sort_id, deleted_at, {activity_row.COLUMNS} FROM activity WHERE uid = ?", (uid,)
    ).fetchall()
    for sort_id, deleted_at, *values in rows:
        delete_search_row(ledger.connection, sort_id)
        if deleted_at is None:
            activity = activity_row.from_row(tuple(values))
            write_search_row(ledger.connection, sort_id, index_columns(_searched(activity), activity.title))


def page(ledger: Ledger, query: ActivityQuery, offset: int, limit: int) -> list[GridRow]:
    """Lines `offset` … `offset + limit` of the list, in its order."""
    part = clauses(query)
    order = part.order.replace("activity_search.rowid", "a.sort_id")
    columns = ", ".join(f"a.{name}" for name in activity_row.NAMES)
    rows = ledger.query(
        f"SELECT a.stage, {columns} FROM activity a JOIN"
        f" (SELECT {part.key} AS wanted FROM {part.source} WHERE {part.where} ORDER BY {part.order} LIMIT ? OFFSET ?)"
        f" ON a.sort_id = wanted ORDER BY {order}",
        (*part.parameters, limit, offset),
    )
    return [GridRow(activity_row.from_row(row[1:]), row[0]) for row in rows]


def totals(ledger: Ledger, query: ActivityQuery) -> Totals:
    """Count and sums of the whole list (口径: 场次 by role; planned and cancelled never counted)."""
    part = clauses(replace(query, sort=DATE))
    source = part.source
    if source == "activity_search":
        source += " CROSS JOIN activity a ON a.sort_id = activity_search.rowid"
    counted = "a.stage NOT IN ('planned', 'cancelled')"
    hosted = "a.role IN ('host', 'co_host')"
    row = ledger.query(
        f"SELECT count(*), sum(iif({counted} AND {hosted}, a.sessions, 0)), sum(iif({counted} AND NOT {hosted}, a.sessions, 0)),"
        f" sum(iif({counted}, a.people_offline, 0)), sum(iif({counted}, a.people_online, 0)) FROM {source} WHERE {part.where}",
        part.parameters,
    )[0]
    return Totals(*(value or 0 for value in row))


def count(ledger: Ledger, query: ActivityQuery) -> int:
    """How many records the list has."""
    part = clauses(replace(query, sort=DATE))
    return int(ledger.query(f"SELECT count(*) FROM {part.source} WHERE {part.where}", part.parameters)[0][0])


def position(ledger: Ledger, query: ActivityQuery, uid: str) -> int | None:
    """The line (from 0) at which the record stands in the list, None when the list does not hold it."""
    sort_id = _sort_id_of(ledger, uid)
    part = clauses(query)
    if not ledger.query(
        f"SELECT 1 FROM {part.source} WHERE {part.where} AND {part.key} = ?", (*part.parameters, sort_id)
    ):
        return None
    sign = ">" if query.descending else "<"
    if query.sort == DATE:
        before, bound = f"{part.key} {sign} ?", (sort_id,)
    else:
        column = SORT_COLUMNS[query.sort]
        value = ledger.query(f"SELECT {column} FROM activity WHERE uid = ?", (uid,))[0][0]
        before, bound = _before(f"a.{column}", sign, value, sort_id)
    found = ledger.query(
        f"SELECT count(*) FROM {part.source} WHERE {part.where} AND ({before})", (*part.parameters, *bound)
    )
    return int(found[0][0])


def list_in_period(ledger: Ledger, period: Period) -> list[Activity]:
    """Every record whose first day lies in the period, oldest first, whatever its status; 回收站 left out."""
    rows = ledger.query(
        f"{_SELECT} WHERE deleted_at IS NULL AND sort_id BETWEEN ? AND ? ORDER BY sort_id",
        activity_row.sort_id_range(period.start, period.end),
    )
    return [activity_row.from_row(row) for row in rows]


def list_undated(ledger: Ledger) -> list[Activity]:
    """Records that belong to no period because no first day was typed."""
    rows = ledger.query(f"{_SELECT} WHERE deleted_at IS NULL AND sort_id >= ?", (activity_row.sort_id(None, 0),))
    return [activity_row.from_row(row) for row in rows]


def latest_activity(ledger: Ledger) -> Activity | None:
    """The newest finished record: what “last used” refers to."""
    return _latest(ledger, "", (), None)


def latest_of_same_kind(ledger: Ledger, activity: Activity) -> Activity | None:
    """The last finished record of the same form and 细分项目 before the day of this one: what its numbers compare with."""
    same = "form = ? AND item = ? AND uid <> ?"
    return _latest(ledger, same, (activity.form, activity.item, activity.uid), activity.start)


def _latest(ledger: Ledger, condition: str, parameters: Sequence[object], before: date | None) -> Activity | None:
    conditions = [part for part in ("deleted_at IS NULL", "status = 'done'", condition, "sort_id < ?") if part]
    parameters = (*parameters, activity_row.sort_id(before, 0))
    rows = ledger.query(f"{_SELECT} WHERE {' AND '.join(conditions)} ORDER BY sort_id DESC LIMIT 1", parameters)
    return activity_row.from_row(rows[0]) if rows else None


def first_and_last_day(ledger: Ledger) -> tuple[date, date] | None:
    """The days the ledger reaches from and to, None while it holds no dated record."""
    ends: list[date] = []
    for order in ("ASC", "DESC"):
        rows = ledger.query(
            f"SELECT start FROM activity WHERE deleted_at IS NULL AND sort_id < ? ORDER BY sort_id {order} LIMIT 1",
            (activity_row.sort_id(None, 0),),
        )
        ends += [date.fromisoformat(row[0]) for row in rows]
    return (ends[0], ends[1]) if ends else None


def _before(column: str, sign: str, value: object, sort_id: int) -> tuple[str, tuple[object, ...]]:
    """SQL for “stands before this record”, with NULL sorting below every value as SQLite has it."""
    if value is None:
        not_null = f"{column} IS NOT NULL OR " if sign == ">" else ""
        return f"{not_null}({column} IS NULL AND a.sort_id {sign} ?)", (sort_id,)
    null = f"{column} IS NULL OR " if sign == "<" else ""
    return f"{null}{column} {sign} ? OR ({column} = ? AND a.sort_id {sign} ?)", (value, value, sort_id)


def _stored_values(activity: Activity, sort_id: int, complete: bool) -> list[Any]:
    from models.pinyin import sort_key

    return [
        *activity_row.to_values(activity),
        sort_id,
        sort_key(activity.title),
        activity_row.stage_of(activity, complete=complete),
    ]


def _searched(activity: Activity) -> list[str]:
    return [getattr(activity, name) for name in activity_row.SEARCHED_FIELDS]


def _sort_id_of(ledger: Ledger, uid: str) -> int:
    row = ledger.connection.execute("SELECT sort_id FROM activity WHERE uid = ?", (uid,)).fetchone()
    return int(row[0]) if row else 0


def _next_number(ledger: Ledger, activity: Activity, now: datetime) -> str:
    year = (activity.start or now.date()).year
    return f"HD-{year}-{_next(ledger, f'HD-{year}'):04d}"


def _next(ledger: Ledger, name: str) -> int:
    row = ledger.connection.execute(
        "INSERT INTO counter(name, value) VALUES (?, 1) ON CONFLICT(name) DO UPDATE SET value = value + 1 RETURNING value",
        (name,),
    ).fetchone()
    return int(row[0])
