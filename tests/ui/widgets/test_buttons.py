"""Buttons, pills, chips and labels."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.widgets.conftest import Show
from tests.ui.widgets.hands import press
from ui import theme
from ui.widgets.base import plain_tip
from ui.widgets.buttons import FULL, ICON_ONLY, NO_SHORTCUT, Button, Pill, PrimaryButton, button, icon_button, link
from ui.widgets.chips import KINDS, Chip, chip_width, paint_chip
from ui.widgets.labels import ElidedLabel, TextLabel, WrapLabel

MARK_UP = "<b>粗体</b> & <img src=x onerror=1>"


@pytest.mark.parametrize("kind", ["plain", "primary", "flat", "danger", "link"])
def test_every_kind_of_button_is_pressed_with_enter_space_and_mouse(qtbot: QtBot, show: Show, kind: str) -> None:
    pressed: list[str] = []
    made = button("保存草稿", "save-3", kind)
    made.clicked.connect(lambda: pressed.append(kind))
    show(made)
    made.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Space)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert pressed == [kind] * 3
    assert made.accessibleName() == "保存草稿"


@pytest.mark.parametrize("kind", ["plain", "primary", "flat", "danger", "link"])
def test_the_keyboard_focus_can_be_seen_on_every_button(show: Show, kind: str) -> None:
    made, other = button("定稿", kind=kind), button("另一个")
    show(made, other)
    other.setFocus()
    without = made.grab().toImage()
    made.setFocus()
    QApplication.processEvents()
    assert made.grab().toImage() != without
    assert made.grab().size() == without.size()  # nothing jumps


def test_the_primary_button_shows_its_focus_as_a_white_ring(show: Show) -> None:
    made = PrimaryButton("定稿")
    show(made)
    made.setFocus()
    QApplication.processEvents()
    image = made.grab().toImage()
    assert image.pixelColor(made.width() // 2, 3).name().upper() == theme.current().theme.on_accent
    assert image.pixelColor(made.width() // 2, 1).name().upper() == theme.current().theme.accent


def test_a_button_gives_up_its_shortcut_then_its_words(show: Show) -> None:
    made = button("定稿", "checkbox-circle", shortcut_text="Ctrl+Enter")
    show(made)
    widths = []
    for level in (FULL, NO_SHORTCUT, ICON_ONLY):
        made.set_brevity(level)
        widths.append(made.sizeHint().width())
    assert widths[0] > widths[1] > widths[2]
    assert made.toolTip() == "定稿　Ctrl+Enter"
    assert made.accessibleName() == "定稿"


def test_a_button_of_an_icon_alone_has_a_name_and_a_tip() -> None:
    made = icon_button("close", "关闭")
    assert (made.accessibleName(), made.toolTip()) == ("关闭", "关闭")
    assert made.sizeHint().width() == made.sizeHint().height() >= 28


def test_words_with_an_ampersand_stay_as_they_are() -> None:
    made = Pill("研发&生产", 3)
    assert made.text() == made.accessibleName() == "研发&生产"
    assert made.shortcut().isEmpty()


def test_a_misspelt_icon_is_noticed_when_the_button_is_made() -> None:
    with pytest.raises(KeyError):
        Button("保存", "save-33")


def test_a_pill_is_switched_on_and_off_and_shows_its_count(qtbot: QtBot, show: Show) -> None:
    pill = Pill("待补人次", 1)
    show(pill)
    narrow = pill.sizeHint().width()
    pill.set_count(12345)
    assert pill.sizeHint().width() > narrow
    assert pill.accessibleDescription() == "12345 条"
    pill.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert pill.isChecked()
    press(qtbot, Qt.Key.Key_Space)
    assert not pill.isChecked()


def test_buttons_grow_with_the_text_size(qapp: QApplication, show: Show) -> None:
    made = button("保存草稿", "save-3", shortcut_text="Ctrl+S")
    show(made)
    before = made.size()
    theme.apply(qapp, theme.LIGHT, 1.75)
    qapp.processEvents()
    assert made.width() > before.width() * 1.5
    assert made.height() >= theme.height(34) > before.height() * 1.5


def test_links_are_reached_by_tab(qtbot: QtBot, show: Show) -> None:
    first, second = link("改为 126"), link("数字无误，写说明")
    show(first, second)
    first.setFocus()
    press(qtbot, Qt.Key.Key_Tab)
    assert second.hasFocus()


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_chip_keeps_to_its_place_and_says_its_state(kind: str) -> None:
    chip = Chip(kind, "" if KINDS[kind].word else "10月15日截止")
    assert chip.accessibleName() == (KINDS[kind].word or "10月15日截止")
    picture = QPixmap(400, 40)
    painter = QPainter(picture)
    painted = paint_chip(painter, QRect(10, 0, 300, 40), "状态", None, kind)
    cramped = paint_chip(painter, QRect(10, 0, 30, 40), "很长很长的状态", None, kind)
    painter.end()
    assert painted == QRect(10, (40 - painted.height()) // 2, chip_width("状态", None, kind), painted.height())
    assert cramped.width() == 30


def test_typed_text_is_never_taken_for_mark_up(show: Show) -> None:
    for label in (TextLabel(MARK_UP), WrapLabel(MARK_UP), ElidedLabel(MARK_UP)):
        show(label)
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert label.text() == MARK_UP
        assert label.sizeHint().width() > label.fontMetrics().horizontalAdvance("<b>粗体</b>")


def test_tags_in_a_tool_tip_are_shown_and_not_obeyed() -> None:
    assert plain_tip("2 < 3") == "<p style='white-space:pre-wrap'>2 &lt; 3</p>"
    assert "<img" not in plain_tip(MARK_UP)
    assert plain_tip("普通文字 & 符号") == "普通文字 & 符号"


def test_a_label_that_does_not_fit_ends_in_dots_and_tells_all_in_its_tip(show: Show) -> None:
    label = ElidedLabel("“百年·百书·百名劳模心声”书法作品征集活动暨颁奖仪式")
    show(label, width=160)
    assert label.toolTip() == label.text()
    label.setText("另一场“百年·百书·百名劳模心声”书法作品征集活动")
    assert label.toolTip() == label.text(), "not what stood there before"
    show(label, width=900)
    assert label.toolTip() == ""


def test_running_text_takes_one_line_or_as_many_as_it_needs(show: Show) -> None:
    label = WrapLabel("上次同类活动线下 96 人次，这次是它的 13 倍，是否多输了一个 0？")
    line = label.sizeHint().height()
    show(label, width=260)
    assert label.height() >= 2 * line - 4
