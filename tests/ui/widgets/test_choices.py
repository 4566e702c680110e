"""Ticks, radios, combo boxes, and the wheel that must not touch them."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QScrollArea,
    QSpinBox,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.widgets.conftest import Show
from tests.ui.widgets.hands import press, turn_wheel
from ui.widgets.choices import ChoiceBox, RadioGroup, TickGroup
from ui.widgets.wheel_guard import install_wheel_guard

FOCUSES = [("a", "突出政治性"), ("b", "突出先进性"), ("c", "突出群众性")]
FORMS = [("1", "大思政课"), ("2", "全总百年"), ("3", "宣传品牌"), ("4", "网络阵地"), ("5", "文体活动"), ("9", "其他")]


def test_several_are_ticked_with_the_keyboard(qtbot: QtBot, show: Show) -> None:
    group = TickGroup(FOCUSES)
    heard: list[object] = []
    group.value_changed.connect(heard.append)
    show(group)
    group.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Space)
    assert group.value() == ["a", "c"] == heard[-1]
    assert heard == [["a"], ["a", "c"]]


def test_ticks_set_by_the_program_are_announced_once(show: Show) -> None:
    group = TickGroup(FOCUSES)
    heard: list[object] = []
    group.value_changed.connect(heard.append)
    group.set_value(["b", "c"])
    group.set_value(["c", "b"])
    assert heard == [["b", "c"]]


def test_a_choice_of_another_notice_is_kept(show: Show) -> None:
    ticks, radios, box = TickGroup(FOCUSES), RadioGroup(FOCUSES), ChoiceBox(FOCUSES)
    ticks.set_value(["a", "旧重点"])
    radios.set_value("旧形式")
    box.set_value("旧形式")
    assert ticks.value() == ["a", "旧重点"]
    assert radios.value() == box.value() == "旧形式"
    box.set_options(FORMS)
    assert box.value() == "旧形式"


def test_choices_wrap_where_there_is_no_room(show: Show) -> None:
    group = TickGroup(FORMS)
    show(group, width=1200)
    lines = {group.tick(code).y() for code, _ in FORMS}
    assert len(lines) == 1
    show(group, width=260)
    lines = {group.tick(code).y() for code, _ in FORMS}
    assert len(lines) > 1
    assert group.height() >= 2 * group.tick("1").height()


def test_a_label_too_long_ends_in_dots_and_keeps_its_name(show: Show) -> None:
    long = "一个特别特别长的选项名称，窄的地方放不下，但不能被切断"
    group = TickGroup([("x", long)])
    group.setFixedWidth(200)
    show(group)
    tick = group.tick("x")
    assert tick.text() != long
    assert tick.accessibleName() == tick.toolTip() == long


def test_one_is_chosen_with_arrow_keys(qtbot: QtBot, show: Show) -> None:
    group = RadioGroup(FORMS)
    heard: list[object] = []
    group.value_changed.connect(heard.append)
    show(group)
    group.set_value("2")
    group.setFocus()
    press(qtbot, Qt.Key.Key_Right)
    assert group.value() == "3"
    assert heard == ["2", "3"]


def test_radios_become_a_combo_box_in_a_narrow_window_and_lose_nothing(qtbot: QtBot, show: Show) -> None:
    group = RadioGroup(FORMS)
    show(group)
    group.set_value("4")
    group.set_compact(True)
    box = group.findChild(ChoiceBox)
    assert box is not None
    assert (box.value(), box.currentText()) == ("4", "网络阵地")
    group.setFocus()
    assert box.hasFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert group.value() == "5"
    group.set_compact(False)
    assert group.value() == "5"
    group.setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "文体活动"


def test_three_radios_stay_radios_in_a_narrow_window(show: Show) -> None:
    group = RadioGroup(FOCUSES)
    show(group)
    group.set_compact(True)
    assert not group.is_compact()


def test_an_optional_choice_can_be_taken_back(qtbot: QtBot, show: Show) -> None:
    group = RadioGroup(FORMS, optional=True)
    show(group)
    group.set_value("1")
    take_back = next(each for each in group.children() if getattr(each, "text", str)() == "不选")
    take_back.click()  # type: ignore[attr-defined]
    assert group.value() is None
    group.set_compact(True)
    box = group.findChild(ChoiceBox)
    assert box is not None
    group.set_value("2")
    box.setCurrentIndex(0)  # （不填）
    assert group.value() is None


def test_a_combo_box_says_that_nothing_is_chosen(show: Show) -> None:
    box = ChoiceBox(FORMS, "请选择")
    assert (box.value(), box.currentText(), box.placeholderText()) == (None, "", "请选择")


def page_with(*boxes: QWidget) -> QScrollArea:
    """A page of boxes that is too long for its window."""
    area, page = QScrollArea(), QWidget()
    layout = QVBoxLayout(page)
    for box in boxes:
        layout.addWidget(box)
    layout.addStretch(1)
    page.setMinimumHeight(3000)
    area.setWidget(page)
    area.setWidgetResizable(True)
    return area


def test_the_wheel_over_our_combo_box_scrolls_the_page(show: Show) -> None:
    box = ChoiceBox(FORMS)
    area = page_with(box)
    window = show(area)
    box.set_value("2")
    box.setFocus()
    place = QPointF(box.mapTo(window, box.rect().center()))
    for _ in range(3):
        QTest.wheelEvent(window.windowHandle(), place, QPoint(0, -120))
        QApplication.processEvents()
    turn_wheel(box, box)
    assert box.value() == "2"
    assert area.verticalScrollBar().value() > 0


def test_the_wheel_changes_no_box_of_any_kind_in_any_window(qapp: QApplication, show: Show) -> None:
    """Through the window, as the wheel of a real mouse comes; the boxes are Qt's own."""
    install_wheel_guard(qapp)
    combo, spin, day = QComboBox(), QSpinBox(), QDateEdit()
    combo.addItems(["一", "二", "三"])
    combo.setCurrentIndex(1)
    spin.setValue(5)
    before = day.date()
    area = page_with(combo, spin, day)
    window = show(area)
    for box in (combo, spin, day):
        box.setFocus()
        area.verticalScrollBar().setValue(0)
        QApplication.processEvents()
        place = QPointF(box.mapTo(window, box.rect().center()))
        QTest.wheelEvent(window.windowHandle(), place, QPoint(0, -120))
        QApplication.processEvents()
        assert area.verticalScrollBar().value() > 0
    assert (combo.currentIndex(), spin.value(), day.date()) == (1, 5, before)


def test_without_the_guard_the_wheel_would_change_the_box(show: Show) -> None:
    """The danger is real: this is what Qt does by itself."""
    combo = QComboBox()
    combo.addItems(["一", "二", "三"])
    show(page_with(combo))
    turn_wheel(combo, combo)
    assert combo.currentIndex() == 1


def test_a_choice_without_room_ends_in_dots_and_is_told_in_full(show: Show) -> None:
    box = ChoiceBox([("2", "表2 主题宣传教育活动台账")])
    box.set_value("2")
    show(box)
    assert box.shown_text() == box.currentText()
    box.setFixedWidth(140)
    QApplication.processEvents()
    assert box.shown_text().endswith("…") and box.shown_text()[:-1] == box.currentText()[: len(box.shown_text()) - 1]
    inside = box.rect().adjusted(0, 0, -34, 0)  # left of the arrow
    cut = box.grab(inside).toImage()
    box.setItemText(0, box.shown_text())
    assert box.grab(inside).toImage() == cut, "what is painted is what it says it shows"
    box.setItemText(0, "表2 主题宣传教育活动台账")
    QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, QPoint(9, 9), box.mapToGlobal(QPoint(9, 9))))
    assert "表2 主题宣传教育活动台账" in QToolTip.text()
    QToolTip.hideText()
