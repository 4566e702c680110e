"""The 设置 page: the unit card is mended, the look changed, a deleted record fetched back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from models import activity_repository, drafts, history, periods, recording
from models.activity import Activity
from models.unit_repository import get_unit
from tests.factories import a_clerk, a_ledger, a_unit, an_activity
from tests.ui.driver import a_context, a_window, settle, type_chinese
from ui import operations, theme
from ui.context import Context, Place
from ui.pages.settings import SettingsPage
from ui.widgets.base import application

CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """The page on a real ledger."""

    def __init__(self, qtbot: QtBot, folder: Path, *activities: Activity, size: tuple[int, int] = (1238, 740)) -> None:
        theme.apply(application(), theme.LIGHT, 1.0)
        self.qtbot = qtbot
        self.ledger = a_ledger(folder, *activities)
        self.context: Context = a_context(self.ledger)
        self.wrong: list[str] = []
        self.well: list[str] = []
        self.context.went_wrong.connect(self.wrong.append)
        self.context.went_well.connect(lambda text, _undo: self.well.append(text))
        self.page = self.open_page(size)

    def open_page(self, size: tuple[int, int] = (1238, 740)) -> SettingsPage:
        page = SettingsPage(self.context)
        self.qtbot.addWidget(page, before_close_func=self._close)
        page.resize(*size)
        page.show()
        page.activateWindow()
        self.qtbot.waitExposed(page)
        settle()
        return page

    def box(self, name: str) -> Any:
        return self.page.unit.fields.boxes[name]

    def retype(self, name: str, text: str) -> None:
        self.box(name).setFocus()
        self.box(name).selectAll()
        self.box(name).del_()
        type_chinese(self.box(name), text)

    def click(self, button: QAbstractButton) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()

    def texts(self) -> str:
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())

    def _close(self, page: SettingsPage) -> None:
        """As the window does it."""
        page.keep_unsaved()
        self.ledger.close()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    yield Desk(qtbot, tmp_path / "台账", an_activity(title="读书会"), an_activity(title="工间操", place="广场"))
    settle()


def test_the_card_is_changed_saved_and_taken_back(desk: Desk) -> None:
    assert not desk.page.unit.save_button.isEnabled()
    desk.retype("contact", "李喆")
    desk.box("workers").setFocus()
    desk.box("workers").selectAll()
    desk.qtbot.keyClicks(desk.box("workers"), "900")
    assert desk.page.unit.save_button.isEnabled()
    desk.qtbot.keyClick(desk.page, Qt.Key.Key_S, CONTROL)
    settle()
    saved = get_unit(desk.ledger)
    assert (saved.contact, saved.workers, saved.uid) == ("李喆", 900, desk.context.unit().uid)
    assert desk.well == ["单位档案已保存"]
    assert not desk.page.unit.edited

    operations.undo(desk.context)
    settle()
    assert get_unit(desk.ledger).contact == "赵芳"
    assert desk.box("contact").text() == "赵芳", "the boxes follow"


def test_a_number_can_be_emptied_again(desk: Desk) -> None:
    desk.retype("members", "")
    desk.click(desk.page.unit.save_button)
    assert get_unit(desk.ledger).members is None


def test_what_cannot_be_stored_is_explained_at_its_field_and_nothing_is_written(desk: Desk) -> None:
    desk.retype("email", "xuanjiao#126")
    desk.retype("contact", "李喆")
    desk.click(desk.page.unit.save_button)
    assert get_unit(desk.ledger).contact == "赵芳"
    [row] = desk.page.unit.form.problem_rows("error")
    assert "邮箱" in row.problem()[1]
    assert application().focusWidget() is desk.box("email")
    desk.retype("email", "xuanjiao@example.com")
    desk.click(desk.page.unit.save_button)
    assert get_unit(desk.ledger).contact == "李喆"
    assert desk.page.unit.form.problem_rows() == []


def test_what_is_typed_and_not_saved_is_there_the_next_time(desk: Desk) -> None:
    desk.retype("chair", "王建国")
    desk.page.keep_unsaved()
    assert drafts.get_draft(desk.ledger, "unit") is not None
    assert get_unit(desk.ledger).chair == ""

    desk.page.hide()
    desk.page = desk.open_page()
    assert desk.box("chair").text() == "王建国"
    assert "改过的内容还没有保存" in desk.texts()
    desk.click(desk.page.unit.kept.links()[0])
    assert desk.box("chair").text() == "" and not desk.page.unit.edited
    assert drafts.get_draft(desk.ledger, "unit") is None


def test_saving_removes_the_kept_draft(desk: Desk) -> None:
    desk.retype("chair", "王建国")
    desk.page.unit.keep()
    desk.click(desk.page.unit.save_button)
    assert drafts.list_drafts(desk.ledger) == []


def test_typing_is_not_disturbed_by_changes_elsewhere(desk: Desk) -> None:
    desk.retype("contact", "打到一半")
    desk.context.changed.emit()
    assert desk.box("contact").text() == "打到一半"


def test_another_page_leads_to_a_field_of_the_card(desk: Desk) -> None:
    desk.page.show_place(Place("settings", field="superior_name"))
    assert application().focusWidget() is desk.box("superior_name")


def test_text_size_and_theme_are_asked_of_the_application(desk: Desk) -> None:
    with desk.qtbot.waitSignal(desk.page.look_changed) as asked:
        desk.page.look.text_size.set_value("125")
    assert asked.args == ["system", 125]
    with desk.qtbot.waitSignal(desk.page.look_changed) as asked:
        desk.page.look.theme.set_value("dark")
    assert asked.args == ["dark", 125]


def test_a_text_size_chosen_elsewhere_is_shown(desk: Desk) -> None:
    with desk.qtbot.assertNotEmitted(desk.page.look_changed):
        theme.apply(application(), theme.LIGHT, 1.5)
    assert desk.page.look.text_size.value() == "150"
    theme.apply(application(), theme.LIGHT, 1.0)


def test_a_deleted_record_comes_back(desk: Desk) -> None:
    assert "是空的" in desk.texts()
    quarter = periods.quarter(2025, 3)
    both = activity_repository.list_in_period(desk.ledger, quarter)
    recording.delete(desk.ledger, both, a_clerk())
    desk.context.changed.emit()
    settle()
    assert "读书会" in desk.texts() and len(desk.page.bin.restore_buttons) == 2

    desk.click(desk.page.bin.restore_buttons[0])
    assert desk.well == ["“读书会”已恢复"]
    assert [each.title for each in activity_repository.list_in_period(desk.ledger, quarter)] == ["读书会"]
    step = history.next_undo(desk.ledger)
    assert step and step.label == "恢复“读书会”"
    desk.click(desk.page.bin.restore_buttons[0])
    assert len(activity_repository.list_in_period(desk.ledger, quarter)) == 2


def test_all_that_was_deleted_at_once_comes_back_at_once(desk: Desk) -> None:
    quarter = periods.quarter(2025, 3)
    recording.delete(desk.ledger, activity_repository.list_in_period(desk.ledger, quarter), a_clerk())
    desk.context.changed.emit()
    desk.click(desk.page.bin.all_button)
    assert len(activity_repository.list_in_period(desk.ledger, quarter)) == 2
    assert desk.well == ["2 条活动已恢复"]


def test_the_ledger_folder_is_shown_and_opened(desk: Desk) -> None:
    opened: list[Path] = []
    desk.page.folder.open_file = lambda path: not opened.append(path)
    desk.click(desk.page.folder.open_button)
    assert opened == [desk.ledger.folder] and desk.wrong == []
    desk.page.folder.open_file = lambda path: False
    desk.click(desk.page.folder.open_button)
    assert str(desk.ledger.folder) in desk.wrong[0]
    with desk.qtbot.waitSignal(desk.page.other_ledger_wanted):
        desk.click(desk.page.folder.other_button)


def test_the_notice_and_the_fonts_are_named(desk: Desk) -> None:
    desk.qtbot.waitUntil(lambda: "Noto" in desk.page.fonts.paper_fonts["正文"].text(), timeout=20_000)
    texts = desk.texts()
    assert "焦工文〔2025〕33号" in texts and "jzghxjwlb@126.com" in texts
    assert desk.page.fonts.screen_font.text()


def test_the_window_takes_the_look_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path)
    window.show_place(Place("settings"))
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    with qtbot.waitSignal(window.look_changed) as asked:
        page.look.theme.set_value("light")
    assert asked.args == ["light", 100]


def test_typed_text_is_shown_as_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path / "台账", an_activity(title="<b>粗</b>&{}%s"))
    recording.delete(desk.ledger, activity_repository.list_in_period(desk.ledger, periods.quarter(2025, 3)), a_clerk())
    desk.context.changed.emit()
    settle()
    assert "<b>粗</b>&{}%s" in desk.texts()


@pytest.mark.parametrize("deleted", [0, 2])
@pytest.mark.parametrize(("width", "scale"), [(1238, 1.0), (1214, 1.75), (896, 1.0), (858, 1.75)])
def test_nothing_scrolls_sideways(qtbot: QtBot, tmp_path: Path, width: int, scale: float, deleted: int) -> None:
    records = [an_activity(title=f"第{number}场“百年·百书·百名劳模心声”书法作品征集") for number in range(deleted)]
    desk = Desk(qtbot, tmp_path / "台账", *records, size=(width, 600))
    recording.delete(desk.ledger, activity_repository.list_in_period(desk.ledger, periods.quarter(2025, 3)), a_clerk())
    desk.context.changed.emit()
    theme.apply(application(), theme.DARK, scale)
    settle()
    assert len(desk.page.bin.restore_buttons) == deleted
    inside = desk.page.area.widget()
    assert inside is not None and inside.minimumSizeHint().width() <= desk.page.area.viewport().width()
    assert desk.page.unit.save_button.isVisible()
    for button in desk.page.findChildren(QAbstractButton):
        assert button.isHidden() or button.text() or button.accessibleName(), button
    theme.apply(application(), theme.LIGHT, 1.0)


def test_the_card_of_the_factory_is_complete(desk: Desk) -> None:
    assert desk.page.unit.fields.unit(get_unit(desk.ledger)) == get_unit(desk.ledger)
    assert get_unit(desk.ledger).name == a_unit().name
