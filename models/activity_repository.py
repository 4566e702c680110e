"""The only SQL about activities: dataclass in, dataclass out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from models import activity_row
from models.activity import Activity
from models.activity_query import DATE, SORT_COLUMNS, ActivityQuery, clauses, stands_before
from models.identity import new_uid
from models.ledger import Ledger
from models.periods import Period
from models.pinyin import sort_key
from models.search import (
    SearchRow,
    delete_search_row,
    delete_search_text,
    index_text,
    text_of_row,
    write_search_row_again,
    write_search_rows,
)

if TYPE_CHECKING:
    import sqlite3

_SELECT = f"SELECT {activity_row.COLUMNS} FROM activity"
_STORED = (*activity_row.NAMES, "sort_id", "title_key", "stage")
_INSERT = f"INSERT INTO activity({', '.join(_STORED)}) VALUES ({', '.join('?' * len(_STORED))})"
_STORED_ROW = f"SELECT {', '.join(_STORED)}, deleted_at FROM activity WHERE uid = ?"
_FOUND_BY = frozenset(("sort_id", "title_key", *activity_row.SEARCHED_FIELDS))  # what the search index is made of
_get_searched = attrgetter(*activity_row.SEARCHED_FIELDS)
_BATCH = 1000
_SERIAL = "activity_serial"  # the counter behind the low part of sort ids
_SERIAL_MASK = (1 << activity_row.SERIAL_BITS) - 1


@dataclass(frozen=True, slots=True)
class GridRow:
    """A line of the ledger grid: the record and the stage it was saved with."""

    activity: Activity
    stage: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums under the grid. Sessions count 主办/联合主办, `other_sessions` the rest; planned and cancelled never."""

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
    saved, search_row = _save_row(ledger.connection, activity, complete, now, person)
    if search_row:
        write_search_rows(ledger.connection, [search_row])
    return saved


def save_many(ledger: Ledger, activities: Iterable[tuple[Activity, bool]], *, now: datetime, person: str = "") -> int:
    """Insert or update many records, each with whether it is complete; returns how many. One transaction needed."""
    # A row that fires a trigger makes SQLite write out what the search index has collected so far.
    count = 0
    waiting: dict[str, SearchRow] = {}
    for activity, complete in activities:
        if activity.uid in waiting or len(waiting) == _BATCH:
            write_search_rows(ledger.connection, waiting.values())
            waiting.clear()
        saved, search_row = _save_row(ledger.connection, activity, complete, now, person)
        if search_row:
            waiting[saved.uid] = search_row
        count += 1
    write_search_rows(ledger.connection, waiting.values())
    return count


def _save_row(
    connection: "sqlite3.Connection", activity: Activity, complete: bool, now: datetime, person: str
) -> tuple[Activity, SearchRow | None]:
    """Write the row of a record. Returns it as saved, and what the search index lacks now."""
    old = _stored_row(connection, activity.uid) if activity.uid else None
    if old:
        serial, number = old["sort_id"] & _SERIAL_MASK, activity.number or old["number"]
    else:
        serial, number = _next_numbers(connection, activity, now)
    saved = activity_row.changed(
        activity,
        uid=activity.uid or new_uid(),
        number=number,
        revision=(old["revision"] or 0) + 1 if old else 1,
        created_at=datetime.fromisoformat(old["created_at"]) if old and old["created_at"] else now,
        modified_at=now,
        modified_by=person,
    )
    sort_id = activity_row.sort_id(saved.start, serial)
    title_key = sort_key(saved.title)
    values = (*activity_row.to_values(saved), sort_id, title_key, activity_row.stage_of(saved, complete=complete))
    if old is None:
        connection.execute(_INSERT, values)
    elif not _update_row(connection, old, dict(zip(_STORED, values, strict=True))):
        return saved, None
    return saved, (sort_id, index_text(_get_searched(saved), title_key))


def _stored_row(connection: "sqlite3.Connection", uid: str) -> dict[str, Any] | None:
    row = connection.execute(_STORED_ROW, (uid,)).fetchone()
    return dict(zip((*_STORED, "deleted_at"), row, strict=True)) if row else None


def _update_row(connection: "sqlite3.Connection", old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Write what differs, so that other indexes are left alone. True if the search index lacks the record now."""
    changes = {name: value for name, value in new.items() if value != old[name]}
    found_by_others = old["deleted_at"] is None and not _FOUND_BY.isdisjoint(changes)
    # A row with triggers makes SQLite write out what the search index has collected: its old words leave it after that.
    words = text_of_row(connection, old["sort_id"]) if found_by_others else []
    settings = ", ".join(f"{name} = ?" for name in changes)
    connection.execute(f"UPDATE activity SET {settings} WHERE uid = ?", (*changes.values(), old["uid"]))
    delete_search_text(connection, old["sort_id"], words)
    return found_by_others


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
        # a record that is listed already stands in the search index; put in twice, it would never quite leave it
        taken_out = "UPDATE activity SET deleted_at = NULL WHERE uid = ? AND deleted_at IS NOT NULL"
        if ledger.connection.execute(taken_out, (uid,)).rowcount:
            index_again(ledger, uid)


def list_deleted(ledger: Ledger) -> list[Activity]:
    """What lies in 回收站, the latest deleted first."""
    return [
        activity_row.from_row(row)
        for row in ledger.query(f"{_SELECT} WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC")
    ]


def index_again(ledger: Ledger, uid: str) -> None:
    """Make a record that was taken out of the search index findable as its row says now, unless it is in 回收站."""
    write_search_row_again(ledger.connection, _sort_id_of(ledger, uid))


def page(ledger: Ledger, query: ActivityQuery, offset: int, limit: int) -> list[GridRow]:
    """Lines `offset` … `offset + limit` of the list, in its order."""
    part = clauses(query)
    order = part.order.replace("activity_search.rowid", "a.sort_id")
    columns = ", ".join(f"a.{name}" for name in activity_row.NAMES)
    rows = ledger.query(
        f"SELECT a.stage, {columns} FROM"
        f" (SELECT {part.key} AS wanted FROM {part.source} WHERE {part.where} ORDER BY {part.order} LIMIT ? OFFSET ?)"
        f" CROSS JOIN activity a ON a.sort_id = wanted ORDER BY {order}",
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
        f"SELECT count(*), sum(iif({counted} AND {hosted}, a.sessions, 0)),"
        f" sum(iif({counted} AND NOT {hosted}, a.sessions, 0)), sum(iif({counted}, a.people_offline, 0)),"
        f" sum(iif({counted}, a.people_online, 0)) FROM {source} WHERE {part.where}",
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
    column = SORT_COLUMNS.get(query.sort, "NULL")
    value = ledger.query(f"SELECT {column} FROM activity WHERE uid = ?", (uid,))[0][0]
    before = stands_before(query, part.key, value, sort_id)
    counting = f"SELECT count(*) FROM {part.source} WHERE {part.where} AND "
    return sum(ledger.query(counting + condition, (*part.parameters, *bound))[0][0] for condition, bound in before)


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
    """The last finished record of the same form and 细分项目 before this one's day: what its numbers compare with."""
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
            f"{_SELECT} WHERE deleted_at IS NULL AND sort_id < ? ORDER BY sort_id {order} LIMIT 1",
            (activity_row.sort_id(None, 0),),
        )
        ends += [day for row in rows if (day := activity_row.from_row(row).start)]
    return (ends[0], ends[-1]) if ends else None


def _sort_id_of(ledger: Ledger, uid: str) -> int:
    rows = ledger.query("SELECT sort_id FROM activity WHERE uid = ?", (uid,))
    return int(rows[0][0]) if rows else 0


def _next_numbers(connection: "sqlite3.Connection", activity: Activity, now: datetime) -> tuple[int, str]:
    """The running number of a new record, and its number for people: HD-2025-0007, or the one it brings along."""
    if activity.number:
        return _count_up(connection, _SERIAL)[_SERIAL], activity.number
    series = f"HD-{(activity.start or now.date()).year}"
    counted = _count_up(connection, _SERIAL, series)
    return counted[_SERIAL], f"{series}-{counted[series]:04d}"


def _count_up(connection: "sqlite3.Connection", *names: str) -> dict[str, int]:
    """The next value of each counter, from 1."""
    rows = ", ".join(["(?, 1)"] * len(names))
    return dict(
        connection.execute(
            f"INSERT INTO counter(name, value) VALUES {rows}"
            " ON CONFLICT(name) DO UPDATE SET value = value + 1 RETURNING name, value",
            names,
        ).fetchall()
    )
