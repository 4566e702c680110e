"""Somebody wrote nonsense into a column: every list, check, form and export works or says a sentence. Nothing fails."""

import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models import activity_repository, history
from models.activity import Status
from models.activity_query import ActivityQuery
from models.errors import UserError
from models.ledger import FILE_NAME, Ledger
from models.recording import record
from models.schema import LOGGED_TABLES
from models.storage_faults import content_faults, storage_faults
from tests.factories import NOW, a_clerk, an_activity
from tests.models.full_ledger import Way, a_full_ledger, every_history, ways_to_print, ways_to_read, ways_to_write

TEXTS = (
    *("NULL", "''", "'x'", "'2025-13-99'", "'9999-12-31'", "'[1'", "'{}'", "'null'", "'[[1]]'", "'../../x'"),
    """'[["a", "b", "c", 5]]'""",
    """'[["a", "b", "c", [null, 3]], [[], {}, null, "ab"]]'""",
    "'=cmd|x' || char(0, 9, 10) || '<img src=x>&amp;%s{}🇨🇳👨‍👩‍👧' || char(8238)",
    *("cast(x'ff41fe' AS TEXT)", "cast(x'eda080' AS TEXT)", "hex(zeroblob(2500))"),
)
NUMBERS = ("NULL", "-1", "0", "9223372036854775807")
PRINTED_TABLES = tuple(table for table in LOGGED_TABLES if table not in ("explanation", "person", "distinct_pair"))
TABLES = (*LOGGED_TABLES, "change_group", "change_log", "setting", "counter", "draft")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger in which there is everything."""
    place = tmp_path_factory.mktemp("台账")
    a_full_ledger(place).close()
    (place / FILE_NAME).rename(place / "sound.db")
    return place


def columns_of(file: Path) -> Iterator[tuple[str, str, str]]:
    """(table, column, type) of every column that a record has."""
    with closing(sqlite3.connect(file)) as connection:
        for table in TABLES:
            for row in connection.execute(f"PRAGMA table_info({table})"):
                yield table, row[1], row[2]


def spoiled(folder: Path, table: str, column: str, value: str) -> bool:
    """The sound ledger again, with this value in the whole column. False when SQLite will not have it."""
    for tail in ("-wal", "-shm"):
        (folder / (FILE_NAME + tail)).unlink(missing_ok=True)
    (folder / FILE_NAME).write_bytes((folder / "sound.db").read_bytes())
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        try:
            connection.execute(f'UPDATE {table} SET "{column}" = {value}')
        except sqlite3.IntegrityError:  # a type that STRICT refuses, the same uid twice
            return False
        connection.commit()
    return True


def use(folder: Path, ways: Iterable[Way]) -> None:
    """All of it; each may be refused with a sentence."""
    try:
        ledger = Ledger.open(folder)
    except UserError:
        return
    with ledger:
        for way in ways:
            try:
                way(ledger)
            except UserError as refusal:
                assert refusal.message.endswith("。")


def everything() -> Iterator[Way]:
    yield from ways_to_read()
    yield from ways_to_write()
    yield every_history
    for _ in range(3):
        yield lambda ledger: history.undo(ledger, now=NOW)
    for _ in range(3):
        yield lambda ledger: history.redo(ledger, now=NOW)


def test_a_few_columns_of_each_table(folder: Path) -> None:
    chance = random.Random(3)
    for table, column, type_ in chance.sample(list(columns_of(folder / "sound.db")), 24):
        value = chance.choice(TEXTS if type_ == "TEXT" else NUMBERS)
        if spoiled(folder, table, column, value):
            use(folder, everything())


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_a_table(folder: Path, table: str) -> None:
    chance = random.Random(table)
    for name, column, type_ in columns_of(folder / "sound.db"):
        if name == table:
            for value in chance.sample(TEXTS, 3) if type_ == "TEXT" else NUMBERS:
                if spoiled(folder, table, column, value):
                    use(folder, everything())


@pytest.mark.slow
@pytest.mark.parametrize("table", PRINTED_TABLES)
def test_what_is_printed(folder: Path, tmp_path: Path, table: str) -> None:
    chance = random.Random(table)
    columns = [each for each in columns_of(folder / "sound.db") if each[0] == table]
    for _, column, type_ in chance.sample(columns, min(len(columns), 5)):
        value = chance.choice(TEXTS if type_ == "TEXT" else NUMBERS)
        if spoiled(folder, table, column, value):
            use(folder, ways_to_print(tmp_path))


def test_figures_beyond_all_bounds_are_said(folder: Path) -> None:
    assert spoiled(folder, "activity", "people_offline", "9223372036854775807")
    with Ledger.open(folder) as ledger:
        with pytest.raises(UserError, match="大到不可能的数字"):
            activity_repository.totals(ledger, ActivityQuery())
        assert record(ledger, an_activity(), a_clerk()).revision == 1


def test_a_revision_that_cannot_grow_is_said(folder: Path) -> None:
    assert spoiled(folder, "activity", "revision", "9223372036854775807")
    with Ledger.open(folder) as ledger:
        [row, *_] = activity_repository.page(ledger, ActivityQuery(), 0, 1)
        with pytest.raises(UserError, match="大到不可能的数字"):
            record(ledger, row.activity, a_clerk())


def test_half_an_emoji_is_said_and_nothing_else_is_lost(folder: Path) -> None:
    assert spoiled(folder, "activity", "note", "''")
    with Ledger.open(folder) as ledger:
        before = ledger.last_change()
        with pytest.raises(UserError, match="残缺的字符"):
            record(ledger, an_activity(summary="好\ud83d"), a_clerk())
        assert ledger.last_change() == before
        assert record(ledger, an_activity(status=Status.PLANNED), a_clerk()).revision == 1


def test_a_mistake_of_the_program_is_never_called_a_fault_of_the_disk(tmp_path: Path) -> None:
    for mistake in (sqlite3.OperationalError("no such table: x"), OverflowError("date value out of range")):
        with pytest.raises(type(mistake)), storage_faults(tmp_path):
            raise mistake
    with pytest.raises(KeyError), content_faults("内容"):
        raise KeyError


def test_what_cannot_be_read_leaves_the_file_free(folder: Path) -> None:
    """The exception is still there, and with it every frame it went through: none may hold on to the file."""
    assert spoiled(folder, "unit", "code", "cast(x'ff41fe' AS TEXT)")
    with Ledger.open(folder) as ledger:
        [(uid,)] = ledger.query("SELECT uid FROM unit")
        with pytest.raises(UserError) as caught:
            history.changes_of(ledger, uid)
    with closing(sqlite3.connect(folder / FILE_NAME, timeout=0)) as again:
        assert again.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    assert caught.value.message.endswith("。")
