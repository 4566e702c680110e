"""Where the keyboard is, and what is in sight, after going somewhere; and what the sample says about itself."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QWidget,
)

from models.activity_query import ActivityQuery
from models.activity_repository import page as page_of_records
from models.notice import builtin_notice
from models.preferences import Preferences, documents_folder
from tests.factories import NOW, a_ledger, an_activity
from tests.ui.driver import a_window, settle
from ui import theme
from ui.context import Context, Place
from ui.main_window import PAGES
from ui.pages.activities import ActivitiesPage
from ui.pages.activity_detail import describe
from ui.pages.check_panel import CheckPanel
from ui.pages.reports import ReportsPage
from ui.status_bar import StatusBar
from ui.widgets.base import application
from ui.widgets.folder_dialog import folder_dialog
from ui.widgets.strips import MessageStrip

CONTROL = Qt.KeyboardModifier.ControlModifier


def the_list(window) -> ActivitiesPage:
    page = window.page("activities")
    assert isinstance(page, ActivitiesPage)
    return page


def test_the_keyboard_follows_to_the_page_from_the_line_at_the_bottom(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, an_activity())
    for number, name in reversed(list(enumerate((name for name, page in PAGES.items() if page.entry), 1))):
        window.status.text_size.setFocus()
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), CONTROL)
        settle()
        focused = QApplication.focusWidget()
        assert focused and window.page(name).isAncestorOf(focused), name
    window.show_place(Place("activities"))
    assert the_list(window).grid.hasFocus()


def test_coming_back_to_a_page_leaves_the_keyboard_where_it_was(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, an_activity())
    search = the_list(window).filters.search
    search.setFocus()
    window.show_place(Place("activities"))
    assert search.hasFocus()


def test_a_complaint_that_was_read_gives_the_keyboard_back(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, an_activity())
    search = the_list(window).filters.search
    search.setFocus()
    window.context.went_wrong.emit("磁盘已满。")
    settle()
    [strip] = window.strips.findChildren(MessageStrip)
    qtbot.mouseClick(strip.links()[0], Qt.MouseButton.LeftButton)
    settle()
    assert not window.strips.isVisible() and search.hasFocus()


def test_what_was_just_done_can_be_taken_back_where_it_leads_to(qtbot, tmp_path: Path) -> None:
    """A form that was opened from elsewhere closes itself: what it says is said there, until one goes on."""
    window = a_window(qtbot, tmp_path, an_activity(title="误建的", start=date(2025, 10, 8), focus=()), first="home")
    window.show_place(Place("checks"))
    settle()
    panel = window.page("checks")
    assert isinstance(panel, CheckPanel)
    next(panel.items()).go_button.click()
    settle()
    the_list(window).form().delete()
    settle()
    assert window.current_page() == "checks"
    assert window.toast.isVisible() and window.toast.text() == "“误建的”已移到回收站"
    window.show_place(Place("home"))
    settle()
    assert not window.toast.isVisible()


def test_an_empty_list_has_the_keyboard_on_its_next_step(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path)
    page = the_list(window)
    assert page.empty.button.hasFocus()
    qtbot.keyClick(page.empty.button, Qt.Key.Key_Space)
    settle()
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    settle()
    assert page.empty.button.hasFocus()


def test_deleting_stays_at_the_same_place_of_the_list(qtbot, tmp_path: Path) -> None:
    records = [an_activity(title=f"第{day}条", start=date(2025, 10, day)) for day in range(1, 7)]
    page = the_list(a_window(qtbot, tmp_path, *records))
    for title, neighbour in (("第3条", "第2条"), ("第1条", "第2条")):
        rows = page.grid.rows
        row = next(row for row in range(rows.rowCount()) if (record := rows.record(row)) and record.title == title)
        page.grid.selectRow(row)
        qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
        settle()
        current = page.grid.current()
        assert current and current.title == neighbour


def test_an_answer_of_blanks_is_no_line_of_the_detail_pane() -> None:
    labels = [label for label, _ in describe(an_activity(note=" ", safety="有"), builtin_notice())]
    assert "安全措施" in labels
    assert "备注" not in labels


def test_opening_every_group_leaves_the_link_in_sight(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path)
    page = the_list(window)
    page.new_activity()
    settle()
    link = page.form().groups.all_link
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Space)
    settle()
    assert link.text() == "全部收起"
    area = page.form().middle.area.viewport()
    assert area.rect().contains(link.mapTo(area, QPoint(0, 0)))


def test_the_checks_begin_at_the_top_each_time_they_are_shown(qtbot, tmp_path: Path) -> None:
    broken = [an_activity(title=f"第{day}条", start=date(2025, 10, day), focus=()) for day in range(1, 9)]
    window = a_window(qtbot, tmp_path, *broken, size=(1024, 600))
    window.show_place(Place("checks"))
    settle()
    panel = window.page("checks")
    assert isinstance(panel, CheckPanel)
    lowest = panel.area.verticalScrollBar().maximum()
    assert lowest > 0
    panel.area.verticalScrollBar().setValue(lowest)
    window.show_place(Place("activities"))
    window.show_place(Place("checks"))
    settle()
    assert panel.area.verticalScrollBar().value() == 0
    assert next(panel.items()).go_button.hasFocus()


def test_asking_for_a_folder_is_in_chinese(qtbot, tmp_path: Path) -> None:
    dialog = folder_dialog(None, "导出到哪个文件夹", tmp_path)
    qtbot.addWidget(dialog)
    assert dialog.fileMode() == QFileDialog.FileMode.Directory
    assert Path(dialog.directory().absolutePath()) == tmp_path
    assert dialog.labelText(QFileDialog.DialogLabel.LookIn) == "位置："
    assert dialog.labelText(QFileDialog.DialogLabel.FileType) == "类型："


@pytest.mark.parametrize("is_sample", [True, False])
def test_the_sample_says_at_every_text_size_that_it_is_not_kept(qtbot, tmp_path: Path, is_sample: bool) -> None:
    window = a_window(qtbot, tmp_path, an_activity())
    window.context.is_sample = is_sample
    bar = StatusBar(window.context, window)
    theme.apply(application(), theme.LIGHT, 1.75)
    assert bar.folder.isHidden() is not is_sample
    assert (bar.folder.text() == "示例数据，关掉就没有了") is is_sample
    theme.apply(application(), theme.LIGHT, 1.0)


def test_what_is_exported_from_the_sample_is_not_put_where_it_is_thrown_away(qtbot, tmp_path: Path) -> None:
    for is_sample in (True, False):
        ledger = a_ledger(tmp_path / str(is_sample) / "台账", an_activity())
        context = Context(ledger, builtin_notice(), Preferences(), lambda: NOW, is_sample=is_sample)
        page = ReportsPage(context)
        qtbot.addWidget(page, before_close_func=lambda _page, ledger=ledger: ledger.close())
        asked: list[Path] = []
        page.output.ask_folder = asked.append
        assert page.output.choose_folder() is None
        assert asked == [documents_folder().parent if is_sample else ledger.folder.parent]
        settle()


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_every_control_of_a_page(qtbot, tmp_path: Path, name: str) -> None:
    plan = an_activity(title="工间操展示", start=date(2025, 10, 9), status="planned", people_offline=None)
    window = a_window(qtbot, tmp_path, an_activity(), plan)
    [uid, *_] = [row.activity.uid for row in page_of_records(window.context.ledger, ActivityQuery(), 0, 1)]
    window.show_place(Place(name, uid=uid if name == "history" else ""))
    settle()
    settle()
    page = window.page(name)
    kinds = (QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
    wanted = {
        each
        for kind in kinds
        for each in page.findChildren(kind)
        if each.isVisible()
        and each.isEnabled()
        and each.width() > 1
        # arrow keys go through choices; a box's own little buttons have keys of their own (Alt+↓, Esc)
        and not isinstance(each, QRadioButton | QHeaderView)
        and not (isinstance(each, QAbstractButton) and each.group() and each.group().exclusive())
        and not isinstance(each.parentWidget(), QLineEdit | QComboBox)
    }
    been: set[QWidget] = set()
    for _ in range(3 * len(wanted) + 40):
        focused = QApplication.focusWidget()
        assert focused is not None
        been.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    missed = [each for each in wanted if each not in been and each.focusProxy() not in been]
    assert not missed, [(each, each.accessibleName()) for each in missed]
