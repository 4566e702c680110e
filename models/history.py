"""撤销 and 重做, on the change log that triggers write.

Each transaction is one group with a name. Undoing writes the old rows back, as a group of its own that
says what it undoes, so the log itself is never rewritten. States of a group: 0 in force, 1 undone
(can be redone), 2 undone for good because something new was done since.
"""

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from models.activity_repository import index_again
from models.ledger import Ledger
from models.schema import LOGGED_TABLES
from models.search import delete_search_row
from models.storage_faults import content_faults, storage_faults


@dataclass(frozen=True, slots=True)
class Step:
    """One named change that can be undone or redone."""

    group_id: int
    label: str
    at: str = ""  # ISO text


@dataclass(frozen=True, slots=True)
class Change:
    """One line of 修改记录: the row before and after, None where it did not exist. `table` is where it stands."""

    label: str
    at: datetime
    person: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    table: str = ""


def next_undo(ledger: Ledger, since: int = 0) -> Step | None:
    """What 撤销 would take back, among the changes after group `since`."""
    rows = ledger.query(
        "SELECT id, label, at FROM change_group WHERE id > ? AND state = 0 AND undoes IS NULL ORDER BY id DESC LIMIT 1",
        (since,),
    )
    return Step(*rows[0]) if rows else None


def next_redo(ledger: Ledger, since: int = 0) -> Step | None:
    """What 重做 would do again."""
    rows = ledger.query(
        "SELECT id, label, at FROM change_group WHERE id > ? AND state = 1 ORDER BY id LIMIT 1", (since,)
    )
    return Step(*rows[0]) if rows else None


def list_steps(ledger: Ledger, since: int = 0) -> list[Step]:
    """What 撤销 could take back one after the other, the latest first, among the changes after group `since`."""
    rows = ledger.query(
        "SELECT id, label, at FROM change_group WHERE id > ? AND state = 0 AND undoes IS NULL ORDER BY id DESC",
        (since,),
    )
    return [Step(*row) for row in rows]


def undo_back_to(ledger: Ledger, step: Step, *, now: datetime, person: str = "", since: int = 0) -> list[Step]:
    """Take back every step down to `step` and it as well, the latest first; returns them.

    Each becomes an undone step of its own, so that 重做 brings them back one by one. When one of them cannot be
    taken back, UserError; the ones before it stay undone.
    """
    wanted = [each for each in list_steps(ledger, since) if each.group_id >= step.group_id]
    undone: list[Step] = []
    for _ in wanted:
        if (one := undo(ledger, now=now, person=person, since=since)) is not None:
            undone.append(one)
    return undone


def undo(ledger: Ledger, *, now: datetime, person: str = "", since: int = 0) -> Step | None:
    """Take the latest step back; returns it, or None when there is nothing to undo."""
    step = next_undo(ledger, since)
    if step:
        with ledger.transaction(f"撤销：{step.label}", at=now, person=person, undoes=step.group_id):
            _take_back(ledger, step.group_id)
            _set_state(ledger, step, 1)
    return step


def redo(ledger: Ledger, *, now: datetime, person: str = "", since: int = 0) -> Step | None:
    """Do the last undone step again, which is to take its undoing back; None when there is nothing to redo."""
    step = next_redo(ledger, since)
    if step:
        undoing = ledger.query("SELECT max(id) FROM change_group WHERE undoes = ?", (step.group_id,))[0][0]
        with ledger.transaction(f"重做：{step.label}", at=now, person=person, undoes=step.group_id):
            _take_back(ledger, undoing)
            _set_state(ledger, step, 0)
    return step


def changes_of(ledger: Ledger, uid: str) -> list[Change]:
    """修改记录 of one record, the latest first."""
    rows = ledger.query(
        "SELECT g.label, g.at, g.person, l.table_name, l.old FROM change_log l JOIN change_group g ON g.id = l.group_id"
        " WHERE l.uid = ? ORDER BY l.id DESC",
        (uid,),
    )
    changes: list[Change] = []
    with content_faults("修改记录"), storage_faults(ledger.folder):
        new = _current_row(ledger, rows[0][3], uid) if rows else None
        for label, at, person, table, text in rows:
            old = _decode(text)
            changes.append(Change(label, datetime.fromisoformat(at), person, old, new, table))
            new = old
    return changes


def write_version(ledger: Ledger, change: Change, *, now: datetime, person: str = "") -> None:
    """Make a row what it was after `change`, with a new revision and out of 回收站. Needs a transaction."""
    if change.new is None:
        raise ValueError("there is no row after this change")
    uid = str(change.new["uid"])
    present = _current_row(ledger, change.table, uid) or {}
    stamps = {
        "revision": int(present.get("revision") or 0) + 1,
        "modified_at": now.isoformat(timespec="seconds"),
        "modified_by": person,
        "deleted_at": None,
    }
    kept = {"number": present["number"]} if "number" in present else {}
    _write_row(ledger, change.table, uid, {**change.new, **stamps, **kept})


def _take_back(ledger: Ledger, group_id: int) -> None:
    """Make every row that a group changed what it was before it. The groups stand in the log one after the other."""
    entries = ledger.query(
        "SELECT table_name, uid, old FROM change_log"
        " WHERE id >= (SELECT first_entry FROM change_group WHERE id = ?)"
        " AND id < (SELECT first_entry FROM change_group WHERE id = ?) ORDER BY id DESC",
        (group_id, group_id + 1),
    )
    with content_faults("修改记录"):
        for table, uid, old in entries:
            _write_row(ledger, table, uid, _decode(old))


def _set_state(ledger: Ledger, step: Step, state: int) -> None:
    ledger.connection.execute("UPDATE change_group SET state = ? WHERE id = ?", (state, step.group_id))


def _current_row(ledger: Ledger, table: str, uid: str) -> dict[str, Any] | None:
    # Closed at once: what cannot be read is told by an exception that holds this frame, and a statement that was not
    # finished keeps the file locked after the ledger is closed.
    with closing(ledger.connection.execute(f"SELECT * FROM {_logged(table)} WHERE uid = ?", (uid,))) as cursor:
        row = cursor.fetchone()
        return dict(zip((column[0] for column in cursor.description), row, strict=True)) if row else None


def _logged(table: str) -> str:
    """The name of a table that the log may speak of; anything else in it is a bug."""
    if table not in LOGGED_TABLES:
        raise ValueError(f"change log names an unknown table: {table}")
    return table


def _write_row(ledger: Ledger, table: str, uid: str, row: dict[str, Any] | None) -> None:
    """Make the row exactly what `row` says (None: absent), and the search index with it."""
    connection = ledger.connection
    if table == "activity":
        for (sort_id,) in connection.execute("SELECT sort_id FROM activity WHERE uid = ?", (uid,)).fetchall():
            delete_search_row(connection, sort_id)
    if row is None:
        connection.execute(f"DELETE FROM {_logged(table)} WHERE uid = ?", (uid,))
        return
    names = [name for name in row if name.isidentifier()]
    connection.execute(
        f"INSERT INTO {_logged(table)}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        f" ON CONFLICT(uid) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names)}",
        [row[name] for name in names],
    )
    if table == "activity":
        index_again(ledger, uid)


def _decode(text: str | None) -> dict[str, Any] | None:
    """A row of the log. ValueError when another program has written something else there."""
    row: Any = json.loads(text) if text else None
    if row is not None and not isinstance(row, dict):
        raise ValueError("a row in the log is one JSON object")
    return cast("dict[str, Any] | None", row)
