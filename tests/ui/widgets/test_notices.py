"""Toast, confirmation, progress, empty page, steps."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.widgets.conftest import Show
from tests.ui.widgets.hands import press
from ui import theme
from ui.widgets.cards import Card, EmptyState
from ui.widgets.confirm import Answer, ConfirmDialog, ask, confirm
from ui.widgets.edits import Edit
from ui.widgets.labels import TextLabel
from ui.widgets.progress import ProgressStrip
from ui.widgets.stepper import Step, Stepper
from ui.widgets.toast import Toast

STEPS = ["报送期", "选内容", "逻辑检查", "对方视角", "打包", "寄出"]


def test_a_toast_stands_at_the_bottom_centre_and_moves_with_the_page(show: Show) -> None:
    page = show(Edit())
    toast = Toast(page)
    toast.show_message("已改到 10月17日", "撤销", lambda: None, shortcut="Ctrl+Z")
    for width, height in ((700, 500), (1200, 640)):
        page.resize(width, height)
        QApplication.processEvents()
        assert abs(toast.geometry().center().x() - page.width() // 2) <= 1
        assert page.height() - toast.geometry().bottom() - 1 == 52


def test_a_toast_undoes_and_goes(qtbot: QtBot, show: Show) -> None:
    undone: list[str] = []
    page = show(Edit())
    toast = Toast(page)
    toast.show_message("已移到回收站", "撤销", lambda: undone.append("是"), shortcut="Ctrl+Z")
    button = next(each for each in toast.findChildren(QWidget) if each.accessibleName() == "撤销 Ctrl+Z")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert undone == ["是"]
    assert not toast.isVisible()


def test_a_toast_waits_while_somebody_is_on_it(qtbot: QtBot, show: Show) -> None:
    box = Edit()
    page = show(box)
    toast = Toast(page)
    QTest.mouseMove(page.windowHandle(), QPoint(5, 5))
    box.setFocus()
    toast.show_message("已保存", "撤销", lambda: None)
    assert 7000 < toast.remaining() < 9000
    button = next(each for each in toast.findChildren(QWidget) if each.accessibleName() == "撤销")
    button.setFocus()
    assert toast.remaining() == -1
    box.setFocus()
    assert toast.remaining() > 7000
    button.setFocus()
    press(qtbot, Qt.Key.Key_Escape)
    assert not toast.isVisible()


def test_the_pointer_on_a_toast_keeps_it_too(show: Show) -> None:
    page = show(Edit())
    toast = Toast(page)
    toast.show_message("已保存")
    QTest.mouseMove(page.windowHandle(), toast.geometry().center())
    QApplication.processEvents()
    assert toast.remaining() == -1
    QTest.mouseMove(page.windowHandle(), QPoint(5, 5))
    QApplication.processEvents()
    assert toast.remaining() > 7000


def test_one_toast_at_a_time(show: Show) -> None:
    page = show(Edit())
    toast = Toast(page)
    toast.show_message("第一件", "撤销", lambda: None)
    toast.show_message("第二件")
    assert toast.text() == "第二件"
    assert not any(each.isVisible() for each in toast.findChildren(QWidget) if each.accessibleName() == "撤销")


def test_a_long_toast_stays_inside_the_page(show: Show) -> None:
    page = show(Edit(), width=420)
    toast = Toast(page)
    toast.show_message("“百年·百书·百名劳模心声”书法作品征集活动暨颁奖仪式（重复）已移到回收站", "撤销", lambda: None)
    assert toast.x() >= 0
    assert toast.geometry().right() <= page.width()


def question(parent: QWidget) -> ConfirmDialog:
    answers = (Answer("delete", "永久删除", "danger"), Answer("keep", "不删除"))
    return ConfirmDialog(parent, "永久删除这 3 条活动？", "连同 5 张照片，删除后不能恢复。", answers, "keep")


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_hasty_key_on_a_question_does_no_harm(qtbot: QtBot, show: Show, key: Qt.Key) -> None:
    dialog = question(show(Edit()))
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    QApplication.processEvents()
    assert dialog.buttons["keep"].hasFocus()
    press(qtbot, key, dialog if key == Qt.Key.Key_Escape else dialog.buttons["keep"])
    assert not dialog.isVisible()
    assert dialog.chosen() == "keep"


def test_closing_a_question_does_no_harm(qtbot: QtBot, show: Show) -> None:
    dialog = question(show(Edit()))
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.close()
    assert dialog.chosen() == "keep"


def answer_with(words: str) -> None:
    """Press a button of the question that opens next."""

    def press_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ConfirmDialog)
        next(each for each in dialog.buttons.values() if each.text() == words).click()

    QTimer.singleShot(0, press_it)


def test_asking_returns_what_was_answered(show: Show) -> None:
    page = show(Edit())
    answer_with("永久删除")
    assert confirm(page, "永久删除？", "不能恢复。", "永久删除")
    answer_with("不删除")
    assert not confirm(page, "永久删除？", "不能恢复。", "永久删除")
    answer_with("不保存")
    ways = (Answer("save", "保存草稿"), Answer("drop", "不保存", "danger"), Answer("stay", "继续填写"))
    assert ask(page, "还没有保存，要离开吗？", "", ways, "stay") == "drop"


def test_a_question_shows_names_as_typed(qtbot: QtBot, show: Show) -> None:
    dialog = ConfirmDialog(show(Edit()), "删除“<b>活动</b>”？", "<img src=x>", (Answer("k", "不删除"),), "k")
    qtbot.addWidget(dialog)
    labels = dialog.findChildren(TextLabel)
    assert [label.text() for label in labels] == ["删除“<b>活动</b>”？", "<img src=x>"]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_progress_says_how_far_it_is_and_can_be_stopped_once(qtbot: QtBot, show: Show) -> None:
    strip = ProgressStrip()
    stopped: list[int] = []
    strip.stopped.connect(lambda: stopped.append(1))
    show(strip)
    strip.start("正在生成表1", 14)
    strip.set_progress("正在生成表1", 6, 14)
    assert strip.text() == "正在生成表1，第 6 / 14 份"
    qtbot.mouseClick(strip.stop_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(strip.stop_button, Qt.MouseButton.LeftButton)
    assert stopped == [1]
    assert strip.stop_button.text() == "正在停止"
    strip.start("正在导入")
    assert (strip.text(), strip.stop_button.isEnabled()) == ("正在导入", True)


def test_an_empty_page_offers_the_first_step_and_after_a_search_the_way_back(qtbot: QtBot, show: Show) -> None:
    empty = EmptyState(
        "file-list-3", "第四季度还没有活动", "记一条只要五项，不到半分钟", "新建活动", "add", primary=True
    )
    pressed: list[int] = []
    empty.triggered.connect(lambda: pressed.append(1))
    show(empty)
    empty.button.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert pressed == [1]
    empty.set_words("没有找到", button_text="清除筛选")
    assert (empty.accessibleName(), empty.button.text()) == ("没有找到", "清除筛选")
    empty.set_words("没有找到")
    assert not empty.button.isVisible()


def test_a_card_has_a_name() -> None:
    assert Card("本月一览").accessibleName() == "本月一览"


def steps_of(stepper: Stepper) -> list[Step]:
    return stepper.findChildren(Step)


@pytest.mark.parametrize("vertical", [False, True])
def test_only_finished_steps_can_be_gone_back_to(qtbot: QtBot, show: Show, vertical: bool) -> None:
    stepper = Stepper(STEPS, vertical=vertical)
    gone: list[int] = []
    stepper.step_clicked.connect(gone.append)
    show(stepper, width=1000)
    stepper.set_current(2)
    steps = steps_of(stepper)
    for step in steps:
        qtbot.mouseClick(step, Qt.MouseButton.LeftButton)
    steps[1].setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert gone == [0, 1, 1]
    assert steps[0].accessibleName() == "第 1 步 报送期，已完成"
    assert steps[2].accessibleName() == "第 3 步 逻辑检查，当前步骤"
    assert steps[5].accessibleName() == "第 6 步 寄出，未开始"


def test_in_a_narrow_window_the_steps_become_one_line(show: Show) -> None:
    stepper = Stepper(STEPS)
    show(stepper, width=1000)
    stepper.set_current(2)
    stepper.set_compact(True)
    assert not any(step.isVisible() for step in steps_of(stepper))
    assert "3 / 6　逻辑检查" in [label.text() for label in stepper.findChildren(TextLabel) if label.isVisible()]


def test_everything_survives_a_change_of_theme_and_size_while_it_is_shown(qapp: QApplication, show: Show) -> None:
    stepper, strip = Stepper(STEPS, vertical=True), ProgressStrip()
    page = show(stepper, strip, EmptyState("search", "没有找到"), Card("卡片"))
    before = page.grab().toImage()
    theme.apply(qapp, theme.DARK, 1.75)
    qapp.processEvents()
    after = page.grab().toImage()
    assert after.pixelColor(2, 2).name().upper() == theme.DARK.window
    assert after != before
    assert all(step.height() >= theme.height(34) for step in steps_of(stepper))
