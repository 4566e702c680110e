"""Whatever disks, other programs and unfriendly people did to a ledger: it works, or it says a sentence."""

import os
import random
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from models import activity_repository, drafts, history
from models.activity_query import SORT_COLUMNS, ActivityQuery
from models.activity_row import SEARCHED_FIELDS
from models.checks import check_period
from models.errors import UserError
from models.ledger import FILE_NAME, LOCK_NAME, Ledger
from models.notice import builtin_notice
from models.periods import year
from models.recording import delete, new_activity, record, record_many
from models.reports import build
from tests.factories import NOW, TODAY, a_clerk, a_ledger, an_activity

NOTICE = builtin_notice()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A ledger file with a bit of everything in it."""
    folder = tmp_path_factory.mktemp("台账")
    with a_ledger(folder) as ledger:
        some = [an_activity(title=f"读书会{number}", summary="很长的简述" * 30) for number in range(60)]
        record_many(ledger, some, a_clerk(), "准备")
        rows = activity_repository.page(ledger, ActivityQuery(), 0, 2)
        delete(ledger, [rows[0].activity], a_clerk())
        record(ledger, rows[1].activity.with_values(title="改过"), a_clerk())
        drafts.save_draft(ledger, drafts.NEW_ACTIVITY, "activity", "", {"title": "半"}, NOW)
    return (folder / FILE_NAME).read_bytes()


def use_everything(ledger: Ledger) -> int:
    """Read and write in every way; each may be refused with a sentence, and none may fail otherwise. How many were."""
    everything = ActivityQuery(), ActivityQuery(text="读书"), *(ActivityQuery(sort=sort) for sort in SORT_COLUMNS)
    uids: list[str] = []
    ways: list[Callable[[], Any]] = [
        *(lambda query=query: activity_repository.page(ledger, query, 0, 100) for query in everything),
        lambda: activity_repository.totals(ledger, ActivityQuery(text="d")),
        lambda: activity_repository.first_and_last_day(ledger),
        lambda: activity_repository.list_deleted(ledger),
        lambda: activity_repository.list_undated(ledger),
        lambda: drafts.list_drafts(ledger),
        lambda: new_activity(ledger, a_clerk()),
        lambda: check_period(ledger, NOTICE, year(2025), TODAY),
        lambda: build("表2", ledger, NOTICE, year(2025), TODAY),
        lambda: uids.extend(row[0] for row in ledger.query("SELECT uid FROM activity LIMIT 3")),
    ]
    refused = sum(not works(way) for way in ways)
    for uid in uids:
        refused += not works(lambda uid=uid: history.changes_of(ledger, uid))
        refused += not works(lambda uid=uid: save_again(ledger, uid))
        refused += not works(lambda uid=uid: activity_repository.position(ledger, ActivityQuery(), uid))
    writing: list[Callable[[], Any]] = [
        lambda: record(ledger, an_activity(), a_clerk()),
        lambda: drafts.save_draft(ledger, drafts.NEW_ACTIVITY, "activity", "", {}, NOW),
        *[lambda: history.undo(ledger, now=NOW)] * 5,
        *[lambda: history.redo(ledger, now=NOW)] * 5,
    ]
    return refused + sum(not works(way) for way in writing)


def works(way: Callable[[], Any]) -> bool:
    try:
        way()
    except UserError:
        return False
    return True


def save_again(ledger: Ledger, uid: str) -> None:
    if one := activity_repository.get_activity(ledger, uid):
        delete(ledger, [record(ledger, one.with_values(title="又改"), a_clerk())], a_clerk())


def opens(folder: Path) -> bool:
    """Open and use it. A file that is refused is the same afterwards, byte by byte."""
    file = folder / FILE_NAME
    before = content(file)
    try:
        ledger = Ledger.open(folder)
    except UserError:
        assert content(file) == before
        return False
    with ledger:
        use_everything(ledger)
    return True


def content(file: Path) -> bytes | None:
    return file.read_bytes() if os.path.isfile(file) else None


def scribbled(data: bytes, generator: random.Random) -> bytes:
    """Some bytes in some pages are others, as a dying USB stick leaves them."""
    damaged = bytearray(data)
    for _ in range(generator.randrange(1, 8)):
        place, length = generator.randrange(100, len(data) - 64), generator.randrange(1, 64)
        damaged[place : place + length] = generator.randbytes(length)
    return bytes(damaged)


def try_damage(folder: Path, sound: bytes, seeds: range) -> None:
    for seed in seeds:
        generator = random.Random(seed)
        data = sound[: generator.randrange(len(sound))] if seed % 4 == 0 else scribbled(sound, generator)
        if seed % 2:  # as from a USB stick, where the file has no write-ahead log: it must not get one first
            data = data[:18] + b"\x01\x01" + data[20:]
        place = folder / str(seed)
        place.mkdir()
        (place / FILE_NAME).write_bytes(data)
        try:
            opens(place)
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise


def test_truncated_and_scribbled_files_are_refused_or_used(tmp_path: Path, sound: bytes) -> None:
    try_damage(tmp_path, sound, range(40))


@pytest.mark.slow
def test_many_more_of_them(tmp_path: Path, sound: bytes) -> None:
    try_damage(tmp_path, sound, range(1000, 1400))


def test_what_is_no_ledger_at_all_is_refused(tmp_path: Path, sound: bytes) -> None:
    (tmp_path / FILE_NAME).touch()
    assert not opens(tmp_path)
    (tmp_path / FILE_NAME).unlink()
    (tmp_path / FILE_NAME).mkdir()
    assert not opens(tmp_path)
    assert not opens(tmp_path / ("长" * 200))
    with pytest.raises(UserError):
        Ledger.create(tmp_path / ("长" * 200))


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
def test_links_that_lead_nowhere_are_refused(tmp_path: Path, sound: bytes) -> None:
    (tmp_path / FILE_NAME).symlink_to(FILE_NAME)
    assert not opens(tmp_path)
    (tmp_path / "圈").symlink_to("圈")
    assert not opens(tmp_path / "圈")
    with pytest.raises(UserError):
        Ledger.create(tmp_path / "圈")


def test_a_lock_that_is_a_folder_is_refused(tmp_path: Path, sound: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(sound)
    (tmp_path / LOCK_NAME).mkdir()
    assert not opens(tmp_path)


@pytest.mark.parametrize("leftover", [b"", b"\x00" * 4096, random.Random(5).randbytes(9000)], ids=["空", "零", "乱"])
def test_a_spoiled_write_ahead_log_is_passed_over(tmp_path: Path, sound: bytes, leftover: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(sound)
    (tmp_path / f"{FILE_NAME}-wal").write_bytes(leftover)
    (tmp_path / f"{FILE_NAME}-shm").write_bytes(leftover)
    assert opens(tmp_path)


def test_a_file_held_by_another_program_is_said_and_works_afterwards(tmp_path: Path, sound: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(sound)
    with Ledger.open(tmp_path) as ledger, closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as other:
        ledger.connection.execute("PRAGMA busy_timeout = 10")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="正被另一个程序占用"):
            record(ledger, an_activity(), a_clerk())
        other.execute("ROLLBACK")
        assert record(ledger, an_activity(), a_clerk()).revision == 1


def by_hand(folder: Path, sound: bytes, statements: str) -> None:
    (folder / FILE_NAME).write_bytes(sound)
    with closing(sqlite3.connect(folder / FILE_NAME)) as other:
        other.executescript(statements)
        other.commit()


# What a ledger still shows when somebody has written this into it.
SHOWN = [
    "UPDATE activity SET title = '另一个名称' || number",  # the search index still says what it was
    "UPDATE activity SET stage = 'z', status = 'y', role = 'x', mode = 'm', form = 'F99', focus = 'Q77 Q88'",
    "UPDATE activity SET item = 'ZZ', carrier = '??', notice_id = 'nobody', form_version = '?', tags = ' , '",
    "UPDATE activity SET people_offline = -5, sessions = -3, cost = -1, satisfaction = 1000000",
    "UPDATE activity SET online_url = '<b>' || char(0) || hex(zeroblob(20000))",
    "UPDATE activity SET created_at = NULL, modified_at = NULL, modified_by = NULL, revision = NULL",
    "UPDATE activity SET title_key = NULL, number = NULL, finalised = NULL, ai_reviewed = NULL",
    "UPDATE activity SET start = NULL, status = NULL, role = NULL, form = NULL, focus = NULL",
    "UPDATE activity SET " + ", ".join(f"{name} = NULL" for name in SEARCHED_FIELDS if name != "title"),
    "UPDATE unit SET name = NULL, contact = NULL, phone = NULL, area = NULL, workers = -1",
    "DELETE FROM unit",
    "DELETE FROM counter",
]


@pytest.mark.parametrize("statement", SHOWN)
def test_strange_values_are_shown_as_they_are(tmp_path: Path, sound: bytes, statement: str) -> None:
    by_hand(tmp_path, sound, statement)
    with Ledger.open(tmp_path) as ledger:
        rows = activity_repository.page(ledger, ActivityQuery(), 0, 100)
        assert len(rows) == activity_repository.totals(ledger, ActivityQuery()).count == 59
        assert use_everything(ledger) == 0


# What cannot be shown: some of it is refused with a sentence, the rest of the ledger goes on.
REFUSED_IN_PART = [
    "UPDATE activity SET start = '2025-13-99' WHERE number LIKE '%7'",
    "UPDATE activity SET \"end\" = '昨天' WHERE number LIKE '%7'",
    "UPDATE activity SET modified_at = 'x'",
    "UPDATE activity SET summary = cast(x'ff41fe' AS TEXT) WHERE number LIKE '%7'",
    "UPDATE draft SET body = '{'",
    "UPDATE draft SET saved_at = NULL",
    "UPDATE change_log SET old = '{'; UPDATE change_log SET table_name = 'sqlite_master'",
    "UPDATE change_group SET at = NULL, label = NULL, person = NULL",
]


@pytest.mark.parametrize("statement", REFUSED_IN_PART)
def test_unreadable_values_are_said(tmp_path: Path, sound: bytes, statement: str) -> None:
    by_hand(tmp_path, sound, statement)
    with Ledger.open(tmp_path) as ledger:
        assert use_everything(ledger) > 0
        record(ledger, an_activity(title="照常登记"), a_clerk())


def test_an_unreadable_day_names_its_record(tmp_path: Path, sound: bytes) -> None:
    by_hand(tmp_path, sound, "UPDATE activity SET start = '2025-13-99' WHERE number = 'HD-2025-0007'")
    with Ledger.open(tmp_path) as ledger, pytest.raises(UserError, match=r"HD-2025-0007.*2025-13-99"):
        activity_repository.page(ledger, ActivityQuery(), 0, 100)


STRUCTURES = [
    *(f"DROP TABLE {name}" for name in ("activity", "activity_search", "draft", "counter", "unit", "change_log")),
    "DROP TABLE unit; CREATE VIEW unit AS SELECT 1 AS uid",
    "DROP TABLE activity_search; CREATE TABLE activity_search(body, activity_search)",
    "ALTER TABLE activity RENAME COLUMN safety TO danger",
    "DROP TRIGGER activity_log_update",
    "CREATE TRIGGER trap AFTER UPDATE ON activity BEGIN DELETE FROM activity; END",
    "CREATE TRIGGER trap BEFORE INSERT ON activity BEGIN SELECT RAISE(ABORT, 'no'); END",
    "DROP TRIGGER unit_log_delete; CREATE TRIGGER unit_log_delete AFTER DELETE ON unit BEGIN DELETE FROM draft; END",
    "CREATE VIEW activity_list AS SELECT 1",
]


@pytest.mark.parametrize("statement", STRUCTURES)
def test_tables_that_are_not_ours_are_refused_before_anything_is_lost(
    tmp_path: Path, sound: bytes, statement: str
) -> None:
    by_hand(tmp_path, sound, statement)
    assert not opens(tmp_path)
