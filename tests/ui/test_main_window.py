"""The window as a whole: going from page to page, closing, faults of the program itself."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from models import drafts
from models.errors import UserError
from tests.factories import NOW, a_ledger, an_activity
from tests.ui.driver import a_window, answer_next_question, settle, type_chinese
from ui import theme
from ui.app import Desktop
from ui.bug_report import install
from ui.context import Place
from ui.main_window import PAGES, MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_every_page_is_reached_by_keyboard_and_says_which_one_it_is(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, an_activity())
    for number, name in enumerate((name for name, page in PAGES.items() if page.entry), 1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), CONTROL)
        settle()
        assert window.current_page() == name
        assert window.rail._buttons[name].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    settle()
    assert window.current_page() == "checks"
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    settle()
    assert window.current_page() == "settings"


def test_the_log_of_what_was_submitted_is_part_of_the_page_for_it(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, an_activity(), first="home")
    window.show_place(Place("submissions"))
    settle()
    assert window.rail._buttons["submit"].isChecked()
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    settle()
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    settle()
    assert window.current_page() == "submissions" and window.rail._buttons["submit"].isChecked()
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    settle()
    assert window.current_page() == "home" and window.rail._buttons["home"].isChecked()


def test_pages_are_built_when_they_are_first_shown(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path)
    assert list(window._pages) == ["activities"]


@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_that_was_about_to_follow_a_change_needs_no_ledger_once_it_is_closed(
    qtbot, tmp_path: Path, name: str
) -> None:
    window = a_window(qtbot, tmp_path, an_activity())
    window.show_place(Place(name))
    settle()
    window.context.changed.emit()
    window.close()
    settle()
    window.context.ledger.close()
    for timer in window.findChildren(QTimer):
        if timer.isActive():
            timer.timeout.emit()  # as if its time had come
    settle()


@pytest.mark.parametrize("size", [(1366, 696), (1024, 600)])
@pytest.mark.parametrize("scale", [1.0, 1.75])
def test_no_page_asks_for_more_room_than_a_small_screen_has(qtbot, qapp, tmp_path: Path, size, scale: float) -> None:
    window = a_window(qtbot, tmp_path, an_activity(), size=size)
    theme.apply(qapp, theme.LIGHT, scale)
    for name in PAGES:
        window.show_place(Place(name))
        window.resize(*size)
        settle()
        assert (window.width(), window.height()) == size, name
    theme.apply(qapp, theme.LIGHT, 1.0)


def test_controls_that_can_be_used_have_a_name_for_a_screen_reader(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, an_activity())
    for name in PAGES:
        window.show_place(Place(name))
        settle()
        nameless = [
            widget
            for widget in window.page(name).findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not (widget.accessibleName() or (hasattr(widget, "text") and widget.text()))  # pyright: ignore
        ]
        assert not nameless, name


def test_the_wheel_over_a_filter_does_not_change_it(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, an_activity())
    box = window.page("activities").findChild(QComboBox)
    assert isinstance(box, QComboBox)
    before = box.currentIndex()
    box.setFocus()
    middle = QPointF(box.rect().center())
    wheel = QWheelEvent(
        middle,
        QPointF(box.mapToGlobal(box.rect().center())),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert box.currentIndex() == before


def test_closing_keeps_what_is_being_typed(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path)
    ledger = window.context.ledger
    window.show_place(Place("activities", action="new"))
    settle()
    type_chinese(QApplication.focusWidget(), "关窗之前打的字")
    assert window.close()
    [kept] = drafts.list_drafts(ledger)
    assert kept.values["title"] == "关窗之前打的字"


def test_what_cannot_be_kept_holds_the_window_open_until_the_clerk_decides(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path)
    connection = window.context.ledger.connection
    window.show_place(Place("activities", action="new"))
    settle()
    typed = "磁盘满的时候打的字" * 2000  # more than fits into what is still free inside the file
    type_chinese(QApplication.focusWidget(), typed)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    answer_next_question("不退出")
    assert not window.close()
    assert window.isVisible()
    connection.execute("PRAGMA max_page_count = 1000000")
    assert window.close()
    assert [kept.values["title"] for kept in drafts.list_drafts(window.context.ledger)] == [typed]


def test_the_status_bar_tells_the_truth_about_what_is_saved(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path)
    assert window.status.saved.text() == "全部已保存"
    window.show_place(Place("activities", action="new"))
    settle()
    type_chinese(QApplication.focusWidget(), "没保存的")
    window.keep_everything_typed()
    assert window.status.saved.text() == "1 份草稿已自动保存"


def test_the_status_bar_does_not_say_saved_while_the_disk_is_full(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path)
    window.show_place(Place("activities", action="new"))
    settle()
    connection = window.context.ledger.connection
    type_chinese(QApplication.focusWidget(), "磁盘满的时候打的字" * 2000)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    assert not window.keep_everything_typed()
    assert window.status.saved.text() == "有内容没能保存"
    connection.execute("PRAGMA max_page_count = 1000000")
    assert window.keep_everything_typed()
    assert window.status.saved.text() == "1 份草稿已自动保存"


@pytest.fixture
def desktop(qapp: QApplication, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    a_ledger(tmp_path / "台账", an_activity()).close()
    started = Desktop(qapp, lambda: NOW)
    started.start(tmp_path / "台账")
    settle()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    install(started)
    yield started
    started.close()
    settle()


def test_a_fault_of_the_program_is_no_traceback_and_loses_nothing(qtbot, desktop: Desktop) -> None:
    window = desktop.window
    assert isinstance(window, MainWindow) and desktop.context
    window.show_place(Place("activities", action="new"))
    settle()
    type_chinese(QApplication.focusWidget(), "出错之前打的字")
    answer_next_question("复制情况说明")
    try:
        raise RuntimeError("a mistake of ours")
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert "a mistake of ours" in QApplication.clipboard().text()
    [kept] = drafts.list_drafts(desktop.context.ledger)
    assert kept.values["title"] == "出错之前打的字"


def test_a_refusal_from_deep_inside_is_a_sentence_in_the_window(qtbot, desktop: Desktop) -> None:
    window = desktop.window
    assert isinstance(window, MainWindow)
    try:
        raise UserError("磁盘已满，没能保存。")
    except UserError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert window.strips.message == "磁盘已满，没能保存。"
    window.show_place(Place("settings"))
    assert not window.strips.isVisible()


def test_changing_the_look_is_remembered(qtbot, desktop: Desktop, qapp: QApplication) -> None:
    window = desktop.window
    assert isinstance(window, MainWindow)
    window.set_text_size(150)
    assert theme.current().scale == 1.5
    again = Desktop(qapp, lambda: NOW)
    assert again.preferences.text_size == 150
    window.set_text_size(100)


def test_another_ledger_is_chosen_and_the_first_is_free_again(qtbot, desktop: Desktop, tmp_path: Path) -> None:
    desktop.begin_first_run()
    settle()
    assert desktop.context is None
    desktop.open_ledger(tmp_path / "台账")
    settle()
    assert isinstance(desktop.window, MainWindow)


def test_paths_with_spaces_and_chinese_are_fine(qtbot, qapp, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "我的 文档" / "宣教 台账（2025）"
    a_ledger(folder, an_activity(title="在这里")).close()
    started = Desktop(qapp, lambda: NOW)
    started.start(folder)
    settle()
    assert isinstance(started.window, MainWindow)
    assert os.fspath(folder) == started.preferences.ledger
    started.close()
    settle()


def test_who_is_sent_to_a_record_returns_where_he_came_from(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, an_activity(people_offline=None))
    window.show_place(Place("checks"))
    settle()
    activities = window.page("activities")
    uid = activities.grid.rows.record(0).uid  # pyright: ignore[reportAttributeAccessIssue]
    window.context.go_to.emit(Place("activities", uid=uid, field="people_offline"))
    settle()
    assert window.current_page() == "activities"
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    settle()
    assert window.current_page() == "checks"
    window.show_place(Place("activities"))
    activities.open_activity(uid)  # pyright: ignore[reportAttributeAccessIssue]
    settle()
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    settle()
    assert window.current_page() == "activities"
