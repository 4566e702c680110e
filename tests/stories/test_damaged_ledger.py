"""A ledger is damaged on the disk: the program offers the newest verified backup, brings it back, and goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel

from models import activity_repository
from models.activity_query import ActivityQuery
from models.backup import back_up, default_folder, list_backups
from models.backup_query import table_digests
from models.backup_words import has_changes, last_backup, remember_backup
from models.ledger import FILE_NAME, Ledger
from models.notice_installing import choose_notice, install
from models.preferences import load_preferences, save_preferences
from models.recording import record
from models.restore_package import write_package
from tests.factories import NOW, a_clerk, a_ledger, an_activity
from tests.models.test_restore import damage
from tests.ui.driver import answer_next_question, settle
from ui.app import Desktop
from ui.backup_keeper import keeper_of
from ui.main_window import MainWindow
from ui.pages.first_run import FirstRunPage
from ui.pages.recovery import RecoveryPage
from ui.requests import requests


@pytest.fixture
def folder(home: Path) -> Path:
    """A ledger that was closed properly, with photos' worth of records."""
    place = home / "文档" / "宣教台账"
    with a_ledger(place, *[an_activity(title=f"第{number}次") for number in range(40)]):
        pass
    return place


@pytest.fixture
def desktop(qtbot, qapp: QApplication, folder: Path) -> Iterator[Desktop]:
    started = Desktop(qapp, lambda: NOW)
    yield started
    settle()
    started.close()
    settle()


def texts(desktop: Desktop) -> str:
    assert desktop.window
    return "\n".join(label.text() for label in desktop.window.findChildren(QLabel) if label.isVisible())


def test_backup_then_damage_then_restore(desktop: Desktop, folder: Path, qtbot) -> None:
    desktop.start(folder)
    settle()
    assert isinstance(desktop.window, MainWindow)
    desktop.close()  # and with it comes the backup
    [made] = list_backups(default_folder(folder))
    assert made.verified and made.manifest.counts["activity"] == 40
    before = table_digests(made.path)
    spoiled = damage(folder, "scribbled")

    desktop.start(folder)
    settle()
    page = desktop.window
    assert isinstance(page, RecoveryPage) and (folder / FILE_NAME).read_bytes() == spoiled
    said = texts(desktop)
    for words in ("台账文件已损坏", "今天 09:00", "40 条活动", "已验证", str(folder)):
        assert words in said
    assert not page.back_button.isVisible()
    assert QApplication.focusWidget() is page.restore_buttons[0], "Enter is enough"

    answer_next_question("不恢复")
    qtbot.keyClick(page.restore_buttons[0], Qt.Key.Key_Return)
    settle()
    assert desktop.window is page and (folder / FILE_NAME).read_bytes() == spoiled

    answer_next_question("恢复这份备份")
    qtbot.keyClick(page.restore_buttons[0], Qt.Key.Key_Return)
    settle()
    window = desktop.window
    assert isinstance(window, MainWindow)
    assert "恢复后 40 条活动" in window.toast.text()
    assert activity_repository.count(window.context.ledger, ActivityQuery()) == 40
    [aside] = list(folder.glob("损坏的台账_*"))
    assert (aside / FILE_NAME).read_bytes() == spoiled
    settle()
    assert {name: digest for name, digest in before.items() if name != "setting"}.items() <= table_digests(
        made.path
    ).items()


def test_without_any_backup_the_page_says_so_and_takes_another_file(
    desktop: Desktop, folder: Path, tmp_path: Path
) -> None:
    with Ledger.open(folder) as ledger:
        elsewhere = back_up(ledger, tmp_path / "U盘", NOW).path
    damage(folder, "overwritten")
    desktop.start(folder)
    settle()
    page = desktop.window
    assert isinstance(page, RecoveryPage) and "没有找到备份" in texts(desktop)
    table = tmp_path / "表.db"
    table.write_bytes(b"nothing of ours")
    page.ask_file = lambda: table
    page.file_button.click()
    settle()
    assert "不能用来恢复" in page.problem.text() or "不是宣教台账" in page.problem.text()
    page.ask_file = lambda: elsewhere
    page.file_button.click()
    settle()
    assert "刚才检查过" in texts(desktop) and not page.problem.isVisible()
    answer_next_question("恢复这份备份")
    page.restore_buttons[0].click()
    settle()
    assert isinstance(desktop.window, MainWindow)


def test_a_newer_ledger_and_a_vanished_one_lead_to_the_same_page(desktop: Desktop, folder: Path) -> None:
    with Ledger.open(folder) as ledger:
        back_up(ledger, default_folder(folder), NOW)
        ledger.connection.execute("PRAGMA user_version = 99")
    desktop.start(folder)
    settle()
    assert isinstance(desktop.window, RecoveryPage) and "更新版本" in texts(desktop)
    (folder / FILE_NAME).unlink()
    desktop.start(folder)
    settle()
    assert isinstance(desktop.window, RecoveryPage) and "台账文件不见了" in texts(desktop)
    desktop.window.other_button.click()
    settle()
    assert isinstance(desktop.window, FirstRunPage)


def test_a_ledger_open_elsewhere_is_no_damage(desktop: Desktop, folder: Path) -> None:
    with Ledger.open(folder):
        desktop.start(folder)
        settle()
        assert isinstance(desktop.window, FirstRunPage) and "另一个窗口" in texts(desktop)


def test_damage_in_a_big_file_is_found_in_the_background(
    desktop: Desktop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(folder) as ledger:
        back_up(ledger, default_folder(folder), NOW)
    damage(folder, "scribbled")
    monkeypatch.setattr("models.ledger.QUICK_CHECK_BYTES", 0)  # as if it were a big file
    monkeypatch.setattr("ui.recovering.QUICK_CHECK_BYTES", 0)
    monkeypatch.setattr("models.ledger.structure_fault", lambda _connection: "")
    desktop.start(folder)
    for _ in range(5):
        settle()
    assert isinstance(desktop.window, RecoveryPage) and "台账文件已损坏" in texts(desktop)


def test_somebody_goes_back_to_yesterday_and_changes_their_mind(desktop: Desktop, folder: Path) -> None:
    with Ledger.open(folder) as ledger:
        back_up(ledger, default_folder(folder), NOW)
        record(ledger, an_activity(title="之后的"), a_clerk())
    desktop.start(folder)
    settle()
    requests.recover.emit()
    settle()
    page = desktop.window
    assert isinstance(page, RecoveryPage) and page.back_button.isVisible()
    page.back_button.click()
    settle()
    assert isinstance(desktop.window, MainWindow)
    requests.recover.emit()
    settle()
    page = desktop.window
    assert isinstance(page, RecoveryPage)
    answer_next_question("恢复这份备份")
    page.restore_buttons[-1].click()
    settle()
    assert isinstance(desktop.window, MainWindow)
    assert activity_repository.count(desktop.window.context.ledger, ActivityQuery()) == 40
    assert "恢复前 41 条活动，恢复后 40 条活动" in desktop.window.toast.text()
    [aside] = list(folder.glob("原来的台账_*"))
    assert (aside / FILE_NAME).is_file()


def test_closing_backs_up_to_the_chosen_disk_and_to_the_ledger_when_that_is_gone(
    desktop: Desktop, folder: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "移动硬盘"
    disk.mkdir()
    save_preferences(load_preferences().with_backup_folder(folder, disk / "备份"))
    desktop.preferences = load_preferences()
    desktop.start(folder)
    settle()
    desktop.close()
    assert len(list_backups(disk / "备份")) == 1 and list_backups(default_folder(folder)) == []
    desktop.start(folder)
    settle()
    desktop.close()
    assert len(list_backups(disk / "备份")) == 1, "nothing was changed, so nothing is backed up again"
    disk.rename(tmp_path / "拔掉了")
    desktop.start(folder)
    settle()
    assert isinstance(desktop.window, MainWindow)
    record(desktop.window.context.ledger, an_activity(title="又一条"), a_clerk())
    desktop.close()
    assert len(list_backups(default_folder(folder))) == 1
    with Ledger.open(folder) as ledger:
        assert not has_changes(ledger) and "找不到" in last_backup(ledger).problem


def test_the_sample_ledger_is_not_backed_up(desktop: Desktop) -> None:
    desktop.open_sample()
    settle()
    assert isinstance(desktop.window, MainWindow)
    folder = desktop.window.context.ledger.folder
    requests.recover.emit()
    settle()
    assert isinstance(desktop.window, MainWindow) and "示例数据" in desktop.window.strips.message
    backups = default_folder(folder)
    desktop.begin_first_run()
    settle()
    assert not backups.exists()


def test_another_notice_is_in_force_as_soon_as_it_is_chosen(desktop: Desktop, folder: Path) -> None:
    with Ledger.open(folder) as ledger:
        pack = install(ledger, Path(__file__).resolve().parents[1] / "notices" / "reading-2026.toml")
    desktop.start(folder)
    settle()
    before = desktop.window
    assert isinstance(before, MainWindow) and before.context.notice.form_version == "2025.1"
    choose_notice(before.context.ledger, pack)
    keeper = keeper_of(before.context)
    requests.reopen.emit()
    settle()
    waiting = [timer for timer in keeper.findChildren(QTimer) if timer.isActive()]
    assert waiting == [], "a minute later they would look into a ledger that is closed"
    assert isinstance(desktop.window, MainWindow) and desktop.window is not before
    assert desktop.window.context.notice.form_version == "2026.1"
    assert "2026.1" in desktop.window.status.notice.text()
    assert activity_repository.count(desktop.window.context.ledger, ActivityQuery()) == 40


def test_on_a_new_computer_a_package_is_restored_before_there_is_any_ledger(
    desktop: Desktop, folder: Path, tmp_path: Path, home: Path
) -> None:
    with Ledger.open(folder) as ledger:
        remember_backup(ledger, back_up(ledger, default_folder(folder), NOW), ledger.last_change())
        write_package(ledger, tmp_path / "U盘.zip", NOW)
    folder.rename(tmp_path / "旧电脑")
    desktop.start()
    settle()
    assert isinstance(desktop.window, FirstRunPage)
    requests.recover.emit()
    settle()
    assert isinstance(desktop.window, RecoveryPage)
    desktop.window.back_button.click()
    settle()
    assert isinstance(desktop.window, FirstRunPage)
    requests.recover.emit()
    settle()
    page = desktop.window
    assert isinstance(page, RecoveryPage)
    page.ask_file = lambda: tmp_path / "U盘.zip"
    page.file_button.click()
    settle()
    answer_next_question("恢复这份备份")
    page.restore_buttons[0].click()
    settle()
    assert isinstance(desktop.window, MainWindow)
    assert activity_repository.count(desktop.window.context.ledger, ActivityQuery()) == 40
    assert desktop.preferences.ledger == str(desktop.window.context.ledger.folder)
    assert desktop.window.status.backup.text() == "还没有备份", "the old computer's backup is not here"
