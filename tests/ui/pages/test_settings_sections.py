"""设置: persons, backups, the package for another computer, notices, every kind in 回收站."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from models import history
from models.backup import default_folder, list_backups
from models.backup_words import last_backup
from models.case import Case
from models.case_repository import CASES, save_case
from models.notice_installing import Difference, current_notice
from models.persons import current_person, list_persons
from models.preferences import load_preferences
from models.recording import delete, record
from models.restore import inspect
from models.version import VERSION
from tests.factories import NOW, a_clerk, an_activity
from tests.ui.driver import answer_next_question, settle, type_chinese
from tests.ui.pages.test_settings import Desk
from ui import operations, theme
from ui.context import Place
from ui.pages.settings_backup import SUBFOLDER
from ui.pages.settings_notices import CANCEL, INSTALL, USE, PreviewDialog
from ui.requests import requests
from ui.status_bar import StatusBar
from ui.widgets.base import application
from ui.widgets.file_dialog import file_dialog

NEXT_YEAR = Path(__file__).resolve().parents[2] / "notices" / "reading-2026.toml"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Iterator[Desk]:
    yield Desk(qtbot, tmp_path / "台账", an_activity(title="读书会"))
    settle()


def test_people_are_added_chosen_and_removed_by_keyboard(desk: Desk) -> None:
    card = desk.page.persons
    assert not card.current.isEnabled()
    card.name.setFocus()
    type_chinese(card.name, "李喆")
    desk.qtbot.keyClick(card.name, Qt.Key.Key_Return)
    settle()
    assert [person.name for person in list_persons(desk.ledger)] == ["李喆"] and card.name.text() == ""
    assert application().focusWidget() is card.name, "ready for the next one"
    desk.qtbot.keyClick(card.name, Qt.Key.Key_Return)
    assert "姓名还没有填" in desk.wrong[0]

    card.ticks["李喆"][1].click()
    settle()
    assert list_persons(desk.ledger)[0].reviews
    card.current.set_value("李喆")
    card.current.value_changed.emit("李喆")
    assert load_preferences().person == "李喆"
    assert current_person(desk.ledger, desk.context.preferences, desk.context.unit()) == "李喆"
    card.remove_buttons["李喆"].click()
    settle()
    assert list_persons(desk.ledger) == [] and desk.context.preferences.person == "李喆"
    operations.undo(desk.context)
    settle()
    assert card.current.value() == "李喆", "and back with the person"


def test_a_backup_now_to_another_disk_and_back(desk: Desk, tmp_path: Path) -> None:
    card = desk.page.backup
    status = StatusBar(desk.context)
    desk.qtbot.addWidget(status)
    assert card.state.text() == "还没有备份" and "还没有备份" in status.backup.text()
    card.now_button.click()
    settle()
    assert "备份已验证　今天 09:00　1 条记录" in card.state.text()
    assert status.backup.text() == "备份已验证 今天 09:00" and desk.well == ["备份已验证：1 条活动"]
    [made] = list_backups(default_folder(desk.ledger.folder))
    assert card.where.text() == str(made.path)

    disk = tmp_path / "移动硬盘"
    disk.mkdir()
    card.ask_folder = lambda _start: disk
    card.folder_button.click()
    settle()
    assert len(list_backups(disk / SUBFOLDER)) == 1 and card.folder.text() == str(disk / SUBFOLDER)
    assert load_preferences().backup_folder(desk.ledger.folder) == disk / SUBFOLDER
    disk.rename(tmp_path / "拔掉了")
    card.now_button.click()
    settle()
    assert "找不到备份文件夹" in desk.wrong[0] and "找不到备份文件夹" in card.problem.text()
    assert len(list_backups(default_folder(desk.ledger.folder))) == 2, "so it went to the ledger's own folder"
    assert status.backup.text() == "上次没有备份好"
    card.own_button.click()
    card.now_button.click()
    settle()
    assert last_backup(desk.ledger).problem == "" and not card.problem.isVisible()


def test_the_keyboard_comes_back_to_the_button_that_was_pressed(desk: Desk, tmp_path: Path) -> None:
    card = desk.page.backup
    card.ask_target = lambda _name: tmp_path / "搬家.zip"
    for pressed in (card.now_button, card.package_button):
        pressed.setFocus()
        pressed.click()
        assert card.progress.stop_button.hasFocus(), "not on whatever comes next, such as 恢复 in the bin"
        settle()
        assert pressed.hasFocus() and not card.progress.isVisible()
    card.now_button.setFocus()
    card.now_button.click()
    card.progress.stop_button.click()
    settle()
    assert card.now_button.hasFocus()


def test_a_dialog_is_no_larger_than_the_screen_and_speaks_chinese(desk: Desk, qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT, 1.75)
    differences = [Difference(f"第 {number} 处", "旧" * 40, "新" * 40) for number in range(60)]
    dialog = PreviewDialog(desk.context.notice, differences, True, desk.page)
    room = dialog.screen().availableSize()
    dialog.show()
    settle()
    assert dialog.width() <= room.width() and dialog.height() <= room.height()
    dialog.close()
    files = file_dialog(desk.page, "选通知包文件", str(Path.home()), "通知包 (*.toml)")
    labels = (QFileDialog.DialogLabel.LookIn, QFileDialog.DialogLabel.FileType, QFileDialog.DialogLabel.FileName)
    assert [files.labelText(each) for each in labels] == ["位置：", "类型：", "文件名："]
    files.deleteLater()
    theme.apply(qapp, theme.LIGHT, 1.0)


def test_stopping_a_backup_is_no_fault(desk: Desk) -> None:
    card = desk.page.backup
    card.now_button.click()
    card.progress.stop_button.click()
    settle()
    assert not card.progress.isVisible() and card.now_button.isEnabled() and desk.wrong == []


def test_a_package_for_another_computer(desk: Desk, tmp_path: Path) -> None:
    names: list[str] = []

    def target(name: Path) -> Path:
        names.append(name.name)
        return tmp_path / "搬家"

    desk.page.backup.ask_target = target
    desk.page.backup.package_button.click()
    settle()
    assert names == ["台账搬家包_焦作市示例机械有限公司工会_2025-10-10.zip"]
    info = inspect(tmp_path / "搬家.zip")
    assert info.verified and info.counts["activity"] == 1 and "搬家包已生成并核对" in desk.well[0]
    desk.page.backup.ask_target = lambda _name: tmp_path / "没有" / "这里.zip"
    desk.page.backup.package_button.click()
    settle()
    assert desk.wrong and "找不到" in desk.wrong[0]


def test_restoring_is_asked_of_the_program(desk: Desk) -> None:
    with desk.qtbot.waitSignal(requests.recover):
        desk.page.backup.restore_button.click()


def test_a_notice_is_previewed_before_anything_changes(desk: Desk) -> None:
    card = desk.page.notice
    seen: list[int] = []
    answers = iter((CANCEL, INSTALL, USE))

    def ask(_new: object, differences: list, _may_install: bool) -> str:
        seen.append(len(differences))
        return next(answers)

    card.ask, card.ask_file = ask, lambda: NEXT_YEAR
    card.install_button.click()
    assert seen[0] > 10 and not (desk.ledger.folder / "notices").exists()
    card.install_button.click()
    settle()
    assert current_notice(desk.ledger).id == desk.context.notice.id and len(card.use_buttons) == 1
    with desk.qtbot.waitSignal(requests.reopen):
        next(iter(card.use_buttons.values())).click()
    assert current_notice(desk.ledger).form_version == "2026.1"


def test_an_installed_notice_is_removed_and_a_broken_one_named(desk: Desk, tmp_path: Path) -> None:
    card = desk.page.notice
    card.ask, card.ask_file = (lambda *_: INSTALL), lambda: NEXT_YEAR
    card.install_button.click()
    settle()
    answer_next_question("删除")
    next(iter(card.remove_buttons.values())).click()
    settle()
    assert card.use_buttons == {} and not list((desk.ledger.folder / "notices").glob("*.toml"))
    broken = tmp_path / "坏.toml"
    broken.write_text("坏", "utf-8")
    card.ask_file = lambda: broken
    card.install_button.click()
    assert "坏.toml" in desk.wrong[0]
    (desk.ledger.folder / "notices" / "坏.toml").write_text("坏", "utf-8")
    desk.context.changed.emit()
    settle()
    assert "坏.toml" in desk.texts()


def test_the_bin_filters_kinds_and_deletes_for_good_only_after_a_question(desk: Desk) -> None:
    card = desk.page.bin
    with desk.ledger.transaction("准备", at=NOW):
        case = save_case(desk.ledger, Case(title="班前十分钟"), now=NOW)
        CASES.delete(desk.ledger, [case.uid], now=NOW)
    delete(desk.ledger, [record(desk.ledger, an_activity(title="工间操"), a_clerk())], a_clerk())
    desk.context.changed.emit()
    settle()
    assert set(card.pills) == {"", "activity", "case_record"} and len(card.restore_buttons) == 2
    card.pills["case_record"].click()
    settle()
    assert "班前十分钟" in desk.texts() and "工间操" not in desk.texts()
    answer_next_question("不删除")
    card.purge_buttons[0].click()
    settle()
    assert CASES.get(desk.ledger, case.uid)
    answer_next_question("永久删除")
    card.purge_buttons[0].click()
    settle()
    assert CASES.get(desk.ledger, case.uid) is None and desk.well == ["“班前十分钟”已永久删除"]
    assert "工间操" in desk.texts(), "the kind that is empty now is not filtered for any more"
    history.undo(desk.ledger, now=NOW)
    assert CASES.get(desk.ledger, case.uid)


def test_other_pages_lead_to_a_section(desk: Desk) -> None:
    desk.page.show_place(Place("settings", field="backup"))
    settle()
    assert application().focusWidget() is desk.page.backup.now_button
    desk.page.show_place(Place("settings", field="persons"))
    settle()
    focused = application().focusWidget()
    assert focused and desk.page.persons.isAncestorOf(focused)


def test_the_version_is_the_one_of_the_project(desk: Desk) -> None:
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert VERSION in desk.page.about.version.text()
