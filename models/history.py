"""撤销 and 重做, on the change log that triggers write.

Each transaction is one group with a name. Undoing writes the old rows back, as a group of its own that
says what it undoes, so the log itself is never rewritten. States of a group: 0 in force, 1 undone
(can be redone), 2 undone for good because something new was done since.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.activity_repository import index_again
from models.ledger import Ledger
from models.migrations import LOGGED_TABLES
from models.search import delete_search_row


@dataclass(frozen=True, slots=True)
class Step:
    """One named change that can be undone or redone."""

    group_id: int
    label: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line of 修改记录: the row before and after, None where it did not exist."""

    label: str
    at: datetime
    person: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None


def last_change(ledger: Ledger) -> int:
    """The newest change group, 0 in an empty ledger. Taken at start, it bounds what 撤销 can reach."""
    return int(ledger.query("SELECT coalesce(max(id), 0) FROM change_group")[0][0])


def next_undo(ledger: Ledger, since: int = 0) -> Step | None:
    """What 撤销 would take back, among the changes after group `since`."""
    rows = ledger.query(
        "SELECT id, label FROM change_group WHERE id > ? AND state = 0 AND undoes IS NULL ORDER BY id DESC LIMIT 1",
        (since,),
    )
    return Step(*rows[0]) if rows else None


def next_redo(ledger: Ledger, since: int = 0) -> Step | None:
    """What 重做 would do again."""
    rows = ledger.query("SELECT id, label FROM change_group WHERE id > ? AND state = 1 ORDER BY id LIMIT 1", (since,))
    return Step(*rows[0]) if rows else None


def undo(ledger: Ledger, *, now: datetime, person: str = "", since: int = 0) -> Step | None:
    """Take the latest step back; returns it, or None when there is nothing to undo."""
    step = next_undo(ledger, since)
    if step:
        _play(ledger, step, backwards=True, now=now, person=person)
    return step


def redo(ledger: Ledger, *, now: datetime, person: str = "", since: int = 0) -> Step | None:
    """Do the last undone step again; returns it, or None when there is nothing to redo."""
    step = next_redo(ledger, since)
    if step:
        _play(ledger, step, backwards=False, now=now, person=person)
    return step


def changes_of(ledger: Ledger, uid: str) -> list[Change]:
    """修改记录 of one record, the latest first."""
    rows = ledger.query(
        "SELECT g.label, g.at, g.person, l.old, l.new FROM change_log l JOIN change_group g ON g.id = l.group_id"
        " WHERE l.uid = ? ORDER BY l.id DESC",
        (uid,),
    )
    return [
        Change(label, datetime.fromisoformat(at), person, _decode(old), _decode(new))
        for label, at, person, old, new in rows
    ]


def _play(ledger: Ledger, step: Step, *, backwards: bool, now: datetime, person: str) -> None:
    verb = "撤销" if backwards else "重做"
    order = "DESC" if backwards else "ASC"
    entries = ledger.query(
        f"SELECT table_name, uid, old, new FROM change_log WHERE group_id = ? ORDER BY id {order}", (step.group_id,)
    )
    with ledger.transaction(f"{verb}：{step.label}", at=now, person=person, undoes=step.group_id):
        for table, uid, old, new in entries:
            _write_row(ledger, table, uid, _decode(old if backwards else new))
        ledger.connection.execute(
            "UPDATE change_group SET state = ? WHERE id = ?", (1 if backwards else 0, step.group_id)
        )


def _write_row(ledger: Ledger, table: str, uid: str, row: dict[str, Any] | None) -> None:
    """Make the row exactly what `row` says (None: absent), and the search index with it."""
    if table not in LOGGED_TABLES:
        raise ValueError(f"change log names an unknown table: {table}")
    connection = ledger.connection
    if table == "activity":
        for (sort_id,) in connection.execute("SELECT sort_id FROM activity WHERE uid = ?", (uid,)).fetchall():
            delete_search_row(connection, sort_id)
    if row is None:
        connection.execute(f"DELETE FROM {table} WHERE uid = ?", (uid,))
        return
    names = [name for name in row if name.isidentifier()]
    connection.execute(
        f"INSERT INTO {table}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        f" ON CONFLICT(uid) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names)}",
        [row[name] for name in names],
    )
    if table == "activity":
        index_again(ledger, uid)


def _decode(text: str | None) -> dict[str, Any] | None:
    return json.loads(text) if text else None
