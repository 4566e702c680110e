"""The ledger's schema, as append-only named steps. Never edit a step that was released: add one.

Tables are STRICT. A record is one row: dates are ISO text, money is 分, choices are codes of the
notice pack and a multi-choice is its codes joined by one space (docs/decisions/one-row-records.md).
"""

from typing import TYPE_CHECKING

from models.schema import (
    ACTIVITY_NUMBERS,
    ACTIVITY_TEXT,
    EXPECTED_1,
    KEPT_KEYS,
    KEPT_SINCE_4,
    LOGGED_SINCE_1,
    LOGGED_SINCE_2,
    LOGGED_SINCE_3,
    RECORD_COLUMNS,
    RECORDS_SINCE_2,
    RECORDS_SINCE_3,
    UNIT_COLUMNS,
)

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

SCHEMA_VERSION = 4
APPLICATION_ID = 0x584A544C  # “XJTL” in the file header: this SQLite file is one of ours


def _expected(version: int) -> tuple[dict[str, set[str]], tuple[str, ...]]:
    """The tables of a ledger at `version`, and those of them that are logged."""
    if version < 2:
        return EXPECTED_1, LOGGED_SINCE_1
    records, logged = dict(RECORDS_SINCE_2), (*LOGGED_SINCE_1, *LOGGED_SINCE_2)
    if version >= 3:
        records |= RECORDS_SINCE_3
        logged += LOGGED_SINCE_3
    tables = {table: {*RECORD_COLUMNS, *columns} for table, columns in records.items()}
    tables |= {table: set(columns) for table, columns in KEPT_SINCE_4.items() if version >= 4}
    return {**EXPECTED_1, **tables, "activity": {*EXPECTED_1["activity"], "series"}}, logged


def structure_fault(connection: "sqlite3.Connection") -> str:
    """What is not as this program made it (for the log), empty when tables and triggers are all there and no others."""
    made = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    tables = {name: sql for kind, name, sql in made if kind == "table"}
    triggers: dict[str, str] = {}
    tables_expected, logged = _expected(int(connection.execute("PRAGMA user_version").fetchone()[0]))
    for table, expected in tables_expected.items():
        if table not in tables:
            return f"no table {table}"
        if table == "activity_search" and "fts5" not in tables[table]:
            return f"{table} is no search index"
        columns = [str(row[1]) for row in connection.execute(f"PRAGMA table_xinfo({table})")]
        if missing := expected.difference(columns):
            return f"{table} lacks {sorted(missing)}"
        if table in logged:
            triggers |= _log_triggers(table, columns)
        if table in KEPT_SINCE_4:
            triggers |= _keeping_triggers(table)
    found = {name: sql for kind, name, sql in made if kind in ("trigger", "view")}
    strange = {name for name in {*found, *triggers} if found.get(name) != triggers.get(name)}
    return f"triggers or views: {sorted(strange)}" if strange else ""


def apply_migrations(db: "Database") -> None:
    """Bring the schema of `db` up to `SCHEMA_VERSION`, all steps or none of them."""
    from sqlite_utils.migrations import Migrations

    steps = Migrations("ledger")
    steps(name="0001_ledger")(_create_ledger)
    steps(name="0002_daily_work")(_add_daily_work)
    steps(name="0003_summaries")(_add_summaries)
    steps(name="0004_submissions")(_add_submissions)
    with db.atomic():
        steps.apply(db)
        db.conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _create_ledger(db: "Database") -> None:
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.table("change_group").create(
        {"id": int, "label": str, "at": str, "person": str, "undoes": int, "state": int, "first_entry": int},
        pk="id",
        strict=True,
    )
    db.conn.execute("CREATE INDEX change_group_undone ON change_group(state) WHERE state = 1")
    db.table("change_log").create(
        {"id": int, "group_id": int, "table_name": str, "uid": str, "old": str},
        pk="id",
        foreign_keys=[("group_id", "change_group", "id")],
        not_null={"group_id", "table_name", "uid"},
        strict=True,
    )
    db.table("change_log").create_index(["uid"])
    db.table("unit").create({**RECORD_COLUMNS, **UNIT_COLUMNS}, pk="uid", strict=True)
    activity = dict.fromkeys(ACTIVITY_TEXT, str) | dict.fromkeys(ACTIVITY_NUMBERS, int)
    db.table("activity").create(
        {**RECORD_COLUMNS, **activity}, pk="uid", not_null={"sort_id", "stage", "title"}, strict=True
    )
    db.table("explanation").create(
        {**RECORD_COLUMNS, "record_uid": str, "rule_id": str, "fingerprint": str, "text": str}, pk="uid", strict=True
    )
    db.table("explanation").create_index(["record_uid"])
    db.table("draft").create(
        {"key": str, "kind": str, "record_uid": str, "body": str, "saved_at": str}, pk="key", strict=True
    )
    db.table("setting").create({"key": str, "value": str}, pk="key", strict=True)
    db.table("counter").create({"name": str, "value": int}, pk="name", strict=True)
    _create_activity_indexes(db)
    _create_search_index(db)
    for table in LOGGED_SINCE_1:
        _log_changes_of(db, table)


def _add_daily_work(db: "Database") -> None:
    """Cases, attachments, sub-records, and the series that a repeated activity belongs to."""
    for event in ("insert", "update", "delete"):
        db.conn.execute(f"DROP TRIGGER activity_log_{event}")
    db.conn.execute("ALTER TABLE activity ADD COLUMN series TEXT")
    _log_changes_of(db, "activity")
    db.conn.execute("CREATE INDEX activity_by_series ON activity(series) WHERE series <> ''")
    for table, columns in RECORDS_SINCE_2.items():
        db.table(table).create({**RECORD_COLUMNS, **columns}, pk="uid", strict=True)
        _log_changes_of(db, table)
    db.table("attachment").create_index(["owner_uid"])
    db.table("work").create_index(["activity_uid"])
    db.table("exemplar").create_index(["activity_uid"])


def _add_summaries(db: "Database") -> None:
    """表9: one editable summary for each period."""
    for table, columns in RECORDS_SINCE_3.items():
        db.table(table).create({**RECORD_COLUMNS, **columns}, pk="uid", strict=True)
        _log_changes_of(db, table)


def _add_submissions(db: "Database") -> None:
    """Every submission whole: its files by content, the records in it, and what became of it."""
    for table, columns in KEPT_SINCE_4.items():
        db.table(table).create(columns, pk=KEPT_KEYS[table], strict=True)
        for statement in _keeping_triggers(table).values():
            db.conn.execute(statement)
    db.table("submission_event").create_index(["submission_uid"])
    db.table("submission_item").create_index(["record_uid"])


def _keeping_triggers(table: str) -> dict[str, str]:
    """Triggers that refuse to change or delete what was submitted, whoever asks."""
    return {
        f"{table}_kept_{event}": f"CREATE TRIGGER {table}_kept_{event} BEFORE {event.upper()} ON {table} BEGIN"
        f" SELECT RAISE(ABORT, '{table} is only added to'); END"
        for event in ("update", "delete")
    }


def _create_activity_indexes(db: "Database") -> None:
    """One covering order per sortable grid column, over the records that are not in 回收站."""
    # The day's order carries what the sums under the grid need, so that neither they nor a jump deep into
    # the list reads the records themselves.
    db.conn.execute(
        "CREATE INDEX activity_by_sort_id"
        " ON activity(sort_id, deleted_at, stage, status, role, sessions, people_offline, people_online)"
    )
    for column in ("title_key", "form", "focus", "people_offline", "people_online", "stage"):
        db.conn.execute(f"CREATE INDEX activity_by_{column} ON activity({column}, sort_id) WHERE deleted_at IS NULL")


def _create_search_index(db: "Database") -> None:
    # The text is cut into overlapping pairs of characters before it gets here (models/search.py), so
    # the tokenizer has only to split at spaces: `ascii` leaves every non-ASCII character inside a token.
    # Neither the text nor its length is kept: nothing is ranked, and each would be one more page to write.
    db.conn.execute("CREATE VIRTUAL TABLE activity_search USING fts5(body, content='', columnsize=0, tokenize='ascii')")


def _log_changes_of(db: "Database", table: str) -> None:
    columns = [str(column[1]) for column in db.conn.execute(f"PRAGMA table_info({table})")]
    for statement in _log_triggers(table, columns).values():
        db.conn.execute(statement)


def _log_triggers(table: str, columns: list[str]) -> dict[str, str]:
    """Triggers that write the row as it was (NULL when it is new) as JSON under the newest change group.

    What it became need not be written: it is what the next entry found, or what the table holds now.
    """
    group = "(SELECT max(id) FROM change_group)"
    old = _json_of_row(columns, "old")
    events = (("insert", "new.uid", "NULL"), ("update", "new.uid", old), ("delete", "old.uid", old))
    return {
        f"{table}_log_{event}": f"CREATE TRIGGER {table}_log_{event} AFTER {event.upper()} ON {table} BEGIN"
        f" INSERT INTO change_log(group_id, table_name, uid, old) VALUES ({group}, '{table}', {uid}, {before}); END"
        for event, uid, before in events
    }


def _json_of_row(columns: list[str], side: str) -> str:
    """SQL for a row as one JSON object. A function takes 127 arguments at most, so it is put together from parts."""
    size = 50
    parts = [
        "json_object(" + ", ".join(f"'{name}', {side}.\"{name}\"" for name in columns[start : start + size]) + ")"
        for start in range(0, len(columns), size)
    ]
    inner = [f"substr({part}, 2, length({part}) - 2)" for part in parts]
    return "'{' || " + " || ',' || ".join(inner) + " || '}'"
