"""Who works with the ledger, what this computer remembers, and notices that are installed into a ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.errors import UserError
from models.notice import builtin_notice
from models.notice_installing import choose_notice, current_notice, install, list_packs, preview, uninstall
from models.persons import current_person, list_persons, recorders, remove_persons, reviewers, save_person
from models.preferences import Preferences, load_preferences, save_preferences
from models.small_records import Person
from tests.factories import NOW, a_ledger, a_unit, an_activity

NEXT_YEAR = Path(__file__).resolve().parent.parent / "notices" / "reading-2026.toml"


def test_who_sits_here_is_remembered_and_checked(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账") as ledger:
        unit = a_unit()
        assert current_person(ledger, Preferences(person="李喆"), unit) == "赵芳", "nobody of that name is on the list"
        person = save_person(ledger, Person(" 李  喆 ", reviews=True), now=NOW)
        save_person(ledger, Person("王主席", records=False, reviews=True), now=NOW)
        assert person.name == "李 喆" and recorders(ledger) == ["李 喆"] and reviewers(ledger) == ["李 喆", "王主席"]
        assert current_person(ledger, Preferences(person="李 喆"), unit) == "李 喆"
        for name in ("", "  ", "长" * 21, "李 喆"):
            with pytest.raises(UserError):
                save_person(ledger, Person(name), now=NOW)
        remove_persons(ledger, [person], now=NOW)
        assert [each.name for each in list_persons(ledger)] == ["王主席"]
        assert current_person(ledger, Preferences(person="李 喆"), unit) == "赵芳"


def test_preferences_come_back_and_nonsense_is_ignored(tmp_path: Path) -> None:
    wanted = Preferences(person="李喆").with_backup_folder(Path("/台账"), Path("/U盘/备份"))
    save_preferences(wanted, tmp_path)
    assert load_preferences(tmp_path) == wanted
    assert wanted.backup_folder(Path("/台账")) == Path("/U盘/备份") and wanted.backup_folder(Path("/别的")) is None
    assert wanted.with_backup_folder(Path("/台账"), None).backup_folders == ()
    for text in ('{"person": 3, "backup_folders": {"a": "b"}}', '{"backup_folders": [["a"], 3, ["a", 4], null]}'):
        (tmp_path / "preferences.json").write_text(text, "utf-8")
        assert load_preferences(tmp_path) == Preferences()


def test_a_notice_is_installed_chosen_and_taken_away(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity()) as ledger:
        assert current_notice(ledger) is builtin_notice()
        pack = install(ledger, NEXT_YEAR)
        assert install(ledger, NEXT_YEAR).file == pack.file, "the same one again takes its own place"
        packs, faults = list_packs(ledger)
        assert [each.file for each in packs] == ["", pack.file] and faults == []
        choose_notice(ledger, pack)
        assert current_notice(ledger).digest == pack.notice.digest
        with pytest.raises(UserError, match="正在使用"):
            uninstall(ledger, pack)
        choose_notice(ledger, packs[0])
        uninstall(ledger, pack)
        assert len(list_packs(ledger)[0]) == 1 and current_notice(ledger) is builtin_notice()


def test_a_broken_or_hostile_pack_is_named_and_does_no_harm(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账") as ledger:
        (tmp_path / "坏.toml").write_text("这不是", "utf-8")
        with pytest.raises(UserError, match=r"坏\.toml"):
            install(ledger, tmp_path / "坏.toml")
        text = NEXT_YEAR.read_text("utf-8")
        assert "id = " in text
        pack = install(ledger, NEXT_YEAR)
        choose_notice(ledger, pack)
        (ledger.folder / "notices" / pack.file).write_text("坏了", "utf-8")
        assert current_notice(ledger) is builtin_notice()
        packs, [fault] = list_packs(ledger)
        assert len(packs) == 1 and pack.file in fault.message


def test_the_preview_says_what_changes(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账") as ledger:
        new = install(ledger, NEXT_YEAR).notice
    old = builtin_notice()
    assert preview(old, old) == []
    told = {each.subject: (each.old, each.new) for each in preview(old, new)}
    assert told["通知"] == (old.title, new.title)
    assert told["邮箱"] == (old.recipient.email, new.recipient.email)
    assert any(subject.startswith("活动形式") for subject in told)
    assert all(before != after for before, after in told.values())
