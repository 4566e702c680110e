"""The log of an older ledger still leads back: each undone step gives the rows that the log itself says were there."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from models import history
from models.activity_query import ActivityQuery
from models.activity_repository import page
from models.history_words import history_of
from models.ledger import Ledger
from models.recording import record
from models.recurrence import Rule, repeat
from tests.factories import NOW, a_clerk
from tests.models.full_ledger import NOTICE
from tests.models.test_ledger_killed import assert_sound

OLD = Path(__file__).resolve().parent.parent / "old_ledgers" / "schema-1" / "ledger.db"
Rows = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(OLD, tmp_path / "ledger.db")
    return tmp_path


def rows_in(connection: sqlite3.Connection) -> Rows:
    """Every row that the first version logged, without the column that it did not know."""
    rows: Rows = {}
    for table in ("unit", "activity", "explanation"):
        cursor = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        for row in cursor.fetchall():
            values = dict(zip(names, row, strict=True))
            values.pop("series", None)
            rows[table, values["uid"]] = values
    return rows


def states_by_the_log(file: Path) -> list[Rows]:
    """The newest state first, each older one worked out from the old log by itself."""
    with closing(sqlite3.connect(file)) as connection:
        rows = rows_in(connection)
        states = [dict(rows)]
        groups = connection.execute("SELECT id FROM change_group WHERE undoes IS NULL ORDER BY id DESC").fetchall()
        for (group,) in groups:
            entries = "SELECT table_name, uid, old FROM change_log WHERE group_id = ? ORDER BY id DESC"
            for table, uid, old in connection.execute(entries, (group,)):
                rows.pop((table, uid), None)
                if old:
                    rows[table, uid] = json.loads(old)
            states.append(dict(rows))
    return states


def test_each_step_made_before_the_upgrade_is_taken_back_and_done_again(folder: Path) -> None:
    states = states_by_the_log(folder / "ledger.db")
    with Ledger.open(folder) as ledger:
        assert len(states) > 3 and rows_in(ledger.connection) == states[0]
        for state in states[1:]:
            assert history.undo(ledger, now=NOW)
            assert rows_in(ledger.connection) == state
            assert_sound(folder)
        assert history.undo(ledger, now=NOW) is None
        for state in reversed(states[:-1]):
            assert history.redo(ledger, now=NOW)
            assert rows_in(ledger.connection) == state
            assert_sound(folder)


def test_what_is_done_after_the_upgrade_joins_the_old_log(folder: Path) -> None:
    states = states_by_the_log(folder / "ledger.db")
    with Ledger.open(folder) as ledger:
        [first, *_] = [row.activity for row in page(ledger, ActivityQuery(), 0, 10)]
        made = repeat(ledger, first, Rule(count=3), a_clerk())
        record(ledger, made[0].with_values(title="改了名称"), a_clerk())
        for _ in range(2):
            history.undo(ledger, now=NOW)
        assert rows_in(ledger.connection) == states[0]
        assert ledger.query("SELECT count(*) FROM activity WHERE series <> ''") == [(0,)]
        for state in states[1:]:
            history.undo(ledger, now=NOW)
            assert rows_in(ledger.connection) == state
        for _ in range(len(states) + 1):
            assert history.redo(ledger, now=NOW)
        assert ledger.query("SELECT count(*) FROM activity WHERE series <> ''") == [(3,)]
        assert_sound(folder)


def test_the_old_changes_are_told_in_words(folder: Path) -> None:
    with Ledger.open(folder) as ledger:
        for (uid,) in ledger.query("SELECT DISTINCT uid FROM change_log"):
            assert all(entry.label for entry in history_of(ledger, uid, NOTICE))
