"""Ledgers of older versions are opened, backed up, and brought up to date without losing a word."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from models import activity_repository, drafts, history
from models.activity_query import ActivityQuery
from models.case import Case, Effect
from models.case_repository import CASES, save_case
from models.errors import UserError
from models.ledger import Ledger
from models.migrations import SCHEMA_VERSION, structure_fault
from models.recording import record
from tests.factories import NOW, a_clerk, a_ledger, an_activity

OLD_LEDGERS = sorted((Path(__file__).resolve().parent.parent / "old_ledgers").iterdir())


@pytest.fixture(params=OLD_LEDGERS, ids=lambda folder: folder.name)
def old_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "台账"
    folder.mkdir()
    shutil.copy(request.param / "ledger.db", folder)
    return folder


def test_every_released_schema_has_an_old_ledger() -> None:
    assert [folder.name for folder in OLD_LEDGERS] == [f"schema-{number}" for number in range(1, SCHEMA_VERSION)]


def test_an_old_ledger_is_brought_up_to_date_with_everything_in_it(old_folder: Path) -> None:
    with Ledger.open(old_folder) as ledger:
        assert ledger.schema_version == SCHEMA_VERSION
        assert structure_fault(ledger.connection) == ""
        titles = [row.activity.title for row in activity_repository.page(ledger, ActivityQuery(), 0, 10)]
        assert titles == ["送万福进万家", "职工书屋读书分享会", "劳模工匠大讲堂走进一车间"]
        assert [each.title for each in activity_repository.list_deleted(ledger)] == ["网上读书打卡"]
        assert drafts.list_drafts(ledger)[0].values == {"title": "写到一半的活动"}
        assert len(activity_repository.page(ledger, ActivityQuery(text="送万福"), 0, 10)) == 1
        assert history.undo(ledger, now=NOW), "what was done before the upgrade can be taken back"
        assert activity_repository.list_deleted(ledger) == []
    [kept] = (old_folder / "backups").iterdir()
    with sqlite3.connect(kept) as copy:
        assert copy.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION
    copy.close()


def test_an_old_ledger_that_lacks_a_trigger_is_refused_untouched(old_folder: Path) -> None:
    file = old_folder / "ledger.db"
    connection = sqlite3.connect(file)
    connection.execute("DROP TRIGGER activity_log_update")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    with pytest.raises(UserError, match="已损坏"):
        Ledger.open(old_folder)
    assert file.read_bytes() == before


def test_a_change_of_a_new_kind_of_record_can_be_undone_and_redone(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账") as ledger:
        case = Case(title="班前十分钟", effects=(Effect("开展活动", "4", "场", ("a", "b")),), activities=("a", "b"))
        with ledger.transaction("新建案例", at=NOW):
            saved = save_case(ledger, case, now=NOW, person="赵芳")
        assert saved.number == "AL-2025-001"
        assert CASES.get(ledger, saved.uid) == saved
        history.undo(ledger, now=NOW)
        assert CASES.get(ledger, saved.uid) is None
        history.redo(ledger, now=NOW)
        assert CASES.get(ledger, saved.uid) == saved


def test_the_series_of_an_activity_is_part_of_its_history(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity()) as ledger:
        [row] = activity_repository.page(ledger, ActivityQuery(), 0, 10)
        record(ledger, row.activity.with_values(series="s1"), a_clerk())
        assert history.changes_of(ledger, row.activity.uid)[0].new["series"] == "s1"  # pyright: ignore[reportOptionalSubscript]
        history.undo(ledger, now=NOW)
        back = activity_repository.get_activity(ledger, row.activity.uid)
        assert back and back.series == ""
